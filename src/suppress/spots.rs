//! Where a directive can be added for a line, and with which marks.

use super::elements::marks_in_element;
use super::quoted::is_in_quoted;
use super::raw::is_in_literal;
use crate::directive::WORD;
use crate::syntax::{DirectivePlace, Document, FormatId, Language, is_between_tags};

/// A directive that could be added to a text: where, and what.
#[derive(Debug, Clone)]
pub(super) struct PossibleDirective {
    /// Byte of the text.
    pub at: usize,
    /// With the blanks or the line break around it.
    pub inserted: String,
    /// The directive in it.
    pub directive: String,
}

/// The marks of a comment, and on which lines it can be.
struct CommentShape {
    open: &'static str,
    close: String,
    at_the_end: bool,
    before: bool,
}

/// Comments that a tool reads as an instruction, up to the end of their line.
const INSTRUCTIONS: [&str; 5] = ["//go:", "//export ", "//line ", "// +build", "\\"];

/// Directives that say `words` for the line from `start` to `end`, the best first.
pub(super) fn candidates(
    document: &Document,
    text: &str,
    (start, end): (usize, usize),
    words: &str,
) -> Vec<PossibleDirective> {
    let own = &text[start..end];
    let before = text[..start].trim_end_matches(['\r', '\n']);
    let joined = |text: &str| text.ends_with(['\\', '^', '`']);
    let is_literal =
        |at: usize| is_in_literal(document.format.id, text, at) || is_in_quoted(document, at);
    if is_literal(start)
        || ends_its_program(words)
        || joined(own)
        || own.contains("-----BEGIN")
        || own.contains("--%") && document.format.id == FormatId::PowerShell
        || is_parser_directive(document, text, start, end)
    {
        return Vec::new();
    }
    let Some(marks) = marks_for(document, text, start, end) else {
        return Vec::new();
    };
    let CommentShape { open, close, .. } = &marks;
    if *open == "<!--" && words.contains("--") || !close.is_empty() && words.contains(close.trim())
    {
        return Vec::new();
    }
    let directive = format!("{open} {words}{close}");
    let is_free = !own.to_ascii_lowercase().contains(WORD);
    let is_instruction = INSTRUCTIONS.iter().any(|i| own.trim_start().starts_with(i));
    let mut candidates = Vec::new();
    if marks.at_the_end && is_free && !is_instruction && !is_literal(end) {
        candidates.push(PossibleDirective {
            at: end,
            inserted: format!(" {directive}"),
            directive: directive.clone(),
        });
    }
    let is_first = ["<?", "<!", "#!"].iter().any(|head| own.starts_with(head));
    if marks.before && !joined(before) && !is_first {
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        // A comment that is indented in a recipe is given to the shell, and printed.
        let indent = match document.format.id {
            FormatId::Makefile => "",
            _ => &own[..own.len() - own.trim_start().len()],
        };
        candidates.push(PossibleDirective {
            at: start,
            inserted: format!("{indent}{directive}{newline}"),
            directive,
        });
    }
    candidates
}

/// Says whether a reason ends what is around the comment, or joins it with the next line.
fn ends_its_program(words: &str) -> bool {
    let marks = [
        "?>", "<?", "%>", "<%", "}}", "{{", "%}", "{%", "</", "\\u000a", "\\u000d",
    ];
    words.ends_with(['\\', '^', '`']) || marks.iter().any(|mark| words.contains(mark))
}

/// Says whether a line is `# name=value` at the top of a Dockerfile, where no other comment may be.
fn is_parser_directive(document: &Document, text: &str, start: usize, end: usize) -> bool {
    document.format.id == FormatId::Dockerfile
        && text[start..end].contains('=')
        && text[..end].lines().all(|line| line.starts_with('#'))
}

fn marks_for(document: &Document, text: &str, start: usize, end: usize) -> Option<CommentShape> {
    let format = document.format;
    if format.directives == DirectivePlace::Nowhere {
        return None;
    }
    if is_between_tags(text, format.language, start) {
        return between_tags(text, start);
    }
    if format.is_markup() {
        return in_markup(document, text, start);
    }
    let (open, close) = usual_marks(format.language, text)?;
    let is_text = format.is_documentation();
    Some(CommentShape {
        open,
        close,
        at_the_end: format.directives == DirectivePlace::LineEnd
            && !is_between_tags(text, format.language, end),
        before: !is_text || is_own_block(document, text, start, end),
    })
}

/// A comment in braces, where no text is before it: it would lose its blanks.
fn between_tags(text: &str, start: usize) -> Option<CommentShape> {
    let before = text[..start].trim_end();
    before.ends_with(['>', '}']).then(|| CommentShape {
        open: "{/*",
        close: " */}".to_owned(),
        at_the_end: false,
        before: true,
    })
}

/// Says whether a comment before a line of Markdown would be a block of its own. Between the lines of a
/// table or of a paragraph it would part them.
fn is_own_block(document: &Document, text: &str, start: usize, end: usize) -> bool {
    let own = text[start..end].trim_start();
    let before = text[..start].trim_end_matches([' ', '\r']);
    let after_blank = start == 0 || before.ends_with("\n\n") || before.ends_with("\n\r\n");
    if own.starts_with('|') || !after_blank {
        return false;
    }
    // Statements of MDX, and text in one of them, are a program.
    document.format.id != FormatId::Mdx
        || own.starts_with(char::is_alphabetic)
            && !own.starts_with("import ")
            && !own.starts_with("export ")
            && text[..start].matches('`').count().is_multiple_of(2)
}

/// Marks of the element that holds a line: its own language in scripts and styles.
fn in_markup(document: &Document, text: &str, start: usize) -> Option<CommentShape> {
    let code = text[..start].rfind("<%");
    let is_code = code.is_some_and(|open| !text[open..start].contains("%>"));
    let line = text[start..].lines().next().unwrap_or_default();
    let at = start + line.len() - line.trim_start().len();
    let tree = &document.tree;
    let holds = |node: &usize| {
        let span = &tree.node(*node).span;
        span.start <= at && at < span.end
    };
    let around = tree.nodes().partition_point(|node| node.span.start <= at);
    let inner = (0..around).rev().take(64).find(holds);
    let groups: Vec<usize> = inner
        .map(|node| std::iter::once(node).chain(tree.groups(node)).collect())
        .unwrap_or_default();
    let mut marks = ("<!--", " -->");
    for group in groups {
        marks = marks_in_element(document, group, marks)?;
    }
    (!is_code).then(|| CommentShape {
        open: marks.0,
        close: marks.1.to_owned(),
        at_the_end: false,
        before: true,
    })
}

/// How a comment begins and ends: as the file has them already, otherwise as is usual.
fn usual_marks(language: &Language, text: &str) -> Option<(&'static str, String)> {
    let begins = |mark: &&&str| {
        text.lines()
            .any(|line| line.trim_start().starts_with(**mark))
    };
    let line = language.line.iter().find(begins).or(language.line.first());
    if let Some(mark) = line {
        return Some((mark.trim_end(), String::new()));
    }
    let block = language.blocks.first()?;
    Some((block.open, format!(" {}", block.close)))
}
