//! Strings of HCL: where one ends, and what it says. They hold expressions, which hold strings.

use std::ops::Range;

use crate::text::Mapped;

/// The end of the content of a string, and the place after its quote. Expressions in it may hold
/// strings, with expressions in them.
pub(super) fn string_end(source: &str, start: usize, flat: bool) -> Option<(usize, usize)> {
    const DEEPEST: usize = 64;
    let bytes = source.as_bytes();
    // Braces that are open in each expression around; the strings between them are known by that.
    let mut braces: Vec<usize> = Vec::new();
    let mut in_string = true;
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        if in_string {
            match byte {
                b'"' => {
                    if braces.is_empty() {
                        return Some((at, at + 1));
                    }
                    in_string = false;
                }
                b'\\' if next != Some(b'\n') => at += 1,
                b'\n' => return None,
                b'$' | b'%' if next == Some(byte) && bytes.get(at + 2) == Some(&b'{') => at += 2,
                b'$' | b'%' if next == Some(b'{') && !flat => {
                    if braces.len() >= DEEPEST {
                        return None;
                    }
                    braces.push(0);
                    in_string = false;
                    at += 1;
                }
                _ => {}
            }
        } else {
            match byte {
                b'"' => in_string = true,
                b'{' => {
                    if let Some(open) = braces.last_mut() {
                        *open += 1;
                    }
                }
                b'}' => match braces.last_mut() {
                    Some(open) if *open > 0 => *open -= 1,
                    _ => {
                        braces.pop();
                        in_string = true;
                    }
                },
                _ => {}
            }
        }
        at += 1;
    }
    None
}

/// What a string says, where that is not what is written. Expressions stay as they are.
pub(super) fn decode(source: &str, content: Range<usize>, flat: bool) -> Option<Mapped> {
    let text = source.get(content.clone())?;
    if !text.contains('\\') && !text.contains("$${") && !text.contains("%%{") {
        return None;
    }
    let mut mapped = Mapped::new();
    let mut at = content.start;
    while let Some(character) = source[at..content.end].chars().next() {
        let rest = &source[at..content.end];
        let (said, length) = if character == '\\' {
            escape(rest)
        } else if rest.starts_with("$${") || rest.starts_with("%%{") {
            (character, 2)
        } else if !flat && (rest.starts_with("${") || rest.starts_with("%{")) {
            let end = expression_end(source, at + 2, content.end);
            mapped.push_plain(source, at..end);
            at = end;
            continue;
        } else {
            (character, character.len_utf8())
        };
        mapped.push(said, at..at + length);
        at += length;
    }
    Some(mapped)
}

fn escape(rest: &str) -> (char, usize) {
    let digits = |count: usize| {
        let digits = rest.get(2..2 + count)?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        Some((char::from_u32(number)?, 2 + count))
    };
    let said = match rest.as_bytes().get(1) {
        Some(b'n') => Some(('\n', 2)),
        Some(b'r') => Some(('\r', 2)),
        Some(b't') => Some(('\t', 2)),
        Some(b'"') => Some(('"', 2)),
        Some(b'\\') => Some(('\\', 2)),
        Some(b'u') => digits(4),
        Some(b'U') => digits(8),
        _ => None,
    };
    said.unwrap_or(('\\', 1))
}

/// The place after the brace that ends an expression which begins at `start`.
fn expression_end(source: &str, start: usize, limit: usize) -> usize {
    // A string ends where its expressions end; so this one, too, is known to end.
    let mut depth = 1_usize;
    let mut at = start;
    let bytes = source.as_bytes();
    while at < limit {
        match bytes[at] {
            b'"' => {
                let end = string_end(source, at + 1, false);
                at = end.map_or(at, |(_, after)| after - 1).min(limit - 1);
            }
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    limit
}
