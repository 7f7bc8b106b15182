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

/// Versions of git differ in the size of rules that they read.
#[test]
fn rules_that_are_too_large_for_git_hide_nothing() {
    let mut rules = "#".repeat(105 << 20);
    rules.push_str("\na.yml\n");
    let dir = repository(&rules);
    let status = git(dir.path(), &["status", "--porcelain"]);
    let is_read_by_git = status.contains("?? a.yml");
    let (code, out, err) = run_in(dir.path(), &["check", "--format", "concise"]);
    assert_eq!(code, i32::from(is_read_by_git), "{out}{err}");
    assert_eq!(out.contains("a.yml:1:"), is_read_by_git, "{out}");
    let (_, out, _) = run_in(dir.path(), &["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let ignored = report["coverage"]["skipped"]["ignored"]["count"].as_u64();
    assert_eq!(ignored.is_none(), is_read_by_git, "{}", report["coverage"]);
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
