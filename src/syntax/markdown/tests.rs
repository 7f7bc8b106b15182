//! Tests of the Markdown reader.

use super::*;
use crate::syntax::any_text::only_code_at_the_root;
use crate::syntax::testing;

fn values(source: &str) -> Vec<String> {
    testing::written(&Markdown::Plain.read(source), source)
}

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    assert_eq!(values(source), expected, "{source}");
    assert_eq!(Markdown::Plain.read(source).problem(), None, "{source}");
}

#[test]
fn fenced_code() {
    check(
        "# A\n\nprose `code`\n```yaml title=b\nc: d\n\n  e: f\n```\n~~~~\n```\n~~~\n~~~~\n```{.sh}\r\ng\r\nh\r\n```\r\n``` i ` j\n",
        &["yaml=c: d\n\n  e: f", "code=```\n~~~", "sh=g\r\nh"],
    );
    check("```\n```\n", &[]);
    check("```\n> a\n```\n", &["code=> a"]);
}

#[test]
fn fenced_code_in_lists_and_quotes_is_read_without_their_marks() {
    check(
        "1. a\n\n   ```json\n   {\n     \"b\": 1\n   }\n   ```\n2. c\n",
        &[
            "list[0][0]=a",
            "json={\n  \"b\": 1\n}<{\n     \"b\": 1\n   }>",
            "list[1][0]=c",
        ],
    );
    check(
        "> ```sh\n> d\n>  e\n>\n> f\n> ```\n> g\n",
        &["sh=d\n e\n\nf<d\n>  e\n>\n> f>"],
    );
    check("> ```sh\n> h\ni\n", &["sh=h"]);
    check("- ```sh\n  j\n  ```\n", &["sh=j"]);
}

#[test]
fn decoded_code_knows_its_bytes() {
    let source = "  ```\n  ab\n  c\n  ```\n";
    let tree = Markdown::Plain.read(source);
    let mapped = tree.node(1).text.clone().expect("a decoded value");
    assert_eq!(mapped.text(), "ab\nc");
    assert_eq!(mapped.source(0..2), 8..10);
    assert_eq!(mapped.source(3..4), 13..14);
}

#[test]
fn indented_code() {
    check(
        "a\n    b\n\n    c\n      d\n\n\te\n\nf\n# g\n    h\n",
        &["code[0]=c\n  d\n\ne<c\n      d\n\n\te>", "code[1]=h"],
    );
    check(
        "- a\n\n  b\n\n      c\n- d\n\n    e\n",
        &["list[0][0]=a", "code=c", "list[1][0]=d"],
    );
}

#[test]
fn tables() {
    check(
        "a | b\n\n| Name | **Base** `URL` | |\n|:--|---|:-:|\n| dev | `https://a` | b\\|c |\n| _int_ || x | y\nprose\n\nc | d\n--|--\ne | f\n",
        &[
            "table[0][dev].Name=dev",
            "table[0][dev].\"Base URL\"=https://a",
            "table[0][dev].\"\"=b\\|c",
            "table[0][_int_].Name=_int_",
            "table[0][_int_].\"Base URL\"=",
            "table[0][_int_].\"\"=x",
            "table[0][prose].Name=prose",
            "table[1][0].c=e",
            "table[1][0].d=f",
        ],
    );
    let source = "| A |\n|---|\n| b |\n";
    let tree = Markdown::Plain.read(source);
    assert_eq!(tree.node(1).kind, NodeKind::Sequence);
    assert_eq!(tree.node(2).kind, NodeKind::Mapping);
    assert_eq!(tree.node(3).key, Some(2..3));
}

#[test]
fn lists() {
    check(
        "- a\n* [ ] b `c`\n   more\n   + d\n\n10) e\n\nf\n\n- g\n***\n-h\n- \n",
        &[
            "list[0][0]=a",
            "list[0][1]=[ ] b `c`",
            "list[0][2]=d",
            "list[0][3]=e",
            "list[1][0]=g",
        ],
    );
}

#[test]
fn comments_and_front_matter() {
    let source = "---\na: b\n---\nc <!-- d --> e <!-- f\n--> g\n`<!-- h -->`\n\n<!-- i\n-->\n```\n<!-- j -->\n```\n";
    check(source, &["front-matter=a: b", "code=<!-- j -->"]);
    let tree = Markdown::Plain.read(source);
    let comments: Vec<&str> = tree.comments().iter().map(|c| &source[c.clone()]).collect();
    assert_eq!(comments, ["<!-- d -->", "<!-- f\n-->", "<!-- i\n-->"]);
    let source = "<!--> a <b><!-- c\n\n- d\n--> </b>\n\n- e\n";
    check(source, &["list[0]=e"]);
    let tree = Markdown::Plain.read(source);
    let comments: Vec<&str> = tree.comments().iter().map(|c| &source[c.clone()]).collect();
    assert_eq!(comments, ["<!-->", "<!-- c\n\n- d\n-->"]);
    // A code block ends the paragraph in which a comment has begun.
    check("a <!-- b\n```\n-->\n```\n", &["code=-->"]);
    check("---\na: b\n", &[]);
    check("a\n\n---\nb\n---\n", &[]);
}

#[test]
fn broken_text_gives_what_is_understood() {
    for (source, expected) in [
        ("```sh\na\n", vec!["sh=a"]),
        ("<!-- a\n\n```\nb\n```\n", vec!["code=b"]),
    ] {
        assert_eq!(values(source), expected);
        assert!(Markdown::Plain.read(source).problem().is_some(), "{source}");
    }
}

#[test]
fn only_code_and_front_matter_are_values_at_the_root() {
    let source = "---\na: b\n---\n- c\n\n  ```sh\n  d\n  ```\n\n| e |\n|--|\n| f |\n\n    g\n\n> ```\n> h\n> ```\n\n1. i\n   - j\n";
    let tree = Markdown::Plain.read(source);
    only_code_at_the_root(&tree, source);
    let values: Vec<&Step> = tree
        .members(0)
        .map(|n| tree.node(n))
        .filter(|n| n.kind == NodeKind::Scalar)
        .map(|n| &n.step)
        .collect();
    let key = |name: &str| Step::Key(name.to_owned());
    assert_eq!(
        values,
        [&key("front-matter"), &key("sh"), &key("code"), &key("code")]
    );
    let groups = tree
        .members(0)
        .filter(|n| tree.node(*n).kind != NodeKind::Scalar);
    assert_eq!(groups.count(), 3);
}

#[test]
fn long_texts_take_linear_time() {
    testing::linear_time(
        &Markdown::Plain,
        &[
            "<!--",
            "<!--\n",
            "`",
            "``\n",
            "> ",
            ">",
            "- ",
            "|",
            "a|b\n--|--\n",
            "```\n",
            "~~~a\n> ",
            "    a\n",
            "\n",
            " ",
            "---\n",
            "` `` ",
        ],
    );
}
