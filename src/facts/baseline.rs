//! The entries of a baseline, and how a run used them.

use serde::{Deserialize, Serialize};

/// A known violation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineEntry {
    /// Path from the root of the repository, or from the scan root where there is none.
    pub path: String,
    /// Id of the rule.
    pub rule: String,
    /// The name in lower case, spelt plainly.
    pub name: String,
    /// Path of keys to the value.
    pub key: Option<String>,
    /// SHA-256 of rule, path, key, name and number.
    pub fingerprint: String,
    /// How many equal references of the file it stands for; 1 when absent.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: u64,
}

fn one() -> u64 {
    1
}

// serde hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_one(count: &u64) -> bool {
    *count == 1
}

/// How a run used its baseline.
#[derive(Debug, Clone, Default)]
pub struct BaselineUsed {
    /// Violations that it covers; they are among the suppressed ones.
    pub known: u64,
    /// Violations that are in it and that the configuration lets no baseline cover, because the
    /// environment is decommissioned.
    pub not_covered: u64,
    /// Entries that are not found any more, though their place was checked.
    pub stale: Vec<BaselineEntry>,
    /// Entries that cover nothing and are not stale, e.g. because their place was not checked.
    pub kept: Vec<BaselineEntry>,
    /// What an entry has before the paths of the report.
    pub prefix: String,
}

impl BaselineUsed {
    /// What there is to know, in sentences.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        match self.not_covered {
            0 => {}
            count => notes.push(format!(
                "{} in the baseline but not covered: `baseline-decommissioned` is off.",
                match count {
                    1 => "1 violation is".to_owned(),
                    many => format!("{many} violations are"),
                }
            )),
        }
        match self.stale.len() {
            0 => {}
            1 => notes.push(
                "1 entry of the baseline is stale: `ptlint baseline prune` removes it.".to_owned(),
            ),
            many => notes.push(format!(
                "{many} entries of the baseline are stale: `ptlint baseline prune` removes them."
            )),
        }
        notes
    }
}
