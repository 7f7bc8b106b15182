//! Hosts that the tree composes: asked for only where a name with a hole was met.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;

use super::worker::{FAILED, Tally};
use super::{Options, Run, outermost, walk_options};
use crate::catalogue::Catalogue;
use crate::compose::{self, ComposedHosts, ComposedReference, Project};
use crate::engine::is_about_directives;
use crate::facts::{Failure, Notice, Severity, SkipReason, Violation};
use crate::files;
use crate::input::{self, Roots, Visitor, WalkOptions};

impl Run<'_> {
    /// Adds the hosts that the files below some roots compose.
    pub(super) fn add_composed(self, catalogue: &Catalogue, roots: &Roots, tally: &mut Tally) {
        if tally.holes.is_empty() {
            return;
        }
        let paths = list(self.options, roots);
        let open = |path: &str, most: u64| files::read(&roots.root.join(path), most);
        self.add_composed_in(catalogue, &Project::new(paths, &open), tally);
    }

    /// Adds the hosts that some contents compose, each with what the report calls it.
    pub(super) fn add_composed_of(
        self,
        catalogue: &Catalogue,
        contents: &[(&str, &[u8])],
        tally: &mut Tally,
    ) {
        let paths = contents
            .iter()
            .map(|(path, _)| (*path).to_owned())
            .collect();
        let open = |path: &str, most: u64| {
            let mut contents = contents.iter();
            let content =
                contents.find(|(other, bytes)| *other == path && bytes.len() as u64 <= most);
            let content = content.ok_or(io::ErrorKind::NotFound)?;
            Ok(content.1.to_vec())
        };
        self.add_composed_in(catalogue, &Project::new(paths, &open), tally);
    }

    fn add_composed_in(self, catalogue: &Catalogue, project: &Project<'_>, tally: &mut Tally) {
        let mut names = std::mem::take(&mut tally.holes);
        names.sort();
        let mut found = ComposedHosts::default();
        for names in names.chunk_by(|one, other| one.path == other.path) {
            let search = || compose::search(catalogue, project, names, &mut found);
            if catch_unwind(AssertUnwindSafe(search)).is_err() {
                tally.failures.push(Failure {
                    path: names[0].path.clone(),
                    message: FAILED.to_owned(),
                });
            }
        }
        let filled = found.filled.iter().map(|name| {
            let (line, column) = name.at;
            format!("{}:{line}:{column}", name.path)
        });
        let filled: HashSet<String> = filled.collect();
        let is_filled =
            |reason, path: &String| reason == SkipReason::NameWithHole && filled.contains(path);
        tally
            .skipped
            .retain(|(reason, path)| !is_filled(*reason, path));
        let mut by_path: BTreeMap<String, Vec<Violation>> = BTreeMap::new();
        for composed in found.references {
            if let Some(violation) = self.judge_composed(composed) {
                let violations = by_path.entry(violation.path.clone()).or_default();
                violations.push(violation);
            }
        }
        for (path, mut composed) in by_path {
            if let Some(file) = project.file(&path) {
                self.cover(&path, file.bytes().0, &mut composed, tally);
            }
            tally.violations.append(&mut composed);
        }
    }

    /// Applies the directives of a file to what is composed from it.
    fn cover(self, path: &str, bytes: &[u8], composed: &mut [Violation], tally: &mut Tally) {
        let others = tally.violations.iter().filter(|v| v.path == path);
        let others: Vec<Violation> = others.cloned().collect();
        if let Some(notices) = self.engine.cover(path, bytes, &others, composed) {
            let is_about_them = |n: &Notice| n.path == path && is_about_directives(&n.rule);
            tally.notices.retain(|notice| !is_about_them(notice));
            tally.notices.extend(notices);
        }
    }

    fn judge_composed(self, composed: ComposedReference<'_>) -> Option<Violation> {
        let judged = self
            .engine
            .judge
            .judge(composed.reference, &composed.path)?;
        let mut violation = judged.violation;
        violation.related.extend(composed.chain);
        if let Some(by) = composed.overridden {
            violation.severity = violation.severity.min(Severity::Info);
            violation
                .notes
                .push("it is overridden wherever it could be in force".to_owned());
            violation.related.push(by);
        }
        Some(violation)
    }
}

/// The paths of all files below some roots, relative to the scan root.
fn list(options: &Options, roots: &Roots) -> Vec<String> {
    let listed = Mutex::new(Vec::new());
    let folders: Vec<_> = options.paths.iter().filter(|path| path.is_dir()).collect();
    for folder in outermost(&folders).unwrap_or_default() {
        let repository = input::repository_root(&folder);
        let options = WalkOptions {
            asks_provenance: false,
            ..walk_options(options, &folder, roots, repository.as_deref())
        };
        input::walk(&options, &|_| Lister {
            paths: Vec::new(),
            all: &listed,
        });
    }
    let mut paths = listed.into_inner().unwrap_or_default();
    let files = options.paths.iter().filter(|path| !path.is_dir());
    let places = files.filter_map(|file| input::place(file).ok());
    paths.extend(
        places.filter_map(|place| Some(input::report_path(place.strip_prefix(&roots.root).ok()?))),
    );
    paths.sort_unstable();
    paths.dedup();
    paths
}

/// Lists the files of a walk.
struct Lister<'l> {
    paths: Vec<String>,
    all: &'l Mutex<Vec<String>>,
}

impl Visitor for Lister<'_> {
    fn file(&mut self, _: &Path, relative: &str) {
        self.paths.push(relative.to_owned());
    }

    fn skip(&mut self, _: SkipReason, _: String) {}

    fn fail(&mut self, _: Failure) {}
}

impl Drop for Lister<'_> {
    fn drop(&mut self) {
        if let Ok(mut all) = self.all.lock() {
            all.append(&mut self.paths);
        }
    }
}
