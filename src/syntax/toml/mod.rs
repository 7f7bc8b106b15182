//! TOML. Tables that continue the one before share its groups; tables that come back to an older
//! one are further groups of the same name.

mod builder;
mod string;

use toml_parser::lexer::Token;
use toml_parser::parser::{RecursionGuard, parse_document};
use toml_parser::{ParseError, Source};

use super::tree::{Syntax, Tree};
use builder::TomlBuilder;

/// TOML files.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Toml;

/// Tokens of a text, blanks included; more than most files of 8 MiB have. What comes after is not read.
const MOST_TOKENS: usize = 1 << 21;
/// Arrays and inline tables in each other.
const DEEPEST: u32 = 128;

impl Syntax for Toml {
    fn read(&self, source: &str) -> Tree {
        let mut lexer = Source::new(source).lex();
        let tokens: Vec<Token> = lexer.by_ref().take(MOST_TOKENS).collect();
        let rest = lexer.next().map(|token| token.span().start());
        let mut reader = TomlBuilder::new(source);
        // The first one in the text: errors inside values are not reported in its order.
        let mut first: Option<ParseError> = None;
        let mut errors = |error: ParseError| {
            if first.as_ref().is_none_or(|f| place(&error) < place(f)) {
                first = Some(error);
            }
        };
        let mut guard = RecursionGuard::new(&mut reader, DEEPEST);
        parse_document(&tokens, &mut guard, &mut errors);
        let problem = first.map(|error| {
            let at = boundary(source, place(&error));
            (at, error.description().to_owned())
        });
        let more = rest.map(|at| (at, "more than is read of one file".to_owned()));
        reader.finish(problem.into_iter().chain(more).min())
    }
}

fn place(error: &ParseError) -> usize {
    let span = error.unexpected().or(error.context());
    span.map_or(0, |span| span.start())
}

