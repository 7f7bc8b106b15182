//! The second look at a file that has a hit: the place of each reference in the structure of the
//! file, and references that are not written plainly.
//!
//! The first look has read the bytes of every file and found what is plain text there. Nothing
//! that it found is lost here: what is not understood stays as it is.

mod address_use;
mod base64;
mod caution;
mod certificates;
mod environment_map;
mod groups;
mod indirect;
mod merge;
mod names;
mod paragraphs;
mod rows;
mod tested;
mod twice;
mod views;
mod written;

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::surroundings::{is_in_a_file_name, path_after};
use super::{Detector, Found, Reference, Scratch, Spelling};
use crate::catalogue::{Catalogue, Classification, Endpoint, Marker, Surroundings};
use crate::directive;
use crate::facts::{CertificateFacts, Context, View};
use crate::syntax::{Document, DocumentPlace, NodeKind, PlaceKind, Step, format_of_file};
use crate::text::{Cursor, Decoded, Encoding, Position, cut_excerpt, first_bytes};

use caution::Cautions;
pub(crate) use caution::concerns_every_use;
pub(crate) use environment_map::{Contradiction, Counterpart};
use groups::Groups;
use indirect::Variables;
use merge::merge;
use names::host_like;

/// Files up to this size are looked at again as a whole.
pub(crate) const MOST_BYTES: u64 = 8 * 1024 * 1024;
/// Encoded texts in encoded texts.
const DEEPEST: usize = 3;

/// Something found in a view, before its place is known.
struct Candidate<'c> {
    /// Bytes of the file.
    span: Range<usize>,
    endpoint: Endpoint<'c>,
    name: String,
    view: View,
    spelling: Spelling,
    /// It repeats the name in the value next to it.
    echo: bool,
    /// The context inside encoded text.
    context: Option<Context>,
    /// The key path inside encoded text.
    key: Option<String>,
    decoded: Option<String>,
    certificate: Option<CertificateFacts>,
}

/// Reads a whole file again.
pub(super) fn survey<'c>(
    detector: &Detector<'c>,
    bytes: &[u8],
    path: &str,
    depth: usize,
    scratch: &mut Scratch,
    found: &mut Found<'c>,
) {
    let encoding = Encoding::detect(bytes, true);
    let Some(decoded) = Decoded::new(bytes, encoding) else {
        certificates::in_binary(bytes, &mut found.references);
        return;
    };
    let document = format_of_file(path, decoded.text()).map(|f| Document::read(decoded.text(), f));
    if let Some(problem) = document.as_ref().and_then(|d| d.problem()) {
        let line = 1 + memchr::memchr_iter(
            b'\n',
            &decoded.text().as_bytes()[..problem.at.min(decoded.text().len())],
        )
        .count();
        found.unparsed = Some(format!("line {line}: {}", problem.message));
    }
    if depth == 0 && found.addressed {
        let rules: Vec<&str> = detector.catalogue.rules().map(|(id, _, _)| id).collect();
        let source = directive::DirectiveFile {
            bytes,
            path,
            encoding,
            decoded: &decoded,
            document: document.as_ref(),
        };
        found.directives = directive::find(&source, &rules, &|span, line| {
            let cut = || cut_excerpt(bytes, span, encoding, line);
            detector.excerpts.then(cut)
        });
    }
    let mut survey = Survey {
        detector,
        bytes,
        decoded: &decoded,
        document: document.as_ref(),
        depth,
        scratch,
        candidates: Vec::new(),
    };
    survey.collect(found);
    let candidates = survey.candidates;
    merge(detector, bytes, encoding, candidates, found);
    if let Some(document) = &document {
        place_all(detector, bytes, &decoded, document, found);
        refuse_by_path(path, found);
        return;
    }
    let mut groups = Groups::new(detector.catalogue);
    let mut cautions = Cautions::new(decoded.text());
    for reference in &mut found.references {
        let span = text_span(&decoded, reference);
        let caution = cautions.caution(&span, None, &[], &mut groups, reference);
        reference.caution = caution.or(Some("the format of the file is not known"));
    }
    refuse_by_path(path, found);
}

/// Says of all references in a deny list, by the name of the file, that they are refused.
fn refuse_by_path(path: &str, found: &mut Found<'_>) {
    if let Some(reason) = tested::by_path(path) {
        for reference in &mut found.references {
            let own = reference.caution.filter(|own| *own != address_use::UNKNOWN);
            reference.caution = own.or(Some(reason));
        }
    }
}

struct Survey<'s, 'c> {
    detector: &'s Detector<'c>,
    bytes: &'s [u8],
    decoded: &'s Decoded<'s>,
    document: Option<&'s Rc<Document>>,
    depth: usize,
    scratch: &'s mut Scratch,
    candidates: Vec<Candidate<'c>>,
}

impl Survey<'_, '_> {
    fn collect(&mut self, found: &Found<'_>) {
        let mut done = 0;
        for &(byte, kind) in &found.markers {
            let at = self.decoded.range(byte..byte + 1).start;
            if at < done {
                continue;
            }
            match kind {
                Marker::Certificate => done = self.certificate(at),
                Marker::Base64 if self.depth < DEEPEST => done = self.base64(at, done),
                Marker::Base64 => {}
            }
        }
        let Some(document) = self.document else {
            return;
        };
        let mut hits: Vec<usize> = found
            .references
            .iter()
            .map(|r| r.bytes().start)
            .chain(found.open.iter().copied())
            .map(|byte| self.decoded.range(byte..byte + 1).start)
            .collect();
        hits.sort_unstable();
        hits.dedup();
        self.views(&Rc::clone(document), &hits, &|range| range);
    }
}

fn place_all<'c>(
    detector: &Detector<'c>,
    bytes: &[u8],
    decoded: &Decoded<'_>,
    document: &Rc<Document>,
    found: &mut Found<'c>,
) {
    let mut groups = Groups::new(detector.catalogue);
    let mut positions = Positions::new(bytes);
    let mut cautions = Cautions::new(decoded.text());
    let mentioned = LazyCell::new(|| mentioned(detector.catalogue, decoded.text()));
    let mut variables = Variables::default();
    for reference in &found.references {
        let span = text_span(decoded, reference);
        variables.add(decoded.text(), &span, &document.place(&span).names());
    }
    variables.read_uses(decoded.text(), document, &mut groups);
    for reference in &mut found.references {
        let span = text_span(decoded, reference);
        let mut place = document.place(&span);
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
        let caution = cautions.caution(&span, Some(&place), &names, &mut groups, reference);
        let of_variable = || variables.reason(decoded.text(), &span, &names);
        reference.caution = caution.or_else(of_variable);
        if place.levels.is_empty() {
            let unclear = Some("its place in the file is not understood");
            reference.caution = reference.caution.or(unclear);
            continue;
        }
        let unknown = address_use::unknown(reference, (decoded.text(), &span), &place, &names);
        reference.caution = reference.caution.or(unknown);
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

/// The range of a reference in the decoded text.
fn text_span(decoded: &Decoded<'_>, reference: &Reference<'_>) -> Range<usize> {
    decoded.range(reference.bytes())
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
