//! Baselines: what they cover, how they change, and that two branches can both change them.

use std::fs;
use std::path::Path;

use crate::common::{AS_OF, folder, git, run_in, transcript, write};
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

const DEV: &str = "url: https://msg.dev.spine2.ncrs.nhs.uk/sync-service\n";
const TRAIN: &str = "ldap: ldaps://ldap.vn03.national.ncrs.nhs.uk\n";
const HEADER: &str = "{\"schema\":\"ptlint.baseline/v1\"}\n";
const FILE: &str = "ptlint.baseline.jsonl";

/// `ptlint baseline …`: exit code and output.
fn baseline(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut all = vec!["baseline"];
    all.extend(arguments);
    if !arguments.contains(&"--as-of") {
        all.extend(["--as-of", AS_OF]);
    }
    let (code, out, err) = run_in(folder, &all);
    assert_eq!(err, "", "{all:?}");
    (code, out)
}

fn text(folder: &Path) -> String {
    fs::read_to_string(folder.join(FILE)).expect("a baseline")
}

/// `check --baseline`: exit code, places, and how the baseline was used.
fn check(folder: &Path, arguments: &[&str]) -> (i32, Vec<String>, Value) {
    let mut all = vec!["check", "--format", "json", "--as-of", AS_OF];
    if !arguments.iter().any(|a| a.contains("baseline")) {
        all.extend(["--baseline", FILE]);
    }
    all.extend(arguments);
    let (code, out, err) = run_in(folder, &all);
    assert_eq!(err, "", "{all:?}");
    let mut report: Value = serde_json::from_str(&out).expect("JSON");
    let violations = report["violations"].as_array().expect("a list");
    let place = |v: &Value| {
        format!(
            "{}:{}",
            v["path"].as_str().expect("text"),
            v["start"]["line"]
        )
    };
    let places = violations.iter().map(place).collect();
    (code, places, report["baseline"].take())
}

fn commit(folder: &Path, message: &str) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", message]);
}

#[test]
fn outputs() {
    let dir = folder(&[("a.yml", DEV), ("b/c.yml", &format!("{TRAIN}{DEV}"))]);
    let mut all = String::new();
    let mut run = |arguments: &[&str]| {
        all.push_str(&transcript(
            dir.path(),
            &[arguments, &["--as-of", AS_OF]].concat(),
        ));
    };
    run(&["baseline", "show"]);
    run(&["baseline", "create"]);
    run(&["baseline", "create"]);
    run(&["baseline", "show"]);
    run(&["check", "--baseline", FILE]);
    write(dir.path(), "a.yml", "");
    write(
        dir.path(),
        "b/c.yml",
        format!(
            "{TRAIN}{DEV}other: https://{}\n",
            "msg.train.spine2.ncrs.nhs.uk"
        ),
    );
    run(&["check", "--baseline", FILE, "--format", "concise"]);
    run(&["baseline", "show"]);
    run(&["baseline", "update"]);
    run(&["baseline", "update", "--accept-new"]);
    run(&["baseline", "show"]);
    run(&["baseline", "prune"]);
    run(&["check", "--baseline", "missing.jsonl"]);
    run(&["baseline", "create", "-"]);
    insta::assert_snapshot!(all);
    insta::assert_snapshot!(text(dir.path()));
}

