//! What to write instead of a retired endpoint. Nothing is guessed: a replacement is a row of the
//! pack, or the same service in the replacing environment as a family spells it.

use jiff::civil::Date;

use super::compile::expand;
use super::merged::Merged;
use super::model::{Family, FamilyService, Refinement};
use crate::facts::Evidence;
use crate::kinds::{PathChange, ReplacementRow};

/// A text to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement<'c> {
    /// The text: a host, or a host and the base path that goes with it.
    pub text: String,
    /// The path changes with the host: this is the new base path.
    pub path: Option<&'c str>,
    /// Paths whose new form is known.
    pub path_changes: &'c [PathChange],
    /// The network on which it works.
    pub network: Option<&'c str>,
    /// The first day on which it can be used.
    pub available_from: Option<Date>,
    /// What to know about it.
    pub note: Option<&'c str>,
    /// What it rests on.
    pub evidence: Evidence,
    /// Ids of the sources.
    pub sources: &'c [String],
}

impl Replacement<'_> {
    /// The day until which it has to wait, when that is after `as_of`.
    #[must_use]
    pub fn waits_for(&self, as_of: Date) -> Option<Date> {
        self.available_from.filter(|from| *from > as_of)
    }
}

/// A retired host of a family.
pub(super) struct RetiredHost<'c, 'q> {
    pub pack: &'c Merged,
    pub family: &'c Family,
    pub environment: &'c str,
    /// The labels left of the zone.
    pub left: &'q [&'q str],
    pub entry: Option<&'c FamilyService>,
    pub refinement: Option<&'c Refinement>,
    pub service: &'c str,
}

/// The replacements that a row lists itself.
pub(crate) fn listed<'c>(
    rows: &'c [ReplacementRow],
    pack: &'c Merged,
    service: &str,
) -> Vec<Replacement<'c>> {
    prefer(rows.iter().map(from_row).collect(), pack, service)
}

pub(super) fn from_row(row: &ReplacementRow) -> Replacement<'_> {
    Replacement {
        text: row.text.clone(),
        path: row.path.as_deref(),
        path_changes: &row.path_changes,
        network: row.network.as_deref(),
        available_from: row.available_from,
        note: row.note.as_deref(),
        evidence: row.evidence,
        sources: &row.sources,
    }
}

/// The replacements that follow from the families, the preferred one first.
pub(super) fn derived<'c>(question: &RetiredHost<'c, '_>) -> Vec<Replacement<'c>> {
    let pack = question.pack;
    if let Some(entry) = question.entry.filter(|e| !e.replacements.is_empty()) {
        return listed(&entry.replacements, pack, question.service);
    }
    let Some(target) = pack
        .environment(question.environment)
        .and_then(|e| e.replacement.as_deref())
    else {
        return Vec::new();
    };
    let mut found: Vec<Replacement<'c>> = question.same_family(target).into_iter().collect();
    if question.entry.is_some() || question.refinement.is_some() {
        for family in &pack.rows.families {
            found.extend(same_service(family, question.service, target));
        }
        if let Some(service) = pack.service(question.service) {
            found.extend(service.alternatives.iter().map(from_row));
        }
    }
    let mut seen = Vec::new();
    found.retain(|r| {
        let first = !seen.contains(&r.text);
        seen.push(r.text.clone());
        first
    });
    prefer(found, pack, question.service)
}

impl<'c> RetiredHost<'c, '_> {
    /// The host of the target environment in the family of the retired host.
    fn same_family(&self, target: &str) -> Option<Replacement<'c>> {
        let family = self.family;
        let spelling = family.environments.get(target)?;
        let environment = spelling.labels.first()?;
        let label = self.left.first().copied();
        let becomes = self
            .refinement
            .and_then(|r| r.becomes.as_deref())
            .or(self.entry.and_then(|e| e.becomes.as_deref()));
        let (service, known) = match (becomes, label, self.entry) {
            (Some(becomes), _, _) => (
                becomes.to_owned(),
                family
                    .services
                    .get(becomes)
                    .and_then(|s| s.known_in.get(target)),
            ),
            (None, Some(label), Some(entry)) => match entry.known_in.get(target) {
                Some(known) => (label.to_owned(), Some(known)),
                None => match sibling(family, self.service, target) {
                    Some((other, known)) => (other.to_owned(), Some(known)),
                    None => (label.to_owned(), None),
                },
            },
            _ => (
                self.left.join("."),
                self.entry.and_then(|e| e.known_in.get(target)),
            ),
        };
        let bare = self.left.is_empty() && self.entry.is_none();
        Some(Replacement {
            text: expand(&family.host, Some(&service), environment),
            path: None,
            path_changes: self.entry.map_or(&[], |entry| &entry.path_changes),
            network: Some(&family.network),
            available_from: known.and_then(|k| k.available_from),
            note: None,
            evidence: known.map_or(
                if bare {
                    spelling.evidence
                } else {
                    Evidence::Inferred
                },
                |k| k.evidence,
            ),
            sources: known.map_or(&spelling.sources, |k| &k.sources),
        })
    }
}

/// Another label of the same service that is known in the target environment.
fn sibling<'c>(
    family: &'c Family,
    service: &str,
    target: &str,
) -> Option<(&'c str, &'c super::model::KnownIn)> {
    family
        .services
        .iter()
        .filter(|(_, entry)| entry.service == service)
        .find_map(|(label, entry)| Some((label.as_str(), entry.known_in.get(target)?)))
}

/// The hosts of a service in the target environment that a family is known to have.
fn same_service<'c>(family: &'c Family, service: &str, target: &str) -> Vec<Replacement<'c>> {
    let Some(environment) = family
        .environments
        .get(target)
        .and_then(|spelling| spelling.labels.first())
    else {
        return Vec::new();
    };
    let listed = family
        .services
        .iter()
        .filter(|(_, entry)| entry.service == service)
        .map(|(label, entry)| entry.becomes.as_deref().unwrap_or(label));
    let refined = family
        .refinements
        .iter()
        .filter(|r| r.service == service)
        .map(|r| r.becomes.as_deref().unwrap_or(&r.label));
    listed
        .chain(refined)
        .filter_map(|label| {
            let known = family.services.get(label)?.known_in.get(target)?;
            (known.retired.is_none()).then(|| Replacement {
                text: expand(&family.host, Some(label), environment),
                path: None,
                path_changes: &[],
                network: Some(&family.network),
                available_from: known.available_from,
                note: None,
                evidence: known.evidence,
                sources: &known.sources,
            })
        })
        .collect()
}

/// Moves the replacement on the service's preferred network to the front.
fn prefer<'c>(
    mut replacements: Vec<Replacement<'c>>,
    pack: &'c Merged,
    service: &str,
) -> Vec<Replacement<'c>> {
    if let Some(network) = pack.service(service).and_then(|s| s.prefer.as_deref()) {
        replacements.sort_by_key(|r| r.network != Some(network));
    }
    replacements
}
