//! The place of each reference in the structure of its file: key, context, and what the text around it says.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::address_use;
use super::caution::Cautions;
use super::environment_map::{self, Counterpart};
use super::groups::Groups;
use super::indirect::Variables;
use super::names::host_like;
use super::tested;
use super::text_span;
use crate::catalogue::{Catalogue, Classification, Surroundings};
use crate::detect::surroundings::{is_in_a_file_name, path_after};
use crate::detect::{Detector, Found, Reference};
use crate::facts::{Context, View};
use crate::syntax::{Document, DocumentPlace, NodeKind, PlaceKind, Step};
use crate::text::{Cursor, Decoded, Encoding, Position, first_bytes};

/// Enters the place of every reference of a file, and what follows from it.
pub(super) fn place_all<'c>(
    detector: &Detector<'c>,
    (bytes, path): (&[u8], &str),
    decoded: &Decoded<'_>,
    document: &Rc<Document>,
    found: &mut Found<'c>,
) {
    let mut groups = Groups::new(detector.catalogue);
    let mut positions = Positions::new(bytes);
    let mut cautions = Cautions::new(decoded.text());
    let mentioned = LazyCell::new(|| mentioned(detector.catalogue, decoded.text()));
    let mut variables = Variables::default();
    let mut places = Vec::with_capacity(found.references.len());
    for reference in &mut found.references {
        let span = text_span(decoded, reference);
        let (place, names) = place_one(document, &span, reference);
        variables.add(decoded.text(), &span, &names);
        places.push((span, place, names));
    }
    variables.read_uses(decoded.text(), document, &mut groups);
    let by_path = tested::by_path(path);
    for (reference, (span, place, names)) in found.references.iter_mut().zip(places) {
        let caution = cautions.caution(&span, Some(&place), &names, &mut groups, reference);
        let of_variable = || variables.reason(decoded.text(), &span, &names);
        reference.caution = caution.or_else(of_variable).or(by_path);
        if place.levels.is_empty() {
            let unclear = Some("its place in the file is not understood");
            reference.caution = reference.caution.or(unclear);
            continue;
        }
        // Of a file that did not parse that is the reason, and not what its places seem to be.
        if document.problem().is_none() {
            let unknown = address_use::unknown(reference, (decoded.text(), &span), &place, &names);
            reference.caution = reference.caution.or(unknown);
        }
        let around = (&place, &names[..], &mentioned[..]);
        refine(detector, decoded.text(), &span, around, reference);
        let counterpart = environment_map::counterpart(&mut groups, &place, reference);
        reference.counterpart = counterpart.map(|neighbour| {
            let start = decoded.bytes(neighbour.span).start;
            Counterpart {
                environment: neighbour.environment,
                name: neighbour.name,
                network: neighbour.network,
                position: positions.position(start),
                entry: decoded.bytes(neighbour.own),
            }
        });
        reference.contradiction = environment_map::contradiction(&mut groups, &names, reference);
    }
}

/// The same for references in decoded text, which is not edited: what they are and their keys.
pub(super) fn place_decoded<'c>(
    detector: &Detector<'c>,
    decoded: &Decoded<'_>,
    document: &Rc<Document>,
    found: &mut Found<'c>,
) {
    let mentioned = LazyCell::new(|| mentioned(detector.catalogue, decoded.text()));
    for reference in &mut found.references {
        let span = text_span(decoded, reference);
        let (place, names) = place_one(document, &span, reference);
        if !place.levels.is_empty() {
            let around = (&place, &names[..], &mentioned[..]);
            refine(detector, decoded.text(), &span, around, reference);
        }
    }
}

/// Enters the context and the key of a reference. Gives its place and the names of its keys.
fn place_one(
    document: &Rc<Document>,
    span: &Range<usize>,
    reference: &mut Reference<'_>,
) -> (DocumentPlace, Vec<String>) {
    let mut place = document.place(span);
    if place.kind == PlaceKind::Unknown {
        place = document.place(&(span.start..span.start + 1));
    }
    let names = place.names();
    let understood = document.problem().is_none_or(|p| span.end <= p.at);
    if understood || place.kind != PlaceKind::Comment {
        reference.context = context(reference, &place, &names);
    }
    reference.key = match (place.key(), reference.key.take()) {
        (Some(outer), Some(inner)) => Some(format!("{outer} > {inner}")),
        (outer, inner) => outer.or(inner),
    };
    (place, names)
}

/// Lines and columns of places in any order, each counted from the nearest one before it.
struct Positions<'b> {
    bytes: &'b [u8],
    known: BTreeMap<usize, Cursor>,
}

