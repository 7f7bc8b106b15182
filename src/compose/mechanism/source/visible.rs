//! Which definitions of a name a place in a program sees: those of the blocks around it.

use crate::compose::blocks::Blocks;
use crate::syntax::{Document, FormatId};

/// Definitions of a name that are read.
const MOST_DEFINITIONS: usize = 32;
/// Bytes before a block that may belong to it.
const MOST_HEADER: usize = 400;

/// The blocks of a program.
pub(super) fn blocks(document: &Document) -> Blocks {
    if document.format.id == FormatId::Python {
        return indented_blocks(&document.text);
    }
    let mut blocks = Blocks::default();
    for at in brackets(document, 0, b"{}") {
        if document.text.as_bytes()[at] == b'{' {
            blocks.open(at, is_branch(header(document, at)));
        } else {
            blocks.close(at);
        }
    }
    blocks
}

/// The definitions of a name that a place sees, those in the nearest block that has any: where each value begins.
pub(super) fn visible<'d>(
    document: &'d Document,
    blocks: &Blocks,
    name: &'d str,
    at: usize,
) -> Vec<usize> {
    let text = document.text.as_str();
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    if binds_in_line(&text[line..at], name) {
        return Vec::new();
    }
    // A parameter hides everything before the function.
    let mut binding = blocks.around(at).filter_map(|block| {
        let header = header(document, block.span.start);
        let binds = !is_branch(header) && has_word(header, name) || is_loop_over(header, name);
        binds.then(|| block.span.start - header.len())
    });
    let first = binding.next().unwrap_or(0);
    let seen = assigned(document, name).filter(|(key, _)| *key >= first);
    let seen = seen.filter_map(|(key, value)| {
        let is_declared = is_declared(&text[..key], &text[key + name.len()..value]);
        let mut scopes = blocks.around(key);
        let scope = scopes.find(|block| is_declared || !block.is_branch);
        let scope = scope.map(|scope| &scope.span);
        let is_seen = scope.is_none_or(|scope| scope.contains(&at));
        is_seen.then(|| (scope.map_or(0, |scope| scope.start), value))
    });
    let seen: Vec<(usize, usize)> = seen.take(MOST_DEFINITIONS).collect();
    let nearest = seen.iter().map(|(scope, _)| *scope).max();
    let seen = seen.into_iter();
    let seen = seen.filter(|(scope, _)| Some(*scope) == nearest);
    seen.map(|(_, value)| value).collect()
}

/// What is before a block and belongs to it, such as the name of a function with its parameters.
fn header(document: &Document, block: usize) -> &str {
    let before = &document.text[..block];
    let mut first = before.len().saturating_sub(MOST_HEADER);
    while !before.is_char_boundary(first) {
        first += 1;
    }
    let before = &before[first..];
    let start = if document.format.id == FormatId::Python {
        let line = before.trim_end().rfind('\n').map_or(0, |end| end + 1);
        // The parameters may be on lines of their own.
        let is_end = before[line..].trim_start().starts_with(')');
        let definition = before.rfind("def ").filter(|_| is_end);
        definition.unwrap_or(line)
    } else {
        before.rfind([';', '{', '}']).map_or(0, |end| end + 1)
    };
    &document.text[first + start..block]
}

/// Says whether a block only runs in some cases, and is not a scope of its own.
fn is_branch(header: &str) -> bool {
    let mut words = header.split(|c: char| !c.is_alphanumeric() && c != '_');
    let first = words.find(|word| !word.is_empty()).unwrap_or_default();
    let branches = [
        "if", "else", "elif", "elseif", "while", "switch", "try", "do", "with", "finally", "when",
        "unless", "until", "match", "case", "for", "foreach", "catch", "except", "using", "lock",
    ];
    branches.contains(&first)
}

/// Says whether a block is run with each of some values under this name.
fn is_loop_over(header: &str, name: &str) -> bool {
    let rest = header.trim_start();
    let is_loop = rest.starts_with("for") || rest.starts_with("catch") || rest.starts_with("with");
    is_loop && has_word(rest, name)
}

/// Says whether the beginning of a line makes the name a parameter of what follows in it.
fn binds_in_line(line: &str, name: &str) -> bool {
    let arrow = line.match_indices("=>").any(|(at, _)| {
        let before = line[..at].trim_end();
        let parameters = match before.strip_suffix(')') {
            Some(inside) => inside.rsplit('(').next().unwrap_or_default(),
            None => before
                .rsplit(|c: char| !c.is_alphanumeric() && c != '_' && c != '$')
                .next()
                .unwrap_or_default(),
        };
        has_word(parameters, name)
    });
    let lambda = line.split("lambda ").skip(1).any(|after| {
        let parameters = after.split(':').next().unwrap_or_default();
        has_word(parameters, name)
    });
    arrow || lambda
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part)
    })
}

/// Says whether a name is declared where it is given a value, from what is before and after it.
fn is_declared(before: &str, between: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let after_word = line.ends_with(' ')
        && line
            .trim_end()
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '>' | ']'));
    after_word || between.trim_end().ends_with(":=")
}

/// Where such brackets are from a byte on that are neither in strings nor in comments.
fn brackets<'d>(
    document: &'d Document,
    from: usize,
    signs: &'static [u8],
) -> impl Iterator<Item = usize> + 'd {
    let bytes = document.text.as_bytes();
    let signs = (from..bytes.len()).filter(|&at| signs.contains(&bytes[at]));
    signs.filter(|&at| document.tree.comment_at(at).is_none() && !is_in_string(document, at))
}

/// Runs of lines that are indented more than the line before them.
fn indented_blocks(text: &str) -> Blocks {
    let mut blocks = Blocks::default();
    let (mut indents, mut header) = (Vec::new(), "");
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if !line.trim().is_empty() {
            while indents.last().is_some_and(|depth| indent < *depth) {
                indents.pop();
                blocks.close(start);
            }
            if indents.last().is_none_or(|depth| *depth < indent) && indent > 0 {
                indents.push(indent);
                blocks.open(start, is_branch(header));
            }
            header = line;
        }
        start += line.len();
    }
    blocks
}

/// Where a name is given a value: the name, and where the value begins.
fn assigned<'d>(
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
    let end = brackets(document, open, b"{[()]}").find(|&at| {
        match document.text.as_bytes()[at] {
            b'{' | b'[' | b'(' => depth += 1,
            _ => depth = depth.saturating_sub(1),
        }
        depth == 0
    });
    let end = end.unwrap_or(text.len());
    let inside = assigned(document, name).find(|(key, _)| (open..end).contains(key));
    inside.map(|(_, value)| value)
}
