//! Certificates written as PEM text, wherever such text is put: in files of its own, in YAML, JSON
//! and XML values, in string constants of programs, in comments, in one line.

use std::ops::Range;

use base64::alphabet;
use base64::engine::{DecodePaddingMode, Engine, GeneralPurpose, GeneralPurposeConfig};
use memchr::memmem;

use super::body::{self, Ending, PemBody};

/// The lines that begin a certificate.
const MARKERS: [&[u8]; 3] = [
    b"-----BEGIN CERTIFICATE-----",
    b"-----BEGIN TRUSTED CERTIFICATE-----",
    b"-----BEGIN X509 CERTIFICATE-----",
];

/// The lines that end one.
const ENDS: [&[u8]; 3] = [
    b"-----END CERTIFICATE-----",
    b"-----END TRUSTED CERTIFICATE-----",
    b"-----END X509 CERTIFICATE-----",
];

/// What every marker begins and ends with.
const DASHES: &[u8] = b"-----";

/// How long a body may be, wrapping included.
const LONGEST_BODY: usize = 64 * 1024;

/// How much after the longest body is looked at for its marker.
const LONGEST_DASHES: usize = 16;

/// How much of the line before a marker is looked at for a comment sign.
const LONGEST_PREFIX: usize = 16;

/// Programs read bodies with and without padding.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// A certificate in PEM form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PemBlock {
    /// The begin marker with its dashes.
    pub marker: Range<usize>,
    /// From the begin marker to the end marker; to the end of the body where that is missing.
    pub span: Range<usize>,
    /// What the body encodes, which may be anything.
    pub der: Vec<u8>,
}

/// The PEM block whose begin marker holds the byte at `offset`. Nothing when there is no such
/// marker, or its body is not base64, is empty, or is longer than 64 KiB.
#[must_use]
pub fn block_at(text: &[u8], offset: usize) -> Option<PemBlock> {
    let marker = MARKERS
        .iter()
        .find_map(|marker| covering(text, offset, marker))?;
    let after = text.get(marker.end..)?;
    let window = after.get(..after.len().min(LONGEST_BODY + LONGEST_DASHES))?;
    let bound = next_marker(window).unwrap_or(after.len());
    if bound > LONGEST_BODY {
        return None;
    }
    let (source, rest) = after.split_at_checked(bound)?;
    let end_marker = ENDS.iter().find(|end| rest.starts_with(end));
    let ending = if end_marker.is_some() {
        Ending::Marked
    } else {
        Ending::Missing
    };

    let body = body::read(source, prefix(text, marker.start), ending)?;
    let mut der = ENGINE.decode(&body.base64).ok()?;
    let span_end = match end_marker {
        Some(end) => marker.end + source.len() + end.len(),
        None => marker.end + cut(&mut der, &body),
    };
    Some(PemBlock {
        span: marker.start..span_end,
        marker,
        der,
    })
}

/// Where the next end marker is. A begin marker bounds a block that lost its end.
fn next_marker(text: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let start = from + memmem::find(text.get(from..)?, DASHES)?;
        let rest = text.get(start..)?;
        // In a patch there may be one dash more.
        let dashes = rest.iter().take_while(|byte| **byte == b'-').count();
        let word = rest.get(dashes..)?;
        if word.starts_with(b"END ") || word.starts_with(b"BEGIN ") {
            return Some(start + dashes - DASHES.len());
        }
        from = start + dashes;
    }
}

/// The range of the `marker` in `text` that covers the byte at `offset`.
fn covering(text: &[u8], offset: usize, marker: &[u8]) -> Option<Range<usize>> {
    let first = offset.saturating_sub(marker.len() - 1);
    let window = text.get(first..text.len().min(offset.saturating_add(marker.len())))?;
    let start = first + memmem::find(window, marker)?;
    let range = start..start + marker.len();
    range.contains(&offset).then_some(range)
}

/// The sign before the marker in its line, which begins each line of a block in a comment, a
/// quotation or a patch.
fn prefix(text: &[u8], marker: usize) -> &[u8] {
    let before = text
        .get(marker.saturating_sub(LONGEST_PREFIX)..marker)
        .unwrap_or_default();
    let line = before
        .iter()
        .rposition(|byte| matches!(byte, b'\n' | b'\r'))
        .map_or(before, |at| before.get(at + 1..).unwrap_or_default());
    let sign = line.trim_ascii();
    // The lines within `/*` and `*/` do not begin so.
    if sign.iter().all(|byte| b"/#>*;%!|+- \t".contains(byte)) && !sign.starts_with(b"/*") {
        sign
    } else {
        &[]
    }
}

/// Cuts off what a body without an end marker has swallowed of the text after it: a certificate
/// says how long it is. Returns the end of the body.
fn cut(der: &mut Vec<u8>, body: &PemBody) -> usize {
    let Ok(element) = super::der::read_value(der) else {
        return body.end;
    };
    let length = element.whole.len();
    der.truncate(length);
    let digits = (length * 4).div_ceil(3);
    if digits == body.ends.len() {
        // Its padding belongs to it.
        return body.end;
    }
    let last = body.ends.get(digits.saturating_sub(1));
    last.copied().unwrap_or(body.end)
}

#[cfg(test)]
mod tests;
