//! The one pipeline: the bytes of a file and its path become violations and notices.
//!
//! [`Engine`] asks the detector for references and the [`Judge`] for the violations that they are,
//! and applies the directives of the file and the entries of the configuration.

mod cover;
mod entries;
mod generated;
mod judge;
mod left_alone;
mod migration;
mod origin;
mod patterns;
pub(crate) mod policy;
mod same_value;

use std::io::{self, Read};

use aho_corasick::AhoCorasick;
pub(crate) use cover::is_about_directives;
pub(crate) use entries::unused_entries;
pub use judge::Judge;
pub(crate) use judge::{Judged, order_and_group};
pub(crate) use patterns::patterns_without_effect;

use crate::baseline::{begins_like_baseline, is_baseline};
use crate::detect::{Detector, Scratch};
use crate::facts::{Notice, Safety, SkipReason, Violation};
use crate::report::is_own_report;
use crate::text::Position;
use cover::DirectiveCover;

/// Checks contents, one after the other.
#[derive(Debug, Clone, Copy)]
pub struct Engine<'e, 'c> {
    /// What finds references.
    pub detector: &'e Detector<'c>,
    /// What says which of them are violations.
    pub judge: Judge<'e>,
}

/// What a content holds.
#[derive(Debug, Default)]
pub struct Checked<'c> {
    /// Bytes read.
    pub bytes: u64,
    /// It was judged; otherwise a gap says why not.
    pub is_judged: bool,
    /// Its violations in the order of their positions, those included that something suppresses.
    pub violations: Vec<Judged<'c>>,
    /// What is wrong with its directives.
    pub notices: Vec<Notice>,
    /// Where names with a hole are that may become retired ones.
    pub holes: Vec<Position>,
    /// What was not read: why, and the path, perhaps with more about it in brackets.
    pub gaps: Vec<(SkipReason, String)>,
}

/// Searches for any of some texts, in capitals or not.
fn any_case(texts: &[&str]) -> AhoCorasick {
    let mut builder = AhoCorasick::builder();
    let built = builder.ascii_case_insensitive(true).build(texts);
    built.expect("a few short texts")
}

/// Makes a replacement one that needs review. The reason replaces another one if it `is_first`.
fn needs_review(violation: &mut Violation, reason: &str, is_first: bool) {
    let advice = violation.replacement.as_mut();
    if let Some(advice) = advice.filter(|advice| is_first || advice.safety == Safety::Safe) {
        advice.safety = Safety::Unsafe;
        advice.unsafe_because = Some(reason.to_owned());
    }
}

/// A content that is read again: from memory where all of it is still there.
enum ContentAgain<'b, R> {
    Kept(&'b [u8]),
    Opened(R),
}

impl<R: Read> Read for ContentAgain<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Kept(bytes) => bytes.read(buffer),
            Self::Opened(reader) => reader.read(buffer),
        }
    }
}

/// Bytes from the beginning of a file that tell what it is: a report of ptlint has its mark in them.
const HEAD: u64 = 64 << 10;

