//! The pieces that source code is read into.

use std::ops::Range;

use super::language::StringEscapes;

/// What a source text consists of.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// In the order in which they belong together; a here-document follows its mark.
    pub list: Vec<CodeToken>,
    /// The strings among them.
    pub texts: Vec<Text>,
    /// Comments with their marks.
    pub comments: Vec<Range<usize>>,
    /// Elements, here-documents and joined lines.
    pub units: Vec<Range<usize>>,
    /// Places that do not end.
    pub problems: Vec<(usize, &'static str)>,
}

impl Tokens {
    /// How much there is to keep.
    #[must_use]
    pub(super) fn weight(&self) -> usize {
        self.list.len() + 2 * (self.texts.len() + self.comments.len() + self.units.len())
    }
}

/// A piece of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct CodeToken {
    /// What it is.
    pub kind: CodeTokenKind,
    /// Its first byte.
    pub start: u32,
    /// The byte after it.
    pub end: u32,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodeTokenKind {
    /// A name or a keyword.
    Word,
    /// A number or a character.
    Literal,
    /// A string: its place among the texts.
    Text(u32),
    /// An opening bracket.
    Open(u8),
    /// A closing bracket, named by the opening one.
    Close(u8),
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// The end of a line, where it may matter.
    Line,
    /// An option such as `-Uri`, without its dash.
    Option,
    /// Statements that leave no trace in the tree.
    Inert {
        /// A sign that gives a name is in one of them.
        names: bool,
        /// One ends with `;`.
        statements: bool,
    },
    /// Everything else.
    Operator,
}

/// A string.
#[derive(Debug, Clone)]
pub(super) struct Text {
    /// Its bytes without quotes.
    pub content: Range<usize>,
    /// What escapes mean in it.
    pub escapes: StringEscapes,
    /// Its quote.
    pub quote: u8,
    /// It is between three quotes.
    pub tripled: bool,
}

impl CodeToken {
    /// A token of the bytes of `range`.
    #[must_use]
    pub(super) fn new(kind: CodeTokenKind, range: Range<usize>) -> Self {
        // Longer texts are refused before.
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            kind,
            start: place(range.start),
            end: place(range.end),
        }
    }

    /// Its bytes.
    #[must_use]
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
