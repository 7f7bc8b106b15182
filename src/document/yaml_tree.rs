//! A YAML document as a tree whose nodes know their byte range.

use std::ops::Range;

/// A step on the way from the root of a document to a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathStep {
    /// The value of a key.
    Key(String),
    /// An item of a list, from 0.
    Index(usize),
}

/// A node and its byte range in the text.
#[derive(Debug, Clone)]
pub(crate) struct YamlNode {
    /// Byte range of the node.
    pub span: Range<usize>,
    /// What it holds.
    pub value: YamlValue,
}

/// The content of a node.
#[derive(Debug, Clone)]
pub(crate) enum YamlValue {
    /// A scalar; `plain` when it was written without quotes.
    Scalar { text: String, plain: bool },
    /// A list.
    Sequence(Vec<YamlNode>),
    /// Keys and values in document order.
    Mapping(Vec<(YamlNode, YamlNode)>),
}

/// The root node; an empty document has none.
#[derive(Debug, Clone)]
pub(crate) struct YamlTree {
    /// The root.
    pub root: Option<YamlNode>,
}

impl YamlTree {
    /// The span of the node at `path`, or of its nearest existing ancestor.
    #[must_use]
    pub(crate) fn span_of(&self, path: &[PathStep]) -> Range<usize> {
        let Some(mut node) = self.root.as_ref() else {
            return 0..0;
        };
        let mut span = match node.value {
            YamlValue::Mapping(ref entries) => entries
                .first()
                .map_or(node.span.clone(), |(key, _)| key.span.clone()),
            _ => node.span.clone(),
        };
        for step in path {
            let next = match (&node.value, step) {
                (YamlValue::Mapping(entries), PathStep::Key(key)) => entries
                    .iter()
                    .find(|(k, _)| k.scalar() == Some(key))
                    .map(|(k, v)| (v, v.own_span(&k.span))),
                (YamlValue::Sequence(items), PathStep::Index(index)) => items
                    .get(*index)
                    .map(|item| (item, item.own_span(&item.span))),
                _ => None,
            };
            let Some((found, at)) = next else { break };
            node = found;
            span = at;
        }
        span
    }
}

impl YamlNode {
    /// The scalars in this node, keys included, in document order.
    #[must_use]
    pub(crate) fn scalars(&self) -> Vec<(&str, Range<usize>)> {
        match &self.value {
            YamlValue::Scalar { text, .. } => vec![(text.as_str(), self.span.clone())],
            YamlValue::Sequence(items) => items.iter().flat_map(Self::scalars).collect(),
            YamlValue::Mapping(entries) => entries
                .iter()
                .flat_map(|(key, value)| key.scalars().into_iter().chain(value.scalars()))
                .collect(),
        }
    }

    /// The text, when the node is a scalar.
    #[must_use]
    pub(crate) fn scalar(&self) -> Option<&str> {
        match &self.value {
            YamlValue::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// A scalar is pointed at itself; a collection at its key or its first key, since a label
    /// over twenty lines says nothing.
    fn own_span(&self, key: &Range<usize>) -> Range<usize> {
        match &self.value {
            YamlValue::Scalar { .. } => self.span.clone(),
            YamlValue::Sequence(_) => key.clone(),
            YamlValue::Mapping(entries) => match entries.first() {
                Some((first, _)) if *key == self.span => first.span.clone(),
                _ => key.clone(),
            },
        }
    }
}
