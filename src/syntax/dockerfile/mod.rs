//! Build files of container images.

mod items;

use std::ops::Range;

use self::items::{GRAMMAR, heredocs, list};
use super::glyphs::{
    Glyph, SourceLine, char_at, record, record_keyed, span_of, text_of, text_start, trimmed,
};
use super::heredoc_bodies::{Heredoc, HeredocBodies};
use super::tree::{NodeKind, Step, Syntax, Tree, TreeBuilder};
use super::word_grammar::Grammar;

/// Reads Dockerfiles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dockerfile;

impl Syntax for Dockerfile {
    fn read(&self, source: &str) -> Tree {
        let mut reader = DockerfileReader {
            source,
            builder: TreeBuilder::new(NodeKind::Mapping).merging(),
            grammar: GRAMMAR,
            bodies: HeredocBodies::default(),
        };
        let mut at = text_start(source);
        let mut at_top = true;
        while at < source.len() {
            let line = SourceLine::starting_at(source, at);
            let start = line.text_start(source);
            at = if start >= line.end {
                line.next
            } else if char_at(source, start) == Some('#') {
                at_top = at_top && reader.directive(start, line.end);
                reader.builder.comment(start..line.end);
                line.next
            } else {
                at_top = false;
                let next = reader.instruction(SourceLine { start, ..line });
                let text = source.get(start..next).unwrap_or_default();
                reader.builder.unit(start..start + text.trim_end().len());
                next
            };
        }
        reader.builder.finish(source.len())
    }
}

struct DockerfileReader<'s> {
    source: &'s str,
    builder: TreeBuilder,
    grammar: Grammar,
    bodies: HeredocBodies,
}

