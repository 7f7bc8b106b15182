//! Service messages of `TeamCity`: an inspection for each finding.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::{ReportFormat, finding, wording};
use crate::facts::{Paths, Report, RuleDocs, Severity, own_rule};
use crate::text::printable;

/// The row of this format.
pub(super) const FORMAT: ReportFormat = ReportFormat::new(
    "teamcity",
    "Service messages of TeamCity",
    |report, frame, out| write(report, frame.docs, frame.rooted, out),
);

/// Bytes of a text that the server keeps.
const MOST: usize = 4000;

/// Writes the types of the inspections, then the inspections.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(
    report: &Report,
    docs: &RuleDocs,
    rooted: &Paths,
    out: &mut dyn Write,
) -> io::Result<()> {
    let findings = finding::by_severity(report);
    let used: BTreeSet<&str> = findings.iter().map(|finding| finding.rule()).collect();
    for id in used {
        let described = |why: &str, how: &str| format!("{why}\n{how}");
        let (summary, description, category) = match (docs.get(id), own_rule(id)) {
            (Some(rule), _) => (
                rule.summary.as_str(),
                described(&rule.why, &rule.how_to_fix),
                rule.pack.as_str(),
            ),
            (None, Some(rule)) => (rule.summary, described(rule.why, rule.how_to_fix), "ptlint"),
            (None, None) => (id, String::new(), "ptlint"),
        };
        message(
            out,
            "inspectionType",
            &[
                ("id", id),
                ("name", summary),
                ("category", category),
                ("description", &description),
            ],
        )?;
    }
    for finding in findings {
        message(
            out,
            "inspection",
            &[
                ("typeId", finding.rule()),
                ("message", &finding.line()),
                ("file", &printable(&rooted.show(finding.path()))),
                ("line", &finding.start().line.to_string()),
                (
                    "SEVERITY",
                    match finding.severity() {
                        Severity::Error => "ERROR",
                        Severity::Warning => "WARNING",
                        Severity::Info => "INFO",
                    },
                ),
            ],
        )?;
    }
    for failure in &report.failures {
        let path = printable(&rooted.show(&failure.path));
        let text = format!("{path}: not checked: {}", printable(&failure.message));
        message(out, "message", &[("text", &text), ("status", "ERROR")])?;
    }
    if let Some(doubt) = wording::doubt(report) {
        message(
            out,
            "buildProblem",
            &[("description", &doubt), ("identity", "ptlint-incomplete")],
        )?;
    }
    let status = wording::headline(report);
    message(out, "message", &[("text", &status), ("status", "NORMAL")])
}

fn message(out: &mut dyn Write, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    write!(out, "##teamcity[{name}")?;
    for (key, value) in attributes {
        write!(out, " {key}='{}'", escaped(&wording::clip(value, MOST)))?;
    }
    writeln!(out, "]")
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\'' | '|' | '[' | ']' => safe.extend(['|', c]),
            '\n' => safe.push_str("|n"),
            '\r' => safe.push_str("|r"),
            ' '..='~' => safe.push(c),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(safe, "|0x{unit:04X}");
                }
            }
        }
    }
    safe
}
