//! A file to write: where it is, whether it may be written, and why not.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::access;
use crate::files;

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteProblem {
    /// Its bytes are not those of the plan.
    #[error("it has changed since it was read")]
    Changed,
    /// It was deleted or moved.
    #[error("it is not there any more")]
    Gone,
    /// A link took its place.
    #[error("it is a link now")]
    Link,
    /// A folder or something special took its place.
    #[error("it is not a file any more")]
    NotAFile,
    /// Its folder, followed through links, does not lie in the scan root.
    #[error("it lies outside the scan root")]
    OutsideRoot,
    /// What lies in `.git` belongs to git.
    #[error("it lies in `.git`, where ptlint does not write")]
    InGit,
    /// Nobody may write it.
    #[error("it is read-only")]
    ReadOnly,
    /// Nobody may write into its folder, so it cannot be replaced.
    #[error("its folder is read-only")]
    ReadOnlyFolder,
    /// Replacing it would leave the old content under its other names.
    #[error("it has other names (hard links), which would keep the old content")]
    HardLinked,
    /// A new file would not have its access control list, and its mode says something else with one.
    #[error("it has an access control list, which a new file would not have")]
    AccessControlList,
    /// There is a file where its backup would be.
    #[error("its backup `{}` exists already", .0.display())]
    BackupExists(PathBuf),
    /// Nothing of a run is written that could not be undone.
    #[error("no undo patch could be written, so nothing was: {0}")]
    NoUndoPatch(String),
    /// Somebody stopped the run.
    #[error("the run was stopped before its turn")]
    Stopped,
    /// The edits contradict the file or the digest of its new content.
    #[error("its edits do not give the content that was planned")]
    DoesNotFit,
    /// The system could not do it.
    #[error("it could not be written: {0}")]
    Io(#[source] io::Error),
}

impl WriteProblem {
    /// Whether something went wrong, so that the run did not do what it should; the other reasons
    /// are precautions.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Io(_) | Self::NoUndoPatch(_) | Self::DoesNotFit)
    }
}

/// A regular file in the scan root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The file, by its folder without links.
    pub file: PathBuf,
    /// Its folder without links.
    pub folder: PathBuf,
}

impl Target {
    /// The file at `path`. Links lead to its folder only when that lies in `root`, which has none
    /// itself.
    pub(super) fn find(path: &Path, root: &Path) -> Result<Self, WriteProblem> {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(WriteProblem::NotAFile);
        };
        let folder = folder.canonicalize().map_err(gone)?;
        let Ok(below) = folder.strip_prefix(root) else {
            return Err(WriteProblem::OutsideRoot);
        };
        let is_git = |name: &std::ffi::OsStr| name.eq_ignore_ascii_case(".git");
        if below.iter().any(is_git) || is_git(name) {
            return Err(WriteProblem::InGit);
        }
        let file = folder.join(name);
        let kind = file.symlink_metadata().map_err(gone)?.file_type();
        if kind.is_symlink() {
            Err(WriteProblem::Link)
        } else if kind.is_file() {
            Ok(Self { file, folder })
        } else {
            Err(WriteProblem::NotAFile)
        }
    }

    /// What it holds, and what it is.
    pub(super) fn read(&self) -> Result<(Vec<u8>, Metadata), WriteProblem> {
        let mut handle = files::open_unless_link(&self.file)
            .map_err(|error| gone(error.into()))?
            .file;
        let metadata = handle.metadata().map_err(WriteProblem::Io)?;
        let mut bytes = Vec::new();
        handle.read_to_end(&mut bytes).map_err(WriteProblem::Io)?;
        Ok((bytes, metadata))
    }

    /// Whether it may be replaced. Renaming asks only the folder, so a file that must not be
    /// written could be replaced all the same.
    pub(super) fn writable(&self) -> Result<(), WriteProblem> {
        let metadata = self.file.symlink_metadata().map_err(gone)?;
        if metadata.permissions().readonly() {
            return Err(WriteProblem::ReadOnly);
        }
        if has_other_names(&metadata) {
            return Err(WriteProblem::HardLinked);
        }
        if access::has_list(&self.file) {
            return Err(WriteProblem::AccessControlList);
        }
        // On Windows the mark does not keep anybody from writing into a folder.
        let folder = fs::metadata(&self.folder).map_err(gone)?;
        if cfg!(unix) && folder.permissions().readonly() {
            return Err(WriteProblem::ReadOnlyFolder);
        }
        match OpenOptions::new().write(true).open(&self.file) {
            Ok(_) => Ok(()),
            Err(error) if is_refusal(&error) => Err(WriteProblem::ReadOnly),
            Err(error) => Err(gone(error)),
        }
    }
}

/// Whether the system says that somebody does not want this written.
pub(super) fn is_refusal(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}

fn gone(error: io::Error) -> WriteProblem {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => WriteProblem::Gone,
        _ => WriteProblem::Io(error),
    }
}

#[cfg(unix)]
fn has_other_names(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    metadata.nlink() > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &Metadata) -> bool {
    // The standard library does not tell.
    false
}
