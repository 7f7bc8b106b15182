//! Spans: a retired host is found at its exact place in any text, encoding and window; near misses are
//! never found.

use base64::Engine as _;
use std::sync::LazyLock;

use crate::common::{catalogue, check_text, context_word, rows};
use proptest::prelude::*;
use ptlint::facts::{Confidence, Context, Report, SkipReason, Violation};
use ptlint::internals::catalogue::Catalogue;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(catalogue);

static RETIRED: LazyLock<Vec<String>> = LazyLock::new(|| {
    rows()
        .into_iter()
        .filter(|r| r.verdict == "flag" && r.kind == "host")
        .map(|r| r.value)
        .collect()
});

/// Names that resemble retired hosts: sections 5 and 6 of the domain notes, and every host of the
/// catalogue that must be left alone.
static NEAR_MISSES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut names: Vec<String> = rows()
        .into_iter()
        .filter(|r| {
            r.verdict == "allow" && matches!(r.kind.as_str(), "host" | "url" | "ip" | "cidr")
        })
        .map(|r| r.value)
        .collect();
    names.extend(
        [
            "traindev.spine2.ncrs.nhs.uk",
            "mydev.spine2.ncrs.nhs.uk",
            "my_dev.spine2.ncrs.nhs.uk",
            "my-dev.spine2.ncrs.nhs.uk",
            "msg.devs.spine2.ncrs.nhs.uk",
            "msg.dev1.spine2.ncrs.nhs.uk",
            "msg.dev.spine2.ncrs.nhs.uk.example.com",
            "msg.dev.spine2.ncrs.nhs.ukx",
            "msg.dev.spine22.ncrs.nhs.uk",
            "msgdev.spine2.ncrs.nhs.uk",
            "ldap.vn01.national.ncrs.nhs.uk",
            "ldap.vn3.national.ncrs.nhs.uk",
            "ldap.vn033.national.ncrs.nhs.uk",
            "ldap.tspx.national.ncrs.nhs.uk",
            "ldap.tra.national.ncrs.nhs.uk",
            "tsp.example.org",
            "api.dev2.ers.ncrs.nhs.uk",
            "api.dev.ers.ncrs.nhs.uk",
            "msg.veit07.devspineservices.nhs.uk",
            "devspineservices.nhs.uk",
            "foo.devspineservices.nhs.uk",
            "a.b.record-locator.devspineservices.nhs.uk",
            "prescriptions.refspineservices.nhs.uk",
            "internal-dev-sandbox.api.service.nhs.uk",
            "https://*.ncrs.nhs.uk/*",
            "api.{env}.ers.ncrs.nhs.uk",
            "msg.${ENV}.spine2.ncrs.nhs.uk",
            "msg.[env]spineservices.nhs.uk",
            "msg.{{ .Values.env }}.spine2.ncrs.nhs.uk",
            "spine2.ncrs.nhs.uk",
            "national.ncrs.nhs.uk",
            "classCode=\"DEV\" typeCode=\"DEV\"",
            "e-RS Train2",
            "NHS PTL Root Authority G2",
            "NHS INT Level 1C",
            "NHS DEV Level 1CX",
            "crl.nhs.uk/ptl/rootca/arla1.crl",
            "ou=services,o=nhs",
            "YES-0000806",
            "1.2.826.0.1285.0.2.0.107",
            "systmonespine1.supplier.nme.ncrs.nhs.uk",
            "a.b.thirdparty.nhs.uk",
            "x26.api.mesh-client.nhs.uk",
            "fhir.nhs.uk/Id/nhs-number",
            "10.200.40.1367",
        ]
        .map(str::to_owned),
    );
    names
});

fn check(path: &str, content: &[u8]) -> Report {
    check_text(&CATALOGUE, path, content, Confidence::Possible)
}

fn bytes(violation: &Violation) -> std::ops::Range<usize> {
    let at = |byte: u64| usize::try_from(byte).expect("fits");
    at(violation.start.byte)..at(violation.end.byte)
}

