//! Finding the configuration: at the root of the git repository, or outside of one at the scan root. So a file
//! has the same configuration whatever the arguments and the working directory are.

use std::io;
use std::path::{Path, PathBuf};

use super::NAMES;
use crate::files;

/// A configuration file.
#[derive(Debug, Clone)]
pub(crate) struct Discovered {
    /// Where it is.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// Why no configuration is used although there is one.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DiscoverError {
    /// It cannot be read, or must not be.
    #[error("the configuration {} cannot be read", .0.display())]
    Unreadable(PathBuf, #[source] io::Error),
    /// There are several names for one.
    #[error("{} and {} are both configurations", .0.display(), .1.display())]
    Several(PathBuf, PathBuf),
}

/// Looks for a configuration. `root` is the scan root, `repository` the root of the git repository
/// it lies in. The scanned files are not trusted: a link out of the folder is not followed, and
/// only regular files are opened.
///
/// # Errors
/// When something is there that cannot be read, or must not be read, or when there are two.
pub(crate) fn discover(
    root: &Path,
    repository: Option<&Path>,
) -> Result<Option<Discovered>, DiscoverError> {
    let folder = repository.unwrap_or(root);
    let mut found: Option<Discovered> = None;
    for name in NAMES {
        let path = folder.join(name);
        match read(folder, &path) {
            Ok(_) if found.is_some() => {
                let first = found.map(|found| found.path).unwrap_or_default();
                return Err(DiscoverError::Several(first, path));
            }
            Ok(text) => found = Some(Discovered { path, text }),
            Err(error) if is_missing(&error) => {}
            Err(error) => return Err(DiscoverError::Unreadable(path, error)),
        }
    }
    Ok(found)
}

/// Says whether a file has a name that shows it to be a configuration wherever it is: one of the first
/// two [`NAMES`].
#[must_use]
pub(crate) fn has_usual_name(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    NAMES[..2].contains(&name)
}

fn is_missing(error: &io::Error) -> bool {
    let kinds = [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory];
    kinds.contains(&error.kind())
}

fn read(folder: &Path, path: &Path) -> io::Result<String> {
    let file = path.canonicalize()?;
    if !file.starts_with(folder.canonicalize()?) {
        return Err(io::Error::other("it is a link out of its folder"));
    }
    files::read_text(&file, super::MOST_BYTES)
}
