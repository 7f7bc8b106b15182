//! Reverts what a run wrote, by its undo patch.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::change::{Change, digest};
use super::patch::{self, PatchFault};
use super::store;
use super::target::{Target, WriteProblem};
use super::write::{Writer, fill};
use crate::facts::UNDO_FOLDER;
use crate::files;

/// The most bytes of an undo patch. It holds every changed file twice.
const MOST_PATCH_BYTES: u64 = 1 << 30;

/// What became of an undo patch.
#[derive(Debug)]
pub struct Undone {
    /// The patch.
    pub patch: PathBuf,
    /// In the order of the patch.
    pub files: Vec<UndoneFile>,
    /// Every file is as before, and the patch was removed.
    pub removed: bool,
}

/// A file of an undo patch.
#[derive(Debug)]
pub struct UndoneFile {
    /// Its path relative to the scan root, with slashes.
    pub relative: String,
    /// What became of it.
    pub outcome: UndoneOutcome,
}

/// What became of a file of an undo patch.
#[derive(Debug)]
pub enum UndoneOutcome {
    /// It is as before again.
    Restored,
    /// It was not written, or restored already.
    AsBefore,
    /// It is untouched. [`WriteProblem::Changed`] says that it is neither as before nor as it was written.
    Left(WriteProblem),
}

/// Why nothing was undone.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum UndoError {
    /// No run left a patch, or all are undone.
    #[error("there is nothing to undo in {}", .root.display())]
    #[diagnostic(
        code(undo::none),
        help(
            "`ptlint fix FOLDER` leaves its patch in `.ptlint/undo` of that folder: \
             name the folder that was fixed, as in `ptlint fix FOLDER --undo`"
        )
    )]
    None {
        /// The scan root.
        root: PathBuf,
    },
    /// The patch, or a folder on the way to it, cannot be read.
    #[error("the undo patch {} cannot be read", .path.display())]
    #[diagnostic(
        code(undo::unreadable),
        help("name a patch that `ptlint check --fix` left; nothing was written")
    )]
    Unreadable {
        /// The patch or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is something else, or was edited.
    #[error("{} is not an undo patch: {problem}", .path.display())]
    #[diagnostic(
        code("undo::not-a-patch"),
        help("only a patch as `ptlint check --fix` left it is undone; nothing was written")
    )]
    NotAPatch {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The patch has another version of the schema.
    #[error("{} is an undo patch of the schema `{schema}`", .path.display())]
    #[diagnostic(
        code("undo::other-version"),
        help("undo it with the version of ptlint that wrote it; nothing was written")
    )]
    OtherVersion {
        /// The file.
        path: PathBuf,
        /// Its schema.
        schema: String,
    },
    /// The patch names a file that does not lie in the scan root.
    #[error("{} names `{name}`, which is not a path below the scan root", .path.display())]
    #[diagnostic(
        code(undo::outside),
        help("ptlint writes no such patch: look who did; nothing was written")
    )]
    Outside {
        /// The file.
        path: PathBuf,
        /// The path that it names.
        name: String,
    },
}

/// Reverts what a run wrote below `root`, by the patch `file` or else by the one with the highest
/// number in the [folder](crate::facts::UNDO_FOLDER) for them. Files that somebody changed since are left alone.
/// The patch is removed when every file is as before; run it again after an interruption.
///
/// # Errors
/// When there is no patch, or it cannot be used; then nothing was written.
pub fn undo(file: Option<&Path>, root: &Path) -> Result<Undone, UndoError> {
    let unreadable = |path: &Path| {
        let path = path.to_path_buf();
        move |source| UndoError::Unreadable { path, source }
    };
    let root = root.canonicalize().map_err(unreadable(root))?;
    let path = if let Some(file) = file {
        file.to_path_buf()
    } else {
        let place = root.join(UNDO_FOLDER);
        let folder = store::folder(&root).map_err(unreadable(&place))?;
        let latest = match folder {
            Some(folder) => store::latest(&folder).map_err(unreadable(&place))?,
            None => None,
        };
        let (_, path) = latest.ok_or_else(|| UndoError::None { root: root.clone() })?;
        path
    };
    let text = files::read(&path, MOST_PATCH_BYTES).map_err(unreadable(&path))?;
    let changes = match patch::read(&text, &root) {
        Ok(changes) => changes,
        Err(PatchFault::Malformed(problem)) => return Err(UndoError::NotAPatch { path, problem }),
        Err(PatchFault::OtherVersion(schema)) => {
            return Err(UndoError::OtherVersion { path, schema });
        }
        Err(PatchFault::Outside(name)) => return Err(UndoError::Outside { path, name }),
    };

    let mut writer = Writer::new(&root, &fill);
    let mut files = Vec::with_capacity(changes.len());
    for change in changes {
        let outcome = restore(&change, &root, &mut writer).unwrap_or_else(UndoneOutcome::Left);
        files.push(UndoneFile {
            relative: change.relative,
            outcome,
        });
    }
    let left = |file: &UndoneFile| matches!(file.outcome, UndoneOutcome::Left(_));
    // The patch goes only when nothing can need it any more.
    let removed =
        writer.sync().is_ok() && !files.iter().any(left) && fs::remove_file(&path).is_ok();
    Ok(Undone {
        patch: path,
        files,
        removed,
    })
}

fn restore(
    change: &Change,
    root: &Path,
    writer: &mut Writer<'_>,
) -> Result<UndoneOutcome, WriteProblem> {
    let is_missing = |error: io::Error| error.kind() == io::ErrorKind::NotFound;
    if change.made && fs::symlink_metadata(&change.path).is_err_and(is_missing) {
        return Ok(UndoneOutcome::AsBefore);
    }
    let target = Target::find(&change.path, root)?;
    if digest(&target.read()?.0) == change.before {
        remove_made(change)?;
        writer.remember_folder(target.folder);
        return Ok(UndoneOutcome::AsBefore);
    }
    writer.replace(&change.reversed(), Some(&target))?;
    remove_made(change)?;
    Ok(UndoneOutcome::Restored)
}

/// Removes the file that was made for a change and is empty again.
fn remove_made(change: &Change) -> Result<(), WriteProblem> {
    if change.made && change.before == digest(b"") {
        fs::remove_file(&change.path).map_err(WriteProblem::Io)?;
    }
    Ok(())
}
