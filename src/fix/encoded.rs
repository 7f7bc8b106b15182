//! Base64 with new content: encoded again in the alphabet, with the padding and in
//! lines as long as they were.

use std::ops::Range;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::edit::Edit;

/// A run of base64 in a file.
pub(super) struct Base64Run {
    /// The bytes of the file, with the padding after it.
    span: Range<usize>,
    /// What it holds.
    pub content: Vec<u8>,
    style: Base64Style,
}

/// How base64 is written.
struct Base64Style {
    /// `-` and `_` instead of `+` and `/`.
    url_safe: bool,
    /// `\/` instead of `/`.
    slash_escaped: bool,
    padded: bool,
    /// The characters of each line, and the bytes between it and the next one.
    lines: Vec<(usize, Vec<u8>)>,
}

impl Base64Run {
    /// Reads the run at `span` of a file; none when it is not base64 that can be written again in
    /// the same way.
    pub(super) fn read(bytes: &[u8], span: &Range<usize>) -> Option<Self> {
        let text = bytes.get(span.clone())?;
        let mut characters = Vec::with_capacity(text.len());
        let mut lines: Vec<(usize, Vec<u8>)> = vec![(0, Vec::new())];
        let (mut url_safe, mut slash_escaped) = (false, false);
        for (at, &byte) in text.iter().enumerate() {
            let line = lines.last_mut()?;
            match byte {
                b'\\' if text.get(at + 1) == Some(&b'/') => {
                    slash_escaped = true;
                    continue;
                }
                b'-' | b'_' => {
                    url_safe = true;
                    characters.push(if byte == b'-' { b'+' } else { b'/' });
                }
                b'+' | b'/' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => characters.push(byte),
                _ => {
                    line.1.push(byte);
                    continue;
                }
            }
            if line.1.is_empty() {
                line.0 += 1;
            } else {
                lines.push((1, Vec::new()));
            }
        }
        let padding = bytes[span.end..]
            .iter()
            .take(2)
            .take_while(|b| **b == b'=')
            .count();
        let whole = characters.len().is_multiple_of(4);
        let config =
            GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        let engine = GeneralPurpose::new(&alphabet::STANDARD, config);
        Some(Self {
            span: span.start..span.end + padding,
            content: engine.decode(&characters).ok()?,
            style: Base64Style {
                url_safe,
                slash_escaped,
                padded: padding > 0 || whole && !url_safe,
                lines,
            },
        })
    }

    /// The edit that makes it hold `content`.
    pub(super) fn holding(&self, bytes: &[u8], content: &[u8]) -> Edit {
        let mut new = Vec::with_capacity(content.len() * 4 / 3 + 8);
        let config = GeneralPurposeConfig::new().with_encode_padding(false);
        let alphabet = if self.style.url_safe {
            &alphabet::URL_SAFE
        } else {
            &alphabet::STANDARD
        };
        let text = GeneralPurpose::new(alphabet, config).encode(content);
        let mut rest = text.as_bytes();
        let mut lines = self.style.lines.iter().peekable();
        // Text that is longer than before goes on in lines as wide as the widest.
        let widest = self.style.lines.iter().map(|l| l.0).max().unwrap_or(0);
        let between = self.style.lines.first().map_or(&[][..], |l| &l.1);
        while !rest.is_empty() {
            let width = match lines.next() {
                Some((_, break_)) if break_.is_empty() && lines.peek().is_none() => {
                    if between.is_empty() {
                        rest.len()
                    } else {
                        widest
                    }
                }
                Some((width, _)) => *width,
                None => widest,
            };
            let (line, more) = rest.split_at(width.min(rest.len()));
            for &byte in line {
                if byte == b'/' && self.style.slash_escaped {
                    new.push(b'\\');
                }
                new.push(byte);
            }
            if !more.is_empty() {
                new.extend_from_slice(between);
            }
            rest = more;
        }
        if self.style.padded {
            new.extend(std::iter::repeat_n(b'=', (4 - text.len() % 4) % 4));
        }
        Edit {
            old: bytes[self.span.clone()].to_vec(),
            span: self.span.clone(),
            new,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;

    fn rewritten(text: &str, run: Range<usize>, from: &str, to: &str) -> String {
        let run = Base64Run::read(text.as_bytes(), &run).expect("base64");
        let content = String::from_utf8(run.content.clone()).expect("text");
        assert!(content.contains(from), "{content}");
        let edit = run.holding(text.as_bytes(), content.replace(from, to).as_bytes());
        String::from_utf8(apply(text.as_bytes(), &[edit])).expect("text")
    }

    #[test]
    fn padding_alphabet_and_lines_are_kept() {
        // `a=train.x` and `a=int.x`
        assert_eq!(
            rewritten("k: YT10cmFpbi54 #", 3..15, "train", "int"),
            "k: YT1pbnQueA== #"
        );
        assert_eq!(
            rewritten("YT1pbnQueA==", 0..10, "int", "train"),
            "YT10cmFpbi54"
        );
        assert_eq!(rewritten("YT1pbnQueA", 0..10, "int", "dep1"), "YT1kZXAxLng");
        let wrapped = "k: |\n  YT10\n  cmFp\n  bi54\nz";
        assert_eq!(
            rewritten(wrapped, 7..25, "train", "int"),
            "k: |\n  YT1p\n  bnQu\n  eA==\nz"
        );
        assert_eq!(
            rewritten(wrapped, 7..25, "train", "integration"),
            "k: |\n  YT1p\n  bnRl\n  Z3Jh\n  dGlv\n  bi54\nz"
        );
        // `??>train` has a slash and a plus sign.
        assert_eq!(
            rewritten(r"Pz8\/dHJhaW4=", 0..12, "train", "int"),
            r"Pz8\/aW50"
        );
        assert_eq!(rewritten("Pz8_dHJhaW4", 0..11, "train", "int"), "Pz8_aW50");
        assert!(Base64Run::read(b"YT1", &(0..1)).is_none());
    }
}
