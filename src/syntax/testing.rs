//! What the tests of the readers share: the values of a text, and what holds for every tree.

use std::time::{Duration, Instant};

use super::path::key_path;
use super::tree::{NodeKind, Syntax, Tree};

/// Key path, text and source text of every value.
pub fn values(syntax: &dyn Syntax, source: &str) -> Vec<(String, String, String)> {
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
pub fn assert_values(syntax: &dyn Syntax, source: &str, expected: &[(&str, &str, &str)]) {
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
pub fn assert_plain(syntax: &dyn Syntax, source: &str, expected: &[(&str, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(p, t)| (*p, *t, *t)).collect();
    assert_values(syntax, source, &expected);
}

/// Key path and text of every value as `path=text`, with its bytes behind where they say
/// something else.
pub fn written(tree: &Tree, source: &str) -> Vec<String> {
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
pub fn comments<'s>(syntax: &dyn Syntax, source: &'s str) -> Vec<&'s str> {
    let tree = syntax.read(source);
    check(&tree, source);
    let comments = tree.comments().iter();
    comments.map(|c| &source[c.clone()]).collect()
}

/// Asserts what holds for the tree of any text.
pub fn check(tree: &Tree, source: &str) {
    let mut last = 0;
    for (number, node) in tree.nodes().iter().enumerate() {
        assert!(node.span.start >= last, "{number} goes back: {source:?}");
        last = node.span.start;
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
    let mut behind = 0;
    for comment in tree.comments() {
        assert!(source.get(comment.clone()).is_some(), "{source:?}");
        assert!(comment.start >= behind, "{comment:?}: {source:?}");
        behind = comment.end;
    }
    let problem = tree.problem();
    assert!(
        problem.is_none_or(|p| source.is_char_boundary(p.at)),
        "{source:?}"
    );
}

/// Feeds every prefix of a text, texts that are mixed of its characters, and long texts of
/// hostile pieces.
pub fn torture(syntax: &dyn Syntax, sample: &str, hostile: &[&str]) {
    for (at, _) in sample.char_indices() {
        let prefix = &sample[..at];
        check(&syntax.read(prefix), prefix);
    }
    let mut pool: Vec<char> = sample.chars().collect();
    pool.extend("\u{feff}é€😀\0\r\n\t \x0c\\\"'`#;=:{}[]()<>$@!&|-".chars());
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or_default() % below
    };
    for _ in 0..3000 {
        let length = random(60);
        let mixed: String = (0..length).map(|_| pool[random(pool.len())]).collect();
        check(&syntax.read(&mixed), &mixed);
        // A piece of the sample with one character replaced.
        let mut piece: Vec<char> = sample.chars().skip(random(sample.len())).collect();
        piece.truncate(200);
        if !piece.is_empty() {
            let at = random(piece.len());
            piece[at] = pool[random(pool.len())];
        }
        let piece: String = piece.into_iter().collect();
        check(&syntax.read(&piece), &piece);
    }
    for piece in hostile {
        let began = Instant::now();
        let long = piece.repeat(200_000 / piece.len());
        let tree = syntax.read(&long);
        assert!(tree.nodes().len() <= 200_000);
        // A quadratic scan of this length takes minutes.
        assert!(began.elapsed() < Duration::from_secs(10), "{piece:?}");
    }
}
