//! Finds the directives of a file, which are in comments. In a value the same text is data.

use std::ops::Range;
use std::rc::Rc;

use super::parse::{ParsedDirective, SHAPE, parse};
use super::{Directive, DirectiveScope, Directives, MalformedDirective, WORD};
use crate::syntax::{Comments, Document, FormatId, PlaceKind, format_by_name};
use crate::text::{Cursor, Decoded, Encoding, Excerpt, Position};

/// A file that may have directives.
pub(crate) struct DirectiveFile<'s> {
    pub bytes: &'s [u8],
    pub path: &'s str,
    pub encoding: Encoding,
    pub decoded: &'s Decoded<'s>,
    pub document: Option<&'s Rc<Document>>,
}

/// The lines around a span of bytes.
type Cut<'c> = &'c dyn Fn(&Range<usize>, u64) -> Option<Excerpt>;

/// Finds the directives. `known` are the rules that there are.
pub(crate) fn find(source: &DirectiveFile<'_>, known: &[&str], cut: Cut<'_>) -> Directives {
    let text = source.decoded.text();
    let lower = text.to_ascii_lowercase();
    let mut search = DirectiveSearch {
        source,
        text,
        lexical: Comments::new(text.as_bytes(), format_by_name(source.path).language),
        cursor: Cursor::new(source.encoding, source.encoding.mark_length(source.bytes)),
        cut,
        found: Directives::default(),
        open: Vec::new(),
    };
    for at in memchr::memmem::find_iter(lower.as_bytes(), WORD.as_bytes()) {
        if let Some(comment) = search.comment(at) {
            search.enter_directive(at, &comment, known);
        }
    }
    search.finish()
}

/// A comment, or as much of it as is known.
struct Comment {
    /// With its marks.
    span: Range<usize>,
    /// It is part of a sample in prose.
    sample: bool,
}

struct DirectiveSearch<'s> {
    source: &'s DirectiveFile<'s>,
    text: &'s str,
    lexical: Comments<'s>,
    cursor: Cursor,
    cut: Cut<'s>,
    found: Directives,
    /// Numbers of directives that begin a block.
    open: Vec<usize>,
}

