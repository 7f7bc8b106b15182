//! Makefiles: variables, and the recipe lines of targets.

use super::glyphs::{
    Glyph, SourceLine, char_at, is_blank, record, record_keyed, span_of, text_of, text_start,
    trimmed,
};
use super::tree::{NodeKind, Step, Syntax, Tree, TreeBuilder};
use super::word_grammar::{Continued, Grammar, WordEscapes};

/// Reads makefiles. A rule is a group of its recipe lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Makefile;

impl Syntax for Makefile {
    fn read(&self, source: &str) -> Tree {
        let mut reader = MakefileReader {
            source,
            builder: TreeBuilder::new(NodeKind::Mapping),
            recipe: None,
        };
        let mut at = text_start(source);
        while at < source.len() {
            at = reader.line(SourceLine::starting_at(source, at));
        }
        reader.end_rule();
        reader.builder.finish(source.len())
    }
}

const VARIABLES: Grammar = Grammar {
    escape: '\\',
    quotes: &[],
    outside: WordEscapes::None,
    inside: WordEscapes::None,
    lines: Continued::WithBlank,
};
/// Lines for the shell, which reads their words itself.
const RECIPES: Grammar = Grammar {
    lines: Continued::WithoutTab,
    ..VARIABLES
};

/// Words before a variable.
const MODIFIERS: &[&str] = &["export", "override", "private", "unexport"];
/// Lines that are neither variables nor rules and may be between recipe lines.
const CONDITIONS: &[&str] = &["else", "endif", "ifdef", "ifeq", "ifndef", "ifneq"];

struct MakefileReader<'s> {
    source: &'s str,
    builder: TreeBuilder,
    recipe: Option<Recipe>,
}

/// The rule whose recipe lines are read.
struct Recipe {
    items: usize,
    end: usize,
}

/// A sign between names and values, or between targets and what they need.
enum AssignmentSign {
    Assign,
    Rule,
}

