//! Elements of JSX. Their tags are code; between tags there is text, in which nothing is a comment or a
//! string, and code between braces.

use std::collections::HashMap;
use std::ops::Range;

use super::language::{Habit, Language};
use super::lexer::CodeLexer;
use super::tokens::CodeTokenKind;

/// The elements that are open, and the code in them.
#[derive(Debug, Default)]
pub(super) struct Elements {
    open: Vec<JsxPart>,
    /// For each name the last of its end tags. It is made for the first start tag.
    ends: Option<HashMap<Vec<u8>, usize>>,
}

/// What the place belongs to.
#[derive(Debug)]
enum JsxPart {
    Tag {
        element: JsxElement,
        ends: bool,
    },
    Text(JsxElement),
    /// Code, and the braces that are open in it.
    Code(usize),
}

#[derive(Debug, Clone)]
struct JsxElement {
    start: usize,
    name: Range<usize>,
    /// There are elements in it.
    has_elements: bool,
}

/// Says whether the byte at `at` is in the text between two tags of an element.
#[must_use]
pub(crate) fn is_between_tags(source: &str, language: &'static Language, at: usize) -> bool {
    if !language.has(Habit::Elements) {
        return false;
    }
    let mut lexer = CodeLexer::new(source.as_bytes(), language);
    while lexer.at < at && !lexer.is_at_end() {
        lexer.advance();
    }
    matches!(lexer.elements.open.last(), Some(JsxPart::Text(_)))
}

/// Reads a sign if it begins or ends something of an element, or if it would mean something else in code.
pub(super) fn step(lexer: &mut CodeLexer<'_>, byte: u8) -> bool {
    if !lexer.language.has(Habit::Elements) {
        return false;
    }
    match lexer.elements.open.last_mut() {
        Some(JsxPart::Code(depth)) => {
            match byte {
                b'{' => *depth += 1,
                b'}' if *depth == 0 => {
                    lexer.elements.open.pop();
                }
                b'}' => *depth -= 1,
                _ => return byte == b'<' && lexer.operand_follows() && begin(lexer),
            }
            false
        }
        Some(JsxPart::Tag { .. }) => in_tag(lexer, byte),
        Some(JsxPart::Text(_)) => in_text(lexer, byte),
        None => byte == b'<' && lexer.operand_follows() && begin(lexer),
    }
}

fn name_at(bytes: &[u8], start: usize) -> Range<usize> {
    let rest = bytes.get(start..).unwrap_or_default();
    let is_name = |b: &&u8| b.is_ascii_alphanumeric() || b"_$.:-".contains(b) || !b.is_ascii();
    start..start + rest.iter().take_while(is_name).count()
}

/// A start tag, if one begins here.
fn begin(lexer: &mut CodeLexer<'_>) -> bool {
    let start = lexer.at;
    let name = name_at(lexer.bytes, start + 1);
    let first = lexer.bytes.get(start + 1).copied().unwrap_or(b' ');
    if first != b'>' && !first.is_ascii_alphabetic() && !matches!(first, b'_' | b'$') {
        return false;
    }
    if let Some(JsxPart::Text(outer)) = lexer.elements.open.last_mut() {
        outer.has_elements = true;
    }
    let element = JsxElement {
        start,
        name,
        has_elements: false,
    };
    let ends = false;
    lexer.elements.open.push(JsxPart::Tag { element, ends });
    sign(lexer, 1)
}

fn in_tag(lexer: &mut CodeLexer<'_>, byte: u8) -> bool {
    match byte {
        b'{' => {
            lexer.elements.open.push(JsxPart::Code(0));
            false
        }
        // It was a comparison.
        b';' => {
            lexer.elements.open.pop();
            false
        }
        b'/' if lexer.rest().starts_with(b"/>") => {
            if let Some(JsxPart::Tag { element, .. }) = lexer.elements.open.pop() {
                lexer.tokens.units.push(element.start..lexer.at + 2);
            }
            sign(lexer, 2)
        }
        b'>' if lexer.at > 0 && lexer.bytes[lexer.at - 1] != b'=' => {
            let after = lexer.at + 1;
            if let Some(JsxPart::Tag { element, ends }) = lexer.elements.open.pop() {
                if ends {
                    if !element.has_elements {
                        lexer.tokens.units.push(element.start..after);
                    }
                } else if has_end(lexer, &element) {
                    lexer.tokens.units.push(element.start..after);
                    lexer.elements.open.push(JsxPart::Text(element));
                }
            }
            sign(lexer, 1)
        }
        _ => false,
    }
}

fn in_text(lexer: &mut CodeLexer<'_>, byte: u8) -> bool {
    match byte {
        b'<' if lexer.rest().starts_with(b"</") => {
            if let Some(JsxPart::Text(element)) = lexer.elements.open.pop() {
                let ends = true;
                lexer.elements.open.push(JsxPart::Tag { element, ends });
            }
            sign(lexer, 2)
        }
        b'<' => begin(lexer) || sign(lexer, 1),
        b'{' => {
            lexer.elements.open.push(JsxPart::Code(0));
            false
        }
        b'/' if lexer.rest().starts_with(b"//") || lexer.rest().starts_with(b"/*") => {
            lexer.at += 2;
            true
        }
        b'/' | b'\\' => sign(lexer, 1),
        // What is quoted on a line is read as before, with its name.
        b'"' | b'\'' | b'`' => {
            let rest = &lexer.rest()[1..];
            let end = rest.iter().position(|b| b"\n<{".contains(b) || *b == byte);
            let is_closed = end.is_some_and(|end| rest[end] == byte);
            !is_closed && sign(lexer, 1)
        }
        _ => false,
    }
}

fn sign(lexer: &mut CodeLexer<'_>, length: usize) -> bool {
    let start = lexer.at;
    lexer.at += length;
    lexer.push(CodeTokenKind::Operator, start..lexer.at);
    true
}

/// Says whether an end tag for the element follows; in a type parameter none does.
fn has_end(lexer: &mut CodeLexer<'_>, element: &JsxElement) -> bool {
    let bytes = lexer.bytes;
    let ends = lexer.elements.ends.get_or_insert_with(|| {
        let tags = memchr::memmem::find_iter(bytes, b"</");
        let tags = tags.map(|at| (bytes[name_at(bytes, at + 2)].to_vec(), at));
        tags.collect()
    });
    let end = ends.get(&bytes[element.name.clone()]);
    end.is_some_and(|end| *end >= lexer.at)
}
