//! The few lines around a reference, made safe to print: control characters are shown as symbols,
//! credentials are masked, long lines are cut.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::text::Encoding;

/// Source text around a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Up to three lines, printable.
    pub text: String,
    /// The line number of the first of them.
    pub first_line: u64,
    /// Byte range of the reference in `text`.
    pub label: Range<usize>,
    /// Characters cut off before the line that holds the reference.
    pub cut: usize,
}

/// Characters kept on each side of a reference in a long line.
const SIDE: usize = 70;
/// A neighbouring line longer than this is left out.
const NEIGHBOUR: usize = 150;

/// Cuts the excerpt around `span` out of `window`. `line` is the line number of the reference.
#[must_use]
pub fn cut(window: &[u8], span: Range<usize>, encoding: Encoding, line: u64) -> Excerpt {
    let lines = encoding.line_around(window, span.start);
    // A name that a soft line break cuts in two ends on another line than it begins.
    let end = encoding.line_around(window, span.end).end;
    let before = encoding.decode(clip(&window[lines.start..span.start], encoding, Side::End));
    let middle = encoding.decode(&window[span.clone()]);
    let after = encoding.decode(clip(&window[span.end..end], encoding, Side::Start));

    let head = last_chars(&printable(&veil(&mask(&before))), SIDE);
    let middle = printable(&middle);
    let tail = first_chars(&printable(&veil(&mask(&after))), SIDE);
    let (head, cut) = match head {
        (text, false) => (text, 0),
        (text, true) => (
            format!("…{text}"),
            before.chars().count().saturating_sub(SIDE),
        ),
    };
    let tail = match tail {
        (text, false) => text,
        (text, true) => format!("{text}…"),
    };

    let mut text = String::new();
    let mut first_line = line;
    if encoding != Encoding::Binary
        && let Some(previous) =
            neighbour(window, lines.start.checked_sub(encoding.unit()), encoding)
    {
        text.push_str(&previous);
        text.push('\n');
        first_line -= 1;
    }
    let start = text.len() + head.len();
    text.push_str(&head);
    text.push_str(&middle);
    let label = start..text.len();
    text.push_str(&tail);
    if encoding != Encoding::Binary
        && end < window.len()
        && let Some(next) = neighbour(window, Some(end + encoding.unit()), encoding)
    {
        text.push('\n');
        text.push_str(&next);
    }
    Excerpt {
        text,
        first_line,
        label,
        cut,
    }
}

/// The line at `at`, unless it is empty, long, or beyond the window.
fn neighbour(window: &[u8], at: Option<usize>, encoding: Encoding) -> Option<String> {
    let at = at.filter(|at| *at < window.len())?;
    let range = encoding.line_around(window, at);
    if range.len() > NEIGHBOUR * encoding.unit() {
        return None;
    }
    let text = encoding.decode(&window[range]);
    let text = text.trim_start_matches('\u{feff}').trim_end_matches('\r');
    let text = printable(&veil(&mask(text)));
    (!text.trim().is_empty()).then_some(text)
}

#[derive(Clone, Copy)]
enum Side {
    Start,
    End,
}

/// Bytes worth decoding of a very long line.
fn clip(bytes: &[u8], encoding: Encoding, side: Side) -> &[u8] {
    let most = 16 * SIDE * encoding.unit();
    if bytes.len() <= most {
        return bytes;
    }
    match side {
        Side::Start => &bytes[..most],
        Side::End => {
            let mut start = bytes.len() - most;
            while encoding == Encoding::Utf8 && bytes[start] & 0xc0 == 0x80 {
                start += 1;
            }
            &bytes[start..]
        }
    }
}

fn first_chars(text: &str, most: usize) -> (String, bool) {
    let text = text.trim_end_matches('␍');
    match text.char_indices().nth(most) {
        Some((at, _)) => (text[..at].to_owned(), true),
        None => (text.to_owned(), false),
    }
}

fn last_chars(text: &str, most: usize) -> (String, bool) {
    let count = text.chars().count();
    if count <= most {
        return (text.to_owned(), false);
    }
    (text.chars().skip(count - most).collect(), true)
}

/// Replaces what a terminal would act on: control characters by their symbols, and characters
/// that reorder or hide text by the replacement character. So is the second `#` where build servers
/// read a command in the middle of any line of a log.
#[must_use]
pub fn printable(text: &str) -> String {
    let shown = shown(text);
    let commands = ["##[", "##vso[", "##teamcity["];
    let starts = |at: usize| {
        let rest = &shown.as_bytes()[at..];
        commands.iter().any(|c| {
            rest.get(..c.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(c.as_bytes()))
        })
    };
    let mut safe = String::with_capacity(shown.len());
    let mut from = 0;
    for (at, _) in shown.match_indices('#') {
        if starts(at) {
            safe.push_str(&shown[from..=at]);
            safe.push('\u{fffd}');
            from = at + 2;
        }
    }
    safe.push_str(&shown[from..]);
    safe
}

