//! `ptlint.yaml`: where it is found, what it changes, and how its faults are shown.

use std::fs;
use std::path::Path;

use crate::common::{AS_OF, run_in, transcript};
use tempfile::TempDir;

const DEV: &str = "url: https://msg.dev.spine2.ncrs.nhs.uk/sync-service\n";

fn folder(configuration: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("ptlint.yaml"), configuration).expect("written");
    fs::create_dir_all(dir.path().join("tests")).expect("a folder");
    fs::write(dir.path().join("a.yml"), DEV).expect("written");
    fs::write(dir.path().join("tests/b.yml"), DEV).expect("written");
    dir
}

fn severities(folder: &Path, arguments: &[&str]) -> (i32, Vec<String>) {
    let mut all = vec!["check", "--format", "concise", "--as-of", AS_OF];
    all.extend(arguments);
    let (code, out, err) = run_in(folder, &all);
    assert_eq!(err, "");
    let words = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let found = out.lines().filter(|line| !line.starts_with("incomplete:"));
    (code, found.map(words).collect())
}

#[test]
fn severities_follow_the_last_entry_that_fits() {
    let dir = folder(
        "severity:\n  - {environment: DEV, severity: warning}\n  - {path: [tests/], service: spine-messaging, severity: info}\nfail-on: error\n",
    );
    assert_eq!(
        severities(dir.path(), &[]),
        (
            0,
            vec!["a.yml:1:14 warning".into(), "tests/b.yml:1:14 info".into()]
        )
    );
    assert_eq!(severities(dir.path(), &["--fail-on", "warning"]).0, 1);
    assert_eq!(
        severities(dir.path(), &["--no-config"]),
        (
            1,
            vec!["a.yml:1:14 error".into(), "tests/b.yml:1:14 error".into()]
        )
    );
}

#[test]
fn off_suppresses_and_is_counted() {
    let dir = folder("severity:\n  - {rule: dev-host, severity: off, reason: recorded traffic}\n");
    let (code, out, _) = run_in(dir.path(), &["check", "--format", "json", "--as-of", AS_OF]);
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(code, 0);
    assert_eq!(report["violations"].as_array().expect("a list").len(), 0);
    assert_eq!(report["suppressed"].as_array().expect("a list").len(), 2);
    assert_eq!(
        report["suppressed"][0]["suppressed"]["reason"],
        "recorded traffic"
    );
    let (_, human, _) = run_in(dir.path(), &["check", "--as-of", AS_OF]);
    assert!(
        human.contains("Suppressed by configuration: 2 violations."),
        "{human}"
    );
}

#[test]
fn include_documentation_and_confidence_narrow_the_check() {
    let dir = folder("include: [tests/]\ndocumentation: [tests/b.yml]\n");
    assert_eq!(
        severities(dir.path(), &[]),
        (1, vec!["tests/b.yml:1:14 warning".into()])
    );
    let dir = folder("min-confidence: certain\n");
    fs::write(dir.path().join("c.yml"), "x: zz9.dev.spine2.ncrs.nhs.uk\n").expect("written");
    assert_eq!(severities(dir.path(), &[]).1.len(), 2);
    assert_eq!(
        severities(dir.path(), &["--min-confidence", "likely"])
            .1
            .len(),
        3
    );
}

/// The paths with violations, and the exit code.
fn found(folder: &std::path::Path, arguments: &[&str]) -> (i32, Vec<String>, String) {
    let mut all = vec!["check", "--as-of", AS_OF, "--format", "concise"];
    all.extend(arguments);
    let (code, out, err) = run_in(folder, &all);
    let paths = out.lines().filter(|line| line.contains(" error dev-host "));
    let paths = paths.filter_map(|line| line.split_once(':'));
    let mut paths: Vec<String> = paths.map(|(path, _)| path.to_owned()).collect();
    paths.dedup();
    (code, paths, err)
}

fn tree(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }
    dir
}

const URL: &str = "u: https://msg.dev.spine2.ncrs.nhs.uk\n";

