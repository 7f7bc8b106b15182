//! Which format a text inside a document has: a value, the text of an element, a block of code.

use super::file_format::{FileFormat, Prose};
use super::formats::FormatId;
use super::recognise::{by_content, by_fence, by_sound_content, readable_by_name};
use super::tree::{NodeKind, Step, Tree};

/// Keys whose value is a script.
const SCRIPTS: &[&str] = &[
    "run",
    "script",
    "scripts",
    "before_script",
    "after_script",
    "command",
    "commands",
    "args",
    "inline",
    "bash",
    "sh",
    "shell",
    "entrypoint",
    "user_data",
    "RUN",
    "CMD",
    "ENTRYPOINT",
];

/// The format of a text that is the value of a node in a document of the format `around`.
#[must_use]
pub(super) fn format_of_value(
    tree: &Tree,
    node: usize,
    text: &str,
    around: &FileFormat,
) -> Option<&'static FileFormat> {
    if around.id == FormatId::Makefile && matches!(tree.node(node).step, Step::Item(_)) {
        return Some(FormatId::Shell.row());
    }
    let html = || {
        let is_page = around.prose != Prose::ElementText && is_html(text);
        is_page.then(|| FormatId::Html.row())
    };
    let name = std::iter::once(node)
        .chain(tree.groups(node))
        .find_map(|number| match &tree.node(number).step {
            Step::Key(name) => Some(name.as_str()),
            _ => None,
        });
    let Some(name) = name else {
        return html();
    };
    let lines = text.trim_end().contains('\n');
    // In markup such a name says nothing about the language.
    if !around.is_markup() && SCRIPTS.contains(&name) && (lines || text.contains(' ')) {
        return Some(FormatId::Shell.row());
    }
    if lines
        && name.contains('.')
        && let Some(format) = readable_by_name(name)
    {
        return Some(format);
    }
    html().or_else(|| by_sound_content(text, true))
}

/// Says whether a text is a piece of a page: it has an element of HTML for text.
fn is_html(text: &str) -> bool {
    const ELEMENTS: &[&str] = &[
        "<a href", "<body", "<br", "<div", "<em>", "<h1", "<h2", "<h3", "<h4", "<html", "<li>",
        "<ol>", "<p>", "<p ", "<strong", "<ul>",
    ];
    if !text.contains('<') || text.trim_start().starts_with(['{', '[']) {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let has_element = ELEMENTS.iter().any(|element| lower.contains(element));
    has_element && (lower.contains("</") || lower.contains("<br"))
}

/// The format of the text of a `script` or `style` element, unless its type says that it is data.
#[must_use]
pub(super) fn format_of_element(
    tree: &Tree,
    node: usize,
    source: &str,
) -> Option<&'static FileFormat> {
    let element = tree.groups(node).next()?;
    let Step::Key(name) = &tree.node(element).step else {
        return None;
    };
    let has_type = |is_own: &dyn Fn(&str) -> bool| {
        let mut members = tree.members(element);
        members.all(|number| match &tree.node(number).step {
            Step::Attribute(name) if name.eq_ignore_ascii_case("type") => {
                is_own(tree.text(number, source))
            }
            _ => true,
        })
    };
    let is_css = |value: &str| value.is_empty() || value.trim().eq_ignore_ascii_case("text/css");
    let id = match name.to_ascii_lowercase().as_str() {
        "script" if has_type(&is_script_type) => FormatId::JavaScript,
        "style" if has_type(&is_css) => FormatId::Css,
        _ => return None,
    };
    Some(id.row())
}

/// Says whether a type of a `script` element means JavaScript, or a language that is compiled to it. All
/// others are data that the browser leaves alone.
#[must_use]
pub(crate) fn is_script_type(value: &str) -> bool {
    const LANGUAGES: [&str; 9] = [
        "babel",
        "ecmascript",
        "javascript",
        "jscript",
        "jsx",
        "livescript",
        "tsx",
        "typescript",
        "x-javascript",
    ];
    let value = value.split(';').next().unwrap_or_default().trim();
    let value = value.to_ascii_lowercase();
    let language = ["text/", "application/"]
        .iter()
        .find_map(|head| value.strip_prefix(head));
    value.is_empty()
        || value == "module"
        || language.is_some_and(|language| {
            LANGUAGES.contains(&language.trim_start_matches("x-")) || LANGUAGES.contains(&language)
        })
}

/// The format of a block of code in a document, from the word at its fence.
#[must_use]
pub(super) fn format_of_block(tree: &Tree, node: usize, text: &str) -> Option<&'static FileFormat> {
    let Step::Key(word) = &tree.node(node).step else {
        return None;
    };
    if tree.node(node).kind != NodeKind::Scalar {
        return None;
    }
    match word.as_str() {
        word if word.eq_ignore_ascii_case("code") => by_content(text),
        word if word.eq_ignore_ascii_case("front-matter") => Some(FormatId::Yaml.row()),
        word => by_fence(word),
    }
}
