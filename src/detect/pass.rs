//! One pass over bytes that are in memory: the reference at each hit, and its context as far as
//! the bytes around it tell.

use std::cell::OnceCell;
use std::ops::Range;

use super::anchor::{Raw, SearchState, WordsInText};
use super::prefilter::{Hit, HitKind};
use super::quiet::QuietNames;
use super::reference::Searched;
use super::surroundings::{is_identifier, surroundings};
use super::token::{Break, PlainRun};
use super::wide::Narrowed;
use super::{Detector, Found, MOST_BYTES, MOST_REFERENCES, Reference, Scratch, Spelling, hosts};
use crate::facts::Context;
use crate::syntax::{Comments, FileFormat, Wrap, format_by_name};
use crate::text::{Cursor, Encoding};

/// Finds the references that are written plainly in bytes in memory.
pub(super) fn slice<'c>(
    detector: &Detector<'c>,
    text: &[u8],
    path: &str,
    scratch: &mut Scratch,
) -> Found<'c> {
    let mut found = Found {
        bytes: text.len() as u64,
        ..Found::default()
    };
    let mut hits = std::mem::take(&mut scratch.hits);
    detector.prefilter.hits(text, &mut hits);
    let mut quiet = std::mem::take(&mut scratch.quiet);
    if !hits.is_empty() {
        let encoding = OnceCell::new();
        let mut cursor = None;
        let mut pass = Pass {
            detector,
            text,
            format: format_by_name(path),
            whole: true,
            base: 0,
            encoding: &encoding,
            cursor: &mut cursor,
            done: 0,
            comments: None,
            words: WordsInText::default(),
            run: PlainRun::default(),
            quiet: &mut quiet,
            // What is found in decoded text is shown in the lines of the file.
            excerpts: false,
            broken: OnceCell::new(),
        };
        for hit in &hits {
            pass.enter_hit(*hit, &mut found);
        }
    }
    scratch.quiet = quiet;
    scratch.hits = hits;
    found
}

/// A window with the state that carries over from one reference to the next.
pub(super) struct Pass<'v, 'c> {
    pub detector: &'v Detector<'c>,
    pub text: &'v [u8],
    pub format: &'static FileFormat,
    pub whole: bool,
    pub base: u64,
    pub encoding: &'v OnceCell<Encoding>,
    pub cursor: &'v mut Option<Cursor>,
    pub done: usize,
    pub comments: Option<Comments<'v>>,
    pub words: WordsInText,
    pub run: PlainRun,
    pub quiet: &'v mut QuietNames,
    /// References get the lines around them.
    pub excerpts: bool,
    /// The text surely has line breaks in words.
    pub broken: OnceCell<bool>,
}

