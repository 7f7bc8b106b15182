//! Environments side by side: a map or a list in which one entry is for a closed environment and
//! another one for the environment that replaces it. There the fix is to delete an entry, not to
//! write the replacement twice. And keys that name another environment than their value.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::catalogue::{Catalogue, Classification, Endpoint, Merged};
use crate::detect::Reference;
use crate::syntax::{Document, DocumentPlace, NodeKind, Step, TreeNode, member_name, name_beside};
use crate::text::Position;

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

/// The endpoints of the members of groups, each group read once.
#[derive(Default)]
pub(super) struct Maps {
    groups: HashMap<(usize, usize), Rc<Vec<Entry>>>,
}

/// An endpoint in a member of a group.
pub(super) struct Entry {
    pub member: usize,
    /// The node that holds it.
    pub node: usize,
    environment: String,
    service: String,
    network: Option<String>,
    pub name: String,
    /// What a retired one becomes.
    pub becomes: Option<String>,
    /// Bytes of the document's text.
    span: Range<usize>,
}

/// Groups that a value is looked for in, from the inner to the outer one.
const MOST_GROUPS: usize = 6;
/// Nodes of a group that are read.
const MOST_NODES: usize = 2_000;

impl Maps {
    /// The endpoint of the same service in the replacing environment next to a reference.
    pub(super) fn counterpart(
        &mut self,
        catalogue: &Catalogue,
        place: &DocumentPlace,
        reference: &Reference<'_>,
    ) -> Option<Neighbour> {
        let endpoint = &reference.endpoint;
        if !endpoint.kind.is_on_network {
            return None;
        }
        let environment = endpoint.environment;
        let target = endpoint
            .pack
            .environment(environment)?
            .replacement
            .as_deref()?;
        for (index, level) in place.levels.iter().enumerate().rev() {
            if level.is_argument() {
                continue;
            }
            let document = &level.document;
            let mut member = level.node;
            for group in document.tree.groups(level.node).take(MOST_GROUPS) {
                let entries = self.entries(catalogue, document, group);
                let question = Question {
                    document,
                    pack: endpoint.pack,
                    member,
                    node: level.node,
                    target,
                };
                let found = entries.iter().find(|entry| {
                    entry.environment == target
                        && is_the_same(endpoint, entry)
                        && entry.member != member
                        && question.is_counterpart(entry)
                });
                if let Some(entry) = found {
                    let own = document.tree.node(member);
                    let start = own.key.as_ref().map_or(own.span.start, |key| key.start);
                    return Some(Neighbour {
                        environment: entry.environment.clone(),
                        name: entry.name.clone(),
                        network: entry.network.clone(),
                        span: place.outermost(index, entry.span.clone()),
                        own: place.outermost(index, start.min(own.span.start)..own.span.end),
                    });
                }
                member = group;
            }
        }
        None
    }

    /// The endpoints in the members of a group.
    pub(super) fn entries(
        &mut self,
        catalogue: &Catalogue,
        document: &Rc<Document>,
        group: usize,
    ) -> Rc<Vec<Entry>> {
        let key = (Rc::as_ptr(document).addr(), group);
        Rc::clone(
            self.groups
                .entry(key)
                .or_insert_with(|| Rc::new(read(catalogue, document, group))),
        )
    }
}

/// Says whether an entry is the service of a retired endpoint, or one of its replacements.
fn is_the_same(endpoint: &Endpoint<'_>, entry: &Entry) -> bool {
    let mut replacements = endpoint.replacements.iter();
    entry.service == endpoint.service
        || replacements.any(|r| r.text.eq_ignore_ascii_case(&entry.name))
}

/// The endpoints in the members of a group.
fn read(catalogue: &Catalogue, document: &Document, group: usize) -> Vec<Entry> {
    let tree = &document.tree;
    let end = tree.node(group).end.min(group + 1 + MOST_NODES);
    let mut entries = Vec::new();
    let mut members = tree.members(group).peekable();
    let mut member = group;
    for node in group + 1..end {
        while members.peek().is_some_and(|&next| next <= node) {
            member = members.next().unwrap_or(member);
        }
        let value = tree.node(node);
        if value.kind != NodeKind::Scalar || document.inner_is_large(node) {
            continue;
        }
        let text = tree.text(node, &document.text);
        if memchr::memchr(b'.', text.as_bytes()).is_none() {
            continue;
        }
        for (at, name) in host_like(text) {
            if let Classification::Endpoint(endpoint) = catalogue.classify_host(name) {
                let span = match &value.text {
                    Some(text) => text.source(at..at + name.len()),
                    None => value.span.start + at..value.span.start + at + name.len(),
                };
                entries.push(Entry {
                    member,
                    node,
                    environment: endpoint.environment.to_owned(),
                    service: endpoint.service.to_owned(),
                    network: endpoint.network.map(str::to_owned),
                    name: name.to_owned(),
                    becomes: super::twice::becomes(&endpoint).map(str::to_owned),
                    span,
                });
            }
        }
    }
    entries
}

