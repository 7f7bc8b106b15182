//! What is done about violations with a replacement: compared, or written.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::baseline;
use crate::catalogue::Catalogue;
use crate::edit::{self, DiffError, UndoneOutcome, WriteOptions};
use crate::facts::Report;
use crate::files;
use crate::fix::{self, FixPlan};
use crate::input;
use crate::report::plural;
use crate::run::{Options, check_with};
use crate::text::printable;

use super::OutputError;
use super::args::{Check, Fix};
use super::streams::{errors, output};
use super::terminal::Terminal;

/// Why nothing is fixed.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(super) enum FixError {
    /// What comes through a pipe is in no file.
    #[error("standard input cannot be fixed")]
    #[diagnostic(code(fix::stdin), help("name the file"))]
    StandardInput,
    /// Questions need somebody who answers them.
    #[error("--interactive needs a terminal")]
    #[diagnostic(
        code("fix::no-terminal"),
        help("use --fix, or --diff to see what it would do")
    )]
    NoTerminal,
    /// Somebody pressed Ctrl-C at a question.
    #[error("interrupted: nothing was written")]
    #[diagnostic(
        code(fix::interrupted),
        help("{} dropped; `stop, and write what was chosen` keeps them", choices(*.0))
    )]
    Interrupted(usize),
    /// A diff is printed instead of a report.
    #[error("--output has no report to write: --diff only prints a diff")]
    #[diagnostic(code("fix::no-report"), help("run the check again without --diff"))]
    NoReport,
    /// An option that says how to fix without one that says to do so.
    #[error("`{option}` does nothing by itself")]
    #[diagnostic(code(fix::alone), help("use it with --fix{and}"))]
    Alone {
        /// The option.
        option: &'static str,
        /// Others that it goes with.
        and: &'static str,
    },
    /// Files are fixed as a whole, in the work tree.
    #[error("{option} only checks")]
    #[diagnostic(
        code(fix::changes),
        help("fix the files in a run without it, and look at them before they are staged")
    )]
    Changes {
        /// The option.
        option: &'static str,
    },
}

impl FixError {
    /// Says whether somebody ended the program.
    pub(super) fn is_interruption(&self) -> bool {
        matches!(self, Self::Interrupted(_))
    }
}

fn choices(count: usize) -> String {
    let verb = if count == 1 { "was" } else { "were" };
    format!("{} {verb}", plural(count as u64, "choice"))
}

/// Refuses arguments that make no sense together.
pub(super) fn check(arguments: &Check) -> Result<(), FixError> {
    let fixing = &arguments.fixing;
    let writes = fixing.fix || fixing.interactive;
    if !writes && !fixing.diff {
        for (given, option, and) in [
            (
                fixing.unsafe_fixes,
                "--unsafe-fixes",
                ", --diff or --interactive",
            ),
            (fixing.backup.is_some(), "--backup", " or --interactive"),
            (
                fixing.undo_file.is_some(),
                "--undo-file",
                " or --interactive",
            ),
        ] {
            if given {
                return Err(FixError::Alone { option, and });
            }
        }
        return Ok(());
    }
    if input::names_stdin(&arguments.scan.paths) {
        return Err(FixError::StandardInput);
    }
    if fixing.diff && !arguments.output.is_empty() {
        return Err(FixError::NoReport);
    }
    for (given, option) in [
        (arguments.changes.staged, "--staged"),
        (arguments.changes.changed_since.is_some(), "--changed-since"),
    ] {
        if given {
            return Err(FixError::Changes { option });
        }
    }
    Ok(())
}

/// Prints what would be changed; the number is the exit code.
pub(super) fn diff(
    arguments: &Check,
    catalogue: &Catalogue,
    options: &Options,
    roots: &input::Roots,
    report: &Report,
) -> miette::Result<u8> {
    let unsafe_too = arguments.fixing.unsafe_fixes;
    // What is in the baseline is known, and should go all the same.
    let all = baseline::without_baseline(report);
    let mut plan = fix::plan(catalogue, options.judge(), &roots.root, &all, unsafe_too);
    let mut out = BufWriter::new(output());
    for change in &plan.changes {
        let printed = files::read(&change.path, u64::MAX)
            .map_err(DiffError::Write)
            .and_then(|bytes| super::diff::print(change, &bytes, roots, &mut out));
        if let Err(error) = printed {
            match error {
                DiffError::Write(error) => return Err(OutputError(error).into()),
                changed @ DiffError::Changed => plan.failures.push(crate::facts::Failure {
                    path: change.relative.clone(),
                    message: changed.to_string(),
                }),
            }
        }
    }
    out.flush().map_err(OutputError)?;
    notes(&plan, roots, &mut errors()).map_err(OutputError)?;
    let failed = !plan.failures.is_empty() || !report.failures.is_empty();
    let incomplete = failed || report.found_nothing();
    Ok(match (incomplete, plan.changes.is_empty()) {
        (true, _) => 3,
        (false, true) => 0,
        (false, false) => 1,
    })
}

/// Above this many violations a check does not try their fixes to count them.
const MOST_COUNTED: usize = 2000;

