//! Which tree is read: what git says about a repository, and its remote without credentials.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::git::{self, parts};
use super::report_path;
use crate::edit;
use crate::facts::RepositoryUsed;

/// Keeps git from counting the commits between a branch and its remote, which can take long.
const NO_COMPARISON: &str = concat!("--no-ahead-be", "hind");

/// Changed files that are asked about for a filter.
const MOST_CHANGED: usize = 100;

/// The settings that the questions need: remotes, and programs that git would run.
const SETTINGS: &str = r"^(remote\..*\.url|branch\..*\.remote|filter\..*)$";

/// The repositories that arguments are in, without links.
#[must_use]
pub(crate) fn repositories(arguments: &[PathBuf]) -> BTreeSet<PathBuf> {
    let mut folders = BTreeSet::new();
    for argument in arguments {
        let folder = if argument.is_dir() {
            argument.canonicalize().ok()
        } else {
            super::place(argument)
                .ok()
                .and_then(|place| place.parent().map(Path::to_path_buf))
        };
        folders.extend(folder);
    }
    let roots = folders.iter();
    roots
        .filter_map(|folder| git::repository_root(folder))
        .collect()
}

/// Where a repository is, as reports say it: `.` if the scan root is in it.
#[must_use]
pub(crate) fn repository_path(root: &Path, repository: &Path) -> String {
    if root.starts_with(repository) {
        ".".to_owned()
    } else {
        report_path(repository.strip_prefix(root).unwrap_or(repository))
    }
}

/// What git says about a repository of which the part in `root` is checked. Whatever it cannot say is
/// absent.
#[must_use]
pub(crate) fn provenance(root: &Path, repository: &Path) -> RepositoryUsed {
    let mut used = RepositoryUsed::at(repository_path(root, repository));
    let mut folder = repository;
    if let Ok(below) = root.strip_prefix(repository) {
        used.folder = report_path(below);
        folder = root;
    }
    let settings = GitSettings::ask(repository);
    if let Some(status) = status(repository, folder, &settings) {
        used.branch = status.branch;
        used.commit = status.commit;
        used.is_dirty = status.is_dirty;
    }
    used.remote = settings.remote(used.branch.as_deref());
    used.name = used.remote.as_deref().and_then(name);
    used
}

/// A question about this repository and none above it.
fn question(repository: &Path, folder: &Path) -> Command {
    let mut question = git::command(folder);
    if let Some(above) = repository.parent() {
        question.env("GIT_CEILING_DIRECTORIES", above);
    }
    question
}

/// The settings of the repository itself: keys and values.
#[derive(Default)]
struct GitSettings(Vec<(String, String)>);

impl GitSettings {
    fn ask(repository: &Path) -> Self {
        let answer = git::output(
            &mut question(repository, repository),
            &["config", "--includes", "--null", "--get-regexp", SETTINGS],
        );
        let answer = answer.unwrap_or_default();
        let pairs = parts(&answer).map(|part| {
            let text = String::from_utf8_lossy(part).into_owned();
            match text.split_once('\n') {
                Some((key, value)) => (key.to_owned(), value.to_owned()),
                None => (text, String::new()),
            }
        });
        Self(pairs.collect())
    }

    /// The values of a setting, by what is between its first and its last word.
    fn named<'s>(
        &'s self,
        first: &'s str,
        last: &'s str,
    ) -> impl Iterator<Item = (&'s str, &'s str)> {
        self.0.iter().filter_map(move |(key, value)| {
            let name = key.strip_prefix(first)?.strip_prefix('.')?;
            Some((name.strip_suffix(last)?.strip_suffix('.')?, value.as_str()))
        })
    }

    /// The remote that a branch follows, or else `origin`, or else the first one, without credentials.
    fn remote(&self, branch: Option<&str>) -> Option<String> {
        let mut branches = self.named("branch", "remote");
        let followed = branches.find(|(name, _)| Some(*name) == branch);
        let wanted = followed.map_or("origin", |(_, remote)| remote);
        let mut remotes = self.named("remote", "url");
        let first = self.named("remote", "url").next();
        let (_, url) = remotes.find(|(name, _)| *name == wanted).or(first)?;
        public_url(url)
    }

    /// Keeps git from running the programs that the repository names for its files; `None` if that is
    /// not possible.
    fn without_programs(&self, question: &mut Command) -> Option<()> {
        let mut names = BTreeSet::new();
        for (key, _) in &self.0 {
            if let Some(filter) = key.strip_prefix("filter.") {
                names.extend(filter.rsplit_once('.').map(|(name, _)| name));
            }
        }
        for name in names {
            // git would take what comes before the sign for the key.
            if name.contains('=') {
                return None;
            }
            for setting in ["clean=", "smudge=", "process=", "required=false"] {
                question.args(["-c", &format!("filter.{name}.{setting}")]);
            }
        }
        Some(())
    }
}

