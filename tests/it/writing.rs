//! Writing and undoing fixes: a file is either old or new, whatever happens.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::*;
use ptlint::Options;
use ptlint::internals::edit::{
    Change, Edit, UndoError, Undone, UndoneOutcome, WriteOptions, WriteOutcome, WriteProblem,
    WriteResult, undo, write,
};
use tempfile::TempDir;

/// A folder that is scanned, inside one that is not.
struct Place {
    _outer: TempDir,
    outside: PathBuf,
    root: PathBuf,
}

impl Place {
    fn new() -> Self {
        Self::within(tempfile::tempdir().expect("a folder"))
    }

    fn within(outer: TempDir) -> Self {
        let outside = outer.path().canonicalize().expect("a path");
        let root = outside.join("repository");
        fs::create_dir(&root).expect("a folder");
        Self {
            _outer: outer,
            outside,
            root,
        }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.root.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, content).expect("written");
        path
    }

    fn options(&self) -> WriteOptions<'static> {
        WriteOptions {
            root: self.root.clone(),
            ..WriteOptions::default()
        }
    }

    fn write(&self, changes: &[Change]) -> WriteResult {
        write(changes, &self.options())
    }

    fn undo(&self) -> Undone {
        undo(None, &self.root).expect("a patch")
    }

    fn patch(&self, number: u32) -> PathBuf {
        self.root.join(format!(".ptlint/undo/{number:04}.json"))
    }

    /// All files below the scan root that are not ptlint's own.
    fn names(&self) -> Vec<String> {
        let walk = walkdir::WalkDir::new(&self.root).into_iter();
        let mut names: Vec<String> = walk
            .filter_entry(|entry| entry.file_name() != ".ptlint")
            .map(|entry| entry.expect("readable"))
            .filter(|entry| !entry.file_type().is_dir())
            .map(|entry| {
                let path = entry.path().strip_prefix(&self.root).expect("below");
                path.to_string_lossy().into_owned()
            })
            .collect();
        names.sort();
        names
    }
}

fn edit(content: &[u8], span: Range<usize>, new: impl AsRef<[u8]>) -> Edit {
    Edit {
        old: content[span.clone()].to_vec(),
        span,
        new: new.as_ref().to_vec(),
    }
}

/// The change that puts `new` in place of the only `old` in a file.
fn swap(root: &Path, path: &Path, old: impl AsRef<[u8]>, new: impl AsRef<[u8]>) -> Change {
    let content = fs::read(path).expect("readable");
    let old = old.as_ref();
    let mut places = content.windows(old.len()).enumerate();
    let (at, _) = places
        .find(|(_, window)| *window == old)
        .expect("it is there");
    let edits = vec![edit(&content, at..at + old.len(), new)];
    let relative = path.strip_prefix(root).unwrap_or(path);
    let relative = relative.to_string_lossy().into_owned();
    Change::new(path.to_path_buf(), relative, &content, edits)
}

#[track_caller]
fn all_written(written: &WriteResult) {
    for outcome in &written.outcomes {
        assert!(matches!(outcome, WriteOutcome::Written), "{outcome:?}");
    }
}

/// The reason of the only change of a run, which left no patch.
#[track_caller]
fn refused(written: &WriteResult) -> &WriteProblem {
    let [WriteOutcome::NotWritten(reason)] = &written.outcomes[..] else {
        panic!("{written:?}");
    };
    assert_eq!(written.undo, None);
    reason
}

#[track_caller]
fn all_restored(undone: &Undone) {
    for file in &undone.files {
        assert!(matches!(file.outcome, UndoneOutcome::Restored), "{file:?}");
    }
    assert!(undone.removed && !undone.patch.exists());
}

#[test]
fn a_file_is_written_and_restored() {
    let place = Place::new();
    let path = place.file("conf/app.yml", "url: https://old.example/\n");
    let written = place.write(&[swap(&place.root, &path, "old", "new")]);
    all_written(&written);
    assert_eq!(written.undo, Some(place.patch(1)));
    assert_eq!(
        fs::read_to_string(&path).expect("text"),
        "url: https://new.example/\n"
    );
    let ignore = fs::read_to_string(place.root.join(".ptlint/.gitignore"));
    assert_eq!(ignore.expect("a file"), "*\n");

    let undo_patch: serde_json::Value =
        serde_json::from_slice(&fs::read(place.patch(1)).expect("a patch")).expect("JSON");
    assert_eq!(undo_patch["schema"], "ptlint.undo/v1");
    let file = &undo_patch["files"][0];
    assert_eq!(file["path"], "conf/app.yml");
    assert_eq!(file["edits"][0]["start"], 13);
    assert_eq!(file["edits"][0]["old"], "old");
    assert_eq!(file["edits"][0]["new"], "new");
    assert_eq!(
        file["sha256_before"].as_str().map(str::len),
        Some(64),
        "{file}"
    );

    let undone = place.undo();
    all_restored(&undone);
    assert_eq!(undone.files[0].relative, "conf/app.yml");
    assert_eq!(
        fs::read_to_string(&path).expect("text"),
        "url: https://old.example/\n"
    );
    assert_eq!(place.names(), ["conf/app.yml"]);
}

