//! Writing the changes of a run: each file is replaced whole, after the undo patch of all of them
//! is on disk.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::NamedTempFile;

use super::access;
use super::change::{Change, apply, digest};
use super::target::{Target, WriteProblem, is_refusal};
use super::{patch, store};

/// How to write.
#[derive(Debug, Clone, Default)]
pub struct WriteOptions<'o> {
    /// The scan root: nothing outside it is written.
    pub root: PathBuf,
    /// Keep the old content next to each file, under its name and this ending.
    pub backup: Option<String>,
    /// Where the undo patch goes instead of a number in the [folder](crate::facts::UNDO_FOLDER) for it.
    pub undo_file: Option<PathBuf>,
    /// Asked before each file: whether somebody wants the run to stop.
    pub stop: Option<&'o AtomicBool>,
}

/// What became of a run.
#[derive(Debug)]
pub struct WriteResult {
    /// In the order of the changes.
    pub outcomes: Vec<WriteOutcome>,
    /// The patch that reverts what was written, if anything was.
    pub undo: Option<PathBuf>,
}

/// What became of a change.
#[derive(Debug)]
pub enum WriteOutcome {
    /// The file is new.
    Written,
    /// The file is untouched.
    NotWritten(WriteProblem),
}

/// Writes changes, which belong to different files. Whatever happens, even the end of the process,
/// each file is either old or new.
#[must_use]
pub fn write(changes: &[Change], options: &WriteOptions<'_>) -> WriteResult {
    write_with(changes, options, &fill)
}

/// Gives a file its content. Tests put one here that fails.
type Fill<'f> = &'f dyn Fn(&mut dyn Write, &[u8]) -> io::Result<()>;

pub(super) fn fill(file: &mut dyn Write, content: &[u8]) -> io::Result<()> {
    file.write_all(content)
}

fn write_with(changes: &[Change], options: &WriteOptions<'_>, fill: Fill<'_>) -> WriteResult {
    let root = options.root.canonicalize();
    let root = root.as_deref().unwrap_or(&options.root);
    let mut writer = Writer::new(root, fill);
    writer.backup = options.backup.as_deref();
    let stopped = || {
        options
            .stop
            .is_some_and(|stop| stop.load(Ordering::Relaxed))
    };

    let mut targets = Vec::with_capacity(changes.len());
    for change in changes {
        let target = Target::find(&change.path, root);
        targets.push(target.and_then(|target| target.writable().map(|()| target)));
    }
    let possible = targets.iter().flatten().count();
    let mut patch = None;
    if possible > 0 && !stopped() {
        patch = Some(writer.patch(changes, &targets, options.undo_file.as_deref()));
    }

    let mut outcomes = Vec::with_capacity(changes.len());
    for (change, target) in changes.iter().zip(targets) {
        let written = target.and_then(|target| match &patch {
            Some(Ok(_)) if stopped() => Err(WriteProblem::Stopped),
            Some(Ok(_)) => writer.replace(change, Some(&target)),
            Some(Err(problem)) => Err(WriteProblem::NoUndoPatch(problem.clone())),
            None => Err(WriteProblem::Stopped),
        });
        outcomes.push(match written {
            Ok(()) => WriteOutcome::Written,
            Err(reason) => WriteOutcome::NotWritten(reason),
        });
    }
    // After a failure here the files are as they should be; only a crash of the whole system could
    // still bring an old one back, and the patch knows that one, too.
    let _ = writer.sync();
    let mut undo = patch.and_then(Result::ok);
    if !outcomes.iter().any(|o| matches!(o, WriteOutcome::Written))
        && let Some(nothing) = undo.take()
    {
        let _ = fs::remove_file(nothing);
    }
    WriteResult { outcomes, undo }
}

/// What replaces files one by one.
pub(super) struct Writer<'w> {
    root: &'w Path,
    backup: Option<&'w str>,
    fill: Fill<'w>,
    /// The folders in which a name leads to another file now.
    folders: BTreeSet<PathBuf>,
}

impl<'w> Writer<'w> {
    /// Writes only below `root`, which has no links.
    pub(super) fn new(root: &'w Path, fill: Fill<'w>) -> Self {
        Self {
            root,
            backup: None,
            fill,
            folders: BTreeSet::new(),
        }
    }

    /// Writes the undo patch of all changes that have a target.
    fn patch(
        &self,
        changes: &[Change],
        targets: &[Result<Target, WriteProblem>],
        path: Option<&Path>,
    ) -> Result<PathBuf, String> {
        let planned = changes.iter().zip(targets);
        let planned = planned.filter_map(|(change, target)| match target {
            Ok(target) => Some((change, target.file.as_path())),
            Err(_) => None,
        });
        let text = patch::write(planned, self.root)?;
        store::keep(path, self.root, |folder| self.stage(folder, &text, None))
            .map_err(|error| error.to_string())
    }

