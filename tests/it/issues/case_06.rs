//! `ptlint suppress --diff` panicked when it added entries to a `ptlint.yaml` that did not exist or was empty.

use std::fs;

use super::case;
use crate::common::{AS_OF, run_in};

#[test]
fn the_diff_of_a_new_configuration_is_printed() {
    for existing in [None, Some("")] {
        let folder = case("06");
        let file = folder.path().join("ptlint.yaml");
        if let Some(text) = existing {
            fs::write(&file, text).expect("a file");
        }
        let arguments = ["suppress", "--reason", "kept", "--diff", "--as-of", AS_OF];
        let (code, out, err) = run_in(folder.path(), &arguments);
        assert_eq!(code, 1, "{out}{err}");
        assert!(out.contains("\n+++ b/ptlint.yaml\n"), "{out}");
        assert!(out.contains("\n+ignore:\n"), "{out}");
        assert!(!err.contains("panicked"), "{err}");
        let after = fs::read_to_string(&file).ok();
        assert_eq!(after.as_deref(), existing, "--diff writes");
    }
}
