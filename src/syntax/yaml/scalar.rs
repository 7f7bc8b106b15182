//! What a YAML scalar says, with the bytes that say it. The parser knows the text of a scalar but
//! not where its characters come from, so it is read again here, and the two are compared.

use std::ops::Range;

use granit_parser::ScalarStyle;

use super::block_scalar::block;
use crate::text::Mapped;

/// The bytes of a scalar without its quotes, and its text where it is not written plainly. `span`
/// is the scalar with its quotes, and `value` its text as the parser understood it.
#[must_use]
pub(super) fn place(
    source: &str,
    span: &Range<usize>,
    style: ScalarStyle,
    value: &str,
) -> (Range<usize>, Option<Mapped>) {
    let (span, mapped) = match style {
        ScalarStyle::Plain => flow(source, span.clone(), ScalarQuotes::None, value),
        ScalarStyle::SingleQuoted => flow(source, inner(source, span), ScalarQuotes::Single, value),
        ScalarStyle::DoubleQuoted => flow(source, inner(source, span), ScalarQuotes::Double, value),
        ScalarStyle::Literal | ScalarStyle::Folded => {
            block(source, span, style == ScalarStyle::Folded, value)
        }
    };
    (span, mapped.filter(|m| m.text() == value))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ScalarQuotes {
    None,
    Single,
    Double,
}

fn inner(source: &str, span: &Range<usize>) -> Range<usize> {
    let inner = span.start + 1..span.end.saturating_sub(1);
    match source.get(inner.clone()) {
        Some(_) => inner,
        None => span.clone(),
    }
}

/// A plain or quoted scalar: line breaks fold, quotes and escapes stand for other characters.
fn flow(
    source: &str,
    span: Range<usize>,
    quotes: ScalarQuotes,
    value: &str,
) -> (Range<usize>, Option<Mapped>) {
    if span.is_empty() || source.get(span.clone()) == Some(value) {
        return (span, None);
    }
    let mut mapped = Mapped::new();
    let mut at = span.start;
    // Blank space counts unless a line break comes after it.
    let mut blanks = at..at;
    while let Some(character) = first(source, at..span.end) {
        let next = at + character.len_utf8();
        if matches!(character, ' ' | '\t') {
            blanks = if blanks.end == at { blanks.start } else { at }..next;
            at = next;
            continue;
        }
        if matches!(character, '\n' | '\r') {
            let line_break = line_break(source, at..span.end);
            let before = mapped.text().len();
            at = skip_lines(source, line_break.end..span.end, &mut mapped);
            if mapped.text().len() == before {
                mapped.push(' ', line_break);
            }
            blanks = at..at;
            continue;
        }
        mapped.push_plain(source, blanks);
        match (character, quotes) {
            ('\'', ScalarQuotes::Single) => {
                // Inside the quotes an apostrophe is written twice.
                let end = (at + 2).min(span.end);
                mapped.push('\'', at..end);
                at = end;
            }
            ('\\', ScalarQuotes::Double) => {
                let after = next..span.end;
                if matches!(first(source, after.clone()), Some('\n' | '\r')) {
                    let line_break = line_break(source, after);
                    at = skip_lines(source, line_break.end..span.end, &mut mapped);
                } else if let Some((escaped, end)) = escape(source, after) {
                    mapped.push(escaped, at..end);
                    at = end;
                } else {
                    return (span, None);
                }
            }
            _ => {
                mapped.push(character, at..next);
                at = next;
            }
        }
        blanks = at..at;
    }
    mapped.push_plain(source, blanks);
    (span, Some(mapped))
}

/// Where the text goes on after a line break. Further line breaks are kept.
fn skip_lines(source: &str, range: Range<usize>, mapped: &mut Mapped) -> usize {
    let mut at = range.start;
    loop {
        match first(source, at..range.end) {
            Some(' ' | '\t') => at += 1,
            Some('\n' | '\r') => {
                let line_break = line_break(source, at..range.end);
                at = line_break.end;
                mapped.push('\n', line_break);
            }
            _ => return at,
        }
    }
}

pub(super) fn first(source: &str, range: Range<usize>) -> Option<char> {
    source.get(range)?.chars().next()
}

/// The line break at the start of a range; empty when there is none.
pub(super) fn line_break(source: &str, range: Range<usize>) -> Range<usize> {
    let text = source.get(range.clone()).unwrap_or_default();
    let length = match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    range.start..range.start + length
}

/// The character of an escape, whose range begins after its backslash, and its end.
fn escape(source: &str, range: Range<usize>) -> Option<(char, usize)> {
    let letter = first(source, range.clone())?;
    let next = range.start + letter.len_utf8();
    let character = match letter {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        ' ' | '"' | '/' | '\\' => letter,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' => {
            return hex(source, next, 2).and_then(|code| Some((char::from_u32(code)?, next + 2)));
        }
        'U' => {
            return hex(source, next, 8).and_then(|code| Some((char::from_u32(code)?, next + 8)));
        }
        'u' => return unicode(source, next),
        _ => return None,
    };
    Some((character, next))
}

