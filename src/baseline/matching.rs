//! Which violations are in a baseline: by fingerprint, then by what else an entry says: in its file
//! wherever it is in lists, and, for files that have a new name, where that is unique.

use std::collections::{BTreeSet, HashMap};

use super::{Baseline, BaselineEntry};
use crate::facts::without_positions;

/// What belongs together.
#[derive(Debug, Default)]
pub(crate) struct Matches {
    /// For each violation the number of the entry that covers it.
    pub covered: Vec<Option<usize>>,
    /// For each entry whether something was found that it is about.
    pub found: Vec<bool>,
}

/// Matches violations, as entries describe them, with entries. `gone` says whether a file of that path is
/// no longer there.
#[must_use]
pub(crate) fn matches(
    baseline: &Baseline,
    found: &[BaselineEntry],
    gone: &dyn Fn(&str) -> bool,
) -> Matches {
    let entries = baseline.entries();
    let mut matches = Matches {
        covered: vec![None; found.len()],
        found: vec![false; entries.len()],
    };
    let numbers: HashMap<&str, usize> = entries
        .iter()
        .enumerate()
        .map(|(number, entry)| (entry.fingerprint.as_str(), number))
        .collect();
    let mut open = Vec::new();
    for (number, violation) in found.iter().enumerate() {
        match numbers.get(violation.fingerprint.as_str()) {
            Some(&entry) => {
                matches.found[entry] = true;
                // More of the same than were known is something new.
                if violation.count <= entries[entry].count {
                    matches.covered[number] = Some(entry);
                }
            }
            None => open.push(number),
        }
    }
    if open.is_empty() {
        return matches;
    }
    let mut missing: Vec<usize> = (0..entries.len())
        .filter(|&entry| !matches.found[entry])
        .collect();
    // What is above it in a list changes the numbers in a key, as lines above change the line.
    pair(entries, found, &mut open, &mut missing, &mut matches, |e| {
        (&e.rule, keys(e), &e.name, Some(&e.path))
    });
    let mut files: HashMap<&str, bool> = HashMap::new();
    missing.retain(|&entry| {
        let path = entries[entry].path.as_str();
        *files.entry(path).or_insert_with(|| gone(path))
    });
    // A file that only moved to another folder first: its name makes more of them unique.
    pair(entries, found, &mut open, &mut missing, &mut matches, |e| {
        (&e.rule, keys(e), &e.name, e.path.rsplit('/').next())
    });
    pair(entries, found, &mut open, &mut missing, &mut matches, |e| {
        (&e.rule, keys(e), &e.name, None)
    });
    matches
}

/// Rule, key, name and perhaps something of the path.
type Identity<'e> = (&'e str, String, &'e str, Option<&'e str>);

#[derive(Default)]
struct EntryGroup {
    violations: Vec<usize>,
    entries: Vec<usize>,
}

/// Pairs what has the same identity where it is all in one file before and now.
fn pair<'e>(
    entries: &'e [BaselineEntry],
    found: &'e [BaselineEntry],
    open: &mut Vec<usize>,
    missing: &mut Vec<usize>,
    matches: &mut Matches,
    identity: fn(&'e BaselineEntry) -> Identity<'e>,
) {
    let mut groups: HashMap<Identity<'_>, EntryGroup> = HashMap::new();
    for &number in &*open {
        let group = groups.entry(identity(&found[number])).or_default();
        group.violations.push(number);
    }
    for &entry in &*missing {
        let group = groups.entry(identity(&entries[entry])).or_default();
        group.entries.push(entry);
    }
    for group in groups.into_values() {
        if !is_one_path(group.violations.iter().map(|&v| &found[v]))
            || !is_one_path(group.entries.iter().map(|&e| &entries[e]))
        {
            continue;
        }
        for (violation, entry) in group.violations.into_iter().zip(group.entries) {
            matches.found[entry] = true;
            if found[violation].count <= entries[entry].count {
                matches.covered[violation] = Some(entry);
            }
        }
    }
    open.retain(|&number| matches.covered[number].is_none());
    missing.retain(|&entry| !matches.found[entry]);
}

/// The key of an entry without the positions in lists.
fn keys(entry: &BaselineEntry) -> String {
    without_positions(entry.key.as_deref().unwrap_or_default())
}

fn is_one_path<'e>(entries: impl Iterator<Item = &'e BaselineEntry>) -> bool {
    let paths: BTreeSet<&str> = entries.map(|entry| entry.path.as_str()).collect();
    paths.len() == 1
}
