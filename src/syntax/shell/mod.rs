//! Shell scripts and command lines: assignments, the words of commands, and heredocs. Nothing is
//! evaluated; a substitution is a part of the word it is in.

mod assign;
mod redirect;
mod word;

use std::ops::Range;

use self::assign::{assignment, split};
use self::word::{Word, WordReader};
use super::glyphs::{
    Glyph, SourceLine, break_length, char_at, record, span_of, starts_at, text_of, text_start,
};
use super::heredoc_bodies::{Bodies, Heredoc};
use super::tree::{NodeKind, Step, Syntax, Tree, TreeBuilder};

/// Reads shell scripts.
#[derive(Debug, Clone, Copy)]
pub struct Shell;

impl Syntax for Shell {
    fn read(&self, source: &str) -> Tree {
        let mut reader = ShellReader {
            source,
            words: WordReader::new(source, text_start(source)),
            builder: TreeBuilder::new(NodeKind::Mapping),
            command: None,
            pending: Vec::new(),
            bodies: Bodies::default(),
            line: text_start(source),
        };
        while let Some(c) = char_at(source, reader.words.at) {
            let at = reader.words.at;
            reader.step(c);
            // Everything but words and operators is skipped.
            reader.words.at = reader.words.at.max(at + c.len_utf8());
        }
        reader.end_command();
        reader.end_line();
        if let Some(at) = reader.words.unclosed {
            reader.builder.problem(at, "what begins here is not closed");
        }
        reader.builder.finish(source.len())
    }
}

/// Words before a command that are none themselves.
const PREFIXES: &[&str] = &[
    "!", "$", "do", "elif", "else", "env", "exec", "if", "nohup", "sudo", "then", "time", "until",
    "while", "{", "}", "fi", "done", "esac", "command", "builtin",
];
/// Commands whose words are assignments.
const DECLARING: &[&str] = &[
    "alias", "declare", "export", "local", "readonly", "setenv", "typeset",
];

struct ShellReader<'s> {
    source: &'s str,
    words: WordReader<'s>,
    builder: TreeBuilder,
    command: Option<OpenCommand>,
    /// Heredocs whose bodies begin on the next line, with the key of each.
    pending: Vec<(Heredoc, SpannedName)>,
    bodies: Bodies,
    /// Where the line begins, with the lines before that it continues.
    line: usize,
}

/// A name and where it is written.
type SpannedName = (String, Range<usize>);

struct OpenCommand {
    name: SpannedName,
    declares: bool,
    /// Its group is opened with its first value.
    is_open: bool,
    /// Values without a key.
    items: usize,
    /// An option that may be the key of the next word.
    option: Option<Word>,
    /// After `--` there are no options.
    has_no_options: bool,
    first_word: Option<SpannedName>,
    target: Option<SpannedName>,
    heredocs: Vec<Heredoc>,
    end: usize,
}