    /// Replaces the file of a change, which has to be the one that was planned.
    pub(super) fn replace(
        &mut self,
        change: &Change,
        planned: Option<&Target>,
    ) -> Result<(), WriteProblem> {
        let target = Target::find(&change.path, self.root)?;
        if planned.is_some_and(|planned| *planned != target) {
            return Err(WriteProblem::Changed);
        }
        let (bytes, metadata) = target.read()?;
        if digest(&bytes) != change.before {
            return Err(WriteProblem::Changed);
        }
        target.writable()?;
        let content = content(&bytes, change)?;
        let staged = self.staged(&target, &content, &metadata)?;
        let backup = match self.backup {
            Some(suffix) => Some(self.back_up(&target, suffix, &bytes, &metadata)?),
            None => None,
        };
        let replaced = unchanged(change, &target, self.root).and_then(|()| {
            staged
                .persist(&target.file)
                .map_err(|refused| WriteProblem::Io(refused.error))
        });
        match replaced {
            Ok(_) => {
                self.folders.insert(target.folder);
                Ok(())
            }
            Err(reason) => {
                if let Some(backup) = backup {
                    let _ = fs::remove_file(backup);
                }
                Err(reason)
            }
        }
    }

    /// Counts a folder among those in which something was written, by a run before this one.
    pub(super) fn remember_folder(&mut self, folder: PathBuf) {
        self.folders.insert(folder);
    }

    /// Waits until everything that was written is on disk under its name.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        let mut result = Ok(());
        for folder in std::mem::take(&mut self.folders) {
            result = result.and(store::sync(&folder));
        }
        result
    }

    fn staged(
        &self,
        target: &Target,
        content: &[u8],
        like: &Metadata,
    ) -> Result<NamedTempFile, WriteProblem> {
        self.stage(&target.folder, content, Some(like))
            .map_err(|error| match error {
                error if is_refusal(&error) => WriteProblem::ReadOnlyFolder,
                error => WriteProblem::Io(error),
            })
    }

    /// A new file in `folder` that is on disk, with the mode and the owner of another one. Until it
    /// gets a name it is removed whatever happens, except when the process is killed.
    fn stage(
        &self,
        folder: &Path,
        content: &[u8],
        like: Option<&Metadata>,
    ) -> io::Result<NamedTempFile> {
        let mut staged = tempfile::Builder::new()
            .prefix(".ptlint-")
            .suffix(".tmp")
            .rand_bytes(8)
            .tempfile_in(folder)
            // The message holds the random name.
            .map_err(|error| io::Error::from(error.kind()))?;
        let file = staged.as_file_mut();
        (self.fill)(file, content)?;
        if let Some(like) = like {
            access::drop_inherited(file)?;
            resemble(file, like)?;
        }
        file.sync_all()?;
        Ok(staged)
    }

    /// Keeps the old content under another name.
    fn back_up(
        &mut self,
        target: &Target,
        suffix: &str,
        bytes: &[u8],
        metadata: &Metadata,
    ) -> Result<PathBuf, WriteProblem> {
        let mut name = target.file.file_name().unwrap_or_default().to_owned();
        name.push(suffix);
        if Path::new(&name).file_name() != Some(&name) {
            let problem = format!("`{suffix}` is not an ending of a file name");
            return Err(WriteProblem::Io(io::Error::new(
                ErrorKind::InvalidInput,
                problem,
            )));
        }
        let backup = target.folder.join(name);
        let staged = self.staged(target, bytes, metadata)?;
        match staged.persist_noclobber(&backup) {
            Ok(_) => Ok(backup),
            Err(refused) if refused.error.kind() == ErrorKind::AlreadyExists => {
                Err(WriteProblem::BackupExists(shown(&backup, self.root)))
            }
            Err(refused) => Err(WriteProblem::Io(refused.error)),
        }
    }
}

fn shown(path: &Path, root: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_path_buf()
}

/// What a change makes of its file, when both are what the plan says.
fn content(bytes: &[u8], change: &Change) -> Result<Vec<u8>, WriteProblem> {
    let mut at = 0;
    for edit in &change.edits {
        let there = bytes.get(edit.span.clone());
        if edit.span.start < at || there != Some(&edit.old) {
            return Err(WriteProblem::DoesNotFit);
        }
        at = edit.span.end;
    }
    let content = apply(bytes, &change.edits);
    if digest(&content) == change.after {
        Ok(content)
    } else {
        Err(WriteProblem::DoesNotFit)
    }
}

/// Whether the file is still the same after the new one was prepared. Between this and the rename
/// somebody may write; no system lets a program rule that out.
fn unchanged(change: &Change, target: &Target, root: &Path) -> Result<(), WriteProblem> {
    if Target::find(&change.path, root)? != *target || digest(&target.read()?.0) != change.before {
        return Err(WriteProblem::Changed);
    }
    Ok(())
}

/// Gives a file the mode of another one, and its owner and group where the system permits.
fn resemble(file: &File, like: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
        let own = file.metadata()?;
        let give = |user, group| match fchown(file, user, group) {
            Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(false),
            other => other.map(|()| true),
        };
        let mut mode = like.permissions();
        // The group first: it is the owner who may change it.
        let group = own.gid() == like.gid() || give(None, Some(like.gid()))?;
        let user = own.uid() == like.uid() || give(Some(like.uid()), None)?;
        if !(group && user) {
            // A program that runs as its owner must not run as another one.
            mode.set_mode(mode.mode() & !0o6000);
        }
        // After the owner, because changing that takes these bits away.
        file.set_permissions(mode)
    }
    #[cfg(not(unix))]
    file.set_permissions(like.permissions())
}

#[cfg(test)]
mod tests;
