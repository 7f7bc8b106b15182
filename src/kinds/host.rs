//! Hosts: names that the catalogue knows by their families, or by a row for the very name.

use schemars::JsonSchema;
use serde::Deserialize;

use super::row::common_getters;
use super::{FixPolicy, Kind, KindRow, NamedReference, ReplacementRow, SearchText, Subject};
use crate::facts::{Confidence, DayOrMonth, Evidence, ReferenceKind};

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

/// `Service in ENVIRONMENT`: reports print the name before it.
pub(super) fn service_in_environment(named: &NamedReference<'_>) -> Subject {
    Subject::Phrase(format!("{} in {}", named.service, named.environment))
}

/// A host outside every family.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EndpointRow {
    /// The full host name.
    pub host: String,
    /// Id of the service.
    pub service: String,
    /// The environment.
    pub environment: String,
    /// The network on which it resolves.
    #[serde(default)]
    pub network: Option<String>,
    /// From when on this endpoint is itself retired, YYYY-MM-DD, or YYYY-MM when only the month is known.
    #[serde(default)]
    pub retired: Option<DayOrMonth>,
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

impl KindRow for EndpointRow {
    common_getters!();

    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn name(&self) -> (&'static str, &str) {
        ("host", &self.host)
    }

    fn environment(&self) -> Option<&str> {
        Some(&self.environment)
    }

    fn texts(&self) -> Vec<SearchText> {
        Vec::new()
    }
}
