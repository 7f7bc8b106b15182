//! The whole of a file as text, with a map between its characters and the bytes of the file.

use std::borrow::Cow;
use std::ops::Range;

use super::{Encoding, Mapped};

/// A file as text.
#[derive(Debug)]
pub struct Decoded<'b> {
    text: Cow<'b, str>,
    map: Map,
}

#[derive(Debug)]
enum Map {
    /// The text is the file after a byte order mark of so many bytes.
    Behind(usize),
    Table(Mapped),
}

impl<'b> Decoded<'b> {
    /// Reads a file; binary ones have no text.
    #[must_use]
    pub fn new(bytes: &'b [u8], encoding: Encoding) -> Option<Self> {
        let mark = encoding.mark_length(bytes);
        let body = &bytes[mark..];
        match encoding {
            Encoding::Binary => return None,
            Encoding::Utf8 => {
                if let Ok(text) = std::str::from_utf8(body) {
                    return Some(Self {
                        text: Cow::Borrowed(text),
                        map: Map::Behind(mark),
                    });
                }
            }
            _ => {}
        }
        let mut mapped = Mapped::new();
        match encoding {
            Encoding::Utf16Le => units(body, mark, u16::from_le_bytes, &mut mapped),
            Encoding::Utf16Be => units(body, mark, u16::from_be_bytes, &mut mapped),
            // Damaged UTF-8 is read byte by byte too: what matters is ASCII.
            _ => {
                for (at, byte) in body.iter().enumerate() {
                    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(std::slice::from_ref(byte));
                    for character in text.chars() {
                        mapped.push(character, mark + at..mark + at + 1);
                    }
                }
            }
        }
        Some(Self {
            text: Cow::Owned(mapped.text().to_owned()),
            map: Map::Table(mapped),
        })
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the file for a range of the text.
    #[must_use]
    pub fn bytes(&self, text: Range<usize>) -> Range<usize> {
        match &self.map {
            Map::Behind(mark) => text.start + mark..text.end + mark,
            Map::Table(mapped) => mapped.source(text),
        }
    }

    /// The range of the text for bytes of the file.
    #[must_use]
    pub fn range(&self, bytes: Range<usize>) -> Range<usize> {
        match &self.map {
            Map::Behind(mark) => bytes.start.saturating_sub(*mark)..bytes.end.saturating_sub(*mark),
            Map::Table(mapped) => mapped.text_range(bytes),
        }
    }
}

fn units(body: &[u8], mark: usize, order: fn([u8; 2]) -> u16, mapped: &mut Mapped) {
    let mut at = mark;
    let values = body.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
    for character in char::decode_utf16(values) {
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        let length = 2 * character.len_utf16();
        mapped.push(character, at..at + length);
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_maps_in_both_directions() {
        let text = "größe=😀HOST";
        let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}"
                .encode_utf16()
                .chain(text.encode_utf16())
                .flat_map(order)
                .collect()
        };
        let mut marked = b"\xef\xbb\xbf".to_vec();
        marked.extend_from_slice(text.as_bytes());
        for (bytes, encoding, expected) in [
            (text.as_bytes().to_vec(), Encoding::Utf8, 12..16),
            (marked, Encoding::Utf8, 15..19),
            (wide(u16::to_le_bytes), Encoding::Utf16Le, 18..26),
            (wide(u16::to_be_bytes), Encoding::Utf16Be, 18..26),
            (b"gr\xf6\xdfe=HOST".to_vec(), Encoding::Windows1252, 6..10),
        ] {
            let decoded = Decoded::new(&bytes, encoding).expect("text");
            let at = decoded.text().find("HOST").expect("marked");
            let found = decoded.bytes(at..at + 4);
            assert_eq!(found, expected, "{encoding:?}");
            assert_eq!(decoded.range(found), at..at + 4, "{encoding:?}");
        }
        assert!(Decoded::new(b"\0\x01", Encoding::Binary).is_none());
    }
}
