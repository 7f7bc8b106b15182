//! Paragraphs of office documents, whose text is cut into runs wherever its look or its spelling
//! changes: the name of a host often lies in two of them.

use std::ops::Range;

use super::Survey;
use crate::facts::View;
use crate::syntax::{Document, NodeKind, Step};
use crate::text::Mapped;

/// The elements that are paragraphs, and the element that holds the text of a run; none where all
/// text in the paragraph counts.
const PARAGRAPHS: &[(&str, Option<&str>)] = &[
    // Word, PowerPoint, the shared strings of Excel.
    ("w:p", Some("w:t")),
    ("a:p", Some("a:t")),
    ("si", Some("t")),
    // OpenDocument.
    ("text:p", None),
    ("text:h", None),
];
/// Elements that stand for blanks.
const BLANKS: &[&str] = &[
    "w:tab",
    "w:br",
    "w:cr",
    "a:br",
    "text:s",
    "text:tab",
    "text:line-break",
];

impl Survey<'_, '_> {
    /// Looks through the paragraphs that consist of several runs.
    pub(super) fn paragraphs(
        &mut self,
        document: &Document,
        outermost: &dyn Fn(Range<usize>) -> Range<usize>,
    ) {
        for (number, node) in document.tree.nodes().iter().enumerate() {
            if node.kind == NodeKind::Mapping
                && let Step::Key(name) = &node.step
                && let Some((_, run)) = PARAGRAPHS.iter().find(|(paragraph, _)| paragraph == name)
                && let Some(text) = paragraph(document, number, *run)
            {
                self.view(&text, View::Joined, false, outermost);
            }
        }
    }
}

/// The text of a paragraph with several runs.
fn paragraph(document: &Document, number: usize, run: Option<&str>) -> Option<Mapped> {
    let tree = &document.tree;
    let mut joined = Mapped::new();
    let mut runs = 0;
    let mut end = None;
    for at in number + 1..tree.node(number).end {
        let node = tree.node(at);
        let element = match &node.step {
            Step::Text => &tree.node(node.parent).step,
            other => other,
        };
        let is_text = match (element, run) {
            (Step::Key(name), Some(run)) => name == run,
            (Step::Key(_), None) => true,
            _ => false,
        };
        if !is_text || node.kind != NodeKind::Scalar {
            continue;
        }
        if let Some(end) = end
            && has_blank(document.text.get(end..node.span.start)?)
        {
            joined.push(' ', end..node.span.start);
        }
        match &node.text {
            Some(text) => joined.push_mapped(text),
            None => joined.push_plain(&document.text, node.span.clone()),
        }
        runs += 1;
        end = Some(node.span.end);
    }
    (runs > 1).then_some(joined)
}

/// Says whether the markup between two runs separates them.
fn has_blank(between: &str) -> bool {
    let mut tags = between.split('<').skip(1);
    between.starts_with(char::is_whitespace)
        || between.ends_with(char::is_whitespace)
        || tags.any(|tag| {
            let end = tag.find(|c: char| matches!(c, '/' | '>') || c.is_whitespace());
            BLANKS.contains(&&tag[..end.unwrap_or(tag.len())])
        })
}
