//! Writing with disks that are full, files that change meanwhile, and a run that is stopped.

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
        let WriteOutcome::NotWritten(reason @ WriteProblem::NoUndoPatch(_)) = outcome else {
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
    let [WriteOutcome::NotWritten(reason), WriteOutcome::Written] = &written.outcomes[..] else {
        panic!("{written:?}");
    };
    assert!(matches!(reason, WriteProblem::Io(_)) && reason.is_failure());
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
        [WriteOutcome::NotWritten(WriteProblem::Io(_))]
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
        [WriteOutcome::NotWritten(WriteProblem::Changed)]
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
            WriteOutcome::NotWritten(WriteProblem::AccessControlList),
            WriteOutcome::Written
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
        [
            WriteOutcome::Written,
            WriteOutcome::NotWritten(WriteProblem::Stopped)
        ]
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
