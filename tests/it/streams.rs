//! What goes to standard output and standard error: readers that leave early, and diagnostics that quote what a
//! file or an argument says.

use std::fs;
use std::process::{Command, Stdio};

use crate::common::{AS_OF, finish, folder, home, ptlint};
use ptlint::internals::report::FORMATS;

const URL: &str = "url: https://msg.dev.spine2.ncrs.nhs.uk/x\n";

/// The exit code and the errors of a command whose output nobody reads.
fn unread(command: &mut Command) -> (Option<i32>, String) {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), errors)
}

#[test]
fn a_run_that_found_no_file_says_so_in_lines_too() {
    let folder = folder(&[]);
    let mut command = ptlint();
    command
        .current_dir(folder.path())
        .args(["check", "--format", "concise", "--as-of", AS_OF]);
    let (code, out, _) = finish(&mut command);
    let line = "incomplete: No file was found to check, so this run proves nothing.\n";
    assert_eq!((code, out.as_str()), (3, line));
}

#[test]
fn a_closed_pipe_changes_no_exit_code() {
    for format in FORMATS {
        let mut command = ptlint();
        command.args(["check", "fixtures", "--full", "--format", format.name]);
        let (code, errors) = unread(&mut command);
        assert_eq!((code, errors.as_str()), (Some(1), ""), "{}", format.name);
    }
    for (arguments, expected) in [
        (vec!["check", "fixtures", "--diff"], 1),
        (vec!["fix", "--diff", "fixtures"], 1),
        (vec!["check", "fixtures", "--show-config"], 0),
        (vec!["plan", "fixtures"], 0),
        (vec!["plan", "fixtures", "--format", "csv"], 0),
        (vec!["rules", "list"], 0),
        (vec!["rules", "test"], 0),
        (vec!["explain", "dev-host"], 0),
        (vec!["explain", "msg.dev.spine2.ncrs.nhs.uk"], 0),
        (vec!["schema", "report"], 0),
        (vec!["man"], 0),
        (vec!["completions", "bash"], 0),
        (vec!["--help"], 0),
        (vec!["check", "--no-such-option"], 2),
    ] {
        let (code, _) = unread(ptlint().args(&arguments));
        assert_eq!(code, Some(expected), "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_for_errors_changes_no_exit_code() {
    for (arguments, expected) in [
        (vec!["check", "no-such-folder"], 2),
        (vec!["check", "--no-such-option"], 2),
        (vec!["fix", "--format", "json", "--diff", "fixtures"], 1),
    ] {
        let mut child = ptlint()
            .args(&arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        drop(child.stderr.take());
        let code = child.wait().expect("ends").code();
        assert_eq!(code, Some(expected), "{arguments:?}");
    }
}

#[test]
fn changes_are_written_although_nobody_reads_about_them() {
    let dir = folder(&[("a.yml", URL)]);
    let mut command = ptlint();
    command.current_dir(dir.path());
    let (code, errors) = unread(command.args(["fix", "--no-config", "."]));
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    let text = fs::read_to_string(dir.path().join("a.yml")).expect("the file");
    assert_eq!(text, URL.replace("dev", "int"));
}

/// What a terminal or a build server acts on.
const HOSTILE: &str =
    "x\u{1b}[2J\u{202e}y\u{9b}31m ##vso[task.complete]##teamcity[z]##[error]q\n::error::pwned";

/// A text as YAML in ASCII.
fn in_yaml(text: &str) -> String {
    let quoted = serde_json::to_string(text).expect("JSON is YAML");
    quoted
        .replace('\u{9b}', "\\u009b")
        .replace('\u{202e}', "\\u202e")
}

/// A text without the colours of the program itself.
fn without_colour(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit() && c != ';');
        match end.filter(|end| part[*end..].starts_with('m')) {
            Some(end) => plain.push_str(&part[end + 1..]),
            None => plain.extend(["\u{1b}[", part]),
        }
    }
    plain
}

/// Asserts that nothing in a text is acted on.
fn assert_inert(text: &str, what: &str) {
    for c in text.chars() {
        let acts = c.is_control() && c != '\n'
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c);
        assert!(!acts, "{what}: {c:?} in {text}");
    }
    for line in text.lines() {
        assert!(!line.trim_start().starts_with("::"), "{what}: {text}");
        for command in ["##vso[", "##teamcity[", "##["] {
            assert!(!line.contains(command), "{what}: {text}");
        }
    }
}

