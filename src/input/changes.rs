//! Questions to git about changes: what is staged, what a revision holds, and the contents of both.

use std::collections::HashMap;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Stdio};

use super::git::{command, output, parts, path, start};
use super::process::Process;
use super::report_path;

/// An entry of the index that differs from HEAD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Staged {
    /// What it is.
    pub kind: StagedKind,
    /// The id of its content.
    pub id: String,
    /// Its path from the top of the work tree.
    pub path: PathBuf,
}

/// What an entry of the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StagedKind {
    /// A file.
    File,
    /// A symbolic link; its content is where it leads.
    Link,
    /// A commit of another repository.
    Submodule,
    /// There are several, from a merge that is not settled.
    Unmerged,
}

/// The top of the work tree that a repository has, without links.
#[must_use]
pub(crate) fn top(repository: &Path) -> PathBuf {
    let asked = output(&mut command(repository), &["rev-parse", "--show-toplevel"]);
    asked
        .ok()
        .and_then(|answer| path(line(&answer)).canonicalize().ok())
        .unwrap_or_else(|| repository.to_path_buf())
}

/// What is staged: files that are not in HEAD like this. What is deleted has no content.
///
/// # Errors
/// What git said.
pub(crate) fn staged(repository: &Path) -> Result<Vec<Staged>, String> {
    let against = match commit(repository, "HEAD") {
        Some(head) => head,
        // Before the first commit everything is new: git knows the tree without entries.
        None => text(&output(
            &mut command(repository),
            &["hash-object", "-t", "tree", "--stdin"],
        )?),
    };
    let mut question = command(repository);
    if let Some(index) = index_of_a_hook(repository) {
        question.env("GIT_INDEX_FILE", index);
    }
    let answer = output(
        &mut question,
        &[
            "diff-index",
            "--cached",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-renames",
            "--no-ext-diff",
            "--ignore-submodules=none",
            // What `git add -N` announces has no content yet.
            "--ita-invisible-in-index",
            "--diff-filter=d",
            &against,
            "--",
        ],
    )?;
    let mut entries = Vec::new();
    let mut parts = parts(&answer);
    while let (Some(facts), Some(name)) = (parts.next(), parts.next()) {
        // `:mode mode id id status`, of which the second ones are those of the index.
        let facts = String::from_utf8_lossy(facts);
        let facts: Vec<&str> = facts.split(' ').collect();
        let [_, mode, _, id, status] = facts.as_slice() else {
            return Err("git answered in an unknown way".to_owned());
        };
        let kind = match (*status, *mode) {
            ("U", _) => StagedKind::Unmerged,
            (_, "120000") => StagedKind::Link,
            (_, "160000") => StagedKind::Submodule,
            _ => StagedKind::File,
        };
        entries.push(Staged {
            kind,
            id: (*id).to_owned(),
            path: path(name),
        });
    }
    // A path that is not merged is listed more than once.
    entries.dedup_by(|a, b| a.path == b.path && a.kind == b.kind);
    Ok(entries)
}

/// The index that git tells a hook to look at, e.g. during `git commit -a`, when it is one of this
/// repository.
fn index_of_a_hook(repository: &Path) -> Option<PathBuf> {
    let named = std::env::var_os("GIT_INDEX_FILE")?;
    let answer = output(
        &mut command(repository),
        &["rev-parse", "--absolute-git-dir"],
    );
    let own = path(line(&answer.ok()?)).canonicalize().ok()?;
    // A hook runs at the top of the work tree, and so the name is relative to it.
    let index = super::place(&repository.join(named)).ok()?;
    (index.starts_with(own) && index.exists()).then_some(index)
}

/// The commit that a revision names.
#[must_use]
pub(crate) fn commit(repository: &Path, revision: &str) -> Option<String> {
    if revision.is_empty() || revision.starts_with('-') {
        return None;
    }
    let named = format!("{revision}^{{commit}}");
    let answer = output(
        &mut command(repository),
        &["rev-parse", "--verify", "--quiet", &named],
    );
    answer.ok().map(|id| text(&id)).filter(|id| !id.is_empty())
}

/// Why git says nothing about a repository, if so.
#[must_use]
pub(crate) fn refusal(repository: &Path) -> Option<String> {
    output(&mut command(repository), &["rev-parse", "--git-dir"]).err()
}

/// The best common ancestor of two commits.
#[must_use]
pub(crate) fn merge_base(repository: &Path, one: &str, other: &str) -> Option<String> {
    let answer = output(&mut command(repository), &["merge-base", one, other]);
    answer.ok().map(|id| text(&id)).filter(|id| !id.is_empty())
}

/// The files of a commit: the ids of their contents by path, as reports write it, from the top of
/// the work tree.
///
/// # Errors
/// What git said.
pub(crate) fn files(repository: &Path, commit: &str) -> Result<HashMap<String, String>, String> {
    let arguments = ["ls-tree", "-r", "-z", "--full-tree", commit];
    let answer = output(&mut command(repository), &arguments)?;
    let mut files = HashMap::new();
    for entry in parts(&answer) {
        let Some(tab) = entry.iter().position(|b| *b == b'\t') else {
            continue;
        };
        let facts = String::from_utf8_lossy(&entry[..tab]);
        let facts: Vec<&str> = facts.split(' ').collect();
        if let [mode, "blob", id] = facts.as_slice()
            && *mode != "120000"
        {
            files.insert(report_path(&path(&entry[tab + 1..])), (*id).to_owned());
        }
    }
    Ok(files)
}

/// The id that the bytes of a file have in a repository.
#[must_use]
pub(crate) fn id_of(repository: &Path, file: &Path) -> Option<String> {
    let mut question = command(repository);
    question.args(["hash-object", "--no-filters", "--"]);
    question.arg(file);
    output(&mut question, &[]).ok().map(|id| text(&id))
}

fn line(answer: &[u8]) -> &[u8] {
    answer.strip_suffix(b"\n").unwrap_or(answer)
}

fn text(answer: &[u8]) -> String {
    String::from_utf8_lossy(answer).trim().to_owned()
}

/// A git process that gives contents.
#[derive(Debug)]
pub(crate) struct Contents {
    questions: ChildStdin,
    answers: BufReader<Process>,
}

impl Contents {
    /// Starts it.
    ///
    /// # Errors
    /// When git cannot be started.
    pub(crate) fn open(repository: &Path) -> io::Result<Self> {
        let mut command = command(repository);
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped());
        let mut process = start(&mut command).map_err(io::Error::other)?;
        let questions = process.input().ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(Self {
            questions,
            answers: BufReader::new(process),
        })
    }

    /// Hands a content to `take`, which need not read all of it.
    ///
    /// # Errors
    /// When git does not have the content, or not all of it, or does not answer in time.
    pub(crate) fn read<T>(
        &mut self,
        id: &str,
        take: impl FnOnce(&mut dyn Read) -> T,
    ) -> io::Result<T> {
        writeln!(self.questions, "{id}")?;
        self.questions.flush()?;
        let mut head = String::new();
        (&mut self.answers).take(256).read_line(&mut head)?;
        let size = head
            .trim_end()
            .rsplit_once(' ')
            .and_then(|(_, size)| size.parse().ok())
            .ok_or_else(|| io::Error::other(format!("git has no content {id}")))?;
        let mut content = (&mut self.answers).take(size);
        let taken = take(&mut content);
        io::copy(&mut content, &mut io::sink())?;
        // A line end follows each content.
        let rest = content.limit();
        if rest > 0 || self.answers.read(&mut [0])? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(taken)
    }
}
