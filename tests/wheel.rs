//! The Python wheel: built, installed without an index into a fresh environment, and run from there.
//! `tests/clients/install` installs what builds it; without that this test fails.
#![cfg(unix)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{AS_OF, finish, home, run_in};

/// Runs a command that has to succeed.
fn succeed(command: &mut Command) {
    let (code, out, err) = finish(command);
    assert_eq!(code, 0, "{command:?}: {out}{err}");
}

/// Builds the wheel with the profile and the target folder of this run, so that what is compiled
/// already is not compiled again.
fn build(into: &Path) -> PathBuf {
    let maturin = home().join("target/clients/venv/bin/maturin");
    assert!(
        maturin.exists(),
        "maturin is missing: run `python3 tests/clients/install`"
    );
    let folder = Path::new(env!("CARGO_BIN_EXE_ptlint"))
        .parent()
        .expect("a folder");
    let profile = match folder.file_name().and_then(|name| name.to_str()) {
        Some("debug") => "dev",
        Some(name) => name,
        None => panic!("{} is no profile", folder.display()),
    };
    succeed(
        Command::new(maturin)
            .current_dir(home())
            .env(
                "CARGO_TARGET_DIR",
                folder.parent().expect("a target folder"),
            )
            .args(["build", "--locked", "--profile", profile, "--out"])
            .arg(into),
    );
    let wheels = only(into, ".whl");
    assert_eq!(wheels.len(), 1, "{wheels:?}");
    wheels[0].clone()
}

/// The entries of a folder with such an ending.
fn only(folder: &Path, ending: &str) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect()
}

/// The folder of the wheel's metadata in an environment.
fn metadata(environment: &Path) -> PathBuf {
    let python = only(&environment.join("lib"), "").remove(0);
    let name = format!("ptlint-{}.dist-info", env!("CARGO_PKG_VERSION"));
    python.join("site-packages").join(name)
}

#[test]
fn the_wheel_installs_without_an_index_and_runs() {
    let work = tempfile::tempdir().expect("a folder");
    let wheel = build(&work.path().join("wheels"));
    let name = wheel.file_name().expect("a name").to_string_lossy();
    let start = format!("ptlint-{}-py3-none-", env!("CARGO_PKG_VERSION"));
    assert!(name.starts_with(&start), "{name}");

    let environment = work.path().join("environment");
    succeed(
        Command::new("python3")
            .args(["-m", "venv"])
            .arg(&environment),
    );
    let python = environment.join("bin/python");
    let pip = ["-m", "pip", "--disable-pip-version-check", "install"];
    succeed(
        Command::new(&python)
            .args(pip)
            .args(["--no-index", "--no-deps"])
            .arg(&wheel),
    );

    // Not that of cargo, nor one that happens to be on the search path: nothing else is.
    let installed = || {
        let mut command = Command::new(environment.join("bin/ptlint"));
        command.env_clear().env("LC_ALL", "C");
        command
    };
    let (code, out, err) = finish(installed().arg("--version"));
    let version = format!("ptlint {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!((code, out, err), (0, version, String::new()));

    let fixture = home().join("fixtures/docker-compose");
    let arguments = ["check", "--format", "json", "--as-of", AS_OF];
    let (code, out, err) = finish(installed().current_dir(&fixture).args(arguments));
    assert_eq!(code, 1, "{err}");
    // The packs are inside: the report is that of cargo's program.
    let (expected_code, expected, _) = run_in(&fixture, &arguments);
    assert_eq!(expected_code, 1);
    assert_eq!(out, expected);

    let clean = work.path().join("clean");
    fs::create_dir(&clean).expect("a folder");
    fs::write(
        clean.join("a.yml"),
        "a: https://msg.int.spine2.ncrs.nhs.uk\n",
    )
    .expect("a file");
    let (code, _, err) = finish(installed().current_dir(&clean).arg("check"));
    assert_eq!(code, 0, "{err}");

    let about = metadata(&environment);
    let text = fs::read_to_string(about.join("METADATA")).expect("METADATA");
    let (head, body) = text.split_once("\n\n").expect("a head and the README");
    for line in [
        "Name: ptlint",
        "License-Expression: MIT OR Apache-2.0",
        "License-File: LICENSE-APACHE",
        "License-File: LICENSE-MIT",
        "Description-Content-Type: text/markdown; charset=UTF-8; variant=GFM",
    ] {
        assert!(head.lines().any(|l| l == line), "{line} is not in\n{head}");
    }
    let readme = fs::read_to_string(home().join("README.md")).expect("README");
    assert_eq!(body.trim(), readme.trim());
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let shipped = fs::read(about.join("licenses").join(licence)).expect("a licence");
        assert_eq!(shipped, fs::read(home().join(licence)).expect("a licence"));
    }
    let record = fs::read_to_string(about.join("RECORD")).expect("RECORD");
    assert!(!record.contains(".py,"), "the wheel holds code:\n{record}");
    assert!(record.contains(".cyclonedx.json,"), "no SBOM:\n{record}");
}
