//! Source code as tokens: names, strings, brackets and operators. Comments are set apart.

use std::ops::Range;

use super::classes::Classes;
use super::elements::{self, Elements};
use super::language::{BeforeMark, Habit, Language, LineEnds, StringEscapes};
use super::strings::content_end;
use super::tokens::{CodeToken, CodeTokenKind, Text, Tokens};
use super::{lex_heredocs, quoted};

/// Tokens of a text, where a string or a comment counts as two more: hardly more than there are in 8 MiB of a program
/// without blanks. What comes after is not read.
const MOST_TOKENS: usize = 1 << 22;
/// Says where that is.
pub(super) const MORE: &str = "more than is read of one file";

/// Reads a text into tokens.
#[must_use]
pub(super) fn tokens(source: &str, language: &Language) -> Tokens {
    let mut lexer = CodeLexer::new(source.as_bytes(), language);
    lexer.tokens.list.reserve(source.len() / 8);
    lexer.run();
    lexer.tokens
}

/// Reads a text into tokens and asks at each sign for everything that may begin there.
#[cfg(test)]
pub(super) fn tokens_slowly(source: &str, language: &Language) -> Tokens {
    let mut lexer = CodeLexer::new(source.as_bytes(), language);
    lexer.classes = Classes::cautious();
    lexer.run();
    lexer.tokens
}

/// The state of reading. The text is UTF-8 where its tokens matter; to find comments it may be bytes of any
/// encoding in which ASCII is written as itself.
#[derive(Debug)]
pub(super) struct CodeLexer<'s> {
    pub(super) bytes: &'s [u8],
    pub(super) language: &'s Language,
    classes: Classes,
    pub(super) at: usize,
    pub(super) tokens: Tokens,
    /// For each kind of string the place before which none ends; keeps the time linear.
    closed_from: Vec<usize>,
    /// The same for code in strings, for patterns, and for quotes with marks of their own.
    flat: usize,
    pub(super) no_pattern: usize,
    pub(super) no_raw: usize,
    pub(super) heredocs: lex_heredocs::Heredocs,
    pub(super) elements: Elements,
    /// Where the line begins that is joined with the next one.
    joined: Option<usize>,
    /// What follows is data, in which only documentation is a comment.
    pub(super) is_data: bool,
}

impl<'s> CodeLexer<'s> {
    pub(super) fn new(bytes: &'s [u8], language: &'s Language) -> Self {
        let mut lexer = Self {
            bytes,
            language,
            classes: Classes::of_language(language),
            at: 0,
            tokens: Tokens::default(),
            closed_from: vec![0; language.strings.len()],
            flat: 0,
            no_pattern: 0,
            no_raw: 0,
            heredocs: lex_heredocs::Heredocs::default(),
            elements: Elements::default(),
            joined: None,
            is_data: false,
        };
        if language.has(Habit::Tags) && memchr::memmem::find(bytes, b"<?").is_some() {
            lexer.skip_markup();
        } else if bytes.starts_with(b"\xef\xbb\xbf") {
            lexer.at = 3;
        }
        lexer
    }

