//! Character references such as `&#46;`, and the predefined ones such as `&amp;`. A reference to an
//! entity of the document is left as written, and the first one is reported.

use std::collections::HashSet;
use std::ops::Range;

use crate::text::Mapped;

/// Bytes between `&` and `;`.
const LONGEST_NAME: usize = 64;

/// The entities of a document.
#[derive(Debug, Default)]
pub(super) struct Entities {
    declared: HashSet<String>,
    /// Says whether the names of HTML are known.
    pub html: bool,
    /// The first reference to an entity of the document.
    pub unexpanded: Option<usize>,
}

impl Entities {
    /// Adds the name of an entity of the document.
    pub(super) fn declare(&mut self, name: &str) {
        self.declared.insert(name.to_owned());
    }

    /// The text of `source[span]`, when it differs from its bytes.
    pub(super) fn decoded(&mut self, source: &str, span: Range<usize>) -> Option<Mapped> {
        let written = source.get(span.clone())?;
        memchr::memchr(b'&', written.as_bytes())?;
        let mut mapped = Mapped::new();
        self.decode(source, span, |character, place| {
            mapped.push(character, place);
        });
        (mapped.text() != written).then_some(mapped)
    }

    /// Gives each character of `source[span]` with the bytes that stand for it. An `&` that begins
    /// anything but a character reference stands for itself.
    pub(super) fn decode(
        &mut self,
        source: &str,
        span: Range<usize>,
        mut give: impl FnMut(char, Range<usize>),
    ) {
        let mut at = span.start;
        let give_plain = |range: Range<usize>, give: &mut dyn FnMut(char, Range<usize>)| {
            let text = source.get(range.clone()).unwrap_or_default();
            for (offset, character) in text.char_indices() {
                let start = range.start + offset;
                give(character, start..start + character.len_utf8());
            }
        };
        while at < span.end {
            let rest = source.get(at..span.end).unwrap_or_default();
            let Some(plain) = memchr::memchr(b'&', rest.as_bytes()) else {
                break;
            };
            give_plain(at..at + plain, &mut give);
            at += plain;
            let reference = rest.get(plain..).and_then(name);
            let end = reference.map_or(at + 1, |name| at + name.len() + 2);
            let place = at..end;
            if let Some(character) = reference.and_then(|name| self.character(name)) {
                give(character, place);
            } else {
                if reference.is_some_and(|name| self.declared.contains(name)) {
                    self.unexpanded.get_or_insert(at);
                }
                give_plain(place, &mut give);
            }
            at = end;
        }
        give_plain(at..span.end, &mut give);
    }

    fn character(&self, name: &str) -> Option<char> {
        if let Some(number) = name.strip_prefix('#') {
            return numbered(number);
        }
        Some(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" if self.html => '\u{a0}',
            "period" if self.html => '.',
            "colon" if self.html => ':',
            "sol" if self.html => '/',
            "commat" if self.html => '@',
            "lowbar" if self.html => '_',
            _ => return None,
        })
    }
}

/// The name in the reference at the beginning of a text.
fn name(text: &str) -> Option<&str> {
    let bytes = text.as_bytes().get(1..)?;
    let near = bytes.get(..LONGEST_NAME).unwrap_or(bytes);
    let end = near.iter().position(|b| *b == b';')?;
    let name = text.get(1..=end)?;
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '#' | '.' | '_' | '-' | ':');
    (!name.is_empty() && name.chars().all(fits)).then_some(name)
}

fn numbered(number: &str) -> Option<char> {
    let (digits, base) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let value = u32::from_str_radix(digits, base).ok()?;
    char::from_u32(value).filter(|c| *c != '\0')
}