impl<'b> Positions<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self {
            bytes,
            known: BTreeMap::new(),
        }
    }

    fn position(&mut self, at: usize) -> Position {
        let nearest = self.known.range(..=at).next_back();
        let mut cursor = nearest.map_or_else(
            || {
                let encoding = Encoding::detect(self.bytes, true);
                Cursor::new(encoding, encoding.mark_length(self.bytes))
            },
            |(_, cursor)| *cursor,
        );
        cursor.go_to(at, self.bytes, 0);
        self.known.insert(at, cursor);
        cursor.position()
    }
}

fn context(reference: &Reference<'_>, place: &DocumentPlace, names: &[String]) -> Context {
    let lexical = reference.context;
    let kind = match place.kind {
        PlaceKind::Comment => return Context::Comment,
        PlaceKind::Sample | PlaceKind::Prose if lexical == Context::Identifier => return lexical,
        PlaceKind::Sample => return Context::Sample,
        PlaceKind::Prose => return Context::Prose,
        other => other,
    };
    match (lexical, kind) {
        (Context::Identifier | Context::Encoded | Context::Certificate, _) => lexical,
        (_, PlaceKind::Key) => Context::Key,
        (_, PlaceKind::Value) if names_a_thing(reference, names) => Context::Identifier,
        (_, PlaceKind::Value) => Context::Value,
        _ => lexical,
    }
}

/// Says whether the key says that the URL is an identifier.
fn names_a_thing(reference: &Reference<'_>, names: &[String]) -> bool {
    if !reference.endpoint.kind.is_on_network {
        return false;
    }
    let last = names
        .iter()
        .rev()
        .find(|name| !matches!(name.to_ascii_lowercase().as_str(), "value" | "url" | "uri"));
    let uris = &reference.endpoint.pack.rows.identifier_uris;
    last.is_some_and(|name| uris.keys.iter().any(|key| key.eq_ignore_ascii_case(name)))
}

/// Classifies a host again, with the keys above it instead of the text on its line.
fn refine<'c>(
    detector: &Detector<'c>,
    text: &str,
    span: &Range<usize>,
    (place, names, mentioned): (&DocumentPlace, &[String], &[&str]),
    reference: &mut Reference<'c>,
) {
    if reference.endpoint.family.is_none() {
        return;
    }
    if !matches!(reference.context, Context::Value | Context::Key) {
        return;
    }
    if is_in_a_file_name(text.as_bytes(), span) {
        return;
    }
    let path = match reference.view {
        View::Plain | View::Escaped => path_after(text.as_bytes(), span.end),
        _ => String::new(),
    };
    let mut before = String::new();
    for name in names {
        before.extend([name.as_str(), ": "]);
    }
    before.push_str(&describing_words(place));
    let labels: Vec<&str> = reference.name.split('.').collect();
    let around = Surroundings {
        path: &path,
        before: &before,
        mentioned,
    };
    if let Classification::Endpoint(refined) = detector.catalogue.classify(&labels, around) {
        // What was found to be a part of another name stays so.
        let confidence = refined.confidence.min(reference.endpoint.confidence);
        reference.endpoint = *refined;
        reference.endpoint.confidence = confidence;
    }
}

/// The words that tell a service wherever in a file they are, of those that are in this one.
fn mentioned<'c>(catalogue: &'c Catalogue, text: &str) -> Vec<&'c str> {
    let mut words: Vec<&str> = catalogue.words_in_files().collect();
    if !words.is_empty() {
        let lower = text.to_ascii_lowercase();
        words.retain(|word| lower.contains(word));
    }
    words
}

/// The name, title or description next to a value. In a group with several
/// hosts it is not known which of them is meant.
fn describing_words(place: &DocumentPlace) -> String {
    const MOST_MEMBERS: usize = 16;
    const MOST_LENGTH: usize = 60;
    const MOST_READ: usize = 4096;
    const DESCRIBING: [&str; 8] = [
        "name",
        "key",
        "id",
        "title",
        "description",
        "label",
        "service",
        "system",
    ];
    let Some(level) = place.levels.last() else {
        return String::new();
    };
    let tree = &level.document.tree;
    let group = tree.node(level.node).parent;
    if group == 0 || tree.node(group).kind != NodeKind::Mapping {
        return String::new();
    }
    let mut words = String::new();
    for member in tree.members(group).take(MOST_MEMBERS) {
        let node = tree.node(member);
        if member == level.node || node.kind != NodeKind::Scalar {
            continue;
        }
        let text = tree.text(member, &level.document.text);
        let text = first_bytes(text, MOST_READ);
        if text.contains("://") || host_like(text).next().is_some() {
            return String::new();
        }
        let (Step::Key(name) | Step::Attribute(name)) = &node.step else {
            continue;
        };
        let describes = DESCRIBING.iter().any(|d| name.eq_ignore_ascii_case(d));
        if describes && text.len() <= MOST_LENGTH {
            words.push(' ');
            words.push_str(text);
        }
    }
    words
}
