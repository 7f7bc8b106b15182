//! How much a violation matters: the phase, capped by the context, overruled by configuration.

use super::Judge;
use crate::catalogue::{Endpoint, Rule};
use crate::config::Level;
use crate::engine::policy::Standing;
use crate::facts::{Confidence, Context, Severity, Suppression};

/// A severity, and if configuration switched the violation off.
#[derive(Debug)]
pub(super) struct Ruling {
    /// The severity.
    pub severity: Severity,
    /// Set when configuration says `off`.
    pub suppression: Option<Suppression>,
}

/// The severity of a reference.
pub(super) fn rule(
    judge: &Judge<'_>,
    standing: &Standing<'_>,
    context: Context,
    (rule, definition): (&str, &Rule),
    endpoint: &Endpoint<'_>,
    path: &str,
) -> Ruling {
    let phase = standing.severity();
    let severity = match context {
        Context::Comment | Context::Prose | Context::Sample => phase.min(Severity::Warning),
        Context::Identifier => Severity::Info,
        Context::Value
        | Context::Key
        | Context::FileName
        | Context::Binary
        | Context::Certificate
        | Context::Encoded => phase,
    };
    // What may be meant otherwise must not fail anybody's run, nor what came with an update.
    let severity = if endpoint.confidence <= Confidence::Possible || definition.preview {
        Severity::Info
    } else {
        severity
    };
    // The last entry that fits wins, as in the configuration's own documentation.
    let (service, environment) = (Some(endpoint.service), Some(endpoint.environment));
    let mut entries = judge.settings.severity.iter().rev();
    let fitting = entries.find(|entry| entry.fits(rule, service, environment, path));
    let given = fitting.and_then(|entry| entry.severity.severity());
    // What is off keeps its severity, to be counted with.
    let off = fitting.filter(|entry| entry.severity == Level::Off && judge.suppressions);
    Ruling {
        severity: given.unwrap_or(severity),
        suppression: off.map(|entry| {
            let reason = entry.reason.clone();
            Suppression::by_configuration(reason.unwrap_or_else(|| "severity: off".to_owned()))
        }),
    }
}
