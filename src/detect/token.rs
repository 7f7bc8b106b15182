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
    /// A line break that may be part of the token touches it, or is in it.
    pub soft_break: bool,
}

/// Longer runs are no host names; 253 characters are the limit of a name.
const MOST_UNITS: usize = 256;

/// A line break that formats put into the middle of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// `=` at the end of a line, as in quoted-printable.
    Equals,
    /// A line that begins with one space, as in LDIF and iCalendar.
    Fold,
}

impl Break {
    /// The length of the break that `text` begins with.
    fn at_start(self, text: &[u8]) -> Option<usize> {
        self.forms()
            .into_iter()
            .find(|f| text.starts_with(f))
            .map(<[u8]>::len)
    }

    /// The length of the break that `text` ends with.
    fn at_end(self, text: &[u8]) -> Option<usize> {
        self.forms()
            .into_iter()
            .find(|f| text.ends_with(f))
            .map(<[u8]>::len)
    }

    /// The longer form first: it ends with the shorter one.
    fn forms(self) -> [&'static [u8]; 2] {
        match self {
            Self::Equals => [b"=\r\n", b"=\n"],
            Self::Fold => [b"\r\n ", b"\n "],
        }
    }
}

/// How a token treats line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breaks {
    /// The kind to look for.
    pub kind: Break,
    /// Read over them; otherwise they end the token.
    pub join: bool,
}

fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// Reads the token around the anchor that begins at `at`.
pub fn around(text: &[u8], at: usize, soft: Breaks) -> Token {
    let mut token = Token {
        units: Vec::with_capacity(64),
        ..Token::default()
    };
    left(text, at, soft, &mut token);
    token.units.reverse();
    right(text, at, soft, &mut token);
    token
}

fn right(text: &[u8], from: usize, soft: Breaks, token: &mut Token) {
    let mut at = from;
    let limit = token.units.len() + MOST_UNITS;
    while token.units.len() < limit {
        if let Some(length) = soft.kind.at_start(&text[at..]) {
            token.soft_break = true;
            if !soft.join {
                break;
            }
            at += length;
            continue;
        }
        let Some((byte, length)) = forward(text, at) else {
            break;
        };
        if byte == b'.' && token.units.last().is_some_and(|u| u.byte == b'.') {
            break;
        }
        token.units.push(Unit::new(byte, at..at + length));
        at += length;
    }
}

/// The host character at `at` and the length of its spelling.
fn forward(text: &[u8], at: usize) -> Option<(u8, usize)> {
    let rest = &text[at..];
    let first = *rest.first()?;
    if is_host_byte(first) || first == b'.' {
        return Some((first, 1));
    }
    let unit = |escaped: (u8, usize)| {
        let (byte, length) = escaped;
        (is_host_byte(byte) || byte == b'.').then_some((byte, length))
    };
    match first {
        b'\\' => {
            let slashes = rest.iter().take(5).take_while(|b| **b == b'\\').count();
            let after = &rest[slashes..];
            match after.first()? {
                b'.' if slashes <= 4 => Some((b'.', slashes + 1)),
                b'u' => unit((hex(after.get(1..5)?)?, slashes + 5)),
                b'x' => unit((hex(after.get(1..3)?)?, slashes + 3)),
                _ => None,
            }
        }
        b'%' if rest.get(1..3) == Some(b"25") => {
            let again = rest[1..]
                .chunks_exact(2)
                .take(4)
                .take_while(|two| two == b"25")
                .count();
            let pair = rest.get(1 + 2 * again..3 + 2 * again)?;
            unit((hex(pair)?, 3 + 2 * again))
        }
        b'%' => unit((hex(rest.get(1..3)?)?, 3)),
        b'&' => entity(rest).and_then(unit),
        b'[' if rest.get(1..3) == Some(b".]") => Some((b'.', 3)),
        b'=' => (rest.get(1..3)? == b"2E").then_some((b'.', 3)),
        _ => None,
    }
}

fn left(text: &[u8], from: usize, soft: Breaks, token: &mut Token) {
    let mut at = from;
    while token.units.len() < MOST_UNITS && at > 0 {
        if let Some(length) = soft.kind.at_end(&text[..at]) {
            token.soft_break = true;
            if !soft.join {
                break;
            }
            at -= length;
            continue;
        }
        let Some((byte, length)) = backward(&text[..at]) else {
            break;
        };
        if byte == b'.' && token.units.last().is_some_and(|u| u.byte == b'.') {
            break;
        }
        token.units.push(Unit::new(byte, at - length..at));
        at -= length;
    }
    drop_format_verb(&text[..at], token);
    drop_colour_code(&text[..at], token);
    // `\n`, `\b`, `\Q`: the letter belongs to the backslash, unless the catalogue knows better.
    token.ambiguous_first = text[..at].ends_with(b"\\");
}

