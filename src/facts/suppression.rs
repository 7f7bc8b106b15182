//! What suppressed a violation, and what is wrong with suppressions.

use schemars::JsonSchema;
use serde::Serialize;

use super::Severity;
use crate::text::{Excerpt, Position};

/// What suppressed a violation.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Suppression {
    /// What did it: `inline`, `configuration` or `baseline`.
    pub by: String,
    /// How far a directive reaches: `line`, `next-line`, `block` or `file`.
    pub scope: Option<String>,
    /// Why.
    pub reason: String,
    /// The file that has the suppression.
    pub path: Option<String>,
    /// Its line.
    pub line: Option<u64>,
    /// The last day on which it holds, YYYY-MM-DD.
    pub until: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where it is tracked.
    pub ticket: Option<String>,
}

impl Suppression {
    /// What suppresses a violation that a directive covers.
    pub const INLINE: &str = "inline";
    /// What suppresses a violation that an entry of the configuration fits.
    pub const CONFIGURATION: &str = "configuration";
    /// What suppresses a violation that is in the baseline.
    pub const BASELINE: &str = "baseline";

    /// One of the configuration.
    #[must_use]
    pub fn by_configuration(reason: String) -> Self {
        Self::new(Self::CONFIGURATION, reason)
    }

    /// One of which no more is known.
    #[must_use]
    pub fn new(by: &str, reason: String) -> Self {
        Self {
            by: by.to_owned(),
            scope: None,
            reason,
            path: None,
            line: None,
            until: None,
            owner: None,
            ticket: None,
        }
    }
}

/// Something wrong with a suppression.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Notice {
    /// `unused-suppression` or `invalid-suppression`.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// Path relative to the scan root, with forward slashes.
    pub path: String,
    /// Where the suppression begins.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The lines around it, for readers.
    #[serde(skip)]
    #[schemars(skip)]
    pub excerpt: Option<Excerpt>,
}
