//! Strings that begin on the next line and end with a line of their own.

use std::ops::Range;

use super::language::{Habit, StringEscapes};
use super::lexer::{CodeLexer, first_character};
use super::tokens::{CodeTokenKind, Text};

/// Marks whose texts are still to come.
#[derive(Debug, Default)]
pub(super) struct Heredocs {
    waiting: Vec<HeredocMark>,
    /// One did not end; then no further ones are looked for, as each would be to the end.
    endless: bool,
}

#[derive(Debug)]
struct HeredocMark {
    name: Range<usize>,
    /// The number of tokens before it.
    place: usize,
    outer: Range<usize>,
}

/// Reads the mark of a here-document, or a here-string as a whole.
pub(super) fn begins(lexer: &mut CodeLexer) -> bool {
    if !lexer.language.has(Habit::Heredoc) || lexer.heredocs.endless {
        return false;
    }
    if lexer.language.has(Habit::Options) {
        return here_string(lexer);
    }
    let rest = lexer.rest();
    let tags = lexer.language.has(Habit::Tags);
    let arrows: &[u8] = if tags { b"<<<" } else { b"<<" };
    if !rest.starts_with(arrows) {
        return false;
    }
    let blank = |b: &&u8| tags && **b == b' ';
    let mut length = arrows.len()
        + rest[arrows.len()..]
            .iter()
            .take(4)
            .take_while(blank)
            .count();
    if matches!(rest.get(length), Some(b'~' | b'-')) {
        length += 1;
    }
    let quote = rest.get(length).filter(|b| matches!(b, b'"' | b'\''));
    length += usize::from(quote.is_some());
    let name = rest[length..]
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'_')
        .count();
    let first = rest.get(length).copied().unwrap_or(b' ');
    // `list <<item` adds to a list; marks are in capitals.
    let is_name =
        first == b'_' || first.is_ascii_uppercase() || (tags && first.is_ascii_lowercase());
    if name == 0 || !is_name || (quote.is_some() && rest.get(length + name) != quote) {
        return false;
    }
    let start = lexer.at;
    let name = start + length..start + length + name;
    lexer.at = name.end + usize::from(quote.is_some());
    let mark = HeredocMark {
        name,
        place: lexer.tokens.list.len(),
        outer: start..lexer.at,
    };
    lexer.heredocs.waiting.push(mark);
    // Keeps the place, so that the name before it does not become the name of what follows.
    lexer.push(CodeTokenKind::Literal, start..lexer.at);
    true
}

/// Reads the texts that begin at this line.
pub(super) fn bodies(lexer: &mut CodeLexer) {
    for mark in std::mem::take(&mut lexer.heredocs.waiting) {
        let start = lexer.at;
        let name = &lexer.bytes[mark.name.clone()];
        let Some((end, after)) = body_end(lexer.bytes, start, name) else {
            lexer.heredocs.endless = true;
            lexer.problem(mark.outer.start, "string without end");
            return;
        };
        let text = Text {
            content: start..end,
            escapes: StringEscapes::Plain,
            quote: b'"',
            tripled: false,
        };
        // Where strings follow on the line of the mark, the text comes after them, as nodes are
        // in the order of their bytes.
        let after_mark = lexer.tokens.list.get(mark.place + 1..).unwrap_or_default();
        let bare = !after_mark
            .iter()
            .any(|t| matches!(t.kind, CodeTokenKind::Text(_) | CodeTokenKind::Open(_)));
        lexer.text(start..end, text);
        if bare
            && let Some(token) = lexer.tokens.list.pop()
            && let Some(place) = lexer.tokens.list.get_mut(mark.place)
        {
            *place = token;
        }
        lexer.at = after;
        lexer.tokens.units.push(mark.outer.start..after);
    }
}

/// The end of the text before its last line end, and the place after the name in the line that ends it.
fn body_end(bytes: &[u8], start: usize, name: &[u8]) -> Option<(usize, usize)> {
    let mut at = start;
    for line in bytes.get(start..)?.split_inclusive(|b| *b == b'\n') {
        let bare = line.trim_ascii_start();
        if let Some(rest) = bare.strip_prefix(name)
            && first_character(rest).is_none_or(|(c, _)| !c.is_alphanumeric() && c != '_')
        {
            let mut text = &bytes[start..at];
            while let [shorter @ .., b'\n'] = text {
                text = shorter;
            }
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            let name_end = at + line.len() - rest.len();
            return Some((start + text.len(), name_end));
        }
        at += line.len();
    }
    None
}

/// `@"` and `"@` with line ends.
fn here_string(lexer: &mut CodeLexer) -> bool {
    let rest = lexer.rest();
    let Some(&[b'@', quote @ (b'"' | b'\'')]) = rest.get(..2) else {
        return false;
    };
    let start = lexer.at;
    let content = lexer.line_end_from(start);
    let tail = lexer.bytes.get(content..).unwrap_or_default();
    let begin = memchr::memchr(b'\n', tail).map_or(tail.len(), |at| at + 1);
    let close = if quote == b'"' { "\n\"@" } else { "\n'@" };
    let Some(length) = memchr::memmem::find(tail, close.as_bytes()) else {
        lexer.heredocs.endless = true;
        lexer.problem(start, "string without end");
        return false;
    };
    let content_start = content + begin;
    let mut content_end = (content + length).max(content_start);
    if content_end > content_start && lexer.bytes[content_end - 1] == b'\r' {
        content_end -= 1;
    }
    lexer.at = content + length + close.len();
    lexer.tokens.units.push(start..lexer.at);
    let text = Text {
        content: content_start..content_end,
        escapes: StringEscapes::Plain,
        quote,
        tripled: false,
    };
    lexer.text(start..lexer.at, text);
    true
}
