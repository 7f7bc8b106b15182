//! Every row of the catalogue: retired names are reported with the right environment and replacement,
//! and look-alikes are recognised and not reported.

use crate::common::{Row, catalogue, check_text, rows};
use ptlint::facts::{Confidence, Severity, Violation};
use ptlint::internals::catalogue::{Catalogue, Classification, LookedUp};

/// Texts in which the value of a row is written as in a file.
fn settings(row: &Row) -> Vec<String> {
    let value = &row.value;
    match row.kind.as_str() {
        "host" => vec![
            format!("url = {value}\n"),
            format!("url: \"https://{value}:443/x\"\n"),
            format!("{}\n", value.to_uppercase()),
        ],
        // A service label that nobody lists, the zone itself, and a wildcard.
        "host-suffix" => vec![
            format!("url = zz9{value}\n"),
            format!("zone \"{}\"\n", value.trim_start_matches('.')),
            format!("allow *{value}\n"),
        ],
        "registry" => {
            let zone = value.split("*.").nth(1).and_then(|v| v.split(' ').next());
            vec![format!(
                "\"Url\"=\"https://gas.{}/login\"\n",
                zone.expect("a zone")
            )]
        }
        "identifier" | "cert-file" => vec![format!("from mesh_client import x\nuse({value})\n")],
        "ca-name" => vec![
            format!("issuer={value}\n"),
            format!("/O=nhs/OU=CA/CN={value}\n"),
            format!("O = nhs, OU = CA, CN = {value}\n"),
        ],
        _ => vec![format!("value = {value}\n")],
    }
}

fn violations(catalogue: &Catalogue, text: &str, least: Confidence) -> Vec<Violation> {
    check_text(catalogue, "some.conf", text.as_bytes(), least).violations
}

#[test]
fn rows_to_flag_are_reported_with_their_environment_and_replacement() {
    let catalogue = catalogue();
    let mut flagged = 0;
    for row in rows().iter().filter(|r| r.verdict == "flag") {
        for text in settings(row) {
            let found = violations(&catalogue, &text, Confidence::Possible);
            assert_eq!(found.len(), 1, "{text:?}: {found:#?}");
            let violation = &found[0];
            assert_eq!(violation.environment, row.environment, "{text:?}");
            assert_eq!(violation.severity, Severity::Error, "{text:?}");
            flagged += 1;
            let Some(expected) = row.int.as_deref().filter(|_| row.kind != "registry") else {
                continue;
            };
            let advice = violation.replacement.as_ref().expect("a replacement");
            let offered: Vec<&str> = std::iter::once(advice.text.as_str())
                .chain(advice.alternatives.iter().map(|a| a.text.as_str()))
                .collect();
            let expected = match row.kind.as_str() {
                "host-suffix" if text.contains("zz9") => format!("zz9{expected}"),
                "host-suffix" => expected.trim_start_matches('.').to_owned(),
                // The one row whose answer depends on the setting has a test of its own.
                "host" if row.value.starts_with("msg.") && expected.starts_with("proxy.") => {
                    continue;
                }
                _ => expected.to_owned(),
            };
            assert!(
                offered.contains(&expected.as_str()),
                "{text:?}: {expected} not in {offered:?}"
            );
        }
    }
    assert!(flagged > 60, "only {flagged} texts were looked at");
}

#[test]
fn the_messaging_host_in_a_proxy_setting_is_the_proxy() {
    let catalogue = catalogue();
    for (text, first) in [
        (
            "spineProxyUrl=msg.dev.spine2.ncrs.nhs.uk\n",
            "proxy.int.spine2.ncrs.nhs.uk",
        ),
        (
            "GPC_CONSUMER_SSP_URL: https://msg.dev.spine2.ncrs.nhs.uk/\n",
            "proxy.int.spine2.ncrs.nhs.uk",
        ),
        (
            "gpcSspUrl: msg.dev.spine2.ncrs.nhs.uk\n",
            "proxy.int.spine2.ncrs.nhs.uk",
        ),
        // A directive of a web server, not a setting of the proxy service.
        (
            "proxy_pass https://msg.dev.spine2.ncrs.nhs.uk;\n",
            "msg.int.spine2.ncrs.nhs.uk",
        ),
        (
            "url: msg.dev.spine2.ncrs.nhs.uk\n",
            "msg.int.spine2.ncrs.nhs.uk",
        ),
        (
            "url: https://msg.dev.spine2.ncrs.nhs.uk/messageexchange/x\n",
            "msg.intspineservices.nhs.uk",
        ),
        (
            "sspUrl: msg.train.spine2.ncrs.nhs.uk\n",
            "msg.int.spine2.ncrs.nhs.uk",
        ),
    ] {
        let found = violations(&catalogue, text, Confidence::Possible);
        let advice = found[0].replacement.as_ref().expect("a replacement");
        assert_eq!(advice.text, first, "{text:?}");
    }
}

