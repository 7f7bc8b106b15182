//! A quick reader for YAML as most of it is written: keys and values line by line. It gives up at
//! the first line that could mean something else, and then the parser reads the whole text.
//!
//! It is worth a second reader. Without it, `ptlint check --threads 1` takes 8.1 % more processor time
//! over the tree of `benches/make_tree.py TREE --files 3000` (median of 60 interleaved runs of two
//! `cargo build --release`; the same program against itself differs by 1.0 %).

mod line_values;

use std::ops::Range;

use crate::syntax::tree::{NodeKind, Step, Tree, TreeBuilder};
use crate::text::Mapped;
use line_values::KeyOrValue;

/// Reads a text that consists of simple lines only: the same tree as the parser gives.
#[must_use]
pub(super) fn read(source: &str) -> Option<Tree> {
    if !is_usual(source) {
        return None;
    }
    let mut reader = LineReader {
        source,
        bytes: source.as_bytes(),
        builder: TreeBuilder::new(NodeKind::Mapping),
        groups: Vec::new(),
        documents: 0,
        at: 0,
        last_end: 0,
    };
    while reader.at < source.len() {
        reader.line()?;
    }
    reader.leave();
    Some(reader.builder.finish(source.len()))
}

/// Says whether a text has no characters that are not allowed, or that may end a line elsewhere.
fn is_usual(source: &str) -> bool {
    let bytes = source.as_bytes();
    let is_odd = |b: u8| b == 0x7f || b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r');
    // No early end: the compiler makes SIMD of it.
    let odd = bytes.iter().fold(0, |odd, b| odd + usize::from(is_odd(*b)));
    let breaks = || {
        let mut returns = memchr::memchr_iter(b'\r', bytes);
        returns.all(|at| bytes.get(at + 1) == Some(&b'\n'))
    };
    let fits = |c: char| {
        c.is_ascii()
            || (c >= '\u{a0}'
                && !matches!(
                    c,
                    '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
                ))
    };
    odd == 0 && breaks() && (source.is_ascii() || source.chars().all(fits))
}

struct LineReader<'s> {
    source: &'s str,
    bytes: &'s [u8],
    builder: TreeBuilder,
    /// The groups that are open, each further to the right than the one around it, but for lists
    /// below their key.
    groups: Vec<LineGroup>,
    documents: usize,
    at: usize,
    /// The end of the last key or value.
    last_end: usize,
}

struct LineGroup {
    kind: NodeKind,
    /// The column of its members.
    column: usize,
    members: usize,
    /// What has no value yet.
    waits: Waits,
    /// It is a group of the tree; the root stands for the first document.
    opened: bool,
}

#[derive(PartialEq, Eq)]
enum Waits {
    Nothing,
    /// The value of a key whose colon is at this place.
    Key(LineKey, usize),
    /// The value of an item.
    Item,
}

#[derive(PartialEq, Eq)]
struct LineKey {
    name: String,
    span: Range<usize>,
}

/// Groups in groups.
const DEEPEST: usize = 64;
/// Bytes of a key; longer ones are not keys in YAML.
const LONGEST_KEY: usize = 500;

