//! Edits after which a mapping has a key twice, or a file a definition twice.

use std::collections::HashMap;
use std::ops::Range;

use super::brackets::opening;
use super::listed::listed_twice;
use crate::syntax::{Document, Step};

/// An edit of the text of a file.
pub(super) struct TextEdit {
    pub range: Range<usize>,
    pub new: String,
}

/// A name that would be there twice, and the edit that writes it.
pub(super) struct Duplicate {
    pub edit: usize,
    pub reason: String,
}

/// A name that an edit wrote: a string without its quotes, or a bare word.
pub(super) struct WrittenKey {
    pub edit: usize,
    /// Its bytes in the new text.
    pub range: Range<usize>,
    /// What it was before.
    pub old: String,
}

/// The edits after which a name is there twice that was not before.
pub(super) fn duplicates(old: &Document, new: &Document, edits: &[TextEdit]) -> Vec<Duplicate> {
    let written = written(old, new, edits, around);
    let known: HashMap<usize, &WrittenKey> = written.iter().map(|w| (w.range.start, w)).collect();
    let was = |start: usize| known.get(&start).map(|written| written.old.as_str());
    let mut repeated = equal_keys(new, &written, &was);
    let mut uses: HashMap<&str, Vec<Use>> = HashMap::new();
    if !new.is_prose() {
        for (number, one) in written.iter().enumerate() {
            let name = &new.text[one.range.clone()];
            let uses = uses.entry(name).or_insert_with(|| uses_of(new, name));
            if is_repeated(&new.text, one, uses, &was) {
                repeated.push(number);
            }
        }
    }
    repeated.sort_unstable();
    repeated.dedup();
    let duplicate = |number: usize| Duplicate {
        edit: written[number].edit,
        reason: twice(&new.text[written[number].range.clone()]),
    };
    let mut found: Vec<Duplicate> = repeated.into_iter().map(duplicate).collect();
    for duplicate in listed_twice(old, new, edits) {
        if !found.iter().any(|known| known.edit == duplicate.edit) {
            found.push(duplicate);
        }
    }
    found.sort_by_key(|duplicate| duplicate.edit);
    found
}

/// Why an edit that writes a name again is refused.
pub(super) fn twice(name: &str) -> String {
    format!("`{name}` would be there twice")
}

/// The names that edits wrote, with what they were before. `around` gives the name of which a range is a part.
pub(super) fn written(
    old: &Document,
    new: &Document,
    edits: &[TextEdit],
    around: fn(&str, Range<usize>) -> Range<usize>,
) -> Vec<WrittenKey> {
    let mut shift = 0_isize;
    let mut all: Vec<WrittenKey> = Vec::new();
    for (edit, change) in edits.iter().enumerate() {
        let start = change.range.start.saturating_add_signed(shift);
        shift += change.new.len().cast_signed() - change.range.len().cast_signed();
        if change.new.is_empty() || new.text.get(start..start + change.new.len()).is_none() {
            continue;
        }
        let range = around(&new.text, start..start + change.new.len());
        let before = around(&old.text, change.range.clone());
        // A name may be written by several edits.
        if all.last().is_none_or(|last| last.range != range) {
            let old = old.text.get(before).unwrap_or_default().to_owned();
            all.push(WrittenKey { edit, range, old });
        }
    }
    all
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// The string or word around a range, without quotes.
fn around(text: &str, range: Range<usize>) -> Range<usize> {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let part = |c: char| is_word(c) || matches!(c, '/' | ':' | '@' | '*' | '~' | '\\');
    let start = before.trim_end_matches(part).len();
    let quote = before[..start].chars().next_back();
    let quote = quote.filter(|c| matches!(c, '"' | '\'' | '`'));
    let end = match quote {
        Some(_) => after.find(|c: char| Some(c) == quote || c == '\n'),
        None => after.find(|c: char| !part(c)),
    };
    let end = range.end + end.unwrap_or(after.len());
    let word = text[start..end].trim_end_matches(':');
    start..start + word.len()
}

/// The written names that are keys with an equal one in their group.
fn equal_keys<'w>(
    new: &Document,
    written: &'w [WrittenKey],
    was: &dyn Fn(usize) -> Option<&'w str>,
) -> Vec<usize> {
    let tree = &new.tree;
    let mut found = Vec::new();
    for (number, node) in tree.nodes().iter().enumerate().skip(1) {
        let (Some(key), Step::Key(_) | Step::Attribute(_)) = (&node.key, &node.step) else {
            continue;
        };
        let at = written.partition_point(|w| w.range.end <= key.start);
        let Some(one) = written.get(at).filter(|w| w.range.start < key.end) else {
            continue;
        };
        let parent = tree.groups(number).next().unwrap_or_default();
        let is_equal = tree.members(parent).any(|member| {
            let other = tree.node(member);
            let key = other.key.as_ref().filter(|_| other.step == node.step);
            member != number
                && key.is_some_and(|key| {
                    was(around(&new.text, key.clone()).start) != Some(one.old.as_str())
                })
        });
        if is_equal {
            found.push(at);
        }
    }
    found
}

