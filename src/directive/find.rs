//! Finds the directives of a file, which are in comments. In a value the same text is data.

use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

use super::parse::{ParsedDirective, SHAPE, parse};
use super::{Directive, DirectiveScope, Directives, MalformedDirective, WORD};
use crate::syntax::{Comments, Document, PlaceKind, format_by_name};
use crate::text::{Cursor, Decoded, Encoding, Excerpt, Position, first_bytes, last_bytes};

/// Directives of a file that are read.
const MOST: usize = 10_000;
/// Blocks that may be open at once.
const MOST_OPEN: usize = 100;
/// Bytes of a line that are looked at on each side of a directive.
pub(super) const AROUND: usize = 4_096;
/// Bytes of a directive.
const LONGEST: usize = 1_000;

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
        line: RefCell::new(0..0),
        skipped: None,
        last: None,
        joined: 0..0,
        line_ends: OnceCell::new(),
    };
    for at in memchr::memmem::find_iter(lower.as_bytes(), WORD.as_bytes()) {
        if search.found.covering.len() + search.found.malformed.len() >= MOST {
            search.leave_out(at);
            break;
        }
        if let Some(comment) = search.comment(at) {
            search.enter_directive(at, &comment, known);
        }
    }
    search.finish()
}

/// A comment, or as much of it as is known.
pub(super) struct Comment {
    /// With its marks.
    pub span: Range<usize>,
    /// It is part of a sample in prose.
    sample: bool,
}

pub(super) struct DirectiveSearch<'s> {
    pub source: &'s DirectiveFile<'s>,
    pub text: &'s str,
    lexical: Comments<'s>,
    cursor: Cursor,
    cut: Cut<'s>,
    found: Directives,
    /// Numbers of directives that begin a block.
    open: Vec<usize>,
    /// The line that was asked for last: many directives may be on one.
    line: RefCell<Range<usize>>,
    /// Lines with nothing but directives after another one, and the last line of what they are all about.
    pub skipped: Option<(Range<u64>, u64)>,
    /// The line that was asked for last, and the last line of what begins on it.
    pub last: Option<(u64, u64)>,
    /// Lines that are joined.
    pub joined: Range<usize>,
    pub line_ends: OnceCell<Vec<u32>>,
}

impl DirectiveSearch<'_> {
    pub(super) fn line(&self, at: usize) -> Range<usize> {
        let mut line = self.line.borrow_mut();
        if line.is_empty() || at < line.start || line.end < at {
            let text = self.text.as_bytes();
            let start = memchr::memrchr(b'\n', &text[..at]).map_or(0, |n| n + 1);
            let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |n| at + n);
            *line = start..end;
        }
        line.clone()
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
        let near = last_bytes(&self.text[line.start..at], AROUND);
        let (before, _) = near.rsplit_once(MARKS.0)?;
        let start = at - near.len() + before.len();
        let quoted = before.matches('`').count() % 2 == 1;
        let after = first_bytes(&self.text[at..line.end], AROUND);
        let end = at + after.find(MARKS.1)? + MARKS.1.len();
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
        let text = without_marks(first_bytes(&self.text[body.clone()], LONGEST));
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

    /// Says that a directive and those after it are not read.
    fn leave_out(&mut self, at: usize) {
        let message = format!("this suppression has no effect: {MOST} are before it in the file");
        let help = "suppress in the configuration what is meant to stay in all of the file";
        self.malformed(&(at..at + WORD.len()), message, help.to_owned());
    }

    /// Ends a block.
    fn close(&mut self, rules: &[String], span: &Range<usize>, comment: &Comment) {
        let covering = &self.found.covering;
        let fits = |number: &usize| {
            let begun = &covering[*number].rules;
            rules.is_empty()
                || rules.len() == begun.len() && begun.iter().all(|(rule, _)| rules.contains(rule))
        };
        let near = self.open.len().saturating_sub(MOST_OPEN);
        let open = self.open[near..].iter().rposition(fits);
        let open = open.map(|at| near + at);
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
        let open: HashSet<usize> = self.open.iter().copied().collect();
        let covering = std::mem::take(&mut self.found.covering);
        for (number, begun) in covering.into_iter().enumerate() {
            if !open.contains(&number) {
                self.found.covering.push(begun);
                continue;
            }
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
pub(super) fn begins(before: &str) -> bool {
    let before = before.trim_end();
    if ["#", "//", ";", "--"]
        .iter()
        .any(|mark| before.ends_with(mark))
    {
        return true;
    }
    if before.len() > AROUND {
        return false;
    }
    let quoted = before.contains(['`', '"']);
    let word = before.trim_start();
    let is_rem = ["rem", "@rem"]
        .iter()
        .any(|rem| word.eq_ignore_ascii_case(rem));
    !quoted && (is_rem || !before.contains(char::is_alphanumeric))
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
