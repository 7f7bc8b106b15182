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
use super::target::{Reason, Target, is_refusal};
use super::{patch, store};

/// How to write.
#[derive(Debug, Clone, Default)]
pub struct WriteOptions<'o> {
    /// The scan root: nothing outside it is written.
    pub root: PathBuf,
    /// Keep the old content next to each file, under its name and this ending.
    pub backup: Option<String>,
    /// Where the undo patch goes instead of a number in the [folder](super::FOLDER) for it.
    pub undo_file: Option<PathBuf>,
    /// Asked before each file: whether somebody wants the run to stop.
    pub stop: Option<&'o AtomicBool>,
}

/// What became of a run.
#[derive(Debug)]
pub struct Written {
    /// In the order of the changes.
    pub outcomes: Vec<Outcome>,
    /// The patch that reverts what was written, if anything was.
    pub undo: Option<PathBuf>,
}

/// What became of a change.
#[derive(Debug)]
pub enum Outcome {
    /// The file is new.
    Written,
    /// The file is untouched.
    NotWritten(Reason),
}

/// Writes changes, which belong to different files. Whatever happens, even the end of the process,
/// each file is either old or new.
#[must_use]
pub fn write(changes: &[Change], options: &WriteOptions<'_>) -> Written {
    write_with(changes, options, &fill)
}

/// Gives a file its content. Tests put one here that fails.
type Fill<'f> = &'f dyn Fn(&mut dyn Write, &[u8]) -> io::Result<()>;

pub(super) fn fill(file: &mut dyn Write, content: &[u8]) -> io::Result<()> {
    file.write_all(content)
}

