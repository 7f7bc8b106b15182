//! The tokens of JSON, JSON5 and JSON templates. Every text has tokens: what belongs to none of
//! these formats becomes words.

use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JsonTokenKind {
    /// `{`
    OpenObject,
    /// `}`
    CloseObject,
    /// `[`
    OpenArray,
    /// `]`
    CloseArray,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// A string in quotes.
    Text {
        /// Says whether it holds a backslash.
        escaped: bool,
    },
    /// Anything without quotes, placeholders such as `{{name}}` included.
    Word,
    /// A statement of a template: `{% … %}`, `{{ if … }}`.
    Statement,
    /// A comment.
    Comment,
}

/// A token and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JsonToken {
    /// What it is.
    pub kind: JsonTokenKind,
    /// Its bytes with quotes.
    pub span: Range<usize>,
    /// Its bytes without quotes.
    pub inner: Range<usize>,
    /// What is wrong with it.
    pub broken: Option<&'static str>,
}

/// Splits a text into tokens.
#[derive(Debug)]
pub(super) struct JsonLexer<'s> {
    source: &'s str,
    bytes: &'s [u8],
    at: usize,
    /// Says whether nothing but blanks is before `at` in its line.
    line_begins: bool,
    /// What has no end after `at` is not looked for again, or the time would be quadratic.
    no_more_quotes: bool,
    no_more_blocks: bool,
}

impl<'s> JsonLexer<'s> {
    /// The tokens of `source`.
    pub(super) fn new(source: &'s str) -> Self {
        Self {
            source,
            bytes: source.as_bytes(),
            at: 0,
            line_begins: true,
            no_more_quotes: false,
            no_more_blocks: false,
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn rest(&self, at: usize) -> &'s [u8] {
        self.bytes.get(at..).unwrap_or_default()
    }

    fn line_end(&self, at: usize) -> usize {
        let found = memchr::memchr2(b'\n', b'\r', self.rest(at));
        found.map_or(self.bytes.len(), |found| at + found)
    }

    /// The length of the blank at `at`; 0 when there is none.
    fn blank(&self, at: usize) -> usize {
        match self.byte(at) {
            // The record separator is before each document of a JSON text sequence.
            Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1e) => 1,
            Some(128..) => {
                let first = self.source.get(at..).and_then(|s| s.chars().next());
                let blank = first.filter(|c| c.is_whitespace() || *c == '\u{feff}');
                blank.map_or(0, char::len_utf8)
            }
            _ => 0,
        }
    }

    fn skip_blanks(&mut self) {
        loop {
            let blank = self.blank(self.at);
            if blank == 0 {
                return;
            }
            self.line_begins |= self.byte(self.at) == Some(b'\n');
            self.at += blank;
        }
    }

    /// A token from `at` to `end` that stands for itself.
    fn token(&mut self, kind: JsonTokenKind, end: usize) -> JsonToken {
        let span = self.at..end;
        self.at = end;
        JsonToken {
            kind,
            inner: span.clone(),
            span,
            broken: None,
        }
    }

    fn block_comment(&mut self) -> JsonToken {
        let end = if self.no_more_blocks {
            None
        } else {
            memchr::memmem::find(self.rest(self.at + 2), b"*/")
        };
        if let Some(end) = end {
            return self.token(JsonTokenKind::Comment, self.at + 2 + end + 2);
        }
        self.no_more_blocks = true;
        let mut token = self.token(JsonTokenKind::Comment, self.line_end(self.at));
        token.broken = Some("a comment is not closed");
        token
    }

    fn string(&mut self, quote: u8) -> JsonToken {
        let start = self.at;
        let inner = start + 1;
        let mut at = inner;
        let mut escaped = false;
        let mut first_break = None;
        let end = loop {
            let Some(found) = memchr::memchr3(quote, b'\\', b'\n', self.rest(at)) else {
                self.no_more_quotes |= first_break.is_some();
                break first_break.unwrap_or(self.bytes.len());
            };
            at += found;
            match self.byte(at) {
                Some(b'\\') => {
                    escaped = true;
                    let crlf = self.rest(at + 1).starts_with(b"\r\n");
                    at = (at + if crlf { 3 } else { 2 }).min(self.bytes.len());
                }
                Some(b'\n') => {
                    first_break.get_or_insert(at);
                    let next = self.next_text(at);
                    if quote != b'"' || self.no_more_quotes || self.is_next_line(next) {
                        break at;
                    }
                    at = next;
                }
                _ => {
                    self.at = at + 1;
                    return JsonToken {
                        kind: JsonTokenKind::Text { escaped },
                        span: start..at + 1,
                        inner: inner..at,
                        broken: first_break.map(|_| "a line break in a string"),
                    };
                }
            }
        };
        // The comma after a string without an end is more likely meant for a comma.
        let text = self.source.get(inner..end).unwrap_or_default();
        let text = text.trim_end_matches([',', ' ', '\t', '\r']);
        let end = inner + text.len();
        self.at = end;
        JsonToken {
            kind: JsonTokenKind::Text { escaped },
            span: start..end,
            inner: inner..end,
            broken: Some("a string is not closed"),
        }
    }