/// A file, its content, and what goes and what comes in it.
type Case = (&'static str, Vec<u8>, Vec<u8>, Vec<u8>);

#[test]
fn bytes_that_are_not_edited_stay() {
    let place = Place::new();
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let utf16 = [vec![0xff, 0xfe], wide("host=old\r\nname=caf\u{e9}\r\n")].concat();
    let cases: [Case; 4] = [
        (
            "crlf.ini",
            b"\xef\xbb\xbfa=1\r\nhost=old\r\n\r\nlast=\r".to_vec(),
            b"old".to_vec(),
            b"new.example".to_vec(),
        ),
        ("wide.reg", utf16, wide("old"), wide("new\u{1f600}")),
        (
            "binary",
            b"\0\x80old\xff\xfe\n\0".to_vec(),
            b"\x80old\xff".to_vec(),
            b"\xfe\0".to_vec(),
        ),
        ("empty", b"old".to_vec(), b"old".to_vec(), Vec::new()),
    ];
    let changes: Vec<Change> = cases
        .iter()
        .map(|(name, content, old, new)| swap(&place.root, &place.file(name, content), old, new))
        .collect();
    all_written(&place.write(&changes));
    for (name, content, old, new) in &cases {
        let at = content.windows(old.len()).position(|w| w == old);
        let at = at.expect("it is there");
        let expected = [&content[..at], new, &content[at + old.len()..]].concat();
        assert_eq!(fs::read(place.root.join(name)).expect(name), expected);
    }
    all_restored(&place.undo());
    for (name, content, ..) in &cases {
        assert_eq!(&fs::read(place.root.join(name)).expect(name), content);
    }
}

/// A file as pieces that stay, each with bytes before it that become others.
type Pieces = Vec<(Vec<u8>, Vec<u8>, Vec<u8>)>;

fn pieces() -> impl Strategy<Value = Pieces> {
    let bytes = |most| {
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..most),
            prop::collection::vec(prop::sample::select(&b"ab \r\n\0\"\\\xc3\xa9"[..]), 0..most),
        ]
    };
    prop::collection::vec((bytes(12), bytes(20), bytes(60)), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes_are_written_and_restored(files in prop::collection::vec(pieces(), 1..4)) {
        let place = Place::new();
        let mut changes = Vec::new();
        let mut contents = Vec::new();
        for (number, pieces) in files.iter().enumerate() {
            let (mut before, mut after, mut edits) = (Vec::new(), Vec::new(), Vec::new());
            for (old, new, stays) in pieces {
                let start = before.len();
                edits.push(Edit {
                    span: start..start + old.len(),
                    old: old.clone(),
                    new: new.clone(),
                });
                before.extend([&old[..], stays].concat());
                after.extend([&new[..], stays].concat());
            }
            let name = format!("file-{number}");
            let path = place.file(&name, &before);
            changes.push(Change::new(path.clone(), name, &before, edits));
            contents.push((path, before, after));
        }
        all_written(&place.write(&changes));
        for (path, _, after) in &contents {
            prop_assert_eq!(&fs::read(path).expect("readable"), after);
        }
        let undone = place.undo();
        prop_assert!(undone.removed, "{:?}", undone);
        for (path, before, _) in &contents {
            prop_assert_eq!(&fs::read(path).expect("readable"), before);
        }
        prop_assert_eq!(place.names().len(), files.len());
    }
}

#[test]
fn a_file_that_changed_is_left_alone() {
    let place = Place::new();
    let edited = place.file("a", "old a");
    let gone = place.file("b", "old b");
    let folder = place.file("c", "old c");
    let fine = place.file("d", "old d");
    let changes: Vec<Change> = [&edited, &gone, &folder, &fine]
        .map(|path| swap(&place.root, path, "old", "new"))
        .into();
    fs::write(&edited, "old a and more").expect("written");
    fs::remove_file(&gone).expect("removed");
    fs::remove_file(&folder).expect("removed");
    fs::create_dir(&folder).expect("a folder");
    let written = place.write(&changes);
    let [
        WriteOutcome::NotWritten(WriteProblem::Changed),
        WriteOutcome::NotWritten(WriteProblem::Gone),
        WriteOutcome::NotWritten(WriteProblem::NotAFile),
        WriteOutcome::Written,
    ] = &written.outcomes[..]
    else {
        panic!("{written:?}");
    };
    assert_eq!(fs::read(&edited).expect("readable"), b"old a and more");
    assert_eq!(fs::read(&fine).expect("readable"), b"new d");
    assert_eq!(place.names(), ["a", "d"]);

    // The patch holds the first file, too, which is neither old nor new: it is named and kept.
    let undone = place.undo();
    assert!(matches!(
        undone.files[0].outcome,
        UndoneOutcome::Left(WriteProblem::Changed)
    ));
    assert_eq!(undone.files.last().expect("a file").relative, "d");
    assert!(!undone.removed && undone.patch.exists());
    assert_eq!(fs::read(&edited).expect("readable"), b"old a and more");
    assert_eq!(fs::read(&fine).expect("readable"), b"old d");

    // Once it is old again, nothing is left to do.
    fs::write(&edited, "old a").expect("written");
    let undone = place.undo();
    for file in &undone.files {
        assert!(matches!(file.outcome, UndoneOutcome::AsBefore), "{file:?}");
    }
    assert!(undone.removed && !undone.patch.exists());
}

