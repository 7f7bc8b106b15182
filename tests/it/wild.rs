//! Lines like those of public repositories: which are reported, and which must not be.

use crate::common::{catalogue, check_text, context_word, home};
use ptlint::facts::{Confidence, Context};

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    n: u32,
    file: String,
    line: String,
    label: Label,
    environment: String,
    report: Vec<Expected>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Label {
    Violation,
    Allowed,
    Ambiguous,
}

#[derive(Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    text: String,
    rule: String,
    severity: String,
    #[serde(default)]
    context: Option<String>,
    #[serde(default)]
    confidence: Option<Confidence>,
}

fn shapes() -> Vec<Shape> {
    let text = std::fs::read_to_string(home().join("tests/data/in-the-wild.yaml")).expect("data");
    serde_yaml::from_str(&text).expect("shapes")
}

#[test]
fn every_shape_is_told_as_it_was_labelled() {
    let catalogue = catalogue();
    let mut wrong = Vec::new();
    for shape in shapes() {
        let content = format!("{}\n", shape.line);
        let least = Confidence::Possible;
        let report = check_text(&catalogue, &shape.file, content.as_bytes(), least);
        assert!(report.failures.is_empty(), "{}", shape.n);
        let found: Vec<Expected> = report
            .violations
            .iter()
            // The name of the file is the test's own.
            .filter(|v| v.context != Context::FileName)
            .map(|v| Expected {
                text: v.matched.clone(),
                rule: v.rule.clone(),
                severity: serde_json::to_value(v.severity)
                    .expect("a word")
                    .as_str()
                    .expect("a word")
                    .to_owned(),
                context: Some(context_word(v.context)),
                confidence: Some(v.confidence),
            })
            .collect();
        let same = found.len() == shape.report.len()
            && found.iter().zip(&shape.report).all(|(got, want)| {
                (&got.text, &got.rule, &got.severity) == (&want.text, &want.rule, &want.severity)
                    && (want.context.is_none() || want.context == got.context)
                    && (want.confidence.is_none() || want.confidence == got.confidence)
            });
        if !same {
            wrong.push(format!(
                "{}: {}\n  wanted {:?}\n  got    {found:?}",
                shape.n, shape.line, shape.report
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_labels_agree_with_what_is_expected() {
    let shapes = shapes();
    assert_eq!(shapes.len(), 59);
    for shape in shapes {
        match shape.label {
            Label::Violation => assert!(!shape.report.is_empty(), "{}", shape.n),
            Label::Allowed => assert!(shape.report.is_empty(), "{}", shape.n),
            Label::Ambiguous => {}
        }
        for expected in &shape.report {
            let prefix = format!("{}-", shape.environment.to_lowercase());
            assert!(expected.rule.starts_with(&prefix), "{}", shape.n);
        }
    }
}
