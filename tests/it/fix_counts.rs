//! What a run says of fixes is what fixes do: in every fixture the numbers add up to the violations.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::common::{AS_OF, copy_of, fixtures, run_in};

fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let common = ["--as-of", AS_OF, "--no-config"];
    let all: Vec<&str> = arguments.iter().chain(&common).copied().collect();
    let (code, out, err) = run_in(folder, &all);
    assert!(code < 2 || code == 3, "{arguments:?}: {err}");
    (code, out)
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let all: Vec<&str> = arguments
        .iter()
        .chain(&["--format", "json"])
        .copied()
        .collect();
    serde_json::from_str(&run(folder, &all).1).expect("JSON")
}

fn length(value: &Value) -> u64 {
    value.as_array().expect("a list").len() as u64
}

#[test]
fn counts_of_fixes_add_up_to_the_violations() {
    for fixture in fixtures() {
        let name = fixture.display();
        let folder = copy_of(&fixture);
        let violations = length(&json(folder.path(), &["check"])["violations"]);
        let (_, shown) = run(folder.path(), &["check"]);
        let report = json(folder.path(), &["fix"]);
        let fixes = &report["fixes"];
        let number = |key: &str| fixes[key].as_u64().expect("a number");
        let safe = length(&fixes["applied"]);
        let (refused, more) = (length(&fixes["refused"]), number("unsafe_left"));
        let by_hand = refused + number("by_hand");
        assert_eq!(safe + more + by_hand, violations, "{name}: {fixes}");

        let last = shown.lines().last().expect("a line");
        let says = |count: u64, text: String| {
            assert_eq!(count > 0, last.contains(&text), "{name}: {last}");
        };
        if violations > 0 {
            says(safe, format!("{safe} can be fixed with `ptlint fix`"));
            says(by_hand, format!("{by_hand} by hand: `ptlint plan`"));
            assert_eq!(more > 0, last.contains("--unsafe-fixes"), "{name}: {last}");
        }

        let other = copy_of(&fixture);
        let report = json(other.path(), &["fix", "--unsafe-fixes"]);
        let all = length(&report["fixes"]["applied"]);
        assert_eq!(all, safe + more, "{name}: {}", report["fixes"]);
    }
}

#[test]
fn a_fix_lists_what_it_changed_by_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let host = "https://msg.train.spine2.ncrs.nhs.uk/\n";
    fs::create_dir(folder.path().join("b")).expect("a folder");
    fs::write(folder.path().join("a.env"), format!("A={host}")).expect("a file");
    fs::write(folder.path().join("b/c.env"), format!("A={host}B={host}")).expect("a file");
    let (_, out) = run(folder.path(), &["fix", "--network", "hscn"]);
    let change = "msg.train.spine2.ncrs.nhs.uk → msg.int.spine2.ncrs.nhs.uk";
    let lines = format!("a.env: 1 ({change})\nb/c.env: 2 ({change})\n3 fixed in 2 files\n");
    assert!(out.contains(&lines), "{out}");
}