#[test]
fn edits_that_do_not_fit_are_not_written() {
    let place = Place::new();
    let path = place.file("a", "one two");
    let good = swap(&place.root, &path, "two", "2");
    let bad = |span: Range<usize>, old: &str| {
        let mut change = good.clone();
        change.edits[0].span = span;
        change.edits[0].old = old.into();
        change
    };
    let mut other_digest = good.clone();
    other_digest.after[0] ^= 1;
    let mut twice = good.clone();
    twice.edits.push(good.edits[0].clone());
    #[allow(clippy::reversed_empty_ranges)]
    let backwards = bad(5..4, "");
    for change in [
        bad(4..7, "2wo"),
        bad(4..70, "two"),
        bad(usize::MAX - 1..usize::MAX, "t"),
        backwards,
        other_digest,
        twice,
    ] {
        let written = place.write(&[change]);
        let reason = refused(&written);
        assert!(
            matches!(reason, WriteProblem::DoesNotFit) && reason.is_failure(),
            "{reason:?}"
        );
    }
    assert_eq!(fs::read(&path).expect("readable"), b"one two");
}

#[test]
fn the_old_content_is_kept_next_to_the_new() {
    let place = Place::new();
    let path = place.file("a.txt", "old");
    let other = place.file("b.txt", "old");
    place.file("b.txt.orig", "somebody's");
    let changes = [&path, &other].map(|path| swap(&place.root, path, "old", "new"));
    let options = |suffix: &str| WriteOptions {
        backup: Some(suffix.to_owned()),
        ..place.options()
    };
    let written = write(&changes, &options(".orig"));
    let [
        WriteOutcome::Written,
        WriteOutcome::NotWritten(WriteProblem::BackupExists(backup)),
    ] = &written.outcomes[..]
    else {
        panic!("{written:?}");
    };
    assert_eq!(backup, Path::new("b.txt.orig"));
    assert_eq!(
        place.names(),
        ["a.txt", "a.txt.orig", "b.txt", "b.txt.orig"]
    );
    let read = |name: &str| fs::read_to_string(place.root.join(name)).expect(name);
    assert_eq!(read("a.txt"), "new");
    assert_eq!(read("a.txt.orig"), "old");
    assert_eq!(read("b.txt"), "old");
    assert_eq!(read("b.txt.orig"), "somebody's");

    // No ending leads into another folder, or to the file itself.
    for suffix in ["/../../b", "/b", "/", ""] {
        let written = write(&changes[1..], &options(suffix));
        let reason = refused(&written);
        assert!(
            matches!(reason, WriteProblem::Io(_) | WriteProblem::BackupExists(_)),
            "{reason:?}"
        );
    }
    assert_eq!(read("b.txt"), "old");
}

#[test]
fn a_read_only_file_is_not_replaced() {
    let place = Place::new();
    let path = place.file("a", "old");
    let change = swap(&place.root, &path, "old", "new");
    let mut permissions = fs::metadata(&path).expect("metadata").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("set");
    let written = place.write(&[change]);
    let reason = refused(&written);
    assert!(matches!(reason, WriteProblem::ReadOnly) && !reason.is_failure());
    assert_eq!(reason.to_string(), "it is read-only");
    assert_eq!(fs::read(&path).expect("readable"), b"old");
    // Nothing was possible, so nothing was prepared.
    assert!(!place.root.join(".ptlint").exists());
}

#[test]
fn a_run_that_is_stopped_before_it_begins_leaves_nothing() {
    let place = Place::new();
    let path = place.file("a", "old");
    let stop = std::sync::atomic::AtomicBool::new(true);
    let options = WriteOptions {
        stop: Some(&stop),
        ..place.options()
    };
    let written = write(&[swap(&place.root, &path, "old", "new")], &options);
    assert!(matches!(refused(&written), WriteProblem::Stopped));
    assert!(!place.root.join(".ptlint").exists());
    assert_eq!(fs::read(&path).expect("readable"), b"old");
    assert!(write(&[], &place.options()).outcomes.is_empty());
    assert!(!place.root.join(".ptlint").exists());
}

#[test]
fn a_file_outside_or_in_git_is_not_written() {
    let place = Place::new();
    let outside = place.outside.join("a");
    fs::write(&outside, "old").expect("written");
    let sibling = place.outside.join("repository-2");
    fs::create_dir(&sibling).expect("a folder");
    let sibling = sibling.join("a");
    fs::write(&sibling, "old").expect("written");
    let hook = place.file(".git/hooks/a", "old");
    let module = place.file("module/.GIT/a", "old");
    let back = place.root.join("module/../../a");
    let change = |path: &Path| place.write(&[swap(&place.root, path, "old", "new")]);
    for path in [&outside, &sibling, &back] {
        let written = change(path);
        assert!(
            matches!(refused(&written), WriteProblem::OutsideRoot),
            "{path:?}"
        );
    }
    for path in [&hook, &module] {
        assert!(
            matches!(refused(&change(path)), WriteProblem::InGit),
            "{path:?}"
        );
    }
    for path in [&outside, &sibling, &hook, &module] {
        assert_eq!(fs::read(path).expect("readable"), b"old");
    }
}

