//! Notebooks are JSON: cells that hold text for readers or source code, and what the code has printed.

use super::nesting::PlaceKind;
use super::tree::{Step, Tree};

/// What a value of a notebook is.
pub(super) fn kind(tree: &Tree, text: &str, node: usize) -> PlaceKind {
    let is = |group: usize, wanted: &str| {
        let step = &tree.node(group).step;
        matches!(step, Step::Key(name) if name == wanted)
    };
    // Output may have members of the same names.
    let around = std::iter::once(node).chain(tree.groups(node));
    let cells = around.filter_map(|part| {
        let cell = tree.node(part).parent;
        let mut members = tree.members(cell);
        let sort = members.find(|&member| is(member, "cell_type"))?;
        (is(part, "outputs") || is(part, "source")).then(|| (part, tree.text(sort, text)))
    });
    let Some((part, sort)) = cells.last() else {
        return PlaceKind::Value;
    };
    match sort {
        // Whoever runs the cell again gets other output.
        "code" if is(part, "outputs") => PlaceKind::Prose,
        // A list holds a line each.
        "code" if node != part && tree.text(node, text).trim_start().starts_with('#') => {
            PlaceKind::Comment
        }
        "markdown" | "raw" => PlaceKind::Prose,
        _ => PlaceKind::Value,
    }
}
