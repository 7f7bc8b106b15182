//! The text around a host name: the path after it and the words before it on its line.

use std::ops::Range;

use crate::catalogue::IdentifierUris;
use crate::syntax::nearest_key;

/// The path after a host name and the text before it on its line; neither for a name in a file name.
pub(super) fn surroundings(text: &[u8], span: Range<usize>) -> (String, String) {
    if is_in_a_file_name(text, &span) {
        return (String::new(), String::new());
    }
    (path_after(text, span.end), text_before(text, span.start))
}

/// Says whether a name goes on as that of a file does: `host.example.cer`. What such a file is called
/// follows from the host alone, whatever the settings that name it are about.
pub(super) fn is_in_a_file_name(text: &[u8], span: &Range<usize>) -> bool {
    let after = text.get(span.end..).unwrap_or_default();
    matches!(after, [b'.', letter, ..] if letter.is_ascii_alphabetic())
}

/// Bytes of a line looked at before a name.
const BEFORE: usize = 400;

fn text_before(text: &[u8], start: usize) -> String {
    let from = start.saturating_sub(BEFORE);
    let stretch = &text[from..start];
    let line = memchr::memrchr(b'\n', stretch).map_or(0, |at| at + 1);
    String::from_utf8_lossy(&stretch[line..]).into_owned()
}

/// The path of a URL whose host ends at `end`, without its query. Escaped slashes are read.
pub(super) fn path_after(text: &[u8], end: usize) -> String {
    let rest = &text[end..text.len().min(end + BEFORE)];
    // A port, or a slash in one of its spellings.
    if !matches!(rest.first(), Some(b':' | b'/' | b'\\' | b'%')) {
        return String::new();
    }
    let ends = |byte: &u8| {
        byte.is_ascii_whitespace() || byte.is_ascii_control() || b"\"'`<>?#,;)]}|".contains(byte)
    };
    let rest = &rest[..rest.iter().position(ends).unwrap_or(rest.len())];
    let rest = String::from_utf8_lossy(rest).replace("\\/", "/");
    let rest = rest
        .replace("%2F", "/")
        .replace("%2f", "/")
        .replace("%3A", ":");
    let rest = rest.strip_prefix(':').map_or(rest.as_str(), |port| {
        port.trim_start_matches(|c: char| c.is_ascii_digit())
    });
    if !rest.starts_with('/') {
        return String::new();
    }
    let end = rest
        .find(|c: char| c.is_whitespace() || c.is_control() || c == '\\')
        .unwrap_or(rest.len());
    rest[..end].to_owned()
}

/// Says whether the URL around a host is a name and not an address.
pub(super) fn is_identifier(uris: &IdentifierUris, text: &[u8], span: &Range<usize>) -> bool {
    let path = path_after(text, span.end);
    let by_path = path
        .split('/')
        .any(|segment| uris.path_segments.iter().any(|s| s == segment));
    by_path
        || nearest_key(&text_before(text, span.start)).is_some_and(|key| {
            let last = key.rsplit('.').next().unwrap_or(key);
            uris.keys.iter().any(|k| k.eq_ignore_ascii_case(last))
        })
}
