//! UTF-16 text, read as if it were narrow: the code units around an anchor that are ASCII, with a
//! map back to their bytes. It works without knowing the encoding of the file, so it finds names
//! in key stores too.

use std::ops::Range;

use crate::text::Encoding;

/// A stretch of UTF-16 as one byte a unit.
#[derive(Debug)]
pub(super) struct Narrowed {
    /// ASCII units as they are, others as 0xff.
    pub text: Vec<u8>,
    /// Index in `text` of the anchor.
    pub anchor: usize,
    /// Offset in the window of the byte that holds the character at index 0.
    origin: usize,
}

/// Units read on each side of an anchor: a host name, its URL and the key before it.
const REACH: usize = 1024;

impl Narrowed {
    /// Narrows the text around the anchor whose first character byte is at `at`.
    #[must_use]
    pub(super) fn at_anchor(window: &[u8], at: usize) -> Self {
        let mut before = Vec::new();
        let mut position = at;
        while before.len() < REACH && position >= 2 && window[position - 1] == 0 {
            position -= 2;
            before.push(window[position]);
        }
        // One unit more, which is not ASCII, so that nothing seems to begin where it does not.
        before.reverse();
        let anchor = before.len();
        let mut text = before;
        let mut position = at;
        while text.len() < anchor + REACH && position < window.len() {
            text.push(window[position]);
            match window.get(position + 1) {
                Some(0) => position += 2,
                _ => break,
            }
        }
        Self {
            text,
            anchor,
            origin: at - 2 * anchor,
        }
    }

    /// The bytes of the units in `range`, which lie in the window even if its last unit is cut off.
    /// `encoding` is that of the file where it is UTF-16; elsewhere the bytes around the name tell the
    /// order.
    #[must_use]
    pub(super) fn bytes(
        &self,
        range: Range<usize>,
        window: &[u8],
        encoding: Encoding,
    ) -> Range<usize> {
        let first = self.origin + 2 * range.start;
        let last = self.origin + 2 * (range.end - 1);
        let big = match encoding {
            Encoding::Utf16Le => false,
            Encoding::Utf16Be => true,
            _ => {
                // In the little order a NUL follows the last character, in the big one a NUL
                // precedes the first.
                let after = window.get(last + 1).copied();
                let before = first.checked_sub(1).map(|at| window[at]);
                let is_cut = last + 1 == window.len() && before != Some(0);
                !is_cut && after != Some(0) || before == Some(0) && first % 2 == 1
            }
        };
        let bytes = if big {
            first.saturating_sub(1)..last + 1
        } else {
            first..last + 2
        };
        let end = bytes.end.min(window.len());
        bytes.start.min(end)..end
    }
}
