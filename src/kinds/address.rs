//! Network addresses. They are reported as hosts, because a program uses them in the same way.

use schemars::JsonSchema;
use serde::Deserialize;

use super::host::service_in_environment;
use super::row::common_getters;
use super::{FixPolicy, Kind, KindRow, ReplacementRow, SearchText, TextSide};
use crate::facts::{Confidence, Evidence, ReferenceKind};

/// The kind.
pub(crate) static KIND: Kind = Kind {
    id: ReferenceKind::Host,
    plural: "hosts",
    verb: "write",
    verb_for_file_names: "rename to",
    is_on_network: true,
    is_issuer: false,
    fix: FixPolicy::Replace,
    subject: service_in_environment,
};

/// A network address.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AddressRow {
    /// The address.
    pub address: String,
    /// Id of the service.
    pub service: String,
    /// The environment.
    pub environment: String,
    /// Words of which the file must hold one for the address to count, in lower case.
    #[serde(default)]
    pub beside: Vec<String>,
    /// What to write instead.
    #[serde(default)]
    pub replacements: Vec<ReplacementRow>,
    /// What else is known.
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

impl KindRow for AddressRow {
    common_getters!();

    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn name(&self) -> (&'static str, &str) {
        ("address", &self.address)
    }

    fn environment(&self) -> Option<&str> {
        Some(&self.environment)
    }

    fn beside(&self) -> &[String] {
        &self.beside
    }

    fn texts(&self) -> Vec<SearchText> {
        vec![SearchText {
            text: self.address.clone(),
            name: self.address.clone(),
            is_fingerprint: false,
            confidence: self.confidence.unwrap_or(self.evidence.confidence()),
            joins,
        }]
    }

    /// The address next to it is another machine, not a spelling mistake.
    fn is_suggested(&self) -> bool {
        false
    }
}

fn joins(byte: u8, side: TextSide) -> bool {
    byte.is_ascii_digit() || side == TextSide::Before && byte == b'.'
}
