//! The strings of source code: where one ends, and what its escapes say.

use std::ops::Range;

use super::classes::Classes;
use super::language::{Digits, QuoteStyle, StringEscapes};
use crate::text::Mapped;

/// Why a string does not end where it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// Up to here no string of this kind ends.
    pub at: usize,
}

/// The end of the content of a string that begins at `start`, after its quote.
///
/// `flat` is the place before which code within strings is not looked for, because it does not
/// end; it keeps the time linear.
pub(super) fn content_end(
    bytes: &[u8],
    start: usize,
    quotes: &QuoteStyle,
    escapes: StringEscapes,
    classes: &Classes,
    flat: &mut usize,
) -> Result<usize, Unclosed> {
    let doubled = matches!(escapes, StringEscapes::Doubled | StringEscapes::Backquote);
    let multiline = quotes.multiline || escapes == StringEscapes::Doubled;
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        if !classes.is_stop(byte) {
            at += 1;
            continue;
        }
        let rest = &bytes[at..];
        if rest.starts_with(quotes.mark.as_bytes()) {
            if !(doubled && rest.get(1) == Some(&byte)) {
                return Ok(at);
            }
            at += 2;
            continue;
        }
        if at >= *flat
            && let Some((mark, close)) = code_mark(rest, quotes)
        {
            match code_end(bytes, at + mark, close, multiline) {
                Ok(end) => at = end,
                Err(Unclosed { at: end }) => {
                    *flat = end;
                    at += 1;
                }
            }
            continue;
        }
        at += match byte {
            b'\n' if !multiline => return Err(Unclosed { at }),
            b'\\' if has_backslash(escapes) => escaped_length(rest),
            b'`' if escapes == StringEscapes::Backquote => escaped_length(rest),
            _ => 1,
        };
    }
    Err(Unclosed { at: bytes.len() })
}

fn has_backslash(escapes: StringEscapes) -> bool {
    matches!(
        escapes,
        StringEscapes::Kept
            | StringEscapes::Quote
            | StringEscapes::Backslash(..)
            | StringEscapes::Folding(..)
    )
}

/// Bytes of a backslash and what it hides; a line end is hidden as a whole.
fn escaped_length(rest: &[u8]) -> usize {
    if rest.get(1..3) == Some(b"\r\n") {
        3
    } else {
        2
    }
}

fn code_mark(rest: &[u8], quotes: &QuoteStyle) -> Option<(usize, u8)> {
    let mut marks = quotes.code.iter();
    let (mark, close) = marks.find(|(mark, _)| rest.starts_with(mark.as_bytes()))?;
    Some((mark.len(), *close))
}

