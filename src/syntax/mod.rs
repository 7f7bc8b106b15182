//! What the place of a reference is: comment, prose, key or value, and the path of keys to it.
//!
//! [`FORMATS`] is the table of all formats. The reader of a format makes a [`Tree`] of a text, and
//! [`Document`] puts the documents inside its values below it. If a format has no reader, or its reader
//! did not understand the text, the marks of [`Comments`] and the key on the line are all there is.

#[cfg(test)]
mod any_text;
mod code;
mod content;
mod dockerfile;
mod document;
mod dotenv;
mod embedded;
mod format;
mod formats;
mod hcl;
mod heredoc;
mod ini;
mod json;
mod key;
mod makefile;
mod markdown;
mod notebook;
mod path;
mod properties;
mod reach;
mod recognise;
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

pub use code::{BeforeMark, Block, Comments, Language, is_between_tags};
pub(crate) use content::Content;
pub use document::{Document, DocumentNode, DocumentPlace, PlaceKind};
pub use format::{DirectivePlace, FileFormat, Prose, Wrap};
pub use formats::{FORMATS, FormatId};
pub use key::nearest_key;
pub(crate) use path::name_beside;
pub use path::{key_names, key_path, member_name};
pub use recognise::{format_by_name, format_of_file};
pub use tree::{NodeKind, Step, Syntax, SyntaxProblem, Tree, TreeBuilder, TreeNode};
