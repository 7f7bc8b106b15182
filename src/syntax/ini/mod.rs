//! Configuration files of lines: INI, those of git and systemd, and those of servers with their
//! words and blocks.

mod statement;
mod value;

use std::ops::Range;

use self::statement::{End, Statement, scan, separator};
use self::value::{block_name, indented, unquoted};
use super::glyphs::{
    SourceLine, char_at, record, record_keyed, skip_blanks, span_of, starts_at, text_of,
    text_start, trimmed,
};
use super::tree::{NodeKind, Step, Syntax, Tree, TreeBuilder};

/// Reads INI and similar configuration files.
#[derive(Debug, Clone, Copy)]
pub struct Ini;

impl Syntax for Ini {
    fn read(&self, source: &str) -> Tree {
        let mut reader = IniReader {
            source,
            builder: TreeBuilder::new(NodeKind::Mapping),
            groups: Vec::new(),
            items: vec![0],
        };
        let mut at = text_start(source);
        let mut line_start = Some(at);
        while at < source.len() {
            at = skip_blanks(source, at);
            match char_at(source, at) {
                Some('\r' | '\n') => {
                    at += 1;
                    line_start = Some(at);
                }
                Some(c) => {
                    let next = reader.step(c, at, line_start.map(|start| at - start));
                    at = next.max(at + c.len_utf8());
                    let before = source.as_bytes().get(at - 1);
                    let begins_line = matches!(before, Some(b'\r' | b'\n'));
                    line_start = begins_line.then_some(at);
                }
                None => break,
            }
        }
        if reader
            .groups
            .iter()
            .any(|group| *group != IniGroup::Section)
        {
            reader
                .builder
                .problem(source.len(), "a block that is not closed");
        }
        reader.builder.finish(source.len())
    }
}

/// What opened a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum IniGroup {
    /// `[name]`
    Section,
    /// `name {`
    Braces,
    /// `<Name>`
    Tag,
}

struct IniReader<'s> {
    source: &'s str,
    builder: TreeBuilder,
    groups: Vec<IniGroup>,
    /// Values without a key in each group.
    items: Vec<usize>,
}

