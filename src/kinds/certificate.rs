//! Certificates: their authorities, by name and by fingerprint.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::row::common_getters;
use super::{
    FixPolicy, Kind, KindRow, NamedReference, ReplacementRow, SearchText, Subject, TextSide,
};
use crate::certificate::is_fingerprint;
use crate::facts::{CertificateFacts, Confidence, DaySchema, Evidence, ReferenceKind};
use crate::text::{days_until, printable, written_date};

/// The kind.
pub(crate) static KIND: Kind = Kind {
    id: ReferenceKind::Certificate,
    plural: "certificates and their authorities",
    verb: "move to",
    verb_for_file_names: "move to",
    is_on_network: false,
    is_issuer: true,
    fix: FixPolicy::Never("a certificate has to be requested"),
    subject,
};

fn subject(named: &NamedReference<'_>) -> Subject {
    let NamedReference {
        matched,
        environment,
        as_of,
        counts_days,
        ..
    } = named;
    if let Some(facts) = named.certificate {
        return Subject::EndsWithEnvironment(certificate(facts, environment, *as_of, *counts_days));
    }
    Subject::Phrase(if is_fingerprint(matched) {
        format!("{matched} is the fingerprint of a certificate authority of {environment}")
    } else {
        format!("{matched} is a certificate authority of {environment}")
    })
}

/// The subject, the issuer and the last day of a certificate.
fn certificate(
    facts: &CertificateFacts,
    environment: &str,
    as_of: Date,
    counts_days: bool,
) -> String {
    let ends = facts.not_after.parse::<Date>();
    let verb = match ends {
        Ok(date) if date < as_of => "expired on",
        _ => "valid to",
    };
    let distance = match ends {
        Ok(date) if counts_days => format!(" ({})", days_until(date, as_of)),
        _ => String::new(),
    };
    format!(
        "certificate of {environment} for {}, issued by {}, {verb} {}{distance}: {environment}",
        printable(&facts.subject),
        printable(&facts.issuer),
        ends.map_or(facts.not_after.clone(), written_date),
    )
}

/// A certificate authority.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CertificateRow {
    /// The common name.
    pub name: String,
    /// Id of the service.
    pub service: String,
    /// The environment; absent for authorities that several share.
    #[serde(default)]
    pub environment: Option<String>,
    /// SHA-1 of the certificate, as hex pairs with colons.
    #[serde(default)]
    pub sha1: Option<String>,
    /// SHA-256 of the certificate, as hex pairs with colons.
    #[serde(default)]
    pub sha256: Option<String>,
    /// First and last day of its validity.
    #[serde(default)]
    pub valid: Option<Validity>,
    /// Distinguished name in other spellings.
    #[serde(default)]
    pub spellings: Vec<String>,
    /// What to use instead.
    #[serde(default)]
    pub replacements: Vec<ReplacementRow>,
    /// Why it is left alone, or what else is known.
    #[serde(default)]
    pub note: Option<String>,
    /// What it rests on.
    pub evidence: Evidence,
    /// Confidence in its name, when lower than the evidence gives.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// Where it comes from.
    pub sources: Vec<String>,
}

/// Days between which a certificate is valid, YYYY-MM-DD.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Validity {
    /// First day.
    #[schemars(with = "DaySchema")]
    pub from: Date,
    /// Last day.
    #[schemars(with = "DaySchema")]
    pub to: Date,
}

impl KindRow for CertificateRow {
    common_getters!();

    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn name(&self) -> (&'static str, &str) {
        ("name", &self.name)
    }

    fn environment(&self) -> Option<&str> {
        self.environment.as_deref()
    }

    fn texts(&self) -> Vec<SearchText> {
        let names = self.printed_names().into_iter();
        let names = names.map(|(text, confidence)| SearchText {
            name: text.clone(),
            text,
            is_fingerprint: false,
            confidence,
            joins,
        });
        let fingerprints = self.fingerprints().map(|text| SearchText {
            text,
            name: self.name.to_ascii_lowercase(),
            is_fingerprint: true,
            confidence: self.evidence.confidence(),
            joins,
        });
        names.chain(fingerprints).collect()
    }

    /// Its fingerprints find it too.
    fn is_found_by_name_only(&self) -> bool {
        false
    }
}

impl CertificateRow {
    /// The name as it is printed, and with the joiners that file names use.
    fn printed_names(&self) -> Vec<(String, Confidence)> {
        let name = self.name.to_ascii_lowercase();
        let printed = self.confidence.unwrap_or(self.evidence.confidence());
        let mut texts = vec![(name.clone(), printed)];
        if name.contains(' ') {
            for joiner in ["_", "-"] {
                texts.push((name.replace(' ', joiner), printed.min(Confidence::Likely)));
            }
        }
        texts
    }

    /// The fingerprints as tools print them: pairs with colons, with spaces, or together.
    fn fingerprints(&self) -> impl Iterator<Item = String> {
        let both = self.sha1.iter().chain(&self.sha256);
        both.flat_map(|pairs| {
            let pairs = pairs.to_ascii_lowercase();
            [pairs.replace(':', ""), pairs.replace(':', " "), pairs]
        })
    }
}

fn joins(byte: u8, _: TextSide) -> bool {
    byte.is_ascii_alphanumeric()
}
