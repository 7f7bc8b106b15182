//! The end of the report for the terminal: totals by environment and service, what goes with the hosts,
//! and what was looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::Style;
use crate::facts::{BaselineUsed, Extent, Paths, Report, Suppression};
use crate::report::wording::{checked, headline, plural, severities};
use crate::report::{tree, wording};
use crate::text::printable;

/// Writes the summary.
pub(super) fn write(
    report: &Report,
    style: Style,
    shown: &Paths,
    out: &mut dyn Write,
) -> io::Result<()> {
    let paint = Paint(style.colour);
    if !report.violations.is_empty() {
        totals(report, paint, out)?;
        table(report, paint, out)?;
        companions(report, paint, out)?;
        sources(report, paint, out)?;
    } else if report.coverage.files > 0 || report.coverage.extent == Extent::Staged {
        let known = report.baseline.as_ref().is_some_and(|used| used.known > 0);
        let new = if known { "new " } else { "" };
        let files = plural(report.coverage.files, "file");
        let text = format!("No {new}violations in {files}");
        writeln!(out, "{}, as of {}.", paint.good(&text), report.as_of)?;
    } else if report.coverage.all_excluded {
        writeln!(out, "{}", headline(report))?;
    }
    suppressed(report, out)?;
    for text in wording::notices(report) {
        match text.find(" unused").or_else(|| text.find(" of ")) {
            Some(end) => writeln!(out, "{}{}", paint.bad(&text[..end]), &text[end..])?,
            None => writeln!(out, "{text}")?,
        }
    }
    coverage(report, out)?;
    for failure in &report.failures {
        writeln!(
            out,
            "{} {}: {}",
            paint.bad("not checked:"),
            printable(&shown.show(&failure.path)),
            printable(&failure.message)
        )?;
    }
    if report.found_nothing() {
        writeln!(
            out,
            "{} no file was found to check, so this run proves nothing.",
            paint.bad("incomplete:")
        )?;
    } else if !report.failures.is_empty() {
        writeln!(
            out,
            "{} {} could not be checked, so this run cannot vouch for them.",
            paint.bad("incomplete:"),
            plural(report.failures.len() as u64, "file")
        )?;
    }
    Ok(())
}

fn totals(report: &Report, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let files: BTreeSet<&str> = report.violations.iter().map(|v| v.path.as_str()).collect();
    let found = plural(report.violations.len() as u64, "violation");
    writeln!(
        out,
        "{} in {} of {} ({}), as of {}.\n",
        paint.bad(&found),
        files.len(),
        plural(report.coverage.files, "file"),
        severities(report),
        report.as_of
    )
}

fn table(report: &Report, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = vec![[
        "environment".to_owned(),
        "service".to_owned(),
        "count".to_owned(),
        "write instead".to_owned(),
    ]];
    for total in wording::totals(report) {
        let shown = total.instead.len().min(2);
        let mut texts = total.instead[..shown].join(", ");
        if total.instead.len() > shown {
            texts = format!("{texts} and {} more", total.instead.len() - shown);
        }
        rows.push([
            total.environment.to_owned(),
            total.service.to_owned(),
            total.count.to_string(),
            texts,
        ]);
    }
    let widths: Vec<usize> = (0..3)
        .map(|column| rows.iter().map(|r| r[column].width()).max().unwrap_or(0))
        .collect();
    for (number, row) in rows.iter().enumerate() {
        let line = format!(
            "  {}  {}  {}  {}",
            pad(&row[0], widths[0]),
            pad(&row[1], widths[1]),
            pad(&row[2], widths[2]),
            row[3]
        );
        let line = line.trim_end();
        if number == 0 {
            writeln!(out, "{}", paint.dim(line))?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    writeln!(out)
}

/// What changes with the hosts, once for each item, with what to do about it.
fn companions(report: &Report, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let mut seen: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for companion in report.violations.iter().flat_map(|v| v.companions.iter()) {
        seen.insert(&companion.id, (&companion.name, &companion.ask));
    }
    if seen.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", paint.dim("What changes with the hosts:"))?;
    for (name, ask) in seen.values() {
        writeln!(out, "  {name}: {ask}")?;
    }
    writeln!(out)
}

/// The addresses of the notices that the diagnostics name.
fn sources(report: &Report, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let notices: BTreeMap<&str, &str> = report
        .violations
        .iter()
        .filter_map(|v| v.sources.first())
        .filter_map(|s| Some((s.title.as_str(), s.url.as_deref()?)))
        .collect();
    if notices.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", paint.dim("Sources:"))?;
    for (title, url) in notices {
        writeln!(out, "  {title}\n  {url}")?;
    }
    writeln!(out)
}

fn suppressed(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let known = report.suppressed.iter().filter(|v| {
        let by = v.suppressed.as_ref().map(|s| s.by.as_str());
        by == Some(Suppression::BASELINE)
    });
    let known = known.count();
    let others = report.suppressed.len() - known;
    if others > 0 {
        let count = plural(others as u64, "violation");
        let inline = report.suppressed.iter().filter(|v| {
            let by = v.suppressed.as_ref().map(|s| s.by.as_str());
            by == Some(Suppression::INLINE)
        });
        let by = match inline.count() {
            0 => " by configuration",
            all if all == others => " in comments",
            _ => " in comments or by configuration",
        };
        writeln!(out, "Suppressed{by}: {count}.")?;
    }
    if known > 0 {
        writeln!(
            out,
            "In the baseline: {}.",
            plural(known as u64, "violation")
        )?;
    }
    for note in report.baseline.iter().flat_map(BaselineUsed::notes) {
        writeln!(out, "{note}")?;
    }
    Ok(())
}

fn coverage(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let coverage = &report.coverage;
    writeln!(out, "{}", checked(report))?;
    for line in tree::lines(report) {
        writeln!(out, "{line}")?;
    }
    match coverage.unchanged {
        None | Some(0) => Ok(()),
        Some(count) => writeln!(
            out,
            "Not listed: {} on lines that have not changed.",
            plural(count, "violation")
        ),
    }
}

fn pad(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

/// Colour, or none.
#[derive(Clone, Copy)]
pub(crate) struct Paint(pub bool);

impl Paint {
    fn painted(self, style: anstyle::Style, text: &str) -> String {
        if self.0 {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    pub(crate) fn good(self, text: &str) -> String {
        self.painted(anstyle::AnsiColor::Green.on_default().bold(), text)
    }

    pub(crate) fn bad(self, text: &str) -> String {
        self.painted(anstyle::AnsiColor::Red.on_default().bold(), text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.painted(anstyle::Style::new().dimmed(), text)
    }
}
