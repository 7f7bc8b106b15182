//! Retired hosts in filled texts: which piece of the text makes it one, and what that piece becomes.

use std::ops::Range;

use super::resolve::{FilledText, Piece};
use crate::catalogue::{Catalogue, Classification, Endpoint};

/// A retired host that a text becomes.
#[derive(Debug)]
pub(crate) struct ComposedHost<'c> {
    /// The host in lower case.
    pub name: String,
    /// What it is.
    pub endpoint: Endpoint<'c>,
    /// The piece that decides its environment.
    pub piece: Piece,
    /// The bytes of the piece that have to change.
    pub word: Range<usize>,
    /// What to write there.
    pub becomes: Option<String>,
}

/// The retired hosts in a filled text that no single piece holds.
pub(crate) fn hosts<'c>(catalogue: &'c Catalogue, filled: &FilledText) -> Vec<ComposedHost<'c>> {
    host_tokens(&filled.text)
        .filter_map(|range| composed(catalogue, filled, range))
        .collect()
}

fn composed<'c>(
    catalogue: &'c Catalogue,
    filled: &FilledText,
    range: Range<usize>,
) -> Option<ComposedHost<'c>> {
    let name = filled.text[range.clone()].to_ascii_lowercase();
    let is_whole = |piece: &Piece| piece.range.start <= range.start && range.end <= piece.range.end;
    if filled.pieces.iter().any(is_whole) {
        return None;
    }
    let Classification::Endpoint(endpoint) = catalogue.classify_host(&name) else {
        return None;
    };
    if !endpoint.pack.is_retired(endpoint.environment) {
        return None;
    }
    // The replacement that changes one piece only is the one for that piece.
    let in_one = endpoint.replacements.iter().filter_map(|replacement| {
        let old = difference(&name, &replacement.text);
        let holds = |piece: &&Piece| {
            piece.range.start <= range.start + old.start && range.start + old.end <= piece.range.end
        };
        let piece = filled.pieces.iter().find(holds)?;
        let inside = piece.range.start.max(range.start) - range.start
            ..piece.range.end.min(range.end) - range.start;
        let (word, new) = widened(&name, &replacement.text, old, &inside);
        let word = range.start + word.start - piece.range.start
            ..range.start + word.end - piece.range.start;
        Some((piece.clone(), word, new))
    });
    let mut in_one: Vec<_> = in_one.collect();
    in_one.sort_by_key(|(_, word, _)| word.len());
    if let Some((piece, word, new)) = in_one.into_iter().next() {
        return Some(ComposedHost {
            name,
            endpoint: *endpoint,
            piece,
            word,
            becomes: Some(new),
        });
    }
    let piece = deciding_piece(catalogue, filled, &range, endpoint.environment)?;
    let start = range.start.max(piece.range.start) - piece.range.start;
    let end = range.end.min(piece.range.end) - piece.range.start;
    Some(ComposedHost {
        name,
        endpoint: *endpoint,
        piece: piece.clone(),
        word: start..end,
        becomes: None,
    })
}

/// The first piece without which the name is not of the environment.
fn deciding_piece<'f>(
    catalogue: &Catalogue,
    filled: &'f FilledText,
    range: &Range<usize>,
    environment: &str,
) -> Option<&'f Piece> {
    let touches = |piece: &&Piece| piece.range.start < range.end && range.start < piece.range.end;
    filled.pieces.iter().filter(touches).find(|piece| {
        let start = piece.range.start.max(range.start);
        let end = piece.range.end.min(range.end);
        let other = format!(
            "{}x{}",
            &filled.text[range.start..start],
            &filled.text[end..range.end]
        );
        !matches!(
            catalogue.classify_host(&other),
            Classification::Endpoint(endpoint) if endpoint.environment == environment
        )
    })
}

/// The bytes of a host that differ from another one.
fn difference(old: &str, new: &str) -> Range<usize> {
    let head = shared(old.bytes(), new.bytes());
    let most = old.len().min(new.len()) - head;
    let tail = shared(old.bytes().rev(), new.bytes().rev()).min(most);
    head..old.len() - tail
}

fn shared(a: impl Iterator<Item = u8>, b: impl Iterator<Item = u8>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

/// Such bytes, widened to whole words as far as that stays inside, and what is there in the other host.
fn widened(
    old: &str,
    new: &str,
    difference: Range<usize>,
    inside: &Range<usize>,
) -> (Range<usize>, String) {
    let Range { mut start, mut end } = difference;
    let is_boundary = |byte: u8| matches!(byte, b'.' | b'-');
    while start > inside.start && !is_boundary(old.as_bytes()[start - 1]) {
        start -= 1;
    }
    while end < inside.end && !is_boundary(old.as_bytes()[end]) {
        end += 1;
    }
    let new_end = new.len() - (old.len() - end);
    (start..end, new[start..new_end].to_owned())
}

/// Runs of characters of host names with a dot in them.
fn host_tokens(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at + bytes[at..].iter().position(|byte| is_host(*byte))?;
            let length = bytes[start..].iter().position(|byte| !is_host(*byte));
            at = length.map_or(bytes.len(), |length| start + length);
            let run = text[start..at].trim_end_matches('.');
            if run.contains('.') {
                return Some(start..start + run.len());
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_of_two_hosts_is_whole_words() {
        for (old, new, word, becomes) in [
            ("a.train.example.org", "a.int.example.org", "train", "int"),
            ("a.dev.example.org", "a.dep.example.org", "dev", "dep"),
            ("a.dev1.example.org", "a.int1.example.org", "dev1", "int1"),
            (
                "a.train.example.org",
                "b.int.example.org",
                "a.train",
                "b.int",
            ),
        ] {
            let all = 0..old.len();
            let (range, new) = widened(old, new, difference(old, new), &all);
            assert_eq!((&old[range], new.as_str()), (word, becomes), "{old}");
        }
        let (old, new) = ("a.devhosts.example.org", "a.inthosts.example.org");
        let (range, new) = widened(old, new, difference(old, new), &(2..5));
        assert_eq!((&old[range], new.as_str()), ("dev", "int"));
    }
}
