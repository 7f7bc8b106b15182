//! Everything the packs know, compiled for lookup: which environment and service a host belongs
//! to, what to write instead, and which names are left alone.

mod anchors;
mod classify;
mod compile;
mod docs;
#[cfg(test)]
mod embed;
mod literal;
mod load;
mod lookup;
mod merged;
mod model;
mod pack_file;
mod replace;
mod trie;
mod validate;

pub(crate) use crate::kinds::PathChange;
pub(crate) use anchors::{AnchorSet, Marker, frequency, is_common};
pub use classify::Classification;
pub(crate) use classify::{Endpoint, Surroundings};
pub use compile::Catalogue;
pub(crate) use literal::{Literal, LiteralKind};
pub use load::{Pack, PackError};
pub use lookup::LookedUp;
pub(crate) use merged::Merged;
pub(crate) use model::*;
pub(crate) use pack_file::PackFile;
pub(crate) use replace::Replacement;
pub(crate) use replace::listed;
