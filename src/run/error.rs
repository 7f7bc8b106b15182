//! Why there is no report.

use std::io;
use std::path::PathBuf;

use super::ChangesError;
use crate::catalogue::PackError;

/// Why there is no report.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum CheckError {
    /// A pack cannot be used.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Pack(#[from] PackError),
    /// An argument names nothing.
    #[error("`{}` cannot be checked", .path.display())]
    #[diagnostic(
        code("input::no-such-path"),
        help("name files or folders that exist, or `-` for standard input")
    )]
    NoSuchPath {
        /// The argument.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Standard input cannot be read together with other arguments, or twice.
    #[error("`-` has to be the only path")]
    #[diagnostic(
        code("input::stdin-and-paths"),
        help("check standard input in a run of its own")
    )]
    StdinBesidePaths,
    /// There is nothing to compare with.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Changes(#[from] ChangesError),
}
