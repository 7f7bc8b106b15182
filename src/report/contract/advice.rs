//! What to write instead, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::JsonSourceUsed;
use crate::facts::{self, Evidence};

/// What to write instead.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Advice")]
pub(crate) struct JsonAdvice<'r> {
    /// What to do.
    pub action: JsonAction,
    /// The text to write; for a deletion the text that makes the entry superfluous.
    pub text: &'r str,
    /// Says whether a program may write it.
    pub safety: JsonSafety,
    /// Why it is not safe.
    pub unsafe_because: Option<&'r str>,
    /// The network on which it works.
    pub network: Option<&'r str>,
    /// The new base path, when the path changes too.
    pub path: Option<&'r str>,
    /// What to know about it.
    pub note: Option<&'r str>,
    /// What it rests on.
    pub evidence: Evidence,
    /// Where it comes from.
    pub source: Vec<JsonSourceUsed<'r>>,
    /// Other texts that could be written.
    pub alternatives: Vec<JsonAlternative<'r>>,
}

impl<'r> From<&'r facts::Advice> for JsonAdvice<'r> {
    fn from(fact: &'r facts::Advice) -> Self {
        Self {
            action: fact.action.into(),
            text: &fact.text,
            safety: fact.safety.into(),
            unsafe_because: fact.unsafe_because.as_deref(),
            network: fact.network.as_deref(),
            path: fact.path.as_deref(),
            note: fact.note.as_deref(),
            evidence: fact.evidence,
            source: fact.source.iter().map(Into::into).collect(),
            alternatives: fact.alternatives.iter().map(Into::into).collect(),
        }
    }
}

/// What to do about a violation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Action")]
pub(crate) enum JsonAction {
    /// Write the text instead.
    Replace,
    /// Delete the entry: the replacement already exists, at the first of the related places.
    Delete,
}

impl From<facts::Action> for JsonAction {
    fn from(fact: facts::Action) -> Self {
        use facts::Action as Fact;
        match fact {
            Fact::Replace => Self::Replace,
            Fact::Delete => Self::Delete,
        }
    }
}

/// Says whether a replacement may be written without review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Safety")]
pub(crate) enum JsonSafety {
    /// The same service on the same network, sourced, in a plain value.
    Safe,
    /// It needs review.
    Unsafe,
}

impl From<facts::Safety> for JsonSafety {
    fn from(fact: facts::Safety) -> Self {
        use facts::Safety as Fact;
        match fact {
            Fact::Safe => Self::Safe,
            Fact::Unsafe => Self::Unsafe,
        }
    }
}

/// Another text that could be written.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Alternative")]
pub(crate) struct JsonAlternative<'r> {
    /// The text.
    pub text: &'r str,
    /// The network on which it works.
    pub network: Option<&'r str>,
    /// What to know about it.
    pub note: Option<&'r str>,
}

impl<'r> From<&'r facts::Alternative> for JsonAlternative<'r> {
    fn from(fact: &'r facts::Alternative) -> Self {
        Self {
            text: &fact.text,
            network: fact.network.as_deref(),
            note: fact.note.as_deref(),
        }
    }
}
