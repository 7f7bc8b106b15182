//! Exports of the Windows registry, as they read after decoding.

use std::ops::Range;

use super::glyphs::{
    Glyph, SourceLine, char_at, closing_quote, glyphs, record, skip_blanks, starts_at, text_start,
};
use super::tree::{NodeKind, Step, Syntax, Tree, TreeBuilder};

/// Reads registry exports. Each registry key is a group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Registry;

impl Syntax for Registry {
    fn read(&self, source: &str) -> Tree {
        let mut at = text_start(source);
        let mut reader = RegistryReader {
            source,
            builder: TreeBuilder::new(NodeKind::Mapping),
            // Exports of the old version write the bytes of an ANSI text.
            unit: if starts_at(source, at, "REGEDIT4") {
                1
            } else {
                2
            },
        };
        while at < source.len() {
            at = reader.line(SourceLine::starting_at(source, at));
        }
        reader.builder.finish(source.len())
    }
}

struct RegistryReader<'s> {
    source: &'s str,
    builder: TreeBuilder,
    /// Bytes of a character of a binary text.
    unit: usize,
}

impl RegistryReader<'_> {
    /// Reads a line; gives the start of the next one.
    fn line(&mut self, line: SourceLine) -> usize {
        let start = line.text_start(self.source);
        match char_at(self.source, start) {
            _ if start >= line.end => {}
            Some(';') => self.builder.comment(start..line.end),
            Some('[') => self.section(start, line.end),
            Some('"') => {
                if let Some(close) = closing_quote(self.source, start + 1, '"', true, '=')
                    && close < line.end
                {
                    return self.value(start + 1..close, close + 1);
                }
                self.builder.problem(start, "a name that is not closed");
            }
            Some('@') => return self.value(start..start + 1, start + 1),
            _ => {
                let text = self.source.get(start..line.end).unwrap_or_default();
                if !text.starts_with("Windows Registry Editor") && !text.starts_with("REGEDIT") {
                    self.builder.problem(start, "neither a key nor a value");
                }
            }
        }
        line.next
    }

    fn section(&mut self, start: usize, line_end: usize) {
        let text = self.source.get(start..line_end).unwrap_or_default();
        let Some(close) = text.rfind(']') else {
            self.builder.problem(start, "a key that is not closed");
            return;
        };
        if self.builder.depth() > 0 {
            self.builder.close(start);
        }
        // `[-KEY]` deletes a key.
        let name_at = start + if text.starts_with("[-") { 2 } else { 1 };
        let name = name_at.min(start + close)..start + close;
        let step = Step::Key(self.source.get(name.clone()).unwrap_or_default().to_owned());
        let after = start + close + 1;
        self.builder
            .open(NodeKind::Mapping, step, Some(name), after);
    }

    /// Reads what is after a name; gives the start of the next line.
    fn value(&mut self, name: Range<usize>, after: usize) -> usize {
        let line = SourceLine::starting_at(self.source, after);
        let equals = skip_blanks(self.source, after);
        if char_at(self.source, equals) != Some('=') {
            self.builder.problem(after, "a name without a value");
            return line.next;
        }
        let step = Step::Key(
            unescaped(self.source, name.clone())
                .iter()
                .map(|g| g.c)
                .collect(),
        );
        let at = skip_blanks(self.source, equals + 1);
        if char_at(self.source, at) == Some('"') {
            let Some(close) = closing_quote(self.source, at + 1, '"', true, ';') else {
                self.builder.problem(at, "a text that is not closed");
                self.builder.scalar(step, Some(name), at + 1..line.end);
                return line.next;
            };
            let text = unescaped(self.source, at + 1..close);
            record(
                &mut self.builder,
                self.source,
                step,
                Some(name),
                &text,
                at + 1,
            );
            return self.rest(close + 1);
        }
        let rest = self.source.get(at..line.end).unwrap_or_default();
        if rest.starts_with("hex")
            && let Some(colon) = rest.find(':')
        {
            return self.binary(step, name, at, at + colon);
        }
        let text = rest.split(';').next().unwrap_or_default().trim_end();
        self.builder.scalar(step, Some(name), at..at + text.len());
        self.rest(at + text.len())
    }

    /// Bytes in hexadecimal digits, which some types mean as a text.
    fn binary(&mut self, step: Step, name: Range<usize>, at: usize, colon: usize) -> usize {
        let bytes = ByteList::read(self.source, colon + 1);
        let kind = self.source.get(at..colon).unwrap_or_default();
        if bytes.is_broken {
            self.builder.problem(bytes.end, "not a list of bytes");
        } else if matches!(kind, "hex(1)" | "hex(2)" | "hex(7)") && !bytes.list.is_empty() {
            let text = decode(&bytes.list, self.unit);
            let span = skip_blanks(self.source, colon + 1)..bytes.end;
            let mut mapped = crate::text::Mapped::new();
            for glyph in text {
                mapped.push(glyph.c, glyph.start..glyph.end);
            }
            self.builder.decoded(step, Some(name), span, mapped);
            return self.rest(bytes.end);
        }
        self.builder.scalar(step, Some(name), at..bytes.end);
        self.rest(bytes.end)
    }

    /// What is after a value: nothing, or a comment.
    fn rest(&mut self, after: usize) -> usize {
        let line = SourceLine::starting_at(self.source, after);
        let at = line.text_start(self.source);
        if char_at(self.source, at) == Some(';') {
            self.builder.comment(at..line.end);
        } else if at < line.end {
            self.builder.problem(at, "text after a value");
        }
        line.next
    }
}

