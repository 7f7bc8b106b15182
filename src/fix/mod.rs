//! Fixes: what to write instead, proved before it is written, written so that a file is either old
//! or new, and undone when somebody asks.
//!
//! A run plans all its files first: [`Change`] is one file with its [`Edit`]s. Nothing is written
//! while it is planned.

mod change;
mod encoded;
mod entry;
mod respell;

pub use change::{Change, Digest, Edit, apply, digest};
