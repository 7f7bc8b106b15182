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

mod case_06;
mod case_10;
mod case_12;

use std::fs;

use tempfile::TempDir;

use crate::common::home;

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
