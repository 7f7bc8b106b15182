//! A folder as a work tree: in a git repository every tracked file and every untracked file that
//! is not ignored, elsewhere every file. Links are not followed, `.git` is not entered, and neither
//! is the folder of undo patches, which hold what was replaced. What git tracks there was
//! not left by a run, so it is read.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::{git, report_path};
use crate::edit;
use crate::facts::{Failure, SkipReason};
use crate::text::Globs;

/// How to walk.
#[derive(Debug, Clone, Copy)]
pub struct WalkOptions<'o> {
    /// The folder.
    pub folder: &'o Path,
    /// The scan root: the folder or one above it.
    pub root: &'o Path,
    /// The git repository that the folder lies in.
    pub repository: Option<&'o Path>,
    /// Leave out what git ignores and does not track.
    pub respect_ignore: bool,
    /// Read hidden files and folders.
    pub hidden: bool,
    /// Folders and files to leave out.
    pub exclude: &'o Globs,
    /// Threads to use.
    pub threads: usize,
}

/// What a walk hands its files to. Each thread has one of its own.
pub trait Visitor: Send {
    /// A regular file, with its path relative to the scan root.
    fn file(&mut self, path: &Path, relative: &str);
    /// Something that is not read.
    fn skip(&mut self, reason: SkipReason, relative: String);
    /// Something that cannot be read.
    fn fail(&mut self, failure: Failure);
}

/// Walks a folder. `visitor` makes one visitor for each thread; the order of files is not defined.
pub fn walk<V: Visitor>(options: &WalkOptions<'_>, visitor: &(dyn Fn() -> V + Sync)) {
    let with_git = options.respect_ignore && options.repository.is_some();
    if !with_git {
        let seen = Seen::default();
        run(options, false, visitor, &seen);
        return;
    }
    std::thread::scope(|scope| {
        let question = scope.spawn(|| git::ask(options.folder));
        let seen = Seen::remembering();
        run(options, true, visitor, &seen);
        let mut last = visitor();
        let nested = std::mem::take(&mut *lock(&seen.nested));
        let visited = lock(&seen.paths).take().unwrap_or_default();
        let answers = std::iter::once((
            options.folder.to_path_buf(),
            question
                .join()
                .unwrap_or_else(|_| Err("the thread that asked git ended".to_owned())),
        ))
        .chain(nested.into_iter().map(|folder| {
            let answer = git::ask(&folder);
            (folder, answer)
        }));
        for (folder, answer) in answers {
            match answer {
                Ok(answer) => rest(options, &folder, answer, &visited, &mut last),
                // Without git nobody knows which ignored files are tracked, so all are read.
                Err(_) => everything(options, &folder, &visited, &mut last),
            }
        }
    });
}

/// The files that git tracks and the walk did not meet, and what git ignores.
fn rest<V: Visitor>(
    options: &WalkOptions<'_>,
    folder: &Path,
    answer: git::Answer,
    visited: &HashSet<PathBuf>,
    visitor: &mut V,
) {
    for path in answer.tracked {
        let path = folder.join(path);
        if visited.contains(&path) {
            continue;
        }
        let Ok(metadata) = path.symlink_metadata() else {
            // Deleted in the work tree.
            continue;
        };
        if metadata.is_dir() {
            continue;
        }
        let relative = relative(options.root, &path);
        if is_hidden(&relative) && !options.hidden {
            continue;
        }
        leaf(options, &path, relative, metadata.file_type(), visitor);
    }
    for path in answer.ignored {
        let relative = relative(options.root, &folder.join(path)).into_owned();
        if !edit::in_folder(&relative) {
            visitor.skip(SkipReason::Ignored, relative);
        }
    }
}

/// Walks again without ignore rules and hands over what was not met before.
fn everything<V: Visitor>(
    options: &WalkOptions<'_>,
    folder: &Path,
    visited: &HashSet<PathBuf>,
    visitor: &mut V,
) {
    let walker = walkdir::WalkDir::new(folder).into_iter().filter_entry(|e| {
        let patches = e.depth() > 0 && e.file_type().is_dir() && holds_patches(e.path());
        e.file_name() != ".git" && !patches
    });
    for entry in walker.flatten() {
        let path = entry.path();
        if !entry.file_type().is_dir() && !visited.contains(path) {
            leaf(
                options,
                path,
                relative(options.root, path),
                entry.file_type(),
                visitor,
            );
        }
    }
}

/// What the threads of a walk collect.
#[derive(Default)]
struct Seen {
    paths: Mutex<Option<HashSet<PathBuf>>>,
    nested: Mutex<Vec<PathBuf>>,
}

