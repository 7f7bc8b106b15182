//! A pointer of Git LFS was checked in the place of the file that was not fetched, and the run was clean.

use std::fs;

use crate::common::run_in;

#[test]
fn a_pointer_of_git_lfs_is_a_gap() {
    let folder = tempfile::tempdir().expect("a folder");
    let pointer = |head: &str| {
        format!(
            "version https://{head}/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22e\nsize 12345\n"
        )
    };
    fs::write(folder.path().join("a.jks"), pointer("git-lfs.github.com")).expect("written");
    fs::write(folder.path().join("b.jks"), pointer("hawser.github.com")).expect("written");
    let (code, out, err) = run_in(folder.path(), &["check", "--format", "json"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("\"lfs-pointer\""), "{out}");
    let (code, out, _) = run_in(folder.path(), &["check", "--strict"]);
    assert_eq!(code, 3, "{out}");
    assert!(
        out.contains("2 Git LFS pointers without their files"),
        "{out}"
    );
}

#[test]
fn a_text_about_pointers_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("a.md"),
        "A pointer begins with\nversion https://git-lfs.github.com/spec/v1\n",
    )
    .expect("written");
    let (code, out, _) = run_in(folder.path(), &["check", "--strict"]);
    assert_eq!(code, 0, "{out}");
}
