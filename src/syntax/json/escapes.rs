//! What the escapes in a string of JSON or JSON5 say.

use std::ops::Range;

use crate::text::Mapped;

/// The text of the string `source[span]`. Escapes that are none keep their characters.
pub(super) fn decoded(source: &str, span: Range<usize>) -> Mapped {
    let mut mapped = Mapped::new();
    let end = span.end.min(source.len());
    let mut at = span.start;
    while let Some(rest) = source.get(at..end).filter(|rest| !rest.is_empty()) {
        let plain = rest.find('\\').unwrap_or(rest.len());
        mapped.push_plain(source, at..at + plain);
        at += plain;
        let Some(rest) = rest.get(plain..).filter(|rest| !rest.is_empty()) else {
            break;
        };
        match escape(rest) {
            Some((Some(character), length)) => {
                mapped.push(character, at..at + length);
                at += length;
            }
            Some((None, length)) => at += length,
            None => {
                mapped.push('\\', at..at + 1);
                at += 1;
            }
        }
    }
    mapped
}

/// What the escape at the beginning of `text` says, and its length. A line continuation says
/// nothing.
fn escape(text: &str) -> Option<(Option<char>, usize)> {
    let letter = text.get(1..)?.chars().next()?;
    let character = match letter {
        '"' | '\'' | '\\' | '/' => letter,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        '0' if !text.get(2..).is_some_and(starts_with_digit) => '\0',
        'x' => return Some((char::from_u32(hex(text, 2, 2)?), 4)).filter(|(c, _)| c.is_some()),
        'u' => return unicode(text).map(|(character, length)| (Some(character), length)),
        '\r' if text.get(2..).is_some_and(|t| t.starts_with('\n')) => return Some((None, 3)),
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => return Some((None, 1 + letter.len_utf8())),
        _ => return None,
    };
    Some((Some(character), 2))
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn hex(text: &str, from: usize, digits: usize) -> Option<u32> {
    let digits = text.get(from..from + digits)?;
    let all_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
    all_hex
        .then(|| u32::from_str_radix(digits, 16).ok())
        .flatten()
}

/// The character of `\uXXXX`, or of two of them that make one character.
fn unicode(text: &str) -> Option<(char, usize)> {
    let first = hex(text, 2, 4)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, 6));
    }
    let has_second = text.get(6..8) == Some("\\u") && (0xd800..0xdc00).contains(&first);
    let second = has_second.then(|| hex(text, 8, 4)).flatten()?;
    let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
    let character = char::from_u32(0x10000 + ((first - 0xd800) << 10) + low)?;
    Some((character, 12))
}
