//! Everything that a format may print. JSON is the public contract; the other formats see the
//! same [`Report`].

pub mod concise;
mod fixes;
pub mod human;
pub mod json;
mod suppression;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

pub use fixes::{Applied, Fixes, Refused};
pub use suppression::{Notice, Suppression};

use crate::catalogue::{Confidence, Evidence, Phase, ReferenceKind, Severity};
use crate::detect::{CertificateFacts, Context, Excerpt, View};
use crate::text::Position;

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

/// What was looked at and what was not.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Coverage {
    /// Files read to their end.
    pub files: u64,
    /// Bytes read.
    pub bytes: u64,
    /// What was not read, by reason.
    #[schemars(schema_with = "skipped_schema")]
    pub skipped: BTreeMap<SkipReason, Skipped>,
    /// The lowest confidence that was reported.
    pub min_confidence: Option<Confidence>,
}

/// Why a file or folder was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// Excluded by configuration or arguments.
    Excluded,
    /// Ignored by git and not tracked; a folder counts once.
    Ignored,
    /// A hidden file or folder, with `--no-hidden`.
    Hidden,
    /// A link to something inside the scan root, which is read there.
    Link,
    /// A link out of the scan root.
    LinkOutside,
    /// A link to nothing.
    BrokenLink,
    /// A pipe, socket or device.
    SpecialFile,
    /// Text in an encoding that is not read.
    UnsupportedEncoding,
    /// More references than the limit: the rest of the file was not judged.
    ReferenceLimit,
    /// Not understood as its format up to the end: read as text, which finds the same names, but
    /// without their keys. Paths come with the place.
    Unparsed,
    /// Too large to be parsed or decoded: read as text.
    TooLargeToParse,
    /// Archives whose members were not read, without `--archives`.
    Archive,
    /// A limit of an archive was reached: the members behind it were not read.
    ArchiveLimit,
    /// Members of archives that are encrypted, damaged or packed in an unknown way.
    UnreadableMember,
}

/// The keys of the map are the reasons, which a schema of a map does not say by itself.
fn skipped_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let reasons = generator.subschema_for::<SkipReason>();
    let skipped = generator.subschema_for::<Skipped>();
    schemars::json_schema!({
        "type": "object",
        "propertyNames": reasons,
        "additionalProperties": skipped,
    })
}

impl SkipReason {
    /// Whether something may have been missed that nobody asked to leave out.
    #[must_use]
    pub fn is_gap(self) -> bool {
        matches!(
            self,
            Self::LinkOutside
                | Self::BrokenLink
                | Self::SpecialFile
                | Self::UnsupportedEncoding
                | Self::ReferenceLimit
                | Self::TooLargeToParse
                | Self::Archive
                | Self::ArchiveLimit
                | Self::UnreadableMember
        )
    }

    /// For people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Excluded => "excluded",
            Self::Ignored => "ignored by git",
            Self::Hidden => "hidden",
            Self::Link => "links inside the root",
            Self::LinkOutside => "links out of the root",
            Self::BrokenLink => "broken links",
            Self::SpecialFile => "pipes, sockets or devices",
            Self::UnsupportedEncoding => "in an unsupported encoding",
            Self::ReferenceLimit => "over the limit of references",
            Self::Unparsed => "not parsed to their end, read as text",
            Self::TooLargeToParse => "too large to parse, read as text",
            Self::Archive => "archives, not opened without --archives",
            Self::ArchiveLimit => "over a limit of archives",
            Self::UnreadableMember => "unreadable in archives",
        }
    }
}

/// How many were skipped, and which.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Skipped {
    /// Files or folders.
    pub count: u64,
    /// The first of them, by path.
    pub paths: Vec<String>,
}

/// A file that could not be checked to its end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Failure {
    /// Path relative to the scan root, or the argument.
    pub path: String,
    /// What happened.
    pub message: String,
}

/// Paths listed for a skip reason.
const LISTED: usize = 20;

impl Coverage {
    /// Enters skipped paths.
    pub fn skip(&mut self, mut skipped: Vec<(SkipReason, String)>) {
        skipped.sort();
        for (reason, path) in skipped {
            let entry = self.skipped.entry(reason).or_default();
            entry.count += 1;
            if entry.paths.len() < LISTED {
                entry.paths.push(path);
            }
        }
    }

    /// How many files or folders nobody asked to leave out and that were not read.
    #[must_use]
    pub fn gaps(&self) -> u64 {
        self.skipped
            .iter()
            .filter(|(reason, _)| reason.is_gap())
            .map(|(_, skipped)| skipped.count)
            .sum()
    }
}

impl Report {
    /// How the run ended.
    #[must_use]
    pub fn verdict(&self, fail_on: Severity, strict: bool) -> Verdict {
        let unsure = !self.failures.is_empty()
            || self.coverage.files == 0
            || strict && self.coverage.gaps() > 0;
        if unsure {
            Verdict::Incomplete
        } else if self.violations.iter().any(|v| v.severity >= fail_on)
            || self.notices.iter().any(|n| n.severity >= fail_on)
        {
            Verdict::Violations
        } else {
            Verdict::Clean
        }
    }

    /// How many violations there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.violations
            .iter()
            .filter(|v| v.severity == severity)
            .count()
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing at or above the severity that fails.
    Clean,
    /// Violations.
    Violations,
    /// The run cannot vouch for its answer.
    Incomplete,
}

impl Verdict {
    /// The exit code of the process.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Violations => 1,
            Self::Incomplete => 3,
        }
    }
}
