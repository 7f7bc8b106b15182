//! Applies the baseline to a run, and finds the entries that cover nothing.

use std::path::PathBuf;

use super::worker::Tally;
use super::{Changes, Options};
use crate::baseline::{self, Baseline, BaselineEntry};
use crate::catalogue::Catalogue;
use crate::facts::{BaselineUsed, Phase, SkipReason, Suppression, Violation};
use crate::input::{Roots, ScanScope, path_of_report};

/// The baseline of a run.
pub(super) struct Known<'k> {
    baseline: &'k Baseline,
    options: &'k Options,
    place: Option<EntriesFolder>,
    prefix: String,
}

/// Where the files of a run are.
struct EntriesFolder {
    /// The folder that entries are relative to.
    top: PathBuf,
    scope: ScanScope,
}

impl<'k> Known<'k> {
    /// The baseline of a run on these roots; standard input has none.
    pub(super) fn new(baseline: &'k Baseline, options: &'k Options, roots: Option<&Roots>) -> Self {
        Self {
            baseline,
            options,
            place: roots.map(|roots| EntriesFolder {
                top: roots
                    .folder_of_entries(baseline.folder.as_deref())
                    .to_path_buf(),
                scope: ScanScope::new(&options.paths),
            }),
            prefix: roots
                .map(|roots| roots.prefix_of_entries(baseline.folder.as_deref()))
                .unwrap_or_default(),
        }
    }

    /// Suppresses what is in the baseline.
    pub(super) fn apply(
        &self,
        catalogue: &Catalogue,
        violations: &mut [Violation],
        tally: &Tally,
    ) -> BaselineUsed {
        let found: Vec<BaselineEntry> = baseline::described(violations.iter(), &self.prefix);
        let matches = baseline::matches(self.baseline, &found, &|path| self.is_gone(path));
        let mut used = BaselineUsed {
            prefix: self.prefix.clone(),
            ..BaselineUsed::default()
        };
        let entries = self.baseline.entries();
        let mut covers = vec![false; entries.len()];
        for (violation, entry) in violations.iter_mut().zip(&matches.covered) {
            let Some(entry) = *entry else { continue };
            if violation.suppressed.is_some() {
                continue;
            }
            let decommissioned = violation.phase == Phase::Decommissioned;
            if decommissioned && !self.options.settings.baseline_decommissioned {
                used.not_covered += 1;
                continue;
            }
            covers[entry] = true;
            used.known += 1;
            violation.suppressed = Some(Suppression::new(
                Suppression::BASELINE,
                "it is in the baseline".to_owned(),
            ));
        }
        let rules: Vec<&str> = catalogue.rules().map(|(id, _, _)| id).collect();
        for (number, entry) in entries.iter().enumerate() {
            let looked_for = rules.contains(&entry.rule.as_str());
            if !matches.found[number] && looked_for && self.was_checked(&entry.path, tally) {
                used.stale.push(entry.clone());
            } else if !covers[number] {
                used.kept.push(entry.clone());
            }
        }
        used
    }

    /// Whether the file of an entry is not there any more.
    fn is_gone(&self, path: &str) -> bool {
        let there = |path: &str| {
            let place = self
                .place
                .as_ref()
                .map(|place| place.top.join(path_of_report(path)));
            place.is_none_or(|path| path.symlink_metadata().is_ok())
        };
        let archive = path.split_once("!/").map(|(archive, _)| archive);
        !there(path) && !archive.is_some_and(there)
    }

    /// Whether the run read the file of an entry, or would have if it were there.
    fn was_checked(&self, path: &str, tally: &Tally) -> bool {
        let Some(place) = &self.place else {
            return false;
        };
        // What is staged is a part of the files only.
        if self.options.changes == Changes::Staged
            || !place.scope.covers(&place.top.join(path_of_report(path)))
        {
            return false;
        }
        let Some(relative) = path.strip_prefix(&self.prefix) else {
            return false;
        };
        let in_archive = relative.contains("!/") && !place.top.join(path_of_report(path)).exists();
        if in_archive && !self.options.archives || self.options.settings.leaves_out(relative) {
            return false;
        }
        let holds = |skipped: &str| {
            let skipped = skipped.trim_end_matches('/');
            relative.strip_prefix(skipped).is_some_and(|rest| {
                rest.is_empty() || rest.starts_with('/') || rest.starts_with("!/")
            })
        };
        // Gaps in archives come with their reason after the path.
        let left_out = |(reason, skipped): &(SkipReason, String)| {
            *reason != SkipReason::Unparsed && holds(skipped.split(" (").next().unwrap_or(skipped))
        };
        !tally.skipped.iter().any(left_out) && !tally.failures.iter().any(|f| holds(&f.path))
    }
}
