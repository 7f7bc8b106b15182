//! `--fix`, `--diff` and undo as users call them: every fixture before and after. `git apply` must accept
//! each diff.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::common::{AS_OF, copy_of, fixtures, run_in, transcript};
use tempfile::TempDir;

/// The files of a folder, but for ptlint's own.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("readable"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("inside");
            (path.to_owned(), fs::read(entry.path()).expect("readable"))
        })
        .filter(|(path, _)| !path.starts_with(".ptlint") && !path.starts_with(".git"))
        .collect()
}

fn check(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut all = vec!["check", "--as-of", AS_OF, "--no-config"];
    all.extend(arguments);
    run_in(folder, &all)
}

/// What `--diff` prints, which may be in any encoding.
fn patch_of(folder: &Path, extra: &[&str]) -> (i32, Vec<u8>, String) {
    let output = crate::common::ptlint()
        .current_dir(folder)
        .args(["fix", "--as-of", AS_OF, "--no-config", "--diff"])
        .args(extra)
        .output()
        .expect("the program starts");
    (
        output.status.code().expect("an exit code"),
        output.stdout,
        String::from_utf8(output.stderr).expect("text on standard error"),
    )
}

/// Violations of a folder by whether their replacement is safe.
fn safe_ones(folder: &Path) -> Vec<String> {
    let (_, out, _) = check(folder, &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let violations = report["violations"].as_array().expect("a list").iter();
    violations
        .filter(|v| v["replacement"]["safety"] == "safe")
        .map(|v| format!("{}:{}", v["path"], v["start"]["line"]))
        .collect()
}

#[test]
fn every_fixture_is_fixed_as_shown_and_restored() {
    let mut all_notes = String::new();
    for fixture in fixtures() {
        let folder = fixture.parent().expect("the folder of the fixture");
        let name = folder.file_name().expect("a name").to_string_lossy();
        let mut safe = Vec::new();
        for (kind, extra) in [("safe", &[][..]), ("unsafe", &["--unsafe-fixes"][..])] {
            let copy = copy_of(&fixture);
            let before = contents(copy.path());
            let arguments = |first: &'static str| -> Vec<&str> {
                std::iter::once(first)
                    .chain(extra.iter().copied())
                    .collect()
            };
            let (code, patch, notes) = patch_of(copy.path(), extra);
            let diff = String::from_utf8_lossy(&patch);
            let _ = writeln!(all_notes, "--- {name}, {kind}: exit {code}\n{notes}");
            if kind == "safe" {
                compare(&folder.join("expected.patch"), Some(&patch));
                safe.clone_from(&patch);
            } else {
                let different = (patch != safe).then_some(&*patch);
                compare(&folder.join("expected-unsafe.patch"), different);
            }
            assert_eq!(contents(copy.path()), before, "{name}: --diff writes");
            assert_eq!(code, i32::from(!diff.is_empty()), "{name}");

            let (_, out, err) = check(copy.path(), &arguments("--fix"));
            let after = contents(copy.path());
            assert_eq!(after != before, !diff.is_empty(), "{name}: {out}{err}");
            assert_eq!(safe_ones(copy.path()), [""; 0], "{name}");
            assert_patch_does_the_same(&fixture, &patch, &after);

            // A second run changes nothing.
            let (code, again, _) = check(copy.path(), &arguments("--diff"));
            assert_eq!((code, again.as_str()), (0, ""), "{name}");
            check(copy.path(), &arguments("--fix"));
            assert_eq!(contents(copy.path()), after, "{name}");

            if !diff.is_empty() {
                let (code, out, err) = run_in(copy.path(), &["fix", "--undo"]);
                assert_eq!(code, 0, "{name}: {out}{err}");
            }
            assert!(
                contents(copy.path()) == before,
                "{name}: undo leaves something"
            );
        }
    }
    insta::assert_snapshot!("fix_notes", all_notes);
}

