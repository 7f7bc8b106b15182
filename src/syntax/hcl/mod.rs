//! Terraform and other HCL files. A broken line does not hide the rest of the file, which is why
//! they are read here and not by a library.

mod template_strings;
mod values;

use std::ops::Range;

use super::tree::{NodeKind, Syntax, Tree, TreeBuilder};

/// A reader of HCL.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hcl;

impl Syntax for Hcl {
    fn read(&self, source: &str) -> Tree {
        let mut reader = HclReader::new(source);
        reader.run();
        let HclReader { builder, .. } = reader;
        builder.finish(source.len())
    }
}

/// Brackets in brackets; what comes after deeper ones is not read.
const DEEPEST: usize = 10_000;

/// A name with the bytes of its key.
#[derive(Debug, Clone)]
struct HclName {
    text: String,
    range: Range<usize>,
    /// The byte after it and its quote.
    end: usize,
}

/// What the inside of a bracket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Attributes and blocks.
    Body,
    /// Members with names.
    Object,
    /// Members in order.
    List,
    /// Strings in order.
    Call,
    /// What is here belongs to the value around it.
    Value,
}

#[derive(Debug)]
struct OpenHcl {
    inside: Inside,
    close: u8,
    /// The byte after its bracket.
    start: usize,
    /// Groups that end with it.
    groups: usize,
    item: usize,
    /// Names read before a sign says what they are.
    labels: Vec<HclName>,
    /// The name of the value that is being read.
    name: Option<HclName>,
    /// The value has begun, at this byte, and ends so far at the other.
    value: Option<(usize, usize)>,
    /// Something of the value was recorded.
    recorded: bool,
    /// The byte after a word that may be called.
    word_end: usize,
    /// It is made from another one: `{ for k, v in x : k => v }`
    made: bool,
}

impl OpenHcl {
    fn new(inside: Inside, close: u8, start: usize, groups: usize) -> Self {
        Self {
            inside,
            close,
            start,
            groups,
            item: 0,
            labels: Vec::new(),
            name: None,
            value: None,
            recorded: false,
            word_end: usize::MAX,
            made: false,
        }
    }

    /// Says whether what follows is a value, or a part of one.
    fn in_value(&self) -> bool {
        self.name.is_some() || matches!(self.inside, Inside::List | Inside::Call | Inside::Value)
    }
}

struct HclReader<'s> {
    source: &'s str,
    bytes: &'s [u8],
    at: usize,
    builder: TreeBuilder,
    /// Never empty.
    frames: Vec<OpenHcl>,
    /// Expressions in strings did not end somewhere; strings are then read as if they had none,
    /// as each would be looked through to the end of the text.
    flat: bool,
}

impl<'s> HclReader<'s> {
    fn new(source: &'s str) -> Self {
        Self {
            source,
            bytes: source.as_bytes(),
            at: if source.starts_with('\u{feff}') { 3 } else { 0 },
            builder: TreeBuilder::new(NodeKind::Mapping).merging(),
            frames: vec![OpenHcl::new(Inside::Body, 0, 0, 0)],
            flat: false,
        }
    }

    pub(super) fn frame(&mut self) -> &mut OpenHcl {
        if self.frames.is_empty() {
            self.frames.push(OpenHcl::new(Inside::Body, 0, 0, 0));
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn rest(&self) -> &'s [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            let before = self.at;
            self.step(byte);
            self.at = self.at.max(before + 1);
            if self.frames.len() > DEEPEST {
                self.builder.problem(self.at, "nested deeper than is read");
                break;
            }
        }
        if self.frames.len() > 1 {
            self.builder
                .problem(self.bytes.len(), "bracket without its end");
        }
        while self.frames.len() > 1 {
            self.pop(self.bytes.len());
        }
        self.end_member();
    }

