//! The map of the code and the recipes for changing it name files that exist, and the drawing of the
//! rooms is that of the code.

use std::fs;

use crate::common::home;
use crate::house::ROOMS;

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

/// The rows of the drawing from the top down, each with its rooms.
fn drawing(page: &str) -> Vec<Vec<&str>> {
    let inside = |line: &'_ str| line.starts_with('│') && line.ends_with('│');
    let rows = page.lines().filter(|line| inside(line));
    rows.map(|line| line.trim_matches('│').split_whitespace().collect())
        .collect()
}

/// The first column of the table that says what each room does.
fn described(page: &str) -> Vec<&str> {
    let lines = page.lines();
    let table = lines.skip_while(|line| !line.starts_with("| room |"));
    let rows = table.skip(2).take_while(|line| line.starts_with('|'));
    rows.filter_map(|row| row.split('|').nth(1))
        .map(str::trim)
        .collect()
}

/// What is wrong with a drawing and its table, by the rooms of the code.
fn differences(page: &str, rooms: &[(&str, &[&str])]) -> Vec<String> {
    let rows = drawing(page);
    let drawn = rows.concat();
    let mut wrong = Vec::new();
    if described(page) != drawn {
        wrong.push("the table has other rooms than the drawing, or in another order".to_owned());
    }
    for room in &drawn {
        if !rooms.iter().any(|(known, _)| known == room) {
            wrong.push(format!("`{room}` is drawn, and is not in ROOMS"));
        }
    }
    let row_of = |room: &str| rows.iter().position(|row| row.contains(&room));
    for (room, names) in rooms {
        let Some(row) = row_of(room) else {
            wrong.push(format!("`{room}` is in ROOMS, and is not drawn"));
            continue;
        };
        if drawn.iter().filter(|known| *known == room).count() > 1 {
            wrong.push(format!("`{room}` is drawn twice"));
        }
        for name in *names {
            if row_of(name).is_some_and(|below| below <= row) {
                wrong.push(format!(
                    "`{room}` names `{name}`, which is not drawn below it"
                ));
            }
        }
    }
    wrong
}

#[test]
fn the_drawing_is_that_of_the_code() {
    let page = fs::read_to_string(home().join("ARCHITECTURE.md")).expect("a page");
    let wrong = differences(&page, ROOMS);
    assert!(
        wrong.is_empty(),
        "correct the drawing and the table in ARCHITECTURE.md:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn a_wrong_drawing_is_found() {
    let rooms: &[(&str, &[&str])] = &[("text", &[]), ("edit", &["text"]), ("cli", &["edit"])];
    let page = |rows: &[&str], table: &str| {
        let drawing: String = rows.iter().map(|row| format!("│ {row} │\n")).collect();
        let rows: String = table
            .split(' ')
            .map(|room| format!("| {room} | x |\n"))
            .collect();
        format!("{drawing}\n| room | what it does |\n| --- | --- |\n{rows}\n")
    };
    let wrong = |rows: &[&str], table: &str| differences(&page(rows, table), rooms).join("; ");
    assert_eq!(wrong(&["cli", "edit", "text"], "cli edit text"), "");
    for (rows, table, said) in [
        (
            &["cli", "edit text"][..],
            "cli edit text",
            "`edit` names `text`",
        ),
        (
            &["edit", "cli", "text"],
            "edit cli text",
            "`cli` names `edit`",
        ),
        (&["cli", "text"], "cli text", "`edit` is in ROOMS"),
        (&["cli", "edit", "text"], "cli edit", "the table"),
        (
            &["cli plan", "edit", "text"],
            "cli plan edit text",
            "`plan` is drawn",
        ),
        (
            &["cli", "edit", "text", "cli"],
            "cli edit text cli",
            "drawn twice",
        ),
    ] {
        let found = wrong(rows, table);
        assert!(found.contains(said), "{said}: {found:?}");
    }
}
