//! Names in places of one kind that are or become one name: two routes, servers or entries for one host.
//! The fix of each is right for itself; together they write twice what is meant once.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Read};
use std::ops::Range;
use std::rc::Rc;

use super::{Judged, needs_review};
use crate::facts::{Context, Safety, Violation};
use crate::kinds;
use crate::syntax::{Content, Document, NodeKind, PlaceKind, Step};
use crate::text::{Decoded, first_bytes, last_bytes};

/// Why such a fix needs review, after the line of the other name.
const SAME: &str =
    "has or becomes the same value in a place of the same kind, so it would be there twice";

/// A longer value or line is not compared.
const MOST_BYTES: usize = 1_000;
/// Bytes in which the beginning of a block is looked for.
const MOST_BLOCK: usize = 8_000;
/// Places of one new name that are compared.
const MOST_PLACES: usize = 20_000;

/// Says whether a reason to review is one of these.
pub(super) fn is_a_reason(reason: &str) -> bool {
    reason.ends_with(SAME)
}

/// A name that is the new one, or becomes it.
struct NamedPlace<'n> {
    /// As it is now.
    name: &'n str,
    line: u64,
}

/// The first name in places of one kind, and the first one that differs from it.
struct PlacesOfKind<'n> {
    first: NamedPlace<'n>,
    other: Option<NamedPlace<'n>>,
}

