//! What makes a pack unfit although its YAML is well formed. Every fault is found, with the place
//! of the row that holds it.

/// Builds the path to a node: keys as texts, list positions as numbers.
macro_rules! path {
    ($base:expr $(, $key:expr)*) => {{
        #[allow(unused_mut)]
        let mut path: Vec<PathStep> = $base.to_vec();
        $( path.push(PathStep::Key($key.to_string())); )*
        path
    }};
}

mod companions;
mod families;
mod reach;
mod rows;
mod rules;

use std::collections::BTreeMap;

use super::load::Pack;
use crate::document::{Fault, PathStep, suggestion};
use crate::kinds::{PathChange, ReplacementRow};

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
        known: KnownIds::new(pack),
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
struct KnownIds {
    environments: BTreeMap<String, bool>,
    sources: Vec<String>,
    services: Vec<String>,
    companions: Vec<String>,
}

impl KnownIds {
    fn new(pack: &Pack) -> Self {
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

struct Inspector<'p> {
    pack: &'p Pack,
    known: KnownIds,
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
        for (file, content) in self.pack.files().iter().enumerate() {
            let Some(header) = &content.content.pack else {
                continue;
            };
            for (field, text) in [("name", &header.name), ("version", &header.version)] {
                if text.is_empty() || text.contains(char::is_whitespace) {
                    let fault = Fault::new(
                        "pack::header",
                        format!("the {field} of a pack is one word, without spaces"),
                    )
                    .help("write it like `my-pack` or `1.0`");
                    self.add(
                        file,
                        path!([PathStep::Key("pack".to_owned())], field),
                        fault,
                        "here",
                    );
                }
            }
        }
    }

    fn replacements(&mut self, file: usize, at: &[PathStep], rows: &[ReplacementRow]) {
        for (index, row) in rows.iter().enumerate() {
            let mut step = at.to_vec();
            step.push(PathStep::Index(index));
            self.sources(file, &path!(step, "sources"), &row.sources);
            self.path_changes(file, &path!(step, "path-changes"), &row.path_changes);
        }
    }

    fn path_changes(&mut self, file: usize, at: &[PathStep], rows: &[PathChange]) {
        for (index, row) in rows.iter().enumerate() {
            let mut step = at.to_vec();
            step.push(PathStep::Index(index));
            for (field, path) in [("from", &row.from), ("to", &row.to)] {
                if !path.starts_with('/') || path.ends_with('/') {
                    let fault = Fault::new(
                        "pack::path",
                        format!("`{path}` is not the beginning of a URL path"),
                    )
                    .help("write whole segments with a slash before each, e.g. `/api/v1`");
                    self.add(file, path!(step, field), fault, "no path");
                }
            }
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
        .help(suggestion(id, &known, &format!("{what}s")));
        self.add(file, at, fault, "not defined");
    }
}
