//! Environments side by side: a map or a list in which one entry is for a closed environment and
//! another one for the environment that replaces it. There the fix is to delete an entry, not to
//! write the replacement twice. And keys that name another environment than their value.

use std::cell::OnceCell;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::rc::Rc;

use super::groups::{Entry, Group, Groups};
use super::names::name_id;
use crate::catalogue::Merged;
use crate::detect::Reference;
use crate::syntax::{Document, DocumentPlace, NodeKind, Step, TreeNode, member_name, name_beside};
use crate::text::{Position, last_bytes};

/// An endpoint of the replacing environment next to a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterpart {
    /// The environment.
    pub environment: String,
    /// The host name, as it is written.
    pub name: String,
    /// The network on which it resolves.
    pub network: Option<String>,
    /// Where it begins.
    pub position: Position,
    /// The bytes of the entry that holds the reference, from its key to the end of its value,
    /// without quotes and other marks around them. Empty when it is a part of a longer value.
    pub entry: Range<usize>,
}

/// A key that names another environment than its value does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The key.
    pub key: String,
    /// The environment that it names.
    pub environment: String,
}

/// An endpoint next to a reference, with spans of the outermost text.
pub(super) struct Neighbour {
    pub environment: String,
    pub name: String,
    pub network: Option<String>,
    pub span: Range<usize>,
    /// The entry of the reference itself.
    pub own: Range<usize>,
}

/// Groups that a value is looked for in, from the inner to the outer one.
const MOST_GROUPS: usize = 6;

/// The endpoint of the same service in the replacing environment next to a reference.
pub(super) fn counterpart<'c>(
    groups: &mut Groups<'c>,
    place: &DocumentPlace,
    reference: &Reference<'c>,
) -> Option<Neighbour> {
    let endpoint = &reference.endpoint;
    if !endpoint.kind.is_on_network {
        return None;
    }
    let environment = endpoint.pack.environment(endpoint.environment)?;
    let target = environment.replacement.as_deref()?;
    let replacements = endpoint.replacements.iter();
    let replacements: Vec<u64> = replacements.map(|new| name_id(&new.text)).collect();
    for (index, level) in place.levels.iter().enumerate().rev() {
        if level.is_argument() {
            continue;
        }
        let document = &level.document;
        let mut member = level.node;
        for number in document.tree.groups(level.node).take(MOST_GROUPS) {
            let group = groups.group(document, number);
            let mut others = group
                .entries_of(target)
                .filter(|entry| {
                    // The same service, or one of its replacements.
                    entry.service == endpoint.service || replacements.contains(&entry.id)
                })
                .filter(|entry| entry.member != member)
                .peekable();
            if others.peek().is_some() {
                let question = Question::new(document, &group, endpoint.pack, member, level.node);
                if let Some(entry) = others.find(|entry| question.is_counterpart(entry, target)) {
                    let own = document.tree.node(member);
                    let start = own.key.as_ref().map_or(own.span.start, |key| key.start);
                    return Some(Neighbour {
                        environment: entry.environment.to_owned(),
                        name: entry.name(document).to_owned(),
                        network: entry.network.map(str::to_owned),
                        span: place.outermost(index, entry.span(document)),
                        own: place.outermost(index, start.min(own.span.start)..own.span.end),
                    });
                }
            }
            member = number;
        }
    }
    None
}

/// A reference in a member of a group.
struct Question<'q, 'c> {
    document: &'q Document,
    group: &'q Group<'c>,
    pack: &'c Merged,
    member: usize,
    node: usize,
    called: Rc<Called<'c>>,
    is_in_list: OnceCell<bool>,
}

/// How a member of a group is called.
pub(super) struct Called<'c> {
    /// It has a name by a member of its own.
    by_member: bool,
    name: Option<Named<'c>>,
}

impl<'c> Called<'c> {
    pub(super) fn new(pack: &'c Merged, document: &Document, member: usize) -> Self {
        let (tree, text) = (&document.tree, document.text.as_str());
        Self {
            by_member: name_beside(tree, text, member).is_some(),
            name: member_name(tree, text, member).map(|name| Named::new(pack, &name)),
        }
    }
}

impl<'q, 'c> Question<'q, 'c> {
    fn new(
        document: &'q Document,
        group: &'q Group<'c>,
        pack: &'c Merged,
        member: usize,
        node: usize,
    ) -> Self {
        Self {
            document,
            group,
            pack,
            member,
            node,
            called: group.called(pack, document, member),
            is_in_list: OnceCell::new(),
        }
    }

    /// Says whether an entry is what the reference is, for another environment.
    fn is_counterpart(&self, entry: &Entry<'_>, target: &str) -> bool {
        let tree = &self.document.tree;
        let (own, other) = (&tree.node(self.member).step, &tree.node(entry.member).step);
        let called = self.group.called(self.pack, self.document, entry.member);
        if own == other || matches!((own, other), (Step::Item(_), Step::Item(_))) {
            match (self.called.by_member, called.by_member) {
                (false, false) => {
                    let is_in_list = || self.is_a_list() && self.is_a_setting();
                    return *self.is_in_list.get_or_init(is_in_list) && self.same_way_down(entry);
                }
                (true, true) => {}
                _ => return false,
            }
        }
        match (&self.called.name, &called.name) {
            (Some(own), Some(other)) => own.differs_by_environment(other, target),
            _ => false,
        }
    }

