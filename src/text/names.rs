//! Names of files in UTF-8, and back. A byte that is not UTF-8 is written as `\xff`, so that different names
//! stay different; where a name has such characters itself, their backslash is `\x5c`.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A name as reports show it.
#[must_use]
pub(crate) fn shown_name(name: &[u8]) -> String {
    let mut shown = String::new();
    for chunk in name.utf8_chunks() {
        let mut valid = chunk.valid();
        while let Some(at) = valid.find("\\x") {
            shown.push_str(&valid[..at]);
            let is_byte = byte_at(&valid.as_bytes()[at..]).is_some();
            shown.push_str(if is_byte { "\\x5cx" } else { "\\x" });
            valid = &valid[at + 2..];
        }
        shown.push_str(valid);
        for byte in chunk.invalid() {
            let _ = write!(shown, "\\x{byte:02x}");
        }
    }
    shown
}

/// The bytes of a name that reports show like this.
#[must_use]
pub(crate) fn bytes_of_name(shown: &str) -> Cow<'_, [u8]> {
    if !shown.contains("\\x") {
        return Cow::Borrowed(shown.as_bytes());
    }
    let mut bytes = Vec::with_capacity(shown.len());
    let mut rest = shown.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if let Some(byte) = byte_at(rest) {
            bytes.push(byte);
            rest = &rest[4..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    Cow::Owned(bytes)
}

/// The byte that is written as `\xff` at the beginning of a text.
fn byte_at(text: &[u8]) -> Option<u8> {
    let digits = text.strip_prefix(b"\\x")?.get(..2)?;
    let is_digit = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
    let digits = digits.iter().all(is_digit).then_some(digits)?;
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_and_read_back() {
        for (name, shown) in [
            (&b"a.yml"[..], "a.yml"),
            (b"b\xff.yml", "b\\xff.yml"),
            (b"b\\xff.yml", "b\\x5cxff.yml"),
            (b"b\\xFF\\x\\x1", "b\\xFF\\x\\x1"),
            (b"\\\\x5c", "\\\\x5cx5c"),
            ("\u{e9}\\".as_bytes(), "\u{e9}\\"),
            (b"\xc3", "\\xc3"),
        ] {
            assert_eq!(shown_name(name), shown);
            assert_eq!(&*bytes_of_name(shown), name, "{shown}");
        }
    }
}
