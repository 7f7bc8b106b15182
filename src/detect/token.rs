//! From an anchor to the whole host name around it.
//!
//! A name is read character by character in both directions, through the spellings that formats
//! give a dot or a letter: `\.`, `[.]`, `%2E`, `&#46;`, `\u002e`, `\x2e`, `=2E`. Each character
//! remembers the bytes it was written with, so that the span of the name is that of its source.

use std::ops::Range;

use super::spelling::{backward, forward, is_host_byte};

/// A character of a host name and the bytes it was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HostCharacter {
    /// Letter, digit, `-`, `_` or `.`, in lower case.
    pub byte: u8,
    /// Offset of its first byte.
    pub start: usize,
    /// Offset after its last byte.
    pub end: usize,
    /// It was a capital letter.
    pub capital: bool,
}

impl HostCharacter {
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
pub(super) struct HostToken {
    /// The characters from left to right.
    pub units: Vec<HostCharacter>,
    /// The first character may belong to an escape such as `\n`, not to the name.
    pub ambiguous_first: bool,
    /// A line break that may be part of the token touches it, or is in it.
    pub soft_break: bool,
}

/// Longer runs are not host names; 253 characters are the limit of a name.
const MOST_UNITS: usize = 256;

/// A line break that formats put into the middle of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
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
pub(super) struct Breaks {
    /// The kind to look for.
    pub kind: Break,
    /// Read over them; otherwise they end the token.
    pub join: bool,
}

/// Reads the token around the anchor that begins at `at`.
pub(super) fn token_around(text: &[u8], at: usize, soft: Breaks) -> HostToken {
    let mut token = HostToken {
        units: Vec::with_capacity(64),
        ..HostToken::default()
    };
    left(text, at, soft, &mut token);
    token.units.reverse();
    right(text, at, soft, &mut token);
    token
}

/// The bytes of the token around the anchor at `at`, where it surely has no character in another
/// spelling and no line break. Most names are such, and this tells most cheaply.
pub(super) fn plain_around(text: &[u8], at: usize) -> Option<Range<usize>> {
    let plain = |byte: u8| byte == b'.' || is_host_byte(byte);
    let from = at.saturating_sub(MOST_UNITS);
    let left = text[from..at].iter().rev().take_while(|b| plain(**b));
    let start = at - left.count();
    let right = text[at..].iter().take(MOST_UNITS);
    let end = at + right.take_while(|b| plain(**b)).count();
    let apart = start == 0 || ENDS_BEFORE.contains(&text[start - 1]);
    (apart && text.get(end).is_none_or(|b| STARTS_AFTER.contains(b))).then_some(start..end)
}

/// The run of plain characters around an anchor that was read last, in which others may be: in a text of
/// nothing but names that almost match, each token is read to its greatest length.
#[derive(Debug, Default)]
pub(super) struct PlainRun(Range<usize>);

/// Bytes before a token to which an escape in it may reach.
const BEYOND: usize = 44;

impl PlainRun {
    /// The bytes of the token around the anchor at `at`, where its characters are plain to its greatest
    /// length on both sides, and beyond. The text must be the same in every call.
    pub(super) fn cut_token(&mut self, text: &[u8], at: usize) -> Option<Range<usize>> {
        let (from, to) = (at.checked_sub(MOST_UNITS + BEYOND)?, at + MOST_UNITS);
        if !self.0.contains(&at) {
            let ends_plainly = |at: usize| text.get(at).copied().is_some_and(is_plain);
            if ![from, at - 1, to].into_iter().all(ends_plainly) {
                return None;
            }
            // Two dots end a token.
            let goes_on = |at: usize| is_plain(text[at]) && text[at - 1..=at] != *b"..";
            let start = (from + 1..=at).rev().find(|&at| !goes_on(at));
            let end = (at..text.len()).find(|&at| !goes_on(at));
            self.0 = start.unwrap_or(from)..end.unwrap_or(text.len());
        }
        let start = from + BEYOND;
        // Digits may belong to a colour code.
        let is_cut = self.0.start <= from
            && to < self.0.end
            && text[from..start].iter().any(|b| !b.is_ascii_digit());
        is_cut.then_some(start..to)
    }
}

/// The token of plain bytes.
pub(super) fn plain_token(text: &[u8], span: Range<usize>) -> HostToken {
    let bytes = span.clone().zip(&text[span]);
    HostToken {
        units: bytes
            .map(|(at, byte)| HostCharacter::new(*byte, at..at + 1))
            .collect(),
        ..HostToken::default()
    }
}

/// What ends no spelling of a character, and no line break in a word.
const ENDS_BEFORE: &[u8] = b" \t\"'`/,<>@|{}(:";
/// What begins none.
const STARTS_AFTER: &[u8] = b" \t\r\n\"'`/,<>@|{}():;";

/// Says whether a byte is a character of a name as it is, and so no part of a line break.
fn is_plain(byte: u8) -> bool {
    byte == b'.' || is_host_byte(byte)
}

fn right(text: &[u8], from: usize, soft: Breaks, token: &mut HostToken) {
    let mut at = from;
    let limit = token.units.len() + MOST_UNITS;
    while token.units.len() < limit {
        if !text.get(at).copied().is_some_and(is_plain)
            && let Some(length) = soft.kind.at_start(&text[at..])
        {
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
        token.units.push(HostCharacter::new(byte, at..at + length));
        at += length;
    }
}

fn left(text: &[u8], from: usize, soft: Breaks, token: &mut HostToken) {
    let mut at = from;
    while token.units.len() < MOST_UNITS && at > 0 {
        if !is_plain(text[at - 1])
            && let Some(length) = soft.kind.at_end(&text[..at])
        {
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
        token.units.push(HostCharacter::new(byte, at - length..at));
        at -= length;
    }
    drop_format_verb(&text[..at], token);
    drop_colour_code(&text[..at], token);
    // `\n`, `\b`, `\Q`: the letter belongs to the backslash, unless the catalogue knows better.
    token.ambiguous_first = text[..at].ends_with(b"\\");
}

/// In a format string a name may follow a placeholder, whose verb does not belong to it: `%s.example`
/// or `%(zone)s.example`.
fn drop_format_verb(before: &[u8], token: &mut HostToken) {
    let verb = matches!(before.last(), Some(b'%' | b')'));
    if let [.., dot, first] = token.units.as_slice()
        && verb
        && dot.byte == b'.'
        && matches!(first.byte, b's' | b'v' | b'd' | b'q')
    {
        token.units.pop();
    }
}

/// In a terminal log a name may follow a colour code, whose letters do not belong to it: the units
/// (from right to left) end with `31m` when `ESC [` precedes them.
fn drop_colour_code(before: &[u8], token: &mut HostToken) {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
        let token = token_around(text.as_bytes(), at, PLAIN);
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
    fn a_colour_code_does_not_belong_to_the_name() {
        assert_eq!(name("\x1b[1;31ma.beta.org\x1b[0m", "beta").0, "a.beta.org");
        assert_eq!(name("x[31ma.beta.org", "beta").0, "31ma.beta.org");
    }

    #[test]
    fn placeholders_do_not_belong_to_the_name() {
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
        let token = token_around(b"x: a.be\r\n ta.org\n b", 11, fold);
        let name: String = token.units.iter().map(|u| char::from(u.byte)).collect();
        assert_eq!(name, "a.beta.orgb");
    }

    #[test]
    fn a_line_escape_before_the_name_is_ambiguous() {
        let token = token_around(br"\nbeta.org", 2, PLAIN);
        assert!(token.ambiguous_first);
        assert!(!token_around(br"\/beta.org", 2, PLAIN).ambiguous_first);
    }

    #[test]
    fn soft_breaks_are_joined_on_request() {
        let text = b"a.be=\r\nta.or=\ng x";
        let ended = token_around(text, 7, PLAIN);
        assert!(ended.soft_break);
        let joined = token_around(text, 7, JOINED);
        let name: String = joined.units.iter().map(|u| char::from(u.byte)).collect();
        assert_eq!(name, "a.beta.org");
    }

    proptest! {
        #[test]
        fn a_token_that_is_cut_is_the_same_from_its_run(
            parts in proptest::collection::vec("[a-f0-3.]{40,90}|[.]{1,2}|[%=]2E|[0-9]{60}|\u{1b}\\[|[ \\\\]", 8..24),
            anchors in proptest::collection::vec(0..1000_usize, 1..6),
        ) {
            let text = parts.concat().into_bytes();
            let mut run = PlainRun::default();
            let mut anchors: Vec<usize> = anchors.into_iter().map(|at| at % text.len()).collect();
            anchors.sort_unstable();
            for at in anchors {
                if let Some(span) = run.cut_token(&text, at) {
                    let token = token_around(&text, at, PLAIN);
                    let plain = plain_token(&text, span);
                    prop_assert_eq!(plain.units, token.units);
                    prop_assert!(!token.soft_break && !token.ambiguous_first);
                }
            }
        }

        #[test]
        fn a_plain_token_is_the_whole_token(
            left in "[a-f0-3.x=%&;\\\\\"' \n\r\\[\\]()\u{1b}]{0,8}",
            right in "[a-f0-3.x=%&;#\\\\\"' \n\r\\[\\]():]{0,8}",
        ) {
            let text = format!("{left}beta{right}");
            if let Some(plain) = plain_around(text.as_bytes(), left.len())
                && !text[plain.clone()].contains("..")
            {
                let token = token_around(text.as_bytes(), left.len(), PLAIN);
                prop_assert!(!token.soft_break);
                let (first, last) = (token.units[0], token.units[token.units.len() - 1]);
                prop_assert_eq!(first.start..last.end, plain);
            }
        }
    }
}
