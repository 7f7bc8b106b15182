//! `--interactive`: somebody decides about each violation.

mod questions;
mod suppressing;

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _, stderr, stdin};
use std::path::{Path, PathBuf};

use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};

use super::fix::{self, FixError};
use crate::catalogue::Catalogue;
use crate::detect::{Detector, MOST_BYTES};
use crate::engine::Engine;
use crate::facts::{Failure, Report};
use crate::fix::{FilePlanner, FixPlan};
use crate::input;
use crate::input::{Again, read_again};
use crate::run::Options;
use questions::{Answer, Questions};
use suppressing::Suppressing;

/// How to ask, and where answers go that are not for a file.
pub(super) struct Asking<'a> {
    pub colour: bool,
    /// The configuration, when there is one.
    pub configuration: Option<&'a Path>,
}

/// Asks about the violations of a report and plans what was chosen; none when nothing will be
/// written.
pub(super) fn plan(
    catalogue: &Catalogue,
    options: &Options,
    roots: &input::Roots,
    report: &Report,
    asking: &Asking<'_>,
) -> miette::Result<Option<FixPlan>> {
    if !stdin().is_terminal() || !stderr().is_terminal() {
        return Err(FixError::NoTerminal.into());
    }
    let theme: &dyn Theme = if asking.colour {
        &ColorfulTheme::default()
    } else {
        &SimpleTheme
    };
    let detector = Detector::new(catalogue, options.settings.min_confidence)
        .without_excerpts()
        .with_echoes();
    let engine = Engine {
        detector: &detector,
        judge: options.judge(),
    };
    let mut planner = FilePlanner::new(engine, true);
    let mut plan = FixPlan::default();
    let mut suppressing = Suppressing::new(catalogue, options, roots, asking.configuration);
    let paths: BTreeSet<&str> = report.violations.iter().map(|v| v.path.as_str()).collect();
    let mut questions = Questions {
        theme,
        roots,
        total: 0,
        past: 0,
        chosen: 0,
        decisions: Vec::new(),
    };
    for relative in &paths {
        if let Again::File(path, bytes) = read_again(&roots.root, relative, MOST_BYTES) {
            questions.total += planner.choices(&path, relative, bytes).violations().count();
        }
    }
    // Without a handler Ctrl-C ends the program before it can say what became of the choices.
    fix::interrupted();
    for relative in paths {
        let Some((path, bytes)) = read(&roots.root, relative, &mut plan.failures) else {
            continue;
        };
        let mut choices = planner.choices(&path, relative, bytes);
        let (end, stay) = match questions.ask_about_file(&mut choices) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                return Err(FixError::Interrupted(questions.chosen).into());
            }
            asked => asked.map_err(super::OutputError)?,
        };
        if matches!(end, Answer::Abandon) {
            return Ok(None);
        }
        let bytes = choices.bytes().to_vec();
        let file = planner.chosen(choices);
        let change = suppressing.add(&path, relative, &bytes, file.change, &stay);
        plan.changes.extend(change);
        plan.fixes.applied.extend(file.applied);
        plan.fixes.refused.extend(file.refused);
        if matches!(end, Answer::Finish) {
            break;
        }
    }
    plan.changes.extend(suppressing.configuration()?);
    Ok(Some(plan))
}

/// A file of the report as it is now. Folders and members of archives are none.
fn read(root: &Path, relative: &str, failures: &mut Vec<Failure>) -> Option<(PathBuf, Vec<u8>)> {
    match read_again(root, relative, MOST_BYTES) {
        Again::File(path, bytes) => Some((path, bytes)),
        Again::NoFile | Again::TooLarge => None,
        Again::Failed(failure) => {
            failures.push(failure);
            None
        }
    }
}