/// Says for such names that their replacement needs review. `open` gives the content.
pub(super) fn review<R: Read>(
    violations: &mut [Judged<'_>],
    path: &str,
    open: &mut dyn FnMut() -> io::Result<R>,
) -> io::Result<()> {
    let mut becoming: BTreeMap<String, HashSet<&str>> = BTreeMap::new();
    for Judged { violation, .. } in violations.iter().filter(|judged| may_be_written(judged)) {
        if let Some(advice) = &violation.replacement {
            let names = becoming.entry(advice.text.to_ascii_lowercase());
            names.or_default().insert(&violation.name);
        }
    }
    if !violations
        .iter()
        .any(|judged| may_be_written(judged) && is_safe(&judged.violation))
    {
        return Ok(());
    }
    let mut bytes = Vec::new();
    open()?.read_to_end(&mut bytes)?;
    let is_wide = memchr::memchr(0, &bytes).is_some();
    let has = |new: &str| memchr::memmem::find(&bytes, new.as_bytes()).is_some();
    becoming.retain(|new, names| names.len() > 1 || is_wide || has(new));
    if becoming.is_empty() {
        return Ok(());
    }
    let content = Content::new(&bytes, path);
    let (Some(decoded), Some(document)) = (&content.decoded, &content.document) else {
        return Ok(());
    };
    let reviewed = reviewed(violations, &becoming, decoded, document);
    for (number, line) in reviewed {
        let reason = format!("line {line} {SAME}");
        needs_review(&mut violations[number].violation, &reason, false);
    }
    Ok(())
}

/// The numbers of the violations that need review, with the line of the other name.
fn reviewed(
    violations: &[Judged<'_>],
    becoming: &BTreeMap<String, HashSet<&str>>,
    decoded: &Decoded<'_>,
    document: &Rc<Document>,
) -> Vec<(usize, u64)> {
    let mut known: HashMap<(&str, String), PlacesOfKind<'_>> = HashMap::new();
    for new in becoming.keys() {
        for (span, line) in written(decoded.text(), new).take(MOST_PLACES) {
            for kind in kinds_of_place(document, &span) {
                note(&mut known, (new, kind), new, line);
            }
        }
    }
    let mut places: Vec<(usize, &str, Vec<String>)> = Vec::new();
    for (number, judged) in violations.iter().enumerate() {
        let Judged { violation, .. } = judged;
        let advice = violation
            .replacement
            .as_ref()
            .filter(|_| may_be_written(judged));
        let new = advice.map(|advice| advice.text.to_ascii_lowercase());
        let Some((new, _)) = new.and_then(|new| becoming.get_key_value(&new)) else {
            continue;
        };
        let offset = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
        let span = decoded.range(offset(violation.start.byte)..offset(violation.end.byte));
        let kinds = kinds_of_place(document, &span);
        for kind in &kinds {
            let key = (new.as_str(), kind.clone());
            note(&mut known, key, &violation.name, violation.start.line);
        }
        places.push((number, new, kinds));
    }
    let mut reviewed = Vec::new();
    for (number, new, kinds) in places {
        let name = &violations[number].violation.name;
        let mut others = kinds.into_iter().filter_map(|kind| {
            let known = known.get(&(new, kind))?;
            if known.first.name.eq_ignore_ascii_case(name) {
                known.other.as_ref()
            } else {
                Some(&known.first)
            }
        });
        if let Some(other) = others.next() {
            reviewed.push((number, other.line));
        }
    }
    reviewed
}

fn note<'n>(
    known: &mut HashMap<(&'n str, String), PlacesOfKind<'n>>,
    key: (&'n str, String),
    name: &'n str,
    line: u64,
) {
    let place = NamedPlace { name, line };
    match known.get_mut(&key) {
        None => {
            known.insert(
                key,
                PlacesOfKind {
                    first: place,
                    other: None,
                },
            );
        }
        Some(places) => {
            if places.other.is_none() && !places.first.name.eq_ignore_ascii_case(name) {
                places.other = Some(place);
            }
        }
    }
}

/// Says whether a fix, safe or not, writes another name at this place.
fn may_be_written(judged: &Judged<'_>) -> bool {
    let violation = &judged.violation;
    !judged.echo
        && judged.spelling.encoded.is_none()
        && violation.suppressed.is_none()
        && matches!(violation.context, Context::Value | Context::Key)
        && kinds::by_id(violation.reference).is_on_network
}

fn is_safe(violation: &Violation) -> bool {
    let advice = violation.replacement.as_ref();
    advice.is_some_and(|advice| advice.safety == Safety::Safe)
}

/// The places of a name in a text, with their lines.
fn written<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = (Range<usize>, u64)> + 't {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let (mut line, mut counted) = (1_u64, 0);
    text.match_indices(name).filter_map(move |(at, _)| {
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[counted..at]).count() as u64;
        counted = at;
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let whole = !before.ends_with(is_part) && !after.starts_with(is_part);
        whole.then_some((at..at + name.len(), line))
    })
}

/// What a place has in common with others of its kind, in one or more ways: the last key and the rest of the
/// value, or how the statement or line begins.
fn kinds_of_place(document: &Rc<Document>, span: &Range<usize>) -> Vec<String> {
    let place = document.place(span);
    let mut kinds = Vec::new();
    if !matches!(
        place.kind,
        PlaceKind::Value | PlaceKind::Key | PlaceKind::Unknown
    ) {
        return kinds;
    }
    let last = place.levels.last();
    let inner = last.map_or(document, |level| &level.document);
    if let Some(level) = last.filter(|_| place.kind == PlaceKind::Value) {
        kinds.extend(keyed_value(
            &level.document,
            level.node,
            &document.text[span.clone()],
        ));
    }
    if inner.is_code() {
        kinds.extend(statement(&document.text, span));
        kinds.extend(line_of_program(&document.text, span));
    } else if last.is_none() || place.kind == PlaceKind::Unknown {
        kinds.extend(directive(&document.text, span));
    }
    if let Some(level) = place
        .levels
        .first()
        .filter(|_| !Rc::ptr_eq(inner, document))
    {
        // Two values that are files or programs themselves are of two kinds.
        for kind in &mut kinds {
            kind.push('\0');
            kind.push_str(&level.node.to_string());
        }
    }
    kinds
}

/// The last key around a value, and the value without the name.
fn keyed_value(document: &Document, node: usize, name: &str) -> Option<String> {
    let tree = &document.tree;
    let value = tree.node(node);
    let text = tree.text(node, &document.text);
    // Statements at the margin of a program have nothing in common.
    if value.kind != NodeKind::Scalar
        || text.len() > MOST_BYTES
        || document.is_code() && value.parent == 0
    {
        return None;
    }
    let mut around = std::iter::once(node).chain(tree.groups(node));
    let key = around.find_map(|node| match &tree.node(node).step {
        Step::Key(name) | Step::Attribute(name) if node != 0 => Some(name.as_str()),
        _ => None,
    });
    let (text, name) = (text.to_ascii_lowercase(), name.to_ascii_lowercase());
    let at = text.find(&name)?;
    let (before, after) = (&text[..at], &text[at + name.len()..]);
    // Of several words the one with the name counts, and of an expression the string around it: Host(`x`).
    let quote = before
        .chars()
        .next_back()
        .filter(|c| matches!(c, '`' | '\'' | '"'));
    let (starts, ends): (&[char], &[char]) = match quote {
        Some(_) => (&[' ', '=', '&', '|'], &['`', '\'', '"']),
        None => (&[' ', '\t', '\n', ';'], &[' ', '\t', '\n', ';']),
    };
    let start = before.rfind(starts).map_or(0, |at| at + 1);
    let end = after.find(ends).unwrap_or(after.len());
    // Several URLs may lead to one host: only bare names say which one something is.
    if before[start..].contains('/') {
        return None;
    }
    let key = key.unwrap_or_default().to_ascii_lowercase();
    let is_command = quote.is_none() && text.trim().contains(char::is_whitespace);
    let names = ["alias", "domain", "host", "name"];
    let is_line = is_command && !names.iter().any(|name| key.contains(name));
    let block = is_line.then(|| block_start(&document.text, value.span.start));
    let block = block.unwrap_or_default();
    let (before, after) = (&before[start..], &after[..end]);
    Some(format!("{key}\0{before}\0{after}\0{block}"))
}

/// Where the text between one of `ends` and a place begins, unless it is long.
fn start_after(text: &str, at: usize, ends: &[char]) -> Option<usize> {
    let before = last_bytes(&text[..at], MOST_BYTES);
    let start = at - before.len();
    match before.rfind(ends) {
        Some(end) => Some(start + end + 1),
        None => (start == 0).then_some(0),
    }
}

/// Where the block of a line begins: at the last line that is indented less.
fn block_start(text: &str, at: usize) -> usize {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let Some(start) = start_after(text, at, &['\n']) else {
        return at;
    };
    let own = indent(first_bytes(&text[start..], MOST_BYTES));
    let before = last_bytes(&text[..start], MOST_BLOCK);
    let mut end = before.len();
    for line in before.split_inclusive('\n').rev() {
        end -= line.len();
        if !line.trim().is_empty() && indent(line) < own {
            break;
        }
    }
    start - before.len() + end
}

/// How a statement of a program begins before a name.
fn statement(text: &str, span: &Range<usize>) -> Option<String> {
    let ends = ['\n', ';', '{', '}', ','];
    let start = start_after(text, span.start, &ends)?;
    let before = &text[start..span.start];
    let before = before.split_whitespace().collect::<Vec<_>>().join(" ");
    let says_more = before.trim_matches(['"', '\'', '`', '(', '[', ' ']);
    let says_more = says_more.split("://").next().unwrap_or_default();
    let is_scheme = says_more.chars().all(|c| c.is_ascii_alphabetic()) && before.ends_with("//");
    (before.len() <= MOST_BYTES && !says_more.is_empty() && !is_scheme)
        .then(|| format!("statement\0{before}\0{}", rest_of_string(&text[span.end..])))
}

/// The line of a name in a program.
fn line_of_program(text: &str, span: &Range<usize>) -> Option<String> {
    let start = start_after(text, span.start, &['\n'])?;
    Some(format!("line\0{start}"))
}

/// What follows a name in its string.
fn rest_of_string(after: &str) -> &str {
    let end = after.find(['"', '\'', '`', '\n', ' ', ',', ')']);
    &after[..end.unwrap_or(after.len())]
}

/// The first word of the line of a name, and what follows the name, in a format that is read by its lines.
fn directive(text: &str, span: &Range<usize>) -> Option<String> {
    let start = start_after(text, span.start, &['\n'])?;
    let rest = first_bytes(&text[span.end..], MOST_BYTES);
    let end = span.end + rest.find('\n').unwrap_or(rest.len());
    let word = text[start..span.start].split_whitespace().next()?;
    let after = text[span.end..end].trim();
    let is_word = word
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    is_word.then(|| format!("directive\0{word}\0{after}"))
}
