//! The lines that a directive reaches.

use std::ops::Range;

use super::find::{AROUND, Comment, DirectiveSearch, begins};
use super::{DirectiveScope, WORD};
use crate::syntax::{FormatId, format_by_name};

impl DirectiveSearch<'_> {
    /// The lines that a directive reaches.
    pub(super) fn lines(
        &mut self,
        scope: DirectiveScope,
        own: u64,
        line: &Range<usize>,
        comment: &Comment,
    ) -> (u64, u64) {
        let text = self.text;
        let blank = |range: Range<usize>| range.len() <= AROUND && text[range].trim().is_empty();
        let before = line.start..comment.span.start.max(line.start);
        let after = comment.span.end.min(line.end)..line.end;
        // Between tags of JSX a comment is in braces.
        let braced = || text[before.clone()].trim() == "{" && text[after.clone()].trim() == "}";
        let alone = before.len().max(after.len()) <= AROUND && braced()
            || blank(before.clone()) && blank(after.clone());
        match scope {
            DirectiveScope::Line if alone => (own, self.next(own, line, comment)),
            DirectiveScope::Line => (own, self.last_line(own, line)),
            // The line itself may hold a value, too.
            DirectiveScope::NextLine => (own + 1, self.next(own, line, comment)),
            // Set when its end is met.
            DirectiveScope::Block => (u64::MAX, 0),
            DirectiveScope::File => (0, u64::MAX),
        }
    }

    /// The last line of what follows a directive. What ends its comment on lines of its own, and directives
    /// above the same line, are skipped.
    fn next(&mut self, own: u64, line: &Range<usize>, comment: &Comment) -> u64 {
        if let Some((skipped, last)) = &self.skipped
            && skipped.contains(&own)
        {
            return *last;
        }
        let (mut before, mut number) = (line.end, own);
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
                let last = self.last_line(number, &(start..before));
                self.skipped = Some((own..number, last));
                return last;
            }
        }
    }

    /// The last line of what begins on a line: values, instructions, commands and elements.
    fn last_line(&mut self, number: u64, line: &Range<usize>) -> u64 {
        if let Some((_, last)) = self.last.filter(|(known, _)| *known == number) {
            return last;
        }
        let end = match self.source.document {
            Some(document) => document.end_of_what_begins_in(line),
            None => self.end_of_joined(line),
        };
        let inside = self.text.get(line.start..end).unwrap_or_default();
        let end = line.start + inside.trim_end().len();
        let ends = self.line_ends.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            ends.filter_map(|at| u32::try_from(at).ok()).collect()
        });
        let ends_before = |at: usize| ends.partition_point(|end| (*end as usize) < at);
        let inside = ends_before(end).saturating_sub(ends_before(line.start));
        let last = number + inside as u64;
        self.last = Some((number, last));
        last
    }

    /// The end of the lines that a line is joined with, in a format of which only comments are known.
    fn end_of_joined(&mut self, line: &Range<usize>) -> usize {
        if self.joined.contains(&line.start) {
            return self.joined.end;
        }
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
        self.joined = line.start..end;
        end
    }
}
