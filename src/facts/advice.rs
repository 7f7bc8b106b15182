//! What to write instead, and whether a program may write it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Evidence, SourceUsed};

/// What to write instead.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Advice {
    /// What to do.
    pub action: Action,
    /// The text to write; for a deletion the text that makes the entry superfluous.
    pub text: String,
    /// Whether a program may write it.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Write the text instead.
    Replace,
    /// Delete the entry: the replacement is already there, at the first of the related places.
    Delete,
}

/// Whether a replacement may be written without looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Safety {
    /// The same service on the same network, sourced, in a plain value.
    Safe,
    /// It needs review.
    Unsafe,
}

/// Another text that could be written.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Alternative {
    /// The text.
    pub text: String,
    /// The network on which it works.
    pub network: Option<String>,
    /// What to know about it.
    pub note: Option<String>,
}
