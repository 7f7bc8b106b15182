//! The Python wheel: built, installed into a fresh environment without an index, and run from there, also
//! by pre-commit. `tests/clients/install` installs what builds it; without that these tests fail.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::common::{AS_OF, finish, home, run_in};
use crate::pre_commit::{BAD, GOOD, Repository, block_of_the_docs, said};

/// Runs a command that has to succeed.
fn succeed(command: &mut Command) {
    let (code, out, err) = finish(command);
    assert_eq!(code, 0, "{command:?}: {out}{err}");
}

/// The folder with the wheel, built once for all tests.
fn wheels() -> &'static Path {
    static WHEELS: OnceLock<PathBuf> = OnceLock::new();
    WHEELS.get_or_init(|| {
        let into = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wheels");
        if into.exists() {
            fs::remove_dir_all(&into).expect("a folder of an earlier run");
        }
        let maturin = home().join("target/clients/venv/bin/maturin");
        assert!(
            maturin.exists(),
            "maturin is missing: run `python3 tests/clients/install`"
        );
        succeed(
            compiling(&mut Command::new(maturin), "wheel")
                .current_dir(home())
                .args(["build", "--locked"])
                .args(quickly())
                .arg("--out")
                .arg(&into),
        );
        into
    })
}

/// The folder of this run's programs.
fn target() -> &'static Path {
    let program = Path::new(env!("CARGO_BIN_EXE_ptlint"));
    program.parent().expect("a folder")
}

/// The profile of this run.
fn profile() -> &'static str {
    match target().file_name().and_then(|name| name.to_str()) {
        Some("debug") => "dev",
        Some(name) => name,
        None => panic!("{} is not the folder of a profile", target().display()),
    }
}

/// The arguments of maturin that compile the package with the profile of this run, but not optimised,
/// which takes a fraction of the time. It has to be compiled again for cargo: without the dependencies of
/// tests a few crates have fewer features.
fn quickly() -> [String; 4] {
    let profile = profile();
    let plain = format!("profile.{profile}.package.ptlint.opt-level=0");
    ["--profile", profile, "--config", &plain].map(str::to_owned)
}

/// Has a command compile into a folder of its own, since other tests use the program of this run. Crates
/// that are compiled already are not compiled again (by cargo 1.91 or later, which knows the second
/// variable).
fn compiling<'c>(command: &'c mut Command, folder: &str) -> &'c mut Command {
    let all = target().parent().expect("a folder");
    command
        .env("CARGO_TARGET_DIR", all.join(folder))
        .env("CARGO_BUILD_BUILD_DIR", all)
}

/// The program that was compiled for the wheel.
fn program_of_the_wheel() -> PathBuf {
    let profile = target().file_name().expect("a name");
    let all = target().parent().expect("a folder");
    all.join("wheel").join(profile).join("ptlint")
}

/// The packages that pip may use, all of them in folders.
fn without_an_index(command: &mut Command, folders: &[&Path]) {
    let folders: Vec<_> = folders.iter().map(|f| f.display().to_string()).collect();
    command
        .env("PIP_NO_INDEX", "1")
        .env("PIP_FIND_LINKS", folders.join(" "))
        .env("PIP_DISABLE_PIP_VERSION_CHECK", "1");
}

/// What builds packages, as `tests/clients/install` fetched it.
fn builders() -> PathBuf {
    let folder = home().join("target/clients/wheels");
    assert!(
        folder.exists(),
        "wheels are missing: run `python3 tests/clients/install`"
    );
    folder
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
    let built = only(wheels(), ".whl");
    assert_eq!(built.len(), 1, "{built:?}");
    let wheel = &built[0];
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
            .arg(wheel),
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

    let fixture = home().join("fixtures/docker-compose/tree");
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

#[test]
fn pre_commit_runs_the_hook_from_the_wheel() {
    let it = Repository::empty();
    it.configure(&block_of_the_docs(
        "# .pre-commit-config.yaml, from the package",
    ));
    let run = || {
        let mut command = it.pre_commit();
        without_an_index(&mut command, &[wheels(), &builders()]);
        said(command.args(["run", "--color", "never", "--verbose"]))
    };
    it.stage("good.yml", GOOD);
    let (code, out) = run();
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("Checked 1 file"), "{out}");
    it.stage("two words/bad.yml", BAD);
    let (code, out) = run();
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("two words/bad.yml:1:14"), "{out}");
    // It is the program of the wheel, and nothing was compiled for it.
    let environments = walkdir::WalkDir::new(it.next_to("cache"));
    let installed: Vec<PathBuf> = environments
        .into_iter()
        .map(|entry| entry.expect("an entry").into_path())
        .filter(|path| path.ends_with("bin/ptlint"))
        .collect();
    assert_eq!(installed.len(), 1, "{installed:?}");
    let size = |program: &Path| fs::metadata(program).expect("a program").len();
    assert_eq!(size(&installed[0]), size(&program_of_the_wheel()));
}

/// A repository with the files of this one as they are now, committed or not.
fn this_repository(it: &Repository) -> PathBuf {
    let copy = it.next_to("ptlint");
    let mut list = it.command("git");
    // Whoever runs the tests need not be the owner of the files.
    list.current_dir(home())
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", "safe.directory")
        .env("GIT_CONFIG_VALUE_0", "*")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]);
    let (code, names, err) = finish(&mut list);
    assert_eq!(code, 0, "{err}");
    for name in names.split_terminator('\0') {
        let (from, to) = (home().join(name), copy.join(name));
        // One that is deleted is still in the index.
        if from.is_file() {
            fs::create_dir_all(to.parent().expect("a parent")).expect("folders");
            fs::copy(from, to).expect("a copy");
        }
    }
    it.git_in(&copy, &["init", "-q"]);
    it.git_in(&copy, &["add", "--all", "--force"]);
    it.git_in(&copy, &["commit", "-qm", "as it is"]);
    copy
}

/// pre-commit clones this repository, builds the package as `language: python` says, and runs it.
#[test]
fn pre_commit_tries_this_repository() {
    let it = Repository::empty();
    it.stage("good.yml", GOOD);
    it.stage("größe/bad.yml", BAD);
    let mut command = it.pre_commit();
    without_an_index(&mut command, &[&builders()]);
    compiling(&mut command, "tried").env("MATURIN_PEP517_ARGS", quickly().join(" "));
    let arguments = ["try-repo", "--color", "never", "--all-files", "--verbose"];
    let (code, out) = said(command.args(arguments).arg(this_repository(&it)));
    assert_eq!(code, 1, "{out}");
    // In the order of their ids: what the second fixes the third does not find any more.
    let parts: Vec<&str> = out.split("- hook id: ").skip(1).collect();
    let expected = [
        ("ptlint\n", "- exit code: 1", "größe/bad.yml:1:14"),
        (
            "ptlint-fix\n",
            "- files were modified by this hook",
            "1 fixed in 1 file",
        ),
        ("ptlint-repo\n", "- duration: ", "Checked 2 files"),
    ];
    assert_eq!(parts.len(), expected.len(), "{out}");
    for (part, (id, result, said)) in parts.iter().zip(expected) {
        for text in [id, result, said] {
            assert!(part.contains(text), "{text}: {out}");
        }
    }
    assert!(!parts[2].contains("exit code"), "{out}");
    let left = fs::read_to_string(it.path("größe/bad.yml"));
    assert_eq!(left.expect("a file"), GOOD);
}
