//! The rules of the program itself, about suppressions and the configuration; no pack has them.

use super::Severity;

/// A suppression that covers nothing.
pub const UNUSED: &str = "unused-suppression";
/// A directive that is not understood.
pub const INVALID: &str = "invalid-suppression";

/// A pattern of the configuration without effect.
pub const NO_EFFECT: &str = "pattern-without-effect";

/// A rule that does not come from a pack.
#[derive(Debug, Clone, Copy)]
pub struct OwnRule {
    /// Its id.
    pub id: &'static str,
    /// What it reports, in a line.
    pub summary: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub how_to_fix: &'static str,
    /// Its severity, unless the configuration gives another.
    pub severity: Severity,
}

/// All rules of the program itself.
pub const RULES: [OwnRule; 3] = [
    OwnRule {
        id: INVALID,
        summary: "A suppression that is not understood, and has no effect",
        why: "Whoever wrote it believes that it holds. Without a reason nobody can tell later \
              whether it is still needed.",
        how_to_fix: "Write the rules in brackets and the reason after them:\n\
                     ptlint: ignore[RULE] REASON\n\
                     until=YYYY-MM-DD, owner=NAME and ticket=ID may precede the reason.",
        severity: Severity::Warning,
    },
    OwnRule {
        id: UNUSED,
        summary: "A suppression that covers no violation",
        why: "What it was for is gone, or has moved out of its reach. Left alone it may hide the \
              next violation that comes to its place.",
        how_to_fix: "Delete it, or move it to the violation that it is meant for.",
        severity: Severity::Warning,
    },
    OwnRule {
        id: NO_EFFECT,
        summary: "A pattern of the configuration that has no effect",
        why: "Nothing that was read has such a path. The files that it is meant for may be somewhere \
              else, or git may ignore them already.",
        how_to_fix: "Delete it, or correct it: patterns are relative to the folder of the \
                     configuration, and one with a slash in it begins there.",
        severity: Severity::Info,
    },
];

/// The rule of the program itself with this id.
#[must_use]
pub fn own_rule(id: &str) -> Option<&'static OwnRule> {
    RULES.iter().find(|rule| rule.id == id)
}
