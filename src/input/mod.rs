//! Where bytes come from: a folder, named files, or standard input.

mod again;
pub(crate) mod changes;
mod folder;
mod git;
mod process;
mod provenance;
mod repository;
mod root;
mod walk;

pub(crate) use again::{Again, read_again};
pub(crate) use git::{ignores, repository_root};
pub(crate) use provenance::{provenance, repositories, repository_path};
pub(crate) use root::{Roots, ScanScope, folder_from_here, roots};
pub(crate) use walk::is_hidden;
pub(crate) use walk::{Visitor, WalkOptions, link, walk};

use std::path::{Path, PathBuf};

use crate::text::{bytes_of_name, shown_name};

/// Says whether standard input is among the paths of a command.
#[must_use]
pub(crate) fn names_stdin(paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| path.as_os_str() == "-")
}

/// Where a file given as an argument is: its folder without links, and its own name. A link counts where
/// it is, not where it leads.
///
/// # Errors
/// When the folder does not exist.
pub(crate) fn place(path: &Path) -> std::io::Result<PathBuf> {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new(".")).canonicalize()?;
    Ok(folder.join(path.file_name().unwrap_or_default()))
}

/// What a file is called from the working directory, which need not exist: without `./`, and relative if it
/// is in that folder.
#[must_use]
pub(crate) fn name_from_here(name: &str) -> String {
    let path = Path::new(name);
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let (Ok(here), Ok(mut absolute)) = (here, std::path::absolute(path)) else {
        return name.to_owned();
    };
    if let Ok(place) = place(&absolute) {
        absolute = place;
    }
    match absolute.strip_prefix(&here) {
        Ok(inside) => report_path(inside),
        Err(_) => report_path(path),
    }
}

/// The path that a report shows as `shown`.
#[must_use]
pub(crate) fn path_of_report(shown: &str) -> PathBuf {
    if cfg!(unix) {
        git::path(&bytes_of_name(shown))
    } else {
        PathBuf::from(shown)
    }
}

/// A path for reports: forward slashes, no `./`.
#[must_use]
pub(crate) fn report_path(path: &Path) -> String {
    if let Some(text) = path.to_str()
        && !cfg!(windows)
        && !text.starts_with('.')
        && !text.contains("\\x")
        && !text.contains("//")
        && !text.contains("/.")
        && !text.ends_with('/')
    {
        return text.to_owned();
    }
    let parts: Vec<String> = path
        .components()
        .filter(|c| !matches!(c, std::path::Component::CurDir))
        .map(|c| shown_name(c.as_os_str().as_encoded_bytes()))
        .collect();
    // The root component is a slash itself.
    parts.join("/").replace("//", "/")
}
