//! What is known about a suppression besides its reason, in a directive or in the configuration.

use jiff::civil::Date;

/// What is known about a suppression besides its reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where it is tracked.
    pub ticket: Option<String>,
}

impl Terms {
    /// Whether it holds no longer.
    #[must_use]
    pub fn expired(&self, as_of: Date) -> Option<Date> {
        self.until.filter(|until| *until < as_of)
    }
}
