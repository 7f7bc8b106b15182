//! The proof of a fix: outside of its edits every byte is the same, every other value of the file
//! reads as before, and what it fixes is gone.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Edit;
use super::file::{Content, Item};
use crate::report::Applied;
use crate::syntax::{Document, NodeKind, Step, key_path};

/// Edits are in order, do not overlap, and hold what stands in the file.
pub(super) fn bytes(before: &[u8], edits: &[Edit]) -> Result<(), String> {
    let mut end = 0;
    for edit in edits {
        if edit.span.start < end || before.get(edit.span.clone()) != Some(&edit.old[..]) {
            return Err("its edits overlap".to_owned());
        }
        end = edit.span.end;
    }
    Ok(())
}

/// What reads as a file before reads the same afterwards, but for the edits.
pub(super) fn structure(
    before: &Content<'_>,
    after: &Content<'_>,
    edits: &[Edit],
) -> Result<(), String> {
    if before.encoding != after.encoding {
        return Err("the encoding of the file would change".to_owned());
    }
    let (old, new) = match (&before.document, &after.document) {
        (None, None) => return Ok(()),
        (Some(old), Some(new)) if old.format == new.format => (old, new),
        _ => return Err("the format of the file would change".to_owned()),
    };
    if let (None, Some(problem)) = (old.problem(), new.problem()) {
        return Err(format!("the file would not parse: {}", problem.message));
    }
    let Some(decoded) = &before.decoded else {
        return Ok(());
    };
    let edits: Vec<(Range<usize>, bool)> = edits
        .iter()
        .map(|edit| (decoded.range(edit.span.clone()), edit.new.is_empty()))
        .collect();
    let mut new_nodes = values(new, &[]).into_iter();
    for value in values(old, &edits) {
        let Some(other) = new_nodes.next() else {
            return Err("a value would be lost".to_owned());
        };
        if value.depth != other.depth || value.kind != other.kind {
            return Err(format!("`{}` would change its place", value.name(old)));
        }
        if !value.key_is_edited && value.key != other.key {
            return Err(format!("the name of `{}` would change", value.name(old)));
        }
        if !value.is_edited && value.text != other.text {
            return Err(format!("`{}` would change too", value.name(old)));
        }
    }
    if new_nodes.next().is_some() {
        return Err("a value would appear".to_owned());
    }
    let kept = |document: &Document, edits: &[(Range<usize>, bool)]| -> Vec<String> {
        let comments = document.tree.comments().iter();
        comments
            .filter(|comment| !touched(comment, edits))
            .map(|comment| {
                document
                    .text
                    .get((*comment).clone())
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect()
    };
    let comments = kept(new, &[]);
    let mut rest = comments.iter();
    // Edited comments are between those that stay.
    if kept(old, &edits)
        .iter()
        .all(|comment| rest.any(|c| c == comment))
    {
        Ok(())
    } else {
        Err("a comment would change too".to_owned())
    }
}

/// A value or group of a document, as it is compared.
struct Value<'d> {
    node: usize,
    /// Groups around it.
    depth: usize,
    kind: NodeKind,
    /// The name that leads to it; positions move when an entry goes.
    key: &'d str,
    key_is_edited: bool,
    /// What a single value reads as.
    text: &'d str,
    is_edited: bool,
}

impl Value<'_> {
    fn name(&self, document: &Document) -> String {
        key_path(&document.tree, &document.text, self.node)
    }
}

/// The values of a document without those in deleted ranges.
fn values<'d>(document: &'d Document, edits: &[(Range<usize>, bool)]) -> Vec<Value<'d>> {
    let tree = &document.tree;
    let mut values = Vec::new();
    for (number, node) in tree.nodes().iter().enumerate().skip(1) {
        let start = node
            .key
            .as_ref()
            .map_or(node.span.start, |key| key.start.min(node.span.start));
        let whole = start..node.span.end;
        let gone = edits.iter().any(|(range, deleted)| {
            *deleted && range.start <= whole.start && whole.end <= range.end && !whole.is_empty()
        });
        if gone {
            continue;
        }
        let key_is_edited = node.key.as_ref().is_some_and(|key| touched(key, edits));
        values.push(Value {
            node: number,
            depth: tree.groups(number).count(),
            kind: node.kind,
            key: match &node.step {
                Step::Key(name) | Step::Attribute(name) => name,
                _ => "",
            },
            key_is_edited,
            text: match node.kind {
                NodeKind::Scalar => tree.text(number, &document.text),
                _ => "",
            },
            is_edited: touched(&node.span, edits),
        });
    }
    values
}

fn touched(span: &Range<usize>, edits: &[(Range<usize>, bool)]) -> bool {
    edits
        .iter()
        .any(|(range, _)| range.start < span.end && span.start < range.end)
}

/// What was to be fixed is gone, and nothing else is gone or new.
pub(super) fn references<'a>(
    before: &[Item<'_>],
    after: &[Item<'_>],
    fixed: impl Iterator<Item = &'a Applied>,
) -> Result<(), String> {
    let count = |items: &[Item<'_>]| {
        let mut counts: BTreeMap<(String, String), isize> = BTreeMap::new();
        for item in items {
            let key = (item.violation.rule.clone(), item.violation.name.clone());
            *counts.entry(key).or_default() += 1;
        }
        counts
    };
    let mut left = count(before);
    for fix in fixed {
        *left
            .entry((fix.rule.clone(), fix.from.clone()))
            .or_default() -= 1;
    }
    left.retain(|_, count| *count != 0);
    if left == count(after) {
        Ok(())
    } else {
        Err("what it fixes would still be there, or something else would change".to_owned())
    }
}
