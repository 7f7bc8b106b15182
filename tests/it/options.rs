//! Every option that help, messages and documentation name exists in the command that it is named for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

use crate::common::{home, run_in};

/// The commands and their options: `check`, `rules test`, and so on; the program itself is empty.
fn commands() -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    let mut left = vec![String::new()];
    let option = Regex::new(r"(?m)^ +(?:-\w, )?(--[a-z][a-z-]*)").expect("a pattern");
    let command = Regex::new(r"(?m)^  ([a-z]+)(?:  |$)").expect("a pattern");
    while let Some(name) = left.pop() {
        let mut arguments: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
        arguments.push("--help");
        let (code, help, _) = run_in(&home(), &arguments);
        assert_eq!(code, 0, "{name}");
        if let Some((_, rest)) = help.split_once("Commands:\n") {
            let list = rest.split("\n\n").next().unwrap_or_default();
            for found in command
                .captures_iter(list)
                .filter(|found| &found[1] != "help")
            {
                left.push(format!("{name} {}", &found[1]).trim().to_owned());
            }
        }
        let options = option.captures_iter(&help).map(|found| found[1].to_owned());
        all.insert(name, options.collect());
    }
    assert!(all.len() > 15, "{all:?}");
    all
}

/// The files below a folder with an extension.
fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
}

/// The options of a text, with what precedes each on its line.
fn options(text: &str) -> Vec<(&str, &str)> {
    let option = Regex::new(r"--[a-z][a-z-]*[a-z]").expect("a pattern");
    let in_line = |line: &'_ str| -> Vec<(usize, usize)> {
        option
            .find_iter(line)
            .map(|found| (found.start(), found.end()))
            .collect()
    };
    let lines = text.lines().flat_map(|line| {
        in_line(line)
            .into_iter()
            .map(move |(start, end)| (&line[..start], &line[start..end]))
    });
    lines
        .filter(|(before, _)| !before.ends_with(['-', '<', '!']))
        .collect()
}

/// The command of ptlint that words call, the longest that there is; none if they call another program.
fn called<'c>(before: &str, commands: &'c BTreeMap<String, BTreeSet<String>>) -> Option<&'c str> {
    let hole = Regex::new(r"\{[a-z]*\}").expect("a pattern");
    let before = hole.replace_all(before, "");
    let (other, words) = before.rsplit_once("ptlint ")?;
    if other.ends_with("--bin ") {
        return None;
    }
    // Another program follows, or the text goes on.
    if words.contains(['|', ';', '`', '&', '"', '.']) && !words.contains('=') {
        return None;
    }
    let named: Vec<&str> = words
        .split_whitespace()
        .take_while(|word| word.chars().all(|c| c.is_ascii_lowercase()))
        .collect();
    let longest = (0..=named.len())
        .rev()
        .map(|count| named[..count].join(" "));
    let mut known = longest.filter_map(|name| commands.get_key_value(&name));
    known.next().map(|(name, _)| name.as_str())
}

#[test]
fn every_option_that_is_named_exists() {
    let commands = commands();
    let all: BTreeSet<&str> = commands.values().flatten().map(String::as_str).collect();
    let mut wrong = Vec::new();
    let mut check = |place: &Path, text: &str, others: &[&str]| {
        for (before, option) in options(text) {
            let is_known = match called(before, &commands) {
                Some(command) => commands[command].contains(option),
                None => all.contains(option) || others.contains(&option),
            };
            if !is_known {
                wrong.push(format!("{}: {before}{option}", place.display()));
            }
        }
    };
    let mut sources = Vec::new();
    for room in [
        "cli", "config", "facts", "report", "run", "plan", "fix", "suppress", "baseline", "why",
    ] {
        files(&home().join("src").join(room), "rs", &mut sources);
    }
    for path in sources {
        let text = fs::read_to_string(&path).expect("text");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        check(&path, text, GIT);
    }
    let mut pages = vec![
        home().join("README.md"),
        home().join("CHANGELOG.md"),
        home().join("SECURITY.md"),
        home().join("action.yml"),
        home().join(".pre-commit-hooks.yaml"),
    ];
    files(&home().join("docs"), "md", &mut pages);
    for path in pages.into_iter().filter(|path| path.exists()) {
        let text = fs::read_to_string(&path).expect("text");
        check(&path, &text, &[GIT, OTHERS].concat());
    }
    for name in commands.keys() {
        let mut arguments: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
        arguments.push("--help");
        check(Path::new(name), &run_in(&home(), &arguments).1, &[]);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Options of git.
const GIT: &[&str] = &["--unshallow"];

/// Options of other programs that the documentation shows.
const OTHERS: &[&str] = &[
    "--table",
    "--bin",
    "--cfg",
    "--check",
    "--example",
    "--fail",
    "--files",
    "--git",
    "--locked",
    "--no-index",
    "--open",
    "--other",
    "--path",
    "--profile",
    "--quiet",
    "--release",
    "--repo",
    "--rm",
    "--runs",
    "--test",
    "--verbose",
];

#[test]
fn an_option_belongs_to_the_command_before_it() {
    let commands = commands();
    for (text, expected) in [
        ("ptlint check --fix", Some("check")),
        ("ptlint baseline create sub --xx", Some("baseline create")),
        ("$ ptlint fix . --undo", None),
        ("`ptlint fix` and --undo", None),
        ("git --xx", None),
        ("ptlint --version", Some("")),
    ] {
        let (before, _) = options(text)[0];
        assert_eq!(called(before, &commands), expected, "{text}");
    }
}