/// Compares what was printed with the file that has what is expected; `None` means that there is no such
/// file. With the variable `UPDATE_EXPECTED`, writes or removes the file instead.
fn compare(file: &Path, printed: Option<&[u8]>) {
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        match printed {
            Some(bytes) => fs::write(file, bytes).expect("the file can be written"),
            None if file.exists() => fs::remove_file(file).expect("the file can be removed"),
            None => {}
        }
        return;
    }
    let expected = fs::read(file).ok();
    if expected.as_deref() != printed {
        let text = |bytes: Option<&[u8]>| match bytes {
            Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            None => "(no file)\n".to_owned(),
        };
        let (expected, printed) = (text(expected.as_deref()), text(printed));
        panic!(
            "{} is not what `ptlint fix --diff` prints:\n{}\nIf the change is intended, run \
             `UPDATE_EXPECTED=1 cargo test --test it fixing` and review it with git.",
            file.display(),
            similar::TextDiff::from_lines(&expected, &printed).unified_diff()
        );
    }
}

/// git applies the diff with the same result.
fn assert_patch_does_the_same(fixture: &Path, patch: &[u8], after: &BTreeMap<PathBuf, Vec<u8>>) {
    if patch.is_empty() {
        return;
    }
    let copy = copy_of(fixture);
    let file = copy.path().join(".git-patch");
    fs::write(&file, patch).expect("a file");
    let status = Command::new("git")
        .current_dir(copy.path())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env(
            "GIT_CEILING_DIRECTORIES",
            copy.path().parent().expect("a parent"),
        )
        .args(["apply", "--whitespace=nowarn", ".git-patch"])
        .stdout(Stdio::null())
        .status()
        .expect("git starts");
    assert!(
        status.success(),
        "{}: git refuses the patch",
        fixture.display()
    );
    fs::remove_file(file).expect("removable");
    for (path, bytes) in contents(copy.path()) {
        assert_eq!(bytes, after[&path], "{}", path.display());
    }
}

const ENV: &str = "\
GAS=https://gas.vn03.national.ncrs.nhs.uk/login
# before: ldap.tsp.national.ncrs.nhs.uk
MESH=https://msg.dev.spine2.ncrs.nhs.uk/messageexchange/X26OT001
";

fn folder_with(name: &str, content: &[u8]) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join(name), content).expect("a file");
    dir
}

#[test]
fn the_output_says_what_was_fixed_and_what_is_left() {
    let dir = folder_with(".env", ENV.as_bytes());
    let common = ["--as-of", AS_OF, "--no-config"];
    let run = |arguments: &[&str]| {
        let all: Vec<&str> = arguments.iter().chain(&common).copied().collect();
        transcript(dir.path(), &all)
    };
    insta::assert_snapshot!("fix_diff", run(&["check", "--diff"]));
    insta::assert_snapshot!("fix_concise", run(&["fix", "--format", "concise"]));
    insta::assert_snapshot!(
        "fix_json",
        run(&["fix", "--unsafe-fixes", "--format", "json"])
    );
    insta::assert_snapshot!("fix_nothing_more", run(&["check", "--fix"]));
    insta::assert_snapshot!("fix_undo", run_undo(dir.path(), 3));
    assert_eq!(
        fs::read(dir.path().join(".env")).expect("readable"),
        ENV.as_bytes()
    );
}

fn run_undo(folder: &Path, times: usize) -> String {
    (0..times)
        .map(|_| transcript(folder, &["fix", "--undo"]))
        .collect::<String>()
        .replace(
            &folder
                .canonicalize()
                .expect("a folder")
                .display()
                .to_string(),
            "FOLDER",
        )
}

#[test]
fn the_network_of_a_replacement_can_be_chosen() {
    let dir = folder_with(".env", ENV.as_bytes());
    let mesh_line = |arguments: &[&str]| {
        let all: Vec<&str> = ["--diff"].iter().chain(arguments).copied().collect();
        let (_, out, _) = check(dir.path(), &all);
        let line = out
            .lines()
            .find(|line| line.starts_with("+MESH"))
            .map(str::to_owned);
        line.unwrap_or_default()
    };
    let hscn = "+MESH=https://msg.int.spine2.ncrs.nhs.uk/messageexchange/X26OT001";
    let internet = "+MESH=https://msg.intspineservices.nhs.uk/messageexchange/X26OT001";
    assert_eq!(mesh_line(&[]), "");
    assert_eq!(mesh_line(&["--unsafe-fixes"]), internet);
    assert_eq!(mesh_line(&["--network", "hscn"]), hscn);
    assert_eq!(mesh_line(&["--network", "internet"]), internet);
    assert_eq!(
        mesh_line(&["--network", "hscn", "--network", "mesh=internet"]),
        internet
    );

    fs::write(
        dir.path().join("ptlint.yaml"),
        "network:\n  services:\n    mesh: HSCN\n",
    )
    .expect("a file");
    let (_, out, _) = run_in(dir.path(), &["check", "--diff", "--as-of", AS_OF]);
    assert!(out.contains(hscn), "{out}");
    insta::assert_snapshot!(transcript(dir.path(), &["check", "--network", "hsnc"]));
    fs::write(
        dir.path().join("ptlint.yaml"),
        "network:\n  default: lan\n  services:\n    mash: HSCN\n",
    )
    .expect("a file");
    insta::assert_snapshot!(transcript(dir.path(), &["check"]));
}

