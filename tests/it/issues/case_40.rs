//! Patterns of `exclude` that matched nothing were not mentioned. The same for case 25.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::HOST;
use crate::common::{AS_OF, run_in};

fn folder(configuration: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["docs/a.yml", "src/b.yml"] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, format!("u: https://{HOST}/\n")).expect("written");
    }
    fs::write(folder.path().join("ptlint.yaml"), configuration).expect("written");
    folder
}

/// Line, column and message of each notice.
fn notices(folder: &Path, arguments: &[&str]) -> Vec<(u64, u64, String)> {
    let fixed = ["check", "--as-of", AS_OF, "--format", "json"];
    let (_, out, err) = run_in(folder, &[&fixed[..], arguments].concat());
    let report: Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}{err}"));
    let notices = report["notices"].as_array().expect("a list").iter();
    notices
        .map(|notice| {
            assert_eq!(notice["path"], "ptlint.yaml");
            let at = |name: &str| notice["start"][name].as_u64().expect("a number");
            let message = notice["message"].as_str().expect("text").to_owned();
            (at("line"), at("column"), message)
        })
        .collect()
}

#[test]
fn patterns_without_effect_are_noted_with_their_place() {
    let configuration = "\
exclude:
  - docs/
  - old/
  - '!src/never.yml'
  - b.y?l.bak  # a slip
ignore:
  - rule: dev-host
    path: [src/b.yml, src/c.yml]
    reason: kept
  - path: [gone.yml]
    reason: kept
";
    let folder = folder(configuration);
    let excluded = |pattern: &str| format!("the pattern `{pattern}` of `exclude` has no effect");
    assert_eq!(
        notices(folder.path(), &[]),
        [
            (3, 5, excluded("old/")),
            (4, 5, excluded("!src/never.yml")),
            (5, 5, excluded("b.y?l.bak")),
            (
                8,
                23,
                "the pattern `src/c.yml` fits no violation".to_owned()
            ),
            (10, 5, "this suppression covers no violation".to_owned()),
        ]
    );
    // A part of the folder says nothing about the patterns.
    for part in [
        &["src"][..],
        &["src/b.yml"],
        &["--exclude", "x"],
        &["--no-hidden"],
        &["--min-confidence", "likely"],
    ] {
        let all = notices(folder.path(), part);
        assert!(
            !all.iter()
                .any(|(_, _, message)| message.contains("pattern")),
            "{all:?}"
        );
    }
    let (code, out, err) = run_in(
        folder.path(),
        &["check", "--as-of", AS_OF, "--fail-on", "error"],
    );
    assert_eq!(code, 0, "{out}{err}");
    assert!(
        out.contains("4 patterns of the configuration without effect."),
        "{out}"
    );
    assert!(out.contains("ptlint.yaml:5:5"), "{out}");
    assert!(
        out.contains("1 suppression unused or not understood."),
        "{out}"
    );
}

#[test]
fn patterns_of_include_and_what_git_ignores_count() {
    let folder = folder("include: [src/, lib/]\nexclude: [target/, '*.log', tmp/]\n");
    let run = std::process::Command::new("git")
        .current_dir(folder.path())
        .args(["init", "-q"])
        .status();
    assert!(run.expect("git starts").success());
    fs::write(folder.path().join(".gitignore"), "target/\n*.log\n").expect("written");
    fs::create_dir(folder.path().join("target")).expect("a folder");
    for name in ["target/x.yml", "a.log"] {
        fs::write(folder.path().join(name), "x\n").expect("written");
    }
    let messages: Vec<String> = notices(folder.path(), &[])
        .into_iter()
        .map(|(_, _, m)| m)
        .collect();
    assert_eq!(
        messages,
        [
            "the pattern `lib/` of `include` has no effect",
            "the pattern `tmp/` of `exclude` has no effect",
        ]
    );
}

#[test]
fn a_base_and_arguments_are_not_judged() {
    let folder = folder("fail-on: info\n");
    fs::write(folder.path().join("base.yaml"), "exclude: [nowhere/]\n").expect("written");
    assert_eq!(notices(folder.path(), &["--base-config", "base.yaml"]), []);
    assert_eq!(notices(folder.path(), &["--output", "csv=out.csv"]), []);
}

#[test]
fn the_severity_can_be_changed() {
    let configuration = "exclude: [nowhere/, docs/, src/]\nseverity:\n  - {rule: pattern-without-effect, severity: error}\n";
    let folder = folder(configuration);
    let (code, out, err) = run_in(folder.path(), &["check", "--as-of", AS_OF]);
    assert_eq!(code, 1, "{out}{err}");
    let (code, out, err) = run_in(folder.path(), &["explain", "pattern-without-effect"]);
    assert_eq!(code, 0, "{out}{err}");
}
