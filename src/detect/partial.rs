//! Names of which a part is somewhere else: what they may become, and what they are not.

use super::anchor::Raw;
use super::{Detector, holes, hosts};
use crate::catalogue::{Classification, Surroundings};
use crate::facts::Confidence;

impl<'c> Detector<'c> {
    /// The retired host that a name is with the default of the hole in it. What the hole becomes is not
    /// known, so it is only possible.
    pub(super) fn filled(&self, text: &[u8], outcome: &hosts::HostOutcome<'_>) -> Option<Raw<'c>> {
        let before = text.get(outcome.start.checked_sub(1)?);
        if before != Some(&b'}') || self.least > Confidence::Possible {
            return None;
        }
        let end = outcome
            .host
            .as_ref()
            .map_or(outcome.end, |host| host.span.end);
        let filled = holes::filled(text, outcome.start..end)?;
        let labels: Vec<&str> = filled.name.split('.').collect();
        match self.catalogue.classify(&labels, Surroundings::default()) {
            Classification::Endpoint(endpoint)
                if endpoint.pack.is_retired(endpoint.environment)
                    && endpoint.confidence >= self.least =>
            {
                let mut endpoint = *endpoint;
                endpoint.confidence = endpoint.confidence.min(Confidence::Possible);
                Some(Raw {
                    endpoint,
                    name: filled.name,
                    span: filled.span,
                    letters: Vec::new(),
                })
            }
            _ => None,
        }
    }

    /// Says whether a name begins with a hole without a default, and is a retired one if the right label is
    /// filled in.
    pub(super) fn has_hole(&self, text: &[u8], outcome: &hosts::HostOutcome<'_>) -> bool {
        let Some((head, rest)) = holes::around(text, outcome.start..outcome.end) else {
            return false;
        };
        let labels = self.catalogue.packs().iter().flat_map(|pack| {
            let environments = pack.rows.families.iter().flat_map(|f| &f.environments);
            let retired = environments.filter(|(name, _)| pack.is_retired(name));
            retired.flat_map(|(_, environment)| &environment.labels)
        });
        labels.filter(|label| !label.is_empty()).any(|label| {
            let name = format!("{head}{label}{rest}").to_ascii_lowercase();
            let labels: Vec<&str> = name.split('.').collect();
            matches!(
                self.catalogue.classify(&labels, Surroundings::default()),
                Classification::Endpoint(endpoint)
                    if endpoint.pack.is_retired(endpoint.environment)
                        && endpoint.confidence >= Confidence::Possible
            )
        })
    }

    /// Says whether a name is a part of another one that may be of any environment: the label of the
    /// environment begins in a hole or in another string, or there are more labels after the last one.
    pub(super) fn is_part(&self, text: &[u8], host: &hosts::HostMatch<'_>) -> bool {
        if holes::goes_on(text, host.span.end) {
            return true;
        }
        if host.endpoint.family.is_none() || !holes::begins_earlier(text, host.span.start) {
            return false;
        }
        let mut labels: Vec<&str> = host.name.split('.').collect();
        labels[0] = "-";
        !matches!(
            self.catalogue.classify(&labels, Surroundings::default()),
            Classification::Endpoint(other) if other.environment == host.endpoint.environment
        )
    }
}
