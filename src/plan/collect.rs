//! From a report to the work list.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::remedy::{ByHandUnit, by_hand, edit, name, spots};
use super::settings::{WantedCompanion, places};
use super::{
    AdvisedEdit, ByHand, EditCounts, Needs, PlannedName, PlannedService, Retired, Setting, Spot,
    Task, Who, WorkList, order,
};
use crate::catalogue::{Catalogue, Companion, Merged};
use crate::detect::MOST_BYTES;
use crate::facts::{Context, Failure, Report, Safety, SourceUsed, Violation};
use crate::files;
use crate::report::lines_of_tree;

/// A pack and the id of a companion.
type CompanionKey<'c> = (&'c str, &'c str);

/// The work list of a report. Files are read again below `root`, for the settings in them.
pub(super) fn work_list(catalogue: &Catalogue, report: Report, root: Option<&Path>) -> WorkList {
    let collected = Collected::new(catalogue, &report);
    let mut failures = report.failures.clone();
    let mut settings: BTreeMap<CompanionKey<'_>, Vec<Setting>> = BTreeMap::new();
    if let Some(root) = root {
        for (path, keys) in &collected.files {
            match settings_of(catalogue, root, path, keys) {
                Ok(found) => {
                    for (key, setting) in found {
                        settings.entry(key).or_default().push(setting);
                    }
                }
                Err(message) => failures.push(Failure {
                    path: (*path).to_owned(),
                    message: format!("its settings are not known: {message}"),
                }),
            }
        }
    }
    failures.sort();
    failures.dedup();
    let tasks = collected.tasks(settings);
    let (services, by_hand, edits) = (
        collected.services(&tasks),
        collected.by_hand(),
        collected.edits(),
    );
    let repositories = lines_of_tree(&report);
    let violations_by_repository = report.violations_by_repository();
    WorkList {
        version: report.version,
        as_of: report.as_of,
        repositories,
        violations_by_repository,
        provenance: report.provenance,
        configurations: report.configurations,
        packs: report.packs,
        services,
        tasks,
        by_hand,
        edits,
        coverage: report.coverage,
        failures,
    }
}

/// The violations of a report, in groups.
struct Collected<'c> {
    /// By environment, name of the service and pack.
    services: BTreeMap<(&'c str, &'c str, &'c str, &'c str), Vec<&'c Violation>>,
    packs: BTreeMap<&'c str, &'c Merged>,
    /// What to look for in which file.
    files: BTreeMap<&'c str, BTreeSet<CompanionKey<'c>>>,
}

impl<'c> Collected<'c> {
    fn new(catalogue: &'c Catalogue, report: &'c Report) -> Self {
        let mut all = Self {
            services: BTreeMap::new(),
            packs: BTreeMap::new(),
            files: BTreeMap::new(),
        };
        for violation in &report.violations {
            let Some((_, pack)) = catalogue.rule(&violation.rule) else {
                continue;
            };
            all.packs.insert(&pack.name, pack);
            let group = (
                violation.environment.as_str(),
                violation.service_name.as_str(),
                violation.service.as_str(),
                pack.name.as_str(),
            );
            all.services.entry(group).or_default().push(violation);
            // Files in archives, and names of files, have no settings to look for.
            if violation.context == Context::FileName || violation.path.contains("!/") {
                continue;
            }
            let file = all.files.entry(&violation.path).or_default();
            for companion in &violation.companions {
                file.insert((&pack.name, &companion.id));
            }
        }
        all
    }

