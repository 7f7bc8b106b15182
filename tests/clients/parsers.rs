//! Fixes judged by the parsers of the formats: what parsed before a fix parses after it, with the same values
//! but for the names that the fix is about. `tests/clients/install` installs them; without them this test fails.

#[path = "../it/matrix/cases.rs"]
mod cases;
#[path = "../it/matrix/formats.rs"]
#[allow(dead_code)]
mod formats;
#[path = "../it/matrix/writings.rs"]
#[allow(dead_code)]
mod writings;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{AS_OF, finish, fixtures, home, ptlint};
use formats::FORMATS;
use writings::{Manner, PLAIN, others, plain};

/// A host of each environment that the matrix writes in every format.
const HOSTS: [&str; 2] = [
    "msg.dev.spine2.ncrs.nhs.uk",
    "ldap.tsp.national.ncrs.nhs.uk",
];

/// Gives each file a folder of its own, because names repeat.
struct Files<'f> {
    folder: &'f Path,
    seen: BTreeSet<(String, Vec<u8>)>,
}

impl Files<'_> {
    fn add(&mut self, name: &str, content: Vec<u8>) {
        if !self.seen.insert((name.to_owned(), content.clone())) {
            return;
        }
        let path = self.folder.join(format!("{}/{name}", self.seen.len()));
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, content).expect("a file");
    }
}

/// The files of all fixtures, those of the matrix, and the places where a fix can do harm.
fn write_files(folder: &Path) -> usize {
    let seen = BTreeSet::new();
    let mut files = Files { folder, seen };
    for tree in fixtures() {
        for entry in walkdir::WalkDir::new(&tree) {
            let path = entry.expect("readable").into_path();
            if path.is_file() {
                let name = path.strip_prefix(&tree).expect("inside").to_string_lossy();
                files.add(&name, fs::read(&path).expect("readable"));
            }
        }
    }
    for format in FORMATS {
        for host in HOSTS {
            for shape in PLAIN.iter().copied() {
                for writing in plain(format, host, shape) {
                    files.add(format.file, writing.content);
                }
            }
            let zone = host.len() - "spine2.ncrs.nhs.uk".len();
            let cuts = &[1, zone];
            let shape = writings::URL;
            for writing in others(format, host, Manner { shape, cuts }) {
                files.add(format.file, writing.content);
            }
        }
    }
    for (name, text, _) in cases::ALL.iter().flat_map(|list| list.iter()) {
        files.add(name, cases::written(text).into_bytes());
    }
    files.seen.len()
}

fn copy(from: &Path, to: &Path) {
    let status = Command::new("cp").arg("-R").args([from, to]).status();
    assert!(status.expect("cp starts").success());
}

#[test]
fn parsers_accept_what_a_fix_leaves() {
    let clients = home().join("target/clients");
    assert!(
        clients.join("installed").exists(),
        "the parsers are missing: run `python3 tests/clients/install`"
    );
    let work = tempfile::tempdir().expect("a folder");
    let before = work.path().join("before");
    let count = write_files(&before);
    assert!(count > 1500, "{count} files");
    let fixed: Vec<PathBuf> = [("safe", None), ("unsafe", Some("--unsafe-fixes"))]
        .into_iter()
        .map(|(name, option)| {
            let after = work.path().join(name);
            copy(&before, &after);
            let mut command = ptlint();
            command
                .current_dir(&after)
                .args(["fix", ".", "--no-config", "--no-ignore", "--as-of", AS_OF])
                .args(option);
            let (code, _, err) = finish(&mut command);
            assert!(code == 0 || code == 1, "{code}: {err}");
            // Where the patch to undo it is kept.
            drop(fs::remove_dir_all(after.join(".ptlint")));
            after
        })
        .collect();
    let mut command = Command::new(clients.join("venv/bin/python"));
    command
        .arg(home().join("tests/clients/parsers.py"))
        .arg(&before)
        .args(&fixed);
    let (code, out, err) = finish(&mut command);
    assert_eq!(code, 0, "{out}{err}");
    println!("{out}");
}
