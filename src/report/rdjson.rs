//! The diagnostic format of reviewdog. Its columns count bytes.

use std::io::{self, Write};

use serde::Serialize;

use super::ReportFormat;
use super::finding::{self, Finding};
use super::wording;
use crate::facts::{Paths, Report, RuleDocs, Severity};
use crate::text::{Position, printable};

/// The row of this format.
pub(super) const FORMAT: ReportFormat = ReportFormat {
    is_data: true,
    ..ReportFormat::new(
        "rdjson",
        "Diagnostics for reviewdog, with suggestions",
        |report, frame, out| write(report, frame.docs, frame.rooted, out),
    )
};

#[derive(Serialize)]
struct RdjsonDiagnostics {
    source: RdjsonSource,
    diagnostics: Vec<RdjsonDiagnostic>,
}

#[derive(Serialize)]
struct RdjsonSource {
    name: &'static str,
}

#[derive(Serialize)]
struct RdjsonDiagnostic {
    message: String,
    location: RdjsonLocation,
    severity: &'static str,
    code: RdjsonCode,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<RdjsonSuggestion>,
}

#[derive(Serialize)]
struct RdjsonLocation {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<RdjsonRange>,
}

#[derive(Serialize)]
struct RdjsonRange {
    start: RdjsonPlace,
    end: RdjsonPlace,
}

#[derive(Serialize)]
struct RdjsonPlace {
    line: u64,
    column: u64,
}

#[derive(Serialize)]
struct RdjsonCode {
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct RdjsonSuggestion {
    range: RdjsonRange,
    text: String,
}

/// Writes the report; a file that could not be checked is an error in it.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(
    report: &Report,
    docs: &RuleDocs,
    rooted: &Paths,
    out: &mut dyn Write,
) -> io::Result<()> {
    let findings = finding::all(report)
        .into_iter()
        .map(|finding| RdjsonDiagnostic {
            message: finding.line(),
            location: RdjsonLocation {
                path: rooted.show(finding.path()),
                range: Some(range(finding)),
            },
            severity: match finding.severity() {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info => "INFO",
            },
            code: RdjsonCode {
                value: finding.rule().to_owned(),
                url: docs.get(finding.rule()).and_then(|rule| rule.url.clone()),
            },
            suggestions: suggestion(finding).into_iter().collect(),
        });
    let failures = report.failures.iter().map(|failure| RdjsonDiagnostic {
        message: format!("not checked: {}", printable(&failure.message)),
        location: RdjsonLocation {
            path: rooted.show(&failure.path),
            range: None,
        },
        severity: "ERROR",
        code: RdjsonCode {
            value: "not-checked".to_owned(),
            url: None,
        },
        suggestions: Vec::new(),
    });
    let document = RdjsonDiagnostics {
        source: RdjsonSource { name: "ptlint" },
        diagnostics: findings.chain(failures).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document).map_err(io::Error::from)?;
    writeln!(out)
}

fn suggestion(finding: Finding<'_>) -> Option<RdjsonSuggestion> {
    let Finding::Violation(violation) = finding else {
        return None;
    };
    wording::substitute(violation).map(|text| RdjsonSuggestion {
        range: range(finding),
        text: text.to_owned(),
    })
}

fn range(finding: Finding<'_>) -> RdjsonRange {
    let place = |position: Position| RdjsonPlace {
        line: position.line,
        column: position.utf8,
    };
    RdjsonRange {
        start: place(finding.start()),
        end: place(finding.end()),
    }
}
