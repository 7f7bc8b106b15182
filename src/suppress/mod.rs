//! Suppressions: violations that somebody has looked at and left, with the reason. They stand in
//! comments as directives, or in the configuration where a format has no comments.
//!
//! A [directive](crate::directive) is found with the references of its file, and decides about
//! each violation of the file (`matching`). What is wrong with a suppression, or covers nothing, is
//! a notice of one of ptlint's own rules. `add` writes directives, `configure` entries; [`plan()`]
//! chooses between them.

mod add;
mod configure;
mod plan;

pub use add::{Added, Adder, Wanted, Wording};
pub use configure::{NewEntry, add_to_configuration};
pub use plan::{SuppressPlan, plan};
