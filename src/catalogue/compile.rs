//! Packs to a [`Catalogue`]: families are expanded to zones of a label trie, single hosts and
//! look-alikes are entered next to them, and texts become literals.

use std::collections::BTreeMap;

use super::anchors::{AnchorSet, Texts, anchors};
use super::literal::Literal;
use super::load::{Pack, PackError};
use super::merged::Merged;
use super::model::{Family, LookAlikeKind, Rule};
use super::trie::HostTrie;
use crate::document::{Fault, Faults};
use crate::facts::Confidence;

/// The packs of a run, compiled.
#[derive(Debug)]
pub struct Catalogue {
    pub(super) packs: Vec<Merged>,
    pub(super) hosts: HostTrie<HostEntry, ZoneEntry>,
    literals: Vec<Literal>,
    rules: BTreeMap<String, usize>,
}

/// What the catalogue has for a full host name.
#[derive(Debug, Clone, Copy)]
pub(super) enum HostEntry {
    Endpoint { pack: usize, row: usize },
    LookAlike { pack: usize, row: usize },
}

/// What the catalogue has for a zone.
#[derive(Debug, Clone)]
pub(super) enum ZoneEntry {
    Family {
        pack: usize,
        family: usize,
        environment: String,
    },
    LookAlike {
        pack: usize,
        row: usize,
    },
}

/// A host name of a family, with its holes filled. Empty holes take their dot with them.
pub(super) fn expand(shape: &str, service: Option<&str>, environment: &str) -> String {
    let mut all = String::with_capacity(shape.len() + environment.len() + 16);
    let mut rest = shape;
    while let Some((before, mark)) = rest.split_once('{') {
        all.push_str(before);
        let known = [
            ("service}", service.unwrap_or_default()),
            ("environment}", environment),
        ];
        let text = known
            .iter()
            .find_map(|(name, text)| Some((*text, mark.strip_prefix(name)?)));
        let (text, behind) = text.unwrap_or(("{", mark));
        all.push_str(text);
        rest = behind;
    }
    all.push_str(rest);
    let mut host = String::with_capacity(all.len());
    for label in all.split('.').filter(|label| !label.is_empty()) {
        if !host.is_empty() {
            host.push('.');
        }
        host.push_str(label);
    }
    host.make_ascii_lowercase();
    host
}

impl Catalogue {
    /// Compiles packs that are sound each on their own.
    ///
    /// # Errors
    /// When two packs claim the same zone, host or rule id.
    pub fn compile(packs: &[Pack]) -> Result<Self, PackError> {
        let mut catalogue = Self {
            packs: packs.iter().map(Merged::new).collect(),
            hosts: HostTrie::default(),
            literals: Vec::new(),
            rules: BTreeMap::new(),
        };
        let mut clashes = Vec::new();
        for pack in 0..catalogue.packs.len() {
            catalogue.enter(pack, &mut clashes);
        }
        if clashes.is_empty() {
            Ok(catalogue)
        } else {
            let faults = clashes
                .into_iter()
                .map(|clash| {
                    Fault::new("pack::overlap", clash).help("use one of the packs, or narrow one")
                })
                .collect();
            let names: Vec<&str> = packs.iter().map(Pack::name).collect();
            Err(PackError::together(&names.join(" + "), Faults::new(faults)))
        }
    }

    /// The default packs, compiled.
    ///
    /// # Errors
    /// None in a released binary: its packs are checked by its tests.
    pub fn embedded() -> Result<Self, PackError> {
        Self::compile(&Pack::defaults()?)
    }

