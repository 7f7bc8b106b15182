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

pub use crate::facts::DayOrMonth;
pub use crate::kinds::{PathChange, ReplacementRow};
pub use anchors::{AnchorSet, Marker, frequency, is_common};
pub use classify::{Classification, Endpoint, Surroundings};
pub use compile::Catalogue;
pub use literal::{Literal, LiteralKind};
pub use load::{Pack, PackError};
pub use lookup::LookedUp;
pub use merged::Merged;
pub use model::*;
pub use pack_file::PackFile;
pub use replace::Replacement;
pub(crate) use replace::listed;
