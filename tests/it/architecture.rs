//! The map of the code and the recipes for changing it name files that exist.

use std::fs;

use crate::common::home;

const PAGES: [&str; 2] = ["ARCHITECTURE.md", "CONTRIBUTING.md"];

/// Paths in backquotes, also as words of a command, each with its line.
fn paths(markdown: &str) -> Vec<(usize, String)> {
    let code = regex::Regex::new("`([^`\n]+)`").expect("a pattern");
    let path = regex::Regex::new(r"^\.?[\w-]+(?:[./][\w-]+)*/?$").expect("a pattern");
    let mut found = Vec::new();
    let mut in_block = false;
    for (number, line) in markdown.lines().enumerate() {
        if line.starts_with("```") {
            in_block = !in_block;
            continue;
        }
        if in_block {
            continue;
        }
        for place in code.captures_iter(line) {
            for word in place[1].split(' ') {
                let name = word.rsplit('/').find(|part| !part.is_empty());
                let ending = name.and_then(|name| name.rsplit_once('.'));
                let is_file = ending
                    .is_some_and(|(_, ending)| ["lock", "md", "rs", "toml"].contains(&ending));
                let is_path = path.is_match(word) && (word.contains('/') || is_file);
                // Capitals are a name that the reader chooses; what a build makes is not committed.
                let chosen = word.contains("NAME") || word.starts_with("target/");
                if is_path && !chosen {
                    found.push((number + 1, word.to_owned()));
                }
            }
        }
    }
    found
}

#[test]
fn every_path_that_is_named_exists() {
    let mut missing = Vec::new();
    for page in PAGES {
        let markdown = fs::read_to_string(home().join(page)).expect("a page");
        let named = paths(&markdown);
        assert!(named.len() >= 10, "{page} names {} paths", named.len());
        for (line, path) in named {
            let there = home().join(&path);
            // A path that ends with a slash is a folder.
            if !there.exists() || path.ends_with('/') && !there.is_dir() {
                missing.push(format!("{page}:{line}: {path}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "these files do not exist (any more): name the ones that took their place\n{}",
        missing.join("\n")
    );
}

#[test]
fn paths_are_told_from_other_code() {
    let text = "see `src/a.rs`, `sh .ci/run`, `ptlint: x`, `Cargo.toml`, `src/NAME.rs`, `target/x`\n\
                ```sh\n`src/in-a-block.rs`\n```\n`PATH:LINE` and `docs/`";
    let found = paths(text);
    let expected = [
        (1, "src/a.rs"),
        (1, ".ci/run"),
        (1, "Cargo.toml"),
        (5, "docs/"),
    ];
    let found: Vec<(usize, &str)> = found.iter().map(|(line, p)| (*line, p.as_str())).collect();
    assert_eq!(found, expected);
}