    fn run(&mut self) {
        while !self.is_at_end() {
            if self.tokens.weight() > MOST_TOKENS {
                self.tokens.problems.push((self.at, MORE));
                break;
            }
            self.advance();
        }
        self.end_joined();
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// Reads what begins here: at least one byte, so that every text comes to its end.
    pub(super) fn advance(&mut self) {
        let Some(&byte) = self.bytes.get(self.at) else {
            return;
        };
        let before = self.at;
        self.is_data |= byte == b'_' && self.begins_data();
        if self.classes.is_blank(byte) {
            self.at += 1;
        } else if !elements::step(self, byte) {
            self.step(byte);
            self.at = self.at.max(before + 1);
        }
    }

    /// Says whether this line ends the program, and data follows.
    fn begins_data(&self) -> bool {
        let starts = self.at == 0 || self.bytes[self.at - 1] == b'\n';
        let rest = self.rest();
        if !starts {
            return false;
        }
        let line = rest.split(|b| *b == b'\n').next().unwrap_or_default();
        let line = line.trim_ascii_end();
        self.language.has(Habit::DataSection) && (line == b"__END__" || line == b"__DATA__")
            || self.language.has(Habit::Tags) && line.starts_with(b"__halt_compiler")
    }

    /// Goes to the next byte with which a comment or a string may begin, and reads it.
    pub(super) fn advance_to_mark(&mut self) {
        let rest = self.rest();
        let skipped = rest.iter().position(|b| self.classes.is_special(*b));
        self.at += skipped.unwrap_or(rest.len());
        self.advance();
    }

    fn step(&mut self, byte: u8) {
        if let Some(length) = self.classes.name(self.rest()) {
            self.word(length);
        } else if byte == b'\n' {
            self.line_end();
        } else if self.classes.is_special(byte) || self.classes.name_begins(byte) {
            self.special(byte);
        } else if byte.is_ascii_digit() {
            self.number();
        } else {
            self.sign(byte);
        }
    }

    /// What begins with a byte that may begin several things.
    fn special(&mut self, byte: u8) {
        if self.hidden_line_end(byte)
            || self.comment(byte)
            || self.prefixed()
            || lex_heredocs::begins(self)
            || quoted::begins(self, byte)
            || (!self.is_apostrophe() && self.string(self.at, self.at, None))
        {
        } else if let Some(length) = self.word_length(byte) {
            self.word(length);
        } else if byte.is_ascii_digit() {
            self.number();
        } else {
            self.sign(byte);
        }
    }

    fn line_end(&mut self) {
        self.end_joined();
        self.at += 1;
        lex_heredocs::bodies(self);
        let again = self.last().is_none_or(|t| t.kind == CodeTokenKind::Line);
        if self.language.lines != LineEnds::Never && !again {
            self.push(CodeTokenKind::Line, self.at - 1..self.at);
        }
    }

    /// A line end that does not count, with the sign that says so.
    fn hidden_line_end(&mut self, byte: u8) -> bool {
        let basic = self.language.has(Habit::UnderscoreLine);
        let mark = match byte {
            b'\\' => !self.language.has(Habit::Forms),
            b'`' => self.language.has(Habit::Options),
            b'_' => basic && self.at > 0 && self.bytes[self.at - 1].is_ascii_whitespace(),
            _ => false,
        };
        if !mark {
            return byte == b'\\' && self.skip_signed_character();
        }
        let rest = &self.bytes[self.at + 1..];
        let blank = rest
            .iter()
            .take_while(|b| matches!(b, b' ' | b'\t' | b'\r'));
        let length = blank.take(16).count();
        if rest.get(length) == Some(&b'\n') {
            let line = || memchr::memrchr(b'\n', &self.bytes[..self.at]).map_or(0, |n| n + 1);
            self.joined = Some(self.joined.unwrap_or_else(line));
            self.at += length + 2;
            return true;
        }
        // A backquote hides the next character as well.
        if byte == b'`' {
            self.at += 1 + self.character_length(self.at + 1);
            return true;
        }
        false
    }

    fn end_joined(&mut self) {
        if let Some(start) = self.joined.take() {
            self.tokens.units.push(start..self.at);
        }
    }

    /// `\"` is a character and begins no string.
    fn skip_signed_character(&mut self) -> bool {
        self.at += 1 + self.character_length(self.at + 1);
        true
    }

    pub(super) fn character_length(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        first_character(rest).map_or(0, |(_, length)| length)
    }

    /// Says whether a quote here would be in the middle of a word. Programming languages write letters
    /// before some strings; in other formats it is an apostrophe.
    fn is_apostrophe(&self) -> bool {
        let before = self.at.checked_sub(1).map(|at| self.bytes[at]);
        self.language.before != BeforeMark::Anything
            && before.is_some_and(|b| b.is_ascii_alphanumeric())
    }

    pub(super) fn last(&self) -> Option<&CodeToken> {
        self.tokens.list.last()
    }

    pub(super) fn rest(&self) -> &'s [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn push(&mut self, kind: CodeTokenKind, range: Range<usize>) {
        self.tokens.list.push(CodeToken::new(kind, range));
    }

    pub(super) fn problem(&mut self, at: usize, message: &'static str) {
        self.tokens.problems.push((at, message));
    }

