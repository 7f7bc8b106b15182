//! The words that the table, Markdown and CSV share.

use std::collections::BTreeSet;

use super::{
    AdvisedEdit, Needs, PlannedName, PlannedService, Retired, Setting, Spot, Task, WorkList,
};
use crate::facts::{Action, Paths, Safety, SourceUsed};
use crate::report::concise::with_path;
use crate::report::human::plural;

/// Said where no source has the answer.
pub(super) const UNKNOWN: &str = "not documented";
/// Said of what perhaps nothing depends on.
pub(super) const MENTIONED: &str = "only in comments and text";
/// Said of what a program may not write by itself.
pub(super) const REVIEW: &str = "needs review";
/// The command that shows the edits.
pub(super) const CHECK: &str = "ptlint check";

/// The title of the list.
pub(super) fn title(list: &WorkList) -> String {
    let retired: BTreeSet<&str> = list
        .services
        .iter()
        .map(|s| s.environment.as_str())
        .collect();
    let targets: BTreeSet<&str> = list
        .services
        .iter()
        .filter_map(|s| s.target.as_deref())
        .collect();
    let join = |names: BTreeSet<&str>| names.into_iter().collect::<Vec<_>>().join(" and ");
    if retired.is_empty() {
        return "Nothing to do".to_owned();
    }
    if targets.is_empty() {
        return format!("Work list: away from {}", join(retired));
    }
    format!("Work list: from {} to {}", join(retired), join(targets))
}

/// What the list is based on.
pub(super) fn basis(list: &WorkList) -> String {
    let packs = list.packs.iter();
    let packs: Vec<String> = packs.map(|p| format!("{} {}", p.name, p.version)).collect();
    format!(
        "{} checked against {}, as of {}",
        plural(list.coverage.files, "file"),
        packs.join(", "),
        list.as_of
    )
}

/// The services of a task, by environment.
pub(super) fn services(needs: &[Needs]) -> String {
    let mut parts: Vec<(&str, Vec<&str>)> = Vec::new();
    for need in needs {
        match parts.last_mut() {
            Some((environment, names)) if *environment == need.environment => {
                names.push(&need.name);
            }
            _ => parts.push((&need.environment, vec![&need.name])),
        }
    }
    let parts = parts.into_iter();
    let parts: Vec<String> = parts
        .map(|(environment, names)| format!("{environment}: {}", names.join(", ")))
        .collect();
    parts.join("; ")
}

/// The tasks that a task waits for, with their numbers.
pub(super) fn awaited_tasks(list: &WorkList, task: &Task) -> Option<String> {
    let tasks = task.after.iter().filter_map(|id| {
        let number = list.number(&task.pack, id)?;
        Some(format!("{number} ({})", list.tasks[number - 1].name))
    });
    let tasks: Vec<String> = tasks.collect();
    (!tasks.is_empty()).then(|| tasks.join(", "))
}

/// A name with what is written instead of it, in all its places.
pub(super) struct ReplacementLine<'n> {
    pub name: &'n str,
    pub edit: Option<&'n AdvisedEdit>,
    count: u64,
    /// How many of them need review before they are written.
    reviewed: u64,
    pub places: Vec<&'n Spot>,
}

/// References that are replaced in the same way are one line, safe or not.
pub(super) fn lines(references: &[PlannedName]) -> Vec<ReplacementLine<'_>> {
    let mut lines: Vec<ReplacementLine<'_>> = Vec::new();
    for named in references {
        let edit = named.edit.as_ref();
        let reviewed = match edit {
            Some(edit) if edit.safety == Safety::Unsafe => named.count,
            _ => 0,
        };
        let same = |line: &&mut ReplacementLine<'_>| match (line.edit, edit) {
            (Some(a), Some(b)) => {
                (a.action, &a.text, &a.path, &a.network) == (b.action, &b.text, &b.path, &b.network)
            }
            (a, b) => a.is_none() && b.is_none(),
        };
        match lines
            .last_mut()
            .filter(|l| l.name == named.name)
            .filter(same)
        {
            Some(line) => {
                line.count += named.count;
                line.reviewed += reviewed;
                line.places.extend(&named.places);
                line.places.sort();
            }
            None => lines.push(ReplacementLine {
                name: &named.name,
                edit,
                count: named.count,
                reviewed,
                places: named.places.iter().collect(),
            }),
        }
    }
    lines
}

