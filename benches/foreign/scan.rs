//! The hosts of the pack in a text, found without anything of ptlint: runs of host characters that
//! are one of the names from end to end.

use std::ops::Range;

/// The single hosts of `pack.yaml`; its family is every name that ends with [`ZONE`].
const HOSTS: &[&str] = &[
    "github.com",
    "docs.rs",
    "blog.example.net",
    "www.w3.org",
    "example.com",
    "example.org",
    "opensource.org",
    "www.apache.org",
    "www.gnu.org",
    "img.shields.io",
    "json-schema.org",
    "en.wikipedia.org",
    "www.unicode.org",
    "raw.githubusercontent.com",
    "tools.ietf.org",
    "www.freedesktop.org",
    "www.debian.org",
];
const ZONE: &str = "rust-lang.org";

/// A host, written plainly.
pub struct Occurrence {
    pub span: Range<usize>,
    pub name: String,
}

/// Whether a byte may be part of a host name.
pub fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// Whether the pack has this name, in lower case.
pub fn is_known(name: &str) -> bool {
    let member = name.strip_suffix(ZONE);
    HOSTS.contains(&name) || member.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Every host in a text.
pub fn occurrences(text: &[u8]) -> Vec<Occurrence> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let length = text[at..].iter().take_while(|b| is_host_byte(**b)).count();
        // Two dots are never part of a name.
        let mut start = at;
        for part in text[at..at + length].split_inclusive(|b| *b == b'.') {
            let end = part.as_ptr() as usize - text.as_ptr() as usize + part.len();
            if part == b"." {
                enter(text, start..end, &mut found);
                start = end;
            }
        }
        enter(text, start..at + length, &mut found);
        at += length.max(1);
    }
    found
}

/// Enters a run without the punctuation at its ends, if it is a host.
fn enter(text: &[u8], run: Range<usize>, found: &mut Vec<Occurrence>) {
    let loose = |b: &u8| matches!(b, b'.' | b'-' | b'_');
    let start = run.start + text[run.clone()].iter().take_while(|b| loose(b)).count();
    let end = run.end
        - text[start..run.end]
            .iter()
            .rev()
            .take_while(|b| loose(b))
            .count();
    let Ok(name) = std::str::from_utf8(&text[start..end]) else {
        return;
    };
    let name = name.to_ascii_lowercase();
    if is_known(&name) {
        found.push(Occurrence {
            span: start..end,
            name,
        });
    }
}
