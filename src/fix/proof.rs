//! The proof of a fix: outside of its edits every byte is the same, every other value of the file
//! reads as before, and what it fixes is gone.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::duplicates::{TextEdit, duplicates};
use super::propose::Proposal;
use crate::edit::Edit;
use crate::engine::Judged;
use crate::facts::Applied;
use crate::syntax::{Content, Document, NodeKind, Step, key_path};
use crate::text::{Decoded, Encoding};

/// Edits are in order, do not overlap, and have the bytes of the file.
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

/// The edits of a fix lie in the references that it fixes, in the URL path after them, or in the
/// encoded run around them; or they delete an entry.
pub(super) fn reach(proposal: &Proposal, items: &[Judged<'_>]) -> Result<(), String> {
    let fixed = |item: &&Judged<'_>| {
        proposal.fixes.iter().any(|fix| {
            fix.start.byte == item.violation.start.byte && fix.from == item.violation.name
        })
    };
    let items: Vec<&Judged<'_>> = items.iter().filter(fixed).collect();
    let deletes = proposal.fixes.iter().all(|fix| fix.to.is_none());
    for edit in &proposal.edits {
        let inside = |item: &&Judged<'_>| {
            let (first, last) = (item.spelling.letters.first(), item.spelling.letters.last());
            let range = match (&item.spelling.encoded, first, last) {
                // With the padding after it.
                (Some(run), ..) => run.start..run.end + 2,
                (None, Some(first), Some(last)) => first.start..last.end,
                _ => return false,
            };
            let path = edit.span.start >= range.end
                && edit.span.start - range.end <= LONGEST_PORT
                && [&b"/"[..], b"\\/", b"%2", b"/\0", b"\0/"]
                    .iter()
                    .any(|slash| edit.old.starts_with(slash));
            range.start <= edit.span.start && edit.span.end <= range.end || path
        };
        let deletion = deletes
            && edit.new.is_empty()
            && items.iter().any(|item| {
                let entry = item.entry.as_ref();
                entry.is_some_and(|e| edit.span.start <= e.start && e.end <= edit.span.end)
            });
        if !deletion && !items.iter().any(inside) {
            return Err("it would change more than the reference".to_owned());
        }
    }
    Ok(())
}

/// `:65535`, in two bytes a character.
const LONGEST_PORT: usize = 12;

fn text_edits(decoded: &Decoded<'_>, encoding: Encoding, edits: &[Edit]) -> Vec<TextEdit> {
    let edits = edits.iter().map(|edit| TextEdit {
        range: decoded.range(edit.span.clone()),
        new: encoding.decode(&edit.new).into_owned(),
    });
    edits.collect()
}

/// The starts of edits after which a name would be there twice that was not before, and why each is refused.
pub(super) fn repeated(
    before: &Content<'_>,
    after: &Content<'_>,
    edits: &[Edit],
) -> BTreeMap<usize, String> {
    let (Some(old), Some(new), Some(decoded)) =
        (&before.document, &after.document, &before.decoded)
    else {
        return BTreeMap::new();
    };
    let edits_of_text = text_edits(decoded, before.encoding, edits);
    let found = duplicates(old, new, &edits_of_text).into_iter();
    found
        .map(|found| (edits[found.edit].span.start, found.reason))
        .collect()
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
        (Some(old), Some(new)) if old.format.id == new.format.id => (old, new),
        _ => return Err("the format of the file would change".to_owned()),
    };
    if let (None, Some(problem)) = (old.problem(), new.problem()) {
        return Err(format!("the file would not parse: {}", problem.message));
    }
    let Some(decoded) = &before.decoded else {
        return Ok(());
    };
    let edits = text_edits(decoded, before.encoding, edits);
    if let Some(duplicate) = duplicates(old, new, &edits).into_iter().next() {
        return Err(duplicate.reason);
    }
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
        let expected = if value.is_edited {
            expected(old, value.node, &edits)
        } else {
            Some(Cow::Borrowed(value.text))
        };
        if expected.is_some_and(|expected| expected != other.text) {
            return Err(format!("`{}` would read otherwise", value.name(old)));
        }
    }
    if new_nodes.next().is_some() {
        return Err("a value would appear".to_owned());
    }
    let kept = |document: &Document, edits: &[TextEdit]| -> Vec<String> {
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

/// What a value with escapes or folds reads as after edits that write letters for letters. Without
/// escapes it reads as it is written.
fn expected<'d>(document: &'d Document, node: usize, edits: &[TextEdit]) -> Option<Cow<'d, str>> {
    let mapped = document.tree.node(node).text.as_ref()?;
    let span = &document.tree.node(node).span;
    let mut text = String::new();
    let mut at = 0;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    for edit in edits
        .iter()
        .filter(|e| span.start <= e.range.start && e.range.end <= span.end)
    {
        if !edit.new.chars().all(plain) {
            return None;
        }
        let range = mapped.text_range(edit.range.clone());
        text.push_str(mapped.text().get(at..range.start)?);
        text.push_str(&edit.new);
        at = range.end;
    }
    text.push_str(mapped.text().get(at..)?);
    Some(Cow::Owned(text))
}

/// A value or group of a document, as it is compared.
struct ComparedValue<'d> {
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

impl ComparedValue<'_> {
    fn name(&self, document: &Document) -> String {
        key_path(&document.tree, &document.text, self.node)
    }
}

/// The values of a document without those in deleted ranges.
fn values<'d>(document: &'d Document, edits: &[TextEdit]) -> Vec<ComparedValue<'d>> {
    let tree = &document.tree;
    let mut values = Vec::new();
    // Nodes before this one lie in a group that is gone.
    let mut gone_until = 0;
    for (number, node) in tree.nodes().iter().enumerate().skip(1) {
        // A key may be elsewhere, such as in the header of a table.
        let whole = match (&node.key, node.span.is_empty()) {
            (Some(key), true) => key,
            _ => &node.span,
        };
        let gone = !whole.is_empty()
            && edits.iter().any(|edit| {
                edit.new.is_empty()
                    && edit.range.start <= whole.start
                    && whole.end <= edit.range.end
            });
        if gone || number < gone_until {
            gone_until = gone_until.max(node.end);
            continue;
        }
        let key_is_edited = node.key.as_ref().is_some_and(|key| touched(key, edits));
        values.push(ComparedValue {
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

fn touched(span: &Range<usize>, edits: &[TextEdit]) -> bool {
    edits
        .iter()
        .any(|edit| edit.range.start < span.end && span.start < edit.range.end)
}

/// Every reference with a fix is gone, and nothing else is gone or new.
pub(super) fn references<'a>(
    before: &[Judged<'_>],
    after: &[Judged<'_>],
    fixed: impl Iterator<Item = &'a Applied>,
) -> Result<(), String> {
    let count = |items: &[Judged<'_>]| {
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
        Err("other references in the file would stay, appear or vanish".to_owned())
    }
}
