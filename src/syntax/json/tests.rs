//! Tests of the JSON reader.

use super::super::tree::Step;
use super::*;
use crate::syntax::any_text::one_character_each;
use crate::syntax::testing;

/// Key path, text and written text of each value.
fn values(source: &str) -> Vec<(String, String, String)> {
    testing::values(&Json, source)
}

/// Asserts values that are written as they read.
#[track_caller]
fn assert_plain(source: &str, expected: &[(&str, &str)]) {
    let found = values(source);
    let expected: Vec<_> = expected
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned(), (*text).to_owned()))
        .collect();
    assert_eq!(found, expected, "{source}");
}

#[track_caller]
fn assert_fine(source: &str) {
    assert_eq!(Json.read(source).problem(), None, "{source}");
}

#[track_caller]
fn problem(source: &str) -> (usize, String) {
    let tree = Json.read(source);
    let problem = tree.problem().expect("a problem");
    (problem.at, problem.message.clone())
}

fn check(source: &str) {
    let tree = Json.read(source);
    testing::check(&tree, source);
    one_character_each(&tree, source);
}

#[test]
fn objects_and_arrays_have_paths() {
    let source =
        r#"{"a": {"b": ["x", 1, {"c": null}], "d.e": true}, "f": "", "g": [], "h": [[2]]}"#;
    assert_plain(
        source,
        &[
            ("a.b[0]", "x"),
            ("a.b[1]", "1"),
            ("a.b[2].c", "null"),
            ("a.\"d.e\"", "true"),
            ("f", ""),
            ("h[0][0]", "2"),
        ],
    );
    assert_fine(source);
}

#[test]
fn members_of_lists_are_called_by_name() {
    let source = r#"{"env": [{"name": "URL", "value": "a.example.org"}]}"#;
    assert_plain(
        source,
        &[
            ("env[URL].name", "URL"),
            ("env[URL].value", "a.example.org"),
        ],
    );
}

#[test]
fn keys_have_the_bytes_between_their_quotes() {
    let source = "\u{feff}{\"ä\\u002fb\": 'x', plain: 1}";
    let tree = Json.read(source);
    let key = |number: usize| &source[tree.node(number).key.clone().unwrap_or_default()];
    assert_eq!(key(1), "ä\\u002fb");
    assert_eq!(tree.node(1).step, Step::Key("ä/b".to_owned()));
    assert_eq!(key(2), "plain");
}

