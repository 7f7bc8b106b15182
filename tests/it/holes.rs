//! Names of which a part is filled in elsewhere.

use std::fs;

use ptlint::facts::{Confidence, Severity};

use crate::common::{AS_OF, catalogue, check_text, run_in};

/// The names that are reported in a line, with their severities.
fn reported(path: &str, line: &str) -> Vec<(String, Severity)> {
    let report = check_text(&catalogue(), path, line.as_bytes(), Confidence::Possible);
    let violations = report.violations.into_iter();
    violations.map(|v| (v.name, v.severity)).collect()
}

#[test]
fn a_hole_with_a_default_is_an_info() {
    for (line, name) in [
        (
            "URL=ldaps://ldap.${SDS_DOMAIN:-vn03}.national.ncrs.nhs.uk",
            "ldap.vn03.national.ncrs.nhs.uk",
        ),
        (
            "url: https://msg.${ENV:-dev}.spine2.ncrs.nhs.uk/x",
            "msg.dev.spine2.ncrs.nhs.uk",
        ),
        (
            "spine.url=https://msg.${spine.env:train}.spine2.ncrs.nhs.uk/x",
            "msg.train.spine2.ncrs.nhs.uk",
        ),
    ] {
        for path in [
            "a.txt",
            "a.env",
            "a.sh",
            "a.yml",
            "a.properties",
            "Dockerfile",
            "a.unknown",
        ] {
            // The first one is known to be in service when the second one is read.
            let twice = format!("{}\n{line}\n", line.replace(['$', '{', '}'], " "));
            assert_eq!(
                reported(path, &twice),
                [(name.to_owned(), Severity::Info)],
                "{path}: {line}"
            );
        }
    }
}

#[test]
fn a_default_of_an_environment_in_service_is_quiet() {
    for line in [
        "url: https://msg.${ENV:-int}.spine2.ncrs.nhs.uk/x",
        "url: https://msg.${ENV}.spine2.ncrs.nhs.uk/x",
        "url: ldaps://ldap.${ZONE:-nis1}.example.org",
    ] {
        assert_eq!(reported("a.yml", line), [], "{line}");
    }
}

#[test]
fn why_does_not_call_such_a_name_live() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = "URL=ldaps://ldap.${SDS_DOMAIN:-vn03}.national.ncrs.nhs.uk\n";
    fs::write(folder.path().join("a.env"), line).expect("written");
    let (_, out, err) = run_in(folder.path(), &["why", "a.env:1", "--as-of", AS_OF]);
    assert!(out.contains("(column 13): reported"), "{out}{err}");
    assert!(!out.contains("LIVE"), "{out}");
}

#[test]
fn a_name_that_is_a_part_of_another_is_not_an_error() {
    for line in [
        "url = \"https://${OWNER}dev.spine2.ncrs.nhs.uk/x\"",
        "url = \"my\" + \"dev.spine2.ncrs.nhs.uk\"",
        "url = \"https://msg.train.spine2.ncrs.nhs.uk.${Z}/x\"",
        "url = \"msg.dev.spine2.ncrs.nhs.uk\" + \".stub.example\"",
        "url = f\"msg.dev.spine2.ncrs.nhs.uk.{zone}\"",
        "url = \"msg.dev.spine2.ncrs.nhs.uk.%s\"",
    ] {
        for path in ["a.py", "a.js", "a.tf", "a.txt", "a.unknown"] {
            let found = reported(path, line);
            assert!(
                found
                    .iter()
                    .all(|(_, severity)| *severity == Severity::Info),
                "{path}: {line}: {found:?}"
            );
        }
    }
}

#[test]
fn a_whole_name_next_to_a_hole_is_an_error() {
    for line in [
        "url = \"${SCHEME}msg.dev.spine2.ncrs.nhs.uk/x\"",
        "url = \"https://\" + \"msg.dev.spine2.ncrs.nhs.uk\"",
        "url = \"https://msg.dev.spine2.ncrs.nhs.uk${PATH}\"",
        "url = \"https://msg.dev.spine2.ncrs.nhs.uk\" + \"/x\"",
        "url = \"https://msg.dev.spine2.ncrs.nhs.uk:${PORT}\"",
    ] {
        for path in ["a.py", "a.js", "a.unknown"] {
            let found = reported(path, line);
            assert_eq!(found.len(), 1, "{path}: {line}");
            assert_eq!(found[0].1, Severity::Error, "{path}: {line}");
        }
    }
}

#[test]
fn names_with_a_hole_are_counted_with_their_places() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "a: https://msg.${ENV}.spine2.ncrs.nhs.uk/x\nb: ldap.{{ zone }}.national.ncrs.nhs.uk\n\
                c: msg.${ENV:-int}.spine2.ncrs.nhs.uk\nd: www.${ENV}.example.org\ne: msg.int.spine2.ncrs.nhs.uk\n";
    fs::write(folder.path().join("a.txt"), text).expect("written");
    let arguments = ["check", "--as-of", AS_OF, "--strict", "--format", "json"];
    let (code, out, err) = run_in(folder.path(), &arguments);
    assert_eq!(code, 0, "{out}{err}");
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let holes = &report["coverage"]["skipped"]["name-with-hole"];
    assert_eq!(holes["count"], 2, "{out}");
    let places = holes["paths"].as_array().expect("a list");
    let places: Vec<&str> = places.iter().filter_map(|place| place.as_str()).collect();
    assert!(
        places[0].starts_with("a.txt:1:") && places[1].starts_with("a.txt:2:"),
        "{places:?}"
    );
    let (_, out, _) = run_in(folder.path(), &["check", "--as-of", AS_OF]);
    assert!(
        out.contains("skipped: 2 names with a variable in them"),
        "{out}"
    );
}
