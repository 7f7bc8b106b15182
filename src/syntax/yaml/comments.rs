//! The comments of a text and of its template.

use std::ops::Range;

use super::super::template::TemplateAction;

/// The comments that the parser found and those among the actions, in the order of the text.
#[must_use]
pub(super) fn all_comments(
    source: &str,
    found: Vec<Range<usize>>,
    actions: &[TemplateAction],
) -> Vec<Range<usize>> {
    let found = found.into_iter();
    let mut comments: Vec<_> = found.filter_map(|c| unmasked(source, c, actions)).collect();
    let template = actions.iter().filter(|a| a.comment);
    comments.extend(template.map(|a| a.span.clone()));
    comments.sort_by_key(|c| c.start);
    let mut after = 0;
    comments.retain(|comment| {
        // A comment in a comment is part of it.
        let apart = comment.start >= after;
        if apart {
            after = comment.end;
        }
        apart
    });
    comments
}

/// The part of a comment that is not the mask of an action.
fn unmasked(
    source: &str,
    comment: Range<usize>,
    actions: &[TemplateAction],
) -> Option<Range<usize>> {
    let mut at = comment.start;
    let first = actions.partition_point(|a| a.span.end <= at);
    for action in actions.get(first..).unwrap_or_default() {
        if action.span.start > at {
            break;
        }
        let rest = source.get(action.span.end..comment.end)?;
        at = comment.end - rest.trim_start().len();
    }
    (at < comment.end).then_some(at..comment.end)
}
