//! What the place of a reference is: comment, prose, key or value, and the path of keys to it.
//!
//! Each format has a reader that makes a [`Tree`] of a text; [`Document`] puts documents inside
//! values below it. Where no format is known, comments and the key on the line are told by their
//! marks alone.

#[cfg(test)]
mod any_text;
mod code;
mod comments;
mod content;
mod dockerfile;
mod document;
mod dotenv;
mod format;
mod hcl;
mod heredoc;
mod ini;
mod json;
mod key;
mod kind;
mod makefile;
mod markdown;
mod notebook;
mod path;
mod properties;
mod registry;
mod scan;
mod shell;
mod template;
#[cfg(test)]
mod testing;
mod toml;
mod tree;
mod words;
mod xml;
mod yaml;

pub use comments::Comments;
pub(crate) use content::Content;
pub use document::{Document, Level, Place, PlaceKind};
pub use format::{Format, of_file as format_of_file};
pub use key::nearest_key;
pub use kind::{CommentSyntax, FileKind};
pub(crate) use path::name_beside;
pub use path::{key_names, key_path, member_name};
pub use tree::{Node, NodeKind, Problem, Step, Syntax, Tree, TreeBuilder};