impl IniReader<'_> {
    /// Reads what begins at `at`; gives the place after it. `indent` is known at the first text
    /// of a line only.
    fn step(&mut self, c: char, at: usize, indent: Option<usize>) -> usize {
        let in_block = self.groups.last() == Some(&IniGroup::Braces);
        match c {
            ';' if in_block && indent.is_none() => return at + 1,
            '#' | ';' => {
                let line = SourceLine::starting_at(self.source, at);
                self.builder.comment(at..line.end);
                return line.end;
            }
            '{' => {
                let step = self.next_item();
                self.open(IniGroup::Braces, step, None, at + 1);
                return at + 1;
            }
            '}' => {
                if in_block {
                    self.close(at);
                } else {
                    self.builder
                        .problem(at, "a closing brace without its opening one");
                }
                return at + 1;
            }
            '[' if indent.is_some() => {
                if let Some(next) = self.section(at, indent == Some(0)) {
                    return next;
                }
            }
            '<' if indent.is_some() => {
                if let Some(next) = self.tag(at) {
                    return next;
                }
            }
            _ => {}
        }
        self.statement(at, indent)
    }

    fn section(&mut self, at: usize, at_margin: bool) -> Option<usize> {
        let line = SourceLine::starting_at(self.source, at);
        let text = self.source.get(at..line.end)?;
        let in_block = self.groups.iter().any(|group| *group != IniGroup::Section);
        if in_block {
            if !at_margin || !text.trim_end().ends_with(']') {
                return None;
            }
            self.builder.problem(at, "a section in a block");
        }
        let Some(length) = text.find(']') else {
            self.builder.problem(at, "a section that is not closed");
            return None;
        };
        while !self.groups.is_empty() {
            self.close(at);
        }
        let behind = at + length + 1;
        let name = self.source.get(at + 1..at + length)?;
        let inner = at + 1..at + length;
        // `[remote "origin"]` is called `remote.origin`.
        match name.strip_suffix('"').and_then(|n| n.split_once(" \"")) {
            Some((outer, sub)) => {
                let start = inner.start + outer.len() + 2;
                self.open_named(inner.start..inner.start + outer.len(), behind);
                self.open_named(start..start + sub.len(), behind);
            }
            None => self.open_named(inner, behind),
        }
        Some(behind)
    }

    fn open_named(&mut self, name: Range<usize>, behind: usize) {
        let text = self.source.get(name.clone()).unwrap_or_default();
        let step = Step::Key(text.trim().to_owned());
        self.open(IniGroup::Section, step, Some(name), behind);
    }

    /// `<Name words>` and `</Name>` on a line of their own.
    fn tag(&mut self, at: usize) -> Option<usize> {
        let line = SourceLine::starting_at(self.source, at);
        let text = self.source.get(at + 1..line.end)?.trim_end();
        let inner = text.strip_suffix('>')?;
        if inner.contains(['<', '>']) || inner.ends_with('/') {
            return None;
        }
        if inner.starts_with('/') {
            if self.groups.last() == Some(&IniGroup::Tag) {
                self.close(at);
            } else {
                self.builder.problem(at, "an end without its beginning");
            }
        } else if inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let name = at + 1..at + 1 + inner.len();
            let step = Step::Key(inner.to_owned());
            self.open(IniGroup::Tag, step, Some(name), at + 1 + text.len());
        } else {
            return None;
        }
        Some(line.end)
    }

    fn statement(&mut self, at: usize, indent: Option<usize>) -> usize {
        let in_block = self.groups.last() == Some(&IniGroup::Braces);
        let mut statement = scan(self.source, at, in_block);
        let brace = skip_white(self.source, statement.next);
        if statement.end == End::Line
            && statement.comment.is_none()
            && starts_at(self.source, brace, "{")
            && separator(&statement.glyphs).is_none()
        {
            statement.end = End::Open;
            statement.next = brace + 1;
        }
        let mut next = statement.next;
        if statement.end == End::Open {
            let name = block_name(&statement.glyphs);
            let step = if name.is_empty() {
                self.next_item()
            } else {
                Step::Key(text_of(name))
            };
            let key = (!name.is_empty()).then(|| span_of(name, at));
            self.open(IniGroup::Braces, step, key, next);
            return next;
        }
        match separator(&statement.glyphs) {
            Some((key, value)) => {
                let behind = statement.glyphs.get(value - 1).map_or(at, |g| g.end);
                let (key, _) = statement.glyphs.split_at(key);
                let key = unquoted(trimmed(key), at).0;
                let value = statement.glyphs.get(value..).unwrap_or(&[]);
                let mut value = trimmed(value).to_vec();
                let mut comments: Vec<Range<usize>> = statement.comment.into_iter().collect();
                if let Some(indent) = indent.filter(|_| !in_block && statement.end == End::Line) {
                    next = indented(self.source, &mut value, &mut comments, next, indent);
                }
                let (value, empty_at) = unquoted(&value, behind);
                record_keyed(&mut self.builder, self.source, &key, &value, empty_at);
                for comment in comments {
                    self.builder.comment(comment);
                }
            }
            None => self.words(&statement, at),
        }
        next
    }

    /// A statement without a separator: its first word is the key of the others.
    fn words(&mut self, statement: &Statement, at: usize) {
        if let Some(comment) = statement.comment.clone() {
            self.builder.comment(comment);
        }
        let mut words = trimmed(&statement.glyphs);
        while let [rest @ .., last] = words
            && last.c == ';'
        {
            words = trimmed(rest);
        }
        if words.is_empty() {
            return;
        }
        let first = words.iter().position(|g| g.c.is_whitespace());
        let key = words.get(..first.unwrap_or(words.len())).unwrap_or(&[]);
        let is_key = !text_of(key).contains("://") && !key.iter().any(|g| g.c == '"');
        if let Some(first) = first.filter(|_| is_key) {
            let value = trimmed(words.get(first..).unwrap_or(&[]));
            let (value, empty_at) = unquoted(value, at);
            record_keyed(&mut self.builder, self.source, key, &value, empty_at);
        } else {
            let step = self.next_item();
            let (value, empty_at) = unquoted(words, at);
            record(&mut self.builder, self.source, step, None, &value, empty_at);
        }
    }

    fn next_item(&mut self) -> Step {
        let mut none = 0;
        let count = self.items.last_mut().unwrap_or(&mut none);
        *count += 1;
        Step::Item(*count - 1)
    }

    fn open(&mut self, group: IniGroup, step: Step, key: Option<Range<usize>>, start: usize) {
        self.builder.open(NodeKind::Mapping, step, key, start);
        self.groups.push(group);
        self.items.push(0);
    }

    fn close(&mut self, end: usize) {
        self.builder.close(end);
        self.groups.pop();
        self.items.pop();
    }
}

