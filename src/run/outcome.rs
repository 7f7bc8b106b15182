//! From what the workers gathered to the report.

use super::Options;
use super::known::Known;
use super::worker::Tally;
use crate::catalogue::Catalogue;
use crate::config::Settings;
use crate::engine::{order_and_group, patterns_without_effect, unused_entries};
use crate::facts::{
    ConfigurationUsed, Coverage, PackUsed, Provenance, Report, SkipReason, Violation,
};

/// The report of a run. `whole`: everything below the scan root was read.
pub(super) fn report(
    catalogue: &Catalogue,
    options: &Options,
    mut tally: Tally,
    known: Option<&Known<'_>>,
    whole: bool,
) -> Report {
    let mut notices = std::mem::take(&mut tally.notices);
    // A file that was not read may hold what an entry is for.
    let judges_entries = options.configuration.judges_entries && options.suppressions;
    if whole && judges_entries && tally.failures.is_empty() {
        let unused = unused_entries(&options.settings, &tally.violations);
        if options.hidden {
            note_ignored(&options.settings, &tally);
            notices.extend(patterns_without_effect(&options.settings, &unused));
        }
        notices.extend(unused);
    }
    notices.sort_by(|a, b| (&a.path, a.start.byte, &a.rule).cmp(&(&b.path, b.start.byte, &b.rule)));
    let mut all = order_and_group(std::mem::take(&mut tally.violations));
    let baseline = known.map(|known| known.apply(catalogue, &mut all, &tally));
    let (suppressed, violations) = all
        .into_iter()
        .partition(|v: &Violation| v.suppressed.is_some());
    let mut coverage = Coverage {
        files: tally.files,
        bytes: tally.bytes,
        min_confidence: Some(options.settings.min_confidence),
        extent: options.changes.extent(),
        ..Coverage::default()
    };
    coverage.skip(tally.skipped);
    let only_excluded = coverage.skipped.keys().eq([&SkipReason::Excluded]);
    coverage.all_excluded = coverage.files == 0
        && only_excluded
        && tally.failures.is_empty()
        && !options.paths.iter().any(|path| path.is_dir());
    let mut failures = tally.failures;
    failures.sort();
    failures.dedup();
    Report {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        as_of: options.as_of.to_string(),
        provenance: Provenance::default(),
        packs: catalogue
            .packs()
            .iter()
            .map(|p| PackUsed {
                name: p.name.clone(),
                version: p.version.clone(),
                digest: p.digest.clone(),
            })
            .collect(),
        replaced_packs: options.configuration.replaced_packs.clone(),
        configurations: configurations(&options.settings),
        violations,
        suppressed,
        notices,
        coverage,
        failures,
        fixes: None,
        fixable: None,
        baseline,
    }
}

/// Lets the patterns see what git ignores: it would be excluded, too.
fn note_ignored(settings: &Settings, tally: &Tally) {
    for (reason, path) in &tally.skipped {
        if *reason == SkipReason::Ignored {
            let path = path.trim_end_matches('/');
            let _ = settings.exclude.matches(path, true);
        }
    }
}

fn configurations(settings: &Settings) -> Vec<ConfigurationUsed> {
    let files = settings.files.iter();
    let used = files.map(|file| ConfigurationUsed {
        path: file.path.clone(),
        digest: file.digest.clone(),
    });
    used.collect()
}
