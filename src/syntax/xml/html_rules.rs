//! What HTML allows and XML does not.

/// Elements of HTML that have no end.
pub(super) const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements of HTML that end where the next one of their name begins.
pub(super) const ENDING: &[&str] = &["dd", "dt", "li", "option", "p", "td", "th", "tr"];

/// Elements of HTML whose text holds no tags.
pub(super) const RAW: &[&str] = &["script", "style"];

/// Says whether a document whose first element has this name is HTML.
pub(super) fn is_root(name: &str) -> bool {
    let roots = ["html", "head", "body"];
    roots.iter().any(|root| root.eq_ignore_ascii_case(name))
}

/// Where the text from `start` on ends that only an end tag of `name` ends.
pub(super) fn raw_end(source: &str, start: usize, name: &str) -> usize {
    let text = source.as_bytes().get(start..).unwrap_or_default();
    let end = memchr::memmem::find_iter(text, b"</").find(|at| {
        let written = text.get(at + 2..at + 2 + name.len());
        written.is_some_and(|w| w.eq_ignore_ascii_case(name.as_bytes()))
    });
    start + end.unwrap_or(text.len())
}
