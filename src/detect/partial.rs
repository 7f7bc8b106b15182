//! Names of which a part is somewhere else: what they may become, and what they are not.

use std::ops::Range;

use super::anchor::Raw;
use super::{Detector, hole_forms, holes, hosts};
use crate::catalogue::{Catalogue, Classification, Surroundings};
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

/// A hole in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HoleInName {
    /// The name may become that of a retired environment.
    MayBeRetired,
    /// It has a default of which it is known what it makes of the name.
    HasDefault,
    /// It is in the label next to it, so that the rest says nothing about the environment.
    InLabel,
    /// Whatever fills it, the name is not retired, or it is retired without what fills it.
    Harmless,
}

/// The hole of the name that ends with the token, in its first label or before it.
pub(crate) fn hole_in_name(
    catalogue: &Catalogue,
    text: &[u8],
    token: Range<usize>,
) -> Option<HoleInName> {
    let name = hole_forms::around(text, token)?;
    let labels = |retired_only: bool| {
        catalogue.packs().iter().flat_map(move |pack| {
            let environments = pack.rows.families.iter().flat_map(|f| &f.environments);
            let wanted = environments.filter(move |(id, _)| !retired_only || pack.is_retired(id));
            wanted.flat_map(|(_, environment)| &environment.labels)
        })
    };
    let is_default = |label: &&String| {
        let default = name.default.as_deref();
        default.is_some_and(|default| label.eq_ignore_ascii_case(default))
    };
    if labels(false).any(|label| is_default(&label)) {
        return Some(HoleInName::HasDefault);
    }
    if is_retired(catalogue, &name.rest) {
        return Some(HoleInName::Harmless);
    }
    let (head, rest) = (&name.head, &name.rest);
    let may_be_retired = labels(true).filter(|label| !label.is_empty()).any(|label| {
        let dot_before = !head.is_empty() && !head.ends_with('.');
        let dot_after = !rest.starts_with('.') && (head.is_empty() || head.ends_with('.'));
        is_retired(catalogue, &format!("{head}{label}{rest}"))
            || dot_before && is_retired(catalogue, &format!("{head}.{label}{rest}"))
            || dot_after && is_retired(catalogue, &format!("{head}{label}.{rest}"))
    });
    Some(if may_be_retired {
        HoleInName::MayBeRetired
    } else if rest.starts_with('.') {
        HoleInName::Harmless
    } else {
        HoleInName::InLabel
    })
}

fn is_retired(catalogue: &Catalogue, name: &str) -> bool {
    let name = name
        .trim_start_matches(['.', '-', '_'])
        .to_ascii_lowercase();
    let labels: Vec<&str> = name.split('.').collect();
    matches!(
        catalogue.classify(&labels, Surroundings::default()),
        Classification::Endpoint(endpoint)
            if endpoint.pack.is_retired(endpoint.environment)
                && endpoint.confidence >= Confidence::Possible
    )
}
