//! Where a reference is, and what kind of place that is, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{facts, text};

/// A place in a file.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[schemars(rename = "Position")]
pub(crate) struct JsonPosition {
    /// Line, from 1. In binary files always 1.
    pub line: u64,
    /// Column in Unicode scalar values, from 1. In binary files the byte offset plus 1.
    pub column: u64,
    /// Offset in bytes, from 0, in the file as it is stored.
    pub byte: u64,
}

impl From<text::Position> for JsonPosition {
    fn from(fact: text::Position) -> Self {
        Self {
            line: fact.line,
            column: fact.column,
            byte: fact.byte,
        }
    }
}

/// What the place of a reference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Context")]
pub(crate) enum JsonContext {
    /// A value that a program reads.
    Value,
    /// A comment.
    Comment,
    /// Text for readers.
    Prose,
    /// A URL that names a thing and is not called.
    Identifier,
    /// The name of a file or folder.
    FileName,
    /// Bytes that are not text, such as a key store.
    Binary,
    /// The key of a value.
    Key,
    /// A sample of code in text for readers.
    Sample,
    /// A certificate.
    Certificate,
    /// Text that is encoded, e.g. in base64.
    Encoded,
}

impl From<facts::Context> for JsonContext {
    fn from(fact: facts::Context) -> Self {
        use facts::Context as Fact;
        match fact {
            Fact::Value => Self::Value,
            Fact::Comment => Self::Comment,
            Fact::Prose => Self::Prose,
            Fact::Identifier => Self::Identifier,
            Fact::FileName => Self::FileName,
            Fact::Binary => Self::Binary,
            Fact::Key => Self::Key,
            Fact::Sample => Self::Sample,
            Fact::Certificate => Self::Certificate,
            Fact::Encoded => Self::Encoded,
        }
    }
}

/// How a reference is read, the plainest way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "View")]
pub(crate) enum JsonView {
    /// As the bytes of the file are; single characters may be escaped.
    Plain,
    /// As the value of a format, with its folds and continuations read.
    Escaped,
    /// From parts that a program joins: strings, or the members of a list.
    Joined,
    /// Decoded from base64.
    Base64,
}

impl From<facts::View> for JsonView {
    fn from(fact: facts::View) -> Self {
        use facts::View as Fact;
        match fact {
            Fact::Plain => Self::Plain,
            Fact::Escaped => Self::Escaped,
            Fact::Joined => Self::Joined,
            Fact::Base64 => Self::Base64,
        }
    }
}
