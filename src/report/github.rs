//! GitHub Actions: annotations on the changed lines, and a summary on the page of the job.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::finding::{self, Finding};
use super::{ReportFormat, markdown, wording};
use crate::facts::{Paths, Report, Severity};
use crate::text::printable;

/// The row of this format.
pub(super) const FORMAT: ReportFormat = ReportFormat {
    summary: Some(|report, frame, out| summary(report, frame.rooted, out)),
    ..ReportFormat::new(
        "github",
        "Annotations and job summary of GitHub Actions",
        |report, frame, out| write(report, frame.rooted, out),
    )
};

/// Annotations of a level that GitHub shows for a step; it drops the others.
const SHOWN: usize = 10;
/// Bytes of a job summary that GitHub takes, less a little for what other steps' tools count.
const SUMMARY: usize = 1_000_000;

/// Writes annotations, the most severe first, and what is beyond the limit as plain lines.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(report: &Report, rooted: &Paths, out: &mut dyn Write) -> io::Result<()> {
    let mut written: BTreeMap<Severity, usize> = BTreeMap::new();
    let mut rest = Vec::new();
    for failure in report.failures.iter().take(SHOWN) {
        *written.entry(Severity::Error).or_default() += 1;
        writeln!(
            out,
            "::error file={},title=not checked::{}",
            property(&printable(&rooted.show(&failure.path))),
            data(&printable(&failure.message))
        )?;
    }
    for finding in finding::by_severity(report) {
        let count = written.entry(finding.severity()).or_default();
        if *count < SHOWN {
            *count += 1;
            annotation(finding, rooted, out)?;
        } else {
            rest.push(finding);
        }
    }
    for finding in &rest {
        writeln!(out, "- {}", finding.concise(rooted))?;
    }
    if !rest.is_empty() {
        writeln!(
            out,
            "GitHub shows {SHOWN} annotations of each level for a step; {} more above.",
            finding::counted(&rest)
        )?;
    }
    writeln!(out, "{}", wording::headline(report))?;
    if let Some(doubt) = wording::doubt(report) {
        writeln!(out, "::error title=incomplete::{}", data(&doubt))?;
    }
    Ok(())
}

/// Writes the summary of the job, no longer than GitHub takes.
///
/// # Errors
/// What the writer gives.
pub fn summary(report: &Report, rooted: &Paths, out: &mut dyn Write) -> io::Result<()> {
    markdown::write(report, rooted, Some(SUMMARY), out)
}

fn annotation(finding: Finding<'_>, rooted: &Paths, out: &mut dyn Write) -> io::Result<()> {
    let level = match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let file = property(&printable(&rooted.show(finding.path())));
    let title = property(&finding.title());
    let (start, end) = (finding.start(), finding.end());
    write!(out, "::{level} file={file}")?;
    if finding.in_lines() {
        write!(out, ",line={},endLine={}", start.line, end.line)?;
        // GitHub refuses columns that span lines.
        if start.line == end.line {
            write!(out, ",col={},endColumn={}", start.utf16, end.utf16)?;
        }
    }
    writeln!(out, ",title={title}::{}", data(&finding.line()))
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
