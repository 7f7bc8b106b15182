//! Which files are read: in a repository exactly those that git lists, and never a pipe or a device.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::common::{AS_OF, finish, folder, git, ptlint, write};
use serde_json::Value;
use tempfile::TempDir;

const URL: &str = "url: https://msg.dev.spine2.ncrs.nhs.uk/\n";

fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = folder(files);
    git(folder.path(), &["init", "-q", "-b", "main"]);
    folder
}

fn check(folder: &Path, arguments: &[&str]) -> (i32, Value) {
    let mut command = ptlint();
    command
        .current_dir(folder)
        .args(["check", "--no-config", "--as-of", AS_OF, "--format", "json"])
        .args(arguments);
    report(&mut command)
}

fn report(command: &mut Command) -> (i32, Value) {
    let (code, out, err) = finish(command);
    let report = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}{err}"));
    (code, report)
}

fn files(report: &Value) -> Vec<String> {
    let violations = report["violations"].as_array().expect("a list");
    let mut files: Vec<String> = violations
        .iter()
        .map(|v| v["path"].as_str().expect("a path").to_owned())
        .collect();
    files.dedup();
    files
}

fn skipped(report: &Value) -> String {
    let map = report["coverage"]["skipped"].as_object().expect("a map");
    let reasons = map.iter().map(|(reason, skipped)| {
        let paths = skipped["paths"].as_array().expect("a list").iter();
        let paths: Vec<&str> = paths.map(|p| p.as_str().expect("a path")).collect();
        format!("{reason}: {}", paths.join(" "))
    });
    reasons.collect::<Vec<_>>().join("; ")
}

/// What git itself would show.
fn listed(folder: &Path) -> Vec<String> {
    let list = git(
        folder,
        &["ls-files", "-z", "-c", "-o", "--exclude-standard"],
    );
    let mut list: Vec<String> = list.split_terminator('\0').map(str::to_owned).collect();
    list.retain(|name| name != ".gitignore");
    list.sort();
    list
}

#[test]
fn git_alone_says_what_its_rules_ignore() {
    let rules = [
        ("braces are not alternatives", "*.{yml,json}\n"),
        ("a class of POSIX", "[[:alpha:]].yml\n"),
        ("a tab at the end belongs to the name", "a.yml\t\n"),
        ("an escaped space at the end", "a.yml\\ \n"),
        ("an exception", "*\n!*.yml\n"),
        ("a folder and an exception in it", "sub/\n!sub/c.yml\n"),
        ("an anchor", "/a.yml\n"),
        ("not UTF-8 would be here", "\u{feff}a.yml\n"),
    ];
    for (what, text) in rules {
        let dir = repository(&[
            (".gitignore", text),
            ("a.yml", URL),
            ("1.yml", URL),
            ("sub/c.yml", URL),
        ]);
        let (_, report) = check(dir.path(), &["."]);
        let mut read = files(&report);
        read.sort();
        assert_eq!(read, listed(dir.path()), "{what}");
        let ignored = report["coverage"]["skipped"]["ignored"]["count"].as_u64();
        let kept: usize = read.len();
        assert_eq!(ignored.is_some(), kept < 3, "{what}: {}", skipped(&report));
    }
}

#[cfg(unix)]
#[test]
fn rules_in_a_link_are_not_read() {
    for target in ["rules", "/dev/zero"] {
        let dir = repository(&[("rules", "*.yml\n"), ("a.yml", URL)]);
        std::os::unix::fs::symlink(target, dir.path().join(".gitignore")).expect("a link");
        let (code, report) = check(dir.path(), &["."]);
        assert_eq!(
            (code, files(&report)),
            (1, listed_yml(dir.path())),
            "{target}"
        );
    }
}

fn listed_yml(folder: &Path) -> Vec<String> {
    let mut list = listed(folder);
    list.retain(|name| name.contains(".yml"));
    list
}

