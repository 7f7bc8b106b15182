//! One thread of a run: reads files, judges what is found in them, and counts.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use super::Run;
use crate::compose::NameWithHole;
use crate::config;
use crate::detect::{MOST_REFERENCES, Scratch};
use crate::facts::{Failure, Notice, SkipReason, Violation};
use crate::files::{self, OpenError};
use crate::input::{self, Roots, Visitor};

/// What is said of a file on which the program itself failed.
pub(super) const FAILED: &str = "ptlint failed on this file; please report it";

/// What the threads of a run found.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub violations: Vec<Violation>,
    pub notices: Vec<Notice>,
    pub skipped: Vec<(SkipReason, String)>,
    /// Names with a hole that may become retired ones.
    pub holes: Vec<NameWithHole>,
    pub failures: Vec<Failure>,
    pub files: u64,
    pub bytes: u64,
    /// Files of each repository that was walked, by its path.
    pub files_of: BTreeMap<String, u64>,
}

/// One thread of a run.
pub(super) struct Worker<'r> {
    pub run: Run<'r>,
    pub scratch: Scratch,
    pub tally: Tally,
    /// The path of the repository whose files it reads.
    pub repository: Option<String>,
    /// The path of an archive that is in the ledger already.
    pub listed: Option<String>,
    /// Files and bytes that the common counters do not have yet.
    pub unreported: (u64, u64),
}

impl Drop for Worker<'_> {
    fn drop(&mut self) {
        let mut all = self
            .run
            .gathered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        all.violations.append(&mut self.tally.violations);
        all.notices.append(&mut self.tally.notices);
        all.skipped.append(&mut self.tally.skipped);
        all.holes.append(&mut self.tally.holes);
        all.failures.append(&mut self.tally.failures);
        if let Some(repository) = self.repository.take() {
            *all.files_of.entry(repository).or_default() += self.tally.files;
        }
        all.files += self.tally.files;
        all.bytes += self.tally.bytes;
    }
}

/// Files after which a thread adds to the common counters; each time is a fight over a cache line.
const PROGRESS_EVERY: u64 = 64;

impl Worker<'_> {
    fn report_progress(&mut self, bytes: u64) {
        self.unreported.0 += 1;
        self.unreported.1 += bytes;
        if self.unreported.0 == PROGRESS_EVERY {
            let progress = &self.run.options.progress;
            progress
                .files
                .fetch_add(self.unreported.0, Ordering::Relaxed);
            progress
                .bytes
                .fetch_add(self.unreported.1, Ordering::Relaxed);
            self.unreported = (0, 0);
        }
    }

    /// A file given as an argument. Excludes hold for it too; a link is read when it leads to a
    /// file inside the scan root.
    pub(super) fn argument(&mut self, path: &Path, roots: &Roots) {
        let place = match input::place(path) {
            Ok(place) => place,
            Err(error) => {
                return self.fail(Failure {
                    path: input::report_path(path),
                    message: error.to_string(),
                });
            }
        };
        let relative = input::report_path(place.strip_prefix(&roots.root).unwrap_or(&place));
        match place.metadata() {
            Ok(metadata) if metadata.is_file() => match place.canonicalize() {
                Ok(target) if target.starts_with(&roots.root) => {
                    self.checked(&target, &relative);
                }
                _ => self.skip(SkipReason::LinkOutside, relative),
            },
            Ok(_) => self.skip(SkipReason::SpecialFile, relative),
            Err(_) if place.is_symlink() => self.skip(SkipReason::BrokenLink, relative),
            Err(error) => self.fail(Failure {
                path: relative,
                message: error.to_string(),
            }),
        }
    }

    /// Reads one file. A panic in it is a failure of that file, not of the run.
    pub(super) fn read<R: Read>(
        &mut self,
        relative: &str,
        open: &mut dyn FnMut() -> io::Result<R>,
    ) {
        let (engine, scratch) = (self.run.engine, &mut self.scratch);
        let checked = catch_unwind(AssertUnwindSafe(|| engine.check(open, relative, scratch)));
        let checked = match checked {
            Ok(Ok(checked)) => checked,
            Ok(Err(error)) => {
                return self.fail(Failure {
                    path: relative.to_owned(),
                    message: error.to_string(),
                });
            }
            Err(_) => {
                self.scratch = Scratch::default();
                return self.fail(Failure {
                    path: relative.to_owned(),
                    message: FAILED.to_owned(),
                });
            }
        };
        self.report_progress(checked.bytes);
        let tally = &mut self.tally;
        if checked.is_judged {
            tally.files += 1;
            tally.bytes += checked.bytes;
        }
        // Every format lists failures, and none of them is clean.
        tally
            .failures
            .extend(checked.gaps.iter().filter_map(over_a_limit));
        // An archive of which a part could not be read is listed with the reason.
        let is_listed = self.listed.take().is_some_and(|listed| listed == relative);
        for (reason, place) in checked.gaps {
            if is_listed && reason == SkipReason::Archive {
                continue;
            }
            let reason = match reason {
                SkipReason::Archive
                    if open().is_ok_and(|reader| Self::is_of_another_kind(reader, relative)) =>
                {
                    SkipReason::ArchiveOfOtherKind
                }
                reason => reason,
            };
            tally.skipped.push((reason, place));
        }
        let violations = checked.violations.into_iter();
        tally
            .violations
            .extend(violations.map(|judged| judged.violation));
        tally.notices.extend(checked.notices);
        let holes = checked.holes.into_iter();
        let holes = holes.map(|hole| NameWithHole::new(relative, hole));
        tally.holes.extend(holes);
    }

    /// References in the path itself; in the name of a folder they belong to the folder.
    pub(super) fn names(&mut self, relative: &str) {
        let found = self.run.engine.names(relative, &mut self.scratch);
        self.tally.violations.extend(found);
    }
}

