//! Leaves out what is on lines that have not changed. git is only asked for what was there: a
//! comparison by git would run filters that a repository may configure.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::path::PathBuf;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::changes::ChangesError;
use crate::detect::MOST_BYTES;
use crate::facts::{Context, Phase, Report, Violation};
use crate::files;
use crate::input::changes::{self, Contents};
use crate::input::{Roots, path_of_report};
use crate::text::{Decoded, Encoding};

/// The state that a work tree is compared with.
pub(super) struct Since {
    repository: PathBuf,
    /// The way from the top of the work tree to the scan root, with a slash at its end.
    prefix: String,
    root: PathBuf,
    top: PathBuf,
    /// The contents that were there.
    before: HashMap<String, String>,
    all_decommissioned: bool,
}

/// What has changed in a file.
enum Changed {
    Nothing,
    Everything,
    /// By line, from 0.
    Lines(Vec<bool>),
}

/// Old files looked at for a new name; more of them say that a lot was deleted, not renamed.
const MOST_RENAMES: usize = 2000;

impl Since {
    /// The merge base of a revision and HEAD.
    pub(super) fn new(
        roots: &Roots,
        revision: &str,
        all_decommissioned: bool,
    ) -> Result<Self, ChangesError> {
        let repository = roots
            .repository
            .as_deref()
            .ok_or(ChangesError::NoRepository)?;
        let named = |revision: &str| {
            changes::commit(repository, revision).ok_or_else(|| {
                match changes::refusal(repository) {
                    // It is not the revision that is wrong.
                    Some(said) => ChangesError::Git(said),
                    None => ChangesError::NoRevision(revision.to_owned()),
                }
            })
        };
        let (other, head) = (named(revision)?, named("HEAD")?);
        let base = changes::merge_base(repository, &other, &head)
            .ok_or_else(|| ChangesError::NoMergeBase(revision.to_owned()))?;
        let top = changes::top(repository);
        let prefix = match roots.prefix_from(&top) {
            prefix if prefix.is_empty() => prefix,
            prefix => format!("{prefix}/"),
        };
        Ok(Self {
            repository: repository.to_path_buf(),
            prefix,
            root: roots.root.clone(),
            top,
            before: changes::files(repository, &base).map_err(ChangesError::Git)?,
            all_decommissioned,
        })
    }

    /// Leaves out of a report what is on lines that have not changed, and counts it.
    pub(super) fn sift(&self, report: &mut Report) -> Result<(), ChangesError> {
        let mut contents =
            Contents::open(&self.repository).map_err(|e| ChangesError::Git(e.to_string()))?;
        let all = std::mem::take(&mut report.violations);
        let mut files: HashMap<String, Option<Changed>> = HashMap::new();
        for violation in &all {
            files.entry(self.file(&violation.path).0).or_default();
        }
        let renames = self.renames(files.keys(), &mut contents);
        for (file, changed) in &mut files {
            let old = self
                .before
                .get(&format!("{}{file}", self.prefix))
                .or_else(|| renames.get(file));
            *changed = Some(match old {
                Some(id) => self.compare(file, id, &mut contents),
                None => Changed::Everything,
            });
        }
        let mut unchanged = 0;
        for violation in all {
            let (file, whole) = self.file(&violation.path);
            let changed = files.get(&file).and_then(Option::as_ref);
            let decommissioned =
                self.all_decommissioned && violation.phase == Phase::Decommissioned;
            if decommissioned || self.is_changed(&violation, changed, whole) {
                report.violations.push(violation);
            } else {
                unchanged += 1;
            }
        }
        report.coverage.unchanged = Some(unchanged);
        Ok(())
    }

    /// The file in the work tree that a path of a report is in, and whether it changes only as a
    /// whole, as an archive does.
    fn file(&self, path: &str) -> (String, bool) {
        match path.split_once("!/") {
            Some((archive, _)) if !self.root.join(path_of_report(path)).is_file() => {
                (archive.to_owned(), true)
            }
            _ => (path.to_owned(), false),
        }
    }

    fn is_changed(&self, violation: &Violation, changed: Option<&Changed>, whole: bool) -> bool {
        if violation.context == Context::FileName && !whole {
            let path = format!("{}{}", self.prefix, violation.path);
            let folder = format!("{path}/");
            let was_there = |old: &String| *old == path || old.starts_with(&folder);
            return !self.before.keys().any(was_there);
        }
        match changed {
            Some(Changed::Nothing) => false,
            None | Some(Changed::Everything) => true,
            Some(Changed::Lines(_)) if whole => true,
            Some(Changed::Lines(lines)) => {
                let is_new = |line: u64| {
                    let index = usize::try_from(line).ok().and_then(|l| l.checked_sub(1));
                    index.and_then(|i| lines.get(i)).copied().unwrap_or(true)
                };
                let own = (violation.start.line..=violation.end.line).any(is_new);
                let others = violation.occurrences > 1
                    && violation.related.iter().any(|r| is_new(r.start.line));
                // Not every place of a large group is listed.
                let unlisted = violation.occurrences > violation.related.len() as u64 + 1;
                own || others || unlisted
            }
        }
    }

