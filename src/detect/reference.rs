//! A place that names something retired, and what is known about the place.

use std::ops::Range;

use super::{Contradiction, Counterpart};
use crate::catalogue::Endpoint;
use crate::facts::{CertificateFacts, Context, View};
use crate::text::{Cursor, Encoding, Excerpt, Position, cut_excerpt};

/// The bytes with which the name of a reference is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spelling {
    /// The bytes of each character of the name, in order. The bytes between two of them do not
    /// belong to the name: a fold, or the quotes between two strings. Empty when it is not known.
    pub letters: Vec<Range<usize>>,
    /// The run of encoded text that has it; the letters are bytes of what that decodes to.
    pub encoded: Option<Range<usize>>,
}

/// A place that names something retired.
#[derive(Debug)]
pub struct Reference<'c> {
    /// What it names.
    pub endpoint: Endpoint<'c>,
    /// The name in lower case, spelt plainly.
    pub name: String,
    /// The source text.
    pub matched: String,
    /// How the name is written in the file.
    pub spelling: Spelling,
    /// Where it begins.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
    /// What its place is.
    pub context: Context,
    /// Path of keys to the value, where the format has one.
    pub key: Option<String>,
    /// How it is read.
    pub view: View,
    /// The decoded text around it, safe to print, where the source is encoded.
    pub decoded: Option<String>,
    /// The certificate that has it.
    pub certificate: Option<CertificateFacts>,
    /// The endpoint of the replacing environment next to it.
    pub counterpart: Option<Counterpart>,
    /// Why it should not be replaced without review, from the text around it.
    pub caution: Option<&'static str>,
    /// A key that names another environment.
    pub contradiction: Option<Contradiction>,
    /// It repeats, label by label, the name in the value next to it.
    pub echo: bool,
    /// The lines around it; none for file names, or when they were left out.
    pub excerpt: Option<Excerpt>,
}

/// Bytes in which references are found in their order.
pub(super) struct Searched<'t> {
    pub bytes: &'t [u8],
    /// The offset of the bytes in the content.
    pub base: u64,
    pub encoding: Encoding,
    /// References get the lines around them.
    pub excerpts: bool,
}

impl<'c> Reference<'c> {
    /// A reference that is written plainly at `span` of the bytes. The cursor has not passed it.
    pub(super) fn in_bytes(
        searched: &Searched<'_>,
        cursor: &mut Cursor,
        span: &Range<usize>,
        (endpoint, name): (Endpoint<'c>, String),
        context: Context,
    ) -> Self {
        let Searched {
            bytes, encoding, ..
        } = *searched;
        cursor.go_to(span.start, bytes, searched.base);
        let start = cursor.position();
        let mut after = *cursor;
        after.advance(&bytes[span.clone()]);
        let matched = encoding.decode(&bytes[span.clone()]).into_owned();
        let excerpt = || cut_excerpt(bytes, span, encoding, start.line);
        Self {
            start,
            end: after.position(),
            excerpt: searched.excerpts.then(excerpt),
            ..Self::new((endpoint, name), matched, context)
        }
    }

    /// A reference in the name of a file or folder.
    pub(super) fn in_file_name(endpoint: Endpoint<'c>, name: String, matched: String) -> Self {
        Self::new((endpoint, name), matched, Context::FileName)
    }

    /// A reference as any look finds it first: plain, with nothing known about its surroundings.
    pub(crate) fn new(
        (endpoint, name): (Endpoint<'c>, String),
        matched: String,
        context: Context,
    ) -> Self {
        Self {
            endpoint,
            name,
            matched,
            spelling: Spelling::default(),
            start: Position::FIRST,
            end: Position::FIRST,
            context,
            key: None,
            view: View::Plain,
            decoded: None,
            certificate: None,
            counterpart: None,
            caution: None,
            contradiction: None,
            echo: false,
            excerpt: None,
        }
    }

    /// The bytes of its source in the content that was read.
    #[must_use]
    pub fn bytes(&self) -> Range<usize> {
        let offset = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
        offset(self.start.byte)..offset(self.end.byte)
    }
}