#[test]
fn faults_of_a_configuration_are_shown_and_not_sent() {
    let quoted = in_yaml(HOSTILE);
    for configuration in [
        format!("{quoted}: 1\n"),
        format!("packs: [{quoted}]\n"),
        format!(
            "packs: [./{}]\n",
            &quoted[1..quoted.len() - 1].replace("\\n", "")
        ),
        format!("packs: [\"./{}]\n", &quoted[1..]),
        format!("network: {{default: {quoted}}}\n"),
        format!("network: {{services: {{{quoted}: internet}}}}\n"),
        format!("severity: [{{rule: {quoted}, severity: error}}]\n"),
        format!("severity: [{{service: {quoted}, severity: error}}]\n"),
        format!(
            "exclude: [{}]\n",
            quoted.replace("##[error]q", "##[error[z-a]q")
        ),
        format!("fail-on: {quoted}\n"),
        format!("extends: {{path: {quoted}, sha256: x}}\n"),
        format!("baseline: {quoted}\n"),
        format!("ignore: [{{rule: dev-host, reason: x, until: {quoted}}}]\n"),
        format!("ignore: [{{key: {quoted}, host: {quoted}, rule: {quoted}, reason: {quoted}}}]\n"),
        format!("locked: [{quoted}]\n"),
        "exclude: 1 # \u{202e} ##vso[task.complete] ##teamcity[x\n".to_owned(),
    ] {
        let dir = folder(&[("a.yml", URL), ("ptlint.yaml", &configuration)]);
        for colour in ["never", "always"] {
            let arguments = ["check", ".", "--color", colour, "--as-of", AS_OF];
            let (code, out, err) = finish(ptlint().current_dir(dir.path()).args(arguments));
            assert_eq!(code, 2, "{configuration}: {out}{err}");
            assert_eq!(out, "", "{configuration}");
            assert_inert(&without_colour(&err), &configuration);
        }
    }
}

#[test]
fn what_arguments_say_is_shown_and_not_sent() {
    let one_line = HOSTILE.replace('\n', " ");
    let place = format!("{HOSTILE}:1");
    for arguments in [
        vec!["check", HOSTILE],
        vec!["why", place.as_str()],
        vec!["why", HOSTILE],
        vec!["explain", HOSTILE],
        vec!["explain", one_line.as_str()],
        vec![HOSTILE],
        vec!["check", "--format", HOSTILE],
        vec!["check", "--config", HOSTILE],
        vec!["check", "--base-config", HOSTILE],
        vec!["check", "--pack", HOSTILE],
        vec!["check", "--network", HOSTILE],
        vec!["check", "--baseline", HOSTILE],
        vec!["check", "--changed-since", HOSTILE],
        vec!["check", "--output", HOSTILE],
        vec!["fix", "--undo", HOSTILE],
        vec!["rules", "show", HOSTILE],
        vec!["rules", "test", HOSTILE],
        vec!["init", HOSTILE],
        vec!["man", "--out", "Cargo.toml/\u{1b}[2J"],
    ] {
        let (code, out, err) = finish(ptlint().current_dir(home()).args(&arguments));
        assert_eq!(code, 2, "{arguments:?}: {out}{err}");
        assert_inert(&out, &format!("{arguments:?}"));
        assert_inert(&err, &format!("{arguments:?}"));
    }
}

#[test]
fn a_pack_with_texts_that_act_is_refused() {
    let quoted = in_yaml(HOSTILE);
    for pack in [
        format!("pack: {{name: {quoted}, version: \"1\", title: t}}\n"),
        format!("pack: {{name: x, version: {quoted}, title: t}}\n"),
        format!("pack: {{name: x, version: \"1\", title: {quoted}}}\n"),
    ] {
        let dir = folder(&[("a.yml", URL), ("ptlint.yaml", "packs: [nhs-ptl, ./p]\n")]);
        fs::create_dir(dir.path().join("p")).expect("a folder");
        fs::write(dir.path().join("p/pack.yaml"), &pack).expect("a pack");
        let (code, out, err) = finish(ptlint().current_dir(dir.path()).args(["check", "."]));
        assert_eq!(code, 2, "{pack}: {out}{err}");
        assert_eq!(out, "", "{pack}");
        assert_inert(&err, &pack);
        assert!(err.contains("pack::text"), "{pack}: {err}");
    }
}
