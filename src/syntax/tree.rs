//! What a parser understood of a file: its keys and values as a tree, and its comments. Every
//! format is read into the same tree, so that places, key paths and siblings are asked for once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::text::Mapped;

/// Reads one format. A text that is not understood to its end gives what was understood, and a
/// [`SyntaxProblem`]; a reader never fails and never panics.
pub trait Syntax: Sync {
    /// Reads a text.
    fn read(&self, source: &str) -> Tree;
}

/// The keys and values of a text. Spans are byte ranges of that text.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// In the order of their spans' starts; the first is the root.
    nodes: Vec<TreeNode>,
    comments: Vec<Range<usize>>,
    units: Vec<Range<usize>>,
    problem: Option<SyntaxProblem>,
    merges: bool,
    /// For a group that was asked about: its members whose key others have too, with their numbers.
    repeated: RefCell<HashMap<usize, HashMap<usize, usize>>>,
}

/// A value, or a group of values.
#[derive(Debug, Clone)]
pub struct TreeNode {
    /// The group it belongs to; the root belongs to itself.
    pub parent: usize,
    /// What leads to it from its group.
    pub step: Step,
    /// What it is.
    pub kind: NodeKind,
    /// Bytes of its key, without quotes.
    pub key: Option<Range<usize>>,
    /// Bytes of the value without quotes; of a group from after its key to its end.
    pub span: Range<usize>,
    /// The value where it is not written plainly.
    pub text: Option<Box<Mapped>>,
    /// The node after the last one below it: its descendants are the nodes between.
    pub end: usize,
}

/// What leads from a group to one of its members.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// A key, or the name of an element.
    Key(String),
    /// An attribute.
    Attribute(String),
    /// A position in a list, from 0.
    Item(usize),
    /// A document of a stream, from 1.
    Document(usize),
    /// The text of an element, which has no name of its own.
    Text,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// Members by key.
    Mapping,
    /// Members by position.
    Sequence,
    /// A single value.
    Scalar,
}

/// The first place that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxProblem {
    /// Byte offset.
    pub at: usize,
    /// What is wrong there.
    pub message: String,
}