/// The state of a work tree.
struct Status {
    branch: Option<String>,
    commit: Option<String>,
    is_dirty: Option<bool>,
}

fn status(repository: &Path, folder: &Path, settings: &GitSettings) -> Option<Status> {
    let mut asked = question(repository, folder);
    git::use_own_excludes(&mut asked, folder);
    settings.without_programs(&mut asked)?;
    let answer = git::output(
        &mut asked,
        &[
            "status",
            "--porcelain=v2",
            "--branch",
            "-z",
            "--untracked-files=normal",
            "--no-renames",
            NO_COMPARISON,
            // git would start itself in each of them, with their settings.
            "--ignore-submodules=dirty",
            "--",
            ".",
        ],
    );
    let answer = answer.ok()?;
    let mut status = Status {
        branch: None,
        commit: None,
        is_dirty: Some(false),
    };
    let mut changed = Vec::new();
    for row in parts(&answer) {
        if let Some(head) = row.strip_prefix(b"# branch.") {
            let head = String::from_utf8_lossy(head);
            match head.split_once(' ') {
                Some(("oid", id)) if id != "(initial)" => status.commit = Some(id.to_owned()),
                Some(("head", name)) if name != "(detached)" => {
                    status.branch = Some(name.to_owned());
                }
                _ => {}
            }
        } else if let Some(path) = changed_content(row) {
            changed.push(path);
        } else if !is_of_ptlint(row) {
            status.is_dirty = Some(true);
            return Some(status);
        }
    }
    if !changed.is_empty() {
        status.is_dirty = is_changed(repository, &changed);
    }
    Some(status)
}

/// The path of a tracked file of which only the content in the work tree is another one.
fn changed_content(row: &[u8]) -> Option<&[u8]> {
    // `1 XY sub mH mI mW hH hI path`
    let rest = row.strip_prefix(b"1 .M N... ")?;
    let mut fields = rest.splitn(6, |byte| *byte == b' ');
    fields.nth(5)
}

/// Whether a row is about the folder of undo patches.
fn is_of_ptlint(row: &[u8]) -> bool {
    let path = row.strip_prefix(b"? ");
    path.is_some_and(|path| edit::is_own(&String::from_utf8_lossy(path)))
}

/// Whether one of the files has changed. What a filter makes of a file is not asked, since filters are
/// programs: those of Git LFS differ from what is committed although nobody changed them.
fn is_changed(repository: &Path, changed: &[&[u8]]) -> Option<bool> {
    let mut asked = question(repository, repository);
    asked.args(["check-attr", "-z", "filter", "--"]);
    asked.args(
        changed
            .iter()
            .take(MOST_CHANGED)
            .map(|path| git::path(path)),
    );
    let answer = git::output(&mut asked, &[]).ok()?;
    let answers: Vec<&[u8]> = answer.split(|byte| *byte == 0).collect();
    let plain = answers
        .chunks_exact(3)
        .any(|row| [&b"unspecified"[..], b"unset"].contains(&row[2]));
    plain.then_some(true)
}

