//! Questions to git: how they are asked, and how long an answer is waited for.
//!
//! git is the only process that is ever started: plumbing only, with nothing of the repository's,
//! the user's or the system's configuration that could run something.

use std::ffi::OsString;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::process::Process;

/// Walks up from `path` to the folder that holds `.git`.
#[must_use]
pub(crate) fn repository_root(path: &Path) -> Option<PathBuf> {
    let start = if path.is_dir() { path } else { path.parent()? };
    start
        .ancestors()
        .find(|folder| folder.join(".git").exists())
        .map(Path::to_path_buf)
}

/// How long git may be silent before it is ended. `PTLINT_GIT_TIMEOUT` says it in seconds.
fn time_limit() -> Duration {
    const SECONDS: u64 = 60;
    static LIMIT: OnceLock<Duration> = OnceLock::new();
    *LIMIT.get_or_init(|| {
        let named = std::env::var("PTLINT_GIT_TIMEOUT").ok();
        let seconds = named.and_then(|text| text.parse().ok()).filter(|s| *s > 0);
        Duration::from_secs(seconds.unwrap_or(SECONDS))
    })
}

/// Set when git was silent for too long: the next questions are given up sooner, so that a run that asks
/// several does not wait for each of them.
static WAS_SILENT: AtomicBool = AtomicBool::new(false);

/// How long git may be silent once it was for too long.
const SECOND_CHANCE: Duration = Duration::from_secs(2);

fn patience() -> Duration {
    if WAS_SILENT.load(Ordering::Relaxed) {
        time_limit().min(SECOND_CHANCE)
    } else {
        time_limit()
    }
}

/// What is said about a git that was ended, and remembered if it was silent.
pub(super) fn ended(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::TimedOut {
        WAS_SILENT.store(true, Ordering::Relaxed);
    }
    format!("git was ended: {error}")
}

/// Bytes of an answer that is kept in memory. The paths of the largest repositories are a quarter.
pub(super) const MOST_ANSWER_BYTES: u64 = 128 << 20;

/// Whether git ignores a file and does not track it.
#[must_use]
pub(crate) fn ignores(file: &Path) -> bool {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
        return false;
    };
    let mut question = command(folder);
    use_own_excludes(&mut question, folder);
    question.args(["check-ignore", "-q", "--"]).arg(name);
    output(&mut question, &[]).is_ok()
}

/// The parts of an answer that end with NUL.
pub(super) fn parts(answer: &[u8]) -> impl Iterator<Item = &[u8]> {
    answer.split(|b| *b == 0).filter(|part| !part.is_empty())
}

/// The path that git writes in these bytes.
pub(super) fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(os_string(bytes))
}

/// How long git may be silent before its files are looked at for one that it cannot read.
const DOUBT: Duration = Duration::from_secs(2);

/// Starts a git command, which is ended when it is silent for too long.
pub(super) fn start(command: &mut Command) -> Result<Process, String> {
    let mut process = Process::start(command, patience())
        .map_err(|error| format!("git could not be started: {error}"))?;
    // [`command`] names the folder after `-C`.
    let mut arguments = command.get_args().skip_while(|argument| *argument != "-C");
    if let Some(folder) = arguments.nth(1).map(PathBuf::from) {
        process.doubt_after(DOUBT, move || unreadable_by_git(&folder));
    }
    Ok(process)
}

/// Something that git opens and can wait for without end.
fn unreadable_by_git(folder: &Path) -> Option<String> {
    const OWN: [&str; 8] = [
        "HEAD",
        "index",
        "config",
        "config.worktree",
        "info/exclude",
        "info/attributes",
        "packed-refs",
        "shallow",
    ];
    let root = repository_root(folder)?;
    let git = root.join(".git");
    let own = OWN.iter().map(|name| git.join(name));
    // Where a link leads is opened, too.
    let is_special = |path: &PathBuf| path.metadata().is_ok_and(|m| !m.is_file() && !m.is_dir());
    let unreadable = own
        .chain(included_configurations(&git))
        .find(is_special)
        .or_else(|| rules_that_are_no_files(&root))?;
    let shown = super::report_path(unreadable.strip_prefix(&root).unwrap_or(&unreadable));
    Some(format!(
        "it waits for `{}`, which is not a file",
        crate::text::printable(&shown)
    ))
}

