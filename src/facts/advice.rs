//! What to write instead, and whether a program may write it.

use super::{Evidence, SourceUsed};

/// What to write instead.
#[derive(Debug, Clone)]
pub struct Advice {
    /// What to do.
    pub action: Action,
    /// The text to write; for a deletion the text that makes the entry superfluous.
    pub text: String,
    /// Says whether a program may write it.
    pub safety: Safety,
    /// Why it is not safe.
    pub unsafe_because: Option<String>,
    /// The network on which it works.
    pub network: Option<String>,
    /// The new base path, when the path changes too.
    pub path: Option<String>,
    /// What to know about it.
    pub note: Option<String>,
    /// What it rests on.
    pub evidence: Evidence,
    /// Where it comes from.
    pub source: Vec<SourceUsed>,
    /// Other texts that could be written.
    pub alternatives: Vec<Alternative>,
}

/// What to do about a violation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Write the text instead.
    Replace,
    /// Delete the entry: the replacement already exists, at the first of the related places.
    Delete,
}

/// Says whether a replacement may be written without review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// The same service on the same network, sourced, in a plain value.
    Safe,
    /// It needs review.
    Unsafe,
}

/// Another text that could be written.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// The text.
    pub text: String,
    /// The network on which it works.
    pub network: Option<String>,
    /// What to know about it.
    pub note: Option<String>,
}
