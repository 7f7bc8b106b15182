//! Names of which a part is filled in elsewhere.

use std::fs;

use ptlint::facts::{Confidence, Severity, SkipReason};

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

/// Names of which the environment is filled in elsewhere, in the ways in which languages write that.
const FORMS: [&str; 51] = [
    r#""https://msg.%s.spine2.ncrs.nhs.uk""#,
    r#""msg.{}.spine2.ncrs.nhs.uk".format(env)"#,
    r#""msg.{0}.spine2.ncrs.nhs.uk""#,
    r#"f"msg.{env}.spine2.ncrs.nhs.uk""#,
    r#""msg.$env.spine2.ncrs.nhs.uk""#,
    r#""msg.$dev.spine2.ncrs.nhs.uk""#,
    r#""msg.$env:DEV.spine2.ncrs.nhs.uk""#,
    r#""msg." + env + ".spine2.ncrs.nhs.uk""#,
    "'msg.' + env + '.spine2.ncrs.nhs.uk'",
    r#""https://" + "msg." + cfg["env"] + ".spine2.ncrs.nhs.uk""#,
    r#""msg." + getEnv("X") + ".spine2.ncrs.nhs.uk""#,
    r#""msg" + suffix + ".spine2.ncrs.nhs.uk""#,
    r#""msg." . $env . ".spine2.ncrs.nhs.uk""#,
    r#""msg.".$this->env.".spine2.ncrs.nhs.uk""#,
    r#""msg." & env & ".spine2.ncrs.nhs.uk""#,
    r#""msg." .. env .. ".spine2.ncrs.nhs.uk""#,
    "'msg.' || env || '.spine2.ncrs.nhs.uk'",
    r#""msg." <> env <> ".spine2.ncrs.nhs.uk""#,
    r#""msg." ++ Env ++ ".spine2.ncrs.nhs.uk""#,
    r#""msg." ENV ".spine2.ncrs.nhs.uk""#,
    r#""msg."$env".spine2.ncrs.nhs.uk""#,
    r#"concat("msg.", env, ".spine2.ncrs.nhs.uk")"#,
    "['msg', env, 'spine2.ncrs.nhs.uk'].join('.')",
    "msg.%ENV%.spine2.ncrs.nhs.uk",
    "msg.%DEV%.spine2.ncrs.nhs.uk",
    "msg.@env@.spine2.ncrs.nhs.uk",
    "msg.@dev@.spine2.ncrs.nhs.uk",
    "msg.!ENV!.spine2.ncrs.nhs.uk",
    "msg.#{ENV}#.spine2.ncrs.nhs.uk",
    "msg.__ENV__.spine2.ncrs.nhs.uk",
    "msg.$(ENV).spine2.ncrs.nhs.uk",
    "msg.$(dev).spine2.ncrs.nhs.uk",
    r#""msg.\(env).spine2.ncrs.nhs.uk""#,
    r#""msg.#{env}.spine2.ncrs.nhs.uk""#,
    "msg.<%= env %>.spine2.ncrs.nhs.uk",
    "msg.<env>.spine2.ncrs.nhs.uk",
    "msg.{{ env }}.spine2.ncrs.nhs.uk",
    r#"msg.{{ .Values.env | default "x" }}.spine2.ncrs.nhs.uk"#,
    "msg.${{ matrix.env-name }}.spine2.ncrs.nhs.uk",
    "msg.[% env %].spine2.ncrs.nhs.uk",
    "msg.${SUFFIX}.spine2.ncrs.nhs.uk",
    "msg${SUFFIX}.spine2.ncrs.nhs.uk",
    "msg.${ENV:?not set}.spine2.ncrs.nhs.uk",
    "`msg.${env}.spine2.ncrs.nhs.uk`",
    r#"!Sub "msg.${Env}.spine2.ncrs.nhs.uk""#,
    r#"{"Fn::Join": ["", ["msg.", {"Ref": "Env"}, ".spine2.ncrs.nhs.uk"]]}"#,
    "!Join ['.', [msg, !Ref Env, spine2.ncrs.nhs.uk]]",
    r#"String.format("msg.%s.spine2.ncrs.nhs.uk", env)"#,
    r#"fmt.Sprintf("msg.%[1]s.spine2.ncrs.nhs.uk", env)"#,
    r#""msg.%1$s.spine2.ncrs.nhs.uk""#,
    r#""msg.%(env)s.spine2.ncrs.nhs.uk""#,
];

