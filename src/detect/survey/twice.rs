//! Names next to each other that would all become one name: in a list, a map, an enum, the rows of a
//! table, or a value with several names.

use super::groups::Groups;
use super::names::NewName;
use super::written::Written;
use crate::detect::Reference;
use crate::syntax::{DocumentPlace, FormatId, NodeKind, Step};
use crate::text::{first_bytes, last_bytes};

pub(super) const TWICE: &str =
    "another name next to it is or becomes the same name, which would be there twice";

/// Why replacing a reference would write a name twice.
pub(super) fn twice(
    written: &Written<'_>,
    place: Option<&DocumentPlace>,
    groups: &mut Groups<'_>,
    reference: &Reference<'_>,
) -> Option<&'static str> {
    // Where nothing is written, nothing is there twice.
    let new = NewName::from_reference(reference)?;
    let is_twice = in_value(written, groups, new)
        || place.is_some_and(|place| in_group(place, groups, reference, new))
        || in_rows(written, groups, new);
    is_twice.then_some(TWICE)
}

/// Values and paragraphs up to this size are searched for other names.
const MOST_BYTES: usize = 4_000;
/// Members that are looked at on each side.
const MEMBERS: usize = 100;

/// Says whether a value has such a name besides its own.
fn in_value(written: &Written<'_>, groups: &mut Groups<'_>, new: NewName) -> bool {
    if written.read.len() >= MOST_BYTES {
        return false;
    }
    let url = written.url();
    let mut others = groups
        .names_of_value(written.read)
        .iter()
        .filter(|(name, _)| name.end <= url.start || url.end <= name.start);
    others.any(|(_, meaning)| new.is_also(meaning.id, meaning.becomes))
}

/// Says whether a member of the group of a value, or the same member of the next row, becomes the
/// same name.
fn in_group(
    place: &DocumentPlace,
    groups: &mut Groups<'_>,
    reference: &Reference<'_>,
    new: NewName,
) -> bool {
    let Some(level) = place.levels.last() else {
        return false;
    };
    let document = &level.document;
    let tree = &document.tree;
    let own = tree.node(level.node);
    let mut rest = None;
    for (height, group) in tree.groups(level.node).take(2).enumerate() {
        // Statements of a program that happen to be in one file are not a list.
        let unrelated = group == 0 && document.is_code();
        let group = groups.group(document, group);
        let entries = group.entries();
        let own_place = entries.partition_point(|entry| entry.node < level.node);
        let near = own_place.saturating_sub(MEMBERS)..entries.len().min(own_place + MEMBERS);
        for entry in &entries[near] {
            if entry.node == level.node || !new.is_in_the_end(entry.id, entry.becomes) {
                continue;
            }
            let other = tree.node(entry.node);
            let direct = entry.node == entry.member && height == 0;
            let keyed = is_named(&own.step) && is_named(&other.step);
            let row = height == 1
                && own.step == other.step
                && own.kind == NodeKind::Scalar
                && other.parent == entry.member;
            if direct && !keyed && !unrelated {
                return true;
            }
            if !(direct && keyed || row) {
                continue;
            }
            // Under keys of their own, values may name one host for different things.
            let rest = rest.get_or_insert_with(|| {
                // A longer text is like no entry.
                let text = tree.text(level.node, &document.text);
                (text.len() <= 2 * MOST_BYTES).then(|| without(text, &reference.name))
            });
            let text = tree.text(entry.node, &document.text);
            let is_equal = rest.as_ref().is_some_and(|rest| {
                text.len().checked_sub(entry.length) == Some(rest.len())
                    && without(text, &text[entry.at..entry.at + entry.length]) == *rest
            });
            if is_equal {
                return true;
            }
        }
    }
    false
}

fn is_named(step: &Step) -> bool {
    matches!(step, Step::Key(_) | Step::Attribute(_))
}

/// A value without the name in it.
fn without(text: &str, name: &str) -> String {
    text.to_ascii_lowercase()
        .replacen(&name.to_ascii_lowercase(), "", 1)
}

/// Says whether the line of a name, or a row close to it, has such a name, in a text that is read by its
/// lines.
fn in_rows(written: &Written<'_>, groups: &mut Groups<'_>, new: NewName) -> bool {
    let format = written.format;
    let by_row = format.is_none_or(|id| id.row().reader.is_none() || id == FormatId::Sql);
    let by_line = by_row || format == Some(FormatId::Shell) || format == Some(FormatId::Ini);
    if !by_line {
        return false;
    }
    let (text, value) = (written.text, &written.value);
    let head = last_bytes(&text[..value.start], MOST_BYTES);
    let tail = first_bytes(&text[value.end..], MOST_BYTES);
    let start = head.rfind('\n').map(|at| value.start - head.len() + at + 1);
    let end = tail.find('\n').map(|at| value.end + at);
    let start = start.or_else(|| (head.len() == value.start).then_some(0));
    let end = end.or_else(|| (value.end + tail.len() == text.len()).then_some(text.len()));
    // A longer line is not a row.
    let (Some(start), Some(end)) = (start, end) else {
        return false;
    };
    groups.name_again(text, start..end, by_row, new)
}
