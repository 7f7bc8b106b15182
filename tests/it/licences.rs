//! Dependencies: each has a licence that deny.toml allows, and a crate is used in two versions only where
//! deny.toml says so. CI also runs `cargo deny`, which knows advisories.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use crate::common::{finish, home};
use toml_parser::parser::{Event, EventKind, parse_document};
use toml_parser::{ParseError, Source};

/// A crate of Cargo.lock.
#[derive(Debug, serde::Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    /// None for the crate itself.
    source: Option<String>,
}

/// Every crate on every platform, also those of tests and of the build.
fn packages() -> Vec<Package> {
    #[derive(serde::Deserialize)]
    struct Metadata {
        packages: Vec<Package>,
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let ask = |more: &[&str]| {
        let mut command = Command::new(&cargo);
        command
            .current_dir(home())
            .args(["metadata", "--locked", "--format-version", "1"])
            .args(more);
        finish(&mut command)
    };
    let (mut code, mut out, mut err) = ask(&["--offline"]);
    if code != 0 {
        // A build fetches only the crates of its platform; the rest is fetched once.
        (code, out, err) = ask(&[]);
    }
    assert_eq!(code, 0, "{err}");
    let metadata: Metadata = serde_json::from_str(&out).expect("JSON of cargo");
    assert!(metadata.packages.len() > 50, "too few crates to be all");
    metadata.packages
}

/// The strings in a TOML document, each with its path: tables and keys, but no positions.
fn strings(text: &str) -> Vec<(String, String)> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut events: Vec<Event> = Vec::new();
    let mut errors: Vec<ParseError> = Vec::new();
    parse_document(&tokens, &mut events, &mut errors);
    assert!(errors.is_empty(), "deny.toml: {errors:?}");

    let (mut table, mut key) = (Vec::new(), Vec::new());
    let (mut in_header, mut inline) = (false, 0_usize);
    let mut found = Vec::new();
    for event in events {
        let written = || source.get(event.span()).expect("a span").as_str();
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                table.clear();
                in_header = true;
            }
            EventKind::StdTableClose | EventKind::ArrayTableClose => in_header = false,
            EventKind::InlineTableOpen => inline += 1,
            EventKind::InlineTableClose => {
                key.truncate(inline);
                inline -= 1;
            }
            EventKind::SimpleKey if in_header => table.push(written()),
            EventKind::SimpleKey => {
                key.truncate(inline);
                key.push(written());
            }
            EventKind::Scalar => {
                let path = table.iter().chain(&key).copied().collect::<Vec<_>>();
                let value = written().trim_matches(['"', '\'']);
                found.push((path.join("."), value.to_owned()));
            }
            _ => {}
        }
    }
    found
}

/// The strings at a path of deny.toml.
fn listed(path: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(home().join("deny.toml")).expect("deny.toml");
    let all = strings(&text).into_iter();
    all.filter(|(at, _)| at == path).map(|(_, s)| s).collect()
}

/// Whether a licence expression (SPDX, or with the slash of old crates) can be met by allowed licences
/// only. An unknown exception is as good as the licence without it, since exceptions only permit more.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> Result<bool, String> {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let met = either(&mut rest, allowed)?;
    match rest {
        [] => Ok(met),
        [word, ..] => Err(format!("`{word}` is unexpected in `{expression}`")),
    }
}

fn either(rest: &mut &[&str], allowed: &BTreeSet<String>) -> Result<bool, String> {
    let mut met = both(rest, allowed)?;
    while let ["OR", after @ ..] = *rest {
        *rest = after;
        met |= both(rest, allowed)?;
    }
    Ok(met)
}

fn both(rest: &mut &[&str], allowed: &BTreeSet<String>) -> Result<bool, String> {
    let mut met = single(rest, allowed)?;
    while let ["AND", after @ ..] = *rest {
        *rest = after;
        met &= single(rest, allowed)?;
    }
    Ok(met)
}

fn single(rest: &mut &[&str], allowed: &BTreeSet<String>) -> Result<bool, String> {
    match *rest {
        ["(", after @ ..] => {
            *rest = after;
            let met = either(rest, allowed)?;
            let [")", after @ ..] = *rest else {
                return Err("a bracket is not closed".to_owned());
            };
            *rest = after;
            Ok(met)
        }
        [")" | "AND" | "OR" | "WITH", ..] | [] => Err("a licence is missing".to_owned()),
        [licence, "WITH", _, after @ ..] | [licence, after @ ..] => {
            *rest = after;
            Ok(allowed.contains(*licence))
        }
    }
}

