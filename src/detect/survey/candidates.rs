//! What the views of a file show, until it is known which of it the file does not show plainly.

use std::cmp::Reverse;
use std::ops::Range;

use super::Spelling;
use crate::catalogue::Endpoint;
use crate::detect::MOST_REFERENCES;
use crate::facts::{CertificateFacts, Context, View};

/// Something found in a view, before its place is known.
pub(super) struct Candidate<'c> {
    /// Bytes of the file.
    pub span: Range<usize>,
    pub endpoint: Endpoint<'c>,
    pub name: String,
    pub view: View,
    pub spelling: Spelling,
    /// It repeats the name in the value next to it.
    pub echo: bool,
    /// The context inside encoded text.
    pub context: Option<Context>,
    /// The key path inside encoded text.
    pub key: Option<String>,
    pub decoded: Option<String>,
    pub certificate: Option<CertificateFacts>,
}

/// Candidates that are kept. Some show what others do, and no more than [`MOST_REFERENCES`] are
/// reported.
const KEPT: usize = MOST_REFERENCES + MOST_REFERENCES / 2;

/// The first candidates of a file; memory does not grow with their number.
#[derive(Default)]
pub(super) struct Candidates<'c> {
    list: Vec<Candidate<'c>>,
    cut_off: bool,
    /// Where the last one begins, once others were left out.
    last: Option<usize>,
}

impl<'c> Candidates<'c> {
    pub(super) fn push(&mut self, candidate: Candidate<'c>) {
        self.list.push(candidate);
        if self.list.len() > 2 * KEPT {
            self.sort();
            self.list.truncate(KEPT);
            self.last = self.list.last().map(|candidate| candidate.span.start);
            self.cut_off = true;
        }
    }

    /// Says whether those are enough, where they are found in their order.
    pub(super) fn is_full(&self) -> bool {
        self.list.len() >= MOST_REFERENCES
    }

    /// Says whether what begins at this byte of the file would be left out.
    pub(super) fn leave_out(&self, at: usize) -> bool {
        self.last.is_some_and(|last| last < at)
    }

    /// Notes that there is more than was looked at.
    pub(super) fn cut_off(&mut self) {
        self.cut_off = true;
    }

    /// Says whether there were more.
    pub(super) fn is_cut_off(&self) -> bool {
        self.cut_off
    }

    /// By their beginnings, the longer ones first.
    pub(super) fn into_sorted(mut self) -> Vec<Candidate<'c>> {
        self.sort();
        self.list
    }

    fn sort(&mut self) {
        self.list
            .sort_by_key(|candidate| (candidate.span.start, Reverse(candidate.span.end)));
    }
}

impl<'c> Extend<Candidate<'c>> for Candidates<'c> {
    fn extend<I: IntoIterator<Item = Candidate<'c>>>(&mut self, candidates: I) {
        for candidate in candidates {
            self.push(candidate);
        }
    }
}
