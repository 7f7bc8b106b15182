//! One file: its violations, the edits that fix them, and the proof that nothing else changes.

use std::cell::OnceCell;
use std::path::Path;

use super::proof;
use super::propose::{Proposal, Proposals, applied, propose};
use crate::detect::Scratch;
use crate::edit::{Change, Edit, apply, before_edits, compose};
use crate::engine::{Checked, Engine, Judged};
use crate::facts::{Applied, Refused, SkipReason};
use crate::syntax::Content;

/// The plan for a file.
#[derive(Debug, Default)]
pub struct FilePlan {
    /// The change; none when there is nothing to write.
    pub change: Option<Change>,
    /// What the change fixes.
    pub applied: Vec<Applied>,
    /// What should be fixed and cannot be.
    pub refused: Vec<Refused>,
    /// How many more violations would be fixed if unsafe fixes were wanted too.
    pub unsafe_left: usize,
}

impl FilePlan {
    /// How many violations the change fixes.
    #[must_use]
    pub fn violations(&self) -> usize {
        self.applied.iter().filter(|fix| !fix.is_repeat).count()
    }
}

/// Plans files, one after the other.
pub struct FilePlanner<'p, 'c> {
    engine: Engine<'p, 'c>,
    unsafe_too: bool,
    scratch: Scratch,
    /// Proofs that may still be tried for a file.
    proofs_left: usize,
}

/// Rounds after the first in which a file is planned.
const MOST_ROUNDS: usize = 3;

/// Two rounds as one; none if the second changes nothing that the first refused.
fn together(first: &FilePlan, second: &FilePlan, bytes: &[u8]) -> Option<FilePlan> {
    let (one, two) = (first.change.as_ref()?, second.change.as_ref()?);
    let mut refused = first.refused.clone();
    let mut applied = first.applied.clone();
    for fix in &second.applied {
        let after = usize::try_from(fix.start.byte).ok()?;
        let before = before_edits(&one.edits, after)? as u64;
        let known = refused.iter().position(|old| {
            old.start.byte == before && old.rule == fix.rule && old.name == fix.from
        })?;
        let start = refused.remove(known).start;
        applied.push(Applied {
            start,
            ..fix.clone()
        });
    }
    applied.sort_by_key(|fix| fix.start.byte);
    let edits = compose(bytes, &one.edits, &two.edits);
    Some(FilePlan {
        change: Some(Change::new(
            one.path.clone(),
            one.relative.clone(),
            bytes,
            edits,
        )),
        applied,
        refused,
        unsafe_left: second.unsafe_left,
    })
}

/// A file before any edit, against which all its proposals are proved.
struct Unfixed<'u> {
    content: &'u Content<'u>,
    items: &'u [Judged<'u>],
    relative: &'u str,
    /// How many fixes are proposed for it, once a proof has asked.
    proposed: OnceCell<usize>,
}

impl<'u> Unfixed<'u> {
    fn new(content: &'u Content<'u>, items: &'u [Judged<'u>], relative: &'u str) -> Self {
        Self {
            content,
            items,
            relative,
            proposed: OnceCell::new(),
        }
    }

    fn count_proposed(&self, unsafe_too: bool) -> usize {
        let count = || propose(self.content, self.items, unsafe_too).count_fixes();
        *self.proposed.get_or_init(count)
    }
}

/// Proofs tried for a file: each reads the whole file again.
const MOST_PROOFS: usize = 300;

