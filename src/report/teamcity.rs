//! Service messages of `TeamCity`: an inspection for each violation.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Report, RuleDocs, words};
use crate::catalogue::Severity;
use crate::detect::printable;

/// Bytes of a text that the server keeps.
const MOST: usize = 4000;

/// Writes the types of the inspections, then the inspections.
///
/// # Errors
/// What the writer gives.
pub fn write(
    report: &Report,
    docs: &RuleDocs,
    rooted: &dyn Fn(&str) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    let used: BTreeSet<&str> = report.violations.iter().map(|v| v.rule.as_str()).collect();
    for id in used {
        let rule = docs.get(id);
        let summary = rule.map_or(id, |r| r.summary.as_str());
        let description = rule.map_or(String::new(), |r| format!("{}\n{}", r.why, r.how_to_fix));
        let category = rule.map_or("ptlint", |r| r.pack.as_str());
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
    for violation in words::by_severity(report) {
        message(
            out,
            "inspection",
            &[
                ("typeId", &violation.rule),
                ("message", &words::line(violation)),
                ("file", &printable(&rooted(&violation.path))),
                ("line", &violation.start.line.to_string()),
                ("SEVERITY", word(violation.severity)),
            ],
        )?;
    }
    let rules: BTreeSet<&str> = report.notices.iter().map(|n| n.rule.as_str()).collect();
    for id in rules {
        message(
            out,
            "inspectionType",
            &[
                ("id", id),
                ("name", id),
                ("category", "ptlint"),
                ("description", "Something is wrong with a suppression."),
            ],
        )?;
    }
    for notice in &report.notices {
        message(
            out,
            "inspection",
            &[
                ("typeId", &notice.rule),
                ("message", &words::notice(notice)),
                ("file", &printable(&rooted(&notice.path))),
                ("line", &notice.start.line.to_string()),
                ("SEVERITY", word(notice.severity)),
            ],
        )?;
    }
    for failure in &report.failures {
        let path = printable(&rooted(&failure.path));
        let text = format!("{path}: not checked: {}", printable(&failure.message));
        message(out, "message", &[("text", &text), ("status", "ERROR")])?;
    }
    if let Some(doubt) = words::doubt(report) {
        message(
            out,
            "buildProblem",
            &[("description", &doubt), ("identity", "ptlint-incomplete")],
        )?;
    }
    let status = words::headline(report);
    message(out, "message", &[("text", &status), ("status", "NORMAL")])
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    }
}

fn message(out: &mut dyn Write, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    write!(out, "##teamcity[{name}")?;
    for (key, value) in attributes {
        write!(out, " {key}='{}'", escaped(&words::clip(value, MOST)))?;
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
