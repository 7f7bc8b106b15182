//! How the bytes of a file stand for characters.

use std::borrow::Cow;
use std::ops::Range;

/// An encoding that ptlint reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// One byte a character: Windows-1252, which has Latin-1 within it.
    Windows1252,
    /// No text: lines and columns mean nothing.
    Binary,
}

/// Bytes looked at to tell text from binary.
const SAMPLE: usize = 8 * 1024;

impl Encoding {
    /// Tells the encoding from the beginning of a file. `whole` says that there is no more of it.
    #[must_use]
    pub fn detect(head: &[u8], whole: bool) -> Self {
        match head {
            [0xef, 0xbb, 0xbf, ..] => return Self::Utf8,
            [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Self::Binary,
            [0xff, 0xfe, ..] => return Self::Utf16Le,
            [0xfe, 0xff, ..] => return Self::Utf16Be,
            _ => {}
        }
        let sample = &head[..head.len().min(SAMPLE)];
        if sample.contains(&0) {
            return Self::without_mark(sample);
        }
        let text = match std::str::from_utf8(head) {
            Ok(_) => return Self::Utf8,
            // The window may end inside a character.
            Err(error) if error.error_len().is_none() && !whole => return Self::Utf8,
            Err(_) => sample,
        };
        if text.iter().any(|b| matches!(b, 0..=8 | 14..=26 | 28..=31)) {
            Self::Binary
        } else {
            Self::Windows1252
        }
    }

    /// UTF-16 without a byte order mark has a NUL in almost every second byte and none elsewhere.
    fn without_mark(sample: &[u8]) -> Self {
        let nuls = |parity: usize| {
            sample
                .iter()
                .skip(parity)
                .step_by(2)
                .filter(|b| **b == 0)
                .count()
        };
        let (even, odd) = (nuls(0), nuls(1));
        let half = sample.len() / 2;
        if even == 0 && odd * 10 >= half * 7 {
            Self::Utf16Le
        } else if odd == 0 && even * 10 >= half * 7 {
            Self::Utf16Be
        } else {
            Self::Binary
        }
    }

    /// Bytes of the byte order mark that `head` begins with.
    #[must_use]
    pub fn mark_length(self, head: &[u8]) -> usize {
        match (self, head) {
            (Self::Utf8, [0xef, 0xbb, 0xbf, ..]) => 3,
            (Self::Utf16Le, [0xff, 0xfe, ..]) | (Self::Utf16Be, [0xfe, 0xff, ..]) => 2,
            _ => 0,
        }
    }

    /// Bytes of a code unit.
    #[must_use]
    pub fn unit(self) -> usize {
        match self {
            Self::Utf16Le | Self::Utf16Be => 2,
            _ => 1,
        }
    }

    /// Encodes ASCII text, which every encoding has.
    #[must_use]
    pub fn encode_ascii(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf16Le => text.bytes().flat_map(|byte| [byte, 0]).collect(),
            Self::Utf16Be => text.bytes().flat_map(|byte| [0, byte]).collect(),
            _ => text.as_bytes().to_vec(),
        }
    }

    /// Decodes bytes for readers; what is not text becomes the replacement character, and in binary
    /// data everything that is not printable ASCII a dot.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            // Most text is as it should be, which this finds out several times as fast.
            Self::Utf8 => match std::str::from_utf8(bytes) {
                Ok(text) => text.into(),
                Err(_) => String::from_utf8_lossy(bytes),
            },
            // The NUL of the last letter may be cut off.
            Self::Utf16Le if !bytes.len().is_multiple_of(2) && bytes.last() != Some(&0) => {
                let whole = [bytes, &[0]].concat();
                let (text, _) = encoding_rs::UTF_16LE.decode_without_bom_handling(&whole);
                text.into_owned().into()
            }
            Self::Utf16Le => encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0,
            Self::Utf16Be => encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0,
            Self::Windows1252 => {
                encoding_rs::WINDOWS_1252
                    .decode_without_bom_handling(bytes)
                    .0
            }
            Self::Binary => bytes
                .iter()
                .filter(|b| **b != 0)
                .map(|b| {
                    if b.is_ascii_graphic() || *b == b' ' {
                        char::from(*b)
                    } else {
                        '·'
                    }
                })
                .collect::<String>()
                .into(),
        }
    }

    /// The line in `text` that holds `at`, without its line break.
    #[must_use]
    pub fn line_around(self, text: &[u8], at: usize) -> Range<usize> {
        let (start, end) = match self {
            Self::Utf16Le | Self::Utf16Be => {
                let newline = |pair: &[u8]| pair == self.newline();
                let even = at & !1;
                let start = text[..even]
                    .chunks_exact(2)
                    .rposition(newline)
                    .map_or(0, |i| i * 2 + 2);
                let end = text[even..]
                    .chunks_exact(2)
                    .position(newline)
                    .map_or(text.len(), |i| even + i * 2);
                (start, end)
            }
            _ => (
                memchr::memrchr(b'\n', &text[..at]).map_or(0, |i| i + 1),
                memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |i| at + i),
            ),
        };
        start..end
    }

    fn newline(self) -> &'static [u8] {
        match self {
            Self::Utf16Le => b"\n\0",
            Self::Utf16Be => b"\0\n",
            _ => b"\n",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn encodings_are_told_with_and_without_marks() {
        let le = utf16("host=a.example.org\r\n", u16::to_le_bytes);
        let be = utf16("host=a.example.org\r\n", u16::to_be_bytes);
        let cases: [(&[u8], Encoding); 8] = [
            (b"plain", Encoding::Utf8),
            (b"\xef\xbb\xbfmarked", Encoding::Utf8),
            ("größe".as_bytes(), Encoding::Utf8),
            (b"gr\xf6\xdfe", Encoding::Windows1252),
            (&le, Encoding::Utf16Le),
            (&be, Encoding::Utf16Be),
            (b"\xfe\xed\xfe\xed\0\0\0\x02", Encoding::Binary),
            (b"%PDF\x01\xff\xfe", Encoding::Binary),
        ];
        for (bytes, expected) in cases {
            assert_eq!(Encoding::detect(bytes, true), expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_character_cut_by_the_window_is_still_utf8() {
        let text = "größe".as_bytes();
        assert_eq!(Encoding::detect(&text[..3], false), Encoding::Utf8);
        assert_eq!(Encoding::detect(&text[..3], true), Encoding::Windows1252);
    }
}