/// A place where a program has a name as a key, or defines it.
struct Use {
    range: Range<usize>,
    role: KeyRole,
    /// Where the group of the key opens.
    group: Option<usize>,
}

/// The places where a program has a name as a key, or defines it.
fn uses_of(new: &Document, name: &str) -> Vec<Use> {
    let text = &new.text;
    let all = text.match_indices(name).map(|(at, _)| at..at + name.len());
    all.filter(|range| {
        let (before, after) = (&text[..range.start], &text[range.end..]);
        !before.ends_with(is_word)
            && !after.starts_with(is_word)
            && !new.tree.is_comment(range.start)
    })
    .filter_map(|range| {
        let role = role(text, &range)?;
        let group = group(text, range.start, role);
        Some(Use { range, role, group })
    })
    .collect()
}

/// Says whether a written name is a key of a program, or a definition, and is another one too.
fn is_repeated<'w>(
    text: &str,
    one: &WrittenKey,
    uses: &[Use],
    was: &dyn Fn(usize) -> Option<&'w str>,
) -> bool {
    let Some(own) = uses.iter().find(|found| found.range == one.range) else {
        return false;
    };
    let mut name = text[one.range.clone()].chars();
    let is_bare = name.all(|c| c.is_alphanumeric() || c == '_');
    let defines = |role| matches!(role, KeyRole::Key | KeyRole::Listed);
    uses.iter().any(|other| {
        let in_group = other.group == own.group;
        let again = other.role == own.role && in_group
            || is_bare
                && (defines(own.role) && defines(other.role))
                && is_name_of_file(text, &other.range, &own.range);
        again && other.range != own.range && was(other.range.start) != Some(one.old.as_str())
    })
}

/// Says whether two names are in one list of imports, or both are defined at the margin.
fn is_name_of_file(text: &str, one: &Range<usize>, other: &Range<usize>) -> bool {
    let indent = |range: &Range<usize>| {
        let line = &text[text[..range.start].rfind('\n').map_or(0, |at| at + 1)..];
        line.len() - line.trim_start_matches([' ', '\t']).len()
    };
    indent(one) == indent(other)
        && opening(text, one.start, LONGEST_GROUP) == opening(text, other.start, LONGEST_GROUP)
}

/// What a name is in a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyRole {
    /// `name: x`, `name => x`, `name = x`, `[name] = x`
    Key,
    /// `case name`
    Case,
    /// `{name, x}` or `entry(name, x)`: the group is the one around the brackets.
    Pair,
    /// An argument of `Map.of` at an even position.
    Alternating,
    /// A name among those of an import or an export.
    Listed,
}

