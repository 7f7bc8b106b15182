//! A file in UTF-16 whose last byte is cut off ended in a panic, because the last character was taken for
//! two bytes.

use std::sync::OnceLock;

use proptest::prelude::*;
use ptlint::facts::{Confidence, Report};
use ptlint::internals::catalogue::Catalogue;

use super::case;
use crate::common::{catalogue, check_text, run_in};

#[test]
fn the_reference_at_the_cut_is_found() {
    let folder = case("09");
    let (code, out, err) = run_in(folder.path(), &["check", "--no-config", "cut.txt"]);
    assert_eq!(code, 1, "{out}{err}");
    assert!(out.contains("msg.dev.spine2.ncrs.nhs.uk"), "{out}");
    assert!(!err.contains("panicked"), "{err}");
}

static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();

fn spans_are_inside(report: &Report, bytes: &[u8]) {
    for violation in report.violations.iter().chain(&report.suppressed) {
        assert!(violation.start.byte <= violation.end.byte);
        assert!(violation.end.byte <= bytes.len() as u64, "{violation:?}");
    }
    assert!(report.failures.is_empty(), "{:?}", report.failures);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn wide_text_cut_anywhere_is_read(
        before in "[a-z=\n \u{e9}\u{1f600}]{0,6}",
        after in "[a-z=\n \u{e9}\u{1f600}]{0,4}",
        mark in any::<bool>(),
        unit in 0_usize..4,
        head in 0_usize..3,
        name in prop::sample::select(vec!["a.txt", "a.json", "a.ldif", "a.bin", "a.eml"]),
    ) {
        let catalogue = CATALOGUE.get_or_init(catalogue);
        let mark = if mark { "\u{feff}" } else { "" };
        let text = format!("{mark}{before}msg.dev.spine2.ncrs.nhs.uk{after}");
        let bytes: Vec<u8> = match unit {
            0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            1 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            2 => text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect(),
            _ => text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect(),
        };
        let bytes = &bytes[head.min(bytes.len())..];
        for end in bytes.len().saturating_sub(9)..=bytes.len() {
            let report = check_text(catalogue, name, &bytes[..end], Confidence::Speculative);
            spans_are_inside(&report, &bytes[..end]);
        }
    }
}
