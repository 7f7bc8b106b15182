//! `ptlint init`.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::PathBuf;

use crate::config;

use super::OutputError;
use super::args::Init;
use super::streams::output;

/// Why no configuration was written.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("{} cannot be written", .path.display())]
#[diagnostic(
    code(init::write),
    help(
        "an existing configuration is never overwritten; remove it first, or name another folder"
    )
)]
pub struct InitError {
    path: PathBuf,
    source: io::Error,
}

/// Writes the commented configuration.
pub fn run(arguments: &Init) -> miette::Result<u8> {
    let [name, hidden, ..] = config::NAMES;
    let path = arguments.folder.join(name);
    let other = arguments.folder.join(hidden);
    let failed = |path: &PathBuf, source| InitError {
        path: path.clone(),
        source,
    };
    if other.exists() {
        return Err(failed(&other, io::ErrorKind::AlreadyExists.into()).into());
    }
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .and_then(|mut file| file.write_all(config::TEMPLATE.as_bytes()))
        .map_err(|source| failed(&path, source))?;
    writeln!(output(), "wrote {}", path.display()).map_err(OutputError)?;
    Ok(0)
}