fn role(text: &str, range: &Range<usize>) -> Option<KeyRole> {
    let quote = ['"', '\'', '`'];
    let before = text[..range.start].trim_end_matches(quote);
    let after = text[range.end..].trim_start_matches(quote);
    let is_quoted = before.len() < range.start;
    let next = after.trim_start_matches([' ', '\t']);
    let line = before[before.rfind('\n').map_or(0, |at| at + 1)..].trim_start();
    let last_word = before
        .trim_end()
        .rsplit(|c: char| !c.is_alphanumeric())
        .next();
    if last_word == Some("case") || line.starts_with("case ") && before.trim_end().ends_with(',') {
        return Some(KeyRole::Case);
    }
    // The pattern of a `case` in a shell.
    if !is_quoted && line.is_empty() && next.starts_with(')') {
        return Some(KeyRole::Case);
    }
    if line.is_empty() && next.starts_with("->") {
        return Some(KeyRole::Case);
    }
    let open = opening(text, before.len(), LONGEST_GROUP);
    let head = open.map_or("", |at| text[..at].trim_end());
    let starts = before.trim_end().ends_with(['{', '(', ',', '[', '|']) || line.is_empty();
    let gives = next.starts_with("=>")
        || next.starts_with(':') && !next.starts_with("::")
        || next.starts_with('=') && !next.starts_with("==")
        || is_quoted
            && next.strip_prefix(']').is_some_and(|rest| {
                let rest = rest.trim_start();
                rest.starts_with('=') && !rest.starts_with("==") || rest.starts_with(':')
            });
    let declared = [
        "const", "let", "var", "final", "val", "static", "String", "string", "export",
    ];
    if gives && (starts || declared.iter().any(|word| last_word == Some(word))) {
        return Some(KeyRole::Key);
    }
    if !is_quoted && is_import(head, line) && next.starts_with([',', ')', '}', '\n', '\r', ';']) {
        return Some(KeyRole::Listed);
    }
    if !is_quoted && next.is_empty() && is_import(head, line) {
        return Some(KeyRole::Listed);
    }
    let opener = open.map_or("", |at| &text[at..=at]);
    let is_first = open.is_some_and(|at| text[at + 1..before.len()].trim().is_empty());
    if is_quoted && is_first && next.starts_with(',') {
        let is_entry = opener == "{" && head.ends_with(['{', ',', '}'])
            || opener == "("
                && ["entry", "pair", "Pair", "put", "KeyValuePair", "Add"]
                    .iter()
                    .any(|f| head.ends_with(f));
        if is_entry {
            return Some(KeyRole::Pair);
        }
    }
    let is_map = ["Map.of", "ImmutableMap.of", "Map", "dict", "mapOf", "hash"];
    if is_quoted && opener == "(" && is_map.iter().any(|f| head.ends_with(f)) {
        let inside = &text[open? + 1..before.len()];
        return commas(inside)
            .is_multiple_of(2)
            .then_some(KeyRole::Alternating);
    }
    None
}

/// Says whether a list after `head`, or the line, imports or exports names.
fn is_import(head: &str, line: &str) -> bool {
    let head = head[head.rfind('\n').map_or(0, |at| at + 1)..].trim_start();
    ["import ", "from ", "export ", "use ", "enum "]
        .iter()
        .any(|word| head.starts_with(word) || line.starts_with(word))
        || head == "import"
        || head == "export"
        || head.ends_with("__all__ =")
}

/// The commas outside of brackets and strings.
fn commas(text: &str) -> usize {
    let (mut depth, mut quote, mut count) = (0_i32, None, 0);
    for c in text.chars() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            (None, ',') if depth == 0 => count += 1,
            _ => {}
        }
    }
    count
}

/// Characters of a group before one of its keys.
const LONGEST_GROUP: usize = 8_000;

/// Where the group of a key opens.
fn group(text: &str, at: usize, role: KeyRole) -> Option<usize> {
    let before = text[..at].trim_end_matches(['"', '\'', '`']);
    let open = opening(text, before.len(), LONGEST_GROUP);
    match role {
        KeyRole::Pair => opening(text, open?, LONGEST_GROUP),
        // `["name"] = x`
        KeyRole::Key if before.ends_with('[') => opening(text, before.len() - 1, LONGEST_GROUP),
        _ => open,
    }
}