#[test]
fn the_same_bytes_whoever_writes_it() {
    let files: Vec<(String, String)> = (0..40)
        .map(|n| {
            (
                format!("{}/f{n}.yml", n % 7),
                format!("{DEV}{TRAIN}x: {n}\n{DEV}"),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (&n[..], &t[..])).collect();
    let dir = folder(&files);
    let mut texts = Vec::new();
    for (threads, from, scanned) in [("1", ".", "."), ("8", ".", "."), ("8", "3", "..")] {
        let arguments = ["create", "--threads", threads, scanned];
        assert_eq!(baseline(&dir.path().join(from), &arguments).0, 0);
        texts.push(text(dir.path()));
        fs::remove_file(dir.path().join(FILE)).expect("removed");
    }
    assert_eq!(texts[0].lines().count(), 121);
    assert!(texts.iter().all(|text| *text == texts[0]));
    let mut lines: Vec<&str> = texts[0].lines().skip(1).collect();
    lines.sort_by_key(|line| {
        let entry: Value = serde_json::from_str(line).expect("JSON");
        ["path", "rule", "name", "fingerprint"].map(|f| entry[f].as_str().expect("text").to_owned())
    });
    assert!(
        lines
            .iter()
            .eq(texts[0].lines().skip(1).collect::<Vec<_>>().iter())
    );
    let root = dir.path().canonicalize().expect("a path");
    assert!(!texts[0].contains(root.to_str().expect("text")));
}

#[test]
fn lines_may_move_and_what_is_new_is_reported() {
    let dir = folder(&[("a.yml", DEV), ("b.txt", "msg.dev.spine2.ncrs.nhs.uk\n")]);
    baseline(dir.path(), &["create"]);
    write(dir.path(), "a.yml", format!("# more\nx: 1\n{DEV}"));
    write(dir.path(), "b.txt", "more\nmsg.dev.spine2.ncrs.nhs.uk\n");
    let (code, places, used) = check(dir.path(), &[]);
    assert_eq!((code, places), (0, vec![]));
    assert_eq!(used["known"], 2);
    write(
        dir.path(),
        "b.txt",
        "msg.dev.spine2.ncrs.nhs.uk\nmsg.dev.spine2.ncrs.nhs.uk\n",
    );
    let (code, places, _) = check(dir.path(), &[]);
    assert_eq!((code, places), (1, vec!["b.txt:2".into()]));
    assert_eq!(check(dir.path(), &["--no-baseline"]).1.len(), 3);
}

#[test]
fn entries_of_lists_may_move() {
    let item = |name: &str| format!("  - https://{name}.dev.spine2.ncrs.nhs.uk\n");
    let list = |items: &[&str]| {
        let items: String = items.iter().map(|name| item(name)).collect();
        format!("urls:\n{items}")
    };
    let dir = folder(&[("a.yml", &list(&["msg", "sync"]))]);
    baseline(dir.path(), &["create"]);
    assert!(text(dir.path()).contains("urls[1]"));
    write(
        dir.path(),
        "a.yml",
        list(&["sync", "msg"]).replace("urls:\n", "urls:\n  - x\n"),
    );
    let (code, places, used) = check(dir.path(), &[]);
    assert_eq!((code, places, used["known"].as_u64()), (0, vec![], Some(2)));
    // The same again is new.
    write(
        dir.path(),
        "a.yml",
        list(&["msg", "sync", "msg"]).replace("urls:\n", "urls:\n  - x\n"),
    );
    let (code, places, _) = check(dir.path(), &[]);
    assert_eq!((code, places.len()), (1, 1));
    write(dir.path(), "a.yml", list(&["sync"]));
    assert_eq!(baseline(dir.path(), &["update"]).0, 0);
    let followed = text(dir.path());
    fs::remove_file(dir.path().join(FILE)).expect("removed");
    baseline(dir.path(), &["create"]);
    assert_eq!(text(dir.path()), followed);
}

#[test]
fn two_equal_names_and_one_is_removed() {
    let name = "msg.dev.spine2.ncrs.nhs.uk\n";
    let dir = folder(&[("a.txt", &format!("{name}{name}"))]);
    baseline(dir.path(), &["create"]);
    write(dir.path(), "a.txt", name);
    let (code, places, used) = check(dir.path(), &[]);
    assert_eq!((code, places), (0, vec![]));
    assert_eq!(
        (
            used["known"].as_u64(),
            used["stale"].as_array().map(Vec::len)
        ),
        (Some(1), Some(1))
    );
    assert_eq!(baseline(dir.path(), &["update"]).0, 0);
    assert_eq!(text(dir.path()).lines().count(), 2);
    // It may not come back.
    write(dir.path(), "a.txt", format!("{name}{name}"));
    assert_eq!(check(dir.path(), &[]).0, 1);
}

#[test]
fn files_may_get_a_new_name() {
    let name = "msg.dev.spine2.ncrs.nhs.uk\n";
    let dir = folder(&[
        ("old/a.yml", DEV),
        ("old/b.yml", DEV),
        ("notes.txt", &format!("{name}{name}")),
    ]);
    baseline(dir.path(), &["create"]);
    // A folder with a new name: equal entries, told apart by the names of their files.
    fs::rename(dir.path().join("old"), dir.path().join("new")).expect("renamed");
    fs::rename(dir.path().join("notes.txt"), dir.path().join("read.txt")).expect("renamed");
    let (code, places, used) = check(dir.path(), &[]);
    assert_eq!((code, places), (0, vec![]));
    assert_eq!(
        (
            used["known"].as_u64(),
            used["stale"].as_array().map(Vec::len)
        ),
        (Some(4), Some(0))
    );
    // The baseline follows, and is then that of a folder which was always called so.
    assert_eq!(baseline(dir.path(), &["update"]).0, 0);
    let followed = text(dir.path());
    fs::remove_file(dir.path().join(FILE)).expect("removed");
    baseline(dir.path(), &["create"]);
    assert_eq!(followed, text(dir.path()));
}

#[test]
fn what_is_not_unique_or_still_there_is_no_new_name() {
    let dir = folder(&[("a.yml", DEV), ("b.yml", DEV)]);
    baseline(dir.path(), &["create"]);
    // Two files are gone and two are new: who is who?
    fs::rename(dir.path().join("a.yml"), dir.path().join("c.yml")).expect("renamed");
    fs::rename(dir.path().join("b.yml"), dir.path().join("d.yml")).expect("renamed");
    assert_eq!(check(dir.path(), &[]).1.len(), 2);
    // A copy is new, and so is what moved out of a file that is still there.
    let dir = folder(&[("a.yml", DEV)]);
    baseline(dir.path(), &["create"]);
    write(dir.path(), "copy.yml", DEV);
    assert_eq!(check(dir.path(), &[]).1, ["copy.yml:1"]);
    write(dir.path(), "a.yml", "x: 1\n");
    assert_eq!(check(dir.path(), &[]).1, ["copy.yml:1"]);
}

#[test]
fn a_baseline_grows_only_when_it_is_told_to() {
    let dir = folder(&[("a.yml", DEV), ("b.yml", DEV)]);
    baseline(dir.path(), &["create"]);
    let before = text(dir.path());
    fs::remove_file(dir.path().join("b.yml")).expect("removed");
    write(dir.path(), "c.yml", TRAIN);
    let (code, out) = baseline(dir.path(), &["update"]);
    assert_eq!(code, 1);
    assert!(out.starts_with("c.yml:1:"), "{out}");
    let after = text(dir.path());
    assert_eq!(after.lines().count(), 2);
    assert!(
        after.lines().all(|line| before.contains(line)),
        "only smaller"
    );
    assert_eq!(check(dir.path(), &[]).0, 1);
    assert_eq!(baseline(dir.path(), &["update", "--accept-new"]).0, 0);
    assert_eq!(check(dir.path(), &[]).0, 0);
    // Nothing to do, so nothing is written.
    let file = dir.path().join(FILE);
    let crlf = text(dir.path()).replace('\n', "\r\n");
    fs::write(&file, &crlf).expect("written");
    assert_eq!(baseline(dir.path(), &["update", "--accept-new"]).0, 0);
    assert_eq!(text(dir.path()), crlf);
}

#[test]
fn equal_identifiers_count() {
    let line = "s(\"https://api.dev3.ers.ncrs.nhs.uk/ers-api/STU3/v1/CodeSystem/X\");\n";
    let dir = folder(&[("A.java", &line.repeat(2))]);
    baseline(dir.path(), &["create"]);
    assert!(text(dir.path()).contains("\"count\":2"));
    assert_eq!(check(dir.path(), &[]).1.len(), 0);
    write(dir.path(), "A.java", line.repeat(3));
    assert_eq!(check(dir.path(), &[]).1.len(), 1);
    assert_eq!(baseline(dir.path(), &["update"]).0, 1);
    write(dir.path(), "A.java", line);
    assert_eq!(check(dir.path(), &[]).1.len(), 0);
    baseline(dir.path(), &["update"]);
    assert!(!text(dir.path()).contains("\"count\""));
}

#[test]
fn only_what_was_checked_can_be_stale() {
    let dir = folder(&[("a/x.yml", DEV), ("b/x.yml", TRAIN), ("c.yml", DEV)]);
    baseline(dir.path(), &["create"]);
    for name in ["a/x.yml", "b/x.yml", "c.yml"] {
        write(dir.path(), name, "x: 1\n");
    }
    let stale = |arguments: &[&str]| {
        let (_, _, used) = check(dir.path(), arguments);
        used["stale"].as_array().expect("a list").len()
    };
    assert_eq!(stale(&[]), 3);
    assert_eq!(stale(&["a/x.yml", "c.yml"]), 2);
    assert_eq!(stale(&["--exclude", "b/"]), 2);
    fs::remove_dir_all(dir.path().join("a")).expect("removed");
    assert_eq!(stale(&[]), 3);
    let (_, out) = baseline(dir.path(), &["prune", "b/x.yml", "c.yml"]);
    assert_eq!(out, "Removed 2 of 3 entries.\n");
    assert_eq!(text(dir.path()).matches("a/x.yml").count(), 1);
}

#[test]
fn a_part_of_a_repository_has_the_same_baseline() {
    let dir = folder(&[("a/x.yml", DEV), ("b/x.yml", DEV)]);
    git(dir.path(), &["init", "-q"]);
    // Written from a subfolder, it is at the root with paths from there.
    assert_eq!(baseline(&dir.path().join("a"), &["create"]).0, 0);
    assert!(text(dir.path()).contains("\"path\":\"a/x.yml\""));
    assert_eq!(check(dir.path(), &[]).1, ["b/x.yml:1"]);
    assert_eq!(
        check(
            &dir.path().join("a"),
            &["--baseline", "../ptlint.baseline.jsonl"]
        )
        .0,
        0
    );
    let (code, out) = baseline(&dir.path().join("b"), &["update", "--accept-new"]);
    assert_eq!(code, 0, "{out}");
    assert_eq!(text(dir.path()).lines().count(), 3);
    // Staged files are covered too, and nothing is said about others.
    git(dir.path(), &["add", "a/x.yml"]);
    let (code, places, used) = check(dir.path(), &["--staged"]);
    assert_eq!((code, places, used["known"].as_u64()), (0, vec![], Some(1)));
    assert_eq!(used["stale"], serde_json::json!([]));
}

#[test]
fn decommissioned_references_can_be_kept_out() {
    let dir = folder(&[("a.yml", DEV), ("b.yml", TRAIN)]);
    // Before they are decommissioned they are taken in.
    assert_eq!(
        baseline(dir.path(), &["create", "--as-of", "2025-07-01"]).0,
        0
    );
    write(
        dir.path(),
        "ptlint.yaml",
        format!("baseline: {FILE}\nbaseline-decommissioned: false\n"),
    );
    let before = ["check", "--as-of", "2025-07-30"];
    assert_eq!(run_in(dir.path(), &before).0, 0);
    insta::assert_snapshot!(transcript(
        dir.path(),
        &["check", "--as-of", AS_OF, "--format", "concise"]
    ));
    let (code, _, used) = check(dir.path(), &["--baseline", FILE]);
    assert_eq!((code, used["not_covered"].as_u64()), (1, Some(2)));
    assert_eq!(used["stale"], serde_json::json!([]));
    let unchanged = text(dir.path());
    let (code, out) = baseline(dir.path(), &["update", "--accept-new"]);
    assert_eq!(code, 1, "{out}");
    assert_eq!(text(dir.path()), unchanged);
    fs::remove_file(dir.path().join(FILE)).expect("removed");
    baseline(dir.path(), &["create"]);
    assert_eq!(text(dir.path()), HEADER);
}

#[test]
fn malformed_files_are_refused_with_their_lines() {
    let dir = folder(&[("a.yml", DEV), ("b.yml", DEV)]);
    baseline(dir.path(), &["create"]);
    let sound = text(dir.path());
    let entry = sound.lines().nth(1).expect("an entry").to_owned();
    let mut all = String::new();
    for broken in [
        String::new(),
        "[]\n".to_owned(),
        format!("{entry}\n"),
        format!("{HEADER}{entry}\n\n{entry}\n"),
        format!("{HEADER}<<<<<<< HEAD\n{entry}\n=======\n>>>>>>> side\n"),
        format!("{HEADER}{}\n", entry.replace("\"rule\"", "\"line\"")),
        format!("{HEADER}{}\n", entry.replace("a.yml", "/a.yml")),
        format!("{HEADER}{{\"path\":\"a\u{1b}[2J\"\n"),
        format!(
            "{HEADER}{}\n",
            entry.replace("\"fingerprint\":\"", "\"fingerprint\":\"x")
        ),
    ] {
        fs::write(dir.path().join(FILE), &broken).expect("written");
        let text = transcript(dir.path(), &["check", "--baseline", FILE]);
        assert!(text.ends_with("--- exit 2\n"), "{broken}\n{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
        let (code, _, err) = run_in(dir.path(), &["baseline", "update"]);
        assert_eq!(code, 2, "{err}");
        all.push_str(&text);
    }
    insta::assert_snapshot!(all);
    // In another order and twice, as a merge may leave them.
    let mut lines: Vec<&str> = sound.lines().skip(1).collect();
    lines.reverse();
    lines.push(lines[0]);
    fs::write(
        dir.path().join(FILE),
        format!("{HEADER}{}\n", lines.join("\n")),
    )
    .expect("written");
    assert_eq!(check(dir.path(), &[]).0, 0);
}

#[test]
fn a_configuration_names_a_baseline_beside_it() {
    let dir = folder(&[
        ("in/a.yml", DEV),
        ("in/ptlint.yaml", "baseline: known.jsonl\n"),
    ]);
    let inner = dir.path().join("in");
    let (code, out) = baseline(&inner, &["create"]);
    assert_eq!(code, 0, "{out}");
    assert!(inner.join("known.jsonl").exists());
    assert_eq!(run_in(dir.path(), &["check", "in"]).0, 0);
    assert_eq!(run_in(dir.path(), &["check", "in", "--no-baseline"]).0, 1);
    // One that is in use hides nothing from what writes it again.
    let before = fs::read(inner.join("known.jsonl")).expect("a file");
    for (command, code) in [("create", 2), ("update", 0)] {
        assert_eq!(run_in(&inner, &["baseline", command]).0, code);
        let after = fs::read(inner.join("known.jsonl")).expect("a file");
        assert_eq!(after, before, "{command}");
    }
    fs::rename(inner.join("known.jsonl"), dir.path().join("known.jsonl")).expect("renamed");
    write(&inner, "ptlint.yaml", "baseline: ../known.jsonl\n");
    let (code, _, err) = run_in(dir.path(), &["check", "in"]);
    assert_eq!(code, 2);
    assert!(err.contains("config::baseline-outside"), "{err}");
}

#[test]
fn a_baseline_is_no_violation_itself() {
    let dir = folder(&[("a.yml", DEV)]);
    baseline(dir.path(), &["create"]);
    let places = |folder: &Path| check(folder, &["--no-baseline"]).1;
    assert_eq!(places(dir.path()), ["a.yml:1"]);
    // Its first line cannot hide anything.
    write(dir.path(), "b.yml", format!("{HEADER}{DEV}"));
    assert_eq!(places(dir.path()), ["a.yml:1", "b.yml:2"]);
}

#[cfg(unix)]
#[test]
fn it_is_written_as_other_files_are() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let dir = folder(&[("a.yml", DEV), ("b.yml", DEV)]);
    baseline(dir.path(), &["create"]);
    let file = dir.path().join(FILE);
    let plain = fs::metadata(dir.path().join("a.yml"))
        .expect("a file")
        .mode();
    assert_eq!(fs::metadata(&file).expect("a file").mode(), plain);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("set");
    fs::rename(&file, dir.path().join("real")).expect("renamed");
    std::os::unix::fs::symlink("real", &file).expect("a link");
    write(dir.path(), "a.yml", "");
    baseline(dir.path(), &["prune"]);
    assert!(file.is_symlink());
    assert_eq!(fs::metadata(&file).expect("a file").mode() & 0o777, 0o640);
    assert_eq!(text(dir.path()).lines().count(), 2);
    assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 4);
}

#[test]
fn what_is_known_can_be_fixed() {
    let dir = folder(&[("a.yml", DEV)]);
    baseline(dir.path(), &["create"]);
    let arguments = [
        "check",
        "--baseline",
        FILE,
        "--as-of",
        AS_OF,
        "--fix",
        "--format",
        "concise",
    ];
    let (code, out, err) = run_in(dir.path(), &arguments);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let fixed = fs::read_to_string(dir.path().join("a.yml")).expect("a file");
    assert!(fixed.contains("msg.int.spine2.ncrs.nhs.uk"), "{fixed}");
    assert!(err.contains("1 entry of the baseline is stale"), "{err}");
}

/// A repository in which ten files are known, and a branch.
fn branched() -> TempDir {
    let files: Vec<String> = (0..10).map(|n| format!("f{n}.yml")).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|name| (&name[..], DEV)).collect();
    let dir = folder(&files);
    git(dir.path(), &["init", "-q", "-b", "main"]);
    baseline(dir.path(), &["create"]);
    commit(dir.path(), "first");
    git(dir.path(), &["branch", "side"]);
    dir
}

