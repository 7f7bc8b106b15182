//! Tests of the shell reader.

use super::*;
use crate::syntax::testing::{assert_plain, assert_values, check, comments, linear_time, values};

#[test]
fn assignments_are_read() {
    for (source, expected) in [
        (
            "URL=https://a.example.org/#b",
            ("URL", "https://a.example.org/#b"),
        ),
        ("export URL=\"a b\" # c", ("URL", "a b")),
        ("local -r URL='a'", ("URL", "a")),
        ("declare -x URL=a; true", ("URL", "a")),
        (
            "URL=\"${URL:-https://a.example.org}\"",
            ("URL", "${URL:-https://a.example.org}"),
        ),
        ("URL=$(curl \"a b\")", ("URL", "$(curl \"a b\")")),
        ("URL=", ("URL", "")),
        ("URL=\"\"", ("URL", "")),
        ("URL+=a", ("URL", "a")),
        ("URL[0]=a", ("\"URL[0]\"", "a")),
        ("alias a-b='c d'", ("a-b", "c d")),
        ("if URL=a; then", ("URL", "a")),
    ] {
        assert_plain(&Shell, source, &[expected]);
    }
    assert_eq!(Shell.read("A=\"\"").node(1).span, 3..3);
    assert_values(
        &Shell,
        "A=https://a.\\\nexample.org B=\"x\"'y'\nC=a\\ b",
        &[
            ("A", "https://a.example.org", "https://a.\\\nexample.org"),
            ("B", "xy", "x\"'y"),
            ("C", "a b", "a\\ b"),
        ],
    );
}

#[test]
fn arrays_are_sequences() {
    assert_plain(
        &Shell,
        "A=(a.example.org \"b c\" # d\n  e)\ndeclare -A B=([k]=v)\n",
        &[
            ("A[0]", "a.example.org"),
            ("A[1]", "b c"),
            ("A[2]", "e"),
            ("B.k", "v"),
        ],
    );
    assert!(Shell.read("A=(a").problem().is_some());
}

#[test]
fn what_is_redirected_after_assignments_comes_after_them() {
    let source = "export A=a.example.org > d.example.org\n";
    assert_plain(
        &Shell,
        source,
        &[("A", "a.example.org"), ("export.\">\"", "d.example.org")],
    );
    check(&Shell.read(source), source);
}

#[test]
fn words_stand_under_their_command() {
    for (source, expected) in [
        (
            "curl https://a.example.org b",
            &[("curl[0]", "https://a.example.org"), ("curl[1]", "b")][..],
        ),
        (
            "sudo -E curl -sS -H 'A: b' \\\n  https://a.example.org > out",
            &[
                ("curl.-H", "A: b"),
                ("curl[0]", "https://a.example.org"),
                ("curl.\">\"", "out"),
            ],
        ),
        (
            "curl --url=https://a.example.org",
            &[("curl.--url", "https://a.example.org")],
        ),
        (
            "curl --url \"https://a.example.org\" 2>/dev/null",
            &[("curl.--url", "https://a.example.org")],
        ),
        (
            "A=b java -Durl=c -jar d.jar",
            &[("A", "b"), ("java.-Durl", "c"), ("java.-jar", "d.jar")],
        ),
        (
            "docker run -e URL=a b",
            &[
                ("docker[0]", "run"),
                ("docker.URL", "a"),
                ("docker[1]", "b"),
            ],
        ),
        (
            "a -b.example.org -- -c",
            &[("a[0]", "-b.example.org"), ("a[1]", "-c")],
        ),
        (
            "a x | b y && c z; d w & e v",
            &[
                ("a[0]", "x"),
                ("b[0]", "y"),
                ("c[0]", "z"),
                ("d[0]", "w"),
                ("e[0]", "v"),
            ],
        ),
        (
            "a x\nif ! a y; then b; fi",
            &[("a[0][0]", "x"), ("a[1][0]", "y")],
        ),
        ("a <<< b 2>&1 &>c", &[("a.\"<<<\"", "b"), ("a.\">\"", "c")]),
        ("a <(b c) d", &[("a[0]", "<(b c)"), ("a[1]", "d")]),
        (
            "f() { a x\n}\n(( y = 1 << 2 ))\nb z",
            &[("a[0]", "x"), ("b[0]", "z")],
        ),
        ("$ curl a", &[("curl[0]", "a")]),
        (
            "for h in a b; do c $h; done",
            &[
                ("for[0]", "h"),
                ("for[1]", "in"),
                ("for[2]", "a"),
                ("for[3]", "b"),
                ("c[0]", "$h"),
            ],
        ),
    ] {
        assert_plain(&Shell, source, expected);
    }
}

#[test]
fn names_are_on_one_line() {
    for source in [
        "$ npm fund\n| `-- a@1\n+-- https://a.example.org/b\n| `-- c d\n",
        "`a\nb` c",
        "a -x`b\nc` d",
        "a > `b\nc` <<E\nd\nE\n",
        "tee `b\nc` <<E\nd\nE\n",
    ] {
        let tree = Shell.read(source);
        for node in tree.nodes() {
            let key = node.key.clone().map(|key| &source[key]);
            assert!(
                key.is_none_or(|key| !key.contains('\n')),
                "{source}: {key:?}"
            );
        }
    }
}

#[test]
fn heredocs_are_called_by_their_file_or_command() {
    assert_plain(
        &Shell,
        "cat > conf <<EOF && b\nurl=a\n\nit's\nEOF\npsql <<'X' | c\n\\$d\nX\nsudo tee f <<A\ne\nA\ng h",
        &[
            ("cat.\">\"", "conf"),
            ("conf", "url=a\n\nit's"),
            ("psql", "\\$d"),
            ("tee[0]", "f"),
            ("f", "e"),
            ("g[0]", "h"),
        ],
    );
    assert_values(
        &Shell,
        "a <<-EOF\r\n\tb.\\\r\n\tc\\$d\r\n\tEOF\r\n",
        &[("a", "b.\tc$d", "b.\\\r\n\tc\\$d")],
    );
}

#[test]
fn comments_begin_words() {
    let source = "#!/bin/sh\na b#c # d\nA='# e';# f\ng \\\n  # h\n\"# i\"";
    assert_eq!(comments(&Shell, source), ["#!/bin/sh", "# d", "# f", "# h"]);
}

#[test]
fn broken_texts_are_said_and_read_on() {
    for source in [
        "A='x\nb c",
        "A=\"x\nb c",
        "A=$(x\nb c",
        "A=${x\nb c",
        "a <<E\nb c",
        "A=`x\nb c",
    ] {
        assert!(Shell.read(source).problem().is_some(), "{source}");
        let found = values(&Shell, source);
        let last = found.last().expect("a value");
        assert_eq!(
            (last.0.as_str(), last.1.as_str()),
            ("b[0]", "c"),
            "{source}"
        );
    }
}

#[test]
fn long_texts_take_linear_time() {
    linear_time(
        &Shell,
        &[
            "a <<E\n",
            "a <<E <<F\n",
            "A=(",
            "A='",
            "\"$(",
            "${",
            "$'",
            "$'\\'",
            "`",
            "((",
            "a \"",
            "<(",
            "a -b ",
            "\\\n",
            "a=b\n",
            "a\n",
            "${'",
            "\"${'",
            "'\"",
            "a <<-'E'\n\tb\nE\n",
            ">",
            "a > b",
            "$((",
            ";",
            "(( \n",
        ],
    );
}
