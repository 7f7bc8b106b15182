//! Strings of TOML: their bytes without quotes, and what their escapes say.

use std::ops::Range;

use toml_parser::decoder::Encoding;

use crate::text::Mapped;

/// The bytes of a value without its quotes, as far as it has them: a string that is not closed
/// lacks the last ones. The line break after `"""` is not part of a text.
#[must_use]
pub(super) fn inner(source: &str, span: Range<usize>, encoding: Option<Encoding>) -> Range<usize> {
    let quotes = match encoding {
        None => return span,
        Some(Encoding::LiteralString) => "'",
        Some(Encoding::BasicString) => "\"",
        Some(Encoding::MlLiteralString) => "'''",
        Some(Encoding::MlBasicString) => "\"\"\"",
    };
    let text = source.get(span.clone()).unwrap_or_default();
    let Some(mut inner) = text.strip_prefix(quotes) else {
        return span;
    };
    if quotes.len() == 3 {
        let after = inner.strip_prefix("\r\n").or(inner.strip_prefix('\n'));
        inner = after.unwrap_or(inner);
    }
    let start = span.end - inner.len();
    let inner = inner.strip_suffix(quotes).unwrap_or(inner);
    start..start + inner.len()
}

/// The text of a string with escapes; none when it is written plainly, or not rightly. `span` is
/// the string without its quotes.
#[must_use]
pub(super) fn decode(
    source: &str,
    span: &Range<usize>,
    encoding: Option<Encoding>,
) -> Option<Mapped> {
    let lines = match encoding? {
        Encoding::BasicString => false,
        Encoding::MlBasicString => true,
        Encoding::LiteralString | Encoding::MlLiteralString => return None,
    };
    let text = source.get(span.clone())?;
    if !text.contains('\\') {
        return None;
    }
    let mut mapped = Mapped::new();
    let mut at = span.start;
    while let Some(rest) = source.get(at..span.end).filter(|rest| !rest.is_empty()) {
        let plain = rest.find('\\').unwrap_or(rest.len());
        mapped.push_plain(source, at..at + plain);
        at += plain;
        let Some(rest) = rest[plain..].strip_prefix('\\') else {
            continue;
        };
        let blank = rest.trim_start_matches([' ', '\t']);
        if lines && blank.starts_with(['\n', '\r']) {
            // The line break and all blank space after it count for nothing.
            let next = blank.trim_start_matches([' ', '\t', '\n', '\r']);
            at = span.end - next.len();
        } else {
            let (character, length) = escape(rest)?;
            mapped.push(character, at..at + 1 + length);
            at += 1 + length;
        }
    }
    Some(mapped)
}

/// The character of an escape without its backslash, and how long it is.
fn escape(rest: &str) -> Option<(char, usize)> {
    let character = match rest.bytes().next()? {
        b'b' => '\u{8}',
        b'e' => '\u{1b}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'"' => '"',
        b'\\' => '\\',
        b'x' => return hex(rest, 2),
        b'u' => return hex(rest, 4),
        b'U' => return hex(rest, 8),
        _ => return None,
    };
    Some((character, 1))
}

fn hex(rest: &str, digits: usize) -> Option<(char, usize)> {
    let text = rest.get(1..=digits)?;
    if !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let code = u32::from_str_radix(text, 16).ok()?;
    Some((char::from_u32(code)?, 1 + digits))
}