#[test]
fn branches_that_fix_different_things_merge() {
    let dir = branched();
    for (branch, file) in [("main", "f2.yml"), ("side", "f7.yml")] {
        git(dir.path(), &["checkout", "-q", branch]);
        write(dir.path(), file, "x: 1\n");
        assert_eq!(baseline(dir.path(), &["update"]).0, 0);
        commit(dir.path(), branch);
    }
    git(dir.path(), &["merge", "-q", "--no-edit", "main"]);
    assert_eq!(text(dir.path()).lines().count(), 9);
    let (code, places, used) = check(dir.path(), &[]);
    assert_eq!((code, places), (0, vec![]));
    assert_eq!(used["stale"], serde_json::json!([]));
    // Nothing to do: what git made is what ptlint writes.
    let merged = text(dir.path());
    fs::remove_file(dir.path().join(FILE)).expect("removed");
    baseline(dir.path(), &["create"]);
    assert_eq!(text(dir.path()), merged);
}

#[test]
fn branches_that_accept_different_things_merge() {
    let dir = branched();
    for (branch, file) in [("main", "f1-new.yml"), ("side", "f8-new.yml")] {
        git(dir.path(), &["checkout", "-q", branch]);
        write(dir.path(), file, TRAIN);
        assert_eq!(baseline(dir.path(), &["update", "--accept-new"]).0, 0);
        commit(dir.path(), branch);
    }
    git(dir.path(), &["merge", "-q", "--no-edit", "main"]);
    assert_eq!(text(dir.path()).lines().count(), 13);
    assert_eq!(check(dir.path(), &[]).0, 0);
}

