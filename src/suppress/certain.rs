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

/// Tells of the lines of a file whether it is certain how a comment is written there. What is the same for all
/// lines is asked once.
pub(super) struct CertainLines<'d> {
    document: &'d Document,
    is_one_language: bool,
    is_component: bool,
    is_template: bool,
    tags: Vec<TagMarks>,
}

/// Where the marks of one sort of tags are in a text.
struct TagMarks {
    opens: Vec<usize>,
    closes: Vec<usize>,
}

impl<'d> CertainLines<'d> {
    /// The lines of the file at a path.
    pub(super) fn new(path: &str, document: &'d Document) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
        let text = document.text.as_str();
        let marks = |mark: &str| text.match_indices(mark).map(|(at, _)| at).collect();
        Self {
            document,
            is_one_language: is_one_language(&name, document.format.id, text),
            is_component: name.rsplit('.').next() == Some("vue"),
            is_template: name.split('.').skip(1).any(|p| TEMPLATES.contains(&p)),
            tags: TAGS
                .iter()
                .map(|(open, close)| TagMarks {
                    opens: marks(open),
                    closes: marks(close),
                })
                .collect(),
        }
    }

    /// Says whether it is certain at the line from `start` to `end`.
    pub(super) fn has(&self, (start, end): (usize, usize)) -> bool {
        let Self {
            document,
            is_template,
            ..
        } = *self;
        let text = document.text.as_str();
        self.is_one_language
            && !(self.is_component && is_in_custom_block(document, start))
            && !(is_template && (document.format.is_markup() || is_template_line(text, start)))
            && (document.format.code && !is_template || self.is_outside_tags(start, end))
    }

    /// Says whether a line is outside of the tags of templates, and none of them joins it with another one.
    fn is_outside_tags(&self, start: usize, end: usize) -> bool {
        let text = self.document.text.as_str();
        let own = text.get(start..end).unwrap_or_default().trim();
        let next = text.get(end..).unwrap_or_default().trim_start();
        let next = next.lines().next().unwrap_or_default().trim_end();
        let trims = |line: &str| TRIM_BEFORE.iter().any(|mark| line.starts_with(mark));
        let joins = TRIM_AFTER.iter().any(|mark| own.contains(mark)) || trims(own);
        let is_open = |at: usize| self.tags.iter().any(|marks| marks.is_open(at));
        !is_open(start) && !is_open(end) && !joins && (!trims(next) || is_control(next))
    }
}

impl TagMarks {
    /// Bytes of each mark.
    const LENGTH: usize = 2;

    /// Says whether a tag that begins before a byte ends after it.
    fn is_open(&self, at: usize) -> bool {
        let is_before = |mark: &usize| mark + Self::LENGTH <= at;
        let opened = self.opens.partition_point(is_before).checked_sub(1);
        let closed = self.closes.partition_point(is_before).checked_sub(1);
        opened.is_some_and(|opened| {
            closed.is_none_or(|closed| self.closes[closed] < self.opens[opened])
        })
    }
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
