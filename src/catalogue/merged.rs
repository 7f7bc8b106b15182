//! A pack with the rows of all its files in one place, and what is looked up in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::load::Pack;
use super::model::{Environment, Rule, Service, Source};
use super::pack_file::PackFile;
use crate::facts::{CompanionNote, ReferenceKind};

/// A pack with the rows of all its files in one place.
#[derive(Debug)]
pub struct Merged {
    /// The name of the pack.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// SHA-256 of its files, in hex.
    pub digest: String,
    /// All rows.
    pub rows: PackFile,
    /// What has to change together with the hosts of each service, in the words of violations, which share them.
    companions: BTreeMap<String, Arc<[CompanionNote]>>,
}

impl Merged {
    pub(super) fn new(pack: &Pack) -> Self {
        let mut rows = PackFile::default();
        for file in pack.files() {
            let mut content = file.content.clone();
            rows.append_rows_of_kinds(&mut content);
            rows.environments.extend(content.environments);
            rows.exemptions.extend(content.exemptions);
            rows.sources.extend(content.sources);
            rows.services.extend(content.services);
            rows.companions.extend(content.companions);
            rows.families.extend(content.families);
            rows.look_alikes.extend(content.look_alikes);
            rows.selectors.extend(content.selectors);
            let uris = content.identifier_uris;
            rows.identifier_uris
                .path_segments
                .extend(uris.path_segments);
            rows.identifier_uris.keys.extend(uris.keys);
            rows.rules.extend(content.rules);
        }
        let header = pack.header();
        Self {
            name: header.map(|h| h.name.clone()).unwrap_or_default(),
            version: header.map(|h| h.version.clone()).unwrap_or_default(),
            title: header.map(|h| h.title.clone()).unwrap_or_default(),
            digest: pack.digest().to_owned(),
            companions: companions(&rows),
            rows,
        }
    }

    /// What has to change together with the hosts of a service.
    #[must_use]
    pub fn companions_of(&self, service: &str) -> Arc<[CompanionNote]> {
        let notes = self.companions.get(service);
        notes.map_or_else(Arc::default, Arc::clone)
    }

    /// An environment by name.
    #[must_use]
    pub fn environment(&self, name: &str) -> Option<&Environment> {
        self.rows.environments.get(name)
    }

    /// Says whether an environment is retired at some date.
    #[must_use]
    pub fn is_retired(&self, environment: &str) -> bool {
        self.environment(environment)
            .is_some_and(|e| !e.lifecycle.is_empty())
    }

    /// The environment that a word names: its name, or its label in a family.
    #[must_use]
    pub fn environment_by_word(&self, word: &str) -> Option<&str> {
        let by_name = self
            .rows
            .environments
            .keys()
            .find(|name| name.eq_ignore_ascii_case(word));
        by_name.map(String::as_str).or_else(|| {
            self.rows
                .families
                .iter()
                .flat_map(|family| &family.environments)
                .find(|(_, spelling)| {
                    spelling
                        .labels
                        .iter()
                        .any(|label| !label.is_empty() && label.eq_ignore_ascii_case(word))
                })
                .map(|(name, _)| name.as_str())
        })
    }

    /// The environment that has this other name.
    #[must_use]
    pub fn environment_by_alias(&self, name: &str) -> Option<&str> {
        self.rows
            .environments
            .iter()
            .find(|(_, e)| {
                e.aliases
                    .iter()
                    .any(|alias| alias.eq_ignore_ascii_case(name))
            })
            .map(|(name, _)| name.as_str())
    }

    /// A service by id.
    #[must_use]
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.rows.services.get(id)
    }

    /// A source by id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.rows.sources.get(id)
    }

    /// The rule for a kind of reference to an environment.
    #[must_use]
    pub fn rule_for(&self, environment: &str, kind: ReferenceKind) -> Option<(&str, &Rule)> {
        self.rows
            .rules
            .iter()
            .find(|(_, r)| r.environment == environment && r.reference == kind)
            .map(|(id, rule)| (id.as_str(), rule))
    }
}

/// What has to change together with the hosts of each service.
fn companions(rows: &PackFile) -> BTreeMap<String, Arc<[CompanionNote]>> {
    let note = |id: &String| {
        let companion = rows.companions.get(id)?;
        Some(CompanionNote {
            id: id.clone(),
            name: companion.name.clone(),
            ask: companion.ask.clone(),
        })
    };
    let services = rows.services.iter();
    let notes = services.map(|(id, service)| {
        let notes = service.companions.iter().filter_map(note).collect();
        (id.clone(), notes)
    });
    notes.collect()
}