impl DirectiveSearch<'_> {
    fn line(&self, at: usize) -> Range<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |n| n + 1);
        let end = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |n| at + n);
        start..end
    }

    /// The comment that holds the byte at `at`.
    fn comment(&mut self, at: usize) -> Option<Comment> {
        if let Some(document) = self.source.document
            && document.problem().is_none_or(|problem| at < problem.at)
        {
            if let Some((span, sample)) = document.comment_around(at) {
                let inside = span.contains(&at) && self.text.is_char_boundary(span.start);
                let span = (inside && self.text.is_char_boundary(span.end)).then_some(span)?;
                return Some(Comment { span, sample });
            }
            let prose = document.is_prose()
                && matches!(
                    document.place(&(at..at + 1)).kind,
                    PlaceKind::Prose | PlaceKind::Unknown
                );
            return prose.then(|| self.in_prose(at)).flatten();
        }
        self.lexically(at)
    }

    /// A comment of HTML in a line of text.
    fn in_prose(&self, at: usize) -> Option<Comment> {
        const MARKS: (&str, &str) = ("<!--", "-->");
        let line = self.line(at);
        let start = line.start + self.text[line.start..at].rfind(MARKS.0)?;
        let before = &self.text[line.start..start];
        let quoted = before.matches('`').count() % 2 == 1;
        let end = at + self.text[at..line.end].find(MARKS.1)? + MARKS.1.len();
        let span = start..end;
        (!quoted && !self.text[start..at].contains(MARKS.1)).then_some(Comment {
            span,
            sample: false,
        })
    }

    /// The part on this line of a comment that is found by its marks alone.
    fn lexically(&mut self, at: usize) -> Option<Comment> {
        let line = self.line(at);
        let span = self.lexical.comment_around(at)?;
        Some(Comment {
            span: span.start.max(line.start)..span.end.min(line.end),
            sample: false,
        })
    }

    /// Enters the directive at `at`, if one begins there.
    fn enter_directive(&mut self, at: usize, comment: &Comment, known: &[&str]) {
        let line = self.line(at);
        let from = line.start.max(comment.span.start);
        if !begins(&self.text[from..at]) {
            return;
        }
        let end = line.end.min(comment.span.end);
        let body = at + WORD.len()..end;
        let text = without_marks(&self.text[body.clone()]);
        let whole = at..body.start + text.trim_end().len();
        match parse(text, known) {
            Ok(ParsedDirective::Ignore {
                scope,
                rules,
                reason,
                terms,
            }) => {
                let (start, end, excerpt) = self.place(&whole);
                let directive = Directive {
                    scope,
                    lines: self.lines(scope, start.line, &line, comment),
                    rules: rules.into_iter().map(|rule| (rule, false)).collect(),
                    reason,
                    terms,
                    start,
                    end,
                    sample: comment.sample,
                    excerpt,
                };
                if scope == DirectiveScope::Block {
                    self.open.push(self.found.covering.len());
                }
                self.found.covering.push(directive);
            }
            Ok(ParsedDirective::End(rules)) => self.close(&rules, &whole, comment),
            Err(_) if comment.sample => {}
            Err(wrong) => {
                let at = if wrong.at.is_empty() {
                    whole
                } else {
                    body.start + wrong.at.start..body.start + wrong.at.end
                };
                let message = format!("this suppression has no effect: {}", wrong.message);
                self.malformed(&at, message, wrong.help);
            }
        }
    }

    /// The lines that a directive reaches.
    fn lines(
        &self,
        scope: DirectiveScope,
        own: u64,
        line: &Range<usize>,
        comment: &Comment,
    ) -> (u64, u64) {
        let blank = |range: Range<usize>| self.text[range].trim().is_empty();
        let before = line.start..comment.span.start.max(line.start);
        let after = comment.span.end.min(line.end)..line.end;
        // Between tags of JSX a comment is in braces.
        let braced =
            self.text[before.clone()].trim() == "{" && self.text[after.clone()].trim() == "}";
        let alone = braced || blank(before) && blank(after);
        let next = || {
            // What ends the comment on lines of its own, and directives above the same line.
            let mut before = line.end;
            let mut number = own;
            loop {
                number += 1;
                let start = self.text.len().min(before + 1);
                let text = &self.text[self.line(start)];
                let marks = start < comment.span.end && !text.contains(char::is_alphanumeric);
                let directive = text
                    .to_ascii_lowercase()
                    .find(WORD)
                    .is_some_and(|at| begins(&text[..at]));
                before = start + text.len();
                if !(marks || directive) || before >= self.text.len() {
                    return self.last_line(number, &(start..before));
                }
            }
        };
        match scope {
            DirectiveScope::Line if alone => (own, next()),
            DirectiveScope::Line => (own, self.last_line(own, line)),
            // The line itself may hold a value, too.
            DirectiveScope::NextLine => (own + 1, next()),
            // Set when its end is met.
            DirectiveScope::Block => (u64::MAX, 0),
            DirectiveScope::File => (0, u64::MAX),
        }
    }

    /// The last line of what begins on a line: values, instructions, commands and elements.
    fn last_line(&self, number: u64, line: &Range<usize>) -> u64 {
        let end = match self.source.document {
            Some(document) => document.end_of_what_begins_in(line),
            None => self.end_of_joined(line),
        };
        let inside = self.text.get(line.start..end).unwrap_or_default();
        number + inside.trim_end().matches('\n').count() as u64
    }

    /// The end of the lines that a line is joined with, in a format of which only comments are known.
    fn end_of_joined(&self, line: &Range<usize>) -> usize {
        let format = format_by_name(self.source.path);
        let mark = match format.id {
            FormatId::Batch => '^',
            _ if format.language.has_comments() => '\\',
            _ => return line.end,
        };
        let mut end = line.end;
        while end < self.text.len() && self.text[..end].trim_end_matches('\r').ends_with(mark) {
            end = self.line(end + 1).end;
        }
        end
    }

    /// Ends a block.
    fn close(&mut self, rules: &[String], span: &Range<usize>, comment: &Comment) {
        let covering = &self.found.covering;
        let fits = |number: &usize| {
            let begun = &covering[*number].rules;
            rules.is_empty()
                || rules.len() == begun.len() && begun.iter().all(|(rule, _)| rules.contains(rule))
        };
        let open = self.open.iter().rposition(fits);
        let (start, _, _) = self.place(span);
        match open {
            Some(at) => {
                let begun = self.open.remove(at);
                let begun = &mut self.found.covering[begun];
                begun.lines = (begun.start.line, start.line);
            }
            None if comment.sample => {}
            None => self.malformed(
                span,
                "this suppression has no effect: it ends a block that nothing begins".to_owned(),
                "delete it, or write `ptlint: ignore-start[RULE] REASON` before the block"
                    .to_owned(),
            ),
        }
    }

    fn place(&mut self, span: &Range<usize>) -> (Position, Position, Option<Excerpt>) {
        let bytes = self.source.decoded.bytes(span.clone());
        let counted = usize::try_from(self.cursor.byte()).unwrap_or(usize::MAX);
        if let Some(between) = self.source.bytes.get(counted..bytes.start) {
            self.cursor.advance(between);
        }
        let start = self.cursor.position();
        let mut after = self.cursor;
        if let Some(inside) = self.source.bytes.get(bytes.clone()) {
            after.advance(inside);
        }
        (start, after.position(), (self.cut)(&bytes, start.line))
    }

    fn malformed(&mut self, span: &Range<usize>, message: String, help: String) {
        let (start, end, excerpt) = self.place(span);
        self.found.malformed.push(MalformedDirective {
            message,
            help,
            start,
            end,
            excerpt,
        });
    }

    /// Blocks without an end are none.
    fn finish(mut self) -> Directives {
        self.open.sort_unstable();
        for number in self.open.drain(..).rev() {
            let begun = self.found.covering.remove(number);
            if begun.sample {
                continue;
            }
            self.found.malformed.push(MalformedDirective {
                message: "this suppression has no effect: its block has no end".to_owned(),
                help: "write `ptlint: ignore-end` after the block".to_owned(),
                start: begun.start,
                end: begun.end,
                excerpt: begun.excerpt,
            });
        }
        self.found.malformed.sort_by_key(|m| m.start.byte);
        debug_assert!(SHAPE.contains(WORD));
        self.found
    }
}

/// Whether a directive may begin after `before`, which is the comment up to there on its line.
fn begins(before: &str) -> bool {
    let before = before.trim_end();
    let quoted = before.contains(['`', '"']);
    let word = before.trim_start().to_ascii_lowercase();
    let marks = !before.contains(char::is_alphanumeric) || word == "rem" || word == "@rem";
    marks && !quoted
        || ["#", "//", ";", "--"]
            .iter()
            .any(|mark| before.ends_with(mark))
}

/// A directive without what ends its comment.
fn without_marks(text: &str) -> &str {
    let mut text = text.trim_end();
    while let Some(shorter) = [
        "-->", "*/}", "*/", "#>", ":)", "#}", "*)", "%>", "-}}", "}}",
    ]
    .iter()
    .find_map(|mark| text.strip_suffix(mark))
    {
        text = shorter.trim_end();
    }
    text
}
