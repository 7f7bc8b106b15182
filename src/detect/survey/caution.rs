//! Reasons in the text around a host to review its replacement, although the host itself is certain.

use std::collections::HashMap;
use std::net::IpAddr;
use std::ops::Range;

use super::groups::Groups;
use super::indirect;
use super::names::{Names, Pair, host_like};
use super::tested::{self, tested};
use super::twice::{TWICE, twice};
use super::written::Written;
use crate::detect::Reference;
use crate::syntax::DocumentPlace;
use crate::text::{first_bytes, last_bytes};

const PATTERN: &str = "it is a pattern: decide what it should match";
const PART_OF_PATTERN: &str = "it is a part of a name or of a pattern";
const ADDRESS: &str = "an address is on the same line";
const GIVES_ADDRESS: &str = "its line gives the name an address";
const REPLACEMENT_NEAR: &str = "its replacement is next to it";

/// Says whether a reason to review one use of a name is one to review its other uses in the file: changed
/// alone, they no longer agree with it.
pub(crate) fn concerns_every_use(reason: &str) -> bool {
    let of_place = [PATTERN, PART_OF_PATTERN, ADDRESS, GIVES_ADDRESS, TWICE];
    of_place.contains(&reason) || tested::is_a_reason(reason) || indirect::is_a_reason(reason)
}

/// Bytes before a name in which its sentence is looked for.
const SENTENCE: usize = 1024;
/// Bytes of a host name that touches a reference.
const TOUCHING_NAME: usize = 256;
/// Bytes of a word that touches a reference, in which an address is looked for.
const TOUCHING_ADDRESS: usize = 64;

/// Finds the cautions of the references in a text. Each line and each group is read once, whatever the
/// number of references in it.
pub(super) struct Cautions<'t, 'c> {
    text: &'t str,
    line: Option<Line<'c>>,
}

/// What is on a line, or on the lines of a name that is cut in two.
struct Line<'c> {
    bytes: Range<usize>,
    /// It is one line.
    is_single: bool,
    /// Its first word is an address, as in a file of hosts.
    begins_with_address: bool,
    addresses: Extremes,
    named: HashMap<Pair<'c>, Extremes>,
}

/// The things of a kind on a line, as far as they matter: that which ends first and that which begins
/// last.
struct Extremes {
    first_end: usize,
    last_start: usize,
}

impl Default for Extremes {
    fn default() -> Self {
        Self {
            first_end: usize::MAX,
            last_start: 0,
        }
    }
}

impl Extremes {
    fn add(&mut self, bytes: Range<usize>) {
        self.first_end = self.first_end.min(bytes.end);
        self.last_start = self.last_start.max(bytes.start);
    }

    /// Says whether one of them is outside of a span.
    fn any_outside(&self, span: &Range<usize>) -> bool {
        self.first_end != usize::MAX
            && (self.first_end <= span.start || span.end <= self.last_start)
    }
}

impl<'t, 'c> Cautions<'t, 'c> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, line: None }
    }

    /// Why a reference should not be replaced without review. `names` are the keys of its place.
    pub(super) fn caution(
        &mut self,
        span: &Range<usize>,
        place: Option<&DocumentPlace>,
        names: &[String],
        groups: &mut Groups<'c>,
        reference: &Reference<'c>,
    ) -> Option<&'static str> {
        let value = Written::new(self.text, span, place);
        let used_otherwise = tested(&value, place, names, groups);
        if used_otherwise.is_some() || !reference.endpoint.kind.is_on_network {
            return used_otherwise;
        }
        let text = self.text;
        let line = self.line_around(span, &mut groups.names);
        let (before, after) = (
            &text[line.bytes.start..span.start],
            &text[span.end..line.bytes.end],
        );
        let written = &text[span.clone()];
        if before.ends_with(['.', '*', '%', '}', ')']) {
            return Some(PART_OF_PATTERN);
        }
        if written.contains("\\.") || written.contains("[.]") {
            return Some(PATTERN);
        }
        if in_a_sentence(last_bytes(before, SENTENCE)) {
            return Some("it is in a sentence");
        }
        if names.last().is_some_and(|name| describes(name)) {
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
        if line.has_address_outside(span, before, after) {
            return Some(ADDRESS);
        }
        if line.begins_with_address {
            return Some(GIVES_ADDRESS);
        }
        let endpoint = &reference.endpoint;
        let environment = endpoint.pack.environment(endpoint.environment);
        let target = environment.and_then(|e| e.replacement.as_deref());
        if target.is_some_and(|target| {
            let replacement = (target, endpoint.service);
            line.names_outside(replacement, span, (before, after), &mut groups.names)
                || place.is_some_and(|place| names_in_group(groups, replacement, place))
        }) {
            return Some(REPLACEMENT_NEAR);
        }
        // A row of a pack may have a replacement of its own.
        twice(&value, place, groups, reference)
    }

    /// The line of a span, or the lines if it is cut in two.
    fn line_around(&mut self, span: &Range<usize>, names: &mut Names<'c>) -> &Line<'c> {
        let known = self.line.take().filter(|line| {
            line.is_single && line.bytes.start <= span.start && span.end <= line.bytes.end
        });
        let line = known.unwrap_or_else(|| {
            let text = self.text.as_bytes();
            let start = memchr::memrchr(b'\n', &text[..span.start]).map_or(0, |at| at + 1);
            let end =
                memchr::memchr(b'\n', &text[span.end..]).map_or(text.len(), |at| span.end + at);
            Line::read(names, self.text, start..end)
        });
        self.line.insert(line)
    }
}

