//! Finding the configuration: at the scan root, then at the root of its git repository. The
//! working directory plays no part.

use std::io;
use std::path::{Path, PathBuf};

use super::NAMES;
use crate::files;

/// A configuration file.
#[derive(Debug, Clone)]
pub struct Discovered {
    /// Where it is.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// Looks for a configuration. `root` is the scan root, `repository` the root of the git repository
/// it lies in. The scanned files are not trusted: a link out of the folder is not followed, and
/// only regular files are opened.
///
/// # Errors
/// When something is there that cannot be read, or must not be read.
pub fn discover(root: &Path, repository: Option<&Path>) -> io::Result<Option<Discovered>> {
    for folder in [Some(root), repository].into_iter().flatten() {
        for name in NAMES {
            let path = folder.join(name);
            match read(folder, &path) {
                Ok(text) => return Ok(Some(Discovered { path, text })),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) if error.kind() == io::ErrorKind::NotADirectory => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(None)
}

fn read(folder: &Path, path: &Path) -> io::Result<String> {
    let file = path.canonicalize()?;
    if !file.starts_with(folder.canonicalize()?) {
        return Err(io::Error::other("it is a link out of its folder"));
    }
    files::read_text(&file, super::MOST_BYTES)
}