    fn companion(&self, key: CompanionKey<'_>) -> Option<&'c Companion> {
        self.packs.get(key.0)?.rows.companions.get(key.1)
    }

    fn tasks(&self, mut settings: BTreeMap<CompanionKey<'c>, Vec<Setting>>) -> Vec<Task> {
        let mut needs: BTreeMap<CompanionKey<'c>, (Vec<Needs>, bool)> = BTreeMap::new();
        for ((environment, name, service, pack), violations) in &self.services {
            let ids: BTreeSet<&str> = violations
                .iter()
                .flat_map(|v| &v.companions)
                .map(|c| c.id.as_str())
                .collect();
            for id in ids {
                let (needs, mentioned) = needs.entry((pack, id)).or_insert((Vec::new(), true));
                *mentioned &= only_mentioned(violations);
                needs.push(Needs {
                    environment: (*environment).to_owned(),
                    service: (*service).to_owned(),
                    name: (*name).to_owned(),
                });
            }
        }
        let wanted = |pack: &str| -> BTreeSet<&str> {
            let keys = needs.keys().filter(|key| key.0 == pack);
            keys.map(|key| key.1).collect()
        };
        let mut tasks: Vec<(usize, Task)> = Vec::new();
        for (key, (services, only_mentioned)) in &needs {
            let (Some(pack), Some(companion)) = (self.packs.get(key.0), self.companion(*key))
            else {
                continue;
            };
            let all = &pack.rows.companions;
            let after = order::prerequisites(all, &wanted(key.0), key.1);
            tasks.push((
                order::depth(all, key.1),
                Task {
                    pack: key.0.to_owned(),
                    id: key.1.to_owned(),
                    name: companion.name.clone(),
                    ask: companion.ask.clone(),
                    who: companion.who.as_ref().map(|who| Who {
                        name: who.name.clone(),
                        source: source(pack, &who.source),
                    }),
                    services: services.clone(),
                    only_mentioned: *only_mentioned,
                    after: after.into_iter().collect(),
                    places: settings.remove(key).unwrap_or_default(),
                    source: source(pack, &companion.source),
                },
            ));
        }
        let blocking: BTreeSet<(String, String)> = tasks
            .iter()
            .flat_map(|(_, task)| task.after.iter().map(|id| (task.pack.clone(), id.clone())))
            .collect();
        tasks.sort_by_cached_key(|(depth, task)| {
            let key = (task.pack.clone(), task.id.clone());
            // What others wait for is asked for first.
            (*depth, !blocking.contains(&key), key)
        });
        tasks.into_iter().map(|(_, task)| task).collect()
    }

    fn services(&self, tasks: &[Task]) -> Vec<PlannedService> {
        let groups = self.services.iter();
        groups
            .map(
                |(&(environment, name, service, pack), violations)| PlannedService {
                    environment: environment.to_owned(),
                    target: self
                        .packs
                        .get(pack)
                        .and_then(|p| p.environment(environment)?.replacement.clone()),
                    pack: pack.to_owned(),
                    service: service.to_owned(),
                    name: name.to_owned(),
                    only_mentioned: only_mentioned(violations),
                    references: references(violations),
                    tasks: tasks
                        .iter()
                        .filter(|task| {
                            task.pack == pack
                                && task
                                    .services
                                    .iter()
                                    .any(|n| n.environment == environment && n.service == service)
                        })
                        .map(|task| task.id.clone())
                        .collect(),
                },
            )
            .collect()
    }

    fn by_hand(&self) -> Vec<ByHand> {
        let mut found: BTreeMap<(String, String), (BTreeSet<Retired>, Vec<Spot>)> = BTreeMap::new();
        for (&(environment, service_name, service, _), violations) in &self.services {
            for violation in violations {
                let Some((unit, reason)) = by_hand(violation) else {
                    continue;
                };
                let unit = match unit {
                    ByHandUnit::File => violation.path.clone(),
                    ByHandUnit::Name => format!("{environment} {service} {}", violation.name),
                };
                let (names, places) = found.entry((reason, unit)).or_default();
                names.insert(Retired {
                    environment: environment.to_owned(),
                    service_name: service_name.to_owned(),
                    service: service.to_owned(),
                    name: name(violation).to_owned(),
                });
                places.extend(spots(violation));
            }
        }
        let found = found.into_iter();
        found
            .map(|((reason, _), (names, places))| ByHand {
                reason,
                names: names.into_iter().collect(),
                places: in_order(places),
            })
            .collect()
    }

    fn edits(&self) -> EditCounts {
        let mut edits = EditCounts::default();
        for violation in self.services.values().flatten() {
            match edit(violation).map(|edit| edit.safety) {
                Some(Safety::Safe) => edits.safe += 1,
                Some(Safety::Unsafe) => edits.not_safe += 1,
                None => edits.by_hand += 1,
            }
        }
        edits
    }
}

fn source(pack: &Merged, id: &str) -> Option<SourceUsed> {
    pack.source(id).map(|source| SourceUsed {
        id: id.to_owned(),
        title: source.title.clone(),
        url: source.url.clone(),
    })
}

/// Whether nothing but comments and text for readers names a service.
fn only_mentioned(violations: &[&Violation]) -> bool {
    violations.iter().all(|v| {
        matches!(
            v.context,
            Context::Comment | Context::Prose | Context::Sample | Context::Identifier
        )
    })
}

fn in_order(mut places: Vec<Spot>) -> Vec<Spot> {
    places.sort();
    places.dedup();
    places
}

fn references(violations: &[&Violation]) -> Vec<PlannedName> {
    type NameAndEdit<'v> = (&'v str, Option<AdvisedEdit>);
    let mut names: BTreeMap<NameAndEdit<'_>, (u64, Vec<Spot>)> = BTreeMap::new();
    for violation in violations {
        let group = (name(violation), edit(violation));
        let (count, places) = names.entry(group).or_default();
        *count += violation.occurrences;
        places.extend(spots(violation));
    }
    let names = names.into_iter();
    names
        .map(|((name, edit), (count, places))| PlannedName {
            name: name.to_owned(),
            edit,
            count,
            places: in_order(places),
        })
        .collect()
}

/// The settings of a file that hold one of the companions.
fn settings_of<'c>(
    catalogue: &'c Catalogue,
    root: &Path,
    path: &str,
    keys: &BTreeSet<CompanionKey<'c>>,
) -> Result<Vec<(CompanionKey<'c>, Setting)>, String> {
    let wanted: Vec<WantedCompanion<'c>> = keys
        .iter()
        .filter_map(|(name, id)| {
            let pack = catalogue.packs().iter().find(|p| p.name == *name)?;
            Some(WantedCompanion::new(
                pack,
                id,
                pack.rows.companions.get(*id)?,
            ))
        })
        .filter(WantedCompanion::is_findable)
        .collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let Some(bytes) =
        read(&root.join(crate::input::path_of_report(path))).map_err(|error| error.to_string())?
    else {
        return Ok(Vec::new());
    };
    let found = catch_unwind(AssertUnwindSafe(|| places(&bytes, path, &wanted)))
        .map_err(|_| "ptlint failed on this file; please report it".to_owned())?;
    let found = found.into_iter();
    Ok(found
        .map(|(number, setting)| {
            let wanted = &wanted[number];
            ((wanted.pack.name.as_str(), wanted.id), setting)
        })
        .collect())
}

/// The bytes of a file that is not too large to be looked at as a whole.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    files::open(path)?
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= MOST_BYTES).then_some(bytes))
}
