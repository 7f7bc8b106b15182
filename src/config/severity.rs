//! Severities that a configuration gives: which entry of `severity` decides.

use super::{Level, Settings};
use crate::facts::{Severity, own_rule};
use crate::text::Globs;

/// A severity for the violations that fit all of its conditions.
#[derive(Debug, Clone)]
pub struct SeverityRule {
    /// A rule id.
    pub rule: Option<String>,
    /// A service id.
    pub service: Option<String>,
    /// An environment.
    pub environment: Option<String>,
    /// Paths.
    pub path: Option<Globs>,
    /// The severity.
    pub severity: Level,
    /// Why.
    pub reason: Option<String>,
}

impl Level {
    /// The severity that it gives, unless it is off.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

impl SeverityRule {
    /// Whether all its conditions fit; what has no service or no environment fits no entry that
    /// names one.
    #[must_use]
    pub fn fits(
        &self,
        rule: &str,
        service: Option<&str>,
        environment: Option<&str>,
        path: &str,
    ) -> bool {
        let same = |wanted: &Option<String>, is: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| is == Some(wanted))
        };
        same(&self.rule, Some(rule))
            && same(&self.service, service)
            && same(&self.environment, environment)
            && self.path.as_ref().is_none_or(|p| p.matches(path, false))
    }
}

impl Settings {
    /// The severity of a notice about a suppression in the file at `path`, unless it is off.
    #[must_use]
    pub fn severity_of_notice(&self, rule: &str, path: &str) -> Option<Severity> {
        let mut entries = self.severity.iter().rev();
        let fitting = entries.find(|entry| entry.fits(rule, None, None, path));
        match fitting {
            None => own_rule(rule).map(|rule| rule.severity),
            Some(entry) => entry.severity.severity(),
        }
    }
}