/// What the text between quotes says.
fn unescaped(source: &str, range: Range<usize>) -> Vec<Glyph> {
    let mut out = Vec::new();
    let mut raw = glyphs(source, range).peekable();
    while let Some(mut glyph) = raw.next() {
        if glyph.c == '\\'
            && let Some(next) = raw.next_if(|g| matches!(g.c, '\\' | '"'))
        {
            glyph = Glyph {
                start: glyph.start,
                ..next
            };
        }
        out.push(glyph);
    }
    out
}

/// A list of bytes, which may be continued on further lines.
struct ByteList {
    /// Each byte with the place of its digits.
    list: Vec<(u8, Range<usize>)>,
    /// The byte after the last digit or comma.
    end: usize,
    is_broken: bool,
}

impl ByteList {
    fn read(source: &str, start: usize) -> Self {
        let mut list = Vec::new();
        let mut at = start;
        let mut end = start;
        loop {
            at = skip_blanks(source, at);
            let digits = source.get(at..at + 2).and_then(byte_of);
            if let Some(byte) = digits {
                list.push((byte, at..at + 2));
                at += 2;
                end = at;
                at = skip_blanks(source, at);
                if char_at(source, at) == Some(',') {
                    at += 1;
                    end = at;
                    continue;
                }
            }
            let line = SourceLine::starting_at(source, at);
            if char_at(source, at) == Some('\\') && skip_blanks(source, at + 1) >= line.end {
                at = line.next.max(at + 1);
                continue;
            }
            let is_broken = at < line.end && char_at(source, at) != Some(';');
            return Self {
                list,
                end: if is_broken { line.end } else { end },
                is_broken,
            };
        }
    }
}

fn byte_of(digits: &str) -> Option<u8> {
    let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
    u8::from_str_radix(digits, 16).ok().filter(|_| is_hex)
}

/// The text of bytes: UTF-16, or single bytes. Texts end with a NUL; those of a list are told
/// apart by lines.
fn decode(bytes: &[(u8, Range<usize>)], unit: usize) -> Vec<Glyph> {
    let units: Vec<(u16, Range<usize>)> = bytes
        .chunks_exact(unit)
        .filter_map(|chunk| {
            let (low, first) = chunk.first()?;
            let (high, last) = chunk
                .get(1)
                .map_or((0, first), |(high, place)| (*high, place));
            Some((u16::from_le_bytes([*low, high]), first.start..last.end))
        })
        .collect();
    let mut at = 0;
    let mut out = Vec::new();
    // Unpaired halves stand for one unit each, so that places keep in step.
    for decoded in char::decode_utf16(units.iter().map(|(unit, _)| *unit)) {
        let c = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
        let after = at + c.len_utf16();
        if let (Some((_, first)), Some((_, last))) = (units.get(at), units.get(after - 1)) {
            let c = if c == '\0' { '\n' } else { c };
            out.push(Glyph {
                c,
                start: first.start,
                end: last.end,
            });
        }
        at = after;
    }
    while out.last().is_some_and(|g| g.c == '\n') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests;
