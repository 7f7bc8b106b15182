//! What the place of a reference is, as far as it can be told without parsing the file: comment,
//! prose, or value, and the key that stands before it on its line.

mod comments;
mod key;
mod kind;
mod path;
mod tree;

pub use comments::Comments;
pub use key::nearest_key;
pub use kind::FileKind;
pub use path::{key_names, key_path};
pub use tree::{Node, NodeKind, Problem, Step, Syntax, Tree, TreeBuilder};
