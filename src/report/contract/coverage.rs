//! What was checked and what was skipped, in JSON.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::facts::{self, Confidence};

/// What was checked and what was skipped.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Coverage")]
pub(crate) struct JsonCoverage<'r> {
    /// Files read to their end.
    pub files: u64,
    /// Bytes read.
    pub bytes: u64,
    /// What was not read, by reason.
    #[schemars(schema_with = "skipped_schema")]
    pub skipped: BTreeMap<JsonSkipReason, JsonSkipped<'r>>,
    /// The lowest confidence that was reported.
    pub min_confidence: Option<Confidence>,
    /// The part of a repository that the report is about.
    pub extent: JsonExtent,
    /// Violations left out because their lines have not changed; null when this was not asked for.
    pub unchanged: Option<u64>,
}

impl<'r> From<&'r facts::Coverage> for JsonCoverage<'r> {
    fn from(fact: &'r facts::Coverage) -> Self {
        Self {
            files: fact.files,
            bytes: fact.bytes,
            skipped: fact
                .skipped
                .iter()
                .map(|(reason, skipped)| ((*reason).into(), skipped.into()))
                .collect(),
            min_confidence: fact.min_confidence,
            extent: fact.extent.into(),
            unchanged: fact.unchanged,
        }
    }
}

/// The keys of the map are the reasons, which a schema of a map does not say by itself.
fn skipped_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let reasons = generator.subschema_for::<JsonSkipReason>();
    let skipped = generator.subschema_for::<JsonSkipped>();
    schemars::json_schema!({
        "type": "object",
        "propertyNames": reasons,
        "additionalProperties": skipped,
    })
}

/// The part of a repository that a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Extent")]
pub(crate) enum JsonExtent {
    /// All that is there.
    All,
    /// What is staged, with `--staged`.
    Staged,
    /// What has changed, with `--changed-since`.
    Changed,
}

impl From<facts::Extent> for JsonExtent {
    fn from(fact: facts::Extent) -> Self {
        use facts::Extent as Fact;
        match fact {
            Fact::All => Self::All,
            Fact::Staged => Self::Staged,
            Fact::Changed => Self::Changed,
        }
    }
}

/// Why a file or folder was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "SkipReason")]
pub(crate) enum JsonSkipReason {
    /// Excluded by configuration or arguments.
    Excluded,
    /// Ignored by git and not tracked; a folder counts once.
    Ignored,
    /// A hidden file or folder, with `--no-hidden`.
    Hidden,
    /// A baseline of ptlint, which names what it holds.
    Baseline,
    /// A link to something inside the scan root, which is read there.
    Link,
    /// A link out of the scan root.
    LinkOutside,
    /// A link to nothing.
    BrokenLink,
    /// A pipe, socket or device.
    SpecialFile,
    /// A submodule that is not checked out, or with `--staged` its commit.
    Submodule,
    /// A tracked file that a sparse checkout leaves out of the work tree.
    Sparse,
    /// Another work tree of the same repository, whose files are those of another branch.
    LinkedWorktree,
    /// A repository without a work tree: the files of its commits are not read.
    BareRepository,
    /// An excludes file outside of the repository that configures it: what it ignores is read.
    ExcludesFile,
    /// A configuration in a folder below that of the configuration in use; it is checked as a file.
    UnusedConfiguration,
    /// A report that ptlint wrote, which names what it reports.
    OwnReport,
    /// Text in an encoding that is not read.
    UnsupportedEncoding,
    /// A pointer of Git LFS: the file that belongs there was not fetched.
    LfsPointer,
    /// More references than the limit: the rest of the file was not judged.
    ReferenceLimit,
    /// Not understood as its format up to the end: read as text, which finds the same names, but
    /// without their keys. Paths come with the place.
    Unparsed,
    /// Too large to be parsed or decoded: read as text.
    TooLargeToParse,
    /// Archives whose members were not read, without `--archives`.
    Archive,
    /// Archives of kinds that are never opened.
    ArchiveOfOtherKind,
    /// A limit of an archive was reached: the members after it were not read.
    ArchiveLimit,
    /// Members of archives that are encrypted, damaged or packed in an unknown way.
    UnreadableMember,
    /// Files that are encrypted as a whole: key stores, vaults.
    Encrypted,
    /// PDF documents, whose compressed parts are not read.
    PdfStreams,
    /// Names with a hole, such as `${ENV}`, that may become names of a retired environment. Paths come with the
    /// place.
    NameWithHole,
}

impl From<facts::SkipReason> for JsonSkipReason {
    fn from(fact: facts::SkipReason) -> Self {
        use facts::SkipReason as Fact;
        match fact {
            Fact::Excluded => Self::Excluded,
            Fact::Ignored => Self::Ignored,
            Fact::Hidden => Self::Hidden,
            Fact::Baseline => Self::Baseline,
            Fact::Link => Self::Link,
            Fact::LinkOutside => Self::LinkOutside,
            Fact::BrokenLink => Self::BrokenLink,
            Fact::SpecialFile => Self::SpecialFile,
            Fact::Submodule => Self::Submodule,
            Fact::Sparse => Self::Sparse,
            Fact::LinkedWorktree => Self::LinkedWorktree,
            Fact::BareRepository => Self::BareRepository,
            Fact::ExcludesFile => Self::ExcludesFile,
            Fact::UnusedConfiguration => Self::UnusedConfiguration,
            Fact::OwnReport => Self::OwnReport,
            Fact::UnsupportedEncoding => Self::UnsupportedEncoding,
            Fact::LfsPointer => Self::LfsPointer,
            Fact::ReferenceLimit => Self::ReferenceLimit,
            Fact::Unparsed => Self::Unparsed,
            Fact::TooLargeToParse => Self::TooLargeToParse,
            Fact::ArchiveOfOtherKind => Self::ArchiveOfOtherKind,
            Fact::Archive => Self::Archive,
            Fact::ArchiveLimit => Self::ArchiveLimit,
            Fact::UnreadableMember => Self::UnreadableMember,
            Fact::Encrypted => Self::Encrypted,
            Fact::PdfStreams => Self::PdfStreams,
            Fact::NameWithHole => Self::NameWithHole,
        }
    }
}

/// How many were skipped, and which.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Skipped")]
pub(crate) struct JsonSkipped<'r> {
    /// Files or folders.
    pub count: u64,
    /// The first of them, by path.
    pub paths: &'r [String],
}

impl<'r> From<&'r facts::Skipped> for JsonSkipped<'r> {
    fn from(fact: &'r facts::Skipped) -> Self {
        Self {
            count: fact.count,
            paths: &fact.paths,
        }
    }
}
