//! The scan root: paths in reports are relative to it, so that they do not depend on the working
//! directory.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::git::repository_root;
use super::report_path;
use crate::facts::Paths;

/// The scan root of a run, and how the user named it.
#[derive(Debug, Clone)]
pub(crate) struct Roots {
    /// The folder that reported paths are relative to, without links.
    pub root: PathBuf,
    /// The git repository that it lies in.
    pub repository: Option<PathBuf>,
    /// What the user would put before a reported path to open the file.
    shown: String,
}

impl Roots {
    /// A scan root that reports show without anything before its paths.
    #[must_use]
    pub(crate) fn new(root: PathBuf, repository: Option<PathBuf>) -> Self {
        Self {
            root,
            repository,
            shown: String::new(),
        }
    }

    /// The scan root of standard input: the working directory.
    #[must_use]
    pub(crate) fn of_working_directory() -> Option<Self> {
        roots(&[PathBuf::from(".")]).ok()
    }

    /// The folder whose links are not trusted: that of the repository, or the scan root.
    #[must_use]
    pub(crate) fn fence(&self) -> &Path {
        self.repository.as_deref().unwrap_or(&self.root)
    }

    /// A reported path as the user would open it.
    #[must_use]
    pub(crate) fn show(&self, path: &str) -> String {
        self.here().show(path)
    }

    /// Reported paths as the user would open them.
    #[must_use]
    pub(crate) fn here(&self) -> Paths {
        Paths::FromHere(self.shown.clone())
    }

    /// Reported paths from the root of the repository, where servers look for them; outside of a
    /// repository from the working directory.
    #[must_use]
    pub(crate) fn repository_paths(&self) -> Paths {
        Paths::FromRepository(match &self.repository {
            Some(repository) => self.prefix_from(repository),
            None => std::env::current_dir()
                .and_then(|here| here.canonicalize())
                .map(|here| self.prefix_from(&here))
                .unwrap_or_default(),
        })
    }

    /// What precedes a reported path from the root of the repository, with a slash at its end;
    /// nothing where the scan root is that of the repository, or in none.
    #[must_use]
    pub(crate) fn in_repository(&self) -> String {
        let prefix = self.repository.as_deref().map(|r| self.prefix_from(r));
        match prefix.unwrap_or_default() {
            prefix if prefix.is_empty() => prefix,
            prefix => format!("{prefix}/"),
        }
    }

    /// The folder to which the entries of a baseline are relative: that of the repository; without one
    /// that of the baseline, without links, if the scan root is in it; otherwise the scan root.
    #[must_use]
    pub(crate) fn folder_of_entries(&self, baseline: Option<&Path>) -> &Path {
        let above = self
            .root
            .ancestors()
            .find(|folder| baseline == Some(folder));
        let folder = self.repository.as_deref().or(above);
        folder.unwrap_or(&self.root)
    }

    /// What comes before a reported path in an entry of a baseline.
    #[must_use]
    pub(crate) fn prefix_of_entries(&self, baseline: Option<&Path>) -> String {
        match self.prefix_from(self.folder_of_entries(baseline)) {
            prefix if prefix.is_empty() => prefix,
            prefix => format!("{prefix}/"),
        }
    }

    /// The way from the scan root down to `folder`, with slashes, when it lies in the root.
    #[must_use]
    pub(crate) fn prefix_to(&self, folder: &Path) -> String {
        folder
            .strip_prefix(&self.root)
            .map(report_path)
            .unwrap_or_default()
    }

    /// The way from `folder` down to the scan root, with slashes, when the root lies in it.
    #[must_use]
    pub(crate) fn prefix_from(&self, folder: &Path) -> String {
        self.root
            .strip_prefix(folder)
            .map(report_path)
            .unwrap_or_default()
    }
}

/// A folder as the user would name it; empty for the working directory.
#[must_use]
pub(crate) fn folder_from_here(folder: &Path) -> String {
    match shown_from_here(folder) {
        shown if shown == "/" => shown,
        shown => shown.trim_end_matches('/').to_owned(),
    }
}

/// What the arguments of a run cover.
#[derive(Debug, Clone)]
pub(crate) struct ScanScope(Vec<PathBuf>);

impl ScanScope {
    /// The scope of arguments that exist.
    #[must_use]
    pub(crate) fn new(arguments: &[PathBuf]) -> Self {
        let place = |argument: &PathBuf| {
            if argument.is_dir() {
                argument.canonicalize()
            } else {
                super::place(argument)
            }
        };
        Self(arguments.iter().filter_map(|a| place(a).ok()).collect())
    }

    /// Whether a path without links is an argument, or lies in one.
    #[must_use]
    pub(crate) fn covers(&self, path: &Path) -> bool {
        self.0.iter().any(|place| path.starts_with(place))
    }
}

/// The scan root for arguments: the folder itself for one folder; otherwise the git repository
/// that holds all of them, or else the folder nearest above all of them.
///
/// # Errors
/// When an argument does not exist, with the argument.
pub(crate) fn roots(arguments: &[PathBuf]) -> Result<Roots, (PathBuf, io::Error)> {
    let canonical = |path: &Path| {
        path.canonicalize()
            .map_err(|error| (path.to_path_buf(), error))
    };
    if let [one] = arguments {
        let path = canonical(one)?;
        if path.is_dir() {
            let shown = match report_path(one) {
                shown if shown.is_empty() => shown,
                shown if shown.ends_with('/') => shown,
                shown => format!("{shown}/"),
            };
            return Ok(Roots {
                repository: repository_root(&path),
                root: path,
                shown,
            });
        }
    }
    let mut common: Option<PathBuf> = None;
    for argument in arguments {
        // A link given as an argument counts where it is, not where it leads.
        let parent = argument.parent().filter(|p| !p.as_os_str().is_empty());
        let folder = if argument.is_dir() {
            canonical(argument)?
        } else {
            argument
                .symlink_metadata()
                .map_err(|error| (argument.clone(), error))?;
            canonical(parent.unwrap_or(Path::new(".")))?
        };
        common = Some(match common {
            None => folder,
            Some(before) => shared(&before, &folder),
        });
    }
    let common = match common {
        Some(common) => common,
        None => canonical(Path::new("."))?,
    };
    let repository = repository_root(&common);
    let root = repository.clone().unwrap_or(common);
    Ok(Roots {
        shown: shown_from_here(&root),
        root,
        repository,
    })
}

fn shared(a: &Path, b: &Path) -> PathBuf {
    a.components()
        .zip(b.components())
        .take_while(|(x, y)| x == y)
        .map(|(x, _)| x)
        .collect()
}

/// The way from the working directory to `root`.
fn shown_from_here(root: &Path) -> String {
    let here = std::env::current_dir().and_then(|d| d.canonicalize());
    let Ok(here) = here else {
        return format!("{}/", report_path(root));
    };
    if let Ok(below) = root.strip_prefix(&here) {
        let below = report_path(below);
        return if below.is_empty() {
            below
        } else {
            format!("{below}/")
        };
    }
    if let Ok(above) = here.strip_prefix(root) {
        let steps = above
            .components()
            .filter(|c| matches!(c, Component::Normal(_)))
            .count();
        return "../".repeat(steps);
    }
    format!("{}/", report_path(root))
}