/// What may be directly before a host.
fn before() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        " ",
        "\"",
        "'",
        "/",
        "//",
        "(",
        "[",
        "<",
        ">",
        "=",
        ",",
        ";",
        "@",
        "–",
        "—",
        "*",
        "**",
        "`",
        "|",
        "{",
        "\t",
        "\n",
        ":",
        "https://",
        "ldaps://",
        "https%3A%2F%2F",
        "%252F",
        "&quot;",
        "&#34;",
        "\\\"",
        "\\u002F",
        "\\x2f",
        "CN=",
        "url=",
        "=3D",
        "“",
        "_",
        "-",
        "\u{a0}",
        "é",
        "*.x ",
    ])
}

/// What may be directly after one.
fn after() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        " ", "\"", "'", "/", ":443", ":636/x", ")", "]", ">", "<", ",", ";", "–", "*", "**", "`",
        "|", "}", "\t", "\r\n", "\n", ". ", ".\n", ".", "?x=1", "#x", "%2F", "%3A443", "&quot;",
        "&amp;", "\\\"", "\\n", "\\u0022", "=20", "”", "_", "-", "\u{a0}", ".cer", ".p12",
        ".key.pem", "",
    ])
}

fn any_case(host: &str, upper: u64) -> String {
    host.chars()
        .enumerate()
        .map(|(at, c)| {
            if upper >> (at % 64) & 1 == 1 {
                c.to_ascii_uppercase()
            } else {
                c
            }
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_retired_host_is_found_at_its_exact_span(
        head in "\\PC{0,60}", tail in "\\PC{0,60}", lines in "[a-z \\n]{0,40}",
        which in any::<prop::sample::Index>(), upper in any::<u64>(),
        left in before(), right in after(),
    ) {
        let host = any_case(which.get::<String>(&RETIRED), upper);
        // The surroundings end where the host begins: beyond one character of
        // punctuation, random text does not concern the host.
        let text = format!("{head}\n{lines}\n{left}{host}{right}\n{tail}");
        let at = head.len() + 1 + lines.len() + 1 + left.len();
        let report = check("x.conf", text.as_bytes());
        let spans: Vec<_> = report.violations.iter().map(bytes).collect();
        prop_assert!(spans.contains(&(at..at + host.len())), "{text:?}\n{:?}", report.violations);
        prop_assert_eq!(spans.len(), 1, "{:?}", text);
        let violation = &report.violations[0];
        prop_assert_eq!(&violation.matched, &host);
        let line = text[..at].matches('\n').count() as u64 + 1;
        let column = text[..at].rsplit('\n').next().expect("a line").chars().count() as u64 + 1;
        prop_assert_eq!((violation.start.line, violation.start.column), (line, column));
    }

    #[test]
    fn every_encoding_gives_the_same_line_and_column(
        lines in prop::collection::vec("[a-zA-Zäöüé =:./]{0,30}", 0..5),
        head in "[a-zäöé ]{0,10}", which in any::<prop::sample::Index>(),
    ) {
        let host = which.get::<String>(&RETIRED);
        let start: String = lines.iter().map(|l| format!("{l}\r\n")).collect();
        let text = format!("{start}{head} \"{host}\"\r\nend = é\r\n");
        let at = start.len() + head.len() + 2;
        let chars = text[..at].rsplit('\n').next().expect("a line").chars().count() as u64;
        let expected = (lines.len() as u64 + 1, chars + 1);
        let units = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(order).collect()
        };
        let mark = |mark: &[u8], bytes: Vec<u8>| -> Vec<u8> { [mark, &bytes].concat() };
        let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("latin")).collect();
        for (name, content, first) in [
            ("utf-8", text.clone().into_bytes(), at),
            ("utf-8 with mark", mark(b"\xef\xbb\xbf", text.clone().into_bytes()), at + 3),
            ("latin-1", latin, text[..at].chars().count()),
            ("utf-16le", units(u16::to_le_bytes), 2 * text[..at].chars().count()),
            ("utf-16be", units(u16::to_be_bytes), 2 * text[..at].chars().count()),
            ("utf-16le with mark", mark(b"\xff\xfe", units(u16::to_le_bytes)), 2 + 2 * text[..at].chars().count()),
            ("utf-16be with mark", mark(b"\xfe\xff", units(u16::to_be_bytes)), 2 + 2 * text[..at].chars().count()),
        ] {
            let report = check("x.reg", &content);
            prop_assert_eq!(report.violations.len(), 1, "{}", name);
            let violation = &report.violations[0];
            prop_assert_eq!((violation.start.line, violation.start.column), expected, "{}", name);
            let width = if name.starts_with("utf-16") { 2 } else { 1 };
            prop_assert_eq!(bytes(violation), first..first + width * host.len(), "{}", name);
            prop_assert_eq!(&violation.matched, host, "{}", name);
            prop_assert_eq!(violation.context, Context::Value, "{}", name);
        }
    }

    #[test]
    fn a_near_miss_is_found_nowhere(
        head in "\\PC{0,40}", tail in "\\PC{0,40}",
        which in any::<prop::sample::Index>(), upper in any::<u64>(),
        left in prop::sample::select(vec![" ", "\"", "/", "https://", "(", "=", "\n", "–"]),
        right in prop::sample::select(vec![" ", "\"", "/", ":443", ")", "\n", "–", ". "]),
    ) {
        let name = any_case(which.get::<String>(&NEAR_MISSES), upper);
        let text = format!("{head}\n{left}{name}{right}\n{tail}");
        let report = check("x.conf", text.as_bytes());
        prop_assert!(report.violations.is_empty(), "{text:?}\n{:?}", report.violations);
    }

    #[test]
    fn any_bytes_are_read_without_failure(content in prop::collection::vec(any::<u8>(), 0..400), which in any::<prop::sample::Index>()) {
        let mut content = content;
        content.extend_from_slice(which.get::<String>(&RETIRED).as_bytes());
        content.extend_from_slice(b"=\n&#\\%");
        let report = check("x", &content);
        prop_assert!(report.failures.is_empty());
    }
}

