//! Names, numbers and signs of source code.

use super::language::Habit;
use super::lexer::{CodeLexer, first_character};
use super::tokens::CodeTokenKind;

/// Operators of more than one sign, the longer ones first.
const OPERATORS: &[&str] = &[
    "<=>", "===", "!==", "...", "..<", "??=", "||=", "&&=", "<<-", "//=", "=>", "->", "<-", ":=",
    "::", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", ".=", "&=", "..", "?.", "?:", "??", "&&",
    "||", "++", "--", "<>", "=~", "!~", "|>", "&.", "?=",
];

impl CodeLexer<'_> {
    pub(super) fn word_length(&self, first: u8) -> Option<usize> {
        let language = self.language;
        let rest = self.rest();
        let symbol = language.has(Habit::Symbols) && first == b':';
        let begins = |c: char| {
            c.is_alphabetic()
                || c == '_'
                || (language.has(Habit::Forms) && language.words.contains(c))
        };
        let name = if symbol { &rest[1..] } else { rest };
        if !first_character(name).is_some_and(|(c, _)| begins(c))
            || (symbol && self.bytes.get(self.at.wrapping_sub(1)) == Some(&b':'))
        {
            return None;
        }
        let suffix = language.words == "?!";
        let within =
            |c: char| c.is_alphanumeric() || c == '_' || (!suffix && language.words.contains(c));
        let mut length = 0;
        while let Some((_, bytes)) = first_character(&name[length..]).filter(|(c, _)| within(*c)) {
            length += bytes;
        }
        if suffix
            && matches!(name.get(length), Some(b'?' | b'!'))
            && !matches!(name.get(length + 1), Some(b'=' | b'.'))
        {
            length += 1;
        }
        Some(length + usize::from(symbol))
    }

    pub(super) fn word(&mut self, length: usize) {
        let start = self.at;
        self.at += length;
        if self.language.has(Habit::Options) {
            let before = start.checked_sub(1).map_or(b'\n', |at| self.bytes[at]);
            // `$env:NAME` is called by what is after the colon.
            if before == b'$' && self.rest().first() == Some(&b':') {
                let scope = self.at;
                self.at += 1;
                if let Some(length) = self.rest().first().and_then(|b| self.word_length(*b)) {
                    self.at += length;
                    self.push(CodeTokenKind::Word, scope + 1..self.at);
                    return;
                }
                self.at = scope;
            }
        }
        self.push(CodeTokenKind::Word, start..self.at);
    }

    pub(super) fn number(&mut self) {
        let start = self.at;
        let separated = self.language.has(Habit::Characters);
        while let Some(&byte) = self.bytes.get(self.at) {
            let next = self.bytes.get(self.at + 1);
            let digit = next.is_some_and(u8::is_ascii_digit);
            let within = byte.is_ascii_alphanumeric()
                || byte == b'_'
                || (digit && (byte == b'.' || (separated && byte == b'\'')));
            if !within {
                break;
            }
            self.at += 1;
        }
        self.push(CodeTokenKind::Literal, start..self.at);
    }

    pub(super) fn sign(&mut self, byte: u8) {
        let start = self.at;
        let rest = self.rest();
        let (kind, length) = match byte {
            b'(' | b'[' | b'{' => (CodeTokenKind::Open(byte), 1),
            b')' => (CodeTokenKind::Close(b'('), 1),
            b']' => (CodeTokenKind::Close(b'['), 1),
            b'}' => (CodeTokenKind::Close(b'{'), 1),
            b',' => (CodeTokenKind::Comma, 1),
            b';' => (CodeTokenKind::Semicolon, 1),
            b'\'' if self.language.has(Habit::Characters) => match character(rest) {
                Some(length) => (CodeTokenKind::Literal, length),
                None => (CodeTokenKind::Operator, 1),
            },
            b'?' if rest.get(1) == Some(&b'>') && self.language.has(Habit::Tags) => {
                self.skip_markup();
                self.push(CodeTokenKind::Semicolon, start..start + 2);
                return;
            }
            b'-' if self.language.has(Habit::Options)
                && rest.get(1).is_some_and(u8::is_ascii_alphabetic) =>
            {
                self.at += 1;
                let length = self.word_length(rest[1]).unwrap_or(1);
                let range = self.at..self.at + length;
                self.at = range.end;
                self.push(CodeTokenKind::Option, range);
                return;
            }
            _ => {
                let length = match operator(rest) {
                    Some(length) => length,
                    None if byte.is_ascii() => 1,
                    None => self.character_length(start).max(1),
                };
                (CodeTokenKind::Operator, length)
            }
        };
        self.at = start + length;
        self.push(kind, start..self.at);
    }
}

/// The length of an operator of more than one sign.
fn operator(rest: &[u8]) -> Option<usize> {
    let (first, second) = (rest.first()?, rest.get(1)?);
    if !matches!(
        second,
        b'=' | b'.' | b'<' | b'>' | b'?' | b':' | b'|' | b'&' | b'+' | b'-' | b'~' | b'/'
    ) {
        return None;
    }
    let mut known = OPERATORS.iter().map(|o| o.as_bytes());
    known
        .find(|o| o[0] == *first && rest.starts_with(o))
        .map(<[u8]>::len)
}

/// Bytes of `'a'` or `'\n'`.
fn character(rest: &[u8]) -> Option<usize> {
    const LONGEST: usize = 12;
    let hidden = rest.get(1) == Some(&b'\\');
    let from = if hidden { 3 } else { 2 };
    let close = rest
        .iter()
        .take(LONGEST)
        .skip(from)
        .position(|b| *b == b'\'')?;
    let inner = &rest[1..from + close];
    let one = hidden || (inner.len() <= 4 && (inner.len() == 1 || !inner[0].is_ascii()));
    (one && !inner.contains(&b'\n')).then_some(from + close + 1)
}
