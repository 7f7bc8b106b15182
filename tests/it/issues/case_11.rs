//! A file with more references than the limit was clean if the first ones were suppressed or in the
//! baseline. The rest was only counted as skipped, which several formats do not print.

use std::fs;

use ptlint::internals::report::FORMATS;

use super::HOST;
use crate::common::{AS_OF, run_in};

/// References of which the last one is past the limit.
fn over_the_limit() -> String {
    let mut text = "# ptlint: ignore-start[dev-host] agreed\n".to_owned();
    text.extend((0..10_000).map(|number| format!("k{number}: https://{HOST}/x\n")));
    text.push_str("# ptlint: ignore-end\nlast: https://msg.train.spine2.ncrs.nhs.uk/x\n");
    text
}

#[test]
fn a_file_over_the_limit_is_never_clean_and_every_format_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.yml"), over_the_limit()).expect("written");
    let mut arguments = vec!["check", "--no-config", "--as-of", AS_OF];
    let outputs: Vec<String> = FORMATS
        .iter()
        .map(|format| format!("--output={0}=report.{0}", format.name))
        .collect();
    arguments.extend(outputs.iter().map(String::as_str));
    let (code, _, err) = run_in(folder.path(), &arguments);
    assert_eq!(code, 3, "{err}");
    for format in FORMATS {
        let report = folder.path().join(format!("report.{}", format.name));
        let report = fs::read_to_string(report).expect("a report");
        let said = "only its first 10000 references were checked";
        assert!(report.contains(said), "{}: {err}", format.name);
    }
}

#[test]
fn nor_is_it_with_a_baseline() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = over_the_limit().replace("ptlint: ", "");
    fs::write(folder.path().join("a.yml"), text).expect("written");
    let (code, out, err) = run_in(folder.path(), &["baseline", "create", "--as-of", AS_OF]);
    assert_eq!(code, 3, "{out}{err}");
    let checked = [
        "check",
        "--as-of",
        AS_OF,
        "--baseline",
        "ptlint.baseline.jsonl",
    ];
    let (code, out, err) = run_in(folder.path(), &checked);
    assert_eq!(code, 3, "{out}{err}");
}