#[test]
fn a_repository_in_a_repository_is_read_by_its_own_rules() {
    let dir = repository(&[
        ("a.yml", URL),
        ("inner/.gitignore", "*\n"),
        ("inner/b.yml", URL),
    ]);
    let inner = dir.path().join("inner");
    git(&inner, &["init", "-q"]);
    git(&inner, &["add", "-f", "b.yml"]);
    write(&inner, "c.yml", URL);
    let (_, report) = check(dir.path(), &["."]);
    assert_eq!(files(&report), ["a.yml", "inner/b.yml"]);
    assert_eq!(skipped(&report), "ignored: inner/.gitignore inner/c.yml");
}

#[test]
fn a_folder_with_several_clones_is_read_as_several_repositories() {
    let dir = folder(&[
        ("one/.gitignore", "b.yml\n"),
        ("one/a.yml", URL),
        ("one/b.yml", URL),
        ("two/.gitignore", "a.yml\n"),
        ("two/a.yml", URL),
        ("two/b.yml", URL),
        ("three/.gitignore", "*\n"),
        ("three/a.yml", URL),
    ]);
    for name in ["one", "two"] {
        git(&dir.path().join(name), &["init", "-q"]);
    }
    let (_, report) = check(dir.path(), &["."]);
    // `three` is not a repository.
    assert_eq!(files(&report), ["one/a.yml", "three/a.yml", "two/b.yml"]);
    assert_eq!(skipped(&report), "ignored: one/b.yml two/a.yml");
    let (_, report) = check(dir.path(), &["--no-ignore", "."]);
    assert_eq!(files(&report).len(), 5);
}

#[test]
fn what_a_sparse_checkout_leaves_out_is_counted() {
    let dir = repository(&[("app/a.yml", "a: 1\n"), ("deploy/b.yml", URL)]);
    git(dir.path(), &["add", "."]);
    git(dir.path(), &["commit", "-qm", "first"]);
    git(dir.path(), &["sparse-checkout", "set", "app"]);
    let (code, report) = check(dir.path(), &["--strict", "."]);
    assert_eq!(
        (code, skipped(&report).as_str()),
        (3, "sparse: deploy/b.yml")
    );
}

#[test]
fn a_submodule_that_is_not_checked_out_is_counted() {
    let outside = folder(&[]);
    let library = outside.path().join("library");
    write(&library, "s.yml", URL);
    git(&library, &["init", "-q"]);
    git(&library, &["add", "."]);
    git(&library, &["commit", "-qm", "first"]);
    let top = outside.path().join("top");
    write(&top, "a.yml", "a: 1\n");
    git(&top, &["init", "-q"]);
    git(&top, &["submodule", "--quiet", "add", "../library", "lib"]);
    git(&top, &["add", "."]);
    git(&top, &["commit", "-qm", "first"]);
    let (code, report) = check(&top, &["."]);
    assert_eq!((code, files(&report)), (1, vec!["lib/s.yml".to_owned()]));
    git(outside.path(), &["clone", "-q", "top", "clone"]);
    let (code, report) = check(&outside.path().join("clone"), &["--strict", "."]);
    assert_eq!((code, skipped(&report).as_str()), (3, "submodule: lib"));
}

#[test]
fn a_linked_work_tree_inside_its_repository_is_not_read_twice() {
    let dir = repository(&[("a.yml", URL)]);
    git(dir.path(), &["add", "."]);
    git(dir.path(), &["commit", "-qm", "first"]);
    git(
        dir.path(),
        &["worktree", "add", "-q", ".worktrees/lane", "-b", "lane"],
    );
    let (_, report) = check(dir.path(), &["."]);
    assert_eq!(files(&report), ["a.yml"]);
    assert_eq!(skipped(&report), "linked-worktree: .worktrees/lane");
    // It is read where it is the root itself.
    let (_, report) = check(&dir.path().join(".worktrees/lane"), &["."]);
    assert_eq!(files(&report), ["a.yml"]);
}

