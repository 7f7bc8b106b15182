//! The sentence that says what is wrong: the thing, its environment, the phase and the dates.

use jiff::civil::Date;

use super::service_name;
use crate::certificate::is_fingerprint;
use crate::detect::Reference;
use crate::engine::policy::{Standing, distance, written};
use crate::facts::{CertificateFacts, Phase, ReferenceKind};
use crate::text::printable;

/// The message of a violation.
pub(super) fn message(reference: &Reference<'_>, standing: &Standing<'_>, as_of: Date) -> String {
    let environment = reference.endpoint.environment;
    let subject = match reference.kind {
        ReferenceKind::Host => {
            format!("{} in {environment}", service_name(&reference.endpoint))
        }
        ReferenceKind::Identifier => format!(
            "{} belongs to {} in {environment}",
            printable(&reference.matched),
            service_name(&reference.endpoint)
        ),
        ReferenceKind::Certificate if reference.certificate.is_some() => {
            let facts = reference.certificate.iter();
            facts.map(|c| certificate(c, environment, as_of)).collect()
        }
        ReferenceKind::Certificate if is_fingerprint(&reference.matched) => format!(
            "{} is the fingerprint of a certificate authority of {environment}",
            printable(&reference.matched)
        ),
        ReferenceKind::Certificate => {
            format!(
                "{} is a certificate authority of {environment}",
                printable(&reference.matched)
            )
        }
    };
    if let Some(exemption) = standing.exemption.filter(|e| e.outside_notice) {
        return format!("{subject}: {}", exemption.note);
    }
    let state = state(standing, as_of);
    if reference.kind == ReferenceKind::Certificate && reference.certificate.is_some() {
        return format!("{subject} {state}");
    }
    match standing.exemption {
        Some(exemption) => format!("{subject}, which {state}; {}", exemption.note),
        None => format!("{subject}, which {state}"),
    }
}

/// Whose certificate it is, from whom, and until when.
fn certificate(facts: &CertificateFacts, environment: &str, as_of: Date) -> String {
    let ends = facts.not_after.parse::<Date>();
    let (verb, distance) = match ends {
        Ok(date) if date < as_of => ("expired on", distance(date, as_of)),
        Ok(date) => ("valid to", distance(date, as_of)),
        Err(_) => ("valid to", String::new()),
    };
    format!(
        "certificate of {environment} for {}, issued by {}, {verb} {} ({distance}): {environment}",
        printable(&facts.subject),
        printable(&facts.issuer),
        ends.map_or(facts.not_after.clone(), written),
    )
}

fn state(standing: &Standing<'_>, as_of: Date) -> String {
    let dated = |date: Date| format!("{} ({})", written(date), distance(date, as_of));
    let since = dated(standing.entry.from);
    let now = match standing.phase() {
        Phase::Announced => format!("is announced to close since {since}"),
        Phase::MinimalSupport => format!("is on minimal support since {since}"),
        Phase::Decommissioned => return format!("was decommissioned on {since}"),
    };
    let Some(next) = standing.next else {
        return now;
    };
    let then = match next.phase {
        Phase::Announced => "is to be retired",
        Phase::MinimalSupport => "goes on minimal support",
        Phase::Decommissioned => "will be decommissioned",
    };
    format!("{now} and {then} on {}", dated(next.from))
}
