//! `ptlint fix` did not end in a file with more references than are read: no proof could succeed there, and
//! each fix was tried alone.

use std::fmt::Write as _;
use std::fs;

use crate::common::run_in;

#[test]
fn a_file_with_more_references_than_are_read_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = String::new();
    for number in 0..10_001 {
        writeln!(text, "k{number}: https://msg.dev.spine2.ncrs.nhs.uk/x").expect("written");
    }
    let file = folder.path().join("a.yml");
    fs::write(&file, &text).expect("written");
    let (code, out, err) = run_in(folder.path(), &["fix", "--no-config", "."]);
    assert_eq!(code, 3, "{err}");
    let all = format!("{out}{err}");
    assert!(all.contains("more references than are read"), "{err}");
    assert!(fs::read_to_string(&file).is_ok_and(|now| now == text));
    let (code, _, _) = run_in(folder.path(), &["fix", "--diff", "--no-config", "."]);
    assert_eq!(code, 3, "a difference of fixes ends as they do");
}
