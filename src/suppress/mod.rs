//! Suppressions: violations that somebody has looked at and left, with the reason. They are
//! directives in comments, or entries of the configuration where a format has no comments.
//!
//! What they cover the [engine](crate::engine) says; here they are written. `add` writes
//! [directives](crate::directive), `configure` entries of the configuration; [`plan()`] chooses
//! between them.

mod add;
mod configure;
mod plan;
mod proof;
mod raw;
mod spots;

pub use add::{Adder, Wanted, Wording};
pub use configure::{NewEntry, add_to_configuration};
pub use plan::{SuppressPlan, plan};
