//! Reading the members of archives: zip (and all that is one inside), gzip, tar and tar in gzip.
//!
//! A room of its own that knows nothing else of the project. Nothing is ever written to disk, and
//! nothing is trusted: an archive may be broken, or made to exhaust whoever opens it. Whatever
//! could not be read is reported as a [`Gap`], so that no gaps means that everything was read.

mod archive_walk;
mod gzip;
mod member_name;
mod meter;
mod tar;
mod unread;
mod zip;

#[cfg(test)]
mod tests;

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// How many bytes [`format_from_head`] needs to see to know every format.
pub(crate) const HEAD: usize = 262;

/// The format of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArchiveFormat {
    /// A zip file under any name: jar, war, nupkg, whl, docx.
    Zip,
    /// One compressed file. When that file is a tar, its members are given at once.
    Gzip,
    /// A tar file with the POSIX or GNU mark. The older kind without a mark is not known.
    Tar,
}

/// Tells an archive by its first bytes ([`HEAD`] of them suffice).
#[must_use]
pub(crate) fn format_from_head(head: &[u8]) -> Option<ArchiveFormat> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        Some(ArchiveFormat::Zip)
    } else if head.starts_with(b"\x1f\x8b\x08") {
        // The third byte is the method, and no other than 8 was ever given a meaning.
        Some(ArchiveFormat::Gzip)
    } else if head.get(257..).is_some_and(|at| at.starts_with(b"ustar")) {
        Some(ArchiveFormat::Tar)
    } else {
        None
    }
}

/// Tells an archive by its first bytes, and a Java archive by its name as well.
///
/// Those are made runnable by a script put in front, which hides that they are zip files.
#[must_use]
pub(crate) fn format_from_name_or_head(path: &str, head: &[u8]) -> Option<ArchiveFormat> {
    format_from_head(head).or_else(|| {
        head.first()?;
        let extension = path.rsplit_once('.').map(|(_, extension)| extension)?;
        ["jar", "war", "ear"]
            .iter()
            .any(|java| extension.eq_ignore_ascii_case(java))
            .then_some(ArchiveFormat::Zip)
    })
}

/// The end record of a zip file, and the longest comment after it.
const TAIL: u64 = 22 + (64 << 10);

/// Whether a zip file ends where a file ends, whatever comes before it: a program in self-extracting archives, a
/// script in runnable Java archives. The position of the reader changes.
///
/// # Errors
/// What the reader gives.
pub(crate) fn is_zip_at_end(reader: &mut (impl Read + Seek)) -> io::Result<bool> {
    let length = reader.seek(SeekFrom::End(0))?;
    let start = reader.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    reader.by_ref().take(TAIL).read_to_end(&mut tail)?;
    let Some((end, size)) = end_record(&tail) else {
        return Ok(false);
    };
    // The list of members is right before its end. In the large format other records are between.
    let Some(list) = (start + end as u64).checked_sub(u64::from(size)) else {
        return Ok(size == u32::MAX);
    };
    reader.seek(SeekFrom::Start(list))?;
    let mut mark = Vec::new();
    reader.by_ref().take(4).read_to_end(&mut mark)?;
    Ok(mark == b"PK\x01\x02")
}

/// Whether bytes, which are the end of a file, end as a zip file does. `are_all` says that they are the whole file.
#[must_use]
pub(crate) fn end_as_zip(bytes: &[u8], are_all: bool) -> bool {
    let longest = usize::try_from(TAIL).unwrap_or(usize::MAX);
    let tail = &bytes[bytes.len().saturating_sub(longest)..];
    end_record(tail).is_some()
        && (!are_all || is_zip_at_end(&mut Cursor::new(bytes)).unwrap_or(false))
}

