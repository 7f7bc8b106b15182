//! Opening files without waiting: only regular ones are opened to be read, since a pipe would be waited
//! for and a device would never end.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// Why a path was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It is a symbolic link, which was not to be followed.
    #[error("it is not a file but a symbolic link")]
    Link,
    /// It is a folder.
    #[error("it is not a file but a folder")]
    Folder,
    /// It is a pipe, a socket or a device.
    #[error("it is not a file but a pipe, a socket or a device")]
    Special,
    /// Nothing has this path.
    #[error("it does not exist")]
    Missing,
    /// The system refused.
    #[error(transparent)]
    Io(io::Error),
}

impl From<OpenError> for io::Error {
    fn from(error: OpenError) -> Self {
        let kind = match &error {
            OpenError::Io(_) => None,
            OpenError::Missing => Some(io::ErrorKind::NotFound),
            OpenError::Folder => Some(io::ErrorKind::IsADirectory),
            OpenError::Link | OpenError::Special => Some(io::ErrorKind::InvalidInput),
        };
        match (kind, error) {
            (_, OpenError::Io(error)) => error,
            (kind, error) => Self::new(kind.unwrap_or(io::ErrorKind::Other), error.to_string()),
        }
    }
}

/// A file with the length that it had when it was opened.
#[derive(Debug)]
pub(crate) struct RegularFile {
    pub file: File,
    length: u64,
}

impl RegularFile {
    /// Reads the bytes that were there when it was opened. What is written to it meanwhile is not waited for,
    /// and the system need not be asked once more whether there is any.
    pub(crate) fn reader(self) -> impl Read {
        ReaderOfLength {
            file: self.file,
            // The system does not know the length of the files that it makes up, such as those in `/proc`.
            left: if self.length == 0 {
                u64::MAX
            } else {
                self.length
            },
        }
    }
}

struct ReaderOfLength {
    file: File,
    left: u64,
}

impl Read for ReaderOfLength {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Ok(0);
        }
        let read = self.file.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}

/// Opens a regular file to read it. A link is followed.
///
/// # Errors
/// When the path does not lead to a regular file, or the system refuses.
pub(crate) fn open(path: &Path) -> Result<File, OpenError> {
    Ok(regular(options(Follow::Yes).open(path))?.file)
}

/// Opens a regular file to read it, unless the path itself is a link.
///
/// # Errors
/// When the path is not a regular file, or the system refuses.
pub(crate) fn open_unless_link(path: &Path) -> Result<RegularFile, OpenError> {
    // Not every system has an option for it.
    if cfg!(not(unix)) && path.is_symlink() {
        return Err(OpenError::Link);
    }
    regular(options(Follow::No).open(path))
}

/// The bytes of a regular file. A link is followed.
///
/// # Errors
/// When the path does not lead to a regular file of at most `most` bytes, or the system refuses.
pub(crate) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let message = format!("it has more than {most} bytes");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

/// The text of a regular file in UTF-8. A link is followed.
///
/// # Errors
/// As [`read`], and when it is not UTF-8.
pub(crate) fn read_text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read(path, most)?)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
}

/// Opens what is there already to write to it: a file, a pipe or a device.
///
/// # Errors
/// When the system refuses, or nothing reads the pipe, which would be waited for.
pub(crate) fn open_to_write(path: &Path) -> io::Result<File> {
    // The first handle keeps the reader waiting until the second one is there.
    let _first = reader_of_pipe(path)?;
    OpenOptions::new().write(true).open(path)
}

#[cfg(unix)]
fn reader_of_pipe(path: &Path) -> io::Result<Option<File>> {
    use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};
    if !path.metadata()?.file_type().is_fifo() {
        return Ok(None);
    }
    let mut options = OpenOptions::new();
    options.write(true).custom_flags(libc::O_NONBLOCK);
    match options.open(path) {
        Err(error) if error.raw_os_error() == Some(libc::ENXIO) => {
            Err(io::Error::other("it is a pipe that nothing reads"))
        }
        opened => opened.map(Some),
    }
}

