//! The code quality report of GitLab.

use std::io::{self, Write};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{Report, RuleDocs, words};
use crate::catalogue::Severity;
use crate::detect::printable;

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
    rooted: &dyn Fn(&str) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    let violations = report.violations.iter().map(|violation| Issue {
        kind: "issue",
        check_name: violation.rule.clone(),
        description: words::line(violation),
        content: docs.get(&violation.rule).map(|rule| Content {
            body: format!("{}\n\n{}", rule.why, rule.how_to_fix),
        }),
        categories: ["Compatibility"],
        fingerprint: violation.fingerprint.clone(),
        severity: word(violation.severity),
        location: Location {
            path: rooted(&violation.path),
            lines: Lines {
                begin: violation.start.line,
                end: violation.end.line,
            },
        },
    });
    let notices = report.notices.iter().map(|notice| Issue {
        kind: "issue",
        check_name: notice.rule.clone(),
        description: words::notice(notice),
        content: None,
        categories: ["Clarity"],
        // No line: it moves.
        fingerprint: crate::hex(&Sha256::digest(format!(
            "{}\0{}\0{}",
            notice.rule, notice.path, notice.message
        ))),
        severity: word(notice.severity),
        location: Location {
            path: rooted(&notice.path),
            lines: Lines {
                begin: notice.start.line,
                end: notice.end.line,
            },
        },
    });
    let failures = report.failures.iter().map(|failure| Issue {
        kind: "issue",
        check_name: "not-checked".to_owned(),
        description: format!("not checked: {}", printable(&failure.message)),
        content: None,
        categories: ["Bug Risk"],
        fingerprint: crate::hex(&Sha256::digest(format!("not-checked\0{}", failure.path))),
        severity: "blocker",
        location: Location {
            path: rooted(&failure.path),
            lines: Lines { begin: 1, end: 1 },
        },
    });
    let issues: Vec<Issue> = violations.chain(notices).chain(failures).collect();
    serde_json::to_writer_pretty(&mut *out, &issues).map_err(io::Error::from)?;
    writeln!(out)
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Info => "info",
    }
}
