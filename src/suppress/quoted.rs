//! Literals between signs that the author chooses, and here-documents, over several lines: Ruby and Perl
//! have more of them than the reader of source code knows, and Groovy has strings between slashes.

use crate::syntax::{Document, FormatId};

/// Bytes up to which the end of a literal is looked for; keeps the time short.
const MOST: usize = 50_000;

/// Says whether the byte at `at` may be in such a literal.
pub(super) fn is_in_quoted(document: &Document, at: usize) -> bool {
    let format = document.format.id;
    let text = document.text.as_str();
    match format {
        FormatId::Ruby | FormatId::Perl => {
            is_in_delimited(document, at) || is_in_heredoc(text, at) || is_in_picture(text, at)
        }
        FormatId::Groovy => is_in_delimited(document, at),
        _ => false,
    }
}

fn is_in_delimited(document: &Document, at: usize) -> bool {
    let text = document.text.as_str();
    let mut from = 0;
    while let Some((begin, open)) = next_literal(document, from, at) {
        let Some(end) = close_of(text, open) else {
            // A sign that nothing closes is an operator.
            from = open + 1;
            continue;
        };
        if end >= at {
            return begin < at;
        }
        from = end + 1;
    }
    false
}

/// The next literal that begins in code between `from` and `to`: where, and its first sign.
fn next_literal(document: &Document, from: usize, to: usize) -> Option<(usize, usize)> {
    let text = document.text.as_str();
    let bytes = text.as_bytes();
    let tree = &document.tree;
    let is_code = |at: usize| {
        let byte = at..at + 1;
        !tree.is_comment(at) && tree.value_at(&byte).is_none() && tree.key_at(&byte).is_none()
    };
    (from..to.min(bytes.len())).find_map(|at| {
        let open = match bytes[at] {
            b'/' => may_begin_a_pattern(text, at).then_some(at),
            b'%' if document.format.id == FormatId::Ruby => after_percent(bytes, at),
            b'm' | b'q' | b's' | b't' | b'y' if document.format.id == FormatId::Perl => {
                after_operator(bytes, at)
            }
            _ => None,
        };
        open.filter(|_| is_code(at)).map(|open| (at, open))
    })
}

/// `/` where a value may be: after a sign, after a word that has none, or set off on one side only.
fn may_begin_a_pattern(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let trimmed = before.trim_end_matches([' ', '\t']);
    let spaced = trimmed.len() < before.len();
    match trimmed.chars().next_back() {
        None | Some('\n') => true,
        Some(')' | ']' | '}') => false,
        Some(c) if c.is_alphanumeric() || matches!(c, '_' | '?' | '"' | '\'') => {
            spaced && !text[at + 1..].starts_with([' ', '='])
        }
        Some(c) => c != '<' && c != '\\',
    }
}

/// The sign after `%`, or after `%r` and the like.
fn after_percent(bytes: &[u8], at: usize) -> Option<usize> {
    let letter = matches!(
        bytes.get(at + 1)?,
        b'q' | b'Q' | b'w' | b'W' | b'i' | b'I' | b'r' | b'x' | b's'
    );
    let open = at + 1 + usize::from(letter);
    let sign = bytes.get(open)?;
    let is_sign = sign.is_ascii_punctuation() && !matches!(sign, b'=' | b'_' | b')' | b'"' | b'\'');
    is_sign.then_some(open)
}

/// The sign after an operator of Perl that quotes.
fn after_operator(bytes: &[u8], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).and_then(|at| bytes.get(at));
    if before.is_some_and(|b| b.is_ascii_alphanumeric() || b"_$@%&>-".contains(b)) {
        return None;
    }
    let rest = &bytes[at..];
    let names: [&[u8]; 9] = [b"qq", b"qr", b"qw", b"qx", b"tr", b"m", b"q", b"s", b"y"];
    let name = names.iter().find(|name| rest.starts_with(name))?;
    let blanks = rest[name.len()..].iter().take_while(|b| **b == b' ');
    let open = at + name.len() + blanks.count();
    let sign = bytes.get(open)?;
    let is_sign =
        sign.is_ascii_punctuation() && !matches!(sign, b'=' | b'_' | b',' | b';' | b')' | b'}');
    is_sign.then_some(open)
}

/// The sign that closes what the sign at `open` begins. A literal of more than [`MOST`] bytes ends nowhere.
fn close_of(text: &str, open: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let sign = *bytes.get(open)?;
    let close = match sign {
        b'(' => b')',
        b'[' => b']',
        b'{' => b'}',
        b'<' => b'>',
        _ => sign,
    };
    let mut depth = 1_usize;
    let mut at = open + 1;
    while let Some(&byte) = bytes.get(at) {
        if at - open > MOST {
            return Some(bytes.len());
        }
        if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        } else if byte == sign {
            depth += 1;
        }
        at += if byte == b'\\' { 2 } else { 1 };
    }
    None
}

/// `<<~EOT` wherever it is, in code in a string too.
fn is_in_heredoc(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let mut marks = before.match_indices("<<");
    marks.any(|(begin, _)| is_in_body(text, begin, at))
}

/// Says whether the byte at `at` is in the text of the here-document whose mark begins at `begin`.
fn is_in_body(text: &str, begin: usize, at: usize) -> bool {
    let name = text[begin + 2..].trim_start_matches(['~', '-']);
    let name = name.trim_start_matches(['"', '\'', '`']);
    let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let name = &name[..length.unwrap_or(name.len())];
    if name.is_empty() {
        return false;
    }
    let Some(mut from) = text[begin..at].find('\n').map(|line| begin + line + 1) else {
        return false;
    };
    let body = from;
    for line in text[from..].split_inclusive('\n') {
        if line.trim() == name {
            return from >= at;
        }
        if from - body > MOST {
            return true;
        }
        from += line.len();
    }
    false
}

/// `format NAME =` up to a line with a full stop.
fn is_in_picture(text: &str, at: usize) -> bool {
    let mut inside = false;
    for line in text.get(..at).unwrap_or_default().lines() {
        if line.starts_with("format ") && line.trim_end().ends_with('=') {
            inside = true;
        } else if line.trim_end() == "." {
            inside = false;
        }
    }
    inside
}
