//! How every format shows wrong suppressions, and violations that are in the baseline.

use std::fs;

use crate::common::{AS_OF, run_in};
use ptlint::internals::report::FORMATS;

#[test]
fn every_format_names_a_suppression_that_is_wrong_with_its_place() {
    let dir = tempfile::tempdir().expect("a folder");
    let env = "A=1\n# ptlint: ignore[dev-host] <b>`|n`</b> ]]> ##vso[x]\nB=2\n# ptlint: ignore[no-such-rule] x\n";
    fs::write(dir.path().join("app.env"), env).expect("a file");
    for format in FORMATS.map(|format| format.name) {
        let (code, out, err) = run_in(dir.path(), &["check", "--as-of", AS_OF, "--format", format]);
        assert_eq!(code, 1, "{format}: {err}");
        for rule in ["unused-suppression", "invalid-suppression"] {
            assert!(out.contains(rule), "{format} does not name {rule}:\n{out}");
        }
        assert!(out.contains("app.env"), "{format}:\n{out}");
        // Readers see the source as it is written.
        assert!(
            format == "human" || !out.contains("<b>`"),
            "{format}:\n{out}"
        );
    }
}

#[test]
fn sarif_tells_what_is_new_and_what_is_in_the_baseline() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("app.env");
    let known = "A=https://gas.vn03.national.ncrs.nhs.uk/login\n";
    fs::write(&file, known).expect("a file");
    let (code, _, err) = run_in(dir.path(), &["baseline", "create", "--as-of", AS_OF]);
    assert_eq!(code, 0, "{err}");
    let more = format!(
        "{known}B=ldap.tsp.national.ncrs.nhs.uk # ptlint: ignore[train-host] a mock\nC=ldap.vn03.national.ncrs.nhs.uk\n"
    );
    fs::write(&file, more).expect("a file");
    let arguments = [
        "check",
        "--as-of",
        AS_OF,
        "--format",
        "sarif",
        "--baseline",
        "ptlint.baseline.jsonl",
    ];
    let (_, out, err) = run_in(dir.path(), &arguments);
    let log: serde_json::Value =
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {err}"));
    let results = log["runs"][0]["results"].as_array().expect("results");
    let mut states: Vec<(String, String, String)> = results
        .iter()
        .map(|result| {
            let line =
                result["locations"][0]["physicalLocation"]["region"]["startLine"].to_string();
            let kind = result["suppressions"][0]["kind"].as_str().unwrap_or("-");
            let state = result["baselineState"].as_str().unwrap_or("-");
            (line, state.to_owned(), kind.to_owned())
        })
        .collect();
    states.sort();
    let expected = [
        ("1", "unchanged", "external"),
        ("2", "new", "inSource"),
        ("3", "new", "-"),
    ];
    let expected = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
    assert_eq!(states, expected);
}