/// Neighbouring lines do conflict, unless git is told that both sides may stay.
#[test]
fn neighbours_merge_with_the_union_driver() {
    let dir = branched();
    write(
        dir.path(),
        ".gitattributes",
        "*.baseline.jsonl merge=union\n",
    );
    commit(dir.path(), "attributes");
    git(dir.path(), &["branch", "-f", "side"]);
    for (branch, file) in [("main", "f4.yml"), ("side", "f5.yml")] {
        git(dir.path(), &["checkout", "-q", branch]);
        write(dir.path(), file, "x: 1\n");
        write(dir.path(), &format!("z-{branch}.yml"), TRAIN);
        assert_eq!(baseline(dir.path(), &["update", "--accept-new"]).0, 0);
        commit(dir.path(), branch);
    }
    git(dir.path(), &["merge", "-q", "--no-edit", "main"]);
    assert_eq!(check(dir.path(), &[]).0, 0);
    assert_eq!(baseline(dir.path(), &["prune"]).0, 0);
    let merged = text(dir.path());
    fs::remove_file(dir.path().join(FILE)).expect("removed");
    baseline(dir.path(), &["create"]);
    assert_eq!(text(dir.path()), merged);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// What a baseline was made of is covered by it, and it is made of the same again.
    #[test]
    fn a_baseline_covers_what_it_was_made_of(
        files in proptest::collection::btree_map(
            "[a-c]/[a-c]\\.(yml|txt|env)",
            proptest::collection::vec(0..5usize, 0..6),
            1..6,
        )
    ) {
        let lines = [DEV, TRAIN, "x: 1\n", "NHS_TRAIN_ENDPOINT=1\n", "A=msg.dev.spine2.ncrs.nhs.uk\n"];
        let dir = tempfile::tempdir().expect("a folder");
        for (name, numbers) in &files {
            let text: String = numbers.iter().map(|n| lines[*n]).collect();
            write(dir.path(), name, &text);
        }
        baseline(dir.path(), &["create"]);
        let (code, places, used) = check(dir.path(), &[]);
        prop_assert_eq!((code, places), (0, vec![]));
        prop_assert_eq!(&used["stale"], &serde_json::json!([]));
        let before = text(dir.path());
        prop_assert_eq!(baseline(dir.path(), &["update", "--accept-new"]).0, 0);
        prop_assert_eq!(text(dir.path()), before);
    }
}

#[test]
fn a_run_of_a_part_keeps_the_entries_of_the_rest_without_git_too() {
    for command in ["update", "prune"] {
        for (at, part) in [
            (".", "a"),
            (".", "a/x.yml"),
            ("a", "."),
            ("a", "../c"),
            (".", "c"),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            for path in ["a/x.yml", "c/y.yml", "z.yml"] {
                let path = folder.path().join(path);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                std::fs::write(path, "u: https://msg.dev.spine2.ncrs.nhs.uk/\n").expect("a file");
            }
            let file = folder.path().join("ptlint.baseline.jsonl");
            let (code, out, err) = run_in(folder.path(), &["baseline", "create"]);
            assert_eq!(code, 0, "{out}{err}");
            let before = std::fs::read_to_string(&file).expect("a baseline");
            let from = folder.path().join(at);
            let named = file.display().to_string();
            let arguments = ["baseline", command, "--baseline", &named, part];
            let (code, out, err) = run_in(&from, &arguments);
            assert_eq!(code, 0, "{command} {part} in {at}: {out}{err}");
            let after = std::fs::read_to_string(&file).expect("a baseline");
            assert_eq!(after, before, "{command} {part} in {at}");
        }
    }
}
