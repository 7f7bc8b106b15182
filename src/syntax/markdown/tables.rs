//! Tables of Markdown.

use std::ops::Range;

/// Whether a line is the one between header and rows: `|---|:-:|`
pub fn is_ruler(text: &str) -> bool {
    text.contains('-')
        && text
            .bytes()
            .all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// The bytes of the cells of a line, with the white space around them.
pub fn cells(source: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let text = &source[line.clone()];
    let trimmed = text.trim();
    let mut start = line.start + (text.len() - text.trim_start().len());
    let end = start + trimmed.len();
    start += usize::from(trimmed.starts_with('|'));
    let mut cells = Vec::new();
    let mut escaped = false;
    let mut from = start;
    for (at, byte) in source.as_bytes()[start..end.max(start)].iter().enumerate() {
        match byte {
            b'|' if !escaped => {
                cells.push(from..start + at);
                from = start + at + 1;
            }
            _ => {}
        }
        escaped = *byte == b'\\' && !escaped;
    }
    if from < end {
        cells.push(from..end);
    }
    cells
}

/// A cell without the spaces and backquotes around its text.
pub fn bare(source: &str, cell: Range<usize>) -> Range<usize> {
    let around = |c: char| c.is_whitespace() || c == '`';
    let text = &source[cell.clone()];
    let start = cell.start + (text.len() - text.trim_start_matches(around).len());
    let length = text.trim_matches(around).len();
    start.min(cell.end)..start.min(cell.end) + length
}

/// The text of a header cell without emphasis.
pub fn name(cell: &str) -> String {
    let text = cell.trim_matches(|c: char| matches!(c, '*' | '_' | '`' | ' '));
    text.replace(['`', '*'], "")
}