#[test]
fn every_near_miss_is_quiet_by_itself() {
    for name in NEAR_MISSES.iter() {
        let report = check("x.conf", name.as_bytes());
        assert!(
            report.violations.is_empty(),
            "{name}: {:?}",
            report.violations
        );
    }
}

#[test]
fn spellings_of_dots_are_read_through() {
    for (text, matched) in [
        (
            r"~^msg\.dev\.spine2\.ncrs\.nhs\.uk$",
            r"msg\.dev\.spine2\.ncrs\.nhs\.uk",
        ),
        (
            r#""msg\\.dev\\.spine2\\.ncrs\\.nhs\\.uk""#,
            r"msg\\.dev\\.spine2\\.ncrs\\.nhs\\.uk",
        ),
        (
            "msg%2Edev%2Espine2%2Encrs%2Enhs%2Euk%2F",
            "msg%2Edev%2Espine2%2Encrs%2Enhs%2Euk",
        ),
        (
            "msg&#46;dev&#46;spine2.ncrs.nhs.uk",
            "msg&#46;dev&#46;spine2.ncrs.nhs.uk",
        ),
        (
            "msg\\u002edev.spine2.ncrs.nhs.uk",
            "msg\\u002edev.spine2.ncrs.nhs.uk",
        ),
        (
            "msg[.]dev[.]spine2[.]ncrs[.]nhs[.]uk",
            "msg[.]dev[.]spine2[.]ncrs[.]nhs[.]uk",
        ),
        (
            "msg=2Edev.spine2.ncrs.nhs.uk",
            "msg=2Edev.spine2.ncrs.nhs.uk",
        ),
        (
            "\\nmsg.dev.spine2.ncrs.nhs.uk\\n",
            "msg.dev.spine2.ncrs.nhs.uk",
        ),
        (
            "C:\\keys\\nww.dev.spine2.ncrs.nhs.uk",
            "nww.dev.spine2.ncrs.nhs.uk",
        ),
        (
            "client_msg.dev.spine2.ncrs.nhs.uk_2019",
            "msg.dev.spine2.ncrs.nhs.uk",
        ),
        (
            "the msg.dev.spine2.ncrs.nhs.uk-based set",
            "msg.dev.spine2.ncrs.nhs.uk",
        ),
        (
            "on msg.dev.spine2.ncrs.nhs.uk.The next",
            "msg.dev.spine2.ncrs.nhs.uk",
        ),
        (
            "msg.dev.spine2.ncrs.nhs.uk.2019.p12",
            "msg.dev.spine2.ncrs.nhs.uk",
        ),
    ] {
        let report = check("x.conf", text.as_bytes());
        let found: Vec<&str> = report
            .violations
            .iter()
            .map(|v| v.matched.as_str())
            .collect();
        assert_eq!(found, [matched], "{text}");
        assert!(
            report.violations[0]
                .name
                .ends_with(".dev.spine2.ncrs.nhs.uk"),
            "{text}"
        );
    }
}

