//! Known violations: a file of entries, which are taken out of what fails a run until they are
//! gone. An entry holds no line, no date and no path of a machine.

mod file;
mod matching;
mod ratchet;

use serde::{Deserialize, Serialize};

use crate::judge;
use crate::report::{Report, Violation};

pub use file::{BaselineError, is_baseline, load, write};
pub use matching::{Matches, matches};
pub use ratchet::{Update, create, prune, update};

/// The name of the file when nobody chose one.
pub const FILE: &str = "ptlint.baseline.jsonl";

/// What suppresses a violation that is in the baseline.
pub const BY: &str = "baseline";

/// A known violation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BaselineEntry")]
pub struct Entry {
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

/// The entries of a baseline, in their order, each fingerprint once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<Entry>,
}

impl Baseline {
    /// Puts entries into their order. Of equal ones, as a merge may leave them, one stays.
    #[must_use]
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|a, b| {
            (&a.path, &a.rule, &a.name, &a.fingerprint, b.count).cmp(&(
                &b.path,
                &b.rule,
                &b.name,
                &b.fingerprint,
                a.count,
            ))
        });
        entries.dedup_by(|a, b| a.fingerprint == b.fingerprint);
        Self { entries }
    }

    /// The entries, by path, rule, name and fingerprint.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// How a run used its baseline.
#[derive(Debug, Clone, Default, Serialize, schemars::JsonSchema)]
pub struct BaselineUsed {
    /// Violations that it covers; they are among the suppressed ones.
    pub known: u64,
    /// Violations that are in it and that the configuration lets no baseline cover, because the
    /// environment is decommissioned.
    pub not_covered: u64,
    /// Entries that are not found any more, though their place was checked.
    pub stale: Vec<Entry>,
    /// Entries that cover nothing and are not stale, e.g. because their place was not checked.
    #[serde(skip)]
    #[schemars(skip)]
    pub kept: Vec<Entry>,
    /// What stands before paths of the report in an entry.
    #[serde(skip)]
    #[schemars(skip)]
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

/// The violations of a report as entries, those included that something suppresses. `prefix` stands
/// before the paths of the report.
#[must_use]
pub fn entries<'r>(report: &'r Report, prefix: &str) -> Vec<(Entry, &'r Violation)> {
    let mut all: Vec<&Violation> = report.violations.iter().chain(&report.suppressed).collect();
    // Numbers tell equal references apart in the order of the report.
    all.sort_by(|a, b| judge::order(a).cmp(&judge::order(b)));
    described(all.iter().copied(), prefix)
        .into_iter()
        .zip(all)
        .collect()
}

/// The report as it would be without its baseline.
#[must_use]
pub fn without(report: &Report) -> Report {
    let mut report = report.clone();
    let is_known = |v: &Violation| v.suppressed.as_ref().is_some_and(|s| s.by == BY);
    let (known, suppressed) = report.suppressed.into_iter().partition(is_known);
    report.suppressed = suppressed;
    report.violations.extend::<Vec<Violation>>(known);
    for violation in &mut report.violations {
        violation.suppressed = None;
    }
    report
        .violations
        .sort_by(|a, b| judge::order(a).cmp(&judge::order(b)));
    report
}

/// All violations of a run, in their order, as entries.
pub(crate) fn described<'v>(
    violations: impl Iterator<Item = &'v Violation> + Clone,
    prefix: &str,
) -> Vec<Entry> {
    let fingerprints = judge::fingerprints(violations.clone(), prefix);
    violations
        .zip(fingerprints)
        .map(|(violation, fingerprint)| Entry {
            path: format!("{prefix}{}", violation.path),
            rule: violation.rule.clone(),
            name: violation.name.clone(),
            key: violation.key.clone(),
            fingerprint,
            count: violation.occurrences,
        })
        .collect()
}
