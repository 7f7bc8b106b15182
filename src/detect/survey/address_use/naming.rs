//! Values that are named by what is next to them: `name: SERVICE_URL` and `value: ...`.

use super::{AROUND, verdict_of};
use crate::syntax::{DocumentPlace, FormatId, NodeKind, Step, Tree};
use crate::text::first_bytes;

/// Keys whose text names the value next to it.
const NAMING_KEYS: &[&str] = &["key", "name", "variable", "id", "property"];

/// Keys that say nothing of their value: the key above them does, or the name next to them.
const PLAIN_NAMES: &[&str] = &[
    "content", "current", "data", "default", "prod", "initial", "item", "raw", "string", "text",
    "val", "value", "values",
];

/// Elements that hold the value of a setting, which they name.
const SETTINGS: &[&str] = &[
    "add",
    "arg",
    "const",
    "constant",
    "constructor-arg",
    "context-param",
    "entry",
    "env",
    "env-entry",
    "environment",
    "init-param",
    "option",
    "param",
    "parameter",
    "prop",
    "property",
    "setting",
    "string",
    "stringprop",
    "variable",
];

/// Members next to a value that are looked at.
const MEMBERS: usize = 16;

/// Says whether a value is the only one of its key, as a setting is.
pub(super) fn is_setting(place: &DocumentPlace) -> bool {
    place.levels.last().is_some_and(|level| {
        let tree = &level.document.tree;
        let node = tree.node(level.node);
        if node.kind != NodeKind::Scalar {
            return false;
        }
        if !matches!(level.document.format.id, FormatId::Xml | FormatId::Html) {
            return matches!(node.step, Step::Key(_));
        }
        // In XML, the value of what has a name: `<property name="..." value="...">`.
        is_named_value(place) && is_in_setting(tree, level.node)
    })
}

/// What the name next to a value says of it: `name: SERVICE_URL` and `value: ...`.
pub(super) fn by_naming_member(place: &DocumentPlace) -> Option<bool> {
    naming_members(place).find_map(|text| verdict_of(first_bytes(text, AROUND)))
}

/// The texts next to a value that name it.
fn naming_members(place: &DocumentPlace) -> impl Iterator<Item = &str> {
    let members = place.levels.last().map(|level| {
        let tree = &level.document.tree;
        let (own, group) = own_and_group(tree, level.node);
        let is_naming = move |member: &usize| *member != own && is_naming(tree, *member);
        let members = tree.members(group).take(MEMBERS).filter(is_naming);
        members.map(|member| {
            // The text of an element is a member of it.
            let mut inner = tree.members(member).take(MEMBERS);
            let text = inner.find(|inner| tree.node(*inner).step == Step::Text);
            tree.text(text.unwrap_or(member), &level.document.text)
        })
    });
    members.into_iter().flatten()
}

/// A value, and the group in which other members may name it. The text of an element is the element, which may
/// name itself by an attribute.
fn own_and_group(tree: &Tree, node: usize) -> (usize, usize) {
    let group = tree.node(node).parent;
    let is_element = tree.node(node).step == Step::Text && group != 0;
    if is_element
        && !tree
            .members(group)
            .take(MEMBERS)
            .any(|m| is_naming(tree, m))
    {
        return (group, tree.node(group).parent);
    }
    (node, group)
}

fn is_naming(tree: &Tree, member: usize) -> bool {
    let (Step::Key(name) | Step::Attribute(name)) = &tree.node(member).step else {
        return false;
    };
    let name = name.to_ascii_lowercase();
    NAMING_KEYS.contains(&name.as_str()) || name.ends_with("-name")
}

/// Says whether the element of a value, or the one around it, is one of those that hold settings.
fn is_in_setting(tree: &Tree, node: usize) -> bool {
    let mut around = std::iter::once(node).chain(tree.groups(node)).take(3);
    around.any(|number| match &tree.node(number).step {
        Step::Key(name) => SETTINGS.contains(&name.to_ascii_lowercase().as_str()),
        _ => false,
    })
}

/// Says whether something next to a value names it, and its own key says nothing.
pub(super) fn is_named_value(place: &DocumentPlace) -> bool {
    let own = place.levels.last().map(|level| {
        let tree = &level.document.tree;
        &tree.node(own_and_group(tree, level.node).0).step
    });
    let says_nothing = match own {
        Some(Step::Key(name) | Step::Attribute(name)) => is_plain(name),
        Some(Step::Text) => true,
        _ => false,
    };
    says_nothing && naming_members(place).next().is_some()
}

/// Says whether a key says nothing of its value.
pub(super) fn is_plain(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    PLAIN_NAMES.contains(&name.as_str()) || name.ends_with("-value")
}
