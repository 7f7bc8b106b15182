//! Assignments of a shell: names with values, and arrays.

use super::super::glyphs::{Glyph, SourceLine, char_at, record, span_of, text_of};
use super::super::tree::{NodeKind, Step};
use super::word::Word;
use super::{ShellReader, is_name};

impl ShellReader<'_> {
    /// `NAME=value` for the script itself, or `NAME=(value value)`.
    pub(super) fn assign(&mut self, word: &Word, equals: usize) {
        let (key, value) = split(&word.glyphs, equals);
        let step = Step::Key(text_of(key));
        let range = span_of(key, word.start);
        if value.is_empty() && !word.is_quoted && char_at(self.source, word.end) == Some('(') {
            self.builder
                .open(NodeKind::Sequence, step, Some(range), word.end);
            self.words.at = word.end + 1;
            self.array();
            return;
        }
        let empty_at = word.empty_at.max(range.end);
        record(
            &mut self.builder,
            self.source,
            step,
            Some(range),
            value,
            empty_at,
        );
    }

    /// The values of an array, up to its closing bracket.
    fn array(&mut self) {
        let mut items = 0;
        let mut is_closed = false;
        while let Some(c) = char_at(self.source, self.words.at) {
            let at = self.words.at;
            if c == ')' {
                self.words.at = at + 1;
                is_closed = true;
                break;
            }
            if c == '#' {
                let line = SourceLine::starting_at(self.source, at);
                self.builder.comment(at..line.end);
                self.words.at = line.end;
            } else if let Some(word) = self.words.next_word() {
                let (step, key, value) = match element(&word.glyphs) {
                    Some((name, value)) => {
                        let step = Step::Key(text_of(name));
                        (step, Some(span_of(name, word.start)), value)
                    }
                    None => (Step::Item(items), None, word.glyphs.as_slice()),
                };
                items += usize::from(key.is_none());
                // A word that is only an escaped line break is not a value.
                if !value.is_empty() || word.is_quoted {
                    record(
                        &mut self.builder,
                        self.source,
                        step,
                        key,
                        value,
                        word.empty_at,
                    );
                }
            } else {
                self.words.at = at + c.len_utf8();
            }
        }
        if !is_closed {
            self.builder
                .problem(self.source.len(), "an array that is not closed");
        }
        self.builder.close(self.words.at);
    }
}

/// Where the `=` of `NAME=`, `NAME[0]=`, `NAME+=` or `--name=` is.
pub(super) fn assignment(glyphs: &[Glyph]) -> Option<usize> {
    let equals = glyphs.iter().position(|g| g.c == '=')?;
    let (name, _) = split(glyphs, equals);
    let first = name.first()?.c;
    let is_option = first == '-';
    let fits = |g: &Glyph| {
        is_name(g.c) || matches!(g.c, '.' | '-' | '[' | ']') || (is_option && g.c == ':')
    };
    let begins = is_option || first.is_ascii_alphabetic() || first == '_';
    (begins && name.iter().all(fits)).then_some(equals)
}

/// The name before the sign at `equals`, and the value after it.
pub(super) fn split(glyphs: &[Glyph], equals: usize) -> (&[Glyph], &[Glyph]) {
    let name = glyphs.get(..equals).unwrap_or(&[]);
    let name = match name {
        [rest @ .., last] if last.c == '+' => rest,
        _ => name,
    };
    (name, glyphs.get(equals + 1..).unwrap_or(&[]))
}

/// The name and value of `[name]=value`.
fn element(glyphs: &[Glyph]) -> Option<(&[Glyph], &[Glyph])> {
    if glyphs.first()?.c != '[' {
        return None;
    }
    let close = glyphs.iter().position(|g| g.c == ']')?;
    let value = glyphs.get(close + 2..)?;
    let name = glyphs.get(1..close).filter(|name| !name.is_empty())?;
    (glyphs.get(close + 1)?.c == '=').then_some((name, value))
}
