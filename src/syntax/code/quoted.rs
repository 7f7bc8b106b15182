//! Strings whose marks the author chooses, and patterns.

use super::language::{Habit, StringEscapes};
use super::lexer::CodeLexer;
use super::tokens::{CodeTokenKind, Text};

/// Reads a string with marks of its own.
pub(super) fn begins(lexer: &mut CodeLexer, byte: u8) -> bool {
    match byte {
        b'r' | b'b' | b'c' | b'#' if lexer.language.has(Habit::HashRaw) => hash_raw(lexer),
        b'r' | b'R' if lexer.language.has(Habit::DelimitedRaw) => delimited_raw(lexer),
        b'[' if lexer.language.has(Habit::LongBrackets) => long_string(lexer),
        b'%' if lexer.language.has(Habit::PercentWords) => percent(lexer),
        b'q' if lexer.language.has(Habit::QuoteWords) => quote_words(lexer),
        b'm' | b's' | b't' | b'y' if lexer.language.has(Habit::QuoteWords) => substitution(lexer),
        b'$' if lexer.language.has(Habit::QuoteWords) => sign_variable(lexer),
        b'/' if lexer.language.has(Habit::Patterns) => pattern(lexer),
        _ => false,
    }
}

/// A string without escapes whose quotes are `open` bytes long and end with `close`.
fn raw(lexer: &mut CodeLexer, open: usize, close: &str) -> bool {
    let start = lexer.at;
    let content = start + open;
    if lexer.no_raw > start {
        return false;
    }
    let tail = lexer.bytes.get(content..).unwrap_or_default();
    let Some(length) = memchr::memmem::find(tail, close.as_bytes()) else {
        lexer.no_raw = lexer.bytes.len();
        lexer.problem(start, "string without end");
        return false;
    };
    lexer.at = content + length + close.len();
    let text = Text {
        content: content..content + length,
        escapes: StringEscapes::Plain,
        quote: b'"',
        tripled: false,
    };
    lexer.text(start..lexer.at, text);
    true
}

/// `r"…"`, `br#"…"#`, `#"…"#`
fn hash_raw(lexer: &mut CodeLexer) -> bool {
    let rest = lexer.rest();
    let letters = rest
        .iter()
        .take(2)
        .take_while(|b| matches!(b, b'r' | b'b' | b'c'))
        .count();
    let hashes = rest[letters..]
        .iter()
        .take(64)
        .take_while(|b| **b == b'#')
        .count();
    let is_raw = letters > 0 && rest[letters - 1] == b'r';
    if rest.get(letters + hashes) != Some(&b'"') || !(is_raw || (letters == 0 && hashes > 0)) {
        return false;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    raw(lexer, letters + hashes + 1, &close)
}

/// `R"x(…)x"`
fn delimited_raw(lexer: &mut CodeLexer) -> bool {
    const LONGEST: usize = 16;
    let rest = lexer.rest();
    let Some(quote @ (b'"' | b'\'')) = rest.get(1).copied() else {
        return false;
    };
    let name = rest[2..].iter().take(LONGEST + 1).position(|b| *b == b'(');
    let Some(name) = name.and_then(|n| std::str::from_utf8(&rest[2..2 + n]).ok()) else {
        return false;
    };
    if name.contains(['"', '\'', '\n', ' ', ')', '\\']) {
        return false;
    }
    let close = format!("){name}{}", char::from(quote));
    raw(lexer, 3 + name.len(), &close)
}

/// The number of `=` in the mark of a long string.
pub(super) fn long_bracket(rest: &[u8]) -> Option<usize> {
    const MOST: usize = 64;
    let inside = rest.strip_prefix(b"[")?;
    let level = inside.iter().take(MOST).take_while(|b| **b == b'=').count();
    (inside.get(level) == Some(&b'[')).then_some(level)
}

fn long_string(lexer: &mut CodeLexer) -> bool {
    let Some(level) = long_bracket(lexer.rest()) else {
        return false;
    };
    let close = format!("]{}]", "=".repeat(level));
    raw(lexer, level + 2, &close)
}

/// `%w[a b]`, `%q(a)`
fn percent(lexer: &mut CodeLexer) -> bool {
    let rest = lexer.rest();
    let (letter, length) = match rest.get(1) {
        Some(letter @ (b'w' | b'W' | b'i' | b'I' | b'q' | b'Q')) => (*letter, 2),
        _ => return false,
    };
    // After a value it is a remainder.
    let after_word = lexer.last().is_some_and(|t| t.kind == CodeTokenKind::Word);
    (after_word || lexer.operand_follows()) && chosen(lexer, length, matches!(letter, b'q' | b'Q'))
}

/// `qw(a b)`, `q{a}`, `qq{a}`
fn quote_words(lexer: &mut CodeLexer) -> bool {
    let rest = lexer.rest();
    let before = lexer.at.checked_sub(1).map_or(b' ', |at| lexer.bytes[at]);
    // `$q{a}` is a variable.
    if matches!(before, b'$' | b'@' | b'%' | b'&' | b'>') {
        return false;
    }
    match rest.get(1) {
        Some(b'w') => chosen(lexer, 2, false),
        Some(b'q' | b'r') => chosen(lexer, 2, true),
        _ => chosen(lexer, 1, true),
    }
}

/// `m/a/`, `s/a/b/`, `tr{a}{b}`: each part is a string.
fn substitution(lexer: &mut CodeLexer) -> bool {
    /// Longer ones are not looked for, which keeps the time linear.
    const LONGEST: usize = 2000;
    let start = lexer.at;
    let before = start.checked_sub(1).map_or(b' ', |at| lexer.bytes[at]);
    let rest = &lexer.rest()[..lexer.rest().len().min(LONGEST)];
    let length = if rest.starts_with(b"tr") { 2 } else { 1 };
    let parts = if rest.starts_with(b"m") { 1 } else { 2 };
    let Some(open @ (b'/' | b'|' | b'!' | b'{' | b'#')) = rest.get(length).copied() else {
        return false;
    };
    if matches!(before, b'$' | b'@' | b'%' | b'&' | b'>' | b'{') || start < lexer.no_pattern {
        return false;
    }
    let mut at = length;
    let mut contents = Vec::new();
    for part in 0..parts {
        // Brackets are around each part, other signs between them.
        if part == 0 || open == b'{' {
            let space = rest[at..].iter().take_while(|b| b.is_ascii_whitespace());
            at += space.count();
            if rest.get(at) != Some(&open) {
                return false;
            }
            at += 1;
        }
        let Some(end) = part_end(rest, at, open) else {
            lexer.no_pattern = start + rest.len();
            return false;
        };
        contents.push(start + at..start + end);
        at = end + 1;
    }
    for content in contents {
        let outer = content.start - 1..content.end + 1;
        let text = Text {
            content,
            escapes: StringEscapes::Plain,
            quote: open,
            tripled: false,
        };
        lexer.text(outer, text);
    }
    let flags = rest[at..].iter().take_while(|b| b.is_ascii_lowercase());
    lexer.at = start + at + flags.count();
    true
}

fn part_end(rest: &[u8], from: usize, open: u8) -> Option<usize> {
    let close = if open == b'{' { b'}' } else { open };
    let mut depth = 1_usize;
    let mut at = from;
    while let Some(&byte) = rest.get(at) {
        if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        } else if byte == open {
            depth += 1;
        }
        at += if byte == b'\\' { 2 } else { 1 };
    }
    None
}

