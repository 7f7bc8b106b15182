//! Lifecycle: in which phase an environment is on a day, and what that means for a service.

use jiff::civil::Date;

use crate::catalogue::{Exemption, LifecycleEntry, Merged};
use crate::facts::{Phase, Severity};
pub(crate) use crate::text::{days_until as distance, written_date as written};

/// The state of an environment on the as-of date, for one service.
#[derive(Debug)]
pub(crate) struct Standing<'c> {
    /// The phase in force.
    pub entry: &'c LifecycleEntry,
    /// The next phase.
    pub next: Option<&'c LifecycleEntry>,
    /// The exemption of this service from the phase.
    pub exemption: Option<&'c Exemption>,
}

impl Standing<'_> {
    /// The severity of a reference.
    #[must_use]
    pub(crate) fn severity(&self) -> Severity {
        self.exemption.map_or(self.entry.severity, |e| e.severity)
    }

    /// The phase in force.
    #[must_use]
    pub(crate) fn phase(&self) -> Phase {
        self.entry.phase
    }
}

/// What the phase in force means for a service, what is said of the environment to use instead, and whom to ask:
/// sentences without a full stop. The last phase speaks for itself.
#[must_use]
pub(crate) fn notes(standing: &Standing<'_>, pack: &Merged, environment: &str) -> Vec<String> {
    if standing.next.is_none() || standing.exemption.is_some_and(|e| e.outside_notice) {
        return Vec::new();
    }
    let phase = standing.entry.note.as_ref();
    let phase = phase.filter(|_| standing.exemption.is_none());
    let phase = phase.map(|note| format!("{environment} until then: {note}"));
    phase.into_iter().chain(advice(pack, environment)).collect()
}

/// What is said of the environment to use instead of another one, and whom to ask.
pub(crate) fn advice(pack: &Merged, environment: &str) -> impl Iterator<Item = String> {
    let environment = pack.environment(environment);
    let instead = environment
        .and_then(|environment| environment.replacement.as_deref())
        .and_then(|name| pack.environment(name)?.note.clone());
    let contact = environment.and_then(|environment| environment.contact.as_ref());
    let contact = contact.map(|contact| format!("questions and faults go to {}", contact.name));
    instead.into_iter().chain(contact)
}

/// The state of an environment for a service; none before the first phase begins.
#[must_use]
pub(crate) fn standing<'c>(
    pack: &'c Merged,
    environment: &str,
    service: &str,
    as_of: Date,
) -> Option<Standing<'c>> {
    let lifecycle = &pack.environment(environment)?.lifecycle;
    let current = lifecycle.iter().rposition(|entry| entry.from <= as_of)?;
    let entry = &lifecycle[current];
    let exemption = pack.rows.exemptions.iter().find(|e| {
        e.environments.iter().any(|n| n == environment)
            && e.services.iter().any(|s| s == service)
            && e.phase.is_none_or(|p| p == entry.phase)
    });
    Some(Standing {
        entry,
        next: lifecycle.get(current + 1),
        exemption,
    })
}
