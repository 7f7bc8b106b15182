//! What somebody looks for who uses ptlint for the first time: where ids are listed, whether numbers agree, and
//! whether what is printed can be used as it is.

use std::fs;

use ptlint::internals::report::FORMATS;

use crate::common::{AS_OF, fixture, home, run_in};

#[test]
fn the_note_on_a_replacement_is_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("a.env"),
        "U=https://api.dev1.ers.ncrs.nhs.uk/x\n",
    )
    .expect("written");
    for format in FORMATS {
        let arguments = [
            "check",
            "--no-config",
            "--as-of",
            AS_OF,
            "--format",
            format.name,
        ];
        let (_, out, err) = run_in(folder.path(), &arguments);
        let words: Vec<&str> = out.split_whitespace().collect();
        let text = words.join(" ");
        assert!(
            text.contains("the base path and the sign-in change too"),
            "{}: {out}{err}",
            format.name
        );
    }
}

#[test]
fn the_note_on_an_exemption_is_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("a.env"),
        "U=https://api.dev1.ers.ncrs.nhs.uk/x\n",
    )
    .expect("written");
    for format in FORMATS {
        let arguments = [
            "check",
            "--no-config",
            "--as-of",
            "2025-01-01",
            "--format",
            format.name,
        ];
        let (_, out, err) = run_in(folder.path(), &arguments);
        let text: String = out
            .split(|c: char| c.is_whitespace() || c == '│')
            .filter(|w| !w.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        assert!(
            text.contains("for e-RS work"),
            "{}: {out}{err}",
            format.name
        );
    }
}

#[test]
fn a_plan_counts_as_edits_what_fixes_write() {
    for name in ["data-pipeline", "docker-compose", "encoded", "node"] {
        let tree = fixture(name);
        let (_, out, err) = run_in(
            &tree,
            &["plan", "--no-config", "--as-of", AS_OF, "--format", "json"],
        );
        let plan: serde_json::Value =
            serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {err}"));
        let edits = &plan["edits"];
        let count = |kind: &str| edits[kind].as_u64().expect("a number");
        let written = count("safe") + count("unsafe");
        let arguments = [
            "fix",
            "--diff",
            "--unsafe-fixes",
            "--no-config",
            "--as-of",
            AS_OF,
        ];
        let (_, _, notes) = run_in(&tree, &arguments);
        assert!(
            notes.contains(&format!("{written} would be fixed in ")),
            "{name}: {edits} {notes}"
        );
    }
}

#[test]
fn a_plan_says_why_a_fix_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("a.env"),
        "U=https://api.dev1.ers.ncrs.nhs.uk/x\n",
    )
    .expect("written");
    let (_, out, err) = run_in(
        folder.path(),
        &["plan", "--no-config", "--as-of", AS_OF, "--format", "json"],
    );
    let plan: serde_json::Value =
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {err}"));
    assert_eq!(plan["edits"]["by_hand"], 1, "{out}");
    let reason = plan["by_hand"][0]["reason"].as_str().expect("a reason");
    assert!(
        reason
            .starts_with("write int.api.service.nhs.uk/referrals/FHIR; not by a program: the path"),
        "{reason}"
    );
}

#[test]
fn services_are_listed_and_explained() {
    let (code, out, _) = run_in(&home(), &["rules", "list", "--services"]);
    assert_eq!(code, 0);
    assert!(
        out.contains("\n  e-rs                e-RS\n") && out.contains("\n  mesh "),
        "{out}"
    );
    for name in ["e-rs", "e-RS", "E-RS"] {
        let (code, out, _) = run_in(&home(), &["explain", name]);
        assert_eq!(code, 0, "{out}");
        assert!(
            out.starts_with("e-RS\n  service id   e-rs\n") && out.contains("for e-RS work"),
            "{out}"
        );
        assert!(out.contains("--network e-rs=NETWORK"), "{out}");
    }
    let (code, out, _) = run_in(&home(), &["explain", "spine-mesaging"]);
    assert_eq!(code, 2);
    assert!(
        out.contains("The nearest service is spine-messaging."),
        "{out}"
    );
}

#[test]
fn a_fault_of_the_configuration_is_said_once() {
    let folder = tempfile::tempdir().expect("a folder");
    for (text, fault, code) in [
        (
            "fail-on: error\nfail-on: info\n",
            "the key `fail-on` is here twice",
            "document::syntax",
        ),
        (
            "severity: [{rule: dev-hots, severity: info}]\n",
            "there is no rule `dev-hots`",
            "config::unknown-id",
        ),
        (
            "network: {default: HSNC}\n",
            "there is no network `HSNC`",
            "config::unknown-id",
        ),
        ("fail-on: errors\n", "`errors`", "document::"),
    ] {
        fs::write(folder.path().join("ptlint.yaml"), text).expect("written");
        let (exit, _, err) = run_in(folder.path(), &["check", "--as-of", AS_OF]);
        assert_eq!(exit, 2, "{err}");
        let lines = err
            .lines()
            .filter(|line| line.contains(fault) && !line.contains('│'));
        assert_eq!(lines.count(), 1, "{err}");
        assert!(err.contains(code), "{err}");
    }
    let (_, _, err) = run_in(&home(), &["check", "--network", "hsnc", "src"]);
    assert!(err.starts_with("config::unknown-id"), "{err}");
}

#[test]
fn the_template_of_a_configuration_has_every_field() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, _, err) = run_in(folder.path(), &["init"]);
    assert_eq!(code, 0, "{err}");
    let template = fs::read_to_string(folder.path().join("ptlint.yaml")).expect("written");
    let schema =
        fs::read_to_string(home().join("docs/schema/config.schema.json")).expect("the schema");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    for field in schema["properties"].as_object().expect("fields").keys() {
        assert!(template.contains(&format!("\n# {field}:")), "{field}");
    }
}

#[test]
fn why_prints_a_path_that_can_be_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join(".git")).expect("a folder");
    fs::create_dir_all(folder.path().join("config/app")).expect("a folder");
    fs::write(
        folder.path().join("config/app/a.env"),
        "U=https://msg.$E.spine2.ncrs.nhs.uk/x\n",
    )
    .expect("written");
    for (from, path) in [
        ("", "config/app/a.env"),
        ("config", "app/a.env"),
        ("config/app", "a.env"),
    ] {
        let here = folder.path().join(from);
        let (_, out, err) = run_in(&here, &["why", &format!("{path}:1"), "--as-of", AS_OF]);
        let (shown, _) = out
            .split_once(":1\n")
            .unwrap_or_else(|| panic!("{out}{err}"));
        assert!(here.join(shown).is_file(), "{from}: {out}");
        assert!(
            out.contains(&format!("name with a variable in it: {shown}:1:")),
            "{out}"
        );
    }
}

#[test]
fn lines_of_the_page_are_not_broken_after_their_numbers() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("a.env"),
        "\nU=https://msg.dev.spine2.ncrs.nhs.uk/x\n",
    )
    .expect("written");
    let arguments = ["check", "--no-config", "--as-of", AS_OF, "--format", "html"];
    let (_, out, _) = run_in(folder.path(), &arguments);
    let line = "<span class=\"l\"><span class=\"n\">2</span><span>U=https://<mark>msg.dev.spine2.ncrs.nhs.uk</mark>/x\n</span></span>";
    assert!(out.contains(line), "{out}");
    assert!(out.contains("pre .l { display: grid;"), "{out}");
}
