//! Each row by itself: its id, dates and sources.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Inspector;
use crate::catalogue::load::{LoadedFile, Pack};
use crate::catalogue::pack_file::PackFile;
use crate::document::{Fault, PathStep};
use crate::kinds::KindRow;

impl Inspector<'_> {
    pub(super) fn file(&mut self, file: usize, loaded: &LoadedFile) {
        let rows = &loaded.content;
        self.maps(file, rows);
        self.families(file, rows);
        for (index, row) in rows.exemptions.iter().enumerate() {
            let at = Pack::item("exemptions", index);
            self.environments(file, &path!(at, "environments"), &row.environments);
            for service in &row.services {
                self.service(file, path!(at, "services"), service);
            }
            self.sources(
                file,
                &path!(at, "source"),
                std::slice::from_ref(&row.source),
            );
        }
        for (section, index, row) in rows.rows_of_kinds() {
            self.row(file, &Pack::item(&section, index), row);
        }
        for (index, row) in rows.look_alikes.iter().enumerate() {
            self.sources(
                file,
                &path!(Pack::item("look-alikes", index), "sources"),
                &row.sources,
            );
        }
        for (index, row) in rows.selectors.iter().enumerate() {
            let at = Pack::item("selectors", index);
            self.environments(
                file,
                &path!(at, "environment"),
                std::slice::from_ref(&row.environment),
            );
            self.sources(file, &path!(at, "sources"), &row.sources);
        }
    }

    fn row(&mut self, file: usize, at: &[PathStep], row: &dyn KindRow) {
        if let Some(environment) = row.environment() {
            self.environments(file, &path!(at, "environment"), &[environment.to_owned()]);
        }
        self.service(file, path!(at, "service"), row.service());
        self.sources(file, &path!(at, "sources"), row.sources());
        self.replacements(file, &path!(at, "replacements"), row.replacements());
    }

    pub(super) fn maps(&mut self, file: usize, rows: &PackFile) {
        for (name, environment) in &rows.environments {
            let at = [
                PathStep::Key("environments".into()),
                PathStep::Key(name.clone()),
            ];
            self.sources(file, &path!(at, "sources"), &environment.sources);
            if let Some(replacement) = &environment.replacement {
                self.environments(
                    file,
                    &path!(at, "replacement"),
                    std::slice::from_ref(replacement),
                );
                if self.known.environments.get(replacement) == Some(&true) {
                    let fault = Fault::new(
                        "pack::retired-replacement",
                        format!("`{name}` is replaced by `{replacement}`, which is itself retired"),
                    )
                    .help("name an environment without a lifecycle");
                    self.add(
                        file,
                        path!(at, "replacement"),
                        fault,
                        "has a lifecycle of its own",
                    );
                }
            }
            if let Some(contact) = &environment.contact {
                let source = std::slice::from_ref(&contact.source);
                self.sources(file, &path!(at, "contact", "source"), source);
            }
            let mut before: Option<Date> = None;
            for (index, entry) in environment.lifecycle.iter().enumerate() {
                let mut step = path!(at, "lifecycle");
                step.push(PathStep::Index(index));
                self.sources(
                    file,
                    &path!(step, "source"),
                    std::slice::from_ref(&entry.source),
                );
                if before.is_some_and(|b| b >= entry.from) {
                    let fault =
                        Fault::new("pack::lifecycle-order", "phases must follow each other").help(
                            "sort the lifecycle by date, each phase later than the one before",
                        );
                    self.add(
                        file,
                        path!(step, "from"),
                        fault,
                        "not later than the phase before",
                    );
                } else {
                    before = Some(entry.from);
                }
            }
        }
        for (id, service) in &rows.services {
            let at = [PathStep::Key("services".into()), PathStep::Key(id.clone())];
            for companion in &service.companions {
                if !self.known.companions.contains(companion) {
                    let known = self.known.companions.clone();
                    self.unknown(
                        file,
                        path!(at, "companions"),
                        "companion",
                        companion,
                        &known,
                    );
                }
            }
            self.replacements(file, &path!(at, "alternatives"), &service.alternatives);
        }
        self.companions(file, rows);
        for (section, names) in [
            ("environments", keys(&rows.environments)),
            ("sources", keys(&rows.sources)),
            ("services", keys(&rows.services)),
            ("companions", keys(&rows.companions)),
            ("rules", keys(&rows.rules)),
        ] {
            for name in names {
                if self.earlier(file, section, name) {
                    let fault = Fault::new(
                        "pack::duplicate",
                        format!("`{name}` of `{section}` is in another file too"),
                    )
                    .help("keep one of them");
                    let at = vec![PathStep::Key(section.into()), PathStep::Key(name.clone())];
                    self.add(file, at, fault, "the second one");
                }
            }
        }
    }

    pub(super) fn earlier(&self, file: usize, section: &str, name: &str) -> bool {
        self.pack.files()[..file].iter().any(|f| {
            let rows = &f.content;
            match section {
                "environments" => rows.environments.contains_key(name),
                "sources" => rows.sources.contains_key(name),
                "services" => rows.services.contains_key(name),
                "companions" => rows.companions.contains_key(name),
                _ => rows.rules.contains_key(name),
            }
        })
    }
}

fn keys<T>(map: &BTreeMap<String, T>) -> Vec<&String> {
    map.keys().collect()
}
