//! Bytes to references: search for anchors, read the name around each, look it up in the catalogue.
//!
//! A file without an anchor costs one read and one search. Files are read in windows, so that
//! memory does not grow with their size.

mod anchor;
mod buckets;
mod closed;
mod hole_forms;
mod holes;
mod hosts;
mod joined;
mod literals;
mod partial;
mod pass;
mod prefilter;
mod quiet;
mod reference;
mod spelling;
mod surroundings;
mod survey;
mod teddy;
mod token;
mod wide;
mod window;

use std::io::{self, Read};
use std::ops::Range;

use anchor::{SearchState, WordsInText};
use literals::Literals;
pub(crate) use literals::endpoint as literal_endpoint;
pub(crate) use partial::{HoleInName, hole_in_name};
use prefilter::{Hit, HitKind, Prefilter};
use quiet::QuietNames;
pub(crate) use reference::{Reference, Spelling};
pub(crate) use survey::{Contradiction, Counterpart, MOST_BYTES, concerns_every_use};
use token::{Break, PlainRun};

use crate::catalogue::{Catalogue, Marker};
use crate::directive::Directives;
use crate::facts::{Confidence, SkipReason};
use crate::text::Position;

/// What reading one file gave.
#[derive(Debug, Default)]
// Each says of one thing that it was not read.
#[allow(clippy::struct_excessive_bools)]
pub struct Found<'c> {
    /// The references in the order of their offsets.
    pub references: Vec<Reference<'c>>,
    /// Bytes read.
    pub bytes: u64,
    /// More references than the limit: the rest is missing.
    pub cut_off: bool,
    /// The bytes are text that ptlint cannot read.
    pub unsupported_encoding: bool,
    /// Why the file was not understood as what it is: then it was read as text only.
    pub unparsed: Option<String>,
    /// It is a pointer of Git LFS and not the file that belongs there.
    pub lfs_pointer: bool,
    /// The file is an archive; its members were not read.
    pub archive: bool,
    /// Why its contents are not there to be read.
    pub closed: Option<SkipReason>,
    /// Where names with a hole are that may become one of a retired environment.
    pub holes: Vec<Position>,
    /// The file has hits and is too large to be read as a whole.
    pub too_large: bool,
    /// The directives in its comments.
    pub directives: Directives,
    /// It has the word with which directives begin.
    addressed: bool,
    /// Encoded text that may hold references.
    markers: Vec<(usize, Marker)>,
    /// Anchors that belong to no listed name: a name may be broken there.
    open: Vec<usize>,
}

/// Buffers that a thread reuses from file to file. They remember names as the catalogue knows them,
/// so they belong to one detector.
#[derive(Debug, Default)]
pub struct Scratch {
    window: Vec<u8>,
    hits: Vec<Hit>,
    quiet: QuietNames,
}

impl Scratch {
    /// All of the content that was read last, if it is short enough to be still here.
    #[must_use]
    pub fn whole(&self, found: &Found<'_>) -> Option<&[u8]> {
        let length = usize::try_from(found.bytes).ok()?;
        (length < self.window.len()).then(|| &self.window[..length])
    }
}

impl Found<'_> {
    /// Says whether the file has to be read again as a whole.
    fn has_hits(&self) -> bool {
        !self.references.is_empty() || !self.markers.is_empty() || !self.open.is_empty()
    }
}

/// Finds references in files.
#[derive(Debug)]
pub struct Detector<'c> {
    catalogue: &'c Catalogue,
    prefilter: Prefilter,
    literals: Literals,
    least: Confidence,
    excerpts: bool,
    echoes: bool,
}

/// References kept of one file; a file with more is reported as cut off.
pub(crate) const MOST_REFERENCES: usize = 10_000;

impl<'c> Detector<'c> {
    /// A detector for references of at least this confidence.
    #[must_use]
    pub fn new(catalogue: &'c Catalogue, least: Confidence) -> Self {
        Self {
            catalogue,
            prefilter: Prefilter::new(&catalogue.anchors(least)),
            literals: Literals::new(catalogue, least),
            least,
            excerpts: true,
            echoes: false,
        }
    }