    fn next_text(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            at += 1;
        }
        at
    }

    /// Says whether the text at `at` looks like the next line of JSON and not like the next line of a
    /// string that was written over several.
    fn is_next_line(&self, at: usize) -> bool {
        match self.byte(at) {
            Some(b'}' | b']') => true,
            Some(mark @ (b'"' | b',')) => {
                let after = self.rest(at + 1);
                let next = after.iter().find(|b| !matches!(**b, b' ' | b'\t'));
                if mark == b',' {
                    next == Some(&b'"')
                } else {
                    !matches!(next, None | Some(b',' | b'}' | b']' | b'\r' | b'\n'))
                }
            }
            _ => false,
        }
    }

    /// The end of a placeholder at `at`: `{{…}}`, `${…}`, `#{…}`, in one line.
    fn placeholder(&self, at: usize) -> Option<usize> {
        let (open, close): (usize, &[u8]) = match (self.byte(at)?, self.byte(at + 1)?) {
            (b'{', b'{') if self.byte(at + 2) == Some(b'{') => (3, b"}}}"),
            (b'{', b'{') => (2, b"}}"),
            (b'$' | b'#', b'{') => (2, b"}"),
            _ => return None,
        };
        let body = at + open;
        let first = self.rest(body).iter().find(|b| !b.is_ascii_whitespace());
        if first == Some(&b'"') {
            return None;
        }
        // Stopping at the next brace keeps the time linear for many braces in a row.
        let stop = memchr::memchr3(b'}', b'\n', b'{', self.rest(body))?;
        let end = body + stop;
        let closed = stop > 0 && self.rest(end).starts_with(close);
        closed.then_some(end + close.len())
    }

    /// The end of a statement of a template at `at`, in one line.
    fn statement(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        if rest.starts_with(b"{%") {
            let stop = memchr::memchr3(b'}', b'\n', b'{', self.rest(at + 2))?;
            let end = at + 2 + stop;
            return self.rest(end - 1).starts_with(b"%}").then_some(end + 1);
        }
        if !rest.starts_with(b"{{") {
            return None;
        }
        let end = self.placeholder(at)?;
        let body = self.source.get(at + 2..end)?;
        let body = body.trim_start_matches(['-', '~', ' ', '\t']);
        let word = body.split(|c: char| !c.is_alphanumeric()).next();
        let is_statement = body.starts_with(['#', '/'])
            || matches!(word, Some("if" | "else" | "end" | "range" | "with"));
        is_statement.then_some(end)
    }

    fn word(&mut self) -> JsonToken {
        let start = self.at;
        let mut at = start;
        while let Some(byte) = self.byte(at) {
            if let Some(end) = self.placeholder(at) {
                at = end;
                continue;
            }
            match byte {
                b':' if self.rest(at).starts_with(b"://") => at += 3,
                b'{' | b'}' | b'[' | b']' | b',' | b'"' | b':' => break,
                b'/' if at > start && matches!(self.byte(at + 1), Some(b'/' | b'*')) => break,
                _ if self.blank(at) > 0 => break,
                0..128 => at += 1,
                _ => {
                    let first = self.source.get(at..).and_then(|s| s.chars().next());
                    at += first.map_or(1, char::len_utf8);
                }
            }
        }
        // Only a colon before `//` comes here without being taken.
        self.token(JsonTokenKind::Word, at.max(start + 1))
    }
}

impl Iterator for JsonLexer<'_> {
    type Item = JsonToken;

    fn next(&mut self) -> Option<JsonToken> {
        self.skip_blanks();
        let line_begins = std::mem::replace(&mut self.line_begins, false);
        let at = self.at;
        let byte = self.byte(at)?;
        if let Some(end) = self.statement(at) {
            let mut token = self.token(JsonTokenKind::Statement, end);
            token.broken = Some("a statement of a template");
            return Some(token);
        }
        let kind = match byte {
            b'{' if self.placeholder(at).is_none() => JsonTokenKind::OpenObject,
            b'}' => JsonTokenKind::CloseObject,
            b'[' => JsonTokenKind::OpenArray,
            b']' => JsonTokenKind::CloseArray,
            b',' => JsonTokenKind::Comma,
            b':' => JsonTokenKind::Colon,
            b'"' | b'\'' => return Some(self.string(byte)),
            b'/' if self.byte(at + 1) == Some(b'/') => {
                let end = self.line_end(at);
                return Some(self.token(JsonTokenKind::Comment, end));
            }
            b'/' if self.byte(at + 1) == Some(b'*') => return Some(self.block_comment()),
            b'#' if line_begins && self.placeholder(at).is_none() => {
                let end = self.line_end(at);
                let mut token = self.token(JsonTokenKind::Comment, end);
                token.broken = Some("not a comment of JSON");
                return Some(token);
            }
            _ => return Some(self.word()),
        };
        Some(self.token(kind, at + 1))
    }
}