fn shown(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => '\t',
            '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            '\u{7f}' => '\u{2421}',
            '\u{80}'..='\u{9f}'
            | '\u{61c}'
            // Not the joiners 200c and 200d: emoji and some scripts are written with them.
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
            _ => c,
        })
        .collect()
}

/// Masks user information of URLs, and values of keys that say that they are secret.
#[must_use]
pub fn mask(text: &str) -> String {
    static USER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"(://)[^/\s@"'<>]+@"#).ok());
    static SECRET: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r#"(?i)((?:password|passwd|pwd|secret|token|api[_-]?key|credential|private[_-]?key|\.key|["']auth)[a-z0-9_-]*["']?(?:\s*[:=]\s*|\s+value=)["']?)[^\s"'<>&,;]+"#,
        )
        .ok()
    });
    let mut text = text.to_owned();
    for (pattern, with) in [(&*USER, "${1}***@"), (&*SECRET, "${1}***")] {
        if let Some(pattern) = pattern {
            text = pattern.replace_all(&text, with).into_owned();
        }
    }
    text
}

/// Masks long runs that look encoded: nobody reads them, and they may hold what is secret.
fn veil(text: &str) -> String {
    static ENCODED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[A-Za-z0-9+/_-]{24,}={0,2}").ok());
    let Some(pattern) = &*ENCODED else {
        return text.to_owned();
    };
    let veiled = pattern.replace_all(text, |found: &regex::Captures<'_>| {
        let run = &found[0];
        let holds = |is: fn(&u8) -> bool| run.bytes().any(|b| is(&b));
        let mixed = holds(u8::is_ascii_uppercase)
            && holds(u8::is_ascii_lowercase)
            && holds(u8::is_ascii_digit);
        if mixed {
            format!("{}***", &run[..4])
        } else {
            run.to_owned()
        }
    });
    veiled.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_bidi_characters_are_shown_not_sent() {
        assert_eq!(
            printable("a\u{1b}[31m\u{202e}b\u{7}\u{9b}"),
            "a␛[31m\u{fffd}b␇\u{fffd}"
        );
    }

    #[test]
    fn commands_to_build_servers_are_shown_not_sent() {
        assert_eq!(
            printable("a ##VSO[task.x]##teamcity[y '##[error]### ##x"),
            "a #\u{fffd}VSO[task.x]#\u{fffd}teamcity[y '#\u{fffd}[error]### ##x"
        );
        assert_eq!(printable("###vso[x"), "##\u{fffd}vso[x");
    }

    #[test]
    fn credentials_are_masked() {
        assert_eq!(mask("https://user:pw@host/"), "https://***@host/");
        assert_eq!(mask("https://host/?a=b@c"), "https://host/?a=b@c");
        assert_eq!(mask("PASSWORD=hunter2 x"), "PASSWORD=*** x");
        assert_eq!(
            mask(r#""clientSecret": "abc","#),
            r#""clientSecret": "***","#
        );
        assert_eq!(mask("token count: 3"), "token count: 3");
    }

    #[test]
    fn encoded_neighbours_are_masked() {
        let text = "tls.key: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t\nurl: HOST\nauth: dXNlcjpwYXNzd29yZC1vZi1ub2JvZHk9\n";
        let at = text.find("HOST").expect("marked");
        let excerpt = cut(text.as_bytes(), at..at + 4, Encoding::Utf8, 2);
        assert_eq!(excerpt.text, "tls.key: ***\nurl: HOST\nauth: dXNl***");
        assert_eq!(mask(r#"{"auth": "dTpw"}"#), r#"{"auth": "***"}"#);
        assert_eq!(
            veil("/opt/services/v1/some/long/path/to/a/file"),
            "/opt/services/v1/some/long/path/to/a/file"
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_reference() {
        let text = format!("{}HOST{}", "x".repeat(5000), "y".repeat(5000));
        let excerpt = cut(text.as_bytes(), 5000..5004, Encoding::Utf8, 1);
        assert_eq!(&excerpt.text[excerpt.label.clone()], "HOST");
        assert!(excerpt.text.chars().count() < 160);
    }

    #[test]
    fn neighbours_and_carriage_returns() {
        let text = "one\r\na HOST b\r\n\r\n";
        let excerpt = cut(text.as_bytes(), 7..11, Encoding::Utf8, 2);
        assert_eq!(excerpt.text, "one\na HOST b");
        assert_eq!(excerpt.first_line, 1);
    }
}
