//! The document around a byte of a file, and the value of a node as it reads, with the way back to the bytes of the
//! file.

use std::ops::Range;
use std::rc::Rc;

use super::project::ProjectFile;
use super::value::Place;
use crate::syntax::{Document, NodeKind};

/// A document in a file, perhaps inside values of others.
pub(crate) struct InnerDocument<'f> {
    file: &'f ProjectFile,
    /// Those around it and itself, the outermost first.
    documents: Vec<Rc<Document>>,
}

impl<'f> InnerDocument<'f> {
    /// The innermost document around a byte of a file.
    pub(crate) fn around(file: &'f ProjectFile, at: usize) -> Option<Self> {
        let outer = file.document.as_ref()?;
        let levels = outer.place(&(at..at + 1)).levels;
        let mut documents: Vec<Rc<Document>> = Vec::new();
        documents.extend(levels.iter().map(|level| Rc::clone(&level.document)));
        let inner = levels
            .last()
            .and_then(|level| level.document.inner(level.node));
        documents.extend(inner);
        if documents.is_empty() {
            documents.push(Rc::clone(outer));
        }
        Some(Self { file, documents })
    }

    /// The document itself.
    pub(crate) fn document(&self) -> &Rc<Document> {
        // There is at least the outermost one.
        &self.documents[self.documents.len() - 1]
    }

    /// Where bytes of its text are in the file.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        let documents = self.documents.iter().rev();
        let span = documents.fold(span, |span, document| document.range_around(span));
        self.file.place(span)
    }

    /// Where a byte of the file is in its text.
    pub(crate) fn offset(&self, at: usize) -> usize {
        let documents = self.documents.iter();
        let span = documents.fold(at..at + 1, |span, document| document.range_inside(span));
        span.start
    }
}

/// The value of a node.
pub(crate) struct NodeText<'f> {
    inside: InnerDocument<'f>,
    node: usize,
}

impl<'f> NodeText<'f> {
    /// The innermost value around a byte of a file.
    pub(crate) fn around(file: &'f ProjectFile, at: usize) -> Option<Self> {
        let place = file.document.as_ref()?.place(&(at..at + 1));
        let level = place.levels.last()?;
        let is_value = level.document.tree.node(level.node).kind == NodeKind::Scalar;
        let documents = place.levels.iter().map(|level| Rc::clone(&level.document));
        let documents = documents.collect();
        is_value.then_some(Self {
            inside: InnerDocument { file, documents },
            node: level.node,
        })
    }

    /// The value of a node of the outermost document of a file.
    pub(crate) fn of_node(file: &'f ProjectFile, document: &Rc<Document>, node: usize) -> Self {
        let documents = vec![Rc::clone(document)];
        Self {
            inside: InnerDocument { file, documents },
            node,
        }
    }

    /// Its document.
    pub(crate) fn document(&self) -> &Rc<Document> {
        self.inside.document()
    }

    /// The value as it reads.
    pub(crate) fn text(&self) -> &str {
        let document = self.document();
        document.tree.text(self.node, &document.text)
    }

    /// Says whether a quote of this kind is before it.
    pub(crate) fn is_quoted_with(&self, quote: char) -> bool {
        let document = self.document();
        let start = document.tree.node(self.node).span.start;
        document.text[..start].ends_with(quote)
    }

    /// Where bytes of the value are in the file.
    pub(crate) fn place(&self, range: Range<usize>) -> Place {
        let node = self.document().tree.node(self.node);
        let span = match &node.text {
            Some(mapped) => mapped.source(range),
            None => node.span.start + range.start..node.span.start + range.end,
        };
        self.inside.place(span)
    }
}
