//! The sentence that says what is wrong: the thing, its environment, the phase and the dates.

use jiff::civil::Date;

use super::service_name;
use crate::catalogue::{Phase, ReferenceKind};
use crate::detect::{Reference, printable};
use crate::policy::{Standing, distance, written};

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
    match standing.exemption {
        Some(exemption) => format!("{subject}, which {state}; {}", exemption.note),
        None => format!("{subject}, which {state}"),
    }
}

fn state(standing: &Standing<'_>, as_of: Date) -> String {
    let since = standing.since;
    let next = standing.next.map(|(entry, date)| {
        let what = match entry.phase {
            Phase::Announced => "is to be retired",
            Phase::MinimalSupport => "goes on minimal support",
            Phase::Decommissioned => "will be decommissioned",
        };
        format!("{what} on {}, {}", written(date), distance(date, as_of))
    });
    match (standing.phase(), next) {
        (Phase::Decommissioned, _) => {
            format!(
                "was decommissioned on {}, {}",
                written(since),
                distance(since, as_of)
            )
        }
        (Phase::MinimalSupport, next) => {
            let now = format!(
                "is on minimal support since {}, {}",
                written(since),
                distance(since, as_of)
            );
            next.map_or(now.clone(), |next| format!("{now}, and {next}"))
        }
        (Phase::Announced, next) => {
            let now = format!("is announced to close ({})", written(since));
            next.map_or(now.clone(), |next| format!("{now} and {next}"))
        }
    }
}
