//! What keeps the house in order: nothing of a particular retirement in the source, schemas and
//! README that say what the program does, files of one purpose.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{finish, home, ptlint, run_in};

fn sources() -> Vec<PathBuf> {
    walkdir::WalkDir::new(home().join("src"))
        .into_iter()
        .map(|entry| entry.expect("readable").into_path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .collect()
}

#[test]
fn nothing_about_a_particular_retirement_is_in_the_source() {
    let words = regex::RegexBuilder::new(
        r"\b(nhs\w*|spine\w*|ncrs|vn0?[13]|nis1|tsp|hscn|cis2?|mesh\w*|sds|e-?rs|ssp|smsp|hscic|opentest|fhir|codesystem|valueset|asid|smartcards?)\b",
    )
    .case_insensitive(true)
    .build()
    .expect("a pattern");
    let mut found = Vec::new();
    for path in sources() {
        let text = fs::read_to_string(&path).expect("readable");
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = words.find(line) {
                found.push(format!(
                    "{}:{}: {}",
                    path.display(),
                    number + 1,
                    word.as_str()
                ));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn source_files_have_one_purpose_and_a_head_that_says_which() {
    for path in sources() {
        if path.ends_with("tests.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        let code = text.split("#[cfg(test)]").next().expect("a part");
        let lines = code.lines().count();
        // The shape of a pack is one declaration, and validating it one list of checks.
        let limit =
            if path.ends_with("catalogue/model.rs") || path.ends_with("catalogue/validate.rs") {
                800
            } else {
                420
            };
        assert!(lines <= limit, "{} has {lines} lines", path.display());
        assert!(
            text.starts_with("//!"),
            "{} does not say what it is for",
            path.display()
        );
        assert!(!code.contains(".unwrap()"), "{} unwraps", path.display());
    }
}

#[test]
fn committed_schemas_are_those_of_the_program() {
    for name in ["report", "plan", "config", "pack"] {
        let (code, text, _) = run_in(&home(), &["schema", name]);
        assert_eq!(code, 0);
        let path = home().join(format!("docs/schema/{name}.schema.json"));
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "{} has drifted: run `cargo run -- schema {name} > docs/schema/{name}.schema.json`",
            path.display()
        );
    }
}

/// The console blocks of a page: command and expected output.
fn console(page: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(page).unwrap_or_else(|e| panic!("{}: {e}", page.display()));
    let mut examples: Vec<(String, String)> = Vec::new();
    for block in text.split("```console\n").skip(1) {
        let body = block.split("```").next().expect("a block");
        for line in body.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                examples.push((command.to_owned(), String::new()));
            } else {
                let last = examples.last_mut().expect("a command first");
                last.1.push_str(line);
                last.1.push('\n');
            }
        }
    }
    examples
}

#[test]
fn commands_in_the_docs_print_what_the_docs_show() {
    let pages = [
        "README.md",
        "docs/configuration.md",
        "docs/fixing.md",
        "docs/packs.md",
        "docs/plan.md",
        "docs/suppressions.md",
    ];
    let mut run = 0;
    for page in pages {
        for (command, expected) in console(&home().join(page)) {
            let arguments = command
                .strip_prefix("cargo run --release -- ")
                .or_else(|| command.strip_prefix("ptlint "))
                .unwrap_or_else(|| panic!("{page}: {command} is no command of ptlint"));
            let arguments: Vec<&str> = arguments.split(' ').collect();
            let (_, out, err) = finish(ptlint().args(&arguments));
            let printed = format!("{out}{err}");
            // A line of dots stands for any number of lines.
            assert!(
                matches(&printed, &expected),
                "{page}: `{command}` printed\n{printed}\nbut the page shows\n{expected}"
            );
            run += 1;
        }
    }
    assert!(run >= 6, "only {run} commands");
}

/// The page tells of files that are written, so it is played in a folder of its own.
#[test]
fn the_session_on_the_page_about_baselines_is_as_it_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = home().join("fixtures/docker-compose");
    for entry in walkdir::WalkDir::new(&source) {
        let path = entry.expect("readable").into_path();
        let target = folder
            .path()
            .join(path.strip_prefix(&source).expect("inside"));
        if path.is_dir() {
            fs::create_dir_all(target).expect("a folder");
        } else {
            fs::copy(path, target).expect("a copy");
        }
    }
    let session = console(&home().join("docs/baseline.md"));
    assert!(session.len() >= 5);
    for (command, expected) in session {
        let arguments = command.strip_prefix("ptlint ").expect("a command");
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let (_, out, err) = run_in(folder.path(), &arguments);
        let printed = format!("{out}{err}");
        assert!(
            matches(&printed, &expected),
            "`{command}` printed\n{printed}\nbut the page shows\n{expected}"
        );
    }
}

fn matches(printed: &str, expected: &str) -> bool {
    let parts: Vec<&str> = expected.split("...\n").collect();
    let mut rest = printed;
    for (number, part) in parts.iter().enumerate() {
        if number == 0 {
            match rest.strip_prefix(part) {
                Some(after) => rest = after,
                None => return false,
            }
        } else if number + 1 == parts.len() && part.is_empty() {
            return true;
        } else {
            match rest.find(part) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
    }
    rest.is_empty()
}

#[test]
fn the_readme_names_the_two_commands_that_ci_runs() {
    let readme = fs::read_to_string(home().join("README.md")).expect("README");
    assert!(
        readme.contains("cargo run --release -- check fixtures/"),
        "the main job"
    );
    assert!(readme.contains("sh .ci/test"), "the tests");
    let run = fs::read_to_string(home().join(".ci/run")).expect(".ci/run");
    for step in ["sh .ci/test", "cargo fmt --check", "cargo clippy"] {
        assert!(run.contains(step), "{step}");
    }
}

/// The words of the report's schema for contexts, views, actions and skip reasons.
fn words_of(definition: &str) -> Vec<String> {
    let text = fs::read_to_string(home().join("docs/schema/report.schema.json")).expect("schema");
    let schema: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let definition = &schema["$defs"][definition];
    let listed = definition["enum"].as_array().into_iter().flatten();
    let described = definition["oneOf"].as_array().into_iter().flatten();
    let words = listed.chain(described.map(|variant| &variant["const"]));
    words
        .filter_map(|word| word.as_str().map(str::to_owned))
        .collect()
}

#[test]
fn the_docs_name_every_word_of_the_report() {
    let docs = fs::read_to_string(home().join("docs/report.md")).expect("docs");
    for definition in ["Context", "View", "Action", "SkipReason"] {
        let words = words_of(definition);
        assert!(words.len() >= 2, "{definition}: {words:?}");
        for word in words {
            assert!(docs.contains(&format!("`{word}`")), "{definition}: {word}");
        }
    }
}

#[test]
fn the_docs_name_every_format_that_is_parsed() {
    let docs = fs::read_to_string(home().join("docs/places.md")).expect("docs");
    for path in [
        "a.yml",
        "a.json",
        "a.xml",
        "a.toml",
        "a.properties",
        "a.env",
        "a.ini",
        "a.reg",
        "a.tf",
        "Dockerfile",
        "a.sh",
        "Makefile",
        "a.md",
    ] {
        let format = ptlint::syntax::format_of_file(path, "").expect(path);
        let name = format.syntax.name();
        assert!(docs.contains(name), "{path}: {name}");
    }
}
