//! Logging commands of Azure Pipelines: errors and warnings on the page of the run.

use std::io::{self, Write};

use super::{ReportFormat, concise, finding, wording};
use crate::facts::{Paths, Report, Severity};
use crate::text::printable;

/// The row of this format.
pub(super) const FORMAT: ReportFormat = ReportFormat::new(
    "azure",
    "Logging commands of Azure Pipelines",
    |report, frame, out| write(report, frame.rooted, out),
);

/// Writes a command for each finding, and a plain line for info, which has none.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(report: &Report, rooted: &Paths, out: &mut dyn Write) -> io::Result<()> {
    for finding in finding::by_severity(report) {
        if finding.severity() == Severity::Info {
            writeln!(out, "{}", finding.concise(rooted))?;
            continue;
        }
        writeln!(
            out,
            "##vso[task.logissue type={};sourcepath={};linenumber={};columnnumber={};code={};]{}",
            concise::word(finding.severity()),
            property(&printable(&rooted.show(finding.path()))),
            finding.start().line,
            finding.start().column,
            property(finding.rule()),
            data(&finding.line())
        )?;
    }
    for failure in &report.failures {
        writeln!(
            out,
            "##vso[task.logissue type=error;sourcepath={};code=not-checked;]not checked: {}",
            property(&printable(&rooted.show(&failure.path))),
            data(&printable(&failure.message))
        )?;
    }
    writeln!(out, "{}", wording::headline(report))?;
    if let Some(doubt) = wording::doubt(report) {
        writeln!(out, "##vso[task.logissue type=error;]{}", data(&doubt))?;
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%AZP25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(']', "%5D").replace(';', "%3B")
}
