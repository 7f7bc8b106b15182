//! GitHub Actions: annotations on the changed lines, and a summary on the page of the job.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Report, Violation, concise, markdown, words};
use crate::catalogue::Severity;
use crate::detect::{Context, printable};

/// Annotations of a level that GitHub shows for a step; it drops the others.
const SHOWN: usize = 10;
/// Bytes of a job summary that GitHub takes, less a little for what other steps' tools count.
const SUMMARY: usize = 1_000_000;

/// Writes annotations, the most severe first, and the violations beyond the limit as plain lines.
///
/// # Errors
/// What the writer gives.
pub fn write(
    report: &Report,
    rooted: &dyn Fn(&str) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut written: BTreeMap<Severity, usize> = BTreeMap::new();
    let mut rest = Vec::new();
    for failure in report.failures.iter().take(SHOWN) {
        *written.entry(Severity::Error).or_default() += 1;
        writeln!(
            out,
            "::error file={},title=not checked::{}",
            property(&printable(&rooted(&failure.path))),
            data(&printable(&failure.message))
        )?;
    }
    for violation in words::by_severity(report) {
        let count = written.entry(violation.severity).or_default();
        if *count < SHOWN {
            *count += 1;
            annotation(violation, rooted, out)?;
        } else {
            rest.push(violation);
        }
    }
    for notice in &report.notices {
        let count = written.entry(notice.severity).or_default();
        *count += 1;
        if *count > SHOWN {
            writeln!(out, "- {}", concise::notice_line(notice, rooted))?;
            continue;
        }
        writeln!(
            out,
            "::{} file={},line={},endLine={},title={}::{}",
            level(notice.severity),
            property(&printable(&rooted(&notice.path))),
            notice.start.line,
            notice.end.line,
            property(&notice.rule),
            data(&words::notice(notice))
        )?;
    }
    for violation in &rest {
        writeln!(out, "- {}", concise::line(violation, rooted))?;
    }
    if !rest.is_empty() {
        writeln!(
            out,
            "GitHub shows {SHOWN} annotations of each level for a step; {} more above.",
            words::plural(rest.len() as u64, "violation")
        )?;
    }
    writeln!(out, "{}", words::headline(report))?;
    if let Some(doubt) = words::doubt(report) {
        writeln!(out, "::error title=incomplete::{}", data(&doubt))?;
    }
    Ok(())
}

/// Writes the summary of the job, no longer than GitHub takes.
///
/// # Errors
/// What the writer gives.
pub fn summary(
    report: &Report,
    rooted: &dyn Fn(&str) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    markdown::write(report, rooted, Some(SUMMARY), out)
}

fn annotation(
    violation: &Violation,
    rooted: &dyn Fn(&str) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    let level = level(violation.severity);
    let file = property(&printable(&rooted(&violation.path)));
    let title = property(&format!("{}: {}", violation.rule, words::name(violation)));
    let (start, end) = (violation.start, violation.end);
    write!(out, "::{level} file={file}")?;
    if !matches!(violation.context, Context::FileName | Context::Binary) {
        write!(out, ",line={},endLine={}", start.line, end.line)?;
        // GitHub refuses columns that span lines.
        if start.line == end.line {
            write!(out, ",col={},endColumn={}", start.utf16, end.utf16)?;
        }
    }
    writeln!(out, ",title={title}::{}", data(&words::line(violation)))
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
