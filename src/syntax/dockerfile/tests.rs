//! Tests of the reader of build files.

use super::*;
use crate::syntax::testing::{assert_plain, assert_values, comments, linear_time, values};

#[test]
fn instructions_are_read() {
    for (source, expected) in [
        (
            "FROM --platform=x a.example.org:5000/b:1 AS c",
            &[("FROM", "a.example.org:5000/b:1")][..],
        ),
        (
            "from a\r\nFROM b\r\n",
            &[("FROM[0]", "a"), ("FROM[1]", "b")],
        ),
        (
            "ENV A=b C=\"d e\" F='g' H=",
            &[
                ("ENV.A", "b"),
                ("ENV.C", "d e"),
                ("ENV.F", "g"),
                ("ENV.H", ""),
            ],
        ),
        (
            "ENV A https://a.example.org b",
            &[("ENV.A", "https://a.example.org b")],
        ),
        ("ENV A=1\nENV A=2", &[("ENV.A", "1"), ("ENV.A", "2")]),
        ("ARG A=b\nARG C", &[("ARG.A", "b"), ("ARG.C", "")]),
        (
            "LABEL \"a.b\"=\"c\" d=e",
            &[("LABEL.\"a.b\"", "c"), ("LABEL.d", "e")],
        ),
        (
            "RUN curl https://a.example.org # b",
            &[("RUN", "curl https://a.example.org # b")],
        ),
        (
            "CMD [\"a\", \"--url=b\", \"\"]",
            &[("CMD[0]", "a"), ("CMD[1]", "--url=b"), ("CMD[2]", "")],
        ),
        ("ENTRYPOINT []", &[]),
        ("RUN [ -f a ]", &[("RUN", "[ -f a ]")]),
        (
            "COPY --from=a.example.org/b /c /d",
            &[
                ("COPY.--from", "a.example.org/b"),
                ("COPY[0]", "/c"),
                ("COPY[1]", "/d"),
            ],
        ),
        (
            "ADD [\"https://a.example.org/b\", \"/c d\"]",
            &[("ADD[0]", "https://a.example.org/b"), ("ADD[1]", "/c d")],
        ),
        ("HEALTHCHECK CMD curl a", &[("HEALTHCHECK", "CMD curl a")]),
        ("WORKDIR /a", &[("WORKDIR", "/a")]),
    ] {
        assert_plain(&Dockerfile, source, expected);
    }
    assert_eq!(Dockerfile.read("ENV A=\"\"").node(2).span, 7..7);
}

#[test]
fn lines_are_continued_past_comments() {
    assert_values(
        &Dockerfile,
        "RUN curl \\\n  # c\n\n  https://a.\\  \r\nexample.org\nENV A=b\\ c \\\n D=\"e\\\"f\\g\"",
        &[
            (
                "RUN",
                "curl   https://a.example.org",
                "curl \\\n  # c\n\n  https://a.\\  \r\nexample.org",
            ),
            ("ENV.A", "b c", "b\\ c"),
            ("ENV.D", "e\"f\\g", "e\\\"f\\g"),
        ],
    );
    assert_values(
        &Dockerfile,
        "# syntax=a\n# escape=`\nENV A=C:\\b `\n C=d\nRUN e\\\nRUN f",
        &[
            ("ENV.A", "C:\\b", "C:\\b"),
            ("ENV.C", "d", "d"),
            ("RUN[0]", "e\\", "e\\"),
            ("RUN[1]", "f", "f"),
        ],
    );
    // A directive is at the top only.
    let expected = [("RUN", "a `"), ("CMD", "b")];
    assert_plain(&Dockerfile, "# a\n# escape=`\nRUN a `\nCMD b", &expected);
}

#[test]
fn lists_are_decoded() {
    assert_values(
        &Dockerfile,
        "CMD [\"a\\u002eb\\/\\\"\", \\\n \"c\"]",
        &[
            ("CMD[0]", "a.b/\"", "a\\u002eb\\/\\\""),
            ("CMD[1]", "c", "c"),
        ],
    );
}

#[test]
fn heredocs_are_values() {
    assert_plain(
        &Dockerfile,
        "RUN <<EOF\ncurl a\n# b\nEOF\nRUN python3 <<\"X\" && c\nd\nX\nCOPY <<A <<B /e/\nf\nA\ng\nB\nCMD h",
        &[
            ("RUN[0]", "curl a\n# b"),
            ("RUN[0]", "python3 <<\"X\" && c"),
            ("RUN[1]", "d"),
            ("COPY[0]", "<<A"),
            ("COPY[1]", "<<B"),
            ("COPY[2]", "/e/"),
            ("COPY[3]", "f"),
            ("COPY[4]", "g"),
            ("CMD", "h"),
        ],
    );
    assert_values(
        &Dockerfile,
        "RUN <<-E\n\ta\n\tb\n\tE\n",
        &[("RUN", "a\nb", "a\n\tb")],
    );
    assert_plain(
        &Dockerfile,
        "RUN a <<< b\nRUN ((1<<2))",
        &[("RUN[0]", "a <<< b"), ("RUN[1]", "((1<<2))")],
    );
}

#[test]
fn comments_are_found() {
    let source = "# a\nFROM b # c\nRUN d \\\n # e\n  f\n  # g\nRUN <<E\n# h\nE\n";
    assert_eq!(comments(&Dockerfile, source), ["# a", "# e", "# g"]);
}

#[test]
fn broken_texts_are_said_and_read_on() {
    for source in [
        "<x>\nCMD b",
        "ENV A=b c\nCMD b",
        "RUN <<E\nCMD b",
        "RUN a <<E\nCMD b",
        "COPY <<E a\nCMD b",
    ] {
        assert!(Dockerfile.read(source).problem().is_some(), "{source}");
        let found = values(&Dockerfile, source);
        let last = found.last().expect("a value");
        assert_eq!((last.0.as_str(), last.1.as_str()), ("CMD", "b"), "{source}");
    }
    // A quote that is not closed covers the rest of its instruction.
    let expected = [("ENV.A", "b C=d", "b C=d"), ("CMD", "e", "e")];
    assert_values(&Dockerfile, "ENV A=\"b C=d\nCMD e", &expected);
}

#[test]
fn long_texts_take_linear_time() {
    linear_time(
        &Dockerfile,
        &[
            "\\\n",
            "# a\n",
            "RUN a\\\n#b\n",
            "RUN <<E\n",
            "COPY <<A <<B c\n",
            "ENV A=",
            "ENV \"",
            "CMD [\"",
            "[\"a\",",
            "COPY --a=b ",
            "COPY --",
            "<<E ",
            "A\n",
            "ENV a=b ",
            "RUN \\\n\n",
            "`",
            "<",
            "--a ",
        ],
    );
}
