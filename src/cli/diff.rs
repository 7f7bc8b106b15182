//! Changes as a diff: for `git apply`, or to be looked at in a terminal.

use std::io::{IsTerminal as _, Write, stdout};

use crate::edit::{self, Change, DiffError, DiffReader};
use crate::input::{self, Roots};
use crate::report::PATCH_HEAD;
use crate::text::printable;

/// Prints one change of a file that holds `bytes`. In a terminal nothing of the file gets through
/// that could steer it.
pub(super) fn print(
    change: &Change,
    bytes: &[u8],
    roots: &Roots,
    out: &mut dyn Write,
) -> Result<(), DiffError> {
    let name = name_for_git(change, roots);
    if !stdout().is_terminal() {
        writeln!(out, "{PATCH_HEAD}").map_err(DiffError::Write)?;
        return edit::unified(change, bytes, &name, DiffReader::Git, out);
    }
    let mut text = Vec::new();
    edit::unified(change, bytes, &name, DiffReader::Person, &mut text)?;
    for line in text.split(|b| *b == b'\n') {
        let line = String::from_utf8_lossy(line);
        writeln!(out, "{}", printable(line.trim_end_matches('\r')))?;
    }
    Ok(())
}

/// The path of a changed file from the root of its repository, which is where `git apply` looks;
/// without a repository from the working directory.
fn name_for_git(change: &Change, roots: &Roots) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let top = roots.repository.clone().or(here.ok());
    let inside = top.and_then(|top| Some(input::report_path(change.path.strip_prefix(top).ok()?)));
    inside.unwrap_or_else(|| roots.repository_paths().show(&change.relative))
}
