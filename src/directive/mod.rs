//! Directives: comments that begin with `ptlint:` and suppress violations. They are found and read
//! here; which violations they cover is decided in the engine.

mod find;
mod parse;
mod reach;

use crate::facts::Terms;
pub(crate) use find::{DirectiveFile, find};

use crate::text::{Excerpt, Position};

/// The word with which a directive begins, in lower case.
pub(crate) const WORD: &str = "ptlint:";

/// How far a directive reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectiveScope {
    /// Its line; if the directive is alone on it, also the next line.
    Line,
    /// The next line.
    NextLine,
    /// Up to the directive that ends it.
    Block,
    /// The whole file.
    File,
}

impl DirectiveScope {
    /// The word for it in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::NextLine => "next-line",
            Self::Block => "block",
            Self::File => "file",
        }
    }
}

/// A directive that suppresses violations.
#[derive(Debug, Clone)]
pub struct Directive {
    /// How far it reaches.
    pub scope: DirectiveScope,
    /// The first and the last line that it reaches.
    pub lines: (u64, u64),
    /// Rules, and whether a violation of each was covered.
    pub rules: Vec<(String, bool)>,
    /// Why.
    pub reason: String,
    /// Until when, and whose.
    pub terms: Terms,
    /// Where it begins.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
    /// It is in a sample in prose, where it may cover nothing.
    pub sample: bool,
    /// The lines around it.
    pub excerpt: Option<Excerpt>,
}

/// A directive that is not understood.
#[derive(Debug, Clone)]
pub struct MalformedDirective {
    /// What is wrong.
    pub message: String,
    /// What to write.
    pub help: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
    /// The lines around it.
    pub excerpt: Option<Excerpt>,
}

/// The directives of a file.
#[derive(Debug, Clone, Default)]
pub struct Directives {
    /// Those that suppress, in their order.
    pub covering: Vec<Directive>,
    /// Those that do not.
    pub malformed: Vec<MalformedDirective>,
}
