//! What keeps the house in order: nothing about a particular retirement is in the source, the schemas and
//! the documentation say what the program does, a file is short and has one purpose, a name means one type, and
//! a room names only the rooms before it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{finish, home, ptlint, run_in};

/// Says whether a file of the source has tests and nothing else.
fn is_only_tests(path: &Path) -> bool {
    let inside = path.strip_prefix(home().join("src")).unwrap_or(path);
    path.ends_with("tests.rs") || inside.iter().any(|folder| folder == "tests")
}

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
        if is_only_tests(&path) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        let code = text.split("#[cfg(test)]").next().expect("a part");
        assert!(
            text.starts_with("//!"),
            "{} does not say what it is for",
            path.display()
        );
        assert!(!code.contains(".unwrap()"), "{} unwraps", path.display());
    }
}

/// Lines of a file, its tests included. A longer one does more than one thing, or has tests that belong in a
/// file of their own.
const MOST_LINES: usize = 400;

/// Files that are still longer. Split them, and remove them here.
const TOO_LONG: &[&str] = &[];

#[test]
fn codes_of_diagnostics_are_spelt_with_dashes() {
    let code = regex::Regex::new(r#"code\("?([a-z_:-]+)"?\)"#).expect("a pattern");
    let mut count = 0;
    for path in sources() {
        let text = fs::read_to_string(&path).expect("a source");
        for found in code.captures_iter(&text) {
            assert!(!found[1].contains('_'), "{}: {}", path.display(), &found[1]);
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn files_are_short() {
    let mut wrong = Vec::new();
    for path in sources() {
        let relative = path.strip_prefix(home()).expect("inside");
        let relative = relative.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).expect("readable");
        let lines = text.lines().count();
        match (lines > MOST_LINES, TOO_LONG.contains(&&*relative)) {
            (true, false) => wrong.push(format!(
                "{relative} has {lines} lines: split it, or move its tests to a file of their own"
            )),
            (false, true) => {
                wrong.push(format!("{relative} is short now: remove it from TOO_LONG"));
            }
            _ => {}
        }
    }
    for file in TOO_LONG {
        if !home().join(file).exists() {
            wrong.push(format!("{file} does not exist: remove it from TOO_LONG"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// These write the types of another file in a public format, and so have their names.
const CONTRACTS: &[&str] = &["src/report/contract/", "src/plan/contract.rs"];

/// Names that still mean several types. Rename all but one, and remove the name here.
const SHARED_NAMES: &[&str] = &[];

/// The structs, enums, unions and traits that a file defines, and its type aliases.
fn types_defined(text: &str) -> BTreeSet<String> {
    let definition = regex::Regex::new(
        r"(?m)^(?:\s*(?:pub(?:\([\w: ]+\))?\s+)?(?:struct|enum|union|trait)|(?:pub(?:\([\w: ]+\))?\s+)?type)\s+(\w+)",
    )
    .expect("a pattern");
    let found = definition.captures_iter(text);
    found.map(|found| found[1].to_owned()).collect()
}

#[test]
fn a_name_means_one_type() {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in sources() {
        let relative = path.strip_prefix(home()).expect("inside");
        let relative = relative.to_string_lossy().replace('\\', "/");
        if CONTRACTS.iter().any(|start| relative.starts_with(start)) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        for name in types_defined(&text) {
            files.entry(name).or_default().push(relative.clone());
        }
    }
    let mut wrong = Vec::new();
    for (name, files) in &files {
        if files.len() > 1 && !SHARED_NAMES.contains(&name.as_str()) {
            wrong.push(format!(
                "`{name}` is in {}: give each type a name that says what it is",
                files.join(", ")
            ));
        }
    }
    for name in SHARED_NAMES {
        if files.get(*name).is_none_or(|files| files.len() < 2) {
            wrong.push(format!(
                "`{name}` means one type now: remove it from SHARED_NAMES"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn types_are_found_however_they_are_defined() {
    let text = "pub struct One;
pub(crate) enum Two<'a> { A }
    trait Three {}
impl Iterator for One {
    type Item = Two;
}
type Four = One;
pub(in crate::x) type Five = One;
// struct Six
";
    let names: Vec<String> = types_defined(text).into_iter().collect();
    assert_eq!(names, ["Five", "Four", "One", "Three", "Two"]);
}

/// What opens a file in another way waits for a pipe, and reads a device without end.
#[test]
fn files_are_opened_in_one_place() {
    let openings =
        regex::Regex::new(r"\b(?:File::open|fs::read(?:_to_string)?)\(").expect("a pattern");
    for path in sources() {
        if path.ends_with("src/files.rs") || is_only_tests(&path) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        let code = code_alone(&text);
        let lines = code.lines().filter(|line| openings.is_match(line));
        // A folder is opened to be synchronised.
        let lines: Vec<&str> = lines
            .filter(|line| !line.contains("(folder)?.sync_all()"))
            .collect();
        assert!(
            lines.is_empty(),
            "{}: use `files::open` or `files::read` for {lines:?}",
            path.display()
        );
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
                .unwrap_or_else(|| panic!("{page}: {command} is not a command of ptlint"));
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

/// The commands on this page write files, so they run in a folder of their own.
#[test]
fn the_session_on_the_page_about_baselines_is_as_it_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = home().join("fixtures/docker-compose/tree");
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
fn the_docs_name_every_format() {
    let docs = fs::read_to_string(home().join("docs/places.md")).expect("docs");
    for format in ptlint::internals::syntax::FORMATS {
        assert!(docs.contains(format.name), "{}", format.name);
    }
}

#[test]
fn formats_are_compared_by_their_ids() {
    let names = regex::Regex::new(r"\b(?:format|row|language)(?:\(\))?\.name\s*(?:==|!=)")
        .expect("a pattern");
    // The formats of reports and work lists are found by the name on the command line.
    let others = ["report", "plan"].map(|room| home().join("src").join(room));
    for path in sources() {
        if !others.iter().any(|room| path.starts_with(room)) {
            let text = fs::read_to_string(&path).expect("a source");
            assert!(!names.is_match(&text), "{}", path.display());
        }
    }
}

/// The rooms of the house from the ground up, each with the rooms that it names. A room is a folder
/// or a file directly below `src/`. It names only rooms that come before it in this list, so no two
/// rooms can need each other.
pub(crate) const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("files", &[]),
    ("facts", &["text"]),
    ("archive", &[]),
    ("certificate", &["text"]),
    ("document", &[]),
    ("kinds", &["text", "facts", "certificate"]),
    ("edit", &["text", "files", "facts"]),
    ("input", &["text", "facts", "files", "edit"]),
    (
        "catalogue",
        &["text", "files", "facts", "document", "kinds"],
    ),
    (
        "config",
        &["text", "files", "facts", "document", "catalogue"],
    ),
    ("baseline", &["text", "files", "facts", "document"]),
    ("syntax", &["text"]),
    ("directive", &["text", "facts", "document", "syntax"]),
    (
        "detect",
        &[
            "text",
            "facts",
            "archive",
            "certificate",
            "catalogue",
            "syntax",
            "directive",
        ],
    ),
    (
        "compose",
        &["text", "facts", "kinds", "catalogue", "syntax", "detect"],
    ),
    ("report", &["text", "facts", "kinds"]),
    (
        "engine",
        &[
            "text",
            "facts",
            "kinds",
            "catalogue",
            "report",
            "config",
            "baseline",
            "syntax",
            "directive",
            "detect",
        ],
    ),
    ("examples", &["facts", "catalogue", "detect", "compose"]),
    (
        "fix",
        &[
            "text",
            "facts",
            "edit",
            "input",
            "kinds",
            "catalogue",
            "syntax",
            "detect",
            "engine",
        ],
    ),
    (
        "suppress",
        &[
            "text",
            "facts",
            "edit",
            "input",
            "catalogue",
            "document",
            "config",
            "syntax",
            "directive",
            "detect",
            "engine",
        ],
    ),
    (
        "run",
        &[
            "text",
            "facts",
            "files",
            "archive",
            "input",
            "catalogue",
            "config",
            "baseline",
            "detect",
            "compose",
            "engine",
        ],
    ),
    (
        "plan",
        &[
            "text",
            "files",
            "facts",
            "input",
            "kinds",
            "catalogue",
            "syntax",
            "detect",
            "report",
            "run",
            "fix",
        ],
    ),
    (
        "why",
        &[
            "text",
            "files",
            "facts",
            "input",
            "catalogue",
            "detect",
            "engine",
            "run",
        ],
    ),
    (
        "cli",
        &[
            "text",
            "files",
            "facts",
            "document",
            "edit",
            "input",
            "kinds",
            "catalogue",
            "config",
            "baseline",
            "detect",
            "engine",
            "examples",
            "fix",
            "suppress",
            "report",
            "run",
            "plan",
            "why",
        ],
    ),
];

/// A place in which a room names another one.
struct Arrow {
    from: String,
    to: String,
    place: String,
}

/// The code of a file without its comments and its tests, with the line breaks of both.
fn code_alone(text: &str) -> String {
    let tests =
        regex::Regex::new(r"(?m)^#\[cfg\(test\)\]\n(?:#\[.*\]\n)*mod \w+ \{").expect("a pattern");
    let code = tests.split(text).next().expect("a part");
    let lines = code.split('\n');
    let bare = lines.map(|line| line.split("//").next().unwrap_or_default());
    bare.collect::<Vec<_>>().join("\n")
}

/// The paths that begin at the start of a text: one, or those of a group in braces.
fn paths(text: &str) -> Vec<Vec<String>> {
    fn tree(rest: &mut &str, before: &[String], found: &mut Vec<Vec<String>>) {
        let mut path = before.to_vec();
        loop {
            *rest = rest.trim_start();
            if let Some(inside) = rest.strip_prefix('{') {
                *rest = inside.trim_start();
                while !rest.is_empty() && !rest.starts_with('}') {
                    let length = rest.len();
                    tree(rest, &path, found);
                    let next = rest.find([',', '}']).unwrap_or(rest.len());
                    *rest = rest[next..].trim_start_matches(',').trim_start();
                    assert!(rest.len() < length, "a group that does not end");
                }
                *rest = rest.strip_prefix('}').unwrap_or(rest);
                return;
            }
            let word = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let (word, after) = rest.split_at(word.unwrap_or(rest.len()));
            path.push(word.to_owned());
            *rest = after;
            match rest.strip_prefix("::") {
                Some(after) => *rest = after,
                None => break,
            }
        }
        found.push(path);
    }
    let (mut rest, mut found) = (text, Vec::new());
    tree(&mut rest, &[], &mut found);
    found
}

/// The arrows that leave the room of a file. `relative` is its path below `src/`.
fn arrows(relative: &str, text: &str) -> Vec<Arrow> {
    let stem = relative.strip_suffix(".rs").expect("a Rust file");
    let mut module: Vec<&str> = stem.split('/').collect();
    let from = module[0].to_owned();
    if module.last() == Some(&"mod") {
        module.pop();
    }
    let code = code_alone(text);
    let starts = regex::Regex::new(r"\b(?:crate|super)::").expect("a pattern");
    let mut found = Vec::new();
    let mut end = 0;
    for start in starts.find_iter(&code) {
        // The second `super` of a chain belongs to the first.
        if start.start() < end {
            continue;
        }
        for path in paths(&code[start.start()..]) {
            let ups = path.iter().take_while(|part| *part == "super").count();
            let named = if ups == 0 {
                &path[1..]
            } else if ups >= module.len() {
                &path[ups..]
            } else {
                continue;
            };
            let to = named.first().map_or("", String::as_str);
            if to != from && !to.is_empty() {
                let line = code[..start.start()].matches('\n').count() + 1;
                found.push(Arrow {
                    from: from.clone(),
                    to: to.to_owned(),
                    place: format!("src/{relative}:{line}"),
                });
            }
        }
        let chain = code[start.start()..]
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != ':');
        end = chain.map_or(code.len(), |length| start.start() + length);
    }
    found
}

fn all_arrows() -> Vec<Arrow> {
    let top = home().join("src");
    let mut found = Vec::new();
    for path in sources() {
        let relative = path.strip_prefix(&top).expect("inside");
        let relative = relative.to_string_lossy().replace('\\', "/");
        // These two tie the rooms together.
        if matches!(&*relative, "internals.rs" | "lib.rs" | "main.rs") || is_only_tests(&path) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        found.extend(arrows(&relative, &text));
    }
    found.sort_by(|a, b| (&a.from, &a.to, &a.place).cmp(&(&b.from, &b.to, &b.place)));
    found
}

#[test]
fn the_table_of_rooms_is_in_order() {
    let mut before: Vec<&str> = Vec::new();
    for (room, names) in ROOMS {
        for name in *names {
            assert!(
                before.contains(name),
                "`{room}` may name only rooms before it in ROOMS, and `{name}` comes later"
            );
        }
        assert!(!before.contains(room), "`{room}` is in ROOMS twice");
        before.push(room);
    }
    let top = home().join("src");
    let rooms: BTreeSet<String> = sources()
        .iter()
        .map(|path| path.strip_prefix(&top).expect("inside").with_extension(""))
        .filter_map(|path| Some(path.iter().next()?.to_string_lossy().into_owned()))
        .filter(|room| !["internals", "lib", "main"].contains(&room.as_str()))
        .collect();
    for room in &rooms {
        assert!(
            before.contains(&room.as_str()),
            "`{room}` is new below src/: give it a line in ROOMS, as high as what it names allows"
        );
    }
    before.retain(|known| !rooms.contains(*known));
    assert!(before.is_empty(), "no longer below src/: {before:?}");
}

#[test]
fn rooms_name_only_rooms_before_them() {
    let arrows = all_arrows();
    let mut wrong = Vec::new();
    for Arrow { from, to, place } in &arrows {
        let row = ROOMS.iter().find(|(room, _)| room == from);
        if row.is_some_and(|(_, names)| names.contains(&to.as_str())) {
            continue;
        }
        let number = |name: &str| ROOMS.iter().position(|(room, _)| *room == name);
        wrong.push(match (number(from), number(to)) {
            (Some(a), Some(b)) if b < a => {
                format!("{place}: `{from}` names `{to}` for the first time: add it to ROOMS")
            }
            (Some(_), Some(_)) => format!(
                "{place}: `{from}` must not name `{to}`, which is built on it: move what is \
                 needed to a room before both (facts, text, edit), or pass it as an argument"
            ),
            _ => format!("{place}: `{to}` is not a room: write the path through its room"),
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (room, names) in ROOMS {
        for name in *names {
            assert!(
                arrows.iter().any(|a| a.from == *room && a.to == *name),
                "`{room}` no longer names `{name}`: remove it from ROOMS"
            );
        }
    }
}

#[test]
fn arrows_are_found_however_they_are_written() {
    let text = "//! See crate::zero.
use crate::one::A;
use crate::{two::{B, C}, three};
use super::super::{four, own::D};
pub(crate) fn f() -> super::super::five::E { crate::six::g() } // crate::seven
use super::near;
#[cfg(test)]
mod tests { use crate::eight; }
";
    let found = arrows("room/inner/mod.rs", text);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|arrow| (arrow.to.as_str(), arrow.place.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("one", "src/room/inner/mod.rs:2"),
            ("two", "src/room/inner/mod.rs:3"),
            ("two", "src/room/inner/mod.rs:3"),
            ("three", "src/room/inner/mod.rs:3"),
            ("four", "src/room/inner/mod.rs:4"),
            ("own", "src/room/inner/mod.rs:4"),
            ("five", "src/room/inner/mod.rs:5"),
            ("six", "src/room/inner/mod.rs:5"),
        ]
    );
    assert!(arrows("room.rs", "use super::room::A;\nuse self::x;").is_empty());
}

/// Files outside `src/kinds/` that may name a kind, each with the reason.
const NAMES_A_KIND: &[(&str, &str)] = &[
    (
        "src/facts/place.rs",
        "has the names of kinds as reports write them",
    ),
    (
        "src/catalogue/model.rs",
        "says that the names of a family are hosts",
    ),
];

/// The lines on which a file asks for one particular kind.
fn names_of_kinds(text: &str) -> Vec<(usize, String)> {
    let by_name = regex::Regex::new(
        r"\bReferenceKind::[A-Z]\w*|\bkinds::(?:\{[^}]*\b)?(?:HOST\b|\w+::KIND\b)|\b(?:address|certificate|composed|host|identifier)::KIND\b",
    )
    .expect("a pattern");
    let code = code_alone(text);
    let found = by_name.find_iter(&code);
    found
        .map(|name| {
            let line = code[..name.start()].matches('\n').count() + 1;
            (line, name.as_str().to_owned())
        })
        .collect()
}

#[test]
fn only_the_file_of_a_kind_knows_which_kind_it_is() {
    let mut wrong = Vec::new();
    let mut named = BTreeSet::new();
    for path in sources() {
        let relative = path.strip_prefix(home()).expect("inside");
        let relative = relative.to_string_lossy().replace('\\', "/");
        if relative.starts_with("src/kinds/") || is_only_tests(&path) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        for (line, name) in names_of_kinds(&text) {
            if NAMES_A_KIND.iter().any(|(file, _)| *file == relative) {
                named.insert(relative.clone());
            } else {
                wrong.push(format!(
                    "{relative}:{line}: `{name}`: say what is special to the kind in its file in \
                     src/kinds/, and ask `Kind` for it here"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (file, reason) in NAMES_A_KIND {
        // It declares the names, so it need not use them.
        let is_declaration = *file == "src/facts/place.rs";
        assert!(
            is_declaration || named.contains(*file),
            "{file} no longer {reason}: take it out of NAMES_A_KIND"
        );
    }
}

#[test]
fn names_of_kinds_are_found_however_they_are_written() {
    let text = "use crate::kinds::{HOST, Kind};
match kind { ReferenceKind::Certificate => 1, _ => 2 }
let one = kinds::address::KIND; // ReferenceKind::Host
let two = kinds::by_id(violation.reference).verb;
";
    let lines: Vec<usize> = names_of_kinds(text).iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 2, 3]);
}
