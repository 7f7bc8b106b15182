//! The entries of `ignore`: what they may contain, and where they are.

use std::ops::Range;

use jiff::civil::Date;

use super::{IgnoreEntry, IgnoreRule, KeyPattern};
use crate::document::{Fault, PathStep, YamlDocument};
use crate::facts::Terms;
use crate::text::{Cursor, Encoding, Excerpt, GlobFolder, Globs, cut_excerpt};

/// The rules of a list of entries. What is wrong with them is added to `faults`.
pub(super) fn rules(
    document: &YamlDocument,
    entries: &[IgnoreEntry],
    folder: &GlobFolder,
    faults: &mut Vec<Fault>,
) -> Vec<IgnoreRule> {
    let text = document.source().inner();
    let mut rules = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let at = |field: Option<&str>| {
            let mut path = vec![PathStep::Key("ignore".to_owned()), PathStep::Index(index)];
            path.extend(field.map(|field| PathStep::Key(field.to_owned())));
            path
        };
        let has_condition = !entry.path.is_empty()
            || [
                &entry.rule,
                &entry.key,
                &entry.host,
                &entry.service,
                &entry.environment,
            ]
            .iter()
            .any(|condition| condition.is_some());
        if !has_condition {
            let fault = Fault::new(
                "config::ignore-everything",
                "an entry without a condition would ignore everything",
            )
            .help("give one of rule, path, key, host, service and environment");
            faults.push(document.fault_at(&at(None), fault, "no condition"));
        }
        if !entry.reason.chars().any(char::is_alphanumeric) {
            let fault = Fault::new("config::no-reason", "a suppression needs a reason")
                .help("say why the violation stays");
            faults.push(document.fault_at(&at(Some("reason")), fault, "says nothing"));
        }
        let until = entry.until.as_deref().map(|until| {
            let date = until.parse::<Date>().ok().filter(|_| until.len() == 10);
            if date.is_none() {
                let fault = Fault::new("config::date", format!("`{until}` is not a date"))
                    .help("write the last day on which it applies, as in 2030-03-31");
                faults.push(document.fault_at(&at(Some("until")), fault, "not YYYY-MM-DD"));
            }
            date
        });
        let path = Globs::new(&entry.path, folder).unwrap_or_else(|error| {
            let mut place = at(Some("path"));
            place.push(PathStep::Index(error.index));
            let fault =
                Fault::new("config::glob", error.to_string()).help(super::settings::GLOB_HELP);
            faults.push(document.fault_at(&place, fault, "not a pattern"));
            Globs::default()
        });
        let span = document
            .fault_at(&at(None), Fault::new("config::place", ""), "")
            .span()
            .unwrap_or(0..0);
        // A block of YAML ends with its line break.
        let end = span.start + text[span.clone()].trim_end().len();
        let span = span.start..end;
        rules.push(IgnoreRule {
            rule: entry.rule.clone(),
            path: (!entry.path.is_empty()).then_some(path),
            key: entry.key.as_deref().map(KeyPattern::new),
            host: entry.host.as_ref().map(|host| host.to_ascii_lowercase()),
            service: entry.service.clone(),
            environment: entry.environment.clone(),
            reason: entry.reason.clone(),
            terms: Terms {
                until: until.flatten(),
                owner: entry.owner.clone(),
                ticket: entry.ticket.clone(),
            },
            start: position(text, span.start),
            end: position(text, span.end),
            excerpt: Some(excerpt(text, &span)),
            of_base: false,
        });
    }
    rules
}

pub(super) fn position(text: &str, at: usize) -> crate::text::Position {
    let mut cursor = Cursor::new(Encoding::Utf8, 0);
    cursor.advance(&text.as_bytes()[..at]);
    cursor.position()
}

/// The first line of an entry.
pub(super) fn excerpt(text: &str, span: &Range<usize>) -> Excerpt {
    let first = text[span.clone()].find('\n');
    let span = span.start..first.map_or(span.end, |at| span.start + at);
    let line = position(text, span.start).line;
    cut_excerpt(text.as_bytes(), &span, Encoding::Utf8, line)
}
