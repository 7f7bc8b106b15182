//! Regression tests by number: a report that was wrong once stays right.
//!
//! To add one for the number 123:
//!
//! 1. Put the smallest input that shows the fault in `tests/data/cases/123/`, with invented names. These
//!    files keep their bytes in git, whatever their encoding and line ends.
//! 2. Write `case_123.rs` here. Its head says what was wrong, and the test what is right.
//! 3. Declare it below, in the order of numbers.
//!
//! A fault of a reader or of the catalogue needs no program: put the line into
//! `tests/data/in-the-wild.yaml` instead.

mod case_01;
mod case_02;
mod case_04;
mod case_06;
mod case_07;
mod case_08;
mod case_09;
mod case_10;
mod case_11;
mod case_12;
mod case_14;
mod case_19;
mod case_20;
mod case_23;
mod case_24;
mod case_27;
mod case_30;
mod case_33;
mod case_36;
mod case_40;

use std::fs;
use std::time::Duration;

use ptlint::facts::Confidence;
use tempfile::TempDir;

use crate::common::{AS_OF, catalogue, check_text, home, run_in};

/// A new folder with the files of a case.
fn case(number: &str) -> TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    let files = home().join("tests/data/cases").join(number);
    for entry in fs::read_dir(files).expect("the files of the case") {
        let entry = entry.expect("readable");
        fs::copy(entry.path(), copy.path().join(entry.file_name())).expect("a copy");
    }
    copy
}

/// A retired host.
const HOST: &str = "msg.dev.spine2.ncrs.nhs.uk";

/// Checks inputs of a size and of four times the size, and demands that the time grows with the input and
/// not with its square. The best of several turns counts, because other programs use the caches too.
fn grows_like_its_input(name: &str, count: usize, input: impl Fn(usize) -> String) {
    let catalogue = catalogue();
    let inputs = [input(count), input(4 * count)];
    let mut best = [Duration::MAX; 2];
    for _ in 0..12 {
        for (input, best) in inputs.iter().zip(&mut best) {
            let start = time_of_thread();
            let report = check_text(&catalogue, name, input.as_bytes(), Confidence::Possible);
            *best = time_of_thread().saturating_sub(start).min(*best);
            assert!(report.failures.is_empty(), "{name}: {:?}", report.failures);
        }
        if best[1] < best[0] * 7 {
            return;
        }
    }
    panic!(
        "{name}: {:?} for {count}, {:?} for four times as many",
        best[0], best[1]
    );
}

/// How long the processor worked for this thread.
#[cfg(unix)]
fn time_of_thread() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("a time since the thread began")
}

/// The time of day, where nothing tells more.
#[cfg(not(unix))]
fn time_of_thread() -> Duration {
    static BEGIN: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    BEGIN.get_or_init(std::time::Instant::now).elapsed()
}

/// `ptlint suppress` of a case suppresses all of its violations, and writes nothing without effect.
#[track_caller]
fn assert_suppressed(number: &str, violations: usize) {
    let folder = case(number);
    let arguments = [
        "suppress",
        "--reason",
        "kept",
        "--fail-on",
        "info",
        "--as-of",
        AS_OF,
    ];
    let (code, out, err) = run_in(folder.path(), &arguments);
    assert_eq!(code, 0, "{out}{err}");
    let arguments = ["check", "--as-of", AS_OF, "--format", "json"];
    let (code, out, err) = run_in(folder.path(), &arguments);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let count = |list: &str| report[list].as_array().map(Vec::len);
    let expected = (Some(0), Some(violations), Some(0));
    assert_eq!(
        (count("violations"), count("suppressed"), count("notices")),
        expected,
        "{out}"
    );
}

#[test]
fn every_file_is_of_a_test_that_is_declared() {
    let declared = include_str!("mod.rs");
    let stem =
        |path: std::path::PathBuf| path.file_stem().map(|s| s.to_string_lossy().into_owned());
    let names = |folder: &str| -> Vec<String> {
        let entries = fs::read_dir(home().join(folder)).expect("a folder");
        let mut names: Vec<String> = entries
            .filter_map(|entry| stem(entry.expect("readable").path()))
            .collect();
        names.sort();
        names
    };
    let tests = names("tests/it/issues");
    for name in tests.iter().filter(|name| *name != "mod") {
        assert!(declared.contains(&format!("\nmod {name};\n")), "{name}.rs");
    }
    for number in names("tests/data/cases") {
        assert!(tests.contains(&format!("case_{number}")), "{number}");
    }
}
