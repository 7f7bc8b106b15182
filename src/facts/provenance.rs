//! Which tree a report is about.

use std::collections::HashMap;

use super::Report;

/// What was checked, and the repositories that it is in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// What the run was asked to check, relative to the scan root; `.` is the root itself, and `-` is
    /// standard input.
    pub paths: Vec<String>,
    /// The repositories, by path; empty when none was read or none was asked about.
    pub repositories: Vec<RepositoryUsed>,
}

/// A repository whose files were checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RepositoryUsed {
    /// Where it is, relative to the scan root; `.` is the repository that the scan root is in.
    pub path: String,
    /// The way from its root down to the scan root; empty when they are the same, or when the
    /// repository is below the scan root.
    pub folder: String,
    /// What it is called at its remote, such as `owner/name`.
    pub name: Option<String>,
    /// The URL of its remote, without credentials.
    pub remote: Option<String>,
    /// The branch; null when none is checked out.
    pub branch: Option<String>,
    /// The commit, in hex; null before the first one, or when git gave no answer.
    pub commit: Option<String>,
    /// Whether files below the scan root differ from that commit, or are not in it and not ignored;
    /// null when git cannot tell.
    pub is_dirty: Option<bool>,
    /// Files of it that were checked; null when they were not counted apart.
    pub files: Option<u64>,
}

impl RepositoryUsed {
    /// The repository at a path, of which nothing else is known.
    #[must_use]
    pub fn at(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            ..Self::default()
        }
    }
}

impl Report {
    /// How many violations there are in each repository, in their order. One in a repository within
    /// another belongs to the inner one.
    #[must_use]
    pub fn violations_by_repository(&self) -> Vec<u64> {
        let repositories = &self.provenance.repositories;
        let places: HashMap<&str, usize> = repositories
            .iter()
            .enumerate()
            .map(|(number, repository)| (repository.path.as_str(), number))
            .collect();
        let mut counts = vec![0; repositories.len()];
        for violation in &self.violations {
            let path = violation.path.as_str();
            let slashes = path.rmatch_indices('/').map(|(at, _)| &path[..at]);
            let above = std::iter::once(path).chain(slashes).chain(["."]);
            if let Some(number) = above.into_iter().find_map(|folder| places.get(folder)) {
                counts[*number] += 1;
            }
        }
        counts
    }
}
