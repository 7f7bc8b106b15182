//! What the rules and environments of a run are, for the formats that describe them.

use crate::catalogue::{Catalogue, Merged};

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
    /// The rules and environments of a catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let packs = catalogue.packs();
        Self {
            rules: packs.iter().flat_map(rules).collect(),
            environments: packs.iter().flat_map(environments).collect(),
        }
    }

    /// The documentation of a rule.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&RuleDoc> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

fn rules(pack: &Merged) -> impl Iterator<Item = RuleDoc> {
    pack.rows.rules.iter().map(|(id, rule)| RuleDoc {
        id: id.clone(),
        pack: pack.name.clone(),
        environment: rule.environment.clone(),
        summary: rule.summary.clone(),
        why: rule.why.trim_end().to_owned(),
        how_to_fix: rule.how_to_fix.trim_end().to_owned(),
        url: pack
            .environment(&rule.environment)
            .and_then(|environment| environment.lifecycle.first())
            .and_then(|entry| pack.source(&entry.source)?.url.clone()),
    })
}

fn environments(pack: &Merged) -> impl Iterator<Item = EnvironmentDoc> {
    let rows = pack.rows.environments.iter();
    rows.map(|(name, environment)| EnvironmentDoc {
        pack: pack.name.clone(),
        name: name.clone(),
        aliases: environment.aliases.clone(),
        replacement: environment.replacement.clone(),
        until: environment.lifecycle.last().map(|e| e.from.to_string()),
    })
}
