//! Every file of a folder, for folders outside of repositories and for what git cannot list.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::walk::{Visitor, WalkOptions, is_bare_repository, link, relative};
use crate::facts::{Failure, SkipReason, UNDO_FOLDER};

/// What happens to repositories in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repositories {
    /// They are read as other folders are, and returned.
    Enter,
    /// They are not entered, and returned.
    Leave,
}

/// Hands over every file but those of `done`, and returns the repositories below the folder.
pub(super) fn walk<V: Visitor>(
    options: &WalkOptions<'_>,
    folder: &Path,
    repositories: Repositories,
    done: &HashSet<PathBuf>,
    visitor: &(dyn Fn() -> V + Sync),
) -> Vec<PathBuf> {
    let found = Mutex::new(Vec::new());
    let walker = WalkBuilder::new(folder)
        .standard_filters(false)
        .follow_links(false)
        .threads(options.threads)
        .build_parallel();
    walker.run(|| {
        let mut visitor = visitor();
        let found = &found;
        Box::new(move |entry| match entry {
            Ok(entry) => {
                let is_repository = || entry.depth() > 0 && entry.path().join(".git").exists();
                if entry.file_type().is_some_and(|t| t.is_dir()) && is_repository() {
                    if !enters(options, &entry, &mut visitor) {
                        return WalkState::Skip;
                    }
                    let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                    found.push(entry.into_path());
                    return match repositories {
                        Repositories::Enter => WalkState::Continue,
                        Repositories::Leave => WalkState::Skip,
                    };
                }
                step(options, &entry, done, &mut visitor)
            }
            Err(error) => {
                visitor.fail(failure(options, &error));
                WalkState::Continue
            }
        })
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a folder should be entered; says why not.
fn enters<V: Visitor>(options: &WalkOptions<'_>, entry: &DirEntry, visitor: &mut V) -> bool {
    let path = entry.path();
    if entry.file_name() == ".git" || path.ends_with(UNDO_FOLDER) {
        return false;
    }
    let relative = relative(options.root, path);
    if !options.hidden && is_hidden_name(entry) {
        visitor.skip(SkipReason::Hidden, relative.into_owned());
        return false;
    }
    if options.exclude.matches(&relative, true) {
        visitor.skip(SkipReason::Excluded, relative.into_owned());
        return false;
    }
    true
}

fn is_hidden_name(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn step<V: Visitor>(
    options: &WalkOptions<'_>,
    entry: &DirEntry,
    done: &HashSet<PathBuf>,
    visitor: &mut V,
) -> WalkState {
    if entry.depth() == 0 {
        return WalkState::Continue;
    }
    let Some(file_type) = entry.file_type() else {
        return WalkState::Continue;
    };
    if file_type.is_dir() {
        return if enters(options, entry, visitor) {
            WalkState::Continue
        } else {
            WalkState::Skip
        };
    }
    let path = entry.path();
    // `.git` is a file in linked work trees and submodules.
    if entry.file_name() == ".git" || done.contains(path) {
        return WalkState::Continue;
    }
    let relative = relative(options.root, path);
    if !options.hidden && is_hidden_name(entry) {
        visitor.skip(SkipReason::Hidden, relative.into_owned());
    } else if file_type.is_file() {
        if entry.file_name() == "HEAD" {
            note_bare_repository(options, path, visitor);
        }
        visitor.file(path, &relative);
    } else if file_type.is_symlink() {
        visitor.skip(link(path, options.root), relative.into_owned());
    } else {
        visitor.skip(SkipReason::SpecialFile, relative.into_owned());
    }
    WalkState::Continue
}

/// Counts the repository without a work tree whose `HEAD` this is. Its few text files are read, and
/// the files of its commits are not.
pub(super) fn note_bare_repository<V: Visitor>(
    options: &WalkOptions<'_>,
    head: &Path,
    visitor: &mut V,
) {
    if let Some(folder) = head.parent()
        && is_bare_repository(folder)
    {
        let relative = relative(options.root, folder);
        let shown = if relative.is_empty() { "." } else { &*relative };
        visitor.skip(SkipReason::BareRepository, shown.to_owned());
    }
}

fn failure(options: &WalkOptions<'_>, error: &ignore::Error) -> Failure {
    let mut path = None;
    let mut inner = error;
    loop {
        match inner {
            ignore::Error::WithPath { path: at, err } => {
                path = Some(at.clone());
                inner = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
                inner = err;
            }
            _ => break,
        }
    }
    Failure {
        path: path.map_or_else(
            || ".".to_owned(),
            |p| relative(options.root, &p).into_owned(),
        ),
        message: inner.to_string(),
    }
}
