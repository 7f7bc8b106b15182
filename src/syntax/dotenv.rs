//! Environment files: `.env`, those of containers and of systemd.

use super::glyphs::{
    Glyph, SourceLine, char_at, closing_quote, glyphs, is_blank, record_keyed, skip_blanks,
    starts_at, text_start, trimmed,
};
use super::tree::{NodeKind, Syntax, Tree, TreeBuilder};
use super::word_grammar::{Continued, Grammar, WordEscapes};

const GRAMMAR: Grammar = Grammar {
    escape: '\\',
    quotes: &['"', '\'', '`'],
    outside: WordEscapes::None,
    inside: WordEscapes::Letters("\"$`"),
    lines: Continued::Directly,
};

/// Reads environment files.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dotenv;

impl Syntax for Dotenv {
    fn read(&self, source: &str) -> Tree {
        let mut builder = TreeBuilder::new(NodeKind::Mapping);
        let mut at = text_start(source);
        while at < source.len() {
            let line = SourceLine::starting_at(source, at);
            let start = line.text_start(source);
            at = match source.as_bytes().get(start) {
                Some(b'#' | b';') => {
                    builder.comment(start..line.end);
                    line.next
                }
                Some(_) if start < line.end => entry(&mut builder, source, start),
                _ => line.next,
            };
        }
        builder.finish(source.len())
    }
}

/// Reads the variable at `start`; gives the start of the next line.
fn entry(builder: &mut TreeBuilder, source: &str, start: usize) -> usize {
    let line = SourceLine::starting_at(source, start);
    let listed = after_word(source, start, "-").unwrap_or(start);
    let exported = after_word(source, listed, "export");
    let key_start = exported.unwrap_or(listed);
    let key: Vec<Glyph> = glyphs(source, key_start..line.end)
        .take_while(|g| !is_blank(g.c) && g.c != '=' && !is_colon(source, *g))
        .collect();
    let key_end = key.last().map_or(key_start, |g| g.end);
    let separator = skip_blanks(source, key_end);
    let found = char_at(source, separator).is_some_and(|c| matches!(c, '=' | ':'));
    if key.is_empty() || !found {
        // `export NAME` hands a variable on that was set elsewhere.
        if exported.is_none() || found {
            builder.problem(start, "no variable and value");
        }
        return line.next;
    }
    let from = skip_blanks(source, separator + 1);
    let value = quoted(source, from).unwrap_or_else(|| unquoted(source, from));
    if let Some(quote) = value.unclosed {
        builder.problem(quote, "a quote that is not closed");
    }
    record_keyed(builder, source, &key, &value.glyphs, value.empty_at);
    let rest = SourceLine::starting_at(source, value.end);
    match char_at(source, skip_blanks(source, rest.start)) {
        Some('#') => builder.comment(skip_blanks(source, rest.start)..rest.end),
        Some(c) if !matches!(c, '\r' | '\n') => {
            builder.problem(rest.start, "text after a quoted value");
        }
        _ => {}
    }
    rest.next
}

/// Where the text after a word and white space begins.
fn after_word(source: &str, at: usize, word: &str) -> Option<usize> {
    let after = at + word.len();
    (starts_at(source, at, word) && char_at(source, after).is_some_and(is_blank))
        .then(|| skip_blanks(source, after))
}

/// A colon separates only with white space after it; otherwise it is one of an address.
fn is_colon(source: &str, glyph: Glyph) -> bool {
    glyph.c == ':' && char_at(source, glyph.end).is_none_or(char::is_whitespace)
}

struct DotenvValue {
    glyphs: Vec<Glyph>,
    /// Where an empty value is.
    empty_at: usize,
    /// The byte after the value and its quotes.
    end: usize,
    unclosed: Option<usize>,
}

/// A value that begins with a quote; more may be directly after the closing one.
fn quoted(source: &str, from: usize) -> Option<DotenvValue> {
    string_end(source, from)?;
    let mut value = DotenvValue {
        glyphs: Vec::new(),
        empty_at: from + 1,
        end: from,
        unclosed: None,
    };
    // A comment may be directly after a quote.
    let mut after_quote = false;
    while let Some(c) = char_at(source, value.end).filter(|c| !c.is_whitespace()) {
        if after_quote && c == '#' {
            break;
        }
        after_quote = false;
        let next = value.end + c.len_utf8();
        if let Some(close) = string_end(source, value.end) {
            let raw: Vec<Glyph> = glyphs(source, next..close).collect();
            let escapes = if c == '"' {
                GRAMMAR.inside
            } else {
                WordEscapes::None
            };
            GRAMMAR.unescape(&raw, escapes, &mut value.glyphs);
            value.end = close + 1;
            after_quote = true;
        } else {
            // An escaped quote opens nothing; to look for its end each time would be slow.
            let escaped = char_at(source, next).filter(|e| c == '\\' && !e.is_whitespace());
            let end = next + escaped.map_or(0, char::len_utf8);
            value.glyphs.extend(glyphs(source, value.end..end));
            value.end = end;
        }
    }
    Some(value)
}

