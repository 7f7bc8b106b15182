//! One line a violation: `path:line:column severity rule message → replacement`.

use std::io::{self, Write};

use super::ReportFormat;
use super::wording;
use crate::facts::{Action, Notice, Paths, Report, Severity, Violation};
use crate::text::printable;

/// The row of this format.
pub(super) const FORMAT: ReportFormat = ReportFormat {
    says_baseline: false,
    ..ReportFormat::new(
        "concise",
        "A line for each violation",
        |report, frame, out| write(report, frame.shown, out),
    )
};

/// Writes one line for each violation. `shown` puts a path as the user would open it.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(report: &Report, shown: &Paths, out: &mut dyn Write) -> io::Result<()> {
    for violation in &report.violations {
        writeln!(out, "{}", line(violation, shown))?;
    }
    for notice in &report.notices {
        writeln!(out, "{}", notice_line(notice, shown))?;
    }
    for failure in &report.failures {
        let path = at_line_start(&shown.show(&failure.path));
        writeln!(out, "{path}: not checked: {}", printable(&failure.message))?;
    }
    if report.found_nothing()
        && let Some(doubt) = wording::doubt(report)
    {
        writeln!(out, "incomplete: {doubt}")?;
    }
    Ok(())
}

/// The line of a violation.
#[must_use]
pub(crate) fn line(violation: &Violation, shown: &Paths) -> String {
    let path = at_line_start(&shown.show(&violation.path));
    let place = format!("{path}:{}:{}", violation.start.line, violation.start.column);
    let count = match violation.occurrences {
        1 => String::new(),
        n => format!(" ({n} times in this file)"),
    };
    let arrow = match &violation.replacement {
        Some(advice) if advice.action == Action::Delete => {
            let line = violation.related.first().map_or(0, |r| r.start.line);
            format!(" → delete the entry, see line {line}")
        }
        Some(advice) => {
            let note = advice.note.as_ref();
            let note = note.map_or(String::new(), |note| format!("; {}", printable(note)));
            format!(
                " → {}{note}",
                with_path(&advice.text, advice.path.as_deref())
            )
        }
        None => String::new(),
    };
    let key = match &violation.key {
        Some(key) => format!(" ({})", printable(key)),
        None => String::new(),
    };
    format!(
        "{place} {} {} {}{key}: {}{count}{arrow}",
        word(violation.severity),
        violation.rule,
        wording::name(violation),
        violation.message
    )
}

/// A path with which a line begins. Two colons would make a workflow command of it in a log.
fn at_line_start(path: &str) -> String {
    let path = printable(path);
    if path.trim_start().starts_with("::") {
        format!("./{path}")
    } else {
        path
    }
}

/// The line of a notice.
#[must_use]
pub(crate) fn notice_line(notice: &Notice, shown: &Paths) -> String {
    format!(
        "{}:{}:{} {} {}: {}; {}",
        at_line_start(&shown.show(&notice.path)),
        notice.start.line,
        notice.start.column,
        word(notice.severity),
        notice.rule,
        printable(&notice.message),
        printable(&notice.help)
    )
}

/// A replacement with its new base path.
#[must_use]
pub(crate) fn with_path(text: &str, path: Option<&str>) -> String {
    format!("{text}{}", path.unwrap_or_default())
}

/// The word for a severity.
#[must_use]
pub(crate) fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
