//! Packs that users write: what a sound pack can do, and how every fault in one is shown.

use std::fs;

use crate::common::{AS_OF, home, run_in};
use miette::Diagnostic as _;
use ptlint::internals::catalogue::{Catalogue, Pack, PackError};
use tempfile::TempDir;

/// A small sound pack about an invented operator.
const SOUND: &str = r#"pack: {name: acme, version: "1", title: Acme test systems}
sources:
  notice: {title: Acme notice, url: "https://acme.example/notice"}
services:
  orders: {name: Orders}
environments:
  OLD:
    replacement: NEW
    sources: [notice]
    lifecycle:
      - {phase: announced, from: "2025-01-01", severity: info, source: notice}
      - {phase: decommissioned, from: "2025-06-01", severity: error, source: notice}
  NEW: {sources: [notice]}
families:
  - id: acme
    host: "{service}.{environment}.acme.example"
    network: internet
    sources: [notice]
    default-service: orders
    environments:
      OLD: {labels: [old, stage1], evidence: official, sources: [notice]}
      NEW: {labels: [new], evidence: official, sources: [notice]}
    services:
      orders:
        service: orders
        known-in:
          OLD: {evidence: official, sources: [notice]}
          NEW: {evidence: official, sources: [notice]}
rules:
  old-host:
    environment: OLD
    reference: host
    summary: An old host.
    why: It is gone.
    how-to-fix: Write the new one.
    examples:
      - {text: "orders.stage1.acme.example", matches: [orders.stage1.acme.example], fixed: orders.new.acme.example}
      - {text: "orders.new.acme.example threshold.acme.example", matches: []}
"#;

