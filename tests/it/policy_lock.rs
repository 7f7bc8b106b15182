//! Locked rules: a repository's configuration is based on that of an organisation and can narrow it, but
//! not weaken it.

use std::fs;
use std::path::Path;

use crate::common::{AS_OF, run_in, transcript};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

const ORGANISATION: &str = "\
# What every repository of Hollin Bridge Systems keeps to.
locked: [dev-host, train-host]
exclude: [third-party/]
severity:
  - {rule: dev-identifier, severity: error}
";

const ENV: &str = "GAS=https://gas.vn03.national.ncrs.nhs.uk/login\n";

/// A repository with a policy in it and a configuration on top of that.
fn repository(own: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for folder in ["policy", "third-party", "legacy"] {
        fs::create_dir(dir.path().join(folder)).expect("a folder");
        fs::write(dir.path().join(folder).join(".env"), ENV).expect("a file");
    }
    fs::write(dir.path().join("policy/ptlint.yaml"), ORGANISATION).expect("a file");
    fs::write(dir.path().join(".env"), ENV).expect("a file");
    let digest = Sha256::digest(ORGANISATION.as_bytes());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let own = format!("extends:\n  path: policy\n  sha256: {digest}\n{own}");
    fs::write(dir.path().join("ptlint.yaml"), own).expect("a file");
    dir
}

fn check(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut all = vec!["check", "--as-of", AS_OF, "--format", "concise"];
    all.extend(arguments);
    run_in(folder, &all)
}

fn paths(out: &str) -> Vec<&str> {
    out.lines()
        .filter_map(|line| line.split(':').next())
        .collect()
}

#[test]
fn the_base_holds_and_the_repository_narrows_it() {
    let dir = repository("");
    let (code, out, err) = check(dir.path(), &[]);
    assert_eq!(code, 1, "{err}");
    assert_eq!(paths(&out), [".env", "legacy/.env", "policy/.env"]);

    let dir = repository(
        "exclude: [policy/]\nseverity:\n  - {rule: dev-host, path: [legacy/], severity: off, reason: kept for the archive}\n",
    );
    let (code, out, err) = check(dir.path(), &[]);
    assert_eq!(code, 1, "{err}");
    assert_eq!(paths(&out), [".env"]);
}

#[test]
fn what_weakens_a_locked_rule_is_refused_with_its_place() {
    for own in [
        "severity:\n  - {rule: dev-host, severity: off, reason: we know}\n",
        "severity:\n  - {severity: info}\n",
        "severity:\n  - {rule: dev-host, path: [\"**\"], severity: off, reason: we know}\n",
        "severity:\n  - {rule: dev-host, path: [legacy/], severity: off}\n",
        "ignore:\n  - {rule: train-host, reason: we know}\n",
        "ignore:\n  - {environment: DEV, path: [\"*\"], reason: we know}\n",
        "fail-on: error\n",
        "min-confidence: certain\n",
    ] {
        let dir = repository(own);
        let (code, out, err) = check(dir.path(), &[]);
        assert_eq!(code, 2, "{own}: {out}");
        assert!(err.contains("config::locked"), "{own}: {err}");
    }
    for own in [
        "severity:\n  - {rule: dev-identifier, severity: off, reason: not ours}\n",
        "severity:\n  - {rule: dev-host, severity: error}\n",
        "ignore:\n  - {rule: dev-host, host: gas.vn03.national.ncrs.nhs.uk, reason: a mock}\n",
        "fail-on: info\n",
        "min-confidence: speculative\n",
    ] {
        let dir = repository(own);
        let (code, _, err) = check(dir.path(), &[]);
        assert_ne!(code, 2, "{own}: {err}");
    }
    let dir = repository(
        "fail-on: error\nseverity:\n  - rule: dev-host\n    severity: off\n    reason: we know\n",
    );
    insta::assert_snapshot!(transcript(dir.path(), &["check"]));
}

#[test]
fn a_base_that_changed_or_lies_outside_is_refused() {
    let dir = repository("");
    fs::write(dir.path().join("policy/ptlint.yaml"), "locked: []\n").expect("a file");
    let (code, _, err) = check(dir.path(), &[]);
    assert_eq!(code, 2);
    assert!(err.contains("config::extends-digest"), "{err}");

    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("base.yaml"), "token: not-for-anyone\n").expect("a file");
    let path = outside.path().join("base.yaml").display().to_string();
    fs::write(
        dir.path().join("ptlint.yaml"),
        format!("extends:\n  path: {path}\n  sha256: \"00\"\n"),
    )
    .expect("a file");
    let (code, _, err) = check(dir.path(), &[]);
    assert_eq!(code, 2);
    assert!(err.contains("config::extends-outside"), "{err}");
    assert!(!err.contains("not-for-anyone"), "{err}");

    fs::write(dir.path().join("ptlint.yaml"), "locked: [dev-hots]\n").expect("a file");
    let (code, _, err) = check(dir.path(), &[]);
    assert_eq!(code, 2);
    assert!(err.contains("`dev-host`"), "{err}");
}

#[test]
fn the_operator_names_a_base_that_the_repository_cannot_leave() {
    let outside = tempfile::tempdir().expect("a folder");
    let base = outside.path().join("base.yaml");
    fs::write(&base, ORGANISATION).expect("a file");
    let base = base.display().to_string();
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join(".env"), ENV).expect("a file");
    let (code, out, err) = check(dir.path(), &["--base-config", &base]);
    assert_eq!((code, paths(&out)), (1, vec![".env"]), "{err}");
    fs::write(
        dir.path().join("ptlint.yaml"),
        "severity:\n  - {rule: dev-host, severity: off, reason: we know}\n",
    )
    .expect("a file");
    let (code, _, err) = check(dir.path(), &["--base-config", &base]);
    assert_eq!(code, 2);
    assert!(err.contains("config::locked"), "{err}");
    let (code, _, _) = check(dir.path(), &[]);
    assert_eq!(code, 0);
}
