//! JSON and what people make of it: comments, trailing commas, JSON5, several documents in a file,
//! templates with placeholders, and files that are broken. The tokens come from an own tokenizer:
//! that of `jsonc-parser` decodes strings without saying where each character is, stops at an
//! escape or a word that it does not know, and counts lines from the top for each error.

mod escapes;
mod lex;
mod parser;

use self::lex::{JsonLexer, JsonTokenKind};
use super::tree::{NodeKind, Syntax, Tree};

/// JSON, JSONC, JSON5, JSON Lines.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Json;

impl Syntax for Json {
    fn read(&self, source: &str) -> Tree {
        parser::tree(source)
    }
}

/// Says whether a word is a value of JSON or JSON5.
fn is_literal(word: &str) -> bool {
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    let digits = unsigned.strip_prefix('.').unwrap_or(unsigned);
    matches!(word, "true" | "false" | "null")
        || matches!(unsigned, "NaN" | "Infinity")
        || digits.starts_with(|c: char| c.is_ascii_digit())
            && digits
                .chars()
                .all(|c| c.is_ascii_hexdigit() || matches!(c, '.' | '+' | '-' | 'x' | 'X'))
}

/// What the first value at the top is: it becomes the root.
fn root_kind(source: &str) -> NodeKind {
    let mut tokens = JsonLexer::new(source)
        .filter(|token| {
            !matches!(
                token.kind,
                JsonTokenKind::Comment | JsonTokenKind::Statement
            )
        })
        .peekable();
    while let Some(token) = tokens.next() {
        match token.kind {
            JsonTokenKind::OpenArray => return NodeKind::Sequence,
            JsonTokenKind::OpenObject | JsonTokenKind::Text { .. } => break,
            JsonTokenKind::Word => {
                let word = source.get(token.inner).unwrap_or_default();
                let before_colon = tokens
                    .peek()
                    .is_some_and(|t| t.kind == JsonTokenKind::Colon);
                if before_colon || is_literal(word) {
                    break;
                }
            }
            _ => {}
        }
    }
    NodeKind::Mapping
}

#[cfg(test)]
mod tests;
