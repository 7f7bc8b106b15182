//! The files of a report, read again to be changed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::facts::Failure;

/// What the path of a violation leads to.
#[derive(Debug)]
pub enum Again {
    /// A file: its path without links, and its bytes.
    File(PathBuf, Vec<u8>),
    /// No file: a folder, a member of an archive, or something that is gone.
    NoFile,
    /// A file with more bytes than asked for.
    TooLarge,
    /// A file that cannot be read.
    Failed(Failure),
}

/// Reads a file of a report again. `relative` is its path below the scan root; of a file with more
/// than `most` bytes none is read.
#[must_use]
pub fn read_again(root: &Path, relative: &str, most: u64) -> Again {
    let Ok(path) = root.join(relative).canonicalize() else {
        return Again::NoFile;
    };
    match fs::metadata(&path) {
        Ok(metadata) if !metadata.is_file() => return Again::NoFile,
        Ok(metadata) if metadata.len() > most => return Again::TooLarge,
        Ok(_) => {}
        Err(_) => return Again::NoFile,
    }
    match fs::read(&path) {
        Ok(bytes) => Again::File(path, bytes),
        Err(error) => Again::Failed(Failure {
            path: relative.to_owned(),
            message: error.to_string(),
        }),
    }
}
