//! Names of the catalogue, cut into pieces at random, are composed again; so are limits and odd texts.

use std::fmt::Write;

use proptest::prelude::*;
use ptlint::facts::SkipReason;

use crate::composed::{composed, report};

/// Where the pieces of a name are defined, and where they are joined.
#[derive(Debug, Clone, Copy)]
enum Way {
    Compose,
    Script,
    JavaScript,
    Python,
}

/// The retired name, the one in service, and what follows both: the pieces that may be variables.
const NAMES: [([&str; 3], [&str; 3], &str); 4] = [
    (
        ["msg", ".", "train"],
        ["msg", ".", "int"],
        ".spine2.ncrs.nhs.uk",
    ),
    (
        ["proxy", ".", "dev"],
        ["proxy", ".", "int"],
        ".spine2.ncrs.nhs.uk",
    ),
    (
        ["ldap", ".", "vn03"],
        ["ldap", ".", "nis1"],
        ".national.ncrs.nhs.uk",
    ),
    (
        ["simple-sync", ".", "train"],
        ["simple-sync", ".", "int"],
        ".spine2.ncrs.nhs.uk",
    ),
];

/// Files in which some pieces are variables, each with so many hops to its value; and where the last value is.
fn files(
    way: Way,
    pieces: [&str; 3],
    tail: &str,
    cut: [bool; 3],
    hops: usize,
) -> (Vec<(String, String)>, String) {
    let mut definitions = String::new();
    let mut joined = String::new();
    let mut place = String::new();
    let mut line = 0;
    for (number, piece) in pieces.iter().enumerate() {
        // The last piece is always a variable: without a hole nothing is composed.
        if number < 2 && !cut[number] {
            joined.push_str(piece);
            continue;
        }
        for hop in 0..=hops {
            line += 1;
            let name = format!("V{number}x{hop}");
            let before = format!("V{number}x{}", hop.saturating_sub(1));
            let (start, value) = match (way, hop) {
                (Way::Compose | Way::Script, 0) => (format!("{name}="), (*piece).to_owned()),
                (Way::Compose | Way::Script, _) => (format!("{name}="), format!("${{{before}}}")),
                (Way::JavaScript, 0) => (format!("const {name} = '"), format!("{piece}';")),
                (Way::JavaScript, _) => (format!("const {name} = "), format!("{before};")),
                (Way::Python, 0) => (format!("{name} = '"), format!("{piece}'")),
                (Way::Python, _) => (format!("{name} = "), before),
            };
            if hop == 0 && number == 2 {
                place = format!(":{line}:{}", start.len() + 1);
            }
            let _ = writeln!(definitions, "{start}{value}");
        }
        let hole = match way {
            Way::Python => format!("{{V{number}x{hops}}}"),
            _ => format!("${{V{number}x{hops}}}"),
        };
        joined.push_str(&hole);
    }
    let url = format!("https://{joined}{tail}/x");
    let one = |path: &str, line: String| {
        let files = vec![(path.to_owned(), format!("{definitions}{line}\n"))];
        (files, format!("{path}{place}"))
    };
    match way {
        Way::Compose => {
            let compose = format!("services:\n  app:\n    environment:\n      URL: {url}\n");
            let files = vec![
                ("docker-compose.yml".to_owned(), compose),
                (".env".to_owned(), definitions),
            ];
            (files, format!(".env{place}"))
        }
        Way::Script => one("a.sh", format!("curl \"{url}\"")),
        Way::JavaScript => one("a.js", format!("fetch(`{url}`);")),
        Way::Python => one("a.py", format!("get(f\"{url}\")")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_name_in_pieces_is_found_where_its_word_is(
        way in prop::sample::select(vec![Way::Compose, Way::Script, Way::JavaScript, Way::Python]),
        name in prop::sample::select(NAMES.to_vec()),
        cut in any::<[bool; 3]>(),
        hops in 0_usize..4,
    ) {
        let (retired, in_service, tail) = name;
        let run = |pieces| {
            let (files, place) = files(way, pieces, tail, cut, hops);
            let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            (composed(&report(&files)), place)
        };
        let (found, place) = run(retired);
        let expected = format!("{place} {}{tail} {} → {}", retired.concat(), retired[2], in_service[2]);
        prop_assert_eq!(found, [expected]);
        prop_assert_eq!(run(in_service).0, [""; 0]);
    }

    #[test]
    fn no_text_around_a_hole_makes_the_search_fail(
        before in "[a-zé☂\\\\'\"`(){}$+%. \n]{0,12}",
        inside in "[a-zé☂\\\\'\"`(){}$+%.:?|\\[\\]-]{0,12}",
        after in "[a-zé☂\\\\'\"`(){}$+%. \n]{0,12}",
        path in prop::sample::select(vec!["a.py", "a.js", "a.sh", ".env", "a.tf", "application.yml", "compose.yml", "a.php", "A.cs", "a.rb", "a.kt", "a.swift"]),
    ) {
        let text = format!("services:\ne = 'train'\n{before}x = \"{before}msg.${{{inside}}}.spine2.ncrs.nhs.uk\"{after}\ny = f'msg.{{{inside}}}.spine2.ncrs.nhs.uk' {after}\n");
        prop_assert!(report(&[(path, &text)]).failures.is_empty());
    }
}

/// What is not searched for within the limits remains among the names with a hole.
#[test]
fn many_holes_in_a_file_take_a_bounded_time() {
    for (path, head, line) in [
        (
            "a.js",
            "const e = 'train';\n",
            "u = `https://msg.${e}.spine2.ncrs.nhs.uk/a`; function f() { const e = 1; }\n",
        ),
        (
            "a.py",
            "e = 'train'\n",
            "u = f'https://msg.{e}.spine2.ncrs.nhs.uk/a'\nif u:\n  e = 'int'\n",
        ),
        (
            "a.sh",
            "E=train\n",
            "curl https://msg.$E.spine2.ncrs.nhs.uk/a; E=train\n",
        ),
    ] {
        let text = format!("{head}{}", line.repeat(2_000));
        let report = report(&[(path, &text)]);
        assert!(!composed(&report).is_empty(), "{path}");
        let left = report.coverage.skipped.get(&SkipReason::NameWithHole);
        assert!(left.is_some_and(|left| left.count > 0), "{path}");
    }
}

#[test]
fn a_sign_alone_is_not_a_name() {
    for sign in ["$", "@", "$$", "this.$", ".", "?"] {
        let text = format!("e = 'é☂'\nu = 'msg.' + {sign} + '.spine2.ncrs.nhs.uk'\n");
        let report = report(&[("a.js", &text), ("a.py", &text), ("a.rb", &text)]);
        assert!(report.failures.is_empty(), "{sign}");
        assert_eq!(composed(&report), [""; 0], "{sign}");
    }
}