/// `$"` and other variables whose names are signs.
fn sign_variable(lexer: &mut CodeLexer) -> bool {
    const SIGNS: &[u8] = b"]\"'`/\\,;";
    let known = lexer.rest().get(1).is_some_and(|b| SIGNS.contains(b));
    if known {
        let start = lexer.at;
        lexer.at += 2;
        lexer.push(CodeTokenKind::Literal, start..start + 2);
    }
    known
}

/// A string or words between brackets, or between two equal signs.
fn chosen(lexer: &mut CodeLexer, length: usize, whole: bool) -> bool {
    let open_at = lexer.at + length;
    let open = lexer.bytes.get(open_at).copied().unwrap_or(b' ');
    let close = match open {
        b'(' => b')',
        b'[' => b']',
        b'{' => b'}',
        b'<' => b'>',
        b'|' | b'/' | b'!' => open,
        _ => return false,
    };
    if lexer.no_raw > open_at {
        return false;
    }
    let mut depth = 1_usize;
    let mut at = open_at + 1;
    while let Some(&byte) = lexer.bytes.get(at) {
        if byte == close {
            depth -= 1;
            if depth == 0 {
                break;
            }
        } else if byte == open {
            depth += 1;
        }
        at += if byte == b'\\' { 2 } else { 1 };
    }
    if at >= lexer.bytes.len() {
        lexer.no_raw = lexer.bytes.len();
        lexer.problem(open_at, "string without end");
        return false;
    }
    let start = lexer.at;
    let text = |content| Text {
        content,
        escapes: StringEscapes::Plain,
        quote: open,
        tripled: false,
    };
    if whole {
        lexer.text(start..at + 1, text(open_at + 1..at));
    } else {
        lexer.push(CodeTokenKind::Open(b'['), open_at..open_at + 1);
        let content = &lexer.bytes[open_at + 1..at];
        let mut word_at = open_at + 1;
        for word in content.split(u8::is_ascii_whitespace) {
            let range = word_at..word_at + word.len();
            word_at = range.end + 1;
            if !range.is_empty() {
                lexer.text(range.clone(), text(range.clone()));
                lexer.push(CodeTokenKind::Comma, range.end..range.end);
            }
        }
        lexer.push(CodeTokenKind::Close(b'['), at..at + 1);
    }
    lexer.at = at + 1;
    true
}

/// `/…/` where an operand may be.
fn pattern(lexer: &mut CodeLexer) -> bool {
    let start = lexer.at;
    let before = start.checked_sub(1).map_or(b' ', |at| lexer.bytes[at]);
    // `</a>` ends an element.
    if before == b'<' || start < lexer.no_pattern || !lexer.operand_follows() {
        return false;
    }
    let mut at = start + 1;
    let mut class = false;
    while let Some(&byte) = lexer.bytes.get(at) {
        match byte {
            b'\n' => break,
            b'\\' => at += 1,
            b'[' => class = true,
            b']' => class = false,
            b'/' if !class => {
                let flags = lexer.bytes[at + 1..].iter().take(8);
                let flags = flags.take_while(|b| b.is_ascii_lowercase()).count();
                lexer.at = at + 1 + flags;
                let text = Text {
                    content: start + 1..at,
                    escapes: StringEscapes::Plain,
                    quote: b'/',
                    tripled: false,
                };
                lexer.text(start..lexer.at, text);
                return true;
            }
            _ => {}
        }
        at += 1;
    }
    lexer.no_pattern = at;
    false
}
