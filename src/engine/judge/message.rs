//! The sentence that says what is wrong: the thing, its environment, the phase and the dates.

use jiff::civil::Date;

use super::service_name;
use crate::detect::Reference;
use crate::engine::policy::{Standing, distance, written};
use crate::facts::Phase;
use crate::kinds::{NamedReference, Subject};
use crate::text::printable;

/// The message of a violation. With `counts_days` each date is followed by its distance, which is another one
/// every day.
pub(super) fn message(
    reference: &Reference<'_>,
    standing: &Standing<'_>,
    as_of: Date,
    counts_days: bool,
) -> String {
    let endpoint = &reference.endpoint;
    let subject = (endpoint.kind.subject)(&NamedReference {
        matched: &printable(&reference.matched),
        service: service_name(endpoint),
        environment: endpoint.environment,
        certificate: reference.certificate.as_ref(),
        as_of,
        counts_days,
    });
    if let Some(exemption) = standing.exemption.filter(|e| e.outside_notice) {
        return format!("{}: {}", subject.text(), exemption.note);
    }
    let state = state(standing, as_of, counts_days);
    match (subject, standing.exemption) {
        (Subject::EndsWithEnvironment(subject), _) => format!("{subject} {state}"),
        (Subject::Phrase(subject), Some(exemption)) => {
            format!("{subject}, which {state}; {}", exemption.note)
        }
        (Subject::Phrase(subject), None) => format!("{subject}, which {state}"),
    }
}

fn state(standing: &Standing<'_>, as_of: Date, counts_days: bool) -> String {
    let dated = |date: Date| {
        let written = written(date);
        if counts_days {
            format!("{written} ({})", distance(date, as_of))
        } else {
            written
        }
    };
    let since = dated(standing.entry.from);
    let now = match standing.phase() {
        Phase::Announced => format!("is announced to close, since {since}"),
        Phase::MinimalSupport => format!("is on minimal support since {since}"),
        Phase::Decommissioned => return format!("was decommissioned on {since}"),
    };
    let Some(next) = standing.next else {
        return now;
    };
    let then = match next.phase {
        Phase::Announced => "will be retired",
        Phase::MinimalSupport => "goes on minimal support",
        Phase::Decommissioned => "will be decommissioned",
    };
    format!("{now} and {then} on {}", dated(next.from))
}
