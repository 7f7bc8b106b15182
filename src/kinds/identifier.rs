//! Identifiers: constants, file names and other texts that name an environment by themselves.

use schemars::JsonSchema;
use serde::Deserialize;

use super::row::common_getters;
use super::{
    FixPolicy, Kind, KindRow, NamedReference, ReplacementRow, SearchText, Subject, TextSide,
};
use crate::facts::{Confidence, Evidence, ReferenceKind};

/// The kind.
pub(crate) static KIND: Kind = Kind {
    id: ReferenceKind::Identifier,
    plural: "constants and file names",
    verb: "write",
    verb_for_file_names: "rename to",
    is_on_network: false,
    is_issuer: false,
    fix: FixPolicy::ReplaceAfterReview("code or files that belong to the name change too"),
    subject,
};

fn subject(named: &NamedReference<'_>) -> Subject {
    Subject::Phrase(format!(
        "{} belongs to {} in {}",
        named.matched, named.service, named.environment
    ))
}

/// A text that names an environment.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IdentifierRow {
    /// The text; compared without regard to case.
    pub text: String,
    /// What it is, e.g. a constant or a file name.
    pub kind: IdentifierKind,
    /// Id of the service.
    pub service: String,
    /// The environment.
    pub environment: String,
    /// Words of which the file must hold one for the text to count, in lower case.
    #[serde(default)]
    pub beside: Vec<String>,
    /// What to write instead.
    #[serde(default)]
    pub replacements: Vec<ReplacementRow>,
    /// Why there is no replacement, or what else is known.
    #[serde(default)]
    pub note: Option<String>,
    /// What it rests on.
    pub evidence: Evidence,
    /// Confidence, when lower than the evidence gives.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// Where it comes from.
    pub sources: Vec<String>,
}

/// What an identifier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IdentifierKind {
    /// A constant of a library.
    Constant,
    /// The name of a file.
    FileName,
    /// The beginning of a URL without its scheme.
    Url,
    /// A name in prose or in a key.
    Name,
}

impl KindRow for IdentifierRow {
    common_getters!();

    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn name(&self) -> (&'static str, &str) {
        ("text", &self.text)
    }

    fn environment(&self) -> Option<&str> {
        Some(&self.environment)
    }

    fn beside(&self) -> &[String] {
        &self.beside
    }

    fn texts(&self) -> Vec<SearchText> {
        vec![SearchText {
            text: self.text.to_ascii_lowercase(),
            name: self.text.to_ascii_lowercase(),
            is_fingerprint: false,
            confidence: self.confidence.unwrap_or(self.evidence.confidence()),
            joins: match self.kind {
                IdentifierKind::FileName => joins_file_name,
                IdentifierKind::Constant | IdentifierKind::Url | IdentifierKind::Name => joins_word,
            },
        }]
    }
}

fn joins_word(byte: u8, _: TextSide) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn joins_file_name(byte: u8, side: TextSide) -> bool {
    joins_word(byte, side) || side == TextSide::Before && byte == b'-'
}
