//! Edits after which a list has an item twice: `[DEV, INT]` does not become `[INT, INT]`.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::duplicates::{Duplicate, TextEdit, WrittenKey, is_word, twice, written};
use crate::syntax::{Document, NodeKind, Step};
use crate::text::{first_bytes, last_bytes};

/// Equal items of a list that are compared.
const MOST_EQUAL: usize = 64;

/// The edits that write an item which the list already has. Of two edits that write the same item, that is the
/// second.
pub(super) fn listed_twice(old: &Document, new: &Document, edits: &[TextEdit]) -> Vec<Duplicate> {
    if new.is_prose() {
        return Vec::new();
    }
    let written = written(old, new, edits, word_around);
    let items = items_again(new, &written);
    let is_repeated =
        |number: &usize| items.contains(number) || is_in_list_of_words(new, &written, *number);
    let repeated = (0..written.len()).filter(is_repeated);
    let duplicate = |number: usize| Duplicate {
        edit: written[number].edit,
        reason: twice(&new.text[written[number].range.clone()]),
    };
    repeated.map(duplicate).collect()
}

/// The word around a range: a name with its path, and the scheme of a URL.
fn word_around(text: &str, range: Range<usize>) -> Range<usize> {
    let part = |c: char| is_word(c) || matches!(c, '/' | ':' | '@' | '*' | '~');
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let start = before.trim_end_matches(|c| part(c) || c == '\\').len();
    let mut ends = after.char_indices().filter(|(at, c)| {
        // After a name, `\n` is the end of a line in a string.
        let is_line_end = after[at + c.len_utf8()..].starts_with(['n', 'r', 't']);
        !part(*c) && (*c != '\\' || is_line_end)
    });
    let end = ends.next().map_or(after.len(), |(at, _)| at);
    start..range.end + end
}

/// Says whether an item at `other` makes a written one a repetition: it is not written by a later edit, and the
/// two were not the same before.
fn is_counted(written: &[WrittenKey], number: usize, other: &Range<usize>) -> bool {
    let at = written.partition_point(|one| one.range.end <= other.start);
    let known = written.get(at).filter(|one| one.range.start < other.end);
    known.is_none_or(|known| at < number && known.old != written[number].old)
}

/// The written items of lists with an equal item.
fn items_again(new: &Document, written: &[WrittenKey]) -> BTreeSet<usize> {
    let tree = &new.tree;
    let mut found = BTreeSet::new();
    // The items of a list so far.
    let mut known: HashMap<(usize, &str), Vec<usize>> = HashMap::new();
    for (number, node) in tree.nodes().iter().enumerate().skip(1) {
        if node.kind == NodeKind::Scalar && matches!(node.step, Step::Item(_)) {
            let item = (node.parent, tree.text(number, &new.text));
            known.entry(item).or_default().push(number);
        }
    }
    for equal in known.into_values().filter(|equal| equal.len() > 1) {
        for number in &equal {
            let span = &tree.node(*number).span;
            let at = written.partition_point(|one| one.range.end <= span.start);
            if written
                .get(at)
                .is_none_or(|one| span.end <= one.range.start)
            {
                continue;
            }
            let mut others = equal
                .iter()
                .filter(|other| *other != number)
                .take(MOST_EQUAL);
            if others.any(|other| is_counted(written, at, &tree.node(*other).span)) {
                found.insert(at);
            }
        }
    }
    found
}

/// Bytes of a list on each side of a word that are looked at.
const REACH: usize = 1_000;

/// Says whether a written word is among others, on its line or in its brackets, of which one is the same.
fn is_in_list_of_words(new: &Document, written: &[WrittenKey], number: usize) -> bool {
    let text = new.text.as_str();
    let own = &written[number].range;
    let word = &text[own.clone()];
    let list = list_around(text, own);
    text[list.clone()].match_indices(word).any(|(at, _)| {
        let other = list.start + at..list.start + at + word.len();
        other != *own
            && word_around(text, other.clone()) == other
            && !new.tree.is_comment(other.start)
            && is_counted(written, number, &other)
            && are_listed(&text[own.end.min(other.end)..own.start.max(other.start)])
    })
}

/// The text around a word that has only words and what separates them: of its line, or of its brackets.
fn list_around(text: &str, own: &Range<usize>) -> Range<usize> {
    let ends = |c: char| "=()[]{}<>&$#".contains(c);
    let (before, after) = (
        last_bytes(&text[..own.start], REACH),
        first_bytes(&text[own.end..], REACH),
    );
    let inside = before.rfind(ends);
    let is_bracketed = inside.is_some_and(|at| before[at..].starts_with(['[', '(', '{']));
    let stops = |c: char| ends(c) || c == '\n' && !is_bracketed;
    let start = before.rfind(stops).map_or(0, |at| at + 1);
    let end = after.find(stops).unwrap_or(after.len());
    own.start - (before.len() - start)..own.end + end
}

/// Says whether what is between two words makes them words of a list.
fn are_listed(between: &str) -> bool {
    let is_one_list = !between.contains('\n') || between.contains(',') && !between.contains(';');
    is_one_list
        && between.contains([',', ';', ' ', '|'])
        && !between.contains("||")
        && !between
            .split([' ', '"', '\''])
            .any(|word| word.ends_with(':'))
}
