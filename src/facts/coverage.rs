//! What was checked and what was skipped.

use std::collections::BTreeMap;

use super::Confidence;

/// What was checked and what was skipped.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// Files read to their end.
    pub files: u64,
    /// Bytes read.
    pub bytes: u64,
    /// What was not read, by reason.
    pub skipped: BTreeMap<SkipReason, Skipped>,
    /// The lowest confidence that was reported.
    pub min_confidence: Option<Confidence>,
    /// The part of a repository that the report is about.
    pub extent: Extent,
    /// Violations left out because their lines have not changed; null when this was not asked for.
    pub unchanged: Option<u64>,
    /// Whether files were named one by one and each of them is excluded, as commit hooks do it:
    /// an answer, while a folder in which nothing is left to check is none.
    pub all_excluded: bool,
}

/// The part of a repository that a report is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Extent {
    /// All that is there.
    #[default]
    All,
    /// What is staged, with `--staged`.
    Staged,
    /// What has changed, with `--changed-since`.
    Changed,
}

/// Why a file or folder was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkipReason {
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

impl SkipReason {
    /// Whether something may have been missed that nobody asked to leave out.
    #[must_use]
    pub fn is_gap(self) -> bool {
        matches!(
            self,
            Self::LinkOutside
                | Self::BrokenLink
                | Self::SpecialFile
                | Self::Submodule
                | Self::Sparse
                | Self::BareRepository
                | Self::UnsupportedEncoding
                | Self::LfsPointer
                | Self::ReferenceLimit
                | Self::TooLargeToParse
                | Self::Archive
                | Self::ArchiveOfOtherKind
                | Self::ArchiveLimit
                | Self::UnreadableMember
                | Self::Encrypted
                | Self::PdfStreams
        )
    }

    /// In words, after a number of files or folders.
    #[must_use]
    pub fn words(self, count: u64) -> &'static str {
        let by_number = |one, many| if count == 1 { one } else { many };
        match self {
            Self::Excluded => "excluded",
            Self::Ignored => "ignored by git",
            Self::Hidden => "hidden",
            Self::Baseline => by_number("baseline", "baselines"),
            Self::Link => by_number("link inside the root", "links inside the root"),
            Self::LinkOutside => by_number("link out of the root", "links out of the root"),
            Self::BrokenLink => by_number("broken link", "broken links"),
            Self::SpecialFile => by_number("pipe, socket or device", "pipes, sockets or devices"),
            Self::Submodule => by_number("submodule", "submodules"),
            Self::Sparse => "left out by a sparse checkout",
            Self::LinkedWorktree => by_number("linked work tree", "linked work trees"),
            Self::BareRepository => by_number("bare repository", "bare repositories"),
            Self::ExcludesFile => by_number(
                "excludes file outside the repository",
                "excludes files outside the repository",
            ),
            Self::UnusedConfiguration => by_number(
                "configuration in a folder, not used",
                "configurations in folders, not used",
            ),
            Self::OwnReport => by_number("report of ptlint", "reports of ptlint"),
            Self::UnsupportedEncoding => "in an unsupported encoding",
            Self::LfsPointer => by_number(
                "Git LFS pointer without its file",
                "Git LFS pointers without their files",
            ),
            Self::ReferenceLimit => "over the limit of references",
            Self::Unparsed => by_number(
                "not parsed to its end, read as text",
                "not parsed to their end, read as text",
            ),
            Self::TooLargeToParse => "too large to parse, read as text",
            Self::Archive => by_number(
                "archive, not opened without --archives",
                "archives, not opened without --archives",
            ),
            Self::ArchiveOfOtherKind => by_number(
                "archive of a kind that is not opened",
                "archives of kinds that are not opened",
            ),
            Self::ArchiveLimit => "over a limit of archives",
            Self::UnreadableMember => "unreadable in archives",
            Self::Encrypted => "encrypted",
            Self::PdfStreams => {
                by_number("PDF with compressed parts", "PDFs with compressed parts")
            }
            Self::NameWithHole => by_number(
                "name with a variable in it",
                "names with a variable in them",
            ),
        }
    }
}

/// How many were skipped, and which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Files or folders.
    pub count: u64,
    /// The first of them, by path.
    pub paths: Vec<String>,
}

/// Paths listed for a skip reason.
const LISTED: usize = 20;

impl Coverage {
    /// Enters skipped paths.
    pub fn skip(&mut self, mut skipped: Vec<(SkipReason, String)>) {
        skipped.sort();
        skipped.dedup();
        for (reason, path) in skipped {
            let entry = self.skipped.entry(reason).or_default();
            entry.count += 1;
            if entry.paths.len() < LISTED {
                entry.paths.push(path);
            }
        }
    }

    /// Whether nothing was checked although something should have been.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files == 0 && !self.all_excluded
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