#[test]
fn patches_have_numbers_and_the_last_goes_first() {
    let place = Place::new();
    let path = place.file("a", "1");
    let step = |from: &str, to: &str| place.write(&[swap(&place.root, &path, from, to)]).undo;
    place.file(".ptlint/undo/0007.json/a", "a folder is not a patch");
    place.file(".ptlint/undo/0008.txt", "nor is this");
    place.file(".ptlint/undo/x9.json", "nor this");
    assert_eq!(step("1", "2"), Some(place.patch(1)));
    assert_eq!(step("2", "3"), Some(place.patch(2)));
    fs::rename(place.patch(2), place.patch(9998)).expect("renamed");
    assert_eq!(step("3", "4"), Some(place.patch(9999)));
    assert_eq!(
        step("4", "5"),
        Some(place.root.join(".ptlint/undo/10000.json"))
    );
    for expected in ["4", "3", "2", "1"] {
        all_restored(&place.undo());
        assert_eq!(fs::read_to_string(&path).expect("text"), expected);
    }
    let error = undo(None, &place.root).expect_err("no patch is left");
    assert_eq!(code(&error), "undo::none");
}

#[test]
fn a_patch_that_is_there_is_not_replaced() {
    let place = Place::new();
    let path = place.file("a", "old");
    let change = [swap(&place.root, &path, "old", "new")];
    let taken = place.outside.join("taken");
    fs::write(&taken, "somebody's").expect("written");
    let to = |path: &Path| WriteOptions {
        undo_file: Some(path.to_path_buf()),
        ..place.options()
    };
    for file in [&taken, &place.outside.join("nowhere/undo.json")] {
        let written = write(&change, &to(file));
        let reason = refused(&written);
        assert!(matches!(reason, WriteProblem::NoUndoPatch(_)) && reason.is_failure());
        assert_eq!(fs::read(&path).expect("readable"), b"old");
    }
    assert_eq!(fs::read(&taken).expect("readable"), b"somebody's");

    let named = place.outside.join("undo.json");
    let written = write(&change, &to(&named));
    all_written(&written);
    assert_eq!(written.undo.as_ref(), Some(&named));
    assert!(!place.root.join(".ptlint").exists());
    all_restored(&undo(Some(&named), &place.root).expect("a patch"));
    assert_eq!(fs::read(&path).expect("readable"), b"old");
}

/// What a patch that is refused says.
fn code(error: &UndoError) -> String {
    use miette::Diagnostic as _;
    assert!(error.help().is_some(), "{error}");
    error.code().expect("a code").to_string()
}

#[test]
fn a_patch_that_is_none_is_refused_and_kept() {
    let place = Place::new();
    let path = place.file("a", "old and old");
    let written = place.write(&[swap(&place.root, &path, "old and", "new or")]);
    let file = written.undo.expect("a patch");
    let good: serde_json::Value =
        serde_json::from_slice(&fs::read(&file).expect("a patch")).expect("JSON");
    let text = |patch: &serde_json::Value| patch.to_string().into_bytes();
    let with = |pointer: &str, value: serde_json::Value| {
        let mut altered = good.clone();
        *altered.pointer_mut(pointer).expect(pointer) = value;
        text(&altered)
    };
    let also = |pointer: &str, key: &str| {
        let mut altered = good.clone();
        let object = altered.pointer_mut(pointer).expect(pointer);
        object[key] = "more".into();
        text(&altered)
    };
    let twice = |pointer: &str| {
        let mut altered = good.clone();
        let list = altered.pointer_mut(pointer).expect(pointer);
        let first = list[0].clone();
        list.as_array_mut().expect("a list").push(first);
        text(&altered)
    };
    let whole = text(&good);
    let sha = "/files/0/sha256_before";
    let none = "undo::not-a-patch";
    let outside = "undo::outside";
    let mut cases = vec![
        (b"".to_vec(), none),
        (b"\xff\xfe".to_vec(), none),
        (b"[]".to_vec(), none),
        (b"{}".to_vec(), none),
        ("[".repeat(100_000).into_bytes(), none),
        (whole[..whole.len() / 2].to_vec(), none),
        ([&whole[..], b"x"].concat(), none),
        (with("/schema", "ptlint.report/v1".into()), none),
        (with("/schema", 1.into()), none),
        (
            with("/schema", "ptlint.undo/v2".into()),
            "undo::other-version",
        ),
        (with("/files", "a".into()), none),
        (with(sha, "00".into()), none),
        (with(sha, "0".repeat(63).into()), none),
        (with(sha, format!("{}g", "0".repeat(63)).into()), none),
        (with(sha, "\u{e9}".repeat(32).into()), none),
        (with("/files/0/edits/0/start", (-1).into()), none),
        (with("/files/0/edits/0/start", 1.5.into()), none),
        (with("/files/0/edits/0/start", u64::MAX.into()), none),
        (with("/files/0/edits/0/start", i64::MAX.into()), none),
        (with("/files/0/edits/0/old", 1.into()), none),
        (
            with("/files/0/edits/0/old", serde_json::json!({"base64": "*"})),
            none,
        ),
        (
            with("/files/0/edits/0/old", serde_json::json!({"hex": "00"})),
            none,
        ),
        (also("", "more"), none),
        (also("/files/0", "more"), none),
        (also("/files/0/edits/0", "more"), none),
        (twice("/files"), none),
        (twice("/files/0/edits"), none),
    ];
    let hostile = [
        "",
        "/",
        "/a",
        "..",
        "../a",
        "a/../../a",
        "a/..",
        "./a",
        "a//b",
        "a/",
        "a\0",
    ];
    for name in hostile {
        cases.push((with("/files/0/path", name.into()), outside));
    }
    cases.push((
        // ../a
        with("/files/0/path", serde_json::json!({"base64": "Li4vYQ=="})),
        outside,
    ));
    for (text, expected) in cases {
        fs::write(&file, &text).expect("written");
        let shown = String::from_utf8_lossy(&text[..text.len().min(500)]).into_owned();
        let error = undo(None, &place.root).expect_err(&shown);
        assert_eq!(code(&error), expected, "{shown}");
        assert_eq!(fs::read(&file).expect("kept"), text);
        assert_eq!(fs::read(&path).expect("readable"), b"new or old");
    }
    fs::write(&file, &whole).expect("written");
    all_restored(&place.undo());
    assert_eq!(fs::read(&path).expect("readable"), b"old and old");
}