fn faults(text: &str) -> Vec<(String, String)> {
    match Pack::from_texts("test", vec![("pack.yaml".to_owned(), text.to_owned())]) {
        Ok(_) => Vec::new(),
        Err(PackError::Refused { faults, .. }) => faults
            .iter()
            .map(|fault| {
                assert!(
                    fault.help_text().is_some() || fault.code_text() == "document::structure",
                    "{fault}: no help"
                );
                assert!(fault.labels().is_some(), "{fault}: no label");
                let span = fault.span().expect("a span");
                (fault.code_text().to_owned(), text[span].to_owned())
            })
            .collect(),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn a_sound_pack_of_a_user_works_with_the_embedded_one() {
    assert_eq!(faults(SOUND), []);
    let dir = folder(SOUND);
    fs::write(
        dir.path().join("a.yml"),
        "a: https://orders.old.acme.example/\nb: msg.dev.spine2.ncrs.nhs.uk\n",
    )
    .expect("written");
    let (code, out, err) = run_in(
        dir.path(),
        &[
            "check",
            "a.yml",
            "--pack",
            "lint/acme",
            "--format",
            "concise",
            "--as-of",
            AS_OF,
        ],
    );
    assert_eq!((code, err.as_str()), (1, ""));
    let rules: Vec<&str> = out
        .lines()
        .map(|l| l.split(' ').nth(2).expect("a rule"))
        .collect();
    assert_eq!(rules, ["old-host", "dev-host"]);
    // The configuration names packs too, and then only those are used.
    fs::write(dir.path().join("ptlint.yaml"), "packs: [./lint/acme]\n").expect("written");
    let (_, out, err) = run_in(
        dir.path(),
        &["check", "a.yml", "--format", "concise", "--as-of", AS_OF],
    );
    let note = "note: The default pack nhs-ptl was not used: ptlint.yaml names other packs.\n";
    assert_eq!((out.lines().count(), err.as_str()), (1, note));
    let (code, out, _) = run_in(dir.path(), &["rules", "test", "lint/acme"]);
    assert_eq!(
        (code, out.as_str()),
        (0, "acme 1: 1 rules, 2 examples, 0 failed\n")
    );
}

fn folder(pack: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(dir.path().join("lint/acme")).expect("folders");
    fs::write(dir.path().join("lint/acme/pack.yaml"), pack).expect("written");
    dir
}

#[test]
fn two_rows_with_one_replacement_do_not_write_it_twice() {
    // The environment has no replacement, but its rows have.
    let row = |host: &str| {
        format!(
            "  - host: {host}.old.acme.example
    service: orders
    environment: OLD
    evidence: official
    sources: [notice]
    replacements: [{{text: orders.new.acme.example, evidence: official, sources: [notice]}}]
"
        )
    };
    let rows = format!("endpoints:\n{}{}rules:\n", row("mail"), row("desk"));
    let pack = SOUND.replace("    replacement: NEW\n", "");
    let pack = pack.replace("orders.stage1.acme.example", "mail.old.acme.example");
    let dir = folder(&pack.replace("rules:\n", &rows));
    let check = |text: &str| {
        fs::write(dir.path().join("a.yml"), text).expect("written");
        let arguments = ["check", "a.yml", "--pack", "lint/acme", "--as-of", AS_OF];
        let (code, out, err) = run_in(
            dir.path(),
            &[&arguments[..], &["--format", "json"]].concat(),
        );
        assert_eq!((code, err.as_str()), (1, ""), "{out}");
        out.contains("would be there twice")
    };
    assert!(!check("hosts:\n  - mail.old.acme.example\n"));
    assert!(check(
        "hosts:\n  - mail.old.acme.example\n  - desk.old.acme.example\n"
    ));
}

/// The violation of `orders.old.acme.example` by a pack.
fn judged(pack: &str, configuration: &str, as_of: &str) -> (i32, serde_json::Value) {
    let dir = folder(pack);
    let file = |name: &str, text: &str| fs::write(dir.path().join(name), text).expect("written");
    file("a.yml", "a: https://orders.old.acme.example/\n");
    file(
        "ptlint.yaml",
        &format!("packs: [./lint/acme]\n{configuration}"),
    );
    let arguments = ["check", "a.yml", "--format", "json", "--as-of", as_of];
    let (code, out, err) = run_in(dir.path(), &arguments);
    assert_eq!(err, "");
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let (fixed, _, _) = run_in(dir.path(), &["fix", "--unsafe-fixes", "--as-of", as_of]);
    let text = fs::read_to_string(dir.path().join("a.yml")).expect("a file");
    let replacement = &report["violations"][0]["replacement"];
    assert_eq!(
        text.contains("orders.new"),
        !replacement.is_null(),
        "{fixed}"
    );
    (code, report["violations"][0].clone())
}

#[test]
fn a_replacement_waits_for_its_day() {
    let known = "          NEW: {evidence: official, sources: [notice]}\n";
    let later = known.replace("official,", "official, available-from: \"2026-02-01\",");
    let pack = SOUND.replace(known, &later);
    assert_eq!(faults(&pack), []);
    let (_, early) = judged(&pack, "", "2026-01-31");
    assert!(early["replacement"].is_null(), "{early}");
    let why = "orders.new.acme.example can be used from 1 February 2026 on, not yet";
    assert_eq!(early["replacement_reason"], why);
    let (_, late) = judged(&pack, "", "2026-02-01");
    assert_eq!(late["replacement"]["text"], "orders.new.acme.example");

    // What can be used already comes first, and what is better later is said.
    let both = pack.replace(
        "        service: orders\n",
        "        service: orders\n        replacements:\n          \
         - {text: best.acme.example, available-from: \"2027-01-01\", evidence: official, sources: [notice]}\n          \
         - {text: orders.new.acme.example, evidence: official, sources: [notice]}\n",
    );
    assert_eq!(faults(&both), []);
    let (_, now) = judged(&both, "", AS_OF);
    assert_eq!(now["replacement"]["text"], "orders.new.acme.example");
    assert_eq!(now["replacement"]["alternatives"], serde_json::json!([]));
    let said = "best.acme.example can be used from 1 January 2027 on, not yet";
    assert_eq!(now["notes"], serde_json::json!([said]));

    let wrong = pack.replace("2026-02-01", "2026-02-30");
    let fault = (
        "document::structure".to_owned(),
        "\"2026-02-30\"".to_owned(),
    );
    assert_eq!(faults(&wrong), [fault]);
}

#[test]
fn a_preview_rule_fails_nobodys_run_until_it_is_asked_to() {
    let pack = SOUND.replace(
        "    reference: host\n",
        "    reference: host\n    preview: true\n",
    );
    assert_eq!(faults(&pack), []);
    let (code, violation) = judged(&pack, "", AS_OF);
    assert_eq!((code, &violation["severity"]), (0, &"info".into()));
    let note = "old-host is new: it is at most info, unless the configuration gives it a severity";
    assert_eq!(violation["notes"], serde_json::json!([note]));
    let wanted = "severity: [{rule: old-host, severity: error}]\n";
    let (code, violation) = judged(&pack, wanted, AS_OF);
    assert_eq!((code, &violation["severity"]), (1, &"error".into()));
    let dir = folder(&pack);
    let show =
        |arguments: &[&str]| run_in(dir.path(), &[arguments, &["--pack", "lint/acme"]].concat()).1;
    assert!(show(&["rules", "list"]).contains("An old host. (preview)\n"));
    assert!(show(&["rules", "show", "old-host"]).contains("\nA preview: at most info"));
}

#[test]
fn an_example_that_does_not_turn_out_fails_the_test_of_the_pack() {
    let dir = folder(&SOUND.replace("fixed: orders.new", "fixed: orders.newer"));
    let (code, out, _) = run_in(dir.path(), &["rules", "test", "lint/acme"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("old-host example 1: expected the fixed text"),
        "{out}"
    );
}

#[test]
fn each_fault_of_a_pack_is_refused_at_its_place() {
    for (from, to, code, at) in [
        ("title: Acme", "tilte: Acme", "document::structure", "tilte"),
        (
            "phase: announced",
            "phase: anounced",
            "document::structure",
            "anounced",
        ),
        (
            "pack: {name: acme, version: \"1\", title: Acme test systems}\n",
            "",
            "pack::header",
            "sources",
        ),
        (
            "from: \"2025-01-01\"",
            "from: \"2025-02-30\"",
            "document::structure",
            "\"2025-02-30\"",
        ),
        (
            "from: \"2025-01-01\"",
            "from: \"2025-07-01\"",
            "pack::lifecycle-order",
            "\"2025-06-01\"",
        ),
        (
            "replacement: NEW",
            "replacement: OLD",
            "pack::retired-replacement",
            "OLD",
        ),
        (
            "replacement: NEW",
            "replacement: NWE",
            "pack::unknown-id",
            "NWE",
        ),
        (
            "    network: internet\n    sources: [notice]",
            "    network: internet\n    sources: []",
            "pack::no-source",
            "sources",
        ),
        (
            "    network: internet\n    sources: [notice]",
            "    network: internet\n    sources: [notcie]",
            "pack::unknown-id",
            "sources",
        ),
        (
            "{service}.{environment}",
            "{service}.x",
            "pack::family-shape",
            "\"{service}.x.acme.example\"",
        ),
        (
            "    default-service: orders\n",
            "",
            "pack::family-default",
            "\"{service}.{environment}.acme.example\"",
        ),
        (
            "NEW: {labels: [new]",
            "NEW: {labels: [old]",
            "pack::overlap",
            "\"{service}.{environment}.acme.example\"",
        ),
        (
            "service: orders\n        known",
            "service: ordres\n        known",
            "pack::unknown-id",
            "ordres",
        ),
        (
            "matches: []",
            "matches: [orders.new.acme.example]",
            "pack::no-examples",
            "old-host",
        ),
        (
            "reference: host",
            "reference: identifier",
            "pack::no-rule",
            "families",
        ),
    ] {
        assert!(SOUND.contains(from), "{from}");
        let found = faults(&SOUND.replacen(from, to, 1));
        let expected = (code.to_owned(), at.to_owned());
        assert!(found.contains(&expected), "{to}: {found:?}");
    }
}

#[test]
fn each_fault_of_a_companion_is_refused_at_its_place() {
    let sound = SOUND.replace(
        "environments:\n  OLD:",
        "companions:\n  card: {name: card, ask: Ask for one., source: notice, settings: [card number], values: [.crd]}\n  desk: {name: desk, ask: Book one., source: notice, after: [card], who: {name: the porter, source: notice}}\nenvironments:\n  OLD:",
    );
    assert_eq!(faults(&sound), []);
    for (from, to, code, at) in [
        (
            "after: [card]",
            "after: [cart]",
            "pack::unknown-id",
            "after",
        ),
        (
            "after: [card]",
            "after: [desk]",
            "pack::companion-cycle",
            "after",
        ),
        (
            "settings: [card number]",
            "after: [desk]",
            "pack::companion-cycle",
            "after",
        ),
        (
            "porter, source: notice",
            "porter, source: nobody",
            "pack::unknown-id",
            "nobody",
        ),
        (
            "settings: [card number]",
            "settings: [card number, id]",
            "pack::short-setting",
            "id",
        ),
        (
            "values: [.crd]",
            "values: [crd]",
            "pack::short-setting",
            "crd",
        ),
        (
            "settings: [card",
            "setings: [card",
            "document::structure",
            "setings",
        ),
    ] {
        assert!(sound.contains(from), "{from}");
        let found = faults(&sound.replacen(from, to, 1));
        assert!(
            found
                .iter()
                .any(|(c, place)| c == code && place.trim_end_matches(':') == at),
            "{to}: {found:?}"
        );
    }
}

#[test]
fn a_replacement_that_is_itself_retired_is_refused() {
    let retired = SOUND.replace(
        "          NEW: {evidence: official, sources: [notice]}\nrules",
        "          NEW: {evidence: official, sources: [notice], retired: \"2025-08\"}\nrules",
    );
    assert!(
        faults(&retired)
            .iter()
            .any(|(code, _)| code == "pack::retired-replacement"),
        "{:?}",
        faults(&retired)
    );
    let listed = SOUND.replace(
        "        known-in:\n",
        "        replacements: [{text: orders.old.acme.example, evidence: official, sources: [notice]}]\n        known-in:\n",
    );
    assert!(
        faults(&listed)
            .iter()
            .any(|(code, _)| code == "pack::retired-replacement")
    );
}

#[test]
fn a_text_too_short_to_search_for_is_refused() {
    let short = SOUND.replace("rules:\n", "identifiers:\n  - {text: OLD, kind: name, service: orders, environment: OLD, evidence: official, sources: [notice]}\nrules:\n");
    let with_rule = format!(
        "{short}  old-name:\n    environment: OLD\n    reference: identifier\n    summary: s\n    why: w\n    how-to-fix: h\n    examples:\n      - {{text: OLD, matches: [OLD]}}\n      - {{text: x, matches: []}}\n"
    );
    assert!(
        faults(&with_rule).contains(&("pack::short-anchor".to_owned(), "OLD".to_owned())),
        "{:?}",
        faults(&with_rule)
    );
}

#[test]
fn all_faults_of_a_pack_are_reported_at_once() {
    let bad = SOUND
        .replace("replacement: NEW", "replacement: NWE")
        .replace("default-service: orders", "default-service: ordres")
        .replace("matches: []", "matches: [orders.new.acme.example]");
    assert_eq!(faults(&bad).len(), 3, "{:?}", faults(&bad));
    let dir = folder(&bad);
    let (code, _, err) = run_in(dir.path(), &["check", "--pack", "lint/acme"]);
    assert_eq!(code, 2);
    insta::assert_snapshot!(err);
}

#[test]
fn every_date_that_does_not_exist_is_refused_at_its_place() {
    let bad = SOUND
        .replace("from: \"2025-01-01\"", "from: \"2025-02-30\"")
        .replace("from: \"2025-06-01\"", "from: 20250601")
        .replacen(
            "OLD: {evidence: official, sources: [notice]}",
            "OLD: {evidence: official, sources: [notice], retired: \"2024-13\"}",
            1,
        )
        .replacen(
            "NEW: {evidence: official, sources: [notice]}",
            "NEW: {evidence: official, sources: [notice], available-from: 2026-1-1}",
            1,
        )
        + r#"endpoints:
  - host: a.acme.example
    service: orders
    environment: NEW
    evidence: official
    sources: [notice]
    retired: 2024-02-30
    replacements: [{text: b.acme.example, available-from: soon, evidence: official, sources: [notice]}]
certificates:
  - name: Acme CA
    service: orders
    evidence: official
    sources: [notice]
    valid: {from: "2025-01-01T00:00", to: ""}
"#;
    let dir = folder(&bad);
    let (code, _, err) = run_in(dir.path(), &["check", "--pack", "lint/acme"]);
    assert_eq!(code, 2);
    insta::assert_snapshot!(err);
    // A month is enough where no source says the day.
    let month = SOUND.replacen(
        "OLD: {evidence: official, sources: [notice]}",
        "OLD: {evidence: official, sources: [notice], retired: \"2024-08\"}",
        1,
    );
    assert_eq!(faults(&month), []);
}

#[test]
fn two_packs_that_claim_the_same_zone_are_refused() {
    let other = SOUND
        .replace("name: acme", "name: other")
        .replace("old-host", "other-host");
    let packs: Vec<Pack> = [SOUND, &other]
        .iter()
        .map(|text| {
            Pack::from_texts("p", vec![("p.yaml".into(), (*text).to_owned())]).expect("sound")
        })
        .collect();
    let error = Catalogue::compile(&packs).expect_err("they clash");
    let PackError::Refused { faults, .. } = error else {
        panic!("{error}");
    };
    let messages: Vec<&str> = faults
        .iter()
        .map(ptlint::internals::document::Fault::message)
        .collect();
    assert_eq!(messages.len(), 3, "{messages:?}");
    assert!(
        messages.iter().all(|m| m.ends_with("is claimed twice")),
        "{messages:?}"
    );
}

#[test]
fn embedded_packs_are_sound() {
    for name in Pack::embedded_names() {
        Pack::embedded_checked(name).unwrap_or_else(|error| panic!("{error:?}"));
    }
    assert!(home().join("rules/nhs-ptl").is_dir());
}