fn boundary(source: &str, at: usize) -> usize {
    let mut at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::super::tree::Step;
    use super::*;
    use crate::syntax::testing;

    fn check(source: &str, expected: &[(&str, &str, &str)]) {
        let found = testing::values(&Toml, source);
        let found: Vec<_> = found
            .iter()
            .map(|(path, text, span)| (path.as_str(), text.as_str(), span.as_str()))
            .collect();
        assert_eq!(found, expected, "{source:?}");
    }

    fn check_order(source: &str) {
        testing::check(&Toml.read(source), source);
    }

    #[test]
    fn tables_and_dotted_keys_give_key_paths() {
        check(
            "a = 1\nb.\"c d\".e = 'x'\nb.f = true\n[g]\nh = 2\n[g.i] # c\nj = 1979-05-27 07:32:00Z\n[ g . k ]\nl = -1.5e3\n[m]\nn = nan\n",
            &[
                ("a", "1", "1"),
                ("b.\"c d\".e", "x", "x"),
                ("b.f", "true", "true"),
                ("g.h", "2", "2"),
                ("g.i.j", "1979-05-27 07:32:00Z", "1979-05-27 07:32:00Z"),
                ("g.k.l", "-1.5e3", "-1.5e3"),
                ("m.n", "nan", "nan"),
            ],
        );
        check(
            "[a]\nx = 1\n[b]\ny = 2\n[a.c]\nz = 3\n",
            &[("a.x", "1", "1"), ("b.y", "2", "2"), ("a.c.z", "3", "3")],
        );
    }

    #[test]
    fn arrays_of_tables_are_counted() {
        check(
            "[[a]]\nx = 1\n[a.b]\ny = 2\n[[a.c]]\nz = 3\n[[a.c]]\nz = 4\n[[a]]\nname = 'n'\n[[a.c]]\nz = 5\n[d]\n[[a]]\nx = 6\n",
            &[
                ("a[0].x", "1", "1"),
                ("a[0].b.y", "2", "2"),
                ("a[0].c[0].z", "3", "3"),
                ("a[0].c[1].z", "4", "4"),
                ("a[n].name", "n", "n"),
                ("a[n].c[0].z", "5", "5"),
                ("a[2].x", "6", "6"),
            ],
        );
        check(
            "[[a]]\nx = 1\n[[a]]\nx = 2\n",
            &[("a[0].x", "1", "1"), ("a[1].x", "2", "2")],
        );
    }

    #[test]
    fn inline_groups_nest() {
        check(
            "a = [1, [\"b\"], {c = 2, d.e = 3, d.f = [ # g\n 'h',\n]}]\ni = {}\nj = {k = {l = 4}}\n",
            &[
                ("a[0]", "1", "1"),
                ("a[1][0]", "b", "b"),
                ("a[2].c", "2", "2"),
                ("a[2].d.e", "3", "3"),
                ("a[2].d.f[0]", "h", "h"),
                ("j.k.l", "4", "4"),
            ],
        );
    }

    #[test]
    fn all_kinds_of_strings_are_read() {
        check(
            "a = \"x\\u002ey\\\\\\U0001F600\\t\"\nb = 'c\\d'\ne = \"\"\"\nf\n  g \"\" \\\n\n   h\"\"\"\"\ni = '''\r\nj\\\nk'''\nl = \"\"\nm = \"\"\"n\"\"\"\n",
            &[
                ("a", "x.y\\\u{1f600}\t", "x\\u002ey\\\\\\U0001F600\\t"),
                ("b", "c\\d", "c\\d"),
                ("e", "f\n  g \"\" h\"", "f\n  g \"\" \\\n\n   h\""),
                ("i", "j\\\nk", "j\\\nk"),
                ("l", "", ""),
                ("m", "n", "n"),
            ],
        );
        let source = "a = \"\"\"https://a.\\\r\n  example\\u002eorg\"\"\"\n";
        let tree = Toml.read(source);
        let mapped = tree.node(1).text.as_ref().expect("decoded");
        let at = mapped.text().find("a.example.org").expect("whole");
        let place = mapped.source(at..at + "a.example.org".len());
        assert_eq!(&source[place], "a.\\\r\n  example\\u002eorg");
    }

    #[test]
    fn comments_marks_and_line_ends_do_not_move_spans() {
        let source = "\u{feff}# é\r\na = 'b # c' # d\r\n[e] #f\r\n";
        check(source, &[("a", "b # c", "b # c")]);
        let tree = Toml.read(source);
        let comments: Vec<&str> = tree.comments().iter().map(|c| &source[c.clone()]).collect();
        assert_eq!(comments, ["# é", "# d", "#f"]);
        assert!(tree.problem().is_none());
        assert!(
            tree.key_at(&(source.find("a =").map_or(0..0, |a| a..a + 1)))
                .is_some()
        );
    }

    #[test]
    fn broken_texts_keep_what_was_understood() {
        for (source, at, expected) in [
            ("a = \nb = 1\n", 4, vec![("a", "", ""), ("b", "1", "1")]),
            ("a\nb = 1\n", 1, vec![("b", "1", "1")]),
            ("[a\nb = 1\n", 2, vec![("a.b", "1", "1")]),
            (
                "a = \"x\nb = 1\n",
                6,
                vec![("a", "x", "x"), ("b", "1", "1")],
            ),
            ("a = x y\n", 4, vec![("a", "x y", "x y")]),
            (
                "a = \"\\q\"\nb = 1",
                6,
                vec![("a", "\\q", "\\q"), ("b", "1", "1")],
            ),
            (
                "a = ['1' '2']\n[b]\nc = {,e = 3,,}\n",
                9,
                vec![("a[0]", "1", "1"), ("a[1]", "2", "2"), ("b.c.e", "3", "3")],
            ),
        ] {
            check(source, &expected);
            let problem = Toml.read(source).problem().map(|p| p.at);
            assert_eq!(problem, Some(at), "{source:?}");
        }
    }

    #[test]
    fn deep_and_hostile_texts_end() {
        for source in [
            format!("a = {}", "[".repeat(100_000)),
            format!("a = {}", "{a=".repeat(100_000)),
            format!("a = {}1{}\nb = 2\n", "[".repeat(300), "]".repeat(300)),
            "[[a]]\n".repeat(50_000),
            "[a.b]\n[c]\n".repeat(20_000),
            format!("a{} = 1", ".a".repeat(50_000)),
            "a = \"\"\"\n".repeat(20_001),
            "]}".repeat(50_000),
            format!("[{}]\n{}", "a.".repeat(50_000), "b = 1\n".repeat(50_000)),
            format!("[{}]\n{}", "a".repeat(500_000), "b = 1\n".repeat(50_000)),
        ] {
            check_order(&source);
        }
        let nested = format!("a = {}1{}\nb = 2\n", "[".repeat(300), "]".repeat(300));
        let tree = Toml.read(&nested);
        assert!(tree.problem().is_some());
        assert!(
            tree.members(0)
                .any(|m| tree.node(m).step == Step::Key("b".to_owned()))
        );
    }
}
