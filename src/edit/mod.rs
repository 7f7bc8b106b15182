//! Edits: bytes that become other bytes, written so that a file is either old or new, and reverted
//! when somebody asks. What the edits are for is not known here.
//!
//! [`Change`] is one file with its [`Edit`]s. [`write()`] writes the changes of a run, and [`undo()`]
//! reverts them by the undo patch that the run left.

mod access;
mod binary_patch;
mod change;
mod compose;
mod diff;
mod patch;
mod store;
mod target;
mod undo;
mod write;

pub use change::Change;
pub use change::Edit;
pub use change::apply;
pub(crate) use change::digest;
pub(crate) use compose::{before_edits, compose};
pub(crate) use diff::{DiffError, DiffReader, unified};
pub(crate) use store::{in_folder, is_own};
pub use target::WriteProblem;
pub use undo::UndoError;
pub use undo::Undone;
pub use undo::UndoneOutcome;
pub use undo::undo;
pub use write::{WriteOptions, WriteOutcome, WriteResult, write};