#[test]
fn a_patch_that_cannot_be_read_is_an_error() {
    let place = Place::new();
    let missing = undo(Some(&place.root.join("x")), &place.root).expect_err("no file");
    assert_eq!(code(&missing), "undo::unreadable");
    let folder = undo(Some(&place.root), &place.root).expect_err("a folder");
    assert_eq!(code(&folder), "undo::unreadable");
    let nowhere = undo(None, &place.root.join("x")).expect_err("no root");
    assert_eq!(code(&nowhere), "undo::unreadable");
    assert_eq!(
        code(&undo(None, &place.root).expect_err("none")),
        "undo::none"
    );
}

#[test]
fn a_patch_with_edits_of_another_file_restores_nothing() {
    let place = Place::new();
    let path = place.file("a", "old");
    let written = place.write(&[swap(&place.root, &path, "old", "new")]);
    let file = written.undo.expect("a patch");
    let text = fs::read_to_string(&file).expect("a patch");
    fs::write(&file, text.replace("\"old\": \"old\"", "\"old\": \"odd\"")).expect("written");
    let undone = place.undo();
    assert!(
        matches!(
            undone.files[0].outcome,
            UndoneOutcome::Left(WriteProblem::DoesNotFit)
        ),
        "{undone:?}"
    );
    assert!(!undone.removed);
    assert_eq!(fs::read(&path).expect("readable"), b"new");
}

