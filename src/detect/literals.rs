//! Texts that name an environment by themselves: constants, file names, authorities, addresses.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::catalogue::{Catalogue, Endpoint, Literal};
use crate::facts::Confidence;

/// The literals of a catalogue, ready to be found around an anchor.
#[derive(Debug)]
pub(super) struct Literals {
    indexes: Vec<usize>,
    longest: usize,
    /// Built when the first anchor turns out to be no host.
    automaton: OnceLock<Option<AhoCorasick>>,
}

/// A literal and its bytes in a text.
#[derive(Debug)]
pub(super) struct LiteralMatch<'c> {
    /// The literal.
    pub literal: &'c Literal,
    /// Offset of its first byte.
    pub start: usize,
    /// Offset after its last byte.
    pub end: usize,
}

impl Literals {
    /// Compiles the literals that can make a violation of at least this confidence.
    #[must_use]
    pub(super) fn new(catalogue: &Catalogue, least: Confidence) -> Self {
        let all = catalogue.literals();
        let chosen: Vec<&Literal> = catalogue.reportable_literals(least).collect();
        let indexes = chosen
            .iter()
            .filter_map(|c| all.iter().position(|l| std::ptr::eq(l, *c)))
            .collect();
        Self {
            indexes,
            longest: chosen.iter().map(|l| l.text.len()).max().unwrap_or(0),
            automaton: OnceLock::new(),
        }
    }

    fn automaton(&self, catalogue: &Catalogue) -> Option<&AhoCorasick> {
        let build = || {
            let literals = catalogue.literals();
            AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .match_kind(MatchKind::LeftmostLongest)
                .build(self.indexes.iter().map(|&at| literals[at].text.as_bytes()))
                .ok()
                .filter(|_| !self.indexes.is_empty())
        };
        self.automaton.get_or_init(build).as_ref()
    }

    /// The literal that holds the byte at `anchor`, with its boundaries checked; in binary data
    /// lengths and tags that look like letters may touch it.
    pub(super) fn literal_around<'c>(
        &self,
        catalogue: &'c Catalogue,
        text: &[u8],
        anchor: usize,
        binary: &dyn Fn() -> bool,
    ) -> Option<LiteralMatch<'c>> {
        let automaton = self.automaton(catalogue)?;
        let from = anchor.saturating_sub(self.longest);
        let to = text.len().min(anchor + self.longest);
        automaton
            .find_iter(&text[from..to])
            .map(|m| LiteralMatch {
                literal: &catalogue.literals()[self.indexes[m.pattern().as_usize()]],
                start: from + m.start(),
                end: from + m.end(),
            })
            .find(|m| m.start <= anchor && anchor < m.end && (is_whole(m, text) || binary()))
    }
}

/// Says whether the match is a whole word, and not a part of a longer one.
fn is_whole(found: &LiteralMatch<'_>, text: &[u8]) -> bool {
    let before = found.start.checked_sub(1).map(|at| text[at]);
    let after = text.get(found.end).copied();
    found.literal.is_whole_between(before, after)
}

/// The endpoint that a literal names.
#[must_use]
pub(crate) fn endpoint<'c>(catalogue: &'c Catalogue, literal: &'c Literal) -> Endpoint<'c> {
    let pack = &catalogue.packs()[literal.pack];
    Endpoint {
        pack,
        kind: literal.reference,
        environment: &literal.environment,
        service: &literal.service,
        family: None,
        network: None,
        evidence: literal.evidence,
        confidence: literal.confidence,
        sources: &literal.sources,
        note: literal.note.as_deref(),
        retired: None,
        replacements: crate::catalogue::listed(&literal.replacements, pack, &literal.service),
    }
}
