//! Families: the shape of their hosts, their services, and zones that two of them claim.

use std::collections::BTreeMap;

use super::Inspector;
use crate::catalogue::compile::zones;
use crate::catalogue::load::Pack;
use crate::catalogue::model::UnknownService;
use crate::catalogue::pack_file::PackFile;
use crate::document::{Fault, PathStep};

impl Inspector<'_> {
    pub(super) fn families(&mut self, file: usize, rows: &PackFile) {
        for (index, family) in rows.families.iter().enumerate() {
            let at = Pack::item("families", index);
            self.sources(file, &path!(at, "sources"), &family.sources);
            let services = family.host.matches("{service}").count();
            let sound = family.host.matches("{environment}").count() == 1
                && (services == 0 || services == 1 && family.host.starts_with("{service}."));
            if !sound {
                let fault = Fault::new("pack::family-shape", "this is not a shape of host names")
                    .help("write `{environment}` once, and `{service}.` at the beginning or not at all");
                self.add(
                    file,
                    path!(at, "host"),
                    fault,
                    "holes are missing or misplaced",
                );
            }
            if (services == 0) != family.service.is_some() {
                let fault = Fault::new("pack::family-service", "a family has `{service}` in its shape or one `service`")
                    .help("write the services by label under `services`, or the one service under `service`");
                self.add(
                    file,
                    path!(at, "host"),
                    fault,
                    "shape and services do not agree",
                );
            }
            if services == 1
                && family.default_service.is_none()
                && family.unknown_service == UnknownService::Likely
            {
                let fault = Fault::new(
                    "pack::family-default",
                    "hosts with an unlisted service label would belong to no service",
                )
                .help("name a `default-service`, or write `unknown-service: ignore`");
                self.add(file, path!(at, "host"), fault, "no default service");
            }
            for (environment, spelling) in &family.environments {
                let step = path!(at, "environments", environment);
                self.environments(file, &step.clone(), std::slice::from_ref(environment));
                self.sources(file, &step.clone(), &spelling.sources);
                if spelling.labels.is_empty() {
                    let fault = Fault::new(
                        "pack::family-labels",
                        format!("`{environment}` has no label"),
                    )
                    .help("write how the family spells it; an empty text for no label at all");
                    self.add(file, step, fault, "no label");
                }
            }
            let listed = family
                .services
                .iter()
                .map(|(label, entry)| (path!(at, "services", label), entry));
            let one = family
                .service
                .iter()
                .map(|entry| (path!(at, "service"), entry));
            for (step, entry) in listed.chain(one).collect::<Vec<_>>() {
                self.service(file, path!(step, "service"), &entry.service);
                self.replacements(file, &path!(step, "replacements"), &entry.replacements);
                self.path_changes(file, &path!(step, "path-changes"), &entry.path_changes);
                for (environment, known) in &entry.known_in {
                    let step = path!(step, "known-in", environment);
                    self.environments(file, &step.clone(), std::slice::from_ref(environment));
                    self.sources(file, &step.clone(), &known.sources);
                }
            }
            if let Some(service) = &family.default_service {
                self.service(file, path!(at, "default-service"), service);
            }
            for (number, refinement) in family.refinements.iter().enumerate() {
                let mut step = path!(at, "refinements");
                step.push(PathStep::Index(number));
                self.service(file, path!(step, "service"), &refinement.service);
                self.environments(file, &path!(step, "environments"), &refinement.environments);
                self.sources(file, &path!(step, "sources"), &refinement.sources);
            }
        }
    }

    pub(super) fn zones(&mut self) {
        let mut claimed: BTreeMap<String, String> = BTreeMap::new();
        for (file, loaded) in self.pack.files().iter().enumerate() {
            for (index, family) in loaded.content.families.iter().enumerate() {
                for (_, zone) in zones(family) {
                    if let Some(other) = claimed.insert(zone.clone(), family.id.clone()) {
                        let fault = Fault::new(
                            "pack::overlap",
                            format!(
                                "the families `{other}` and `{}` both claim {zone}",
                                family.id
                            ),
                        )
                        .help("a host name must have one reading: narrow one of the families");
                        self.add(
                            file,
                            path!(Pack::item("families", index), "host"),
                            fault,
                            "claims it again",
                        );
                    }
                }
            }
        }
    }
}
