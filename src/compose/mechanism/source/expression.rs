//! Expressions that give a text, and where they begin.

use std::ops::Range;

use super::reader::{Reader, is_formatting};
use crate::compose::value::{Place, TextPart};
use crate::syntax::{Document, FormatId};

/// Parts of an expression that are read, so that none costs much.
pub(super) const MOST_STEPS: usize = 200;
/// Bytes of an expression.
const MOST_BYTES: usize = 4_096;

/// Reads expressions of a program.
pub(super) struct Expressions<'d> {
    pub(super) document: &'d Document,
    pub(super) place: &'d dyn Fn(Range<usize>) -> Place,
}

impl<'d> Expressions<'d> {
    pub(super) fn new(document: &'d Document, place: &'d dyn Fn(Range<usize>) -> Place) -> Self {
        Self { document, place }
    }

    /// What the expression at a byte may be: one list of pieces for each way that it chooses between.
    pub(super) fn read(&self, at: usize) -> Option<Vec<Vec<TextPart>>> {
        self.read_range(at..self.document.text.len().min(at + MOST_BYTES))
    }

    pub(super) fn read_range(&self, range: Range<usize>) -> Option<Vec<Vec<TextPart>>> {
        let text = self.document.text.as_str();
        let mut end = range.end;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut reader = Reader {
            expressions: self,
            text,
            at: range.start,
            end,
            steps: 0,
        };
        reader.choice()
    }

    /// Where the expression begins of which the literal whose content begins at a byte is a part.
    pub(super) fn start_of_join(&self, content: usize) -> usize {
        // Nothing further away is read, so that no text costs much.
        let mut first = content.saturating_sub(MOST_BYTES);
        while !self.document.text.is_char_boundary(first) {
            first += 1;
        }
        let text = &self.document.text[first..];
        first + self.start_of_join_in(text, content - first)
    }

    fn start_of_join_in(&self, text: &str, content: usize) -> usize {
        let mut start = start_of_literal(text, content);
        for _ in 0..MOST_STEPS {
            let before = text[..start].trim_end();
            if let Some(name) = before.strip_suffix('(') {
                let call = start_of_name(name);
                return if is_formatting(&name[call..]) {
                    call
                } else {
                    start
                };
            }
            let Some(operator) = self.joins().iter().find(|o| before.ends_with(**o)) else {
                return start;
            };
            let operand = before[..before.len() - operator.len()].trim_end();
            let Some(operand) = start_of_operand(operand) else {
                return start;
            };
            start = operand;
        }
        start
    }

    /// The operators that join texts.
    pub(super) fn joins(&self) -> &'static [&'static str] {
        match self.document.format.id {
            FormatId::Php | FormatId::Perl => &["."],
            FormatId::Lua | FormatId::Haskell => &["..", "++"],
            FormatId::Basic => &["&", "+"],
            FormatId::Sql => &["||", "+"],
            FormatId::Elixir => &["<>"],
            _ => &["+"],
        }
    }
}

/// The quote of the first argument, after blanks and what tells the sort of the literal.
pub(super) fn start_of_text(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let is_before =
        |c: char| c.is_whitespace() || c.is_ascii_alphabetic() || matches!(c, '$' | '@');
    at + rest.len() - rest.trim_start_matches(is_before).len()
}

/// Where the literal begins whose content begins at a byte, with what tells its sort.
fn start_of_literal(text: &str, content: usize) -> usize {
    let before = &text[..content];
    let Some(quote) = before
        .chars()
        .next_back()
        .filter(|c| matches!(c, '"' | '\'' | '`'))
    else {
        return content;
    };
    let triple = [quote; 3].iter().collect::<String>();
    let before = before
        .strip_suffix(&triple)
        .unwrap_or(&before[..before.len() - 1]);
    let word = before.trim_end_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '$' | '@'));
    if before.len() - word.len() <= 2 && !word.ends_with(|c: char| c.is_alphanumeric() || c == '_')
    {
        word.len()
    } else {
        before.len()
    }
}

/// Where the name begins with which a text ends.
fn start_of_name(text: &str) -> usize {
    let is_part = |c: char| {
        c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '.' | ':' | '>' | '-' | '?' | '!')
    };
    text.trim_end_matches(is_part).len()
}

/// Where the literal, the name or the call begins with which a text ends.
fn start_of_operand(text: &str) -> Option<usize> {
    let last = text.chars().next_back()?;
    if matches!(last, '"' | '\'' | '`') {
        let inside = &text[..text.len() - 1];
        let open = inside.rfind(last)?;
        return Some(start_of_literal(text, open + 1));
    }
    let mut end = text.len();
    if let Some((open, close)) = [('(', ')'), ('[', ']')]
        .into_iter()
        .find(|(_, close)| *close == last)
    {
        let mut depth = 0;
        end = text.rmatch_indices([open, close]).find_map(|(at, sign)| {
            depth += if sign.starts_with(close) { 1 } else { -1 };
            (depth == 0).then_some(at)
        })?;
    }
    let start = start_of_name(&text[..end]);
    (start < text.len()).then_some(start)
}
