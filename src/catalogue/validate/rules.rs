//! Rules: that each has examples, and that every retired thing has a rule.

use super::Inspector;
use crate::catalogue::pack_file::PackFile;
use crate::document::{Fault, PathStep};
use crate::facts::{Confidence, ReferenceKind};

impl Inspector<'_> {
    pub(super) fn rules(&mut self) {
        let mut covered = Vec::new();
        for (file, loaded) in self.pack.files().iter().enumerate() {
            for (id, rule) in &loaded.content.rules {
                let at = vec![PathStep::Key("rules".into()), PathStep::Key(id.clone())];
                self.environments(
                    file,
                    &path!(at, "environment"),
                    std::slice::from_ref(&rule.environment),
                );
                covered.push((rule.environment.clone(), rule.reference));
                let (with, without): (Vec<_>, Vec<_>) =
                    rule.examples.iter().partition(|e| !e.matches.is_empty());
                if with.is_empty() || without.is_empty() {
                    let fault = Fault::new(
                        "pack::no-examples",
                        format!("the rule `{id}` has no example {}", if with.is_empty() { "that it matches" } else { "that it leaves alone" }),
                    )
                    .help("write at least one `examples` entry with matches and one with `matches: []`");
                    self.add(file, at, fault, "a rule is only as good as its examples");
                }
            }
        }
        for (file, loaded) in self.pack.files().iter().enumerate() {
            for (kind, section, environment) in uses(&loaded.content) {
                let retired = self.known.environments.get(&environment) == Some(&true);
                if retired && !covered.contains(&(environment.clone(), kind)) {
                    let fault = Fault::new(
                        "pack::no-rule",
                        format!("no rule reports a {kind:?} of {environment}").to_lowercase(),
                    )
                    .help(format!(
                        "add a rule with `environment: {environment}` and that reference"
                    ));
                    self.add(
                        file,
                        vec![PathStep::Key(section)],
                        fault,
                        "would never be reported",
                    );
                }
            }
        }
    }
}

/// The kinds of reference that a file's rows give rise to, each with its section and environment.
fn uses(rows: &PackFile) -> Vec<(ReferenceKind, String, String)> {
    let families = rows.families.iter().flat_map(|family| {
        let environments = family.environments.iter();
        environments
            // A family that only speculates needs a rule too, but so does every other.
            .filter(|(_, spelling)| spelling.confidence != Some(Confidence::Speculative))
            .map(|(name, _)| (crate::catalogue::model::Family::kind().id, "families".to_owned(), name.clone()))
    });
    let others = rows.rows_of_kinds().into_iter();
    let others = others.filter_map(|(section, _, row)| {
        let environment = row.environment()?.to_owned();
        Some((row.kind().id, section, environment))
    });
    families.chain(others).collect()
}