/// In a format string a name may follow a placeholder, whose verb is no part of it: `%s.example`
/// or `%(zone)s.example`.
fn drop_format_verb(before: &[u8], token: &mut Token) {
    let verb = matches!(before.last(), Some(b'%' | b')'));
    if let [.., dot, first] = token.units.as_slice()
        && verb
        && dot.byte == b'.'
        && matches!(first.byte, b's' | b'v' | b'd' | b'q')
    {
        token.units.pop();
    }
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

/// The host character that `text` ends with and the length of its spelling.
fn backward(text: &[u8]) -> Option<(u8, usize)> {
    let last = *text.last()?;
    if let Some((byte, length)) = escape_before(text) {
        return (is_host_byte(byte) || byte == b'.').then_some((byte, length));
    }
    match last {
        b'.' => {
            let slashes = text[..text.len() - 1]
                .iter()
                .rev()
                .take(4)
                .take_while(|b| **b == b'\\')
                .count();
            Some((b'.', slashes + 1))
        }
        _ => is_host_byte(last).then_some((last, 1)),
    }
}

/// The escape that ends `text`, as the byte it stands for and its length. A byte outside ASCII is
/// given as 0xff, which is no host character.
fn escape_before(text: &[u8]) -> Option<(u8, usize)> {
    let tail = |length: usize| text.len().checked_sub(length).map(|at| &text[at..]);
    if let Some(pair) = tail(2)
        && let Some(byte) = hex(pair)
    {
        // Encoded once more for each `25` between the sign and the pair.
        let head = &text[..text.len() - 2];
        let again = head
            .rchunks_exact(2)
            .take(4)
            .take_while(|two| two == b"25")
            .count();
        if again > 0 && head[..head.len() - 2 * again].ends_with(b"%") {
            return Some((byte, 3 + 2 * again));
        }
    }
    if let Some([b'%', high, low]) = tail(3)
        && let Some(byte) = hex(&[*high, *low])
        // `LIKE '%dev.…'` is no escape: characters outside ASCII take several of them.
        && (byte.is_ascii() || matches!(tail(6), Some([b'%', _, _, b'%', ..])))
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

    const PLAIN: Breaks = Breaks {
        kind: Break::Equals,
        join: false,
    };
    const JOINED: Breaks = Breaks {
        join: true,
        ..PLAIN
    };

    fn name(text: &str, anchor: &str) -> (String, String) {
        let at = text.find(anchor).expect("the anchor is there");
        let token = around(text.as_bytes(), at, PLAIN);
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
            ("%25252Fa.beta%25252Eorg", "a.beta%25252Eorg"),
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
    fn placeholders_are_no_part_of_the_name() {
        assert_eq!(name("\"%s.beta.org\"", "beta").0, ".beta.org");
        assert_eq!(name("'%(env)s.beta.org'", "beta").0, ".beta.org");
        assert_eq!(name("'%dev.beta.org'", "beta").0, "dev.beta.org");
        assert_eq!(name("%C3%A9a.beta.org", "beta").0, "a.beta.org");
    }

    #[test]
    fn folded_lines_are_joined_on_request() {
        let fold = Breaks {
            kind: Break::Fold,
            join: true,
        };
        let token = around(b"x: a.be\r\n ta.org\n b", 11, fold);
        let name: String = token.units.iter().map(|u| char::from(u.byte)).collect();
        assert_eq!(name, "a.beta.orgb");
    }

    #[test]
    fn a_line_escape_before_the_name_is_ambiguous() {
        let token = around(br"\nbeta.org", 2, PLAIN);
        assert!(token.ambiguous_first);
        assert!(!around(br"\/beta.org", 2, PLAIN).ambiguous_first);
    }

    #[test]
    fn soft_breaks_are_joined_on_request() {
        let text = b"a.be=\r\nta.or=\ng x";
        let ended = around(text, 7, PLAIN);
        assert!(ended.soft_break);
        let joined = around(text, 7, JOINED);
        let name: String = joined.units.iter().map(|u| char::from(u.byte)).collect();
        assert_eq!(name, "a.beta.org");
    }
}
