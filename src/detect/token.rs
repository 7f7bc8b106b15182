//! From an anchor to the whole host name around it.
//!
//! A name is read character by character in both directions, through the spellings that formats
//! give a dot or a letter: `\.`, `[.]`, `%2E`, `&#46;`, `\u002e`, `\x2e`, `=2E`. Each character
//! remembers the bytes it was written with, so that the span of the name is that of its source.

use std::ops::Range;

/// A character of a host name and the bytes it was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Letter, digit, `-`, `_` or `.`, in lower case.
    pub byte: u8,
    /// Offset of its first byte.
    pub start: usize,
    /// Offset after its last byte.
    pub end: usize,
    /// It was a capital letter.
    pub capital: bool,
}

impl Unit {
    fn new(byte: u8, span: Range<usize>) -> Self {
        Self {
            byte: byte.to_ascii_lowercase(),
            start: span.start,
            end: span.end,
            capital: byte.is_ascii_uppercase(),
        }
    }
}

/// The run of host characters around an anchor.
#[derive(Debug, Default, Clone)]
pub struct Token {
    /// The characters from left to right.
    pub units: Vec<Unit>,
    /// The first character may belong to an escape such as `\n`, not to the name.
    pub ambiguous_first: bool,
    /// A soft line break of quoted-printable touches the token on one of its sides.
    pub soft_break: bool,
}

/// Longer runs are no host names; 253 characters are the limit of a name.
const MOST_UNITS: usize = 256;

/// Whether soft line breaks of quoted-printable (`=` at the end of a line) are read over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoftBreaks {
    /// They end the token.
    End,
    /// They are nothing.
    Join,
}

fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// Reads the token around the anchor that begins at `at`.
pub fn around(text: &[u8], at: usize, soft: SoftBreaks) -> Token {
    let mut token = Token {
        units: Vec::with_capacity(64),
        ..Token::default()
    };
    left(text, at, soft, &mut token);
    token.units.reverse();
    right(text, at, soft, &mut token);
    token
}

fn right(text: &[u8], from: usize, soft: SoftBreaks, token: &mut Token) {
    let mut at = from;
    let limit = token.units.len() + MOST_UNITS;
    while token.units.len() < limit {
        let Some(read) = forward(text, at) else { break };
        match read {
            Read::Unit(byte, length) => {
                let dots = byte == b'.' && token.units.last().is_some_and(|u| u.byte == b'.');
                if dots {
                    break;
                }
                token.units.push(Unit::new(byte, at..at + length));
                at += length;
            }
            Read::SoftBreak(length) => {
                token.soft_break = true;
                if soft == SoftBreaks::End {
                    break;
                }
                at += length;
            }
        }
    }
}

enum Read {
    Unit(u8, usize),
    SoftBreak(usize),
}

fn forward(text: &[u8], at: usize) -> Option<Read> {
    let rest = &text[at..];
    let first = *rest.first()?;
    if is_host_byte(first) || first == b'.' {
        return Some(Read::Unit(first, 1));
    }
    let unit = |escaped: (u8, usize)| {
        let (byte, length) = escaped;
        (is_host_byte(byte) || byte == b'.').then_some(Read::Unit(byte, length))
    };
    match first {
        b'\\' => {
            let slashes = rest.iter().take(5).take_while(|b| **b == b'\\').count();
            let after = &rest[slashes..];
            match after.first()? {
                b'.' if slashes <= 4 => Some(Read::Unit(b'.', slashes + 1)),
                b'u' => unit((hex(after.get(1..5)?)?, slashes + 5)),
                b'x' => unit((hex(after.get(1..3)?)?, slashes + 3)),
                _ => None,
            }
        }
        b'%' if rest.get(1..3) == Some(b"25") => unit((hex(rest.get(3..5)?)?, 5)),
        b'%' => unit((hex(rest.get(1..3)?)?, 3)),
        b'&' => entity(rest).and_then(unit),
        b'[' if rest.get(1..3) == Some(b".]") => Some(Read::Unit(b'.', 3)),
        b'=' => match rest.get(1)? {
            b'\n' => Some(Read::SoftBreak(2)),
            b'\r' if rest.get(2) == Some(&b'\n') => Some(Read::SoftBreak(3)),
            _ => (rest.get(1..3)? == b"2E").then_some(Read::Unit(b'.', 3)),
        },
        _ => None,
    }
}

