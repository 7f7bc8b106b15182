//! The groups of values around references: lists, maps, elements. What is asked about a group, for any of
//! the references in it, is read from it once.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use super::environment_map::{Called, Named};
use super::names::{Meaning, Names, NewName, Pair, Remembered, host_like};
use super::rows::RowsAround;
use super::tested::Telling;
use crate::catalogue::{Catalogue, Merged};
use crate::syntax::{Document, NodeKind};

/// The groups that were read, and other things that many references ask for.
pub(super) struct Groups<'c> {
    pub names: Names<'c>,
    /// Why a key says that a name below it is not used.
    pub reasons: Remembered<Option<&'static str>>,
    known: HashMap<(usize, usize), Rc<Group<'c>>>,
    keys: HashMap<usize, Remembered<Rc<Named<'c>>>>,
    rows: RowsAround,
    value: Value<'c>,
}

/// The names in the value that was read last.
#[derive(Default)]
struct Value<'c> {
    text: (usize, usize),
    names: Vec<(Range<usize>, Meaning<'c>)>,
}

/// What is known of a group.
pub(super) struct Group<'c> {
    entries: Vec<Entry<'c>>,
    members: Vec<Member<'c>>,
    called: RefCell<HashMap<(usize, usize), Rc<Called<'c>>>>,
    /// Its members that say what the others are for.
    pub telling: OnceCell<Vec<Telling>>,
}

/// An endpoint in a member of a group.
pub(super) struct Entry<'c> {
    pub member: usize,
    /// The node that holds it.
    pub node: usize,
    pub environment: &'c str,
    pub service: &'c str,
    pub network: Option<&'c str>,
    /// Its name.
    pub id: u64,
    /// What a retired one becomes.
    pub becomes: Option<u64>,
    /// Where the name is in the text of the node.
    pub at: usize,
    pub length: usize,
}

/// A member of a group that is a value, and what it names.
struct Member<'c> {
    node: usize,
    named: BTreeSet<Pair<'c>>,
}

/// Nodes of a group that are read.
const MOST_NODES: usize = 2_000;
/// Bytes of their values.
const MOST_BYTES: usize = 1 << 20;
/// Endpoints that are kept of them.
const MOST_ENTRIES: usize = 4_000;
/// Members of a group whose long values are read too.
const MOST_MEMBERS: usize = 64;

impl<'c> Groups<'c> {
    pub(super) fn new(catalogue: &'c Catalogue) -> Self {
        Self {
            names: Names::new(catalogue),
            reasons: Remembered::default(),
            known: HashMap::new(),
            keys: HashMap::new(),
            rows: RowsAround::default(),
            value: Value::default(),
        }
    }