impl ReplacementLine<'_> {
    /// What to know about writing it.
    pub(super) fn notes(&self) -> String {
        let network = self.edit.and_then(|edit| edit.network.clone());
        let mut notes: Vec<String> = network.into_iter().collect();
        match self.reviewed {
            0 => {}
            all if all == self.count => notes.push(REVIEW.to_owned()),
            1 => notes.push("1 needs review".to_owned()),
            some => notes.push(format!("{some} need review")),
        }
        if notes.is_empty() {
            String::new()
        } else {
            format!(" ({})", notes.join("; "))
        }
    }

    /// How often it occurs.
    pub(super) fn count(&self) -> String {
        plural(self.count, "reference")
    }
}

/// What is written instead of a name.
pub(super) fn instead(edit: &AdvisedEdit) -> (&'static str, String) {
    let what = match edit.action {
        Action::Replace => "write",
        Action::Delete => "delete the entry, as the same file already has",
    };
    (what, with_path(&edit.text, edit.path.as_deref()))
}

/// `path:line`, or the path of what is called so.
pub(super) fn spot(spot: &Spot, shown: &Paths) -> String {
    let path = shown.show(&spot.path);
    match spot.start {
        Some(start) => format!("{path}:{}", start.line),
        None => path,
    }
}

/// `path:line` of a setting.
pub(super) fn setting(setting: &Setting, shown: &Paths) -> String {
    format!("{}:{}", shown.show(&setting.path), setting.start.line)
}

/// The numbers of the tasks that a service needs.
pub(super) fn needs(list: &WorkList, service: &PlannedService) -> Option<String> {
    let tasks = service.tasks.iter();
    let numbers = tasks.filter_map(|id| list.number(&service.pack, id));
    let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
    (!numbers.is_empty()).then(|| numbers.join(", "))
}

/// Names with their environments and services.
pub(super) fn belongs(retired: &Retired) -> String {
    format!("{}: {}", retired.environment, retired.service_name)
}

/// The edits, in a sentence. None where there are none.
pub(super) fn edits(list: &WorkList) -> Option<String> {
    let edits = &list.edits;
    let all = edits.safe + edits.not_safe;
    let reviewed = match (edits.safe, edits.not_safe) {
        (0, 0) => return None,
        (_, 0) => "safe to write".to_owned(),
        (0, _) => match all {
            1 => REVIEW.to_owned(),
            _ => "all need review".to_owned(),
        },
        (safe, 1) => format!("{safe} safe to write, 1 needs review"),
        (safe, not_safe) => format!("{safe} safe to write, {not_safe} need review"),
    };
    let when = if list.tasks.is_empty() {
        ""
    } else {
        ", each when the tasks of its service are done"
    };
    Some(format!(
        "Write the replacements of {} ({reviewed}){when}",
        plural(all, "reference")
    ))
}

/// What keeps the list from being complete.
pub(super) fn gaps(list: &WorkList) -> Option<String> {
    let coverage = &list.coverage;
    if coverage.is_empty() {
        return Some("No file was found to check, so this list says nothing.".to_owned());
    }
    let gaps: Vec<String> = coverage
        .skipped
        .iter()
        .filter(|(reason, _)| reason.is_gap())
        .map(|(reason, skipped)| format!("{} {}", skipped.count, reason.words(skipped.count)))
        .collect();
    (!gaps.is_empty()).then(|| format!("Skipped: {}.", gaps.join(", ")))
}

/// The sources of a task, each once.
pub(super) fn sources(task: &Task) -> Vec<&SourceUsed> {
    let who = task.who.as_ref().and_then(|who| who.source.as_ref());
    let mut sources: Vec<&SourceUsed> = Vec::new();
    for source in task.source.iter().chain(who) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}