#[cfg(not(unix))]
fn reader_of_pipe(_: &Path) -> io::Result<Option<File>> {
    Ok(None)
}

/// Whether a link inside `root`, which has no links itself, leads the way to `path` out of it. A path
/// outside is meant by whoever names it; a link may have come with the files in `root`.
#[must_use]
pub(crate) fn leaves_by_link(path: &Path, root: &Path) -> bool {
    let Ok(path) = std::path::absolute(path) else {
        return false;
    };
    let mut way = PathBuf::new();
    for part in path.components() {
        let is_inside = way.starts_with(root);
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                way.pop();
            }
            _ => way.push(part),
        }
        if let Some(target) = link_target(&way) {
            if is_inside && !target.starts_with(root) {
                return true;
            }
            way = target;
        }
    }
    false
}

/// Where a link leads, without links, also when nothing is there.
fn link_target(path: &Path) -> Option<PathBuf> {
    let link = path.read_link().ok()?;
    if let Ok(target) = path.canonicalize() {
        return Some(target);
    }
    let named = path.parent()?.join(link);
    let folder = named.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, named.file_name()) {
        (Some(folder), Some(name)) => Some(folder.join(name)),
        _ => Some(PathBuf::new()),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Follow {
    Yes,
    No,
}

#[cfg(unix)]
fn options(follow: Follow) -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut flags = libc::O_NONBLOCK | libc::O_NOCTTY;
    if follow == Follow::No {
        flags |= libc::O_NOFOLLOW;
    }
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(flags);
    options
}

#[cfg(not(unix))]
fn options(_: Follow) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    options
}

/// The file that was opened, if it is a regular one. What was opened is asked, and not the path,
/// which may lead to something else by now.
fn regular(opened: io::Result<File>) -> Result<RegularFile, OpenError> {
    let file = opened.map_err(refusal)?;
    let metadata = file.metadata().map_err(OpenError::Io)?;
    if metadata.is_file() {
        let length = metadata.len();
        Ok(RegularFile { file, length })
    } else if metadata.is_dir() {
        Err(OpenError::Folder)
    } else {
        Err(OpenError::Special)
    }
}

fn refusal(error: io::Error) -> OpenError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => return OpenError::Missing,
        io::ErrorKind::IsADirectory => return OpenError::Folder,
        _ => {}
    }
    #[cfg(unix)]
    match error.raw_os_error() {
        Some(libc::ELOOP | libc::EMLINK) => return OpenError::Link,
        // A socket cannot be opened, and neither can a device without a driver.
        Some(libc::ENXIO | libc::ENODEV) => return OpenError::Special,
        _ => {}
    }
    OpenError::Io(error)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    #[test]
    fn only_regular_files_are_opened_and_nothing_is_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("file"), "text").expect("a file");
        std::os::unix::fs::symlink("file", path("link")).expect("a link");
        std::os::unix::fs::symlink("/dev/zero", path("device")).expect("a link");
        let made = Command::new("mkfifo").arg(path("pipe")).status();
        assert!(made.expect("mkfifo starts").success());
        let _socket = UnixListener::bind(path("socket")).expect("a socket");

        assert!(open(&path("file")).is_ok());
        assert!(open_unless_link(&path("file")).is_ok());
        assert!(open(&path("link")).is_ok());
        assert!(matches!(
            open_unless_link(&path("link")),
            Err(OpenError::Link)
        ));
        for special in ["pipe", "socket", "device"] {
            assert!(
                matches!(open(&path(special)), Err(OpenError::Special)),
                "{special}"
            );
        }
        assert!(matches!(open(folder.path()), Err(OpenError::Folder)));
        assert!(matches!(open(&path("none")), Err(OpenError::Missing)));
        assert!(matches!(open(&path("file/none")), Err(OpenError::Missing)));
        assert_eq!(read(&path("file"), 4).expect("four bytes"), b"text");
        let error = read(&path("file"), 3).expect_err("too large");
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }
}