/// The violations that nothing suppresses.
fn open(checked: Checked<'_>) -> Vec<Judged<'_>> {
    let open = checked.violations.into_iter();
    open.filter(|judged| judged.violation.suppressed.is_none())
        .collect()
}

/// The proposals after which no name is there twice that was not before.
fn without_repeats(
    unfixed: &Unfixed<'_>,
    proposals: Vec<Proposal>,
    refused: &mut Vec<Refused>,
) -> Vec<Proposal> {
    let mut edits: Vec<Edit> = proposals.iter().flat_map(|p| p.edits.clone()).collect();
    edits.sort_by_key(|edit| edit.span.start);
    if edits.is_empty() || proof::bytes(unfixed.content.bytes, &edits).is_err() {
        return proposals;
    }
    let after = apply(unfixed.content.bytes, &edits);
    let new = Content::new(&after, unfixed.relative);
    let repeated = proof::repeated(unfixed.content, &new, &edits);
    let found = |proposal: &Proposal| {
        let mut edits = proposal.edits.iter();
        edits
            .find_map(|edit| repeated.get(&edit.span.start))
            .cloned()
    };
    // What uses a definition that stays as it is must stay, too.
    let names: Vec<String> = proposals
        .iter()
        .filter(|proposal| found(proposal).is_some())
        .flat_map(|proposal| &proposal.fixes)
        .filter(|fix| !fix.from.contains('.'))
        .filter(|fix| !has_bytes(unfixed.content.bytes, fix.to.as_deref()))
        .map(|fix| fix.from.clone())
        .collect();
    let is_use = |proposal: &Proposal| {
        let used = proposal.fixes.iter().any(|fix| names.contains(&fix.from));
        used.then(|| "what it uses stays as it is".to_owned())
    };
    let mut kept = Vec::new();
    for proposal in proposals {
        match found(&proposal).or_else(|| is_use(&proposal)) {
            None => kept.push(proposal),
            Some(reason) => refused.extend(
                proposal
                    .fixes
                    .into_iter()
                    .map(|fix| fix.refused(format!("the fix is not proved: {reason}"))),
            ),
        }
    }
    kept
}

fn has_bytes(bytes: &[u8], name: Option<&str>) -> bool {
    name.is_some_and(|name| memchr::memmem::find(bytes, name.as_bytes()).is_some())
}

impl<'p, 'c> FilePlanner<'p, 'c> {
    /// Plans what an engine finds; with `unsafe_too` also what needs review.
    #[must_use]
    pub fn new(engine: Engine<'p, 'c>, unsafe_too: bool) -> Self {
        Self {
            engine,
            unsafe_too,
            scratch: Scratch::default(),
            proofs_left: MOST_PROOFS,
        }
    }

    /// Plans a file that holds `bytes`; `relative` is its path in reports.
    pub fn plan(&mut self, path: &Path, relative: &str, bytes: &[u8]) -> FilePlan {
        let mut plan = self.rounds(path, relative, bytes);
        if plan.unsafe_left > 0 {
            // Not each of them can be proved, so the number comes from a plan that tries.
            self.unsafe_too = true;
            let all = self.rounds(path, relative, bytes);
            self.unsafe_too = false;
            plan.unsafe_left = all.violations().saturating_sub(plan.violations());
        }
        plan
    }

    fn rounds(&mut self, path: &Path, relative: &str, bytes: &[u8]) -> FilePlan {
        let mut plan = self.round(path, relative, bytes);
        for _ in 0..MOST_ROUNDS {
            // What could not be proved may be once the rest is fixed.
            let Some(change) = plan.change.as_ref().filter(|_| !plan.refused.is_empty()) else {
                break;
            };
            let after = apply(bytes, &change.edits);
            let next = self.round(path, relative, &after);
            let Some(both) = together(&plan, &next, bytes) else {
                break;
            };
            plan = both;
        }
        plan
    }

    /// Plans a file once.
    fn round(&mut self, path: &Path, relative: &str, bytes: &[u8]) -> FilePlan {
        let content = Content::new(bytes, relative);
        let checked = self.engine.check_bytes(bytes, relative, &mut self.scratch);
        let is_cut_off = checked
            .gaps
            .iter()
            .any(|(reason, _)| *reason == SkipReason::ReferenceLimit);
        let items = open(checked);
        let mut proposals = propose(&content, &items, self.unsafe_too);
        if is_cut_off {
            // What comes after the limit is not known, so nothing can be proved.
            let reason = "the file has more references than are read: nothing in it is fixed";
            let fixes = proposals.accepted.drain(..).flat_map(|p| p.fixes);
            proposals
                .refused
                .extend(fixes.map(|fix| fix.refused(reason)));
        }
        self.planned(path, relative, &content, &items, proposals)
    }

    /// The plan that proposals make, as far as they are proved.
    pub(super) fn planned(
        &mut self,
        path: &Path,
        relative: &str,
        content: &Content<'_>,
        items: &[Judged<'_>],
        proposals: Proposals,
    ) -> FilePlan {
        let Proposals {
            accepted,
            mut refused,
            unsafe_left,
        } = proposals;
        self.proofs_left = MOST_PROOFS;
        let unfixed = Unfixed::new(content, items, relative);
        let mut proved = self.proved_together(&unfixed, accepted, &mut refused);
        proved.sort_by_key(|proposal| proposal.edits[0].span.start);
        let (mut edits, mut applied) = (Vec::new(), Vec::new());
        for proposal in proved {
            edits.extend(proposal.edits);
            applied.extend(proposal.fixes);
        }
        edits.sort_by_key(|edit| edit.span.start);
        refused.sort_by_key(|refused| refused.start.byte);
        FilePlan {
            change: (!edits.is_empty())
                .then(|| Change::new(path.to_owned(), relative.to_owned(), content.bytes, edits)),
            applied,
            refused,
            unsafe_left,
        }
    }

    /// The violations of a content.
    pub(super) fn items(&mut self, bytes: &[u8], relative: &str) -> Vec<Judged<'c>> {
        open(self.engine.check_bytes(bytes, relative, &mut self.scratch))
    }

    /// The proposals that are proved. Nearly always that is all of them, by one proof.
    fn proved_together(
        &mut self,
        unfixed: &Unfixed<'_>,
        proposals: Vec<Proposal>,
        refused: &mut Vec<Refused>,
    ) -> Vec<Proposal> {
        let Err(reason) = self.proof(unfixed, &proposals) else {
            return proposals;
        };
        let count = proposals.len();
        let kept = without_repeats(unfixed, proposals, refused);
        if kept.len() < count {
            return self.proved(unfixed, kept, refused);
        }
        self.proofs_left -= 1;
        self.proved_in_parts(unfixed, kept, &reason, refused)
    }

    /// The proposals that are proved, one by one where not all of them are.
    fn proved(
        &mut self,
        unfixed: &Unfixed<'_>,
        proposals: Vec<Proposal>,
        refused: &mut Vec<Refused>,
    ) -> Vec<Proposal> {
        if proposals.is_empty() {
            return proposals;
        }
        if self.proofs_left == 0 {
            let fixes = proposals.into_iter().flat_map(|proposal| proposal.fixes);
            let reason = "the fix is not proved: too many others in the file are not";
            refused.extend(fixes.map(|fix| fix.refused(reason)));
            return Vec::new();
        }
        self.proofs_left -= 1;
        match self.proof(unfixed, &proposals) {
            Ok(()) => proposals,
            Err(reason) => self.proved_in_parts(unfixed, proposals, &reason, refused),
        }
    }

    /// The proposals that are proved, when all of them together are not: `reason` says why.
    fn proved_in_parts(
        &mut self,
        unfixed: &Unfixed<'_>,
        proposals: Vec<Proposal>,
        reason: &str,
        refused: &mut Vec<Refused>,
    ) -> Vec<Proposal> {
        if proposals.len() == 1 {
            let fixes = proposals.into_iter().flat_map(|proposal| proposal.fixes);
            refused
                .extend(fixes.map(|fix| fix.refused(format!("the fix is not proved: {reason}"))));
            return Vec::new();
        }
        let mut left = proposals;
        let right = left.split_off(left.len() / 2);
        let mut both = self.proved(unfixed, left, refused);
        both.extend(self.proved(unfixed, right, refused));
        match self.proof(unfixed, &both) {
            Ok(()) => both,
            Err(reason) => {
                let fixes = both.into_iter().flat_map(|proposal| proposal.fixes);
                refused.extend(fixes.map(|fix| {
                    fix.refused(format!(
                        "the fix is not proved together with others: {reason}"
                    ))
                }));
                Vec::new()
            }
        }
    }

    /// Proves that edits of a content fix the violations that they touch, and do nothing else.
    ///
    /// # Errors
    /// Why they are not proved, for readers.
    pub fn prove(&mut self, relative: &str, bytes: &[u8], edits: &[Edit]) -> Result<(), String> {
        let content = Content::new(bytes, relative);
        let items = self.items(bytes, relative);
        let touched = |item: &&Judged<'_>| {
            let (start, end) = (item.violation.start.byte, item.violation.end.byte);
            edits
                .iter()
                .any(|edit| (edit.span.start as u64) < end && start < edit.span.end as u64)
        };
        let proposal = Proposal {
            edits: edits.to_vec(),
            fixes: items.iter().filter(touched).map(applied).collect(),
        };
        self.proof(&Unfixed::new(&content, &items, relative), &[proposal])
    }

    /// Proves that proposals fix what they say, and nothing else.
    fn proof(&mut self, unfixed: &Unfixed<'_>, proposals: &[Proposal]) -> Result<(), String> {
        let Unfixed {
            content,
            items,
            relative,
            ..
        } = *unfixed;
        if proposals.is_empty() {
            return Ok(());
        }
        let mut edits: Vec<Edit> = proposals.iter().flat_map(|p| p.edits.clone()).collect();
        edits.sort_by_key(|edit| edit.span.start);
        proof::bytes(content.bytes, &edits)?;
        for proposal in proposals {
            proof::reach(proposal, items)?;
        }
        let after = apply(content.bytes, &edits);
        let new = Content::new(&after, relative);
        proof::structure(content, &new, &edits)?;
        let left = self.items(&after, relative);
        let fixed = proposals.iter().flat_map(|proposal| &proposal.fixes);
        proof::references(items, &left, fixed)?;
        // A second run changes nothing that this one could have changed.
        let again = propose(&new, &left, self.unsafe_too);
        let fixed = proposals.iter().map(|p| p.fixes.len()).sum::<usize>();
        let proposed = unfixed.count_proposed(self.unsafe_too);
        if again.count_fixes() > proposed.saturating_sub(fixed) {
            return Err("a second run would change more".to_owned());
        }
        Ok(())
    }
}
