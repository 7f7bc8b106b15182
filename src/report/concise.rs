//! One line a violation: `path:line:column severity rule message → replacement`.

use std::io::{self, Write};

use super::{Report, Violation};
use crate::catalogue::Severity;
use crate::detect::printable;

/// Writes one line for each violation. `shown` puts a path as the user would open it.
///
/// # Errors
/// What the writer gives.
pub fn write(
    report: &Report,
    shown: &dyn Fn(&str) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    for violation in &report.violations {
        writeln!(out, "{}", line(violation, shown))?;
    }
    for failure in &report.failures {
        let path = printable(&shown(&failure.path));
        writeln!(out, "{path}: not checked: {}", printable(&failure.message))?;
    }
    Ok(())
}

/// The line of a violation.
#[must_use]
pub fn line(violation: &Violation, shown: &dyn Fn(&str) -> String) -> String {
    let path = printable(&shown(&violation.path));
    let place = format!("{path}:{}:{}", violation.start.line, violation.start.column);
    let count = match violation.occurrences {
        1 => String::new(),
        n => format!(" ({n} times in this file)"),
    };
    let arrow = match &violation.replacement {
        Some(advice) => format!(" → {}", with_path(&advice.text, advice.path.as_deref())),
        None => String::new(),
    };
    format!(
        "{place} {} {} {}: {}{count}{arrow}",
        word(violation.severity),
        violation.rule,
        printable(&violation.matched),
        violation.message
    )
}

/// A replacement with its new base path.
#[must_use]
pub fn with_path(text: &str, path: Option<&str>) -> String {
    format!("{text}{}", path.unwrap_or_default())
}

/// The word for a severity.
#[must_use]
pub fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
