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

/// Moves down so many items, and takes that one.
fn down(times: usize) -> String {
    format!("{}enter", "down,".repeat(times))
}

#[test]
fn each_violation_is_decided_by_itself() {
    let dir = folder();
    // The safe replacement is proposed. The host in the comment is skipped, which is proposed for what
    // needs review, and the last one gets its second name.
    let keys = ["enter", "enter", "up,up,up,enter"].join(",");
    let (code, shown, file) = typed(dir.path(), &keys);
    assert!(shown.contains("What to do (1 of 3)"), "{shown}");
    assert!(shown.contains("needs review: "), "{shown}");
    let expected = ENV
        .replace("gas.vn03", "gas.nis1")
        .replace("msg.dev", "msg.int");
    assert_eq!(file, expected, "{shown}");
    assert_eq!(code, 1);
    let (code, ..) = run_in(dir.path(), &["fix", "--undo"]);
    assert_eq!(code, 0);
    let file = fs::read_to_string(dir.path().join(".env")).expect("readable");
    assert_eq!(file, ENV);
}

#[test]
fn the_enter_key_writes_nothing_that_needs_review() {
    let dir = folder();
    let (_, shown, file) = typed(dir.path(), "enter,enter,enter");
    assert_eq!(file, ENV.replace("gas.vn03", "gas.nis1"), "{shown}");
    assert!(shown.contains("1 fixed in 1 file"), "{shown}");
}

#[test]
fn violations_with_the_same_name_are_decided_together() {
    let gas = "https://gas.vn03.national.ncrs.nhs.uk/";
    let text = format!("A={gas}\nB={gas}b\n# see {gas}c\nC={gas}d\n");
    let dir = folder();
    fs::write(dir.path().join(".env"), &text).expect("a file");
    // Another name, suppress, skip, then the same for all. The one in the comment needs review.
    let keys = format!("{},enter", down(4));
    let (_, shown, file) = typed(dir.path(), &keys);
    assert!(shown.contains("and the same for all like this"), "{shown}");
    let fixed = text.replace("gas.vn03", "gas.nis1");
    let expected = fixed.replace("# see https://gas.nis1", "# see https://gas.vn03");
    assert_eq!(file, expected, "{shown}");
    assert!(shown.contains("3 fixed in 1 file"), "{shown}");

    fs::write(dir.path().join(".env"), &text).expect("a file");
    let (_, shown, file) = typed(dir.path(), &down(5));
    assert!(shown.contains("skip all like this"), "{shown}");
    assert_eq!(file, text, "{shown}");
}

#[test]
fn another_name_can_be_typed() {
    let dir = folder();
    let keys = format!("down,enter,not a name,enter,gate.example.org,enter,{STOP_AT_SKIP}");
    let (_, shown, file) = typed(dir.path(), &keys);
    let expected = ENV.replace("gas.vn03.national.ncrs.nhs.uk", "gate.example.org");
    assert_eq!(file, expected, "{shown}");
    assert!(shown.contains("`not a name` is not a host name"), "{shown}");
}

/// From the proposal to skip, down to stop and write what was chosen: past the two for all like this and the
/// rest of the file.
const STOP_AT_SKIP: &str = "down,down,down,down,enter";

#[test]
fn a_retired_name_is_not_written() {
    let dir = folder();
    let keys = format!("down,enter,gas.tsp.national.ncrs.nhs.uk,enter,{STOP_AT_SKIP}");
    let (_, shown, file) = typed(dir.path(), &keys);
    assert_eq!(file, ENV, "{shown}");
    assert!(shown.contains("the fix is not proved"), "{shown}");
}

#[test]
fn stopping_writes_what_was_chosen_or_nothing() {
    let dir = folder();
    let (_, shown, file) = typed(dir.path(), &format!("enter,{STOP_AT_SKIP}"));
    assert_eq!(file, ENV.replace("gas.vn03", "gas.nis1"), "{shown}");
    let dir = folder();
    let (_, shown, file) = typed(dir.path(), &format!("enter,down,{STOP_AT_SKIP}"));
    assert_eq!(file, ENV, "{shown}");
    let dir = folder();
    let (code, shown, file) = typed(dir.path(), "enter,interrupt");
    assert_eq!(file, ENV, "{shown}");
    assert_eq!(code, 130, "{shown}");
    assert!(
        shown.contains("interrupted: nothing was written"),
        "{shown}"
    );
    assert!(shown.contains("1 choice was dropped"), "{shown}");
    assert!(!dir.path().join(".ptlint").exists());
}

#[test]
fn a_violation_can_be_suppressed_with_a_reason() {
    let dir = folder();
    // Suppress the first one, skip the rest of the file.
    let keys = "down,down,enter,a mock answers there,enter,down,down,down,enter";
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
    assert!(err.contains("fix::no-terminal"), "{err}");
}
