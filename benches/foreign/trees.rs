//! What must be true of the tree of any text.

use ptlint::internals::syntax::{Document, NodeKind};

/// The faults of a document's tree: spans outside of the text, nodes out of order, values
/// from elsewhere.
pub fn faults(document: &Document) -> Vec<String> {
    let (text, tree) = (document.text.as_str(), &document.tree);
    let mut faults = Vec::new();
    let mut before = 0;
    for (number, node) in tree.nodes().iter().enumerate() {
        let mut fault = |what: String| faults.push(format!("node {number} {node:?}: {what}"));
        let span = node.span.clone();
        if text.get(span.clone()).is_none() {
            fault("its span is no part of the text".into());
        }
        if span.start < before {
            fault(format!("begins before the one before it, at {before}"));
        }
        before = span.start;
        if let Some(key) = &node.key
            && text.get(key.clone()).is_none()
        {
            fault("its key is no part of the text".into());
        }
        let fits = node.parent <= number
            && (number == 0 || node.parent < number && node.end <= tree.node(node.parent).end)
            && (number < node.end && node.end <= tree.nodes().len());
        if !fits {
            fault("it is not within its group".into());
        }
        if node.kind == NodeKind::Scalar && node.end != number + 1 {
            fault("a value has members".into());
        }
        let Some(mapped) = &node.text else {
            continue;
        };
        let mut last = 0;
        for (at, character) in mapped.text().char_indices() {
            let source = mapped.source(at..at + character.len_utf8());
            if source.start < span.start || span.end < source.end {
                fault(format!("{character:?} comes from {source:?}, outside"));
                break;
            }
            if source.start < last || text.get(source.clone()).is_none() {
                fault(format!("{character:?} comes from {source:?}, after {last}"));
                break;
            }
            last = source.start;
        }
    }
    let mut end = 0;
    for comment in tree.comments() {
        if text.get(comment.clone()).is_none() || comment.start < end {
            faults.push(format!("comment {comment:?} after {end}"));
        }
        end = comment.end;
    }
    if let Some(problem) = tree.problem()
        && problem.at > text.len()
    {
        faults.push(format!("a problem behind the end: {problem:?}"));
    }
    faults
}
