//! Text that stands for other text: what an escape, a fold or an encoding says, with the bytes that
//! say it.

use std::ops::Range;

/// A text with the source bytes of each of its characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapped {
    text: String,
    /// For each byte of `text` the source range of its character.
    places: Vec<(u32, u32)>,
}

impl Mapped {
    /// An empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a character that the bytes of `source` stand for. Sources must not go back.
    pub fn push(&mut self, character: char, source: Range<usize>) {
        self.text.push(character);
        self.places
            .resize(self.text.len(), (place(source.start), place(source.end)));
    }

    /// Appends characters that stand for themselves: `text[range]`.
    pub fn push_plain(&mut self, text: &str, range: Range<usize>) {
        for (at, character) in text[range.clone()].char_indices() {
            let start = range.start + at;
            self.push(character, start..start + character.len_utf8());
        }
    }

    /// Appends another text with its places.
    pub fn push_mapped(&mut self, other: &Self) {
        self.text.push_str(&other.text);
        self.places.extend_from_slice(&other.places);
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source bytes of a range of the text: from the first byte of its first character to the
    /// last byte of its last one.
    #[must_use]
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let first = self.places.get(range.start).or(self.places.last());
        let start = first.map_or(0, |p| p.0) as usize;
        let last = range.end.max(range.start + 1) - 1;
        let end = self.places.get(last).or(self.places.last());
        start..end.map_or(start, |p| p.1 as usize).max(start)
    }

    /// The bytes of the text whose characters come from the source range; empty at the place
    /// where it would be if none does.
    #[must_use]
    pub fn text_range(&self, source: Range<usize>) -> Range<usize> {
        let start = self
            .places
            .partition_point(|p| p.1 as usize <= source.start);
        let end = self.places.partition_point(|p| (p.0 as usize) < source.end);
        start..end.max(start)
    }
}

fn place(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_mapped_in_both_directions() {
        // `a\u002eb` with a fold after it: `c`.
        let source = "a\\u002eb\\\n  c";
        let mut mapped = Mapped::new();
        mapped.push_plain(source, 0..1);
        mapped.push('.', 1..7);
        mapped.push_plain(source, 7..8);
        mapped.push_plain(source, 12..13);
        assert_eq!(mapped.text(), "a.bc");
        assert_eq!(mapped.source(0..2), 0..7);
        assert_eq!(mapped.source(1..4), 1..13);
        assert_eq!(mapped.source(2..3), 7..8);
        assert_eq!(mapped.text_range(3..4), 1..2);
        assert_eq!(mapped.text_range(0..13), 0..4);
        assert_eq!(mapped.text_range(9..10), 3..3);
    }
}
