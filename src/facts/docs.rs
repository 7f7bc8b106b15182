//! What the rules and environments of a run are, for the formats that describe them.

/// The rules of the packs of a run.
#[derive(Debug, Clone, Default)]
pub struct RuleDocs {
    /// By pack and id.
    pub rules: Vec<RuleDoc>,
    /// By pack and name.
    pub environments: Vec<EnvironmentDoc>,
}

/// The documentation of a rule.
#[derive(Debug, Clone)]
pub struct RuleDoc {
    /// Its id.
    pub id: String,
    /// The pack that it belongs to.
    pub pack: String,
    /// The environment whose references it reports.
    pub environment: String,
    /// One line.
    pub summary: String,
    /// Why it matters.
    pub why: String,
    /// What to do about a violation.
    pub how_to_fix: String,
    /// Where the end of the environment is announced.
    pub url: Option<String>,
}

/// An environment of a pack.
#[derive(Debug, Clone)]
pub struct EnvironmentDoc {
    /// The pack that it belongs to.
    pub pack: String,
    /// Its name.
    pub name: String,
    /// Other names in use.
    pub aliases: Vec<String>,
    /// The environment to use instead.
    pub replacement: Option<String>,
    /// When it ends or ended, YYYY-MM-DD.
    pub until: Option<String>,
}

impl RuleDocs {
    /// The documentation of a rule.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&RuleDoc> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}
