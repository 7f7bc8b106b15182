//! Tests of the ends and the escapes of strings.

use super::*;

fn decoded(content: &str, escapes: StringEscapes, quote: u8) -> Mapped {
    let mut mapped = Mapped::new();
    decode(content, 0..content.len(), escapes, quote, &mut mapped);
    mapped
}

#[test]
fn escapes_say_what_the_language_means() {
    const C: StringEscapes = StringEscapes::Backslash(Digits::Octal, "/");
    const NONE: StringEscapes = StringEscapes::Backslash(Digits::None, "");
    const FOLDING: StringEscapes = StringEscapes::Folding(Digits::None, "");
    const LUA: StringEscapes = StringEscapes::Backslash(Digits::Decimal, "");
    for (content, escapes, expected) in [
        (r"a\x2eb\u002ec\56d\U0000002ee", C, "a.b.c.d.e"),
        (r"a\u{2e}b\x{2E}c\x002edev\x00de", C, "a.b.c.dev\0de"),
        (r"a\.b\/c\q", C, r"a\.b/c\q"),
        (r"a\/b", NONE, r"a\/b"),
        ("a\\\nb\\\r\nc", C, "abc"),
        ("a\\\n  b", C, "a  b"),
        ("a\\\n \tb\\\r\n  c\\n  d", FOLDING, "abc\n  d"),
        (r"\n\t\\\'", C, "\n\t\\'"),
        (r"a\46b\056c", LUA, "a.b8c"),
        (r"\0\7", NONE, "\0\\7"),
        (
            r"\u12 \x \u{} \u{110000} \ud800",
            C,
            "\\u12 \\x \\u{} \u{fffd} \u{fffd}",
        ),
        (r"a\nb\\c", StringEscapes::Quote, r"a\nb\c"),
        (r"a\x2eb", StringEscapes::Kept, r"a\x2eb"),
        ("a\"\"b", StringEscapes::Doubled, "a\"b"),
        (
            "a`nb`u{2e}c`\"d\"\"e",
            StringEscapes::Backquote,
            "a\nb.c\"d\"e",
        ),
        ("ä\\", C, "ä\\"),
    ] {
        assert_eq!(
            decoded(content, escapes, b'"').text(),
            expected,
            "{content}"
        );
    }
}

#[test]
fn decoded_characters_know_their_bytes() {
    let mapped = decoded(r"ä\x2eb", StringEscapes::Backslash(Digits::Octal, ""), b'"');
    assert_eq!(mapped.text(), "ä.b");
    assert_eq!(mapped.source(2..3), 2..6);
    assert_eq!(mapped.source(3..4), 6..7);
}

#[test]
fn strings_end_at_their_quote() {
    const C: StringEscapes = StringEscapes::Backslash(Digits::Octal, "");
    const CODE: &[(&str, u8)] = &[("${", b'}')];
    let quotes = |mark, multiline, code| QuoteStyle {
        mark,
        escapes: StringEscapes::Plain,
        multiline,
        code,
    };
    for (source, quotes, escapes, expected) in [
        ("a\\\"b\"c", quotes("\"", false, &[]), C, Ok(4)),
        (
            "a\nb\"",
            quotes("\"", false, &[]),
            C,
            Err(Unclosed { at: 1 }),
        ),
        ("a\\\nb\"", quotes("\"", false, &[]), C, Ok(4)),
        (
            "a\"\"b\"c",
            quotes("\"", false, &[]),
            StringEscapes::Doubled,
            Ok(4),
        ),
        ("a\"b\"\"\"c", quotes("\"\"\"", true, &[]), C, Ok(3)),
        ("${f(\"}\")}\"c", quotes("\"", false, CODE), C, Ok(9)),
        ("${ \"c", quotes("\"", false, CODE), C, Ok(3)),
    ] {
        let mut flat = 0;
        let classes = Classes::of_quotes(&quotes);
        let end = content_end(source.as_bytes(), 0, &quotes, escapes, &classes, &mut flat);
        assert_eq!(end, expected, "{source}");
    }
}