    /// Says whether the group is a list as it is written. In source code the arguments of a call, a pair
    /// of an old and a new name and repeated assignments look the same but are not lists.
    fn is_a_list(&self) -> bool {
        let tree = &self.document.tree;
        let group = tree.node(tree.node(self.member).parent);
        if !self.document.is_code() {
            return !self.is_an_operator(group);
        }
        let start = self.document.text.get(group.span.start..);
        group.kind == NodeKind::Sequence
            && start.is_some_and(|text| text.trim_start().starts_with('['))
    }

    /// Says whether a list holds the operands of an operator, such as `!If [a, b, c]` or `Fn::If: [...]`.
    fn is_an_operator(&self, group: &TreeNode) -> bool {
        const LONGEST: usize = 256;
        let before = self.document.text.get(..group.span.start);
        let before = before.map(|text| last_bytes(text, LONGEST));
        let word = before.and_then(|text| text.split_whitespace().next_back());
        word.is_some_and(|word| word.starts_with('!') && word.len() > 1)
            || matches!(&group.step, Step::Key(name) if name.contains("::"))
    }

    /// Says whether the value is a host or a URL and not a sentence; in prose it may be one.
    fn is_a_setting(&self) -> bool {
        let text = self.document.tree.text(self.node, &self.document.text);
        self.document.is_prose() || !text.trim().contains(char::is_whitespace)
    }

    /// Says whether both values have the same path in their members.
    fn same_way_down(&self, entry: &Entry<'_>) -> bool {
        let tree = &self.document.tree;
        let (mut own, mut other) = (self.node, entry.node);
        loop {
            let ends = (
                own == self.member || own == 0,
                other == entry.member || other == 0,
            );
            if ends.0 || ends.1 {
                return ends.0 && ends.1;
            }
            if tree.node(own).step != tree.node(other).step {
                return false;
            }
            (own, other) = (tree.node(own).parent, tree.node(other).parent);
        }
    }
}

/// A name as the environments it holds and the rest of it.
pub(super) struct Named<'c> {
    /// It is a name of this environment, written in full.
    alias: Option<&'c str>,
    environments: Vec<&'c str>,
    /// A number for the other words of the name.
    rest: u64,
}

impl<'c> Named<'c> {
    pub(super) fn new(pack: &'c Merged, name: &str) -> Self {
        let mut rest = DefaultHasher::new();
        let alias = pack.environment_by_alias(name);
        let mut environments: Vec<&str> = alias.into_iter().collect();
        if alias.is_none() {
            for part in parts(name) {
                match pack.environment_by_word(&part) {
                    Some(environment) => environments.push(environment),
                    None => part.hash(&mut rest),
                }
            }
        }
        Self {
            alias,
            environments,
            rest: rest.finish(),
        }
    }

    fn differs_by_environment(&self, other: &Self, target: &str) -> bool {
        !self.environments.is_empty()
            && self.rest == other.rest
            && !self.environments.contains(&target)
            && other.environments.contains(&target)
    }
}

/// The words of a name: `serviceUrl_dev` is `service`, `url`, `dev`.
pub(super) fn parts(name: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut before = ' ';
    for c in name.chars() {
        let hump = c.is_uppercase() && before.is_lowercase();
        if (!c.is_alphanumeric() || hump) && !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
        if c.is_alphanumeric() {
            part.extend(c.to_lowercase());
        }
        before = c;
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// The innermost key that names an environment, when it names another one than the reference.
pub(super) fn contradiction<'c>(
    groups: &mut Groups<'c>,
    keys: &[String],
    reference: &Reference<'c>,
) -> Option<Contradiction> {
    let endpoint = &reference.endpoint;
    // A key further up is about more than this value.
    for key in keys.iter().rev().take(2) {
        let named = groups.named(endpoint.pack, key);
        if named.environments.is_empty() {
            continue;
        }
        // Other names of an environment are words that keys hold for other reasons.
        if named
            .alias
            .is_some_and(|other| other != endpoint.environment)
        {
            return None;
        }
        if named.environments.contains(&endpoint.environment) {
            return None;
        }
        let environment = (*named.environments.first()?).to_owned();
        return Some(Contradiction {
            key: key.clone(),
            environment,
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_at_marks_and_humps() {
        assert_eq!(parts("serviceUrl_dev"), ["service", "url", "dev"]);
        assert_eq!(parts("SERVICE_URL_DEV"), ["service", "url", "dev"]);
        assert_eq!(parts("dev.service-1"), ["dev", "service", "1"]);
        assert_eq!(parts("development"), ["development"]);
    }
}
