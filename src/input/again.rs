//! The files of a report, read again to be changed.

use std::io;
use std::path::{Path, PathBuf};

use crate::facts::Failure;
use crate::files;

/// What the path of a violation leads to.
#[derive(Debug)]
pub(crate) enum Again {
    /// A file: its path without links, and its bytes.
    File(PathBuf, Vec<u8>),
    /// No file: a folder, a member of an archive, or something that is gone.
    NoFile,
    /// A file with more bytes than asked for.
    TooLarge,
    /// A file that cannot be read.
    Failed(Failure),
}

/// What the system says of a path that is gone, or that leads to something else than a file.
const IS_NOT_A_FILE: [io::ErrorKind; 3] = [
    io::ErrorKind::NotFound,
    io::ErrorKind::IsADirectory,
    io::ErrorKind::InvalidInput,
];

/// Reads a file of a report again. `relative` is its path below the scan root; of a file with more
/// than `most` bytes none is read.
#[must_use]
pub(crate) fn read_again(root: &Path, relative: &str, most: u64) -> Again {
    let Ok(path) = root.join(super::path_of_report(relative)).canonicalize() else {
        return Again::NoFile;
    };
    match files::read(&path, most) {
        Ok(bytes) => Again::File(path, bytes),
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Again::TooLarge,
        Err(error) if IS_NOT_A_FILE.contains(&error.kind()) => Again::NoFile,
        Err(error) => Again::Failed(Failure {
            path: relative.to_owned(),
            message: error.to_string(),
        }),
    }
}
