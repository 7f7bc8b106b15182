//! Reasons in the text around a host to review its replacement, although the host itself is certain.

use std::net::IpAddr;
use std::ops::Range;

use super::environment_map::{Maps, host_like};
use super::tested::tested;
use super::twice::twice;
use super::written::Written;
use crate::catalogue::{Catalogue, Classification};
use crate::detect::Reference;
use crate::syntax::{NodeKind, Place};

/// Members of a group that are looked at.
const MOST_MEMBERS: usize = 64;

/// Why a reference should not be replaced without review.
pub(super) fn caution(
    catalogue: &Catalogue,
    text: &str,
    span: &Range<usize>,
    place: Option<&Place>,
    maps: &mut Maps,
    reference: &Reference<'_>,
) -> Option<&'static str> {
    let value = Written::new(text, span, place);
    let used_otherwise = tested(&value, place);
    if used_otherwise.is_some() || !reference.endpoint.kind.is_on_network {
        return used_otherwise;
    }
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end..]
        .find('\n')
        .map_or(text.len(), |at| span.end + at);
    let (before, after) = (&text[start..span.start], &text[span.end..end]);
    let written = &text[span.clone()];
    if before.ends_with(['.', '*', '%', '}', ')']) {
        return Some("it is a part of a name or of a pattern");
    }
    if written.contains("\\.") || written.contains("[.]") {
        return Some("it is a pattern: decide what it should match");
    }
    if in_a_sentence(before) {
        return Some("it is in a sentence");
    }
    if place.is_some_and(describes) {
        return Some("its key says that it is text for readers");
    }
    // As it reads: `https:\/\/` is `https://`.
    let read = Some(value.before_name()).filter(|read| !read.is_empty());
    let read = read.unwrap_or(before);
    let one_slash = read.ends_with('/') && !read.ends_with("//");
    let extension = after
        .strip_prefix('.')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    if one_slash || extension {
        return Some("it is a part of a file name or a path");
    }
    if before
        .split_whitespace()
        .chain(after.split_whitespace())
        .any(has_address)
    {
        return Some("an address is on the same line");
    }
    let first = before.split_whitespace().next();
    if first.is_some_and(|word| word.parse::<IpAddr>().is_ok()) {
        return Some("its line gives the name an address");
    }
    let line = host_like(before)
        .chain(host_like(after))
        .map(|(_, name)| name);
    if names_replacement(catalogue, line, reference)
        || place.is_some_and(|place| has_replacement_in_group(catalogue, place, reference))
    {
        return Some("its replacement is next to it");
    }
    twice(catalogue, &value, place, maps, reference)
}

fn has_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let pieces = word.split([':', '"', '\'', ',', '=', '/']);
    pieces
        .filter(|piece| piece.contains('.'))
        .any(|piece| piece.parse::<IpAddr>().is_ok_and(|ip| !ip.is_loopback()))
}

/// Says whether two words precede a name: options and commands look different.
fn in_a_sentence(before: &str) -> bool {
    let head = before.trim_end_matches(|c: char| !c.is_whitespace());
    let is_word = |word: &str| {
        let letters = word.trim_end_matches([',', ':', ';']);
        letters.len() > 1 && letters.bytes().all(|b| b.is_ascii_lowercase())
    };
    let mut words = head.split_whitespace().rev();
    words.next().is_some_and(is_word) && words.next().is_some_and(is_word)
}

/// Keys of texts for readers.
const DESCRIBING: [&str; 9] = [
    "comment",
    "comments",
    "description",
    "documentation",
    "note",
    "notes",
    "remarks",
    "summary",
    "title",
];

fn describes(place: &Place) -> bool {
    let names = place.names();
    names.last().is_some_and(|name| {
        let plain = name.rsplit(':').next().unwrap_or(name);
        DESCRIBING.iter().any(|d| plain.eq_ignore_ascii_case(d))
    })
}

/// Says whether a name is of the same service in the replacing environment.
fn names_replacement<'n>(
    catalogue: &Catalogue,
    mut names: impl Iterator<Item = &'n str>,
    reference: &Reference<'_>,
) -> bool {
    let endpoint = &reference.endpoint;
    let environment = endpoint.pack.environment(endpoint.environment);
    let target = environment.and_then(|e| e.replacement.as_deref());
    names.any(|name| match catalogue.classify_host(name) {
        Classification::Endpoint(other) => {
            Some(other.environment) == target && other.service == endpoint.service
        }
        _ => false,
    })
}

/// Says whether a value of the same group names the replacement: an old name and a new one.
fn has_replacement_in_group(
    catalogue: &Catalogue,
    place: &Place,
    reference: &Reference<'_>,
) -> bool {
    let Some(level) = place.levels.last() else {
        return false;
    };
    let (tree, text) = (&level.document.tree, &level.document.text);
    let group = tree.node(level.node).parent;
    if group == 0 {
        return false;
    }
    let values = tree
        .members(group)
        .take(MOST_MEMBERS)
        .filter(|&member| member != level.node && tree.node(member).kind == NodeKind::Scalar);
    let names = values.flat_map(|member| host_like(tree.text(member, text)).map(|(_, name)| name));
    names_replacement(catalogue, names, reference)
}