fn left(text: &[u8], from: usize, soft: SoftBreaks, token: &mut Token) {
    let mut at = from;
    while token.units.len() < MOST_UNITS && at > 0 {
        match backward(&text[..at]) {
            Back::Unit(byte, length) => {
                let dots = byte == b'.' && token.units.last().is_some_and(|u| u.byte == b'.');
                if dots {
                    break;
                }
                token.units.push(Unit::new(byte, at - length..at));
                at -= length;
            }
            Back::SoftBreak(length) => {
                token.soft_break = true;
                if soft == SoftBreaks::End {
                    break;
                }
                at -= length;
            }
            Back::End => break,
        }
    }
    drop_colour_code(&text[..at], token);
    let slashes = text[..at].iter().rev().take_while(|b| **b == b'\\').count();
    token.ambiguous_first = slashes % 2 == 1
        && token
            .units
            .last()
            .is_some_and(|u| matches!(u.byte, b'n' | b'r' | b't' | b'b' | b'f' | b'v'));
}

/// In a terminal log a name may follow a colour code, whose letters are no part of it: the units
/// (from right to left) end with `31m` when `ESC [` stands before them.
fn drop_colour_code(before: &[u8], token: &mut Token) {
    let parameters = before
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_digit() || **b == b';')
        .count();
    if before[..before.len() - parameters].ends_with(b"\x1b[") {
        let letter = token
            .units
            .iter()
            .rposition(|u| u.byte.is_ascii_alphabetic());
        token.units.truncate(letter.unwrap_or(0));
    }
}

enum Back {
    Unit(u8, usize),
    SoftBreak(usize),
    End,
}

/// Reads the last character of `text`.
fn backward(text: &[u8]) -> Back {
    let Some(&last) = text.last() else {
        return Back::End;
    };
    if let Some((byte, length)) = escape_before(text) {
        return if is_host_byte(byte) || byte == b'.' {
            Back::Unit(byte, length)
        } else {
            Back::End
        };
    }
    match last {
        b'.' => {
            let slashes = text[..text.len() - 1]
                .iter()
                .rev()
                .take(4)
                .take_while(|b| **b == b'\\')
                .count();
            Back::Unit(b'.', slashes + 1)
        }
        b'\n' if text.ends_with(b"=\n") => Back::SoftBreak(2),
        b'\n' if text.ends_with(b"=\r\n") => Back::SoftBreak(3),
        _ if is_host_byte(last) => Back::Unit(last, 1),
        _ => Back::End,
    }
}

/// The escape that ends `text`, as the byte it stands for and its length. A byte outside ASCII is
/// given as 0xff, which is no host character.
fn escape_before(text: &[u8]) -> Option<(u8, usize)> {
    let tail = |length: usize| text.len().checked_sub(length).map(|at| &text[at..]);
    if let Some([b'%', b'2', b'5', high, low]) = tail(5) {
        return Some((hex(&[*high, *low])?, 5));
    }
    if let Some([b'%', high, low]) = tail(3)
        && let Some(byte) = hex(&[*high, *low])
    {
        return Some((byte, 3));
    }
    if let Some([b'=', high, low]) = tail(3)
        && !high.is_ascii_lowercase()
        && !low.is_ascii_lowercase()
        && let Some(byte) = hex(&[*high, *low])
        // `=` before a hex pair is common in plain text: only what quoted-printable has to
        // escape counts, and the dots that some writers escape too.
        && !byte.is_ascii_alphanumeric()
    {
        return Some((byte, 3));
    }
    for (length, kind) in [(6, b'u'), (4, b'x')] {
        if let Some(window) = tail(length)
            && window[0] == b'\\'
            && window[1] == kind
            && let Some(byte) = hex(&window[2..])
        {
            let more = text[..text.len() - length]
                .iter()
                .rev()
                .take(3)
                .take_while(|b| **b == b'\\')
                .count();
            return Some((byte, length + more));
        }
    }
    if text.last() == Some(&b';') {
        let start = text.iter().rev().take(10).position(|b| *b == b'&')?;
        let entity_text = &text[text.len() - start - 1..];
        return entity(entity_text).filter(|(_, length)| *length == entity_text.len());
    }
    if text.ends_with(b"[.]") {
        return Some((b'.', 3));
    }
    None
}

