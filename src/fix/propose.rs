//! Proposals for each violation of a file: edits, or why there are none.

use std::collections::BTreeMap;

use super::edits::{delete, replace};
use super::encoded::Base64Run;
use crate::edit::{Edit, apply};
use crate::engine::Judged;
use crate::facts::{Action, Applied, Context, Refused, Safety};
use crate::kinds;
use crate::syntax::Content;
use crate::text::Encoding;

/// Edits that belong together, and what they fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proposal {
    /// In the order of their spans.
    pub edits: Vec<Edit>,
    pub fixes: Vec<Applied>,
}

/// What can be done about the violations of a file.
#[derive(Debug, Default)]
pub(super) struct Proposals {
    /// In the order of their positions; they do not touch each other.
    pub accepted: Vec<Proposal>,
    pub refused: Vec<Refused>,
    /// Violations with a replacement that is not safe, which nobody asked for.
    pub unsafe_left: usize,
}

impl Proposals {
    /// How many fixes are accepted.
    pub(super) fn count_fixes(&self) -> usize {
        self.accepted.iter().map(|p| p.fixes.len()).sum()
    }
}

/// Proposes edits for the violations of a file.
pub(super) fn propose(content: &Content<'_>, items: &[Judged<'_>], unsafe_too: bool) -> Proposals {
    let mut proposals = Proposals::default();
    let mut found: Vec<Proposal> = Vec::new();
    let mut runs: BTreeMap<usize, (Base64Run, Vec<Edit>, Vec<Applied>)> = BTreeMap::new();
    for item in items.iter().filter(|item| !item.echo) {
        let advice = item.violation.replacement.as_ref();
        let Some(advice) = advice.filter(|_| !is_by_hand_only(item)) else {
            continue;
        };
        if advice.safety == Safety::Unsafe && !unsafe_too {
            proposals.unsafe_left += 1;
            continue;
        }
        let fix = applied(item);
        let text = advice.text.as_str();
        let result = match (advice.action, &item.spelling.encoded) {
            (Action::Delete, _) => delete(content, items, item).map(|edit| vec![edit]),
            (Action::Replace, None) => replace(item, text, content.bytes, content.encoding),
            (Action::Replace, Some(span)) => {
                let run = match runs.remove(&span.start) {
                    Some(known) => Some(known),
                    None => Base64Run::read(content.bytes, span)
                        .map(|run| (run, Vec::new(), Vec::new())),
                };
                match run {
                    None => Err("the encoded text around it cannot be written again".to_owned()),
                    Some((run, mut edits, mut fixes)) => {
                        let encoding = Encoding::detect(&run.content, true);
                        let inside = replace(item, text, &run.content, encoding);
                        if let Ok(more) = &inside {
                            edits.extend(more.iter().cloned());
                            fixes.push(fix.clone());
                        }
                        runs.insert(span.start, (run, edits, fixes));
                        match inside {
                            Ok(_) => continue,
                            Err(reason) => Err(reason),
                        }
                    }
                }
            }
        };
        match result {
            Ok(edits) if edits.is_empty() => {}
            Ok(edits) => found.push(Proposal {
                edits,
                fixes: vec![fix],
            }),
            Err(reason) => proposals.refused.push(refusal(item, reason)),
        }
    }
    for (_, (run, mut edits, fixes)) in runs {
        edits.sort_by_key(|edit| edit.span.start);
        edits.dedup();
        if fixes.is_empty()
            || edits
                .windows(2)
                .any(|pair| pair[0].span.end > pair[1].span.start)
        {
            continue;
        }
        let holding = run.holding(content.bytes, &apply(&run.content, &edits));
        found.push(Proposal {
            edits: vec![holding],
            fixes,
        });
    }
    for item in items.iter().filter(|item| item.echo) {
        echo(content, item, &mut found);
    }
    separate(found, &mut proposals);
    proposals
}

/// Adds the edits of a list of labels to the fix of the value that it repeats.
fn echo(content: &Content<'_>, item: &Judged<'_>, found: &mut [Proposal]) {
    let own = applied(item);
    let repeated = found.iter_mut().find(|proposal| {
        let mut fixes = proposal.fixes.iter();
        fixes.any(|fix| fix.from == own.from && fix.to.is_some() && fix.to == own.to)
    });
    if let Some(proposal) = repeated
        && let Some(text) = own.to.as_deref()
        && let Ok(edits) = replace(item, text, content.bytes, content.encoding)
    {
        let safety = proposal.fixes[0].safety;
        proposal.edits.extend(edits);
        proposal.edits.sort_by_key(|edit| edit.span.start);
        proposal.fixes.push(Applied { safety, ..own });
    }
}