#[test]
fn a_file_has_one_configuration_however_the_command_is_called() {
    let dir = tree(&[
        ("ptlint.yaml", "exclude: [sub/bar]\n"),
        ("sub/ptlint.yaml", "exclude: [foo]\n"),
        ("sub/foo/x.yml", URL),
        ("sub/bar/y.yml", URL),
    ]);
    git_init(dir.path());
    let sub = dir.path().join("sub");
    for (folder, arguments) in [
        (dir.path(), vec!["."]),
        (dir.path(), vec!["sub"]),
        (dir.path(), vec!["sub/foo/x.yml", "sub/bar/y.yml"]),
        (dir.path(), vec!["sub/foo", "sub/bar"]),
        (sub.as_path(), vec!["."]),
        (sub.as_path(), vec!["foo/x.yml", "bar/y.yml"]),
        (dir.path(), vec!["--config", "ptlint.yaml", "sub"]),
        (sub.as_path(), vec!["--config", "../ptlint.yaml"]),
    ] {
        let (code, paths, err) = found(folder, &arguments);
        assert_eq!(code, 1, "{arguments:?}: {err}");
        assert_eq!(paths.len(), 1, "{arguments:?}: {paths:?}");
        assert!(paths[0].ends_with("foo/x.yml"), "{arguments:?}: {paths:?}");
    }
    // The one that is not used is listed.
    let (_, out, _) = run_in(dir.path(), &["check", ".", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let unused = &report["coverage"]["skipped"]["unused-configuration"]["paths"];
    assert_eq!(*unused, serde_json::json!(["sub/ptlint.yaml"]));
}

fn git_init(folder: &std::path::Path) {
    let mut git = std::process::Command::new("git");
    let status = git.current_dir(folder).args(["init", "-q"]).status();
    assert!(status.expect("git").success());
}

#[test]
fn globs_are_relative_to_the_folder_of_their_file() {
    let dir = tree(&[
        ("svc/a/x.yml", URL),
        ("svc/a/vendor/v.yml", URL),
        ("svc/b/y.yml", URL),
        ("vendor/w.yml", URL),
        ("svc/a/ptlint.yaml", "exclude: [/vendor/]\n"),
    ]);
    git_init(dir.path());
    let config = ["--config", "svc/a/ptlint.yaml"];
    for (path, expected) in [
        (".", &["svc/a/x.yml", "svc/b/y.yml", "vendor/w.yml"][..]),
        ("svc", &["svc/a/x.yml", "svc/b/y.yml"]),
        ("svc/a", &["svc/a/x.yml"]),
        ("svc/a/vendor/v.yml", &[]),
    ] {
        let (_, paths, err) = found(dir.path(), &[&config[..], &[path]].concat());
        assert_eq!(paths, expected, "{path}: {err}");
    }
}

#[test]
fn standard_input_is_left_out_as_the_file_of_its_name_is() {
    let dir = tree(&[
        ("ptlint.yaml", "exclude: [vendor/]\ninclude: ['*.yml']\n"),
        ("vendor/x.yml", URL),
        ("sub/x.yml", URL),
    ]);
    git_init(dir.path());
    let absolute = dir.path().join("vendor/x.yml").display().to_string();
    let sub = dir.path().join("sub");
    for (folder, name, code) in [
        (dir.path(), "vendor/x.yml", 0),
        (dir.path(), "./vendor/x.yml", 0),
        (dir.path(), "vendor/new.yml", 0),
        (dir.path(), absolute.as_str(), 0),
        (sub.as_path(), "../vendor/x.yml", 0),
        (dir.path(), "sub/x.txt", 0),
        (dir.path(), "sub/x.yml", 1),
        (sub.as_path(), "x.yml", 1),
    ] {
        let mut command = crate::common::ptlint();
        let arguments = ["check", "--as-of", AS_OF, "--stdin-filename", name, "-"];
        let input = fs::File::open(dir.path().join("sub/x.yml")).expect("a file");
        command.current_dir(folder).args(arguments).stdin(input);
        let (got, out, err) = crate::common::finish(&mut command);
        assert_eq!(got, code, "{name}: {out}{err}");
    }
}

#[test]
fn both_endings_are_configurations_and_two_of_them_are_refused() {
    let dir = tree(&[("ptlint.yml", "exclude: [a.yml]\n"), ("a.yml", URL)]);
    assert_eq!(found(dir.path(), &[]).1, Vec::<String>::new());
    fs::write(dir.path().join("ptlint.yaml"), "").expect("a file");
    let (code, _, err) = found(dir.path(), &[]);
    assert_eq!(code, 2);
    assert!(err.contains("are both configurations"), "{err}");
}

#[test]
fn patterns_that_could_match_nothing_are_taken_as_meant_or_refused() {
    let dir = tree(&[("docs/a.yml", URL), ("b.txt", "ok\n")]);
    let root = dir.path().canonicalize().expect("a path");
    let absolute = root.join("docs").display().to_string();
    for (glob, code) in [
        ("docs/", 0),
        ("./docs/", 0),
        ("docs//a.yml", 0),
        (absolute.as_str(), 0),
        ("../docs", 2),
    ] {
        let (got, _, err) = found(dir.path(), &["--exclude", glob]);
        assert_eq!(got, code, "{glob}: {err}");
        let configuration = format!("exclude: ['{glob}']\n");
        fs::write(dir.path().join("ptlint.yaml"), configuration).expect("a file");
        let (got, _, err) = found(dir.path(), &[]);
        assert_eq!(got, code, "{glob} in the file: {err}");
        fs::remove_file(dir.path().join("ptlint.yaml")).expect("removed");
    }
}

#[test]
fn the_configuration_is_found_at_the_git_root() {
    let dir = folder("exclude: [/tests/b.yml]\n");
    fs::create_dir(dir.path().join(".git")).expect("a folder");
    let outside = tempfile::tempdir().expect("a folder");
    let tests = dir.path().join("tests").to_string_lossy().into_owned();
    // From the git root, with globs relative to it, whatever the working directory is.
    assert_eq!(
        severities(outside.path(), &[&tests]).1,
        Vec::<String>::new()
    );
    fs::write(dir.path().join("tests/.ptlint.yaml"), "fail-on: error\n").expect("written");
    assert_eq!(severities(outside.path(), &[&tests]).1.len(), 0);
    let named = dir
        .path()
        .join("ptlint.yaml")
        .to_string_lossy()
        .into_owned();
    assert_eq!(
        severities(outside.path(), &[&tests, "--config", &named]).1,
        Vec::<String>::new()
    );
}

#[test]
fn all_faults_are_shown_at_once_with_their_places() {
    let dir = folder(
        "exlude: [vendor]\nfail-on: eror\nseverity:\n  - {rule: dev-host, severity: of}\n  - {path: tests, severity: info}\n  - 3\ndocumentation: docs\n",
    );
    insta::assert_snapshot!(transcript(dir.path(), &["check"]));
}

#[test]
fn unknown_ids_globs_and_packs_are_faults() {
    let mut all = String::new();
    for text in [
        "severity:\n  - {rule: dev-hots, severity: info}\n  - {service: spine, environment: DVE, severity: info}\n",
        "exclude: [\"[z-a]\"]\npacks: [nhs-plt, ../]\n",
        "packs: [./none]\n",
        "a: [\n",
        "fail-on: error\nfail-on: info\n",
    ] {
        let dir = folder(text);
        let text = transcript(dir.path(), &["check"]);
        all.push_str(&text.replace(&*dir.path().to_string_lossy(), "[folder]"));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn init_writes_a_configuration_that_is_accepted_and_never_overwrites() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("a.yml"), DEV).expect("written");
    let (code, _, _) = run_in(dir.path(), &["init"]);
    assert_eq!(code, 0);
    let text = fs::read_to_string(dir.path().join("ptlint.yaml")).expect("written");
    let (_, before, _) = run_in(dir.path(), &["check", "--as-of", AS_OF]);
    // What the comments show is accepted too.
    let shown: String = text
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| {
            line.starts_with("  ")
                || line.split(':').next().is_some_and(|key| {
                    [
                        "include",
                        "exclude",
                        "fail-on",
                        "min-confidence",
                        "severity",
                        "ignore",
                        "documentation",
                    ]
                    .contains(&key)
                })
        })
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(dir.path().join("ptlint.yaml"), &shown).expect("written");
    let (code, _, err) = run_in(dir.path(), &["check", "--as-of", AS_OF, "--show-config"]);
    assert_eq!((code, err.as_str()), (0, ""), "{shown}");
    fs::write(dir.path().join("ptlint.yaml"), &text).expect("written");
    let (_, after, _) = run_in(dir.path(), &["check", "--as-of", AS_OF]);
    assert_eq!(before, after);
    let (code, _, err) = run_in(dir.path(), &["init"]);
    assert_eq!(code, 2);
    assert!(err.contains("exists already"), "{err}");
    assert_eq!(
        fs::read_to_string(dir.path().join("ptlint.yaml")).expect("there"),
        text
    );
}

#[test]
fn show_config_prints_what_holds_as_a_configuration() {
    let dir = folder(
        "exclude: [vendor/]\nseverity:\n  - {rule: dev-host, path: [tests/], severity: info}\n",
    );
    let arguments = [
        "check",
        "--show-config",
        "--exclude",
        "*.log",
        "--fail-on",
        "error",
    ];
    let (code, out, _) = run_in(dir.path(), &arguments);
    assert_eq!(code, 0);
    let place = dir.path().canonicalize().expect("a path");
    insta::assert_snapshot!(out.replace(&*place.to_string_lossy(), "[folder]"));
    // What is printed can be used.
    let printed = dir.path().join("printed.yaml");
    fs::write(&printed, &out).expect("written");
    let again = ["check", "--show-config", "--config", "printed.yaml"];
    let (code, second, err) = run_in(dir.path(), &again);
    assert_eq!(code, 0, "{err}");
    let body = |text: &str| text.split_once('\n').expect("lines").1.to_owned();
    assert_eq!(body(&out), body(&second));
}

#[cfg(unix)]
#[test]
fn a_configuration_outside_of_the_scanned_files_is_not_read() {
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("secret"), "token: not-for-anyone\n").expect("a file");
    let dir = tempfile::tempdir().expect("a folder");
    let link = dir.path().join("ptlint.yaml");
    std::os::unix::fs::symlink(outside.path().join("secret"), &link).expect("a link");
    let (code, out, err) = run_in(dir.path(), &["check", "."]);
    assert_eq!(code, 2, "{out}{err}");
    assert!(err.contains("a link out of its folder"), "{err}");
    assert!(!err.contains("not-for-anyone"), "{err}");

    std::fs::remove_file(&link).expect("removable");
    let made = std::process::Command::new("mkfifo").arg(&link).status();
    assert!(made.expect("mkfifo starts").success());
    let (code, _, err) = run_in(dir.path(), &["check", "."]);
    assert_eq!(code, 2);
    assert!(err.contains("it is not a file"), "{err}");
}

