//! `check --diff` printed what `git apply` does not take: changes of UTF-16 as text, and paths that were not
//! from the root of the repository.

use std::fs;

use super::HOST;
use crate::common::{AS_OF, git, run_in};

#[test]
fn git_takes_the_diff_of_a_folder_with_utf_16() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    git(root, &["init", "-q"]);
    fs::create_dir_all(root.join("site/api")).expect("a folder");
    let text = format!("[HKEY_LOCAL_MACHINE\\A]\r\n\"u\"=\"https://{HOST}/x\"\r\n");
    let wide: Vec<u8> = std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    fs::write(root.join("site/api/a.reg"), wide).expect("a file");
    fs::write(
        root.join("site/api/a.yml"),
        format!("url: https://{HOST}/\n"),
    )
    .expect("a file");

    let from_root = [
        "check",
        "site/api",
        "--diff",
        "--network",
        "hscn",
        "--as-of",
        AS_OF,
    ];
    let from_site = [
        "check",
        "api",
        "--diff",
        "--network",
        "hscn",
        "--as-of",
        AS_OF,
    ];
    for (folder, arguments) in [(root.to_owned(), from_root), (root.join("site"), from_site)] {
        let (code, patch, err) = run_in(&folder, &arguments);
        assert_eq!(code, 1, "{err}");
        assert!(
            patch.contains("diff --git a/site/api/a.yml b/site/api/a.yml"),
            "{patch}"
        );
        fs::write(root.join("changes.patch"), &patch).expect("a file");
        git(root, &["apply", "--check", "changes.patch"]);
    }
    git(root, &["apply", "changes.patch"]);
    let (code, out, _) = run_in(root, &["check", "site", "--as-of", AS_OF]);
    assert_eq!(code, 0, "{out}");
}
