//! Which part of a repository a run is about: all of it, what is staged, or what has changed.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::worker::Worker;
use super::{CheckError, Run};
use crate::archive;
use crate::facts::{Extent, Failure, SkipReason};
use crate::input::changes::{self, Contents, Staged, StagedKind};
use crate::input::{self, Roots, ScanScope, Visitor as _};

/// The part of a repository that a run is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Changes {
    /// All that is there.
    #[default]
    All,
    /// What is staged and differs from HEAD, as it is staged.
    Staged,
    /// Everything is checked, and what is on lines that have not changed is left out.
    Since {
        /// The lines are compared with the merge base of this revision and HEAD.
        revision: String,
        /// References to decommissioned environments are reported on every line.
        all_decommissioned: bool,
    },
}

impl Changes {
    /// The same in a report.
    #[must_use]
    pub fn extent(&self) -> Extent {
        match self {
            Self::All => Extent::All,
            Self::Staged => Extent::Staged,
            Self::Since { .. } => Extent::Changed,
        }
    }
}

/// Why there is nothing to compare with.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum ChangesError {
    /// The paths are in no repository.
    #[error("the paths are in no git repository, which alone knows what has changed")]
    #[diagnostic(
        code("changes::no-repository"),
        help("check without --staged and --changed-since")
    )]
    NoRepository,
    /// What comes through a pipe is in no repository.
    #[error("standard input has no history")]
    #[diagnostic(
        code(changes::stdin),
        help("name files or folders with --staged and --changed-since")
    )]
    StandardInput,
    /// The revision names no commit.
    #[error("there is no revision `{}`", crate::text::printable(.0))]
    #[diagnostic(
        code("changes::no-revision"),
        help(
            "name a commit, a branch or a tag that is here; in a shallow clone fetch it first, e.g. `git fetch origin main`"
        )
    )]
    NoRevision(String),
    /// The revision and HEAD have no common ancestor.
    #[error("HEAD and `{}` have no common ancestor here", crate::text::printable(.0))]
    #[diagnostic(
        code("changes::no-merge-base"),
        help("in a shallow clone fetch more of the history, e.g. `git fetch --unshallow`")
    )]
    NoMergeBase(String),
    /// git did not answer.
    #[error("what has changed is not known: {0}")]
    #[diagnostic(
        code(changes::git),
        help("check that git is installed and the repository is sound")
    )]
    Git(String),
}

impl Run<'_> {
    /// Checks what is staged.
    pub(super) fn staged(self, roots: &Roots) -> Result<(), CheckError> {
        let repository = roots
            .repository
            .as_deref()
            .ok_or(ChangesError::NoRepository)?;
        let top = changes::top(repository);
        let scope = ScanScope::new(&self.options.paths);
        let entries: Vec<(Staged, String)> = changes::staged(repository)
            .map_err(ChangesError::Git)?
            .into_iter()
            .filter_map(|entry| {
                let place = top.join(&entry.path);
                let inside = place.strip_prefix(&roots.root).ok()?;
                let relative = input::report_path(inside);
                scope.covers(&place).then_some((entry, relative))
            })
            .collect();
        let next = AtomicUsize::new(0);
        let threads = self.options.thread_count().min(entries.len().div_ceil(32));
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    let mut worker = self.worker();
                    let mut contents = Contents::open(repository);
                    while let Some((entry, relative)) =
                        entries.get(next.fetch_add(1, Ordering::Relaxed))
                    {
                        let done = match &mut contents {
                            Ok(contents) => worker.staged(entry, relative, contents),
                            Err(error) => Err(error.to_string()),
                        };
                        if let Err(message) = done {
                            worker.fail(Failure {
                                path: relative.clone(),
                                message,
                            });
                        }
                    }
                });
            }
        });
        Ok(())
    }
}

impl Worker<'_> {
    /// Checks a staged entry as the index has it.
    fn staged(
        &mut self,
        entry: &Staged,
        relative: &str,
        contents: &mut Contents,
    ) -> Result<(), String> {
        let options = self.run.options;
        let left_out = if options.settings.leaves_out(relative) {
            Some(SkipReason::Excluded)
        } else if !options.hidden && input::is_hidden(relative) {
            Some(SkipReason::Hidden)
        } else {
            None
        };
        if let Some(reason) = left_out {
            self.skip(reason, relative.to_owned());
            return Ok(());
        }
        match entry.kind {
            StagedKind::Unmerged => {
                return Err("its merge is not settled, so nothing of it is staged".to_owned());
            }
            StagedKind::Submodule => self.skip(SkipReason::Submodule, relative.to_owned()),
            StagedKind::Link => {
                let mut target = String::new();
                let read = contents.read(&entry.id, |reader| reader.read_to_string(&mut target));
                read.map_err(|error| error.to_string())?.ok();
                self.skip(link(relative, &target), relative.to_owned());
            }
            StagedKind::File => {
                self.names(relative);
                contents
                    .read(&entry.id, |reader| self.staged_file(relative, reader))
                    .map_err(|error| error.to_string())?
                    .map_err(|error| error.to_string())?;
            }
        }
        Ok(())
    }

    fn staged_file(
        &mut self,
        relative: &str,
        reader: &mut dyn std::io::Read,
    ) -> std::io::Result<()> {
        use std::io::{Read as _, Seek as _};
        if !self.run.options.archives {
            self.stream(relative, reader);
            return Ok(());
        }
        let mut head = Vec::with_capacity(archive::HEAD);
        (&mut *reader)
            .take(archive::HEAD as u64)
            .read_to_end(&mut head)?;
        let kind = archive::format_from_name_or_head(relative, &head);
        let mut whole = head.as_slice().chain(reader);
        let Some(kind) = kind else {
            self.stream(relative, &mut whole);
            return Ok(());
        };
        // An archive is read from its end, so it has to be a file.
        let mut file = tempfile::tempfile()?;
        std::io::copy(&mut whole, &mut file)?;
        file.rewind()?;
        if !self.visit_archive(&mut file, kind, relative) {
            file.rewind()?;
            self.stream(relative, &mut file);
        }
        Ok(())
    }
}

/// Where a staged link leads, by its words alone: what it leads to need not be in the work tree.
fn link(relative: &str, target: &str) -> SkipReason {
    let mut depth = relative.matches('/').count();
    let mut inside = !Path::new(target).is_absolute();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." if depth == 0 => inside = false,
            ".." => depth -= 1,
            _ => depth += 1,
        }
    }
    if inside {
        SkipReason::Link
    } else {
        SkipReason::LinkOutside
    }
}

/// Refuses what has no changes.
pub(super) fn check(changes: &Changes, paths: &[PathBuf]) -> Result<(), ChangesError> {
    if input::names_stdin(paths) && *changes != Changes::All {
        return Err(ChangesError::StandardInput);
    }
    Ok(())
}
