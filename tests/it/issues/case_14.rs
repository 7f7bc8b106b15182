//! A `ptlint.yaml` or a pack with nested aliases filled the memory: only the direct members of a copy were
//! counted.

use std::fs;

use super::case;
use crate::common::run_in;

#[test]
fn alias_bombs_are_refused_in_configurations_and_packs() {
    let folder = case("14");
    let (code, out, err) = run_in(folder.path(), &["check", "."]);
    assert_eq!(code, 2, "{out}{err}");
    assert!(err.contains("copied by aliases"), "{err}");
    let pack = folder.path().join("pack");
    fs::create_dir(&pack).expect("a folder");
    fs::rename(folder.path().join("ptlint.yaml"), pack.join("pack.yaml")).expect("moved");
    for arguments in [["rules", "test", "pack"], ["check", "--pack", "pack"]] {
        let (code, out, err) = run_in(folder.path(), &arguments);
        assert_eq!(code, 2, "{out}{err}");
        assert!(err.contains("copied by aliases"), "{err}");
    }
}
