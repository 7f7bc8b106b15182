//! What a comment inside an element of markup may be: scripts and styles have a language of their own.

use crate::syntax::{Document, Step, is_script_type};

/// Elements in which a comment of the markup would be text, in lower case.
const TEXT_ONLY: [&str; 7] = [
    "textarea",
    "title",
    "pre",
    "xmp",
    "iframe",
    "plaintext",
    "listing",
];

/// Languages of `lang` that have comments between `/*` and `*/`.
const SCRIPTS: [&str; 6] = ["js", "javascript", "jsx", "ts", "typescript", "tsx"];

/// The same for style sheets.
const STYLES: [&str; 5] = ["css", "less", "pcss", "postcss", "scss"];

/// The marks of a comment in the element of a node, or none if a comment would be text in it. Outside of
/// scripts and styles they are the `usual` ones.
pub(super) fn marks_in_element(
    document: &Document,
    group: usize,
    usual: (&'static str, &'static str),
) -> Option<(&'static str, &'static str)> {
    let tree = &document.tree;
    let attribute = |wanted: &str| {
        let mut members = tree.members(group);
        members.find_map(|member| match &tree.node(member).step {
            Step::Attribute(name) if name.eq_ignore_ascii_case(wanted) => {
                let value = tree.text(member, &document.text);
                Some(value.trim().to_ascii_lowercase())
            }
            _ => None,
        })
    };
    if attribute("xml:space").is_some_and(|value| value == "preserve") {
        return None;
    }
    let Step::Key(name) = &tree.node(group).step else {
        return Some(usual);
    };
    let is = |attribute: Option<String>, values: &[&str]| {
        attribute.is_none_or(|value| value.is_empty() || values.contains(&value.as_str()))
    };
    match name.to_ascii_lowercase().as_str() {
        "script" => {
            let has_type = attribute("type").is_none_or(|value| is_script_type(&value));
            let language = attribute("language");
            let is_known = language.is_none_or(|l| {
                let begins = ["javascript", "jscript", "ecmascript"];
                begins.iter().any(|name| l.starts_with(name))
            });
            (has_type && is_known && is(attribute("lang"), &SCRIPTS)).then_some(("/*", " */"))
        }
        "style" => {
            let is_css = is(attribute("type"), &["text/css"]) && is(attribute("lang"), &STYLES);
            is_css.then_some(("/*", " */"))
        }
        "template" => is(attribute("lang"), &["html"]).then_some(usual),
        name if TEXT_ONLY.contains(&name) => None,
        _ => Some(usual),
    }
}
