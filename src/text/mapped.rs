//! Text that stands for other text: what an escape, a fold or an encoding says, with the bytes that
//! say it.

use std::ops::Range;

/// A text with the source bytes of each of its characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapped {
    text: String,
    /// Pieces of the text in order, each with its source: characters that stand for themselves one after
    /// another, or a single one that is written in another way.
    pieces: Vec<MappedPiece>,
}

/// Where a piece of a text begins, and its source. It ends where the next one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
struct MappedPiece {
    text: u32,
    start: u32,
    end: u32,
}

impl Mapped {
    /// An empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a character that the bytes of `source` stand for. Sources must not go back.
    pub fn push(&mut self, character: char, source: Range<usize>) {
        let length = character.len_utf8();
        self.extend(length, source);
        self.text.push(character);
    }

    /// Appends characters that stand for themselves: `text[range]`.
    pub fn push_plain(&mut self, text: &str, range: Range<usize>) {
        let plain = &text[range.clone()];
        if !plain.is_empty() {
            self.extend(plain.len(), range);
            self.text.push_str(plain);
        }
    }

    /// Appends another text with its places.
    pub fn push_mapped(&mut self, other: &Self) {
        for (number, piece) in other.pieces.iter().enumerate() {
            let length = other.end_of(number) - piece.text as usize;
            self.extend(length, piece.start as usize..piece.end as usize);
            self.text
                .push_str(&other.text[piece.text as usize..other.end_of(number)]);
        }
    }

    /// Notes the source of so many more bytes of the text.
    fn extend(&mut self, length: usize, source: Range<usize>) {
        let number = self.pieces.len();
        if let Some(last) = self.pieces.last()
            && length == source.len()
            && last.end as usize == source.start
            && self.is_plain(number - 1)
            && let Some(last) = self.pieces.last_mut()
        {
            last.end = place(source.end);
            return;
        }
        self.pieces.push(MappedPiece {
            text: place(self.text.len()),
            start: place(source.start),
            end: place(source.end),
        });
    }

    /// Where a piece ends in the text.
    fn end_of(&self, number: usize) -> usize {
        let next = self.pieces.get(number + 1);
        next.map_or(self.text.len(), |piece| piece.text as usize)
    }

    /// Says whether the characters of a piece stand for themselves.
    fn is_plain(&self, number: usize) -> bool {
        let piece = &self.pieces[number];
        self.end_of(number) - piece.text as usize == (piece.end - piece.start) as usize
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The nearest place between two characters, at or before a byte of the text.
    fn begin_of_character(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The nearest place between two characters, at or after a byte of the text.
    fn end_of_character(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        at
    }

    /// The source of the character that has the byte at `at` of the text, or of the last character.
    fn source_of(&self, at: usize) -> Range<usize> {
        let at = at.min(self.text.len().saturating_sub(1));
        let next = self.pieces.partition_point(|p| p.text as usize <= at);
        let Some(number) = next.checked_sub(1) else {
            return 0..0;
        };
        let piece = &self.pieces[number];
        let (start, end) = (piece.start as usize, piece.end as usize);
        if !self.is_plain(number) {
            return start..end;
        }
        let from = self.begin_of_character(at);
        let to = self.end_of_character(at + 1);
        let begin = piece.text as usize;
        start + from - begin..start + to - begin
    }

    /// The source bytes of a range of the text: from the first byte of its first character to the
    /// last byte of its last one.
    #[must_use]
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_of(range.start).start;
        let end = self.source_of(range.end.max(range.start + 1) - 1).end;
        start..end.max(start)
    }

    /// The bytes of the text whose characters come from the source range; empty at the place
    /// where it would be if none does.
    #[must_use]
    pub fn text_range(&self, source: Range<usize>) -> Range<usize> {
        let next = self
            .pieces
            .partition_point(|p| p.end as usize <= source.start);
        let start = match self.pieces.get(next) {
            None => self.text.len(),
            Some(piece) => {
                let inside = source.start.saturating_sub(piece.start as usize);
                let begin = piece.text as usize;
                if self.is_plain(next) {
                    self.begin_of_character(begin + inside)
                } else {
                    begin
                }
            }
        };
        let next = self
            .pieces
            .partition_point(|p| (p.start as usize) < source.end);
        let end = next.checked_sub(1).map_or(0, |number| {
            let piece = &self.pieces[number];
            let inside = source.end - piece.start as usize;
            let end = self.end_of(number);
            if self.is_plain(number) {
                let end = end.min(piece.text as usize + inside);
                self.end_of_character(end)
            } else {
                end
            }
        });
        start..end.max(start)
    }
}

fn place(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a mapped text gives, from a list with the source of every byte.
    struct Plainly(Vec<(usize, usize)>);

    impl Plainly {
        fn source(&self, range: Range<usize>) -> Range<usize> {
            let first = self.0.get(range.start).or(self.0.last());
            let start = first.map_or(0, |p| p.0);
            let last = range.end.max(range.start + 1) - 1;
            let end = self.0.get(last).or(self.0.last());
            start..end.map_or(start, |p| p.1).max(start)
        }

        fn text_range(&self, source: Range<usize>) -> Range<usize> {
            let start = self.0.partition_point(|p| p.1 <= source.start);
            let end = self.0.partition_point(|p| p.0 < source.end);
            start..end.max(start)
        }
    }

    proptest! {
        #[test]
        fn pieces_say_what_a_list_of_all_characters_says(
            written in proptest::collection::vec((0..4_usize, 0..4_usize, 0..3_usize), 0..12),
        ) {
            let characters = ['a', '.', 'é', '€'];
            let (mut mapped, mut list, mut at) = (Mapped::new(), Vec::new(), 0);
            for (character, length, gap) in written {
                let character = characters[character];
                at += gap;
                // One in four is plain.
                let length = if length == 0 { character.len_utf8() } else { length + 1 };
                mapped.push(character, at..at + length);
                list.resize(list.len() + character.len_utf8(), (at, at + length));
                at += length;
            }
            let plainly = Plainly(list);
            for start in 0..at + 2 {
                for end in start..at + 2 {
                    prop_assert_eq!(mapped.source(start..end), plainly.source(start..end));
                    prop_assert_eq!(mapped.text_range(start..end), plainly.text_range(start..end));
                }
            }
            let mut twice = Mapped::new();
            twice.push_mapped(&mapped);
            prop_assert_eq!(twice, mapped);
        }
    }

    #[test]
    fn a_plain_text_is_one_piece() {
        let source = "größe a.example.org ".repeat(100);
        let mut mapped = Mapped::new();
        for (at, character) in source.char_indices() {
            mapped.push(character, at + 1..at + 1 + character.len_utf8());
        }
        assert_eq!(mapped.pieces.len(), 1);
        assert_eq!(mapped.source(3..4), 3..5);
    }

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
