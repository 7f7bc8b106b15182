//! The work list for an issue tracker: check boxes, and everything that was found in files as code,
//! so that no file can put markup into the issue.

use std::io::{self, Write};

use super::{Setting, Spot, Task, WorkList, phrases};
use crate::facts::{Paths, SourceUsed};
use crate::report::human::plural;
use crate::report::markdown::{code, text};

/// Places shown of an item: issues have a largest size, and JSON and CSV have them all.
const SHOWN: usize = 10;

/// Writes the work list as Markdown. Paths are relative to the scan root.
///
/// # Errors
/// What the writer gives.
pub(super) fn write(list: &WorkList, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", text(&phrases::title(list)))?;
    writeln!(out, "{}.", text(&phrases::basis(list)))?;
    for line in &list.repositories {
        writeln!(out, "\n{}", text(line))?;
    }
    if !list.services.is_empty() {
        found(list, out)?;
    }
    if !list.tasks.is_empty() {
        writeln!(out, "\n## To request or to change\n")?;
        for (number, task) in list.tasks.iter().enumerate() {
            write_task(list, number + 1, task, out)?;
        }
    }
    if !list.by_hand.is_empty() {
        writeln!(out, "\n## To change by hand\n")?;
        for item in &list.by_hand {
            let names = item.names.iter();
            let names: Vec<String> = names
                .map(|n| format!("{} ({})", code(&n.name), text(&phrases::belongs(n))))
                .collect();
            writeln!(out, "- [ ] {}: {}", names.join(", "), text(&item.reason))?;
            let places: Vec<&Spot> = item.places.iter().collect();
            spots(&places, "  ", out)?;
        }
    }
    if let Some(edits) = phrases::edits(list) {
        writeln!(out, "\n## To write\n")?;
        writeln!(
            out,
            "- [ ] {}: {} lists them",
            text(&edits),
            code(phrases::CHECK)
        )?;
    }
    if let Some(gaps) = phrases::gaps(list) {
        writeln!(out, "\n{}", text(&gaps))?;
    }
    if !list.failures.is_empty() {
        writeln!(out, "\n## Not checked\n")?;
        for failure in &list.failures {
            writeln!(out, "- {}: {}", code(&failure.path), code(&failure.message))?;
        }
    }
    Ok(())
}

fn found(list: &WorkList, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## Found\n")?;
    for service in &list.services {
        let mentioned = if service.only_mentioned {
            format!(" ({})", phrases::MENTIONED)
        } else {
            String::new()
        };
        writeln!(
            out,
            "- **{}: {}**{mentioned}",
            text(&service.environment),
            text(&service.name)
        )?;
        for line in phrases::lines(&service.references) {
            let advice = match line.edit {
                Some(edit) => {
                    let (what, instead) = phrases::instead(edit);
                    format!("{what} {}{}", code(&instead), text(&line.notes()))
                }
                None => "by hand, see below".to_owned(),
            };
            writeln!(out, "  - {}, {}: {advice}", code(line.name), line.count())?;
            if line.edit.is_some() {
                spots(&line.places, "    ", out)?;
            }
        }
        if let Some(needs) = phrases::needs(list, service) {
            writeln!(out, "  - needs {needs}")?;
        }
    }
    Ok(())
}

fn write_task(list: &WorkList, number: usize, task: &Task, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "- [ ] **{number}. {}**: {}",
        text(&task.name),
        text(&task.ask)
    )?;
    let who = task.who.as_ref().map_or(phrases::UNKNOWN, |who| &who.name);
    writeln!(out, "  - ask: {}", text(who))?;
    if let Some(after) = phrases::awaited_tasks(list, task) {
        writeln!(out, "  - after: {}", text(&after))?;
    }
    let mentioned = if task.only_mentioned {
        format!(" ({})", phrases::MENTIONED)
    } else {
        String::new()
    };
    let needs = text(&phrases::services(&task.services));
    writeln!(out, "  - for: {needs}{mentioned}")?;
    if !task.places.is_empty() {
        let places = plural(task.places.len() as u64, "setting");
        writeln!(out, "  - held in {places}:")?;
        for place in task.places.iter().take(SHOWN) {
            writeln!(out, "    - {}", setting(place))?;
        }
        more(task.places.len(), "    ", out)?;
    }
    let sources = phrases::sources(task).into_iter();
    let sources: Vec<String> = sources.map(link).collect();
    if !sources.is_empty() {
        writeln!(out, "  - source: {}", sources.join("; "))?;
    }
    Ok(())
}

fn setting(setting: &Setting) -> String {
    let mut written = code(&phrases::setting(setting, &Paths::FromRoot));
    if let Some(key) = &setting.key {
        written.push(' ');
        written.push_str(&code(key));
    }
    if let Some(file) = &setting.file {
        written.push_str(" = ");
        written.push_str(&code(file));
    }
    written
}

fn spots(places: &[&Spot], indent: &str, out: &mut dyn Write) -> io::Result<()> {
    for place in places.iter().take(SHOWN) {
        let key = place.key.as_deref().map(code).unwrap_or_default();
        let line = format!("{} {key}", code(&phrases::spot(place, &Paths::FromRoot)));
        writeln!(out, "{indent}- {}", line.trim_end())?;
    }
    more(places.len(), indent, out)
}

fn more(all: usize, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    if all > SHOWN {
        writeln!(out, "{indent}- and {} more", all - SHOWN)?;
    }
    Ok(())
}

fn link(source: &SourceUsed) -> String {
    let title = text(&source.title);
    match source.url.as_deref() {
        Some(url) if is_link(url) => format!("[{title}](<{url}>)"),
        _ => title,
    }
}

/// Whether an address can be used in a link as it is.
fn is_link(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && url
            .chars()
            .all(|c| c.is_ascii_graphic() && !"<>\\`".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_addresses_are_no_links() {
        assert!(is_link("https://a.example/b---c"));
        for url in [
            "javascript:alert(1)",
            "https://a.example/ b",
            "https://a>b",
            "https://a\u{202e}",
        ] {
            assert!(!is_link(url), "{url}");
        }
    }
}
