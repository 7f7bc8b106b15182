//! What the templates ask about a violation and other parts of the page.

use crate::facts::{Action, Advice, Context, Skipped, View, Violation};
use crate::report::{concise, wording};
use crate::text::Excerpt;

/// A count with its word.
pub(super) fn plural(count: usize, word: &str) -> String {
    wording::plural(count as u64, word)
}

/// Tells whether an address can be a link.
pub(super) fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Where a violation is in its file.
pub(super) fn place(violation: &Violation) -> String {
    match violation.context {
        Context::FileName => "name".to_owned(),
        Context::Binary => format!("byte {}", violation.start.byte),
        _ => format!("{}:{}", violation.start.line, violation.start.column),
    }
}

/// What the text says once it is decoded, where it is written in another way.
pub(super) fn decoded(violation: &Violation) -> Option<&str> {
    let decoded = violation.decoded.as_deref();
    decoded.filter(|_| violation.view != View::Plain)
}

/// The replacement, where there is one to write.
pub(super) fn to_write(violation: &Violation) -> Option<&Advice> {
    let advice = violation.replacement.as_ref();
    advice.filter(|advice| advice.action != Action::Delete)
}

/// The text to write, with the path that goes with it.
pub(super) fn with_path(advice: &Advice) -> String {
    concise::with_path(&advice.text, advice.path.as_deref())
}

/// How many of the skipped files are not listed.
pub(super) fn unlisted(skipped: &Skipped) -> u64 {
    skipped.count.saturating_sub(skipped.paths.len() as u64)
}

/// A line of an excerpt, parted at the reference.
pub(super) struct ExcerptLine<'e> {
    pub number: u64,
    pub before: &'e str,
    pub marked: &'e str,
    pub after: &'e str,
}

/// The lines around a violation.
pub(super) fn lines(excerpt: &Excerpt) -> Vec<ExcerptLine<'_>> {
    let mut from = 0;
    let text = excerpt.text.trim_end_matches('\n');
    (excerpt.first_line..)
        .zip(text.split('\n'))
        .map(|(number, line)| {
            let until = from + line.len();
            let start = excerpt.label.start.clamp(from, until) - from;
            let end = excerpt.label.end.clamp(from, until) - from;
            let (before, marked, after) =
                match (line.get(..start), line.get(start..end), line.get(end..)) {
                    (Some(before), Some(marked), Some(after)) => (before, marked, after),
                    _ => (line, "", ""),
                };
            from = until + 1;
            ExcerptLine {
                number,
                before,
                marked,
                after,
            }
        })
        .collect()
}
