//! How a run ended.

use super::{Extent, Report, Severity};

impl Report {
    /// How the run ended.
    #[must_use]
    pub fn verdict(&self, fail_on: Severity, strict: bool) -> Verdict {
        let unsure =
            !self.failures.is_empty() || self.found_nothing() || strict && self.coverage.gaps() > 0;
        if unsure {
            Verdict::Incomplete
        } else if self.violations.iter().any(|v| v.severity >= fail_on)
            || self.notices.iter().any(|n| n.severity >= fail_on)
        {
            Verdict::Violations
        } else {
            Verdict::Clean
        }
    }

    /// Whether there was no file to check where there should be one. That nothing is staged but
    /// deletions is as it should be.
    #[must_use]
    pub fn found_nothing(&self) -> bool {
        self.coverage.is_empty() && self.coverage.extent != Extent::Staged
    }

    /// How many violations there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.violations
            .iter()
            .filter(|v| v.severity == severity)
            .count()
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing at or above the severity that fails.
    Clean,
    /// Violations.
    Violations,
    /// The run cannot vouch for its answer.
    Incomplete,
}

impl Verdict {
    /// The exit code of the process.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Violations => 1,
            Self::Incomplete => 3,
        }
    }
}
