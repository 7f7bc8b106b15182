//! `ptlint why`: every answer about a line.

use std::path::Path;
use std::process::Command;

use crate::common::{AS_OF, folder, run_in};

fn why(folder: &Path, arguments: &[&str]) -> String {
    let mut all = vec!["why"];
    if !arguments.contains(&"--as-of") {
        all.extend(["--as-of", AS_OF]);
    }
    all.extend(arguments);
    let (code, out, err) = run_in(folder, &all);
    assert_eq!((code, err.as_str()), (0, ""), "{arguments:?}");
    out
}

#[test]
fn a_reported_line_is_explained() {
    let dir = folder(&[(
        "a.yml",
        "spine:\n  int: https://msg.dev.spine2.ncrs.nhs.uk/ # not msg.int.spine2.ncrs.nhs.uk\n",
    )]);
    insta::assert_snapshot!(why(dir.path(), &["a.yml:2"]));
}

#[test]
fn an_encoded_reference_is_explained() {
    let dir = folder(&[(
        "secret.yaml",
        "data:\n  url: aHR0cHM6Ly9sZGFwLnRzcC5uYXRpb25hbC5uY3JzLm5ocy51ay8=\n",
    )]);
    let out = why(dir.path(), &["secret.yaml:2"]);
    assert!(
        out.contains("decoded from base64: https://ldap.tsp.national.ncrs.nhs.uk/"),
        "{out}"
    );
    assert!(out.contains("its key is data.url"), "{out}");
}

#[test]
fn a_quiet_line_says_why() {
    let dir = folder(&[
        (
            "a.txt",
            "msg.int.spine2.ncrs.nhs.uk\n\
             msg.veit07.devspineservices.nhs.uk\n\
             api.dev2.ers.ncrs.nhs.uk\n\
             Training in DEV\n\
             NHS_DEV_ENDPOINT\n\
             msg.devspineservices.nhs.uk\n\
             nothing here\n",
        ),
        (
            "ptlint.yaml",
            "severity:\n  - {rule: dev-host, path: [b.conf], severity: off, reason: kept as an example}\n",
        ),
        ("b.conf", "msg.dev.spine2.ncrs.nhs.uk\n"),
    ]);
    for (place, expected) in [
        ("a.txt:1", "Spine messaging in INT, which is in service"),
        ("a.txt:2", "a look-alike: "),
        ("a.txt:3", "not in the catalogue; the nearest entry is"),
        ("a.txt:4", "a word for TRAIN; a word alone is too common"),
        ("a.txt:4", "a word for DEV"),
        (
            "a.txt:5",
            "counts only in a file that also holds one of: mesh_client",
        ),
        (
            "a.txt:6",
            "its confidence is speculative, and possible is the least that is reported",
        ),
        (
            "a.txt:7",
            "Nothing on it looks like a name of the catalogue.",
        ),
        ("a.txt:99", "has no such line"),
        (
            "b.conf:1",
            "suppressed by the configuration: kept as an example",
        ),
    ] {
        let out = why(dir.path(), &[place]);
        assert!(out.contains(expected), "{place}: {out}");
        assert!(!out.contains(": reported"), "{place}: {out}");
    }
    let early = why(
        dir.path(),
        &["b.conf:1", "--as-of", "2024-01-01", "--no-config"],
    );
    assert!(
        early.contains("nothing is announced on 2024-01-01"),
        "{early}"
    );
    let speculative = why(dir.path(), &["a.txt:6", "--min-confidence", "speculative"]);
    assert!(speculative.contains(": reported"), "{speculative}");
}

#[test]
fn a_file_that_is_left_out_says_so() {
    let dir = folder(&[
        ("a/b.conf", "msg.dev.spine2.ncrs.nhs.uk\n"),
        ("ignored.conf", "msg.dev.spine2.ncrs.nhs.uk\n"),
        (".gitignore", "ignored.conf\n"),
    ]);
    let git = Command::new("git")
        .args(["init", "-q"])
        .current_dir(dir.path())
        .status();
    assert!(git.expect("git starts").success());
    let excluded = why(dir.path(), &["a/b.conf:1", "--exclude", "a/"]);
    assert!(
        excluded.contains("not checked: `include` or `exclude`"),
        "{excluded}"
    );
    assert!(excluded.contains("): quiet"), "{excluded}");
    let ignored = why(dir.path(), &["ignored.conf:1"]);
    assert!(ignored.contains("not checked: git ignores it"), "{ignored}");
    let checked = why(dir.path(), &["a/b.conf:1"]);
    assert!(!checked.contains("not checked"), "{checked}");
}

#[test]
fn a_line_is_named_as_reports_name_it() {
    let dir = folder(&[("a.conf", "x\nmsg.dev.spine2.ncrs.nhs.uk\n")]);
    assert_eq!(
        why(dir.path(), &["a.conf:2:1"]),
        why(dir.path(), &["a.conf:2"])
    );
    for bad in [
        "a.conf", "a.conf:", "a.conf:x", ":3", "a.conf:0", "absent:1",
    ] {
        let (code, out, err) = run_in(dir.path(), &["why", bad]);
        assert_eq!((code, out.as_str()), (2, ""), "{bad}");
        assert!(err.contains(bad.trim_end_matches(":1")), "{bad}: {err}");
    }
}

#[test]
fn nothing_of_the_line_reaches_the_terminal_raw() {
    let dir = folder(&[(
        "a.conf",
        "\u{1b}[31mpassword=hunter2 https://u:pw@msg.dev.spine2.ncrs.nhs.uk \u{202e}\n",
    )]);
    let out = why(dir.path(), &["a.conf:1"]);
    assert!(!out.contains(['\u{1b}', '\u{202e}']), "{out}");
    assert!(!out.contains("hunter2") && !out.contains("u:pw"), "{out}");
}

#[test]
fn a_composed_host_is_explained_on_both_of_its_lines() {
    let dir = folder(&[(
        ".env",
        "SPINE_ENV=train\nURL=https://msg.${SPINE_ENV}.spine2.ncrs.nhs.uk/sync\n",
    )]);
    for (line, expected) in [
        (".env:1", "composed-train-host: "),
        (
            ".env:1",
            ".env:2:17: `SPINE_ENV` is a part of msg.train.spine2.ncrs.nhs.uk, filled by environment files",
        ),
        (
            ".env:2",
            "`SPINE_ENV` is a part of msg.train.spine2.ncrs.nhs.uk, filled by environment files",
        ),
        (
            ".env:2",
            "quiet here: reported on line 1, as composed-train-host",
        ),
    ] {
        let out = why(dir.path(), &[line]);
        assert!(out.contains(expected), "{line}: {out}");
        assert!(!out.contains("counted as a name"), "{line}: {out}");
    }
}
