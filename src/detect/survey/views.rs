//! Views of values: what a value says when its escapes, folds and continuations are read, and the
//! names that a list holds label by label.

use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use super::{Candidate, Survey};
use crate::detect::{Reference, Spelling};
use crate::facts::{Context, View};
use crate::syntax::{Document, NodeKind};
use crate::text::{Mapped, first_bytes};

/// Labels of a host name that is kept as a list.
const LABELS: Range<usize> = 3..13;

impl Survey<'_, '_> {
    /// Looks through the values of a document that are not written plainly, and of the documents
    /// in it that hold a hit. `outermost` gives spans of its text as spans of the file's text.
    pub(super) fn views(
        &mut self,
        document: &Rc<Document>,
        hits: &[usize],
        outermost: &dyn Fn(Range<usize>) -> Range<usize>,
    ) {
        for node in document.tree.nodes() {
            if let Some(text) = &node.text
                && !self.is_left_out(outermost(node.span.start..node.span.start))
            {
                self.view(text, View::Escaped, false, outermost);
            }
        }
        for (number, node) in document.tree.nodes().iter().enumerate() {
            if node.kind == NodeKind::Sequence
                && !self.is_left_out(outermost(node.span.start..node.span.start))
                && let Some((text, echo)) = self.joined(document, number)
                && (self.detector.echoes || !echo)
            {
                self.view(&text, View::Joined, echo, outermost);
            }
        }
        self.paragraphs(document, outermost);
        let holders: BTreeSet<usize> = hits
            .iter()
            .filter_map(|&hit| document.tree.value_at(&(hit..hit + 1)))
            .collect();
        for holder in holders {
            let Some(inner) = document.inner(holder) else {
                continue;
            };
            let span = &document.tree.node(holder).span;
            let (from, to) = (
                hits.partition_point(|hit| *hit < span.start),
                hits.partition_point(|hit| *hit < span.end),
            );
            let inside: Vec<usize> = hits[from..to.max(from)]
                .iter()
                .map(|&hit| inner.range_inside(hit..hit + 1).start)
                .collect();
            self.views(&inner, &inside, &|range| {
                outermost(inner.range_around(range))
            });
        }
    }

    /// Says whether what a span of the text shows would be left out, because there is enough before it.
    fn is_left_out(&self, span: Range<usize>) -> bool {
        self.candidates.leave_out(self.decoded.bytes(span).start)
    }

    pub(super) fn view(
        &mut self,
        text: &Mapped,
        view: View,
        echo: bool,
        outermost: &dyn Fn(Range<usize>) -> Range<usize>,
    ) {
        let found = self.detector.slice(text.text().as_bytes(), self.scratch);
        for reference in found.references {
            let span = self
                .decoded
                .bytes(outermost(text.source(reference.bytes())));
            // Where there are quotes inside the name, a program joins its parts.
            let view = match view {
                View::Escaped if has_quotes(&self.bytes[span.clone()]) => View::Joined,
                other => other,
            };
            let Reference {
                endpoint,
                name,
                context,
                spelling,
                ..
            } = reference;
            let letters = spelling
                .letters
                .into_iter()
                .map(|letter| self.decoded.bytes(outermost(text.source(letter))))
                .collect();
            self.candidates.push(Candidate {
                span,
                endpoint,
                name,
                view,
                spelling: Spelling {
                    letters,
                    encoded: None,
                },
                echo,
                context: (context == Context::Identifier).then_some(context),
                key: None,
                decoded: None,
                certificate: None,
            });
        }
    }

    /// The host name of a list such as `["api", "example", "org"]`, and whether the value next to it
    /// has the same name.
    fn joined(&self, document: &Document, list: usize) -> Option<(Mapped, bool)> {
        let tree = &document.tree;
        let members: Vec<usize> = tree.members(list).take(LABELS.end).collect();
        if !LABELS.contains(&members.len()) {
            return None;
        }
        let ending = tree.text(*members.last()?, &document.text);
        if !self
            .detector
            .catalogue
            .is_last_label(&ending.to_ascii_lowercase())
        {
            return None;
        }
        let mut joined = Mapped::new();
        let mut end = None;
        for member in members {
            let node = tree.node(member);
            if node.kind != NodeKind::Scalar || node.text.is_some() || node.span.len() > 63 {
                return None;
            }
            if let Some(end) = end {
                joined.push('.', end..node.span.start);
            }
            joined.push_plain(&document.text, node.span.clone());
            end = Some(node.span.end);
        }
        let echo = is_repeated_next_to(document, list, joined.text());
        Some((joined, echo))
    }
}

fn has_quotes(source: &[u8]) -> bool {
    source.iter().any(|b| matches!(b, b'"' | b'\'' | b'`'))
}

/// Bytes of a value next to a list that are looked at.
const MOST_BESIDE: usize = 4_096;

/// Says whether the value next to a list has its name too, as some programs write it.
fn is_repeated_next_to(document: &Document, list: usize, name: &str) -> bool {
    let tree = &document.tree;
    let name = name.to_ascii_lowercase();
    let group = tree.node(list).parent;
    group != 0
        && tree
            .members(group)
            .take(32)
            .filter(|&member| tree.node(member).kind == NodeKind::Scalar)
            .any(|member| {
                // A longer text is not the setting that the list repeats.
                let text = first_bytes(tree.text(member, &document.text), MOST_BESIDE);
                text.to_ascii_lowercase().contains(&name)
            })
}
