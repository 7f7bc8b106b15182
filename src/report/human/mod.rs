//! The report for the terminal: each violation with its source, then a summary and what was looked at.

mod diagnostic;
mod fixes;
mod notice;
mod summary;

use std::io::{self, Write};

use miette::{GraphicalReportHandler, GraphicalTheme};

use super::ReportFormat;
pub(crate) use super::wording::plural;
use super::{concise, wording};
use crate::facts::{Paths, Report};
use diagnostic::ViolationDiagnostic;
use notice::NoticeDiagnostic;
pub(crate) use summary::Paint;

pub(crate) use fixes::write as fixes;

/// The row of this format.
pub(super) const FORMAT: ReportFormat = ReportFormat {
    shows_source: true,
    says_fixes: true,
    is_about_run: true,
    says_replaced_packs: true,
    ..ReportFormat::new(
        "human",
        "Each violation with its source, and a summary",
        |report, frame, out| write(report, frame.style, frame.shown, out),
    )
};

/// How to print.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// With colour.
    pub colour: bool,
    /// With hyperlinks that the terminal opens.
    pub links: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Violations shown with their source; the rest has a line each. No limit when absent.
    pub full: Option<usize>,
}

/// Writes the report. `shown` puts a path as the user would open it.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(
    report: &Report,
    style: Style,
    shown: &Paths,
    out: &mut dyn Write,
) -> io::Result<()> {
    if let Some(replaced) = wording::replaced_packs(report) {
        writeln!(out, "{}\n", Paint(style.colour).bad(&replaced))?;
    }
    let handler = handler(style);
    let full = style.full.unwrap_or(usize::MAX);
    for violation in report.violations.iter().take(full) {
        let diagnostic = ViolationDiagnostic::new(violation, shown);
        let mut text = String::new();
        if handler.render_report(&mut text, &diagnostic).is_err() {
            text = concise::line(violation, shown);
        }
        writeln!(out, "{}", text.trim_end())?;
        writeln!(out)?;
    }
    let rest = report.violations.len().saturating_sub(full);
    if rest > 0 {
        writeln!(
            out,
            "{rest} more, a line each (--full shows all with their source):\n"
        )?;
        for violation in report.violations.iter().skip(full) {
            writeln!(out, "{}", concise::line(violation, shown))?;
        }
        writeln!(out)?;
    }
    for notice in &report.notices {
        let diagnostic = NoticeDiagnostic::new(notice, shown);
        let mut text = String::new();
        if handler.render_report(&mut text, &diagnostic).is_err() {
            text = concise::notice_line(notice, shown);
        }
        writeln!(out, "{}", text.trim_end())?;
        writeln!(out)?;
    }
    summary::write(report, style, shown, out)?;
    match (&report.fixes, report.fixable) {
        (Some(done), _) => fixes(done, shown, out),
        (None, Some(fixable)) => writeln!(out, "{}", fixes::fixable(fixable)),
        (None, None) => Ok(()),
    }
}

/// The renderer of diagnostics, also for errors of the program itself.
#[must_use]
pub(crate) fn handler(style: Style) -> GraphicalReportHandler {
    let theme = if style.colour {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_context_lines(1)
        .with_urls(style.links)
        .with_cause_chain()
}