#[test]
fn the_program_does_not_read_undo_patches() {
    let place = Place::new();
    let host = "msg.dev.spine2.ncrs.nhs.uk";
    let line = format!("url: https://{host}/\n");
    let check = |arguments: &[&Path], ignore: bool| {
        let mut options = Options::new(arguments.iter().copied());
        options = options.as_of("2026-01-01".parse().expect("a date"));
        options.respect_ignore = ignore;
        let report = ptlint::check(&options).expect("a report");
        let mut paths: Vec<String> = report.violations.iter().map(|v| v.path.clone()).collect();
        paths.dedup();
        (paths, report.coverage)
    };
    let path = place.file("a/app.yml", &line);
    let nested = place.file("a/.ptlint/undo/0001.json", &line);
    place.file(".ptlint/undo.yml", &line);
    place.file(".ptlint/other/undo/b.yml", &line);
    place.file("undo/b.yml", &line);
    all_written(&place.write(&[swap(&place.root, &path, host, "example.org")]));
    assert!(
        fs::read_to_string(place.patch(1))
            .expect("text")
            .contains(host)
    );
    let others = [".ptlint/other/undo/b.yml", ".ptlint/undo.yml", "undo/b.yml"];

    // Like `.git`, they are neither read nor counted.
    let (paths, coverage) = check(&[&place.root], true);
    assert_eq!(paths, others);
    assert_eq!(coverage.files, 5);
    assert!(coverage.skipped.is_empty(), "{:?}", coverage.skipped);
    // A file or folder that is named is read.
    assert_eq!(check(&[&nested], true).0, ["0001.json"]);
    let folder = nested.parent().expect("a folder");
    assert_eq!(check(&[folder], true).0, ["0001.json"]);

    // In git the folder is ignored, too, unless somebody tracks it.
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(&place.root).args(arguments);
        assert!(command.output().expect("git").status.success());
    };
    git(&["init", "-q"]);
    git(&["add", "-f", "undo", ".ptlint/undo.yml", ".ptlint/other"]);
    let (paths, coverage) = check(&[&place.root], true);
    assert_eq!(paths, others);
    let ignored = format!("{:?}", coverage.skipped);
    assert!(!ignored.contains("undo"), "{ignored}");
    assert_eq!(check(&[&place.root], false).0, others);
    git(&["add", "-f", ".ptlint/undo/0001.json"]);
    let (paths, _) = check(&[&place.root], true);
    assert_eq!(
        paths,
        [
            ".ptlint/other/undo/b.yml",
            ".ptlint/undo.yml",
            ".ptlint/undo/0001.json",
            "undo/b.yml"
        ]
    );
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("metadata").mode() & 0o7777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    }

    #[test]
    fn the_mode_is_kept() {
        let place = Place::new();
        let options = WriteOptions {
            backup: Some("~".to_owned()),
            ..place.options()
        };
        for bits in [0o600, 0o644, 0o666, 0o755, 0o4750, 0o640] {
            let name = format!("file-{bits:o}");
            let path = place.file(&name, "#!/bin/sh\nold\n");
            set_mode(&path, bits);
            all_written(&write(&[swap(&place.root, &path, "old", "new")], &options));
            assert_eq!(mode(&path), bits, "{bits:o}");
            assert_eq!(mode(&place.root.join(format!("{name}~"))), bits, "{bits:o}");
            all_restored(&place.undo());
            assert_eq!(mode(&path), bits, "{bits:o}");
        }
    }

    #[test]
    fn the_owner_is_kept_where_possible() {
        let place = Place::new();
        let path = place.file("a", "old");
        // Only root can give a file away; anybody else keeps what is his.
        let given = std::os::unix::fs::chown(&path, Some(12345), Some(54321)).is_ok();
        set_mode(&path, 0o6755);
        let before = fs::metadata(&path).expect("metadata");
        all_written(&place.write(&[swap(&place.root, &path, "old", "new")]));
        let after = fs::metadata(&path).expect("metadata");
        assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
        assert_eq!(after.uid() == 12345, given);
        assert_eq!(after.mode(), before.mode());
    }

    #[test]
    fn a_file_with_other_names_is_not_replaced() {
        let place = Place::new();
        let path = place.file("a", "old");
        let change = [swap(&place.root, &path, "old", "new")];
        let other = place.outside.join("other");
        fs::hard_link(&path, &other).expect("a link");
        let written = place.write(&change);
        assert!(matches!(refused(&written), WriteProblem::HardLinked));
        assert_eq!(fs::read(&other).expect("readable"), b"old");
        fs::remove_file(&other).expect("removed");
        all_written(&place.write(&change));
    }

    #[test]
    fn a_read_only_folder_is_not_written_to() {
        let place = Place::new();
        let path = place.file("folder/a", "old");
        let folder = place.root.join("folder");
        let change = swap(&place.root, &path, "old", "new");
        set_mode(&folder, 0o555);
        let written = place.write(&[change]);
        set_mode(&folder, 0o755);
        assert!(matches!(refused(&written), WriteProblem::ReadOnlyFolder));
        assert_eq!(place.names(), ["folder/a"]);
    }

    #[test]
    fn a_link_is_not_written_through_to_the_outside() {
        let place = Place::new();
        let elsewhere = place.outside.join("elsewhere");
        fs::create_dir(&elsewhere).expect("a folder");
        fs::write(elsewhere.join("a"), "old").expect("written");
        symlink(&elsewhere, place.root.join("folder")).expect("a link");
        symlink(elsewhere.join("a"), place.root.join("file")).expect("a link");
        let change =
            |name: &str| place.write(&[swap(&place.root, &place.root.join(name), "old", "new")]);
        assert!(matches!(
            refused(&change("folder/a")),
            WriteProblem::OutsideRoot
        ));
        assert!(matches!(refused(&change("file")), WriteProblem::Link));
        let inside = place.file("b", "old");
        let planned = swap(&place.root, &inside, "old", "new");
        fs::remove_file(&inside).expect("removed");
        symlink(elsewhere.join("a"), &inside).expect("a link");
        assert!(matches!(
            refused(&place.write(&[planned])),
            WriteProblem::Link
        ));
        assert_eq!(fs::read(elsewhere.join("a")).expect("readable"), b"old");
        assert_eq!(fs::read_dir(&elsewhere).expect("a folder").count(), 1);
    }

    #[test]
    fn a_link_inside_leads_to_its_file() {
        let place = Place::new();
        let path = place.file("real/a", "old");
        symlink("real", place.root.join("folder")).expect("a link");
        symlink("real/a", place.root.join("file")).expect("a link");
        // A plan names the file itself, and reports the link that was checked.
        let mut change = swap(&place.root, &path, "old", "new");
        change.relative = "file".to_owned();
        all_written(&place.write(&[change]));
        assert_eq!(fs::read(&path).expect("readable"), b"new");
        assert!(place.root.join("file").is_symlink());
        let undone = place.undo();
        all_restored(&undone);
        assert_eq!(undone.files[0].relative, "real/a");
        assert_eq!(fs::read(&path).expect("readable"), b"old");

        let through = place.root.join("folder/a");
        all_written(&place.write(&[swap(&place.root, &through, "old", "new")]));
        assert_eq!(fs::read(&path).expect("readable"), b"new");
        assert!(place.root.join("folder").is_symlink());
        all_restored(&place.undo());
    }

    #[test]
    fn patches_are_not_written_through_links() {
        for name in [".ptlint", ".ptlint/undo"] {
            let place = Place::new();
            let path = place.file("a", "old");
            let elsewhere = place.outside.join("elsewhere");
            fs::create_dir_all(elsewhere.join("undo")).expect("a folder");
            let link = place.root.join(name);
            fs::create_dir_all(link.parent().expect("a folder")).expect("a folder");
            symlink(&elsewhere, &link).expect("a link");
            let written = place.write(&[swap(&place.root, &path, "old", "new")]);
            let WriteProblem::NoUndoPatch(problem) = refused(&written) else {
                panic!("{written:?}");
            };
            assert!(problem.contains("is a link"), "{problem}");
            assert_eq!(fs::read(&path).expect("readable"), b"old");
            let error = undo(None, &place.root).expect_err("a link");
            assert_eq!(code(&error), "undo::unreadable");
            let found = walkdir::WalkDir::new(&elsewhere).into_iter();
            assert_eq!(found.count(), 2, "the folder and `undo`");
        }
        // What keeps patches out of git may be a link to nowhere; nothing is made there.
        let place = Place::new();
        let path = place.file("a", "old");
        fs::create_dir(place.root.join(".ptlint")).expect("a folder");
        let nowhere = place.outside.join("nowhere");
        symlink(&nowhere, place.root.join(".ptlint/.gitignore")).expect("a link");
        all_written(&place.write(&[swap(&place.root, &path, "old", "new")]));
        assert!(!nowhere.exists());
        // A link is not a patch.
        fs::rename(place.patch(1), place.outside.join("patch")).expect("renamed");
        symlink(place.outside.join("patch"), place.patch(1)).expect("a link");
        let error = undo(None, &place.root).expect_err("a link");
        assert_eq!(code(&error), "undo::none");
    }

    #[test]
    fn a_patch_does_not_restore_through_links_to_the_outside() {
        let place = Place::new();
        let path = place.file("folder/a", "old");
        all_written(&place.write(&[swap(&place.root, &path, "old", "new")]));
        let elsewhere = place.outside.join("elsewhere");
        fs::rename(place.root.join("folder"), &elsewhere).expect("renamed");
        symlink(&elsewhere, place.root.join("folder")).expect("a link");
        let undone = place.undo();
        assert!(
            matches!(
                undone.files[0].outcome,
                UndoneOutcome::Left(WriteProblem::OutsideRoot)
            ),
            "{undone:?}"
        );
        assert!(!undone.removed);
        assert_eq!(fs::read(elsewhere.join("a")).expect("readable"), b"new");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_no_text_are_restored() {
        use std::os::unix::ffi::OsStrExt as _;
        let place = Place::new();
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9\\.txt");
        let path = place.root.join(name);
        fs::write(&path, "old").expect("written");
        all_written(&place.write(&[swap(&place.root, &path, "old", "new")]));
        assert_eq!(fs::read(&path).expect("readable"), b"new");
        all_restored(&place.undo());
        assert_eq!(fs::read(&path).expect("readable"), b"old");
    }

    /// What a child that is limited to small files is told by this variable: where it works.
    const LIMITED: &str = "PTLINT_TEST_LIMITED";

    #[test]
    fn a_file_that_the_disk_does_not_take_stays_old() {
        let name = "writing::unix::a_file_that_the_disk_does_not_take_stays_old";
        let big = vec![b'x'; 200_000];
        if let Some(root) = std::env::var_os(LIMITED) {
            let root = PathBuf::from(root);
            let changes = ["big", "small"].map(|n| swap(&root, &root.join(n), "old", "new"));
            let options = WriteOptions {
                root,
                ..WriteOptions::default()
            };
            let written = write(&changes, &options);
            let [
                WriteOutcome::NotWritten(reason @ WriteProblem::Io(_)),
                WriteOutcome::Written,
            ] = &written.outcomes[..]
            else {
                panic!("{written:?}");
            };
            assert!(reason.is_failure());
            return;
        }
        let place = Place::new();
        let content = [b"old", &big[..]].concat();
        let path = place.file("big", &content);
        place.file("small", "old");
        // The limit is in blocks of 512 or 1,024 bytes. Without the signal the write fails.
        let script = "trap '' XFSZ; ulimit -f 20; exec \"$0\" --exact \"$1\" --nocapture";
        let output = Command::new("sh")
            .args(["-c", script])
            .arg(std::env::current_exe().expect("this program"))
            .arg(name)
            .env(LIMITED, &place.root)
            .output()
            .expect("sh");
        assert!(
            output.status.success() && String::from_utf8_lossy(&output.stdout).contains("1 passed"),
            "{output:?}"
        );
        assert_eq!(fs::read(&path).expect("readable"), content);
        assert_eq!(place.names(), ["big", "small"]);
        assert_eq!(fs::read(place.root.join("small")).expect("text"), b"new");
    }
}

