//! `ptlint baseline`, and the baseline of a check.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::sync::Arc;

use crate::baseline::{self, Baseline, BaselineError};
use crate::config::Settings;
use crate::facts::{BaselineUsed, Report};
use crate::input;
use crate::report::concise;
use crate::run::{Options, check_with, compile_packs};
use crate::text::printable;

use super::args::{self, BaselineArguments, BaselineCommand};
use super::configuration::load;
use super::streams::output;
use super::{OutputError, progress};

/// A baseline is of files, which are there the next time.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("standard input has no baseline")]
#[diagnostic(code(baseline::stdin), help("name files or folders"))]
struct BaselineOfStandardInput;

/// The baseline that a check uses.
pub(super) fn of_check(
    arguments: &BaselineArguments,
    settings: &Settings,
) -> Result<Option<Arc<Baseline>>, BaselineError> {
    if arguments.no_baseline {
        return Ok(None);
    }
    let path = arguments.baseline.as_ref().or(settings.baseline.as_ref());
    path.map(|path| baseline::load(path).map(Arc::new))
        .transpose()
}

/// A run of one of the commands.
struct Session {
    options: Options,
    roots: input::Roots,
    path: PathBuf,
}

/// Runs the command; the number is the exit code.
pub(super) fn run(arguments: &args::BaselineSubcommands) -> miette::Result<u8> {
    let on = arguments.command.on();
    if input::names_stdin(&on.scan.paths) {
        return Err(BaselineOfStandardInput.into());
    }
    let loaded = load(&on.scan, None)?;
    let catalogue = compile_packs(&loaded.settings)?;
    loaded.check_ids(&catalogue)?;
    let mut options = loaded.options(&on.scan);
    options.excerpts = false;
    let roots = input::roots(&options.paths)
        .map_err(|(path, source)| crate::run::CheckError::NoSuchPath { path, source })?;
    let named = on.baseline.clone().or(loaded.settings.baseline);
    let path = named.unwrap_or_else(|| {
        // A path that reports show is easier to read than one without links.
        let above = roots.in_repository().matches('/').count();
        PathBuf::from(roots.show(&format!("{}{}", "../".repeat(above), baseline::FILE)))
    });
    if let BaselineCommand::Create(_) = arguments.command {
        if path.symlink_metadata().is_ok() {
            return Err(BaselineError::Exists(path).into());
        }
    } else {
        options.baseline = Some(Arc::new(baseline::load(&path)?));
    }
    let report = progress::during(&options.progress, || check_with(&catalogue, &options))?;
    let session = Session {
        options,
        roots,
        path,
    };
    let mut out = BufWriter::new(output());
    let incomplete = session.incomplete(&report, &mut out).map_err(OutputError)?;
    let code = if report.found_nothing() {
        3
    } else {
        let code = session.act(&arguments.command, &report, &mut out)?;
        if incomplete { 3 } else { code }
    };
    out.flush().map_err(OutputError)?;
    Ok(code)
}

impl Session {
    fn shown(&self, path: &str) -> String {
        self.roots.show(path)
    }

    fn file(&self) -> String {
        printable(&self.path.display().to_string())
    }

    /// Says what could not be checked.
    fn incomplete(&self, report: &Report, out: &mut dyn Write) -> io::Result<bool> {
        for failure in &report.failures {
            let path = printable(&self.shown(&failure.path));
            writeln!(out, "{path}: not checked: {}", printable(&failure.message))?;
        }
        if report.found_nothing() {
            writeln!(
                out,
                "No file was found to check, so there is nothing to do."
            )?;
        }
        Ok(!report.failures.is_empty() || report.found_nothing())
    }

    fn act(
        &self,
        command: &BaselineCommand,
        report: &Report,
        out: &mut dyn Write,
    ) -> miette::Result<u8> {
        let none = BaselineUsed::default();
        let used = report.baseline.as_ref().unwrap_or(&none);
        let empty = Arc::default();
        let before = self.options.baseline.as_ref().unwrap_or(&empty);
        let code = match command {
            BaselineCommand::Create(_) => self.create(report, out)?,
            BaselineCommand::Update { accept_new, .. } => {
                self.update(report, used, before, *accept_new, out)?
            }
            BaselineCommand::Show(_) => {
                self.show(before, used, out).map_err(OutputError)?;
                0
            }
            BaselineCommand::Prune(_) => {
                let after = baseline::prune(before, used);
                self.write(before, &after)?;
                let count = before.entries().len() - after.entries().len();
                writeln!(
                    out,
                    "Removed {count} of {}.",
                    entries(before.entries().len())
                )
                .map_err(OutputError)?;
                0
            }
        };
        Ok(code)
    }

