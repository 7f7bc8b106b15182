//! An entry of `ignore`, as it is compared with violations.

use crate::facts::{Terms, Violation};
use crate::text::{Excerpt, Globs, Position};

/// An entry: a violation that fits every condition is suppressed.
#[derive(Debug, Clone)]
pub struct IgnoreRule {
    /// A rule id.
    pub rule: Option<String>,
    /// Paths.
    pub path: Option<Globs>,
    /// A pattern of key paths.
    pub key: Option<KeyPattern>,
    /// A name in lower case; with `*.` in front whatever ends like it.
    pub host: Option<String>,
    /// A service id.
    pub service: Option<String>,
    /// An environment.
    pub environment: Option<String>,
    /// Why.
    pub reason: String,
    /// Until when, and whose.
    pub terms: Terms,
    /// Where the entry begins in the configuration.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
    /// The lines around it.
    pub excerpt: Option<Excerpt>,
    /// It is from the base of the run's configuration.
    pub of_base: bool,
}

impl IgnoreRule {
    /// Whether a violation fits every condition.
    pub(crate) fn fits(&self, violation: &Violation) -> bool {
        let same = |wanted: &Option<String>, is: &str| wanted.as_deref().is_none_or(|w| w == is);
        same(&self.rule, &violation.rule)
            && same(&self.service, &violation.service)
            && same(&self.environment, &violation.environment)
            && self
                .host
                .as_deref()
                .is_none_or(|h| host(h, &violation.name))
            && self
                .path
                .as_ref()
                .is_none_or(|p| p.matches(&violation.path, false))
            && self.key.as_ref().is_none_or(|pattern| {
                let key = violation.key.as_deref();
                key.is_some_and(|key| pattern.matches(key))
            })
    }
}

fn host(pattern: &str, name: &str) -> bool {
    match pattern.strip_prefix('*') {
        Some(suffix) => name.len() > suffix.len() && name.ends_with(suffix),
        None => pattern == name,
    }
}

/// A pattern of key paths: as reports print them, with `*` for any one key and `[*]` for any
/// position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPattern {
    written: String,
    steps: Vec<String>,
}

impl KeyPattern {
    /// Reads a pattern.
    #[must_use]
    pub fn new(written: &str) -> Self {
        Self {
            written: written.to_owned(),
            steps: steps(written),
        }
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Whether a key path fits.
    #[must_use]
    pub fn matches(&self, key: &str) -> bool {
        let steps = steps(key);
        let fits = |(pattern, step): (&String, &String)| match pattern.as_str() {
            "*" => true,
            "[*]" => step.starts_with('['),
            exact => exact == step,
        };
        steps.len() == self.steps.len() && self.steps.iter().zip(&steps).all(fits)
    }
}

/// The steps of a key path: `a."b.c"[0] > d` has five, the arrow being one of them.
fn steps(path: &str) -> Vec<String> {
    let mut steps = vec![String::new()];
    let mut quoted = false;
    let mut characters = path.chars().peekable();
    while let Some(c) = characters.next() {
        let last = steps.len() - 1;
        match c {
            '\\' if quoted => {
                steps[last].push(c);
                steps[last].extend(characters.next());
            }
            '"' => {
                quoted = !quoted;
                steps[last].push(c);
            }
            _ if quoted => steps[last].push(c),
            '.' => steps.push(String::new()),
            '[' => steps.push("[".to_owned()),
            ' ' if characters.peek() == Some(&'>') => {
                characters.next();
                characters.next_if_eq(&' ');
                steps.extend([">".to_owned(), String::new()]);
            }
            _ => steps[last].push(c),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_pattern_fits_step_by_step() {
        for (pattern, key) in [
            ("a.b", "a.b"),
            ("a.*", "a.b"),
            ("a[*].b", "a[12].b"),
            ("*.*.b", "a[0].b"),
            (
                "data.\"app.json\" > *.url",
                "data.\"app.json\" > service.url",
            ),
        ] {
            assert!(KeyPattern::new(pattern).matches(key), "{pattern}: {key}");
        }
        for (pattern, key) in [
            ("a.b", "a.b.c"),
            ("a.*", "a"),
            ("a[*].b", "a.x.b"),
            ("a.*", "a > b"),
            ("data.*", "data.app.json"),
        ] {
            assert!(!KeyPattern::new(pattern).matches(key), "{pattern}: {key}");
        }
    }

    #[test]
    fn a_host_is_whole_or_an_ending() {
        assert!(host("a.example.org", "a.example.org"));
        assert!(host("*.example.org", "a.example.org"));
        assert!(!host("*.example.org", "example.org"));
        assert!(!host("example.org", "a.example.org"));
    }
}
