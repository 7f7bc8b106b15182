//! Which tree a report is about, in words.

use super::wording::plural;
use crate::facts::{Report, RepositoryUsed};
use crate::text::printable;

/// Characters of a commit that readers are shown.
const SHORT: usize = 12;

/// A line for each repository: what it is, its state, and what was found in it when there are several.
pub(crate) fn lines(report: &Report) -> Vec<String> {
    let repositories = &report.provenance.repositories;
    let counts = report.violations_by_repository();
    let is_only = repositories.len() == 1;
    let each = repositories.iter().zip(counts);
    each.map(|(repository, count)| {
        let state = state(repository);
        if is_only {
            return format!("Repository: {state}.");
        }
        let path = printable(&repository.path);
        format!("Repository {path}: {}; {state}.", found(repository, count))
    })
    .collect()
}

/// How many violations were found in how many files.
pub(super) fn found(repository: &RepositoryUsed, count: u64) -> String {
    let violations = match count {
        0 => "no violations".to_owned(),
        count => plural(count, "violation"),
    };
    match repository.files {
        Some(files) => format!("{violations} in {}", plural(files, "file")),
        None => violations,
    }
}

/// What a repository is called and what is checked out there.
pub(super) fn state(repository: &RepositoryUsed) -> String {
    let named = repository.remote.as_deref().map(printable);
    let branch = match &repository.branch {
        Some(branch) => format!("branch {}", printable(branch)),
        None => "no branch".to_owned(),
    };
    let commit = match &repository.commit {
        Some(commit) => {
            let short: String = printable(commit).chars().take(SHORT).collect();
            format!("commit {short}{}", change(repository))
        }
        None => "no commit".to_owned(),
    };
    let parts = [named, Some(branch), Some(commit)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn change(repository: &RepositoryUsed) -> &'static str {
    match repository.is_dirty {
        Some(true) => " with changes",
        Some(false) => "",
        None => ", changes unknown",
    }
}

/// Whether there are changes, in a word.
pub(super) fn dirty(repository: &RepositoryUsed) -> &'static str {
    match repository.is_dirty {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    }
}

/// The tree as names and values: paths, repositories, configurations.
pub(super) fn properties(report: &Report) -> Vec<(String, String)> {
    let provenance = &report.provenance;
    let mut all = Vec::new();
    let paths: Vec<String> = provenance
        .paths
        .iter()
        .map(|path| printable(path))
        .collect();
    if !paths.is_empty() {
        all.push(("paths".to_owned(), paths.join(" ")));
    }
    for repository in &provenance.repositories {
        let path = printable(&repository.path);
        let mut add = |what: &str, value: Option<&str>| {
            let named = value.map(|value| (format!("repository:{path}:{what}"), printable(value)));
            all.extend(named);
        };
        add("remote", repository.remote.as_deref());
        add("branch", repository.branch.as_deref());
        add("commit", repository.commit.as_deref());
        add("dirty", Some(dirty(repository)));
    }
    for used in &report.configurations {
        let name = format!("configuration:{}", printable(&used.path));
        all.push((name, format!("sha256:{}", used.digest)));
    }
    all
}
