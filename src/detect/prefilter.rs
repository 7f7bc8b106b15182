//! The one search that every byte of every file pays for: the anchors of the catalogue in any case.

use aho_corasick::AhoCorasick;
use fearless_simd::Level;

use super::closed::ENCRYPTED_PARTS;
use super::teddy::{Teddy, Width};
use crate::catalogue::{AnchorSet, Marker};
use crate::directive::WORD;

/// Compiled anchors.
#[derive(Debug)]
pub(super) struct Prefilter {
    searcher: Searcher,
    /// What each literal is.
    kinds: Vec<HitKind>,
}

/// Where an anchor was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    /// Offset of its first byte.
    pub at: usize,
    /// What was met.
    pub kind: HitKind,
}

/// What was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum HitKind {
    /// An anchor in text of one byte a character.
    Plain,
    /// An anchor in UTF-16.
    Wide,
    /// Encoded text that may hold something.
    Marker(Marker),
    /// The word with which a directive for this program begins.
    Directive,
    /// A part of a text with encrypted values.
    Encrypted,
}

#[derive(Debug)]
enum Searcher {
    Teddy(Box<Teddy>),
    /// More literals than the SIMD search takes, or a machine without it.
    Automaton {
        narrow: AhoCorasick,
        wide: AhoCorasick,
    },
    /// Nothing to search for.
    Nothing,
}

impl Searcher {
    fn new(literals: &[Vec<u8>]) -> Self {
        if literals.is_empty() {
            return Self::Nothing;
        }
        if let Some(teddy) = Teddy::new(literals, Level::new()) {
            return Self::Teddy(Box::new(teddy));
        }
        let automaton = |literals: &[Vec<u8>]| {
            let mut builder = AhoCorasick::builder();
            builder.ascii_case_insensitive(true).build(literals)
        };
        let apart = |literal: &Vec<u8>| -> Vec<u8> {
            let mut bytes: Vec<u8> = literal.iter().flat_map(|b| [*b, 0]).collect();
            bytes.pop();
            bytes
        };
        let wide: Vec<Vec<u8>> = literals.iter().map(apart).collect();
        match (automaton(literals), automaton(&wide)) {
            (Ok(narrow), Ok(wide)) => Self::Automaton { narrow, wide },
            _ => Self::Nothing,
        }
    }

    /// Calls `found` with the offset and the number of each literal. Says whether there is a NUL.
    fn search(&self, text: &[u8], width: Width, found: &mut dyn FnMut(usize, usize)) -> bool {
        match self {
            Self::Teddy(teddy) => teddy.search(text, width, found),
            Self::Automaton { narrow, wide } => {
                let automaton = if width == Width::Wide { wide } else { narrow };
                for literal in automaton.find_overlapping_iter(text) {
                    found(literal.start(), literal.pattern().as_usize());
                }
                memchr::memchr(0, text).is_some()
            }
            Self::Nothing => memchr::memchr(0, text).is_some(),
        }
    }
}

impl Prefilter {
    /// Compiles anchors.
    #[must_use]
    pub(super) fn new(anchors: &AnchorSet) -> Self {
        let plain = anchors
            .literals
            .iter()
            .map(|l| (l.as_str(), HitKind::Plain));
        let markers = anchors.markers.iter();
        let markers = markers.map(|(text, marker)| (text.as_str(), HitKind::Marker(*marker)));
        let word = std::iter::once((WORD, HitKind::Directive));
        let encrypted = ENCRYPTED_PARTS.map(|part| (part, HitKind::Encrypted));
        let (literals, kinds): (Vec<Vec<u8>>, _) = plain
            .chain(markers)
            .chain(word)
            .chain(encrypted)
            .map(|(text, kind)| (text.as_bytes().to_vec(), kind))
            .unzip();
        Self {
            searcher: Searcher::new(&literals),
            kinds,
        }
    }

    /// Finds all anchors in `text`, in order. Says whether there is a NUL.
    pub(super) fn hits(&self, text: &[u8], hits: &mut Vec<Hit>) -> bool {
        hits.clear();
        let has_nul = self
            .searcher
            .search(text, Width::Narrow, &mut |at, literal| {
                let kind = self.kinds[literal];
                hits.push(Hit { at, kind });
            });
        if has_nul {
            self.searcher.search(text, Width::Wide, &mut |at, literal| {
                let kind = match self.kinds[literal] {
                    HitKind::Plain => HitKind::Wide,
                    other => other,
                };
                hits.push(Hit { at, kind });
            });
        }
        if hits.len() > 1 {
            hits.sort_unstable();
            hits.dedup();
        }
        has_nul
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
        let mut hits = Vec::new();
        prefilter.hits(text, &mut hits);
        hits
    }

    #[test]
    fn anchors_are_found_in_any_case_across_vectors_and_in_utf16() {
        const BEFORE: usize = 61;
        let prefilter = prefilter(&["anchor", "chorus"]);
        let mut text = vec![b'x'; BEFORE];
        text.extend_from_slice(b"AnchoruS");
        let wide: Vec<u8> = "Anchor".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let at = text.len();
        text.extend_from_slice(&wide);
        text.extend_from_slice(b"bmHz");
        assert_eq!(
            hits(&prefilter, &text),
            [
                Hit {
                    at: BEFORE,
                    kind: HitKind::Plain
                },
                Hit {
                    at: BEFORE + 2,
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
