//! `ptlint suppress`.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::config::Settings;
use crate::document::YamlDocument;
use crate::edit::{self, Change, Edit, WriteOptions, WriteOutcome};
use crate::facts::Terms;
use crate::files;
use crate::input;
use crate::report::plural;
use crate::run::{check_with, compile_packs};
use crate::suppress::{
    self, NewEntry, SuppressPlan, SuppressionRequest, Wording, add_to_configuration,
};
use crate::text::{GlobFolder, printable};

use super::OutputError;
use super::args::Suppress;
use super::configuration::load;
use super::streams::output;

/// Why nothing is suppressed.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(super) enum SuppressError {
    /// What comes through a pipe is in no file.
    #[error("standard input cannot be suppressed")]
    #[diagnostic(code(suppress::stdin), help("name the file"))]
    StandardInput,
    /// Without one nobody can tell later whether it is still needed.
    #[error("the reason is empty")]
    #[diagnostic(
        code(suppress::reason),
        help("say in one line why the violations stay")
    )]
    Reason,
    /// No rule of the run has the id.
    #[error("there is no rule `{id}`")]
    #[diagnostic(code("suppress::unknown-rule"), help("{help}"))]
    UnknownRule {
        /// What was typed.
        id: String,
        /// What there is.
        help: String,
    },
    /// The configuration cannot be read or made.
    #[error("the configuration {} cannot be used", .path.display())]
    #[diagnostic(code(suppress::configuration), help("check the file and its folder"))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Its text is not changed blindly.
    #[error("no entry can be added to `ignore` in {}", .path.display())]
    #[diagnostic(
        code("suppress::not-a-list"),
        help("write its entries on lines of their own, each beginning with a dash")
    )]
    NotAList {
        /// The file.
        path: PathBuf,
    },
}

/// Suppresses what a check reports; the number is the exit code.
pub(super) fn run(arguments: &Suppress) -> miette::Result<u8> {
    if input::names_stdin(&arguments.scan.paths) {
        return Err(SuppressError::StandardInput.into());
    }
    let reason = arguments.reason.trim();
    if !is_reason(reason) {
        return Err(SuppressError::Reason.into());
    }
    let loaded = load(&arguments.scan, arguments.fail_on)?;
    let catalogue = compile_packs(&loaded.settings)?;
    loaded.check_ids(&catalogue)?;
    if let Some(id) = &arguments.rule {
        let known: Vec<&str> = catalogue.rules().map(|(id, _, _)| id).collect();
        if !known.contains(&id.as_str()) {
            let help = crate::document::suggestion(id, &known, "rules");
            let id = id.clone();
            return Err(SuppressError::UnknownRule { id, help }.into());
        }
    }
    let mut options = loaded.options(&arguments.scan);
    options.excerpts = false;
    let report = check_with(&catalogue, &options)?;
    let roots = input::roots(&options.paths)
        .unwrap_or_else(|_| input::Roots::new(PathBuf::from("."), None));
    let wanted = SuppressionRequest {
        least: options.settings.fail_on,
        rule: arguments.rule.clone(),
    };
    let wording = Wording {
        reason: reason.to_owned(),
        terms: Terms {
            until: arguments.until,
            owner: arguments.owner.clone(),
            ticket: arguments.ticket.clone(),
        },
    };
    let (path, prefix) = configuration_to_change(loaded.path.as_deref(), &roots);
    let mut plan = suppress::plan(
        &catalogue,
        options.judge(),
        &roots.root,
        &report,
        &wanted,
        &wording,
        &prefix,
    );
    let mut texts = Vec::new();
    if !plan.entries.is_empty() {
        let (change, text) = configure(&plan.entries, path, &prefix, &roots)?;
        texts.push((change.path.clone(), text));
        plan.changes.push(change);
    }
    if arguments.diff {
        return diff(&plan, &texts, &roots);
    }
    write(arguments, plan, &roots, &wanted)
}

/// Says whether a text is a reason: one line that says something.
pub(super) fn is_reason(text: &str) -> bool {
    text.contains(char::is_alphanumeric) && !text.contains(char::is_control)
}

/// The configuration that takes entries, and the way from its folder to the scan root: the one that
/// applies, or a new one.
pub(super) fn configuration_to_change(
    holding: Option<&Path>,
    roots: &input::Roots,
) -> (PathBuf, String) {
    // No other one would be read: a check looks for it in the root of the repository.
    let new = roots.fence().join(crate::config::NAMES[0]);
    let path = holding.map_or(new, Path::to_path_buf);
    let path = path.canonicalize().unwrap_or(path);
    let prefix = path.parent().map(|folder| roots.prefix_from(folder));
    (path, prefix.unwrap_or_default())
}

