//! Builds a tree in the order of its text, within limits.

use std::ops::Range;

use super::{NodeKind, Step, SyntaxProblem, Tree, TreeNode};
use crate::text::Mapped;

/// Builds a [`Tree`] in the order of the text.
#[derive(Debug)]
pub(crate) struct TreeBuilder {
    tree: Tree,
    open: Vec<usize>,
    /// Groups that were opened past a limit.
    unrecorded: usize,
}

/// Nodes that a tree holds; what comes after is not recorded.
const MOST_NODES: usize = 300_000;
/// Groups in groups; deeper ones are not recorded.
const DEEPEST: usize = 256;

impl TreeBuilder {
    /// Begins a tree with a root of this kind.
    #[must_use]
    pub(crate) fn new(root: NodeKind) -> Self {
        let root = TreeNode {
            parent: 0,
            step: Step::Document(1),
            kind: root,
            key: None,
            span: 0..usize::MAX,
            text: None,
            end: 1,
        };
        Self {
            tree: Tree {
                nodes: vec![root],
                ..Tree::default()
            },
            open: vec![0],
            unrecorded: 0,
        }
    }

    /// Groups of one parent with the same key are one group, written in several places.
    #[must_use]
    pub(crate) fn merging(mut self) -> Self {
        self.tree.merges = true;
        self
    }

    /// Begins a group at the byte `start`, after its key.
    pub(crate) fn open(
        &mut self,
        kind: NodeKind,
        step: Step,
        key: Option<Range<usize>>,
        start: usize,
    ) {
        if self.unrecorded > 0 || self.open.len() >= DEEPEST || !self.has_room(start) {
            if self.open.len() >= DEEPEST {
                self.problem(start, "nested deeper than is recorded");
            }
            self.unrecorded += 1;
            return;
        }
        self.add(kind, step, key, start..start, None);
        self.open.push(self.tree.nodes.len() - 1);
    }

    /// Ends the innermost group at the byte `end`. The root stays open.
    pub(crate) fn close(&mut self, end: usize) {
        if self.unrecorded > 0 {
            self.unrecorded -= 1;
        } else if self.open.len() > 1
            && let Some(node) = self.open.pop()
        {
            self.finish_node(node, end);
        }
    }

    /// A value that is written plainly.
    pub(crate) fn scalar(&mut self, step: Step, key: Option<Range<usize>>, span: Range<usize>) {
        self.value(step, key, span, None);
    }

    /// A value whose bytes say `text`.
    pub(crate) fn decoded(
        &mut self,
        step: Step,
        key: Option<Range<usize>>,
        span: Range<usize>,
        text: Mapped,
    ) {
        self.value(step, key, span, Some(text));
    }

    /// A comment with its marks.
    pub(crate) fn comment(&mut self, span: Range<usize>) {
        self.tree.comments.push(span);
    }

    /// Something that is written as one and may have several values, or values on later lines: an
    /// instruction, a command, an element.
    pub(crate) fn unit(&mut self, span: Range<usize>) {
        self.tree.units.push(span);
    }

    /// A place that is not understood. The first one is kept.
    pub(crate) fn problem(&mut self, at: usize, message: impl Into<String>) {
        if self.tree.problem.is_none() {
            let message = message.into();
            self.tree.problem = Some(SyntaxProblem { at, message });
        }
    }

    /// Groups that are open, besides the root.
    #[must_use]
    pub(crate) fn depth(&self) -> usize {
        self.open.len() - 1 + self.unrecorded
    }

    /// Ends every group at the byte `end` and gives the tree.
    #[must_use]
    pub(crate) fn finish(mut self, end: usize) -> Tree {
        while let Some(node) = self.open.pop() {
            self.finish_node(node, end);
        }
        self.tree.comments.sort_by_key(|c| c.start);
        self.tree.units.sort_by_key(|unit| unit.start);
        self.tree
    }

    fn finish_node(&mut self, node: usize, end: usize) {
        let after = self.tree.nodes.len();
        let node = &mut self.tree.nodes[node];
        node.span.end = end.max(node.span.start);
        node.end = after;
    }

    fn value(
        &mut self,
        step: Step,
        key: Option<Range<usize>>,
        span: Range<usize>,
        text: Option<Mapped>,
    ) {
        if self.unrecorded == 0 && self.has_room(span.start) {
            self.add(NodeKind::Scalar, step, key, span, text);
        }
    }

    fn has_room(&mut self, at: usize) -> bool {
        if self.tree.nodes.len() < MOST_NODES {
            return true;
        }
        self.problem(at, "more values than are recorded");
        false
    }

    fn add(
        &mut self,
        kind: NodeKind,
        step: Step,
        key: Option<Range<usize>>,
        span: Range<usize>,
        text: Option<Mapped>,
    ) {
        let parent = self.open.last().copied().unwrap_or(0);
        let end = self.tree.nodes.len() + 1;
        // The body of a here-document that is a key comes after the value.
        let key = key.filter(|key| key.end <= span.start);
        self.tree.nodes.push(TreeNode {
            parent,
            step,
            kind,
            key,
            span,
            text: text.map(Box::new),
            end,
        });
    }
}
