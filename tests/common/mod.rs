//! What several test files need: the program in a clean environment, and the library on a text.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ptlint::facts::{Confidence, Context, Report};
use ptlint::internals::catalogue::Catalogue;
use ptlint::internals::report::ReportFormat;
use ptlint::{Options, check_content};
use tempfile::TempDir;

/// A day after everything is decommissioned, so that outputs do not change with the calendar.
pub const AS_OF: &str = "2026-01-01";

/// The folder of the crate.
pub fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The repository that is the fixture of that name.
pub fn fixture(name: &str) -> PathBuf {
    home().join("fixtures").join(name).join("tree")
}

/// The repositories of all fixtures.
pub fn fixtures() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(home().join("fixtures"))
        .expect("fixtures")
        .map(|entry| entry.expect("readable").path().join("tree"))
        .filter(|tree| tree.is_dir())
        .collect();
    all.sort();
    assert!(all.len() >= 18, "{}", all.len());
    all
}

/// The program without the variables of whoever runs the tests.
pub fn ptlint() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ptlint"));
    for name in [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
        "CI",
        "TERM",
        "GITHUB_STEP_SUMMARY",
    ] {
        command.env_remove(name);
    }
    command.current_dir(home()).stdin(Stdio::null());
    command
}

/// Runs the program with arguments in a folder: exit code, standard output, standard error.
pub fn run_in(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    finish(ptlint().current_dir(folder).args(arguments))
}

/// Runs a prepared command.
pub fn finish(command: &mut Command) -> (i32, String, String) {
    let output = command.output().expect("the program starts");
    (
        output.status.code().expect("an exit code"),
        String::from_utf8(output.stdout).expect("text on standard output"),
        String::from_utf8(output.stderr).expect("text on standard error"),
    )
}

/// Exit code, output and errors as one text, for snapshots.
pub fn transcript(folder: &Path, arguments: &[&str]) -> String {
    let (code, out, err) = run_in(folder, arguments);
    let errors = if err.is_empty() {
        String::new()
    } else {
        format!("--- errors\n{err}")
    };
    format!(
        "$ ptlint {}\n{out}{errors}--- exit {code}\n",
        arguments.join(" ")
    )
}

/// A temporary folder with files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

/// Writes a file, and the folders to it.
pub fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
    fs::write(path, content).expect("a file");
}

/// A copy of a folder in a temporary one.
pub fn copy_of(folder: &Path) -> TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    copy_into(folder, copy.path());
    copy
}

fn copy_into(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("readable");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            fs::create_dir_all(&target).expect("a folder");
            copy_into(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Runs git in a folder, without anybody's configuration, and gives what it prints; it must succeed.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .args([
            "-c",
            "user.name=ptlint",
            "-c",
            "user.email=tests@example.org",
        ])
        .args(["-c", "protocol.file.allow=always"])
        .args(arguments)
        .output()
        .expect("git starts");
    assert!(output.status.success(), "git {arguments:?}: {output:?}");
    String::from_utf8_lossy(&output.stdout)
        .trim_end()
        .to_owned()
}

/// The report on one content.
pub fn check_text(catalogue: &Catalogue, path: &str, content: &[u8], least: Confidence) -> Report {
    let mut options = Options::new(["unused"]).as_of(AS_OF.parse().expect("a date"));
    options.settings.min_confidence = least;
    check_content(catalogue, &options, path, content)
}

/// The word of the report for a context.
pub fn context_word(context: Context) -> String {
    let mut word = String::new();
    for c in format!("{context:?}").chars() {
        if c.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.push(c.to_ascii_lowercase());
    }
    word
}

/// The format of a name.
pub fn named(name: &str) -> ReportFormat {
    ReportFormat::by_name(name).expect("a format")
}

/// The embedded packs.
pub fn catalogue() -> Catalogue {
    Catalogue::embedded().expect("the embedded packs are sound")
}

/// A row of tests/data/endpoints.yaml.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Row {
    pub environment: String,
    pub kind: String,
    pub value: String,
    pub int: Option<String>,
    pub verdict: String,
    pub evidence: String,
}

/// All rows that the pack was made from.
pub fn rows() -> Vec<Row> {
    #[derive(serde::Deserialize)]
    struct Table {
        rows: Vec<Row>,
    }
    let text =
        std::fs::read_to_string(home().join("tests/data/endpoints.yaml")).expect("the table");
    let table: Table = serde_yaml::from_str(&text).expect("rows");
    table.rows
}
