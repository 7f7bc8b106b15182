//! A text with the tree of its format, and the documents inside its values: JSON in YAML, a script in a
//! workflow, code in Markdown.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::embedded::{format_of_block, format_of_element, format_of_value};
use super::file_format::{FileFormat, Prose};
use super::formats::FormatId;
use super::notebook;
use super::path::{key_names, key_path};
use super::tree::{NodeKind, Step, SyntaxProblem, Tree};
use crate::text::Mapped;

/// A text and its tree.
pub struct Document {
    /// The text.
    pub text: String,
    /// Its tree; spans are bytes of `text`.
    pub tree: Tree,
    /// Its format.
    pub format: &'static FileFormat,
    /// Where its text is in the text around it.
    origin: Origin,
    depth: usize,
    inner: RefCell<HashMap<usize, Option<Rc<Document>>>>,
}

enum Origin {
    Offset(usize),
    Mapped(Mapped),
}

/// Where a span is.
pub struct DocumentPlace {
    /// The values that hold it, in the outer document first.
    pub levels: Vec<DocumentNode>,
    /// What it is.
    pub kind: PlaceKind,
}

/// A node of a document.
pub struct DocumentNode {
    /// The document.
    pub document: Rc<Document>,
    /// The number of the node.
    pub node: usize,
}

/// What a place in a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A value.
    Value,
    /// A key.
    Key,
    /// A comment.
    Comment,
    /// Text for readers.
    Prose,
    /// Code in a text for readers.
    Sample,
    /// The format does not say.
    Unknown,
}

/// Documents in documents.
const DEEPEST: usize = 4;

impl Document {
    /// Reads a text in a format.
    #[must_use]
    pub fn read(text: &str, format: &'static FileFormat) -> Rc<Self> {
        Rc::new(Self::new(text, format, Origin::Offset(0), 0))
    }

    fn new(text: &str, format: &'static FileFormat, origin: Origin, depth: usize) -> Self {
        Self {
            text: text.to_owned(),
            tree: format.read(text),
            format,
            origin,
            depth,
            inner: RefCell::default(),
        }
    }

    /// The first place that was not understood.
    #[must_use]
    pub fn problem(&self) -> Option<&SyntaxProblem> {
        self.tree.problem()
    }

    /// The place of a span of bytes.
    #[must_use]
    pub fn place(self: &Rc<Self>, span: &Range<usize>) -> DocumentPlace {
        let mut levels: Vec<DocumentNode> = Vec::new();
        let (mut document, mut span) = (Rc::clone(self), span.clone());
        let mut around: Option<PlaceKind> = None;
        let kind = loop {
            if document.tree.is_comment(span.start) {
                break around
                    .filter(|k| *k == PlaceKind::Sample)
                    .unwrap_or(PlaceKind::Comment);
            }
            let level = |node: usize| DocumentNode {
                document: Rc::clone(&document),
                node,
            };
            if let Some(node) = document.tree.value_at(&span) {
                levels.push(level(node));
                let kind = document.value_kind(node);
                around = around.or((kind != PlaceKind::Value).then_some(kind));
                let Some(inner) = document.inner(node) else {
                    break around.unwrap_or(kind);
                };
                span = inner.range_inside(span);
                document = inner;
            } else if let Some(node) = document.tree.key_at(&span) {
                levels.push(level(node));
                break around.unwrap_or(PlaceKind::Key);
            } else if levels.is_empty() {
                // Text of a page outside of all elements.
                break match document.format.prose {
                    Prose::ElementText => PlaceKind::Prose,
                    _ => PlaceKind::Unknown,
                };
            } else {
                break around.unwrap_or(PlaceKind::Value);
            }
        };
        DocumentPlace { levels, kind }
    }

    /// The comment that contains a byte, with its marks; and whether it is one of a sample in a text for
    /// readers.
    #[must_use]
    pub fn comment_around(self: &Rc<Self>, at: usize) -> Option<(Range<usize>, bool)> {
        let mut outer: Vec<Rc<Self>> = vec![Rc::clone(self)];
        let mut span = at..at + 1;
        loop {
            let document = Rc::clone(outer.last()?);
            if let Some(comment) = document.tree.comment_at(span.start) {
                let mut levels = outer.iter().rev();
                let range = levels.try_fold(comment.clone(), |range, level| {
                    let range = level.range_around(range);
                    (range.start <= range.end).then_some(range)
                })?;
                let sample = outer.len() > 1 && self.format.prose == Prose::AllButCode;
                return Some((range, sample));
            }
            let node = document.tree.value_at(&span)?;
            let inner = document.inner(node)?;
            span = inner.range_inside(span);
            outer.push(inner);
        }
    }

