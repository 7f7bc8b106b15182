//! The code quality report of GitLab.

use std::io::{self, Write};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::ReportFormat;
use super::finding::{self, Finding};
use crate::facts::{Paths, Report, RuleDocs, Severity, own_rule};
use crate::text::printable;

/// The row of this format.
pub(super) const FORMAT: ReportFormat = ReportFormat {
    is_data: true,
    ..ReportFormat::new(
        "gitlab",
        "Code quality report of GitLab",
        |report, frame, out| write(report, frame.docs, frame.rooted, out),
    )
};

#[derive(Serialize)]
struct GitlabIssue {
    #[serde(rename = "type")]
    kind: &'static str,
    check_name: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<GitlabContent>,
    categories: [&'static str; 1],
    fingerprint: String,
    severity: &'static str,
    location: GitlabLocation,
}

#[derive(Serialize)]
struct GitlabContent {
    body: String,
}

#[derive(Serialize)]
struct GitlabLocation {
    path: String,
    lines: GitlabLines,
}

#[derive(Serialize)]
struct GitlabLines {
    begin: u64,
    end: u64,
}

/// Writes the report. A file that could not be checked is a blocker in it: there is no other place
/// to say so.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(
    report: &Report,
    docs: &RuleDocs,
    rooted: &Paths,
    out: &mut dyn Write,
) -> io::Result<()> {
    let findings = finding::all(report).into_iter().map(|finding| GitlabIssue {
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
        location: GitlabLocation {
            path: rooted.show(finding.path()),
            lines: GitlabLines {
                begin: finding.start().line,
                end: finding.end().line,
            },
        },
    });
    let failures = report.failures.iter().map(|failure| GitlabIssue {
        kind: "issue",
        check_name: "not-checked".to_owned(),
        description: format!("not checked: {}", printable(&failure.message)),
        content: None,
        categories: ["Bug Risk"],
        fingerprint: crate::text::hex(&Sha256::digest(format!("not-checked\0{}", failure.path))),
        severity: "blocker",
        location: GitlabLocation {
            path: rooted.show(&failure.path),
            lines: GitlabLines { begin: 1, end: 1 },
        },
    });
    let issues: Vec<GitlabIssue> = findings.chain(failures).collect();
    serde_json::to_writer_pretty(&mut *out, &issues).map_err(io::Error::from)?;
    writeln!(out)
}

fn content(finding: Finding<'_>, docs: &RuleDocs) -> Option<GitlabContent> {
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
    Some(GitlabContent { body })
}
