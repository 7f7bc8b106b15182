//! The key path of a value, written as people write it: `spec.containers[0].env[SERVICE_URL].value`.
//! Members of lists are called by their name where they have one, so that a path stays what it is
//! when a member is added above.

use super::tree::{NodeKind, Step, Tree};
use crate::text::{first_bytes, last_bytes};

/// Characters kept of a key in a path.
const MOST_OF_KEY: usize = 200;
/// Bytes kept of a path: half of them from its beginning and half from its end.
const MOST_OF_PATH: usize = 1000;
/// Bytes kept of a name that is asked for by itself.
const MOST_OF_NAME: usize = 400;

/// The key path of a node; empty for the root. Long keys and long paths are cut.
#[must_use]
pub(crate) fn key_path(tree: &Tree, source: &str, node: usize) -> String {
    let mut steps: Vec<usize> = tree.groups(node).filter(|&group| group != 0).collect();
    steps.reverse();
    if node != 0 {
        steps.push(node);
    }
    let mut path = String::new();
    for number in steps {
        write_step(&mut path, tree, source, number);
    }
    if path.len() <= MOST_OF_PATH {
        return path;
    }
    let (head, tail) = (
        first_bytes(&path, MOST_OF_PATH / 2),
        last_bytes(&path, MOST_OF_PATH / 2),
    );
    format!("{head}…{tail}")
}

/// A name, cut if it is too long to be one.
fn cut_name(name: &str) -> String {
    if name.len() <= MOST_OF_NAME {
        return name.to_owned();
    }
    format!("{}…", first_bytes(name, MOST_OF_NAME))
}

/// The names in a key path, outermost first: keys, attributes, and the names of list members.
#[must_use]
pub(crate) fn key_names(tree: &Tree, source: &str, node: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for number in std::iter::once(node).chain(tree.groups(node)) {
        names.extend(name_beside(tree, source, number));
        match &tree.node(number).step {
            Step::Key(name) | Step::Attribute(name) => names.push(cut_name(name)),
            Step::Item(_) | Step::Document(_) | Step::Text => {}
        }
    }
    names.reverse();
    names
}

fn write_step(path: &mut String, tree: &Tree, source: &str, number: usize) {
    match &tree.node(number).step {
        Step::Key(name) => {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&quoted(&shortened(name, MOST_OF_KEY)));
            // Elements repeat; keys of mappings do not.
            match name_beside(tree, source, number) {
                Some(name) => path.extend(["[", &shortened(&name, MOST_OF_MEMBER), "]"]),
                None if tree.merges() && tree.node(number).kind != NodeKind::Scalar => {}
                None => {
                    if let Some(index) = tree.index_among_equals(number) {
                        path.extend(["[", &index.to_string(), "]"]);
                    }
                }
            }
        }
        Step::Attribute(name) => path.extend(["@", &shortened(name, MOST_OF_KEY)]),
        Step::Item(index) => match name_beside(tree, source, number) {
            Some(name) => path.extend(["[", &shortened(&name, MOST_OF_MEMBER), "]"]),
            None => path.extend(["[", &index.to_string(), "]"]),
        },
        Step::Document(index) => path.extend(["#", &index.to_string()]),
        Step::Text => {}
    }
}

fn quoted(name: &str) -> String {
    let plain = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '/' | '$' | '*'));
    if plain {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\\\""))
    }
}

/// Characters kept of the name of a member in a path.
const MOST_OF_MEMBER: usize = 60;

/// A name is for finding a place, which a long text does not help with.
fn shortened(name: &str, most: usize) -> String {
    match name.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name.to_owned(),
    }
}

/// Keys whose value names the member of a list, or the element, that they are in.
const NAMING: &[&str] = &["name", "key", "id"];

/// The name of a member of a group: its key, or what it calls itself.
#[must_use]
pub(crate) fn member_name(tree: &Tree, source: &str, member: usize) -> Option<String> {
    name_beside(tree, source, member).or_else(|| match &tree.node(member).step {
        Step::Key(name) | Step::Attribute(name) => Some(cut_name(name)),
        Step::Item(_) | Step::Document(_) | Step::Text => None,
    })
}

/// The name that a group gives itself by a member such as `name` or `key`.
pub(crate) fn name_beside(tree: &Tree, source: &str, group: usize) -> Option<String> {
    let node = tree.node(group);
    if node.kind != NodeKind::Mapping || group == 0 {
        return None;
    }
    let in_list = matches!(node.step, Step::Item(_));
    for naming in NAMING {
        for member in tree.members(group).take(32) {
            let member_node = tree.node(member);
            let fits = match &member_node.step {
                Step::Key(name) => in_list && name.eq_ignore_ascii_case(naming),
                Step::Attribute(name) => name.eq_ignore_ascii_case(naming),
                _ => false,
            };
            if fits && member_node.kind == NodeKind::Scalar {
                let text = tree.text(member, source);
                // A longer text is not a name, and is not read to its end.
                let text = cut_name(text.trim_start());
                let text = text.trim();
                if !text.is_empty() && !text.contains(['\n', '[', ']']) {
                    return Some(text.to_owned());
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tree::TreeBuilder;
    use super::*;

    fn key(name: &str) -> Step {
        Step::Key(name.to_owned())
    }

    #[test]
    fn members_of_lists_are_called_by_name() {
        let source = "SERVICE_U host other";
        let mut builder = TreeBuilder::new(NodeKind::Mapping);
        builder.open(NodeKind::Sequence, key("env"), None, 0);
        builder.open(NodeKind::Mapping, Step::Item(0), None, 0);
        builder.scalar(key("name"), None, 0..9);
        builder.scalar(key("value"), None, 10..14);
        builder.close(14);
        builder.scalar(Step::Item(1), None, 15..20);
        let tree = builder.finish(20);
        assert_eq!(key_path(&tree, source, 4), "env[SERVICE_U].value");
        assert_eq!(key_path(&tree, source, 5), "env[1]");
        assert_eq!(key_names(&tree, source, 4), ["env", "SERVICE_U", "value"]);
    }

    #[test]
    fn elements_that_repeat_are_counted_and_keys_with_dots_quoted() {
        let mut builder = TreeBuilder::new(NodeKind::Mapping);
        builder.open(NodeKind::Mapping, key("a"), None, 0);
        builder.scalar(Step::Text, None, 0..1);
        builder.close(1);
        builder.open(NodeKind::Mapping, key("a"), None, 1);
        builder.scalar(Step::Attribute("href".to_owned()), None, 1..2);
        builder.close(2);
        builder.scalar(key("app.json"), None, 2..3);
        let tree = builder.finish(3);
        assert_eq!(key_path(&tree, "xyz", 2), "a[0]");
        assert_eq!(key_path(&tree, "xyz", 4), "a[1]@href");
        assert_eq!(key_path(&tree, "xyz", 5), "\"app.json\"");
    }
}
