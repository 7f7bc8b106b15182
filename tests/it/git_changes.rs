//! `--staged` and `--changed-since` on real repositories.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::{AS_OF, finish, ptlint, run_in};
use serde_json::Value;
use tempfile::TempDir;

const DEV: &str = "url: https://msg.dev.spine2.ncrs.nhs.uk/sync-service\n";
const TRAIN: &str = "ldap: ldaps://ldap.vn03.national.ncrs.nhs.uk\n";
const INT: &str = "url: https://msg.int.spine2.ncrs.nhs.uk/sync-service\n";

struct Repository(TempDir);

impl Repository {
    /// A repository without commits.
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().expect("a folder"));
        repository.git(&["init", "-q", "-b", "main"]);
        repository
    }

    /// A repository with these files in its first commit.
    fn with(files: &[(&str, &str)]) -> Self {
        let repository = Self::new();
        for (name, text) in files {
            repository.write(name, text);
        }
        repository.commit("first");
        repository
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn git_command(&self) -> Command {
        let mut command = Command::new("git");
        command
            .current_dir(self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .args(["-c", "user.name=ptlint", "-c", "user.email=t@example.org"])
            .args(["-c", "protocol.file.allow=always"])
            .stdout(Stdio::null());
        command
    }

    fn git(&self, arguments: &[&str]) {
        let status = self.git_command().args(arguments).status();
        assert!(status.expect("git starts").success(), "git {arguments:?}");
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
    }

    fn report(&self, arguments: &[&str]) -> (i32, Value) {
        report_in(self.path(), arguments)
    }

    /// Exit code and places of a check.
    fn check(&self, arguments: &[&str]) -> (i32, Vec<String>) {
        let (code, report) = self.report(arguments);
        (code, places(&report))
    }
}

fn report_in(folder: &Path, arguments: &[&str]) -> (i32, Value) {
    let mut all = vec!["check", "--format", "json"];
    if !arguments.contains(&"--as-of") {
        all.extend(["--as-of", AS_OF]);
    }
    all.extend(arguments);
    let (code, out, err) = run_in(folder, &all);
    assert_eq!(err, "");
    (code, serde_json::from_str(&out).expect("JSON"))
}

fn places(report: &Value) -> Vec<String> {
    let violations = report["violations"].as_array().expect("a list");
    violations
        .iter()
        .map(|v| {
            format!(
                "{}:{}",
                v["path"].as_str().expect("text"),
                v["start"]["line"]
            )
        })
        .collect()
}

#[test]
fn staged_reads_the_index_and_not_the_work_tree() {
    let repository = Repository::with(&[("a.yml", INT), ("b.yml", INT), ("old.yml", DEV)]);
    // Staged with a reference that the work tree has no more, and the other way round.
    repository.write("a.yml", &format!("x: 1\n{DEV}"));
    repository.write("b.yml", &format!("y: 1\n{INT}"));
    repository.git(&["add", "."]);
    repository.write("a.yml", INT);
    repository.write("b.yml", DEV);
    repository.write("untracked.yml", DEV);
    let (code, report) = repository.report(&["--staged"]);
    assert_eq!((code, places(&report)), (1, vec!["a.yml:2".to_owned()]));
    assert_eq!(report["coverage"]["files"], 2);
    assert_eq!(report["coverage"]["extent"], "staged");
    let bytes = 5 + DEV.len() + 5 + INT.len();
    assert_eq!(report["coverage"]["bytes"], bytes);
}

#[test]
fn staged_before_the_first_commit_is_all_that_is_staged() {
    let repository = Repository::new();
    repository.write("a.yml", DEV);
    repository.write("later.yml", DEV);
    repository.git(&["add", "a.yml"]);
    // What is only announced has no content.
    repository.git(&["add", "-N", "later.yml"]);
    assert_eq!(repository.check(&["--staged"]), (1, vec!["a.yml:1".into()]));
}

#[test]
fn renamed_and_deleted_files() {
    let repository = Repository::with(&[("a.yml", DEV), ("b.yml", TRAIN)]);
    repository.git(&["mv", "a.yml", "c.yml"]);
    repository.git(&["rm", "-q", "b.yml"]);
    assert_eq!(repository.check(&["--staged"]), (1, vec!["c.yml:1".into()]));
    // A file that was moved has not got new lines.
    let (code, report) = repository.report(&["--changed-since", "HEAD"]);
    assert_eq!((code, places(&report)), (0, vec![]));
    assert_eq!(report["coverage"]["unchanged"], 1);
}

#[test]
fn deletions_alone_and_nothing_staged_are_no_incomplete_run() {
    let repository = Repository::with(&[("a.yml", DEV), ("b.yml", INT)]);
    assert_eq!(repository.check(&["--staged"]), (0, vec![]));
    repository.git(&["rm", "-q", "a.yml"]);
    assert_eq!(repository.check(&["--staged"]), (0, vec![]));
    let (code, out, _) = run_in(repository.path(), &["check", "--staged", "--as-of", AS_OF]);
    assert_eq!(code, 0);
    assert!(out.starts_with("No violations in 0 files"), "{out}");
}

#[cfg(unix)]
#[test]
fn names_of_any_characters() {
    let names = [
        "mit leer.yml",
        "ä/ö😀.yml",
        "quote\"'.yml",
        "new\nline.yml",
        "-dash.yml",
        "tab\t.yml",
        ":(glob)x.yml",
    ];
    let repository = Repository::new();
    repository.write("a.yml", INT);
    repository.commit("first");
    for name in names {
        repository.write(name, DEV);
    }
    repository.git(&["add", "-A"]);
    let mut expected: Vec<String> = names.iter().map(|n| format!("{n}:1")).collect();
    expected.sort();
    assert_eq!(repository.check(&["--staged"]), (1, expected.clone()));
    let since = ["--changed-since", "HEAD"];
    assert_eq!(repository.check(&since), (1, expected));
    repository.commit("second");
    for name in names {
        repository.write(name, &format!("# moved\n{DEV}"));
    }
    let (code, report) = repository.report(&since);
    assert_eq!((code, places(&report)), (0, vec![]));
    assert_eq!(report["coverage"]["unchanged"], names.len());
}

#[cfg(unix)]
#[test]
fn bytes_that_are_no_text_in_a_name() {
    use std::os::unix::ffi::OsStrExt as _;
    let repository = Repository::with(&[("a.yml", INT)]);
    let name = std::ffi::OsStr::from_bytes(b"b\xff.yml");
    fs::write(repository.path().join(name), DEV).expect("a file");
    repository.git(&["add", "-A"]);
    let staged = repository.check(&["--staged"]);
    assert_eq!(staged, (1, vec!["b\\xff.yml:1".into()]));
}

#[test]
fn excludes_arguments_and_hidden_files_hold_for_what_is_staged() {
    let repository = Repository::with(&[("a.yml", INT)]);
    for name in [
        "x/a.yml",
        "x/b.yml",
        "y/a.yml",
        ".hidden/a.yml",
        "vendor/a.yml",
    ] {
        repository.write(name, DEV);
    }
    repository.write("ptlint.yaml", "exclude: [vendor/]\n");
    repository.git(&["add", "-A"]);
    let (_, report) = repository.report(&["--staged", "--no-hidden", "--exclude", "y/"]);
    assert_eq!(places(&report), ["x/a.yml:1", "x/b.yml:1"]);
    let skipped = &report["coverage"]["skipped"];
    assert_eq!(
        skipped["excluded"]["paths"],
        serde_json::json!(["vendor/a.yml", "y/a.yml"])
    );
    assert_eq!(skipped["hidden"]["count"], 1);
    let one = repository.check(&["--staged", "x/b.yml"]);
    assert_eq!(one, (1, vec!["x/b.yml:1".into()]));
    // One folder is the scan root itself.
    let folder = repository.check(&["--staged", "y"]);
    assert_eq!(folder, (1, vec!["a.yml:1".into()]));
    let (code, report) = report_in(&repository.path().join("x"), &["--staged"]);
    assert_eq!(
        (code, places(&report)),
        (1, vec!["a.yml:1".into(), "b.yml:1".into()])
    );
}

#[cfg(unix)]
#[test]
fn links_submodules_and_conflicts_are_counted() {
    let other = Repository::with(&[("a.yml", DEV)]);
    let repository = Repository::with(&[("a.yml", INT)]);
    let source = other.path().to_str().expect("text");
    repository.git(&["submodule", "--quiet", "add", source, "sub"]);
    std::os::unix::fs::symlink("a.yml", repository.path().join("in")).expect("a link");
    std::os::unix::fs::symlink("../out", repository.path().join("out")).expect("a link");
    repository.git(&["add", "-A"]);
    let (code, report) = repository.report(&["--staged"]);
    let skipped = &report["coverage"]["skipped"];
    assert_eq!(skipped["submodule"]["paths"], serde_json::json!(["sub"]));
    assert_eq!(skipped["link"]["paths"], serde_json::json!(["in"]));
    assert_eq!(skipped["link-outside"]["paths"], serde_json::json!(["out"]));
    assert_eq!((code, places(&report)), (0, vec![]));
    assert_eq!(repository.check(&["--staged", "--strict"]).0, 3);

    let repository = Repository::with(&[("a.yml", INT)]);
    repository.git(&["checkout", "-q", "-b", "side"]);
    repository.write("a.yml", DEV);
    repository.commit("one");
    repository.git(&["checkout", "-q", "main"]);
    repository.write("a.yml", TRAIN);
    repository.commit("two");
    let merge = repository
        .git_command()
        .args(["merge", "-q", "side"])
        .status();
    assert!(!merge.expect("git starts").success());
    let (code, report) = repository.report(&["--staged"]);
    assert_eq!(code, 3);
    assert_eq!(report["failures"][0]["path"], "a.yml");
}

#[test]
fn only_changed_lines_count() {
    let before = format!("one: 1\n{DEV}two: 2\nthree: 3\n{TRAIN}");
    let repository = Repository::with(&[("a.yml", &before), ("b.yml", DEV)]);
    let other = DEV.replace("url", "other");
    let train = TRAIN.replace("ldap:", "directory:");
    repository.write(
        "a.yml",
        &format!("zero: 0\n{DEV}two: 2\n{other}three: 3\n{train}"),
    );
    let (code, report) = repository.report(&["--changed-since", "HEAD"]);
    assert_eq!(places(&report), ["a.yml:4", "a.yml:6"]);
    assert_eq!(code, 1);
    assert_eq!(report["coverage"]["unchanged"], 2);
    assert_eq!(report["coverage"]["extent"], "changed");
    // What is decommissioned counts everywhere, on the day it is.
    let all = ["--changed-since", "HEAD", "--all-decommissioned"];
    assert_eq!(repository.check(&all).1.len(), 4);
    let (_, report) = repository.report(&[&all[..], &["--as-of", "2025-07-30"]].concat()[..]);
    assert_eq!(places(&report), ["a.yml:4", "a.yml:6"]);
}

#[test]
fn line_ends_and_the_end_of_a_file_are_no_change() {
    let repository = Repository::with(&[("a.yml", &format!("a: 1\n{DEV}")), ("b.yml", DEV)]);
    repository.write("a.yml", &format!("a: 2\n{DEV}").replace('\n', "\r\n"));
    repository.write("b.yml", DEV.trim_end());
    let (code, report) = repository.report(&["--changed-since", "HEAD"]);
    assert_eq!((code, places(&report)), (0, vec![]));
    assert_eq!(report["coverage"]["unchanged"], 2);
}

#[test]
fn lines_are_compared_with_the_merge_base() {
    let repository = Repository::with(&[("a.yml", INT), ("b.yml", INT)]);
    repository.git(&["checkout", "-q", "-b", "side"]);
    repository.write("a.yml", DEV);
    repository.commit("on the branch");
    repository.git(&["checkout", "-q", "main"]);
    // That main has got rid of something does not make it new on the branch.
    repository.write("b.yml", "");
    repository.commit("on main");
    repository.git(&["checkout", "-q", "--detach", "side"]);
    repository.write("new.yml", TRAIN);
    let expected = vec!["a.yml:1".to_owned(), "new.yml:1".to_owned()];
    assert_eq!(
        repository.check(&["--changed-since", "main"]),
        (1, expected)
    );
    // Untracked files count, ignored ones do not.
    repository.write(".gitignore", "new.yml\n");
    let expected = vec!["a.yml:1".to_owned()];
    assert_eq!(
        repository.check(&["--changed-since", "main"]),
        (1, expected)
    );
}

#[test]
fn names_of_files_and_binary_files() {
    let host = "msg.dev.spine2.ncrs.nhs.uk";
    let binary = format!("\0\u{1}{host}\0");
    let certificate = format!("{host}.cer");
    let repository =
        Repository::with(&[(&certificate, "x"), ("a.bin", &binary), ("b.bin", &binary)]);
    repository.write("a.bin", &format!("{binary}\0more"));
    repository.write(&certificate, "y");
    repository.write(&format!("new/{certificate}"), "x");
    let (_, places) = repository.check(&["--changed-since", "HEAD"]);
    assert_eq!(
        places,
        ["a.bin:1".to_owned(), format!("new/{certificate}:1")]
    );
}

#[test]
fn a_file_with_a_new_name_keeps_its_old_lines() {
    let text: String = (0..20).map(|n| format!("key{n}: {n}\n")).collect();
    let repository = Repository::with(&[("a.yml", &format!("{text}{DEV}")), ("c.yml", INT)]);
    repository.git(&["mv", "a.yml", "deep.yml"]);
    repository.write("deep.yml", &format!("{TRAIN}{text}{DEV}"));
    let (_, places) = repository.check(&["--changed-since", "HEAD"]);
    assert_eq!(places, ["deep.yml:1"]);
    // A copy is new: only one file can be the old one.
    repository.write("second.yml", &format!("{text}{DEV}"));
    let (_, report) = repository.report(&["--changed-since", "HEAD"]);
    assert_eq!(report["coverage"]["unchanged"], 1);
    assert_eq!(report["violations"].as_array().expect("a list").len(), 2);
}

#[test]
fn files_in_a_folder_that_is_the_scan_root() {
    let repository = Repository::with(&[("x/a.yml", DEV), ("y/a.yml", DEV)]);
    repository.write("x/a.yml", &format!("{DEV}{TRAIN}"));
    repository.write("y/a.yml", &format!("{DEV}{TRAIN}"));
    let (_, places) = repository.check(&["--changed-since", "HEAD", "x"]);
    assert_eq!(places, ["a.yml:2"]);
}

/// Nothing that a repository or a user configures may be started.
#[cfg(unix)]
#[test]
fn no_configured_program_is_started() {
    use std::os::unix::fs::PermissionsExt as _;
    let repository = Repository::with(&[
        ("a.yml", INT),
        (".gitattributes", "* diff=evil filter=evil\n"),
    ]);
    let ran = repository.path().join(".git/ran");
    let script = repository.path().join(".git/evil.sh");
    fs::write(
        &script,
        format!("#!/bin/sh\necho \"$0\" >> '{}'\ncat\n", ran.display()),
    )
    .expect("written");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("executable");
    let evil = script.to_str().expect("text");
    repository.write("a.yml", DEV);
    repository.git(&["add", "a.yml"]);
    for name in [
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "core.fsmonitor",
        "core.pager",
    ] {
        repository.git(&["config", name, evil]);
    }
    fs::remove_file(&ran).ok();
    let global = repository.path().join(".git/user");
    fs::write(
        &global,
        format!("[diff]\n external = {evil}\n[core]\n fsmonitor = {evil}\n"),
    )
    .expect("written");
    for part in [&["--staged"][..], &["--changed-since", "HEAD"]] {
        let mut all = vec!["check", "--format", "concise", "--as-of", AS_OF];
        all.extend(part);
        let (code, out, err) = finish(
            ptlint()
                .current_dir(repository.path())
                .env("GIT_CONFIG_GLOBAL", &global)
                .env("GIT_EXTERNAL_DIFF", evil)
                .args(&all),
        );
        assert_eq!((code, err.as_str()), (1, ""), "{out}");
        assert!(out.starts_with("a.yml:1:"), "{out}");
    }
    assert!(
        !ran.exists(),
        "{}",
        fs::read_to_string(&ran).unwrap_or_default()
    );
}

/// `git commit -a` and `git commit FILE` show their hooks another index than the usual one.
#[cfg(unix)]
#[test]
fn a_hook_sees_what_will_be_committed() {
    use std::os::unix::fs::PermissionsExt as _;
    let repository = Repository::with(&[("a.yml", INT), ("b.yml", INT)]);
    let hook = repository.path().join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().expect("a parent")).expect("a folder");
    let program = env!("CARGO_BIN_EXE_ptlint");
    fs::write(
        &hook,
        format!("#!/bin/sh\nexec '{program}' check --staged --as-of {AS_OF} >/dev/null\n"),
    )
    .expect("written");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("executable");
    let commit = |arguments: &[&str]| {
        let mut command = repository.git_command();
        let status = command.args(["commit", "-q", "-m", "x"]).args(arguments);
        status
            .stderr(Stdio::null())
            .status()
            .expect("git starts")
            .success()
    };
    repository.write("a.yml", DEV);
    assert!(!commit(&["-a"]));
    assert!(!commit(&["a.yml"]));
    repository.write("b.yml", &format!("{INT}b: 1\n"));
    assert!(commit(&["b.yml"]), "only b.yml is committed");
    repository.write("a.yml", &format!("{INT}a: 1\n"));
    assert!(commit(&["-a"]));
}

