//! Runs the examples of rules: what each text must match, must leave alone and becomes.

use crate::catalogue::{Catalogue, Example, Merged};
use crate::compose::{self, ComposedHosts, NameWithHole, Project};
use crate::detect::{Detector, Scratch};
use crate::facts::{Confidence, ReferenceKind};

/// An example that did not turn out as it says.
#[derive(Debug, PartialEq, Eq)]
pub struct Miss {
    /// Id of the rule.
    pub rule: String,
    /// Number of the example, from 1.
    pub number: usize,
    /// What was expected and what came.
    pub message: String,
}

/// How the examples of a pack turned out.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Examples run.
    pub run: usize,
    /// Those that failed.
    pub misses: Vec<Miss>,
}

/// Runs every example of a pack in a catalogue.
#[must_use]
pub fn run(catalogue: &Catalogue, pack: &Merged) -> Outcome {
    let detector = Detector::new(catalogue, Confidence::Speculative);
    let mut outcome = Outcome::default();
    for (id, rule) in &pack.rows.rules {
        for (index, example) in rule.examples.iter().enumerate() {
            outcome.run += 1;
            let target = (rule.environment.as_str(), rule.reference);
            if let Err(message) = turn_out(&detector, pack, target, example) {
                outcome.misses.push(Miss {
                    rule: id.clone(),
                    number: index + 1,
                    message,
                });
            }
        }
    }
    outcome
}

fn turn_out(
    detector: &Detector<'_>,
    pack: &Merged,
    (environment, kind): (&str, ReferenceKind),
    example: &Example,
) -> Result<(), String> {
    let name = example.file.as_deref().unwrap_or("example");
    let found = detector
        .content(
            &mut || Ok(example.text.as_bytes()),
            name,
            &mut Scratch::default(),
        )
        .map_err(|error| error.to_string())?;
    let names = found
        .holes
        .iter()
        .map(|hole| NameWithHole::new(name, *hole));
    let names: Vec<NameWithHole> = names.collect();
    let open = |_: &str, _: u64| Ok(example.text.as_bytes().to_vec());
    let project = Project::new(vec![name.to_owned()], &open);
    let mut composed = ComposedHosts::default();
    compose::search(detector.catalogue(), &project, &names, &mut composed);
    let composed = composed
        .references
        .into_iter()
        .map(|composed| composed.reference);
    let references: Vec<_> = found.references.into_iter().chain(composed).collect();
    let own: Vec<_> = references
        .iter()
        .filter(|r| {
            r.endpoint.pack.name == pack.name
                && r.endpoint.environment == environment
                && r.endpoint.kind.id == kind
        })
        .collect();
    let matched: Vec<&str> = own.iter().map(|r| r.matched.as_str()).collect();
    if matched != example.matches {
        return Err(format!(
            "expected {:?}, matched {matched:?}",
            example.matches
        ));
    }
    let Some(expected) = &example.fixed else {
        return Ok(());
    };
    let mut fixed = example.text.clone();
    for reference in own.iter().rev() {
        let Some(replacement) = reference.endpoint.replacements.first() else {
            return Err(format!("{} has no replacement", reference.matched));
        };
        let at = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
        fixed.replace_range(
            at(reference.start.byte)..at(reference.end.byte),
            &replacement.text,
        );
    }
    if fixed == *expected {
        Ok(())
    } else {
        Err(format!(
            "expected the fixed text {expected:?}, got {fixed:?}"
        ))
    }
}