#[cfg(unix)]
mod killed {
    use std::hash::{BuildHasher as _, RandomState};
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    use ptlint::internals::edit::apply;

    use super::*;

    /// What a child that will be killed is told: where it works, and what.
    const CHILD: &str = "PTLINT_TEST_CHILD";
    const WORK: &str = "PTLINT_TEST_WORK";
    const FILES: usize = 1_000;

    type Content = fn(usize) -> Vec<u8>;

    fn path_of(number: usize) -> PathBuf {
        PathBuf::from(format!("{:02}/{number}.txt", number % 20))
    }

    fn with(number: usize, name: &str) -> Vec<u8> {
        let filler = "\u{e9}\r\n\0".repeat(number * 997 % 9_000);
        format!("{number} {name} {filler} end").into_bytes()
    }

    fn old(number: usize) -> Vec<u8> {
        with(number, "old")
    }

    fn new(number: usize) -> Vec<u8> {
        with(number, "a newer one")
    }

    fn thousand(root: &Path) -> Vec<Change> {
        let change = |number: usize| {
            let content = old(number);
            let at = number.to_string().len() + 1;
            let edits = vec![edit(&content, at..at + 3, "a newer one")];
            assert_eq!(apply(&content, &edits), new(number));
            let relative = path_of(number).to_string_lossy().into_owned();
            Change::new(root.join(&relative), relative, &content, edits)
        };
        (0..FILES).map(change).collect()
    }

