//! What a run that fixes did.

use super::Safety;
use crate::text::Position;

/// The folder of undo patches below the folder that a run writes to.
pub(crate) const UNDO_FOLDER: &str = ".ptlint/undo";

/// What was fixed, and what was not.
#[derive(Debug, Clone, Default)]
pub struct Fixes {
    /// Whether files were written; otherwise they were only compared.
    pub written: bool,
    /// What was fixed, by path and place.
    pub applied: Vec<Applied>,
    /// What has a replacement and was not fixed although it was asked for.
    pub refused: Vec<Refused>,
    /// How many more violations `--unsafe-fixes` would fix.
    pub unsafe_left: usize,
    /// How many other violations are left: certificates, file names, and what has no replacement.
    pub by_hand: usize,
    /// The file with which `ptlint fix --undo` undoes the run, relative to the scan root.
    pub undo: Option<String>,
}

/// What fixes could do about the violations of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fixable {
    /// Violations that `ptlint fix` fixes.
    pub safe: usize,
    /// Violations that it fixes besides with `--unsafe-fixes`.
    pub with_unsafe: usize,
    /// Violations that are left.
    pub by_hand: usize,
}

/// A violation that was fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Its rule.
    pub rule: String,
    /// Path relative to the scan root.
    pub path: String,
    /// Where it began.
    pub start: Position,
    /// The name before the fix.
    pub from: String,
    /// The name after it; null when the entry was deleted.
    pub to: Option<String>,
    /// Whether it was safe.
    pub safety: Safety,
    /// It repeats the name of another violation next to it, and is not counted as one.
    pub is_repeat: bool,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its rule.
    pub rule: String,
    /// Path relative to the scan root.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// The name in the file.
    pub name: String,
    /// Why, in words.
    pub reason: String,
}