    fn enter(&mut self, pack: usize, clashes: &mut Vec<String>) {
        let merged = &self.packs[pack];
        let name = merged.name.clone();
        let mut clash =
            |what: &str| clashes.push(format!("{what} of the pack `{name}` is claimed twice"));
        for (index, family) in merged.rows.families.iter().enumerate() {
            for (environment, zone) in zones(family) {
                let entry = ZoneEntry::Family {
                    pack,
                    family: index,
                    environment,
                };
                if self.hosts.insert_zone(&zone, entry).is_some() {
                    clash(&format!("the zone {zone}"));
                }
            }
        }
        for (row, endpoint) in merged.rows.endpoints.iter().enumerate() {
            let host = endpoint.host.to_ascii_lowercase();
            let entry = HostEntry::Endpoint { pack, row };
            if self.hosts.insert_host(&host, entry).is_some() {
                clash(&format!("the host {host}"));
            }
        }
        for (row, look_alike) in merged.rows.look_alikes.iter().enumerate() {
            let value = look_alike.value.to_ascii_lowercase();
            match look_alike.kind {
                LookAlikeKind::Host => {
                    let entry = HostEntry::LookAlike { pack, row };
                    if self.hosts.insert_host(&value, entry).is_some() {
                        clash(&format!("the host {value}"));
                    }
                }
                LookAlikeKind::Zone => {
                    let entry = ZoneEntry::LookAlike { pack, row };
                    if self.hosts.insert_zone(&value, entry).is_some() {
                        clash(&format!("the zone {value}"));
                    }
                }
                LookAlikeKind::Text | LookAlikeKind::Address | LookAlikeKind::Network => {}
            }
        }
        for id in merged.rows.rules.keys() {
            if self.rules.insert(id.clone(), pack).is_some() {
                clash(&format!("the rule `{id}`"));
            }
        }
        self.literals.extend(merged.literals(pack));
    }

    /// The packs in the order in which they were given.
    #[must_use]
    pub fn packs(&self) -> &[Merged] {
        &self.packs
    }

    /// Every literal, those of environments in service too.
    #[must_use]
    pub fn literals(&self) -> &[Literal] {
        &self.literals
    }

    /// The networks on which endpoints are reached, by name.
    #[must_use]
    pub fn networks(&self) -> Vec<&str> {
        let mut networks: Vec<&str> = self
            .packs
            .iter()
            .flat_map(|pack| {
                let services = pack.rows.services.values();
                let alternatives = services.flat_map(|s| &s.alternatives);
                let families = pack.rows.families.iter().map(|f| f.network.as_str());
                families.chain(alternatives.filter_map(|r| r.network.as_deref()))
            })
            .collect();
        networks.sort_unstable();
        networks.dedup();
        networks
    }

    /// All rules by id.
    pub fn rules(&self) -> impl Iterator<Item = (&str, &Rule, &Merged)> {
        self.rules.iter().filter_map(|(id, &pack)| {
            let merged = &self.packs[pack];
            Some((id.as_str(), merged.rows.rules.get(id)?, merged))
        })
    }

    /// A rule by id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<(&Rule, &Merged)> {
        let merged = &self.packs[*self.rules.get(id)?];
        Some((merged.rows.rules.get(id)?, merged))
    }

    /// Whether a host name in the catalogue ends with this label (in lower case).
    #[must_use]
    pub fn is_last_label(&self, label: &str) -> bool {
        self.hosts.is_last_label(label)
    }

    /// The literals that every file has to be searched for, so that no violation of at least
    /// this confidence is missed.
    #[must_use]
    pub fn anchors(&self, least: Confidence) -> AnchorSet {
        let (mut hosts, mut quiet) = (Vec::new(), Vec::new());
        for merged in &self.packs {
            for family in &merged.rows.families {
                for (environment, zone) in zones(family) {
                    if !merged.is_retired(&environment) {
                        quiet.push(zone);
                    } else if family.environments[&environment]
                        .confidence
                        .is_none_or(|c| c >= least)
                    {
                        hosts.push(zone);
                    }
                }
            }
            for row in &merged.rows.endpoints {
                let retired = merged.is_retired(&row.environment);
                let list = if retired { &mut hosts } else { &mut quiet };
                list.push(row.host.to_ascii_lowercase());
            }
            quiet.extend(
                merged
                    .rows
                    .look_alikes
                    .iter()
                    .map(|l| l.value.to_ascii_lowercase()),
            );
        }
        let literals: Vec<String> = self
            .reportable_literals(least)
            .map(|l| l.text.clone())
            .collect();
        anchors(Texts {
            hosts: &hosts,
            literals: &literals,
            quiet: &quiet,
        })
    }

    /// The literals that can make a violation of at least this confidence.
    pub fn reportable_literals(&self, least: Confidence) -> impl Iterator<Item = &Literal> {
        self.literals
            .iter()
            .filter(move |l| self.packs[l.pack].is_retired(&l.environment) && l.confidence >= least)
    }
}

/// The zones of a family with their environments: the shape without its service.
pub(super) fn zones(family: &Family) -> Vec<(String, String)> {
    family
        .environments
        .iter()
        .flat_map(|(environment, spelling)| {
            spelling
                .labels
                .iter()
                .map(|label| (environment.clone(), expand(&family.host, None, label)))
        })
        .collect()
}
