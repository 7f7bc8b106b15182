//! The document type: its places, and the entities that it declares.

use std::ops::Range;

use super::super::tree::{NodeKind, Step, TreeBuilder};
use super::entities::Entities;
use super::events::name_length;

/// Reads `source[span]`, which is `<!DOCTYPE …>`: its values become members of a group `DOCTYPE`,
/// its entities are declared.
pub(super) fn read(
    source: &str,
    span: Range<usize>,
    builder: &mut TreeBuilder,
    entities: &mut Entities,
) {
    const MARK: usize = "<!".len();
    const WORD: usize = "DOCTYPE".len();
    let key = span.start + MARK..span.start + MARK + WORD;
    let begin = key.end;
    let step = Step::Key("DOCTYPE".to_owned());
    builder.open(NodeKind::Mapping, step, Some(key), begin);
    let mut reading = DoctypeScan {
        source: source.get(..span.end.saturating_sub(1)).unwrap_or_default(),
        at: begin,
        builder,
        entities,
    };
    reading.outside();
    builder.close(span.end);
}

struct DoctypeScan<'a> {
    source: &'a str,
    at: usize,
    builder: &'a mut TreeBuilder,
    entities: &'a mut Entities,
}

/// A word or a text in quotes.
enum DoctypeItem {
    Name(Range<usize>),
    Literal(Range<usize>),
    Mark(u8),
}

impl<'a> DoctypeScan<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn slice(&self, span: &Range<usize>) -> &'a str {
        self.source.get(span.clone()).unwrap_or_default()
    }

    fn item(&mut self) -> Option<DoctypeItem> {
        self.at += self.rest().len() - self.rest().trim_start().len();
        let start = self.at;
        let rest = self.rest();
        let first = rest.chars().next()?;
        let name = name_length(rest);
        if matches!(first, '"' | '\'') {
            let inner = rest.get(1..).unwrap_or_default();
            let length = inner.find(first).unwrap_or(inner.len());
            self.at = (start + 1 + length + 1).min(self.source.len());
            return Some(DoctypeItem::Literal(start + 1..start + 1 + length));
        }
        if name > 0 {
            self.at += name;
            return Some(DoctypeItem::Name(start..start + name));
        }
        self.at += first.len_utf8();
        Some(DoctypeItem::Mark(u8::try_from(first).unwrap_or(b'?')))
    }

    /// The name of the root and the place of the type, up to the declarations.
    fn outside(&mut self) {
        let mut word = None;
        while let Some(item) = self.item() {
            match item {
                DoctypeItem::Mark(b'[') => return self.declarations(),
                DoctypeItem::Mark(_) => {}
                DoctypeItem::Name(name) => word = Some(name),
                DoctypeItem::Literal(span) => {
                    let key = word.take();
                    let is_public = key.as_ref().is_some_and(|k| {
                        let word = self.slice(k);
                        word.eq_ignore_ascii_case("PUBLIC")
                    });
                    let step = if is_public { "PUBLIC" } else { "SYSTEM" };
                    self.builder.scalar(Step::Key(step.to_owned()), key, span);
                }
            }
        }
    }

    fn declarations(&mut self) {
        while let Some(mark) = self.rest().find(['<', ']']) {
            let start = self.at + mark;
            self.at = start;
            let rest = self.rest();
            if rest.starts_with("<!--") {
                let end = rest.find("-->").map_or(rest.len(), |end| end + "-->".len());
                self.at += end;
                self.builder.comment(start..self.at);
            } else if rest.starts_with("<?") {
                self.at += rest.find("?>").unwrap_or(rest.len());
            } else if rest.starts_with("<!ENTITY") {
                self.at += "<!ENTITY".len();
                self.declaration(true);
            } else if rest.starts_with("<!") {
                self.at += "<!".len();
                self.at += name_length(self.rest());
                self.declaration(false);
            } else if rest.starts_with(']') {
                return;
            } else {
                self.at += 1;
            }
        }
    }

    /// A declaration after its first word. Its last literal is its value: a text, or a place.
    fn declaration(&mut self, is_entity: bool) {
        let mut name = None;
        let mut value = None;
        let mut is_parameter = false;
        while let Some(item) = self.item() {
            match item {
                DoctypeItem::Mark(b'>') => break,
                DoctypeItem::Mark(b'%') => is_parameter |= name.is_none(),
                // A value before the name has none.
                DoctypeItem::Name(word) if value.is_none() => {
                    name.get_or_insert(word);
                }
                DoctypeItem::Literal(span) => value = Some(span),
                DoctypeItem::Mark(_) | DoctypeItem::Name(_) => {}
            }
        }
        let (Some(name), Some(span)) = (name, value) else {
            return;
        };
        let written = self.slice(&name);
        let step = Step::Key(written.to_owned());
        let decoded = self.entities.decoded(self.source, span.clone());
        if is_entity && !is_parameter {
            self.entities.declare(written);
        }
        match decoded {
            Some(text) => self.builder.decoded(step, Some(name), span, text),
            None => self.builder.scalar(step, Some(name), span),
        }
    }
}