/// The place after the bracket that ends code within a string. Strings in the code may hold
/// brackets; strings with code in these strings are read as if they held none.
fn code_end(bytes: &[u8], start: usize, close: u8, multiline: bool) -> Result<usize, Unclosed> {
    let open = if close == b')' { b'(' } else { b'{' };
    let mut depth = 1;
    let mut quote = None;
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' if !multiline => return Err(Unclosed { at }),
            b'"' | b'\'' | b'`' => match quote {
                None => quote = Some(byte),
                Some(open) if open == byte => quote = None,
                Some(_) => {}
            },
            _ if quote.is_some() => {}
            _ if byte == open => depth += 1,
            _ if byte == close => {
                depth -= 1;
                if depth == 0 {
                    return Ok(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    Err(Unclosed { at: bytes.len() })
}

/// Says whether a string is written plainly.
#[must_use]
pub(super) fn is_plain(content: &str, escapes: StringEscapes, quote: u8) -> bool {
    match escapes {
        StringEscapes::Plain | StringEscapes::Kept => true,
        StringEscapes::Doubled => !content.as_bytes().contains(&quote),
        StringEscapes::Quote | StringEscapes::Backslash(..) | StringEscapes::Folding(..) => {
            !content.contains('\\')
        }
        StringEscapes::Backquote => !content.contains(['`', '"']),
    }
}

/// Appends what the bytes of `range` say.
pub(super) fn decode(
    source: &str,
    range: Range<usize>,
    escapes: StringEscapes,
    quote: u8,
    mapped: &mut Mapped,
) {
    let Some(content) = source.get(range.clone()) else {
        return;
    };
    if is_plain(content, escapes, quote) {
        mapped.push_plain(source, range);
        return;
    }
    let mut at = 0;
    while let Some(character) = content[at..].chars().next() {
        let rest = &content[at..];
        let escape = match (escapes, character) {
            (StringEscapes::Doubled | StringEscapes::Backquote, c)
                if c == char::from(quote) && rest[1..].starts_with(c) =>
            {
                Some((Some(c), 2))
            }
            (StringEscapes::Quote, '\\') => own_quote(rest, quote),
            (StringEscapes::Backslash(digits, own), '\\') => backslash(rest, digits, own, quote),
            (StringEscapes::Folding(digits, own), '\\') => folding(rest, digits, own, quote),
            (StringEscapes::Backquote, '`') => backquote(rest),
            _ => None,
        };
        let (said, length) = escape.unwrap_or((Some(character), character.len_utf8()));
        if let Some(said) = said {
            mapped.push(said, range.start + at..range.start + at + length);
        }
        at += length;
    }
}

/// What an escape says, which may be nothing, and its length.
type Said = Option<(Option<char>, usize)>;

fn own_quote(rest: &str, quote: u8) -> Said {
    let next = *rest.as_bytes().get(1)?;
    (next == b'\\' || next == quote).then_some((Some(char::from(next)), 2))
}

fn backslash(rest: &str, digits: Digits, own: &str, quote: u8) -> Said {
    let next = rest[1..].chars().next()?;
    let said = match next {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        'e' => '\u{1b}',
        '\\' | '\'' | '"' => next,
        _ if u8::try_from(next) == Ok(quote) || own.contains(next) => next,
        '\n' => return Some((None, 2)),
        '\r' if rest[2..].starts_with('\n') => return Some((None, 3)),
        'x' | 'u' | 'U' => return hexadecimal(rest, next),
        '0'..='9' => return number(rest, digits),
        _ => return None,
    };
    Some((Some(said), 1 + next.len_utf8()))
}

fn folding(rest: &str, digits: Digits, own: &str, quote: u8) -> Said {
    let (said, length) = backslash(rest, digits, own, quote)?;
    let after = rest[length..].bytes();
    let blanks = after.take_while(|b| matches!(b, b' ' | b'\t')).count();
    Some((said, length + if said.is_none() { blanks } else { 0 }))
}

fn backquote(rest: &str) -> Said {
    let next = rest[1..].chars().next()?;
    let said = match next {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '0' => '\0',
        '\n' => return Some((None, 2)),
        'u' => return hexadecimal(rest, next),
        _ => next,
    };
    Some((Some(said), 1 + next.len_utf8()))
}

/// `\x2e`, `\u002e`, `\U0000002e`, `\x{2e}`, `\u{2e}`.
fn hexadecimal(rest: &str, kind: char) -> Said {
    let after = &rest[2..];
    if let Some(braced) = after.strip_prefix('{') {
        let end = braced.find('}').filter(|end| (1..=8).contains(end))?;
        let said = u32::from_str_radix(&braced[..end], 16).ok()?;
        return Some((Some(character(said)), 2 + end + 2));
    }
    let most = match kind {
        // Some languages take more than two digits; of those, only ASCII is of interest.
        'x' if is_long_ascii(after) => 4,
        'x' => 2,
        'u' => 4,
        _ => 8,
    };
    let count = after
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_hexdigit)
        .count();
    // Short forms are known for `\x` only.
    if count == 0 || (kind != 'x' && count < most) {
        return None;
    }
    let said = u32::from_str_radix(&after[..count], 16).ok()?;
    Some((Some(character(said)), 2 + count))
}

/// Says whether four hex digits stand for a character of ASCII.
fn is_long_ascii(digits: &str) -> bool {
    digits
        .get(..4)
        .and_then(|four| u32::from_str_radix(four, 16).ok())
        .is_some_and(|said| said < 0x80)
}

fn number(rest: &str, digits: Digits) -> Said {
    let (radix, most) = match digits {
        Digits::None => (8, 1),
        Digits::Octal => (8, 3),
        Digits::Decimal => (10, 3),
    };
    let after = rest[1..].bytes();
    let count = after
        .take(most)
        .take_while(|b| char::from(*b).is_digit(radix))
        .count();
    let said = u32::from_str_radix(&rest[1..=count], radix).ok()?;
    (digits != Digits::None || said == 0).then_some((Some(character(said)), 1 + count))
}

fn character(number: u32) -> char {
    char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests;