fn write_with(changes: &[Change], options: &WriteOptions<'_>, fill: Fill<'_>) -> Written {
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
            Some(Ok(_)) if stopped() => Err(Reason::Stopped),
            Some(Ok(_)) => writer.replace(change, Some(&target)),
            Some(Err(problem)) => Err(Reason::NoUndoPatch(problem.clone())),
            None => Err(Reason::Stopped),
        });
        outcomes.push(match written {
            Ok(()) => Outcome::Written,
            Err(reason) => Outcome::NotWritten(reason),
        });
    }
    // After a failure here the files are as they should be; only a crash of the whole system could
    // still bring an old one back, and the patch knows that one, too.
    let _ = writer.sync();
    let mut undo = patch.and_then(Result::ok);
    if !outcomes.iter().any(|o| matches!(o, Outcome::Written))
        && let Some(nothing) = undo.take()
    {
        let _ = fs::remove_file(nothing);
    }
    Written { outcomes, undo }
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
    pub fn new(root: &'w Path, fill: Fill<'w>) -> Self {
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
        targets: &[Result<Target, Reason>],
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
    pub fn replace(&mut self, change: &Change, planned: Option<&Target>) -> Result<(), Reason> {
        let target = Target::find(&change.path, self.root)?;
        if planned.is_some_and(|planned| *planned != target) {
            return Err(Reason::Changed);
        }
        let (bytes, metadata) = target.read()?;
        if digest(&bytes) != change.before {
            return Err(Reason::Changed);
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
                .map_err(|refused| Reason::Io(refused.error))
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
    pub fn also(&mut self, folder: PathBuf) {
        self.folders.insert(folder);
    }

    /// Waits until everything that was written is on disk under its name.
    pub fn sync(&mut self) -> io::Result<()> {
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
    ) -> Result<NamedTempFile, Reason> {
        self.stage(&target.folder, content, Some(like))
            .map_err(|error| match error {
                error if is_refusal(&error) => Reason::ReadOnlyFolder,
                error => Reason::Io(error),
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
    ) -> Result<PathBuf, Reason> {
        let mut name = target.file.file_name().unwrap_or_default().to_owned();
        name.push(suffix);
        if Path::new(&name).file_name() != Some(&name) {
            let problem = format!("`{suffix}` is not an ending of a file name");
            return Err(Reason::Io(io::Error::new(ErrorKind::InvalidInput, problem)));
        }
        let backup = target.folder.join(name);
        let staged = self.staged(target, bytes, metadata)?;
        match staged.persist_noclobber(&backup) {
            Ok(_) => Ok(backup),
            Err(refused) if refused.error.kind() == ErrorKind::AlreadyExists => {
                Err(Reason::BackupExists(shown(&backup, self.root)))
            }
            Err(refused) => Err(Reason::Io(refused.error)),
        }
    }
}

fn shown(path: &Path, root: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_path_buf()
}

/// What a change makes of its file, when both are what the plan says.
fn content(bytes: &[u8], change: &Change) -> Result<Vec<u8>, Reason> {
    let mut at = 0;
    for edit in &change.edits {
        let there = bytes.get(edit.span.clone());
        if edit.span.start < at || there != Some(&edit.old) {
            return Err(Reason::DoesNotFit);
        }
        at = edit.span.end;
    }
    let content = apply(bytes, &change.edits);
    if digest(&content) == change.after {
        Ok(content)
    } else {
        Err(Reason::DoesNotFit)
    }
}

/// Whether the file is still the same after the new one was prepared. Between this and the rename
/// somebody may write; no system lets a program rule that out.
fn unchanged(change: &Change, target: &Target, root: &Path) -> Result<(), Reason> {
    if Target::find(&change.path, root)? != *target || digest(&target.read()?.0) != change.before {
        return Err(Reason::Changed);
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
mod tests {
    use std::cell::Cell;
    use std::ops::Range;

    use super::*;
    use crate::edit::Edit;

    const OLD: &[u8] = b"call old.example now\n";

    fn change(root: &Path, name: &str, span: Range<usize>, new: &str) -> Change {
        let edit = Edit {
            old: OLD[span.clone()].to_vec(),
            span,
            new: new.into(),
        };
        let path = root.join(name);
        fs::write(&path, OLD).expect("a folder to write in");
        Change::new(path, name.to_owned(), OLD, vec![edit])
    }

    fn two_files() -> (tempfile::TempDir, WriteOptions<'static>, [Change; 2]) {
        let folder = tempfile::tempdir().expect("a folder to write in");
        let root = folder.path().canonicalize().expect("a folder to write in");
        let changes = ["a", "b"].map(|name| change(&root, name, 5..8, "new"));
        let options = WriteOptions {
            root,
            ..WriteOptions::default()
        };
        (folder, options, changes)
    }

    fn read(path: &Path) -> Vec<u8> {
        fs::read(path).expect("readable")
    }

    /// The names of the files in a folder and the folders in it.
    fn names(root: &Path) -> Vec<String> {
        let mut names: Vec<String> = walkdir::WalkDir::new(root)
            .into_iter()
            .map(|entry| entry.expect("a folder to write in"))
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| shown(entry.path(), root).display().to_string())
            .collect();
        names.sort();
        names
    }

    /// Writes until the disk is full in the file with this number, and leaves half of it.
    fn full_at(number: usize) -> impl Fn(&mut dyn Write, &[u8]) -> io::Result<()> {
        let count = Cell::new(0);
        move |file, content| {
            count.set(count.get() + 1);
            if count.get() == number {
                file.write_all(&content[..content.len() / 2])?;
                return Err(ErrorKind::StorageFull.into());
            }
            file.write_all(content)
        }
    }

    #[test]
    fn without_an_undo_patch_nothing_is_written() {
        let (_folder, options, changes) = two_files();
        let written = write_with(&changes, &options, &full_at(1));
        for outcome in &written.outcomes {
            let Outcome::NotWritten(reason @ Reason::NoUndoPatch(_)) = outcome else {
                panic!("{outcome:?}");
            };
            assert!(reason.is_failure());
        }
        assert_eq!(written.undo, None);
        assert_eq!(names(&options.root), [".ptlint/.gitignore", "a", "b"]);
        assert_eq!(read(&changes[0].path), OLD);
    }

    #[test]
    fn a_full_disk_leaves_the_file_old_and_nothing_beside_it() {
        let (_folder, options, changes) = two_files();
        let written = write_with(&changes, &options, &full_at(2));
        let [Outcome::NotWritten(reason), Outcome::Written] = &written.outcomes[..] else {
            panic!("{written:?}");
        };
        assert!(matches!(reason, Reason::Io(_)) && reason.is_failure());
        assert_eq!(read(&changes[0].path), OLD);
        assert_eq!(read(&changes[1].path), b"call new.example now\n");
        assert_eq!(
            names(&options.root),
            [".ptlint/.gitignore", ".ptlint/undo/0001.json", "a", "b"]
        );
    }

    #[test]
    fn a_full_disk_for_the_backup_leaves_no_backup() {
        let (_folder, mut options, changes) = two_files();
        options.backup = Some(".orig".to_owned());
        // The patch, the new content, the backup.
        let written = write_with(&changes[..1], &options, &full_at(3));
        assert!(matches!(
            written.outcomes[..],
            [Outcome::NotWritten(Reason::Io(_))]
        ));
        assert_eq!(names(&options.root), [".ptlint/.gitignore", "a", "b"]);
        assert_eq!(read(&changes[0].path), OLD);
    }

    #[test]
    fn a_file_that_changes_while_the_new_one_is_prepared_is_left_alone() {
        let (_folder, mut options, changes) = two_files();
        options.backup = Some(".orig".to_owned());
        let path = changes[0].path.clone();
        let meddle = |file: &mut dyn Write, content: &[u8]| {
            if content.starts_with(b"call new") {
                fs::write(&path, "somebody else")?;
            }
            fill(file, content)
        };
        let written = write_with(&changes[..1], &options, &meddle);
        assert!(matches!(
            written.outcomes[..],
            [Outcome::NotWritten(Reason::Changed)]
        ));
        assert_eq!(read(&path), b"somebody else");
        assert_eq!(names(&options.root), [".ptlint/.gitignore", "a", "b"]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_with_an_access_control_list_is_left_alone() {
        let (_folder, options, changes) = two_files();
        if !access::tests::give_list(&changes[0].path, "system.posix_acl_access") {
            return;
        }
        let written = write_with(&changes, &options, &fill);
        assert!(matches!(
            written.outcomes[..],
            [
                Outcome::NotWritten(Reason::AccessControlList),
                Outcome::Written
            ]
        ));
        assert_eq!(read(&changes[0].path), OLD);
    }

    #[test]
    fn the_run_stops_between_files() {
        let (_folder, mut options, changes) = two_files();
        let stop = AtomicBool::new(false);
        options.stop = Some(&stop);
        let asked = |file: &mut dyn Write, content: &[u8]| {
            // While the first file is written; the patch does not begin like this.
            stop.store(content.starts_with(b"call"), Ordering::Relaxed);
            fill(file, content)
        };
        let written = write_with(&changes, &options, &asked);
        assert!(matches!(
            written.outcomes[..],
            [Outcome::Written, Outcome::NotWritten(Reason::Stopped)]
        ));
        assert!(written.undo.is_some());
        assert_eq!(read(&changes[1].path), OLD);
    }

    #[test]
    fn a_panic_leaves_no_file_behind() {
        let (_folder, options, changes) = two_files();
        let panics = |file: &mut dyn Write, content: &[u8]| {
            assert!(!content.starts_with(b"call"), "on purpose");
            fill(file, content)
        };
        let run = std::panic::AssertUnwindSafe(|| write_with(&changes, &options, &panics));
        assert!(std::panic::catch_unwind(run).is_err());
        assert_eq!(
            names(&options.root),
            [".ptlint/.gitignore", ".ptlint/undo/0001.json", "a", "b"]
        );
    }
}
