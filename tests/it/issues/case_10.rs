//! A second run of `ptlint fix` changed a file again: what could not be proved in the first run could be once
//! the rest was fixed.

use std::fs;

use super::case;
use crate::common::{AS_OF, run_in};

#[test]
fn a_second_run_changes_nothing() {
    let folder = case("10");
    let run = || {
        let arguments = [
            "fix",
            "--no-config",
            "--unsafe-fixes",
            "--as-of",
            AS_OF,
            ".",
        ];
        run_in(folder.path(), &arguments);
        ["default.json", "handover.md"]
            .map(|name| fs::read(folder.path().join(name)).expect("readable"))
    };
    let before = ["default.json", "handover.md"]
        .map(|name| fs::read(folder.path().join(name)).expect("readable"));
    let first = run();
    assert_ne!(first, before);
    assert_eq!(first, run());
}
