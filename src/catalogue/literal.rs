//! Texts that name an environment by themselves, from the rows of a pack.

use super::compile::Merged;
use super::model::{CertificateRow, IdentifierKind, ReplacementRow};
use crate::facts::{Confidence, Evidence, ReferenceKind};

/// A text that names an environment of its own.
#[derive(Debug, Clone)]
pub struct Literal {
    /// The pack it comes from.
    pub pack: usize,
    /// The text in lower case.
    pub text: String,
    /// What it names, in lower case: for a fingerprint the authority, otherwise the text.
    pub name: String,
    /// What it is.
    pub kind: LiteralKind,
    /// The environment.
    pub environment: String,
    /// Id of the service.
    pub service: String,
    /// Words of which the file must hold one.
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

/// What a literal is, which decides where it may begin and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiteralKind {
    /// A constant, a name or the beginning of a URL.
    Word,
    /// The name of a file.
    FileName,
    /// A network address.
    Address,
    /// The name of a certificate authority.
    CertificateName,
    /// The digest of the certificate of an authority.
    Fingerprint,
}

impl LiteralKind {
    /// The kind of reference that a match is.
    #[must_use]
    pub fn reference(self) -> ReferenceKind {
        match self {
            Self::Word | Self::FileName => ReferenceKind::Identifier,
            Self::Address => ReferenceKind::Host,
            Self::CertificateName | Self::Fingerprint => ReferenceKind::Certificate,
        }
    }
}

impl Merged {
    pub(super) fn literals(&self, pack: usize) -> Vec<Literal> {
        let rows = &self.rows;
        let identifiers = rows.identifiers.iter().map(|row| Literal {
            pack,
            text: row.text.to_ascii_lowercase(),
            name: row.text.to_ascii_lowercase(),
            kind: match row.kind {
                IdentifierKind::FileName => LiteralKind::FileName,
                IdentifierKind::Constant | IdentifierKind::Url | IdentifierKind::Name => {
                    LiteralKind::Word
                }
            },
            environment: row.environment.clone(),
            service: row.service.clone(),
            beside: row.beside.clone(),
            replacements: row.replacements.clone(),
            note: row.note.clone(),
            evidence: row.evidence,
            confidence: row.confidence.unwrap_or(row.evidence.confidence()),
            sources: row.sources.clone(),
        });
        let addresses = rows.addresses.iter().map(|row| Literal {
            pack,
            text: row.address.clone(),
            name: row.address.clone(),
            kind: LiteralKind::Address,
            environment: row.environment.clone(),
            service: row.service.clone(),
            beside: row.beside.clone(),
            replacements: row.replacements.clone(),
            note: row.note.clone(),
            evidence: row.evidence,
            confidence: row.confidence.unwrap_or(row.evidence.confidence()),
            sources: row.sources.clone(),
        });
        let certificates = rows
            .certificates
            .iter()
            .filter_map(|row| Some((row, row.environment.clone()?)))
            .flat_map(|(row, environment)| {
                let names = certificate_texts(row).into_iter();
                let names = names.map(|(text, confidence)| {
                    (text.clone(), text, LiteralKind::CertificateName, confidence)
                });
                let fingerprints = fingerprints(row).map(|text| {
                    let name = row.name.to_ascii_lowercase();
                    let confidence = row.evidence.confidence();
                    (text, name, LiteralKind::Fingerprint, confidence)
                });
                names
                    .chain(fingerprints)
                    .map(move |(text, name, kind, confidence)| Literal {
                        pack,
                        text,
                        name,
                        kind,
                        environment: environment.clone(),
                        service: row.service.clone(),
                        beside: Vec::new(),
                        replacements: row.replacements.clone(),
                        note: row.note.clone(),
                        evidence: row.evidence,
                        confidence,
                        sources: row.sources.clone(),
                    })
            });
        identifiers.chain(addresses).chain(certificates).collect()
    }
}

/// The name of an authority as it is printed, and with the joiners that file names use.
fn certificate_texts(row: &CertificateRow) -> Vec<(String, Confidence)> {
    let name = row.name.to_ascii_lowercase();
    let printed = row.evidence.confidence();
    let mut texts = vec![(name.clone(), printed)];
    if name.contains(' ') {
        for joiner in ["_", "-"] {
            texts.push((name.replace(' ', joiner), printed.min(Confidence::Likely)));
        }
    }
    texts
}

/// The fingerprints of an authority as tools print them: pairs with colons, with spaces, or together.
fn fingerprints(row: &CertificateRow) -> impl Iterator<Item = String> {
    let both = row.sha1.iter().chain(&row.sha256);
    both.flat_map(|pairs| {
        let pairs = pairs.to_ascii_lowercase();
        [pairs.replace(':', ""), pairs.replace(':', " "), pairs]
    })
}