    /// A string with its quotes.
    pub(super) fn text(&mut self, outer: Range<usize>, text: Text) {
        let number = u32::try_from(self.tokens.texts.len()).unwrap_or(u32::MAX);
        self.tokens.texts.push(text);
        self.push(CodeTokenKind::Text(number), outer);
    }

    /// Says whether an operand may begin here, so that a slash begins a pattern.
    pub(super) fn operand_follows(&self) -> bool {
        const BEFORE: &[&[u8]] = &[
            b"return", b"case", b"typeof", b"in", b"of", b"and", b"or", b"not", b"if", b"unless",
            b"elsif", b"when", b"while", b"until", b"split", b"await", b"yield", b"then",
        ];
        self.last().is_none_or(|last| match last.kind {
            CodeTokenKind::Word => BEFORE.contains(&&self.bytes[last.range()]),
            CodeTokenKind::Literal | CodeTokenKind::Text(_) | CodeTokenKind::Close(_) => false,
            _ => true,
        })
    }

    /// A string with signs or letters before its quote.
    fn prefixed(&mut self) -> bool {
        let language = self.language;
        for (prefix, escapes) in language.prefixes {
            let length = prefix.len();
            let fits = |rest: &[u8]| {
                rest.get(..length)
                    .is_some_and(|p| p.eq_ignore_ascii_case(prefix.as_bytes()))
                    && matches!(rest.get(length), Some(b'"' | b'\''))
            };
            if fits(self.rest()) && self.string(self.at, self.at + length, *escapes) {
                return true;
            }
        }
        false
    }

    /// A string whose quote is at `quote`.
    fn string(&mut self, start: usize, quote: usize, escapes: Option<StringEscapes>) -> bool {
        let language = self.language;
        for (number, quotes) in language.strings.iter().enumerate() {
            let rest = self.bytes.get(quote..).unwrap_or_default();
            let tripled = quotes.mark.len() == 3;
            // `@"""` begins with the quote written twice.
            let unfit = tripled && escapes == Some(StringEscapes::Doubled);
            if unfit
                || rest.first() != quotes.mark.as_bytes().first()
                || !rest.starts_with(quotes.mark.as_bytes())
                || self.closed_from[number] > quote
            {
                continue;
            }
            let escapes = escapes.unwrap_or(quotes.escapes);
            let content = quote + quotes.mark.len();
            match content_end(
                self.bytes,
                content,
                quotes,
                escapes,
                &self.classes,
                &mut self.flat,
            ) {
                Ok(end) => {
                    self.at = end + quotes.mark.len();
                    let text = Text {
                        content: content..end,
                        escapes,
                        quote: quotes.mark.as_bytes()[0],
                        tripled,
                    };
                    self.text(start..self.at, text);
                    return true;
                }
                Err(unclosed) => {
                    self.closed_from[number] = unclosed.at;
                    // Apostrophes are frequent in text between tags.
                    if quotes.mark != "'" {
                        self.problem(quote, "string without end");
                    }
                }
            }
        }
        false
    }

    /// Goes to the next code between tags, and records the comments of the markup before it.
    pub(super) fn skip_markup(&mut self) {
        let start = self.at;
        let length = memchr::memmem::find(self.rest(), b"<?");
        let end = length.map_or(self.bytes.len(), |length| start + length);
        self.at = match length {
            Some(_) if self.bytes[end + 2..].starts_with(b"php") => end + 5,
            Some(_) => end + 2,
            None => end,
        };
        let find = |from: usize, mark: &[u8]| {
            memchr::memmem::find(&self.bytes[from..end], mark).map(|length| from + length)
        };
        let mut at = start;
        while let Some(open) = find(at, b"<!--") {
            at = find(open, b"-->").map_or(end, |close| close + 3);
            self.tokens.comments.push(open..at);
        }
    }
}

/// The first character of a text and its length. A byte that is not UTF-8 is a character that means
/// nothing.
pub(super) fn first_character(text: &[u8]) -> Option<(char, usize)> {
    let first = *text.first()?;
    if first.is_ascii() {
        return Some((char::from(first), 1));
    }
    let head = &text[..text.len().min(4)];
    let valid = head
        .utf8_chunks()
        .next()
        .and_then(|chunk| chunk.valid().chars().next());
    Some(valid.map_or((char::REPLACEMENT_CHARACTER, 1), |c| (c, c.len_utf8())))
}
