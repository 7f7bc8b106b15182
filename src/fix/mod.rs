//! Fixes: what to write instead, proved before it is written.
//!
//! A run plans all its files first, as [changes](crate::edit::Change). Nothing is written while it
//! is planned.

mod brackets;
mod choice;
mod duplicates;
mod edits;
mod encoded;
mod entry;
mod file;
mod listed;
mod own_names;
mod plan;
mod positions;
mod proof;
mod propose;
mod respell;
mod used;

pub(crate) use choice::{Choices, Offer};
pub use file::FilePlanner;
pub(crate) use plan::{FixPlan, plan};
