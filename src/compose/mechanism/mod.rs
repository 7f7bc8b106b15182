//! The mechanisms that fill holes: one file for each, and the list of them.
//!
//! A mechanism knows what a hole looks like in its files, and where the values of its names come from. It says
//! nothing about environments, and nothing about what a text with its holes filled means.

mod environment_files;
mod shell;
mod source;
mod spring;
mod terraform;

use std::rc::Rc;

use super::project::{Project, ProjectFile};
use super::value::{Place, TextPart};

/// The mechanisms, the more particular ones first.
pub(super) static MECHANISMS: &[&dyn Mechanism] = &[
    &environment_files::EnvironmentFiles,
    &environment_files::Compose,
    &shell::ShellScripts,
    &spring::Spring,
    &terraform::Terraform,
    &source::Programs,
];

/// How the holes in files of a kind are filled.
pub(crate) trait Mechanism: Sync {
    /// What it is called in reports.
    fn name(&self) -> &'static str;

    /// The text with holes around a byte of the text of a file, if this mechanism fills holes there.
    fn template(&self, file: &Rc<ProjectFile>, at: usize) -> Option<Vec<TextPart>>;

    /// What a name may be in a hole at a place.
    fn definitions(&self, project: &Project<'_>, hole: &Place, name: &str) -> Definitions;
}

/// What a name may be.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    /// In any order.
    pub found: Vec<Definition>,
    /// Every choice between which somebody has, such as the profiles of a program: a value that all of them
    /// override is never in force. Empty where there is nothing to choose.
    pub choices: Vec<String>,
}

/// A value of a name.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    /// The value, which may have holes itself.
    pub value: Vec<TextPart>,
    /// Where the value is.
    pub place: Place,
    /// A definition overrides those with a smaller number.
    pub rank: u32,
    /// It holds only where this is chosen.
    pub choice: Option<String>,
}
