//! Tables: a row is a mapping from the header of each column to the cell.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::MarkdownEvents;
use crate::syntax::tree::{NodeKind, Step, TreeBuilder};

/// Reads the events of a table up to its end. Returns where the last row ends.
pub(super) fn read(source: &str, builder: &mut TreeBuilder, events: &mut MarkdownEvents) -> usize {
    let mut header: Vec<Range<usize>> = Vec::new();
    let mut row: Option<Range<usize>> = None;
    let mut rows = 0;
    let mut column = 0;
    let mut end = 0;
    for (event, span) in events {
        match event {
            Event::Start(Tag::TableHead) => {
                let step = Step::Key("table".to_owned());
                end = span.end;
                builder.open(NodeKind::Sequence, step, None, end);
            }
            Event::Start(Tag::TableRow) => {
                builder.open(NodeKind::Mapping, Step::Item(rows), None, span.start);
                rows += 1;
                column = 0;
                row = Some(span);
            }
            Event::Start(Tag::TableCell) => {
                let Some(row) = &row else {
                    header.push(bare(source, span));
                    continue;
                };
                // The parser fills short rows up with cells that are not written.
                if span.start < row.end {
                    let key = header.get(column).cloned();
                    let name = key.clone().and_then(|key| source.get(key));
                    let step = Step::Key(without_emphasis(name.unwrap_or_default()));
                    builder.scalar(step, key, bare(source, span));
                }
                column += 1;
            }
            Event::End(TagEnd::TableRow) => {
                let written = source.get(span.clone()).unwrap_or_default();
                end = span.start + written.trim_end().len();
                builder.close(end);
            }
            Event::End(TagEnd::Table) => break,
            _ => {}
        }
    }
    builder.close(end);
    end
}

/// A cell without the spaces and backquotes around its text.
fn bare(source: &str, cell: Range<usize>) -> Range<usize> {
    let around = |c: char| c.is_whitespace() || c == '`';
    let text = source.get(cell.clone()).unwrap_or_default();
    let start = cell.start + (text.len() - text.trim_start_matches(around).len());
    start..start + text.trim_matches(around).len()
}

fn without_emphasis(cell: &str) -> String {
    let text = cell.trim_matches(|c: char| matches!(c, '*' | '_' | '`' | ' '));
    text.replace(['`', '*'], "")
}
