//! All files of a run, planned before the first one is written.

use std::fs;

use super::{Change, FilePlanner};
use crate::catalogue::Catalogue;
use crate::detect::{Detector, MOST_BYTES, Scratch};
use crate::judge::Judge;
use crate::report::{Failure, Fixes, Refused, Report, Safety, Violation};
use crate::run::Options;

/// What a run is to change.
#[derive(Debug, Default)]
pub struct FixPlan {
    /// The files, by path.
    pub changes: Vec<Change>,
    /// What the changes fix, by path, and what they leave.
    pub fixes: Fixes,
    /// Files that could not be read again.
    pub failures: Vec<Failure>,
}

/// Plans the fixes of the violations in a report, of all of them with `unsafe_too`.
///
/// `root` is the scan root of the report. Files are read again: what is planned is what stands in
/// them then.
#[must_use]
pub fn plan(
    catalogue: &Catalogue,
    options: &Options,
    root: &std::path::Path,
    report: &Report,
    unsafe_too: bool,
) -> FixPlan {
    let detector = Detector::new(catalogue, options.settings.min_confidence).without_excerpts();
    let mut planner = FilePlanner {
        detector: &detector,
        judge: Judge {
            settings: &options.settings,
            as_of: options.as_of,
        },
        unsafe_too,
        scratch: Scratch::default(),
    };
    let mut plan = FixPlan::default();
    let wanted = |violation: &&Violation| violation.replacement.is_some();
    let mut paths: Vec<&str> = report
        .violations
        .iter()
        .filter(wanted)
        .map(|violation| violation.path.as_str())
        .collect();
    paths.dedup();
    for relative in paths {
        // Members of archives and folders are no files.
        let path = match root.join(relative).canonicalize() {
            Ok(path) if path.is_file() => path,
            _ => continue,
        };
        if fs::metadata(&path).is_ok_and(|m| m.len() > MOST_BYTES) {
            let large = report.violations.iter().filter(|v| v.path == relative);
            let large = large.filter(|v| is_wanted(v, unsafe_too));
            plan.fixes.refused.extend(large.map(|violation| Refused {
                rule: violation.rule.clone(),
                path: violation.path.clone(),
                start: violation.start,
                name: violation.name.clone(),
                reason: "the file is too large to be parsed".to_owned(),
            }));
            continue;
        }
        match fs::read(&path) {
            Ok(bytes) => {
                let file = planner.plan(&path, relative, &bytes);
                plan.changes.extend(file.change);
                plan.fixes.applied.extend(file.applied);
                plan.fixes.refused.extend(file.refused);
                plan.fixes.unsafe_left += file.unsafe_left;
            }
            Err(error) => plan.failures.push(Failure {
                path: relative.to_owned(),
                message: error.to_string(),
            }),
        }
    }
    plan
}

fn is_wanted(violation: &Violation, unsafe_too: bool) -> bool {
    let advice = violation.replacement.as_ref();
    advice.is_some_and(|advice| unsafe_too || advice.safety == Safety::Safe)
}
