//! Questions to git: how they are put, what it tracks, and what it ignores.
//!
//! git is the only process that is ever started: plumbing only, with nothing of the repository's,
//! the user's or the system's configuration that could run something.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Walks up from `path` to the folder that holds `.git`.
#[must_use]
pub fn repository_root(path: &Path) -> Option<PathBuf> {
    let start = if path.is_dir() { path } else { path.parent()? };
    start
        .ancestors()
        .find(|folder| folder.join(".git").exists())
        .map(Path::to_path_buf)
}

/// What git answered.
#[derive(Debug, Default)]
pub struct Answer {
    /// Tracked files, relative to the folder asked about.
    pub tracked: Vec<PathBuf>,
    /// Untracked files and folders that are ignored.
    pub ignored: Vec<PathBuf>,
}

/// Asks git about a folder in a work tree.
///
/// # Errors
/// When git is not there or refuses, with what it said.
pub fn ask(folder: &Path) -> Result<Answer, String> {
    let list = |kinds: &[&str]| {
        let mut arguments = vec!["ls-files", "-z"];
        arguments.extend(kinds);
        arguments.extend(["--", "."]);
        run(folder, &arguments)
    };
    std::thread::scope(|scope| {
        let ignored = scope.spawn(|| list(&["-o", "-i", "--directory", "--exclude-standard"]));
        let tracked = list(&["-c"])?;
        let ignored = ignored
            .join()
            .map_err(|_| "the thread that asked git ended".to_owned())??;
        Ok(Answer { tracked, ignored })
    })
}

/// Whether git ignores a file and does not track it.
#[must_use]
pub fn ignores(file: &Path) -> bool {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
        return false;
    };
    ask(folder).is_ok_and(|answer| {
        let is_it = |path: &PathBuf| path.as_os_str() == name || path.as_os_str() == "./";
        answer.ignored.iter().any(is_it) && !answer.tracked.iter().any(|path| path == name)
    })
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Vec<PathBuf>, String> {
    let answer = output(&mut command(folder), arguments)?;
    Ok(parts(&answer).map(path).collect())
}

/// The parts of an answer that end with NUL.
pub(super) fn parts(answer: &[u8]) -> impl Iterator<Item = &[u8]> {
    answer.split(|b| *b == 0).filter(|part| !part.is_empty())
}

/// The path that git writes in these bytes.
pub(super) fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(os_string(bytes))
}

/// What a git command prints.
pub(super) fn output(command: &mut Command, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| format!("git could not be started: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("git answered: {}", said.trim()));
    }
    Ok(output.stdout)
}

/// A git command in a folder, with nothing that could run something else.
pub(super) fn command(folder: &Path) -> Command {
    let nowhere = if cfg!(windows) { "NUL" } else { "/dev/null" };
    let mut command = Command::new("git");
    // Variables that git sets for its hooks would point the question at another repository.
    for name in [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_COMMON_DIR",
        "GIT_OBJECT_DIRECTORY",
        "GIT_NAMESPACE",
        "GIT_CONFIG_PARAMETERS",
        "GIT_CONFIG_COUNT",
        "GIT_EXTERNAL_DIFF",
    ] {
        command.env_remove(name);
    }
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", nowhere)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env("LC_ALL", "C")
        .args(["-c", "core.fsmonitor=false"])
        .args(["-c", &format!("core.hooksPath={nowhere}")])
        .args(["-c", &format!("core.excludesFile={nowhere}")])
        // The files of another owner are read all the same, and nothing of theirs is run.
        .args(["-c", "safe.directory=*"])
        .arg("-C")
        .arg(folder);
    command
}

#[cfg(unix)]
fn os_string(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStringExt as _;
    OsString::from_vec(bytes.to_vec())
}

#[cfg(not(unix))]
fn os_string(bytes: &[u8]) -> OsString {
    OsString::from(String::from_utf8_lossy(bytes).into_owned())
}
