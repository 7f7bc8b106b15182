//! Texts with holes, and where each piece of them is written.

use std::ops::Range;
use std::rc::Rc;

/// Bytes of the text of a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    /// Path relative to the scan root, with forward slashes.
    pub path: Rc<str>,
    /// Bytes of its decoded text.
    pub span: Range<usize>,
}

/// A piece of a text with holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TextPart {
    /// What is written there.
    Text(WrittenText),
    /// What something else fills in.
    Hole(Hole),
}

/// A text as it reads, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenText {
    pub text: String,
    pub place: Place,
}

/// A hole in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hole {
    /// The name of what fills it, as its mechanism looks it up.
    pub name: String,
    /// What else may fill it.
    pub otherwise: Otherwise,
    /// The hole with its marks.
    pub place: Place,
}

/// What fills a hole besides the value of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Otherwise {
    /// Nothing.
    Nothing,
    /// This, where the name has no value.
    Default(Vec<TextPart>),
    /// This instead of the value, where the name has one, and nothing elsewhere.
    Instead(Vec<TextPart>),
}

/// Pieces of plain text next to each other.
#[derive(Debug, Default)]
pub(crate) struct PartsBuilder {
    parts: Vec<TextPart>,
}

impl PartsBuilder {
    /// Adds a text, unless it is empty.
    pub(crate) fn text(&mut self, text: &str, place: Place) {
        if !text.is_empty() {
            let text = text.to_owned();
            self.parts.push(TextPart::Text(WrittenText { text, place }));
        }
    }

    /// Adds a hole.
    pub(crate) fn hole(&mut self, hole: Hole) {
        self.parts.push(TextPart::Hole(hole));
    }

    /// The pieces in their order.
    pub(crate) fn finish(self) -> Vec<TextPart> {
        self.parts
    }
}
