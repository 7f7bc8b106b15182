//! A change of a file: the bytes that change, and checksums of the file before and after.

use std::ops::Range;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

/// SHA-256 of the bytes of a file.
pub(crate) type Digest = [u8; 32];

/// Bytes that become other bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the file that go.
    pub span: Range<usize>,
    /// The bytes there now.
    pub old: Vec<u8>,
    /// The bytes to write there.
    pub new: Vec<u8>,
}

/// A change of a file. Its content is not kept: a run may plan thousands of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file itself, without links.
    pub path: PathBuf,
    /// Its path in reports: relative to the scan root, with slashes.
    pub relative: String,
    /// What the file held when it was read.
    pub before: Digest,
    /// What it holds afterwards.
    pub after: Digest,
    /// In the order of their spans, which do not touch each other.
    pub edits: Vec<Edit>,
    /// The file is made for the change: before, there is none.
    pub made: bool,
}

impl Change {
    /// The change that edits, in the order of their spans, make of a file that holds `bytes`.
    #[must_use]
    pub fn new(path: PathBuf, relative: String, bytes: &[u8], edits: Vec<Edit>) -> Self {
        let after = digest(&apply(bytes, &edits));
        Self {
            path,
            relative,
            before: digest(bytes),
            after,
            edits,
            made: false,
        }
    }

    /// The change that reverts this one.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let mut shift = 0_isize;
        let mut edits = Vec::with_capacity(self.edits.len());
        for edit in &self.edits {
            let start = edit.span.start.saturating_add_signed(shift);
            edits.push(Edit {
                span: start..start + edit.new.len(),
                old: edit.new.clone(),
                new: edit.old.clone(),
            });
            shift += edit.new.len().cast_signed() - edit.old.len().cast_signed();
        }
        Self {
            path: self.path.clone(),
            relative: self.relative.clone(),
            before: self.after,
            after: self.before,
            edits,
            made: false,
        }
    }
}

/// The content that edits, in the order of their spans, make of `bytes`.
#[must_use]
pub fn apply(bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut content = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for edit in edits {
        content.extend_from_slice(&bytes[at..edit.span.start]);
        content.extend_from_slice(&edit.new);
        at = edit.span.end;
    }
    content.extend_from_slice(&bytes[at..]);
    content
}

/// The digest of a file's bytes.
#[must_use]
pub(crate) fn digest(bytes: &[u8]) -> Digest {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_taken_back_by_its_reverse() {
        let bytes = b"one two three";
        let edit = |span: Range<usize>, new: &str| Edit {
            old: bytes[span.clone()].to_vec(),
            span,
            new: new.as_bytes().to_vec(),
        };
        let edits = vec![edit(0..3, "first"), edit(4..7, ""), edit(8..13, "3")];
        let change = Change::new("f".into(), "f".to_owned(), bytes, edits);
        let after = apply(bytes, &change.edits);
        assert_eq!(after, b"first  3");
        let back = change.reversed();
        assert_eq!(apply(&after, &back.edits), bytes);
        assert_eq!(back.reversed(), change);
        assert_eq!(digest(&after), change.after);
    }
}