    /// What it finds references of.
    #[must_use]
    pub fn catalogue(&self) -> &'c Catalogue {
        self.catalogue
    }

    /// Leaves the lines around references out, which cost more than finding the references.
    #[must_use]
    pub fn without_excerpts(mut self) -> Self {
        self.excerpts = false;
        self
    }

    /// Reports lists of labels that repeat the name in the value next to them as references of their
    /// own: a change of one has to change the other.
    #[must_use]
    pub fn with_echoes(mut self) -> Self {
        self.echoes = true;
        self
    }

    /// Finds the references in the content of a file; its path tells the format. `open` gives the
    /// content from its beginning; a large file is read twice.
    ///
    /// # Errors
    /// What the reader gives.
    pub fn content<R: Read>(
        &self,
        open: &mut dyn FnMut() -> io::Result<R>,
        path: &str,
        scratch: &mut Scratch,
    ) -> io::Result<Found<'c>> {
        let mut found = window::read(self, &mut open()?, path, scratch)?;
        if found.unsupported_encoding || !found.has_hits() && !found.addressed {
            return Ok(found);
        }
        if found.bytes > survey::MOST_BYTES {
            if !found.has_hits() {
                return Ok(found);
            }
            found.too_large = true;
            for reference in &mut found.references {
                reference.caution = Some("the file is too large to be parsed");
            }
            return Ok(found);
        }
        let length = usize::try_from(found.bytes).unwrap_or(usize::MAX);
        if length < window::WINDOW {
            // The window still holds all of it.
            let window = std::mem::take(&mut scratch.window);
            survey::survey(self, &window[..length], path, 0, scratch, &mut found);
            scratch.window = window;
            return Ok(found);
        }
        let mut bytes = Vec::with_capacity(length);
        open()?
            .take(survey::MOST_BYTES + 1)
            .read_to_end(&mut bytes)?;
        if bytes.len() == length {
            survey::survey(self, &bytes, path, 0, scratch, &mut found);
        } else {
            found.unparsed = Some("it changed while it was read".to_owned());
        }
        Ok(found)
    }

    /// Finds the references in bytes that were decoded from others.
    fn nested(&self, bytes: &[u8], path: &str, depth: usize, scratch: &mut Scratch) -> Found<'c> {
        let mut found = pass::slice(self, bytes, path, scratch);
        if found.has_hits() {
            survey::survey(self, bytes, path, depth, scratch, &mut found);
        }
        found
    }

    /// Finds the references that are written plainly in bytes.
    fn slice(&self, bytes: &[u8], scratch: &mut Scratch) -> Found<'c> {
        pass::slice(self, bytes, "", scratch)
    }

    /// Finds the references in a path with forward slashes. Each comes with the byte range of its
    /// path component.
    pub fn path(&self, path: &str, scratch: &mut Scratch) -> Vec<(Range<usize>, Reference<'c>)> {
        let mut hits = std::mem::take(&mut scratch.hits);
        self.prefilter.hits(path.as_bytes(), &mut hits);
        let mut found: Vec<(Range<usize>, Reference<'c>)> = Vec::new();
        let mut done = 0;
        for hit in &hits {
            if hit.kind != HitKind::Plain || hit.at < done {
                continue;
            }
            let Some(raw) = self.raw(
                path.as_bytes(),
                hit.at,
                hosts::TokenSetting {
                    binary: &|| false,
                    breaks: Break::Equals,
                    breaks_are_sure: &|| false,
                },
                &|_| (String::new(), String::new()),
                &mut SearchState {
                    done: &mut done,
                    open: &mut false,
                    hole: &mut false,
                    words: &mut WordsInText::default(),
                    quiet: &mut QuietNames::default(),
                    run: &mut PlainRun::default(),
                },
            ) else {
                continue;
            };
            let start = path[..raw.span.start].rfind('/').map_or(0, |at| at + 1);
            let end = path[raw.span.end..]
                .find('/')
                .map_or(path.len(), |at| raw.span.end + at);
            let matched = path[raw.span].to_owned();
            let reference = Reference::in_file_name(raw.endpoint, raw.name, matched);
            found.push((start..end, reference));
        }
        scratch.hits = hits;
        found
    }
}
