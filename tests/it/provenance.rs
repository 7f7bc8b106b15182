//! Which tree a report is about: every format that has a place for it names the repositories, without
//! credentials, and says what is checked out in them.

use std::fs;
use std::path::Path;

use crate::common::{AS_OF, finish, folder, git, ptlint, run_in, write};
use ptlint::internals::report::FORMATS;
use serde_json::{Value, json};

const URL: &str = "url: https://msg.dev.spine2.ncrs.nhs.uk/\n";

/// A repository in a folder, with one commit of one file; returns the commit.
fn repository(folder: &Path) -> String {
    write(folder, "a.yml", URL);
    git(folder, &["init", "-q", "-b", "main"]);
    commit(folder)
}

fn commit(folder: &Path) -> String {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "one"]);
    git(folder, &["rev-parse", "HEAD"])
}

fn check(folder: &Path, arguments: &[&str]) -> Value {
    let mut command = ptlint();
    command
        .current_dir(folder)
        .args(["check", "--as-of", AS_OF, "--format", "json"])
        .args(arguments);
    let (_, out, err) = finish(&mut command);
    serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}{err}"))
}

fn repositories(folder: &Path, arguments: &[&str]) -> Value {
    check(folder, arguments)["repositories"].clone()
}

#[test]
fn a_report_names_repository_remote_branch_commit_and_state() {
    let folder = folder(&[]);
    let head = repository(folder.path());
    let remote = "https://someone:hunter2@git.example.org/team/app.git?private_token=hunter3";
    git(folder.path(), &["remote", "add", "origin", remote]);
    let mut expected = json!([{
        "path": ".",
        "folder": "",
        "name": "team/app",
        "remote": "https://git.example.org/team/app.git",
        "branch": "main",
        "commit": head,
        "dirty": false,
        "files": 1,
        "violations": 1,
    }]);
    let report = check(folder.path(), &[]);
    assert_eq!(report["repositories"], expected);
    assert_eq!(report["paths"], json!(["."]));

    write(folder.path(), "sub/b.txt", "nothing\n");
    expected[0]["dirty"] = json!(true);
    expected[0]["files"] = json!(2);
    assert_eq!(repositories(folder.path(), &[]), expected);
    expected[0]["folder"] = json!("sub");
    expected[0]["files"] = json!(1);
    expected[0]["violations"] = json!(0);
    let report = check(folder.path(), &["sub"]);
    assert_eq!(report["repositories"], expected);
    assert_eq!(report["paths"], json!(["."]));
    let report = check(folder.path(), &["sub/b.txt", "a.yml"]);
    assert_eq!(report["repositories"][0]["files"], json!(2));
    assert_eq!(report["paths"], json!(["sub/b.txt", "a.yml"]));
}

#[test]
fn a_work_list_names_the_same_tree() {
    let folder = folder(&[]);
    let head = repository(folder.path());
    let plan = |format: &str| {
        let arguments = ["plan", "--as-of", AS_OF, "--format", format];
        run_in(folder.path(), &arguments).1
    };
    let list: Value = serde_json::from_str(&plan("json")).expect("JSON");
    let report = check(folder.path(), &[]);
    for part in ["repositories", "paths", "configurations"] {
        assert_eq!(list[part], report[part], "{part}");
    }
    let line = format!("Repository: branch main, commit {}.", &head[..12]);
    for format in ["table", "markdown"] {
        assert!(plan(format).contains(&line), "{format}");
    }
}

#[test]
fn changes_are_those_of_the_files_below_the_scan_root() {
    let folder = folder(&[]);
    repository(folder.path());
    write(folder.path(), "other/b.txt", "nothing\n");
    write(folder.path(), ".gitignore", "*.log\n");
    commit(folder.path());
    let dirty = |path: &str| repositories(folder.path(), &[path])[0]["dirty"].clone();
    write(folder.path(), "x.log", "ignored\n");
    write(folder.path(), ".ptlint/undo/1.patch", "of ptlint\n");
    assert_eq!(dirty("."), json!(false));
    write(folder.path(), "a.yml", "changed: true\n");
    assert_eq!((dirty("."), dirty("other")), (json!(true), json!(false)));
    git(folder.path(), &["add", "a.yml"]);
    assert_eq!(dirty("."), json!(true));
    commit(folder.path());
    fs::remove_file(folder.path().join("a.yml")).expect("removed");
    assert_eq!((dirty("."), dirty("other")), (json!(true), json!(false)));
}