#[test]
fn a_soft_line_break_anywhere_in_a_host_is_read_over() {
    for host in RETIRED.iter() {
        for at in 1..host.len() {
            for line_end in ["=\r\n", "=\n"] {
                let text = format!("see {}{line_end}{} for it\n", &host[..at], &host[at..]);
                let report = check("page.mht", text.as_bytes());
                let names: Vec<&str> = report.violations.iter().map(|v| v.name.as_str()).collect();
                assert_eq!(names, [host.as_str()], "{text:?}");
            }
        }
    }
}

/// The end of a broken name may read as a name of an environment in service, or as a shorter one
/// of the same environment in the value around.
#[test]
fn a_broken_name_is_read_whole_whatever_its_end_reads_as() {
    for (path, text, matched) in [
        (
            "a.py",
            "URL = \"https://gas.v\" + \"n03.national.ncrs.nhs.uk\"\n",
            "gas.v\" + \"n03.national.ncrs.nhs.uk",
        ),
        (
            "a.py",
            "A = 'n03.national.ncrs.nhs.uk'\nURL = 'gas.v' 'n03.national.ncrs.nhs.uk'\n",
            "gas.v' 'n03.national.ncrs.nhs.uk",
        ),
        (
            "a.yaml",
            "b.yaml: |\n  c: \"msg.\\\n    dev.spine2.ncrs.nhs.uk\"\n",
            "msg.\\\n    dev.spine2.ncrs.nhs.uk",
        ),
        (
            "a.cs",
            "var url = \"msg\\x002edev.spine2.ncrs.nhs.uk\";",
            "msg\\x002edev.spine2.ncrs.nhs.uk",
        ),
    ] {
        let report = check(path, text.as_bytes());
        let found: Vec<&str> = report
            .violations
            .iter()
            .map(|v| v.matched.as_str())
            .collect();
        assert_eq!(found, [matched], "{text}");
    }
}

