//! Why there are no settings.

use std::io;
use std::path::PathBuf;

use miette::Diagnostic;

use crate::document::{Fault, Faults};
use crate::text::GlobError;

/// Why there are no settings.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub(crate) enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration {} cannot be read", .path.display())]
    #[diagnostic(code(config::unreadable), help("check --config, or run without it"))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There are two.
    #[error("{} and {} are both configurations", .0.display(), .1.display())]
    #[diagnostic(code(config::several), help("keep one of them; nothing was checked"))]
    Several(PathBuf, PathBuf),
    /// The file holds faults.
    #[error("the configuration is refused: {faults}")]
    #[diagnostic(
        code(config::refused),
        help("fix it, or run with --no-config; nothing was checked")
    )]
    Refused {
        /// All of them.
        faults: Faults,
        /// The same, for the renderer.
        #[related]
        related: Vec<Fault>,
    },
    /// An argument is not a glob.
    #[error("--exclude: {0}")]
    #[diagnostic(
        code(config::glob),
        help("patterns are written as in .gitignore, relative to the scan root")
    )]
    Exclude(GlobError),
    /// An argument names a network or a service that no pack has.
    #[error("--network: there is no {what} `{name}`")]
    #[diagnostic(code("config::unknown-id"), help("{help}"))]
    Network {
        /// `network` or `service`.
        what: &'static str,
        /// What was typed.
        name: String,
        /// What there is.
        help: String,
    },
}

impl ConfigError {
    pub(super) fn refused(faults: Faults) -> Self {
        Self::Refused {
            related: faults.clone().into_vec(),
            faults,
        }
    }
}
