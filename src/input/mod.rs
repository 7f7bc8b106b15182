//! Where bytes come from: a folder, named files, or standard input.

mod git;
mod root;
mod walk;

pub use git::repository_root;
pub use root::{Roots, roots};
pub use walk::{Visitor, WalkOptions, walk};

use std::path::Path;

/// A path for reports: forward slashes, no `./`.
#[must_use]
pub fn report_path(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .filter(|c| !matches!(c, std::path::Component::CurDir))
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    let joined = parts.join("/");
    // The root component is a slash itself.
    joined.replace("//", "/")
}
