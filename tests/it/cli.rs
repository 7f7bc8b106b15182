//! The command line as users see it: snapshots of its output, exit codes and input.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::{AS_OF, finish, folder, git, home, ptlint, run_in, transcript};
use tempfile::TempDir;

const DEV: &str = "url: https://msg.dev.spine2.ncrs.nhs.uk/sync-service\n";

/// Lines of the concise format, without their messages.
fn places(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let mut all = vec!["check", "--format", "concise", "--as-of", AS_OF];
    all.extend(arguments);
    let (_, out, err) = run_in(folder, &all);
    // What leaves a gap has no place in lines of violations.
    assert!(
        err.is_empty() || err.starts_with("note: not read: "),
        "{err}"
    );
    out.lines()
        .map(|line| line.split(' ').next().expect("a place").to_owned())
        .collect()
}

#[test]
fn human_format() {
    let dir = folder(&[
        (
            "app.yml",
            "# was ldaps://ldap.vn03.national.ncrs.nhs.uk\nspine:\n  url: https://msg.train.spine2.ncrs.nhs.uk:443/sync-service\n  int: https://msg.int.spine2.ncrs.nhs.uk\n",
        ),
        (
            "mesh.env",
            "MESH_URL=https://msg.dev.spine2.ncrs.nhs.uk/messageexchange\nERS=https://api.dev1.ers.ncrs.nhs.uk/ers-api/v1\nOIDC=https://am.nhsdev.auth-ptl.cis2.spineservices.nhs.uk\n",
        ),
        ("msg.dev.spine2.ncrs.nhs.uk.cer", "not a certificate\n"),
    ]);
    insta::assert_snapshot!(transcript(dir.path(), &["check", "--as-of", AS_OF]));
}

#[test]
fn human_format_without_violations() {
    let dir = folder(&[("a.yml", "url: https://msg.int.spine2.ncrs.nhs.uk\n")]);
    insta::assert_snapshot!(transcript(dir.path(), &["check", "--as-of", AS_OF]));
}

#[test]
fn concise_format() {
    let dir = folder(&[
        ("a.yml", DEV),
        ("b/c.md", "See gas.tsp.national.ncrs.nhs.uk.\n"),
    ]);
    insta::assert_snapshot!(transcript(
        dir.path(),
        &["check", "--format", "concise", "--as-of", AS_OF]
    ));
}

#[test]
fn json_format() {
    let dir = folder(&[("a.yml", DEV)]);
    let text = transcript(dir.path(), &["check", "--format", "json", "--as-of", AS_OF]);
    let digest = ptlint::internals::catalogue::Pack::embedded("nhs-ptl")
        .expect("a pack")
        .digest()
        .to_owned();
    insta::assert_snapshot!(text.replace(&digest, "[digest]"));
}

