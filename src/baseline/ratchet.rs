//! How a baseline changes: it shrinks by itself and grows only when it is told to.

use super::{Baseline, BaselineEntry, entries};
use crate::facts::{BaselineUsed, Phase, Report, Suppression, Violation};

/// A new baseline, and what is not in it.
#[derive(Debug)]
pub(crate) struct Update<'r> {
    /// The entries from now on.
    pub baseline: Baseline,
    /// Violations that were taken in.
    pub accepted: usize,
    /// Violations that are not in it.
    pub left: Vec<&'r Violation>,
}

/// A baseline of all that a report found. References to decommissioned environments stay out
/// unless `decommissioned` is set.
#[must_use]
pub(crate) fn create<'r>(report: &'r Report, prefix: &str, decommissioned: bool) -> Update<'r> {
    let mut update = Update {
        baseline: Baseline::default(),
        accepted: 0,
        left: Vec::new(),
    };
    let mut taken = Vec::new();
    for (entry, violation) in entries(report, prefix) {
        if violation.suppressed.is_none() {
            accept(entry, violation, decommissioned, &mut taken, &mut update);
        }
    }
    update.baseline = Baseline::new(taken);
    update
}

/// A baseline without what is gone, from a report that was made with the old one. What is new is
/// taken in only with `accept_new`.
#[must_use]
pub(crate) fn update<'r>(
    report: &'r Report,
    used: &BaselineUsed,
    accept_new: bool,
    decommissioned: bool,
) -> Update<'r> {
    let mut update = Update {
        baseline: Baseline::default(),
        accepted: 0,
        left: Vec::new(),
    };
    let mut taken = used.kept.clone();
    for (entry, violation) in entries(report, &used.prefix) {
        match &violation.suppressed {
            // As it is now: with its new path, and perhaps fewer of them.
            Some(suppression) if suppression.by == Suppression::BASELINE => taken.push(entry),
            Some(_) => {}
            None if accept_new => {
                accept(entry, violation, decommissioned, &mut taken, &mut update);
            }
            None => update.left.push(violation),
        }
    }
    update.baseline = Baseline::new(taken);
    update
}

fn accept<'r>(
    entry: BaselineEntry,
    violation: &'r Violation,
    decommissioned: bool,
    taken: &mut Vec<BaselineEntry>,
    update: &mut Update<'r>,
) {
    if violation.phase == Phase::Decommissioned && !decommissioned {
        update.left.push(violation);
    } else {
        taken.push(entry);
        update.accepted += 1;
    }
}

/// A baseline without its stale entries.
#[must_use]
pub(crate) fn prune(baseline: &Baseline, used: &BaselineUsed) -> Baseline {
    let kept = baseline.entries().iter();
    let is_stale = |entry: &&BaselineEntry| {
        used.stale
            .iter()
            .any(|s| s.fingerprint == entry.fingerprint)
    };
    Baseline::new(kept.filter(|entry| !is_stale(entry)).cloned().collect())
}
