//! Proves that a file says the same with a directive as without it.

use std::rc::Rc;

use super::spots::PossibleDirective;
use crate::facts::Violation;
use crate::syntax::{Content, Document, FormatId, NodeKind, Step};

/// Says whether only comments were added. The candidates are in the order of their places.
pub(super) fn is_same_but_for(
    old: &Content<'_>,
    new: &Content<'_>,
    added: &[PossibleDirective],
) -> bool {
    if old.encoding != new.encoding || outline(old) != outline(new) {
        return false;
    }
    let Some(document) = &new.document else {
        return false;
    };
    let mut shift = 0;
    added.iter().all(|candidate| {
        let offset = candidate.inserted.find(&candidate.directive).unwrap_or(0);
        let at = candidate.at + shift + offset;
        shift += candidate.inserted.len();
        is_comment(document, at, &candidate.directive)
            && !(document.format.is_markup() && splits_text(document, at, &candidate.directive))
    })
}

/// Says whether a comment of markup is inside a text: what is before and after it has to be a tag, so that
/// the comment parts nothing but white space.
fn splits_text(document: &Document, at: usize, directive: &str) -> bool {
    if !directive.starts_with("<!--") {
        return false;
    }
    let text = document.text.as_str();
    let before = text.get(..at).unwrap_or_default().trim_end();
    let before = before.trim_start_matches('\u{feff}');
    let after = text.get(at + directive.len()..).unwrap_or_default();
    let after = after.trim_start();
    let follows_tag = before.is_empty()
        || before.strip_suffix('>').is_some_and(|inside| {
            let tag = inside.rfind('<').map_or(inside, |open| &inside[open..]);
            !tag.contains('>') && !tag.starts_with("<![")
        });
    !follows_tag || !after.starts_with('<') || after.starts_with("<![")
}

/// Says whether a directive is a comment of its own, or part of one that the program does not see.
fn is_comment(document: &Rc<Document>, at: usize, directive: &str) -> bool {
    // Braces around the comment are outside of it in JSX.
    let word = directive.find(crate::directive::WORD).unwrap_or(0);
    let Some((span, _)) = document.comment_around(at + word) else {
        return document.is_prose();
    };
    let Some(comment) = document.text.get(span.clone()) else {
        return false;
    };
    let is_own = span.start >= at && span.end <= at + directive.len();
    is_own || !is_documentation(document, comment)
}

/// Says whether a comment is documentation that the program, or a tool, prints.
fn is_documentation(document: &Document, comment: &str) -> bool {
    if document.format.id == FormatId::Basic {
        return false;
    }
    let remark = comment.get(..3).unwrap_or_default();
    let is_word = comment.starts_with(|c: char| c.is_ascii_alphabetic());
    comment.starts_with(['"', '\'', '='])
        || comment.starts_with("<#")
        || is_word && !remark.eq_ignore_ascii_case("rem")
}

/// What makes a violation the same one in the changed file.
pub(super) fn identity(violation: &Violation) -> (&str, &str, Option<&str>) {
    (&violation.rule, &violation.name, violation.key.as_deref())
}

/// All that a file says, without its comments.
fn outline(content: &Content<'_>) -> Option<Vec<(NodeKind, Step, String)>> {
    let document = content.document.as_ref()?;
    let tree = &document.tree;
    let nodes = tree.nodes().iter().enumerate();
    let mut outline: Vec<(NodeKind, Step, String)> = nodes
        .map(|(number, node)| {
            let text = match node.kind {
                // The text of a program has the directive in it; that is compared as a comment.
                NodeKind::Scalar if is_program(document, number) => String::new(),
                NodeKind::Scalar => tree.text(number, &document.text).to_owned(),
                _ => String::new(),
            };
            (node.kind, node.step.clone(), text)
        })
        .collect();
    for (number, _) in tree.nodes().iter().enumerate() {
        if is_program(document, number)
            && let Some(inner) = document.inner(number)
        {
            outline.extend(tokens(&inner));
        }
    }
    // A file that does not parse to its end before is not understood better afterwards.
    let problem = tree.problem().map(|problem| problem.message.clone());
    outline.extend(problem.map(|message| (NodeKind::Scalar, Step::Text, message)));
    Some(outline)
}

/// Says whether a node is the text of a script or of a style sheet in markup.
fn is_program(document: &Document, node: usize) -> bool {
    let tree = &document.tree;
    let is_named = |group: usize| match &tree.node(group).step {
        Step::Key(name) => {
            name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style")
        }
        _ => false,
    };
    document.format.is_markup()
        && tree.node(node).step == Step::Text
        && tree.groups(node).next().is_some_and(is_named)
        && document.inner(node).is_some()
}

/// The words of a program outside of its comments.
fn tokens(program: &Document) -> Vec<(NodeKind, Step, String)> {
    let mut words = Vec::new();
    let mut from = 0;
    let end = program.text.len();
    let comments = program.tree.comments().iter().cloned();
    for comment in comments.chain(std::iter::once(end..end)) {
        let text = program.text.get(from..comment.start).unwrap_or_default();
        words.extend(text.split_whitespace().map(str::to_owned));
        from = comment.end;
    }
    let words = words.into_iter();
    words
        .map(|word| (NodeKind::Scalar, Step::Text, word))
        .collect()
}
