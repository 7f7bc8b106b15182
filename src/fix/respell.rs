//! Another name in the spelling of the one in the file: only the labels that differ change,
//! so that dots, escapes, folds and quotes between them stay as they are.

use std::ops::Range;

use crate::edit::Edit;
use crate::text::Encoding;

/// A name as a content has it.
pub(super) struct WrittenName<'w> {
    /// The content that `letters` are bytes of.
    pub bytes: &'w [u8],
    /// Its encoding.
    pub encoding: Encoding,
    /// The name in lower case.
    pub name: &'w str,
    /// The bytes of each character of the name.
    pub letters: &'w [Range<usize>],
}

impl WrittenName<'_> {
    /// The edits that make `new` of the name; none when it is not known how the name is written.
    pub(super) fn becomes(&self, new: &str) -> Option<Vec<Edit>> {
        if self.letters.len() != self.name.len() || !new.is_ascii() {
            return None;
        }
        let (old_labels, new_labels) = (labels(self.name), labels(new));
        let (from, to) = differing(&old_labels, &new_labels, self.name, new);
        if to.0 == 0 && from.0 == 0 {
            return Some(Vec::new());
        }
        let old = &old_labels[from.1..from.1 + from.0];
        let fresh = &new_labels[to.1..to.1 + to.0];
        if old.len() == fresh.len() {
            let pairs = old.iter().zip(fresh);
            let edits = pairs.filter(|(o, n)| self.name[(*o).clone()] != new[(*n).clone()]);
            return Some(
                edits
                    .flat_map(|(o, n)| self.label(o.clone(), &new[n.clone()]))
                    .collect(),
            );
        }
        let region = old.first()?.start..old.last()?.end;
        let dot = self.dot(&region)?;
        let case = self.case(&region);
        let words: Vec<Vec<u8>> = fresh
            .iter()
            .map(|range| self.encoding.encode_ascii(&case.apply(&new[range.clone()])))
            .collect();
        Some(self.pieces(region, words.join(&dot[..])))
    }

    /// The edits that write another label.
    fn label(&self, old: Range<usize>, new: &str) -> Vec<Edit> {
        let text = self.encoding.encode_ascii(&self.case(&old).apply(new));
        self.pieces(old, text)
    }

    /// The edits that write a text for a region of the name. The bytes between its characters
    /// stay.
    fn pieces(&self, region: Range<usize>, text: Vec<u8>) -> Vec<Edit> {
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for letter in &self.letters[region] {
            match pieces.last_mut() {
                Some(piece) if piece.end == letter.start => piece.end = letter.end,
                _ => pieces.push(letter.clone()),
            }
        }
        let mut text = Some(text);
        pieces
            .into_iter()
            .map(|piece| self.edit(piece, text.take().unwrap_or_default()))
            .collect()
    }

    fn edit(&self, span: Range<usize>, new: Vec<u8>) -> Edit {
        Edit {
            old: self.bytes[span.clone()].to_vec(),
            span,
            new,
        }
    }

    /// The spelling of the dot nearest to a region of the name.
    fn dot(&self, region: &Range<usize>) -> Option<Vec<u8>> {
        let name = self.name.as_bytes();
        let inside = region.clone().find(|&at| name[at] == b'.');
        let before = region.start.checked_sub(1);
        let after = (region.end < name.len()).then_some(region.end);
        let at = inside.or(before).or(after)?;
        Some(self.bytes[self.letters[at].clone()].to_vec())
    }

    /// How the letters of a region are capitalised, as far as they are written plainly.
    fn case(&self, region: &Range<usize>) -> Case {
        let unit = self.encoding.unit();
        let letters: Vec<u8> = self.letters[region.clone()]
            .iter()
            .filter(|letter| letter.len() == unit)
            .filter_map(|letter| {
                let bytes = &self.bytes[letter.clone()];
                bytes.iter().copied().find(u8::is_ascii_alphabetic)
            })
            .collect();
        let capitals = letters.iter().filter(|b| b.is_ascii_uppercase()).count();
        let first = letters.first().is_some_and(u8::is_ascii_uppercase);
        match (capitals, letters.len()) {
            (0, _) => Case::Lower,
            (some, all) if some == all && all > 1 => Case::Upper,
            (1, _) if first => Case::Capitalised,
            _ => Case::Lower,
        }
    }
}