#[test]
fn groups_reach_from_bracket_to_bracket() {
    let source = r#"{"a": {"b": [1, 2] } }"#;
    let tree = Json.read(source);
    assert_eq!(&source[tree.node(1).span.clone()], r#"{"b": [1, 2] }"#);
    assert_eq!(&source[tree.node(2).span.clone()], "[1, 2]");
    assert_eq!(tree.node(2).kind, NodeKind::Sequence);
}

#[test]
fn the_first_value_at_the_top_is_the_root() {
    assert_plain("[\"a\", {\"b\": 1}]", &[("[0]", "a"), ("[1].b", "1")]);
    assert_eq!(Json.read(" // c\n [1]").node(0).kind, NodeKind::Sequence);
    assert_eq!(Json.read("{}").node(0).kind, NodeKind::Mapping);
    assert_plain("\"a.example.org\"", &[("", "a.example.org")]);
    assert_plain(" 12 ", &[("", "12")]);
    assert_fine("\"a\"");
    assert_plain("", &[]);
    assert_fine("");
}

#[test]
fn further_documents_are_counted() {
    let source = "{\"a\": 1}\n{\"a\": 2}\n[3, 4]\n\"x\"\n\u{1e}{\"b\": 5}";
    assert_plain(
        source,
        &[
            ("a", "1"),
            ("#2.a", "2"),
            ("#3[0]", "3"),
            ("#3[1]", "4"),
            ("#4", "x"),
            ("#5.b", "5"),
        ],
    );
    assert_fine(source);
    assert_plain("{\"a\":1}{\"a\":2}", &[("a", "1"), ("#2.a", "2")]);
    assert_plain("[1][2]", &[("[0]", "1"), ("#2[0]", "2")]);
}

#[test]
fn comments_and_trailing_commas_are_allowed() {
    let source =
        "// one\n{ /* two */ \"a\": \"http://x\", // three\n \"b\": [1, 2,],\n}\r\n// four";
    assert_plain(source, &[("a", "http://x"), ("b[0]", "1"), ("b[1]", "2")]);
    assert_fine(source);
    let tree = Json.read(source);
    let comments: Vec<_> = tree.comments().iter().map(|c| &source[c.clone()]).collect();
    assert_eq!(comments, ["// one", "/* two */", "// three", "// four"]);
    assert_plain("{a:1/*x*/,b:2//y\n}", &[("a", "1"), ("b", "2")]);
}

#[test]
fn json5_is_read() {
    let source = "{a_1: 'it\"s', $b: 0xFF, 'c': +.5, d: -Infinity, e: NaN, ünï: 5.}";
    assert_plain(
        source,
        &[
            ("a_1", "it\"s"),
            ("$b", "0xFF"),
            ("c", "+.5"),
            ("d", "-Infinity"),
            ("e", "NaN"),
            ("ünï", "5."),
        ],
    );
    assert_fine(source);
}

#[test]
fn escapes_are_decoded_with_their_places() {
    let table = [
        (r"http:\/\/a", "http://a"),
        (r"a\u002eexample\u002Eorg", "a.example.org"),
        (r"a\x2eb", "a.b"),
        (r#"\"\\\b\f\n\r\t\v\0\'"#, "\"\\\u{8}\u{c}\n\r\t\u{b}\0'"),
        (r"\ud83d\ude00!", "😀!"),
        // Anything but an escape keeps its characters.
        (r"C:\dir \q \u12 \xg1 \01", r"C:\dir \q \u12 \xg1 \01"),
        (r"\ud83d \ude00 \ud83dx", r"\ud83d \ude00 \ud83dx"),
        (r"\u00+1", r"\u00+1"),
        ("a.exam\\\nple\\\r\n.org\\\u{2028}/", "a.example.org/"),
    ];
    for (written, text) in table {
        let source = format!("{{\"k\": \"{written}\"}}");
        let expected = ("k".to_owned(), text.to_owned(), written.to_owned());
        assert_eq!(values(&source), [expected]);
        assert_fine(&source);
        check(&source);
    }
}

#[test]
fn a_part_of_a_decoded_text_has_its_own_bytes() {
    let source = r#"["x\ud83d\ude00a\u002eexample.org"]"#;
    let tree = Json.read(source);
    let text = tree.node(1).text.clone().unwrap_or_default();
    let host = text.text().find("a.").expect("a host")..text.text().len();
    assert_eq!(&source[text.source(host)], r"a\u002eexample.org");
    assert_eq!(&source[text.source(1..5)], r"\ud83d\ude00");
}

#[test]
fn keys_are_decoded_too() {
    assert_plain(r#"{"a\/b": "x", \u0063: 1}"#, &[("a/b", "x"), ("c", "1")]);
}

#[test]
fn notebooks_and_collections_are_json() {
    let source = r#"{"cells": [{"cell_type": "code", "source": ["u = 'a'\n", "b"]}],
        "item": [{"name": "Get", "request": {"url": {"host": ["{{stack}}", "example", "org"]}}}]}"#;
    let found = values(source);
    assert_eq!(found[1].0, "cells[0].source[0]");
    assert_eq!(found[1].1, "u = 'a'\n");
    assert_eq!(found[4].0, "item[Get].request.url.host[0]");
    assert_eq!(found[6].1, "org");
    assert_fine(source);
}

#[test]
fn placeholders_are_values() {
    let source = "{\"a\": {{stack}}, \"b\": {{{ x.y }}}, \"c\": ${PORT}, \"d\": #{P}, {{k}}: 1, \"e\": {{s}}.example.org}";
    assert_plain(
        source,
        &[
            ("a", "{{stack}}"),
            ("b", "{{{ x.y }}}"),
            ("c", "${PORT}"),
            ("d", "#{P}"),
            ("\"{{k}}\"", "1"),
            ("e", "{{s}}.example.org"),
        ],
    );
    assert_eq!(problem(source).0, 6);
}

#[test]
fn doubled_braces_of_format_strings_are_brackets() {
    assert_plain(
        "{{\"a\": {{\"b\": 1}}, \"c\": 2}}",
        &[("a.b", "1"), ("c", "2")],
    );
}

#[test]
fn later_keys_keep_their_path_after_a_fault() {
    // Source, and the path of the value `z` in it.
    let table = [
        ("{\"a\": 1 \"b\": \"z\"}", "b"),
        ("{\"a\": {\"x\": 1, ...}, \"b\": \"z\"}", "b"),
        ("{\"a\": [1, ..., 2], \"b\": \"z\"}", "b"),
        ("{\"a\": [{\"x\": 1 ], \"b\": \"z\"}", "b"),
        ("{\"a\": [1, 2}, \"b\": \"z\"}", "b"),
        ("{\"q\": {\"a\": [1, 2}, \"b\": \"z\"}", "b"),
        ("{\"a\": \"x,\n \"b\": \"z\"}", "b"),
        ("{\"a\": \"x\n, \"b\": \"z\"}", "b"),
        ("{\"a\": 'x,\n \"b\": \"z\"}", "b"),
        ("{\"a\": , \"b\": \"z\"}", "b"),
        ("{\"a\" , \"b\": \"z\"}", "b"),
        ("{\"a\":: 1, , \"b\": \"z\"}", "b"),
        ("{\"a\": one two, \"b\": \"z\"}", "b"),
        ("{% if x %}\n{\"a\": 1, \"b\": \"z\"}", "b"),
        ("{\"a\": {% if x %} 1 {% endif %}, \"b\": \"z\"}", "b"),
        ("{{{- if .x }}\"a\": 1,{{ end }} \"b\": \"z\"}", "b"),
        ("[{{#each x}}{\"b\": \"z\"}{{/each}}]", "[0].b"),
        ("{\"q\": {\"a\": 1]], \"b\": \"z\"}}", "q.b"),
        ("{ {\"a\": 1}, \"b\": \"z\"}", "b"),
        ("{ [1, {\"a\": 2}], \"b\": \"z\"}", "b"),
        ("var x = {\"b\": \"z\"};", "b"),
        ("cb({\"b\": \"z\"})", "b"),
        (")]}',\n{\"b\": \"z\"}", "#2.b"),
        ("\"a\": 1,\n\"b\": \"z\"", "b"),
        ("\"a\": {\"x\": 1}},\n\"b\": \"z\"", "b"),
        ("Content-Type: application/json\n\n{\"b\": \"z\"}", "b"),
        ("# comment\n{\"b\": \"z\"}", "b"),
        ("{\"a\": \"x\ny\", \"b\": \"z\"}", "b"),
        ("{\"a\" {\"b\": \"z\"}}", "a.b"),
        ("{\"a\": 1 /* open\n, \"b\": \"z\"}", "b"),
        ("{\"a\": b.example.org, \"b\": \"z\"", "b"),
        ("{\"a\": {\"b\": \"z", "a.b"),
    ];
    for (source, path) in table {
        check(source);
        assert!(Json.read(source).problem().is_some(), "{source}");
        let found = values(source);
        let value = found.iter().find(|(_, text, _)| text == "z");
        let found_path = value.map_or("none", |(path, _, _)| path.as_str());
        assert_eq!(found_path, path, "{source}\n{found:?}");
    }
}

#[test]
fn broken_values_are_kept_as_far_as_they_go() {
    assert_plain("{\"a\": \"https://x.exa", &[("a", "https://x.exa")]);
    assert_plain("{\"a\": \"x.example.org,\r\n}", &[("a", "x.example.org")]);
    assert_plain(
        "{a: http://x.example.org/y}",
        &[("a", "http://x.example.org/y")],
    );
    assert_plain("[a\n\"b\"]", &[("[0]", "a"), ("[1]", "b")]);
    assert_plain("{\"a\": \"x\ny\"}", &[("a", "x\ny")]);
    assert_plain("{\"a\": \"x\n\"}", &[("a", "x\n")]);
    assert_eq!(
        problem("{\"a\": 1"),
        (7, "a bracket is not closed".to_owned())
    );
    assert_eq!(problem("[1 2]"), (3, "a comma is missing".to_owned()));
}

#[test]
fn long_texts_take_linear_time() {
    let units = [
        "[", "{", "{{", "}", "\"", "'", "/*", "\\\"\n", "\"\n", "{\"a\":", "\"\\", "${", "#{x",
        "{%", "{{if", "\"x\n y", ":", "\n", "x ", ",",
    ];
    for unit in units {
        for begin in ["", "{\"a\": \"\n"] {
            let source = format!("{begin}{}", unit.repeat(100_000));
            let clock = std::time::Instant::now();
            let _ = Json.read(&source);
            assert!(clock.elapsed().as_secs() < 60, "{unit:?}");
        }
    }
}
