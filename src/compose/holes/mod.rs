//! How holes are written: one file for each way, for the mechanisms that share it.

mod dollar;

use super::node_text::NodeText;
use super::value::{PartsBuilder, TextPart};
pub(super) use dollar::{DollarDefault, DollarEscape, DollarStyle};

/// Holes of shells, and of environment files, which are read as shells read them.
const OF_SHELLS: DollarStyle = DollarStyle {
    bare: true,
    escape: DollarEscape::Backslash,
    default: DollarDefault::Operators,
};

/// The pieces of a value with such holes.
pub(super) fn dollar_parts(node: &NodeText<'_>, style: DollarStyle) -> Vec<TextPart> {
    dollar::parts(node.text(), style, &|range| node.place(range))
}

/// The pieces of a value as shells read it: in single quotes a dollar is as it is.
pub(super) fn shell_parts(node: &NodeText<'_>) -> Vec<TextPart> {
    if !node.is_quoted_with('\'') {
        return dollar_parts(node, OF_SHELLS);
    }
    let text = node.text();
    let mut builder = PartsBuilder::default();
    builder.text(text, node.place(0..text.len()));
    builder.finish()
}