/// Builds a [`Tree`] in the order of the text.
#[derive(Debug)]
pub struct TreeBuilder {
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
    pub fn new(root: NodeKind) -> Self {
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
    pub fn merging(mut self) -> Self {
        self.tree.merges = true;
        self
    }

    /// Begins a group at the byte `start`, after its key.
    pub fn open(&mut self, kind: NodeKind, step: Step, key: Option<Range<usize>>, start: usize) {
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
    pub fn close(&mut self, end: usize) {
        if self.unrecorded > 0 {
            self.unrecorded -= 1;
        } else if self.open.len() > 1
            && let Some(node) = self.open.pop()
        {
            self.finish_node(node, end);
        }
    }

    /// A value that is written plainly.
    pub fn scalar(&mut self, step: Step, key: Option<Range<usize>>, span: Range<usize>) {
        self.value(step, key, span, None);
    }

    /// A value whose bytes say `text`.
    pub fn decoded(
        &mut self,
        step: Step,
        key: Option<Range<usize>>,
        span: Range<usize>,
        text: Mapped,
    ) {
        self.value(step, key, span, Some(text));
    }

    /// A comment with its marks.
    pub fn comment(&mut self, span: Range<usize>) {
        self.tree.comments.push(span);
    }

    /// Something that is written as one and may have several values, or values on later lines: an
    /// instruction, a command, an element.
    pub fn unit(&mut self, span: Range<usize>) {
        self.tree.units.push(span);
    }

    /// A place that is not understood. The first one is kept.
    pub fn problem(&mut self, at: usize, message: impl Into<String>) {
        if self.tree.problem.is_none() {
            let message = message.into();
            self.tree.problem = Some(SyntaxProblem { at, message });
        }
    }

    /// Groups that are open, besides the root.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.open.len() - 1 + self.unrecorded
    }

    /// The kind of the innermost open group.
    #[must_use]
    pub fn kind(&self) -> NodeKind {
        let innermost = self.open.last().copied().unwrap_or(0);
        self.tree.nodes[innermost].kind
    }

    /// Ends every group at the byte `end` and gives the tree.
    #[must_use]
    pub fn finish(mut self, end: usize) -> Tree {
        while let Some(node) = self.open.pop() {
            self.finish_node(node, end);
        }
        self.tree.comments.sort_by_key(|c| c.start);
        self.tree.units.sort_by_key(|unit| unit.start);
        self.tree
    }

    fn finish_node(&mut self, node: usize, end: usize) {
        let behind = self.tree.nodes.len();
        let node = &mut self.tree.nodes[node];
        node.span.end = end.max(node.span.start);
        node.end = behind;
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

impl Tree {
    /// The first place that was not understood.
    #[must_use]
    pub fn problem(&self) -> Option<&SyntaxProblem> {
        self.problem.as_ref()
    }

    /// Says whether groups of one parent with the same key are one group.
    #[must_use]
    pub fn merges(&self) -> bool {
        self.merges
    }

    /// A node by number; 0 is the root.
    #[must_use]
    pub fn node(&self, number: usize) -> &TreeNode {
        &self.nodes[number]
    }

    /// All nodes in the order of the text.
    #[must_use]
    pub fn nodes(&self) -> &[TreeNode] {
        &self.nodes
    }

    /// All comments in the order of the text.
    #[must_use]
    pub fn comments(&self) -> &[Range<usize>] {
        &self.comments
    }

    /// Instructions, commands and elements, in the order of their starts.
    #[must_use]
    pub fn units(&self) -> &[Range<usize>] {
        &self.units
    }

    /// Says whether the byte at `at` is in a comment.
    #[must_use]
    pub fn is_comment(&self, at: usize) -> bool {
        self.comment_at(at).is_some()
    }

    /// The comment in which the byte at `at` is.
    #[must_use]
    pub fn comment_at(&self, at: usize) -> Option<&Range<usize>> {
        let next = self.comments.partition_point(|c| c.start <= at);
        let comment = self.comments.get(next.checked_sub(1)?)?;
        comment.contains(&at).then_some(comment)
    }

    /// The value that holds the bytes of `span`.
    #[must_use]
    pub fn value_at(&self, span: &Range<usize>) -> Option<usize> {
        let next = self.nodes.partition_point(|n| n.span.start <= span.start);
        (0..next).rev().take(NEAR).find(|&number| {
            let node = &self.nodes[number];
            node.kind == NodeKind::Scalar && span.end <= node.span.end
        })
    }

    /// The node whose key holds the bytes of `span`.
    #[must_use]
    pub fn key_at(&self, span: &Range<usize>) -> Option<usize> {
        let next = self.nodes.partition_point(|n| n.span.start < span.end);
        (next..self.nodes.len()).take(NEAR).find(|&number| {
            let key = self.nodes[number].key.as_ref();
            key.is_some_and(|k| k.start <= span.start && span.end <= k.end)
        })
    }

    /// The position of a node among the members of its group with the same key, if there are several.
    #[must_use]
    pub fn index_among_equals(&self, number: usize) -> Option<usize> {
        let group = self.nodes[number].parent;
        let mut repeated = self.repeated.borrow_mut();
        let indexes = repeated.entry(group).or_insert_with(|| {
            let mut equals: HashMap<&Step, Vec<usize>> = HashMap::new();
            for member in self.members(group) {
                equals
                    .entry(&self.nodes[member].step)
                    .or_default()
                    .push(member);
            }
            let several = equals.into_values().filter(|members| members.len() > 1);
            several
                .flat_map(|members| members.into_iter().enumerate())
                .map(|(index, member)| (member, index))
                .collect()
        });
        indexes.get(&number).copied()
    }

    /// The members of a group.
    pub fn members(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = group + 1;
        let end = self.nodes[group].end;
        std::iter::from_fn(move || {
            let member = next;
            (member < end).then(|| {
                next = self.nodes[member].end;
                member
            })
        })
    }

    /// The groups around a node, from the inner to the outer one, the root last.
    pub fn groups(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = node;
        std::iter::from_fn(move || {
            (at != 0).then(|| {
                at = self.nodes[at].parent;
                at
            })
        })
    }

    /// The text of a value of the `source` from which the tree was built.
    #[must_use]
    pub fn text<'t>(&'t self, node: usize, source: &'t str) -> &'t str {
        let node = &self.nodes[node];
        match &node.text {
            Some(mapped) => mapped.text(),
            None => source.get(node.span.clone()).unwrap_or_default(),
        }
    }
}

/// Nodes looked at around a place: several may begin at one byte, none in between is longer.
const NEAR: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    /// `{a: [x, y], b: z}` with a comment after.
    fn tree() -> Tree {
        let mut builder = TreeBuilder::new(NodeKind::Mapping);
        let key = |name: &str| Step::Key(name.to_owned());
        builder.open(NodeKind::Sequence, key("a"), Some(1..2), 4);
        builder.scalar(Step::Item(0), None, 5..6);
        builder.scalar(Step::Item(1), None, 8..9);
        builder.close(10);
        builder.scalar(key("b"), Some(12..13), 15..16);
        builder.comment(18..25);
        builder.finish(25)
    }

    #[test]
    fn values_keys_and_comments_are_found_by_their_bytes() {
        let tree = tree();
        assert_eq!(tree.value_at(&(8..9)), Some(3));
        assert_eq!(tree.value_at(&(15..16)), Some(4));
        assert_eq!(tree.value_at(&(6..7)), None);
        assert_eq!(tree.key_at(&(1..2)), Some(1));
        assert_eq!(tree.key_at(&(12..13)), Some(4));
        assert_eq!(tree.key_at(&(15..16)), None);
        assert!(tree.is_comment(20));
        assert!(!tree.is_comment(25));
    }

    #[test]
    fn members_and_groups_follow_the_nesting() {
        let tree = tree();
        assert_eq!(tree.members(0).collect::<Vec<_>>(), [1, 4]);
        assert_eq!(tree.members(1).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(tree.groups(3).collect::<Vec<_>>(), [1, 0]);
    }

    #[test]
    fn groups_past_the_depth_limit_are_left_out_and_said() {
        let mut builder = TreeBuilder::new(NodeKind::Sequence);
        for at in 0..1000 {
            builder.open(NodeKind::Sequence, Step::Item(0), None, at);
        }
        builder.scalar(Step::Item(0), None, 1000..1001);
        for at in 0..1000 {
            builder.close(1001 + at);
        }
        builder.scalar(Step::Item(1), None, 3000..3001);
        let tree = builder.finish(3001);
        assert!(tree.problem().is_some());
        assert_eq!(tree.members(0).count(), 2);
        assert!(tree.value_at(&(1000..1001)).is_none());
    }
}