/// `\uXXXX`, or two of them as JSON writes rarer characters.
fn unicode(source: &str, digits: usize) -> Option<(char, usize)> {
    let code = hex(source, digits, 4)?;
    if let Some(character) = char::from_u32(code) {
        return Some((character, digits + 4));
    }
    source
        .get(digits + 4..digits + 6)
        .filter(|mark| *mark == "\\u")?;
    let low = hex(source, digits + 6, 4)?;
    let pair = [u16::try_from(code).ok()?, u16::try_from(low).ok()?];
    let character = char::decode_utf16(pair).next()?.ok()?;
    Some((character, digits + 10))
}

fn hex(source: &str, at: usize, digits: usize) -> Option<u32> {
    let text = source.get(at..at + digits)?;
    let all = text.bytes().all(|b| b.is_ascii_hexdigit());
    all.then(|| u32::from_str_radix(text, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The span and the decoded text of the last scalar, which must be the one of the parser.
    fn read(source: &str) -> (String, Option<String>) {
        let options = granit_parser::options! { block_scalar_eof_without_line_feed: true };
        let mut last = None;
        for event in granit_parser::Parser::new_from_str_with_options(source, options) {
            let (event, span) = event.expect("valid");
            if let Some((value, style)) = event.scalar() {
                let span = span.byte_range().expect("bytes");
                let (inner, mapped) = place(source, &span, style, value);
                let text = mapped.as_ref().map(|m| m.text().to_owned());
                assert_eq!(text.as_deref().unwrap_or(&source[inner.clone()]), value);
                if let Some(mapped) = mapped {
                    for (at, c) in mapped.text().char_indices() {
                        let piece = &source[mapped.source(at..at + c.len_utf8())];
                        let stands =
                            piece == c.to_string() || piece.starts_with(['\\', '\'', '\n', '\r']);
                        assert!(stands, "{source:?}: {c:?} from {piece:?}");
                    }
                }
                last = Some((source[inner].to_owned(), text));
            }
        }
        last.expect("a scalar")
    }

    #[test]
    fn scalars_are_read_with_their_bytes() {
        for (source, span, text) in [
            ("a b", "a b", None),
            ("'a b'", "a b", None),
            ("\"a b \"", "a b ", None),
            (
                "a\n  b \t\r\n\r\n  c",
                "a\n  b \t\r\n\r\n  c",
                Some("a b\nc"),
            ),
            ("'it''s'", "it''s", Some("it's")),
            ("' a \n\n\n b '", " a \n\n\n b ", Some(" a\n\nb ")),
            ("\"a\\x2eb\\u002eé\"", "a\\x2eb\\u002eé", Some("a.b.é")),
            (
                "\"\\uD834\\uDD1E\\/\\\\\"",
                "\\uD834\\uDD1E\\/\\\\",
                Some("\u{1d11e}/\\"),
            ),
            ("\"a \\\n   b\"", "a \\\n   b", Some("a b")),
            ("\"a\\\r\n\\  b\"", "a\\\r\n\\  b", Some("a  b")),
            ("\"a\\\n\n b\"", "a\\\n\n b", Some("a\nb")),
            (
                "\"\\U0001F600\\N\\t\"",
                "\\U0001F600\\N\\t",
                Some("\u{1f600}\u{85}\t"),
            ),
            ("k: |\n  a\n", "a\n", None),
            ("k: |-\n  a\n", "a", None),
            ("k: |\n  a", "a", None),
            ("k: |\n  a\n   b\n\n", "a\n   b\n", Some("a\n b\n")),
            ("k: |+\n  a\r\n\r\n", "a\r\n\r\n", Some("a\n\n")),
            ("k: |1\n  a\n b\n", " a\n b\n", Some(" a\nb\n")),
            ("k: |\n\n \n  a\n", "\n \n  a\n", Some("\n\na\n")),
            ("k: >\n  a\n  b\n", "a\n  b\n", Some("a b\n")),
            (
                "k: >-\n  a\n\n  b\n    c\n\n  d\n  e\n",
                "a\n\n  b\n    c\n\n  d\n  e",
                Some("a\nb\n  c\n\nd e"),
            ),
            (
                "k: !t >2-\n    a\n  b # c\n",
                "  a\n  b # c",
                Some("  a\nb # c"),
            ),
            ("- k: |\n    a\n    \n  # end\n", "a\n", None),
            ("--- |\na\nb\n...\n", "a\nb\n", None),
            ("k: |\n", "", None),
        ] {
            let (got_span, got_text) = read(source);
            assert_eq!(got_span, span, "{source:?}");
            assert_eq!(got_text.as_deref(), text, "{source:?}");
        }
    }

    #[test]
    fn a_text_that_differs_from_the_parsers_is_not_given() {
        let place = place("\"a\\x2eb\"", &(0..8), ScalarStyle::DoubleQuoted, "a,b");
        assert_eq!(place, (1..7, None));
    }

    proptest::proptest! {
        #[test]
        fn flow_scalars_agree_with_the_parser(text in "[ab \n\t\\\\'x2é\r]{0,12}") {
            for quote in ["'", "\""] {
                let source = format!("{quote}{text}{quote}");
                for (event, span) in granit_parser::Parser::new_from_str(&source).map_while(Result::ok) {
                    let Some((value, style)) = event.scalar() else { continue };
                    let span = span.byte_range().expect("bytes");
                    if span != (0..source.len()) {
                        continue;
                    }
                    let (inner, mapped) = place(&source, &span, style, value);
                    assert_eq!(mapped.as_ref().map_or(&source[inner], Mapped::text), value, "{source:?}");
                }
            }
        }

        #[test]
        fn block_scalars_agree_with_the_parser(
            header in "[|>][1-3]?[+-]?",
            text in "( {0,4}[ab\t]{0,2}\r?\n){0,6}( {0,3}a?)?",
        ) {
            let source = format!("k: {header}\n{text}");
            let options = granit_parser::options! { block_scalar_eof_without_line_feed: true };
            for (event, span) in granit_parser::Parser::new_from_str_with_options(&source, options).map_while(Result::ok) {
                let Some((value, style)) = event.scalar() else { continue };
                let span = span.byte_range().expect("bytes");
                let (inner, mapped) = place(&source, &span, style, value);
                if value.trim().is_empty() || style == ScalarStyle::Plain {
                    continue;
                }
                assert_eq!(mapped.as_ref().map_or(&source[inner], Mapped::text), value, "{source:?}");
            }
        }
    }
}
