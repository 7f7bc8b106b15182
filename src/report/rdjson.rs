//! The diagnostic format of reviewdog. Its columns count bytes.

use std::io::{self, Write};

use serde::Serialize;

use super::Format;
use super::finding::{self, Finding};
use super::words;
use crate::facts::{Paths, Report, RuleDocs, Severity};
use crate::text::{Position, printable};

/// The row of this format.
pub(super) const FORMAT: Format = Format {
    is_data: true,
    ..Format::new(
        "rdjson",
        "Diagnostics for reviewdog, with suggestions",
        |report, frame, out| write(report, frame.docs, frame.rooted, out),
    )
};

#[derive(Serialize)]
struct Diagnostics {
    source: Source,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: u64,
    column: u64,
}

#[derive(Serialize)]
struct Code {
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

/// Writes the report; a file that could not be checked is an error in it.
///
/// # Errors
/// What the writer gives.
pub fn write(
    report: &Report,
    docs: &RuleDocs,
    rooted: &Paths,
    out: &mut dyn Write,
) -> io::Result<()> {
    let findings = finding::all(report).into_iter().map(|finding| Diagnostic {
        message: finding.line(),
        location: Location {
            path: rooted.show(finding.path()),
            range: Some(range(finding)),
        },
        severity: match finding.severity() {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        code: Code {
            value: finding.rule().to_owned(),
            url: docs.get(finding.rule()).and_then(|rule| rule.url.clone()),
        },
        suggestions: suggestion(finding).into_iter().collect(),
    });
    let failures = report.failures.iter().map(|failure| Diagnostic {
        message: format!("not checked: {}", printable(&failure.message)),
        location: Location {
            path: rooted.show(&failure.path),
            range: None,
        },
        severity: "ERROR",
        code: Code {
            value: "not-checked".to_owned(),
            url: None,
        },
        suggestions: Vec::new(),
    });
    let document = Diagnostics {
        source: Source { name: "ptlint" },
        diagnostics: findings.chain(failures).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document).map_err(io::Error::from)?;
    writeln!(out)
}

fn suggestion(finding: Finding<'_>) -> Option<Suggestion> {
    let Finding::Violation(violation) = finding else {
        return None;
    };
    words::substitute(violation).map(|text| Suggestion {
        range: range(finding),
        text: text.to_owned(),
    })
}

fn range(finding: Finding<'_>) -> Range {
    let place = |position: Position| Place {
        line: position.line,
        column: position.utf8,
    };
    Range {
        start: place(finding.start()),
        end: place(finding.end()),
    }
}