/// The URL of a remote without user, password, query and fragment. The path of a folder is none: it is
/// of one computer only.
fn public_url(url: &str) -> Option<String> {
    let is_helper = |name: &str| !name.is_empty() && name.chars().all(char::is_alphanumeric);
    if let Some((helper, address)) = url.split_once("::")
        && is_helper(helper)
    {
        return address.contains("://").then(|| public_url(address))?;
    }
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) => (scheme, rest.to_owned()),
        None => ("ssh", as_ssh(url)?),
    };
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    if scheme.eq_ignore_ascii_case("file") || scheme.is_empty() || !scheme.chars().all(is_scheme) {
        return None;
    }
    let rest = rest.split(['?', '#', ';']).next().unwrap_or_default();
    let (authority, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, ""),
    };
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (host, ""),
    };
    let is_host = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '[' | ']' | ':');
    // A password that has a slash would look like a port and a path.
    let is_odd = name.is_empty()
        || !name.chars().all(is_host)
        || !port.chars().all(|c| c.is_ascii_digit())
        || path.split('/').any(|part| part.rfind('@') > Some(0));
    (!is_odd).then(|| format!("{scheme}://{host}{}", encoded(path.trim_end_matches('/'))))
}

/// `user@host:path` as host and path.
fn as_ssh(url: &str) -> Option<String> {
    let (before, path) = url.split_once(':')?;
    // The password of something else may have colons.
    let (before, path) = match (before.contains('@'), path.rsplit_once('@')) {
        (false, Some((_, rest))) => rest.split_once(':')?,
        _ => (before, path),
    };
    let is_path = before.contains(['/', '\\']) || before.len() < 2;
    (!is_path).then(|| format!("{before}/{}", path.trim_start_matches('/')))
}

/// A path as it is in a URL.
fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/%@:+,=!$&'()*".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// What a repository is called at its remote.
fn name(remote: &str) -> Option<String> {
    let (_, rest) = remote.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    let name = path.strip_suffix(".git").unwrap_or(path);
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remote_is_a_url_without_credentials() {
        for (given, expected) in [
            (
                "https://host.example/a/b.git",
                Some("https://host.example/a/b.git"),
            ),
            (
                "https://user:pw@host.example/a/b.git",
                Some("https://host.example/a/b.git"),
            ),
            (
                "https://user:p@w@host.example/a",
                Some("https://host.example/a"),
            ),
            (
                "https://token@host.example:8443/a/",
                Some("https://host.example:8443/a"),
            ),
            (
                "https://host.example/a?access_token=x",
                Some("https://host.example/a"),
            ),
            (
                "https://host.example/a;token=x#y",
                Some("https://host.example/a"),
            ),
            (
                "https://host.example/a b\u{1b}",
                Some("https://host.example/a%20b%1B"),
            ),
            (
                "https://host.example/@scope/a",
                Some("https://host.example/@scope/a"),
            ),
            (
                "ssh://user:pw@host.example:22/a",
                Some("ssh://host.example:22/a"),
            ),
            (
                "git@host.example:a/b.git",
                Some("ssh://host.example/a/b.git"),
            ),
            ("user:pw@host.example:a/b", Some("ssh://host.example/a/b")),
            ("host.example:a/b", Some("ssh://host.example/a/b")),
            (
                "helper::https://user:pw@host.example/a",
                Some("https://host.example/a"),
            ),
            (
                "ssh://git@[2001:db8::1]:22/a",
                Some("ssh://[2001:db8::1]:22/a"),
            ),
            ("ext::ssh -i key user@host %S a", None),
            ("https://user:p/w@host.example/a", None),
            ("https://user:1/2@host.example/a", None),
            ("https://user%3Apw%40host.example/a", None),
            ("https://", None),
            ("file:///srv/a.git", None),
            ("/srv/a.git", None),
            ("../a.git", None),
            ("./a:b", None),
            (r"C:\a\b", None),
            ("C:/a/b", None),
            ("", None),
        ] {
            assert_eq!(public_url(given).as_deref(), expected, "{given}");
        }
    }

    #[test]
    fn the_name_is_what_follows_the_host() {
        let named = |url| name(url);
        assert_eq!(
            named("https://host.example/a/b.git").as_deref(),
            Some("a/b")
        );
        assert_eq!(named("https://host.example"), None);
    }
}
