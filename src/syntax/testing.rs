//! What the tests of the readers share: the values of a text, and what is true of every tree.

use std::time::{Duration, Instant};

use super::path::key_path;
use super::tree::{NodeKind, Syntax, Tree};

/// Key path, text and source text of every value.
pub(super) fn values(syntax: &dyn Syntax, source: &str) -> Vec<(String, String, String)> {
    let tree = syntax.read(source);
    check(&tree, source);
    let scalars = (0..tree.nodes().len()).filter(|n| tree.node(*n).kind == NodeKind::Scalar);
    scalars
        .map(|n| {
            let path = key_path(&tree, source, n);
            let text = tree.text(n, source).to_owned();
            (path, text, source[tree.node(n).span.clone()].to_owned())
        })
        .collect()
}

/// Asserts the values of a text without problems.
pub(super) fn assert_values(syntax: &dyn Syntax, source: &str, expected: &[(&str, &str, &str)]) {
    let found = values(syntax, source);
    let found: Vec<_> = found
        .iter()
        .map(|(p, t, s)| (p.as_str(), t.as_str(), s.as_str()))
        .collect();
    assert_eq!(found, expected, "{source}");
    let tree = syntax.read(source);
    assert_eq!(tree.problem(), None, "{source}");
}

/// Like [`assert_values`] for values that are written plainly.
pub(super) fn assert_plain(syntax: &dyn Syntax, source: &str, expected: &[(&str, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(p, t)| (*p, *t, *t)).collect();
    assert_values(syntax, source, &expected);
}

/// Key path and text of every value as `path=text`, followed by its bytes where they differ.
pub(super) fn written(tree: &Tree, source: &str) -> Vec<String> {
    let scalars = (0..tree.nodes().len()).filter(|n| tree.node(*n).kind == NodeKind::Scalar);
    scalars
        .map(|number| {
            let path = key_path(tree, source, number);
            let text = tree.text(number, source);
            let raw = &source[tree.node(number).span.clone()];
            if raw == text {
                format!("{path}={text}")
            } else {
                format!("{path}={text}<{raw}>")
            }
        })
        .collect()
}

/// The texts of the comments.
pub(super) fn comments<'s>(syntax: &dyn Syntax, source: &'s str) -> Vec<&'s str> {
    let tree = syntax.read(source);
    check(&tree, source);
    let comments = tree.comments().iter();
    comments.map(|c| &source[c.clone()]).collect()
}

/// Asserts what is true of the tree of any text.
pub(super) fn check(tree: &Tree, source: &str) {
    let mut last = 0;
    for (number, node) in tree.nodes().iter().enumerate() {
        assert!(node.span.start >= last, "{number} goes back: {source:?}");
        last = node.span.start;
        let parent = tree.node(node.parent);
        assert!(number == 0 || node.parent < number, "{number}: {source:?}");
        assert!(
            number < node.end && node.end <= parent.end,
            "{number}: {source:?}"
        );
        assert!(source.get(node.span.clone()).is_some(), "{source:?}");
        if let Some(key) = &node.key {
            assert!(source.get(key.clone()).is_some(), "{source:?}");
            assert!(key.end <= node.span.start, "{number}: {source:?}");
        }
        if let Some(text) = &node.text {
            let mut before = node.span.start;
            for at in 0..text.text().len() {
                let place = text.source(at..at + 1);
                assert!(source.get(place.clone()).is_some(), "{source:?}");
                assert!(place.start >= before, "{number}: {source:?}");
                assert!(place.end <= node.span.end, "{number}: {source:?}");
                before = place.start;
            }
        }
    }
    let mut end = 0;
    for comment in tree.comments() {
        assert!(source.get(comment.clone()).is_some(), "{source:?}");
        assert!(comment.start >= end, "{comment:?}: {source:?}");
        end = comment.end;
    }
    let problem = tree.problem();
    assert!(
        problem.is_none_or(|p| source.is_char_boundary(p.at)),
        "{source:?}"
    );
}

/// Asserts that long texts of hostile pieces are read in linear time: a quadratic scan of their length
/// takes minutes.
pub(super) fn linear_time(syntax: &dyn Syntax, pieces: &[&str]) {
    for piece in pieces {
        let began = Instant::now();
        let long = piece.repeat(200_000 / piece.len());
        let tree = syntax.read(&long);
        assert!(began.elapsed() < Duration::from_secs(60), "{piece:?}");
        assert!(tree.nodes().len() <= 200_000);
        check(&tree, &long);
    }
}