impl LineReader<'_> {
    /// Reads a line; a block of text with the lines that belong to it.
    fn line(&mut self) -> Option<()> {
        let start = self.at;
        let (end, next) = self.line_end(start);
        self.at = next;
        let at = self.after_spaces(start, end);
        match self.bytes.get(at..end)? {
            [] => return Some(()),
            [b'#', ..] => {
                self.builder.comment(at..end);
                return Some(());
            }
            [b'-', b'-', b'-', ..] if at == start => return self.document(at, end),
            [b'.', b'.', b'.', ..] if at == start => return None,
            _ => {}
        }
        self.documents = self.documents.max(1);
        self.content(at, start, end)
    }

    /// The place of the line break, and that after it.
    fn line_end(&self, start: usize) -> (usize, usize) {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let Some(length) = memchr::memchr(b'\n', rest) else {
            return (self.bytes.len(), self.bytes.len());
        };
        let hidden = usize::from(rest[..length].ends_with(b"\r"));
        (start + length - hidden, start + length + 1)
    }

    fn after_spaces(&self, from: usize, end: usize) -> usize {
        let rest = self.bytes.get(from..end).unwrap_or_default();
        let spaces = rest.iter().position(|b| *b != b' ');
        spaces.map_or(end, |spaces| from + spaces)
    }

    /// `---`
    fn document(&mut self, start: usize, end: usize) -> Option<()> {
        self.comment_only(start + 3, end)?;
        self.leave();
        self.documents += 1;
        Some(())
    }

    /// Spaces, and perhaps a comment, up to the end of a line.
    fn comment_only(&mut self, from: usize, end: usize) -> Option<()> {
        let at = self.after_spaces(from, end);
        if at < end {
            let comment = at > from && self.bytes[at] == b'#';
            comment.then(|| self.builder.comment(at..end))?;
        }
        Some(())
    }

    /// A line with a key or an item; `at` is the place of its first sign.
    fn content(&mut self, mut at: usize, line: usize, end: usize) -> Option<()> {
        let mut first = true;
        while self.bytes[at] == b'-' && (at + 1 == end || self.bytes[at + 1] == b' ') {
            let next = self.after_spaces(at + 1, end);
            let empty = next == end || self.bytes[next] == b'#';
            let content = (!empty).then_some(next);
            let group = self.group(NodeKind::Sequence, at - line, first, (at, content))?;
            group.waits = Waits::Item;
            if empty {
                return self.comment_only(at + 1, end);
            }
            first = false;
            at = next;
        }
        let KeyOrValue::Key(name, colon) = self.key(at, end)? else {
            // A line of its own may continue the one above.
            return if first { None } else { self.value(at, end) };
        };
        let key = LineKey {
            name: self.source.get(name.clone())?.to_owned(),
            span: name,
        };
        let key_end = key.span.end;
        let group = self.group(NodeKind::Mapping, at - line, first, (at, Some(at)))?;
        group.waits = Waits::Key(key, colon);
        self.last_end = self.last_end.max(key_end);
        let value = self.after_spaces(colon + 1, end);
        if value == end || self.bytes[value] == b'#' {
            return self.comment_only(colon + 1, end);
        }
        self.value(value, end)
    }

    /// The group that gets a member of this kind at this column, and waits for nothing. `first`
    /// says that the member begins its line; otherwise it is the first one of a group in an item.
    /// A group begins at its first sign; a list at the column of its key, after that sign.
    fn group(
        &mut self,
        kind: NodeKind,
        column: usize,
        first: bool,
        (start, content): (usize, Option<usize>),
    ) -> Option<&mut LineGroup> {
        if first {
            self.leave_for(kind, column)?;
        }
        let top = self.groups.last();
        if top.is_none_or(|g| g.kind != kind || g.column != column || g.waits != Waits::Nothing) {
            let waiting = top.is_none_or(|g| g.waits != Waits::Nothing);
            if !waiting || self.groups.len() >= DEEPEST {
                return None;
            }
            let start = match top {
                Some(group) if group.column == column => content?,
                _ => start,
            };
            self.open(kind, column, start);
        }
        self.groups.last_mut()
    }

    fn open(&mut self, kind: NodeKind, column: usize, start: usize) {
        let opened = !self.groups.is_empty() || self.documents > 1;
        if opened {
            let (step, key) = if self.groups.is_empty() {
                (Step::Document(self.documents), None)
            } else {
                self.step()
            };
            self.builder.open(kind, step, key, start);
        }
        self.groups.push(LineGroup {
            kind,
            column,
            members: 0,
            waits: Waits::Nothing,
            opened,
        });
    }

    /// What leads to the next value.
    fn step(&mut self) -> (Step, Option<Range<usize>>) {
        let Some(group) = self.groups.last_mut() else {
            return (Step::Text, None);
        };
        let member = group.members;
        group.members += 1;
        match std::mem::replace(&mut group.waits, Waits::Nothing) {
            Waits::Key(key, _) => (Step::Key(key.name), Some(key.span)),
            Waits::Item | Waits::Nothing => (Step::Item(member), None),
        }
    }

    /// Ends what a member at the beginning of a line is not part of.
    fn leave_for(&mut self, kind: NodeKind, column: usize) -> Option<()> {
        let below_key = |group: &LineGroup| {
            group.column == column && group.kind == NodeKind::Mapping && kind == NodeKind::Sequence
        };
        let before = self.groups.len();
        while let Some(group) = self.groups.last() {
            // A list may be at the column of its key.
            let own = group.column == column && (group.kind == kind || below_key(group));
            if group.column < column || own {
                break;
            }
            self.end_group();
        }
        match self.groups.last() {
            Some(group) if group.column == column && !below_key(group) => self.nothing(),
            // A document has one group.
            None if before > 0 => return None,
            Some(_) | None => {}
        }
        Some(())
    }

    fn leave(&mut self) {
        while !self.groups.is_empty() {
            self.end_group();
        }
    }

    fn end_group(&mut self) {
        self.nothing();
        if self.groups.pop().is_some_and(|group| group.opened) {
            self.builder.close(self.last_end);
        }
    }

    /// What is waited for is not written.
    fn nothing(&mut self) {
        match self.groups.last().map(|group| &group.waits) {
            Some(&Waits::Key(_, colon)) => self.scalar(colon..colon, None),
            Some(Waits::Item) => {
                self.step();
            }
            Some(Waits::Nothing) | None => {}
        }
    }

    fn scalar(&mut self, span: Range<usize>, text: Option<Mapped>) {
        let (step, key) = self.step();
        if key.is_none() && span.is_empty() {
            return;
        }
        self.last_end = self.last_end.max(span.end);
        match text {
            Some(text) => self.builder.decoded(step, key, span, text),
            None => self.builder.scalar(step, key, span),
        }
    }
}

#[cfg(test)]
mod tests;
