//! What a format reports at a place: a violation, or a notice about a suppression.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest as _, Sha256};

use super::{concise, wording};
use crate::facts::{Context, Notice, Paths, Report, Severity, Violation};
use crate::text::{Position, printable};

/// A finding of a run.
#[derive(Debug, Clone, Copy)]
pub(super) enum Finding<'r> {
    /// A violation.
    Violation(&'r Violation),
    /// A notice, with the number of equal ones before it in its file.
    Notice(&'r Notice, u64),
}

impl<'r> Finding<'r> {
    /// Id of the rule.
    pub(super) fn rule(self) -> &'r str {
        match self {
            Self::Violation(violation) => &violation.rule,
            Self::Notice(notice, _) => &notice.rule,
        }
    }

    /// How much it matters.
    pub(super) fn severity(self) -> Severity {
        match self {
            Self::Violation(violation) => violation.severity,
            Self::Notice(notice, _) => notice.severity,
        }
    }

    /// Path relative to the scan root.
    pub(super) fn path(self) -> &'r str {
        match self {
            Self::Violation(violation) => &violation.path,
            Self::Notice(notice, _) => &notice.path,
        }
    }

    /// Where it begins.
    pub(super) fn start(self) -> Position {
        match self {
            Self::Violation(violation) => violation.start,
            Self::Notice(notice, _) => notice.start,
        }
    }

    /// Where it ends, exclusive.
    pub(super) fn end(self) -> Position {
        match self {
            Self::Violation(violation) => violation.end,
            Self::Notice(notice, _) => notice.end,
        }
    }

    /// Whether it has lines: neither the name of a file nor a binary one has.
    pub(super) fn in_lines(self) -> bool {
        match self {
            Self::Violation(violation) => {
                !matches!(violation.context, Context::FileName | Context::Binary)
            }
            Self::Notice(..) => true,
        }
    }

    /// What is wrong, and what to do.
    pub(super) fn parts(self) -> (String, String) {
        match self {
            Self::Violation(violation) => (
                wording::statement(violation),
                wording::remedy(violation).unwrap_or_default(),
            ),
            Self::Notice(notice, _) => (printable(&notice.message), printable(&notice.help)),
        }
    }

    /// The same in a line.
    pub(super) fn line(self) -> String {
        match self {
            Self::Violation(violation) => wording::line(violation),
            Self::Notice(..) => {
                let (message, help) = self.parts();
                format!("{message}; {help}")
            }
        }
    }

    /// The rule, and the name where there is one.
    pub(super) fn title(self) -> String {
        match self {
            Self::Violation(violation) => {
                format!("{}: {}", violation.rule, wording::name(violation))
            }
            Self::Notice(notice, _) => notice.rule.clone(),
        }
    }

    /// The whole with its place, in a line.
    pub(super) fn concise(self, shown: &Paths) -> String {
        match self {
            Self::Violation(violation) => concise::line(violation, shown),
            Self::Notice(notice, _) => concise::notice_line(notice, shown),
        }
    }

    /// What stays the same when lines move.
    pub(super) fn fingerprint(self) -> String {
        match self {
            Self::Violation(violation) => violation.fingerprint.clone(),
            Self::Notice(notice, number) => {
                let mut hash = Sha256::new();
                for part in ["ptlint/v1", &notice.rule, &notice.path, &notice.message] {
                    hash.update(part.as_bytes());
                    hash.update([0]);
                }
                hash.update(number.to_le_bytes());
                crate::text::hex(&hash.finalize())
            }
        }
    }
}

/// The notices of a run.
pub(super) fn notices(report: &Report) -> impl Iterator<Item = Finding<'_>> {
    let mut seen: HashMap<(&str, &str, &str), u64> = HashMap::new();
    report.notices.iter().map(move |notice| {
        let number = seen
            .entry((&notice.rule, &notice.path, &notice.message))
            .or_default();
        *number += 1;
        Finding::Notice(notice, *number - 1)
    })
}

/// All findings, violations first.
pub(super) fn all(report: &Report) -> Vec<Finding<'_>> {
    let violations = report.violations.iter().map(Finding::Violation);
    violations.chain(notices(report)).collect()
}

/// The findings, the most severe first, otherwise in their order.
pub(super) fn by_severity(report: &Report) -> Vec<Finding<'_>> {
    let mut all = all(report);
    all.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    all
}

/// The findings of each path, by their places.
pub(super) fn by_path(report: &Report) -> BTreeMap<&str, Vec<Finding<'_>>> {
    let mut files: BTreeMap<&str, Vec<Finding<'_>>> = BTreeMap::new();
    for finding in all(report) {
        files.entry(finding.path()).or_default().push(finding);
    }
    for findings in files.values_mut() {
        findings.sort_by_key(|finding| finding.start().byte);
    }
    files
}

/// How many there are: `2 violations and 1 notice`.
pub(super) fn counted(findings: &[Finding<'_>]) -> String {
    let notices = findings.iter().filter(|f| matches!(f, Finding::Notice(..)));
    let notices = notices.count();
    let parts: Vec<String> = [(findings.len() - notices, "violation"), (notices, "notice")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| wording::plural(count as u64, word))
        .collect();
    parts.join(" and ")
}