/// Says whether another value of the same group names a service of an environment: an old name and
/// a new one.
fn names_in_group(groups: &mut Groups<'_>, pair: Pair<'_>, place: &DocumentPlace) -> bool {
    let Some(level) = place.levels.last() else {
        return false;
    };
    let group = level.document.tree.node(level.node).parent;
    group != 0
        && groups
            .group(&level.document, group)
            .names_elsewhere(pair, level.node)
}

impl<'c> Line<'c> {
    fn read(names: &mut Names<'c>, text: &str, bytes: Range<usize>) -> Self {
        let written = &text[bytes.clone()];
        let first = written.split_whitespace().next();
        let mut line = Self {
            is_single: memchr::memchr(b'\n', written.as_bytes()).is_none(),
            begins_with_address: first.is_some_and(|word| word.parse::<IpAddr>().is_ok()),
            addresses: Extremes::default(),
            named: HashMap::new(),
            bytes,
        };
        for word in written.split_whitespace() {
            let start = line.bytes.start + offset(written, word);
            for (at, address) in addresses(word) {
                line.addresses.add(start + at..start + at + address.len());
            }
        }
        for (at, name) in host_like(written) {
            if let Some(pair) = names.meaning(name).pair {
                let start = line.bytes.start + at;
                let extremes = line.named.entry(pair).or_default();
                extremes.add(start..start + name.len());
            }
        }
        line
    }

    fn has_address_outside(&self, span: &Range<usize>, before: &str, after: &str) -> bool {
        let is_blank = |c: char| c.is_whitespace();
        let last = last_bytes(before, TOUCHING_ADDRESS).rsplit(is_blank).next();
        let first = first_bytes(after, TOUCHING_ADDRESS).split(is_blank).next();
        last.is_some_and(has_address)
            || first.is_some_and(has_address)
            || self.addresses.any_outside(span)
    }

    /// Says whether the line names a service of an environment outside of a span.
    fn names_outside(
        &self,
        pair: Pair<'_>,
        span: &Range<usize>,
        (before, after): (&str, &str),
        names: &mut Names<'c>,
    ) -> bool {
        let separates = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
        let last = last_bytes(before, TOUCHING_NAME).rsplit(separates).next();
        let first = first_bytes(after, TOUCHING_NAME).split(separates).next();
        let mut touching = last.into_iter().chain(first).flat_map(host_like);
        touching.any(|(_, name)| names.meaning(name).pair == Some(pair))
            || (self.named.get(&pair)).is_some_and(|names| names.any_outside(span))
    }
}

/// Where a part of a text is in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

/// The addresses in a word, with their offsets.
fn addresses(word: &str) -> impl Iterator<Item = (usize, &str)> {
    let trimmed = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let pieces = trimmed.split([':', '"', '\'', ',', '=', '/']);
    pieces
        .filter(|piece| piece.contains('.'))
        .filter(|piece| piece.parse::<IpAddr>().is_ok_and(|ip| !ip.is_loopback()))
        .map(move |piece| (offset(word, piece), piece))
}

fn has_address(word: &str) -> bool {
    addresses(word).next().is_some()
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

fn describes(name: &str) -> bool {
    let plain = name.rsplit(':').next().unwrap_or(name);
    DESCRIBING.iter().any(|d| plain.eq_ignore_ascii_case(d))
}
