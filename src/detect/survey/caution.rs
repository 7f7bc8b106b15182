//! Reasons in the text around a host to review its replacement, although the host itself is certain.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;
use std::ops::Range;

use super::environment_map::{Maps, host_like};
use super::tested::tested;
use super::twice::twice;
use super::written::Written;
use crate::catalogue::{Catalogue, Classification};
use crate::detect::Reference;
use crate::syntax::{DocumentPlace, NodeKind};
use crate::text::{first_bytes, last_bytes};

/// Members of a group that are looked at.
const MOST_MEMBERS: usize = 64;
/// Bytes before a name in which its sentence is looked for.
const SENTENCE: usize = 1024;
/// Bytes of a host name that touches a reference.
const TOUCHING_NAME: usize = 256;
/// Bytes of a word that touches a reference, in which an address is looked for.
const TOUCHING_ADDRESS: usize = 64;

/// Finds the cautions of the references in a text. Each line and each group is read once, whatever the
/// number of references in it.
pub(super) struct Cautions<'t, 'c> {
    catalogue: &'c Catalogue,
    text: &'t str,
    line: Option<Line<'c>>,
    groups: HashMap<(usize, usize), Vec<Member<'c>>>,
}

/// An environment and a service.
type Pair<'c> = (&'c str, &'c str);

/// A member of a group, and what it names.
struct Member<'c> {
    node: usize,
    named: BTreeSet<Pair<'c>>,
}

