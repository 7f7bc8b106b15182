//! The walk read the rules of git in its own way: a file that it dropped and git did not list was neither
//! read nor counted.

use super::HOST;
use crate::common::{folder, git, run_in};

fn repository(rules: &str) -> tempfile::TempDir {
    let url = format!("a: https://{HOST}/x\n");
    let dir = folder(&[("a.yml", &url), ("clean.txt", "x\n"), (".gitignore", rules)]);
    git(dir.path(), &["init", "-q"]);
    dir
}

#[test]
fn rules_that_are_too_large_for_git_hide_nothing() {
    let mut rules = "#".repeat(105 << 20);
    rules.push_str("\na.yml\n");
    let dir = repository(&rules);
    let status = git(dir.path(), &["status", "--porcelain"]);
    assert!(status.contains("?? a.yml"), "git reads it: {status}");
    let (code, out, _) = run_in(dir.path(), &["check", "--format", "concise"]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("a.yml:1:"), "{out}");
}

#[test]
fn a_work_tree_elsewhere_hides_no_tracked_file() {
    let dir = repository("a.yml\n");
    git(
        dir.path(),
        &["add", "-f", "a.yml", "clean.txt", ".gitignore"],
    );
    let elsewhere = folder(&[]);
    let place = elsewhere.path().to_str().expect("a path in UTF-8");
    git(dir.path(), &["config", "core.worktree", place]);
    let (code, out, _) = run_in(dir.path(), &["check", "--format", "concise"]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("a.yml:1:"), "{out}");
}
