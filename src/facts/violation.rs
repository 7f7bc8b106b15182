//! A reference that the policy rules out, with everything that is said about it.

use std::sync::Arc;

use super::{
    Action, Advice, CertificateFacts, Confidence, Context, Phase, ReferenceKind, Severity,
    Suppression, View,
};
use crate::text::{Excerpt, Position};

/// A reference that the policy rules out on the as-of date.
#[derive(Debug, Clone)]
pub struct Violation {
    /// Id of the rule.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// The kind of thing referred to.
    pub reference: ReferenceKind,
    /// The environment referred to.
    pub environment: String,
    /// Id of the service.
    pub service: String,
    /// The phase of the environment on the as-of date.
    pub phase: Phase,
    /// Path relative to the scan root, with forward slashes.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
    /// Path of keys to the value, where the format has one.
    pub key: Option<String>,
    /// What the place is.
    pub context: Context,
    /// How it is read.
    pub view: View,
    /// The decoded text around it, where the source is encoded.
    pub decoded: Option<String>,
    /// The certificate that contains it.
    pub certificate: Option<CertificateFacts>,
    /// The source text.
    pub matched: String,
    /// The name in lower case, spelt plainly.
    pub name: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// The same with the days from the as-of date to each date in it, for formats that nobody compares.
    pub dated_message: String,
    /// What to write instead; null when there is nothing, with `replacement_reason`.
    pub replacement: Option<Advice>,
    /// Why there is no replacement.
    pub replacement_reason: Option<String>,
    /// What has to change together with it.
    pub companions: Arc<[CompanionNote]>,
    /// What else is known, in sentences.
    pub notes: Vec<String>,
    /// Where the fact that it is retired comes from.
    pub sources: Vec<SourceUsed>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// Equal references in the file that this one stands for, itself included.
    pub occurrences: u64,
    /// SHA-256 of rule, path, key, name and number; independent of lines.
    pub fingerprint: String,
    /// What suppressed it.
    pub suppressed: Option<Suppression>,
    /// The lines around it, for formats that show the source.
    pub excerpt: Option<Excerpt>,
    /// Name of the service.
    pub service_name: String,
}

/// What has to change together with a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanionNote {
    /// Its id in the pack.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What to do.
    pub ask: String,
}

/// A source of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceUsed {
    /// Its id in the pack.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
}

impl Violation {
    /// The places that belong to it, other than equal references and the entry that makes it superfluous.
    #[must_use]
    pub fn chain(&self) -> &[Related] {
        let advice = self.replacement.as_ref();
        let is_superfluous = advice.is_some_and(|advice| advice.action == Action::Delete);
        if self.occurrences > 1 || is_superfluous {
            return &[];
        }
        &self.related
    }
}

/// Another place that belongs to a violation.
#[derive(Debug, Clone)]
pub struct Related {
    /// Path relative to the scan root.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// What it is.
    pub message: String,
}

/// What violations are ordered by.
pub(crate) fn order(violation: &Violation) -> (&str, u64, &str, &str) {
    let Violation {
        path, rule, name, ..
    } = violation;
    (path, violation.start.byte, rule, name)
}
