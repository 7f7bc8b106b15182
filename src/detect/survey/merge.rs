//! The references of both looks together. What a view shows again, or in part, is left out.

use std::ops::Range;

use super::Candidate;
use crate::detect::reference::Searched;
use crate::detect::{Found, MOST_REFERENCES, Reference};
use crate::facts::{Context, View};
use crate::text::Cursor;

/// Adds what the views found and the first look did not. Candidates are in the order of their beginnings.
pub(super) fn merge<'c>(
    searched: &Searched<'_>,
    candidates: Vec<Candidate<'c>>,
    found: &mut Found<'c>,
) {
    let encoding = searched.encoding;
    let mut cursor = Cursor::new(encoding, encoding.mark_length(searched.bytes));
    let mut last: Option<(Range<usize>, String)> = None;
    let mut plain = Overlaps::new(std::mem::take(&mut found.references));
    let mut more = Overlaps::new(Vec::new());
    for candidate in candidates {
        let span = candidate.span.clone();
        // One certificate, or one encoded text, may hold several references.
        // Of a broken name a value around it may show no more than the end.
        let again = last.as_ref().is_some_and(|(range, name)| {
            range.start < span.end && span.start < range.end && name.ends_with(&candidate.name)
        });
        if again || !is_kept(&candidate, &mut plain, &mut more) {
            continue;
        }
        if more.references.len() >= MOST_REFERENCES {
            found.cut_off = true;
            break;
        }
        last = Some((span.clone(), candidate.name.clone()));
        let context = candidate.context.unwrap_or(Context::Value);
        let named = (candidate.endpoint, candidate.name);
        more.push(Reference {
            spelling: candidate.spelling,
            key: candidate.key,
            view: candidate.view,
            decoded: candidate.decoded,
            certificate: candidate.certificate,
            echo: candidate.echo,
            ..Reference::in_bytes(searched, &mut cursor, &span, named, context)
        });
    }
    let all = plain.references.into_iter().chain(more.references);
    found.references = all.flatten().collect();
    found.references.sort_by_key(|r| (r.start.byte, r.end.byte));
    if found.references.len() > MOST_REFERENCES {
        found.references.truncate(MOST_REFERENCES);
        found.cut_off = true;
    }
}

/// References in the order of their beginnings, to find those that overlap a span.
struct Overlaps<'c> {
    /// Those that were dropped are none.
    references: Vec<Option<Reference<'c>>>,
    starts: Vec<usize>,
    /// The last end among the references up to this one.
    ends: Vec<usize>,
}

impl<'c> Overlaps<'c> {
    fn new(mut references: Vec<Reference<'c>>) -> Self {
        references.sort_by_key(|r| (r.start.byte, r.end.byte));
        let mut overlaps = Self {
            references: Vec::with_capacity(references.len()),
            starts: Vec::new(),
            ends: Vec::new(),
        };
        for reference in references {
            overlaps.push(reference);
        }
        overlaps
    }

    /// Adds a reference that begins no earlier than those before.
    fn push(&mut self, reference: Reference<'c>) {
        let bytes = reference.bytes();
        let last = self.ends.last().copied().unwrap_or(0);
        self.starts.push(bytes.start);
        self.ends.push(last.max(bytes.end));
        self.references.push(Some(reference));
    }

    /// The references that may overlap a span.
    fn around(&mut self, span: &Range<usize>) -> &mut [Option<Reference<'c>>] {
        let end = self
            .starts
            .partition_point(|start| *start < span.end.max(span.start + 1));
        let start = self.ends.partition_point(|end| *end <= span.start);
        &mut self.references[start.min(end)..end]
    }
}

/// Says whether to keep a candidate. A reference in a plainer view has precedence, unless it is only
/// a part of the name.
fn is_kept<'c>(
    candidate: &Candidate<'_>,
    plain: &mut Overlaps<'c>,
    more: &mut Overlaps<'c>,
) -> bool {
    let span = candidate.span.clone();
    let part_of = |r: &Reference<'_>| {
        let bytes = r.bytes();
        span.start <= bytes.start
            && bytes.end <= span.end
            && r.view == View::Plain
            && candidate.name.len() > r.name.len()
            && candidate.name.ends_with(&r.name)
    };
    if matches!(candidate.view, View::Escaped | View::Joined) {
        for place in plain.around(&span) {
            if place.as_ref().is_some_and(part_of) {
                *place = None;
            }
        }
    }
    let mut others = plain.around(&span).iter().chain(more.around(&span).iter());
    !others.any(|other| {
        other.as_ref().is_some_and(|r| {
            let bytes = r.bytes();
            bytes.start < span.end && span.start < bytes.end && r.view < candidate.view
        })
    })
}
