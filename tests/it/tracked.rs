//! Nothing in the files that git tracks depends on one computer or one network: no host of a package
//! registry, which a mirror may replace; no path of a home folder; no word about who or what typed it.
//! The words are put together here from their parts, so that this file has none of them.

use std::path::{Path, PathBuf};
use std::process::Command;

use regex::bytes::{Regex, RegexBuilder};

use crate::common::home;

/// Hosts of package registries: the last label, and what precedes it.
const REGISTRIES: &[(&str, &[&str])] = &[
    (
        "io",
        &["crates", "docker", "ghcr", "quay", "gcr", "goproxy"],
    ),
    (
        "org",
        &[
            "pypi",
            "pythonhosted",
            "pypi.python",
            "npmjs",
            "nuget",
            "rubygems",
            "proxy.golang",
            "sum.golang",
            "deb.debian",
            "ftp.debian",
            "security.debian",
            "snapshot.debian",
            "packages.debian",
            "repo.maven.apache",
            "repo1.maven",
            "search.maven",
        ],
    ),
    (
        "com",
        &[
            "npmjs",
            "yarnpkg",
            "hub.docker",
            "registry.docker",
            "central.sonatype",
            "mvnrepository",
        ],
    ),
];

/// Words about tools that write text, each in two parts.
const TOOLS: &[(&str, &str)] = &[
    ("cla", "ude"),
    ("anth", "ropic"),
    ("open", "ai"),
    ("chat", "gpt"),
    ("language ", "model"),
    ("sub", "agent"),
    ("sub-", "agent"),
    ("system ", "prompt"),
    ("context ", "window"),
];

/// All files that git tracks; all files of a source package, which has no git.
fn tracked() -> Vec<PathBuf> {
    let listed = Command::new("git")
        .current_dir(home())
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .output()
        .ok()
        .filter(|output| output.status.success() && !output.stdout.is_empty());
    let files: Vec<PathBuf> = match listed {
        Some(output) => output
            .stdout
            .split(|byte| *byte == 0)
            .filter(|name| !name.is_empty())
            .map(|name| PathBuf::from(String::from_utf8_lossy(name).into_owned()))
            .collect(),
        None => walkdir::WalkDir::new(home())
            .into_iter()
            .filter_entry(|entry| entry.depth() != 1 || entry.file_name() != "target")
            .map(|entry| entry.expect("readable"))
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                entry
                    .path()
                    .strip_prefix(home())
                    .expect("inside")
                    .to_owned()
            })
            .collect(),
    };
    // What is deleted and not yet committed is still listed.
    files
        .into_iter()
        .filter(|file| home().join(file).is_file())
        .collect()
}

fn pattern(text: &str) -> Regex {
    let mut builder = RegexBuilder::new(text);
    builder.case_insensitive(true).multi_line(true);
    builder.build().expect("a pattern")
}

fn hosts() -> Regex {
    let ends = REGISTRIES.iter().map(|(last, names)| {
        let names: Vec<String> = names.iter().map(|name| regex::escape(name)).collect();
        format!(r"(?:{})\.{last}", names.join("|"))
    });
    pattern(&format!(
        r"(?:^|[^\w-])(?:{})\b",
        ends.collect::<Vec<_>>().join("|")
    ))
}

fn places() -> Regex {
    let folders = ["work", "root"].join("|");
    let homes = ["home", "Users"].join("|");
    pattern(&format!(
        r"(?:^|[^\w./$}}-])/(?:(?:{folders})/|(?:{homes})/[a-z])"
    ))
}

fn tools() -> Regex {
    let words = TOOLS
        .iter()
        .map(|(first, second)| format!("{first}{second}"));
    pattern(&format!(
        r"\b(?:{})s?\b",
        words.collect::<Vec<_>>().join("|")
    ))
}

/// The places in the tracked files at which a pattern matches.
fn found(pattern: &Regex) -> Vec<String> {
    let files = tracked();
    assert!(files.len() > 400, "only {} files", files.len());
    let mut found = Vec::new();
    for file in files {
        let bytes = std::fs::read(home().join(&file)).expect("readable");
        for place in pattern.find_iter(&bytes) {
            let start = bytes[..place.start()].iter().rposition(|b| *b == b'\n');
            let start = start.map_or(0, |newline| newline + 1);
            let line = bytes[start..].split(|b| *b == b'\n').next();
            let line = String::from_utf8_lossy(line.unwrap_or_default());
            if is_allowed(&file, &line) {
                continue;
            }
            let number = memchr::memchr_iter(b'\n', &bytes[..start]).count() + 1;
            let line: String = line.trim().chars().take(120).collect();
            found.push(format!("{}:{number}: {line}", file.display()));
        }
    }
    found
}

/// `cargo` itself writes the name of its index into `Cargo.lock`, for every crate.
fn is_allowed(file: &Path, line: &str) -> bool {
    file.ends_with("Cargo.lock") && line.starts_with("source = \"registry+")
}

#[test]
fn no_file_names_the_host_of_a_package_registry() {
    let found = found(&hosts());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_file_names_a_folder_of_one_computer() {
    let found = found(&places());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_file_names_the_tool_that_wrote_it() {
    let found = found(&tools());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_patterns_match_what_they_should() {
    for (last, names) in REGISTRIES {
        for name in *names {
            let host = format!("see https://a.{name}.{last}/x");
            assert!(hosts().is_match(host.as_bytes()), "{host}");
        }
    }
    for (first, second) in TOOLS {
        let text = format!("by {first}{second}.");
        assert!(tools().is_match(text.as_bytes()), "{text}");
    }
    for other in ["a.io", "www.debian.org", "example.org", "my-crates.iox"] {
        assert!(!hosts().is_match(other.as_bytes()), "{other}");
    }
    let path_of = |parts: &[&str]| format!("/{}", parts.join("/"));
    for path in [
        path_of(&["work", "a"]),
        path_of(&["root", "a"]),
        path_of(&["home", "ann"]),
    ] {
        for text in [path.clone(), format!("cd {path}"), format!("\"{path}\"")] {
            assert!(places().is_match(text.as_bytes()), "{text}");
        }
        for text in [format!("realms{path}"), format!("$root{path}")] {
            assert!(!places().is_match(text.as_bytes()), "{text}");
        }
    }
}
