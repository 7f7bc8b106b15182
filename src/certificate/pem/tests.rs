//! Tests of finding PEM text.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::{LONGEST_BODY, PemBlock, block_at};

const PEM: &str = include_str!("../../../tests/data/certificates/rsa.pem");
const DER: &[u8] = include_bytes!("../../../tests/data/certificates/rsa.der");
const TRUSTED: &str = include_str!("../../../tests/data/certificates/trusted.pem");
const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

fn block(text: &str) -> Option<PemBlock> {
    block_at(text.as_bytes(), text.find("BEGIN ")?)
}

fn wrapped(text: &str) -> String {
    PEM.trim_end().replace('\n', text)
}

fn lines(before: &str, after: &str) -> String {
    let lines = PEM.lines().map(|line| format!("{before}{line}{after}\n"));
    lines.collect()
}

#[test]
fn blocks_are_read_in_every_wrapping() {
    let json = wrapped(r"\n");
    for text in [
        PEM.to_owned(),
        wrapped("\r\n"),
        wrapped(" "),
        wrapped(""),
        format!("tls.crt: |\n{}key: value\n", lines("    ", "")),
        format!("{{\"certificate\": \"{json}\\n\", \"n\": 1}}"),
        format!("CERT=\"{}\"", wrapped(r"\r\n")),
        format!(
            "{{\"inner\": \"{{\\\"c\\\": \\\"{}\\\"}}\"}}",
            wrapped(r"\\n")
        ),
        json.replace('/', r"\/").replace('+', r"\u002B"),
        format!("<c>{}</c>", wrapped("&#10;")),
        format!("<c>{}</c>", wrapped("&#xA;&#13;")),
        lines("> ", ""),
        lines("# ", ""),
        lines("    // ", ""),
        lines("//", ""),
        lines("+", ""),
        lines("+    ", ""),
        lines("-", ""),
        lines(" * ", ""),
        format!("/* {} */", wrapped("\n * ")),
        lines("    \"", "\\n\" +"),
        lines("    + '", "\\n'"),
        lines("    \"", "\\n\" \\"),
        lines("  b\"", "\\n\""),
        lines("  \"", "\","),
        lines("// \"", "\" +"),
        lines("echo '", "' >> host.pem"),
        lines("", " \\"),
        PEM.replacen('\n', "\nProc-Type: 4,MIC-CLEAR\nDEK-Info: none\n\n", 1),
        PEM.replace('=', ""),
        PEM.replace("CERTIFICATE", "X509 CERTIFICATE"),
        PEM.replace(END, ""),
        json.replace(END, ""),
    ] {
        let block = block(&text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(block.der, DER, "{text}");
        let written = &text[block.span.clone()];
        assert!(written.starts_with(&text[block.marker.clone()]), "{text}");
        assert!(text[block.marker].starts_with("-----BEGIN "), "{text}");
        if text.contains("-----END ") {
            assert!(written.ends_with("CERTIFICATE-----"), "{text}");
            assert_eq!(written.matches("-----").count(), 4, "{text}");
        } else {
            let last = PEM.lines().rev().nth(1).unwrap();
            assert!(written.ends_with(last), "{text}");
        }
    }
}

#[test]
fn trust_settings_after_a_certificate_stay_in_the_block() {
    let block = block(TRUSTED).unwrap();
    assert_eq!(&block.der[..DER.len()], DER);
    assert!(block.der.len() > DER.len());
    assert_eq!(&TRUSTED[block.span], TRUSTED.trim_end());
}

#[test]
fn the_offset_says_which_block() {
    let other = PEM.replace("MII", "AII");
    let text = format!("{PEM}{other}");
    let second = PEM.len();
    for offset in 0..BEGIN.len() {
        let first = block_at(text.as_bytes(), offset).unwrap();
        assert_eq!(first.marker, 0..BEGIN.len());
        let block = block_at(text.as_bytes(), second + offset).unwrap();
        assert_eq!(block.marker.start, second);
        assert_eq!(block.span, second..text.trim_end().len());
        assert_ne!(block.der, first.der);
    }
    for offset in [BEGIN.len(), second - 1, second - 10, text.len(), usize::MAX] {
        assert_eq!(block_at(text.as_bytes(), offset), None, "{offset}");
    }
}

#[test]
fn a_block_without_an_end_takes_nothing_of_what_follows() {
    let body = PEM.trim_end().strip_suffix(END).unwrap();
    for after in [
        "",
        "other text follows here",
        "key: value",
        PEM,
        "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----",
        "-----END PUBLIC KEY-----",
    ] {
        let text = format!("{body}{after}");
        let block = block(&text).unwrap();
        assert_eq!(block.der, DER, "{after}");
        assert_eq!(block.span, 0..body.trim_end().len(), "{after}");
    }
}

#[test]
fn broken_blocks_are_none() {
    for text in [
        BEGIN.to_owned(),
        format!("{BEGIN}\n{END}"),
        format!("{BEGIN}\n...\n{END}"),
        format!("{BEGIN}\nMII!\n{END}"),
        format!("{BEGIN}\nMIIBA\n{END}"),
        PEM.replace("CERTIFICATE", "PUBLIC KEY"),
        PEM.replace("-----BEGIN", "----BEGIN"),
        PEM.to_lowercase(),
    ] {
        assert_eq!(block(&text), None, "{text}");
    }
}

#[test]
fn bodies_have_a_longest_length() {
    for (length, read) in [(LONGEST_BODY, true), (LONGEST_BODY + 4, false)] {
        let body = "A".repeat(length);
        for end in [END, ""] {
            let text = format!("{BEGIN}{body}{end}");
            assert_eq!(block(&text).is_some(), read, "{length} {end}");
        }
    }
}

#[test]
fn endless_markers_cost_little() {
    let text = format!("{BEGIN}\n").repeat(20_000);
    let start = std::time::Instant::now();
    for offset in memchr::memmem::find_iter(text.as_bytes(), "BEGIN") {
        assert_eq!(block_at(text.as_bytes(), offset), None);
    }
    assert!(start.elapsed().as_secs() < 60);
}

fn check(text: &[u8], offset: usize) -> Result<(), TestCaseError> {
    if let Some(block) = block_at(text, offset) {
        prop_assert!(block.marker.contains(&offset));
        prop_assert!(block.span.end <= text.len());
        prop_assert!(block.marker.end < block.span.end);
        prop_assert!(!block.der.is_empty());
    }
    Ok(())
}

#[test]
fn every_prefix_is_survived() {
    let text = format!("// \"{}\" +\n&#10;\\u002b", wrapped("\\n\" +\r\n\""));
    for end in 0..=text.len() {
        check(&text.as_bytes()[..end], 10).unwrap();
    }
}

proptest! {
    #[test]
    fn random_bodies_are_survived(
        before in prop::collection::vec(any::<u8>(), 0..20),
        body in "([A-Za-z0-9+/]{0,12}|[\\\\&#;\"'`\n\r xu0amp:=>+*/,-]{0,6}|\\PC{0,3}){0,20}",
        end in any::<bool>(),
        bytes in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let mut text = before.clone();
        text.extend(BEGIN.as_bytes());
        text.extend(body.as_bytes());
        text.extend(bytes);
        if end {
            text.extend(END.as_bytes());
        }
        check(&text, before.len() + 7)?;
    }

    #[test]
    fn changed_blocks_are_survived(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        offset in 0..30_usize,
    ) {
        let mut text = wrapped("\\n").into_bytes();
        for (index, byte) in changes {
            let at = index.index(text.len());
            text[at] = byte;
        }
        check(&text, offset)?;
    }
}