/// Runs of characters that may be host names, with their offsets.
pub(super) fn host_like(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(is_host)?;
            let end = text[start..]
                .find(|c| !is_host(c))
                .map_or(text.len(), |length| start + length);
            at = end;
            let name = text[start..end].trim_end_matches('.');
            if name.contains('.') {
                return Some((start, name));
            }
        }
    })
}

/// A reference in a member of a group.
struct Question<'q> {
    document: &'q Document,
    pack: &'q Merged,
    member: usize,
    node: usize,
    target: &'q str,
}

impl Question<'_> {
    /// Says whether an entry is what the reference is, for another environment.
    fn is_counterpart(&self, entry: &Entry) -> bool {
        let (tree, text) = (&self.document.tree, self.document.text.as_str());
        let (own, other) = (&tree.node(self.member).step, &tree.node(entry.member).step);
        let names = (
            name_beside(tree, text, self.member),
            name_beside(tree, text, entry.member),
        );
        if own == other || matches!((own, other), (Step::Item(_), Step::Item(_))) {
            return match names {
                (None, None) => {
                    self.is_a_list() && self.is_a_setting() && self.same_way_down(entry)
                }
                (Some(own), Some(other)) => self.names_differ_by_environment(&own, &other),
                _ => false,
            };
        }
        let own = member_name(tree, text, self.member);
        let other = member_name(tree, text, entry.member);
        match (own, other) {
            (Some(own), Some(other)) => self.names_differ_by_environment(&own, &other),
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
        let before = self.document.text.get(..group.span.start);
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
    fn same_way_down(&self, entry: &Entry) -> bool {
        let way = |mut node: usize, member: usize| {
            let mut steps = Vec::new();
            while node != member && node != 0 {
                steps.push(self.document.tree.node(node).step.clone());
                node = self.document.tree.node(node).parent;
            }
            steps
        };
        way(self.node, self.member) == way(entry.node, entry.member)
    }

    fn names_differ_by_environment(&self, own: &str, other: &str) -> bool {
        let own = Named::new(self.pack, own);
        let other = Named::new(self.pack, other);
        !own.environments.is_empty()
            && !own.environments.iter().any(|e| e == self.target)
            && other.environments.iter().any(|e| e == self.target)
            && own.rest == other.rest
    }
}

/// A name as the environments it holds and the rest of it.
struct Named {
    environments: Vec<String>,
    rest: Vec<String>,
}

impl Named {
    fn new(pack: &Merged, name: &str) -> Self {
        if let Some(environment) = pack.environment_by_alias(name) {
            return Self {
                environments: vec![environment.to_owned()],
                rest: Vec::new(),
            };
        }
        let mut named = Self {
            environments: Vec::new(),
            rest: Vec::new(),
        };
        for part in parts(name) {
            match pack.environment_by_word(&part) {
                Some(environment) => named.environments.push(environment.to_owned()),
                None => named.rest.push(part),
            }
        }
        named
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
pub(super) fn contradiction(keys: &[String], reference: &Reference<'_>) -> Option<Contradiction> {
    let endpoint = &reference.endpoint;
    // A key further up is about more than this value.
    for key in keys.iter().rev().take(2) {
        let named = Named::new(endpoint.pack, key);
        if named.environments.is_empty() {
            continue;
        }
        // Other names of an environment are words that keys hold for other reasons.
        let other = endpoint.pack.environment_by_alias(key);
        if other.is_some_and(|other| other != endpoint.environment) {
            return None;
        }
        if named.environments.iter().any(|e| e == endpoint.environment) {
            return None;
        }
        let environment = named.environments.into_iter().next()?;
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

    #[test]
    fn host_like_runs_are_cut_out_of_urls_and_sentences() {
        let found: Vec<_> =
            host_like("see https://a.example.org:443/x, or b.example.org.").collect();
        assert_eq!(found, [(12, "a.example.org"), (36, "b.example.org")]);
    }
}
