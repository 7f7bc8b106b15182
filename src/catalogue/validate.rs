//! What makes a pack unfit although its YAML is well formed. Every fault is found, with the place
//! of the row that holds it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::compile::{Catalogue, zones};
use super::load::{LoadedFile, Pack};
use super::model::{Confidence, PackFile, ReferenceKind, ReplacementRow, UnknownService};
use super::{Classification, anchor_text};
use crate::document::{Fault, PathStep};

/// A fault and where it is: file index, path and label.
pub(super) struct FaultAt {
    pub file: usize,
    pub path: Vec<PathStep>,
    pub fault: Fault,
    pub label: &'static str,
}

/// All semantic faults of a pack.
pub(super) fn faults(pack: &Pack) -> Vec<FaultAt> {
    let mut inspector = Inspector {
        pack,
        known: Known::of(pack),
        faults: Vec::new(),
    };
    inspector.header();
    for (file, content) in pack.files().iter().enumerate() {
        inspector.file(file, content);
    }
    inspector.zones();
    inspector.rules();
    if inspector.faults.is_empty() {
        inspector.compiled();
    }
    let mut faults = inspector.faults;
    faults.sort_by_key(|f| f.file);
    faults
}

/// The ids that rows may cite.
struct Known {
    environments: BTreeMap<String, bool>,
    sources: Vec<String>,
    services: Vec<String>,
    companions: Vec<String>,
}

impl Known {
    fn of(pack: &Pack) -> Self {
        Self {
            environments: pack
                .entries(|f| &f.environments)
                .map(|(name, e)| (name.clone(), !e.lifecycle.is_empty()))
                .collect(),
            sources: pack
                .entries(|f| &f.sources)
                .map(|(id, _)| id.clone())
                .collect(),
            services: pack
                .entries(|f| &f.services)
                .map(|(id, _)| id.clone())
                .collect(),
            companions: pack
                .entries(|f| &f.companions)
                .map(|(id, _)| id.clone())
                .collect(),
        }
    }
}

/// Builds the path to a node: keys as texts, list positions as numbers.
macro_rules! path {
    ($base:expr $(, $key:expr)*) => {{
        #[allow(unused_mut)]
        let mut path: Vec<PathStep> = $base.to_vec();
        $( path.push(PathStep::Key($key.to_string())); )*
        path
    }};
}

struct Inspector<'p> {
    pack: &'p Pack,
    known: Known,
    faults: Vec<FaultAt>,
}

