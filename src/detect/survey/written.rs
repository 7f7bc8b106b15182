//! The text in which a name is written: of the innermost document, and of the value there with its
//! escapes decoded.

use std::ops::Range;

use crate::syntax::{DocumentPlace, FormatId, NodeKind};
use crate::text::{first_bytes, last_bytes};

/// Bytes around a name that are looked at, so that many names on a line do not read all of it each.
const AROUND: usize = 2048;
/// Bytes of a value that are kept on each side of a name, for the same reason.
const OF_VALUE: usize = 4096;

/// A text and a name in it.
pub(super) struct Written<'t> {
    /// The text of the innermost document.
    pub text: &'t str,
    /// The value in it, without quotes; the name alone where the value is not known.
    pub value: Range<usize>,
    /// The value as it reads, or of a long value the part around the name.
    pub read: &'t str,
    /// The name in that.
    pub name: Range<usize>,
    /// The format of the innermost document, where it is known.
    pub format: Option<FormatId>,
    /// The document is source code.
    pub is_code: bool,
}

impl<'t> Written<'t> {
    /// What is written at `span` of the text of a file.
    pub(super) fn new(
        text: &'t str,
        span: &Range<usize>,
        place: Option<&'t DocumentPlace>,
    ) -> Self {
        let unknown = Self {
            text,
            value: span.clone(),
            read: text.get(span.clone()).unwrap_or_default(),
            name: 0..span.len(),
            format: None,
            is_code: false,
        };
        let Some((place, level)) = place.and_then(|p| Some((p, p.levels.last()?))) else {
            return unknown;
        };
        let inner = place.levels.iter().skip(1);
        let span = inner.fold(span.clone(), |span, level| {
            level.document.range_inside(span)
        });
        let document = &level.document;
        let node = document.tree.node(level.node);
        let is_value = node.kind == NodeKind::Scalar
            && node.span.start <= span.start
            && span.end <= node.span.end;
        let value = if is_value {
            node.span.clone()
        } else {
            span.clone()
        };
        let Some(plain) = document.text.get(value.clone()) else {
            return unknown;
        };
        let (read, name) = match node.text.as_ref().filter(|_| is_value) {
            Some(mapped) => (mapped.text(), mapped.text_range(span)),
            None => (plain, span.start - value.start..span.end - value.start),
        };
        let sound = name.start <= name.end && read.get(name.clone()).is_some();
        let name = if sound { name } else { 0..read.len() };
        let (read, name) = cut_around(read, &name);
        Self {
            text: &document.text,
            value,
            read,
            name,
            format: Some(document.format.id),
            is_code: document.is_code(),
        }
    }

    /// The line of the value before the name, as it reads.
    pub(super) fn before_name(&self) -> &'t str {
        let before = last_bytes(&self.read[..self.name.start], AROUND);
        before.rsplit('\n').next().unwrap_or(before)
    }

    /// The line of the document before the value.
    pub(super) fn line_before(&self) -> &'t str {
        let before = last_bytes(&self.text[..self.value.start], AROUND);
        &before[before.rfind('\n').map_or(0, |at| at + 1)..]
    }

    /// The line of the document after the value.
    pub(super) fn line_after(&self) -> &'t str {
        let after = first_bytes(&self.text[self.value.end..], AROUND);
        after.lines().next().unwrap_or_default()
    }

    /// The name with the rest of its URL, in the value as it reads.
    pub(super) fn url(&self) -> Range<usize> {
        let before = last_bytes(&self.read[..self.name.start], AROUND).bytes();
        let after = first_bytes(&self.read[self.name.end..], AROUND).bytes();
        let before = before.rev().take_while(|byte| is_url_byte(*byte)).count();
        let after = after.take_while(|byte| is_url_byte(*byte)).count();
        self.name.start - before..self.name.end + after
    }
}

/// Says whether a byte may be one of a URL or of a pattern.
fn is_url_byte(byte: u8) -> bool {
    matches!(
        byte,
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'_' | b'~' | b':' | b'/' | b'?' | b'#' | b'@' | b'%'
            | b'&' | b'+' | b'-' | b'*' | b'\\' | b'^' | b'$'
    )
}

/// The part of a value around a name, and the name in it.
fn cut_around<'t>(read: &'t str, name: &Range<usize>) -> (&'t str, Range<usize>) {
    let before = last_bytes(&read[..name.start], OF_VALUE);
    let after = first_bytes(&read[name.end..], OF_VALUE);
    let start = name.start - before.len();
    let cut = &read[start..name.end + after.len()];
    (cut, name.start - start..name.end - start)
}
