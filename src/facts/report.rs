//! The result of a check: everything that a format may print.

use super::{BaselineUsed, Coverage, Fixable, Fixes, Notice, Provenance, Violation};

/// The result of a check.
#[derive(Debug, Clone)]
pub struct Report {
    /// Version of ptlint.
    pub version: String,
    /// The day on which the lifecycle was judged, YYYY-MM-DD.
    pub as_of: String,
    /// What was checked, and the repositories that it is in.
    pub provenance: Provenance,
    /// The packs that were used.
    pub packs: Vec<PackUsed>,
    /// Default packs that a configuration among the checked files replaced by others.
    pub replaced_packs: Vec<String>,
    /// The configuration files that applied, each before its base.
    pub configurations: Vec<ConfigurationUsed>,
    /// Violations, by path, byte and rule.
    pub violations: Vec<Violation>,
    /// Violations that were suppressed, with what did it.
    pub suppressed: Vec<Violation>,
    /// What is wrong with suppressions, by path and byte.
    pub notices: Vec<Notice>,
    /// What was checked and what was skipped.
    pub coverage: Coverage,
    /// Files that could not be checked to their end.
    pub failures: Vec<Failure>,
    /// What was fixed before this check; null when nothing was asked for.
    pub fixes: Option<Fixes>,
    /// What fixes could do, where a format says so.
    pub fixable: Option<Fixable>,
    /// How the baseline was used; null when there was none.
    pub baseline: Option<BaselineUsed>,
}

/// A pack of a run.
#[derive(Debug, Clone)]
pub struct PackUsed {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its files, in hex.
    pub digest: String,
}

/// A configuration file of a run.
#[derive(Debug, Clone)]
pub struct ConfigurationUsed {
    /// Path relative to the scan root, with forward slashes.
    pub path: String,
    /// SHA-256 of the file, in hex.
    pub digest: String,
}

/// A file that could not be checked to its end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// Path relative to the scan root, or the argument.
    pub path: String,
    /// What happened.
    pub message: String,
}
