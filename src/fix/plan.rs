//! All files of a run, planned before the first one is written.

use std::path::Path;

use super::FilePlanner;
use crate::catalogue::Catalogue;
use crate::detect::{Detector, MOST_BYTES};
use crate::edit::{Change, WriteOutcome, WriteResult};
use crate::engine::{Engine, Judge};
use crate::facts::{Applied, Failure, Fixable, Fixes, Refused, Report, Safety, Violation};
use crate::input::{Again, read_again, report_path};

/// The changes of a run.
#[derive(Debug, Default)]
pub(crate) struct FixPlan {
    /// The files, by path.
    pub changes: Vec<Change>,
    /// What the changes fix, by path, and what they leave.
    pub fixes: Fixes,
    /// Files that could not be read again.
    pub failures: Vec<Failure>,
}

/// Plans the fixes of the violations in a report, of all of them with `unsafe_too`.
///
/// `root` is the scan root of the report. Files are read again, and the plan is for
/// their content at that time.
#[must_use]
pub(crate) fn plan(
    catalogue: &Catalogue,
    judge: Judge<'_>,
    root: &Path,
    report: &Report,
    unsafe_too: bool,
) -> FixPlan {
    let detector = Detector::new(catalogue, judge.settings.min_confidence)
        .without_excerpts()
        .with_echoes();
    let engine = Engine {
        detector: &detector,
        judge,
    };
    let mut planner = FilePlanner::new(engine, unsafe_too);
    let mut plan = FixPlan::default();
    // A report is in the order of paths.
    for of_file in report.violations.chunk_by(|a, b| a.path == b.path) {
        let relative = of_file[0].path.as_str();
        match read_again(root, relative, MOST_BYTES) {
            Again::File(path, bytes) => {
                let file = planner.plan(&path, relative, &bytes);
                let counted = file.violations() + file.refused.len() + file.unsafe_left;
                plan.fixes.by_hand += of_file.len().saturating_sub(counted);
                plan.changes.extend(file.change);
                plan.fixes.unsafe_left += file.unsafe_left;
                let applied = file.applied.into_iter();
                plan.fixes
                    .applied
                    .extend(applied.filter(|fix| !fix.is_repeat));
                plan.fixes.refused.extend(file.refused);
            }
            Again::NoFile => plan.fixes.by_hand += of_file.len(),
            Again::TooLarge => {
                let (large, others): (Vec<_>, Vec<_>) =
                    of_file.iter().partition(|v| is_wanted(v, unsafe_too));
                plan.fixes.by_hand += others.len();
                let large = large.into_iter();
                plan.fixes.refused.extend(large.map(|violation| Refused {
                    rule: violation.rule.clone(),
                    path: violation.path.clone(),
                    start: violation.start,
                    name: violation.name.clone(),
                    reason: "the file is too large to be parsed".to_owned(),
                }));
            }
            Again::Failed(failure) => plan.failures.push(failure),
        }
    }
    plan
}

impl FixPlan {
    /// What fixes could do, by a plan without unsafe fixes.
    #[must_use]
    pub(crate) fn fixable(&self) -> Fixable {
        Fixable {
            safe: self.fixes.applied.len(),
            with_unsafe: self.fixes.unsafe_left,
            by_hand: self.fixes.by_hand + self.fixes.refused.len(),
        }
    }

    /// What was fixed when the changes were written as `written` says: fixes in files that were
    /// not written are refused. Files that could not be written are failures besides.
    #[must_use]
    pub(crate) fn written(self, written: &WriteResult, root: &Path) -> (Fixes, Vec<Failure>) {
        let (mut fixes, mut failures) = (self.fixes, self.failures);
        fixes.written = true;
        fixes.undo = written.undo.as_ref().map(|undo| {
            let inside = undo.strip_prefix(root).unwrap_or(undo);
            report_path(inside)
        });
        for (change, outcome) in self.changes.iter().zip(&written.outcomes) {
            let WriteOutcome::NotWritten(reason) = outcome else {
                continue;
            };
            if reason.is_failure() {
                failures.push(Failure {
                    path: change.relative.clone(),
                    message: reason.to_string(),
                });
            }
            let of_file = |fix: &Applied| fix.path == change.relative;
            let lost: Vec<Applied> = fixes
                .applied
                .iter()
                .filter(|fix| of_file(fix))
                .cloned()
                .collect();
            fixes.applied.retain(|fix| !of_file(fix));
            fixes
                .refused
                .extend(lost.into_iter().map(|fix| fix.refused(reason.to_string())));
        }
        fixes
            .refused
            .sort_by(|a, b| (&a.path, a.start.byte).cmp(&(&b.path, b.start.byte)));
        (fixes, failures)
    }
}

fn is_wanted(violation: &Violation, unsafe_too: bool) -> bool {
    let advice = violation.replacement.as_ref();
    advice.is_some_and(|advice| unsafe_too || advice.safety == Safety::Safe)
}
