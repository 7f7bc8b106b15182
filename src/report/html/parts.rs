//! The violations of a file as a table, and how text becomes HTML.

use std::fmt::Write as _;

use crate::facts::{Action, Context, Notice, Paths, View, Violation};
use crate::report::concise::{self, with_path};
use crate::report::words;
use crate::text::{Excerpt, printable};

/// Text as HTML; what would act or hide is shown.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// A link, where the address is one of the web; the bare text otherwise.
pub(super) fn link(text: &str, url: &str) -> String {
    if url.starts_with("https://") || url.starts_with("http://") {
        format!(
            "<a href=\"{}\" rel=\"noreferrer\">{}</a>",
            escape(url),
            escape(text)
        )
    } else {
        escape(text)
    }
}

/// Text of several lines; an empty one parts paragraphs.
pub(super) fn paragraphs(text: &str) -> String {
    let parts = text.split("\n\n").filter(|part| !part.trim().is_empty());
    parts
        .map(|part| format!("<p>{}</p>", escape(&part.trim().replace('\n', " "))))
        .collect()
}

/// The violations of a file.
pub(super) fn file(path: &str, violations: &[&Violation]) -> String {
    let mut rows = String::new();
    for violation in violations {
        let _ = writeln!(
            rows,
            "<tr><th scope=\"row\">{}<br><span class=\"badge {severity}\">{severity}</span><br>\
             <a class=\"soft\" href=\"#rule-{rule}\">{rule}</a></th><td>{}</td><td>{}</td></tr>",
            place(violation),
            what(violation),
            remedy(violation),
            rule = escape(&violation.rule),
            severity = concise::word(violation.severity),
        );
    }
    format!(
        "<h3><code>{}</code> <span class=\"count\">{}</span></h3>\n<table class=\"violations\">\n\
         <colgroup><col class=\"c-place\"><col><col class=\"c-remedy\"></colgroup>\n\
         <thead><tr><th scope=\"col\">Place</th><th scope=\"col\">Reference</th>\
         <th scope=\"col\">What to do</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n",
        escape(path),
        words::plural(violations.len() as u64, "violation")
    )
}

/// The notices of a run.
pub(super) fn notices(notices: &[Notice], rooted: &Paths) -> String {
    let mut rows = String::new();
    for notice in notices {
        let source = notice.excerpt.as_ref().map(source).unwrap_or_default();
        let _ = writeln!(
            rows,
            "<tr><th scope=\"row\"><code>{}</code><br>{}:{}<br>\
             <span class=\"badge {severity}\">{severity}</span><br>\
             <a class=\"soft\" href=\"#rule-{rule}\">{rule}</a></th>\
             <td><p>{}</p>{source}</td><td><p>{}</p></td></tr>",
            escape(&rooted.show(&notice.path)),
            notice.start.line,
            notice.start.column,
            escape(&notice.message),
            escape(&notice.help),
            rule = escape(&notice.rule),
            severity = concise::word(notice.severity),
        );
    }
    format!(
        "<h2 id=\"notices\">Suppressions unused or not understood</h2>\n\
         <table class=\"violations notices\">\n\
         <colgroup><col class=\"c-place\"><col><col class=\"c-remedy\"></colgroup>\n\
         <thead><tr><th scope=\"col\">Place</th><th scope=\"col\">What is wrong</th>\
         <th scope=\"col\">What to do</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )
}

fn place(violation: &Violation) -> String {
    match violation.context {
        Context::FileName => "name".to_owned(),
        Context::Binary => format!("byte {}", violation.start.byte),
        _ => format!("{}:{}", violation.start.line, violation.start.column),
    }
}

fn what(violation: &Violation) -> String {
    let count = match violation.occurrences {
        1 => String::new(),
        n => format!(" ({n} times in this file)"),
    };
    let mut cell = format!(
        "<p><code>{}</code></p><p>{}{count}</p>",
        escape(&words::name(violation)),
        escape(&violation.message),
    );
    if let Some(key) = &violation.key {
        let _ = write!(
            cell,
            "<p class=\"soft\">at <code>{}</code></p>",
            escape(key)
        );
    }
    if violation.view != View::Plain
        && let Some(decoded) = &violation.decoded
    {
        let _ = write!(
            cell,
            "<p class=\"soft\">decoded: <code>{}</code></p>",
            escape(decoded)
        );
    }
    if let Some(excerpt) = &violation.excerpt {
        cell.push_str(&source(excerpt));
    }
    cell
}

/// The lines around a violation with their numbers, the reference marked.
fn source(excerpt: &Excerpt) -> String {
    let mut lines = String::new();
    let mut from = 0;
    for (number, line) in (excerpt.first_line..).zip(excerpt.text.split('\n')) {
        let until = from + line.len();
        let start = excerpt.label.start.clamp(from, until) - from;
        let end = excerpt.label.end.clamp(from, until) - from;
        let _ = write!(lines, "<span class=\"n\">{number}</span>");
        match (line.get(..start), line.get(start..end), line.get(end..)) {
            (Some(before), Some(marked), Some(after)) if !marked.is_empty() => {
                let _ = write!(
                    lines,
                    "{}<mark>{}</mark>{}",
                    escape(before),
                    escape(marked),
                    escape(after)
                );
            }
            _ => lines.push_str(&escape(line)),
        }
        lines.push('\n');
        from = until + 1;
    }
    format!("<pre>{}</pre>", lines.trim_end_matches('\n'))
}

fn remedy(violation: &Violation) -> String {
    let noted = |note: &Option<String>| {
        note.as_ref()
            .map_or(String::new(), |n| format!("; {}", escape(n)))
    };
    let network = |name: &Option<String>| {
        name.as_ref()
            .map_or(String::new(), |n| format!(" ({})", escape(n)))
    };
    let mut cell = String::new();
    match &violation.replacement {
        Some(advice) if advice.action != Action::Delete => {
            let _ = write!(
                cell,
                "<p>{} <code>{}</code>{}{}</p>",
                words::verb(violation),
                escape(&with_path(&advice.text, advice.path.as_deref())),
                network(&advice.network),
                noted(&advice.note)
            );
            for other in &advice.alternatives {
                let _ = write!(
                    cell,
                    "<p>or <code>{}</code>{}{}</p>",
                    escape(&other.text),
                    network(&other.network),
                    noted(&other.note)
                );
            }
        }
        _ => {
            let _ = write!(
                cell,
                "<p>{}</p>",
                escape(&words::remedy(violation).unwrap_or_default())
            );
        }
    }
    for note in &violation.notes {
        let _ = write!(cell, "<p class=\"soft\">{}</p>", escape(note));
    }
    if !violation.companions.is_empty() {
        let names: Vec<&str> = violation
            .companions
            .iter()
            .map(|c| c.name.as_str())
            .collect();
        let _ = write!(
            cell,
            "<p class=\"soft\">also change: {}</p>",
            escape(&names.join(", "))
        );
    }
    if let Some(source) = violation.sources.first() {
        let title = match &source.url {
            Some(url) => link(&source.title, url),
            None => escape(&source.title),
        };
        let _ = write!(cell, "<p class=\"soft\">source: {title}</p>");
    }
    cell
}