impl DockerfileReader<'_> {
    /// Says whether a comment at the top is `# name=value`; the escape character is one such name.
    fn directive(&mut self, start: usize, end: usize) -> bool {
        let text = self.source.get(start + 1..end).unwrap_or_default();
        let Some((name, value)) = text.split_once('=') else {
            return false;
        };
        if name.trim().eq_ignore_ascii_case("escape") && value.trim() == "`" {
            self.grammar.escape = '`';
        }
        true
    }

    /// Reads the instruction that begins with a line; gives the start of the next line.
    fn instruction(&mut self, line: SourceLine) -> usize {
        let start = line.start;
        let comment = |span| self.builder.comment(span);
        let line = self.grammar.join(self.source, line, comment);
        let next = line.next;
        let text = trimmed(&line.text);
        let end = text.iter().position(|g| g.c.is_whitespace());
        let (word, rest) = text.split_at(end.unwrap_or(text.len()));
        let rest = trimmed(rest);
        let key = span_of(word, start);
        let name = text_of(word).to_ascii_uppercase();
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphabetic()) {
            self.builder.problem(start, "no instruction");
            return next;
        }
        match name.as_str() {
            "ENV" | "LABEL" | "ARG" => self.pairs(name, key, rest),
            "FROM" => {
                let mut words = self.grammar.split(rest).into_iter();
                let image = words.find(|word| !is_flag(word)).unwrap_or(&[]);
                self.value(name, key, image);
            }
            "COPY" | "ADD" => return self.copy(name, key, rest, next),
            "RUN" => return self.run(name, key, rest, next),
            _ => self.command(name, key, rest),
        }
        next
    }

    /// `K=V K="V"`, `K V`, `K`.
    fn pairs(&mut self, name: String, key: Range<usize>, rest: &[Glyph]) {
        let is_arg = name == "ARG";
        let start = key.end;
        let words = self.grammar.split(rest);
        let first = words.first().copied().unwrap_or(&[]);
        self.builder
            .open(NodeKind::Mapping, Step::Key(name), Some(key), start);
        if !is_arg && !first.is_empty() && self.equals(first).is_none() {
            let value = trimmed(rest.get(first.len()..).unwrap_or(&[]));
            self.pair(first, value);
        } else {
            for word in words {
                let equals = self.equals(word);
                if equals.is_none() && !is_arg {
                    self.builder
                        .problem(span_of(word, start).start, "a name without a value");
                }
                let (name, value) = word.split_at(equals.unwrap_or(word.len()));
                self.pair(name, value);
            }
        }
        let end = rest.last().map_or(start, |g| g.end);
        self.builder.close(end);
    }

    /// A name and its value, perhaps with the `=` between them.
    fn pair(&mut self, name: &[Glyph], value: &[Glyph]) {
        let mut empty_at = name.last().map_or(0, |g| g.end);
        let value = match value {
            [equals, value @ ..] if equals.c == '=' => {
                empty_at = equals.end;
                value
            }
            _ => value,
        };
        let empty_at = value.last().map_or(empty_at, |g| g.start);
        let (name, value) = (self.grammar.unquoted(name), self.grammar.unquoted(value));
        record_keyed(&mut self.builder, self.source, &name, &value, empty_at);
    }

    /// Where the first `=` outside quotes is.
    fn equals(&self, word: &[Glyph]) -> Option<usize> {
        self.grammar.position(word, |c| c == '=')
    }

    fn value(&mut self, name: String, key: Range<usize>, value: &[Glyph]) {
        let step = Step::Key(name);
        let empty_at = key.end;
        record(
            &mut self.builder,
            self.source,
            step,
            Some(key),
            value,
            empty_at,
        );
    }

    /// A list of words, or a text for the shell.
    fn command(&mut self, name: String, key: Range<usize>, rest: &[Glyph]) {
        let Some(items) = list(rest) else {
            self.value(name, key, rest);
            return;
        };
        let start = key.end;
        self.builder
            .open(NodeKind::Sequence, Step::Key(name), Some(key), start);
        for (index, (value, empty_at)) in items.iter().enumerate() {
            let step = Step::Item(index);
            record(&mut self.builder, self.source, step, None, value, *empty_at);
        }
        self.builder.close(rest.last().map_or(start, |g| g.end));
    }

    fn copy(&mut self, name: String, key: Range<usize>, rest: &[Glyph], next: usize) -> usize {
        let start = key.end;
        self.builder
            .open(NodeKind::Sequence, Step::Key(name), Some(key), start);
        let mut rest = rest;
        while is_flag(rest) {
            let end = rest.iter().position(|g| g.c.is_whitespace());
            let (flag, after) = rest.split_at(end.unwrap_or(rest.len()));
            if let Some(equals) = self.equals(flag) {
                let (name, value) = flag.split_at(equals);
                self.pair(name, value);
            }
            rest = trimmed(after);
        }
        let mut items = 0;
        let words = list(rest).unwrap_or_else(|| {
            let words = rest.split(|g| g.c.is_whitespace());
            let words = words.filter(|word| !word.is_empty());
            words.map(|word| (word.to_vec(), start)).collect()
        });
        for (word, empty_at) in words {
            self.item(&mut items, &word, empty_at);
        }
        let bodies = self.bodies(&heredocs(rest).0, next);
        let next = self.record_bodies(bodies, &mut items, next);
        self.builder.close(next);
        next
    }

    fn run(&mut self, name: String, key: Range<usize>, rest: &[Glyph], next: usize) -> usize {
        let (found, is_all) = heredocs(rest);
        if let ([heredoc], true) = (found.as_slice(), is_all)
            && let Some((body, next)) = self.bodies.find(self.source, next, heredoc)
        {
            let start = body.start;
            let text = heredoc.text(self.source, body);
            let step = Step::Key(name);
            record(
                &mut self.builder,
                self.source,
                step,
                Some(key),
                &text,
                start,
            );
            return next;
        }
        let bodies = self.bodies(&found, next);
        if bodies.is_empty() {
            self.command(name, key, rest);
            return next;
        }
        let start = key.end;
        self.builder
            .open(NodeKind::Sequence, Step::Key(name), Some(key), start);
        let mut items = 0;
        self.item(&mut items, rest, start);
        let next = self.record_bodies(bodies, &mut items, next);
        self.builder.close(next);
        next
    }

    fn item(&mut self, items: &mut usize, value: &[Glyph], empty_at: usize) {
        let step = Step::Item(*items);
        *items += 1;
        record(&mut self.builder, self.source, step, None, value, empty_at);
    }

    /// The bodies that begin at `from`, each with what it says and the byte after its delimiter.
    fn bodies(&mut self, found: &[Heredoc], from: usize) -> Vec<HeredocBody> {
        let mut bodies: Vec<HeredocBody> = Vec::new();
        for heredoc in found {
            let start = bodies.last().map_or(from, |body| body.next);
            match self.bodies.find(self.source, start, heredoc) {
                Some((range, next)) => bodies.push(HeredocBody {
                    text: heredoc.text(self.source, range),
                    start,
                    next,
                }),
                None => self.builder.problem(start, "a heredoc without its end"),
            }
        }
        bodies
    }

    fn record_bodies(&mut self, bodies: Vec<HeredocBody>, items: &mut usize, from: usize) -> usize {
        let next = bodies.last().map_or(from, |body| body.next);
        for body in bodies {
            self.item(items, &body.text, body.start);
        }
        next
    }
}

/// The body of a heredoc.
struct HeredocBody {
    text: Vec<Glyph>,
    start: usize,
    next: usize,
}

fn is_flag(word: &[Glyph]) -> bool {
    matches!(word, [a, b, ..] if a.c == '-' && b.c == '-')
}

#[cfg(test)]
mod tests;
