//! What can be done about each violation of a file, for somebody who decides one by one.

use std::path::{Path, PathBuf};

use super::file::{FilePlan, FilePlanner};
use super::propose::{Proposal, Proposals, is_by_hand_only, separate, single};
use crate::edit::Change;
use crate::engine::Judged;
use crate::facts::{Action, Violation};
use crate::syntax::Content;

/// The violations of a file, and what was chosen for them.
pub struct Choices<'c> {
    path: PathBuf,
    relative: String,
    bytes: Vec<u8>,
    items: Vec<Judged<'c>>,
    chosen: Vec<Proposal>,
}

/// One thing that can be done about a violation.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The name to write; none deletes the entry.
    pub text: Option<String>,
    /// What the pack says about it: network and notes.
    pub note: String,
    proposal: Proposal,
}

impl Choices<'_> {
    /// The violations that an edit may fix, with their numbers.
    pub fn violations(&self) -> impl Iterator<Item = (usize, &Violation)> {
        let items = self.items.iter().enumerate();
        items
            .filter(|(_, item)| !item.echo && !is_by_hand_only(item))
            .map(|(number, item)| (number, &item.violation))
    }

    /// What can be done about a violation: the replacement and its alternatives. The second list
    /// says why others cannot be written.
    #[must_use]
    pub fn offers(&self, number: usize) -> (Vec<Offer>, Vec<String>) {
        let (mut offers, mut reasons) = (Vec::new(), Vec::new());
        let Some(item) = self.items.get(number) else {
            return (offers, reasons);
        };
        let Some(advice) = &item.violation.replacement else {
            reasons.extend(item.violation.replacement_reason.clone());
            return (offers, reasons);
        };
        let note = |network: Option<&str>, note: Option<&str>| {
            let parts = [network, note].into_iter().flatten();
            parts.collect::<Vec<_>>().join("; ")
        };
        let mut texts: Vec<(Option<&str>, String)> = Vec::new();
        if advice.action == Action::Delete {
            texts.push((None, "the replacement is next to it".to_owned()));
        }
        let first = note(advice.network.as_deref(), advice.note.as_deref());
        texts.push((Some(&advice.text), first));
        for other in &advice.alternatives {
            let note = note(other.network.as_deref(), other.note.as_deref());
            texts.push((Some(&other.text), note));
        }
        for (text, note) in texts {
            match self.proposal(item, text) {
                Ok(proposal) => offers.push(Offer {
                    text: text.map(str::to_owned),
                    note,
                    proposal,
                }),
                Err(reason) => reasons.push(reason),
            }
        }
        (offers, reasons)
    }

    /// The offer to write another name.
    ///
    /// # Errors
    /// Why that name cannot be written, for readers.
    pub fn other(&self, number: usize, name: &str) -> Result<Offer, String> {
        let item = self.items.get(number).ok_or("there is no such violation")?;
        let is_name = name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b))
            && name.contains('.')
            && name.split('.').all(|label| !label.is_empty());
        if !is_name {
            return Err(format!("`{name}` is not a host name"));
        }
        Ok(Offer {
            text: Some(name.to_owned()),
            note: String::new(),
            proposal: self.proposal(item, Some(&name.to_ascii_lowercase()))?,
        })
    }

    fn proposal(&self, item: &Judged<'_>, text: Option<&str>) -> Result<Proposal, String> {
        let content = Content::new(&self.bytes, &self.relative);
        single(&content, &self.items, item, text)
    }

    /// What the file becomes with an offer alone.
    #[must_use]
    pub fn change(&self, offer: &Offer) -> Change {
        let (path, relative) = (self.path.clone(), self.relative.clone());
        Change::new(path, relative, &self.bytes, offer.proposal.edits.clone())
    }

    /// The file as it is.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Takes an offer.
    pub fn choose(&mut self, offer: Offer) {
        self.chosen.push(offer.proposal);
    }
}

impl<'c> FilePlanner<'_, 'c> {
    /// The violations of a file to choose for.
    pub fn choices(&mut self, path: &Path, relative: &str, bytes: Vec<u8>) -> Choices<'c> {
        let items = self.items(&bytes, relative);
        Choices {
            path: path.to_owned(),
            relative: relative.to_owned(),
            bytes,
            items,
            chosen: Vec::new(),
        }
    }

    /// The plan of what was chosen, as far as it is proved.
    pub fn chosen(&mut self, choices: Choices<'c>) -> FilePlan {
        let mut proposals = Proposals::default();
        separate(choices.chosen, &mut proposals);
        let content = Content::new(&choices.bytes, &choices.relative);
        self.planned(
            &choices.path,
            &choices.relative,
            &content,
            &choices.items,
            proposals,
        )
    }
}
