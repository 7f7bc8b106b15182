//! Known violations: a file of entries, which do not fail a run until they are gone. An entry holds no
//! line, no date and no path of a machine.

mod file;
mod matching;
mod ratchet;

use std::path::{Path, PathBuf};

use crate::facts::{Report, Suppression, Violation, fingerprints, order};

pub(crate) use crate::facts::BaselineEntry;
pub(crate) use file::{BaselineError, begins_like_baseline, is_baseline, load, write};
pub(crate) use matching::matches;
pub(crate) use ratchet::{create, prune, update};

/// The folder of the file at `path`, which need not be there, without links.
#[must_use]
pub(crate) fn folder_of(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).canonicalize().ok()
}

/// The name of the file when nobody chose one.
pub(crate) const FILE: &str = "ptlint.baseline.jsonl";

/// The entries of a baseline, in their order, each fingerprint once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<BaselineEntry>,
    /// The folder of its file, without links.
    pub(crate) folder: Option<PathBuf>,
}

impl Baseline {
    /// Puts entries into their order. Of equal ones, as a merge may leave them, one stays.
    #[must_use]
    pub fn new(mut entries: Vec<BaselineEntry>) -> Self {
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
        Self {
            entries,
            folder: None,
        }
    }

    /// The entries, by path, rule, name and fingerprint.
    #[must_use]
    pub fn entries(&self) -> &[BaselineEntry] {
        &self.entries
    }
}

/// The violations of a report as entries, those included that something suppresses. `prefix` comes
/// before the paths of the report.
#[must_use]
pub fn entries<'r>(report: &'r Report, prefix: &str) -> Vec<(BaselineEntry, &'r Violation)> {
    let mut all: Vec<&Violation> = report.violations.iter().chain(&report.suppressed).collect();
    // Numbers tell equal references apart in the order of the report.
    all.sort_by(|a, b| order(a).cmp(&order(b)));
    described(all.iter().copied(), prefix)
        .into_iter()
        .zip(all)
        .collect()
}

/// The report as it would be without its baseline.
#[must_use]
pub(crate) fn without_baseline(report: &Report) -> Report {
    let mut report = report.clone();
    let is_known = |v: &Violation| {
        v.suppressed
            .as_ref()
            .is_some_and(|s| s.by == Suppression::BASELINE)
    };
    let (known, suppressed) = report.suppressed.into_iter().partition(is_known);
    report.suppressed = suppressed;
    report.violations.extend::<Vec<Violation>>(known);
    for violation in &mut report.violations {
        violation.suppressed = None;
    }
    report.violations.sort_by(|a, b| order(a).cmp(&order(b)));
    report
}

/// All violations of a run, in their order, as entries.
pub(crate) fn described<'v>(
    violations: impl Iterator<Item = &'v Violation> + Clone,
    prefix: &str,
) -> Vec<BaselineEntry> {
    let fingerprints = fingerprints(violations.clone(), prefix);
    violations
        .zip(fingerprints)
        .map(|(violation, fingerprint)| BaselineEntry {
            path: format!("{prefix}{}", violation.path),
            rule: violation.rule.clone(),
            name: violation.name.clone(),
            key: violation.key.clone(),
            fingerprint,
            count: violation.occurrences,
        })
        .collect()
}
