//! Reference + policy + context + configuration → violation.

mod advice;
mod group;
mod message;
mod severity;

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::catalogue::{Endpoint, Replacement};
use crate::config::Settings;
use crate::detect::{Reference, Spelling};
use crate::engine::{entries, policy};
use crate::facts::{Context, Related, SourceUsed, Violation};
use crate::text::printable;
use advice::{advice, in_time, preferred};
pub(crate) use group::order_and_group;

/// Judges references of one run.
#[derive(Debug, Clone, Copy)]
pub struct Judge<'s> {
    /// The configuration.
    pub settings: &'s Settings,
    /// The day on which the lifecycle is judged.
    pub as_of: Date,
    /// Suppressions apply.
    pub suppressions: bool,
}

/// A violation with everything else that a fix needs to know of its reference.
#[derive(Debug)]
pub struct Judged<'c> {
    /// The violation.
    pub violation: Violation,
    /// How the name is written in the file.
    pub spelling: Spelling,
    /// The bytes of the entry, if the fix deletes it.
    pub entry: Option<Range<usize>>,
    /// What could be written instead.
    pub replacements: Vec<Replacement<'c>>,
    /// It repeats a value next to it.
    pub echo: bool,
}

impl Judge<'_> {
    /// The violation that a reference in the file at `path` is, if it is one.
    #[must_use]
    pub fn judge<'c>(&self, reference: Reference<'c>, path: &str) -> Option<Judged<'c>> {
        let endpoint = &reference.endpoint;
        let pack = endpoint.pack;
        let standing = policy::standing(pack, endpoint.environment, endpoint.service, self.as_of)?;
        let (rule, definition) = pack.rule_for(endpoint.environment, endpoint.kind.id)?;
        let mut context = reference.context;
        if matches!(context, Context::Value | Context::Key) && self.settings.is_documentation(path)
        {
            context = Context::Prose;
        }
        let named = (rule, definition);
        let ruling = severity::rule(self, &standing, context, named, endpoint, path);
        let notice = standing
            .exemption
            .map_or(&standing.entry.source, |e| &e.source);
        let mut sources = vec![notice.clone()];
        sources.extend(endpoint.sources.iter().cloned());
        let chosen = self.settings.network.for_service(endpoint.service);
        let (ready, waiting): (Vec<_>, Vec<_>) = preferred(&endpoint.replacements, chosen)
            .into_iter()
            .partition(|replacement| replacement.waits_for(self.as_of).is_none());
        let (replacement, replacement_reason) =
            advice(&reference, &ready, &waiting, context, path, chosen);
        let mut notes = notes(&reference);
        notes.extend(policy::notes(
            &standing,
            endpoint.pack,
            endpoint.environment,
        ));
        if replacement.is_some() {
            notes.extend(waiting.first().map(|later| in_time(later)));
        }
        if definition.preview {
            notes.push(format!(
                "{rule} is new: it is at most info, unless the configuration gives it a severity"
            ));
        }
        let related = counterpart(&reference, path);
        let message =
            |counts_days| message::message(&reference, &standing, self.as_of, counts_days);
        let (message, dated_message) = (message(false), message(true));
        let mut violation = Violation {
            rule: rule.to_owned(),
            severity: ruling.severity,
            confidence: endpoint.confidence,
            reference: endpoint.kind.id,
            environment: endpoint.environment.to_owned(),
            service: endpoint.service.to_owned(),
            phase: standing.phase(),
            path: path.to_owned(),
            start: reference.start,
            end: reference.end,
            key: reference.key,
            context,
            view: reference.view,
            decoded: reference.decoded,
            certificate: reference.certificate,
            message,
            dated_message,
            replacement,
            replacement_reason,
            // An identifier is not called, so nothing goes with it.
            companions: if context == Context::Identifier {
                Arc::default()
            } else {
                pack.companions_of(endpoint.service)
            },
            notes,
            sources: used(endpoint, &sources),
            related,
            occurrences: 1,
            fingerprint: String::new(),
            suppressed: ruling.suppression,
            service_name: service_name(endpoint).to_owned(),
            matched: reference.matched,
            name: reference.name,
            excerpt: reference.excerpt,
        };
        // An entry of the configuration names what it suppresses, which is not a violation.
        let own = self.settings.path() == Some(path);
        if own
            && violation
                .key
                .as_ref()
                .is_some_and(|k| k.starts_with("ignore["))
        {
            return None;
        }
        if self.suppressions {
            entries::cover(self.settings, self.as_of, &mut violation);
        }
        Some(Judged {
            violation,
            spelling: reference.spelling,
            entry: reference.counterpart.map(|counterpart| counterpart.entry),
            replacements: reference.endpoint.replacements,
            echo: reference.echo,
        })
    }
}

fn service_name<'c>(endpoint: &Endpoint<'c>) -> &'c str {
    endpoint
        .pack
        .service(endpoint.service)
        .map_or(endpoint.service, |s| s.name.as_str())
}

/// The entry next to a reference, for which the reference will be removed.
fn counterpart(reference: &Reference<'_>, path: &str) -> Vec<Related> {
    let entry = reference.counterpart.iter().map(|counterpart| Related {
        path: path.to_owned(),
        start: counterpart.position,
        message: format!(
            "{} of {}",
            printable(&counterpart.name),
            counterpart.environment
        ),
    });
    entry.collect()
}

fn notes(reference: &Reference<'_>) -> Vec<String> {
    let endpoint = &reference.endpoint;
    let contradiction = reference.contradiction.as_ref().map(|c| {
        format!(
            "the key `{}` names {}, but this is {}",
            printable(&c.key),
            c.environment,
            endpoint.environment
        )
    });
    let service = endpoint
        .pack
        .service(endpoint.service)
        .and_then(|s| s.note.as_deref());
    let known = [endpoint.note, service].into_iter().flatten();
    contradiction
        .into_iter()
        .chain(known.map(str::to_owned))
        .collect()
}

fn used(endpoint: &Endpoint<'_>, ids: &[String]) -> Vec<SourceUsed> {
    let mut used: Vec<SourceUsed> = Vec::new();
    for id in ids {
        if let Some(source) = endpoint.pack.source(id)
            && !used.iter().any(|u| u.id == *id)
        {
            used.push(SourceUsed {
                id: id.clone(),
                title: source.title.clone(),
                url: source.url.clone(),
            });
        }
    }
    used
}
