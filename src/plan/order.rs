//! What waits for what.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::Companion;

/// The companions of `wanted` that must be done before `id`. Those that are not wanted pass on what
/// they wait for.
pub(super) fn prerequisites(
    companions: &BTreeMap<String, Companion>,
    wanted: &BTreeSet<&str>,
    id: &str,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = directly_before(companions, id).collect();
    while let Some(next) = open.pop() {
        if next == id || !seen.insert(next) {
            continue;
        }
        if wanted.contains(next) {
            found.insert(next.to_owned());
        } else {
            open.extend(directly_before(companions, next));
        }
    }
    found
}

/// How long the longest chain of tasks before this one is. Sorted by it, each task comes after those
/// that it waits for.
pub(super) fn depth(companions: &BTreeMap<String, Companion>, id: &str) -> usize {
    let mut depth = 0;
    let mut layer: BTreeSet<&str> = directly_before(companions, id).collect();
    // A sound pack has no circle; the number of rows bounds the way in any other.
    while !layer.is_empty() && depth < companions.len() {
        depth += 1;
        layer = layer
            .iter()
            .flat_map(|before| directly_before(companions, before))
            .collect();
    }
    depth
}

fn directly_before<'c>(
    companions: &'c BTreeMap<String, Companion>,
    id: &str,
) -> impl Iterator<Item = &'c str> {
    let rows = companions.get(id).map(|c| c.after.as_slice());
    rows.unwrap_or_default().iter().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn companions(rows: &[(&str, &[&str])]) -> BTreeMap<String, Companion> {
        let row = |after: &[&str]| Companion {
            name: String::new(),
            ask: String::new(),
            who: None,
            after: after.iter().map(|id| (*id).to_owned()).collect(),
            settings: Vec::new(),
            values: Vec::new(),
            source: String::new(),
        };
        let rows = rows.iter();
        rows.map(|(id, after)| ((*id).to_owned(), row(after)))
            .collect()
    }

    #[test]
    fn what_is_not_wanted_passes_on_what_it_waits_for() {
        let rows = companions(&[("a", &[]), ("b", &["a"]), ("c", &["b"]), ("d", &["c", "a"])]);
        let wanted = BTreeSet::from(["a", "c", "d"]);
        let before = |id| {
            prerequisites(&rows, &wanted, id)
                .into_iter()
                .collect::<Vec<_>>()
        };
        assert_eq!(before("c"), ["a"]);
        assert_eq!(before("d"), ["a", "c"]);
        assert_eq!(before("a"), [""; 0]);
        let depths: Vec<usize> = ["a", "b", "c", "d"].map(|id| depth(&rows, id)).into();
        assert_eq!(depths, [0, 1, 2, 3]);
    }

    #[test]
    fn a_circle_ends() {
        let rows = companions(&[("a", &["b"]), ("b", &["a"])]);
        assert_eq!(depth(&rows, "a"), 2);
        let wanted = BTreeSet::from(["a", "b"]);
        assert_eq!(prerequisites(&rows, &wanted, "a").len(), 1);
    }
}
