//! Suppressions: violations that somebody has looked at and left, with the reason. They stand in
//! comments as directives, or in the configuration where a format has no comments.
//!
//! A directive is found with the references of its file (`inline`, `directive`), and decides about
//! each violation of the file (`matching`). What is wrong with a suppression, or covers nothing, is
//! a notice of one of the rules in [`RULES`].

mod directive;
mod entry;
pub(crate) mod inline;
mod matching;
mod rules;

pub use directive::{Directive, Directives, Malformed, Scope, Terms};
pub use entry::{IgnoreRule, KeyPattern};
pub use matching::Cover;
pub use rules::{INVALID, OwnRule, RULES, UNUSED, own_rule};

/// The word with which a directive begins, in lower case.
pub const WORD: &str = "ptlint:";

pub(crate) use entry::{judge as judge_by_entries, unused_entries};
