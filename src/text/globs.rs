//! Globs as users know them from .gitignore: a bare name matches at any depth, a folder matches
//! what is in it, `!` excepts.

use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// A list of globs.
#[derive(Debug, Clone, Default)]
pub struct Globs {
    compiled: Option<Arc<Gitignore>>,
    /// What to put before a path so that it is relative to where the globs were written.
    prefix: String,
    patterns: Vec<String>,
    /// A second list, e.g. from the arguments in addition to the configuration.
    also: Option<Box<Globs>>,
}

/// A pattern that is none.
#[derive(Debug, thiserror::Error)]
#[error("`{pattern}` is not a glob: {source}")]
pub struct GlobError {
    /// Its number in the list, from 0.
    pub index: usize,
    /// The pattern.
    pub pattern: String,
    source: ignore::Error,
}

impl Globs {
    /// Compiles patterns. `prefix` is the way from where they are written to the scan root, empty
    /// when that is the same folder.
    ///
    /// # Errors
    /// The first pattern that is not a glob.
    pub fn new(patterns: &[String], prefix: &str) -> Result<Self, GlobError> {
        if patterns.is_empty() {
            return Ok(Self::default());
        }
        let error = |index: usize, source: ignore::Error| GlobError {
            index,
            pattern: patterns[index].clone(),
            source,
        };
        let mut builder = GitignoreBuilder::new("");
        for (index, pattern) in patterns.iter().enumerate() {
            builder
                .add_line(None, pattern)
                .map_err(|source| error(index, source))?;
        }
        let compiled = builder
            .build()
            .map_err(|source| error(patterns.len() - 1, source))?;
        let mut prefix = prefix.to_owned();
        if !prefix.is_empty() && !prefix.ends_with('/') {
            prefix.push('/');
        }
        Ok(Self {
            compiled: Some(Arc::new(compiled)),
            prefix,
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

    /// Whether there is no pattern.
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

    /// Whether a path (relative to the scan root, with forward slashes) or one of the folders it
    /// lies in is matched.
    #[must_use]
    pub fn matches(&self, path: &str, is_folder: bool) -> bool {
        let own = self.compiled.as_ref().is_some_and(|globs| {
            let path = format!("{}{path}", self.prefix);
            // A path with a root would not be relative to the globs.
            let path = path.trim_start_matches('/');
            globs
                .matched_path_or_any_parents(path, is_folder)
                .is_ignore()
        });
        own || self
            .also
            .as_ref()
            .is_some_and(|a| a.matches(path, is_folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn globs(patterns: &[&str]) -> Globs {
        let patterns: Vec<String> = patterns.iter().map(|p| (*p).to_owned()).collect();
        Globs::new(&patterns, "").expect("globs")
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
    fn any_number_of_lists_match_together() {
        let none = Globs::default;
        let all = globs(&["a"]).or(globs(&["b"])).or(globs(&["c"])).or(none());
        let all = none().or(all).or(none());
        assert!(["a", "b", "c"].iter().all(|path| all.matches(path, false)));
        assert_eq!(all.patterns(), ["a", "b", "c"]);
    }

    #[test]
    fn a_prefix_makes_paths_relative_to_the_globs() {
        let globs = Globs::new(&["/services/a/x.yml".to_owned()], "services/a").expect("globs");
        assert!(globs.matches("x.yml", false));
        assert!(!globs.matches("services/a/x.yml", false));
    }
}