#[test]
fn archives_are_read_from_the_index() {
    let repository = Repository::with(&[("a.yml", INT)]);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, DEV.as_bytes()).expect("packed");
    let packed = encoder.finish().expect("packed");
    fs::write(repository.path().join("b.yml.gz"), packed).expect("written");
    repository.git(&["add", "-A"]);
    fs::remove_file(repository.path().join("b.yml.gz")).expect("removed");
    let (_, places) = repository.check(&["--staged", "--archives"]);
    assert_eq!(places, ["b.yml.gz!/b.yml:1"]);
}

#[test]
fn what_makes_no_sense_is_refused_with_help() {
    let repository = Repository::with(&[("a.yml", DEV)]);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let mut all = String::new();
    for arguments in [
        &["check", "--changed-since", "nowhere"][..],
        &["check", "--changed-since=--output=x"],
        &["check", "--changed-since", ""],
        &["check", "--staged", "-"],
        &["check", "--staged", "--changed-since", "HEAD"],
        &["check", "--all-decommissioned"],
        &["check", "--staged", "--diff"],
        &["fix", "--changed-since", "HEAD"],
    ] {
        all.push_str(&crate::common::transcript(repository.path(), arguments));
    }
    all.push_str(&crate::common::transcript(
        elsewhere.path(),
        &["check", "--staged"],
    ));
    assert!(!repository.path().join("x").exists());
    // No history in common.
    repository.git(&["checkout", "-q", "--orphan", "alone"]);
    repository.commit("alone");
    all.push_str(&crate::common::transcript(
        repository.path(),
        &["check", "--changed-since", "main"],
    ));
    insta::assert_snapshot!(all);
}

#[test]
fn without_git_no_revision_is_called_wrong() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("a.yml"), "a: 1\n").expect("written");
    let check = |arguments: &[&str], path: Option<&std::path::Path>| {
        let mut command = crate::common::ptlint();
        command.current_dir(dir.path()).arg("check").args(arguments);
        if let Some(path) = path {
            command.env("PATH", path);
        }
        let (code, _, err) = crate::common::finish(&mut command);
        assert_eq!(code, 2, "{err}");
        err
    };
    for option in [&["--changed-since", "main"][..], &["--staged"]] {
        let err = check(option, None);
        assert!(err.contains("in no git repository"), "{err}");
        assert!(err.contains("help: check without"), "{err}");
    }
    std::fs::create_dir(dir.path().join(".git")).expect("a folder");
    for option in [&["--changed-since", "main"][..], &["--staged"]] {
        let err = check(option, Some(dir.path()));
        assert!(err.contains("git could not be started"), "{err}");
        assert!(err.contains("check that git is installed"), "{err}");
        assert!(!err.contains("no revision"), "{err}");
    }
}
