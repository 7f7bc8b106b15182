//! XML and HTML: elements are groups, attributes and runs of text are values. Tags that do not fit
//! together are tolerated, entities of the document are left as written, and a property list gives its
//! values the names of their keys.

mod attributes;
mod doctype;
mod entities;
mod events;
mod html_rules;
mod reader;
mod text_run;

use super::tree::{Syntax, Tree};

/// XML, HTML, property lists.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Xml;

impl Syntax for Xml {
    fn read(&self, source: &str) -> Tree {
        reader::tree(source)
    }
}

#[cfg(test)]
mod tests;