impl MakefileReader<'_> {
    /// Reads the statement that begins with a line; gives the start of the next one.
    fn line(&mut self, line: SourceLine) -> usize {
        let start = line.text_start(self.source);
        if start >= line.end {
            return line.next;
        }
        if self.recipe.is_some() && char_at(self.source, line.start) == Some('\t') {
            return self.recipe_line(line, start);
        }
        let line = VARIABLES.join(self.source, SourceLine { start, ..line }, |_| {});
        let next = line.next;
        let text = self.without_comment(&line.text, line.end);
        let text = trimmed(&text);
        let (word, rest) = first_word(text);
        let name = text_of(word);
        match name.as_str() {
            "" => {}
            name if CONDITIONS.contains(&name) || name.starts_with("ifeq(") => {}
            "include" | "-include" | "sinclude" => {
                self.end_rule();
                self.record("include", word, rest);
            }
            "define" => {
                self.end_rule();
                return self.define(rest, next);
            }
            _ => {
                self.end_rule();
                self.statement(text);
            }
        }
        next
    }

    /// A variable or a rule.
    fn statement(&mut self, text: &[Glyph]) {
        let text = without_modifiers(text);
        let Some((sign, name, after)) = sign(text) else {
            let (word, rest) = first_word(text);
            let first = word.first().map_or(0, |g| g.start);
            let is_call = word.first().is_some_and(|g| g.c == '$');
            let hands_on =
                rest.is_empty() || matches!(text_of(word).as_str(), "vpath" | "undefine");
            if !is_call && !hands_on {
                self.builder.problem(first, "neither a variable nor a rule");
            }
            return;
        };
        let (before, value) = text.split_at(after);
        let name = trimmed(before.get(..name).unwrap_or(&[]));
        let value = trimmed(value);
        let end = before.last().map_or(0, |g| g.end);
        match sign {
            AssignmentSign::Assign => {
                record_keyed(&mut self.builder, self.source, name, value, end);
            }
            AssignmentSign::Rule => self.rule(name, value, end),
        }
    }

    /// Opens the group of a rule; what it needs is its text.
    fn rule(&mut self, name: &[Glyph], needs: &[Glyph], end: usize) {
        let key = (!name.is_empty()).then(|| span_of(name, end));
        let step = Step::Key(text_of(name));
        self.builder.open(NodeKind::Sequence, step, key, end);
        let mut recipe = Recipe {
            items: 0,
            end: needs.last().map_or(end, |g| g.end),
        };
        let variable = without_modifiers(needs);
        if let Some((AssignmentSign::Assign, name, after)) = sign(variable) {
            let (before, value) = variable.split_at(after);
            let name = trimmed(before.get(..name).unwrap_or(&[]));
            let end = before.last().map_or(end, |g| g.end);
            record_keyed(&mut self.builder, self.source, name, trimmed(value), end);
        } else {
            let inline = needs.iter().position(|g| g.c == ';');
            let (needs, first) = needs.split_at(inline.unwrap_or(needs.len()));
            let needs = trimmed(needs);
            if !needs.is_empty() {
                record(&mut self.builder, self.source, Step::Text, None, needs, end);
            }
            let first = trimmed(first.get(1..).unwrap_or(&[]));
            if !first.is_empty() {
                let step = Step::Item(0);
                record(&mut self.builder, self.source, step, None, first, end);
                recipe.items = 1;
            }
        }
        self.recipe = Some(recipe);
    }

    /// A line for the shell, with the lines that continue it.
    fn recipe_line(&mut self, line: SourceLine, start: usize) -> usize {
        let marks = self.source.get(start..line.end).unwrap_or_default();
        let text = marks.trim_start_matches(|c: char| is_blank(c) || matches!(c, '@' | '-' | '+'));
        let start = line.end - text.len();
        if text.starts_with('#') {
            self.builder.comment(start..line.end);
            return line.next;
        }
        let line = RECIPES.join(self.source, SourceLine { start, ..line }, |_| {});
        let value = trimmed(&line.text);
        if let Some(recipe) = &mut self.recipe
            && !value.is_empty()
        {
            let step = Step::Item(recipe.items);
            recipe.items += 1;
            recipe.end = line.end;
            record(&mut self.builder, self.source, step, None, value, start);
        }
        line.next
    }

    /// `define NAME` up to `endef`.
    fn define(&mut self, head: &[Glyph], from: usize) -> usize {
        let name = head
            .iter()
            .rposition(|g| !matches!(g.c, '=' | ':' | '+' | '?' | '!'));
        let name = head.get(..name.map_or(0, |last| last + 1)).unwrap_or(&[]);
        let name = trimmed(name);
        let mut depth = 1;
        let mut at = from;
        let mut end = from;
        while at < self.source.len() {
            let line = SourceLine::starting_at(self.source, at);
            let text = self.source.get(line.start..line.end).unwrap_or_default();
            match text.split_whitespace().next() {
                Some("define") => depth += 1,
                Some("endef") => depth -= 1,
                _ => {}
            }
            at = line.next;
            if depth == 0 {
                break;
            }
            end = line.end;
        }
        if depth > 0 {
            self.builder.problem(from, "a definition without its end");
        }
        let key = (!name.is_empty()).then(|| span_of(name, from));
        let step = Step::Key(text_of(name));
        self.builder.scalar(step, key, from..end);
        at
    }

    fn record(&mut self, name: &str, key: &[Glyph], value: &[Glyph]) {
        let key = span_of(key, 0);
        let empty_at = key.end;
        let step = Step::Key(name.to_owned());
        record(
            &mut self.builder,
            self.source,
            step,
            Some(key),
            value,
            empty_at,
        );
    }

    fn end_rule(&mut self) {
        if let Some(recipe) = self.recipe.take() {
            self.builder.close(recipe.end);
        }
    }

    /// The text before a comment, with `\#` as what it says.
    fn without_comment(&mut self, raw: &[Glyph], end: usize) -> Vec<Glyph> {
        let mut out: Vec<Glyph> = Vec::with_capacity(raw.len());
        for glyph in raw {
            if glyph.c == '#' {
                let Some(slash) = out.pop_if(|last| last.c == '\\') else {
                    self.builder.comment(glyph.start..end);
                    break;
                };
                let start = slash.start;
                out.push(Glyph { start, ..*glyph });
            } else {
                out.push(*glyph);
            }
        }
        out
    }
}

fn first_word(text: &[Glyph]) -> (&[Glyph], &[Glyph]) {
    let end = VARIABLES.position(text, is_blank);
    let (word, rest) = text.split_at(end.unwrap_or(text.len()));
    (word, trimmed(rest))
}

fn without_modifiers(mut text: &[Glyph]) -> &[Glyph] {
    loop {
        let (word, rest) = first_word(text);
        let next = rest.first().map_or('=', |g| g.c);
        // `export = x` is a variable of that name.
        if !MODIFIERS.contains(&text_of(word).as_str()) || matches!(next, '=' | ':' | '+' | '?') {
            return text;
        }
        text = rest;
    }
}

/// The first sign outside references: where the name before it ends, and where what is after
/// it begins.
fn sign(text: &[Glyph]) -> Option<(AssignmentSign, usize, usize)> {
    let c = |at: usize| text.get(at).map(|g| g.c);
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(here) = c(at) {
        match here {
            '$' if matches!(c(at + 1), Some('(' | '{')) => {
                depth += 1;
                at += 1;
            }
            '(' | '{' if depth > 0 => depth += 1,
            ')' | '}' => depth = depth.saturating_sub(1),
            '=' if depth == 0 => {
                let signed = at > 0 && matches!(c(at - 1), Some('?' | '+' | '!'));
                return Some((AssignmentSign::Assign, at - usize::from(signed), at + 1));
            }
            ':' if depth == 0 => {
                let colons = text.iter().skip(at).take_while(|g| g.c == ':').count();
                return if c(at + colons) == Some('=') {
                    Some((AssignmentSign::Assign, at, at + colons + 1))
                } else {
                    Some((AssignmentSign::Rule, at, at + colons))
                };
            }
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests;