#[test]
fn a_bare_repository_is_a_gap() {
    let dir = folder(&[("a.yml", "a: 1\n")]);
    git(dir.path(), &["init", "-q", "--bare", "store.git"]);
    let (code, report) = check(dir.path(), &["--strict", "."]);
    assert_eq!(
        (code, skipped(&report).as_str()),
        (3, "bare-repository: store.git")
    );
    git(dir.path(), &["init", "-q"]);
    let (code, report) = check(dir.path(), &["--strict", "."]);
    assert_eq!(
        (code, skipped(&report).as_str()),
        (3, "bare-repository: store.git")
    );
}

#[test]
fn an_excludes_file_of_the_repository_is_used_and_one_elsewhere_is_named() {
    let dir = repository(&[(".git/ex", "glob/\n"), ("glob/a.yml", URL), ("b", "ok\n")]);
    git(dir.path(), &["config", "core.excludesFile", ".git/ex"]);
    let (code, report) = check(dir.path(), &["."]);
    assert_eq!((code, skipped(&report).as_str()), (0, "ignored: glob/"));

    let elsewhere = folder(&[("ex", "glob/\n")]);
    let named = elsewhere.path().join("ex");
    let named = named.to_str().expect("a name");
    git(dir.path(), &["config", "core.excludesFile", named]);
    let (code, report) = check(dir.path(), &["."]);
    assert_eq!((code, files(&report)), (1, vec!["glob/a.yml".to_owned()]));
    assert_eq!(skipped(&report), format!("excludes-file: {named}"));
}

#[test]
fn a_tracked_file_that_was_deleted_is_neither_read_nor_a_failure() {
    let dir = repository(&[("a.yml", URL), ("b.yml", URL), ("c/d.yml", URL)]);
    git(dir.path(), &["add", "."]);
    fs::remove_file(dir.path().join("b.yml")).expect("removed");
    fs::remove_dir_all(dir.path().join("c")).expect("removed");
    // A folder where a file was.
    write(dir.path(), "b.yml/new.yml", URL);
    let (code, report) = check(dir.path(), &["--strict", "."]);
    assert_eq!((code, skipped(&report).as_str()), (1, ""));
    assert_eq!(files(&report), ["a.yml", "b.yml/new.yml"]);
}

#[cfg(unix)]
#[test]
fn tracked_files_are_not_read_through_a_link_that_replaces_their_folder() {
    let outside = folder(&[("b.yml", URL)]);
    let dir = repository(&[("sub/b.yml", "a: 1\n")]);
    git(dir.path(), &["add", "."]);
    fs::remove_dir_all(dir.path().join("sub")).expect("removed");
    std::os::unix::fs::symlink(outside.path(), dir.path().join("sub")).expect("a link");
    let (code, report) = check(dir.path(), &["."]);
    assert_eq!(files(&report), Vec::<String>::new());
    assert_eq!((code, skipped(&report).as_str()), (3, "link-outside: sub"));
}

#[cfg(unix)]
fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.expect("mkfifo starts").success());
}

