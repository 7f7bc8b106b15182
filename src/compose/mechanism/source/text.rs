//! Reads literals: the variables in them, and what a call or an operator fills in.

use std::ops::Range;

use super::literal::{Interpolation, interpolation, literal_content};
use super::reader::Reader;
use crate::compose::value::{Hole, Otherwise, TextPart, WrittenText};
use crate::syntax::FormatId;

impl Reader<'_, '_> {
    /// A literal, and a call that formats it.
    pub(super) fn literal(&mut self) -> Option<Vec<TextPart>> {
        let content = literal_content(&self.text[..self.end], self.at)?;
        let quote = content.start - self.at;
        self.at = content.end + quote;
        let document = self.expressions.document;
        let style = interpolation(self.text, content.start, document.format.id);
        let after = self.at;
        for call in [".format", ".formatted"] {
            if self.take(call) && self.take("(") {
                let arguments = self.arguments()?;
                return Some(self.formatted(content, &arguments));
            }
        }
        self.skip_blanks();
        if self.rest().starts_with('%') && document.format.id == FormatId::Python {
            self.at += 1;
            self.skip_blanks();
            let arguments = if self.take("(") {
                self.arguments()?
            } else {
                vec![self.operand()?]
            };
            return Some(self.formatted(content, &arguments));
        }
        self.at = after;
        self.interpolated(content, style)
    }

    /// The pieces of a literal with variables in it.
    fn interpolated(&self, content: Range<usize>, style: Interpolation) -> Option<Vec<TextPart>> {
        let mut parts = Vec::new();
        let (mut at, mut plain) = (content.start, content.start);
        while at < content.end {
            let rest = &self.text[at..content.end];
            let opening: Option<(usize, char)> = match style {
                Interpolation::Braces if rest.starts_with("{{") || rest.starts_with("}}") => {
                    at += 2;
                    continue;
                }
                Interpolation::Braces if rest.starts_with('{') => Some((1, '}')),
                Interpolation::Dollar { .. } if rest.starts_with("\\$") => {
                    at += 2;
                    continue;
                }
                Interpolation::Dollar { .. } if rest.starts_with("${") => Some((2, '}')),
                Interpolation::Dollar { bare: true } if rest.starts_with("{$") => Some((1, '}')),
                Interpolation::Dollar { bare: true } if rest.starts_with('$') => Some((1, ' ')),
                Interpolation::Hash if rest.starts_with("#{") => Some((2, '}')),
                Interpolation::Backslash if rest.starts_with("\\(") => Some((2, ')')),
                _ => None,
            };
            let Some((length, close)) = opening else {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            };
            self.push(&mut parts, plain..at);
            let from = at + length;
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let to = if close == ' ' {
                let rest = &self.text[from..content.end];
                from + rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
            } else {
                from + self.text[from..content.end].find(close)?
            };
            let end = if close == ' ' { to } else { to + 1 };
            let inner = self.expressions.read_range(from..to);
            match inner
                .filter(|ways| ways.len() == 1)
                .and_then(|ways| ways.into_iter().next())
            {
                Some(inner) => parts.extend(inner),
                None => parts.push(self.hole(at..end, self.text[from..to].trim())),
            }
            (at, plain) = (end, end);
        }
        self.push(&mut parts, plain..content.end);
        Some(parts)
    }

    fn push(&self, parts: &mut Vec<TextPart>, range: Range<usize>) {
        if !range.is_empty() {
            parts.push(TextPart::Text(WrittenText {
                text: self.text[range.clone()].to_owned(),
                place: (self.expressions.place)(range),
            }));
        }
    }

    pub(super) fn hole(&self, range: Range<usize>, name: &str) -> TextPart {
        TextPart::Hole(Hole {
            name: name.to_owned(),
            otherwise: Otherwise::Nothing,
            place: (self.expressions.place)(range),
        })
    }

    /// A literal with `%s`, `{}` and `{0}` for its arguments.
    pub(super) fn formatted(
        &self,
        content: Range<usize>,
        arguments: &[Vec<TextPart>],
    ) -> Vec<TextPart> {
        let mut parts = Vec::new();
        let (mut at, mut plain, mut next) = (content.start, content.start, 0);
        while at < content.end {
            let rest = &self.text[at..content.end];
            let (length, number) = if rest.starts_with("%s") || rest.starts_with("%v") {
                (2, None)
            } else if let Some(inside) =
                rest.strip_prefix('{').and_then(|rest| rest.split_once('}'))
            {
                let digits = inside.0.split(':').next().unwrap_or_default();
                (inside.0.len() + 2, digits.parse::<usize>().ok())
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            };
            self.push(&mut parts, plain..at);
            let argument = arguments.get(number.unwrap_or(next));
            match argument {
                Some(argument) => parts.extend(argument.iter().cloned()),
                None => parts.push(self.hole(at..at + length, &rest[..length])),
            }
            next += 1;
            at += length;
            plain = at;
        }
        self.push(&mut parts, plain..content.end);
        parts
    }
}