/// The files that the configuration of a repository includes or names, as far as a line says it.
fn included_configurations(git: &Path) -> Vec<PathBuf> {
    const NAMING: [&str; 3] = ["path", "excludesfile", "attributesfile"];
    let text = crate::files::read(&git.join("config"), 1 << 20).unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    let settings = text.lines().filter_map(|line| line.split_once('='));
    settings
        .filter(|(key, _)| NAMING.contains(&key.trim().to_ascii_lowercase().as_str()))
        .map(|(_, value)| git.join(value.trim().trim_matches('"')))
        .collect()
}

/// Rules in a work tree that are neither a file nor a link, which git does not follow there.
fn rules_that_are_no_files(root: &Path) -> Option<PathBuf> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .filter_entry(|entry| entry.file_name() != ".git" || entry.depth() == 0)
        .flatten()
        .filter(|entry| entry.file_name() == ".gitignore" || entry.file_name() == ".gitattributes")
        .filter(|entry| {
            let kind = entry.file_type();
            !kind.is_file() && !kind.is_dir() && !kind.is_symlink()
        })
        .map(walkdir::DirEntry::into_path)
        .next()
}

/// What a git command prints.
pub(super) fn output(command: &mut Command, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let mut process = start(command.args(arguments).stdin(Stdio::null()))?;
    let mut answer = Vec::new();
    (&mut process)
        .take(MOST_ANSWER_BYTES + 1)
        .read_to_end(&mut answer)
        .map_err(|error| ended(&error))?;
    if answer.len() as u64 > MOST_ANSWER_BYTES {
        return Err("git was ended: its answer is too long".to_owned());
    }
    succeeded(process)?;
    Ok(answer)
}

/// Waits for the end of a git command.
pub(super) fn succeeded(process: Process) -> Result<(), String> {
    let (status, said) = process.end().map_err(|error| ended(&error))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("git answered: {said}"))
    }
}

/// The folder with the objects and the configuration of the repository that a folder is in, without
/// links; it is the same for all linked work trees of a repository.
pub(super) fn common_folder(folder: &Path) -> Option<PathBuf> {
    let answer = output(&mut command(folder), &["rev-parse", "--git-common-dir"]).ok()?;
    let named = path(answer.strip_suffix(b"\n").unwrap_or(&answer));
    folder.join(named).canonicalize().ok()
}

/// Lets a question use the excludes file that the repository itself configures, if it is in the
/// repository. Returns its path if it is elsewhere, where it is not read.
pub(super) fn use_own_excludes(question: &mut Command, folder: &Path) -> Option<PathBuf> {
    let root = repository_root(folder)?;
    // Few configurations name one; a question to git costs more than reading the file.
    let configuration = crate::files::read(&root.join(".git/config"), 1 << 20);
    let may_name_one = match &configuration {
        Ok(bytes) => {
            let text = bytes.to_ascii_lowercase();
            memchr::memmem::find(&text, b"excludesfile").is_some()
                || memchr::memmem::find(&text, b"[include").is_some()
        }
        // In a linked work tree `.git` is a file.
        Err(_) => root.join(".git").is_file(),
    };
    if !may_name_one {
        return None;
    }
    let named = output(
        &mut command(folder),
        &[
            "config",
            "--local",
            "--includes",
            "--type=path",
            "--null",
            "--get",
            "core.excludesFile",
        ],
    );
    let named = path(parts(&named.ok()?).next()?);
    let file = root.join(&named);
    let inside = |real: &PathBuf| {
        real.starts_with(&root) || common_folder(folder).is_some_and(|own| real.starts_with(own))
    };
    match file.canonicalize() {
        Ok(real) if inside(&real) => {
            let mut setting = OsString::from("core.excludesFile=");
            setting.push(real);
            question.arg("-c").arg(setting);
            None
        }
        Ok(_) => Some(named),
        Err(_) => None,
    }
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