fn skip_white(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_ascii_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::testing::{assert_plain, assert_values, comments, linear_time, values};

    #[test]
    fn sections_group_their_keys() {
        assert_plain(
            &Ini,
            "top = 1\r\n[a]\r\nurl = https://a.example.org\r\n[b]\r\nurl: x\r\n[remote \"origin\"]\r\n\turl = y\r\n",
            &[
                ("top", "1"),
                ("a.url", "https://a.example.org"),
                ("b.url", "x"),
                ("remote.origin.url", "y"),
            ],
        );
    }

    #[test]
    fn values_are_read_without_quotes_and_comments() {
        for (source, expected) in [
            ("a = \"b # c\" # d", ("a", "b # c")),
            ("a = 'b' ; c", ("a", "b")),
            ("a = b;c", ("a", "b;c")),
            (
                "a = https://a.example.org/#b",
                ("a", "https://a.example.org/#b"),
            ),
            ("a = \"\"", ("a", "")),
            ("a =", ("a", "")),
            ("a = \"b\" \"c\"", ("a", "\"b\" \"c\"")),
            ("a = it's", ("a", "it's")),
            ("a b = c", ("\"a b\"", "c")),
            ("a = {\"b\": 1}", ("a", "{\"b\": 1}")),
            ("a = { b", ("a", "{ b")),
            ("\"a\": \"b\",", ("a", "b")),
        ] {
            assert_plain(&Ini, source, &[expected]);
        }
        assert_values(
            &Ini,
            "a = \"b \\\"c\\\\\"",
            &[("a", "b \"c\\", "b \\\"c\\\\")],
        );
    }

    #[test]
    fn words_follow_their_first_one() {
        assert_plain(
            &Ini,
            "server a.example.org:443;\nURI ldap://a.example.org ldap://b.example.org\n\
             BASE dc=example,dc=org\na.example.org\nhttps://a.example.org/ b\nset $a \"b # c\";\n",
            &[
                ("server", "a.example.org:443"),
                ("URI", "ldap://a.example.org ldap://b.example.org"),
                ("BASE", "dc=example,dc=org"),
                ("[0]", "a.example.org"),
                ("[1]", "https://a.example.org/ b"),
                ("set", "$a \"b # c\""),
            ],
        );
    }

    #[test]
    fn blocks_are_groups() {
        assert_plain(
            &Ini,
            "http {\n  upstream x { server a.example.org:443; server b; }\n  server\n  {\n    \
             location ~ ^/\\d{2} {\n      proxy_pass https://$host/${a}; # c\n    }\n  };\n}\n\
             input { beats { port => 5044 } }\ndb = {\n  url: x\n}\nuser y\n",
            &[
                ("http.\"upstream x\".server[0]", "a.example.org:443"),
                ("http.\"upstream x\".server[1]", "b"),
                (
                    "http.server.\"location ~ ^/\\d{2}\".proxy_pass",
                    "https://$host/${a}",
                ),
                ("input.beats.port", "5044"),
                ("db.url", "x"),
                ("user", "y"),
            ],
        );
        assert_plain(
            &Ini,
            "<VirtualHost *:443>\n  ServerName a.example.org\n</VirtualHost>\nListen 443\n",
            &[
                ("\"VirtualHost *:443\".ServerName", "a.example.org"),
                ("Listen", "443"),
            ],
        );
    }

    #[test]
    fn backslashes_continue_lines() {
        assert_values(
            &Ini,
            "[Service]\nExecStart=/bin/x \\\n  --url=https://a.example.org\nA=b.\\\r\nc\n",
            &[
                (
                    "Service.ExecStart",
                    "/bin/x --url=https://a.example.org",
                    "/bin/x \\\n  --url=https://a.example.org",
                ),
                ("Service.A", "b.c", "b.\\\r\nc"),
            ],
        );
        let expected = [("dir", "C:\\a\\"), ("url", "b")];
        assert_plain(&Ini, "dir=C:\\a\\\nurl=b\n", &expected);
        assert_values(
            &Ini,
            "url = https://a.\\\nexample.org/b?c=d\n",
            &[(
                "url",
                "https://a.example.org/b?c=d",
                "https://a.\\\nexample.org/b?c=d",
            )],
        );
    }

    #[test]
    fn indented_lines_continue_a_key() {
        assert_values(
            &Ini,
            "urls =\n    https://a.example.org/?b=c\n    # d\n    b.example.org:443  # e\nx = y\n  z\nk = 1\n\tl = 2",
            &[
                (
                    "urls",
                    "https://a.example.org/?b=c\nb.example.org:443",
                    "https://a.example.org/?b=c\n    # d\n    b.example.org:443",
                ),
                ("x", "y\nz", "y\n  z"),
                ("k", "1", "1"),
                ("l", "2", "2"),
            ],
        );
    }

    #[test]
    fn comments_are_found() {
        let source = "# a\n ; b\nc = d ; e\nf#g\n[h] # i\nj {\n  k l; # m\n}\nn\t;o";
        let expected = ["# a", "; b", "; e", "# i", "# m", ";o"];
        assert_eq!(comments(&Ini, source), expected);
    }

    #[test]
    fn broken_texts_are_said_and_read_on() {
        for source in ["}\na = b", "[x\na = b", "y {\n[z]\na = b", "</x>\na = b"] {
            assert!(Ini.read(source).problem().is_some(), "{source}");
            let found = values(&Ini, source);
            let last = found.last().expect("a value");
            assert!(
                last.0.ends_with('a') && last.1 == "b",
                "{source}: {found:?}"
            );
        }
        assert!(Ini.read("a {").problem().is_some());
    }

    #[test]
    fn long_texts_take_linear_time() {
        linear_time(
            &Ini,
            &[
                "a {\n",
                "a { ",
                "}",
                "[a]\n",
                "[a",
                "a =\n ",
                "a='",
                "a \"b ",
                "b;",
                "<a>\n",
                "a\\\n",
                "\\\n",
                "a = {",
                "a:",
                "a :1",
                " a\n",
                "\n",
                " ",
                "a=b\n #\n",
                "a = { { ",
                "a= \\",
                ";",
            ],
        );
        for head in ["a {", "a = \n", "a b.", "a\n"] {
            let text = format!("{head}{}", "b; ".repeat(100_000));
            assert!(Ini.read(&text).nodes().len() <= 200_000);
        }
    }
}
