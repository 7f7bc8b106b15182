//! Proofs: a broken fixer is caught, only proved fixes are written, and they keep the encoding of their
//! file.

use std::ops::Range;
use std::path::Path;

use crate::common::{AS_OF, catalogue};
use ptlint::facts::Confidence;
use ptlint::internals::config::Settings;
use ptlint::internals::detect::Detector;
use ptlint::internals::edit::{Edit, apply};
use ptlint::internals::engine::{Engine, Judge};
use ptlint::internals::fix::FilePlanner;

const YAML: &str = "\
# the bench
spine:
  url: \"https://msg.dev.spine2.ncrs.nhs.uk/sync-service\"
  retry: 3
other: ldap.int.example.org
";

fn planner_test(unsafe_too: bool, test: impl FnOnce(&mut FilePlanner<'_, '_>)) {
    let catalogue = catalogue();
    let detector = Detector::new(&catalogue, Confidence::Possible).with_echoes();
    let settings = Settings::default();
    let as_of = AS_OF.parse().expect("a date");
    let engine = Engine {
        detector: &detector,
        judge: Judge {
            settings: &settings,
            suppressions: true,
            as_of,
        },
    };
    test(&mut FilePlanner::new(engine, unsafe_too));
}

/// What the proof says of edits.
fn proof_of(text: &str, path: &str, edits: &[(Range<usize>, &str)]) -> Result<(), String> {
    let edits: Vec<Edit> = edits
        .iter()
        .map(|(span, new)| Edit {
            old: text.as_bytes()[span.clone()].to_vec(),
            span: span.clone(),
            new: new.as_bytes().to_vec(),
        })
        .collect();
    let mut result = Ok(());
    planner_test(true, |planner| {
        result = planner.prove(path, text.as_bytes(), &edits);
    });
    result
}

#[test]
fn a_broken_fixer_is_caught() {
    let at = |text: &str| {
        let start = YAML.find(text).expect("in the text");
        start..start + text.len()
    };
    let dev = at("dev");
    assert_eq!(proof_of(YAML, "a.yaml", &[(dev.clone(), "int")]), Ok(()));
    for (what, edits) in [
        ("another retired name", vec![(dev.clone(), "train")]),
        ("nothing changes", vec![(dev.clone(), "dev")]),
        (
            "a quote goes",
            vec![(dev.clone(), "int"), (at("service\""), "service")],
        ),
        ("a quote comes", vec![(dev.clone(), "i\"nt")]),
        (
            "a key changes",
            vec![(dev.clone(), "int"), (at("retry"), "again")],
        ),
        (
            "a value changes",
            vec![(dev.clone(), "int"), (at("3"), "4")],
        ),
        (
            "a line goes",
            vec![(dev.clone(), "int"), (at("  retry: 3\n"), "")],
        ),
        ("a line comes", vec![(dev.clone(), "int\"\n  more: \"")]),
        (
            "a comment changes",
            vec![(at("bench"), "desk"), (dev.clone(), "int")],
        ),
        (
            "a comment goes",
            vec![(at("# the bench\n"), ""), (dev.clone(), "int")],
        ),
        (
            "the nesting changes",
            vec![(dev.clone(), "int"), (at("  retry"), "retry")],
        ),
        (
            "edits overlap",
            vec![(dev.clone(), "int"), (dev.start..dev.end + 1, "int.")],
        ),
        ("edits go back", vec![(at("3"), "3"), (dev.clone(), "int")]),
    ] {
        let result = proof_of(YAML, "a.yaml", &edits);
        assert!(result.is_err(), "{what}: the proof holds");
    }
}

#[test]
fn what_is_not_proved_is_refused_and_the_rest_is_fixed() {
    // The list of labels cannot hold a name with fewer labels.
    let text = r#"{"mesh": {"url": {"host": ["msg", "dev", "spine2", "ncrs", "nhs", "uk"],
 "path": ["messageexchange"]}}, "gas": "gas.vn03.national.ncrs.nhs.uk"}"#;
    planner_test(true, |planner| {
        let plan = planner.plan(Path::new("a.json"), "a.json", text.as_bytes());
        let change = plan.change.expect("one is fixed");
        let after = String::from_utf8(apply(text.as_bytes(), &change.edits)).expect("text");
        assert_eq!(after, text.replace("gas.vn03", "gas.nis1"));
        assert_eq!(plan.applied.len(), 1);
        assert_eq!(plan.refused.len(), 1);
        let reason = &plan.refused[0].reason;
        assert!(reason.starts_with("the fix is not proved: "), "{reason}");
    });
}

#[test]
fn a_list_of_labels_changes_together_with_the_url_that_it_repeats() {
    let text = r#"{"url": {"raw": "https://gas.vn03.national.ncrs.nhs.uk/x",
 "host": ["gas", "vn03", "national", "ncrs", "nhs", "uk"]}}"#;
    planner_test(false, |planner| {
        let plan = planner.plan(Path::new("a.json"), "a.json", text.as_bytes());
        let change = plan.change.expect("it is fixed");
        let after = String::from_utf8(apply(text.as_bytes(), &change.edits)).expect("text");
        assert_eq!(after, text.replace("vn03", "nis1"));
    });
}

type Encode<'e> = &'e dyn Fn(&str) -> Vec<u8>;

#[test]
fn encodings_marks_and_line_endings_stay() {
    let line = "URL=https://gas.vn03.national.ncrs.nhs.uk/x\r\n# größe\r\n";
    let wide = |order: fn(u16) -> [u8; 2], text: &str| -> Vec<u8> {
        let text = format!("\u{feff}{text}");
        text.encode_utf16().flat_map(order).collect()
    };
    let latin = |text: &str| -> Vec<u8> {
        text.chars()
            .map(|c| u8::try_from(u32::from(c)).expect("latin"))
            .collect()
    };
    let encodings: [Encode<'_>; 5] = [
        &|text| text.as_bytes().to_vec(),
        &|text| format!("\u{feff}{text}").into_bytes(),
        &|text| wide(u16::to_le_bytes, text),
        &|text| wide(u16::to_be_bytes, text),
        &latin,
    ];
    planner_test(false, |planner| {
        for (number, encode) in encodings.iter().enumerate() {
            let before = encode(line);
            let plan = planner.plan(Path::new(".env"), ".env", &before);
            let change = plan
                .change
                .unwrap_or_else(|| panic!("{number}: {:?}", plan.refused));
            let after = apply(&before, &change.edits);
            assert_eq!(after, encode(&line.replace("vn03", "nis1")), "{number}");
        }
    });
}

#[test]
fn a_line_of_five_megabytes_is_fixed_in_place() {
    let filling = "x".repeat(2_500_000);
    let text =
        format!(r#"{{"a": "{filling}", "b": "ldap.vn03.national.ncrs.nhs.uk", "c": "{filling}"}}"#);
    planner_test(true, |planner| {
        let plan = planner.plan(Path::new("a.json"), "a.json", text.as_bytes());
        let change = plan.change.expect("it is fixed");
        let after = apply(text.as_bytes(), &change.edits);
        assert!(after == text.replace("vn03", "nis1").into_bytes());
    });
}
