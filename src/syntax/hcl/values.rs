//! Values of HCL, and the groups that hold them.

use std::ops::Range;

use super::template_strings::{decode, string_end};
use super::{HclName, HclReader, Inside, OpenHcl};
use crate::syntax::tree::{NodeKind, Step};
use crate::text::Mapped;

impl HclReader<'_> {
    pub(super) fn string(&mut self) {
        let start = self.at;
        let found = string_end(self.source, start + 1, self.flat).or_else(|| {
            self.flat = true;
            string_end(self.source, start + 1, true)
        });
        let (end, after) = found.unwrap_or_else(|| {
            self.builder.problem(start, "string without end");
            let end = self.line_end_from(start + 1);
            (end, end)
        });
        let content = start + 1..end;
        let decoded = decode(self.source, content.clone(), self.flat);
        self.at = after;
        if !self.frame().in_value() {
            let text = decoded
                .as_ref()
                .map_or(&self.source[content.clone()], Mapped::text);
            let name = HclName {
                text: text.to_owned(),
                range: content,
                end: after,
            };
            self.label(name);
            return;
        }
        let (step, key) = self.value_step();
        match decoded {
            Some(text) => self.builder.decoded(step, key, content, text),
            None => self.builder.scalar(step, key, content),
        }
        self.part_of_value(start..after);
    }

    /// `<<EOT` up to the line that says `EOT`.
    pub(super) fn heredoc(&mut self) -> bool {
        let start = self.at;
        let rest = self.source.get(start..).unwrap_or_default();
        let Some(after) = rest.strip_prefix("<<") else {
            return false;
        };
        let after = after.strip_prefix('-').unwrap_or(after);
        let within = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let name = &after[..after.find(|c| !within(c)).unwrap_or(after.len())];
        if name.is_empty() || !self.frame().in_value() {
            return false;
        }
        let Some(line) = rest.find('\n') else {
            return false;
        };
        let body = start + line + 1;
        let mut end = body;
        let mut found = None;
        for line in self.source[body..].split_inclusive('\n') {
            if line.trim() == name {
                found = Some(end + line.trim_end_matches(['\r', '\n']).len());
                break;
            }
            end += line.len();
        }
        let text = &self.source[body..end];
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let (step, key) = self.value_step();
        self.builder.scalar(step, key, body..body + text.len());
        let after = found.unwrap_or_else(|| {
            self.builder.problem(start, "string without end");
            self.bytes.len()
        });
        self.part_of_value(start..after);
        true
    }

    /// The step of what is recorded next, and its key.
    pub(super) fn value_step(&mut self) -> (Step, Option<Range<usize>>) {
        // What is in parentheses belongs to the value around them.
        let outer = self.frames.iter().rposition(|f| f.inside != Inside::Value);
        let number = outer.unwrap_or(0);
        for frame in self.frames.iter_mut().skip(number) {
            frame.recorded = true;
        }
        match self.frames.get(number) {
            Some(OpenHcl {
                name: Some(name), ..
            }) => (Step::Key(name.text.clone()), Some(name.range.clone())),
            Some(frame) => (Step::Item(frame.item), None),
            None => (Step::Item(0), None),
        }
    }

    pub(super) fn end_member(&mut self) {
        let frame = self.frame();
        let value = frame
            .value
            .take()
            .filter(|_| !matches!(frame.inside, Inside::Call | Inside::Value));
        let recorded = std::mem::take(&mut frame.recorded);
        frame.labels.clear();
        if let Some((start, end)) = value
            && !recorded
        {
            let (step, key) = self.value_step();
            self.builder.scalar(step, key, start..end);
        }
        let frame = self.frame();
        frame.recorded = false;
        frame.name = None;
    }

    pub(super) fn open(&mut self, byte: u8) {
        let start = self.at;
        let close = match byte {
            b'{' => b'}',
            b'[' => b']',
            _ => b')',
        };
        self.at += 1;
        let word_end = self.frame().word_end;
        if !self.frame().in_value() {
            let frame = self.frame();
            let labels = std::mem::take(&mut frame.labels);
            if byte == b'{' && frame.inside == Inside::Body {
                self.block(&labels, start);
            } else {
                // `(key) = value` in an object, or what is not understood.
                self.frames
                    .push(OpenHcl::new(Inside::Value, close, start + 1, 0));
            }
            return;
        }
        // `list[0]` and `(a)` are parts of a value, `f(a)` has members.
        let after_word = word_end == start;
        self.part_of_value(start..start + 1);
        let inside = match byte {
            b'{' => Inside::Object,
            b'[' if !after_word => Inside::List,
            b'(' if after_word => Inside::Call,
            _ => Inside::Value,
        };
        if inside == Inside::Value {
            self.frames.push(OpenHcl::new(inside, close, start + 1, 0));
            return;
        }
        let (step, key) = self.value_step();
        let kind = if inside == Inside::Object {
            NodeKind::Mapping
        } else {
            NodeKind::Sequence
        };
        self.builder.open(kind, step, key, start);
        self.frames.push(OpenHcl::new(inside, close, start + 1, 1));
    }

    /// A block: a group for its type and one for each label.
    pub(super) fn block(&mut self, labels: &[HclName], start: usize) {
        for (number, label) in labels.iter().enumerate() {
            let last = number + 1 == labels.len();
            let step = Step::Key(label.text.clone());
            let from = if last { start } else { label.end };
            self.builder
                .open(NodeKind::Mapping, step, Some(label.range.clone()), from);
        }
        if labels.is_empty() {
            let (step, key) = self.value_step();
            self.builder.open(NodeKind::Mapping, step, key, start);
        }
        self.frame().item += 1;
        self.frames.push(OpenHcl::new(
            Inside::Body,
            b'}',
            start + 1,
            labels.len().max(1),
        ));
    }

    pub(super) fn close(&mut self, byte: u8) {
        const NEAR: usize = 64;
        let end = self.at + 1;
        let depth = self
            .frames
            .iter()
            .rev()
            .take(NEAR)
            .position(|f| f.close == byte);
        let Some(depth) = depth else {
            self.builder
                .problem(self.at, "bracket without its beginning");
            self.at = end;
            return;
        };
        if depth > 0 {
            self.builder.problem(self.at, "bracket of another kind");
        }
        for _ in 0..depth {
            self.pop(self.at);
        }
        let (inside, start) = (self.frame().inside, self.frame().start);
        self.pop(end);
        let content = start..end - 1;
        let frame = self.frame();
        if frame.in_value() {
            frame.value = Some((frame.value.map_or(end, |v| v.0), end));
            frame.word_end = end;
        } else if inside == Inside::Value
            && let Some(text) = self.source.get(content.clone())
        {
            let text = text.trim().to_owned();
            self.label(HclName {
                text,
                range: content,
                end,
            });
        }
        self.at = end;
    }

    pub(super) fn pop(&mut self, end: usize) {
        self.end_member();
        if self.frames.len() > 1
            && let Some(frame) = self.frames.pop()
        {
            for _ in 0..frame.groups {
                self.builder.close(end);
            }
        }
    }
}
