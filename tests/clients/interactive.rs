//! `--interactive` in a terminal, with a program that types the answers.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{AS_OF, home, run_in};
use tempfile::TempDir;

const ENV: &str = "\
GAS=https://gas.vn03.national.ncrs.nhs.uk/login
# before: ldap.tsp.national.ncrs.nhs.uk
MESH=https://msg.dev.spine2.ncrs.nhs.uk/messageexchange/X26OT001
";

fn folder() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join(".env"), ENV).expect("a file");
    dir
}

/// Types keys into `ptlint fix --interactive`: exit code, what the terminal showed, the file.
fn typed(folder: &Path, keys: &str) -> (i32, String, String) {
    let output = Command::new("python3")
        .arg(home().join("tests/clients/answer.py"))
        .arg(keys)
        .arg(env!("CARGO_BIN_EXE_ptlint"))
        .args(["fix", "--interactive", "--no-config", "--format", "concise"])
        .args(["--as-of", AS_OF])
        .current_dir(folder)
        .output()
        .expect("Python starts");
    (
        output.status.code().expect("an exit code"),
        String::from_utf8_lossy(&output.stdout).into_owned(),
        fs::read_to_string(folder.join(".env")).expect("readable"),
    )
}

#[test]
fn each_violation_is_decided_by_itself() {
    let dir = folder();
    // The replacement; skip; the alternative.
    let (code, shown, file) = typed(dir.path(), "enter,down,down,down,enter,down,enter");
    let expected = ENV
        .replace("gas.vn03", "gas.nis1")
        .replace("msg.dev", "msg.int");
    assert_eq!(file, expected, "{shown}");
    assert_eq!(code, 1);
    assert!(shown.contains("2 fixed in 1 file"), "{shown}");
    let (code, ..) = run_in(dir.path(), &["fix", "--undo"]);
    assert_eq!(code, 0);
    let file = fs::read_to_string(dir.path().join(".env")).expect("readable");
    assert_eq!(file, ENV);
}

#[test]
fn another_name_can_be_typed() {
    let dir = folder();
    let keys = "down,enter,not a name,enter,gate.example.org,enter,down,down,down,down,enter";
    let (_, shown, file) = typed(dir.path(), keys);
    let expected = ENV.replace("gas.vn03.national.ncrs.nhs.uk", "gate.example.org");
    assert_eq!(file, expected, "{shown}");
    assert!(shown.contains("`not a name` is not a host name"), "{shown}");
}

#[test]
fn a_retired_name_is_not_written() {
    let dir = folder();
    let keys = "down,enter,gas.tsp.national.ncrs.nhs.uk,enter,down,down,down,down,enter";
    let (_, shown, file) = typed(dir.path(), keys);
    assert_eq!(file, ENV, "{shown}");
    assert!(shown.contains("the fix is not proved"), "{shown}");
}

#[test]
fn stopping_writes_what_was_chosen_or_nothing() {
    let dir = folder();
    let (_, shown, file) = typed(dir.path(), "enter,down,down,down,down,down,enter");
    assert_eq!(file, ENV.replace("gas.vn03", "gas.nis1"), "{shown}");
    let dir = folder();
    let (_, shown, file) = typed(dir.path(), "enter,down,down,down,down,down,down,enter");
    assert_eq!(file, ENV, "{shown}");
    let dir = folder();
    let (code, shown, file) = typed(dir.path(), "enter,interrupt");
    assert_eq!(file, ENV, "{shown}");
    assert_ne!(code, 0, "{shown}");
    assert!(!dir.path().join(".ptlint").exists());
}

#[test]
fn a_violation_can_be_suppressed_with_a_reason() {
    let dir = folder();
    // Suppress the first one, skip the rest of the file.
    let keys = "down,down,enter,a mock answers there,enter,down,down,down,down,enter";
    let (_, shown, file) = typed(dir.path(), keys);
    let directive = "# ptlint: ignore[dev-host] a mock answers there";
    assert!(file.contains(directive), "{file}{shown}");
    let rest = file.lines().filter(|line| !line.contains("ptlint:"));
    let before = ENV.lines().filter(|line| !line.starts_with("GAS"));
    let rest: Vec<&str> = rest.filter(|line| !line.starts_with("GAS")).collect();
    assert_eq!(rest, before.collect::<Vec<_>>());
    let (_, out, _) = run_in(
        dir.path(),
        &["check", "--format", "concise", "--as-of", AS_OF],
    );
    assert!(!out.contains("gas.vn03"), "{out}");
}

#[test]
fn without_a_terminal_nobody_is_asked() {
    let dir = folder();
    let (code, _, err) = run_in(dir.path(), &["fix", "--interactive"]);
    assert_eq!(code, 2);
    assert!(err.contains("fix::no_terminal"), "{err}");
}
