//! Block scalars: `|` and `>`, with the bytes of each line.

use std::ops::Range;

use super::scalar::{first, line_break};
use crate::text::Mapped;

/// A line of a block scalar without its indentation.
struct BlockLine {
    content: Range<usize>,
    line_break: Range<usize>,
}

/// A block scalar, whose `span` begins at its first text that is not blank.
pub(super) fn block(
    source: &str,
    span: &Range<usize>,
    folded: bool,
    value: &str,
) -> (Range<usize>, Option<Mapped>) {
    if value.trim_matches([' ', '\t', '\n']).is_empty() {
        return (span.start..span.start, None);
    }
    let mut mapped = Mapped::new();
    for line_break in blank_lines_before(source, span.start) {
        mapped.push('\n', line_break);
    }
    // The line that text was written from, and the empty lines after it.
    let mut last: Option<(bool, Range<usize>)> = None;
    let mut empty: Vec<Range<usize>> = Vec::new();
    for line in block_lines(source, span) {
        if line.content.is_empty() {
            empty.push(line.line_break);
            continue;
        }
        let indented = matches!(first(source, line.content.clone()), Some(' ' | '\t'));
        if let Some((last_indented, line_break)) = last {
            if !folded || indented || last_indented {
                mapped.push('\n', line_break);
            } else if empty.is_empty() {
                mapped.push(' ', line_break);
            }
        }
        for line_break in empty.drain(..) {
            mapped.push('\n', line_break);
        }
        mapped.push_plain(source, line.content);
        last = Some((indented, line.line_break));
    }
    // How many of the last line breaks are kept is seen from the value.
    let missing = value.len().saturating_sub(mapped.text().len());
    let ends = last.into_iter().map(|(_, line_break)| line_break);
    for line_break in ends.chain(empty).take(missing) {
        mapped.push('\n', line_break);
    }
    if mapped.text() != value {
        return (span.clone(), None);
    }
    let span = mapped.source(0..value.len());
    let plain = source.get(span.clone()) == Some(value);
    (span, (!plain).then_some(mapped))
}

/// The line breaks of the blank lines between the header of a block scalar and its text.
fn blank_lines_before(source: &str, start: usize) -> Vec<Range<usize>> {
    let mut breaks = Vec::new();
    let mut at = line_start(source, start);
    loop {
        let before = source.get(..at).unwrap_or_default();
        let end = before
            .strip_suffix('\n')
            .map(|b| b.strip_suffix('\r').unwrap_or(b))
            .or(before.strip_suffix('\r'))
            .map_or(at, str::len);
        let line = line_start(source, end);
        let blank = source.get(line..end).is_some_and(|l| l.trim().is_empty());
        if end == at || !blank {
            break;
        }
        breaks.push(end..at);
        at = line;
    }
    breaks.reverse();
    breaks
}

fn line_start(source: &str, at: usize) -> usize {
    let before = source.get(..at).unwrap_or_default();
    before.rfind(['\n', '\r']).map_or(0, |b| b + 1)
}

fn block_lines(source: &str, span: &Range<usize>) -> Vec<BlockLine> {
    let indent = span.start - line_start(source, span.start);
    let mut lines = Vec::new();
    let mut at = span.start;
    loop {
        let rest = source.get(at..span.end).unwrap_or_default();
        let end = rest.find(['\n', '\r']).map_or(span.end, |b| at + b);
        let line_break = line_break(source, end..span.end);
        let after = line_break.end;
        lines.push(BlockLine {
            content: at..end,
            line_break,
        });
        if after >= span.end || after == end {
            return lines;
        }
        let rest = source.get(after..span.end).unwrap_or_default();
        let spaces = rest.bytes().take(indent).take_while(|b| *b == b' ').count();
        at = after + spaces;
        if at >= span.end {
            return lines;
        }
    }
}
