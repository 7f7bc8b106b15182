//! Globs as users know them from .gitignore: a bare name matches at any depth, a folder matches
//! what is in it, `!` excepts.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Where globs were written, seen from the scan root.
#[derive(Debug, Clone, Default)]
pub struct GlobFolder {
    /// The way from the folder down to the scan root; empty when they are the same.
    pub above: String,
    /// The way from the scan root down to the folder; empty when they are the same.
    pub below: String,
    /// The folder itself, which absolute globs begin with.
    pub path: Option<PathBuf>,
}

/// A list of globs.
#[derive(Debug, Clone, Default)]
pub struct Globs {
    compiled: Option<Arc<Compiled>>,
    /// What to put before a path so that it is relative to where the globs were written.
    prefix: String,
    /// What to take off a path for that; a path without it is not matched.
    within: String,
    patterns: Vec<String>,
    /// A second list, e.g. from the arguments in addition to the configuration.
    also: Option<Box<Globs>>,
}

/// Patterns at work.
#[derive(Debug)]
struct Compiled {
    globs: Gitignore,
    /// Each as it was compiled, and whether it decided about a path.
    patterns: Vec<(String, AtomicBool)>,
}

impl Compiled {
    /// Whether a path, or a folder that it is in, is matched.
    fn matches(&self, path: &str, is_folder: bool) -> bool {
        let decided = self.globs.matched_path_or_any_parents(path, is_folder);
        if let Some(glob) = decided.inner() {
            for (pattern, used) in &self.patterns {
                if pattern == glob.original().trim_end() && !used.load(Ordering::Relaxed) {
                    used.store(true, Ordering::Relaxed);
                }
            }
        }
        decided.is_ignore()
    }
}

/// A pattern that is none.
#[derive(Debug, thiserror::Error)]
#[error("`{pattern}` {source}")]
pub struct GlobError {
    /// Its number in the list, from 0.
    pub index: usize,
    /// The pattern.
    pub pattern: String,
    source: GlobFault,
}

#[derive(Debug, thiserror::Error)]
enum GlobFault {
    #[error("is not a glob: {0}")]
    Syntax(ignore::Error),
    #[error("leads out of the folder that it is relative to, where it can match nothing")]
    Outside,
}

impl Globs {
    /// Compiles patterns that are written in a folder.
    ///
    /// # Errors
    /// The first pattern that is not a glob, or that leads out of the folder.
    pub fn new(patterns: &[String], folder: &GlobFolder) -> Result<Self, GlobError> {
        if patterns.is_empty() {
            return Ok(Self::default());
        }
        let error = |index: usize, source: GlobFault| GlobError {
            index,
            pattern: patterns[index].clone(),
            source,
        };
        let mut builder = GitignoreBuilder::new("");
        let mut compiled_patterns = Vec::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let meant = as_meant(pattern, folder.path.as_deref());
            let meant = meant.ok_or_else(|| error(index, GlobFault::Outside))?;
            builder
                .add_line(None, &meant)
                .map_err(|source| error(index, GlobFault::Syntax(source)))?;
            compiled_patterns.push((meant.trim_end().to_owned(), AtomicBool::new(false)));
        }
        let compiled = builder
            .build()
            .map_err(|source| error(patterns.len() - 1, GlobFault::Syntax(source)))?;
        Ok(Self {
            compiled: Some(Arc::new(Compiled {
                globs: compiled,
                patterns: compiled_patterns,
            })),
            prefix: with_slash(&folder.above),
            within: with_slash(&folder.below),
            patterns: patterns.to_vec(),
            also: None,
        })
    }

    /// Both lists: what one of them matches is matched.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self.is_empty() {
            return other;
        }
        if other.is_empty() {
            return self;
        }
        let also = match self.also {
            Some(also) => also.or(other),
            None => other,
        };
        Self {
            also: Some(Box::new(also)),
            ..self
        }
    }

    /// Says whether there is no pattern.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.compiled.is_none()
    }

    /// The patterns as they were written.
    #[must_use]
    pub fn patterns(&self) -> Vec<String> {
        let mut all = self.patterns.clone();
        all.extend(self.also.iter().flat_map(|a| a.patterns()));
        all
    }

    /// Whether the pattern of this number decided about a path so far.
    #[must_use]
    pub fn is_used(&self, index: usize) -> bool {
        let patterns = self.compiled.as_ref().map(|compiled| &compiled.patterns);
        let pattern = patterns.and_then(|patterns| patterns.get(index));
        pattern.is_none_or(|(text, used)| {
            // Nobody asked for the effect of a comment or an empty line.
            text.is_empty() || text.starts_with('#') || used.load(Ordering::Relaxed)
        })
    }

    /// Whether a path (relative to the scan root, with forward slashes) or one of the folders it
    /// lies in is matched.
    #[must_use]
    pub fn matches(&self, path: &str, is_folder: bool) -> bool {
        let own = self.compiled.as_ref().is_some_and(|globs| {
            let Some(path) = path.strip_prefix(self.within.as_str()) else {
                return false;
            };
            let path = joined(&self.prefix, path);
            // A path with a root would not be relative to the globs.
            let path = path.trim_start_matches('/');
            globs.matches(path, is_folder)
        });
        own || self
            .also
            .as_ref()
            .is_some_and(|a| a.matches(path, is_folder))
    }
}

fn with_slash(folder: &str) -> String {
    match folder {
        "" => String::new(),
        folder if folder.ends_with('/') => folder.to_owned(),
        folder => format!("{folder}/"),
    }
}

