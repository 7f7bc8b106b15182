//! Two files whose names are not UTF-8 were both called `b?.yml`, and neither was fixed.

#![cfg(target_os = "linux")]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::process::Command;

use ptlint::internals::report::FORMATS;

use super::HOST;
use crate::common::{AS_OF, run_in};

/// Names of files, and how reports show them.
const NAMES: [(&[u8], &str); 3] = [
    (b"b\xff.yml", "b\\xff.yml"),
    (b"b\xfe.yml", "b\\xfe.yml"),
    (b"b\\xfe.yml", "b\\x5cxfe.yml"),
];

fn folder(extension: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, _) in NAMES {
        let name = [
            name.strip_suffix(b"yml").expect("an extension"),
            extension.as_bytes(),
        ]
        .concat();
        let path = folder.path().join(OsStr::from_bytes(&name));
        fs::write(path, format!("{{\"url\": \"https://{HOST}/x\"}}\n")).expect("written");
    }
    folder
}

fn count(folder: &Path, word: &str) -> usize {
    let files = fs::read_dir(folder)
        .expect("readable")
        .map(|entry| entry.expect("readable").path());
    let files = files.filter(|path| path.is_file());
    files
        .filter(|path| fs::read_to_string(path).expect("text").contains(word))
        .count()
}

#[test]
fn such_names_differ_in_every_format() {
    let folder = folder("yml");
    for format in FORMATS {
        let arguments = ["check", "--as-of", AS_OF, "--format", format.name];
        let (code, out, err) = run_in(folder.path(), &arguments);
        assert_eq!(code, 1, "{}: {err}", format.name);
        for (name, shown) in NAMES {
            let shown = match format.name {
                "json" | "jsonl" | "gitlab" | "rdjson" => shown.replace('\\', "\\\\"),
                "sarif" => {
                    let bytes = name.iter().map(|b| match b {
                        b'\\' | 0xfe.. => format!("%{b:02X}"),
                        _ => char::from(*b).to_string(),
                    });
                    bytes.collect()
                }
                "markdown" => shown.replace('\\', "&#92;"),
                _ => shown.to_owned(),
            };
            assert!(out.contains(&shown), "{}: {shown}: {out}", format.name);
        }
    }
}

#[test]
fn such_files_are_fixed_and_restored() {
    let folder = folder("yml");
    let (_, diff, err) = run_in(folder.path(), &["fix", "--diff", "--as-of", AS_OF]);
    assert!(diff.contains("+++ \"b/b\\377.yml\"\n"), "{diff}{err}");
    assert!(diff.contains("+++ \"b/b\\\\xfe.yml\"\n"), "{diff}{err}");
    let (code, out, err) = run_in(folder.path(), &["fix", "--as-of", AS_OF]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert_eq!(count(folder.path(), "msg.int."), 3, "{out}");
    let (code, out, err) = run_in(folder.path(), &["fix", "--undo"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert_eq!(count(folder.path(), HOST), 3, "{out}");
    fs::write(folder.path().join("p.patch"), diff).expect("written");
    let apply = Command::new("git")
        .current_dir(folder.path())
        .args(["apply", "p.patch"])
        .output();
    let apply = apply.expect("git starts");
    assert!(apply.status.success(), "{apply:?}");
    fs::remove_file(folder.path().join("p.patch")).expect("removed");
    assert_eq!(count(folder.path(), "msg.int."), 3);
}

#[test]
fn such_files_are_suppressed_and_baselined() {
    for extension in ["yml", "json"] {
        let folder = folder(extension);
        let (code, out, err) = run_in(
            folder.path(),
            &["suppress", "--reason", "kept", "--as-of", AS_OF],
        );
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        let (code, out, _) = run_in(folder.path(), &["check", "--as-of", AS_OF]);
        assert_eq!(code, 0, "{out}");
    }
    let folder = folder("yml");
    let (code, out, err) = run_in(folder.path(), &["baseline", "create", "--as-of", AS_OF]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let name = OsStr::from_bytes(NAMES[0].0);
    fs::write(folder.path().join(name), "nothing\n").expect("written");
    let arguments = ["baseline", "update", "--as-of", AS_OF];
    let (code, out, err) = run_in(folder.path(), &arguments);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("2 entries, 1 removed"), "{out}");
}

#[test]
fn what_changed_in_such_files_is_known() {
    let folder = folder("yml");
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .current_dir(folder.path())
            .args(["-c", "user.name=ptlint", "-c", "user.email=t@example.org"])
            .args(arguments)
            .output()
            .expect("git starts");
        assert!(output.status.success(), "{output:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "one"]);
    let arguments = ["check", "--changed-since", "HEAD", "--as-of", AS_OF];
    let (code, out, err) = run_in(folder.path(), &arguments);
    assert_eq!(code, 0, "{out}{err}");
    assert!(
        out.contains("3 violations on lines that have not changed"),
        "{out}"
    );
    let path = folder.path().join(OsStr::from_bytes(NAMES[1].0));
    fs::write(path, format!("new: https://{HOST}/\n")).expect("written");
    let (code, out, _) = run_in(folder.path(), &arguments);
    assert_eq!(code, 1, "{out}");
    assert!(
        out.contains("2 violations on lines that have not changed"),
        "{out}"
    );
}