/// Adds to a report how many of its violations can be fixed.
pub(super) fn counted(
    arguments: &Check,
    catalogue: &Catalogue,
    options: &Options,
    roots: &input::Roots,
    mut report: Report,
) -> Report {
    let changes = &arguments.changes;
    let some = 1..=MOST_COUNTED;
    // Fixes are for whole files in the work tree.
    if changes.staged || changes.changed_since.is_some() || !some.contains(&report.violations.len())
    {
        return report;
    }
    let all = baseline::without_baseline(&report);
    let plan = fix::plan(catalogue, options.judge(), &roots.root, &all, false);
    report.fixable = plan.failures.is_empty().then(|| plan.fixable());
    report
}

/// Writes what can be fixed and checks again; gives the new report.
pub(super) fn write(
    arguments: &Check,
    catalogue: &Catalogue,
    options: &Options,
    roots: &input::Roots,
    report: Report,
) -> miette::Result<Report> {
    let fixing = &arguments.fixing;
    let plan = fix::plan(
        catalogue,
        options.judge(),
        &roots.root,
        &baseline::without_baseline(&report),
        fixing.unsafe_fixes,
    );
    apply(arguments, catalogue, options, roots, report, plan)
}

/// Asks what to fix, writes it, and checks again; gives the new report.
pub(super) fn interactive(
    arguments: &Check,
    catalogue: &Catalogue,
    options: &Options,
    roots: &input::Roots,
    report: Report,
    asking: &super::interactive::Asking<'_>,
) -> miette::Result<Report> {
    match super::interactive::plan(catalogue, options, roots, &report, asking)? {
        Some(plan) => apply(arguments, catalogue, options, roots, report, plan),
        None => Ok(report),
    }
}

/// Writes a plan and checks again; gives the new report.
fn apply(
    arguments: &Check,
    catalogue: &Catalogue,
    options: &Options,
    roots: &input::Roots,
    mut report: Report,
    plan: FixPlan,
) -> miette::Result<Report> {
    let fixing = &arguments.fixing;
    let written = edit::write(
        &plan.changes,
        &WriteOptions {
            root: super::suppress::folder_to_write(&plan.changes, roots),
            backup: fixing.backup.clone(),
            undo_file: fixing.undo_file.clone(),
            stop: Some(interrupted()),
        },
    );
    let (fixes, failures) = plan.written(&written, &roots.root);
    if written.undo.is_some() {
        report = check_with(catalogue, options)?;
    }
    report.failures.extend(failures);
    report.failures.sort();
    report.failures.dedup();
    report.fixes = Some(fixes);
    Ok(report)
}

/// Becomes true at the first Ctrl-C, so that the file at hand is finished; the second one ends the
/// process as usual.
pub(super) fn interrupted() -> &'static AtomicBool {
    static INTERRUPTED: AtomicBool = AtomicBool::new(false);
    // Without the handler Ctrl-C ends the process at once, which leaves each file whole, too.
    let _ = ctrlc::try_set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    &INTERRUPTED
}

/// `ptlint fix`; the number is the exit code.
pub(super) fn run(arguments: &Fix, terminal: Terminal) -> miette::Result<u8> {
    match &arguments.undo {
        Some(file) => undo(arguments, file.as_deref()),
        None => super::check::run(&arguments.check, terminal),
    }
}

/// Undoes a run; the number is the exit code.
pub(super) fn undo(arguments: &Fix, file: Option<&Path>) -> miette::Result<u8> {
    // `--undo FOLDER` has the folder where an undo patch may be named.
    let folder = file.filter(|file| file.is_dir());
    let paths = &arguments.check.scan.paths;
    let roots = match folder {
        Some(folder) if paths.is_empty() || *paths == [PathBuf::from(".")] => {
            roots(&[folder.to_owned()])
        }
        _ => roots(paths),
    };
    let file = file.filter(|_| folder.is_none());
    let undone = edit::undo(file, &roots.root)?;
    let mut out = BufWriter::new(output());
    let mut print = || -> io::Result<(u64, u64)> {
        let (mut restored, mut left) = (0_u64, 0_u64);
        for file in &undone.files {
            let path = printable(&roots.show(&file.relative));
            match &file.outcome {
                UndoneOutcome::Restored => restored += 1,
                UndoneOutcome::AsBefore => {}
                UndoneOutcome::Left(reason) => {
                    left += 1;
                    writeln!(
                        out,
                        "{path} is not restored: {}",
                        printable(&reason.to_string())
                    )?;
                }
            }
        }
        write!(out, "Restored {}", plural(restored, "file"))?;
        match left {
            0 => writeln!(out)?,
            left => writeln!(
                out,
                "; {} left as it is, and the undo patch is kept",
                plural(left, "file")
            )?,
        }
        out.flush()?;
        Ok((restored, left))
    };
    let (_, left) = print().map_err(OutputError)?;
    Ok(if left == 0 { 0 } else { 3 })
}

fn roots(paths: &[PathBuf]) -> input::Roots {
    input::roots(paths).unwrap_or_else(|_| input::Roots::new(PathBuf::from("."), None))
}

/// What is not in the diff, in words.
fn notes(plan: &FixPlan, roots: &input::Roots, out: &mut dyn Write) -> io::Result<()> {
    for failure in &plan.failures {
        let path = printable(&roots.show(&failure.path));
        writeln!(out, "{path}: not read: {}", printable(&failure.message))?;
    }
    crate::report::human::fixes(&plan.fixes, &roots.here(), out)
}
