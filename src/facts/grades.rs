//! How much something matters, how sure it is, what it rests on, and how far a retirement is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much a violation matters.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Must be dealt with.
    Warning,
    /// Is broken.
    Error,
}

/// How sure it is that the text refers to the retired environment.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Built from a naming pattern that nobody was seen to use; reported only on request.
    Speculative,
    /// It may be meant otherwise, or the retirement may not cover it.
    Possible,
    /// It follows the grammar, though this exact name was not seen.
    Likely,
    /// The exact name is documented or in use.
    Certain,
}

/// What kind of source a row rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// A page of the operator.
    Official,
    /// A public repository of the operator.
    OperatorRepository,
    /// Other public code or documents.
    ThirdParty,
    /// Only the naming pattern.
    Inferred,
}

impl Evidence {
    /// The confidence of a reference that rests on this evidence, unless the row says otherwise.
    #[must_use]
    pub fn confidence(self) -> Confidence {
        match self {
            Self::Inferred => Confidence::Likely,
            _ => Confidence::Certain,
        }
    }
}

/// A dated state of an environment.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// The end is announced; the environment works as before.
    Announced,
    /// It still runs, without new users, endpoints or certificates.
    MinimalSupport,
    /// It is gone.
    Decommissioned,
}