#[cfg(unix)]
#[test]
fn a_pipe_where_git_reads_its_rules_ends_the_wait() {
    for name in [
        ".gitignore",
        "sub/.gitignore",
        ".git/info/exclude",
        ".git/HEAD",
        ".git/index",
    ] {
        let dir = repository(&[("a.yml", URL), ("sub/b.yml", URL)]);
        let path = dir.path().join(name);
        let _ = fs::remove_file(&path);
        pipe(&path);
        let begun = Instant::now();
        let mut command = ptlint();
        command
            .current_dir(dir.path())
            .env("PTLINT_GIT_TIMEOUT", "600")
            .args([
                "check",
                "--no-config",
                "--as-of",
                AS_OF,
                "--format",
                "json",
                ".",
            ]);
        let (code, report) = report(&mut command);
        assert!(begun.elapsed() < Duration::from_secs(300), "{name}");
        assert_eq!(files(&report), ["a.yml", "sub/b.yml"], "{name}");
        // For git, a folder without a readable HEAD is not a repository.
        if name != ".git/HEAD" {
            assert_eq!(code, 3, "{name}");
            let message = report["failures"][0]["message"]
                .as_str()
                .unwrap_or_default();
            let shown = format!("waits for `{name}`");
            assert!(message.contains(&shown), "{name}: {report:#}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_git_that_does_not_answer_is_ended() {
    use std::os::unix::fs::PermissionsExt as _;
    for script in ["exec sleep 1000", "sleep 1000", "exec yes"] {
        let dir = repository(&[("a.yml", URL)]);
        let programs = folder(&[("git", &format!("#!/bin/sh\n{script}\n"))]);
        let program = programs.path().join("git");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("executable");
        let path = std::env::var("PATH").expect("a path");
        let mut command = ptlint();
        command
            .current_dir(dir.path())
            .env("PATH", format!("{}:{path}", programs.path().display()))
            .env("PTLINT_GIT_TIMEOUT", "1")
            .args([
                "check",
                "--no-config",
                "--as-of",
                AS_OF,
                "--format",
                "json",
                ".",
            ]);
        let begun = Instant::now();
        let (_, report) = report(&mut command);
        assert!(begun.elapsed() < Duration::from_secs(300), "{script}");
        assert_eq!(files(&report), ["a.yml"], "{script}");
        assert!(
            !report["failures"].as_array().expect("a list").is_empty(),
            "{script}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_git_that_was_silent_is_not_waited_for_again() {
    use std::os::unix::fs::PermissionsExt as _;
    const LIMIT: u64 = 10;
    let dir = repository(&[("a.yml", URL)]);
    let programs = folder(&[("git", "#!/bin/sh\nexec sleep 1000\n")]);
    let program = programs.path().join("git");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("executable");
    let path = std::env::var("PATH").expect("a path");
    let mut command = ptlint();
    command
        .current_dir(dir.path())
        .env("PATH", format!("{}:{path}", programs.path().display()))
        .env("PTLINT_GIT_TIMEOUT", LIMIT.to_string())
        .args(["check", "--no-config", "--format", "json", "."]);
    let begun = Instant::now();
    report(&mut command);
    assert!(begun.elapsed() >= Duration::from_secs(LIMIT));
    // Several questions are asked.
    assert!(
        begun.elapsed() < Duration::from_secs(2 * LIMIT),
        "{:?}",
        begun.elapsed()
    );
}

#[cfg(unix)]
#[test]
fn a_tracked_file_that_became_a_pipe_is_counted() {
    let dir = repository(&[("a.yml", URL), ("b.yml", URL)]);
    git(dir.path(), &["add", "."]);
    fs::remove_file(dir.path().join("b.yml")).expect("removed");
    pipe(&dir.path().join("b.yml"));
    let (code, report) = check(dir.path(), &["--strict", "."]);
    assert_eq!(
        (code, skipped(&report).as_str()),
        (3, "special-file: b.yml")
    );
}

#[test]
fn what_git_ignores_is_counted_once() {
    let root = repository(&[
        (".gitignore", "build/\n*.log\n"),
        ("build/a.yml", URL),
        ("build/b/c.yml", URL),
        ("x.log", URL),
        ("sub/y.log", URL),
        ("sub/inner/.gitignore", "z.yml\n"),
        ("sub/inner/z.yml", URL),
    ]);
    let ignored = |arguments: &[&str]| {
        let (_, report) = check(root.path(), arguments);
        report["coverage"]["skipped"]["ignored"].clone()
    };
    let all = ignored(&["."]);
    assert_eq!(all["count"], 4, "{all}");
    assert_eq!(
        all["paths"],
        serde_json::json!(["build/", "sub/inner/z.yml", "sub/y.log", "x.log"])
    );
    // The same when folders in each other are named, and files in them.
    assert_eq!(ignored(&[".", "sub", "sub/inner", "."]), all);
    assert_eq!(ignored(&["sub", "sub/inner"])["count"], 2);
    assert_eq!(ignored(&[".", "sub/y.log"])["count"], 4);
}
