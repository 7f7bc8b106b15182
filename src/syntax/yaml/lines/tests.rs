//! Tests of the quick YAML reader: it reads what the parser reads, or nothing.

use super::super::event_reader;
use super::*;

/// Says whether the text was read, and as the parser reads it.
#[track_caller]
fn agrees(source: &str) -> bool {
    let Some(tree) = read(source) else {
        return false;
    };
    let parsed = event_reader::read(source, source, &[]);
    assert!(!parsed.looks_templated, "{source:?}");
    assert_eq!(
        format!("{tree:#?}"),
        format!("{:#?}", parsed.tree),
        "{source:?}"
    );
    true
}

#[test]
fn usual_texts_are_read_like_the_parser_does() {
    for source in [
        "",
        "# a\n\n",
        "a: b\nc: d e # f\n\"g h\": 'i'\nj:k: l\n",
        "a:\n  b:\n    c: d\n  e:\nf:\n",
        "a:\n- b\n- c: d\n  e: f\n-\n- - g\n  - h\ni:\n  - j\n  -\n    k: l\n",
        "- a\n- b: c\n  d:\n  - e\n-\n",
        "  a: b\n  c:\n      d: e\n # f\n  g: h",
        "--- # a\nb: c\n---\n\n- d\n---\n---\ne: f\n",
        "a: []\nb: [ c, \"d e\", '', -f]\ng: {} # h\n",
        "a: [b, 'c d', $e/f.g]\r\nh: ''\r\n- i:\r\n",
        "a: |\n  b\n   c\n\n  d: # e\n\n# f\ng: |-\n  h\n- i\n",
        "a: |\n  b\n\n   c\nd:\n  - |-\n    e\n\n\n  - f: |\n      g",
        "a: -b\nc: https://a.example.org:443/d#e\nf: \u{e4} \u{1f600}\n",
    ] {
        let lines: Vec<&str> = source.split_inclusive('\n').collect();
        let mut read = 0;
        for end in 0..=lines.len() {
            read += usize::from(agrees(&lines[..end].concat()));
        }
        assert!(read * 2 > lines.len(), "{source:?}");
    }
}

#[test]
fn everything_else_is_left_to_the_parser() {
    for source in [
        "a: b\n  c\n",
        "a: \"b\n  c\"\n",
        "a: b: c\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !b c\n",
        "a: >\n  b\n",
        "a: |2\n  b\n",
        "a: |\n   \n  b\n",
        "a: |\nb: c\n",
        "a: {b: c}\n",
        "a: [b: c]\n",
        "a: [b,\n  c]\n",
        "a: [b,]\n",
        "a: \"b\\tc\"\n",
        "a: 'b''c'\n",
        "a: 'b' c\n",
        "? a\n: b\n",
        "a\n",
        "[a, b]\n",
        "a:\tb\n",
        "a: b\rc: d\n",
        "a: b\n- c\n",
        "  a: b\nc: d\n",
        "a:\n    b: c\n  d: e\n",
        "- a\nb: c\n",
        "...\n",
        "%YAML 1.2\n---\na: b\n",
        "{{ a }}: b\n",
        "a: {{ b }}\n",
        "a: \u{85}\n",
        "a: \0\n",
        "\u{feff}a: b\n",
    ] {
        assert!(read(source).is_none(), "{source:?}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]
    #[test]
    fn what_is_read_is_what_the_parser_reads(
        source in "((  ){0,3}(- ){0,2}([ab]: |[ab]:|- ?|'c': ?|\"d\" : |# |#)?([ef]( g)?|'h'|\"i\"|\\[j(, k)?\\]|\\{\\}|\\|-?| # l|-m|: |[-:,.&!?']|--- ?|\u{e9}|\t| )?\r?\n){1,8}"
    ) {
        agrees(&source);
    }

    #[test]
    fn lists_and_maps_are_read_as_the_parser_reads_them(
        lines in proptest::collection::vec((0_usize..4, 0_usize..9), 1..14)
    ) {
        const TEXTS: [&str; 9] =
            ["a:", "b: c", "- d", "- e: f", "-", "- g:", "# h", "- - i", "j: |"];
        let mut source = String::new();
        for (depth, text) in lines {
            source.push_str(&"  ".repeat(depth));
            source.push_str(TEXTS[text]);
            source.push('\n');
        }
        agrees(&source);
    }
}
