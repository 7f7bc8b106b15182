//! Which definitions of a name a place in a program sees: those of the blocks around it.

use crate::syntax::{Document, FormatId};

/// Where the blocks around a byte begin, the outermost first.
pub(super) fn blocks_at(document: &Document, at: usize) -> Vec<usize> {
    if document.format.id == FormatId::Python {
        return indented_blocks_at(&document.text, at);
    }
    let mut open = Vec::new();
    for here in code_bytes(document, 0, at) {
        match document.text.as_bytes()[here] {
            b'{' => open.push(here),
            b'}' => {
                open.pop();
            }
            _ => {}
        }
    }
    open
}

/// The bytes between two places that are neither in strings nor in comments.
fn code_bytes(document: &Document, from: usize, to: usize) -> impl Iterator<Item = usize> + '_ {
    let mut at = from;
    std::iter::from_fn(move || {
        while at < to {
            let here = at;
            let inside = document.tree.comment_at(here).map(|comment| comment.end);
            let inside = inside.or_else(|| {
                let node = document.tree.value_at(&(here..here + 1))?;
                let span = document.tree.node(node).span.clone();
                span.contains(&here).then_some(span.end)
            });
            at = inside.unwrap_or(0).max(here + 1);
            if inside.is_none() {
                return Some(here);
            }
        }
        None
    })
}

/// Lines that are indented less than those after them, above a byte.
fn indented_blocks_at(text: &str, at: usize) -> Vec<usize> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if !line.trim().is_empty() {
            while open
                .last()
                .is_some_and(|(depth, _)| *depth >= indent && indent < *depth)
            {
                open.pop();
            }
            if open.last().is_none_or(|(depth, _)| *depth < indent) && indent > 0 {
                open.push((indent, start));
            }
        }
        start += line.len();
        if start > at {
            break;
        }
    }
    open.into_iter().map(|(_, start)| start).collect()
}

/// Where a name is given a value: the name, and where the value begins.
pub(super) fn assigned<'d>(
    document: &'d Document,
    name: &'d str,
) -> impl Iterator<Item = (usize, usize)> + 'd {
    let text = document.text.as_str();
    memchr::memmem::find_iter(text.as_bytes(), name.as_bytes()).filter_map(move |start| {
        let end = start + name.len();
        let before = text[..start].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '>')) {
            let receiver = text[..start].trim_end_matches(['.', '>', '-']);
            let is_own = ["this", "self", "cls"]
                .iter()
                .any(|own| receiver.ends_with(own));
            if !is_own {
                return None;
            }
        }
        if document.tree.is_comment(start) || is_in_string(document, start) {
            return None;
        }
        after_assignment(text, end).map(|value| (start, value))
    })
}

fn is_in_string(document: &Document, at: usize) -> bool {
    let node = document.tree.value_at(&(at..at + 1));
    node.is_some_and(|node| document.tree.node(node).span.contains(&at))
}

/// Where the value begins, if a name ends at a byte and is given one.
fn after_assignment(text: &str, end: usize) -> Option<usize> {
    let rest = &text[end..];
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let mut at = end + rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let rest = &text[at..];
    // A type may follow: `name: Type = value`, `name string = value`.
    if let Some(annotated) = rest
        .strip_prefix(':')
        .filter(|rest| !rest.starts_with(['=', ':']))
    {
        let line = annotated.split('\n').next().unwrap_or_default();
        let equals = line.find('=').filter(|&at| {
            let kind = line[..at].trim();
            let is_type = |c: char| c.is_alphanumeric() || "_.<>?[] |".contains(c);
            !kind.is_empty() && kind.chars().all(is_type) && !line[at..].starts_with("=>")
        });
        return Some(match equals {
            Some(equals) => at + 1 + equals + 1,
            None => at + 1,
        });
    }
    let words = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if let Some(after) = words.strip_prefix(' ').filter(|_| words.len() < rest.len()) {
        at += rest.len() - after.len();
    }
    let rest = &text[at..];
    for operator in [":=", "=>", "="] {
        if let Some(after) = rest.strip_prefix(operator) {
            let is_comparison = operator == "=" && after.starts_with(['=', '~', '>']);
            return (!is_comparison).then_some(at + operator.len());
        }
    }
    None
}

/// Where the value of a member begins, of the map or object that begins at a byte.
pub(super) fn member(document: &Document, at: usize, name: &str) -> Option<usize> {
    let text = document.text.as_str();
    let open = at + text[at..].len() - text[at..].trim_start().len();
    if !text[open..].starts_with(['{', '[', '(']) {
        return None;
    }
    let mut depth = 0_usize;
    let mut end = open;
    for here in code_bytes(document, open, text.len()) {
        match text.as_bytes()[here] {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        end = here;
        if depth == 0 {
            break;
        }
    }
    let inside = assigned(document, name).find(|(key, _)| (open..end).contains(key));
    inside.map(|(_, value)| value)
}
