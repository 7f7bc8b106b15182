//! What a host name is: a pure function of the name and the text around it.

use super::compile::{Catalogue, HostEntry, ZoneEntry};
use super::merged::Merged;
use super::model::{Family, LookAlike, Refinement, UnknownService};
use super::replace::{self, Replacement};
use super::trie::TrieMatch;
use crate::facts::{Confidence, DayOrMonth, Evidence};
use crate::kinds::{Kind, KindRow};

/// The text around a host, as far as it helps to tell its service.
#[derive(Debug, Clone, Copy, Default)]
pub struct Surroundings<'t> {
    /// The path of the URL, when there is one.
    pub path: &'t str,
    /// The text before the host on its line.
    pub before: &'t str,
    /// Words of [`Refinement::in_file`] that are in the file.
    pub mentioned: &'t [&'t str],
}

/// What the catalogue knows about a host name.
#[derive(Debug)]
pub enum Classification<'c> {
    /// An endpoint of some environment.
    Endpoint(Box<Endpoint<'c>>),
    /// A name that resembles one and must be left alone.
    LookAlike(&'c LookAlike, &'c Merged),
    /// Not in the catalogue.
    Unknown,
}

/// A service in an environment.
#[derive(Debug, Clone)]
pub struct Endpoint<'c> {
    /// The pack that knows it.
    pub pack: &'c Merged,
    /// The kind of reference that its name is.
    pub kind: &'static Kind,
    /// The environment.
    pub environment: &'c str,
    /// Id of the service.
    pub service: &'c str,
    /// The family, unless the host has a row of its own.
    pub family: Option<&'c str>,
    /// The network on which the host resolves.
    pub network: Option<&'c str>,
    /// What the exact name rests on.
    pub evidence: Evidence,
    /// How sure it is.
    pub confidence: Confidence,
    /// Ids of the sources.
    pub sources: &'c [String],
    /// What else is known.
    pub note: Option<&'c str>,
    /// From when on this endpoint is itself retired.
    pub retired: Option<DayOrMonth>,
    /// What to write instead, the preferred one first; empty for environments in service.
    pub replacements: Vec<Replacement<'c>>,
}