impl Visitor for Worker<'_> {
    fn file(&mut self, path: &Path, relative: &str) {
        if !self.run.named.is_empty() && self.run.named.contains(path) {
            return;
        }
        self.checked(path, relative);
    }

    fn skip(&mut self, reason: SkipReason, relative: String) {
        self.tally.skipped.push((reason, relative));
    }

    fn fail(&mut self, failure: Failure) {
        self.tally.failures.push(failure);
    }
}

impl Worker<'_> {
    /// Lists a configuration that is not the one in use. A workflow may be called `ptlint.yml`.
    fn note_unused_configuration(&mut self, relative: &str) {
        let options = self.run.options;
        if options.configuration.lists_unused
            && config::has_usual_name(relative)
            && !options
                .settings
                .files
                .iter()
                .any(|file| file.path == relative)
        {
            self.skip(SkipReason::UnusedConfiguration, relative.to_owned());
        }
    }

    /// Checks a regular file unless it is left out.
    fn checked(&mut self, path: &Path, relative: &str) {
        if self.run.options.settings.leaves_out(relative) {
            return self.skip(SkipReason::Excluded, relative.to_owned());
        }
        let mut file = match files::open_unless_link(path) {
            Ok(file) => file,
            Err(OpenError::Link) => {
                return self.skip(input::link(path, self.run.root), relative.to_owned());
            }
            Err(OpenError::Special) => {
                return self.skip(SkipReason::SpecialFile, relative.to_owned());
            }
            // Deleted in the work tree, or since it was listed; what is now in a folder of the same
            // name is listed by itself.
            Err(OpenError::Missing | OpenError::Folder) => return,
            Err(OpenError::Io(error)) => {
                return self.fail(Failure {
                    path: relative.to_owned(),
                    message: error.to_string(),
                });
            }
        };
        self.note_unused_configuration(relative);
        self.names(relative);
        if self.run.options.archives && self.members(&mut file.file, relative) {
            return;
        }
        let mut first = Some(file);
        self.read(relative, &mut || match first.take() {
            Some(file) => Ok(file.reader()),
            None => Ok(files::open_unless_link(path)?.reader()),
        });
    }
}

/// The failure that a gap is because the rest of a file was not checked.
fn over_a_limit((reason, path): &(SkipReason, String)) -> Option<Failure> {
    (*reason == SkipReason::ReferenceLimit).then(|| Failure {
        path: path.clone(),
        message: format!("only its first {MOST_REFERENCES} references were checked"),
    })
}