    fn value_kind(&self, node: usize) -> PlaceKind {
        let step = &self.tree.node(node).step;
        match self.format.prose {
            Prose::Nothing => PlaceKind::Value,
            Prose::Everything => PlaceKind::Prose,
            Prose::AllButCode => match step {
                Step::Key(name) if self.tree.node(node).parent == 0 => {
                    if name == "front-matter" {
                        PlaceKind::Value
                    } else {
                        PlaceKind::Sample
                    }
                }
                _ => PlaceKind::Prose,
            },
            Prose::Notebook => notebook::kind(&self.tree, &self.text, node),
            Prose::ElementText if *step != Step::Text => PlaceKind::Value,
            Prose::ElementText => {
                let element = self.tree.groups(node).find_map(|group| {
                    let Step::Key(name) = &self.tree.node(group).step else {
                        return None;
                    };
                    let is_one_of =
                        |elements: &[&str]| elements.iter().any(|e| name.eq_ignore_ascii_case(e));
                    if is_one_of(&["pre", "code", "samp", "kbd"]) {
                        return Some(PlaceKind::Sample);
                    }
                    is_one_of(&["script", "style"]).then_some(PlaceKind::Value)
                });
                element.unwrap_or(PlaceKind::Prose)
            }
        }
    }

    /// The document that the value of a node is, if it is one.
    #[must_use]
    pub fn inner(&self, node: usize) -> Option<Rc<Document>> {
        if self.depth >= DEEPEST || self.tree.node(node).kind != NodeKind::Scalar {
            return None;
        }
        if let Some(known) = self.inner.borrow().get(&node) {
            return known.clone();
        }
        let text = self.tree.text(node, &self.text);
        let format = match self.format.prose {
            Prose::AllButCode => format_of_block(&self.tree, node, text),
            _ if self.format.is_markup() && self.tree.node(node).step == Step::Text => {
                // A script in other XML is read by what it looks like.
                let is_page = self.format.prose == Prose::ElementText;
                format_of_element(&self.tree, node, &self.text)
                    .filter(|format| is_page || format.id == FormatId::Css)
                    .or_else(|| format_of_value(&self.tree, node, text, self.format))
            }
            _ => format_of_value(&self.tree, node, text, self.format),
        };
        let document = format.map(|format| {
            let value = self.tree.node(node);
            let origin = match &value.text {
                Some(mapped) => Origin::Mapped(Mapped::clone(mapped)),
                None => Origin::Offset(value.span.start),
            };
            Rc::new(Self::new(text, format, origin, self.depth + 1))
        });
        self.inner.borrow_mut().insert(node, document.clone());
        document
    }

    /// Says whether the document is source code.
    #[must_use]
    pub fn is_code(&self) -> bool {
        self.format.code
    }

    /// Says whether the document is written for readers.
    #[must_use]
    pub fn is_prose(&self) -> bool {
        matches!(self.format.prose, Prose::AllButCode | Prose::ElementText)
    }

    /// Says whether a value is too long to be a setting.
    #[must_use]
    pub fn inner_is_large(&self, node: usize) -> bool {
        const MOST: usize = 4096;
        self.tree.text(node, &self.text).len() > MOST
    }

    /// A span of the text around this document as a span of its own text.
    #[must_use]
    pub fn range_inside(&self, span: Range<usize>) -> Range<usize> {
        match &self.origin {
            Origin::Offset(start) => {
                span.start.saturating_sub(*start)..span.end.saturating_sub(*start)
            }
            Origin::Mapped(mapped) => mapped.text_range(span),
        }
    }

    /// A span of this document's text as a span of the text around it.
    #[must_use]
    pub fn range_around(&self, span: Range<usize>) -> Range<usize> {
        match &self.origin {
            Origin::Offset(start) => span.start + start..span.end + start,
            Origin::Mapped(mapped) => mapped.source(span),
        }
    }
}

impl DocumentNode {
    /// Says whether it is a word of a command: which option it belongs to is only guessed.
    #[must_use]
    pub fn is_argument(&self) -> bool {
        self.document.format.id == FormatId::Shell && self.document.tree.node(self.node).parent != 0
    }
}

impl DocumentPlace {
    /// The key path, through all documents: `data."app.json" > service.url`. None where there are
    /// no keys.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        let paths: Vec<String> = self
            .levels
            .iter()
            .filter(|level| !level.is_argument())
            .map(|level| key_path(&level.document.tree, &level.document.text, level.node))
            .filter(|path| !path.is_empty())
            .collect();
        (!paths.is_empty()).then(|| paths.join(" > "))
    }

    /// The names of all keys, outermost first.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.levels
            .iter()
            .flat_map(|level| key_names(&level.document.tree, &level.document.text, level.node))
            .collect()
    }

    /// A span in the document of the level at `index` as a span of the outermost text.
    #[must_use]
    pub fn outermost(&self, index: usize, span: Range<usize>) -> Range<usize> {
        self.levels[..=index]
            .iter()
            .rev()
            .fold(span, |span, level| level.document.range_around(span))
    }
}
