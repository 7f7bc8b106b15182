//! Where undo patches are kept: numbered in `.ptlint/undo` of the scan root. The scanned folder may
//! be anybody's, so no link is followed there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

const OWN: &str = ".ptlint";
const UNDO: &str = "undo";

/// Whether a path with slashes is the folder of undo patches of some scan root, or lies in one.
#[must_use]
pub(crate) fn in_folder(path: &str) -> bool {
    let mut before = "";
    path.split('/').any(|part| {
        let found = before == OWN && part == UNDO;
        before = part;
        found
    })
}

/// Whether a path with slashes is a folder for undo patches, or what ptlint itself keeps in it.
#[must_use]
pub(crate) fn is_own(path: &str) -> bool {
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/.gitignore").unwrap_or(path);
    in_folder(path) || path.rsplit('/').next() == Some(OWN)
}

/// The folder of undo patches, when it is there.
///
/// # Errors
/// When it, or the folder above it, is a link or no folder.
pub(super) fn folder(root: &Path) -> io::Result<Option<PathBuf>> {
    let own = root.join(OWN);
    if !is_folder(&own)? {
        return Ok(None);
    }
    let undo = own.join(UNDO);
    Ok(is_folder(&undo)?.then_some(undo))
}

/// The folder of undo patches, made when it is not there, and kept out of git.
fn made(root: &Path) -> io::Result<PathBuf> {
    let own = root.join(OWN);
    let undo = own.join(UNDO);
    for folder in [&own, &undo] {
        if !is_folder(folder)? {
            fs::create_dir(folder)?;
        }
    }
    let ignore = own.join(".gitignore");
    match OpenOptions::new().write(true).create_new(true).open(ignore) {
        Ok(mut file) => file.write_all(b"*\n")?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    Ok(undo)
}

fn is_folder(path: &Path) -> io::Result<bool> {
    match path.symlink_metadata() {
        Ok(metadata) if metadata.is_dir() => Ok(true),
        Ok(_) => Err(io::Error::new(
            ErrorKind::NotADirectory,
            format!("`{}` is a link or no folder", path.display()),
        )),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// The patch with the highest number in a folder, with its number.
pub(super) fn latest(folder: &Path) -> io::Result<Option<(u64, PathBuf)>> {
    let mut latest = None;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let number = name
            .to_str()
            .and_then(|name| name.strip_suffix(".json"))
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok());
        if let Some(number) = number
            && entry.file_type()?.is_file()
        {
            latest = latest.max(Some((number, entry.path())));
        }
    }
    Ok(latest)
}

/// Keeps a patch at `path`, or else under the next number in the folder of undo patches of `root`.
/// `staged` makes the file, on disk already, in its final folder. An existing file is
/// never replaced. Returns where the patch is.
pub(super) fn keep(
    path: Option<&Path>,
    root: &Path,
    staged: impl FnOnce(&Path) -> io::Result<NamedTempFile>,
) -> io::Result<PathBuf> {
    if let Some(path) = path {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        staged(folder)?
            .persist_noclobber(path)
            .map_err(|refused| match refused.error.kind() {
                ErrorKind::AlreadyExists => io::Error::new(
                    ErrorKind::AlreadyExists,
                    format!("`{}` exists already", path.display()),
                ),
                _ => refused.error,
            })?;
        sync(folder)?;
        return Ok(path.to_path_buf());
    }
    let folder = made(root)?;
    let mut file = staged(&folder)?;
    let mut number = latest(&folder)?.map_or(0, |(number, _)| number);
    loop {
        number = number
            .checked_add(1)
            .ok_or_else(|| io::Error::other("there is no number left for the patch"))?;
        let path = folder.join(format!("{number:04}.json"));
        match file.persist_noclobber(&path) {
            Ok(_) => {
                for folder in [&folder, &root.join(OWN), root] {
                    sync(folder)?;
                }
                return Ok(path);
            }
            // Another run was faster.
            Err(refused) if refused.error.kind() == ErrorKind::AlreadyExists => file = refused.file,
            Err(refused) => return Err(refused.error),
        }
    }
}

/// Waits until the names in a folder are on disk.
#[cfg(unix)]
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // There are file systems that know no such thing.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        other => other,
    }
}

/// Waits until the names in a folder are on disk.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
pub(super) fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}
