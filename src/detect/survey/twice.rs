//! Names next to each other that would all become one name: in a list, a map, an enum, the rows of a
//! table, or a value with several names.

use super::environment_map::{Maps, host_like};
use super::written::Written;
use crate::catalogue::{Catalogue, Classification, Endpoint};
use crate::detect::Reference;
use crate::syntax::{DocumentPlace, FormatId, NodeKind, Step};
use crate::text::{first_bytes, last_bytes};

const TWICE: &str =
    "another name next to it is or becomes the same name, which would be there twice";

/// Why replacing a reference would write a name twice.
pub(super) fn twice(
    catalogue: &Catalogue,
    written: &Written<'_>,
    place: Option<&DocumentPlace>,
    maps: &mut Maps,
    reference: &Reference<'_>,
) -> Option<&'static str> {
    let same = |name: &str| becomes_the_same(catalogue, name, reference);
    // Several names in one value.
    let url = written.url();
    let around = [&written.read[..url.start], &written.read[url.end..]];
    if written.read.len() < MOST_BYTES
        && around
            .iter()
            .any(|text| host_like(text).any(|(_, name)| same(name)))
    {
        return Some(TWICE);
    }
    let in_group = place.is_some_and(|place| in_group(catalogue, place, maps, reference));
    (in_group || in_rows(written, &same)).then_some(TWICE)
}

/// Values and paragraphs up to this size are searched for other names.
const MOST_BYTES: usize = 4_000;

/// Says whether a name is what a reference becomes, or becomes that too.
fn becomes_the_same(catalogue: &Catalogue, name: &str, reference: &Reference<'_>) -> bool {
    if name.eq_ignore_ascii_case(&reference.name) {
        return false;
    }
    let Some(new) = first(&reference.endpoint) else {
        return false;
    };
    name.eq_ignore_ascii_case(new)
        || match catalogue.classify_host(name) {
            Classification::Endpoint(other) => {
                becomes(&other).is_some_and(|text| text.eq_ignore_ascii_case(new))
            }
            _ => false,
        }
}

/// What a retired name becomes.
pub(super) fn becomes<'e>(endpoint: &'e Endpoint<'_>) -> Option<&'e str> {
    let is_retired = endpoint.pack.is_retired(endpoint.environment);
    first(endpoint).filter(|_| is_retired)
}

fn first<'e>(endpoint: &'e Endpoint<'_>) -> Option<&'e str> {
    endpoint.replacements.first().map(|r| r.text.as_str())
}

/// Says whether a member of the group of a value, or the same member of the next row, becomes the
/// same name.
fn in_group(
    catalogue: &Catalogue,
    place: &DocumentPlace,
    maps: &mut Maps,
    reference: &Reference<'_>,
) -> bool {
    let Some(level) = place.levels.last() else {
        return false;
    };
    let document = &level.document;
    let tree = &document.tree;
    let own = tree.node(level.node);
    let text = tree.text(level.node, &document.text);
    let rest = without(text, &reference.name);
    for (height, group) in tree.groups(level.node).take(2).enumerate() {
        // Statements of a program that happen to be in one file are not a list.
        let unrelated = group == 0 && document.is_code();
        let entries = maps.entries(catalogue, document, group);
        let own_place = entries.partition_point(|entry| entry.node < level.node);
        let near = own_place.saturating_sub(ROWS)..entries.len().min(own_place + ROWS);
        for entry in &entries[near] {
            let new = entry.becomes.as_deref().unwrap_or(&entry.name);
            let is_same = first(&reference.endpoint)
                .is_some_and(|text| text.eq_ignore_ascii_case(new))
                && !entry.name.eq_ignore_ascii_case(&reference.name);
            if entry.node == level.node || !is_same {
                continue;
            }
            let other = tree.node(entry.node);
            let direct = entry.node == entry.member && height == 0;
            let keyed = is_named(&own.step) && is_named(&other.step);
            let row = height == 1
                && own.step == other.step
                && own.kind == NodeKind::Scalar
                && other.parent == entry.member;
            let listed = direct && !keyed && !unrelated;
            // Under keys of their own, values may name one host for different things.
            let equal = || without(tree.text(entry.node, &document.text), &entry.name) == rest;
            if listed || (direct && keyed || row) && equal() {
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
fn in_rows(written: &Written<'_>, same: &dyn Fn(&str) -> bool) -> bool {
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
    let line = &text[start..end];
    let names_same = |line: &str| {
        let line = line.split(" #").next().unwrap_or(line);
        line.len() < MOST_BYTES && host_like(line).any(|(_, name)| same(name))
    };
    let is_row = |other: &&str| {
        let commas = |text: &str| text.matches(',').count();
        let words = |text: &str| text.split_whitespace().count();
        let first = |text: &str| text.split_whitespace().next().map(str::to_owned);
        let cells = commas(line) > 0 && commas(line) == commas(other);
        let bare = |text: &str| words(text) == 1 && !text.contains(['=', ':']);
        let settings =
            words(line) > 1 && words(line) == words(other) && first(line) == first(other);
        let settings = settings || bare(line) && bare(other);
        cells || settings
    };
    let goes_on = |line: &&str| !line.trim().is_empty() && !line.contains(['{', '}', '[']);
    let before = last_bytes(&text[..start], ROWS_BYTES)
        .lines()
        .rev()
        .take(ROWS)
        .take_while(goes_on);
    let after = first_bytes(&text[end..], ROWS_BYTES)
        .lines()
        .skip(1)
        .take(ROWS)
        .take_while(goes_on);
    names_same(line) || by_row && before.chain(after).filter(is_row).any(names_same)
}

/// Rows and members that are looked at on each side.
const ROWS: usize = 100;
/// Bytes of them.
const ROWS_BYTES: usize = 1 << 14;