/// A path below a prefix; it may begin with steps up.
fn joined(prefix: &str, path: &str) -> String {
    let (mut prefix, mut path) = (prefix, path);
    while let Some(rest) = path.strip_prefix("../") {
        let folder = prefix.trim_end_matches('/');
        prefix = &prefix[..folder.rfind('/').map_or(0, |slash| slash + 1)];
        path = rest;
    }
    format!("{prefix}{path}")
}

/// A pattern as .gitignore would have it. There `./x`, `a//b` and the absolute path of a file match nothing,
/// although it is clear what they mean; what leads out of the folder cannot match.
fn as_meant(pattern: &str, folder: Option<&Path>) -> Option<String> {
    let (mark, glob) = match pattern.strip_prefix('!') {
        Some(glob) => ("!", glob),
        None => ("", pattern),
    };
    let below = folder
        .and_then(|folder| glob.strip_prefix(folder.to_str()?))
        .filter(|below| below.is_empty() || below.starts_with('/'));
    let glob = below.unwrap_or(glob);
    if !glob.contains("./") && !glob.contains("//") && ![".", "..", ""].contains(&glob) {
        return Some(format!("{mark}{glob}"));
    }
    let steps: Vec<&str> = glob.split('/').collect();
    if steps.contains(&"..") {
        return None;
    }
    let is_anchored = glob.starts_with(['/', '.']) && (glob.starts_with('/') || steps[0] == ".");
    let kept = steps.iter().filter(|step| !["", "."].contains(*step));
    let kept: Vec<&str> = kept.copied().collect();
    if kept.is_empty() {
        // Only a folder that was named is everything; an empty line is none.
        let all = if pattern.is_empty() { "" } else { "**" };
        return Some(format!("{mark}{all}"));
    }
    let start = if is_anchored { "/" } else { "" };
    let end = if glob.ends_with('/') { "/" } else { "" };
    Some(format!("{mark}{start}{}{end}", kept.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn globs(patterns: &[&str]) -> Globs {
        let patterns: Vec<String> = patterns.iter().map(|p| (*p).to_owned()).collect();
        Globs::new(&patterns, &GlobFolder::default()).expect("globs")
    }

    #[test]
    fn names_folders_and_anchored_paths_match_as_in_gitignore() {
        let globs = globs(&["vendor/", "*.log", "/docs/old.md", "!keep.log"]);
        for path in ["vendor/a/b.js", "x/vendor/a.js", "a/b.log", "docs/old.md"] {
            assert!(globs.matches(path, false), "{path}");
        }
        for path in ["vendor.js", "x/docs/old.md", "a/keep.log", "src/a.rs"] {
            assert!(!globs.matches(path, false), "{path}");
        }
    }

    #[test]
    fn patterns_that_decide_are_known() {
        let globs = globs(&["vendor/", "*.log", "!keep.log", "# none", "", "x/y", "a\\ "]);
        for path in ["vendor/a/b.js", "keep.log", "a "] {
            let _ = globs.matches(path, false);
        }
        let used: Vec<bool> = (0..7).map(|index| globs.is_used(index)).collect();
        assert_eq!(used, [true, false, true, true, true, false, true]);
    }

    #[test]
    fn any_number_of_lists_match_together() {
        let none = Globs::default;
        let all = globs(&["a"]).or(globs(&["b"])).or(globs(&["c"])).or(none());
        let all = none().or(all).or(none());
        assert!(["a", "b", "c"].iter().all(|path| all.matches(path, false)));
        assert_eq!(all.patterns(), ["a", "b", "c"]);
    }

    #[test]
    fn a_prefix_makes_paths_relative_to_the_globs() {
        let folder = GlobFolder {
            above: "services/a".to_owned(),
            ..GlobFolder::default()
        };
        let globs = Globs::new(&["/services/a/x.yml".to_owned()], &folder).expect("globs");
        assert!(globs.matches("x.yml", false));
        assert!(globs.matches("../a/x.yml", false));
        assert!(!globs.matches("services/a/x.yml", false));
    }

    #[test]
    fn globs_of_a_folder_below_match_only_in_it() {
        let folder = GlobFolder {
            below: "services/a".to_owned(),
            ..GlobFolder::default()
        };
        let patterns = ["/vendor/".to_owned(), "*.log".to_owned()];
        let globs = Globs::new(&patterns, &folder).expect("globs");
        for path in ["services/a/vendor/x", "services/a/b/x.log"] {
            assert!(globs.matches(path, false), "{path}");
        }
        for path in [
            "vendor/x",
            "x.log",
            "services/ab/x.log",
            "services/a/b/vendor/x",
        ] {
            assert!(!globs.matches(path, false), "{path}");
        }
    }

    #[test]
    fn patterns_that_could_match_nothing_are_taken_as_meant_or_refused() {
        let here = Path::new("/w/r");
        for (pattern, meant) in [
            ("./a/tests", Some("/a/tests")),
            ("a//b/", Some("a/b/")),
            ("/a/./b", Some("/a/b")),
            ("//a", Some("/a")),
            ("!./a", Some("!/a")),
            (".", Some("**")),
            ("./", Some("**")),
            ("/w/r/docs", Some("/docs")),
            ("/w/r", Some("**")),
            ("/w/rest", Some("/w/rest")),
            (".github/", Some(".github/")),
            ("a./b", Some("a./b")),
            ("*.", Some("*.")),
            ("**", Some("**")),
            ("", Some("")),
            ("../x", None),
            ("a/../b", None),
            ("..", None),
        ] {
            assert_eq!(as_meant(pattern, Some(here)).as_deref(), meant, "{pattern}");
        }
    }
}
