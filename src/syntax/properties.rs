//! Java properties: keys and values with escapes, and lines that are continued.

use std::ops::Range;

use super::glyphs::{
    Glyph, SourceLine, glyphs, is_blank, record_keyed, skip_blanks, text_start, unicode,
};
use super::tree::{NodeKind, Step, Syntax, Tree, TreeBuilder};

/// Reads Java properties. A key is one step, with its dots.
#[derive(Debug, Clone, Copy)]
pub(super) struct Properties;

impl Syntax for Properties {
    fn read(&self, source: &str) -> Tree {
        let mut builder = TreeBuilder::new(NodeKind::Mapping);
        let mut at = text_start(source);
        while at < source.len() {
            let line = SourceLine::starting_at(source, at);
            let start = line.text_start(source);
            at = match source.as_bytes().get(start) {
                Some(b'#' | b'!') => {
                    builder.comment(start..line.end);
                    line.next
                }
                Some(_) if start < line.end => {
                    match plain_entry(&mut builder, source, start..line.end) {
                        Some(()) => line.next,
                        None => entry(&mut builder, source, start),
                    }
                }
                _ => line.next,
            };
        }
        builder.finish(source.len())
    }
}

/// Reads the key and value of a line without escapes, which says what it says.
fn plain_entry(builder: &mut TreeBuilder, source: &str, line: Range<usize>) -> Option<()> {
    let text = source.get(line.clone())?;
    if memchr::memchr(b'\\', text.as_bytes()).is_some() {
        return None;
    }
    let key = text.find(|c| matches!(c, '=' | ':') || is_blank(c));
    let key = line.start..key.map_or(line.end, |length| line.start + length);
    let mut value = skip_blanks(source, key.end);
    if value < line.end && matches!(source.as_bytes()[value], b'=' | b':') {
        value = skip_blanks(source, value + 1);
    }
    let step = Step::Key(source.get(key.clone())?.to_owned());
    let range = (!key.is_empty()).then_some(key);
    builder.scalar(step, range, value..line.end);
    Some(())
}

/// Reads the key and value at `start`; gives the start of the next line.
fn entry(builder: &mut TreeBuilder, source: &str, start: usize) -> usize {
    let (line, next) = logical_line(source, start);
    let mut at = 0;
    while let Some(glyph) = line.get(at) {
        match glyph.c {
            '=' | ':' => break,
            c if is_blank(c) => break,
            '\\' => at += 2,
            _ => at += 1,
        }
    }
    let (key, rest) = line.split_at(at.min(line.len()));
    let blanks = |from: usize| {
        let blank = rest.iter().skip(from).take_while(|g| is_blank(g.c));
        from + blank.count()
    };
    let mut value_at = blanks(0);
    if rest.get(value_at).is_some_and(|g| matches!(g.c, '=' | ':')) {
        value_at = blanks(value_at + 1);
    }
    let (between, value) = rest.split_at(value_at.min(rest.len()));
    let empty_at = between.last().or(key.last()).map_or(start, |g| g.end);
    let key = decode(builder, key);
    let value = decode(builder, value);
    record_keyed(builder, source, &key, &value, empty_at);
    next
}

/// The characters of a line and of the lines that continue it, escapes as they are written.
fn logical_line(source: &str, start: usize) -> (Vec<Glyph>, usize) {
    let mut line = SourceLine::starting_at(source, start);
    let mut out = Vec::new();
    loop {
        let mut escaped = false;
        for glyph in glyphs(source, line.start..line.end) {
            escaped = glyph.c == '\\' && !escaped;
            out.push(glyph);
        }
        if !escaped {
            return (out, line.next);
        }
        out.pop();
        line = SourceLine::starting_at(source, skip_blanks(source, line.next));
    }
}

