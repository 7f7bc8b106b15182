//! What a parser understood of a file: its keys and values as a tree, and its comments. Every
//! format is read into the same tree, so that places, key paths and siblings are asked for once.

mod tree_builder;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

pub(crate) use tree_builder::TreeBuilder;

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
    /// For a group that was asked about.
    repeated: RefCell<HashMap<usize, RepeatedKeys>>,
}

/// The members of a group whose key others have too.
#[derive(Debug, Clone, Default)]
struct RepeatedKeys {
    asked: usize,
    /// The position of each among those with its key, once that was asked for often.
    indexes: Option<HashMap<usize, usize>>,
}

/// Members of a group whose keys are compared with all others in it, before the keys are sorted out for all.
const COMPARED_MEMBERS: usize = 4;

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
        let repeated = repeated.entry(group).or_default();
        repeated.asked += 1;
        if repeated.asked <= COMPARED_MEMBERS {
            return self.index_by_comparing(number);
        }
        let indexes = repeated.indexes.get_or_insert_with(|| self.indexes(group));
        indexes.get(&number).copied()
    }

    fn index_by_comparing(&self, number: usize) -> Option<usize> {
        let node = &self.nodes[number];
        let is_equal = |member: &usize| self.nodes[*member].step == node.step;
        let (mut before, mut after) = (0, 0);
        for member in self.members(node.parent).filter(is_equal) {
            before += usize::from(member < number);
            after += usize::from(number < member);
        }
        (before + after > 0).then_some(before)
    }

    /// The positions of all members of a group that share their key.
    fn indexes(&self, group: usize) -> HashMap<usize, usize> {
        let mut equals: HashMap<&Step, Vec<usize>> = HashMap::new();
        for member in self.members(group) {
            let step = &self.nodes[member].step;
            equals.entry(step).or_default().push(member);
        }
        let several = equals.into_values().filter(|members| members.len() > 1);
        several
            .flat_map(|members| members.into_iter().enumerate())
            .map(|(index, member)| (member, index))
            .collect()
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
mod tests;
