//! The shape of a configuration file.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::{Confidence, Severity};

/// `ptlint.yaml`. Paths and globs are relative to its folder; globs are written as in .gitignore.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(title = "ptlint configuration")]
pub struct ConfigFile {
    /// The configuration that this one is based on, such as that of an organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extends: Option<ExtendsEntry>,
    /// Rules that a configuration based on this one may not switch off or weaken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locked: Vec<String>,
    /// Check only what one of these globs matches.
    pub include: Vec<String>,
    /// Leave out what one of these globs matches, also when it is passed as an argument.
    pub exclude: Vec<String>,
    /// Packs to use instead of the default ones: names of embedded packs, or folders.
    pub packs: Vec<String>,
    /// The least severity that fails the run; `warning` when absent.
    pub fail_on: Option<Severity>,
    /// The least confidence that is reported; `possible` when absent.
    pub min_confidence: Option<Confidence>,
    /// Severities that differ from the packs'. The last entry that fits a violation decides.
    pub severity: Vec<SeverityEntry>,
    /// Violations that stay, each with the reason: for formats without comments.
    pub ignore: Vec<IgnoreEntry>,
    /// The network on which a replacement must work, where there is a choice.
    #[serde(skip_serializing_if = "NetworkEntry::is_empty")]
    pub network: NetworkEntry,
    /// Globs of files that are documentation, besides Markdown and other text formats.
    pub documentation: Vec<String>,
    /// A baseline: a file of known violations, which do not fail a run.
    pub baseline: Option<String>,
    /// Whether the baseline covers references to environments that are decommissioned; `true` when
    /// absent.
    pub baseline_decommissioned: Option<bool>,
}

/// A configuration that another one is based on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExtendsEntry {
    /// The file, or a folder that holds one, relative to this configuration.
    pub path: String,
    /// SHA-256 of the file, in hex: a change of it needs review here, too.
    pub sha256: String,
}

/// The networks of replacements, by the names that the packs give them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct NetworkEntry {
    /// The network for every service that is not listed; that of the retired host when absent.
    pub default: Option<String>,
    /// The network by service.
    pub services: BTreeMap<String, String>,
}

impl NetworkEntry {
    /// Whether nothing is chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The network chosen for a service.
    #[must_use]
    pub fn for_service(&self, service: &str) -> Option<&str> {
        self.services
            .get(service)
            .or(self.default.as_ref())
            .map(String::as_str)
    }
}

/// A severity for the violations that fit every condition given.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SeverityEntry {
    /// Violations of this rule.
    #[serde(default)]
    pub rule: Option<String>,
    /// Violations of this service.
    #[serde(default)]
    pub service: Option<String>,
    /// Violations of this environment.
    #[serde(default)]
    pub environment: Option<String>,
    /// Violations in files that one of these globs matches.
    #[serde(default)]
    pub path: Vec<String>,
    /// What they are then; `off` lists them as suppressed.
    pub severity: Level,
    /// Why; shown with what `off` suppresses.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Violations that stay: those that fit every condition given, of which there is at least one.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IgnoreEntry {
    /// Violations of this rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Violations in files that one of these globs matches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<String>,
    /// Violations at this path of keys; `*` stands for any one key, `[*]` for any position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Violations that name this host; `*.` in front stands for whatever ends like it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Violations of this service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Violations of this environment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    /// Why they stay.
    pub reason: String,
    /// The last day on which the entry holds, YYYY-MM-DD.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Who answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Where it is tracked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
}

/// A severity in configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Suppressed, and counted as such.
    Off,
    /// Worth knowing.
    Info,
    /// Must be dealt with.
    Warning,
    /// Is broken.
    Error,
}
