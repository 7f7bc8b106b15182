//! References such as `&amp;`, `&#46;` and those to entities of the document, and what they say.
//! What they may blow a text up to is limited.

use std::collections::HashMap;
use std::ops::Range;

use crate::text::Mapped;

/// Bytes that one entity may say.
const MOST_OF_ONE: usize = 16 << 10;
/// Bytes that all uses of entities of a document may say together.
const MOST_OF_ALL: usize = 4 << 20;
/// Bytes between `&` and `;`.
const LONGEST_NAME: usize = 64;

/// The entities of a document.
#[derive(Debug)]
pub struct Entities {
    texts: HashMap<String, String>,
    /// Whether the names of HTML are known.
    pub html: bool,
    room: usize,
    /// The first reference that was not expanded for want of room.
    pub refused: Option<usize>,
}

enum Meaning<'e> {
    Character(char),
    Text(&'e str),
}

impl Entities {
    /// Knows what every document knows.
    pub fn new() -> Self {
        Self {
            texts: HashMap::new(),
            html: false,
            room: MOST_OF_ALL,
            refused: None,
        }
    }

    /// Declares an entity. References in its text have been expanded; the first declaration of a
    /// name counts.
    pub fn declare(&mut self, name: &str, text: &str) {
        if text.len() <= MOST_OF_ONE && !self.texts.contains_key(name) {
            self.texts.insert(name.to_owned(), text.to_owned());
        }
    }

    /// The text of `source[span]`, when it differs from its bytes.
    pub fn decoded(&mut self, source: &str, span: Range<usize>) -> Option<Mapped> {
        let written = source.get(span.clone())?;
        memchr::memchr(b'&', written.as_bytes())?;
        let mut mapped = Mapped::new();
        self.decode(source, span, |character, place| {
            mapped.push(character, place);
        });
        (mapped.text() != written).then_some(mapped)
    }

    /// Gives each character of `source[span]` with the bytes that stand for it. An `&` that begins
    /// no known reference stands for itself.
    pub fn decode(
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
            match reference.and_then(|name| self.meaning(name)) {
                Some(Meaning::Character(character)) => give(character, place),
                Some(Meaning::Text(text)) if text.len() <= self.room => {
                    for character in text.chars() {
                        give(character, place.clone());
                    }
                    self.room -= text.len();
                }
                unknown => {
                    let refused = unknown.is_some();
                    if refused {
                        self.refused.get_or_insert(at);
                    }
                    give_plain(place, &mut give);
                }
            }
            at = end;
        }
        give_plain(at..span.end, &mut give);
    }

    fn meaning(&self, name: &str) -> Option<Meaning<'_>> {
        if let Some(number) = name.strip_prefix('#') {
            return numbered(number).map(Meaning::Character);
        }
        let character = match name {
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
            _ => return self.texts.get(name).map(|text| Meaning::Text(text)),
        };
        Some(Meaning::Character(character))
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