impl<'c> Pass<'_, 'c> {
    fn encoding(&self) -> Encoding {
        *self
            .encoding
            .get_or_init(|| Encoding::detect(self.text, self.whole))
    }

    /// Enters the reference at a hit; says whether there may be more.
    pub(super) fn enter_hit(&mut self, hit: Hit, found: &mut Found<'c>) -> bool {
        let at = usize::try_from(self.base).unwrap_or(usize::MAX) + hit.at;
        let wide = match hit.kind {
            HitKind::Plain => false,
            HitKind::Wide => true,
            HitKind::Marker(marker) => {
                if is_surveyed(at) || found.markers.is_empty() {
                    found.markers.push((at, marker));
                }
                return true;
            }
            HitKind::Directive => {
                found.addressed = true;
                return true;
            }
            HitKind::Encrypted => return true,
        };
        let (mut open, mut hole) = (false, false);
        let reference = self.reference(hit.at, wide, &mut open, &mut hole);
        if hole && found.holes.len() < MOST_REFERENCES {
            let encoding = self.encoding();
            let cursor = self
                .cursor
                .get_or_insert_with(|| Cursor::new(encoding, encoding.mark_length(self.text)));
            cursor.go_to(hit.at, self.text, self.base);
            found.holes.push(cursor.position());
        }
        if open && (is_surveyed(at) || found.open.is_empty()) {
            found.open.push(at);
        }
        if let Some(reference) = reference {
            if found.references.len() == MOST_REFERENCES {
                found.cut_off = true;
                return false;
            }
            found.references.push(reference);
        }
        true
    }

    fn reference(
        &mut self,
        anchor: usize,
        wide: bool,
        open: &mut bool,
        hole: &mut bool,
    ) -> Option<Reference<'c>> {
        if anchor < self.done {
            return None;
        }
        if wide {
            let encoding = self.encoding();
            let binary = encoding.unit() == 1;
            let narrowed = Narrowed::at_anchor(self.text, anchor);
            let mut done = 0;
            let raw = self.detector.raw(
                &narrowed.text,
                narrowed.anchor,
                hosts::TokenSetting {
                    binary: &|| binary,
                    breaks: line_breaks(self.format),
                    breaks_are_sure: &|| surely_broken(self.format, &[]),
                },
                &|span| surroundings(&narrowed.text, span),
                &mut SearchState {
                    done: &mut done,
                    open,
                    hole,
                    words: &mut WordsInText::default(),
                    quiet: self.quiet,
                    run: &mut PlainRun::default(),
                },
            );
            let after = narrowed.bytes(0..done.max(1), self.text, encoding);
            self.done = self.done.max(after.end);
            let mut raw = raw?;
            let context = self.context(&raw, &narrowed.text, true, binary, 0);
            for letter in &mut raw.letters {
                *letter = narrowed.bytes(letter.clone(), self.text, encoding);
            }
            let span = narrowed.bytes(raw.span.clone(), self.text, encoding);
            return Some(self.describe(raw, span, context));
        }
        let (mut done, text, format) = (self.done, self.text, self.format);
        let (whole, encoding, broken) = (self.whole, self.encoding, &self.broken);
        let binary = || *encoding.get_or_init(|| Encoding::detect(text, whole)) == Encoding::Binary;
        let raw = self.detector.raw(
            text,
            anchor,
            hosts::TokenSetting {
                binary: &binary,
                breaks: line_breaks(format),
                breaks_are_sure: &|| *broken.get_or_init(|| surely_broken(format, text)),
            },
            &|span| surroundings(text, span),
            &mut SearchState {
                done: &mut done,
                open,
                hole,
                words: &mut self.words,
                quiet: self.quiet,
                run: &mut self.run,
            },
        );
        self.done = self.done.max(done);
        let raw = raw?;
        let span = raw.span.clone();
        let context = self.context(&raw, text, false, binary(), span.start);
        Some(self.describe(raw, span, context))
    }

    fn describe(&mut self, raw: Raw<'c>, span: Range<usize>, context: Context) -> Reference<'c> {
        let mut encoding = self.encoding();
        let cursor = self
            .cursor
            .get_or_insert_with(|| Cursor::new(encoding, encoding.mark_length(self.text)));
        if context == Context::Binary {
            encoding = Encoding::Binary;
        }
        let searched = Searched {
            bytes: self.text,
            base: self.base,
            encoding,
            excerpts: self.excerpts,
        };
        let base = usize::try_from(self.base).unwrap_or(usize::MAX);
        let letters = raw.letters.iter();
        let letters = letters.map(|letter| base + letter.start..base + letter.end);
        let spelling = Spelling {
            letters: letters.collect(),
            encoded: None,
        };
        let named = (raw.endpoint, raw.name);
        Reference {
            spelling,
            ..Reference::in_bytes(&searched, cursor, &span, named, context)
        }
    }

    /// `text` is the window, or for UTF-16 the narrowed stretch around the reference.
    fn context(
        &mut self,
        raw: &Raw<'c>,
        text: &[u8],
        wide: bool,
        binary: bool,
        offset: usize,
    ) -> Context {
        if binary {
            return Context::Binary;
        }
        if raw.endpoint.kind.is_on_network
            && is_identifier(&raw.endpoint.pack.rows.identifier_uris, text, &raw.span)
        {
            return Context::Identifier;
        }
        let format = self.format;
        if format.is_documentation() {
            return Context::Prose;
        }
        let comment = if wide {
            let line = Encoding::Utf8.line_around(text, raw.span.start);
            let at = raw.span.start - line.start;
            Comments::new(&text[line], format.language).covers(at)
        } else {
            let text = self.text;
            self.comments
                .get_or_insert_with(|| Comments::new(text, format.language))
                .covers(offset)
        };
        if comment {
            Context::Comment
        } else {
            Context::Value
        }
    }
}

/// Says whether a hit may be looked at again: the rest of a larger file is only counted.
fn is_surveyed(at: usize) -> bool {
    at as u64 <= MOST_BYTES
}

/// The line breaks with which a format cuts long words.
fn line_breaks(format: &FileFormat) -> Break {
    if format.wrap == Wrap::Folded {
        Break::Fold
    } else {
        Break::Equals
    }
}

/// Says whether a file has such line breaks for certain: a name in it is what it is without them.
fn surely_broken(format: &FileFormat, text: &[u8]) -> bool {
    format.wrap != Wrap::Unknown
        || memchr::memmem::find(&text.to_ascii_lowercase(), b"quoted-printable").is_some()
}