#[test]
fn hosts_in_binary_files_are_found_between_junk() {
    // A store of keys: magic, lengths, DER strings whose neighbours are letters and digits.
    let mut store = b"\xfe\xed\xfe\xed\0\0\0\x02\0\0\0\x01\0\x1a".to_vec();
    store.extend_from_slice(
        b"xmsg.dev.spine2.ncrs.nhs.uk0\x82\x01\0\x0c\x1cldap.tsp.national.ncrs.nhs.uk1\x10",
    );
    store.extend_from_slice(b"\x1e\x34");
    store.extend(
        "gas.vn03.national.ncrs.nhs.uk"
            .encode_utf16()
            .flat_map(u16::to_be_bytes),
    );
    store.extend_from_slice(b"0\x21\0\0\0\0");
    store.extend(
        "msg.int.spine2.ncrs.nhs.uk"
            .encode_utf16()
            .flat_map(u16::to_be_bytes),
    );
    let report = check("truststore.jks", &store);
    let found: Vec<(&str, &str, Context)> = report
        .violations
        .iter()
        .map(|v| (v.matched.as_str(), v.name.as_str(), v.context))
        .collect();
    assert_eq!(
        found,
        [
            (
                "msg.dev.spine2.ncrs.nhs.uk",
                "msg.dev.spine2.ncrs.nhs.uk",
                Context::Binary
            ),
            (
                "ldap.tsp.national.ncrs.nhs.uk",
                "ldap.tsp.national.ncrs.nhs.uk",
                Context::Binary
            ),
            (
                "gas.vn03.national.ncrs.nhs.uk",
                "gas.vn03.national.ncrs.nhs.uk",
                Context::Binary
            ),
        ]
    );
    for violation in &report.violations {
        let source = &store[bytes(violation)];
        let narrow: Vec<u8> = source.iter().copied().filter(|b| *b != 0).collect();
        assert_eq!(String::from_utf8_lossy(&narrow), violation.matched);
        assert_eq!(violation.start.column, violation.start.byte + 1);
    }
}

/// A file of several windows: hosts at and around every window border, in lines of every length.
#[test]
#[allow(clippy::cast_possible_wrap)]
fn large_files_are_read_through_a_window() {
    let mut text = String::new();
    let mut expected = Vec::new();
    let filler = "lörem ipsum dolor sit amet consectetur\n";
    let mut line = 1u64;
    for target in (0..6u64).flat_map(|n| {
        [-70_000i64, -33_000, -20, -5, 3, 40_000].map(|d| (n + 1) as i64 * 1_048_576 + d)
    }) {
        while (text.len() as i64) < target {
            if text.len().is_multiple_of(7) {
                text.push_str("ä no end of line here ");
            } else {
                text.push_str(filler);
                line += 1;
            }
        }
        let column = text.rsplit('\n').next().expect("a line").chars().count() as u64;
        text.push_str(" msg.dev.spine2.ncrs.nhs.uk\n");
        expected.push((line, column + 2));
        line += 1;
    }
    let report = check("big.log", text.as_bytes());
    let found: Vec<(u64, u64)> = report
        .violations
        .iter()
        .map(|v| (v.start.line, v.start.column))
        .collect();
    assert_eq!(found, expected);
    for violation in &report.violations {
        assert_eq!(&text[bytes(violation)], "msg.dev.spine2.ncrs.nhs.uk");
    }
    assert_eq!(report.coverage.bytes, text.len() as u64);
}

#[test]
fn contexts_lower_the_severity() {
    use ptlint::facts::Severity::{Error, Info, Warning};
    for (path, text, context, severity) in [
        (
            "a.yml",
            "url: msg.dev.spine2.ncrs.nhs.uk",
            Context::Value,
            Error,
        ),
        (
            "a.yml",
            "# url: msg.dev.spine2.ncrs.nhs.uk",
            Context::Comment,
            Warning,
        ),
        (
            "A.cs",
            "//ldapsearch - x - H ldaps://ldap.vn03.national.ncrs.nhs.uk –b \"o\"",
            Context::Comment,
            Warning,
        ),
        (
            "guide.md",
            "Call msg.dev.spine2.ncrs.nhs.uk.",
            Context::Prose,
            Warning,
        ),
        (
            "a.json",
            "{\"system\": \"https://api.dev3.ers.ncrs.nhs.uk/x\"}",
            Context::Identifier,
            Info,
        ),
        (
            "a.java",
            "s(\"https://api.dev3.ers.ncrs.nhs.uk/ers-api/STU3/v1/CodeSystem/X\")",
            Context::Identifier,
            Info,
        ),
    ] {
        let report = check(path, text.as_bytes());
        assert_eq!(report.violations.len(), 1, "{text}");
        let violation = &report.violations[0];
        assert_eq!(
            (violation.context, violation.severity),
            (context, severity),
            "{text}"
        );
    }
}

