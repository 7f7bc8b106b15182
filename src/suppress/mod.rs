//! Suppressions: violations that somebody has looked at and left, with the reason. They stand in
//! comments as directives, or in the configuration where a format has no comments.
//!
//! A directive is found with the references of its file (`inline`, `directive`), and decides about
//! each violation of the file (`matching`). What is wrong with a suppression, or covers nothing, is
//! a notice of one of ptlint's own rules. `add` writes directives, `configure` entries; [`plan()`]
//! chooses between them.

mod add;
mod configure;
mod directive;
mod entry;
pub(crate) mod inline;
mod matching;
mod plan;

pub use add::{Added, Adder, Wanted, Wording};
pub use configure::{NewEntry, add_to_configuration};
pub use directive::{Directive, Directives, Malformed, Scope, Terms};
pub use entry::{IgnoreRule, KeyPattern};
pub use matching::Cover;
pub use plan::{SuppressPlan, plan};

/// The word with which a directive begins, in lower case.
pub const WORD: &str = "ptlint:";

pub(crate) use entry::{judge as judge_by_entries, unused_entries};
