//! The one search that every byte of every file pays for: SIMD multi-literal search for the
//! anchors of the catalogue in a lower-cased copy.

use aho_corasick::{AhoCorasick, Span, packed};

use super::buckets;
use crate::catalogue::{AnchorSet, Marker};
use crate::suppress::WORD;

/// Bytes that are lower-cased and searched at once: small enough to stay in the L2 cache.
const BLOCK: usize = 64 * 1024;

/// Compiled anchors.
#[derive(Debug)]
pub struct Prefilter {
    plain: Searcher,
    /// What each literal of `plain` is.
    kinds: Vec<HitKind>,
    /// The anchors with a NUL between their bytes: both byte orders of UTF-16 contain that.
    wide: Searcher,
    /// What each literal of `wide` is.
    wide_kinds: Vec<HitKind>,
    overlap: usize,
}

/// Where an anchor was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Offset of its first byte.
    pub at: usize,
    /// What was met.
    pub kind: HitKind,
}

/// What was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HitKind {
    /// An anchor in text of one byte a character.
    Plain,
    /// An anchor in UTF-16.
    Wide,
    /// Encoded text that may hold something.
    Marker(Marker),
    /// The word with which a directive for this program begins.
    Directive,
}

/// A literal and what it is.
struct Entry(Vec<u8>, HitKind);

impl AsRef<[u8]> for Entry {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

#[derive(Debug)]
enum Searcher {
    Packed(packed::Searcher),
    /// More literals than the SIMD search takes, or a machine without it.
    Automaton(AhoCorasick),
    /// Nothing to search for.
    Nothing,
}

impl Searcher {
    fn new(literals: &[Vec<u8>]) -> Self {
        if literals.is_empty() {
            return Self::Nothing;
        }
        if let Some(searcher) = packed::Config::new().builder().extend(literals).build() {
            return Self::Packed(searcher);
        }
        AhoCorasick::new(literals).map_or(Self::Nothing, Self::Automaton)
    }

    /// The next literal: its number and where it begins.
    fn find(&self, text: &[u8], from: usize) -> Option<(usize, usize)> {
        let span = Span::from(from..text.len());
        let found = match self {
            Self::Packed(searcher) => searcher.find_in(text, span),
            Self::Automaton(searcher) => searcher.find(aho_corasick::Input::new(text).span(span)),
            Self::Nothing => None,
        }?;
        Some((found.pattern().as_usize(), found.start()))
    }
}

impl Prefilter {
    /// Compiles anchors.
    #[must_use]
    pub fn new(anchors: &AnchorSet) -> Self {
        let literals = anchors.literals.iter();
        let mut entries: Vec<Entry> = literals
            .map(|literal| Entry(literal.clone().into_bytes(), HitKind::Plain))
            .collect();
        entries.push(Entry(WORD.as_bytes().to_vec(), HitKind::Directive));
        let mut wide: Vec<Entry> = entries
            .iter()
            .map(|Entry(literal, kind)| {
                let mut bytes: Vec<u8> = literal.iter().flat_map(|b| [*b, 0]).collect();
                bytes.pop();
                let kind = match kind {
                    HitKind::Plain => HitKind::Wide,
                    other => *other,
                };
                Entry(bytes, kind)
            })
            .collect();
        let markers = anchors.markers.iter();
        entries.extend(markers.map(|(literal, marker)| {
            Entry(literal.clone().into_bytes(), HitKind::Marker(*marker))
        }));
        buckets::order(&mut entries);
        buckets::order(&mut wide);
        let split = |entries: Vec<Entry>| -> (Vec<Vec<u8>>, Vec<HitKind>) {
            let pairs = entries.into_iter();
            pairs.map(|Entry(literal, kind)| (literal, kind)).unzip()
        };
        let (plain, kinds) = split(entries);
        let (wide, wide_kinds) = split(wide);
        let overlap = wide.iter().map(Vec::len).max().unwrap_or(1);
        Self {
            plain: Searcher::new(&plain),
            kinds,
            wide: Searcher::new(&wide),
            wide_kinds,
            overlap,
        }
    }

    /// Finds all anchors in `text`, in order. `lower` is scratch space.
    pub fn hits(&self, text: &[u8], lower: &mut Vec<u8>, hits: &mut Vec<Hit>) {
        hits.clear();
        let mut begin = 0;
        loop {
            let end = text.len().min(begin + BLOCK);
            let block = &text[begin..end];
            lower.resize(block.len().max(lower.len()), 0);
            // One pass that the compiler turns into SIMD, instead of a copy and a change.
            for (to, from) in lower.iter_mut().zip(block) {
                *to = from.to_ascii_lowercase();
            }
            self.block(&lower[..block.len()], begin, hits);
            if end == text.len() {
                break;
            }
            begin = end - self.overlap;
        }
        if hits.len() > 1 {
            hits.sort_unstable();
            hits.dedup();
        }
    }

    fn block(&self, lower: &[u8], begin: usize, hits: &mut Vec<Hit>) {
        let mut collect = |searcher: &Searcher, kind: &dyn Fn(usize) -> HitKind| {
            let mut from = 0;
            // From the next byte, not from the end of the hit: anchors may overlap.
            while let Some((literal, at)) = searcher.find(lower, from) {
                hits.push(Hit {
                    at: begin + at,
                    kind: kind(literal),
                });
                from = at + 1;
            }
        };
        collect(&self.plain, &|literal| self.kinds[literal]);
        if memchr::memchr(0, lower).is_some() {
            collect(&self.wide, &|literal| self.wide_kinds[literal]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefilter(literals: &[&str]) -> Prefilter {
        Prefilter::new(&AnchorSet {
            literals: literals.iter().map(|l| (*l).to_owned()).collect(),
            markers: vec![("bmhz".to_owned(), Marker::Base64)],
        })
    }

    fn hits(prefilter: &Prefilter, text: &[u8]) -> Vec<Hit> {
        let (mut lower, mut hits) = (Vec::new(), Vec::new());
        prefilter.hits(text, &mut lower, &mut hits);
        hits
    }

    #[test]
    fn anchors_are_found_in_any_case_across_block_borders_and_in_utf16() {
        let prefilter = prefilter(&["anchor", "chorus"]);
        let mut text = vec![b'x'; BLOCK - 3];
        text.extend_from_slice(b"AnchoruS");
        let wide: Vec<u8> = "Anchor".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let at = text.len();
        text.extend_from_slice(&wide);
        text.extend_from_slice(b"bmHz");
        assert_eq!(
            hits(&prefilter, &text),
            [
                Hit {
                    at: BLOCK - 3,
                    kind: HitKind::Plain
                },
                Hit {
                    at: BLOCK - 1,
                    kind: HitKind::Plain
                },
                Hit {
                    at,
                    kind: HitKind::Wide
                },
                Hit {
                    at: at + wide.len(),
                    kind: HitKind::Marker(Marker::Base64)
                },
            ]
        );
    }

    #[test]
    fn two_hundred_anchors_fall_back_to_an_automaton() {
        let literals: Vec<String> = (0..200).map(|n| format!("word{n:03}")).collect();
        let prefilter = Prefilter::new(&AnchorSet {
            literals,
            markers: Vec::new(),
        });
        assert_eq!(hits(&prefilter, b"a WORD177 b").len(), 1);
    }
}
