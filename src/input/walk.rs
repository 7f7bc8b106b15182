//! A folder as a work tree: in a git repository the files that git lists, elsewhere every file. Links
//! are not followed, `.git` is not entered, and neither is the folder of undo patches, which hold
//! what was replaced. What git tracks is read there, too: it is not a patch of this user.

use std::borrow::Cow;
use std::collections::{HashSet, VecDeque};
use std::path::Path;

use super::{folder, provenance, report_path, repository, repository_path};
use crate::facts::{Failure, RepositoryUsed, SkipReason};
use crate::text::Globs;

/// How to walk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WalkOptions<'o> {
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
    /// Ask git about the repositories below the folder.
    pub asks_provenance: bool,
    /// Threads to use.
    pub threads: usize,
}

/// What a walk hands its files to. Each thread has one of its own.
pub(crate) trait Visitor: Send {
    /// Something to read, with its path relative to the scan root: a regular file, unless it became
    /// something else since it was listed, or is gone.
    fn file(&mut self, path: &Path, relative: &str);
    /// Something that is not read.
    fn skip(&mut self, reason: SkipReason, relative: String);
    /// Something that cannot be read.
    fn fail(&mut self, failure: Failure);
}

/// Walks a folder. `visitor` makes one visitor for each thread, for the files of the repository at that path, or
/// of none; the order of files is not defined. Each repository in the folder is read by its own rules. Returns
/// what git says about those below the folder.
pub(crate) fn walk<V: Visitor>(
    options: &WalkOptions<'_>,
    visitor: &(dyn Fn(Option<&str>) -> V + Sync),
) -> Vec<RepositoryUsed> {
    std::thread::scope(|scope| {
        let mut questions = VecDeque::new();
        let mut answers = Vec::new();
        walk_all(options, visitor, &mut |below: &Path| {
            if !options.asks_provenance {
                return;
            }
            let below = below.to_path_buf();
            questions.push_back(scope.spawn(move || provenance(options.root, &below)));
            if questions.len() > options.threads.max(1) {
                let first = questions.pop_front();
                answers.extend(first.and_then(|question| question.join().ok()));
            }
        });
        answers.extend(questions.into_iter().filter_map(|q| q.join().ok()));
        answers
    })
}

/// Walks a folder, and says of each repository below it that it is read now.
fn walk_all<V: Visitor>(
    options: &WalkOptions<'_>,
    visitor: &(dyn Fn(Option<&str>) -> V + Sync),
    reads: &mut dyn FnMut(&Path),
) {
    let all = HashSet::new();
    if !options.respect_ignore {
        let found = folder::walk(
            options,
            options.folder,
            folder::Repositories::Enter,
            &all,
            &|| visitor(None),
        );
        for below in &found {
            reads(below);
        }
        return;
    }
    let mut repositories = match options.repository {
        Some(_) => vec![options.folder.to_path_buf()],
        None => folder::walk(
            options,
            options.folder,
            folder::Repositories::Leave,
            &all,
            &|| visitor(None),
        ),
    };
    while let Some(folder) = repositories.pop() {
        let path = match options.repository {
            Some(own) if folder == options.folder => repository_path(options.root, own),
            _ => {
                reads(&folder);
                repository_path(options.root, &folder)
            }
        };
        let visitor = || visitor(Some(&path));
        let listed = repository::walk(options, &folder, &visitor);
        repositories.extend(listed.nested);
        let Err(reason) = listed.end else { continue };
        if reason.is_limit {
            visitor().fail(Failure {
                path: match relative(options.root, &folder) {
                    empty if empty.is_empty() => ".".to_owned(),
                    path => path.into_owned(),
                },
                message: format!("{}; what git ignores here was read, too", reason.message),
            });
        }
        // Without git nobody knows which ignored files are tracked, so all are read.
        let rest = folder::walk(
            options,
            &folder,
            folder::Repositories::Leave,
            &listed.handed_over,
            &visitor,
        );
        repositories.extend(rest.into_iter().filter(|nested| *nested != folder));
    }
}

/// Where a link leads.
#[must_use]
pub(crate) fn link(path: &Path, root: &Path) -> SkipReason {
    match path.canonicalize() {
        Ok(target) if target.starts_with(root) => SkipReason::Link,
        Ok(_) => SkipReason::LinkOutside,
        Err(_) => SkipReason::BrokenLink,
    }
}

/// Whether a folder is a repository without a work tree.
pub(super) fn is_bare_repository(folder: &Path) -> bool {
    folder.join("objects").is_dir() && folder.join("refs").is_dir()
}

/// A path below the root as reports show it.
pub(super) fn relative<'p>(root: &Path, path: &'p Path) -> Cow<'p, str> {
    // Every path of a walk begins with the root as it was given: no need to compare components.
    if let (Some(root), Some(path)) = (root.to_str(), path.to_str())
        && let Some(rest) = path.strip_prefix(root)
        && let Some(rest) = rest.strip_prefix('/')
        && !cfg!(windows)
        && memchr::memchr(b'\\', rest.as_bytes()).is_none()
    {
        return Cow::Borrowed(rest);
    }
    Cow::Owned(report_path(path.strip_prefix(root).unwrap_or(path)))
}

/// Whether a file or a folder above it is hidden.
pub(crate) fn is_hidden(relative: &str) -> bool {
    relative.split('/').any(|part| part.starts_with('.'))
}
