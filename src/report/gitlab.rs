//! The code quality report of GitLab.

use std::io::{self, Write};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::Format;
use super::finding::{self, Finding};
use crate::facts::{Paths, Report, RuleDocs, Severity, own_rule};
use crate::text::printable;

/// The row of this format.
pub(super) const FORMAT: Format = Format {
    is_data: true,
    ..Format::new(
        "gitlab",
        "Code quality report of GitLab",
        |report, frame, out| write(report, frame.docs, frame.rooted, out),
    )
};

#[derive(Serialize)]
struct Issue {
    #[serde(rename = "type")]
    kind: &'static str,
    check_name: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content>,
    categories: [&'static str; 1],
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Content {
    body: String,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u64,
    end: u64,
}

/// Writes the report. A file that could not be checked is a blocker in it: there is no other place
/// to say so.
///
/// # Errors
/// What the writer gives.
pub fn write(
    report: &Report,
    docs: &RuleDocs,
    rooted: &Paths,
    out: &mut dyn Write,
) -> io::Result<()> {
    let findings = finding::all(report).into_iter().map(|finding| Issue {
        kind: "issue",
        check_name: finding.rule().to_owned(),
        description: finding.line(),
        content: content(finding, docs),
        categories: [match finding {
            Finding::Violation(_) => "Compatibility",
            Finding::Notice(..) => "Clarity",
        }],
        fingerprint: finding.fingerprint(),
        severity: match finding.severity() {
            Severity::Error => "critical",
            Severity::Warning => "major",
            Severity::Info => "info",
        },
        location: Location {
            path: rooted.show(finding.path()),
            lines: Lines {
                begin: finding.start().line,
                end: finding.end().line,
            },
        },
    });
    let failures = report.failures.iter().map(|failure| Issue {
        kind: "issue",
        check_name: "not-checked".to_owned(),
        description: format!("not checked: {}", printable(&failure.message)),
        content: None,
        categories: ["Bug Risk"],
        fingerprint: crate::text::hex(&Sha256::digest(format!("not-checked\0{}", failure.path))),
        severity: "blocker",
        location: Location {
            path: rooted.show(&failure.path),
            lines: Lines { begin: 1, end: 1 },
        },
    });
    let issues: Vec<Issue> = findings.chain(failures).collect();
    serde_json::to_writer_pretty(&mut *out, &issues).map_err(io::Error::from)?;
    writeln!(out)
}

fn content(finding: Finding<'_>, docs: &RuleDocs) -> Option<Content> {
    let body = match finding {
        Finding::Violation(violation) => {
            let rule = docs.get(&violation.rule)?;
            format!("{}\n\n{}", rule.why, rule.how_to_fix)
        }
        Finding::Notice(notice, _) => {
            let rule = own_rule(&notice.rule)?;
            format!("{}\n\n{}", rule.why, rule.how_to_fix)
        }
    };
    Some(Content { body })
}