fn read_head(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

impl<'c> Engine<'_, 'c> {
    /// Checks the content of a file; its path tells the format. `open` gives the content from its
    /// beginning; it may be read more than once.
    ///
    /// # Errors
    /// What the reader gives.
    pub fn check<R: Read>(
        &self,
        open: &mut dyn FnMut() -> io::Result<R>,
        path: &str,
        scratch: &mut Scratch,
    ) -> io::Result<Checked<'c>> {
        let found = self.detector.content(open, path, scratch)?;
        let mut checked = Checked {
            bytes: found.bytes,
            ..Checked::default()
        };
        let mut gap = |reason, place: String| checked.gaps.push((reason, place));
        if found.unsupported_encoding {
            gap(SkipReason::UnsupportedEncoding, path.to_owned());
            return Ok(checked);
        }
        // Nearly every file has none, and nothing more is asked about it.
        let has_references = !found.references.is_empty() || !found.holes.is_empty();
        let kept = scratch.whole(&found);
        let mut open = || match kept {
            Some(bytes) => Ok(ContentAgain::Kept(bytes)),
            None => open().map(ContentAgain::Opened),
        };
        let head = if has_references {
            read_head(open()?)?
        } else {
            Vec::new()
        };
        // A baseline names every violation in it; a file that only pretends to be one is listed here.
        if has_references && begins_like_baseline(&head) && open().is_ok_and(is_baseline) {
            gap(SkipReason::Baseline, path.to_owned());
            return Ok(checked);
        }
        if has_references && is_own_report(&head, &mut open) {
            gap(SkipReason::OwnReport, path.to_owned());
            return Ok(checked);
        }
        for (is_missing, reason) in [
            (found.cut_off, SkipReason::ReferenceLimit),
            (found.lfs_pointer, SkipReason::LfsPointer),
            // With `--archives` only those come here that could not be opened.
            (found.archive, SkipReason::Archive),
            (found.too_large, SkipReason::TooLargeToParse),
        ] {
            if is_missing {
                gap(reason, path.to_owned());
            }
        }
        if let Some(reason) = found.closed {
            gap(reason, path.to_owned());
        }
        for hole in &found.holes {
            let Position { line, column, .. } = hole;
            gap(SkipReason::NameWithHole, format!("{path}:{line}:{column}"));
        }
        checked.holes = found.holes;
        let is_whole = found.unparsed.is_none();
        if let Some(problem) = found.unparsed {
            gap(SkipReason::Unparsed, format!("{path} ({problem})"));
        }
        checked.is_judged = true;
        let mut cover = DirectiveCover::new(found.directives, self.judge);
        let elsewhere = has_references
            .then(|| origin::changed_elsewhere(self.judge.settings, path, &head))
            .flatten();
        let unread = (!is_whole).then_some("the file did not parse to its end");
        for reference in found.references {
            if let Some(mut judged) = self.judge.judge(reference, path) {
                cover.judge(&mut judged.violation);
                if let Some(reason) = elsewhere.or(unread) {
                    let is_first = elsewhere.is_some();
                    needs_review(&mut judged.violation, reason, is_first);
                }
                checked.violations.push(judged);
            }
        }
        if is_whole && elsewhere.is_none() {
            same_value::review(&mut checked.violations, path, &mut open)?;
        }
        left_alone::review(&mut checked.violations);
        checked.notices = cover.finish(path, !found.cut_off);
        Ok(checked)
    }

    /// Applies the directives of a content to violations that were found elsewhere, besides its own, and gives what
    /// is wrong with the directives then; none where it has none.
    pub(crate) fn cover(
        &self,
        path: &str,
        bytes: &[u8],
        own: &[Violation],
        added: &mut [Violation],
    ) -> Option<Vec<Notice>> {
        let mut scratch = Scratch::default();
        let found = self.detector.content(&mut || Ok(bytes), path, &mut scratch);
        let found = found.ok()?;
        if found.directives.covering.is_empty() {
            return None;
        }
        let mut cover = DirectiveCover::new(found.directives, self.judge);
        for violation in own {
            cover.judge(&mut violation.clone());
        }
        for violation in added {
            cover.judge(violation);
        }
        Some(cover.finish(path, !found.cut_off))
    }

    /// Checks a content that is in memory.
    #[must_use]
    pub fn check_bytes(&self, bytes: &[u8], path: &str, scratch: &mut Scratch) -> Checked<'c> {
        // Reading from memory does not fail.
        self.check(&mut || Ok(bytes), path, scratch)
            .unwrap_or_default()
    }

    /// The violations in a path itself; in the name of a folder they belong to the folder.
    #[must_use]
    pub fn names(&self, path: &str, scratch: &mut Scratch) -> Vec<Violation> {
        let found = self.detector.path(path, scratch).into_iter();
        let judged = found.filter_map(|(component, reference)| {
            self.judge.judge(reference, &path[..component.end])
        });
        judged.map(|judged| judged.violation).collect()
    }
}
