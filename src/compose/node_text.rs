//! The value of a node as it reads, with the way back to the bytes of its file.

use std::ops::Range;
use std::rc::Rc;

use super::project::ProjectFile;
use super::value::Place;
use crate::syntax::{Document, DocumentPlace, NodeKind};

/// The value of a node.
pub(crate) struct NodeText<'f> {
    file: &'f ProjectFile,
    /// Its document and those around it, the outermost first.
    documents: Vec<Rc<Document>>,
    node: usize,
}

impl<'f> NodeText<'f> {
    /// The innermost value around a byte of a file.
    pub(crate) fn around(file: &'f ProjectFile, at: usize) -> Option<Self> {
        let place = file.document.as_ref()?.place(&(at..at + 1));
        Self::innermost(file, &place)
    }

    fn innermost(file: &'f ProjectFile, place: &DocumentPlace) -> Option<Self> {
        let level = place.levels.last()?;
        let is_value = level.document.tree.node(level.node).kind == NodeKind::Scalar;
        let documents = place.levels.iter().map(|level| Rc::clone(&level.document));
        is_value.then(|| Self {
            file,
            documents: documents.collect(),
            node: level.node,
        })
    }

    /// The value of a node of the outermost document of a file.
    pub(crate) fn of_node(file: &'f ProjectFile, document: &Rc<Document>, node: usize) -> Self {
        Self {
            file,
            documents: vec![Rc::clone(document)],
            node,
        }
    }

    /// The document of the value.
    pub(crate) fn document(&self) -> &Rc<Document> {
        // There is one: both constructors give at least one.
        &self.documents[self.documents.len() - 1]
    }

    /// The number of the node in it.
    pub(crate) fn node(&self) -> usize {
        self.node
    }

    /// The value as it reads.
    pub(crate) fn text(&self) -> &str {
        let document = self.document();
        document.tree.text(self.node, &document.text)
    }

    /// What is written for it, quotes not included.
    pub(crate) fn source(&self) -> &str {
        let document = self.document();
        let span = document.tree.node(self.node).span.clone();
        document.text.get(span).unwrap_or_default()
    }

    /// Says whether a quote of this kind is before it.
    pub(crate) fn is_quoted_with(&self, quote: char) -> bool {
        let document = self.document();
        let start = document.tree.node(self.node).span.start;
        document.text[..start].ends_with(quote)
    }

    /// Where bytes of the value are in the file.
    pub(crate) fn place(&self, range: Range<usize>) -> Place {
        let document = self.document();
        let node = document.tree.node(self.node);
        let span = match &node.text {
            Some(mapped) => mapped.source(range),
            None => node.span.start + range.start..node.span.start + range.end,
        };
        let mut documents = self.documents.iter().rev();
        let span = documents
            .by_ref()
            .fold(span, |span, document| document.range_around(span));
        self.file.place(span)
    }
}