#[test]
fn arguments_that_make_no_sense_together_are_refused() {
    let dir = folder_with(".env", ENV.as_bytes());
    for arguments in [
        &["check", "--unsafe-fixes"][..],
        &["check", "--backup", ".orig"],
        &["check", "--undo-file", "x"],
        &["check", "--fix", "--diff"],
        &["check", "-", "--fix"],
        &["fix", "-"],
        &["fix", "--undo", "--diff"],
    ] {
        let (code, out, err) = run_in(dir.path(), arguments);
        assert_eq!(code, 2, "{arguments:?}: {out}");
        assert!(!err.is_empty());
    }
    assert_eq!(
        fs::read(dir.path().join(".env")).expect("readable"),
        ENV.as_bytes()
    );
}

#[test]
fn backups_and_undo_patches_go_where_they_are_asked_to() {
    let dir = folder_with(".env", ENV.as_bytes());
    let (_, out, err) = check(
        dir.path(),
        &["--fix", "--backup", ".orig", "--undo-file", "back.json"],
    );
    assert!(out.contains("1 fixed in 1 file"), "{out}{err}");
    assert_eq!(
        fs::read(dir.path().join(".env.orig")).expect("a backup"),
        ENV.as_bytes()
    );
    assert!(!dir.path().join(".ptlint").exists());
    // The backup is not overwritten by the next run, and the file is left alone.
    fs::write(dir.path().join(".env"), ENV).expect("a file");
    let (_, out, _) = check(dir.path(), &["--fix", "--backup", ".orig"]);
    assert!(out.contains("exists already"), "{out}");
    assert_eq!(
        fs::read(dir.path().join(".env")).expect("readable"),
        ENV.as_bytes()
    );
}

#[cfg(unix)]
#[test]
fn links_out_of_the_root_hard_links_and_read_only_files_are_left_alone() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let outside = folder_with("far.env", ENV.as_bytes());
    let dir = folder_with("near.env", ENV.as_bytes());
    let at = |name: &str| dir.path().join(name);
    symlink(outside.path().join("far.env"), at("link.env")).expect("a link");
    symlink("near.env", at("inside.env")).expect("a link");
    fs::write(at("hard.env"), ENV).expect("a file");
    fs::hard_link(at("hard.env"), at("other.env")).expect("a link");
    fs::write(at("locked.env"), ENV).expect("a file");
    fs::set_permissions(at("locked.env"), fs::Permissions::from_mode(0o444)).expect("a mode");
    let (code, out, _) = check(dir.path(), &["--fix", "."]);
    assert_eq!(code, 1);
    let reasons: Vec<&str> = out
        .lines()
        .filter(|line| line.contains("is not fixed"))
        .collect();
    insta::assert_snapshot!(reasons.join("\n"));
    for name in ["hard.env", "locked.env"] {
        assert_eq!(
            fs::read(at(name)).expect("readable"),
            ENV.as_bytes(),
            "{name}"
        );
    }
    let far = fs::read(outside.path().join("far.env")).expect("readable");
    assert_eq!(far, ENV.as_bytes());
    assert!(
        fs::symlink_metadata(at("inside.env"))
            .expect("there")
            .is_symlink()
    );
    let near = fs::read_to_string(at("near.env")).expect("readable");
    assert_eq!(near, ENV.replace("gas.vn03", "gas.nis1"));
}