#[test]
fn strings_that_go_on_in_an_indented_line_are_read_as_their_language_does() {
    for (path, text, found) in [
        (
            "A.java",
            "class A {\n  String u = \"\"\"\n      https://msg.dev.spine2.\\\n      ncrs.nhs.uk/x\"\"\";\n}\n",
            true,
        ),
        (
            "a.swift",
            "let u = \"\"\"\n  https://msg.dev.spine2.\\\n  ncrs.nhs.uk/x\n  \"\"\"\n",
            true,
        ),
        (
            "a.rs",
            "const U: &str = \"https://msg.dev.spine2.\\\n    ncrs.nhs.uk/x\";\n",
            true,
        ),
        // The blanks are a part of these strings.
        (
            "a.py",
            "u = \"https://msg.dev.spine2.\\\n    ncrs.nhs.uk/x\"\n",
            false,
        ),
        (
            "a.c",
            "char *u = \"https://msg.dev.spine2.\\\n    ncrs.nhs.uk/x\";\n",
            false,
        ),
    ] {
        let report = check(path, text.as_bytes());
        let names: Vec<&str> = report.violations.iter().map(|v| v.name.as_str()).collect();
        let expected = if found {
            vec!["msg.dev.spine2.ncrs.nhs.uk"]
        } else {
            vec![]
        };
        assert_eq!(names, expected, "{path}");
    }
}

#[test]
fn equal_identifiers_of_a_file_are_one_violation_with_a_count() {
    let line = "s(\"https://api.dev3.ers.ncrs.nhs.uk/ers-api/STU3/v1/CodeSystem/X\");\n";
    let text = format!(
        "{}call(\"https://api.dev3.ers.ncrs.nhs.uk/ers-api/v1\");\n",
        line.repeat(680)
    );
    let report = check("A.java", text.as_bytes());
    assert_eq!(report.violations.len(), 2);
    assert_eq!(report.violations[0].occurrences, 680);
    assert_eq!(report.violations[0].related.len(), 20);
    assert_eq!(report.violations[1].context, Context::Value);
}

#[test]
fn fingerprints_survive_moved_lines_and_tell_equal_references_apart() {
    let prints = |text: &str| -> Vec<String> {
        check("a.yml", text.as_bytes())
            .violations
            .into_iter()
            .map(|v| v.fingerprint)
            .collect()
    };
    let before = prints("a: msg.dev.spine2.ncrs.nhs.uk\nb: msg.dev.spine2.ncrs.nhs.uk\n");
    let after =
        prints("# new\n\n\na: MSG.dev.spine2.ncrs.nhs.uk\n\nb:  msg.dev.spine2.ncrs.nhs.uk\n");
    assert_eq!(before, after);
    assert_ne!(before[0], before[1]);
    // The key tells them apart, not their order; where there is none, the number does.
    let swapped = prints("b: msg.dev.spine2.ncrs.nhs.uk\na: msg.dev.spine2.ncrs.nhs.uk\n");
    assert_eq!([&swapped[1], &swapped[0]], [&before[0], &before[1]]);
    // What is put into a list before an item changes nothing about the item.
    let listed =
        prints("list:\n  - a: msg.dev.spine2.ncrs.nhs.uk\n  - a: msg.train.spine2.ncrs.nhs.uk\n");
    let longer = prints(
        "list:\n  - b: 1\n  - a: msg.dev.spine2.ncrs.nhs.uk\n  - a: msg.train.spine2.ncrs.nhs.uk\n",
    );
    assert_eq!(listed, longer);
    let same_key = prints("a: msg.dev.spine2.ncrs.nhs.uk msg.dev.spine2.ncrs.nhs.uk\n");
    assert_eq!(same_key[0], before[0]);
    assert_ne!(same_key[0], same_key[1]);
}

