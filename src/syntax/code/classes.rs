//! What may begin at a byte of source code. Nearly all bytes are of names and blank space; they are
//! told apart by one look at a table.

use super::language::{Habit, Language, QuoteStyle};

/// Blank space but for the line end.
const BLANK: u8 = 1;
/// A name begins, and nothing else can.
const NAME: u8 = 2;
/// A name goes on.
const WITHIN: u8 = 4;
/// After a name: it may go on, or have been the prefix of a string.
const AFTER: u8 = 8;
/// A comment, a string or the like may begin.
const SPECIAL: u8 = 16;
/// A string may end, or not mean what is written.
const STOP: u8 = 32;

/// The classes of all bytes in a language.
#[derive(Debug)]
pub(super) struct Classes([u8; 256]);

impl Classes {
    /// The classes of a language.
    #[must_use]
    pub(super) fn of_language(language: &Language) -> Self {
        let mut classes = Self([0; 256]);
        for byte in [b' ', b'\t', b'\r', b'\x0c'] {
            classes.add(byte, BLANK);
        }
        for byte in (b'a'..=b'z').chain(b'A'..=b'Z').chain([b'_']) {
            classes.add(byte, NAME | WITHIN);
        }
        for byte in b'0'..=b'9' {
            classes.add(byte, WITHIN);
        }
        for byte in 0x80..=0xff {
            classes.add(byte, AFTER | SPECIAL);
        }
        classes.names(language);
        classes.beginnings(language);
        for quotes in language.strings {
            classes.stops(quotes);
        }
        classes
    }

    /// The classes that matter in strings with these quotes.
    #[cfg(test)]
    pub(super) fn of_quotes(quotes: &QuoteStyle) -> Self {
        let mut classes = Self([0; 256]);
        classes.stops(quotes);
        classes
    }

    /// Every byte may be everything but blank space.
    #[cfg(test)]
    pub(super) fn cautious() -> Self {
        let mut classes = Self([SPECIAL | STOP; 256]);
        for byte in [b' ', b'\t', b'\r', b'\x0c'] {
            classes.0[usize::from(byte)] = BLANK | STOP;
        }
        classes
    }

    fn add(&mut self, byte: u8, class: u8) {
        self.0[usize::from(byte)] |= class;
    }

    fn first(&mut self, mark: &str, class: u8) {
        if let Some(byte) = mark.bytes().next() {
            self.add(byte, class);
        }
    }

    fn names(&mut self, language: &Language) {
        let suffix = language.words == "?!";
        for byte in language.words.bytes() {
            self.add(byte, if suffix { AFTER } else { WITHIN });
            if language.has(Habit::Forms) {
                self.add(byte, NAME);
            }
        }
        for byte in [b'"', b'\'', b'#'] {
            self.add(byte, AFTER);
        }
    }

    fn beginnings(&mut self, language: &Language) {
        self.add(b'\\', SPECIAL);
        for mark in language.line {
            self.first(mark, SPECIAL);
            self.first(&mark.to_ascii_uppercase(), SPECIAL);
        }
        for block in language.blocks {
            self.first(block.open, SPECIAL);
        }
        for quotes in language.strings {
            self.first(quotes.mark, SPECIAL);
        }
        for (prefix, _) in language.prefixes {
            // Letters are known by the quote after them.
            if !prefix.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.first(prefix, SPECIAL);
            }
        }
        for (habit, bytes) in [
            (Habit::Options, "`"),
            (Habit::UnderscoreLine, "_rR"),
            (Habit::LongBrackets, "-["),
            (Habit::Pod, "="),
            (Habit::Heredoc, "<@"),
            (Habit::HashRaw, "#"),
            (Habit::PercentWords, "%"),
            (Habit::QuoteWords, "qmsty$"),
            (Habit::Patterns, "/"),
            (Habit::Symbols, ":"),
        ] {
            for byte in bytes.bytes().filter(|_| language.has(habit)) {
                self.add(byte, SPECIAL);
            }
        }
    }

    fn stops(&mut self, quotes: &QuoteStyle) {
        self.first(quotes.mark, STOP);
        for (mark, _) in quotes.code {
            self.first(mark, STOP);
        }
        for byte in [b'\n', b'\\', b'`'] {
            self.add(byte, STOP);
        }
    }

    fn is(&self, byte: u8, class: u8) -> bool {
        self.0[usize::from(byte)] & class != 0
    }

    /// Blank space within a line.
    #[must_use]
    pub(super) fn is_blank(&self, byte: u8) -> bool {
        self.is(byte, BLANK)
    }

    /// Says whether a comment, a string or the like may begin with the byte.
    #[must_use]
    pub(super) fn is_special(&self, byte: u8) -> bool {
        self.is(byte, SPECIAL)
    }

    /// Says whether a name may begin with the byte.
    #[must_use]
    pub(super) fn name_begins(&self, byte: u8) -> bool {
        self.is(byte, NAME)
    }

    /// Says whether the byte may end a string or have a meaning in it.
    #[must_use]
    pub(super) fn is_stop(&self, byte: u8) -> bool {
        self.is(byte, STOP)
    }

    /// The length of the name that a text begins with, where it is nothing but a name.
    #[must_use]
    pub(super) fn name(&self, rest: &[u8]) -> Option<usize> {
        let first = *rest.first()?;
        if !self.is(first, NAME) || self.is(first, SPECIAL) {
            return None;
        }
        let length = rest.iter().position(|b| !self.is(*b, WITHIN));
        let length = length.unwrap_or(rest.len());
        let whole = rest.get(length).is_none_or(|b| !self.is(*b, AFTER));
        whole.then_some(length)
    }
}

#[cfg(test)]
mod tests {
    use super::super::scripts;
    use super::*;

    #[test]
    fn names_that_may_be_more_are_left_alone() {
        let classes = Classes::of_language(&scripts::PYTHON);
        assert_eq!(classes.name(b"name_1 = 2"), Some(6));
        assert_eq!(classes.name(b"name"), Some(4));
        assert_eq!(classes.name("na\u{e4}".as_bytes()), None);
        assert_eq!(classes.name(b"rb\"a\""), None);
        assert_eq!(classes.name(b"1a"), None);
        let classes = Classes::of_language(&scripts::RUBY);
        assert_eq!(classes.name(b"empty?"), None);
        let classes = Classes::of_language(&scripts::BASIC);
        assert_eq!(classes.name(b"rem a"), None);
        let classes = Classes::of_language(&scripts::LISP);
        assert_eq!(classes.name(b"->a/b c"), Some(5));
    }
}
