//! Configuration files of lines: INI, those of git and systemd, and those of servers with their
//! words and blocks.

mod statement;
mod value;

use std::ops::Range;

use self::statement::{Statement, StatementEnd, scan, separator};
use self::value::{block_name, indented, unquoted};
use super::glyphs::{
    Glyph, SourceLine, char_at, record, record_keyed, skip_blanks, span_of, starts_at, text_of,
    text_start, trimmed,
};
use super::tree::{NodeKind, Step, Syntax, Tree, TreeBuilder};

/// Reads INI and similar configuration files.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ini;

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

/// Bytes in which the end of an element is looked for that may be an empty one.
const LONGEST_ELEMENT: usize = 16 << 10;

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
        let after = at + length + 1;
        let name = self.source.get(at + 1..at + length)?;
        let inner = at + 1..at + length;
        // `[remote "origin"]` is called `remote.origin`.
        match name.strip_suffix('"').and_then(|n| n.split_once(" \"")) {
            Some((outer, sub)) => {
                let start = inner.start + outer.len() + 2;
                self.open_named(inner.start..inner.start + outer.len(), after);
                self.open_named(start..start + sub.len(), after);
            }
            None => self.open_named(inner, after),
        }
        Some(after)
    }

    fn open_named(&mut self, name: Range<usize>, after: usize) {
        let text = self.source.get(name.clone()).unwrap_or_default();
        let step = Step::Key(text.trim().to_owned());
        self.open(IniGroup::Section, step, Some(name), after);
    }

    /// `<Name words>` and `</Name>` on a line of their own.
    fn tag(&mut self, at: usize) -> Option<usize> {
        let line = SourceLine::starting_at(self.source, at);
        let text = self.source.get(at + 1..line.end)?.trim_end();
        let inner = text.strip_suffix('>')?;
        if inner.contains(['<', '>'])
            || inner.ends_with('/') && !self.is_closed_later(inner, line.end)
        {
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

    /// Says whether `<Name words /` is not an empty element: `</Name>` comes after it.
    fn is_closed_later(&self, inner: &str, from: usize) -> bool {
        let Some((name, _)) = inner.split_once([' ', '\t']) else {
            return false;
        };
        let rest = &self.source.as_bytes()[from..];
        let rest = &rest[..rest.len().min(LONGEST_ELEMENT)];
        memchr::memmem::find_iter(rest, b"</").any(|at| {
            let end = rest[at + 2..].split_at_checked(name.len());
            end.is_some_and(|(end, after)| {
                end.eq_ignore_ascii_case(name.as_bytes())
                    && after.trim_ascii_start().starts_with(b">")
            })
        })
    }

    fn statement(&mut self, at: usize, indent: Option<usize>) -> usize {
        let in_block = self.groups.last() == Some(&IniGroup::Braces);
        let mut statement = scan(self.source, at, in_block);
        let brace = skip_white(self.source, statement.next);
        if statement.end == StatementEnd::Line
            && statement.comment.is_none()
            && starts_at(self.source, brace, "{")
            && separator(&statement.glyphs).is_none()
        {
            statement.end = StatementEnd::Open;
            statement.next = brace + 1;
        }
        let mut next = statement.next;
        if statement.end == StatementEnd::Open {
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
            Some((key, value_start)) => {
                let after = statement.glyphs.get(value_start - 1).map_or(at, |g| g.end);
                // Either may be as long as the file: the longer one is not copied.
                let mut line = std::mem::take(&mut statement.glyphs);
                let (mut key_part, mut value) = if value_start > line.len() / 2 {
                    let value = line.split_off(value_start);
                    (line, value)
                } else {
                    (line.drain(..value_start).collect(), line)
                };
                key_part.truncate(key);
                let (key, _) = unquoted(trimmed(&key_part), at);
                value.truncate(blank_from(&value));
                let blanks = value.iter().take_while(|g| g.c.is_whitespace()).count();
                value.drain(..blanks);
                let mut comments: Vec<Range<usize>> = statement.comment.into_iter().collect();
                if let Some(indent) =
                    indent.filter(|_| !in_block && statement.end == StatementEnd::Line)
                {
                    next = indented(self.source, &mut value, &mut comments, next, indent);
                }
                let (value, empty_at) = unquoted(&value, after);
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

/// Where the white space at the end begins.
fn blank_from(glyphs: &[Glyph]) -> usize {
    let last = glyphs.iter().rposition(|g| !g.c.is_whitespace());
    last.map_or(0, |last| last + 1)
}

fn skip_white(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_ascii_start().len())
}

#[cfg(test)]
mod tests;