/// Keeps the proposals that do not overlap. A violation in an entry that is deleted counts as fixed.
pub(super) fn separate(mut found: Vec<Proposal>, proposals: &mut Proposals) {
    let is_deletion = |proposal: &Proposal| proposal.fixes.iter().all(|fix| fix.to.is_none());
    found.sort_by_key(|proposal| (!is_deletion(proposal), proposal.edits[0].span.start));
    let mut kept: Vec<Proposal> = Vec::new();
    for proposal in found {
        let other = kept.iter_mut().find(|other| overlap(other, &proposal));
        match other {
            None => kept.push(proposal),
            Some(other) => {
                let taken = other.edits[0].span.clone();
                let goes_with = is_deletion(other)
                    && proposal
                        .edits
                        .iter()
                        .all(|edit| taken.start <= edit.span.start && edit.span.end <= taken.end);
                if goes_with {
                    other
                        .fixes
                        .extend(proposal.fixes.into_iter().map(|fix| Applied {
                            to: None,
                            safety: Safety::Unsafe,
                            ..fix
                        }));
                    continue;
                }
                let reason = "another fix changes the same place: run it again";
                proposals
                    .refused
                    .extend(proposal.fixes.into_iter().map(|fix| fix.refused(reason)));
            }
        }
    }
    kept.sort_by_key(|proposal| proposal.edits[0].span.start);
    for proposal in &mut kept {
        proposal.fixes.sort_by_key(|fix| fix.start.byte);
    }
    proposals.accepted = kept;
}

fn overlap(a: &Proposal, b: &Proposal) -> bool {
    a.edits.iter().any(|one| {
        b.edits
            .iter()
            .any(|other| one.span.start < other.span.end && other.span.start < one.span.end)
    })
}

/// Says whether no edit can fix it, not even an unsafe one.
pub(super) fn is_by_hand_only(item: &Judged<'_>) -> bool {
    let violation = &item.violation;
    let by_context = matches!(
        violation.context,
        Context::Binary | Context::Certificate | Context::FileName | Context::Identifier
    );
    by_context
        || !kinds::by_id(violation.reference).fix.allows_edits()
        || item.spelling.letters.is_empty()
}

fn refusal(item: &Judged<'_>, reason: String) -> Refused {
    Refused {
        rule: item.violation.rule.clone(),
        path: item.violation.path.clone(),
        start: item.violation.start,
        name: item.violation.name.clone(),
        reason,
    }
}

pub(super) fn applied(item: &Judged<'_>) -> Applied {
    let violation = &item.violation;
    let advice = violation.replacement.as_ref();
    let replaced = advice.filter(|advice| advice.action == Action::Replace);
    Applied {
        rule: violation.rule.clone(),
        path: violation.path.clone(),
        start: violation.start,
        from: violation.name.clone(),
        to: replaced.map(|advice| advice.text.clone()),
        safety: advice.map_or(Safety::Unsafe, |advice| advice.safety),
        is_repeat: item.echo,
    }
}

/// The fix of one violation that writes `text`, or deletes the entry where there is none, together
/// with the lists of labels that repeat the name.
pub(super) fn single(
    content: &Content<'_>,
    items: &[Judged<'_>],
    item: &Judged<'_>,
    text: Option<&str>,
) -> Result<Proposal, String> {
    let edits = match (text, &item.spelling.encoded) {
        (None, _) => vec![delete(content, items, item)?],
        (Some(text), None) => replace(item, text, content.bytes, content.encoding)?,
        (Some(text), Some(span)) => {
            let run = Base64Run::read(content.bytes, span)
                .ok_or("the encoded text around it cannot be written again")?;
            let encoding = Encoding::detect(&run.content, true);
            let inside = replace(item, text, &run.content, encoding)?;
            vec![run.holding(content.bytes, &apply(&run.content, &inside))]
        }
    };
    let fix = Applied {
        to: text.map(str::to_owned),
        ..applied(item)
    };
    let mut found = [Proposal {
        edits,
        fixes: vec![fix],
    }];
    for item in items.iter().filter(|item| item.echo) {
        echo(content, item, &mut found);
    }
    let [proposal] = found;
    Ok(proposal)
}
