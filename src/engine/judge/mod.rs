//! Reference + policy + context + configuration → violation.

mod message;
mod severity;

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;

use crate::catalogue::{Endpoint, Replacement};
use crate::config::Settings;
use crate::detect::{Reference, Spelling};
use crate::engine::{entries, policy};
use crate::facts::{
    Action, Advice, Alternative, CompanionNote, Context, Evidence, Related, Safety, SourceUsed,
    View, Violation, fingerprints, order,
};
use crate::text::printable;

/// Judges references of one run.
#[derive(Debug, Clone, Copy)]
pub struct Judge<'s> {
    /// The configuration.
    pub settings: &'s Settings,
    /// The day on which the lifecycle is judged.
    pub as_of: Date,
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
        let ruling = severity::rule(self.settings, &standing, context, named, endpoint, path);
        let notice = standing
            .exemption
            .map_or(&standing.entry.source, |e| &e.source);
        let mut sources = vec![notice.clone()];
        sources.extend(endpoint.sources.iter().cloned());
        let chosen = self.settings.network.of(endpoint.service);
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
                Vec::new()
            } else {
                companions(endpoint)
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
        let own = self.settings.file.as_deref() == Some(path);
        if own
            && violation
                .key
                .as_ref()
                .is_some_and(|k| k.starts_with("ignore["))
        {
            return None;
        }
        entries::cover(self.settings, self.as_of, &mut violation);
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

fn companions(endpoint: &Endpoint<'_>) -> Vec<CompanionNote> {
    let rows = &endpoint.pack.rows;
    let ids = rows
        .services
        .get(endpoint.service)
        .map(|s| s.companions.as_slice())
        .unwrap_or_default();
    ids.iter()
        .filter_map(|id| {
            let companion = rows.companions.get(id)?;
            Some(CompanionNote {
                id: id.clone(),
                name: companion.name.clone(),
                ask: companion.ask.clone(),
            })
        })
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

/// What to write, or why nothing.
fn advice(
    reference: &Reference<'_>,
    ready: &[&Replacement<'_>],
    waiting: &[&Replacement<'_>],
    context: Context,
    path: &str,
    network: Option<&str>,
) -> (Option<Advice>, Option<String>) {
    let endpoint = &reference.endpoint;
    let target = endpoint
        .pack
        .environment(endpoint.environment)
        .and_then(|e| e.replacement.as_deref());
    if context == Context::Identifier {
        let source = target.map_or(String::new(), |t| format!(" from {t}"));
        let reason =
            format!("nobody calls an identifier: fetch the data that has it again{source}");
        return (None, Some(reason));
    }
    let Some((first, rest)) = ready.split_first() else {
        let reason = match target {
            _ if !waiting.is_empty() => in_time(waiting[0]),
            Some(target) => {
                format!("no {target} name for it is documented: ask the operator which one to use")
            }
            None => "the pack names no environment to use instead".to_owned(),
        };
        return (None, Some(reason));
    };
    let unsafe_because = unsafe_because(reference, first, context, path, network);
    let action = if reference.counterpart.is_some() {
        Action::Delete
    } else {
        Action::Replace
    };
    let advice = Advice {
        action,
        text: first.text.clone(),
        safety: if unsafe_because.is_none() {
            Safety::Safe
        } else {
            Safety::Unsafe
        },
        unsafe_because: unsafe_because.map(str::to_owned),
        network: first.network.map(str::to_owned),
        path: first.path.map(str::to_owned),
        note: first.note.map(str::to_owned),
        evidence: first.evidence,
        source: used(endpoint, first.sources),
        alternatives: rest
            .iter()
            .map(|r| Alternative {
                text: r.text.clone(),
                network: r.network.map(str::to_owned),
                note: r.note.map(str::to_owned),
            })
            .collect(),
    };
    (Some(advice), None)
}

/// When a replacement can be used that cannot be used yet.
fn in_time(replacement: &Replacement<'_>) -> String {
    let from = replacement.available_from;
    let from = from.map_or(String::new(), policy::written);
    format!("{} can be used from {from} on, not yet", replacement.text)
}

/// The replacements with that on the chosen network first, if there is one.
fn preferred<'r, 'c>(
    replacements: &'r [Replacement<'c>],
    network: Option<&str>,
) -> Vec<&'r Replacement<'c>> {
    let mut ordered: Vec<&Replacement<'c>> = replacements.iter().collect();
    if let Some(network) = network {
        ordered.sort_by_key(|replacement| !is_on(replacement, network));
    }
    ordered
}

fn is_on(replacement: &Replacement<'_>, network: &str) -> bool {
    replacement
        .network
        .is_some_and(|n| n.eq_ignore_ascii_case(network))
}

fn unsafe_because(
    reference: &Reference<'_>,
    replacement: &Replacement<'_>,
    context: Context,
    path: &str,
    network: Option<&str>,
) -> Option<&'static str> {
    use crate::facts::Confidence;
    if path.contains("!/") {
        return Some("it is in an archive");
    }
    let endpoint = &reference.endpoint;
    match context {
        Context::Value => {}
        Context::Comment | Context::Prose | Context::Sample => {
            return Some("it is in text for readers");
        }
        Context::Identifier => return Some("the URL is an identifier"),
        Context::FileName => return Some("a file has to be renamed"),
        Context::Binary => return Some("the file is binary"),
        Context::Key => {
            return reference.caution.or(Some("other places may use the key"));
        }
        Context::Certificate => return Some("a certificate has to be requested"),
        Context::Encoded => return Some("the text has to be encoded again"),
    }
    if reference.counterpart.is_some() {
        return Some("the replacement is next to it: the entry should be deleted");
    }
    match reference.view {
        View::Plain | View::Escaped => {}
        View::Joined => return Some("it is put together from parts"),
        View::Base64 => return Some("the text has to be encoded again"),
    }
    if reference.spelling.letters.len() != reference.name.len() {
        return Some("it is not written character by character");
    }
    if let Some(caution) = reference.caution {
        return Some(caution);
    }
    if let Some(reason) = endpoint.kind.fix.unsafe_because() {
        return Some(reason);
    }
    if endpoint.confidence < Confidence::Certain {
        return Some("the reference is not certain");
    }
    if replacement.evidence == Evidence::Inferred {
        return Some("the replacement follows from the naming pattern only");
    }
    if replacement.path.is_some() || replacement.text.contains('/') {
        return Some("the path of the URL changes too");
    }
    if replacement.network != endpoint.network && !network.is_some_and(|n| is_on(replacement, n)) {
        return Some("it is on another network");
    }
    None
}

/// Puts violations into their total order, gathers equal identifiers of a file into one, and gives
/// each its fingerprint.
#[must_use]
pub fn order_and_group(mut violations: Vec<Violation>) -> Vec<Violation> {
    violations.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut grouped: Vec<Violation> = Vec::with_capacity(violations.len());
    let mut groups: HashMap<(String, String, String, bool), usize> = HashMap::new();
    for violation in violations {
        if !matches!(violation.context, Context::Identifier | Context::FileName) {
            grouped.push(violation);
            continue;
        }
        let group = (
            violation.path.clone(),
            violation.rule.clone(),
            violation.name.clone(),
            // A suppressed violation never counts for one that is not.
            violation.suppressed.is_some(),
        );
        match groups.get(&group) {
            None => {
                groups.insert(group, grouped.len());
                grouped.push(violation);
            }
            // Every file below a folder reports the folder's name: once is enough.
            Some(_) if violation.context == Context::FileName => {}
            Some(&first) => {
                let first = &mut grouped[first];
                first.occurrences += 1;
                if first.related.len() < RELATED {
                    first.related.push(Related {
                        path: violation.path,
                        start: violation.start,
                        message: "the same identifier again".to_owned(),
                    });
                }
            }
        }
    }
    let all = fingerprints(&grouped, "");
    for (violation, fingerprint) in grouped.iter_mut().zip(all) {
        violation.fingerprint = fingerprint;
    }
    grouped
}

/// Places listed of a group; the count has them all.
const RELATED: usize = 20;
