//! How far what begins on a line goes on: values, instructions, commands and elements over several lines.

use std::ops::Range;

use super::formats::FormatId;
use super::nesting::Document;
use super::tree::{NodeKind, TreeNode};

/// Nodes after a line that are looked at for a key on it.
const NEAR: usize = 64;

impl Document {
    /// Where the last value, instruction, command or element ends that begins in `line`; at least the
    /// end of the line. A group of values does not count.
    #[must_use]
    pub fn end_of_what_begins_in(&self, line: &Range<usize>) -> usize {
        let units = self.tree.units();
        let first = units.partition_point(|unit| unit.start < line.start);
        let units = units[first..].iter();
        let units = units.take_while(|unit| unit.start <= line.end);
        let begun = units.map(|unit| unit.end).max();

        let nodes = self.tree.nodes();
        let first = nodes.partition_point(|node| node.span.start < line.start);
        let after = nodes.partition_point(|node| node.span.start <= line.end);
        let within = nodes[first..after].iter();
        let named = nodes[after..].iter().take(NEAR).filter(|node| {
            let key = node.key.as_ref();
            key.is_some_and(|key| (line.start..=line.end).contains(&key.start))
        });
        let headed = nodes.get(after).filter(|node| self.has_header(node, line));
        let values = within.chain(named).chain(headed);
        let values = values.filter(|node| node.kind == NodeKind::Scalar);
        let values = values.map(|node| node.span.end).max();

        let inner = self.end_inside(line);
        [begun, values, inner]
            .into_iter()
            .flatten()
            .fold(line.end, usize::max)
    }

    /// The same for the document inside the value that the line belongs to.
    fn end_inside(&self, line: &Range<usize>) -> Option<usize> {
        let text = self.text.get(line.clone())?;
        let start = line.end - text.trim_start().len();
        let node = self.tree.value_at(&(start..start + 1))?;
        let inner = self.inner(node)?;
        let value = &self.tree.node(node).span;
        let line = inner.range_inside(line.start.max(value.start)..line.end.min(value.end));
        let end = inner.end_of_what_begins_in(&line);
        Some(inner.range_around(end..end).end)
    }

    /// Says whether a value on the next line is announced on this one: a block scalar of YAML, or a
    /// here-document.
    fn has_header(&self, node: &TreeNode, line: &Range<usize>) -> bool {
        let between = self.text.get(line.end..node.span.start);
        if !between.is_some_and(|text| text.trim().is_empty()) {
            return false;
        }
        let text = self.text.get(line.clone()).unwrap_or_default();
        match self.format.id {
            FormatId::Yaml => {
                let text = text.split(" #").next().unwrap_or_default().trim_end();
                let mark = text.trim_end_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
                mark.ends_with(['|', '>'])
            }
            FormatId::Hcl => text.contains("<<"),
            _ => false,
        }
    }
}