impl ShellReader<'_> {
    fn step(&mut self, c: char) {
        let at = self.words.at;
        match c {
            '\\' if break_length(self.source, at + 1) > 0 => {
                self.words.at = at + 1 + break_length(self.source, at + 1);
            }
            '\r' | '\n' => {
                self.end_command();
                self.words.at = at + break_length(self.source, at);
                self.read_bodies();
                self.end_line();
            }
            '#' => {
                let line = SourceLine::starting_at(self.source, at);
                self.builder.comment(at..line.end);
                self.words.at = line.end;
            }
            '&' if starts_at(self.source, at + 1, ">") => self.words.at = at + 1,
            '(' if starts_at(self.source, at, "((") => {
                self.words.at = arithmetic_end(self.source, at).unwrap_or(at + 1);
            }
            ';' | '|' | '&' | '(' | ')' => self.end_command(),
            '<' | '>' => self.redirect(c),
            _ if c.is_whitespace() => {}
            _ => {
                if let Some(word) = self.words.next_word() {
                    self.word(word);
                }
            }
        }
    }

    /// Records the line that ends here if it is written over several ones.
    fn end_line(&mut self) {
        let line = self.line..self.words.at.min(self.source.len());
        self.line = line.end;
        let text = self.source.get(line.clone()).unwrap_or_default();
        let text = text.trim_end_matches(['\r', '\n']);
        if text.contains(['\r', '\n']) {
            self.builder.unit(line.start..line.start + text.len());
        }
    }

    fn word(&mut self, word: Word) {
        let behind = char_at(self.source, word.end);
        let is_number = word.glyphs.iter().all(|g| g.c.is_ascii_digit());
        if is_number && !word.is_quoted && matches!(behind, Some('<' | '>')) {
            // The number of a stream that is redirected.
            return;
        }
        let equals = assignment(&word.glyphs);
        let Some(command) = &mut self.command else {
            match equals {
                Some(equals) => self.assign(&word, equals),
                None => self.begin_command(&word),
            }
            return;
        };
        command.end = word.end;
        if command.declares {
            if let Some(equals) = equals {
                self.assign(&word, equals);
            }
            return;
        }
        let text = text_of(&word.glyphs);
        let is_option = text.len() > 1
            && text.starts_with('-')
            && !text.contains(['\n', '\r'])
            && !command.has_no_options;
        if is_option {
            self.flush_option();
            if let Some(command) = &mut self.command {
                if text == "--" {
                    command.has_no_options = true;
                } else if let Some(equals) = equals {
                    self.record_assigned(&word, equals);
                } else {
                    command.option = Some(word);
                }
            }
            return;
        }
        if command.first_word.is_none() && !text.contains(['\n', '\r']) {
            command.first_word = Some((text, span_of(&word.glyphs, word.empty_at)));
        }
        if let Some(equals) = equals {
            command.option = None;
            self.record_assigned(&word, equals);
        } else if let Some(option) = command.option.take() {
            let key = span_of(&option.glyphs, option.empty_at);
            let step = Step::Key(text_of(&option.glyphs));
            self.record(step, Some(key), &word.glyphs, word.empty_at);
        } else {
            self.item(&word.glyphs, word.empty_at);
        }
    }

    fn begin_command(&mut self, word: &Word) {
        let name = text_of(&word.glyphs);
        // A substitution over several lines is not a name: `|--` and `` `-- `` draw trees in recorded output.
        if name.contains(['\n', '\r']) {
            return;
        }
        // After a prefix such as `sudo` its options may be.
        if PREFIXES.contains(&name.as_str()) || (name.starts_with('-') && !word.is_quoted) {
            return;
        }
        self.command = Some(OpenCommand {
            declares: DECLARING.contains(&name.as_str()),
            name: (name, span_of(&word.glyphs, word.empty_at)),
            is_open: false,
            items: 0,
            option: None,
            has_no_options: false,
            first_word: None,
            target: None,
            heredocs: Vec::new(),
            end: word.end,
        });
    }

    /// A value of the current command, in its group.
    fn record(&mut self, step: Step, key: Option<Range<usize>>, value: &[Glyph], empty_at: usize) {
        if let Some(command) = &mut self.command
            && !command.is_open
        {
            command.is_open = true;
            let (name, range) = command.name.clone();
            let (range, start) = if command.declares {
                // Its assignments are outside its group and may come before it.
                let first = key.as_ref().map(|key| key.start);
                let first = first.or(value.first().map(|glyph| glyph.start));
                (None, first.unwrap_or(empty_at))
            } else {
                let start = range.end;
                (Some(range), start)
            };
            self.builder
                .open(NodeKind::Sequence, Step::Key(name), range, start);
        }
        record(&mut self.builder, self.source, step, key, value, empty_at);
    }

    fn record_assigned(&mut self, word: &Word, equals: usize) {
        let (key, value) = split(&word.glyphs, equals);
        let range = span_of(key, word.start);
        let empty_at = word.empty_at.max(range.end);
        self.record(Step::Key(text_of(key)), Some(range), value, empty_at);
    }

    fn item(&mut self, value: &[Glyph], empty_at: usize) {
        if let Some(command) = &mut self.command {
            let step = Step::Item(command.items);
            command.items += 1;
            self.record(step, None, value, empty_at);
        }
    }

    /// An option without a word of its own is recorded when it is more than a name.
    fn flush_option(&mut self) {
        let option = self.command.as_mut().and_then(|c| c.option.take());
        if let Some(option) = option
            && !option.glyphs.iter().all(|g| is_name(g.c) || g.c == '-')
        {
            self.item(&option.glyphs, option.empty_at);
        }
    }

    fn end_command(&mut self) {
        self.flush_option();
        let Some(command) = self.command.take() else {
            return;
        };
        if command.is_open {
            self.builder.close(command.end);
        }
        let writes = command.name.0 == "tee";
        let file = command.first_word.filter(|_| writes);
        let key = command.target.or(file).unwrap_or(command.name);
        for heredoc in command.heredocs {
            self.pending.push((heredoc, key.clone()));
        }
    }
}

/// The byte after `((…))`; a long one is not looked for.
fn arithmetic_end(source: &str, at: usize) -> Option<usize> {
    const MOST: usize = 200;
    let rest = source.as_bytes().get(at..)?.iter().take(MOST);
    let line: Vec<u8> = rest.take_while(|b| **b != b'\n').copied().collect();
    let length = line.windows(2).position(|two| two == b"))")?;
    Some(at + length + 2)
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::testing::{
        assert_plain, assert_values, check, comments, linear_time, values,
    };

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
    fn what_is_redirected_behind_assignments_comes_after_them() {
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
}
