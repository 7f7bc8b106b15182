//! What is released with the program: completions in their shells, manual pages in their readers, the
//! Dockerfile and its linter, and the changelog. `tests/clients/install` installs these programs; without
//! them the tests fail.
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{finish, home, ptlint, run_in};

/// Starts a program that the tests need.
fn client(program: &str) -> Command {
    let installed = Command::new(program).arg("--help").output();
    assert!(
        installed.is_ok(),
        "{program} is missing: run `python3 tests/clients/install`"
    );
    Command::new(program)
}

/// Starts a program of `target/clients`.
fn python_client(program: &str) -> Command {
    let path = home().join("target/clients/venv/bin").join(program);
    client(path.to_str().expect("a path"))
}

fn completions(shell: &str) -> String {
    let (code, out, err) = run_in(&home(), &["completions", shell]);
    assert_eq!((code, err.as_str()), (0, ""), "{shell}");
    out
}

/// Has a shell read its completions, and what to do with them then.
fn shell(program: &str, arguments: &[&str], before: &str, after: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("script");
    fs::write(&script, format!("{before}{}{after}", completions(program))).expect("a file");
    let (code, out, err) = finish(client(program).args(arguments).arg(&script));
    assert_eq!((code, err.as_str()), (0, ""), "{program}: {out}");
    out
}

#[test]
fn bash_completes() {
    let after = "
complete -p ptlint
COMP_WORDS=(ptlint check --fai) COMP_CWORD=2
_ptlint ptlint --fai check
echo \"${COMPREPLY[@]}\"
COMP_WORDS=(ptlint rules '') COMP_CWORD=2
_ptlint ptlint '' rules
echo \"${COMPREPLY[@]}\"
";
    let out = shell("bash", &["--norc"], "", after);
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].ends_with(" ptlint"), "{out}");
    assert_eq!(lines[1], "--fail-on", "{out}");
    assert!(lines[2].ends_with("list show test"), "{out}");
}

#[test]
fn zsh_loads_its_completions() {
    let before = "autoload -U compinit\ncompinit -D -u\n";
    let after = "\necho $_comps[ptlint]\nwhence -w _ptlint _ptlint__subcmd__check_commands\n";
    let out = shell("zsh", &["-f"], before, after);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[..2], ["_ptlint", "_ptlint: function"], "{out}");
    assert!(lines[2].ends_with(": function"), "{out}");
}

#[test]
fn fish_completes() {
    let after = "
complete -C 'ptlint check --fai'
complete -C 'ptlint rules '
complete -C 'ptlint check --fail-on '
";
    let out = shell("fish", &["--no-config"], "", after);
    let words: Vec<&str> = out
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(words[0], "--fail-on", "{out}");
    for word in ["list", "show", "test", "info", "warning", "error"] {
        assert!(words.contains(&word), "{word}: {out}");
    }
}

#[test]
fn elvish_completes() {
    // The namespace of its editor, which there is only at a terminal.
    let before = "var edit: = (ns [&completion:=(ns [&arg-completer=[&]]) \
                  &complex-candidate~={|text &display=''| put $text}])\n";
    let after = "\nput $edit:completion:arg-completer[ptlint] | each {|complete| \
                 $complete ptlint rules '' | each {|word| echo $word } }\n";
    let out = shell("elvish", &["-norc"], before, after);
    let words: BTreeSet<&str> = out.lines().collect();
    for word in ["list", "show", "test", "--help"] {
        assert!(words.contains(word), "{word}: {out}");
    }
    assert!(!words.contains("check"), "{out}");
}

/// PowerShell is not available where the tests run: a grammar of it reads the script.
#[test]
fn powershell_reads_its_completions() {
    let script = completions("powershell");
    // A block of a method without parentheses is PowerShell that the grammar does not know.
    let known = script
        .replace(".Where{", ".Where({")
        .replace("*\" } |", "*\" }) |");
    assert_ne!(script, known, "the detour is not needed any more");
    let read = |script: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ptlint.ps1");
        fs::write(&path, script).expect("a file");
        let input = fs::File::open(&path).expect("a file");
        let reader = home().join("tests/clients/powershell.py");
        finish(python_client("python").arg(reader).stdin(input))
    };
    assert_eq!(read(&known), (0, String::new(), String::new()));
    for (from, to) in [
        ("'ptlint;check' {", "'ptlint;check {"),
        ("break", "break }"),
    ] {
        assert!(known.contains(from), "{from}");
        let (code, places, err) = read(&known.replacen(from, to, 1));
        assert!(code == 1 && !places.is_empty(), "{from}: {err}");
    }
}

/// Options in the help of a command.
fn options(command: &[String]) -> BTreeSet<String> {
    let (code, help, _) = finish(ptlint().args(command).arg("--help"));
    assert_eq!(code, 0, "{command:?}");
    let option = regex::Regex::new(r"(?m)^ +(?:-\w, )?(--[a-z][a-z-]+)").expect("a pattern");
    option
        .captures_iter(&help)
        .map(|found| found[1].to_owned())
        .collect()
}