/// What is on a line, or on the lines of a name that is cut in two.
struct Line<'c> {
    bytes: Range<usize>,
    /// It is one line.
    is_single: bool,
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
    pub(super) fn new(catalogue: &'c Catalogue, text: &'t str) -> Self {
        Self {
            catalogue,
            text,
            line: None,
            groups: HashMap::new(),
        }
    }

    /// Why a reference should not be replaced without review. `names` are the keys of its place.
    pub(super) fn caution(
        &mut self,
        span: &Range<usize>,
        place: Option<&DocumentPlace>,
        names: &[String],
        maps: &mut Maps,
        reference: &Reference<'c>,
    ) -> Option<&'static str> {
        let value = Written::new(self.text, span, place);
        let used_otherwise = tested(&value, place);
        if used_otherwise.is_some() || !reference.endpoint.kind.is_on_network {
            return used_otherwise;
        }
        let line = self.line_around(span);
        let text = self.text;
        let (before, after) = (&text[line.start..span.start], &text[span.end..line.end]);
        let written = &text[span.clone()];
        if before.ends_with(['.', '*', '%', '}', ')']) {
            return Some("it is a part of a name or of a pattern");
        }
        if written.contains("\\.") || written.contains("[.]") {
            return Some("it is a pattern: decide what it should match");
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
        if self.has_address_outside(span, &line, before, after) {
            return Some("an address is on the same line");
        }
        let first = before.split_whitespace().next();
        if first.is_some_and(|word| word.parse::<IpAddr>().is_ok()) {
            return Some("its line gives the name an address");
        }
        let endpoint = &reference.endpoint;
        let environment = endpoint.pack.environment(endpoint.environment);
        let target = environment.and_then(|e| e.replacement.as_deref())?;
        let replacement = (target, endpoint.service);
        if self.names_outside(replacement, span, &line, before, after)
            || place.is_some_and(|place| self.names_in_group(replacement, place))
        {
            return Some("its replacement is next to it");
        }
        twice(self.catalogue, &value, place, maps, reference)
    }

    /// The line of a span, or the lines if it is cut in two.
    fn line_around(&self, span: &Range<usize>) -> Range<usize> {
        if let Some(line) = &self.line
            && line.is_single
            && line.bytes.start <= span.start
            && span.end <= line.bytes.end
        {
            return line.bytes.clone();
        }
        let text = self.text.as_bytes();
        let start = memchr::memrchr(b'\n', &text[..span.start]).map_or(0, |at| at + 1);
        let end = memchr::memchr(b'\n', &text[span.end..]).map_or(text.len(), |at| span.end + at);
        start..end
    }

    fn line(&mut self, bytes: &Range<usize>) -> &Line<'c> {
        let known = self.line.take().filter(|line| line.bytes == *bytes);
        self.line
            .insert(known.unwrap_or_else(|| read_line(self.catalogue, self.text, bytes)))
    }

    fn has_address_outside(
        &mut self,
        span: &Range<usize>,
        line: &Range<usize>,
        before: &str,
        after: &str,
    ) -> bool {
        let is_blank = |c: char| c.is_whitespace();
        let last = last_bytes(before, TOUCHING_ADDRESS).rsplit(is_blank).next();
        let first = first_bytes(after, TOUCHING_ADDRESS).split(is_blank).next();
        last.is_some_and(has_address)
            || first.is_some_and(has_address)
            || self.line(line).addresses.any_outside(span)
    }

    /// Says whether the line names a service of an environment outside of a span.
    fn names_outside(
        &mut self,
        pair: Pair<'c>,
        span: &Range<usize>,
        line: &Range<usize>,
        before: &str,
        after: &str,
    ) -> bool {
        let separates = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
        let last = last_bytes(before, TOUCHING_NAME).rsplit(separates).next();
        let first = first_bytes(after, TOUCHING_NAME).split(separates).next();
        let catalogue = self.catalogue;
        let mut touching = last.into_iter().chain(first).flat_map(host_like);
        touching.any(|(_, name)| named(catalogue, name) == Some(pair))
            || (self.line(line).named.get(&pair)).is_some_and(|names| names.any_outside(span))
    }

    /// Says whether another value of the same group names a service of an environment: an old name and
    /// a new one.
    fn names_in_group(&mut self, pair: Pair<'c>, place: &DocumentPlace) -> bool {
        let Some(level) = place.levels.last() else {
            return false;
        };
        let (tree, text) = (&level.document.tree, &level.document.text);
        let group = tree.node(level.node).parent;
        if group == 0 {
            return false;
        }
        let catalogue = self.catalogue;
        let key = (std::rc::Rc::as_ptr(&level.document).addr(), group);
        let members = self.groups.entry(key).or_insert_with(|| {
            let members = tree.members(group).take(MOST_MEMBERS);
            let values = members.filter(|&member| tree.node(member).kind == NodeKind::Scalar);
            let read = values.map(|node| Member {
                node,
                named: host_like(tree.text(node, text))
                    .filter_map(|(_, name)| named(catalogue, name))
                    .collect(),
            });
            read.collect()
        });
        let mut others = members.iter().filter(|member| member.node != level.node);
        others.any(|member| member.named.contains(&pair))
    }
}

fn read_line<'c>(catalogue: &'c Catalogue, text: &str, bytes: &Range<usize>) -> Line<'c> {
    let mut line = Line {
        bytes: bytes.clone(),
        is_single: memchr::memchr(b'\n', &text.as_bytes()[bytes.clone()]).is_none(),
        addresses: Extremes::default(),
        named: HashMap::new(),
    };
    let written = &text[bytes.clone()];
    for word in written.split_whitespace() {
        let start = bytes.start + offset(written, word);
        for (at, address) in addresses(word) {
            line.addresses.add(start + at..start + at + address.len());
        }
    }
    for (at, name) in host_like(written) {
        if let Some(pair) = named(catalogue, name) {
            let start = bytes.start + at;
            let extremes = line.named.entry(pair).or_default();
            extremes.add(start..start + name.len());
        }
    }
    line
}

/// Where a part of a text is in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

/// What a host name is.
fn named<'c>(catalogue: &'c Catalogue, name: &str) -> Option<Pair<'c>> {
    match catalogue.classify_host(name) {
        Classification::Endpoint(endpoint) => Some((endpoint.environment, endpoint.service)),
        _ => None,
    }
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
