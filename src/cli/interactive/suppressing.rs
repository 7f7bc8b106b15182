//! Violations that stay: a comment for each, or an entry of the configuration.

use std::path::{Path, PathBuf};

use crate::catalogue::Catalogue;
use crate::cli::suppress;
use crate::detect::Detector;
use crate::edit::{Change, Edit};
use crate::engine::Engine;
use crate::facts::{Terms, Violation};
use crate::input;
use crate::run::Options;
use crate::suppress::{Adder, NewEntry, Wording};

/// What to suppress.
pub(super) struct Suppressing<'a> {
    options: &'a Options,
    roots: &'a input::Roots,
    detector: Detector<'a>,
    configuration: PathBuf,
    /// The way from the folder of the configuration to the scan root.
    prefix: String,
    entries: Vec<NewEntry>,
}

impl<'a> Suppressing<'a> {
    pub(super) fn new(
        catalogue: &'a Catalogue,
        options: &'a Options,
        roots: &'a input::Roots,
        configuration: Option<&Path>,
    ) -> Self {
        let (path, prefix) = suppress::configuration_to_change(configuration, roots);
        Self {
            options,
            roots,
            detector: Detector::new(catalogue, options.settings.min_confidence).without_excerpts(),
            prefix,
            configuration: path,
            entries: Vec::new(),
        }
    }

    /// The change of a file with directives for the violations that stay. Where none is possible,
    /// the configuration gets an entry.
    pub(super) fn add(
        &mut self,
        path: &Path,
        relative: &str,
        bytes: &[u8],
        change: Option<Change>,
        stay: &[(Violation, String)],
    ) -> Option<Change> {
        let mut edits = change.map(|change| change.edits).unwrap_or_default();
        for (violation, reason) in stay {
            let wording = Wording {
                reason: reason.clone(),
                terms: Terms::default(),
            };
            let engine = Engine {
                detector: &self.detector,
                judge: self.options.judge(),
            };
            let edit = Adder::new(engine, &wording).edit_for(violation, bytes);
            let clash = |edit: &Edit| {
                edits.iter().any(|other| {
                    other.span.start <= edit.span.end && edit.span.start <= other.span.end
                })
            };
            match edit {
                Some(edit) if !clash(&edit) => edits.push(edit),
                // The directive for another violation on the line is there already.
                Some(edit) if edits.contains(&edit) => {}
                _ => self.entries.extend(
                    NewEntry::proved(std::slice::from_ref(violation), &wording, &self.prefix)
                        .into_iter()
                        .flatten(),
                ),
            }
        }
        edits.sort_by_key(|edit| edit.span.start);
        (!edits.is_empty()).then(|| Change::new(path.to_owned(), relative.to_owned(), bytes, edits))
    }

    /// The change of the configuration, if it gets entries.
    pub(super) fn configuration(self) -> miette::Result<Option<Change>> {
        if self.entries.is_empty() {
            return Ok(None);
        }
        let (path, prefix) = (self.configuration, &self.prefix);
        let (change, _) = suppress::configure(&self.entries, path, prefix, self.roots)?;
        suppress::make(std::slice::from_ref(&change))?;
        Ok(Some(change))
    }
}
