//! The few lines around a reference, made safe to print: control characters are shown as symbols,
//! credentials are masked, long lines are cut.

use std::ops::Range;

use super::secrets::{mask, veil};
use super::{Encoding, printable};

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
/// Bytes on each side of a reference from which its excerpt is cut.
const EXCERPT: usize = 4096;

/// The lines around a span.
#[must_use]
pub(crate) fn cut_excerpt(
    text: &[u8],
    span: &Range<usize>,
    encoding: Encoding,
    line: u64,
) -> Excerpt {
    // A stretch of even length, so that the units of UTF-16 stay whole.
    let from = span.start.saturating_sub(EXCERPT) & !1;
    let stretch = &text[from..text.len().min(span.end + EXCERPT)];
    cut(stretch, span.start - from..span.end - from, encoding, line)
}

/// Cuts the excerpt around `span` out of `window`. `line` is the line number of the reference.
fn cut(window: &[u8], span: Range<usize>, encoding: Encoding, line: u64) -> Excerpt {
    let lines = encoding.line_around(window, span.start);
    // A name that a soft line break cuts in two ends on another line than it begins.
    let end = encoding.line_around(window, span.end).end;
    let before = encoding.decode(clip(
        &window[lines.start..span.start],
        encoding,
        CutSide::End,
    ));
    let middle = encoding.decode(&window[span.clone()]);
    let after = encoding.decode(clip(&window[span.end..end], encoding, CutSide::Start));

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
enum CutSide {
    Start,
    End,
}

/// Bytes worth decoding of a very long line.
fn clip(bytes: &[u8], encoding: Encoding, side: CutSide) -> &[u8] {
    let most = 16 * SIDE * encoding.unit();
    if bytes.len() <= most {
        return bytes;
    }
    match side {
        CutSide::Start => &bytes[..most],
        CutSide::End => {
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

#[cfg(test)]
mod tests {
    use super::*;

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