    fn read(root: &Path, number: usize) -> Vec<u8> {
        fs::read(root.join(path_of(number))).expect("always there")
    }

    /// Starts the test below again as a process of its own that does some work, and kills it.
    /// Without a number that is `delay` after its start. With one it is `delay` after that many
    /// files have become `to`; each is read without a pause while it is its turn.
    fn kill_at(root: &Path, work: &str, from: Content, to: Content, at: (usize, Duration)) {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args([
                "--exact",
                "writing::killed::a_killed_run_leaves_files_old_or_new",
            ])
            .env(CHILD, root)
            .env(WORK, work)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a process");
        let (number, delay) = at;
        let start = Instant::now();
        let mut turn = 0;
        while turn < number {
            let content = read(root, turn);
            if content == to(turn) {
                turn += 1;
                continue;
            }
            assert!(
                content == from(turn),
                "{turn} holds {} bytes",
                content.len()
            );
            assert!(start.elapsed() < Duration::from_secs(60), "no progress");
            let ended = child.try_wait().expect("a state");
            assert!(ended.is_none() || read(root, turn) == to(turn), "{ended:?}");
        }
        std::thread::sleep(delay);
        let _ = child.kill();
        child.wait().expect("it ended");
    }

    /// Each file is old or new; how many are new. Removes what the killed process left.
    fn old_or_new(place: &Place) -> usize {
        let mut new_files = 0;
        for number in 0..FILES {
            let content = read(&place.root, number);
            let is_new = content == new(number);
            assert!(is_new || content == old(number), "{number}");
            new_files += usize::from(is_new);
        }
        let mut left = Vec::new();
        for name in place.names() {
            let path = Path::new(&name);
            let file = path.file_name().expect("a name").to_string_lossy();
            if file.starts_with(".ptlint-") {
                assert_eq!(path.extension(), Some("tmp".as_ref()), "{name}");
                fs::remove_file(place.root.join(path)).expect("removed");
                left.push(name);
            }
        }
        assert!(left.len() <= 1, "{left:?}");
        assert_eq!(place.names().len(), FILES);
        new_files
    }

    #[test]
    fn a_killed_run_leaves_files_old_or_new() {
        if let Some(root) = std::env::var_os(CHILD) {
            let root = PathBuf::from(root);
            if std::env::var(WORK).is_ok_and(|work| work == "undo") {
                undo(None, &root).expect("a patch");
            } else {
                let changes = thousand(&root);
                let options = WriteOptions {
                    root,
                    ..WriteOptions::default()
                };
                all_written(&write(&changes, &options));
            }
            return;
        }
        // Where files are in memory, waiting for a disk takes no time.
        let memory = tempfile::tempdir_in("/dev/shm");
        let place = memory.map_or_else(|_| Place::new(), Place::within);
        for number in 0..FILES {
            place.file(&path_of(number).to_string_lossy(), old(number));
        }
        let mut partly = 0;
        for round in 0..6_u64 {
            let random = RandomState::new().hash_one(round);
            let mut delay = Duration::from_nanos(random >> 32 & 0xf_ffff);
            let mut number = usize::try_from(random & 0xffff).expect("small") * 900 / 0x1_0000 + 1;
            let early = round < 2;
            if early {
                // Around the time at which the patch is written.
                (number, delay) = (0, 64 * delay);
            }
            println!("round {round}: {number}, {delay:?}");
            kill_at(&place.root, "write", old, new, (number, delay));
            let new_files = old_or_new(&place);
            assert!(new_files >= number);
            partly += usize::from((1..FILES).contains(&new_files));
            let twice = round >= 4;
            if twice {
                // The undoing is killed, too, and begun again.
                kill_at(&place.root, "undo", new, old, (number, delay));
                old_or_new(&place);
            }
            match undo(None, &place.root) {
                Ok(undone) => {
                    assert!(undone.removed, "{undone:?}");
                    assert_eq!(undone.files.len(), FILES);
                }
                // The run was killed before it had a patch, or the undoing was not killed in time.
                Err(error) => {
                    assert!(early && new_files == 0 || twice, "{error}");
                    assert_eq!(code(&error), "undo::none");
                }
            }
            for number in 0..FILES {
                assert!(read(&place.root, number) == old(number), "{number}");
            }
        }
        assert!(partly > 0, "no run was killed in the middle");
    }
}
