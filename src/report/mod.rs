//! Everything that a format may print. JSON is the public contract; the other formats see the
//! same [`Report`].

pub mod azure;
mod cell;
pub mod checkstyle;
pub mod concise;
mod coverage;
pub mod csv;
mod finding;
mod fixes;
mod format;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod human;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
pub mod rdjson;
mod rules;
pub mod sarif;
mod suppression;
pub mod teamcity;
mod verdict;
mod words;
mod xml;

use schemars::JsonSchema;
use serde::Serialize;

use cell::cell;
pub use fixes::{Applied, Fixes, Refused};
pub use suppression::{Notice, Suppression};
pub use verdict::Verdict;

use crate::baseline::BaselineUsed;
use crate::catalogue::{Confidence, Evidence, Phase, ReferenceKind, Severity};
use crate::detect::{CertificateFacts, Context, Excerpt, View};
use crate::text::Position;

pub use coverage::{Coverage, Extent, SkipReason, Skipped};
pub use format::{Format, Frame};
pub use rules::{EnvironmentDoc, RuleDoc, RuleDocs};

/// The result of a check.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Report {
    /// Always `ptlint.report/v1`; fields are only ever added to it.
    pub schema: String,
    /// Version of ptlint.
    pub version: String,
    /// The day on which the lifecycle was judged, YYYY-MM-DD.
    pub as_of: String,
    /// The packs that were used.
    pub packs: Vec<PackUsed>,
    /// The configuration files that held, each before the one that it stands on.
    pub configurations: Vec<ConfigurationUsed>,
    /// Violations, by path, byte and rule.
    pub violations: Vec<Violation>,
    /// Violations that were suppressed, with what did it.
    pub suppressed: Vec<Violation>,
    /// What is wrong with suppressions, by path and byte.
    pub notices: Vec<Notice>,
    /// What was looked at and what was not.
    pub coverage: Coverage,
    /// Files that could not be checked to their end.
    pub failures: Vec<Failure>,
    /// What was fixed before this check; null when nothing was asked for.
    pub fixes: Option<Fixes>,
    /// How the baseline was used; null when there was none.
    pub baseline: Option<BaselineUsed>,
}

/// A pack of a run.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PackUsed {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its files, in hex.
    pub digest: String,
}

/// A configuration file of a run.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ConfigurationUsed {
    /// Path relative to the scan root, with forward slashes.
    pub path: String,
    /// SHA-256 of the file, in hex.
    pub digest: String,
}

/// A reference that the policy rules out on the as-of date.
#[derive(Debug, Clone, Serialize, JsonSchema)]
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
    /// The certificate that it stands in.
    pub certificate: Option<CertificateFacts>,
    /// The source text.
    pub matched: String,
    /// The name in lower case, spelt plainly.
    pub name: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to write instead; null when there is nothing, with `replacement_reason`.
    pub replacement: Option<Advice>,
    /// Why there is no replacement.
    pub replacement_reason: Option<String>,
    /// What has to change together with it.
    pub companions: Vec<CompanionNote>,
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
    /// Numbers of the entries of `ignore` in the configuration that fit it, also expired ones.
    #[serde(skip)]
    #[schemars(skip)]
    pub entries: Vec<usize>,
    /// The lines around it, for people.
    #[serde(skip)]
    #[schemars(skip)]
    pub excerpt: Option<Excerpt>,
    /// Name of the service, for people.
    #[serde(skip)]
    #[schemars(skip)]
    pub service_name: String,
}

/// What to write instead.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Advice {
    /// What to do.
    pub action: Action,
    /// The text to write; for a deletion the text that makes the entry superfluous.
    pub text: String,
    /// Whether a program may write it.
    pub safety: Safety,
    /// Why it is not safe.
    pub unsafe_because: Option<String>,
    /// The network on which it works.
    pub network: Option<String>,
    /// The new base path, when the path changes too.
    pub path: Option<String>,
    /// What to know about it.
    pub note: Option<String>,
    /// What it rests on.
    pub evidence: Evidence,
    /// Where it comes from.
    pub source: Vec<SourceUsed>,
    /// Other texts that could be written.
    pub alternatives: Vec<Alternative>,
}

/// What to do about a violation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Write the text instead.
    Replace,
    /// Delete the entry: the replacement stands beside it, at the first of the related places.
    Delete,
}

/// Whether a replacement may be written without looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Safety {
    /// The same service on the same network, sourced, in a plain value.
    Safe,
    /// Somebody has to look at it.
    Unsafe,
}

/// Another text that could be written.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Alternative {
    /// The text.
    pub text: String,
    /// The network on which it works.
    pub network: Option<String>,
    /// What to know about it.
    pub note: Option<String>,
}

/// What has to change together with a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CompanionNote {
    /// Its id in the pack.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What to do.
    pub ask: String,
}

/// A source of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceUsed {
    /// Its id in the pack.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
}

/// Another place that belongs to a violation.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Related {
    /// Path relative to the scan root.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// What it is.
    pub message: String,
}

/// A file that could not be checked to its end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Failure {
    /// Path relative to the scan root, or the argument.
    pub path: String,
    /// What happened.
    pub message: String,
}
