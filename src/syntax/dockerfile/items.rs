//! What an instruction may have: words, lists in brackets, and heredocs.

use super::super::glyphs::{Glyph, text_of, trimmed, unicode};
use super::super::heredoc_bodies::Heredoc;
use super::super::word_grammar::{Continued, Grammar, WordEscapes};

/// How build files write words. A directive at the top may say another escape sign.
pub(super) const GRAMMAR: Grammar = Grammar {
    escape: '\\',
    quotes: &['"', '\''],
    outside: WordEscapes::Every,
    inside: WordEscapes::Signs("\"$"),
    lines: Continued::PastComments,
};

/// The texts of `["a", "b"]`, each with the place where it is when it is empty; none when it
/// is not such a list, as a shell may have words in brackets, too.
#[must_use]
pub(super) fn list(text: &[Glyph]) -> Option<Vec<(Vec<Glyph>, usize)>> {
    let [open, inner @ .., close] = text else {
        return None;
    };
    if open.c != '[' || close.c != ']' {
        return None;
    }
    let mut items = Vec::new();
    let mut rest = trimmed(inner);
    if rest.is_empty() {
        return Some(items);
    }
    loop {
        let (first, after) = rest.split_first()?;
        if first.c != '"' {
            return None;
        }
        let (value, length) = json_text(after)?;
        items.push((value, first.end));
        let [comma, next @ ..] = skip_white(after.get(length..)?) else {
            return Some(items);
        };
        if comma.c != ',' {
            return None;
        }
        rest = skip_white(next);
    }
}

fn skip_white(text: &[Glyph]) -> &[Glyph] {
    let blank = text.iter().take_while(|g| g.c.is_whitespace()).count();
    text.get(blank..).unwrap_or(&[])
}

/// A text up to its quote, and how many characters it takes with it.
fn json_text(raw: &[Glyph]) -> Option<(Vec<Glyph>, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    loop {
        let glyph = raw.get(at)?;
        let (c, length) = match glyph.c {
            '"' => return Some((out, at + 1)),
            '\\' => match raw.get(at + 1)?.c {
                c @ ('"' | '\\' | '/') => (c, 2),
                'b' => ('\x08', 2),
                'f' => ('\x0c', 2),
                'n' => ('\n', 2),
                'r' => ('\r', 2),
                't' => ('\t', 2),
                _ => unicode(raw.get(at..)?)?,
            },
            c => (c, 1),
        };
        let start = glyph.start;
        let end = raw.get(at + length - 1)?.end;
        out.push(Glyph { c, start, end });
        at += length;
    }
}

/// The heredocs that an instruction begins, and whether it says nothing else.
#[must_use]
pub(super) fn heredocs(text: &[Glyph]) -> (Vec<Heredoc>, bool) {
    let c = |at: usize| text.get(at).map(|g| g.c);
    let mut found = Vec::new();
    let mut is_all = false;
    let mut at = 0;
    while at < text.len() {
        if c(at) != Some('<') {
            at += 1;
            continue;
        }
        let signs = text.iter().skip(at).take_while(|g| g.c == '<').count();
        let begin = at;
        at += signs;
        if signs != 2 {
            continue;
        }
        let strips_tabs = c(at) == Some('-');
        at += usize::from(strips_tabs);
        let quote = c(at).filter(|c| matches!(c, '"' | '\''));
        at += usize::from(quote.is_some());
        let name = text.iter().skip(at);
        let length = name
            .take_while(|g| g.c.is_alphanumeric() || g.c == '_')
            .count();
        let name = text.get(at..at + length).unwrap_or(&[]);
        if name.first().is_some_and(|g| !g.c.is_numeric()) {
            at += length + usize::from(quote.is_some());
            is_all = begin == 0 && at >= text.len();
            found.push(Heredoc {
                delimiter: text_of(name),
                strips_tabs,
                // What a body means is for the program that reads it.
                has_escapes: false,
            });
        }
    }
    (found, is_all)
}
