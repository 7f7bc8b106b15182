//! From a report to the work list.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::settings::{Wanted, places};
use super::{
    ByHand, Edit, Edits, Named, Needs, Retired, Service, Setting, Spot, Task, Who, WorkList, order,
};
use crate::catalogue::{Catalogue, Companion, Merged};
use crate::detect::MOST_BYTES;
use crate::facts::{Context, Failure, Report, Safety, SourceUsed, View, Violation};
use crate::{files, kinds};

/// A pack and the id of a companion.
type Key<'c> = (&'c str, &'c str);

/// The work list of a report. Files are read again below `root`, for the settings in them.
pub(super) fn work_list(catalogue: &Catalogue, report: Report, root: Option<&Path>) -> WorkList {
    let collected = Collected::of(catalogue, &report);
    let mut failures = report.failures.clone();
    let mut settings: BTreeMap<Key<'_>, Vec<Setting>> = BTreeMap::new();
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
    WorkList {
        version: report.version,
        as_of: report.as_of,
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
    files: BTreeMap<&'c str, BTreeSet<Key<'c>>>,
}

impl<'c> Collected<'c> {
    fn of(catalogue: &'c Catalogue, report: &'c Report) -> Self {
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

    fn companion(&self, key: Key<'_>) -> Option<&'c Companion> {
        self.packs.get(key.0)?.rows.companions.get(key.1)
    }

    fn tasks(&self, mut settings: BTreeMap<Key<'c>, Vec<Setting>>) -> Vec<Task> {
        let mut needs: BTreeMap<Key<'c>, (Vec<Needs>, bool)> = BTreeMap::new();
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
            let after = order::before(all, &wanted(key.0), key.1);
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

    fn services(&self, tasks: &[Task]) -> Vec<Service> {
        let groups = self.services.iter();
        groups
            .map(
                |(&(environment, name, service, pack), violations)| Service {
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
                    Unit::File => violation.path.clone(),
                    Unit::Name => format!("{environment} {service} {}", violation.name),
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

    fn edits(&self) -> Edits {
        let mut edits = Edits::default();
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

/// What is changed by hand in one go.
#[derive(Clone, Copy)]
enum Unit {
    File,
    Name,
}

/// Why a violation cannot be fixed by writing a text.
fn by_hand(violation: &Violation) -> Option<(Unit, String)> {
    let reason = if violation.path.contains("!/") {
        "it is in an archive: change what the archive is made from, and build it again"
    } else if violation.context == Context::FileName {
        "it is the name of a file or folder: rename it, and change what refers to it"
    } else if violation.certificate.is_some() || violation.context == Context::Certificate {
        "it is in a certificate: request a new one and replace it"
    } else if violation.context == Context::Binary {
        "it is in a binary file, such as a key store: create a new one"
    } else if violation.view == View::Base64 || violation.context == Context::Encoded {
        "it is in encoded text: decode, change and encode it again"
    } else if violation.replacement.is_none() {
        let reason = violation.replacement_reason.as_deref();
        let reason = reason.unwrap_or("no replacement is known");
        return Some((Unit::Name, reason.to_owned()));
    } else {
        return None;
    };
    Some((Unit::File, reason.to_owned()))
}

/// A name as it is usually written: that of a host in lower case, others as found.
fn name(violation: &Violation) -> &str {
    let same = violation.matched.eq_ignore_ascii_case(&violation.name);
    if same && !kinds::by_id(violation.reference).is_on_network {
        &violation.matched
    } else {
        &violation.name
    }
}

fn edit(violation: &Violation) -> Option<Edit> {
    let advice = violation.replacement.as_ref()?;
    by_hand(violation).is_none().then(|| Edit {
        action: advice.action,
        text: advice.text.clone(),
        path: advice.path.clone(),
        network: advice.network.clone(),
        safety: advice.safety,
    })
}

/// The places of a violation, also of the equal ones that it stands for.
fn spots(violation: &Violation) -> Vec<Spot> {
    let no_text = matches!(violation.context, Context::FileName | Context::Binary);
    let first = Spot {
        path: violation.path.clone(),
        start: (!no_text).then_some(violation.start),
        key: violation.key.clone(),
    };
    let others = violation.related.iter();
    let others = others.filter(|_| violation.occurrences > 1).map(|r| Spot {
        path: r.path.clone(),
        start: Some(r.start),
        key: None,
    });
    std::iter::once(first).chain(others).collect()
}

fn in_order(mut places: Vec<Spot>) -> Vec<Spot> {
    places.sort();
    places.dedup();
    places
}

fn references(violations: &[&Violation]) -> Vec<Named> {
    type Group<'v> = (&'v str, Option<Edit>);
    let mut names: BTreeMap<Group<'_>, (u64, Vec<Spot>)> = BTreeMap::new();
    for violation in violations {
        let group = (name(violation), edit(violation));
        let (count, places) = names.entry(group).or_default();
        *count += violation.occurrences;
        places.extend(spots(violation));
    }
    let names = names.into_iter();
    names
        .map(|((name, edit), (count, places))| Named {
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
    keys: &BTreeSet<Key<'c>>,
) -> Result<Vec<(Key<'c>, Setting)>, String> {
    let wanted: Vec<Wanted<'c>> = keys
        .iter()
        .filter_map(|(name, id)| {
            let pack = catalogue.packs().iter().find(|p| p.name == *name)?;
            Some(Wanted::new(pack, id, pack.rows.companions.get(*id)?))
        })
        .filter(Wanted::is_findable)
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