    fn create(&self, report: &Report, out: &mut dyn Write) -> miette::Result<u8> {
        let folder = baseline::folder_of(&self.path);
        let prefix = self.roots.prefix_of_entries(folder.as_deref());
        let decommissioned = self.options.settings.baseline_decommissioned;
        let made = baseline::create(report, &prefix, decommissioned);
        baseline::write(&made.baseline, &self.path, self.roots.fence(), true)?;
        let mut print = || -> io::Result<()> {
            writeln!(out, "Wrote {} to {}.", entries(made.accepted), self.file())?;
            if !made.left.is_empty() {
                writeln!(
                    out,
                    "Not in it, because `baseline-decommissioned` is off: {}.",
                    made.left.len()
                )?;
            }
            if self.options.settings.baseline.is_none() {
                writeln!(
                    out,
                    "Use it with `ptlint check --baseline {}`, or name it as `baseline` in ptlint.yaml.",
                    self.file()
                )?;
            }
            Ok(())
        };
        print().map_err(OutputError)?;
        Ok(0)
    }

    fn update(
        &self,
        report: &Report,
        used: &BaselineUsed,
        before: &Baseline,
        accept_new: bool,
        out: &mut dyn Write,
    ) -> miette::Result<u8> {
        let decommissioned = self.options.settings.baseline_decommissioned;
        let update = baseline::update(report, used, accept_new, decommissioned);
        self.write(before, &update.baseline)?;
        let mut print = || -> io::Result<()> {
            for violation in &update.left {
                writeln!(out, "{}", concise::line(violation, &self.roots.here()))?;
            }
            writeln!(
                out,
                "{}: {}, {} removed, {} accepted.",
                self.file(),
                entries(update.baseline.entries().len()),
                used.stale.len(),
                update.accepted
            )?;
            let left = update.left.len();
            if left > 0 && !accept_new {
                let them = if left == 1 { "it" } else { "them" };
                writeln!(
                    out,
                    "Not in it: {left}, listed above; --accept-new takes {them} in."
                )?;
            } else if left > 0 {
                writeln!(
                    out,
                    "Not in it, because `baseline-decommissioned` is off: {left}, listed above."
                )?;
            }
            Ok(())
        };
        print().map_err(OutputError)?;
        Ok(u8::from(!update.left.is_empty()))
    }

    fn show(&self, before: &Baseline, used: &BaselineUsed, out: &mut dyn Write) -> io::Result<()> {
        let mut rules: BTreeMap<&str, (usize, BTreeSet<&str>)> = BTreeMap::new();
        for entry in before.entries() {
            let rule = rules.entry(&entry.rule).or_default();
            rule.0 += 1;
            rule.1.insert(&entry.path);
        }
        writeln!(out, "{}: {}", self.file(), entries(before.entries().len()))?;
        if !rules.is_empty() {
            let width = rules.keys().map(|rule| rule.len()).max().unwrap_or(0);
            writeln!(out, "\n  {:width$}  entries  files", "rule")?;
            for (rule, (count, files)) in rules {
                let rule = printable(rule);
                writeln!(out, "  {rule:width$}  {count:>7}  {:>5}", files.len())?;
            }
            writeln!(out)?;
        }
        for entry in &used.stale {
            writeln!(
                out,
                "stale: {} {} {}",
                printable(&entry.path),
                printable(&entry.rule),
                printable(&entry.name)
            )?;
        }
        for note in used.notes() {
            writeln!(out, "{note}")?;
        }
        Ok(())
    }

    /// Writes a baseline unless it is as it was.
    fn write(&self, before: &Baseline, after: &Baseline) -> Result<(), BaselineError> {
        if before.entries() == after.entries() {
            return Ok(());
        }
        baseline::write(after, &self.path, self.roots.fence(), false)
    }
}

fn entries(count: usize) -> String {
    match count {
        1 => "1 entry".to_owned(),
        many => format!("{many} entries"),
    }
}
