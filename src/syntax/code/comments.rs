//! Comments of source code, and documentation that is written like one.

use super::language::Habit;
use super::lexer::Lexer;
use super::quoted;
use super::tokens::Kind;
use crate::syntax::comments::is_in_a_url;

impl Lexer<'_> {
    pub(super) fn comment(&mut self, byte: u8) -> bool {
        let start = self.at;
        if byte == b'/' && self.rest().starts_with(b"//") && is_in_a_url(self.bytes, start) {
            self.at += 2;
            return true;
        }
        let end = self.block_comment().or_else(|| self.line_comment(byte));
        let Some(end) = end else {
            return false;
        };
        self.at = end;
        self.tokens.comments.push(start..end);
        true
    }

    pub(super) fn block_comment(&mut self) -> Option<usize> {
        let language = self.language;
        for block in language.blocks {
            if self.rest().starts_with(block.open.as_bytes()) {
                return Some(self.block_end(block.open, block.close, block.nested));
            }
        }
        if language.has(Habit::LongBrackets)
            && self.rest().starts_with(b"--[")
            && let Some(level) = quoted::long_bracket(&self.rest()[2..])
        {
            let close = format!("]{}]", "=".repeat(level));
            return Some(self.find(self.at + 4 + level, &close, "comment without end"));
        }
        let line_start = self.at == 0 || self.bytes[self.at - 1] == b'\n';
        let pod = language.has(Habit::Pod)
            && line_start
            && self.bytes[self.at] == b'='
            && self.rest().get(1).is_some_and(u8::is_ascii_alphabetic);
        pod.then(|| {
            let close = if self.rest().starts_with(b"=begin") && language.name == "Ruby" {
                "\n=end"
            } else {
                "\n=cut"
            };
            // Documentation may go on to the end of a file.
            let end = match self.source.get(self.at..).and_then(|rest| rest.find(close)) {
                Some(length) => self.at + length + close.len(),
                None => self.bytes.len(),
            };
            self.line_end_from(end)
        })
    }

    pub(super) fn block_end(&mut self, open: &str, close: &str, nested: bool) -> usize {
        let start = self.at;
        if !nested {
            return self.find(start + open.len(), close, "comment without end");
        }
        let mut depth = 0_usize;
        let mut at = start;
        while at < self.bytes.len() {
            let rest = &self.bytes[at..];
            if rest.starts_with(open.as_bytes()) {
                depth += 1;
                at += open.len();
            } else if rest.starts_with(close.as_bytes()) {
                depth -= 1;
                at += close.len();
                if depth == 0 {
                    return at;
                }
            } else {
                at += 1;
            }
        }
        self.problem(start, "comment without end");
        self.bytes.len()
    }

    /// The place behind the next `close`, or the end.
    pub(super) fn find(&mut self, from: usize, close: &str, otherwise: &'static str) -> usize {
        let found = self.source.get(from..).and_then(|rest| rest.find(close));
        found.map_or_else(
            || {
                self.problem(self.at, otherwise);
                self.bytes.len()
            },
            |length| from + length + close.len(),
        )
    }

    pub(super) fn line_end_from(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        let length = memchr::memchr(b'\n', rest);
        let end = length.map_or(self.bytes.len(), |length| from + length);
        if end > from && self.bytes[end - 1] == b'\r' {
            end - 1
        } else {
            end
        }
    }

    pub(super) fn line_comment(&self, byte: u8) -> Option<usize> {
        let rest = self.rest();
        let mut marks = self.language.line.iter();
        let known = marks.any(|mark| rest.starts_with(mark.as_bytes()));
        // `$#list` counts, `#[Attribute]` is code, `a#b` is one word.
        let before = self.at.checked_sub(1).map_or(b'\n', |at| self.bytes[at]);
        let counts = byte == b'#'
            && (before == b'$'
                || (self.language.has(Habit::Tags) && rest.get(1) == Some(&b'['))
                || (self.language.has(Habit::Options) && before.is_ascii_alphanumeric()));
        if known && !counts {
            return Some(self.line_end_from(self.at));
        }
        let basic = self.language.has(Habit::UnderscoreLine) && before.is_ascii_whitespace();
        let remark = rest
            .get(..3)
            .is_some_and(|w| w.eq_ignore_ascii_case(b"rem"))
            && rest.get(3).is_none_or(u8::is_ascii_whitespace);
        (basic && remark && self.last().is_none_or(|t| t.kind == Kind::Line))
            .then(|| self.line_end_from(self.at))
    }
}
