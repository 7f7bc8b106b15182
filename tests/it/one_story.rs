//! What is written instead belongs to the right service, and all parts of the program say the same about it.

use ptlint::facts::{Action, Confidence, Violation};

use crate::common::{catalogue, check_text};

fn violations(path: &str, text: &str) -> Vec<Violation> {
    check_text(&catalogue(), path, text.as_bytes(), Confidence::Possible).violations
}

fn replacement(violation: &Violation) -> (Action, &str, Option<&str>) {
    let advice = violation.replacement.as_ref().expect("a replacement");
    (
        advice.action,
        &advice.text,
        advice.unsafe_because.as_deref(),
    )
}

/// The setting names a file, and a file is named after its host alone: so is the one in the repository.
#[test]
fn the_name_of_a_file_does_not_depend_on_the_setting_that_holds_it() {
    for (path, text) in [
        (
            "a.json",
            r#"{"Ssp": {"Certificate": "certs/msg.dev.spine2.ncrs.nhs.uk.cer"}}"#,
        ),
        (
            "a.yml",
            "ssp:\n  certificate: msg.dev.spine2.ncrs.nhs.uk.pem\n",
        ),
        (
            "a.properties",
            "ssp.certificate=certs/msg.dev.spine2.ncrs.nhs.uk.crt\n",
        ),
        (
            "a.cs",
            "var SspCertificate = \"msg.dev.spine2.ncrs.nhs.uk.p12\";\n",
        ),
    ] {
        let found = violations(path, text);
        assert_eq!(found.len(), 1, "{path}");
        assert_eq!(
            replacement(&found[0]).1,
            "msg.int.spine2.ncrs.nhs.uk",
            "{path}"
        );
        assert_eq!(found[0].service, "spine-messaging", "{path}");
    }
    let in_use = violations(
        "a.json",
        r#"{"Ssp": {"Url": "https://msg.dev.spine2.ncrs.nhs.uk/"}}"#,
    );
    assert_eq!(replacement(&in_use[0]).1, "proxy.int.spine2.ncrs.nhs.uk");
}

#[test]
fn the_server_behind_a_proxy_setting_is_the_secure_proxy() {
    for (path, text) in [
        (
            "a.cfg",
            "[proxy_server]\nhost = msg.dev.spine2.ncrs.nhs.uk\n",
        ),
        ("a.ini", "proxy_server = msg.dev.spine2.ncrs.nhs.uk\n"),
        (
            "a.yml",
            "proxy-server: https://msg.dev.spine2.ncrs.nhs.uk/\n",
        ),
        (
            "a.json",
            r#"{"proxyServer": "https://msg.dev.spine2.ncrs.nhs.uk/"}"#,
        ),
    ] {
        let found = violations(path, text);
        assert_eq!(found[0].service, "ssp", "{path}");
        assert_eq!(
            replacement(&found[0]).1,
            "proxy.int.spine2.ncrs.nhs.uk",
            "{path}"
        );
    }
}

/// A client that trusts the DEV authority cannot reach an INT host.
#[test]
fn a_host_is_not_changed_alone_while_the_authority_stays() {
    let url = "https://msg.dev.spine2.ncrs.nhs.uk/";
    for (path, text) in [
        (
            "a.py",
            format!("URL = \"{url}\"\nCA = \"nhs-dev-ca-bundle.pem\"\n"),
        ),
        (
            "a.properties",
            format!("ca=nhs-dev-ca-bundle.pem\nurl={url}\n"),
        ),
        (
            "a.yml",
            format!("url: {url}\nca: certs/nhs-dev-ca-bundle.pem\n"),
        ),
    ] {
        let found = violations(path, &text);
        assert_eq!(found.len(), 2, "{text}");
        let host = found
            .iter()
            .find(|v| v.name.starts_with("msg."))
            .expect("the host");
        let (_, _, reason) = replacement(host);
        let reason = reason.expect("a reason");
        assert!(
            reason.ends_with(" has to change with it"),
            "{text}: {reason}"
        );
    }
    // In a comment it is not used, and one of another environment is none of this host's business.
    for text in [
        format!("URL = \"{url}\"\n# was nhs-dev-ca-bundle.pem\n"),
        format!("URL = \"{url}\"\nOLD = \"nhs-train-ca-bundle.pem\"\n"),
    ] {
        let found = violations("a.py", &text);
        let host = found
            .iter()
            .find(|v| v.name.starts_with("msg."))
            .expect("the host");
        assert_eq!(replacement(host).2, None, "{text}");
    }
}

/// What is said to be next to the entry is what is there.
#[test]
fn an_entry_is_deleted_for_the_name_next_to_it() {
    let url = |host: &str| format!("https://{host}/messageexchange/");
    let (hscn, internet) = ("msg.int.spine2.ncrs.nhs.uk", "msg.intspineservices.nhs.uk");
    for beside in [hscn, internet] {
        let text = format!(
            "mesh:\n  dev: {}\n  int: {}\n",
            url("msg.dev.spine2.ncrs.nhs.uk"),
            url(beside)
        );
        let found = violations("a.yml", &text);
        let (action, text, _) = replacement(&found[0]);
        assert_eq!((action, text), (Action::Delete, beside));
        let network = found[0]
            .replacement
            .as_ref()
            .and_then(|a| a.network.as_deref());
        assert_eq!(
            network,
            Some(if beside == hscn { "HSCN" } else { "internet" })
        );
    }
}

#[test]
fn an_entry_stays_when_the_one_next_to_it_is_on_another_network() {
    let text = "spine:\n  dev: msg.dev.spine2.ncrs.nhs.uk\n  int: msg.intspineservices.nhs.uk\n";
    let found = violations("a.yml", text);
    let (action, text, reason) = replacement(&found[0]);
    assert_eq!(
        (action, text),
        (Action::Replace, "msg.int.spine2.ncrs.nhs.uk")
    );
    assert_eq!(reason, Some("the entry next to it is on another network"));
}

/// The default of a variable is a name without the dash before it.
#[test]
fn a_default_next_to_an_entry_is_named_without_its_dash() {
    let text = "dev: msg.dev.spine2.ncrs.nhs.uk\nint: ${HOST:-msg.int.spine2.ncrs.nhs.uk}\n";
    let found = violations("a.yml", text);
    let (action, text, _) = replacement(&found[0]);
    assert_eq!(
        (action, text),
        (Action::Delete, "msg.int.spine2.ncrs.nhs.uk")
    );
}
