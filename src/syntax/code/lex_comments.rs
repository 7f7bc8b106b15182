//! Comments of source code, and documentation that is written like one.

use super::language::{BeforeMark, Habit};
use super::lexer::CodeLexer;
use super::quoted;
use super::tokens::CodeTokenKind;

impl CodeLexer<'_> {
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
            let close = if self.rest().starts_with(b"=begin") && language.has(Habit::BeginEnd) {
                "\n=end"
            } else {
                "\n=cut"
            };
            // Documentation may go on to the end of a file.
            let end = match memchr::memmem::find(self.rest(), close.as_bytes()) {
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

    /// The place after the next `close`, or the end.
    pub(super) fn find(&mut self, from: usize, close: &str, otherwise: &'static str) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        let found = memchr::memmem::find(rest, close.as_bytes());
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
        if self.is_data {
            return None;
        }
        let rest = self.rest();
        let mut marks = self.language.line.iter();
        let known = self.may_begin_a_comment()
            && marks.any(|mark| {
                let head = rest.get(..mark.len());
                head.is_some_and(|head| head.eq_ignore_ascii_case(mark.as_bytes()))
            });
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
        (basic && remark && self.last().is_none_or(|t| t.kind == CodeTokenKind::Line))
            .then(|| self.line_end_from(self.at))
    }

    /// Says whether what is before this place allows a line comment here.
    fn may_begin_a_comment(&self) -> bool {
        let before = &self.bytes[..self.at];
        match self.language.before {
            BeforeMark::Anything => true,
            BeforeMark::Space => before.last().is_none_or(u8::is_ascii_whitespace),
            BeforeMark::LineStart => {
                let blanks = before.iter().rev();
                let mut rest = blanks.skip_while(|b| b.is_ascii_whitespace() && **b != b'\n');
                rest.next().is_none_or(|b| *b == b'\n')
            }
        }
    }
}

/// Says whether the two slashes at `at` belong to a URL. Source code has one in text between tags, where
/// only this tells it from a comment. A label, or a key of JSON5, may have a comment after its colon, but
/// hardly one that begins with a letter and no space.
fn is_in_a_url(text: &[u8], at: usize) -> bool {
    let Some(before) = text[..at].strip_suffix(b":") else {
        return false;
    };
    let letters = before.iter().rev().take_while(|b| b.is_ascii_alphabetic());
    let scheme = &before[before.len() - letters.count()..];
    let follows = text.get(at + 2).copied().unwrap_or_default();
    scheme.len() >= 2
        && !scheme.eq_ignore_ascii_case(b"default")
        && (follows.is_ascii_alphanumeric() || b"$%{[<".contains(&follows))
}
