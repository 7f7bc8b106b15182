//! What suppresses the violations of a run: edits of files, and entries for the configuration.

use std::collections::HashSet;
use std::path::Path;

use super::{Adder, NewEntry, SuppressionRequest, Wording};
use crate::catalogue::Catalogue;
use crate::detect::{Detector, MOST_BYTES};
use crate::edit::Change;
use crate::engine::{Engine, Judge};
use crate::facts::{Context, Failure, Report, Violation};
use crate::input::{Again, read_again};

/// What to write.
#[derive(Debug, Default)]
pub(crate) struct SuppressPlan {
    /// Files that get directives.
    pub changes: Vec<Change>,
    /// Violations that the directives suppress.
    pub inline: usize,
    /// Entries for the configuration.
    pub entries: Vec<NewEntry>,
    /// Violations that the entries suppress.
    pub configured: usize,
    /// Files that could not be read.
    pub failures: Vec<Failure>,
}

/// Plans what suppresses the wanted violations of a report. `prefix` is the way from the folder of
/// the configuration to the scan root. Nothing is written.
#[must_use]
pub(crate) fn plan(
    catalogue: &Catalogue,
    judge: Judge<'_>,
    root: &Path,
    report: &Report,
    wanted: &SuppressionRequest,
    wording: &Wording,
    prefix: &str,
) -> SuppressPlan {
    let detector = Detector::new(catalogue, judge.settings.min_confidence).without_excerpts();
    let engine = Engine {
        detector: &detector,
        judge,
    };
    let mut adder = Adder::new(engine, wording);
    let mut plan = SuppressPlan::default();
    let mut left: Vec<Violation> = Vec::new();
    let chosen = report.violations.iter().filter(|v| wanted.has(v));
    let (names, inside): (Vec<_>, Vec<_>) = chosen.partition(|v| v.context == Context::FileName);
    left.extend(names.into_iter().cloned());
    let mut paths: Vec<&str> = inside.iter().map(|v| v.path.as_str()).collect();
    paths.dedup();
    for relative in paths {
        match read_again(root, relative, MOST_BYTES) {
            Again::File(path, bytes) => {
                let done = adder.add(&bytes, relative, wanted);
                plan.inline += done.inline;
                left.extend(done.left);
                if !done.edits.is_empty() {
                    let relative = relative.to_owned();
                    let change = Change::new(path, relative, &bytes, done.edits);
                    plan.changes.push(change);
                }
            }
            Again::NoFile | Again::TooLarge => {
                let of_file = inside.iter().filter(|v| v.path == relative);
                left.extend(of_file.map(|v| (*v).clone()));
            }
            Again::Failed(failure) => plan.failures.push(failure),
        }
    }
    let mut known = HashSet::new();
    for entry in NewEntry::proved(&left, wording, prefix)
        .into_iter()
        .flatten()
    {
        plan.configured += 1;
        if known.insert(entry.clone()) {
            plan.entries.push(entry);
        }
    }
    plan
}
