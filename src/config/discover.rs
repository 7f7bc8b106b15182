//! Finding the configuration: at the scan root, then at the root of its git repository. The
//! working directory plays no part.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::NAMES;

/// A configuration file.
#[derive(Debug, Clone)]
pub struct Discovered {
    /// Where it is.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// Looks for a configuration. `root` is the scan root, `repository` the root of the git repository
/// it lies in.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn discover(root: &Path, repository: Option<&Path>) -> io::Result<Option<Discovered>> {
    for folder in [Some(root), repository].into_iter().flatten() {
        for name in NAMES {
            let path = folder.join(name);
            match fs::read_to_string(&path) {
                Ok(text) => return Ok(Some(Discovered { path, text })),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) if error.kind() == io::ErrorKind::NotADirectory => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(None)
}
