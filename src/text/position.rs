//! Lines and columns.

use super::Encoding;

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1. In binary files always 1.
    pub line: u64,
    /// Column in Unicode scalar values, from 1. In binary files the byte offset plus 1.
    pub column: u64,
    /// Offset in bytes, from 0, in the file as it is stored.
    pub byte: u64,
    /// Column in UTF-16 code units, from 1, for the formats that count so.
    pub utf16: u64,
    /// Column in bytes of UTF-8, from 1; in files of a single-byte encoding in their own bytes.
    pub utf8: u64,
}

impl Position {
    /// The first place of a file, where names of files are reported.
    pub const FIRST: Self = Self {
        line: 1,
        column: 1,
        byte: 0,
        utf16: 1,
        utf8: 1,
    };
}

/// Counts lines and columns while moving forward through a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor {
    encoding: Encoding,
    line: u64,
    column: u64,
    byte: u64,
    utf16: u64,
    utf8: u64,
}

impl Cursor {
    /// A cursor at the beginning of a file, after its byte order mark of `mark` bytes.
    #[must_use]
    pub(crate) fn new(encoding: Encoding, mark: usize) -> Self {
        Self {
            encoding,
            line: 1,
            column: 1,
            byte: mark as u64,
            utf16: 1,
            utf8: 1,
        }
    }

    /// The offset up to which has been counted.
    #[must_use]
    pub(crate) fn byte(&self) -> u64 {
        self.byte
    }

    /// Moves over `bytes`, which follow the current offset and end between two characters.
    pub(crate) fn advance(&mut self, bytes: &[u8]) {
        self.byte += bytes.len() as u64;
        match self.encoding {
            Encoding::Binary => {}
            Encoding::Utf8 => {
                let tail = self.newlines(bytes, memchr::memrchr(b'\n', bytes));
                // Continuation bytes do not begin a character.
                let characters = tail.iter().filter(|b| **b & 0xc0 != 0x80).count() as u64;
                // Characters of four bytes are the ones with a surrogate pair.
                let pairs = tail.iter().filter(|b| **b >= 0xf0).count() as u64;
                self.column += characters;
                self.utf16 += characters + pairs;
                self.utf8 += tail.len() as u64;
            }
            Encoding::Windows1252 => {
                let tail = self.newlines(bytes, memchr::memrchr(b'\n', bytes));
                self.column += tail.len() as u64;
                self.utf16 += tail.len() as u64;
                self.utf8 += tail.len() as u64;
            }
            Encoding::Utf16Le => self.units(bytes, u16::from_le_bytes),
            Encoding::Utf16Be => self.units(bytes, u16::from_be_bytes),
        }
    }

    /// Moves on to `offset` in `bytes`, whose first byte is at `base` in the file; stays when it is
    /// there or beyond.
    pub(crate) fn go_to(&mut self, offset: usize, bytes: &[u8], base: u64) {
        let here = usize::try_from(self.byte - base).unwrap_or(usize::MAX);
        if here < offset {
            self.advance(&bytes[here..offset]);
        }
    }

    fn newlines<'b>(&mut self, bytes: &'b [u8], last: Option<usize>) -> &'b [u8] {
        match last {
            None => bytes,
            Some(at) => {
                self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
                self.begin_line();
                &bytes[at + 1..]
            }
        }
    }

    fn begin_line(&mut self) {
        self.column = 1;
        self.utf16 = 1;
        self.utf8 = 1;
    }

    fn units(&mut self, bytes: &[u8], order: fn([u8; 2]) -> u16) {
        for pair in bytes.chunks_exact(2) {
            let unit = order([pair[0], pair[1]]);
            if unit == 0x000a {
                self.line += 1;
                self.begin_line();
                continue;
            }
            self.utf16 += 1;
            self.utf8 += match unit {
                0..=0x7f => 1,
                // Two for each half of a surrogate pair.
                0x80..=0x7ff | 0xd800..=0xdfff => 2,
                _ => 3,
            };
            // The second half of a surrogate pair is not a character of its own.
            if !(0xdc00..=0xdfff).contains(&unit) {
                self.column += 1;
            }
        }
    }

    /// The current place.
    #[must_use]
    pub(crate) fn position(&self) -> Position {
        if self.encoding == Encoding::Binary {
            return Position {
                line: 1,
                column: self.byte + 1,
                byte: self.byte,
                utf16: self.byte + 1,
                utf8: self.byte + 1,
            };
        }
        Position {
            line: self.line,
            column: self.column,
            byte: self.byte,
            utf16: self.utf16,
            utf8: self.utf8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line_and_column(encoding: Encoding, bytes: &[u8]) -> (u64, u64) {
        let mut cursor = Cursor::new(encoding, 0);
        cursor.advance(bytes);
        (cursor.position().line, cursor.position().column)
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(
            line_and_column(Encoding::Utf8, "a\nä😀b".as_bytes()),
            (2, 4)
        );
        assert_eq!(line_and_column(Encoding::Windows1252, b"a\n\xe4b"), (2, 3));
        let wide: Vec<u8> = "a\r\nä😀b"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(line_and_column(Encoding::Utf16Be, &wide), (2, 4));
        assert_eq!(line_and_column(Encoding::Binary, b"abc\n"), (1, 5));
    }
    #[test]
    fn columns_count_units_for_those_who_do() {
        let units = |encoding, bytes: &[u8]| {
            let mut cursor = Cursor::new(encoding, 0);
            cursor.advance(bytes);
            let position = cursor.position();
            (position.column, position.utf16, position.utf8)
        };
        let text = "x😀\näé😀€b";
        assert_eq!(units(Encoding::Utf8, text.as_bytes()), (6, 7, 13));
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let wide: Vec<u8> = text.encode_utf16().flat_map(order).collect();
            let encoding = if order(1) == [1, 0] {
                Encoding::Utf16Le
            } else {
                Encoding::Utf16Be
            };
            assert_eq!(units(encoding, &wide), (6, 7, 13));
        }
        assert_eq!(units(Encoding::Windows1252, b"\n\xe4b"), (3, 3, 3));
        assert_eq!(units(Encoding::Binary, b"ab\n"), (4, 4, 4));
    }
}
