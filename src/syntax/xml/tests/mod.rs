//! Tests of the XML reader.

mod element_paths;
mod odd_markup;
mod texts_and_references;

use super::super::tree::Step;
use super::*;
use crate::syntax::testing;

/// Key path, text and written text of each value.
fn values(source: &str) -> Vec<(String, String, String)> {
    testing::values(&Xml, source)
}

/// Asserts values: key path, text, written text.
#[track_caller]
fn assert_values(source: &str, expected: &[(&str, &str, &str)]) {
    let found = values(source);
    let found: Vec<_> = found
        .iter()
        .map(|(path, text, written)| (path.as_str(), text.as_str(), written.as_str()))
        .collect();
    assert_eq!(found, expected, "{source}");
    check(source);
}

/// Asserts values that are written as they read.
#[track_caller]
fn assert_plain(source: &str, expected: &[(&str, &str)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(path, text)| (*path, *text, *text))
        .collect();
    assert_values(source, &expected);
    let tree = Xml.read(source);
    assert!(tree.nodes().iter().all(|n| n.text.is_none()), "{source}");
}

#[track_caller]
fn assert_fine(source: &str) {
    assert_eq!(Xml.read(source).problem(), None, "{source}");
}

#[track_caller]
fn assert_broken(source: &str) {
    assert!(Xml.read(source).problem().is_some(), "{source}");
}

/// Checks what applies to every text.
fn check(source: &str) {
    testing::check(&Xml.read(source), source);
}
