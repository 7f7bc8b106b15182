//! The globs of a configuration with their places in it, to say which of them have no effect.

use std::ops::Range;

use super::ignore::{excerpt, position};
use super::{ConfigFile, IgnoreRule};
use crate::document::{Fault, PathStep, YamlDocument};
use crate::text::{Excerpt, Globs, Position};

/// A glob of a configuration.
#[derive(Debug, Clone)]
pub struct PlacedGlob {
    /// The list that it is in, such as `exclude`.
    pub list: &'static str,
    /// As it was written.
    pub pattern: String,
    /// Where it begins in the configuration.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
    /// The line that it is on.
    pub excerpt: Excerpt,
    /// Where the entry of `ignore` begins that it is in.
    pub entry: Option<Position>,
    globs: Globs,
    index: usize,
}

impl PlacedGlob {
    /// Whether it decided about a path.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.globs.is_used(self.index)
    }
}

/// The globs of the lists that say what is checked, and of the entries of `ignore`.
pub(super) fn globs(
    document: &YamlDocument,
    file: &ConfigFile,
    include: &Globs,
    exclude: &Globs,
    ignore: &[IgnoreRule],
) -> Vec<PlacedGlob> {
    let key = |name: &str| PathStep::Key(name.to_owned());
    let mut all = Vec::new();
    let mut add = |list, entry, globs: &Globs, patterns: &[String], at: &[PathStep]| {
        for (index, pattern) in patterns.iter().enumerate() {
            let mut at = at.to_vec();
            at.push(PathStep::Index(index));
            let text = document.source().inner();
            let span = span_of(document, &at);
            all.push(PlacedGlob {
                list,
                pattern: pattern.clone(),
                start: position(text, span.start),
                end: position(text, span.end),
                excerpt: excerpt(text, &span),
                entry,
                globs: globs.clone(),
                index,
            });
        }
    };
    add("include", None, include, &file.include, &[key("include")]);
    add("exclude", None, exclude, &file.exclude, &[key("exclude")]);
    for (index, (entry, rule)) in file.ignore.iter().zip(ignore).enumerate() {
        let at = [key("ignore"), PathStep::Index(index), key("path")];
        if let Some(globs) = &rule.path {
            add("ignore", Some(rule.start), globs, &entry.path, &at);
        }
    }
    all
}

/// The place of a value, without the line break with which a block ends.
fn span_of(document: &YamlDocument, at: &[PathStep]) -> Range<usize> {
    let fault = document.fault_at(at, Fault::new("config::place", ""), "");
    let span = fault.span().unwrap_or(0..0);
    let text = &document.source().inner()[span.clone()];
    span.start..span.start + text.trim_end().len()
}