impl Catalogue {
    /// Classifies a host name in any case, with or without a trailing dot.
    #[must_use]
    pub fn classify_host(&self, host: &str) -> Classification<'_> {
        let lower = host.trim_end_matches('.').to_ascii_lowercase();
        let labels: Vec<&str> = lower.split('.').collect();
        self.classify(&labels, Surroundings::default())
    }

    /// Classifies a host name given as labels in lower case.
    #[must_use]
    pub fn classify(&self, labels: &[&str], around: Surroundings<'_>) -> Classification<'_> {
        match self.hosts.find(labels) {
            TrieMatch::Host(HostEntry::LookAlike { pack, row })
            | TrieMatch::Zone {
                zone: ZoneEntry::LookAlike { pack, row },
                ..
            } => {
                let pack = &self.packs[*pack];
                Classification::LookAlike(&pack.rows.look_alikes[*row], pack)
            }
            TrieMatch::Host(HostEntry::Endpoint { pack, row }) => self.single(*pack, *row),
            TrieMatch::Zone {
                zone:
                    ZoneEntry::Family {
                        pack,
                        family,
                        environment,
                    },
                below,
            } => {
                let pack = &self.packs[*pack];
                let member = ZoneMember {
                    pack,
                    family: &pack.rows.families[*family],
                    environment,
                    labels: &labels[..below],
                    around,
                };
                member.classify()
            }
            TrieMatch::Nothing => Classification::Unknown,
        }
    }

    /// The words that tell a service wherever in a file they are.
    pub fn words_in_files(&self) -> impl Iterator<Item = &str> {
        let families = self.packs.iter().flat_map(|pack| &pack.rows.families);
        let refinements = families.flat_map(|family| &family.refinements);
        refinements.flat_map(|refinement| refinement.in_file.iter().map(String::as_str))
    }

    /// Whether a service label is listed in the family whose zone the name lies in.
    #[must_use]
    pub fn knows_service_label(&self, labels: &[&str]) -> bool {
        match self.hosts.find(labels) {
            TrieMatch::Host(_) => true,
            TrieMatch::Zone {
                zone: ZoneEntry::Family { pack, family, .. },
                below,
            } => {
                let family = &self.packs[*pack].rows.families[*family];
                match below {
                    0 => family.service.is_some(),
                    1 => family.services.contains_key(labels[0]),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    fn single(&self, pack: usize, row: usize) -> Classification<'_> {
        let pack = &self.packs[pack];
        let row = &pack.rows.endpoints[row];
        let confidence = row.evidence.confidence();
        Classification::Endpoint(Box::new(Endpoint {
            pack,
            kind: row.kind(),
            environment: &row.environment,
            service: &row.service,
            family: None,
            network: row.network.as_deref(),
            evidence: row.evidence,
            confidence: row.confidence.map_or(confidence, |c| c.min(confidence)),
            sources: &row.sources,
            note: row.note.as_deref(),
            retired: row.retired,
            replacements: replace::listed(&row.replacements, pack, &row.service),
        }))
    }
}

/// A host in a zone of a family.
struct ZoneMember<'c, 'q> {
    pack: &'c Merged,
    family: &'c Family,
    environment: &'c str,
    /// The labels left of the zone.
    labels: &'q [&'q str],
    around: Surroundings<'q>,
}

impl<'c> ZoneMember<'c, '_> {
    fn classify(&self) -> Classification<'c> {
        let family = self.family;
        let spelling = &family.environments[self.environment];
        // In an environment in service nothing is reported, so there is nothing to be careful of.
        let ignored = family.unknown_service == UnknownService::Ignore
            && self.pack.is_retired(self.environment);
        let (label, entry) = match self.labels {
            [] => (None, family.service.as_ref()),
            _ if family.service.is_some() => return Classification::Unknown,
            [label] => (Some(*label), family.services.get(*label)),
            // Where the environment has no label, a second label is that of another environment.
            [..] if spelling.labels.iter().any(String::is_empty) => return Classification::Unknown,
            // The grammar has one label there: more of them belong to nobody known.
            [..] => (None, None),
        };
        if entry.is_none() && ignored {
            return Classification::Unknown;
        }
        let refinement = label.and_then(|label| self.refinement(label));
        let known = entry.and_then(|e| e.known_in.get(self.environment));
        let (evidence, sources) = match (known, label, entry) {
            (Some(known), _, _) => (known.evidence, known.sources.as_slice()),
            (None, None, None) if self.labels.is_empty() => {
                (spelling.evidence, spelling.sources.as_slice())
            }
            _ => (Evidence::Inferred, spelling.sources.as_slice()),
        };
        let confidence = evidence.confidence();
        let of_refinement = refinement.and_then(|r| r.confidence);
        let limits = [spelling.confidence, of_refinement].into_iter();
        let service = refinement
            .map(|r| r.service.as_str())
            .or(entry.map(|e| e.service.as_str()))
            .or(family.default_service.as_deref())
            .unwrap_or_default();
        let replacements = if self.pack.is_retired(self.environment) {
            replace::derived(&replace::RetiredHost {
                pack: self.pack,
                family,
                environment: self.environment,
                left: self.labels,
                entry,
                refinement,
                service,
            })
        } else {
            Vec::new()
        };
        Classification::Endpoint(Box::new(Endpoint {
            pack: self.pack,
            kind: Family::kind(),
            environment: self.environment,
            service,
            family: Some(&family.id),
            network: Some(&family.network),
            evidence,
            confidence: limits.flatten().fold(confidence, Confidence::min),
            sources,
            note: known.and_then(|k| k.note.as_deref()),
            retired: known.and_then(|k| k.retired),
            replacements,
        }))
    }

    fn refinement(&self, label: &str) -> Option<&'c Refinement> {
        self.family.refinements.iter().find(|r| {
            r.label == label
                && (r.environments.is_empty()
                    || r.environments.iter().any(|e| e == self.environment))
                && (r
                    .paths
                    .iter()
                    .any(|p| starts_with_path(self.around.path, p))
                    || r.beside.iter().any(|w| has_word(self.around.before, w))
                        && !r
                            .unless_beside
                            .iter()
                            .any(|w| has_word(self.around.before, w))
                    || r.in_file
                        .iter()
                        .any(|w| self.around.mentioned.contains(&w.as_str())))
        })
    }
}

fn starts_with_path(path: &str, prefix: &str) -> bool {
    path.get(..prefix.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

/// Whether `word` (in lower case) is at the beginning of a word in `text`, in any case. A hump
/// of camel case begins a word, and the word may go on: `tax` is in `oldTaxUrl`.
fn has_word(text: &str, word: &str) -> bool {
    let (bytes, word) = (text.as_bytes(), word.as_bytes());
    let Some(first) = word.first() else {
        return false;
    };
    let begins_at = |at: &usize| match at.checked_sub(1).map(|before| bytes[before]) {
        Some(before) if before.is_ascii_alphanumeric() => {
            bytes[*at].is_ascii_uppercase() && !before.is_ascii_uppercase()
        }
        _ => true,
    };
    memchr::memchr2_iter(*first, first.to_ascii_uppercase(), bytes)
        .filter(begins_at)
        .any(|at| {
            let found = bytes.get(at..at + word.len());
            found.is_some_and(|found| found.eq_ignore_ascii_case(word))
        })
}
