//! The rules and environments of a catalogue, for the formats that describe them.

use super::{Catalogue, Merged};
use crate::facts::{EnvironmentDoc, RuleDoc, RuleDocs};

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
