//! The values of a configuration file: their quotes, and the indented lines that continue them.

use std::borrow::Cow;
use std::ops::Range;

use super::super::glyphs::{Glyph, SourceLine, char_at, skip_blanks, trimmed};
use super::statement::{StatementEnd, scan, separator};

/// Appends the lines that are indented deeper than their key and have no key themselves.
pub(super) fn indented(
    source: &str,
    value: &mut Vec<Glyph>,
    comments: &mut Vec<Range<usize>>,
    mut at: usize,
    indent: usize,
) -> usize {
    // A statement that ends with the text has no line after it.
    let mut line_break = at;
    loop {
        let start = skip_blanks(source, at);
        if start - at <= indent {
            return at;
        }
        match char_at(source, start) {
            None | Some('\r' | '\n' | '[' | '{' | '}' | '<') => return at,
            Some('#' | ';') => {
                let line = SourceLine::starting_at(source, start);
                comments.push(start..line.end);
                at = line.next;
                continue;
            }
            Some(_) => {}
        }
        let line = scan(source, start, false);
        if line.end != StatementEnd::Line || separator(&line.glyphs).is_some() {
            return at;
        }
        if let Some(last) = value.last() {
            line_break = line_break.max(last.end);
            let (start, end) = (line_break, start);
            value.push(Glyph {
                c: '\n',
                start,
                end,
            });
        }
        value.extend(trimmed(&line.glyphs));
        comments.extend(line.comment);
        at = line.next;
    }
}

/// The words before a brace, without a sign between them and it.
#[must_use]
pub(super) fn block_name(glyphs: &[Glyph]) -> &[Glyph] {
    let mut name = trimmed(glyphs);
    while let [rest @ .., last] = name
        && matches!(last.c, '=' | ':' | '>')
    {
        name = trimmed(rest);
    }
    name
}

/// The text between quotes, and where it is when it is empty.
#[must_use]
pub(super) fn unquoted(value: &[Glyph], empty_at: usize) -> (Cow<'_, [Glyph]>, usize) {
    let whole = || (Cow::Borrowed(value), empty_at);
    // Lists put a comma after a text.
    let quoted = match value {
        [rest @ .., quote, last]
            if matches!(last.c, ',' | ';') && matches!(quote.c, '"' | '\'') =>
        {
            value.get(..=rest.len()).unwrap_or(value)
        }
        _ => value,
    };
    let [open, inner @ .., close] = quoted else {
        return whole();
    };
    if open.c != close.c || !matches!(open.c, '"' | '\'') {
        return whole();
    }
    let mut out = Vec::with_capacity(inner.len());
    let mut rest = inner.iter().peekable();
    while let Some(glyph) = rest.next() {
        let mut glyph = *glyph;
        if glyph.c == open.c {
            // Several texts, each in its own quotes.
            return whole();
        }
        if open.c == '"'
            && glyph.c == '\\'
            && let Some(next) = rest.next_if(|g| matches!(g.c, '\\' | '"'))
        {
            glyph = Glyph {
                start: glyph.start,
                ..*next
            };
        }
        out.push(glyph);
    }
    (Cow::Owned(out), open.end)
}