#[test]
fn reports_name_the_configuration_that_held_wherever_the_run_began() {
    let dir = folder("fail-on: error\n");
    let git = std::process::Command::new("git")
        .current_dir(dir.path())
        .args(["init", "-q"])
        .status();
    assert!(git.expect("git").success());
    fs::create_dir_all(dir.path().join("in/side")).expect("folders");
    fs::write(
        dir.path().join("in/side/a.yml"),
        "a: msg.dev.spine2.ncrs.nhs.uk\n",
    )
    .expect("a file");
    let digest = ptlint::internals::config::digest("fail-on: error\n");
    for (folder, argument, path) in [
        ("", ".", "ptlint.yaml"),
        ("", "in", "../ptlint.yaml"),
        // Files lie below the root of their repository.
        ("in/side", "a.yml", "ptlint.yaml"),
        ("in", "./side", "../../ptlint.yaml"),
    ] {
        let folder = dir.path().join(folder);
        let check = |format: &str| {
            let arguments = ["check", argument, "--as-of", AS_OF, "--format", format];
            run_in(&folder, &arguments).1
        };
        let report: serde_json::Value = serde_json::from_str(&check("json")).expect("JSON");
        let expected = serde_json::json!([{"path": path, "digest": digest}]);
        assert_eq!(report["configurations"], expected);
        let human = check("human");
        let sentence = format!(" with {path}; nothing skipped.");
        assert!(human.contains(&sentence), "{human}");
        for format in ["jsonl", "sarif", "html"] {
            let text = check(format);
            assert!(text.contains(&digest), "{format}: {text}");
        }
    }
    // Without one nothing is claimed.
    let arguments = ["check", ".", "--no-config", "--format", "json"];
    let (_, out, _) = run_in(dir.path(), &arguments);
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(report["configurations"], serde_json::json!([]));
}