#[test]
fn what_git_cannot_say_is_null() {
    let folder = folder(&[]);
    write(folder.path(), "a.yml", URL);
    assert_eq!(repositories(folder.path(), &[]), json!([]));
    git(folder.path(), &["init", "-q", "-b", "main"]);
    let used = repositories(folder.path(), &[]);
    assert_eq!(
        (&used[0]["branch"], &used[0]["commit"]),
        (&json!("main"), &json!(null))
    );
    let head = commit(folder.path());
    git(folder.path(), &["checkout", "-q", "--detach"]);
    let used = repositories(folder.path(), &[]);
    assert_eq!(
        (&used[0]["branch"], &used[0]["commit"]),
        (&json!(null), &json!(head))
    );

    // Without git the repository is known all the same.
    let mut command = ptlint();
    command
        .current_dir(folder.path())
        .env("PATH", folder.path());
    let (_, out, _) = finish(command.args(["check", "--format", "json", "."]));
    let report: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(report["repositories"][0]["path"], json!("."));
    assert_eq!(report["repositories"][0]["commit"], json!(null));
    assert_eq!(report["repositories"][0]["dirty"], json!(null));

    // A repository that git does not know is not the one above it.
    fs::create_dir_all(folder.path().join("sub/.git")).expect("a folder");
    write(folder.path(), "sub/b.yml", URL);
    let used = repositories(&folder.path().join("sub"), &[]);
    assert_eq!(
        (&used[0]["path"], &used[0]["commit"]),
        (&json!("."), &json!(null))
    );
}

#[test]
fn standard_input_is_in_no_repository() {
    let folder = folder(&[]);
    repository(folder.path());
    let report = check(folder.path(), &["-"]);
    assert_eq!(report["repositories"], json!([]));
    assert_eq!(report["paths"], json!(["-"]));
}

#[test]
fn clones_submodules_and_work_trees_are_repositories_of_their_own() {
    let folder = folder(&[]);
    let root = folder.path();
    let one = repository(&root.join("clones/one"));
    let two = repository(&root.join("clones/two"));
    write(root, "clones/two/.gitignore", "/secret.yml\n");
    write(root, "clones/two/secret.yml", URL);
    write(root, "clones/loose.yml", URL);
    let facts = |used: &Value| -> Vec<(String, String, u64, u64)> {
        let used = used.as_array().expect("a list").iter();
        used.map(|r| {
            (
                r["path"].as_str().expect("a path").to_owned(),
                r["commit"].as_str().unwrap_or_default().to_owned(),
                r["files"].as_u64().unwrap_or_default(),
                r["violations"].as_u64().unwrap_or_default(),
            )
        })
        .collect()
    };
    let expected = vec![
        ("one".to_owned(), one.clone(), 1, 1),
        ("two".to_owned(), two.clone(), 2, 1),
    ];
    let clones = root.join("clones");
    assert_eq!(facts(&repositories(&clones, &[])), expected);
    // The same when they are named.
    assert_eq!(facts(&repositories(&clones, &["one", "two"])), expected);
    assert_eq!(
        check(&clones, &["one", "two"])["coverage"]["skipped"]["ignored"]["count"],
        json!(1)
    );
    let used = repositories(&clones, &["one/a.yml", "two/a.yml"]);
    assert_eq!(used[1]["commit"], json!(two));
    let used = repositories(&clones, &["--no-ignore"]);
    assert_eq!(
        (&used[1]["path"], &used[1]["files"]),
        (&json!("two"), &json!(null))
    );

    let (_, out, _) = run_in(&clones, &["check", "--as-of", AS_OF]);
    let line = format!(
        "Repository one: 1 violation in 1 file; branch main, commit {}.",
        &one[..12]
    );
    assert!(out.contains(&line), "{out}");
    assert!(
        out.contains("Repository two: 1 violation in 2 files; branch main"),
        "{out}"
    );
    assert!(out.contains("with changes"), "{out}");

    let outer = root.join("outer");
    repository(&outer);
    let source = clones.join("one").display().to_string();
    git(&outer, &["submodule", "--quiet", "add", &source, "module"]);
    let outer_head = commit(&outer);
    let used = repositories(&outer, &[]);
    let expected = vec![
        (".".to_owned(), outer_head, 2, 1),
        ("module".to_owned(), one.clone(), 1, 1),
    ];
    assert_eq!(facts(&used), expected);
    // A folder is a remote of this computer only.
    assert_eq!(used[1]["remote"], json!(null));

    let tree = root.join("tree").display().to_string();
    git(
        &clones.join("one"),
        &["worktree", "add", "-q", "-b", "side", &tree],
    );
    let used = repositories(Path::new(&tree), &[]);
    assert_eq!(
        (&used[0]["branch"], &used[0]["commit"]),
        (&json!("side"), &json!(one))
    );
    git(
        &clones.join("one"),
        &["clone", "-q", "--bare", ".", "../bare.git"],
    );
    let used = repositories(&clones.join("bare.git"), &[]);
    assert_eq!(used, json!([]));
}

