//! Code blocks: what they are called, and their text without the marks of lists and quotes around
//! them.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event};

use super::MarkdownEvents;
use crate::text::Mapped;

/// A code block.
#[derive(Debug)]
pub(super) struct CodeBlock {
    /// The word after its fence; `code` when there is none.
    pub name: String,
    /// Bytes of that word.
    pub key: Option<Range<usize>>,
    /// Where it begins.
    pub start: usize,
    /// Its bytes, when it has a line.
    pub span: Option<Range<usize>>,
    /// Its text, when that differs from the bytes.
    pub text: Option<Mapped>,
    /// The file ends before the fence does.
    pub is_unclosed: bool,
}

impl CodeBlock {
    /// Reads the events of a block up to its end.
    pub(super) fn read(
        source: &str,
        kind: &CodeBlockKind,
        block: &Range<usize>,
        events: &mut MarkdownEvents,
    ) -> Self {
        let is_fenced = matches!(kind, CodeBlockKind::Fenced(_));
        let mut lines = BlockLines::new(source);
        for (event, span) in events {
            match event {
                Event::Text(text) => lines.push(&text, span),
                _ => break,
            }
        }
        let first = source.get(block.clone()).unwrap_or_default();
        let first = first.lines().next().unwrap_or_default();
        let content = lines.span.as_ref().map(|span| span.end);
        let rest = content.unwrap_or(block.start + first.len());
        let fence = first.chars().next().unwrap_or('`');
        let is_closed = |text: &str| text.contains(fence);
        let key = is_fenced.then(|| word(first, block.start)).flatten();
        let name = key.clone().and_then(|key| source.get(key));
        Self {
            name: name.unwrap_or("code").to_owned(),
            key,
            start: block.start,
            is_unclosed: is_fenced
                && block.end >= source.len()
                && !source.get(rest..block.end).is_some_and(is_closed),
            span: lines.span.clone(),
            text: lines.text(),
        }
    }
}

/// The first word after a fence: `sh` in `~~~ sh x` and in `{.sh}` after backquotes.
fn word(line: &str, start: usize) -> Option<Range<usize>> {
    let info = line.trim_start_matches(['`', '~']);
    let bare = info.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '.'));
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}');
    let length = bare.find(ends).unwrap_or(bare.len());
    let at = start + line.len() - bare.len();
    (length > 0).then_some(at..at + length)
}

/// The lines of a block, put together without the last line break.
struct BlockLines<'s> {
    source: &'s str,
    span: Option<Range<usize>>,
    mapped: Mapped,
    /// A line break that is part of the text if another line follows.
    line_break: Option<Range<usize>>,
}

impl<'s> BlockLines<'s> {
    fn new(source: &'s str) -> Self {
        Self {
            source,
            span: None,
            mapped: Mapped::new(),
            line_break: None,
        }
    }

    fn push(&mut self, text: &str, place: Range<usize>) {
        if let Some(place) = self.line_break.take() {
            self.mapped.push('\n', place);
        }
        let Range { mut start, mut end } = place;
        let before = self.source.as_bytes().get(start.wrapping_sub(1));
        // The parser leaves the first byte of a long line break out, and writes the columns of a tab
        // that belong to the block as spaces.
        let is_long = text.starts_with('\n') && before == Some(&b'\r');
        if is_long || start == end && before == Some(&b'\t') {
            start -= 1;
        }
        let first = self.span.as_ref().map_or(start, |span| span.start);
        let text = match text.strip_prefix('\n').filter(|_| is_long) {
            Some("") => {
                self.line_break = Some(start..end);
                self.span = Some(first..start);
                return;
            }
            Some(rest) => {
                self.mapped.push('\n', start..start + "\r\n".len());
                start += "\r\n".len();
                rest
            }
            None => text,
        };
        let line = text.strip_suffix('\n').unwrap_or(text);
        if line.len() < text.len() {
            self.line_break = Some(end - 1..end);
            end -= 1;
        }
        self.span = Some(first..end);
        if self.source.get(start..end) == Some(line) {
            self.mapped.push_plain(self.source, start..end);
        } else {
            for character in line.chars() {
                self.mapped.push(character, start..end);
            }
        }
    }

    /// The text, when it differs from the bytes in more than the line breaks.
    fn text(self) -> Option<Mapped> {
        let written = self.source.get(self.span?)?;
        let text = self.mapped.text();
        let is_same = text == written || text == written.replace("\r\n", "\n");
        (!is_same).then_some(self.mapped)
    }
}