/// The ends of names in ways that leave nothing open.
const WITHOUT_HOLE: [&str; 14] = [
    r#"host.endsWith(".spine2.ncrs.nhs.uk")"#,
    "NO_PROXY=localhost,.spine2.ncrs.nhs.uk",
    r#"domains: ["a.example", ".spine2.ncrs.nhs.uk"]"#,
    r#"["a.example", env, ".spine2.ncrs.nhs.uk"]"#,
    "*.spine2.ncrs.nhs.uk",
    r#"zone = env || ".spine2.ncrs.nhs.uk""#,
    r#"if ($host ~ ".spine2.ncrs.nhs.uk")"#,
    r#"return ".spine2.ncrs.nhs.uk""#,
    "(see) .spine2.ncrs.nhs.uk",
    "msg.${ENV:-int}.spine2.ncrs.nhs.uk",
    "${SCHEME}msg.int.spine2.ncrs.nhs.uk",
    r#""https://" + "msg.int.spine2.ncrs.nhs.uk""#,
    r#""msg.int" + ".spine2.ncrs.nhs.uk""#,
    "https://www.%s.example.org",
];

#[test]
fn every_form_of_a_hole_in_every_language_is_counted() {
    let catalogue = catalogue();
    for path in [
        "a.py",
        "a.ts",
        "a.java",
        "a.cs",
        "a.go",
        "a.rb",
        "a.php",
        "a.pl",
        "a.vb",
        "a.sql",
        "a.lua",
        "a.ex",
        "a.kt",
        "a.swift",
        "a.yaml",
        "a.json",
        "a.toml",
        "a.tf",
        "a.sh",
        "a.env",
        "a.xml",
        "a.properties",
        "a.html",
        "a.md",
        "a.txt",
        "a.ini",
        "a.ps1",
        "a.bat",
        "a.tpl",
        "Dockerfile",
        "Makefile",
        "a.unknown",
    ] {
        // A report lists twenty places.
        for (forms, is_hole) in FORMS
            .chunks(20)
            .map(|forms| (forms, true))
            .chain([(&WITHOUT_HOLE[..], false)])
        {
            let text: String = forms.iter().map(|form| format!("x = {form}\n\n")).collect();
            let report = check_text(&catalogue, path, text.as_bytes(), Confidence::Possible);
            let holes = report.coverage.skipped.get(&SkipReason::NameWithHole);
            let holes = holes.map(|holes| holes.paths.clone()).unwrap_or_default();
            for (number, form) in forms.iter().enumerate() {
                let place = format!("{path}:{}:", 2 * number + 1);
                let count = holes.iter().filter(|hole| hole.starts_with(&place)).count();
                assert_eq!(count, usize::from(is_hole), "{path}: {form}");
            }
            assert_eq!(
                report.violations.len(),
                0,
                "{path}: {:?}",
                report.violations
            );
        }
    }
}

#[test]
fn a_list_that_is_joined_line_by_line_has_a_hole() {
    let list =
        "Fn::Join:\n  - ''\n  - - 'https://msg.'\n    - !Ref Env\n    - '.spine2.ncrs.nhs.uk'\n";
    for text in [
        list.to_owned(),
        list.replace('\'', ""),
        list.replace('\n', "\r\n"),
    ] {
        let report = check_text(
            &catalogue(),
            "a.yaml",
            text.as_bytes(),
            Confidence::Possible,
        );
        let holes = &report.coverage.skipped[&SkipReason::NameWithHole];
        assert_eq!(holes.count, 1, "{text}");
    }
}

#[test]
fn why_says_that_a_part_of_the_name_is_elsewhere() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.txt"), FORMS.join("\n")).expect("written");
    for line in [1, 5, 6, 7, 8, 24, 30, 36, 42, 50] {
        let place = format!("a.txt:{line}");
        let (_, out, err) = run_in(folder.path(), &["why", &place, "--as-of", AS_OF]);
        let said =
            "a part of the name is filled in elsewhere, so it may become one of DEV or TRAIN";
        assert!(out.contains(said) && !out.contains("LIVE"), "{out}{err}");
        assert!(!out.contains(": reported"), "{out}");
    }
    let text = "a: msg.${ENV}spineservices.nhs.uk\nb: ldap.${ENV:-nis1}.national.ncrs.nhs.uk\n";
    fs::write(folder.path().join("a.txt"), text).expect("written");
    for line in ["a.txt:1", "a.txt:2"] {
        let (_, out, _) = run_in(folder.path(), &["why", line, "--as-of", AS_OF]);
        assert!(
            out.contains("a part of the name is filled in elsewhere"),
            "{out}"
        );
        assert!(!out.contains("LIVE"), "{out}");
    }
}
