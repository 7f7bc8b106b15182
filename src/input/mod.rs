//! Where bytes come from: a folder, named files, or standard input.

mod again;
pub mod changes;
mod folder;
mod git;
mod process;
mod repository;
mod root;
mod walk;

pub use again::{Again, read_again};
pub use git::{ignores, repository_root};
pub use root::{Roots, Scope, roots};
pub(crate) use walk::is_hidden;
pub use walk::{Visitor, WalkOptions, link, walk};

use std::path::{Path, PathBuf};

/// Where a file given as an argument is: its folder without links, and its own name. A link counts where
/// it is, not where it leads.
///
/// # Errors
/// When the folder does not exist.
pub fn place(path: &Path) -> std::io::Result<PathBuf> {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new(".")).canonicalize()?;
    Ok(folder.join(path.file_name().unwrap_or_default()))
}

/// A path for reports: forward slashes, no `./`.
#[must_use]
pub fn report_path(path: &Path) -> String {
    if let Some(text) = path.to_str()
        && !cfg!(windows)
        && !text.starts_with('.')
        && !text.contains("//")
        && !text.contains("/.")
        && !text.ends_with('/')
    {
        return text.to_owned();
    }
    let parts: Vec<String> = path
        .components()
        .filter(|c| !matches!(c, std::path::Component::CurDir))
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    // The root component is a slash itself.
    parts.join("/").replace("//", "/")
}
