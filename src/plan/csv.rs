//! The work list for a spreadsheet: a row for each task and each place. Cells never
//! contain formulas.

use std::io::{self, Write};

use super::{AdvisedEdit, Retired, WorkList, phrases};
use crate::facts::Safety;
use crate::report::csv::CsvRows;

/// The columns.
const HEADER: [&str; 14] = [
    "kind",
    "number",
    "environment",
    "service",
    "item",
    "what to do",
    "ask",
    "after",
    "path",
    "line",
    "key",
    "file",
    "source",
    "url",
];

/// Writes the work list as CSV. `kind` is `reference` for a name to replace, `task`, `setting` for a
/// place that holds what a task is about, or `by-hand`.
///
/// # Errors
/// What the writer gives.
pub(super) fn write(list: &WorkList, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = CsvRows::new(out);
    rows.write(HEADER)?;
    for (number, task) in list.tasks.iter().enumerate() {
        let number = (number + 1).to_string();
        let needs = task.services.iter();
        let needs: Vec<&str> = needs.map(|n| n.name.as_str()).collect();
        let needs = unique(&needs);
        let environments = task.services.iter();
        let environments: Vec<&str> = environments.map(|n| n.environment.as_str()).collect();
        let environments = unique(&environments);
        let who = task.who.as_ref().map_or(phrases::UNKNOWN, |who| &who.name);
        let after = phrases::awaited_tasks(list, task).unwrap_or_default();
        let source = task.source.as_ref();
        rows.write([
            "task",
            &number,
            &environments,
            &needs,
            &task.name,
            &task.ask,
            who,
            &after,
            "",
            "",
            "",
            "",
            source.map_or("", |s| &s.title),
            source.and_then(|s| s.url.as_deref()).unwrap_or_default(),
        ])?;
        for place in &task.places {
            rows.write([
                "setting",
                &number,
                &environments,
                &needs,
                &task.name,
                "",
                "",
                "",
                &place.path,
                &place.start.line.to_string(),
                place.key.as_deref().unwrap_or_default(),
                place.file.as_deref().unwrap_or_default(),
                "",
                "",
            ])?;
        }
    }
    for item in &list.by_hand {
        let all = |part: &dyn Fn(&Retired) -> &str| -> String {
            unique(&item.names.iter().map(part).collect::<Vec<_>>())
        };
        for place in &item.places {
            rows.write([
                "by-hand",
                "",
                &all(&|n| &n.environment),
                &all(&|n| &n.service_name),
                &all(&|n| &n.name),
                &item.reason,
                "",
                "",
                &place.path,
                &line(place.start),
                place.key.as_deref().unwrap_or_default(),
                "",
                "",
                "",
            ])?;
        }
    }
    for service in &list.services {
        for named in &service.references {
            let Some(edit) = &named.edit else {
                continue;
            };
            for place in &named.places {
                rows.write([
                    "reference",
                    "",
                    &service.environment,
                    &service.name,
                    &named.name,
                    &instead(edit),
                    "",
                    "",
                    &place.path,
                    &line(place.start),
                    place.key.as_deref().unwrap_or_default(),
                    "",
                    "",
                    "",
                ])?;
            }
        }
    }
    rows.finish()
}

fn instead(edit: &AdvisedEdit) -> String {
    let (what, text) = phrases::instead(edit);
    let mut notes: Vec<&str> = edit.network.as_deref().into_iter().collect();
    if edit.safety == Safety::Unsafe {
        notes.push(phrases::REVIEW);
    }
    if notes.is_empty() {
        format!("{what} {text}")
    } else {
        format!("{what} {text} ({})", notes.join("; "))
    }
}

fn line(start: Option<crate::text::Position>) -> String {
    start.map(|s| s.line.to_string()).unwrap_or_default()
}

fn unique(names: &[&str]) -> String {
    let mut names = names.to_vec();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}