/// A numeric or named character reference at the beginning of `text`, for the characters of hosts.
fn entity(text: &[u8]) -> Option<(u8, usize)> {
    let end = text.iter().take(10).position(|b| *b == b';')?;
    let name = &text[1..end];
    let byte = match name {
        b"period" => b'.',
        b"hyphen" | b"dash" => b'-',
        b"lowbar" => b'_',
        [b'#', b'x' | b'X', digits @ ..] => hex(digits)?,
        [b'#', digits @ ..] => std::str::from_utf8(digits).ok()?.parse::<u8>().ok()?,
        _ => return None,
    };
    Some((byte, end + 1))
}

/// The value of hex digits; 0xff when it is past ASCII.
fn hex(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok()?;
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(text, 16).ok()?;
    Some(
        u8::try_from(value)
            .ok()
            .filter(u8::is_ascii)
            .unwrap_or(0xff),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str, anchor: &str) -> (String, String) {
        let at = text.find(anchor).expect("the anchor is there");
        let token = around(text.as_bytes(), at, SoftBreaks::End);
        let name = token.units.iter().map(|u| char::from(u.byte)).collect();
        let span = token.units[0].start..token.units[token.units.len() - 1].end;
        (name, text[span].to_owned())
    }

    #[test]
    fn spellings_of_dots_and_letters_are_read_through() {
        for (text, source) in [
            (r"^a\.beta\.org$", r"a\.beta\.org"),
            (r#""a\\.beta\\.org""#, r"a\\.beta\\.org"),
            ("https%3A%2F%2Fa%2Ebeta%2eorg%2Fx", "a%2Ebeta%2eorg"),
            ("%252Fa%252Ebeta.org%253A", "a%252Ebeta.org"),
            ("&quot;a&#46;beta&#x2e;org&quot;", "a&#46;beta&#x2e;org"),
            (r"\u002Fa\u002ebeta\x2eorg\u0022", r"a\u002ebeta\x2eorg"),
            ("x=3Da=2Ebeta.org=22", "a=2Ebeta.org"),
            ("a[.]beta[.]org", "a[.]beta[.]org"),
            ("–a.Beta.ORG–", "a.Beta.ORG"),
            ("(*a.beta.org*)", "a.beta.org"),
        ] {
            let anchor = if text.contains("Beta") {
                "Beta"
            } else {
                "beta"
            };
            assert_eq!(
                name(text, anchor),
                ("a.beta.org".into(), source.into()),
                "{text}"
            );
        }
    }

    #[test]
    fn a_colour_code_is_no_part_of_the_name() {
        assert_eq!(name("\x1b[1;31ma.beta.org\x1b[0m", "beta").0, "a.beta.org");
        assert_eq!(name("x[31ma.beta.org", "beta").0, "31ma.beta.org");
    }

    #[test]
    fn a_line_escape_before_the_name_is_ambiguous() {
        let token = around(br"\nbeta.org", 2, SoftBreaks::End);
        assert!(token.ambiguous_first);
        assert!(!around(br"\\nbeta.org", 3, SoftBreaks::End).ambiguous_first);
    }

    #[test]
    fn soft_breaks_are_joined_on_request() {
        let text = b"a.be=\r\nta.or=\ng x";
        let ended = around(text, 7, SoftBreaks::End);
        assert!(ended.soft_break);
        let joined = around(text, 7, SoftBreaks::Join);
        let name: String = joined.units.iter().map(|u| char::from(u.byte)).collect();
        assert_eq!(name, "a.beta.org");
    }
}
