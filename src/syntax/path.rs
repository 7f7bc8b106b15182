//! The key path of a value, written as people write it: `spec.containers[0].env[SERVICE_URL].value`.
//! Members of lists are called by their name where they have one, so that a path stays what it is
//! when a member is added above.

use super::tree::{NodeKind, Step, Tree};

/// The key path of a node; empty for the root.
#[must_use]
pub fn key_path(tree: &Tree, source: &str, node: usize) -> String {
    let mut steps: Vec<usize> = tree.groups(node).filter(|&group| group != 0).collect();
    steps.reverse();
    if node != 0 {
        steps.push(node);
    }
    let mut path = String::new();
    for number in steps {
        write_step(&mut path, tree, source, number);
    }
    path
}

/// The names in a key path, outermost first: keys, attributes, and the names of list members.
#[must_use]
pub fn key_names(tree: &Tree, source: &str, node: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for number in std::iter::once(node).chain(tree.groups(node)) {
        names.extend(name_beside(tree, source, number));
        match &tree.node(number).step {
            Step::Key(name) | Step::Attribute(name) => names.push(name.clone()),
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
            path.push_str(&quoted(name));
            // Elements repeat; keys of mappings do not.
            match name_beside(tree, source, number) {
                Some(name) => path.extend(["[", &shortened(&name), "]"]),
                None if tree.merges() && tree.node(number).kind != NodeKind::Scalar => {}
                None => {
                    if let Some(index) = index_among_equals(tree, number) {
                        path.extend(["[", &index.to_string(), "]"]);
                    }
                }
            }
        }
        Step::Attribute(name) => path.extend(["@", name]),
        Step::Item(index) => match name_beside(tree, source, number) {
            Some(name) => path.extend(["[", &shortened(&name), "]"]),
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

/// A name is for finding a place; a long text is none.
fn shortened(name: &str) -> String {
    const MOST: usize = 60;
    match name.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name.to_owned(),
    }
}

/// Keys whose value names the member of a list, or the element, that they are in.
const NAMING: &[&str] = &["name", "key", "id"];

/// The name of a member of a group: its key, or what it calls itself.
#[must_use]
pub fn member_name(tree: &Tree, source: &str, member: usize) -> Option<String> {
    name_beside(tree, source, member).or_else(|| match &tree.node(member).step {
        Step::Key(name) | Step::Attribute(name) => Some(name.clone()),
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
                let text = tree.text(member, source).trim();
                if !text.is_empty() && !text.contains(['\n', '[', ']']) {
                    return Some(text.to_owned());
                }
            }
        }
    }
    None
}

/// The position of a node among the members of its group with the same key, when there are
/// several.
fn index_among_equals(tree: &Tree, number: usize) -> Option<usize> {
    /// Lists longer than that are not looked through again for every reference.
    const MOST: usize = 10_000;
    let node = tree.node(number);
    let mut index = None;
    let mut equals = 0;
    for member in tree.members(node.parent).take(MOST) {
        if tree.node(member).step == node.step {
            if member == number {
                index = Some(equals);
            }
            equals += 1;
        }
    }
    index.filter(|_| equals > 1)
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