/// How a word is capitalised.
#[derive(Clone, Copy)]
enum Case {
    Lower,
    Upper,
    Capitalised,
}

impl Case {
    fn apply(self, word: &str) -> String {
        match self {
            Self::Lower => word.to_owned(),
            Self::Upper => word.to_ascii_uppercase(),
            Self::Capitalised => {
                let (first, rest) = word.split_at(1.min(word.len()));
                first.to_ascii_uppercase() + rest
            }
        }
    }
}

/// The ranges of the labels of a name.
fn labels(name: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    name.split('.')
        .map(|label| {
            let range = start..start + label.len();
            start = range.end + 1;
            range
        })
        .collect()
}

/// The labels that differ, of both names: how many, and from which one on. Where one name only has
/// more labels than the other, the label next to them is written again too.
fn differing(
    old: &[Range<usize>],
    new: &[Range<usize>],
    old_name: &str,
    new_name: &str,
) -> ((usize, usize), (usize, usize)) {
    let same = |a: &Range<usize>, b: &Range<usize>| old_name[a.clone()] == new_name[b.clone()];
    let mut after = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(|(a, b)| same(a, b))
        .count();
    let most = old.len().min(new.len()) - after;
    let mut before = old
        .iter()
        .zip(new)
        .take(most)
        .take_while(|(a, b)| same(a, b))
        .count();
    if old.len() != new.len() && before + after == old.len().min(new.len()) {
        if before > 0 {
            before -= 1;
        } else {
            after -= 1;
        }
    }
    (
        (old.len() - before - after, before),
        (new.len() - before - after, before),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;

    /// `letters` by their source texts; those with `false` are between letters.
    fn written(parts: &[(&str, bool)], name: &str, new: &str) -> Option<String> {
        let mut source = String::new();
        let mut letters = Vec::new();
        for (text, is_letter) in parts {
            let start = source.len();
            source.push_str(text);
            if *is_letter {
                letters.push(start..source.len());
            }
        }
        let written = WrittenName {
            bytes: source.as_bytes(),
            encoding: Encoding::Utf8,
            name,
            letters: &letters,
        };
        let edits = written.becomes(new)?;
        String::from_utf8(apply(source.as_bytes(), &edits)).ok()
    }

    fn spelt(source: &[&str], new: &str) -> Option<String> {
        let parts: Vec<(&str, bool)> = source.iter().map(|s| (*s, true)).collect();
        let name: String = source
            .iter()
            .map(|s| {
                if s.len() == 1 {
                    s.to_ascii_lowercase()
                } else {
                    ".".to_owned()
                }
            })
            .collect();
        written(&parts, &name, new)
    }

    #[test]
    fn only_the_label_that_differs_changes_and_keeps_its_case() {
        let expected = |from: &[&str], to: &str, text: &str| {
            assert_eq!(spelt(from, to).as_deref(), Some(text), "{from:?}");
        };
        expected(&["a", r"\.", "b", "%2E", "c"], "a.int.c", r"a\.int%2Ec");
        expected(&["A", ".", "B", "B", ".", "C"], "a.int.c", "A.INT.C");
        expected(&["a", ".", "B", "b", ".", "c"], "a.int.c", "a.Int.c");
        expected(&["a", ".", "b", ".", "c"], "a.b.c", "a.b.c");
        expected(&["a", "[.]", "b", "[.]", "c"], "x.y.z.c", "x[.]y[.]z[.]c");
        expected(&["a", ".", "b", ".", "c"], "a.c", "a.c");
        expected(&["b", ".", "c"], "a.b.c", "a.b.c");
        expected(&["a", ".", "b"], "x.y", "x.y");
    }

    #[test]
    fn bytes_between_the_characters_stay() {
        let parts = [
            ("a", true),
            (".", true),
            ("b", true),
            ("=\r\n", false),
            ("b", true),
            (".", true),
            ("c", true),
        ];
        let new = written(&parts, "a.bb.c", "a.int.c");
        assert_eq!(new.as_deref(), Some("a.int=\r\n.c"));
        let longer = written(&parts, "a.bb.c", "a.x.y.c");
        assert_eq!(longer.as_deref(), Some("a.x.y=\r\n.c"));
        assert_eq!(written(&parts, "a.b.c", "a.x.c"), None);
    }
}