/// The place of the end record in the end of a file, and the size of the list of members.
fn end_record(tail: &[u8]) -> Option<(usize, u32)> {
    // Most files have none, and only the search forwards is fast.
    static MARK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"PK\x05\x06"));
    MARK.find(tail)?;
    let mut before = tail.len();
    loop {
        let end = memchr::memmem::rfind(&tail[..before], b"PK\x05\x06")?;
        let record = tail.get(end..end + 22);
        if let Some(record) = record {
            let comment = usize::from(u16::from_le_bytes([record[20], record[21]]));
            let size = u32::from_le_bytes([record[12], record[13], record[14], record[15]]);
            // Some packers add zeros after it.
            let rest = tail.get(end + 22 + comment..);
            if size > 0 && rest.is_some_and(|rest| rest.iter().all(|byte| *byte == 0)) {
                return Some((end, size));
            }
        }
        before = end;
    }
}

pub(crate) use unread::{is_unread_format, is_unread_name};

/// How far the reading of one archive may go. Zero is a limit like any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Archives within each other, the outermost counted: 3.
    pub depth: usize,
    /// Bytes of one member once it is decompressed: 64 MiB.
    pub member_bytes: u64,
    /// Bytes of a zip file within an archive, which has to be held in memory: 256 MiB.
    pub nested_bytes: u64,
    /// Bytes decompressed in total, of the outermost archive and all within it: 1 GiB.
    pub total_bytes: u64,
    /// Bytes out for each byte in, looked at once a member has given more than 1 MiB: 200.
    pub ratio: u64,
    /// Members in total, of the outermost archive and all within it, folders counted: 100,000.
    pub members: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 3,
            member_bytes: 64 << 20,
            nested_bytes: 256 << 20,
            total_bytes: 1 << 30,
            ratio: 200,
            members: 100_000,
        }
    }
}

/// Why something in an archive was not read, or not to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum GapReason {
    /// An archive in more archives than are opened.
    #[error("it lies in more archives within each other than are opened")]
    Depth,
    /// Larger than one member may be.
    #[error("it is larger than a member may be")]
    MemberSize,
    /// The outermost archive gave as many bytes as it may.
    #[error("the archive gave as many bytes as it may")]
    TotalSize,
    /// It decompresses to far more than it takes.
    #[error("it decompresses to suspiciously more than it takes")]
    Ratio,
    /// The outermost archive gave as many members as it may.
    #[error("the archive gave as many members as it may")]
    Members,
    /// It needs a password.
    #[error("it is encrypted")]
    Encrypted,
    /// Packed with a method that is not read, by its number in the zip format.
    #[error("it is compressed by method {0}, which is not supported")]
    UnsupportedMethod(u16),
    /// Broken, cut off, or unreadable, and how.
    #[error("it is damaged: {0}")]
    Damaged(String),
}

/// A place that was not read, or not to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gap {
    /// The member; or an archive, when what is left of it was not read.
    pub path: String,
    /// Why.
    pub reason: GapReason,
}

/// A file in an archive.
pub(crate) struct ArchiveMember<'a> {
    /// Where it lies, such as `lib/app.jar!/config/application.yml`. Two members may have one path.
    pub path: &'a str,
    /// What it holds. Reading fails where a limit is reached or the archive is damaged; what came
    /// before the failure is good, and the [`Gap`] follows by itself.
    pub content: &'a mut dyn Read,
}

/// What the reading of an archive comes upon.
pub(crate) enum Event<'a> {
    /// A file. It need not be read, and costs little when it is not.
    Member(ArchiveMember<'a>),
    /// Something that was not read. One for a member comes after the member.
    Gap(Gap),
}

/// Reads an archive from its start and gives `visitor` every file in it, and every gap.
///
/// Archives within it are opened in turn and are not given as files themselves. Folders and links
/// are left out. `path` is what the paths of the members begin with. Members are decompressed while
/// `visitor` reads them; only a zip file within another archive is held in memory.
pub(crate) fn visit<R: Read + Seek>(
    mut reader: R,
    format: ArchiveFormat,
    path: &str,
    limits: &Limits,
    visitor: &mut dyn FnMut(Event<'_>),
) {
    let budget = meter::Budget::new(limits);
    archive_walk::ArchiveWalk::new(&budget, visitor).outermost(format, &mut reader, path);
}
