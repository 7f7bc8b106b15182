//! Base64: the token around a marker is decoded and read as a file of its own.

use std::ops::Range;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{Candidate, Survey};
use crate::detect::{Reference, Spelling};
use crate::facts::{Context, View};
use crate::text::{Decoded, mask, printable};

/// Characters of a token; more are not decoded at once.
const LONGEST: usize = 2 * 1024 * 1024;
/// Characters of a longer token that are decoded again with the next part of it, so that no name is cut.
const OVERLAP: usize = 1024;
/// A shorter token holds no host.
const SHORTEST: usize = 16;
/// A line of at least so many characters that is base64 throughout may go on in the next line.
const WRAPPED: usize = 60;
/// The same for a line with a key before the base64, which takes its part of the width.
const WRAPPED_AFTER_KEY: usize = 40;

/// A run of base64 without its line breaks, and the offset of each of its characters.
struct EncodedRun {
    characters: Vec<u8>,
    places: Vec<u32>,
    end: usize,
    /// The characters before the last line, where that may be a word of something else.
    before_word: Option<usize>,
}

impl EncodedRun {
    fn end_of_characters(&self) -> usize {
        self.places.last().map_or(self.end, |&at| at as usize + 1)
    }
}

impl<'c> Survey<'_, 'c> {
    /// Decodes the token at `marker` and gives the offset after it, both in the text. What is before
    /// `done` was decoded.
    pub(super) fn base64(&mut self, marker: usize, done: usize) -> usize {
        let from = done.saturating_sub(OVERLAP);
        let mut token = token(self.decoded.text().as_bytes(), marker, from);
        if token.characters.len() < SHORTEST {
            return token.end.max(marker + 1);
        }
        let mut found = self.decoded(&token);
        if let Some(length) = token.before_word.take() {
            token.characters.truncate(length);
            token.places.truncate(length);
            let without = self.decoded(&token);
            // A word that is not base64 spoils the end of what is decoded, and so its structure.
            if worth(&without) > worth(&found) {
                found = without;
            }
        }
        self.candidates.extend(found);
        token.end.max(marker + 1)
    }

    /// What a token holds.
    fn decoded(&mut self, token: &EncodedRun) -> Vec<Candidate<'c>> {
        // The beginning may be a word that is not base64, such as the key or a folder.
        for phase in 0..4.min(token.characters.len()) {
            let Some(content) = decode(&token.characters[phase..]) else {
                continue;
            };
            let found = self
                .detector
                .nested(&content, "", self.depth + 1, self.scratch);
            if !found.references.is_empty() {
                if found.cut_off {
                    self.candidates.cut_off();
                }
                let references = found.references.into_iter();
                return references
                    .map(|reference| candidate(reference, &content, token, phase, self.decoded))
                    .collect();
            }
        }
        Vec::new()
    }
}

/// References first, then those whose key is known.
fn worth(found: &[Candidate<'_>]) -> (usize, usize) {
    (
        found.len(),
        found.iter().filter(|c| c.key.is_some()).count(),
    )
}

fn candidate<'c>(
    reference: Reference<'c>,
    content: &[u8],
    token: &EncodedRun,
    phase: usize,
    text: &Decoded<'_>,
) -> Candidate<'c> {
    let read = reference.bytes();
    let decoded = line(content, &read);
    // Three bytes are four characters.
    let first = phase + read.start / 3 * 4;
    let last = (phase + (read.end.max(read.start + 1) - 1) / 3 * 4 + 3).min(token.places.len() - 1);
    let span = token.places[first.min(last)] as usize..token.places[last] as usize + 1;
    let characters = token.places[phase] as usize..token.end_of_characters();
    let run = text.bytes(characters.clone());
    // A text that is encoded twice, or has several bytes for a character, is not encoded again.
    let direct = reference.spelling.encoded.is_none() && run.len() == characters.len();
    Candidate {
        span: text.bytes(span),
        endpoint: reference.endpoint,
        name: reference.name,
        view: View::Base64,
        echo: false,
        spelling: Spelling {
            letters: if direct {
                reference.spelling.letters
            } else {
                Vec::new()
            },
            encoded: Some(run),
        },
        context: Some(match reference.context {
            Context::Certificate => Context::Certificate,
            _ => Context::Encoded,
        }),
        key: reference.key,
        decoded: Some(reference.decoded.unwrap_or(decoded)),
        certificate: reference.certificate,
    }
}

