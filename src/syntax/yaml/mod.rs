//! YAML, also as a template: Helm, Jinja or ERB.

mod block_scalar;
mod comments;
mod event_reader;
mod lines;
mod scalar;

use super::template;
use super::tree::{Syntax, Tree};
use event_reader::{Reading, read};

/// YAML files, and templates of them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Yaml;

impl Syntax for Yaml {
    fn read(&self, source: &str) -> Tree {
        if let Some(tree) = lines::read(source) {
            return tree;
        }
        let plain = read(source, source, &[]);
        if plain.tree.problem().is_none() && !plain.looks_templated {
            return plain.tree;
        }
        let actions = template::actions(source);
        if actions.is_empty() {
            return plain.tree;
        }
        let masked = read(source, &template::mask_actions(source, &actions), &actions);
        if reach(&masked) >= reach(&plain) {
            masked.tree
        } else {
            plain.tree
        }
    }
}

/// How far a text was understood.
fn reach(reading: &Reading) -> usize {
    let problem = reading.tree.problem();
    problem.map_or(usize::MAX, |problem| problem.at)
}

#[cfg(test)]
mod tests;