    /// A group of a document.
    pub(super) fn group(&mut self, document: &Rc<Document>, group: usize) -> Rc<Group<'c>> {
        let key = (Rc::as_ptr(document).addr(), group);
        let names = &mut self.names;
        let read = || Rc::new(Group::read(names, document, group));
        Rc::clone(self.known.entry(key).or_insert_with(read))
    }

    /// A key as the environments in it and the rest.
    pub(super) fn named(&mut self, pack: &'c Merged, key: &str) -> Rc<Named<'c>> {
        let keys = self.keys.entry(std::ptr::from_ref(pack).addr());
        let keys = keys.or_default();
        keys.recall(key, || Rc::new(Named::new(pack, key)))
    }

    /// The names in a value, with their places in it.
    pub(super) fn names_of_value(&mut self, value: &str) -> &[(Range<usize>, Meaning<'c>)] {
        let text = (value.as_ptr().addr(), value.len());
        if self.value.text != text {
            self.value.text = text;
            self.value.names.clear();
            for (at, name) in host_like(value) {
                let meaning = self.names.meaning(name);
                self.value.names.push((at..at + name.len(), meaning));
            }
        }
        &self.value.names
    }

    /// Says whether a line, or where `all` is set a row close to it, has a name that is or becomes the
    /// new name of a reference.
    pub(super) fn name_again(
        &mut self,
        text: &str,
        line: Range<usize>,
        all: bool,
        new: NewName,
    ) -> bool {
        self.rows.name_again(text, line, all, &mut self.names, new)
    }
}

impl<'c> Group<'c> {
    fn read(names: &mut Names<'c>, document: &Document, group: usize) -> Self {
        let tree = &document.tree;
        let end = tree.node(group).end.min(group + 1 + MOST_NODES);
        let mut entries: Vec<Entry<'c>> = Vec::new();
        let mut first: Vec<Member<'c>> = tree
            .members(group)
            .take(MOST_MEMBERS)
            .filter(|&member| tree.node(member).kind == NodeKind::Scalar)
            .map(|node| Member {
                node,
                named: BTreeSet::new(),
            })
            .collect();
        let mut left = MOST_BYTES;
        let mut members = tree.members(group).peekable();
        let mut member = group;
        for node in group + 1..end {
            while members.peek().is_some_and(|&next| next <= node) {
                member = members.next().unwrap_or(member);
            }
            if tree.node(node).kind != NodeKind::Scalar || document.inner_is_large(node) {
                continue;
            }
            let text = tree.text(node, &document.text);
            if text.len() > left || entries.len() >= MOST_ENTRIES {
                break;
            }
            left -= text.len();
            if memchr::memchr(b'.', text.as_bytes()).is_none() {
                continue;
            }
            let begin = entries.len();
            for (at, name) in host_like(text) {
                let meaning = names.meaning(name);
                let Some((environment, service)) = meaning.pair else {
                    continue;
                };
                // The first of several equal ones answers for all of them.
                if entries[begin..].iter().all(|entry| entry.id != meaning.id) {
                    entries.push(Entry {
                        member,
                        node,
                        environment,
                        service,
                        network: meaning.network,
                        id: meaning.id,
                        becomes: meaning.becomes,
                        at,
                        length: name.len(),
                    });
                }
            }
        }
        for member in &mut first {
            let text = tree.text(member.node, &document.text);
            let found = host_like(text).filter_map(|(_, name)| names.meaning(name).pair);
            member.named.extend(found);
        }
        first.retain(|member| !member.named.is_empty());
        Self {
            entries,
            members: first,
            called: RefCell::default(),
            telling: OnceCell::new(),
        }
    }

    /// The endpoints in its members, in the order of the text.
    pub(super) fn entries(&self) -> &[Entry<'c>] {
        &self.entries
    }

    /// Those of an environment.
    pub(super) fn entries_of<'g>(
        &'g self,
        environment: &'g str,
    ) -> impl Iterator<Item = &'g Entry<'c>> {
        let entries = self.entries.iter();
        entries.filter(move |entry| entry.environment == environment)
    }

    /// Says whether a value of the group other than `node` names a service of an environment.
    pub(super) fn names_elsewhere(&self, pair: Pair<'_>, node: usize) -> bool {
        let mut others = self.members.iter().filter(|member| member.node != node);
        others.any(|member| member.named.contains(&pair))
    }

    /// How a member of the group is called.
    pub(super) fn called(
        &self,
        pack: &'c Merged,
        document: &Document,
        member: usize,
    ) -> Rc<Called<'c>> {
        let key = (std::ptr::from_ref(pack).addr(), member);
        let mut called = self.called.borrow_mut();
        let called = called.entry(key);
        Rc::clone(called.or_insert_with(|| Rc::new(Called::new(pack, document, member))))
    }
}

impl Entry<'_> {
    /// Its name, as it is written.
    pub(super) fn name<'d>(&self, document: &'d Document) -> &'d str {
        let text = document.tree.text(self.node, &document.text);
        text.get(self.at..self.at + self.length).unwrap_or_default()
    }

    /// Its bytes in the text of the document.
    pub(super) fn span(&self, document: &Document) -> Range<usize> {
        let value = document.tree.node(self.node);
        let name = self.at..self.at + self.length;
        match &value.text {
            Some(text) => text.source(name),
            None => value.span.start + name.start..value.span.start + name.end,
        }
    }
}
