//! The brackets around a place in a text.

/// The bracket that is open at `end`, at most `most` characters before it. Quotes and comments are not known.
pub(super) fn opening(text: &str, end: usize, most: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text[..end].char_indices().rev().take(most) {
        match c {
            ']' | ')' | '}' => depth += 1,
            '[' | '(' | '{' if depth == 0 => return Some(at),
            '[' | '(' | '{' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bracket_around_a_place_is_found() {
        for (text, open) in [
            ("f(a, [b]", Some(1)),
            ("a [b] c", None),
            ("{(x) y", Some(0)),
        ] {
            assert_eq!(opening(text, text.len(), 100), open, "{text}");
        }
        assert_eq!(opening("[ab", 3, 2), None);
    }
}