    fn compare(&self, file: &str, id: &str, contents: &mut Contents) -> Changed {
        let path = self.root.join(path_of_report(file));
        if fs::metadata(&path).is_ok_and(|m| m.len() > MOST_BYTES) {
            return match changes::id_of(&self.repository, &path) {
                Some(now) if now == id => Changed::Nothing,
                _ => Changed::Everything,
            };
        }
        let mut before = Vec::new();
        let read = contents.read(id, |reader| reader.read_to_end(&mut before));
        match (read, files::read(&path, MOST_BYTES)) {
            (Ok(Ok(_)), Ok(now)) => compare(&before, &now),
            _ => Changed::Everything,
        }
    }

    /// The old contents of files that have a new name: a file that is gone and shares at least
    /// half of its lines, as git has it.
    fn renames<'f>(
        &self,
        files: impl Iterator<Item = &'f String>,
        contents: &mut Contents,
    ) -> HashMap<String, String> {
        let is_new = |file: &&String| !self.before.contains_key(&format!("{}{file}", self.prefix));
        let new: Vec<(&String, Vec<u64>)> = files
            .filter(is_new)
            .filter_map(|file| Some((file, hashes(&self.small(file)?))))
            .collect();
        if new.is_empty() {
            return HashMap::new();
        }
        let mut gone: Vec<(&String, &String)> = self
            .before
            .iter()
            .filter(|(path, _)| {
                self.top
                    .join(path_of_report(path))
                    .symlink_metadata()
                    .is_err()
            })
            .collect();
        gone.sort();
        gone.truncate(MOST_RENAMES);
        let mut pairs = Vec::new();
        for (path, id) in gone {
            let mut bytes = Vec::new();
            let read = contents.read(id, |r| {
                std::io::Read::read_to_end(&mut std::io::Read::take(r, MOST_BYTES), &mut bytes)
            });
            if !matches!(read, Ok(Ok(_))) {
                continue;
            }
            let old = hashes(&bytes);
            for (file, lines) in &new {
                let shared = shared(&old, lines);
                let most = old.len().max(lines.len());
                if shared * 2 >= most && shared > 0 {
                    // The most similar first; equal ones by path.
                    let unlike = (most - shared) * 1000 / most;
                    pairs.push((unlike, (*file).clone(), path.clone(), id.clone()));
                }
            }
        }
        pairs.sort();
        let mut renames = HashMap::new();
        let mut used = std::collections::HashSet::new();
        for (_, file, path, id) in pairs {
            if !renames.contains_key(&file) && used.insert(path) {
                renames.insert(file, id);
            }
        }
        renames
    }

    fn small(&self, file: &str) -> Option<Vec<u8>> {
        let path = self.root.join(path_of_report(file));
        let is_small = fs::metadata(&path).is_ok_and(|m| m.is_file() && m.len() <= MOST_BYTES);
        is_small
            .then(|| files::read(&path, MOST_BYTES).ok())
            .flatten()
    }
}

fn compare(before: &[u8], now: &[u8]) -> Changed {
    if before == now {
        return Changed::Nothing;
    }
    let text = |bytes| Decoded::new(bytes, Encoding::detect(bytes, true));
    let (Some(before), Some(now)) = (text(before), text(now)) else {
        return Changed::Everything;
    };
    let (before, now) = (lines(before.text()), lines(now.text()));
    let mut is_new = vec![false; now.len()];
    for op in capture_diff_slices(Algorithm::Myers, &before, &now) {
        if op.tag() != DiffTag::Equal {
            is_new[op.new_range()].fill(true);
        }
    }
    Changed::Lines(is_new)
}

/// Lines without their ends, which git may write in its own way.
fn lines(text: &str) -> Vec<&str> {
    text.split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .collect()
}

/// The lines of a file as numbers, in order of the numbers.
fn hashes(bytes: &[u8]) -> Vec<u64> {
    let hash = |line: &[u8]| {
        let mut hasher = DefaultHasher::new();
        line.strip_suffix(b"\r").unwrap_or(line).hash(&mut hasher);
        hasher.finish()
    };
    let mut all: Vec<u64> = bytes.split(|b| *b == b'\n').map(hash).collect();
    all.sort_unstable();
    all
}

/// How many two ordered lists have in common.
fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    count
}
