//! A violation in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::{JsonAdvice, JsonContext, JsonPosition, JsonSuppression, JsonView};
use crate::facts::{self, Confidence, Phase, ReferenceKind, Severity};

/// A reference that the policy rules out on the as-of date.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Violation")]
pub(crate) struct JsonViolation<'r> {
    /// Id of the rule.
    pub rule: &'r str,
    /// How much it matters.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// The kind of thing referred to.
    pub reference: ReferenceKind,
    /// The environment referred to.
    pub environment: &'r str,
    /// Id of the service.
    pub service: &'r str,
    /// The phase of the environment on the as-of date.
    pub phase: Phase,
    /// Path relative to the scan root, with forward slashes.
    pub path: &'r str,
    /// Where it begins.
    pub start: JsonPosition,
    /// Where it ends, exclusive.
    pub end: JsonPosition,
    /// Path of keys to the value, where the format has one.
    pub key: Option<&'r str>,
    /// What the place is.
    pub context: JsonContext,
    /// How it is read.
    pub view: JsonView,
    /// The decoded text around it, where the source is encoded.
    pub decoded: Option<&'r str>,
    /// The certificate that contains it.
    pub certificate: Option<JsonCertificateFacts<'r>>,
    /// The source text.
    pub matched: &'r str,
    /// The name in lower case, spelt plainly.
    pub name: &'r str,
    /// What is wrong, in a sentence.
    pub message: &'r str,
    /// What to write instead; null when there is nothing, with `replacement_reason`.
    pub replacement: Option<JsonAdvice<'r>>,
    /// Why there is no replacement.
    pub replacement_reason: Option<&'r str>,
    /// What has to change together with it.
    pub companions: Vec<JsonCompanionNote<'r>>,
    /// What else is known, in sentences.
    pub notes: &'r [String],
    /// Where the fact that it is retired comes from.
    pub sources: Vec<JsonSourceUsed<'r>>,
    /// Other places that belong to it.
    pub related: Vec<JsonRelated<'r>>,
    /// Equal references in the file that this one stands for, itself included.
    pub occurrences: u64,
    /// SHA-256 of rule, path, key, name and number; independent of lines.
    pub fingerprint: &'r str,
    /// What suppressed it.
    pub suppressed: Option<JsonSuppression<'r>>,
}

impl<'r> From<&'r facts::Violation> for JsonViolation<'r> {
    fn from(fact: &'r facts::Violation) -> Self {
        Self {
            rule: &fact.rule,
            severity: fact.severity,
            confidence: fact.confidence,
            reference: fact.reference,
            environment: &fact.environment,
            service: &fact.service,
            phase: fact.phase,
            path: &fact.path,
            start: fact.start.into(),
            end: fact.end.into(),
            key: fact.key.as_deref(),
            context: fact.context.into(),
            view: fact.view.into(),
            decoded: fact.decoded.as_deref(),
            certificate: fact.certificate.as_ref().map(Into::into),
            matched: &fact.matched,
            name: &fact.name,
            message: &fact.message,
            replacement: fact.replacement.as_ref().map(Into::into),
            replacement_reason: fact.replacement_reason.as_deref(),
            companions: fact.companions.iter().map(Into::into).collect(),
            notes: &fact.notes,
            sources: fact.sources.iter().map(Into::into).collect(),
            related: fact.related.iter().map(Into::into).collect(),
            occurrences: fact.occurrences,
            fingerprint: &fact.fingerprint,
            suppressed: fact.suppressed.as_ref().map(Into::into),
        }
    }
}

/// What a certificate says about itself.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CertificateFacts")]
pub(crate) struct JsonCertificateFacts<'r> {
    /// Whose it is, as a distinguished name.
    pub subject: &'r str,
    /// Who issued it, as a distinguished name.
    pub issuer: &'r str,
    /// First day of its validity, YYYY-MM-DD.
    pub not_before: &'r str,
    /// Last day of its validity, YYYY-MM-DD.
    pub not_after: &'r str,
    /// SHA-256 fingerprint, in hex.
    pub sha256: &'r str,
}

impl<'r> From<&'r facts::CertificateFacts> for JsonCertificateFacts<'r> {
    fn from(fact: &'r facts::CertificateFacts) -> Self {
        Self {
            subject: &fact.subject,
            issuer: &fact.issuer,
            not_before: &fact.not_before,
            not_after: &fact.not_after,
            sha256: &fact.sha256,
        }
    }
}

/// What has to change together with a host.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CompanionNote")]
pub(crate) struct JsonCompanionNote<'r> {
    /// Its id in the pack.
    pub id: &'r str,
    /// Its name.
    pub name: &'r str,
    /// What to do.
    pub ask: &'r str,
}

impl<'r> From<&'r facts::CompanionNote> for JsonCompanionNote<'r> {
    fn from(fact: &'r facts::CompanionNote) -> Self {
        Self {
            id: &fact.id,
            name: &fact.name,
            ask: &fact.ask,
        }
    }
}

/// A source of a fact.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SourceUsed")]
pub(crate) struct JsonSourceUsed<'r> {
    /// Its id in the pack.
    pub id: &'r str,
    /// What it is.
    pub title: &'r str,
    /// Its address.
    pub url: Option<&'r str>,
}

impl<'r> From<&'r facts::SourceUsed> for JsonSourceUsed<'r> {
    fn from(fact: &'r facts::SourceUsed) -> Self {
        Self {
            id: &fact.id,
            title: &fact.title,
            url: fact.url.as_deref(),
        }
    }
}

/// Another place that belongs to a violation.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Related")]
pub(crate) struct JsonRelated<'r> {
    /// Path relative to the scan root.
    pub path: &'r str,
    /// Where it begins.
    pub start: JsonPosition,
    /// What it is.
    pub message: &'r str,
}

impl<'r> From<&'r facts::Related> for JsonRelated<'r> {
    fn from(fact: &'r facts::Related) -> Self {
        Self {
            path: &fact.path,
            start: fact.start.into(),
            message: &fact.message,
        }
    }
}
