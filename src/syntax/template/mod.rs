//! Template actions in a text: `{{ … }}` of Helm, Go and Jinja, `{% … %}`, `{# … #}`, and
//! `<% … %>` of ERB. A mask puts harmless text of the same length in their place, so that a
//! template can be read as the format that it produces.

mod mask;

use std::ops::Range;

use crate::text::Mapped;

pub(super) use mask::mask_actions;

/// One action with its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TemplateAction {
    /// Bytes of the action.
    pub span: Range<usize>,
    /// Says whether it is a comment, e.g. `{{/* … */}}`.
    pub comment: bool,
}

/// The text with its actions masked, of the same length and with the same line breaks; none when
/// there is no action. Actions on lines of their own become blank, or a comment where that would not
/// be; others become `$` characters.
#[cfg(test)]
#[must_use]
pub(super) fn mask(source: &str) -> Option<String> {
    let actions = actions(source);
    (!actions.is_empty()).then(|| mask_actions(source, &actions))
}

/// The actions of a text, in its order. A mark that is not closed opens none.
#[must_use]
pub(super) fn actions(source: &str) -> Vec<TemplateAction> {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let mut unclosed = [false; MARKS.len()];
    let mut at = 0;
    while let Some(step) = memchr::memchr2(b'{', b'<', bytes.get(at..).unwrap_or_default()) {
        at += step;
        let rest = &bytes[at..];
        let Some(number) = MARKS.iter().position(|m| m.opens(rest)) else {
            at += 1;
            continue;
        };
        // What is not closed once is not closed further on: that would be sought again for every
        // opening.
        let end = if unclosed[number] {
            ActionClose::Never
        } else {
            close(bytes, at, &MARKS[number])
        };
        match end {
            ActionClose::At { end, comment } => {
                found.push(TemplateAction {
                    span: at..end,
                    comment,
                });
                at = end;
            }
            ActionClose::NotBefore(next) => at = next,
            ActionClose::Never => {
                unclosed[number] = true;
                at += 2;
            }
        }
    }
    found
}

/// Puts the actions of `source` back into a value that was decoded from the masked text.
#[must_use]
pub(super) fn restore(masked: &Mapped, source: &str, actions: &[TemplateAction]) -> Mapped {
    let mut restored = Mapped::new();
    let mut after = 0;
    let mut next = 0;
    for (at, character) in masked.text().char_indices() {
        let place = masked.source(at..at + character.len_utf8());
        while actions.get(next).is_some_and(|a| a.span.end <= place.start) {
            next += 1;
        }
        let action = actions.get(next).filter(|a| a.span.start <= place.start);
        match action {
            Some(action) if action.span.start >= after => {
                restored.push_plain(source, action.span.clone());
                after = action.span.end;
            }
            _ if place.start < after => {}
            _ => restored.push(character, place),
        }
    }
    restored
}

struct ActionMarks {
    open: &'static [u8],
    close: &'static [u8],
    kind: ActionKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ActionKind {
    /// Strings in it may hold its closing mark.
    Code,
    Comment,
    /// `{{/* … */}}`, with dashes and blanks at the inner sides of the braces.
    GoComment,
}

impl ActionMarks {
    const fn new(open: &'static [u8], close: &'static [u8], kind: ActionKind) -> Self {
        Self { open, close, kind }
    }

    fn opens(&self, rest: &[u8]) -> bool {
        let inner = rest.strip_prefix(self.open);
        inner.is_some_and(|inner| {
            self.kind != ActionKind::GoComment || undashed(inner).starts_with(b"/*")
        })
    }
}

fn undashed(inner: &[u8]) -> &[u8] {
    inner.strip_prefix(b"-").unwrap_or(inner).trim_ascii_start()
}

/// The more special ones first.
const MARKS: [ActionMarks; 6] = [
    ActionMarks::new(b"{{", b"}}", ActionKind::GoComment),
    ActionMarks::new(b"{{", b"}}", ActionKind::Code),
    ActionMarks::new(b"{%", b"%}", ActionKind::Code),
    ActionMarks::new(b"{#", b"#}", ActionKind::Comment),
    ActionMarks::new(b"<%#", b"%>", ActionKind::Comment),
    ActionMarks::new(b"<%", b"%>", ActionKind::Code),
];

enum ActionClose {
    At {
        end: usize,
        comment: bool,
    },
    /// Another action opens there first: the mark is not an action.
    NotBefore(usize),
    Never,
}

fn close(bytes: &[u8], open: usize, marks: &ActionMarks) -> ActionClose {
    let start = open + marks.open.len();
    if marks.kind == ActionKind::GoComment {
        let inner = undashed(bytes.get(start..).unwrap_or_default());
        return go_comment(bytes, bytes.len() - inner.len() + 2);
    }
    let comment = marks.kind == ActionKind::Comment;
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        let rest = &bytes[at..];
        if rest.starts_with(marks.close) {
            let mut end = at + marks.close.len();
            // `{{{ … }}}` of Mustache.
            if bytes.get(start) == Some(&b'{') && bytes.get(end) == Some(&b'}') {
                end += 1;
            }
            return ActionClose::At { end, comment };
        }
        if !comment && rest.starts_with(marks.open) {
            return ActionClose::NotBefore(at);
        }
        let quoted = !comment && matches!(byte, b'"' | b'`') && bytes[at - 1] != b'\\';
        at += if quoted { string(rest) } else { 1 };
    }
    ActionClose::Never
}

/// The end of a Go comment, whose text may hold anything.
fn go_comment(bytes: &[u8], start: usize) -> ActionClose {
    let mut at = start;
    while let Some(rest) = bytes.get(at..) {
        let Some(found) = memchr::memmem::find(rest, b"*/") else {
            break;
        };
        at += found + 2;
        let rest = bytes[at..].trim_ascii_start();
        let rest = rest.strip_prefix(b"-").unwrap_or(rest);
        if rest.starts_with(b"}}") {
            let end = bytes.len() - rest.len() + 2;
            return ActionClose::At { end, comment: true };
        }
    }
    ActionClose::Never
}

/// The length of a string of one line with its quotes; 1 when it is not closed.
fn string(rest: &[u8]) -> usize {
    let quote = rest[0];
    let mut at = 1;
    while let Some(byte) = rest.get(at) {
        match byte {
            b'\n' => break,
            b'\\' if quote == b'"' => at += 1,
            _ if *byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_told_from_other_actions() {
        for (source, comments) in [
            ("{{/* {{ x }} \" */}} {{ y }}", vec![true, false]),
            ("{{- /* a */ -}}", vec![true]),
            ("{# a \" #} {{ b }}", vec![true, false]),
            ("<%# a %> <%= b %>", vec![true, false]),
        ] {
            let found: Vec<bool> = actions(source).iter().map(|a| a.comment).collect();
            assert_eq!(found, comments, "{source:?}");
        }
    }

    #[test]
    fn hostile_texts_take_linear_time() {
        for piece in [
            "{{", "{{ \"", "{{/*", "{%<%{#", "a: |\n", "{{a}}\n", "\"`{{", "{{/**/",
        ] {
            let source = piece.repeat(100_000);
            if let Some(masked) = mask(&source) {
                assert_eq!(masked.len(), source.len());
            }
        }
    }
}