/// Commands in the help of a command.
fn commands(command: &[String]) -> Vec<String> {
    let (_, help, _) = finish(ptlint().args(command).arg("--help"));
    let Some((_, list)) = help.split_once("\nCommands:\n") else {
        return Vec::new();
    };
    list.lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

/// Every command with the way to it.
fn all_commands() -> Vec<Vec<String>> {
    let mut open = vec![Vec::new()];
    let mut all = Vec::new();
    while let Some(command) = open.pop() {
        for name in commands(&command) {
            let mut longer = command.clone();
            longer.push(name);
            open.push(longer);
        }
        all.push(command);
    }
    assert!(all.len() >= 14, "{all:?}");
    all
}

#[test]
fn completions_know_every_option_and_command() {
    let all = all_commands();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = completions(shell);
        for command in &all {
            for word in options(command) {
                // Fish writes long options without their dashes.
                let fish = format!("-l {}", word.trim_start_matches('-'));
                assert!(
                    script.contains(&word) || (shell == "fish" && script.contains(&fish)),
                    "{shell}: {command:?} {word}"
                );
            }
            if let Some(name) = command.last() {
                assert!(script.contains(name.as_str()), "{shell}: {name}");
            }
        }
    }
}

/// What a reader of manual pages shows, without overstrikes and line breaks in words.
fn rendered(page: &Path) -> String {
    let (code, text, warnings) = finish(
        client("groff")
            .args([
                "-man", "-ww", "-Tutf8", "-Kutf8", "-P-c", "-P-b", "-P-o", "-P-u", "-rHY=0",
            ])
            .arg(page),
    );
    assert_eq!((code, warnings.as_str()), (0, ""), "{}", page.display());
    text
}

#[test]
fn manual_pages_render_and_name_every_option() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("share/man1");
    let (code, out, err) = finish(ptlint().args(["man", "--out"]).arg(&pages));
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    let written: BTreeSet<PathBuf> = fs::read_dir(&pages)
        .expect("pages")
        .map(|entry| entry.expect("a page").path())
        .collect();

    let mut expected = BTreeSet::new();
    for command in all_commands() {
        let words: Vec<&str> = std::iter::once("ptlint")
            .chain(command.iter().map(String::as_str))
            .collect();
        let path = pages.join(format!("{}.1", words.join("-")));
        let text = rendered(&path);
        let title = format!("{}(1)", words.join("-"));
        assert!(text.trim_start().starts_with(&title), "{title}: {text}");
        assert!(text.contains(&format!("ptlint {}", env!("CARGO_PKG_VERSION"))));
        for option in options(&command) {
            let bound = regex::Regex::new(&format!(r"{option}(?:[^\w-]|$)")).expect("a pattern");
            assert!(bound.is_match(&text), "{}: {option}", path.display());
        }
        let (code, said, _) = finish(client("mandoc").args(["-Tlint", "-Werror"]).arg(&path));
        assert_eq!(code, 0, "{said}");
        expected.insert(path);
    }
    assert_eq!(written, expected);

    let (code, page, _) = run_in(&home(), &["man"]);
    assert_eq!(code, 0);
    assert_eq!(
        page,
        fs::read_to_string(pages.join("ptlint.1")).expect("a page")
    );
}

#[test]
fn a_manual_that_cannot_be_written_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "").expect("a file");
    let (code, out, err) = finish(ptlint().args(["man", "--out"]).arg(&file));
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("man::write"), "{err}");
}

#[test]
fn the_dockerfile_passes_its_linter_and_runs_as_nobody() {
    let path = home().join("Dockerfile");
    let (code, out, err) = finish(
        python_client("hadolint")
            .args(["--failure-threshold", "style"])
            .arg(&path),
    );
    assert_eq!(code, 0, "{out}{err}");
    let text = fs::read_to_string(&path).expect("a Dockerfile");
    let last = text.rsplit("\nFROM ").next().expect("a stage");
    assert!(last.starts_with("scratch\n"), "{last}");
    assert!(last.contains("\nUSER 65532:65532\n"), "{last}");
    assert!(last.contains("LICENSE-MIT"), "{last}");
    // What a build copies is not left out of the context.
    let ignored = fs::read_to_string(home().join(".dockerignore")).expect("a list");
    for line in text
        .lines()
        .filter(|line| line.starts_with("COPY ") && !line.contains("--from"))
    {
        let words: Vec<&str> = line.split(' ').filter(|w| !w.starts_with("--")).collect();
        for source in &words[1..words.len() - 1] {
            assert!(home().join(source).exists(), "{source}");
            let allowed = format!("!/{}", source.trim_end_matches('/'));
            assert!(ignored.lines().any(|l| l == allowed), "{allowed}");
        }
    }
}

#[test]
fn the_changelog_begins_with_this_version() {
    let text = fs::read_to_string(home().join("CHANGELOG.md")).expect("CHANGELOG");
    let heading =
        regex::Regex::new(r"^## \[?(\d+\.\d+\.\d+|Unreleased)\]?(?: |$)").expect("a pattern");
    let newest = text
        .lines()
        .find(|l| l.starts_with("## "))
        .expect("a heading");
    let version = &heading.captures(newest).expect("a version")[1];
    assert!(
        version == env!("CARGO_PKG_VERSION") || version == "Unreleased",
        "{newest}"
    );
}

#[test]
fn the_policy_of_versions_names_every_schema() {
    let id = regex::Regex::new(r#""(ptlint\.[a-z]+/v\d+)""#).expect("a pattern");
    let docs = fs::read_to_string(home().join("docs/versioning.md")).expect("docs");
    let mut ids = BTreeSet::new();
    for entry in walkdir::WalkDir::new(home().join("src")) {
        let entry = entry.expect("readable");
        if entry.file_type().is_file() {
            let text = fs::read_to_string(entry.path()).expect("text");
            ids.extend(id.captures_iter(&text).map(|found| found[1].to_owned()));
        }
    }
    assert!(ids.len() >= 3, "{ids:?}");
    for id in ids {
        assert!(docs.contains(&format!("`{id}`")), "{id}");
    }
}