/// What the escapes say.
fn decode(builder: &mut TreeBuilder, raw: &[Glyph]) -> Vec<Glyph> {
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(glyph) = raw.get(at) {
        let escaped = raw.get(at + 1).filter(|_| glyph.c == '\\');
        let Some(escaped) = escaped else {
            out.push(*glyph);
            at += 1;
            continue;
        };
        let (c, length) = match escaped.c {
            't' => ('\t', 2),
            'n' => ('\n', 2),
            'r' => ('\r', 2),
            'f' => ('\x0c', 2),
            'u' => unicode(raw.get(at..).unwrap_or_default()).unwrap_or_else(|| {
                builder.problem(glyph.start, "\\u without four hexadecimal digits");
                ('u', 2)
            }),
            other => (other, 2),
        };
        let end = raw.get(at + length - 1).map_or(escaped.end, |g| g.end);
        out.push(Glyph {
            c,
            start: glyph.start,
            end,
        });
        at += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::testing::{assert_plain, assert_values, comments, linear_time, values};

    #[test]
    fn separators_are_understood() {
        for (source, expected) in [
            (
                "url=https://a.example.org",
                ("url", "https://a.example.org"),
            ),
            ("  url = a", ("url", "a")),
            ("url : a:b=c", ("url", "a:b=c")),
            ("url\ta b", ("url", "a b")),
            ("url a = b", ("url", "a = b")),
            ("url\r\n", ("url", "")),
            ("url=\n", ("url", "")),
            ("url=a # no comment", ("url", "a # no comment")),
            ("url=a \n", ("url", "a ")),
            ("a.b.c=d", ("\"a.b.c\"", "d")),
            ("\u{feff}a=b", ("a", "b")),
        ] {
            assert_plain(&Properties, source, &[expected]);
        }
    }

    /// What the quick way records for a line is what the other one records.
    #[test]
    fn lines_without_escapes_are_read_alike_in_both_ways() {
        for line in [
            "a=b",
            "a = b ",
            "a",
            "a ",
            "a=",
            "a =",
            "=b",
            ":",
            " ",
            "a b = c",
            "a\t:\x0c=b",
            "\u{e4}\u{a0}= \u{e4}",
            "a : : b",
            "a=b#c",
            "a  b",
        ] {
            let (mut quick, mut slow) = (
                TreeBuilder::new(NodeKind::Mapping),
                TreeBuilder::new(NodeKind::Mapping),
            );
            assert!(plain_entry(&mut quick, line, 0..line.len()).is_some());
            entry(&mut slow, line, 0);
            let (quick, slow) = (quick.finish(line.len()), slow.finish(line.len()));
            assert_eq!(format!("{quick:#?}"), format!("{slow:#?}"), "{line:?}");
        }
    }

    #[test]
    fn lines_end_with_every_line_break() {
        let expected = [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")];
        assert_plain(&Properties, "a=1\r\nb=2\rc=3\n\r\nd=4", &expected);
    }

    #[test]
    fn escapes_are_decoded_with_their_places() {
        assert_values(
            &Properties,
            "a\\:b\\=c\\ d\\u0041=x\\u002ey\\tz\\q\\\\",
            &[("\"a:b=c dA\"", "x.y\tzq\\", "x\\u002ey\\tz\\q\\\\")],
        );
        assert_values(
            &Properties,
            "smile=\\ud83d\\ude00 \\ud83d",
            &[("smile", "😀 \u{fffd}", "\\ud83d\\ude00 \\ud83d")],
        );
        let source = "a=x\\u002ey";
        let tree = Properties.read(source);
        let text = tree.node(1).text.clone().expect("decoded");
        assert_eq!(text.source(1..2), 3..9);
        assert_eq!(text.source(0..3), 2..10);
    }

    #[test]
    fn lines_are_continued_without_their_indentation() {
        assert_values(
            &Properties,
            "a=x.\\\n   y.\\\r\n\tz\nb=c\\\\\nd\\\n = e\\",
            &[
                ("a", "x.y.z", "x.\\\n   y.\\\r\n\tz"),
                ("b", "c\\", "c\\\\"),
                ("d", "e", "e"),
            ],
        );
        // A mark of a comment continues a value; a comment is never continued.
        assert_values(
            &Properties,
            "a=\\\n  # x\n# y\\\nb=c",
            &[("a", "# x", "# x"), ("b", "c", "c")],
        );
    }

    #[test]
    fn comments_stand_at_the_line_start_only() {
        let source = "# a\n  !b\r\nc=d # e\nf=!g";
        assert_eq!(comments(&Properties, source), ["# a", "!b"]);
    }

    #[test]
    fn a_broken_escape_is_said() {
        let source = "a=\\u00g1\nb=c";
        assert_eq!(Properties.read(source).problem().expect("broken").at, 2);
        assert_eq!(values(&Properties, source)[0].1, "u00g1");
        assert_eq!(values(&Properties, source)[1].0, "b");
    }

    #[test]
    fn long_texts_take_linear_time() {
        linear_time(
            &Properties,
            &["\\\n", "a\\", "=", " \n", "a\n", "\\u0", "#\\\n"],
        );
    }
}
