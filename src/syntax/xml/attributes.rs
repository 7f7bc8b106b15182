//! Start tags and their attributes, with their places, as they are really written: without quotes,
//! without a value, with `<` in the value, without an end.

use std::ops::Range;

use super::events::name_length;

/// An attribute that has a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    /// Bytes of its name.
    pub name: Range<usize>,
    /// Bytes of its value without quotes.
    pub value: Range<usize>,
}

/// The content of a tag.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    /// The attributes in their order.
    pub all: Vec<Attribute>,
    /// Where the tag ends, if that is before its `>`.
    pub stop: Option<usize>,
    /// The first byte that does not fit.
    pub broken: Option<usize>,
    /// There is something besides attributes with values in quotes.
    pub loose: bool,
}

/// A start tag.
#[derive(Debug)]
pub(super) struct Tag {
    /// Bytes of its name.
    pub name: Range<usize>,
    /// The element ends with it.
    pub is_empty: bool,
    /// What follows its name.
    pub attributes: Attributes,
}

/// Reads the start tag `source[span]`.
pub(super) fn tag(source: &str, span: Range<usize>) -> Tag {
    let start = span.start + 1;
    let rest = source.get(start..span.end).unwrap_or_default();
    let name = start..start + name_length(rest);
    let inside = rest.strip_suffix('>').unwrap_or(rest);
    let is_closed = inside.len() < rest.len();
    let inner = inside.strip_suffix('/').filter(|_| is_closed);
    let end = start + inner.unwrap_or(inside).len();
    let attributes = attributes(source, name.end..end.max(name.end));
    let is_empty = match attributes.stop {
        Some(stop) => source.get(start..stop).is_some_and(|t| t.ends_with("/>")),
        None => inner.is_some(),
    };
    Tag {
        name,
        is_empty,
        attributes,
    }
}

/// Reads the attributes in `source[span]`, which is a tag after its name, without its end.
pub(super) fn attributes(source: &str, span: Range<usize>) -> Attributes {
    let mut reading = AttributeScan {
        bytes: source.as_bytes().get(..span.end).unwrap_or_default(),
        at: span.start,
        found: Attributes::default(),
    };
    while reading.found.stop.is_none() && reading.step(source) {}
    reading.found
}

struct AttributeScan<'s> {
    bytes: &'s [u8],
    at: usize,
    found: Attributes,
}

impl AttributeScan<'_> {
    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, passes: impl Fn(u8) -> bool) -> Range<usize> {
        let start = self.at;
        let length = self.rest().iter().position(|b| !passes(*b));
        self.at += length.unwrap_or(self.rest().len());
        start..self.at
    }

    fn skip_blanks(&mut self) {
        self.skip(|b| b.is_ascii_whitespace());
    }

    fn broken(&mut self, at: usize) {
        self.found.broken.get_or_insert(at);
        self.found.loose = true;
    }

    /// Reads one attribute. False at the end.
    fn step(&mut self, source: &str) -> bool {
        self.skip(|b| b.is_ascii_whitespace() || b == b'/');
        let name = self.skip(|b| !b.is_ascii_whitespace() && !b"/=<>\"'".contains(&b));
        let Some(&next) = self.bytes.get(name.start) else {
            return false;
        };
        if name.is_empty() {
            self.broken(name.start);
            if next == b'<' {
                self.found.stop = Some(name.start);
            }
            self.at += 1;
            return true;
        }
        self.skip_blanks();
        if self.rest().first() != Some(&b'=') {
            self.found.loose = true;
            return true;
        }
        self.at += 1;
        self.skip_blanks();
        let first = self.rest().first().copied();
        let value = if let Some(quote @ (b'"' | b'\'')) = first {
            self.quoted(source, quote)
        } else {
            self.found.loose = true;
            self.skip(|b| !b.is_ascii_whitespace() && b != b'>')
        };
        self.found.all.push(Attribute { name, value });
        true
    }

    fn quoted(&mut self, source: &str, quote: u8) -> Range<usize> {
        let opening = self.at;
        self.at += 1;
        let value = self.skip(|b| b != quote);
        if self.at >= self.bytes.len() {
            self.broken(opening);
        }
        self.at += 1;
        let text = source.get(value.clone()).unwrap_or_default();
        let Some(end) = lost_end(text) else {
            return value;
        };
        // The quote was forgotten: the tag ends here, and the next one has been swallowed.
        self.broken(opening);
        self.found.stop = Some(value.start + end);
        let inside = text.get(..end - 1).unwrap_or_default();
        let inside = inside.strip_suffix('/').unwrap_or(inside);
        value.start..value.start + inside.len()
    }
}

/// The end of a tag in a value: a `>` with nothing but a line break to the first `<`.
fn lost_end(value: &str) -> Option<usize> {
    let before = value.get(..value.find('<')?)?;
    let tag = before.trim_end();
    let breaks = before.get(tag.len()..)?.contains('\n');
    (breaks && tag.ends_with('>')).then_some(tag.len())
}
