//! Fixes that would break a file are refused, and the file stays as it is.

use std::fs;

use crate::common::{AS_OF, run_in};

const D: &str = "msg.dev.spine2.ncrs.nhs.uk";
const T: &str = "msg.train.spine2.ncrs.nhs.uk";
const I: &str = "msg.int.spine2.ncrs.nhs.uk";

/// The text of a file after `fix --unsafe-fixes`, and what the run says. `<D>`, `<T>` and `<I>` are hosts.
fn fixed(name: &str, text: &str) -> (String, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let before = text.replace("<D>", D).replace("<T>", T).replace("<I>", I);
    let path = folder.path().join(name);
    fs::write(&path, &before).expect("a file");
    let arguments = [
        "fix",
        "--unsafe-fixes",
        "--as-of",
        AS_OF,
        "--no-config",
        ".",
    ];
    let (_, out, err) = run_in(folder.path(), &arguments);
    (
        before,
        fs::read_to_string(&path).expect("a file"),
        out + &err,
    )
}

#[test]
fn what_is_used_is_not_deleted() {
    for (name, text, says) in [
        (
            "a.properties",
            "dev.host=<D>\nint.host=<I>\nspine.host=${dev.host}\n",
            "line 3 uses `dev.host`",
        ),
        (
            "Makefile",
            "dev: H := <D>\nint: H := <I>\ndev:\n\tcurl https://$(H)/\n",
            "for the target `dev`",
        ),
        (
            "Makefile",
            "ifdef X\nH=<D>\nelse\nH=<I>\nendif\n",
            "only statement",
        ),
        (
            "a.py",
            "a, b = [\"<D>\", \"<I>\"]\n",
            "a name to each position",
        ),
        (
            "a.ts",
            "const [a, b] = [\"<D>\", \"<I>\"];\n",
            "a name to each position",
        ),
        (
            "b.py",
            "H = [\"<D>\", \"<I>\"]\nx = H[1]\n",
            "line 2 uses `H` by position",
        ),
    ] {
        let (before, after, out) = fixed(name, text);
        assert_eq!(after, before, "{name}: {out}");
        assert!(out.contains(says), "{name}: {out}");
    }
}
