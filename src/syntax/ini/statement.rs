//! A statement of a configuration file: where it ends, and where its key does.

use std::ops::Range;

use super::super::glyphs::{
    Glyph, SourceLine, break_length, char_at, glyphs, is_blank, skip_blanks, trimmed,
};

/// What ends a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StatementEnd {
    /// Its line, or a comment on it.
    Line,
    /// A semicolon in a block.
    Semicolon,
    /// The brace that opens a block.
    Open,
    /// The brace that closes the block around it; it is not consumed.
    Close,
}

/// A statement with the lines that a backslash joins to it.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// Its characters.
    pub glyphs: Vec<Glyph>,
    /// What ends it.
    pub end: StatementEnd,
    /// Where the text after it begins.
    pub next: usize,
    /// The comment after it.
    pub comment: Option<Range<usize>>,
}

/// Reads the statement at `from`.
#[must_use]
pub(super) fn scan(source: &str, from: usize, in_block: bool) -> Statement {
    let mut out: Vec<Glyph> = Vec::new();
    let mut at = from;
    let mut before = ' ';
    let mut has_key = false;
    while let Some(c) = char_at(source, at) {
        let next = at + c.len_utf8();
        let after = char_at(source, next);
        let ends_line = || char_at(source, skip_blanks(source, next)).is_none_or(is_break);
        match c {
            '\r' | '\n' => {
                let after = at + break_length(source, at);
                if !is_continued(source, &out, after) {
                    return Statement::new(out, StatementEnd::Line, after);
                }
                out.pop();
                at = skip_blanks(source, after);
                before = ' ';
                continue;
            }
            ';' if in_block => return Statement::new(out, StatementEnd::Semicolon, next),
            '#' | ';' if is_blank(before) => {
                let line = SourceLine::starting_at(source, at);
                let mut statement = Statement::new(out, StatementEnd::Line, line.next);
                statement.comment = Some(at..line.end);
                return statement;
            }
            '{' if before != '$' && after.is_none_or(char::is_whitespace) => {
                // Text such as JSON may be a value; a brace at the end of its line may not.
                if is_blank(before) && !in_block && !has_key {
                    has_key = separator(&out).is_some();
                }
                if (is_blank(before) && !has_key) || ends_line() {
                    return Statement::new(out, StatementEnd::Open, next);
                }
            }
            '}' if in_block && is_blank(before) => {
                return Statement::new(out, StatementEnd::Close, at);
            }
            '"' | '\'' if is_blank(before) || matches!(before, '=' | ':' | ',' | '(' | '[') => {
                if let Some(close) = closing(source, next, c) {
                    out.extend(glyphs(source, at..close + 1));
                    at = close + 1;
                    before = c;
                    continue;
                }
            }
            _ => {}
        }
        out.extend(glyphs(source, at..next));
        before = c;
        at = next;
    }
    Statement::new(out, StatementEnd::Line, at)
}