#[test]
fn the_row_to_warn_about_is_possible_and_info() {
    let catalogue = catalogue();
    let rows = rows();
    let warned: Vec<&Row> = rows.iter().filter(|r| r.verdict == "warn").collect();
    assert_eq!(warned.len(), 1);
    for text in settings(warned[0]) {
        let found = violations(&catalogue, &text, Confidence::Possible);
        assert_eq!(found.len(), 1, "{text:?}");
        assert_eq!(found[0].confidence, Confidence::Possible);
        assert_eq!(found[0].severity, Severity::Info);
        assert!(
            !found[0].message.contains("decommissioned"),
            "{}",
            found[0].message
        );
        let likely = violations(&catalogue, &text, Confidence::Likely);
        assert!(likely.is_empty(), "{likely:?}");
    }
}

#[test]
fn speculative_rows_are_reported_only_on_request() {
    let catalogue = catalogue();
    let mut reported = 0;
    for row in rows().iter().filter(|r| r.verdict == "info") {
        for text in settings(row) {
            let found = violations(&catalogue, &text, Confidence::Possible);
            assert!(found.is_empty(), "{text:?}: {found:#?}");
        }
        let retired = matches!(row.environment.as_str(), "TRAIN" | "DEV");
        let words = matches!(row.value.as_str(), "TRAIN" | "DEV");
        // CIS2 never had TRAIN, and bare words are selectors, which are not detected yet.
        if retired && !words && !row.value.contains("nhstrain") {
            let text = format!("spine ldap {} x\n", row.value);
            let found = violations(&catalogue, &text, Confidence::Speculative);
            assert_eq!(found.len(), 1, "{text:?}: {found:#?}");
            assert_eq!(found[0].confidence, Confidence::Speculative);
            reported += 1;
        }
    }
    assert!(reported >= 7, "only {reported}");
}

#[test]
fn rows_to_allow_are_never_reported_and_are_recognised() {
    let catalogue = catalogue();
    let mut allowed = 0;
    for row in rows().iter().filter(|r| r.verdict == "allow") {
        for text in settings(row) {
            let found = violations(&catalogue, &text, Confidence::Speculative);
            assert!(found.is_empty(), "{text:?}: {found:#?}");
            allowed += 1;
        }
        let asked = match row.kind.as_str() {
            "host-suffix" => format!("zz9{}", row.value),
            // The distinguished name of this one is in the catalogue by its common name.
            "ca-name" => row
                .value
                .trim_start_matches("CN=")
                .split(',')
                .next()
                .unwrap_or_default()
                .to_owned(),
            _ => row.value.clone(),
        };
        let known = !matches!(
            catalogue.lookup(&asked),
            LookedUp::Unknown(_) | LookedUp::Host(_, Classification::Unknown)
        );
        assert!(known, "{asked} is not recognised");
    }
    assert!(allowed > 150, "only {allowed} texts were looked at");
}

#[test]
fn the_examples_of_every_rule_turn_out_as_they_say() {
    for name in ptlint::internals::catalogue::Pack::embedded_names() {
        let pack = ptlint::internals::catalogue::Pack::embedded_checked(name)
            .unwrap_or_else(|e| panic!("{e:?}"));
        let catalogue = Catalogue::compile(&[pack]).expect("compiles");
        let outcome = ptlint::internals::examples::run(&catalogue, &catalogue.packs()[0]);
        assert!(outcome.run > 0);
        assert_eq!(outcome.misses, []);
    }
}
