//! What a run that fixes did.

use schemars::JsonSchema;
use serde::Serialize;

use super::Safety;
use crate::text::Position;

/// What was fixed, and what was not.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Fixes {
    /// Whether files were written; otherwise they were only compared.
    pub written: bool,
    /// What was fixed, by path and place.
    pub applied: Vec<Applied>,
    /// What has a replacement and was not fixed although it was asked for.
    pub refused: Vec<Refused>,
    /// How many more could be fixed with `--unsafe-fixes`.
    pub unsafe_left: usize,
    /// How many no edit can fix: certificates, file names, and what has no replacement.
    pub by_hand: usize,
    /// The file with which `ptlint fix --undo` reverts the run, relative to the scan root.
    pub undo: Option<String>,
}

/// A violation that was fixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Applied {
    /// Its rule.
    pub rule: String,
    /// Path relative to the scan root.
    pub path: String,
    /// Where it began.
    pub start: Position,
    /// The name that was there.
    pub from: String,
    /// The name that is there now; null when the entry was deleted.
    pub to: Option<String>,
    /// Whether it was safe.
    pub safety: Safety,
}

impl Applied {
    /// The same violation when it could not be fixed.
    #[must_use]
    pub fn refused(self, reason: impl Into<String>) -> Refused {
        Refused {
            rule: self.rule,
            path: self.path,
            start: self.start,
            name: self.from,
            reason: reason.into(),
        }
    }
}

/// A violation that could not be fixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Refused {
    /// Its rule.
    pub rule: String,
    /// Path relative to the scan root.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// The name that is there.
    pub name: String,
    /// Why, for readers.
    pub reason: String,
}
