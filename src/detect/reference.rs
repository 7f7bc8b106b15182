//! A place that names something retired, and what is known about the place.

use std::ops::Range;

use super::{Contradiction, Counterpart};
use crate::catalogue::Endpoint;
use crate::facts::{CertificateFacts, Context, View};
use crate::text::{Excerpt, Position};

/// The bytes with which the name of a reference is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spelling {
    /// The bytes of each character of the name, in order. The bytes between two of them do not
    /// belong to the name: a fold, or the quotes between two strings. Empty when it is not known.
    pub letters: Vec<Range<usize>>,
    /// The run of encoded text that has it; the letters are bytes of what that decodes to.
    pub encoded: Option<Range<usize>>,
}

impl Reference<'_> {
    /// The bytes of its source in the content that was read.
    #[must_use]
    pub fn bytes(&self) -> Range<usize> {
        let offset = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
        offset(self.start.byte)..offset(self.end.byte)
    }
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
