//! The advice for a violation, and whether it is safe: environment maps, pairs of an old and a new name,
//! tables of names, and settings that only look like those of a service.

use std::sync::LazyLock;

use crate::common::{catalogue, check_text};
use ptlint::facts::{Action, Confidence, Safety, Violation};
use ptlint::internals::catalogue::Catalogue;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(catalogue);

fn check(path: &str, content: &str) -> Vec<Violation> {
    check_text(&CATALOGUE, path, content.as_bytes(), Confidence::Possible).violations
}

fn single(path: &str, content: &str) -> Violation {
    let mut found = check(path, content);
    assert_eq!(found.len(), 1, "{path}: {content}\n{found:#?}");
    found.remove(0)
}

const DEV: &str = "https://msg.dev.spine2.ncrs.nhs.uk";
const INT: &str = "https://msg.int.spine2.ncrs.nhs.uk";

fn with_hosts(text: &str) -> String {
    text.replace("DEV!", DEV).replace("INT!", INT)
}

#[test]
fn an_entry_next_to_its_replacement_should_be_deleted() {
    for (path, text) in [
        ("a.yml", "servers:\n  - url: DEV!\n  - url: INT!\n"),
        ("a.yml", "urls:\n  dev: DEV!\n  int: INT!\n"),
        ("a.py", "URLS = [\"DEV!\", \"INT!\"]\n"),
        ("a.py", "URLS = {\"dev\": \"DEV!\", \"int\": \"INT!\"}\n"),
        ("a.ts", "const urls = [{url: 'DEV!'}, {url: 'INT!'}];\n"),
        (".env", "SPINE_URL_DEV=DEV!\nSPINE_URL_INT=INT!\n"),
    ] {
        let found = single(path, &with_hosts(text));
        let advice = found.replacement.expect("advice");
        assert_eq!(advice.action, Action::Delete, "{path}: {text}");
        assert_eq!(advice.safety, Safety::Unsafe, "{path}: {text}");
        assert!(
            found.related[0].message.ends_with("of INT"),
            "{path}: {text}"
        );
    }
}

#[test]
fn what_only_looks_like_a_map_is_to_be_replaced_but_not_blindly() {
    for (path, text) in [
        (
            "a.py",
            "def a():\n    url = \"DEV!\"\ndef b():\n    url = \"INT!\"\n",
        ),
        (
            "A.java",
            "class A { String b = c.replace(\"DEV!\", \"INT!\"); }\n",
        ),
        ("a.py", "MOVES = [(\"DEV!\", \"INT!\")]\n"),
        ("a.yml", "moves:\n  - {from: \"DEV!\", to: \"INT!\"}\n"),
        ("a.yml", "spine:\n  url: DEV!\n  fallback: INT!\n"),
    ] {
        let found = single(path, &with_hosts(text));
        let advice = found.replacement.expect("advice");
        assert_eq!(advice.action, Action::Replace, "{path}: {text}");
        if !text.contains("def ") {
            assert_eq!(advice.safety, Safety::Unsafe, "{path}: {text}");
        }
    }
}

#[test]
fn what_stands_around_a_host_may_forbid_a_blind_replacement() {
    for (path, text, why) in [
        ("hosts", "10.1.1.1 msg.dev.spine2.ncrs.nhs.uk\n", "address"),
        (
            "a.yml",
            "extra_hosts:\n  - \"msg.dev.spine2.ncrs.nhs.uk:10.1.1.1\"\n",
            "address",
        ),
        (
            "nginx.conf",
            "ssl_certificate /etc/ssl/msg.dev.spine2.ncrs.nhs.uk.crt;\n",
            "file name",
        ),
        (
            "a.yml",
            "no_proxy: \"a,msg.dev.spine2.ncrs.nhs.uk,msg.int.spine2.ncrs.nhs.uk\"\n",
            "replacement",
        ),
    ] {
        let advice = single(path, text).replacement.expect("advice");
        assert_eq!(advice.safety, Safety::Unsafe, "{text}");
        let because = advice.unsafe_because.expect("a reason");
        assert!(because.contains(why), "{text}: {because}");
    }
    let plain = single("a.yml", &with_hosts("spine:\n  url: DEV!/sync-service\n"));
    assert_eq!(plain.replacement.expect("advice").safety, Safety::Safe);
}

#[test]
fn a_service_is_told_by_keys_and_not_by_values_of_neighbours() {
    for (text, service) in [
        ("mesh:\n  url: DEV!\n", "mesh"),
        ("gpc:\n  ssp:\n    host: DEV!\n", "ssp"),
        ("env:\n  - name: GPC_SSP_URL\n    value: DEV!\n", "ssp"),
        ("- description: MESH mailbox\n  url: DEV!\n", "mesh"),
        (
            "spine:\n  title: MESH\n  pds: DEV!\n  eps: DEV!/x\n",
            "spine-messaging",
        ),
        (
            "app:\n  about: talks to the SSP\n  scr_url: DEV!\n",
            "spine-messaging",
        ),
        ("http.nonProxyHosts: DEV!\n", "spine-messaging"),
        ("noProxyHosts: DEV!\n", "spine-messaging"),
        ("httpProxy: DEV!\n", "spine-messaging"),
    ] {
        for found in check("a.yml", &with_hosts(text)) {
            assert_eq!(found.service, service, "{text}");
        }
    }
}

#[test]
fn only_a_key_of_the_value_itself_contradicts_it() {
    let names = |text: &str| {
        let found = single("a.yml", &with_hosts(text));
        found.notes.iter().any(|note| note.starts_with("the key"))
    };
    assert!(names("int:\n  url: DEV!\n"));
    assert!(names("SPINE_URL_LIVE: DEV!\n"));
    assert!(!names("dev:\n  url: DEV!\n"));
    assert!(!names("deployment:\n  url: DEV!\n"));
    assert!(!names("live:\n  reload:\n    spine:\n      url: DEV!\n"));
}
