//! Lines at which the language is not certain: a comment there could be output, data, or an error.

use crate::syntax::{Document, FormatId, Step};

/// Parts of the names of templates whose text is output.
const TEMPLATES: [&str; 19] = [
    "blade", "cshtml", "ejs", "eex", "erb", "ftl", "gotmpl", "hbs", "heex", "j2", "jinja",
    "jinja2", "jsp", "liquid", "mustache", "njk", "tmpl", "tpl", "twig",
];

/// What is between these marks is code of a template.
const TAGS: [(&str, &str); 3] = [("<%", "%>"), ("{%", "%}"), ("{{", "}}")];

/// Tags that remove the white space after them.
const TRIM_AFTER: [&str; 3] = ["-%>", "-%}", "-}}"];

/// Tags that remove the white space before them.
const TRIM_BEFORE: [&str; 3] = ["<%-", "{%-", "{{-"];

/// Says whether it is certain how a comment is written at the line from `start` to `end`.
pub(super) fn is_certain(path: &str, document: &Document, (start, end): (usize, usize)) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let is_template = name.split('.').skip(1).any(|p| TEMPLATES.contains(&p));
    let text = document.text.as_str();
    is_one_language(&name, document.format.id, text)
        && !(name.rsplit('.').next() == Some("vue") && is_in_custom_block(document, start))
        && !(is_template && (document.format.is_markup() || is_template_line(text, start)))
        && (document.format.code && !is_template || is_outside_tags(text, start, end))
}

/// Says whether a text is of the language that the extension is read as, where others have it too.
fn is_one_language(name: &str, format: FormatId, text: &str) -> bool {
    let has_line = |heads: &[&str]| {
        let mut lines = text.lines().map(str::trim_start);
        lines.any(|line| heads.iter().any(|head| line.starts_with(head)))
    };
    let start = text.trim_start_matches('\u{feff}').trim_start();
    match (format, name.rsplit('.').next().unwrap_or_default()) {
        // MATLAB.
        (FormatId::C, "m") => {
            let own = [
                "#import",
                "#include",
                "@interface",
                "@implementation",
                "@protocol",
                "@class",
                "@import",
            ];
            has_line(&own) && !has_line(&["%", "function ", "classdef "])
        }
        // Prolog.
        (FormatId::Perl, "pl") => text.contains(';') && !text.contains(":-"),
        // TeX and Apex.
        (FormatId::Basic, "cls") => {
            let lower = text.to_ascii_lowercase();
            let own = [
                "attribute vb_",
                "end class",
                "end function",
                "end property",
                "end sub",
            ];
            own.iter().any(|words| lower.contains(words))
        }
        // OpenCL.
        (FormatId::Lisp, "cl") => start.starts_with(['(', ';', '#']) && !has_line(&["#include"]),
        // Translations in XML.
        (FormatId::TypeScript, _) => !start.starts_with('<'),
        // A page without a tag of its own is text.
        (FormatId::Php, _) => text.contains("<?"),
        // Comments in the elements of a query are their text.
        (FormatId::XQuery, _) => !text.contains("</"),
        _ => true,
    }
}

/// Says whether a line is in a block of a component that is neither its page, its script nor its style:
/// a tool of its own reads it.
fn is_in_custom_block(document: &Document, start: usize) -> bool {
    const KNOWN: [&str; 3] = ["template", "script", "style"];
    let line = document.text.get(start..).unwrap_or_default();
    let at = start + line.len() - line.trim_start().len();
    let tree = &document.tree;
    tree.members(0).any(|number| {
        let block = tree.node(number);
        let is_known = match &block.step {
            Step::Key(name) => KNOWN.contains(&name.as_str()),
            _ => false,
        };
        !is_known && block.span.contains(&at)
    })
}

/// Says whether a line of a template is code as a whole.
fn is_template_line(text: &str, start: usize) -> bool {
    let line = text.get(start..).unwrap_or_default().trim_start();
    line.starts_with(['%', '@'])
}

/// Says whether a line is outside of the tags of templates, and none of them joins it with another one.
fn is_outside_tags(text: &str, start: usize, end: usize) -> bool {
    let is_open = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        TAGS.iter().any(|(open, close)| {
            let opened = before.rfind(open);
            opened.is_some_and(|opened| !before[opened..].contains(close))
        })
    };
    let own = text.get(start..end).unwrap_or_default().trim();
    let next = text.get(end..).unwrap_or_default().trim_start();
    let next = next.lines().next().unwrap_or_default().trim_end();
    let trims = |line: &str| TRIM_BEFORE.iter().any(|mark| line.starts_with(mark));
    let joins = TRIM_AFTER.iter().any(|mark| own.contains(mark)) || trims(own);
    !is_open(start) && !is_open(end) && !joins && (!trims(next) || is_control(next))
}

/// Says whether a line consists of a tag that gives no text, or begins it with a new line.
fn is_control(line: &str) -> bool {
    const WORDS: [&str; 12] = [
        "/*", "block", "define", "else", "end", "endfor", "endif", "for", "if", "range", "set",
        "with",
    ];
    let word = line.get(3..).unwrap_or_default().trim_start();
    let first = word.split([' ', '}', '%']).next().unwrap_or_default();
    let is_whole = TAGS.iter().any(|(open, close)| {
        line.starts_with(open) && line.find(close).is_some_and(|at| at + 2 == line.len())
    });
    is_whole && (WORDS.contains(&first) || line.contains("nindent"))
}
