//! Source code: strings with variables in them, strings that are joined, and calls that format, with the variables
//! and constants that are visible there.

mod expression;
mod literal;
mod reader;
mod text;
mod visible;

use std::ops::Range;
use std::rc::Rc;

use super::{Definition, Definitions, Mechanism};
use crate::compose::blocks::Blocks;
use crate::compose::node_text::InnerDocument;
use crate::compose::project::{Project, ProjectFile};
use crate::compose::value::{Place, TextPart};
use crate::syntax::Document;
use expression::Expressions;

/// Variables and constants of programs.
pub(in crate::compose) struct Programs;

impl Mechanism for Programs {
    fn name(&self) -> &'static str {
        "the program"
    }

    fn template(&self, file: &Rc<ProjectFile>, at: usize) -> Option<Vec<TextPart>> {
        let inner = InnerDocument::around(file, at)?;
        let document = inner.document();
        if !document.is_code() {
            return None;
        }
        let offset = inner.offset(at);
        let value = document.tree.value_at(&(offset..offset + 1))?;
        let content = document.tree.node(value).span.start;
        let place = |span: Range<usize>| inner.place(span);
        let expressions = Expressions::new(document, &place);
        let mut ways = expressions.read(expressions.start_of_join(content))?;
        (ways.len() == 1).then(|| ways.pop())?
    }

    fn definitions(&self, project: &Project<'_>, hole: &Place, name: &str) -> Definitions {
        let mut definitions = Definitions::default();
        let Some(file) = project.file(&hole.path) else {
            return definitions;
        };
        let Some(inner) = InnerDocument::around(&file, hole.span.start) else {
            return definitions;
        };
        let document = inner.document();
        let place = |span: Range<usize>| inner.place(span);
        let expressions = Expressions::new(document, &place);
        let blocks = project.blocks(&inner.place(0..0), || visible::blocks(document));
        let values = values_of(document, &blocks, name, inner.offset(hole.span.start));
        for value_at in values {
            for value in expressions.read(value_at).unwrap_or_default() {
                definitions
                    .found
                    .extend(place_of(&value).map(|place| Definition {
                        value,
                        place,
                        rank: 0,
                        choice: None,
                    }));
            }
        }
        definitions
    }
}

/// The place of the first piece of a value.
fn place_of(value: &[TextPart]) -> Option<Place> {
    Some(match value.first()? {
        TextPart::Text(text) => text.place.clone(),
        TextPart::Hole(hole) => hole.place.clone(),
    })
}

/// Where the values begin that a name is given and that are visible at a byte.
fn values_of(document: &Document, blocks: &Blocks, name: &str, at: usize) -> Vec<usize> {
    let mut segments = name
        .split(['.', ':', '>', '-', '?'])
        .filter(|s| !s.is_empty());
    let Some(mut root) = segments.next() else {
        return Vec::new();
    };
    let mut rest: Vec<&str> = segments.collect();
    if matches!(root, "this" | "self" | "cls" | "static" | "Self" | "@") && !rest.is_empty() {
        root = rest.remove(0);
    }
    let root = root.trim_start_matches(['$', '@']);
    if root.is_empty() {
        return Vec::new();
    }
    let mut values = visible::visible(document, blocks, root, at);
    for segment in rest {
        let members = values
            .iter()
            .filter_map(|&value| visible::member(document, value, segment));
        values = members.collect();
    }
    values
}
