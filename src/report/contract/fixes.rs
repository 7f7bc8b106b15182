//! What was fixed, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::{JsonPosition, JsonSafety};
use crate::facts;

/// What was fixed, and what was not.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Fixes")]
pub(crate) struct JsonFixes<'r> {
    /// Whether files were written; otherwise they were only compared.
    pub written: bool,
    /// What was fixed, by path and place.
    pub applied: Vec<JsonApplied<'r>>,
    /// What has a replacement and was not fixed although it was asked for.
    pub refused: Vec<JsonRefused<'r>>,
    /// How many more could be fixed with `--unsafe-fixes`.
    pub unsafe_left: usize,
    /// How many no edit can fix: certificates, file names, and what has no replacement.
    pub by_hand: usize,
    /// The file with which `ptlint fix --undo` undoes the run, relative to the scan root.
    pub undo: Option<&'r str>,
}

impl<'r> From<&'r facts::Fixes> for JsonFixes<'r> {
    fn from(fact: &'r facts::Fixes) -> Self {
        Self {
            written: fact.written,
            applied: fact.applied.iter().map(Into::into).collect(),
            refused: fact.refused.iter().map(Into::into).collect(),
            unsafe_left: fact.unsafe_left,
            by_hand: fact.by_hand,
            undo: fact.undo.as_deref(),
        }
    }
}

/// A violation that was fixed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Applied")]
pub(crate) struct JsonApplied<'r> {
    /// Its rule.
    pub rule: &'r str,
    /// Path relative to the scan root.
    pub path: &'r str,
    /// Where it began.
    pub start: JsonPosition,
    /// The name before the fix.
    pub from: &'r str,
    /// The name after it; null when the entry was deleted.
    pub to: Option<&'r str>,
    /// Whether it was safe.
    pub safety: JsonSafety,
}

impl<'r> From<&'r facts::Applied> for JsonApplied<'r> {
    fn from(fact: &'r facts::Applied) -> Self {
        Self {
            rule: &fact.rule,
            path: &fact.path,
            start: fact.start.into(),
            from: &fact.from,
            to: fact.to.as_deref(),
            safety: fact.safety.into(),
        }
    }
}

/// A violation that could not be fixed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Refused")]
pub(crate) struct JsonRefused<'r> {
    /// Its rule.
    pub rule: &'r str,
    /// Path relative to the scan root.
    pub path: &'r str,
    /// Where it begins.
    pub start: JsonPosition,
    /// The name in the file.
    pub name: &'r str,
    /// Why, in words.
    pub reason: &'r str,
}

impl<'r> From<&'r facts::Refused> for JsonRefused<'r> {
    fn from(fact: &'r facts::Refused) -> Self {
        Self {
            rule: &fact.rule,
            path: &fact.path,
            start: fact.start.into(),
            name: &fact.name,
            reason: &fact.reason,
        }
    }
}
