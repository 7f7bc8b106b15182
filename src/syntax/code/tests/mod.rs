//! Tests of the reader of source code.

mod any_language;
mod like_c;
mod like_scripts;
mod short_cuts;

use super::*;
use crate::syntax::formats::FORMATS;
use crate::syntax::tree::NodeKind;
use crate::syntax::{any_text, testing};

fn language(extension: &str) -> &'static Language {
    let mut formats = FORMATS.iter().filter(|format| format.code);
    let format = formats.find(|format| format.extensions.contains(&extension));
    format.expect("a known language").language
}

fn read(extension: &str, source: &str) -> Tree {
    language(extension).read(source)
}

fn values(extension: &str, source: &str) -> Vec<String> {
    testing::written(&read(extension, source), source)
}

#[track_caller]
fn check(extension: &str, source: &str, expected: &[&str]) {
    assert_eq!(values(extension, source), expected, "{source}");
}

fn comments(extension: &str, source: &str) -> Vec<String> {
    let tree = read(extension, source);
    let texts = tree.comments().iter().map(|c| source[c.clone()].to_owned());
    texts.collect()
}
