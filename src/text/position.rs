//! Lines and columns.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Encoding;

/// A place in a file.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct Position {
    /// Line, from 1. In binary files always 1.
    pub line: u64,
    /// Column in Unicode scalar values, from 1. In binary files the byte offset plus 1.
    pub column: u64,
    /// Offset in bytes, from 0, in the file as it is stored.
    pub byte: u64,
}

/// Counts lines and columns while moving forward through a file.
#[derive(Debug, Clone, Copy)]
pub struct Cursor {
    encoding: Encoding,
    line: u64,
    column: u64,
    byte: u64,
}

impl Cursor {
    /// A cursor at the beginning of a file, behind its byte order mark of `mark` bytes.
    #[must_use]
    pub fn new(encoding: Encoding, mark: usize) -> Self {
        Self {
            encoding,
            line: 1,
            column: 1,
            byte: mark as u64,
        }
    }

    /// The encoding in which it counts.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The offset up to which has been counted.
    #[must_use]
    pub fn byte(&self) -> u64 {
        self.byte
    }

    /// Moves over `bytes`, which follow the current offset and end between two characters.
    pub fn advance(&mut self, bytes: &[u8]) {
        self.byte += bytes.len() as u64;
        match self.encoding {
            Encoding::Binary => {}
            Encoding::Utf8 => {
                let tail = self.newlines(bytes, memchr::memrchr(b'\n', bytes));
                // Continuation bytes do not begin a character.
                self.column += tail.iter().filter(|b| **b & 0xc0 != 0x80).count() as u64;
            }
            Encoding::Windows1252 => {
                let tail = self.newlines(bytes, memchr::memrchr(b'\n', bytes));
                self.column += tail.len() as u64;
            }
            Encoding::Utf16Le => self.units(bytes, u16::from_le_bytes),
            Encoding::Utf16Be => self.units(bytes, u16::from_be_bytes),
        }
    }

    fn newlines<'b>(&mut self, bytes: &'b [u8], last: Option<usize>) -> &'b [u8] {
        match last {
            None => bytes,
            Some(at) => {
                self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
                self.column = 1;
                &bytes[at + 1..]
            }
        }
    }

    fn units(&mut self, bytes: &[u8], order: fn([u8; 2]) -> u16) {
        for pair in bytes.chunks_exact(2) {
            match order([pair[0], pair[1]]) {
                0x000a => {
                    self.line += 1;
                    self.column = 1;
                }
                // The second half of a surrogate pair.
                0xdc00..=0xdfff => {}
                _ => self.column += 1,
            }
        }
    }

    /// The current place.
    #[must_use]
    pub fn position(&self) -> Position {
        if self.encoding == Encoding::Binary {
            return Position {
                line: 1,
                column: self.byte + 1,
                byte: self.byte,
            };
        }
        Position {
            line: self.line,
            column: self.column,
            byte: self.byte,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(encoding: Encoding, bytes: &[u8]) -> (u64, u64) {
        let mut cursor = Cursor::new(encoding, 0);
        cursor.advance(bytes);
        (cursor.position().line, cursor.position().column)
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(at(Encoding::Utf8, "a\nä😀b".as_bytes()), (2, 4));
        assert_eq!(at(Encoding::Windows1252, b"a\n\xe4b"), (2, 3));
        let wide: Vec<u8> = "a\r\nä😀b"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(at(Encoding::Utf16Be, &wide), (2, 4));
        assert_eq!(at(Encoding::Binary, b"abc\n"), (1, 5));
    }
}