#[test]
fn no_format_shows_credentials_and_all_say_the_same_twice() {
    let folder = folder(&[]);
    let head = repository(folder.path());
    git(folder.path(), &["checkout", "-q", "-b", "a|b<i>\u{202e}"]);
    git(
        folder.path(),
        &[
            "remote",
            "add",
            "up",
            "ssh://someone:hunter2@git.example.org:22/team/app",
        ],
    );
    write(folder.path(), "ptlint.yaml", "fail-on: error\n");
    for format in FORMATS {
        let arguments = ["check", "--as-of", AS_OF, "--format", format.name];
        let (_, out, err) = run_in(folder.path(), &arguments);
        assert!(
            !out.contains("hunter2") && !err.contains("hunter2"),
            "{out}{err}"
        );
        assert!(!out.contains("someone"), "{out}");
        assert_eq!(out, run_in(folder.path(), &arguments).1);
        assert_eq!(
            out.contains("ssh://git.example.org:22/team/app"),
            format.is_about_run,
            "{}: {out}",
            format.name
        );
        assert_eq!(out.contains(&head[..12]), format.is_about_run, "{out}");
        if format.is_about_run && format.name != "human" {
            assert!(out.contains(&head), "{out}");
            let digest = ptlint::internals::config::digest("fail-on: error\n");
            assert!(out.contains(&digest), "{}: {out}", format.name);
        }
        assert!(
            format.is_data || format.name == "sarif" || !out.contains('\u{202e}'),
            "{out}"
        );
    }
}

#[test]
fn sarif_says_where_the_files_of_each_repository_are() {
    let folder = folder(&[]);
    let head = repository(folder.path());
    let inner = repository(&folder.path().join("in ner"));
    for (path, remote) in [
        (
            folder.path().to_path_buf(),
            "git@git.example.org:team/app.git",
        ),
        (
            folder.path().join("in ner"),
            "https://git.example.org/team/b c",
        ),
    ] {
        git(&path, &["remote", "add", "origin", remote]);
    }
    let (_, out, _) = run_in(
        folder.path(),
        &["check", "--as-of", AS_OF, "--format", "sarif"],
    );
    let log: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(
        log["runs"][0]["versionControlProvenance"],
        json!([
            {
                "repositoryUri": "ssh://git.example.org/team/app.git",
                "revisionId": head,
                "branch": "main",
                "mappedTo": {"uriBaseId": "SRCROOT"},
            },
            {
                "repositoryUri": "https://git.example.org/team/b%20c",
                "revisionId": inner,
                "branch": "main",
                "mappedTo": {"uri": "in%20ner/", "uriBaseId": "SRCROOT"},
            },
        ])
    );
    assert_eq!(
        log["runs"][0]["properties"]["repositories"][0]["dirty"],
        json!(true)
    );
}

#[cfg(unix)]
#[test]
fn programs_that_a_repository_names_are_not_run() {
    let folder = folder(&[]);
    repository(folder.path());
    let ran = folder.path().join("ran");
    let program = format!("touch '{}'; cat", ran.display());
    for name in ["lfs", "a.b"] {
        git(
            folder.path(),
            &["config", &format!("filter.{name}.clean"), &program],
        );
        git(
            folder.path(),
            &["config", &format!("filter.{name}.required"), "true"],
        );
    }
    git(folder.path(), &["config", "core.fsmonitor", &program]);
    write(
        folder.path(),
        ".git/info/attributes",
        "*.yml filter=lfs\n*.txt filter=a.b\n",
    );
    write(folder.path(), "a.yml", URL.replace("dev", "int"));
    let used = repositories(folder.path(), &[]);
    assert!(!ran.exists(), "{used}");
    // Only the filter could tell if this is a change.
    assert_eq!(used[0]["dirty"], json!(null));
    git(folder.path(), &["config", "filter.x=y.clean", &program]);
    write(folder.path(), ".git/info/attributes", "*.yml filter=x=y\n");
    let used = repositories(folder.path(), &[]);
    assert!(!ran.exists(), "{used}");
    assert_eq!(used[0]["dirty"], json!(null));
}
