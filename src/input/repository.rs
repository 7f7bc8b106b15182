//! The files of a work tree as git lists them: tracked ones, and those that are neither tracked nor
//! ignored. git itself reads its ignore rules, and so the list is always the one that it shows.

use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use super::folder::note_bare_repository;
use super::git;
use super::walk::{Visitor, WalkOptions, relative};
use crate::edit;
use crate::facts::SkipReason;

/// What became of a list.
pub(super) struct Listed {
    /// Repositories in the work tree: checked out submodules, and clones that are not tracked.
    pub nested: Vec<PathBuf>,
    /// Why the list ended too soon.
    pub end: Result<(), TooSoon>,
    /// If it did, the paths that were handed over before.
    pub handed_over: HashSet<PathBuf>,
}

/// Why git's list ended too soon.
pub(super) struct TooSoon {
    /// What happened.
    pub message: String,
    /// git did not answer in time, or too much; otherwise it refused, or is not installed.
    pub is_limit: bool,
}

/// Paths that are handed to a thread at once.
const BATCH: usize = 128;

/// Hands over the files that git lists in a folder of a work tree.
pub(super) fn walk<V: Visitor>(
    options: &WalkOptions<'_>,
    folder: &Path,
    visitor: &(dyn Fn() -> V + Sync),
) -> Listed {
    let (batches, received) = sync_channel::<Vec<PathBuf>>(4 * options.threads.max(1));
    let received = Mutex::new(received);
    std::thread::scope(|scope| {
        let ignored = scope.spawn(|| ignored(folder));
        for _ in 0..options.threads.max(1) {
            scope.spawn(|| read(options, &received, visitor()));
        }
        let mut list = List {
            options,
            folder,
            visitor: visitor(),
            folders: HashMap::new(),
            batch: Vec::with_capacity(BATCH),
            batches,
            nested: Vec::new(),
            last: Vec::new(),
        };
        let mut answer = Vec::new();
        let end = list.receive(&mut answer);
        let handed_over = match &end {
            Ok(()) => HashSet::new(),
            Err(_) => git::parts(&answer)
                .filter_map(ListedPath::parse)
                .map(|entry| folder.join(git::path(entry.path)))
                .collect(),
        };
        list.hand_over();
        let List {
            nested,
            batches,
            mut visitor,
            ..
        } = list;
        // The threads end when nothing more can come.
        drop(batches);
        for path in ignored.join().unwrap_or_default() {
            let relative = relative(options.root, &folder.join(path)).into_owned();
            if !edit::is_own(&relative) {
                visitor.skip(SkipReason::Ignored, relative);
            }
        }
        Listed {
            nested,
            end,
            handed_over,
        }
    })
}

/// Reads files until there are none left.
fn read<V: Visitor>(
    options: &WalkOptions<'_>,
    received: &Mutex<Receiver<Vec<PathBuf>>>,
    mut visitor: V,
) {
    loop {
        let next = received
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok(batch) = next else { return };
        for path in batch {
            visitor.file(&path, &relative(options.root, &path));
        }
    }
}

/// Untracked files and folders that git ignores; a folder counts once.
fn ignored(folder: &Path) -> Vec<PathBuf> {
    let mut question = git::command(folder);
    git::use_own_excludes(&mut question, folder);
    let answer = git::output(
        &mut question,
        &[
            "ls-files",
            "-z",
            "-o",
            "-i",
            "--directory",
            "--exclude-standard",
            "--",
            ".",
        ],
    );
    // If git does not answer, the other question says so.
    git::parts(&answer.unwrap_or_default())
        .map(git::path)
        .collect()
}

/// A row of `git ls-files -t -s`.
struct ListedPath<'a> {
    tag: u8,
    /// The type and permissions of a tracked file, in octal.
    mode: Option<&'a [u8]>,
    path: &'a [u8],
}

impl<'a> ListedPath<'a> {
    fn parse(row: &'a [u8]) -> Option<Self> {
        let (tag, rest) = (*row.first()?, row.get(2..)?);
        if tag == b'?' {
            return Some(Self {
                tag,
                mode: None,
                path: rest,
            });
        }
        let tab = memchr::memchr(b'\t', rest)?;
        Some(Self {
            tag,
            mode: rest.get(..6),
            path: &rest[tab + 1..],
        })
    }
}

/// git's list while it is received.
struct List<'o, V> {
    options: &'o WalkOptions<'o>,
    folder: &'o Path,
    visitor: V,
    /// Folders of the list, and whether their files are read.
    folders: HashMap<Vec<u8>, bool>,
    batch: Vec<PathBuf>,
    batches: SyncSender<Vec<PathBuf>>,
    nested: Vec<PathBuf>,
    /// The path before: one that is not merged is listed once for each side.
    last: Vec<u8>,
}