/// The closing quote of the string whose opening quote is at `at`.
fn string_end(source: &str, at: usize) -> Option<usize> {
    let quote = char_at(source, at).filter(|c| GRAMMAR.quotes.contains(c))?;
    closing_quote(source, at + 1, quote, quote == '"', '#')
}

/// A value up to the end of its line or to a comment.
fn unquoted(source: &str, from: usize) -> DotenvValue {
    let line = GRAMMAR.join(source, SourceLine::starting_at(source, from), |_| {});
    let unclosed = char_at(source, from).filter(|c| GRAMMAR.quotes.contains(c));
    DotenvValue {
        glyphs: trimmed(&line.text).to_vec(),
        empty_at: from,
        end: line.end,
        unclosed: unclosed.map(|_| from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::testing::{assert_plain, assert_values, comments, linear_time, values};

    #[test]
    fn variables_are_read() {
        for (source, expected) in [
            (
                "URL=https://a.example.org/#x",
                ("URL", "https://a.example.org/#x"),
            ),
            ("export URL=a", ("URL", "a")),
            ("  export\tURL = a b  # c", ("URL", "a b")),
            (
                "URL: https://a.example.org",
                ("URL", "https://a.example.org"),
            ),
            ("- URL=a", ("URL", "a")),
            ("export=a", ("export", "a")),
            ("URL=\r\n", ("URL", "")),
            ("URL= # none", ("URL", "")),
            ("URL=#a", ("URL", "#a")),
            ("URL=a\\b", ("URL", "a\\b")),
            ("URL='a # b'# c", ("URL", "a # b")),
            ("URL=\"a\" # c", ("URL", "a")),
            ("URL=`a \"b\" 'c'`", ("URL", "a \"b\" 'c'")),
            ("URL=\"\"", ("URL", "")),
            ("URL='a\\'", ("URL", "a\\")),
            ("URL=it's", ("URL", "it's")),
            ("URL=\"a\nb=c\n\"", ("URL", "a\nb=c\n")),
            ("a.b=c", ("\"a.b\"", "c")),
        ] {
            assert_plain(&Dotenv, source, &[expected]);
        }
    }

    #[test]
    fn escapes_and_pieces_are_decoded() {
        assert_values(
            &Dotenv,
            "A=\"x\\\"\\n\\$y\\d\\\\\"\nB=\"a.\"'b.'c\nC=a.\\\nb\nD=\"a.\\\r\nb\"",
            &[
                ("A", "x\"\n$y\\d\\", "x\\\"\\n\\$y\\d\\\\"),
                ("B", "a.b.c", "a.\"'b.'c"),
                ("C", "a.b", "a.\\\nb"),
                ("D", "a.b", "a.\\\r\nb"),
            ],
        );
    }

    #[test]
    fn an_empty_string_stands_between_its_quotes() {
        let tree = Dotenv.read("A=\"\"");
        assert_eq!(tree.node(1).span, 3..3);
        assert_eq!(tree.node(1).key, Some(0..1));
    }

    #[test]
    fn comments_are_told_from_values() {
        let source = "# a\n; b\nC=d # e\nF='g' #h\nI=j#k\nL=\"m\n# n\"";
        assert_eq!(comments(&Dotenv, source), ["# a", "; b", "# e", "#h"]);
    }

    #[test]
    fn a_quote_that_is_not_closed_ends_with_its_line() {
        let source = "A=\"x\nB=\"y\"\nC='z";
        let found = values(&Dotenv, source);
        let texts: Vec<&str> = found.iter().map(|v| v.1.as_str()).collect();
        assert_eq!(texts, ["\"x", "y", "'z"]);
        assert_eq!(Dotenv.read(source).problem().expect("broken").at, 2);
    }

    #[test]
    fn lines_without_a_variable_are_said() {
        for source in ["a b", "=a", "https://a.example.org", "export =a"] {
            assert!(Dotenv.read(source).problem().is_some(), "{source}");
            assert!(values(&Dotenv, source).is_empty(), "{source}");
        }
        assert_eq!(Dotenv.read("export A\n").problem(), None);
    }

    #[test]
    fn long_texts_take_linear_time() {
        linear_time(
            &Dotenv,
            &[
                "A=\"\n",
                "A='\nB=\"\n",
                "A=\\\n",
                "A=\"\\\"",
                "A=''\"\"",
                "A=\"a\nB='c\n",
                "A=\"\"'",
                "A=''\\\"\n",
                "'\"",
            ],
        );
    }
}
