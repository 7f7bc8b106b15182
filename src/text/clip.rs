//! The beginning or the end of a text, cut between two characters.

/// The first bytes of a text, at most so many.
#[must_use]
pub(crate) fn first_bytes(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The last bytes of a text, at most so many.
#[must_use]
pub(crate) fn last_bytes(text: &str, most: usize) -> &str {
    let mut start = text.len().saturating_sub(most);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(first_bytes("größe", 3), "gr");
        assert_eq!(first_bytes("größe", 4), "grö");
        assert_eq!(first_bytes("größe", 40), "größe");
        assert_eq!(last_bytes("größe", 2), "e");
        assert_eq!(last_bytes("größe", 3), "ße");
        assert_eq!(last_bytes("größe", 40), "größe");
    }
}
