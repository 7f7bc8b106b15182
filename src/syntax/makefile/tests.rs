//! Tests of the reader of makefiles.

use super::*;
use crate::syntax::testing::{assert_plain, assert_values, comments, linear_time, values};

#[test]
fn variables_are_read() {
    for (source, expected) in [
        (
            "URL = https://a.example.org",
            ("URL", "https://a.example.org"),
        ),
        ("URL:=a", ("URL", "a")),
        ("URL ::= a", ("URL", "a")),
        ("URL ?= a b # c", ("URL", "a b")),
        ("URL += a", ("URL", "a")),
        ("URL != a", ("URL", "a")),
        ("URL=", ("URL", "")),
        ("export URL = a:b=c", ("URL", "a:b=c")),
        ("override export URL=a", ("URL", "a")),
        ("export = a", ("export", "a")),
        ("$(A:x=y)_B = c", ("\"$(A:x=y)_B\"", "c")),
        ("include a.mk", ("include", "a.mk")),
        ("define A =\nb\n  c\nendef\n", ("A", "b\n  c")),
        ("define A\nendef", ("A", "")),
    ] {
        assert_plain(&Makefile, source, &[expected]);
    }
}

#[test]
fn lines_are_continued() {
    assert_values(
        &Makefile,
        "A = b \\\r\n\tc\\\nd\nE = x\\#y # z\n",
        &[("A", "b c d", "b \\\r\n\tc\\\nd"), ("E", "x#y", "x\\#y")],
    );
    assert_values(
        &Makefile,
        "a:\n\tcurl https://a.\\\n\texample.org\n",
        &[(
            "a[0]",
            "curl https://a.example.org",
            "curl https://a.\\\n\texample.org",
        )],
    );
}

#[test]
fn recipes_stand_under_their_target() {
    assert_plain(
        &Makefile,
        "A = 1\nbuild test: dep $(B:x=y)\n\t@curl a\n\n# c\nifeq ($(A),1)\n\t-b\nendif\nrun::\n\tc\n\
             x: URL = d\nz: ; e\n\tf\nG = 2\n\tH = 3\n",
        &[
            ("A", "1"),
            ("\"build test\"", "dep $(B:x=y)"),
            ("\"build test\"[0]", "curl a"),
            ("\"build test\"[1]", "b"),
            ("run[0]", "c"),
            ("x.URL", "d"),
            ("z[0]", "e"),
            ("z[1]", "f"),
            ("G", "2"),
            ("H", "3"),
        ],
    );
}

#[test]
fn comments_are_found() {
    let source = "# a \\\n  b\nA = c#d\na: e # f\n\t# g\n\techo '# h'\n";
    assert_eq!(
        comments(&Makefile, source),
        ["# a \\\n  b", "#d", "# f", "# g"]
    );
}

#[test]
fn broken_texts_are_said_and_read_on() {
    let source = "a b c\nA = b\n";
    assert!(Makefile.read(source).problem().is_some());
    assert_eq!(values(&Makefile, source)[0].0, "A");
    assert!(Makefile.read("define A\nb").problem().is_some());
    for source in ["$(info a b)", "export A", "vpath a b", "else", "export"] {
        assert_eq!(Makefile.read(source).problem(), None, "{source}");
    }
}

#[test]
fn long_texts_take_linear_time() {
    linear_time(
        &Makefile,
        &[
            "a:\n\t",
            "a:\n",
            "\\\n",
            " \\\n",
            "define a\n",
            "export ",
            "$(",
            "a=b\n",
            "\\#",
            "a:b;",
            "\t",
            "#\\\n",
            ":",
            "a:\n\tb\\\n",
        ],
    );
}
