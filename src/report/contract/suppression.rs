//! Suppressions, notices about them, and the baseline, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::JsonPosition;
use crate::facts::{self, Severity};

/// What suppressed a violation.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Suppression")]
pub(crate) struct JsonSuppression<'r> {
    /// What did it: `inline`, `configuration` or `baseline`.
    pub by: &'r str,
    /// How far a directive reaches: `line`, `next-line`, `block` or `file`.
    pub scope: Option<&'r str>,
    /// Why.
    pub reason: &'r str,
    /// The file with the suppression.
    pub path: Option<&'r str>,
    /// Its line.
    pub line: Option<u64>,
    /// The last day on which it holds, YYYY-MM-DD.
    pub until: Option<&'r str>,
    /// Who answers for it.
    pub owner: Option<&'r str>,
    /// Where it is tracked.
    pub ticket: Option<&'r str>,
}

impl<'r> From<&'r facts::Suppression> for JsonSuppression<'r> {
    fn from(fact: &'r facts::Suppression) -> Self {
        Self {
            by: &fact.by,
            scope: fact.scope.as_deref(),
            reason: &fact.reason,
            path: fact.path.as_deref(),
            line: fact.line,
            until: fact.until.as_deref(),
            owner: fact.owner.as_deref(),
            ticket: fact.ticket.as_deref(),
        }
    }
}

/// Something wrong with a suppression.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Notice")]
pub(crate) struct JsonNotice<'r> {
    /// `unused-suppression` or `invalid-suppression`.
    pub rule: &'r str,
    /// How much it matters.
    pub severity: Severity,
    /// Path relative to the scan root, with forward slashes.
    pub path: &'r str,
    /// Where the suppression begins.
    pub start: JsonPosition,
    /// Where it ends, exclusive.
    pub end: JsonPosition,
    /// What is wrong, in a sentence.
    pub message: &'r str,
    /// What to do.
    pub help: &'r str,
}

impl<'r> From<&'r facts::Notice> for JsonNotice<'r> {
    fn from(fact: &'r facts::Notice) -> Self {
        Self {
            rule: &fact.rule,
            severity: fact.severity,
            path: &fact.path,
            start: fact.start.into(),
            end: fact.end.into(),
            message: &fact.message,
            help: &fact.help,
        }
    }
}

/// How a run used its baseline.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BaselineUsed")]
pub(crate) struct JsonBaselineUsed<'r> {
    /// Violations that it covers; they are among the suppressed ones.
    pub known: u64,
    /// Violations that are in it and that the configuration lets no baseline cover, because the
    /// environment is decommissioned.
    pub not_covered: u64,
    /// Entries that are not found any more, though their place was checked.
    pub stale: Vec<JsonBaselineEntry<'r>>,
}

impl<'r> From<&'r facts::BaselineUsed> for JsonBaselineUsed<'r> {
    fn from(fact: &'r facts::BaselineUsed) -> Self {
        Self {
            known: fact.known,
            not_covered: fact.not_covered,
            stale: fact.stale.iter().map(Into::into).collect(),
        }
    }
}

/// A known violation.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BaselineEntry")]
pub(crate) struct JsonBaselineEntry<'r> {
    /// Path from the root of the repository, or from the scan root where there is none.
    pub path: &'r str,
    /// Id of the rule.
    pub rule: &'r str,
    /// The name in lower case, spelt plainly.
    pub name: &'r str,
    /// Path of keys to the value.
    pub key: Option<&'r str>,
    /// SHA-256 of rule, path, key, name and number.
    pub fingerprint: &'r str,
    /// How many equal references of the file it stands for; 1 when absent.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: u64,
}

impl<'r> From<&'r facts::BaselineEntry> for JsonBaselineEntry<'r> {
    fn from(fact: &'r facts::BaselineEntry) -> Self {
        Self {
            path: &fact.path,
            rule: &fact.rule,
            name: &fact.name,
            key: fact.key.as_deref(),
            fingerprint: &fact.fingerprint,
            count: fact.count,
        }
    }
}

fn one() -> u64 {
    1
}

// serde hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_one(count: &u64) -> bool {
    *count == 1
}
