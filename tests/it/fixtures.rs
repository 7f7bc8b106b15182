//! The small repositories in `fixtures/`: each lists its violations and its near misses in `expected.yaml`,
//! written by hand. `fixing.rs` compares its patches.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use crate::common::{AS_OF, context_word, fixture, fixtures, home};
use ptlint::Options;
use ptlint::facts::{Action, Report, View, Violation};

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Expected {
    findings: Vec<Finding>,
    near_misses: Vec<NearMiss>,
}

/// What was expected. The last four are compared only where they are given.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    path: String,
    line: u64,
    /// The source text; of encoded text what it says.
    text: String,
    rule: String,
    severity: String,
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    context: Option<String>,
    /// Whether the entry should be deleted or the text replaced.
    #[serde(default)]
    fix: Option<String>,
    /// The environment that the key names instead.
    #[serde(default)]
    contradicts: Option<String>,
}

impl Finding {
    fn is(&self, violation: &Violation) -> bool {
        // A decoded name is given in lower case.
        let plainly = violation.view >= View::Joined;
        let text = match violation.view {
            View::Plain | View::Escaped => &violation.matched,
            View::Joined | View::Base64 => &violation.name,
        };
        let severity = serde_json::to_value(violation.severity).expect("a word");
        self.path == violation.path
            && self.line == violation.start.line
            && (self.text == *text || plainly && self.text.eq_ignore_ascii_case(text))
            && self.rule == violation.rule
            && severity == self.severity.as_str()
            && (self.key.is_none() || self.key == violation.key)
            && (self.context.as_ref()).is_none_or(|word| *word == context_word(violation.context))
            && self
                .fix
                .as_ref()
                .is_none_or(|fix| *fix == action(violation))
            && self.contradicts.as_ref().is_none_or(|environment| {
                let names = format!("names {environment}, but");
                violation.notes.iter().any(|note| note.contains(&names))
            })
    }
}

fn action(violation: &Violation) -> &'static str {
    match violation.replacement.as_ref().map(|r| r.action) {
        Some(Action::Delete) => "delete",
        Some(Action::Replace) => "replace",
        None => "nothing",
    }
}

/// A violation in the words of the expectations.
fn shown(violation: &Violation) -> String {
    format!(
        "{}:{} {:?} {} {:?} key {:?} {:?} {} {:?} {:?}",
        violation.path,
        violation.start.line,
        violation.matched,
        violation.rule,
        violation.severity,
        violation.key,
        violation.context,
        action(violation),
        violation.view,
        violation.notes,
    )
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NearMiss {
    path: String,
    text: String,
}

fn names() -> Vec<String> {
    let folder = |tree: &Path| tree.parent()?.file_name().map(OsStr::to_owned);
    let names = fixtures().into_iter().filter_map(|tree| folder(&tree));
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

fn expected(name: &str) -> Expected {
    let path = home().join(format!("fixtures/{name}/expected.yaml"));
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn check(name: &str) -> Report {
    let options = Options::new([fixture(name)]).as_of(AS_OF.parse().expect("a date"));
    ptlint::check(&options).expect("a report")
}

#[test]
fn there_are_at_least_twelve_ecosystems() {
    assert!(names().len() >= 12, "{:?}", names());
}

#[test]
fn every_fixture_gives_what_was_expected_by_hand() {
    let mut wrong = BTreeMap::new();
    for name in names() {
        let expected = expected(&name).findings;
        let mut found = check(&name).violations;
        let mut missed = Vec::new();
        for finding in expected {
            match found.iter().position(|v| finding.is(v)) {
                Some(at) => drop(found.remove(at)),
                None => missed.push(format!("{finding:?}")),
            }
        }
        if !missed.is_empty() || !found.is_empty() {
            let invented: Vec<String> = found.iter().map(shown).collect();
            wrong.insert(
                name,
                format!(
                    "missed\n  {}\ninvented\n  {}",
                    missed.join("\n  "),
                    invented.join("\n  ")
                ),
            );
        }
    }
    assert!(
        wrong.is_empty(),
        "{}",
        wrong
            .iter()
            .map(|(n, w)| format!("{n}: {w}\n"))
            .collect::<String>()
    );
}

#[test]
fn near_misses_stand_in_the_fixtures_and_are_quiet() {
    for name in names() {
        let report = check(&name);
        let near_misses = expected(&name).near_misses;
        assert!(
            near_misses.len() >= 3,
            "{name} has only {} near misses",
            near_misses.len()
        );
        for near in near_misses {
            let path = fixture(&name).join(&near.path);
            let bytes = fs::read(&path).unwrap_or_default();
            let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
                near.text.encode_utf16().flat_map(order).collect()
            };
            let holds = |needle: &[u8]| memchr::memmem::find(&bytes, needle).is_some();
            let there = holds(near.text.as_bytes())
                || holds(&wide(u16::to_le_bytes))
                || holds(&wide(u16::to_be_bytes))
                || near.path.contains(&near.text);
            assert!(there, "{name}: {} does not hold {:?}", near.path, near.text);
            let reported = report
                .violations
                .iter()
                .any(|v| v.path == near.path && v.matched == near.text);
            assert!(!reported, "{name}: {:?} is reported", near.text);
        }
    }
}

#[test]
fn no_fixture_is_skipped_in_part() {
    for name in names() {
        let report = check(&name);
        assert!(report.failures.is_empty(), "{name}: {:?}", report.failures);
        assert_eq!(report.coverage.gaps(), 0, "{name}");
        assert!(
            report.coverage.files >= 4,
            "{name} has only {} files",
            report.coverage.files
        );
    }
}