/// The change of the configuration, and what it holds now.
pub(super) fn configure(
    entries: &[NewEntry],
    path: PathBuf,
    prefix: &str,
    roots: &input::Roots,
) -> miette::Result<(Change, String)> {
    let mut made = false;
    let old = match files::read_text(&path, crate::config::MOST_BYTES) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            made = true;
            String::new()
        }
        Err(source) => return Err(SuppressError::Unreadable { path, source }.into()),
    };
    let count = |text: &str| {
        let document = YamlDocument::parse("ptlint.yaml", text).ok()?;
        let folder = path.parent()?;
        let globs_of = GlobFolder {
            above: prefix.to_owned(),
            ..GlobFolder::default()
        };
        let settings = Settings::from_document(&document, folder, &globs_of, true).ok()?;
        Some(settings.ignore.len())
    };
    let before = if old.trim().is_empty() {
        0
    } else {
        count(&old).unwrap_or(0)
    };
    let new = add_to_configuration(Some(&old), entries)
        .filter(|new| count(new) == Some(before + entries.len()));
    let Some(new) = new else {
        return Err(SuppressError::NotAList { path }.into());
    };
    let relative = match path.strip_prefix(&roots.root) {
        Ok(inside) => input::report_path(inside),
        Err(_) => input::report_path(&path),
    };
    let edit = Edit {
        span: 0..old.len(),
        old: old.as_bytes().to_vec(),
        new: new.into_bytes(),
    };
    let mut change = Change::new(path, relative, old.as_bytes(), vec![edit]);
    change.made = made;
    Ok((change, old))
}

/// The folder below which a run writes: the scan root, or the repository if the configuration above the
/// scan root changes.
pub(super) fn folder_to_write(changes: &[Change], roots: &input::Roots) -> PathBuf {
    let is_below = |change: &Change| change.path.starts_with(&roots.root);
    if changes.iter().all(is_below) {
        roots.root.clone()
    } else {
        roots.fence().to_path_buf()
    }
}

/// Makes the configuration that changes if there is none: only existing files are written.
pub(super) fn make(changes: &[Change]) -> miette::Result<()> {
    if let Some(change) = changes.iter().find(|change| !change.path.exists()) {
        let path = change.path.clone();
        let made = fs::File::create_new(&path);
        made.map_err(|source| SuppressError::Unreadable { path, source })?;
    }
    Ok(())
}

/// Prints what would be written; the number is the exit code.
fn diff(
    plan: &SuppressPlan,
    texts: &[(PathBuf, String)],
    roots: &input::Roots,
) -> miette::Result<u8> {
    let mut out = Vec::new();
    for change in &plan.changes {
        let known = texts.iter().find(|(path, _)| *path == change.path);
        let bytes = match known {
            Some((_, text)) => text.clone().into_bytes(),
            None => files::read(&change.path, u64::MAX).map_err(OutputError)?,
        };
        super::diff::print(change, &bytes, roots, &mut out)
            .map_err(|error| OutputError(io::Error::other(error)))?;
    }
    output().write_all(&out).map_err(OutputError)?;
    Ok(match (plan.failures.is_empty(), plan.changes.is_empty()) {
        (false, _) => 3,
        (true, true) => 0,
        (true, false) => 1,
    })
}

/// Writes, checks again and says what was done; the number is the exit code.
fn write(
    arguments: &Suppress,
    plan: SuppressPlan,
    roots: &input::Roots,
    wanted: &SuppressionRequest,
) -> miette::Result<u8> {
    make(&plan.changes)?;
    let root = folder_to_write(&plan.changes, roots);
    let options = WriteOptions {
        root: root.clone(),
        backup: None,
        undo_file: None,
        stop: None,
    };
    let written = edit::write(&plan.changes, &options);
    let mut failed = plan.failures;
    for (change, outcome) in plan.changes.iter().zip(&written.outcomes) {
        if let WriteOutcome::NotWritten(reason) = outcome {
            failed.push(crate::facts::Failure {
                path: change.relative.clone(),
                message: reason.to_string(),
            });
        }
    }
    let loaded = load(&arguments.scan, arguments.fail_on)?;
    let catalogue = compile_packs(&loaded.settings)?;
    let mut options = loaded.options(&arguments.scan);
    options.excerpts = false;
    let report = check_with(&catalogue, &options)?;
    let left: Vec<_> = report.violations.iter().filter(|v| wanted.has(v)).collect();

    let mut lines = Vec::new();
    if report.found_nothing() {
        lines.push("No file was found to check, so nothing is suppressed.".to_owned());
    } else if failed.is_empty() {
        lines.push(format!(
            "Suppressed {} in comments and {} in the configuration.",
            plural(plan.inline as u64, "violation"),
            plan.configured
        ));
    }
    if written.undo.is_some() {
        let folder = match input::folder_from_here(&root) {
            here if here.is_empty() => String::new(),
            elsewhere => format!(" {}", printable(&elsewhere)),
        };
        lines.push(format!("`ptlint fix{folder} --undo` undoes it."));
    }
    for failure in &failed {
        let path = printable(&roots.show(&failure.path));
        lines.push(format!(
            "{path} is not written: {}",
            printable(&failure.message)
        ));
    }
    for violation in &left {
        let path = printable(&roots.show(&violation.path));
        let line = violation.start.line;
        lines.push(format!(
            "{path}:{line}: {} is not suppressed",
            violation.rule
        ));
    }
    let text: String = lines
        .iter()
        .flat_map(|line| [line.as_str(), "\n"])
        .collect();
    output().write_all(text.as_bytes()).map_err(OutputError)?;
    let complete = failed.is_empty()
        && left.is_empty()
        && report.failures.is_empty()
        && !report.found_nothing();
    Ok(if complete { 0 } else { 3 })
}