impl Seen {
    fn remembering() -> Self {
        Self {
            paths: Mutex::new(Some(HashSet::new())),
            nested: Mutex::default(),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A visitor with the paths it met, which go to `seen` when its thread ends.
struct Remembering<'s, V> {
    visitor: V,
    met: Vec<PathBuf>,
    seen: &'s Seen,
    remember: bool,
}

impl<V> Drop for Remembering<'_, V> {
    fn drop(&mut self) {
        if let Some(paths) = lock(&self.seen.paths).as_mut() {
            paths.extend(self.met.drain(..));
        }
    }
}

fn run<V: Visitor>(
    options: &WalkOptions<'_>,
    ignore: bool,
    visitor: &(dyn Fn() -> V + Sync),
    seen: &Seen,
) {
    let walker = WalkBuilder::new(options.folder)
        .standard_filters(false)
        .parents(ignore)
        .git_ignore(ignore)
        .git_exclude(ignore)
        .follow_links(false)
        .threads(options.threads)
        .build_parallel();
    walker.run(|| {
        let mut state = Remembering {
            visitor: visitor(),
            met: Vec::new(),
            seen,
            remember: ignore,
        };
        Box::new(move |entry| match entry {
            Ok(entry) => step(options, &entry, &mut state),
            Err(error) => {
                state.visitor.fail(failure(options, &error));
                WalkState::Continue
            }
        })
    });
}

fn step<V: Visitor>(
    options: &WalkOptions<'_>,
    entry: &DirEntry,
    state: &mut Remembering<'_, V>,
) -> WalkState {
    if entry.depth() == 0 {
        return WalkState::Continue;
    }
    let path = entry.path();
    if entry.file_name() == ".git" {
        if entry.depth() > 1
            && let Some(parent) = path.parent()
        {
            lock(&state.seen.nested).push(parent.to_path_buf());
        }
        return WalkState::Skip;
    }
    if entry.file_type().is_some_and(|t| t.is_dir()) && holds_patches(path) {
        return WalkState::Skip;
    }
    if state.remember {
        state.met.push(path.to_path_buf());
    }
    let relative = relative(options.root, path);
    if !options.hidden && entry.file_name().to_string_lossy().starts_with('.') {
        state
            .visitor
            .skip(SkipReason::Hidden, relative.into_owned());
        return WalkState::Skip;
    }
    let Some(file_type) = entry.file_type() else {
        return WalkState::Continue;
    };
    if file_type.is_dir() {
        if options.exclude.matches(&relative, true) {
            state
                .visitor
                .skip(SkipReason::Excluded, relative.into_owned());
            return WalkState::Skip;
        }
        return WalkState::Continue;
    }
    leaf(options, path, relative, file_type, &mut state.visitor);
    WalkState::Continue
}

/// Whether a folder is one of undo patches.
fn holds_patches(path: &Path) -> bool {
    path.ends_with(edit::FOLDER)
}

/// Anything but a folder.
fn leaf<V: Visitor>(
    options: &WalkOptions<'_>,
    path: &Path,
    relative: Cow<'_, str>,
    file_type: fs::FileType,
    visitor: &mut V,
) {
    if file_type.is_file() {
        visitor.file(path, &relative);
    } else if file_type.is_symlink() {
        visitor.skip(link(path, options.root), relative.into_owned());
    } else {
        visitor.skip(SkipReason::SpecialFile, relative.into_owned());
    }
}

/// Where a link leads.
pub(super) fn link(path: &Path, root: &Path) -> SkipReason {
    match path.canonicalize() {
        Ok(target) if target.starts_with(root) => SkipReason::Link,
        Ok(_) => SkipReason::LinkOutside,
        Err(_) => SkipReason::BrokenLink,
    }
}

fn relative<'p>(root: &Path, path: &'p Path) -> Cow<'p, str> {
    // Every path of a walk begins with the root as it was given: no need to compare components.
    if let (Some(root), Some(path)) = (root.to_str(), path.to_str())
        && let Some(rest) = path.strip_prefix(root)
        && let Some(rest) = rest.strip_prefix('/')
        && !cfg!(windows)
    {
        return Cow::Borrowed(rest);
    }
    Cow::Owned(report_path(path.strip_prefix(root).unwrap_or(path)))
}

/// Whether a file or a folder above it is hidden.
pub(crate) fn is_hidden(relative: &str) -> bool {
    relative.split('/').any(|part| part.starts_with('.'))
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