#[test]
fn the_lifecycle_follows_the_date() {
    let dir = folder(&[("a.yml", DEV), ("e.yml", "ers: api.dev1.ers.ncrs.nhs.uk\n")]);
    let mut all = String::new();
    for day in [
        "2024-08-04",
        "2024-08-05",
        "2024-09-01",
        "2025-07-30",
        "2025-07-31",
        "2025-08-01",
    ] {
        let arguments = ["check", "--format", "concise", "--as-of", day];
        all.push_str(&transcript(dir.path(), &arguments));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn explain_and_rules() {
    let home = home();
    let mut all = String::new();
    for arguments in [
        &["explain", "dev-host"][..],
        &["explain", "ldap.vn1.national.ncrs.nhs.uk"],
        &[
            "explain",
            "https://user:pw@MSG.dev.spine2.ncrs.nhs.uk.:443/x",
            "--as-of",
            AS_OF,
        ],
        &[
            "explain",
            "api.dev1.ers.ncrs.nhs.uk",
            "--as-of",
            "2024-10-01",
        ],
        &["explain", "am.nhsdev.auth-ptl.cis2.spineservices.nhs.uk"],
        &["explain", "msg.veit07.devspineservices.nhs.uk"],
        &["explain", "NHS PTL Root Authority"],
        &["explain", "NHS_TRAIN_ENDPOINT", "--as-of", AS_OF],
        &["explain", "10.239.5.5"],
        &["explain", "Training", "--as-of", AS_OF],
        &["explain", "ldap.vn3.national.ncrs.nhs.uk"],
        &["explain", "www.example.com"],
        &["rules", "list"],
        &["rules", "show", "dev-identifier"],
        &["rules", "show", "dev-hots"],
        &["rules", "test"],
    ] {
        all.push_str(&transcript(&home, arguments));
        all.push('\n');
    }
    insta::assert_snapshot!(all);
}

#[test]
fn help() {
    let mut all = String::new();
    for arguments in [
        &["--help"][..],
        &["check", "--help"],
        &["rules", "--help"],
        &["explain", "--help"],
    ] {
        all.push_str(&transcript(&home(), arguments));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn help_of_fix_lists_only_what_it_takes() {
    let (_, text, _) = run_in(&home(), &["fix", "--help"]);
    for option in ["--staged", "--changed-since", "--stdin-filename", "--fix\n"] {
        assert!(!text.contains(option), "{option} in\n{text}");
    }
    assert!(text.contains("--undo"), "{text}");
}

#[test]
fn exit_codes() {
    let clean = folder(&[("a.txt", "nothing\n")]);
    let comment = folder(&[("a.yml", "# msg.dev.spine2.ncrs.nhs.uk\n")]);
    let empty = folder(&[]);
    let code = |dir: &TempDir, arguments: &[&str]| {
        let mut all = vec!["check", "--as-of", AS_OF];
        all.extend(arguments);
        run_in(dir.path(), &all).0
    };
    for format in ptlint::internals::report::FORMATS.map(|format| format.name) {
        assert_eq!(code(&clean, &["--format", format]), 0);
        assert_eq!(code(&comment, &["--format", format]), 1);
        assert_eq!(code(&empty, &["--format", format]), 3);
    }
    assert_eq!(code(&comment, &["--fail-on", "error"]), 0);
    assert_eq!(code(&comment, &["--fail-on", "warning"]), 1);
    assert_eq!(code(&clean, &["--as-of", "2025-02-30"]), 2);
    assert_eq!(code(&clean, &["--as-of", "yesterday"]), 2);
    assert_eq!(code(&clean, &["--format", "xml"]), 2);
    assert_eq!(code(&clean, &["no-such-folder"]), 2);
    assert_eq!(code(&clean, &["--exclude", "a.txt"]), 3);
    assert_eq!(run_in(clean.path(), &[]).0, 2);
    assert_eq!(run_in(clean.path(), &["--version"]).0, 0);
}

#[test]
fn wrong_usage_says_what_to_do() {
    let dir = folder(&[("a.txt", "x\n")]);
    let mut all = String::new();
    for arguments in [
        &["check", "--as-of", "2025-02-30"][..],
        &["check", "--as-of", "31/07/2025"],
        &["check", "nowhere"],
        &["check", "-", "a.txt"],
        &["check", "--exclude", "[z-a]", "."],
        &["chekc"],
    ] {
        all.push_str(&transcript(dir.path(), arguments));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn standard_input_is_checked_under_its_name() {
    let dir = folder(&[]);
    let run = |arguments: &[&str]| {
        let mut child = ptlint()
            .current_dir(dir.path())
            .args(["check", "-", "--format", "concise", "--as-of", AS_OF])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("starts");
        child
            .stdin
            .take()
            .expect("a pipe")
            .write_all(b"# msg.dev.spine2.ncrs.nhs.uk\n")
            .expect("written");
        let output = child.wait_with_output().expect("ends");
        String::from_utf8(output.stdout).expect("text")
    };
    assert!(run(&[]).starts_with("<stdin>:1:3 warning dev-host"));
    assert!(run(&["--stdin-filename", "a/b.json"]).starts_with("a/b.json:1:3 error dev-host"));
}

#[test]
fn a_work_tree_is_what_git_tracks_and_what_it_does_not_ignore() {
    let dir = folder(&[
        (".gitignore", "*.env\nbuild/\n"),
        ("tracked.env", DEV),
        ("ignored.env", DEV),
        ("build/out.yml", DEV),
        ("untracked.yml", DEV),
        (".github/workflows/ci.yml", DEV),
        ("deleted.yml", DEV),
    ]);
    git(dir.path(), &["init", "-q"]);
    git(
        dir.path(),
        &[
            "add",
            "-f",
            "tracked.env",
            ".github",
            ".gitignore",
            "deleted.yml",
        ],
    );
    git(dir.path(), &["commit", "-qm", "x"]);
    fs::remove_file(dir.path().join("deleted.yml")).expect("removed");
    assert_eq!(
        places(dir.path(), &[]),
        [
            ".github/workflows/ci.yml:1:14",
            "tracked.env:1:14",
            "untracked.yml:1:14"
        ]
    );
    let (_, json, _) = run_in(dir.path(), &["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(report["coverage"]["skipped"]["ignored"]["count"], 2);
    assert_eq!(places(dir.path(), &["--no-ignore"]).len(), 5);
    let visible = places(dir.path(), &["--no-hidden"]);
    assert_eq!(visible, ["tracked.env:1:14", "untracked.yml:1:14"]);
    // From a folder of the repository, and with a repository within the repository.
    let inner = dir.path().join("vendor/inner");
    fs::create_dir_all(&inner).expect("folders");
    git(&inner, &["init", "-q"]);
    fs::write(inner.join(".gitignore"), "*.yml\n").expect("written");
    fs::write(inner.join("kept.yml"), DEV).expect("written");
    git(&inner, &["add", "-f", "kept.yml"]);
    assert_eq!(
        places(dir.path(), &["vendor"]),
        ["vendor/inner/kept.yml:1:14"]
    );
    assert_eq!(places(dir.path(), &[]).len(), 4);
}

#[test]
fn excludes_hold_for_named_files_too() {
    let dir = folder(&[
        ("a.yml", DEV),
        ("vendor/b.yml", DEV),
        ("ptlint.yaml", "exclude: [vendor/]\n"),
    ]);
    assert_eq!(
        places(dir.path(), &["a.yml", "vendor/b.yml"]),
        ["a.yml:1:14"]
    );
    assert_eq!(
        places(dir.path(), &["a.yml", "vendor/b.yml", "--no-config"]).len(),
        2
    );
    assert_eq!(
        places(dir.path(), &["--exclude", "a.yml"]),
        Vec::<String>::new()
    );
    assert_eq!(
        places(dir.path(), &["--exclude", "*.yml", "--no-config"]),
        Vec::<String>::new()
    );
}

#[test]
fn what_is_named_twice_is_checked_once() {
    let dir = folder(&[("a/b/c.yml", DEV), ("a/d.yml", DEV)]);
    let arguments = ["a", "a/b", "./a/b/c.yml", "a/b/../b/c.yml", "a/d.yml", "a"];
    assert_eq!(
        places(dir.path(), &arguments),
        ["a/b/c.yml:1:14", "a/d.yml:1:14"]
    );
    let mut all = vec!["check", "--format", "json"];
    all.extend(arguments);
    let (_, json, _) = run_in(dir.path(), &all);
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(report["coverage"]["files"], 2);
}

#[cfg(unix)]
#[test]
fn links_pipes_and_sockets_are_counted_and_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("secret.yml", DEV), ("deep/x.yml", DEV)]);
    let dir = folder(&[("a.yml", DEV)]);
    symlink(
        outside.path().join("secret.yml"),
        dir.path().join("out.yml"),
    )
    .expect("a link");
    symlink(outside.path(), dir.path().join("out")).expect("a link");
    symlink("a.yml", dir.path().join("in.yml")).expect("a link");
    symlink("nowhere", dir.path().join("broken.yml")).expect("a link");
    symlink(".", dir.path().join("loop")).expect("a link");
    let _socket =
        std::os::unix::net::UnixListener::bind(dir.path().join("socket")).expect("a socket");
    let status = Command::new("mkfifo")
        .arg(dir.path().join("pipe"))
        .status()
        .expect("mkfifo");
    assert!(status.success());
    assert_eq!(places(dir.path(), &[]), ["a.yml:1:14"]);
    assert_eq!(
        places(dir.path(), &["out.yml", "in.yml", "pipe"]),
        ["in.yml:1:14"]
    );
    let (code, json, _) = run_in(
        dir.path(),
        &["check", "--format", "json", "--fail-on", "error"],
    );
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let skipped = &report["coverage"]["skipped"];
    let count = |reason: &str| skipped[reason]["count"].as_u64().unwrap_or(0);
    assert_eq!(
        (
            count("link-outside"),
            count("link"),
            count("broken-link"),
            count("special-file")
        ),
        (2, 2, 1, 2),
        "{skipped}"
    );
    assert_eq!(code, 1);
    assert_eq!(run_in(dir.path(), &["check", "--strict"]).0, 3);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_is_a_failure_and_the_run_is_incomplete() {
    let (code, out, _) = run_in(&home(), &["check", "/proc/self/mem", "--as-of", AS_OF]);
    assert_eq!(code, 3, "{out}");
    assert!(out.contains("not checked"), "{out}");
}

#[test]
fn control_and_bidi_characters_never_reach_the_terminal_and_credentials_are_masked() {
    let text = "\u{1b}]0;owned\u{7}\u{202e}url: https://svc:hunter2@msg.dev.spine2.ncrs.nhs.uk/?token=abc123\u{9b}31m\npassword: swordfish\n";
    let dir = folder(&[("a\u{1b}[31m\u{202e}.yml", text)]);
    for format in ["human", "concise"] {
        let (_, out, _) = run_in(
            dir.path(),
            &[
                "check", "--format", format, "--color", "never", "--as-of", AS_OF,
            ],
        );
        for bad in ['\u{1b}', '\u{7}', '\u{202e}', '\u{9b}'] {
            assert!(!out.contains(bad), "{format}: {out:?}");
        }
        for secret in ["hunter2", "abc123", "swordfish"] {
            assert!(!out.contains(secret), "{format}: {out}");
        }
    }
}

#[test]
fn colour_follows_flag_and_environment() {
    let dir = folder(&[("a.yml", DEV)]);
    let coloured = |color: &str, variables: &[(&str, &str)]| {
        let mut command = ptlint();
        command
            .current_dir(dir.path())
            .args(["check", "--color", color])
            .envs(variables.iter().copied());
        finish(&mut command).1.contains('\u{1b}')
    };
    assert!(!coloured("auto", &[]));
    assert!(coloured("auto", &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(
        "auto",
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
    assert!(coloured("always", &[("NO_COLOR", "1")]));
    assert!(!coloured("never", &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn the_answer_does_not_depend_on_threads_or_working_directory() {
    let root = home();
    let fixtures = root.join("fixtures");
    let json = |folder: &Path, path: &str, threads: &str| {
        run_in(
            folder,
            &[
                "check",
                path,
                "--format",
                "json",
                "--threads",
                threads,
                "--as-of",
                AS_OF,
                "--no-config",
            ],
        )
        .1
    };
    let absolute = fixtures.to_string_lossy().into_owned();
    let one = json(&root, "fixtures", "1");
    assert!(one.len() > 1000);
    for threads in ["2", "8"] {
        assert_eq!(one, json(&root, "fixtures", threads));
    }
    assert_eq!(one, json(&fixtures, ".", "3"));
    assert_eq!(one, json(Path::new("/"), &absolute, "2"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = ptlint()
        .args(["check", "fixtures", "--full"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded_for_a_file_of_any_size() {
    let dir = folder(&[]);
    // One line of 400 MB with a host near its end.
    let mut file =
        std::io::BufWriter::new(fs::File::create(dir.path().join("big.json")).expect("a file"));
    let block = vec![b'x'; 1 << 20];
    for _ in 0..400 {
        file.write_all(&block).expect("written");
    }
    file.write_all(b" msg.dev.spine2.ncrs.nhs.uk ")
        .expect("written");
    file.write_all(&block).expect("written");
    drop(file);
    let mut child = ptlint()
        .current_dir(dir.path())
        .args(["check", "--format", "concise", "--as-of", AS_OF])
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("known").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text
            .lines()
            .find(|l| l.starts_with("VmHWM:"))
            .unwrap_or_default();
        let kilobytes = line
            .split_whitespace()
            .nth(1)
            .and_then(|n| n.parse().ok())
            .unwrap_or(0);
        peak = peak.max(kilobytes);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let output = child.wait_with_output().expect("ends");
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(out.starts_with("big.json:1:419430402 error"), "{out}");
    assert!(peak > 0 && peak <= 64 * 1024, "{peak} KiB");
}

#[test]
fn a_template_that_no_parser_takes_is_reported_and_listed() {
    let text =
        "{{- if .Values.spine }}\nurl: https://msg.dev.spine2.ncrs.nhs.uk/\n\t{{ end\n- : [\n";
    let dir = folder(&[("chart/templates/config.yaml", text)]);
    let check = |more: &[&str]| {
        run_in(
            dir.path(),
            &[&["check", "--as-of", AS_OF, "."], more].concat(),
        )
    };
    let (code, out, _) = check(&["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(
        (code, report["violations"].as_array().map(Vec::len)),
        (1, Some(1))
    );
    let listed = &report["coverage"]["skipped"]["unparsed"]["paths"];
    let why = "chart/templates/config.yaml (line 2: ";
    assert!(
        listed[0].as_str().expect("a path").starts_with(why),
        "{listed}"
    );
}

#[test]
fn a_file_is_the_same_however_it_is_named() {
    let dir = folder(&[("sub/action.yml", "a: https://msg.dev.spine2.ncrs.nhs.uk/\n")]);
    let sub = dir.path().join("sub");
    let absolute = sub.join("action.yml");
    for name in [
        "action.yml",
        "./action.yml",
        "../sub/action.yml",
        absolute.to_str().expect("a name"),
    ] {
        assert_eq!(places(&sub, &[name]), ["action.yml:1:12"], "{name}");
    }
}

#[test]
fn a_very_long_list_of_ignored_paths_does_not_stop_the_check() {
    let ignored: String = (0..20_000)
        .map(|n| format!("/generated/*/part-{n}/**/*.tmp\n"))
        .collect();
    let dir = folder(&[
        (".gitignore", &ignored),
        ("a.yml", "a: https://msg.dev.spine2.ncrs.nhs.uk/\n"),
        (
            "generated/x/part-19999/y/b.tmp",
            "a: https://msg.dev.spine2.ncrs.nhs.uk/\n",
        ),
    ]);
    for n in 0..300 {
        let path = dir.path().join(format!("many/{n}/file.yml"));
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, "a: 1\n").expect("a file");
    }
    git(dir.path(), &["init", "-q"]);
    let begun = std::time::Instant::now();
    assert_eq!(places(dir.path(), &["."]), ["a.yml:1:12"]);
    // It takes a fraction of a second; minutes are what it is about.
    assert!(begun.elapsed().as_secs() < 60);
}

/// During minimal support a report says what that means, what to use instead and whom to ask.
#[test]
fn the_phase_says_what_the_notice_says() {
    let dir = folder(&[("a.yml", DEV), ("e.yml", "ers: api.dev1.ers.ncrs.nhs.uk\n")]);
    let notes = |day: &str| -> Vec<Vec<String>> {
        let arguments = ["check", "--format", "json", "--as-of", day];
        let (_, out, _) = run_in(dir.path(), &arguments);
        let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        let violations = report["violations"].as_array().expect("violations");
        let texts = |violation: &serde_json::Value| {
            let notes = violation["notes"].as_array().expect("notes");
            let notes = notes
                .iter()
                .map(|note| note.as_str().expect("a text").to_owned());
            notes.collect()
        };
        violations.iter().map(texts).collect()
    };
    let instead = "INT is kept in line with LIVE and gets new functionality, so everybody is asked to test there";
    let desk = "questions and faults go to the ITOC support desk";
    let phase = "DEV until then: no new users, endpoints or certificates, no certificate requests for \
                 existing endpoints, and no longer kept in line with LIVE; incidents are still fixed";
    // e-RS was exempt, as its message says.
    let expected = [vec![phase, instead, desk], vec![instead, desk]];
    assert_eq!(notes("2024-10-01"), expected);
    assert_eq!(notes("2025-07-31"), [Vec::<String>::new(), Vec::new()]);
}
