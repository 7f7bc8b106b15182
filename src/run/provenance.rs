//! Which tree a run is about: git is asked while the files are read.

use std::path::{Path, PathBuf};
use std::thread::{Scope, ScopedJoinHandle};

use super::Options;
use super::worker::Tally;
use crate::facts::{Provenance, RepositoryUsed};
use crate::input::{self, Roots, report_path};

/// The questions about the repositories that the arguments are in.
pub(super) struct Asked<'s>(Vec<ScopedJoinHandle<'s, RepositoryUsed>>);

impl<'s> Asked<'s> {
    /// Asks, unless nobody wants to know.
    pub(super) fn ask<'e>(scope: &'s Scope<'s, 'e>, options: &Options, roots: &'e Roots) -> Self {
        if !options.provenance {
            return Self(Vec::new());
        }
        let mut repositories = input::repositories(&options.paths);
        repositories.extend(roots.repository.clone());
        let ask =
            |repository: PathBuf| scope.spawn(move || input::provenance(&roots.root, &repository));
        Self(repositories.into_iter().map(ask).collect())
    }

    /// The answers, with those about the repositories below.
    pub(super) fn answers(self, below: Vec<RepositoryUsed>) -> Vec<RepositoryUsed> {
        let own = self.0.into_iter();
        own.filter_map(|question| question.join().ok())
            .chain(below)
            .collect()
    }
}

/// Which tree the report is about. `repositories` is what git said.
pub(super) fn of(
    options: &Options,
    roots: Option<&Roots>,
    tally: &Tally,
    mut repositories: Vec<RepositoryUsed>,
) -> Provenance {
    repositories.sort();
    repositories.dedup_by(|one, other| one.path == other.path);
    for repository in &mut repositories {
        repository.files = tally.files_of.get(&repository.path).copied();
    }
    if let [only] = &mut repositories[..]
        && only.path == "."
    {
        only.files = Some(tally.files);
    }
    let path = |path: &Path| match roots {
        Some(roots) => relative(path, roots),
        None => "-".to_owned(),
    };
    Provenance {
        paths: options.paths.iter().map(|p| path(p)).collect(),
        repositories,
    }
}

/// An argument relative to the scan root.
fn relative(path: &Path, roots: &Roots) -> String {
    let place = if path.is_dir() {
        path.canonicalize()
    } else {
        input::place(path)
    };
    let place = place.unwrap_or_else(|_| path.to_path_buf());
    match report_path(place.strip_prefix(&roots.root).unwrap_or(&place)) {
        empty if empty.is_empty() => ".".to_owned(),
        path => path,
    }
}