/// Crates in several versions, without the versions that are skipped; and the entries that skip none.
fn duplicates<'p>(
    versions: impl Iterator<Item = (&'p str, &'p str)>,
    skipped: &BTreeSet<String>,
) -> (Vec<String>, BTreeSet<String>) {
    let mut by_name: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, version) in versions {
        by_name.entry(name).or_default().insert(version);
    }
    let mut unused = skipped.clone();
    let mut left = Vec::new();
    for (name, versions) in by_name.into_iter().filter(|(_, v)| v.len() > 1) {
        let mut unexplained = Vec::new();
        for version in versions {
            let entry = skipped.iter().find(|entry| covers(entry, name, version));
            match entry {
                Some(entry) => {
                    unused.remove(entry);
                }
                None => unexplained.push(version),
            }
        }
        if unexplained.len() > 1 {
            left.push(format!("{name}: {}", unexplained.join(", ")));
        }
    }
    (left, unused)
}

/// Whether an entry such as `syn@2` or `syn@2.0.1` means this version.
fn covers(entry: &str, name: &str, version: &str) -> bool {
    let Some((of, from)) = entry.split_once('@') else {
        return entry == name;
    };
    of == name && (version == from || version.starts_with(&format!("{from}.")))
}

#[test]
fn every_dependency_has_a_licence_that_is_allowed() {
    let allowed = listed("licenses.allow");
    assert!(allowed.contains("MIT"), "{allowed:?}");
    let mut wrong = Vec::new();
    for package in packages().iter().filter(|p| p.source.is_some()) {
        let expression = package.license.as_deref().unwrap_or_default();
        match is_allowed(expression, &allowed) {
            Ok(true) => {}
            Ok(false) => wrong.push(format!("{}: {expression}", package.name)),
            Err(error) => wrong.push(format!("{}: {expression:?}: {error}", package.name)),
        }
    }
    assert!(
        wrong.is_empty(),
        "deny.toml does not allow these licences:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn a_crate_is_there_once_unless_deny_toml_says_why() {
    let mut skipped = listed("bans.skip.crate");
    skipped.extend(listed("bans.skip"));
    let packages = packages();
    let versions = packages
        .iter()
        .map(|p| (p.name.as_str(), p.version.as_str()));
    let (left, unused) = duplicates(versions, &skipped);
    assert!(
        left.is_empty(),
        "several versions of a crate: agree on one, or add the older one with its reason to `skip` in \
         deny.toml:\n{}",
        left.join("\n")
    );
    assert!(
        unused.is_empty(),
        "delete from `skip` in deny.toml, since there is only one version now: {unused:?}"
    );
}

#[test]
fn licence_expressions_are_evaluated() {
    let allowed = ["MIT", "Apache-2.0", "Unicode-3.0"]
        .map(str::to_owned)
        .into();
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("MIT OR GPL-3.0-only", true),
        ("MIT AND GPL-3.0-only", false),
        ("MIT/GPL-2.0", true),
        ("GPL-2.0-only OR GPL-3.0-only", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("GPL-2.0-only WITH Classpath-exception-2.0", false),
        ("(MIT OR GPL-2.0-only) AND Unicode-3.0", true),
        ("(MIT OR Apache-2.0) AND GPL-2.0-only", false),
        // AND binds more tightly than OR.
        ("MIT OR Apache-2.0 AND GPL-2.0-only", true),
        ("GPL-2.0-only AND MIT OR GPL-3.0-only", false),
    ] {
        assert_eq!(
            is_allowed(expression, &allowed),
            Ok(expected),
            "{expression}"
        );
    }
    for expression in ["", "MIT OR", "(MIT", "MIT)", "MIT Apache-2.0", "AND MIT"] {
        assert!(is_allowed(expression, &allowed).is_err(), "{expression}");
    }
}

#[test]
fn duplicates_and_superfluous_entries_are_found() {
    let crates = [
        ("a", "1.0.0"),
        ("a", "2.0.0"),
        ("b", "1.0.0"),
        ("c", "0.1.0"),
        ("c", "0.2.5"),
    ];
    let run = |skip: &[&str]| {
        let skip = skip.iter().map(|entry| (*entry).to_owned()).collect();
        let (left, unused) = duplicates(crates.into_iter(), &skip);
        (left.len(), unused.len())
    };
    assert_eq!(run(&[]), (2, 0));
    assert_eq!(run(&["a@1", "c@0.2"]), (0, 0));
    assert_eq!(run(&["a@1", "c@0.2", "b@1"]), (0, 1));
    assert_eq!(run(&["a@1", "c@0.25"]), (1, 1));
}

#[test]
fn deny_toml_is_read_as_toml() {
    let text = "[a]\nlist = [\n  \"x\", # \"y\"\n]\nskip = [{ crate = \"c@1\", reason = \"r\" }, \"d@2\"]\n[b.c]\nk = 'v'\n";
    let expected = [
        ("a.list", "x"),
        ("a.skip.crate", "c@1"),
        ("a.skip.reason", "r"),
        ("a.skip", "d@2"),
        ("b.c.k", "v"),
    ];
    let found = strings(text);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(p, v)| (p.as_str(), v.as_str()))
        .collect();
    assert_eq!(found, expected);
}
