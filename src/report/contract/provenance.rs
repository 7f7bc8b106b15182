//! Which tree a report is about, in JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::facts;

/// A repository whose files were checked.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RepositoryUsed")]
pub(crate) struct JsonRepositoryUsed<'r> {
    /// Where it is, relative to the scan root; `.` is the repository that the scan root is in.
    pub path: &'r str,
    /// The way from its root down to the scan root; empty when they are the same, or when the
    /// repository is below the scan root.
    pub folder: &'r str,
    /// What it is called at its remote, such as `owner/name`; null without a remote.
    pub name: Option<&'r str>,
    /// The URL of its remote, without credentials; null without one, or when it is a folder.
    pub remote: Option<&'r str>,
    /// The branch; null when none is checked out.
    pub branch: Option<&'r str>,
    /// The commit, in hex; null before the first one, or when git gave no answer.
    pub commit: Option<&'r str>,
    /// Whether files below the scan root differ from that commit, or are not in it and not ignored;
    /// null when git cannot tell.
    pub dirty: Option<bool>,
    /// Files of it that were checked; null when they were not counted apart.
    pub files: Option<u64>,
    /// Violations in it, without those of a repository within it.
    pub violations: u64,
}

/// The repositories of a run, with how many violations there are in each.
#[must_use]
pub(crate) fn repositories<'r>(
    repositories: &'r [facts::RepositoryUsed],
    counts: &[u64],
) -> Vec<JsonRepositoryUsed<'r>> {
    repositories
        .iter()
        .zip(counts)
        .map(|(fact, &violations)| JsonRepositoryUsed {
            path: &fact.path,
            folder: &fact.folder,
            name: fact.name.as_deref(),
            remote: fact.remote.as_deref(),
            branch: fact.branch.as_deref(),
            commit: fact.commit.as_deref(),
            dirty: fact.is_dirty,
            files: fact.files,
            violations,
        })
        .collect()
}
