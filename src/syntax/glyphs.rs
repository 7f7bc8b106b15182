//! What the line-based readers share: characters with their places, lines, and the recording of
//! values that are written in several pieces.

use std::ops::Range;

use super::tree::{Step, TreeBuilder};
use crate::text::Mapped;

/// A character of a value and the source bytes that say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// The character.
    pub c: char,
    /// Its first source byte.
    pub start: usize,
    /// The byte after its last source byte.
    pub end: usize,
}

/// A line of a text; it ends with LF, CRLF or CR.
#[derive(Debug, Clone, Copy)]
pub(super) struct SourceLine {
    /// Its first byte.
    pub start: usize,
    /// The first byte of its line break.
    pub end: usize,
    /// The byte after its line break.
    pub next: usize,
}

impl SourceLine {
    /// The line from `start` on.
    #[must_use]
    pub(super) fn starting_at(source: &str, start: usize) -> Self {
        let rest = source.get(start..).unwrap_or_default().as_bytes();
        let length = memchr::memchr2(b'\n', b'\r', rest);
        let end = start + length.unwrap_or(rest.len());
        let next = end + break_length(source, end);
        Self { start, end, next }
    }

    /// The first byte that is not blank; the end of a blank line.
    #[must_use]
    pub(super) fn text_start(self, source: &str) -> usize {
        skip_blanks(source, self.start)
    }
}

/// The bytes of the line break at `at`, 0 when there is none.
#[must_use]
pub(super) fn break_length(source: &str, at: usize) -> usize {
    let rest = source.as_bytes().get(at..).unwrap_or_default();
    match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// The first byte that belongs to the text: a byte order mark does not.
#[must_use]
pub(super) fn text_start(source: &str) -> usize {
    if source.starts_with('\u{feff}') { 3 } else { 0 }
}

/// White space within a line.
#[must_use]
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\x0c')
}

/// The first byte from `at` on that is not blank.
#[must_use]
pub(super) fn skip_blanks(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start_matches(is_blank).len())
}

/// The character at `at`.
#[must_use]
pub(super) fn char_at(source: &str, at: usize) -> Option<char> {
    source.get(at..)?.chars().next()
}

/// Says whether `text` begins at `at`.
#[must_use]
pub(super) fn starts_at(source: &str, at: usize, text: &str) -> bool {
    source.get(at..).is_some_and(|rest| rest.starts_with(text))
}

/// The characters of a range as they are written.
pub(super) fn glyphs(source: &str, range: Range<usize>) -> impl Iterator<Item = Glyph> + '_ {
    let start = range.start;
    let text = source.get(range).unwrap_or_default();
    text.char_indices().map(move |(at, c)| Glyph {
        c,
        start: start + at,
        end: start + at + c.len_utf8(),
    })
}

/// What the characters say.
#[must_use]
pub(super) fn text_of(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|g| g.c).collect()
}

/// The source bytes from the first to the last character; `empty_at` without any.
#[must_use]
pub(super) fn span_of(glyphs: &[Glyph], empty_at: usize) -> Range<usize> {
    match (glyphs.first(), glyphs.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => empty_at..empty_at,
    }
}

/// Without white space at both ends.
#[must_use]
pub(super) fn trimmed(glyphs: &[Glyph]) -> &[Glyph] {
    let Some(first) = glyphs.iter().position(|g| !g.c.is_whitespace()) else {
        return &[];
    };
    let last = glyphs.iter().rposition(|g| !g.c.is_whitespace());
    glyphs.get(first..=last.unwrap_or(first)).unwrap_or(&[])
}

/// Records a value, as a plain one when its source bytes say the same.
pub(super) fn record(
    builder: &mut TreeBuilder,
    source: &str,
    step: Step,
    key: Option<Range<usize>>,
    value: &[Glyph],
    empty_at: usize,
) {
    let span = span_of(value, empty_at);
    let written = source.get(span.clone()).unwrap_or_default();
    if written.chars().eq(value.iter().map(|g| g.c)) {
        builder.scalar(step, key, span);
        return;
    }
    let mut text = Mapped::new();
    for glyph in value {
        text.push(glyph.c, glyph.start..glyph.end);
    }
    builder.decoded(step, key, span, text);
}

/// Records a value whose key is written as `key`.
pub(super) fn record_keyed(
    builder: &mut TreeBuilder,
    source: &str,
    key: &[Glyph],
    value: &[Glyph],
    empty_at: usize,
) {
    let range = (!key.is_empty()).then(|| span_of(key, empty_at));
    let step = Step::Key(text_of(key));
    record(builder, source, step, range, value, empty_at);
}

/// The character of a `\uXXXX`, or of a pair of them, with the number of characters that
/// say it.
#[must_use]
pub(super) fn unicode(raw: &[Glyph]) -> Option<(char, usize)> {
    let first = unit(raw)?;
    if (0xd800..0xdc00).contains(&first)
        && let Some(second) = raw.get(6..).and_then(unit)
        && (0xdc00..0xe000).contains(&second)
    {
        let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return char::from_u32(code).map(|c| (c, 12));
    }
    Some((
        char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER),
        6,
    ))
}

/// The number of a `\uXXXX`.
fn unit(raw: &[Glyph]) -> Option<u32> {
    let [slash, letter, digits @ ..] = raw.get(..6)? else {
        return None;
    };
    if slash.c != '\\' || letter.c != 'u' {
        return None;
    }
    let mut digits = digits.iter().map(|g| g.c.to_digit(16));
    digits.try_fold(0, |code, digit| Some(code * 16 + digit?))
}

/// The byte of the quote that closes a string which begins at `from`, after its opening quote.
/// A string over several lines is believed only when nothing is written after it: otherwise the
/// quote of its first line was never closed, and the one found opens another string.
#[must_use]
pub(super) fn closing_quote(
    source: &str,
    from: usize,
    quote: char,
    has_escapes: bool,
    comment: char,
) -> Option<usize> {
    let mut lines = false;
    let mut escaped = false;
    for glyph in glyphs(source, from..source.len()) {
        if escaped {
            escaped = false;
        } else if has_escapes && glyph.c == '\\' {
            escaped = true;
        } else if glyph.c == quote {
            let after = char_at(source, skip_blanks(source, glyph.end));
            let ends = after.is_none_or(|c| matches!(c, '\r' | '\n') || c == comment);
            return (!lines || ends).then_some(glyph.start);
        }
        lines |= matches!(glyph.c, '\r' | '\n');
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_every_line_break() {
        let source = "ab\r\nc\rd\n\ne";
        let mut at = 0;
        let mut lines = Vec::new();
        while at < source.len() {
            let line = SourceLine::starting_at(source, at);
            lines.push(&source[line.start..line.end]);
            at = line.next;
        }
        assert_eq!(lines, ["ab", "c", "d", "", "e"]);
    }

    #[test]
    fn a_string_over_lines_must_end_its_line() {
        assert_eq!(closing_quote("a\\\"b\" c", 0, '"', true, '#'), Some(4));
        assert_eq!(closing_quote("a\nb\" # c", 0, '"', true, '#'), Some(3));
        assert_eq!(closing_quote("a\nb=\"c\"", 0, '"', true, '#'), None);
        assert_eq!(closing_quote("a", 0, '"', true, '#'), None);
    }
}
