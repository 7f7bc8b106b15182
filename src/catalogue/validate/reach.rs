//! What needs lookups to be told: replacements that lead nowhere, and texts that cannot be found.

use super::{FaultAt, Inspector};
use crate::catalogue::anchors::anchor_text;
use crate::catalogue::classify::Classification;
use crate::catalogue::compile::{Catalogue, expand, zones};
use crate::catalogue::load::Pack;
use crate::document::{Fault, PathStep};
use crate::kinds::ReplacementRow;

impl Inspector<'_> {
    pub(super) fn compiled(&mut self) {
        let Ok(catalogue) = Catalogue::compile(std::slice::from_ref(self.pack)) else {
            let fault = Fault::new("pack::overlap", "a host or a zone is entered twice")
                .help("keep one of the rows of `endpoints`, `look-alikes` and `families`");
            return self.add(0, Vec::new(), fault, "in this pack");
        };
        let dead = |text: &str| -> Option<String> {
            let host = text.split('/').next().unwrap_or_default();
            match catalogue.classify_host(host) {
                Classification::Endpoint(e) if e.pack.is_retired(e.environment) => {
                    Some(format!("is an endpoint of {}", e.environment))
                }
                Classification::Endpoint(e) => {
                    e.retired.map(|date| format!("was retired in {date}"))
                }
                _ => None,
            }
        };
        for (file, loaded) in self.pack.files().iter().enumerate() {
            let content = &loaded.content;
            let mut rows: Vec<(Vec<PathStep>, &ReplacementRow)> = Vec::new();
            let mut texts: Vec<(Vec<PathStep>, &str, String)> = Vec::new();
            for (index, family) in content.families.iter().enumerate() {
                let at = Pack::item("families", index);
                for (label, entry) in &family.services {
                    let step = path!(at, "services", label);
                    rows.extend(entry.replacements.iter().map(|r| (step.clone(), r)));
                }
                for (environment, spelling) in &family.environments {
                    let labels = spelling.labels.iter();
                    texts.extend(labels.map(|label| {
                        (
                            path!(at, "host"),
                            environment.as_str(),
                            expand(&family.host, None, label),
                        )
                    }));
                }
            }
            for (section, index, row) in content.rows_of_kinds() {
                let at = Pack::item(&section, index);
                let step = path!(at, "replacements");
                rows.extend(row.replacements().iter().map(|r| (step.clone(), r)));
                let (field, name) = row.name();
                if let Some(environment) = row.environment().filter(|_| row.is_found_by_name_only())
                {
                    texts.push((path!(at, field), environment, name.to_owned()));
                }
            }
            for (id, service) in &content.services {
                let at = [PathStep::Key("services".into()), PathStep::Key(id.clone())];
                let step = path!(at, "alternatives");
                rows.extend(service.alternatives.iter().map(|r| (step.clone(), r)));
            }
            for (at, row) in rows {
                if let Some(why) = dead(&row.text) {
                    let fault = Fault::new(
                        "pack::retired-replacement",
                        format!("the replacement {} {why}", row.text),
                    )
                    .help("name an endpoint that is in service, or none at all");
                    self.faults.push(FaultAt {
                        file,
                        path: at,
                        fault,
                        label: "leads nowhere",
                    });
                }
            }
            texts.retain(|(_, environment, _)| {
                self.known.environments.get(*environment) == Some(&true)
            });
            for (at, _, text) in texts {
                if anchor_text(&text.to_ascii_lowercase()).is_none() {
                    let fault = Fault::new(
                        "pack::short-anchor",
                        format!("`{text}` has no run of 4 characters to search for"),
                    )
                    .help("a text that short would be found everywhere; write more of it");
                    self.faults.push(FaultAt {
                        file,
                        path: at,
                        fault,
                        label: "too short to search for",
                    });
                }
            }
        }
        self.derived(&catalogue, dead);
    }

    pub(super) fn derived(&mut self, catalogue: &Catalogue, dead: impl Fn(&str) -> Option<String>) {
        for (file, loaded) in self.pack.files().iter().enumerate() {
            for (index, family) in loaded.content.families.iter().enumerate() {
                for (environment, zone) in zones(family) {
                    if self.known.environments.get(&environment) != Some(&true) {
                        continue;
                    }
                    for label in family.services.keys() {
                        let host = format!("{label}.{zone}");
                        let Classification::Endpoint(endpoint) = catalogue.classify_host(&host)
                        else {
                            continue;
                        };
                        let first = endpoint.replacements.first();
                        if let Some(why) = first.and_then(|r| dead(&r.text)) {
                            let fault = Fault::new(
                                "pack::retired-replacement",
                                format!("{host} would be replaced by a host that {why}"),
                            )
                            .help("give the service `replacements` of its own");
                            let at = path!(Pack::item("families", index), "services", label);
                            self.faults.push(FaultAt {
                                file,
                                path: at,
                                fault,
                                label: "leads nowhere",
                            });
                        }
                    }
                }
            }
        }
    }
}
