//! YAML as a strict reader accepts it, which knows what ours passes over, such as an alias without its anchor.

use std::ops::Range;

use serde::Deserialize as _;

/// Bytes of a file that is read by a strict reader for each entry; of a longer one, an entry with an anchor is
/// checked so, and the rest by the proof of all edits.
const MOST_READ_FOR_EACH: usize = 4 * 1024;
const MOST_READ: usize = 256 * 1024;

/// Says whether a text is YAML, and is none without some bytes of it.
pub(super) fn breaks(text: &str, range: &Range<usize>) -> bool {
    let is_read = text.len() <= MOST_READ_FOR_EACH || text[range.clone()].contains('&');
    is_read && is_sound(text) && !is_sound(&[&text[..range.start], &text[range.end..]].concat())
}

fn is_sound(text: &str) -> bool {
    text.len() <= MOST_READ
        && serde_yaml::Deserializer::from_str(text)
            .all(|document| serde_yaml::Value::deserialize(document).is_ok())
}
