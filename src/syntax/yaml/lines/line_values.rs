//! The keys and values of simple lines.

use std::ops::Range;

use granit_parser::ScalarStyle;

use super::{LONGEST_KEY, LineReader};
use crate::syntax::tree::{NodeKind, Step};
use crate::syntax::yaml::scalar;

/// What the rest of a line begins with.
pub(super) enum KeyOrValue {
    /// The bytes of a key, and the place of its colon.
    Key(Range<usize>, usize),
    /// Something else.
    Value,
}

impl LineReader<'_> {
    /// The bytes of a key, and the place of its colon.
    pub(super) fn key(&self, at: usize, end: usize) -> Option<KeyOrValue> {
        let (name, colon) = match self.bytes[at] {
            b'"' | b'\'' => {
                let (inner, after) = self.quoted(at, end)?;
                let colon = self.after_spaces(after, end);
                if self.bytes.get(colon..end)?.first() != Some(&b':') {
                    return Some(KeyOrValue::Value);
                }
                (inner, colon)
            }
            first if begins_plainly(first) => {
                let (text, colon) = self.plain(at, end)?;
                let Some(colon) = colon else {
                    return Some(KeyOrValue::Value);
                };
                (text, colon)
            }
            _ => return Some(KeyOrValue::Value),
        };
        let separated = colon + 1 == end || self.bytes[colon + 1] == b' ';
        if !separated || colon - at > LONGEST_KEY {
            return None;
        }
        Some(KeyOrValue::Key(name, colon))
    }

    /// The bytes between quotes, and the place after them.
    pub(super) fn quoted(&self, at: usize, end: usize) -> Option<(Range<usize>, usize)> {
        let quote = self.bytes[at];
        let rest = self.bytes.get(at + 1..end)?;
        let length = memchr::memchr(quote, rest)?;
        let inner = &rest[..length];
        let plain = match quote {
            b'"' => memchr::memchr2(b'\\', b'\t', inner).is_none(),
            _ => rest.get(length + 1) != Some(&quote) && !inner.contains(&b'\t'),
        };
        plain.then_some((at + 1..at + 1 + length, at + length + 2))
    }

    /// The bytes of a text without quotes: up to a colon, whose place is given, up to a comment,
    /// or up to the end of the line.
    pub(super) fn plain(&self, at: usize, end: usize) -> Option<(Range<usize>, Option<usize>)> {
        let rest = self.bytes.get(at..end)?;
        let mut stop = rest.len();
        let mut colon = None;
        for found in memchr::memchr3_iter(b':', b'#', b'\t', rest) {
            match rest[found] {
                b':' if rest.get(found + 1).is_none_or(|b| *b == b' ') => {
                    stop = found;
                    colon = Some(at + found);
                    break;
                }
                b'#' if found > 0 && rest[found - 1] == b' ' => {
                    stop = found;
                    break;
                }
                b'\t' => return None,
                _ => {}
            }
        }
        let spaces = rest[..stop].iter().rev().take_while(|b| **b == b' ');
        let text_end = at + stop - spaces.count();
        Some((at..text_end, colon))
    }

    /// The value at `at`, on the line that ends at `end`.
    pub(super) fn value(&mut self, at: usize, end: usize) -> Option<()> {
        let rest = self.bytes.get(at..end)?;
        match rest {
            [b'"' | b'\'', ..] => {
                let (inner, after) = self.quoted(at, end)?;
                self.comment_only(after, end)?;
                self.scalar(inner, None);
                Some(())
            }
            [b'|', ..] => self.block(at, end),
            [b'[', ..] => self.list(at, end),
            [b'{', b'}', ..] => {
                self.comment_only(at + 2, end)?;
                self.flow(NodeKind::Mapping, at);
                self.close_flow(at + 1);
                Some(())
            }
            [first, second, ..] if *first == b'-' && second.is_ascii_alphanumeric() => {
                self.plain_value(at, end)
            }
            [first, ..] if begins_plainly(*first) => self.plain_value(at, end),
            _ => None,
        }
    }

    pub(super) fn plain_value(&mut self, at: usize, end: usize) -> Option<()> {
        let (text, colon) = self.plain(at, end)?;
        if colon.is_some() {
            return None;
        }
        self.comment_only(text.end, end)?;
        self.scalar(text, None);
        Some(())
    }

    pub(super) fn flow(&mut self, kind: NodeKind, start: usize) {
        let (step, key) = self.step();
        self.builder.open(kind, step, key, start);
    }

    /// Ends a group with the bracket at `at`.
    pub(super) fn close_flow(&mut self, at: usize) {
        self.last_end = self.last_end.max(at + 1);
        self.builder.close(self.last_end);
    }

    /// `[a, "b"]`
    pub(super) fn list(&mut self, at: usize, end: usize) -> Option<()> {
        self.flow(NodeKind::Sequence, at);
        let mut at = self.after_spaces(at + 1, end);
        let mut items = 0;
        while *self.bytes.get(at..end)?.first()? != b']' {
            let (span, after) = match self.bytes[at] {
                b'"' | b'\'' => self.quoted(at, end)?,
                _ => self.word(at, end)?,
            };
            if !span.is_empty() {
                self.last_end = self.last_end.max(span.end);
                self.builder.scalar(Step::Item(items), None, span);
            }
            items += 1;
            at = self.after_spaces(after, end);
            match self.bytes.get(at..end)?.first()? {
                b']' => {}
                b',' => {
                    at = self.after_spaces(at + 1, end);
                    if self.bytes.get(at..end)?.first()? == &b']' {
                        return None;
                    }
                }
                _ => return None,
            }
        }
        self.comment_only(at + 1, end)?;
        self.close_flow(at);
        Some(())
    }

    /// A word in a list, of signs that have no meaning there.
    pub(super) fn word(&self, at: usize, end: usize) -> Option<(Range<usize>, usize)> {
        let rest = self.bytes.get(at..end)?;
        let fits = |b: &u8| b.is_ascii_alphanumeric() || b"_./$+@=*-".contains(b);
        let length = rest.iter().position(|b| !fits(b)).unwrap_or(rest.len());
        let begins = rest
            .first()
            .is_some_and(|b| b.is_ascii_alphanumeric() || b"_./$".contains(b));
        begins.then_some((at..at + length, at + length))
    }

    /// `|` and the lines below it.
    pub(super) fn block(&mut self, at: usize, end: usize) -> Option<()> {
        let stripped = self.bytes.get(at + 1) == Some(&b'-');
        self.comment_only(at + 1 + usize::from(stripped), end)?;
        let column = self.groups.last()?.column;
        let mut indent = None;
        let mut value = String::new();
        // Line ends that count only if text follows.
        let mut breaks = 0;
        let mut start = self.at;
        while self.at < self.bytes.len() {
            let line = self.at;
            let (end, next) = self.line_end(line);
            let text = self.after_spaces(line, end);
            let depth = text - line;
            if text == end {
                // Blanks may be part of the text, or wrong before it.
                if depth > indent.unwrap_or(0) {
                    return None;
                }
                breaks += usize::from(next > end);
                self.at = next;
                continue;
            }
            let own = match indent {
                Some(indent) => indent,
                None if depth > column && self.bytes[text] != b'\t' => {
                    start = text;
                    depth
                }
                None => return None,
            };
            if depth < own {
                break;
            }
            indent = Some(own);
            value.extend(std::iter::repeat_n('\n', breaks));
            value.push_str(self.source.get(line + own..end)?);
            breaks = usize::from(next > end);
            self.at = next;
        }
        indent?;
        if breaks > 0 && !stripped {
            value.push('\n');
        }
        let span = start..self.at;
        let (span, text) = scalar::place(self.source, &span, ScalarStyle::Literal, &value);
        self.scalar(span, text);
        Some(())
    }
}

/// Says whether a text without quotes may begin with a byte; that of `-` depends on the next.
fn begins_plainly(byte: u8) -> bool {
    !matches!(byte, b'\t' | b' ') && !b"-?:,[]{}#&*!|>'\"%@`".contains(&byte)
}
