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
mod dotenv;
mod embedded;
mod file_format;
mod formats;
mod glyphs;
mod hcl;
mod heredoc_bodies;
mod ini;
mod json;
mod key;
mod line_reach;
mod makefile;
mod markdown;
mod nesting;
mod notebook;
mod path;
mod properties;
mod recognise;
mod registry;
mod shell;
mod template;
#[cfg(test)]
mod testing;
mod toml;
mod tree;
mod word_grammar;
mod xml;
mod yaml;

pub use code::Comments;
pub(crate) use code::{Language, is_between_tags};
pub(crate) use content::Content;
pub(crate) use embedded::is_script_type;
pub use file_format::FileFormat;
pub(crate) use file_format::{DirectivePlace, Wrap};
pub use formats::FORMATS;
pub(crate) use formats::FormatId;
pub(crate) use key::nearest_key;
pub use nesting::Document;
pub(crate) use nesting::DocumentPlace;
pub use nesting::PlaceKind;
pub(crate) use path::name_beside;
pub(crate) use path::{key_names, key_path, member_name};
pub use recognise::{format_by_name, format_of_file};
pub use tree::NodeKind;
pub(crate) use tree::{Step, Tree, TreeNode};