    fn step(&mut self, byte: u8) {
        match byte {
            b'\n' => self.line_end(),
            b' ' | b'\t' | b'\r' => {}
            b'#' => self.line_comment(),
            b'/' if self.rest().starts_with(b"//") => self.line_comment(),
            b'/' if self.rest().starts_with(b"/*") => self.block_comment(),
            b'"' => self.string(),
            b'<' if self.heredoc() => {}
            b'{' | b'[' | b'(' => self.open(byte),
            b'}' | b']' | b')' => self.close(byte),
            b',' => {
                self.end_member();
                let frame = self.frame();
                frame.item += 1;
            }
            b'=' | b':' => self.assign(byte),
            _ if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 => self.word(),
            _ => self.part_of_value(self.at..self.at + 1),
        }
    }

    fn line_end(&mut self) {
        let frame = self.frame();
        match frame.inside {
            Inside::Body => self.end_member(),
            // A value may be on the line below its sign.
            Inside::Object if frame.value.is_some() => self.end_member(),
            _ => {}
        }
    }

    fn line_comment(&mut self) {
        let end = self.line_end_from(self.at);
        self.builder.comment(self.at..end);
        self.at = end;
    }

    pub(super) fn line_end_from(&self, from: usize) -> usize {
        let rest = self.source.get(from..).unwrap_or_default();
        let length = rest.find('\n').unwrap_or(rest.len());
        from + rest[..length].trim_end_matches('\r').len()
    }

    fn block_comment(&mut self) {
        let rest = self.source.get(self.at + 2..).unwrap_or_default();
        let length = rest.find("*/");
        if length.is_none() {
            self.builder.problem(self.at, "comment without end");
        }
        let end = length.map_or(self.bytes.len(), |length| self.at + 2 + length + 2);
        self.builder.comment(self.at..end);
        self.at = end;
    }

    fn word(&mut self) {
        let rest = self.source.get(self.at..).unwrap_or_default();
        let within = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let length = rest.find(|c| !within(c)).unwrap_or(rest.len()).max(first);
        let range = self.at..self.at + length;
        self.at = range.end;
        let text = self.source[range.clone()].to_owned();
        let end = range.end;
        let is_for = text == "for";
        self.label(HclName {
            text,
            range: range.clone(),
            end,
        });
        let frame = self.frame();
        frame.made |= frame.inside == Inside::Object && frame.name.is_none() && is_for;
        self.part_of_value(range);
        self.frame().word_end = end;
    }

    /// A word or a string that may be a name.
    pub(super) fn label(&mut self, name: HclName) {
        const MOST: usize = 16;
        let frame = self.frame();
        if !frame.in_value() {
            // Members of an object have one name; the last word is it, as in `for k, v in x : k`.
            if frame.inside == Inside::Object || frame.labels.len() >= MOST {
                frame.labels.clear();
            }
            frame.labels.push(name);
        }
    }

    pub(super) fn part_of_value(&mut self, range: Range<usize>) {
        self.at = self.at.max(range.end);
        let frame = self.frame();
        if frame.in_value() {
            let start = frame.value.map_or(range.start, |v| v.0);
            frame.value = Some((start, range.end));
        }
    }

    fn assign(&mut self, byte: u8) {
        let next = self.rest().get(1).copied();
        let start = self.at;
        if byte == b'=' && next == Some(b'=') {
            self.part_of_value(start..start + 2);
            return;
        }
        let arrow = byte == b'=' && next == Some(b'>');
        let before = start.checked_sub(1).map(|at| self.bytes[at]);
        let compares = matches!(before, Some(b'!' | b'<' | b'>'));
        let frame = self.frame();
        let begins = frame.name.is_none()
            && match frame.inside {
                Inside::Body => byte == b'=' && !arrow,
                Inside::Object => !frame.made || arrow,
                Inside::List | Inside::Call | Inside::Value => false,
            };
        if begins
            && !compares
            && let Some(name) = self.frame().labels.pop()
        {
            let frame = self.frame();
            frame.labels.clear();
            frame.name = Some(name);
            frame.value = None;
            frame.recorded = false;
            self.at += if arrow { 2 } else { 1 };
        } else {
            self.part_of_value(start..start + if arrow { 2 } else { 1 });
        }
    }
}

#[cfg(test)]
mod tests;