#[test]
fn a_configuration_is_written_where_a_check_of_the_repository_reads_it() {
    let reason = ["--reason", "kept for a test", "--as-of", AS_OF];
    // JSON has no comments, so the entries go to a configuration.
    let json = "{\"url\": \"https://msg.dev.spine2.ncrs.nhs.uk/\"}\n";
    for (from, path) in [
        ("", "sub"),
        ("sub", "."),
        ("sub", "../sub/b.json"),
        ("", "sub/b.json"),
    ] {
        let dir = tempfile::tempdir().expect("a folder");
        git_init(dir.path());
        fs::create_dir_all(dir.path().join("sub/inner")).expect("folders");
        for name in ["sub/b.json", "sub/inner/c.json"] {
            fs::write(dir.path().join(name), json).expect("written");
        }
        let from = dir.path().join(from);
        let (code, out, err) = run_in(
            &from,
            &[&["suppress", path][..], &reason, &["--diff"]].concat(),
        );
        assert_eq!((code, err.as_str()), (1, ""), "{out}");
        assert!(out.contains("+++ b/ptlint.yaml\n"), "{out}");
        let (code, out, err) = run_in(&from, &[&["suppress", path][..], &reason].concat());
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        assert!(dir.path().join("ptlint.yaml").is_file(), "{out}");
        assert!(!dir.path().join("sub/ptlint.yaml").exists());
        let left = usize::from(path.ends_with("b.json"));
        for (folder, path) in [(dir.path(), "."), (dir.path(), "sub"), (&from, ".")] {
            let (_, out, _) = run_in(
                folder,
                &["check", path, "--as-of", AS_OF, "--format", "concise"],
            );
            assert_eq!(out.lines().count(), left, "{out}");
        }
        // It is undone as it says.
        let undo = out.split('`').nth(1).expect("a command");
        let undo: Vec<&str> = undo.split(' ').skip(1).collect();
        let (code, out, err) = run_in(&from, &undo);
        assert_eq!(code, 0, "{undo:?}: {out}{err}");
        // An entry is added to a configuration that is there already.
        fs::write(dir.path().join("ptlint.yaml"), "fail-on: error\n").expect("written");
        let (code, out, err) = run_in(&from, &[&["suppress", path][..], &reason].concat());
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
    }
}

#[test]
fn init_in_a_folder_of_a_repository_writes_the_configuration_of_the_repository() {
    for (from, folder) in [
        ("sub/inner", None),
        ("", Some("sub")),
        ("sub", Some("inner")),
    ] {
        let dir = tempfile::tempdir().expect("a folder");
        git_init(dir.path());
        fs::create_dir_all(dir.path().join("sub/inner")).expect("folders");
        let mut arguments = vec!["init"];
        arguments.extend(folder);
        let (code, out, err) = run_in(&dir.path().join(from), &arguments);
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        assert!(dir.path().join("ptlint.yaml").is_file(), "{out}");
        fs::rename(
            dir.path().join("ptlint.yaml"),
            dir.path().join(".ptlint.yml"),
        )
        .expect("renamed");
        let (code, _, err) = run_in(&dir.path().join(from), &arguments);
        assert_eq!(code, 2, "{err}");
    }
}
