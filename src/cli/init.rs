//! `ptlint init`.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::config;
use crate::input;
use crate::text::printable;

use super::OutputError;
use super::args::Init;
use super::streams::output;

/// Why no configuration was written.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(super) enum InitError {
    /// There is one.
    #[error("{} exists already", .0.display())]
    #[diagnostic(code(init::exists), help("edit it, or remove it first"))]
    Exists(PathBuf),
    /// The file cannot be written.
    #[error("{} cannot be written", .path.display())]
    #[diagnostic(code(init::write), help("name a folder that can be written to"))]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Writes the commented configuration.
pub(super) fn run(arguments: &Init) -> miette::Result<u8> {
    let [name, others @ ..] = config::NAMES;
    let folder = folder_of(&arguments.folder);
    let path = folder.join(name);
    let mut others = others.iter().map(|other| folder.join(other));
    let failed = |path: &PathBuf, source: io::Error| match source.kind() {
        io::ErrorKind::AlreadyExists => InitError::Exists(path.clone()),
        _ => InitError::Unwritable {
            path: path.clone(),
            source,
        },
    };
    if let Some(other) = others.find(|other| other.exists()) {
        return Err(failed(&other, io::ErrorKind::AlreadyExists.into()).into());
    }
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .and_then(|mut file| file.write_all(config::TEMPLATE.as_bytes()))
        .map_err(|source| failed(&path, source))?;
    writeln!(output(), "wrote {}", printable(&path.display().to_string())).map_err(OutputError)?;
    Ok(0)
}

/// The folder whose configuration a check of this folder reads: the root of the repository that it is in, or
/// the folder itself.
fn folder_of(folder: &Path) -> PathBuf {
    let Ok(real) = folder.canonicalize() else {
        return folder.to_path_buf();
    };
    match input::repository_root(&real) {
        Some(root) => {
            let below = real.strip_prefix(&root).unwrap_or(Path::new(""));
            below
                .iter()
                .fold(folder.to_path_buf(), |path, _| path.join(".."))
        }
        None => folder.to_path_buf(),
    }
}