impl<V: Visitor> List<'_, V> {
    /// Receives the list. Keeps what was received in `answer`.
    fn receive(&mut self, answer: &mut Vec<u8>) -> Result<(), TooSoon> {
        let refused = |message| TooSoon {
            message,
            is_limit: false,
        };
        let mut question = git::command(self.folder);
        if let Some(elsewhere) = git::use_own_excludes(&mut question, self.folder) {
            let shown = super::report_path(&elsewhere);
            self.visitor.skip(SkipReason::ExcludesFile, shown);
        }
        question
            .args([
                "ls-files",
                "-z",
                "-t",
                "-s",
                "-c",
                "-o",
                "--exclude-standard",
                "--",
                ".",
            ])
            .stdin(Stdio::null());
        let process = git::start(&mut question).map_err(refused)?;
        let bounded = process.take(git::MOST_ANSWER_BYTES);
        let mut rows = BufReader::with_capacity(1 << 16, bounded);
        loop {
            let begin = answer.len();
            let read = rows.read_until(0, answer).map_err(|error| TooSoon {
                message: git::ended(&error),
                is_limit: error.kind() == io::ErrorKind::TimedOut,
            })?;
            if read == 0 {
                break;
            }
            let row = answer[begin..]
                .strip_suffix(b"\0")
                .unwrap_or(&answer[begin..]);
            if let Some(entry) = ListedPath::parse(row) {
                self.enter(&entry);
            }
        }
        let bounded = rows.into_inner();
        if bounded.limit() == 0 {
            return Err(TooSoon {
                message: "git was ended: its answer is too long".to_owned(),
                is_limit: true,
            });
        }
        git::succeeded(bounded.into_inner()).map_err(refused)
    }

    fn hand_over(&mut self) {
        if !self.batch.is_empty() {
            let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
            // The threads end only after this list.
            let _ = self.batches.send(batch);
        }
    }

    fn enter(&mut self, entry: &ListedPath<'_>) {
        if entry.path == self.last {
            return;
        }
        self.last.clear();
        self.last.extend_from_slice(entry.path);
        // git writes a repository that it does not track as a folder.
        let (bytes, is_repository) = match entry.path.strip_suffix(b"/") {
            Some(folder) => (folder, true),
            None => (entry.path, entry.mode == Some(b"160000")),
        };
        let parent = memchr::memrchr(b'/', bytes).map_or(&bytes[..0], |slash| &bytes[..slash]);
        if !self.is_read(parent) {
            return;
        }
        let path = self.folder.join(git::path(bytes));
        if is_repository {
            self.repository(path, bytes);
            return;
        }
        let relative = relative(self.options.root, &path);
        if entry.tag == b'?' && edit::in_folder(&relative) {
            return;
        }
        let name = &bytes[parent.len()..];
        let name = name.strip_prefix(b"/").unwrap_or(name);
        if !self.options.hidden && name.starts_with(b".") {
            self.visitor.skip(SkipReason::Hidden, relative.into_owned());
            return;
        }
        if entry.tag == b'S' && path.symlink_metadata().is_err() {
            self.visitor.skip(SkipReason::Sparse, relative.into_owned());
            return;
        }
        if name == b"HEAD" {
            note_bare_repository(self.options, &path, &mut self.visitor);
        }
        self.batch.push(path);
        if self.batch.len() == BATCH {
            self.hand_over();
        }
    }

    /// A repository in this one.
    fn repository(&mut self, path: PathBuf, bytes: &[u8]) {
        if !self.is_read(bytes) {
            return;
        }
        let dot_git = path.join(".git");
        let relative = || relative(self.options.root, &path).into_owned();
        if !dot_git.exists() {
            let shown = relative();
            self.visitor.skip(SkipReason::Submodule, shown);
        } else if dot_git.is_file() && is_linked(&path, self.folder) {
            let shown = relative();
            self.visitor.skip(SkipReason::LinkedWorktree, shown);
        } else {
            self.nested.push(path);
        }
    }

    /// Whether the files of a folder are read. Says once why not.
    fn is_read(&mut self, bytes: &[u8]) -> bool {
        if bytes.is_empty() {
            return true;
        }
        if let Some(known) = self.folders.get(bytes) {
            return *known;
        }
        let slash = memchr::memrchr(b'/', bytes);
        let (parent, name) = match slash {
            Some(slash) => (&bytes[..slash], &bytes[slash + 1..]),
            None => (&bytes[..0], bytes),
        };
        let is_read = self.is_read(parent) && self.check_folder(bytes, name);
        self.folders.insert(bytes.to_vec(), is_read);
        is_read
    }

    fn check_folder(&mut self, bytes: &[u8], name: &[u8]) -> bool {
        let path = self.folder.join(git::path(bytes));
        // For git, too, the files of a folder are gone when a link replaces it.
        if path.symlink_metadata().is_ok_and(|m| m.is_symlink()) {
            return false;
        }
        let relative = relative(self.options.root, &path);
        let reason = if !self.options.hidden && name.starts_with(b".") {
            SkipReason::Hidden
        } else if self.options.exclude.matches(&relative, true) {
            SkipReason::Excluded
        } else {
            return true;
        };
        self.visitor.skip(reason, relative.into_owned());
        false
    }
}

/// Whether two work trees belong to one repository.
fn is_linked(one: &Path, other: &Path) -> bool {
    let common = git::common_folder(one);
    common.is_some() && common == git::common_folder(other)
}