impl Inspector<'_> {
    fn add(&mut self, file: usize, path: Vec<PathStep>, fault: Fault, label: &'static str) {
        self.faults.push(FaultAt {
            file,
            path,
            fault,
            label,
        });
    }

    fn header(&mut self) {
        let count = self
            .pack
            .files()
            .iter()
            .filter(|f| f.content.pack.is_some())
            .count();
        if count != 1 {
            let fault = Fault::new(
                "pack::header",
                format!("a pack has exactly one `pack:` section, this one has {count}"),
            )
            .help("write `pack: {name: ..., version: ..., title: ...}` into one of its files");
            self.add(0, Vec::new(), fault, "in this pack");
        }
    }

    fn file(&mut self, file: usize, loaded: &LoadedFile) {
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
        for (index, row) in rows.endpoints.iter().enumerate() {
            let at = Pack::item("endpoints", index);
            self.row(
                file,
                &at,
                Some(&row.environment),
                &row.service,
                &row.sources,
                &row.replacements,
            );
            if let Some(date) = &row.retired {
                self.month(file, path!(at, "retired"), date);
            }
        }
        for (index, row) in rows.look_alikes.iter().enumerate() {
            self.sources(
                file,
                &path!(Pack::item("look-alikes", index), "sources"),
                &row.sources,
            );
        }
        for (index, row) in rows.identifiers.iter().enumerate() {
            let at = Pack::item("identifiers", index);
            self.row(
                file,
                &at,
                Some(&row.environment),
                &row.service,
                &row.sources,
                &row.replacements,
            );
        }
        for (index, row) in rows.certificates.iter().enumerate() {
            let at = Pack::item("certificates", index);
            self.row(
                file,
                &at,
                row.environment.as_ref(),
                &row.service,
                &row.sources,
                &row.replacements,
            );
        }
        for (index, row) in rows.addresses.iter().enumerate() {
            let at = Pack::item("addresses", index);
            self.row(
                file,
                &at,
                Some(&row.environment),
                &row.service,
                &row.sources,
                &row.replacements,
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

    fn row(
        &mut self,
        file: usize,
        at: &[PathStep],
        environment: Option<&String>,
        service: &str,
        sources: &[String],
        replacements: &[ReplacementRow],
    ) {
        if let Some(environment) = environment {
            self.environments(
                file,
                &path!(at, "environment"),
                std::slice::from_ref(environment),
            );
        }
        self.service(file, path!(at, "service"), service);
        self.sources(file, &path!(at, "sources"), sources);
        self.replacements(file, &path!(at, "replacements"), replacements);
    }

    fn maps(&mut self, file: usize, rows: &PackFile) {
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
                        format!(
                            "`{name}` is to be replaced by `{replacement}`, which is itself retired"
                        ),
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
            let mut before: Option<Date> = None;
            for (index, entry) in environment.lifecycle.iter().enumerate() {
                let mut step = path!(at, "lifecycle");
                step.push(PathStep::Index(index));
                self.sources(
                    file,
                    &path!(step, "source"),
                    std::slice::from_ref(&entry.source),
                );
                match entry.from.parse::<Date>() {
                    Ok(date) if before.is_some_and(|b| b >= date) => {
                        let fault = Fault::new(
                            "pack::lifecycle-order",
                            "phases must follow each other",
                        )
                        .help("sort the lifecycle by date, each phase later than the one before");
                        self.add(
                            file,
                            path!(step, "from"),
                            fault,
                            "not later than the phase before",
                        );
                    }
                    Ok(date) => before = Some(date),
                    Err(_) => self.date(file, path!(step, "from"), &entry.from),
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
        for (id, companion) in &rows.companions {
            let at = [
                PathStep::Key("companions".into()),
                PathStep::Key(id.clone()),
            ];
            self.sources(
                file,
                &path!(at, "source"),
                std::slice::from_ref(&companion.source),
            );
        }
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

    /// Whether an earlier file has this entry too.
    fn earlier(&self, file: usize, section: &str, name: &str) -> bool {
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

    fn families(&mut self, file: usize, rows: &PackFile) {
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
                for (environment, known) in &entry.known_in {
                    let step = path!(step, "known-in", environment);
                    self.environments(file, &step.clone(), std::slice::from_ref(environment));
                    self.sources(file, &step.clone(), &known.sources);
                    if let Some(date) = &known.retired {
                        self.month(file, path!(step, "retired"), date);
                    }
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

    fn replacements(&mut self, file: usize, at: &[PathStep], rows: &[ReplacementRow]) {
        for (index, row) in rows.iter().enumerate() {
            let mut step = at.to_vec();
            step.push(PathStep::Index(index));
            self.sources(file, &path!(step, "sources"), &row.sources);
        }
    }

    fn environments(&mut self, file: usize, at: &[PathStep], names: &[String]) {
        for name in names {
            if !self.known.environments.contains_key(name) {
                let known: Vec<String> = self.known.environments.keys().cloned().collect();
                self.unknown(file, at.to_vec(), "environment", name, &known);
            }
        }
    }

    fn service(&mut self, file: usize, at: Vec<PathStep>, id: &str) {
        if !self.known.services.iter().any(|s| s == id) {
            let known = self.known.services.clone();
            self.unknown(file, at, "service", id, &known);
        }
    }

    fn sources(&mut self, file: usize, at: &[PathStep], ids: &[String]) {
        if ids.is_empty() {
            let fault = Fault::new("pack::no-source", "this row has no source").help(
                "cite at least one id of `sources:`; what nobody can look up is not reported",
            );
            self.add(file, at.to_vec(), fault, "no source");
        }
        for id in ids {
            if !self.known.sources.contains(id) {
                let known = self.known.sources.clone();
                self.unknown(file, at.to_vec(), "source", id, &known);
            }
        }
    }

    fn unknown(&mut self, file: usize, at: Vec<PathStep>, what: &str, id: &str, known: &[String]) {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let fault = Fault::new(
            "pack::unknown-id",
            format!("there is no {what} `{id}` in this pack"),
        )
        .help(crate::document::suggestion(id, &known, &format!("{what}s")));
        self.add(file, at, fault, "not defined");
    }

    fn date(&mut self, file: usize, at: Vec<PathStep>, text: &str) {
        let fault = Fault::new("pack::date", format!("`{text}` is not a date"))
            .help("write the day as \"YYYY-MM-DD\", in quotes");
        self.add(file, at, fault, "not a day of the calendar");
    }

    /// A day or, where only that is known, a month.
    fn month(&mut self, file: usize, at: Vec<PathStep>, text: &str) {
        let day = if text.len() == 7 {
            format!("{text}-01")
        } else {
            text.to_owned()
        };
        if day.parse::<Date>().is_err() {
            self.date(file, at, text);
        }
    }

    fn zones(&mut self) {
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

    fn rules(&mut self) {
        let mut covered = Vec::new();
        for (file, loaded) in self.pack.files().iter().enumerate() {
            for (id, rule) in &loaded.content.rules {
                let at = vec![PathStep::Key("rules".into()), PathStep::Key(id.clone())];
                self.environments(
                    file,
                    &path!(at, "environment"),
                    std::slice::from_ref(&rule.environment),
                );
                covered.push((rule.environment.clone(), rule.reference));
                let (with, without): (Vec<_>, Vec<_>) =
                    rule.examples.iter().partition(|e| !e.matches.is_empty());
                if with.is_empty() || without.is_empty() {
                    let fault = Fault::new(
                        "pack::no-examples",
                        format!("the rule `{id}` has no example {}", if with.is_empty() { "that it matches" } else { "that it leaves alone" }),
                    )
                    .help("write at least one `examples` entry with matches and one with `matches: []`");
                    self.add(file, at, fault, "a rule is only as good as its examples");
                }
            }
        }
        for (file, loaded) in self.pack.files().iter().enumerate() {
            for (kind, section, environments) in uses(&loaded.content) {
                for environment in environments {
                    let retired = self.known.environments.get(&environment) == Some(&true);
                    if retired && !covered.contains(&(environment.clone(), kind)) {
                        let fault = Fault::new(
                            "pack::no-rule",
                            format!("no rule reports a {kind:?} of {environment}").to_lowercase(),
                        )
                        .help(format!(
                            "add a rule with `environment: {environment}` and that reference"
                        ));
                        self.add(
                            file,
                            vec![PathStep::Key(section.to_owned())],
                            fault,
                            "would never be reported",
                        );
                    }
                }
            }
        }
    }

    /// Checks that need lookups: replacements that lead nowhere and texts that cannot be found.
    fn compiled(&mut self) {
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
            let mut rows: Vec<(Vec<PathStep>, &ReplacementRow)> = Vec::new();
            let mut texts: Vec<(Vec<PathStep>, String)> = Vec::new();
            let content = &loaded.content;
            let retired = |e: &str| self.known.environments.get(e) == Some(&true);
            for (index, family) in content.families.iter().enumerate() {
                let at = Pack::item("families", index);
                for (label, entry) in &family.services {
                    rows.extend(
                        entry
                            .replacements
                            .iter()
                            .map(|r| (path!(at, "services", label), r)),
                    );
                }
                for (environment, zone) in zones(family) {
                    if retired(&environment) {
                        texts.push((path!(at, "host"), zone));
                    }
                }
            }
            for (index, row) in content.endpoints.iter().enumerate() {
                let at = Pack::item("endpoints", index);
                rows.extend(
                    row.replacements
                        .iter()
                        .map(|r| (path!(at, "replacements"), r)),
                );
                if retired(&row.environment) {
                    texts.push((path!(at, "host"), row.host.clone()));
                }
            }
            for (index, row) in content.identifiers.iter().enumerate() {
                let at = Pack::item("identifiers", index);
                rows.extend(
                    row.replacements
                        .iter()
                        .map(|r| (path!(at, "replacements"), r)),
                );
                if retired(&row.environment) {
                    texts.push((path!(at, "text"), row.text.clone()));
                }
            }
            for (index, row) in content.addresses.iter().enumerate() {
                let at = Pack::item("addresses", index);
                rows.extend(
                    row.replacements
                        .iter()
                        .map(|r| (path!(at, "replacements"), r)),
                );
                if retired(&row.environment) {
                    texts.push((path!(at, "address"), row.address.clone()));
                }
            }
            for (id, service) in &content.services {
                let at = [PathStep::Key("services".into()), PathStep::Key(id.clone())];
                rows.extend(
                    service
                        .alternatives
                        .iter()
                        .map(|r| (path!(at, "alternatives"), r)),
                );
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
            for (at, text) in texts {
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

    /// Replacements that follow from a family and are themselves retired.
    fn derived(&mut self, catalogue: &Catalogue, dead: impl Fn(&str) -> Option<String>) {
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

fn keys<T>(map: &BTreeMap<String, T>) -> Vec<&String> {
    map.keys().collect()
}

/// The kinds of reference that a file's rows give rise to, with their environments.
fn uses(rows: &PackFile) -> Vec<(ReferenceKind, &'static str, Vec<String>)> {
    let families = rows
        .families
        .iter()
        .flat_map(|f| f.environments.iter())
        // A family that only speculates needs a rule too, but so does every other.
        .filter(|(_, spelling)| spelling.confidence != Some(Confidence::Speculative))
        .map(|(name, _)| name.clone())
        .collect();
    vec![
        (ReferenceKind::Host, "families", families),
        (
            ReferenceKind::Host,
            "endpoints",
            rows.endpoints
                .iter()
                .map(|r| r.environment.clone())
                .collect(),
        ),
        (
            ReferenceKind::Host,
            "addresses",
            rows.addresses
                .iter()
                .map(|r| r.environment.clone())
                .collect(),
        ),
        (
            ReferenceKind::Identifier,
            "identifiers",
            rows.identifiers
                .iter()
                .map(|r| r.environment.clone())
                .collect(),
        ),
        (
            ReferenceKind::Certificate,
            "certificates",
            rows.certificates
                .iter()
                .filter_map(|r| r.environment.clone())
                .collect(),
        ),
    ]
}
