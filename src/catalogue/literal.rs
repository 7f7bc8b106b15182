//! Texts that name an environment by themselves, from the rows of a pack.

use super::merged::Merged;
use crate::facts::{Confidence, Evidence};
use crate::kinds::{Kind, ReplacementRow, TextSide};

/// A text that names an environment by itself.
#[derive(Debug, Clone)]
pub struct Literal {
    /// The pack it comes from.
    pub pack: usize,
    /// The text in lower case.
    pub text: String,
    /// What it names, in lower case: for a fingerprint the authority, otherwise the text.
    pub name: String,
    /// How it names that.
    pub kind: LiteralKind,
    /// The kind of reference that a match is.
    pub reference: &'static Kind,
    /// Says whether a byte on one side makes it a part of a longer word.
    joins: fn(u8, TextSide) -> bool,
    /// The environment.
    pub environment: String,
    /// Id of the service.
    pub service: String,
    /// Words of which the file must have one.
    pub beside: Vec<String>,
    /// What to write instead.
    pub replacements: Vec<ReplacementRow>,
    /// What else is known.
    pub note: Option<String>,
    /// What it rests on.
    pub evidence: Evidence,
    /// How sure a match is.
    pub confidence: Confidence,
    /// Ids of the sources.
    pub sources: Vec<String>,
}

/// How a literal names something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LiteralKind {
    /// By its name.
    Name,
    /// By the fingerprint of its content.
    Fingerprint,
}

impl Literal {
    /// Says whether it is a whole word between these bytes, and not a part of a longer one. A text
    /// that ends with a slash is the beginning of a URL, and anything may follow.
    #[must_use]
    pub fn is_whole_between(&self, before: Option<u8>, after: Option<u8>) -> bool {
        let joins = |byte: Option<u8>, side| byte.is_some_and(|byte| (self.joins)(byte, side));
        let begins_a_url = self.text.ends_with('/');
        !joins(before, TextSide::Before) && (begins_a_url || !joins(after, TextSide::After))
    }
}

impl Merged {
    pub(super) fn literals(&self, pack: usize) -> Vec<Literal> {
        let mut literals = Vec::new();
        for (_, _, row) in self.rows.rows_of_kinds() {
            let Some(environment) = row.environment() else {
                continue;
            };
            literals.extend(row.texts().into_iter().map(|found| Literal {
                pack,
                text: found.text,
                name: found.name,
                kind: if found.is_fingerprint {
                    LiteralKind::Fingerprint
                } else {
                    LiteralKind::Name
                },
                reference: row.kind(),
                joins: found.joins,
                environment: environment.to_owned(),
                service: row.service().to_owned(),
                beside: row.beside().to_vec(),
                replacements: row.replacements().to_vec(),
                note: row.note().map(str::to_owned),
                evidence: row.evidence(),
                confidence: found.confidence,
                sources: row.sources().to_vec(),
            }));
        }
        literals
    }
}
