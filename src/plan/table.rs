//! The work list for the terminal: the first places of each item, wrapped to its width.

use std::collections::BTreeMap;
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{ByHand, PlannedService, Task, WorkList, phrases};
use crate::facts::Paths;
use crate::report::human::{Paint, Style};
use crate::text::printable;

/// Places shown of an item.
const SHOWN: usize = 4;
/// The column after the labels of a task.
const LABEL: usize = 8;

/// Writes the work list. `shown` puts a path as the user would open it.
///
/// # Errors
/// What the writer gives.
pub(super) fn write(
    list: &WorkList,
    style: Style,
    shown: &Paths,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = Table {
        list,
        paint: Paint(style.colour),
        width: style.width,
        shown,
        out,
    };
    table.all()
}

struct Table<'t> {
    list: &'t WorkList,
    paint: Paint,
    width: usize,
    shown: &'t Paths,
    out: &'t mut dyn Write,
}

impl Table<'_> {
    fn all(&mut self) -> io::Result<()> {
        let list = self.list;
        if !list.coverage.is_empty() {
            let title = printable(&phrases::title(list));
            let basis = printable(&phrases::basis(list));
            let title = if list.is_empty() {
                self.paint.good(&title)
            } else {
                self.paint.bad(&title)
            };
            writeln!(self.out, "{title}\n{basis}")?;
            for line in &list.repositories {
                writeln!(self.out, "{}", printable(line))?;
            }
        }
        if !list.services.is_empty() {
            self.heading("Found")?;
            for service in &list.services {
                self.service(service)?;
            }
        }
        if !list.tasks.is_empty() {
            self.heading("To request or change (tasks that others depend on come first)")?;
            self.overview()?;
            for (number, task) in list.tasks.iter().enumerate() {
                self.task(number + 1, task)?;
            }
        }
        if !list.by_hand.is_empty() {
            self.heading("To change by hand")?;
            for item in &list.by_hand {
                self.by_hand(item)?;
            }
        }
        if let Some(edits) = phrases::edits(list) {
            self.heading("To write")?;
            let text = format!("{edits}: `{}` lists them.", phrases::CHECK);
            self.wrapped("[ ] ", &text)?;
        }
        self.sources()?;
        if let Some(gaps) = phrases::gaps(list) {
            writeln!(self.out)?;
            self.wrapped("", &gaps)?;
        }
        for failure in &list.failures {
            writeln!(
                self.out,
                "{} {}: {}",
                self.paint.bad("not checked:"),
                printable(&self.shown.show(&failure.path)),
                printable(&failure.message)
            )?;
        }
        Ok(())
    }

    fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "\n{}", self.paint.dim(text))
    }

    fn service(&mut self, service: &PlannedService) -> io::Result<()> {
        let mentioned = if service.only_mentioned {
            format!(" ({})", phrases::MENTIONED)
        } else {
            String::new()
        };
        self.wrapped(
            "  ",
            &format!("{}: {}{mentioned}", service.environment, service.name),
        )?;
        for line in phrases::lines(&service.references) {
            let advice = match line.edit {
                Some(edit) => {
                    let (what, text) = phrases::instead(edit);
                    format!("{what} {text}{}", line.notes())
                }
                None => "by hand, see below".to_owned(),
            };
            self.wrapped(
                "    ",
                &format!("{}, {}: {advice}", line.name, line.count()),
            )?;
            if line.edit.is_none() {
                continue;
            }
            let places = line.places.iter();
            let places: Vec<String> = places.map(|p| phrases::spot(p, self.shown)).collect();
            self.places("      ", &places)?;
        }
        match phrases::needs(self.list, service) {
            Some(needs) => self.wrapped("    ", &format!("needs {needs}")),
            None => Ok(()),
        }
    }

    /// The tasks in a line each.
    fn overview(&mut self) -> io::Result<()> {
        let list = self.list;
        let mut rows = vec![["", "task", "after", "services", "settings"].map(str::to_owned)];
        for (number, task) in list.tasks.iter().enumerate() {
            let after = task.after.iter();
            let after = after.filter_map(|id| Some(list.number(&task.pack, id)?.to_string()));
            rows.push([
                (number + 1).to_string(),
                line(&task.name),
                after.collect::<Vec<_>>().join(", "),
                task.services.len().to_string(),
                match task.places.len() {
                    0 => String::new(),
                    some => some.to_string(),
                },
            ]);
        }
        let width = |column: usize| rows.iter().map(|r| r[column].width()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..5).map(width).collect();
        for (number, row) in rows.iter().enumerate() {
            let mut text = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                let pad = " ".repeat(width.saturating_sub(cell.width()));
                text.extend(["  ", cell, &pad]);
            }
            let text = text.trim_end();
            if number == 0 {
                writeln!(self.out, "{}", self.paint.dim(text))?;
            } else {
                writeln!(self.out, "{text}")?;
            }
        }
        writeln!(self.out)
    }

    /// The addresses of the sources that tasks name.
    fn sources(&mut self) -> io::Result<()> {
        let tasks = self.list.tasks.iter();
        let sources: BTreeMap<&str, &str> = tasks
            .flat_map(phrases::sources)
            .filter_map(|s| Some((s.title.as_str(), s.url.as_deref()?)))
            .collect();
        if sources.is_empty() {
            return Ok(());
        }
        self.heading("Sources")?;
        for (title, url) in sources {
            writeln!(self.out, "  {}\n  {}", line(title), line(url))?;
        }
        Ok(())
    }

    fn task(&mut self, number: usize, task: &Task) -> io::Result<()> {
        let list = self.list;
        self.wrapped(&format!("[ ] {number}. "), &task.name)?;
        self.wrapped("      ", &task.ask)?;
        let who = task.who.as_ref().map_or(phrases::UNKNOWN, |who| &who.name);
        self.labelled("ask", who)?;
        if let Some(after) = phrases::awaited_tasks(list, task) {
            self.labelled("after", &after)?;
        }
        let mut needs = phrases::services(&task.services);
        if task.only_mentioned {
            needs = format!("{needs} ({})", phrases::MENTIONED);
        }
        self.labelled("for", &needs)?;
        for (at, place) in task.places.iter().take(SHOWN).enumerate() {
            let key = place
                .key
                .as_deref()
                .map_or(String::new(), |k| format!(" {k}"));
            let file = place
                .file
                .as_deref()
                .map_or(String::new(), |f| format!(" = {f}"));
            let text = format!("{}{key}{file}", phrases::setting(place, self.shown));
            self.labelled(if at == 0 { "held in" } else { "" }, &text)?;
        }
        if task.places.len() > SHOWN {
            self.labelled("", &format!("and {} more", task.places.len() - SHOWN))?;
        }
        for (at, source) in phrases::sources(task).into_iter().enumerate() {
            self.labelled(if at == 0 { "source" } else { "" }, &source.title)?;
        }
        Ok(())
    }

    fn by_hand(&mut self, item: &ByHand) -> io::Result<()> {
        let names = item.names.iter();
        let names: Vec<String> = names
            .map(|n| format!("{} ({})", n.name, phrases::belongs(n)))
            .collect();
        self.wrapped("[ ] ", &names.join(", "))?;
        self.wrapped("      ", &item.reason)?;
        let places = item.places.iter();
        let places: Vec<String> = places.map(|p| phrases::spot(p, self.shown)).collect();
        self.places("      ", &places)
    }

    /// A line for each of the first places.
    fn places(&mut self, indent: &str, places: &[String]) -> io::Result<()> {
        for place in places.iter().take(SHOWN) {
            writeln!(self.out, "{indent}{}", line(place))?;
        }
        if places.len() > SHOWN {
            writeln!(self.out, "{indent}and {} more", places.len() - SHOWN)?;
        }
        Ok(())
    }

    fn labelled(&mut self, label: &str, text: &str) -> io::Result<()> {
        let pad = " ".repeat(LABEL.saturating_sub(label.width()));
        self.wrapped_with(
            &format!("      {}{pad}", self.paint.dim(label)),
            6 + LABEL,
            text,
        )
    }

    fn wrapped(&mut self, lead: &str, text: &str) -> io::Result<()> {
        self.wrapped_with(lead, lead.width(), text)
    }

    /// Words after a lead that is so many columns wide; further lines begin below the first word.
    fn wrapped_with(&mut self, lead: &str, indent: usize, text: &str) -> io::Result<()> {
        let text = line(text);
        let mut at = indent;
        write!(self.out, "{lead}")?;
        for (number, word) in text.split_whitespace().enumerate() {
            if number > 0 {
                if at + 1 + word.width() > self.width {
                    write!(self.out, "\n{}", " ".repeat(indent))?;
                    at = indent;
                } else {
                    write!(self.out, " ")?;
                    at += 1;
                }
            }
            write!(self.out, "{word}")?;
            at += word.width();
        }
        writeln!(self.out)
    }
}

/// A text as one line that does nothing to the terminal.
fn line(text: &str) -> String {
    printable(text).replace('\t', " ")
}