impl Statement {
    fn new(glyphs: Vec<Glyph>, end: StatementEnd, next: usize) -> Self {
        Self {
            glyphs,
            end,
            next,
            comment: None,
        }
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\n')
}

/// The closing quote on the same line.
fn closing(source: &str, from: usize, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in source.get(from..)?.char_indices() {
        match c {
            '\r' | '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = quote == '"',
            _ if c == quote => return Some(from + at),
            _ => {}
        }
    }
    None
}

/// Says whether a line goes on at `next`. A path may end with a backslash as well: then what follows is
/// a statement of its own.
fn is_continued(source: &str, line: &[Glyph], next: usize) -> bool {
    let slashes = line.iter().rev().take_while(|g| g.c == '\\').count();
    if slashes % 2 == 0 {
        return false;
    }
    let before = line.iter().rev().nth(1);
    if before.is_none_or(|g| is_blank(g.c)) {
        return true;
    }
    let following: Vec<Glyph> =
        glyphs(source, next..SourceLine::starting_at(source, next).end).collect();
    let following = trimmed(&following);
    let first = following.first().map(|g| g.c);
    // The sign in the query of a URL separates no key.
    let key = separator(following).and_then(|(end, _)| following.get(..end));
    let is_statement = key.is_some_and(|key| !key.iter().any(|g| matches!(g.c, '/' | '?')));
    !matches!(first, None | Some('[' | '#' | ';' | '}')) && !is_statement
}

/// Where the key ends and where the value begins, when a `=` or `:` is between them.
#[must_use]
pub(super) fn separator(line: &[Glyph]) -> Option<(usize, usize)> {
    after_word(line).or_else(|| {
        // Keys may have blanks; then so must the text around the sign.
        let at = line.windows(3).position(|three| {
            let [a, b, c] = three else { return false };
            a.c.is_whitespace() && b.c == '=' && c.c.is_whitespace()
        })?;
        let is_key = |g: &Glyph| g.c.is_alphanumeric() || matches!(g.c, ' ' | '_' | '-' | '.');
        let key = line.get(..=at)?;
        key.iter().all(is_key).then_some((at, at + 2))
    })
}

/// The separator after the first word.
fn after_word(line: &[Glyph]) -> Option<(usize, usize)> {
    let c = |at: usize| line.get(at).map(|g| g.c);
    let mut at = 0;
    if let Some(quote @ ('"' | '\'')) = c(0) {
        at = line.iter().skip(1).position(|g| g.c == quote)? + 2;
    }
    let mut is_name = true;
    loop {
        let here = c(at)?;
        if here == '=' || here.is_whitespace() {
            break;
        }
        if here == ':' {
            if c(at + 1).is_none_or(char::is_whitespace) {
                break;
            }
            if c(at + 1) == Some('/') && c(at + 2) == Some('/') {
                return None;
            }
            // A path has a drive before its colon, an address has a port after it.
            if is_name && !matches!(c(at + 1), Some('/' | '\\' | ':' | '=')) {
                let rest = line.iter().skip(at + 1);
                let mut word = rest.take_while(|g| !g.c.is_whitespace() && g.c != ';');
                if !word.all(|g| g.c.is_ascii_digit()) {
                    break;
                }
            }
        }
        is_name &= here.is_alphanumeric() || matches!(here, '_' | '-');
        at += 1;
    }
    let mut key_end = at;
    while c(at).is_some_and(char::is_whitespace) {
        at += 1;
    }
    if matches!(c(at), Some('+' | '?' | ':')) && c(at + 1) == Some('=') {
        at += 1;
    }
    match c(at)? {
        // `==` compares, and so do the signs before a `=`.
        '=' if c(at + 1) == Some('=') => return None,
        '=' => {
            let sign = key_end.checked_sub(1).and_then(c);
            if matches!(sign, Some('<' | '>' | '!' | '~')) {
                return None;
            }
            if matches!(sign, Some('+' | '?')) {
                key_end -= 1;
            }
        }
        ':' => {}
        _ => return None,
    }
    let length = if c(at + 1) == Some('>') { 2 } else { 1 };
    (key_end > 0).then_some((key_end, at + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str)> {
        let all: Vec<Glyph> = glyphs(text, 0..text.len()).collect();
        let (key, value) = separator(&all)?;
        let at = |index: usize| all.get(index).map_or(text.len(), |g| g.start);
        Some((text[..at(key)].trim(), text[at(value)..].trim()))
    }

    #[test]
    fn keys_are_told_from_words() {
        for (line, expected) in [
            ("a=b", Some(("a", "b"))),
            ("a = b = c", Some(("a", "b = c"))),
            ("a b = c", Some(("a b", "c"))),
            ("a: b", Some(("a", "b"))),
            ("a:b", Some(("a", "b"))),
            ("a :b", Some(("a", "b"))),
            ("a += b", Some(("a", "b"))),
            ("a+=b", Some(("a", "b"))),
            ("a => b", Some(("a", "b"))),
            ("\"a b\": c", Some(("\"a b\"", "c"))),
            ("a::b = c", Some(("a::b", "c"))),
            ("a =", Some(("a", ""))),
            ("server a.example.org:443;", None),
            ("a.example.org:443", None),
            ("localhost:443", None),
            ("https://a.example.org/?a=b", None),
            ("proxy_pass https://a.example.org/?a=b", None),
            ("base dc=example,dc=org", None),
            ("a>=1", None),
            ("a==1", None),
            ("C:\\a", None),
            ("::1 localhost", None),
            ("= a", None),
            ("", None),
        ] {
            assert_eq!(parts(line), expected, "{line}");
        }
    }
}
