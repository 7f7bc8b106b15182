//! A pipe where a file was expected was waited for without end.
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{folder, ptlint, write};

/// Longer than any of the commands takes, and shorter than anybody waits.
const MOST: Duration = Duration::from_secs(60);

fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.expect("mkfifo starts").success());
}

/// The exit code of a command that ends by itself.
fn exit_code(folder: &Path, arguments: &[&str]) -> i32 {
    let mut child = ptlint()
        .current_dir(folder)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            return status.code().expect("an exit code");
        }
        if start.elapsed() > MOST {
            child.kill().expect("it is ours");
            child.wait().expect("a child");
            panic!("{arguments:?} waits for a pipe");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn no_command_waits_for_a_pipe_that_is_named() {
    let dir = folder(&[("a.yml", "x: 1\n")]);
    pipe(&dir.path().join("pipe"));
    for arguments in [
        &["check", "pipe"][..],
        &["fix", "pipe"],
        &["fix", "--undo", "pipe"],
        &["plan", "pipe"],
        &["suppress", "--reason", "kept", "pipe"],
        &["why", "pipe:1"],
        &["baseline", "create", "--baseline", "pipe"],
        &["baseline", "show", "--baseline", "pipe"],
        &["baseline", "update", "--baseline", "pipe"],
        &["check", "--baseline", "pipe"],
        &["check", "--config", "pipe"],
        &["check", "--base-config", "pipe"],
        &["rules", "test", "--pack", "pipe"],
        &["init", "pipe"],
    ] {
        assert_ne!(exit_code(dir.path(), arguments), 0, "{arguments:?}");
    }
}

#[test]
fn no_command_waits_for_a_pipe_that_is_found() {
    let dir = folder(&[
        ("a.yml", "x: 1\n"),
        (".git/config", "[include]\n\tpath = ../pipe\n"),
        (".git/HEAD", "ref: refs/heads/main\n"),
        (".git/objects/x", ""),
        (".git/refs/x", ""),
    ]);
    pipe(&dir.path().join("pipe"));
    // git waits for the pipe, and ptlint ends it.
    exit_code(dir.path(), &["check"]);
    let dir = folder(&[("ptlint.yaml", "packs: [pack]\n"), ("a.yml", "x: 1\n")]);
    write(dir.path(), "pack/rules.yaml", "");
    pipe(&dir.path().join("pack/pack.yaml"));
    assert_ne!(exit_code(dir.path(), &["check"]), 0);
    let dir = folder(&[("a.yml", "x: 1\n")]);
    pipe(&dir.path().join("ptlint.yaml"));
    assert_ne!(exit_code(dir.path(), &["check"]), 0);
}