/// The line of the decoded text around a reference, safe to print.
fn line(content: &[u8], read: &Range<usize>) -> String {
    const SIDE: usize = 60;
    let least = read.start.saturating_sub(SIDE);
    let start = content[least..read.start]
        .iter()
        .rposition(|b| matches!(b, b'\n' | 0))
        .map_or(least, |at| least + at + 1);
    let most = content.len().min(read.end + SIDE);
    let end = content[read.end..most]
        .iter()
        .position(|b| matches!(b, b'\n' | b'\r' | 0))
        .map_or(most, |at| read.end + at);
    let text = String::from_utf8_lossy(&content[start..end]);
    printable(&mask(text.trim()))
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

/// The token around a marker: one run of base64 characters, or lines of them, from `from` on.
fn token(text: &[u8], marker: usize, from: usize) -> EncodedRun {
    let mut start = run_start(text, marker, from);
    // Lines above that are base64 throughout belong to it.
    while start > from
        && let Some(above) = line_above(text, start, from)
    {
        start = above;
    }
    let mut token = EncodedRun {
        characters: Vec::new(),
        places: Vec::new(),
        end: marker,
        before_word: None,
    };
    let mut at = start;
    let mut length = 0;
    let mut line = None;
    while at < text.len() && token.characters.len() < LONGEST {
        let byte = text[at];
        if is_base64(byte) {
            token.characters.push(match byte {
                b'-' => b'+',
                b'_' => b'/',
                other => other,
            });
            token.places.push(u32::try_from(at).unwrap_or(u32::MAX));
            length += 1;
            at += 1;
        } else if byte == b'\\' && text.get(at + 1) == Some(&b'/') {
            // JSON writers may escape slashes.
            at += 1;
        } else if length >= WRAPPED_AFTER_KEY
            && let Some(below) = after_line_break(text, at)
            && let first = line.get_or_insert_with(|| Base64Line::around(text, start))
            && length >= first.needed
            && let Some(next) = line_below(text, below, first)
        {
            first.needed = WRAPPED;
            length = 0;
            token.before_word = Some(token.characters.len());
            at = next;
        } else {
            break;
        }
    }
    // The last line of base64 holds whole groups, with its padding.
    let padding = text[at..].iter().take_while(|b| **b == b'=').count();
    let groups_are_whole = (length + padding).is_multiple_of(4);
    token.before_word = token.before_word.filter(|_| !groups_are_whole);
    token.end = at;
    token
}

fn run_start(text: &[u8], at: usize, from: usize) -> usize {
    let mut start = at;
    while start > from {
        let before = text[start - 1];
        let escaped_slash = before == b'\\' && text[start] == b'/';
        if !is_base64(before) && !escaped_slash {
            break;
        }
        start -= 1;
    }
    start
}

/// Where the line above begins its base64, when that goes on in the line that begins at `start`.
fn line_above(text: &[u8], start: usize, from: usize) -> Option<usize> {
    let indentation = text[..start]
        .iter()
        .rev()
        .take_while(|b| matches!(b, b' ' | b'\t'))
        .count();
    let line_start = start - indentation;
    let mut end = line_start.checked_sub(1)?;
    if text[end] != b'\n' {
        return None;
    }
    if end > 0 && text[end - 1] == b'\r' {
        end -= 1;
    }
    let above = run_start(text, end.checked_sub(1)?, from);
    // Only then is the rest of the line above read.
    if end - above < WRAPPED_AFTER_KEY || !is_base64(text[end - 1]) {
        return None;
    }
    let line = Base64Line::around(text, above);
    (end - above >= line.needed && indentation >= line.indentation).then_some(above)
}

/// A line of base64 that may go on in the next one.
struct Base64Line {
    /// How many characters of base64 it takes to go on in the next line.
    needed: usize,
    /// The least indentation of the next line.
    indentation: usize,
}

impl Base64Line {
    /// The line in which the base64 at `start` begins. After a key it goes on in lines that are
    /// indented more, unless a quote is open.
    fn around(text: &[u8], start: usize) -> Self {
        let line_start = memchr::memrchr(b'\n', &text[..start]).map_or(0, |at| at + 1);
        let before = &text[line_start..start];
        let blanks = before.iter().take_while(|b| is_blank(**b)).count();
        let whole = before[blanks..]
            .iter()
            .all(|b| matches!(b, b' ' | b'\t' | b'"' | b'\''));
        let quoted = matches!(before.last(), Some(b'"' | b'\''));
        Self {
            needed: if whole { WRAPPED } else { WRAPPED_AFTER_KEY },
            indentation: if whole || quoted { 0 } else { blanks + 1 },
        }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Where the next line begins, if a line ends at `at`.
fn after_line_break(text: &[u8], at: usize) -> Option<usize> {
    match text.get(at..)? {
        [b'\n', ..] => Some(at + 1),
        [b'\r', b'\n', ..] => Some(at + 2),
        _ => None,
    }
}

/// Where the base64 of the line at `next` begins, when the line before may go on there: a line that holds
/// nothing but base64.
fn line_below(text: &[u8], next: usize, line: &Base64Line) -> Option<usize> {
    let below = &text[next..];
    let blanks = below.iter().take_while(|b| is_blank(**b)).count();
    let length = below[blanks..]
        .iter()
        .take_while(|b| is_base64(**b))
        .count();
    // A word and more is a line of something else.
    let ends = below[blanks + length..]
        .iter()
        .find(|b| !matches!(b, b'=' | b' ' | b'\t'))
        .is_none_or(|b| b"\r\n\"'<>,;)]}".contains(b));
    (length > 0 && blanks >= line.indentation && ends).then_some(next + blanks)
}

/// Decodes as far as whole groups go; the end may be missing or padded.
fn decode(characters: &[u8]) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let engine = GeneralPurpose::new(&alphabet::STANDARD, config);
    let whole = match characters.len() % 4 {
        1 => characters.len() - 1,
        _ => characters.len(),
    };
    engine.decode(&characters[..whole]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_end_where_base64_ends_and_go_over_wrapped_lines() {
        let read = |text: &str| {
            let at = text.find("bmhz").expect("marked");
            let token = token(text.as_bytes(), at, 0);
            String::from_utf8(token.characters).expect("ascii")
        };
        assert_eq!(read("key: \"YWJjbmhzLnVr\" # x"), "YWJjbmhzLnVr");
        assert_eq!(read("KEY=YWJjbmhzLnVr=="), "YWJjbmhzLnVr");
        assert_eq!(read(r#""YWJj\/bmhz\/x""#), "YWJj/bmhz/x");
        let line = "QUJD".repeat(16);
        let wrapped = format!("a: |\n  {line}\n  {line}\n  YWJjbmhz\n  QQ==\nb: c\n");
        assert_eq!(read(&wrapped), format!("{line}{line}YWJjbmhz"));
        // A short line is not wrapped.
        assert_eq!(read("YWJj\nYWJjbmhzLnVr"), "YWJjbmhzLnVr");
        let before_word = |text: String| {
            token(text.as_bytes(), text.find("QUJD").expect("marked"), 0).before_word
        };
        assert_eq!(before_word(format!("{line}\ndaily\n")), Some(64));
        assert_eq!(before_word(format!("{line}\nQUI=\n")), None);
        let marked = format!("{}bmhz", "QUJD".repeat(15));
        // From below, too, a line after a key is found.
        let keyed = format!("a: {line}\n  {line}\n  YWJjbmhz\nb: c\n");
        assert_eq!(read(&keyed), format!("{line}{line}YWJjbmhz"));
        assert_eq!(read(&format!("A={line}\nYWJjbmhz\n")), "YWJjbmhz");
        // After a key it goes on only where the next line is indented more, or in quotes.
        for (text, goes_on) in [
            (format!("export A={marked}\nmake\n"), false),
            (format!("  A: {marked}\n    make\n"), true),
            (format!("A=\"{marked}\nmake\"\n"), true),
            // Lines with other text do not belong to it.
            (format!("{marked}\nall:\n"), false),
            (format!("{marked}\nFROM scratch\n"), false),
            (format!("{marked}\nmake</data>\n"), true),
            (format!("{marked}\r\nmake  \r\n"), true),
        ] {
            let end = if goes_on { "make" } else { "" };
            assert_eq!(read(&text), format!("{marked}{end}"), "{text:?}");
        }
    }
}
