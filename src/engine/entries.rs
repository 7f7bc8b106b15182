//! Suppressions in the configuration: the entries of `ignore`.

use jiff::civil::Date;

use crate::config::Settings;
use crate::engine::policy::written;
use crate::facts::{Notice, Suppression, UNUSED, Violation};

/// Suppresses a violation if an entry of the configuration covers it.
pub(super) fn cover(settings: &Settings, as_of: Date, violation: &mut Violation) {
    for entry in &settings.ignore {
        if !entry.fits(violation) {
            continue;
        }
        let line = entry.start.line;
        if let Some(date) = entry.terms.expired(as_of) {
            violation.notes.push(format!(
                "the suppression on line {line} of the configuration expired on {}",
                written(date)
            ));
        } else if violation.suppressed.is_none() {
            violation.suppressed = Some(Suppression {
                by: Suppression::CONFIGURATION.to_owned(),
                scope: None,
                reason: entry.reason.clone(),
                path: settings
                    .path()
                    .filter(|_| !entry.of_base)
                    .map(str::to_owned),
                line: Some(line),
                until: entry.terms.until.map(|date| date.to_string()),
                owner: entry.terms.owner.clone(),
                ticket: entry.terms.ticket.clone(),
            });
        }
    }
}

/// A notice for each entry that none of the violations fits. One that expired is used all the same.
pub(crate) fn unused_entries(settings: &Settings, violations: &[Violation]) -> Vec<Notice> {
    let Some(path) = settings.path() else {
        return Vec::new();
    };
    let Some(severity) = settings.severity_of_notice(UNUSED, path) else {
        return Vec::new();
    };
    let entries = settings.ignore.iter();
    entries
        .filter(|entry| !entry.of_base && !violations.iter().any(|v| entry.fits(v)))
        .map(|entry| Notice {
            rule: UNUSED.to_owned(),
            severity,
            path: path.to_owned(),
            start: entry.start,
            end: entry.end,
            message: "this suppression covers no violation".to_owned(),
            help: "delete the entry, or change its conditions".to_owned(),
            excerpt: entry.excerpt.clone(),
        })
        .collect()
}