#[test]
fn a_file_with_too_many_references_is_cut_off_and_says_so() {
    let text = "msg.dev.spine2.ncrs.nhs.uk\n".repeat(10_001);
    let report = check("a.conf", text.as_bytes());
    assert_eq!(report.violations.len(), 10_000);
    assert_eq!(report.coverage.gaps(), 1);
}

#[test]
fn an_encoded_text_with_too_many_references_is_cut_off_and_says_so() {
    let text = "https://msg.dev.spine2.ncrs.nhs.uk/x\n".repeat(10_001);
    let encoded = base64::prelude::BASE64_STANDARD.encode(text);
    let text = format!("{{\"a\": \"{encoded}\"}}");
    let report = check("a.json", text.as_bytes());
    assert_eq!(report.coverage.gaps(), 1);
    let occurrences = report.violations.iter().map(|v| v.occurrences);
    assert_eq!(occurrences.sum::<u64>(), 10_000);
}

#[test]
fn what_is_nested_too_deep_to_be_read_is_counted() {
    for (path, opening, count) in [("a.tf", "{", 10_001), ("a.js", "(", 100_001)] {
        let text = format!(
            "a = \"msg.dev.spine2.ncrs.nhs.uk\"\n{}",
            opening.repeat(count)
        );
        let report = check(path, text.as_bytes());
        let skipped = &report.coverage.skipped[&SkipReason::Unparsed];
        assert_eq!((report.violations.len(), skipped.count), (1, 1), "{path}");
    }
}

/// Contexts in the order of the file.
fn contexts(path: &str, text: &str) -> Vec<String> {
    let text = text.replace("HOST", "msg.dev.spine2.ncrs.nhs.uk");
    let report = check(path, text.as_bytes());
    let contexts = report.violations.iter().map(|v| context_word(v.context));
    contexts.collect()
}

#[test]
fn the_parts_of_a_notebook_have_contexts_of_their_own() {
    let text = r##"{"cells": [
  {"cell_type": "markdown", "source": ["# Title\n", "See https://HOST/a\n"]},
  {"cell_type": "markdown", "source": "See https://HOST/b"},
  {"cell_type": "code", "source": ["  # not https://HOST/c\n", "url = 'https://HOST/d'\n"],
   "outputs": [{"text": ["called https://HOST/e\n"], "data": {"source": "https://HOST/f"}}]},
  {"cell_type": "code", "source": "url = 'https://HOST/g'", "outputs": []}
], "metadata": {"source": "https://HOST/h"}}"##;
    let expected = [
        "prose", "prose", "comment", "value", "prose", "prose", "value", "value",
    ];
    assert_eq!(contexts("a.ipynb", text), expected);
    // The same JSON under another name is not a notebook.
    assert_eq!(contexts("a.json", text), ["value"; 8]);
}

#[test]
fn a_url_in_text_between_tags_is_no_comment() {
    let text = "// https://HOST/a\nconst a = \"https://HOST/b\"; // https://HOST/c\n\
         const B = () => <p>See https://HOST/d {/* https://HOST/e */}</p>;\n\
         const c = <a href=\"https://HOST/f\">x</a>; // https://HOST/g\n";
    let expected = [
        "comment", "value", "comment", "value", "comment", "value", "comment",
    ];
    for name in ["a.jsx", "a.tsx", "a.js"] {
        assert_eq!(contexts(name, text), expected, "{name}");
    }
    let text = "<p>Don't see https://HOST/a</p><a href=\"https://HOST/b\">x</a>\n<?php\n\
         $a = 'https://HOST/c'; // https://HOST/d\n?>\n<!-- https://HOST/e -->\n<p>https://HOST/f</p>\n";
    let expected = ["value", "value", "value", "comment", "comment", "value"];
    assert_eq!(contexts("a.php", text), expected);
}
