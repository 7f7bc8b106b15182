//! Fixes: what to write instead, proved before it is written, written so that a file is either old
//! or new, and undone when somebody asks.
//!
//! A run plans all its files first: [`Change`] is one file with its [`Edit`]s. Nothing is written
//! while it is planned. [`write()`] writes the changes of a run, and [`undo()`] takes them back by
//! the undo patch that the run left.

mod change;
mod choice;
mod diff;
mod encoded;
mod entry;
mod file;
mod patch;
mod plan;
mod proof;
mod propose;
mod respell;
mod store;
mod target;
mod undo;
mod write;

pub use change::{Change, Digest, Edit, apply, digest};
pub use choice::{Choices, Offer};
pub use diff::{DiffError, unified};
pub use file::{FilePlan, FilePlanner};
pub use plan::{FixPlan, plan};
pub use store::{FOLDER, in_folder};
pub use target::Reason;
pub use undo::{UndoError, Undone, UndoneFile, UndoneOutcome, undo};
pub use write::{Outcome, WriteOptions, Written, write};

pub(crate) use file::Content;
use file::Item;
