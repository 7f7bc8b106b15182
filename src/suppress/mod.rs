//! Suppressions: violations that were reviewed and left, with the reason. They are directives in
//! comments, or entries of the configuration where a format has no comments.
//!
//! The [engine](crate::engine) says what they cover; here they are written. `add` writes
//! [directives](crate::directive), `configure` entries of the configuration; [`plan()`] chooses
//! between them.

mod add;
mod certain;
mod configure;
mod elements;
mod plan;
mod proof;
mod quoted;
mod raw;
mod spots;

pub use add::{Adder, SuppressionRequest, Wording};
pub(crate) use configure::{NewEntry, add_to_configuration};
pub(crate) use plan::{SuppressPlan, plan};
