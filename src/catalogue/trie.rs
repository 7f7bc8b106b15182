//! A trie over host labels, read from the right: `example.com` is found by `com`, then by
//! `example`. A node can end a full host name, a zone, or both.

/// Labels to entries. `H` is what a full name holds, `Z` what a zone holds.
#[derive(Debug, Clone)]
pub(super) struct HostTrie<H, Z> {
    nodes: Vec<TrieNode<H, Z>>,
}

#[derive(Debug, Clone)]
struct TrieNode<H, Z> {
    /// Sorted by label: a node has few, so that a search beats a hash.
    children: Vec<(Box<str>, usize)>,
    host: Option<H>,
    zone: Option<Z>,
}

/// What the trie knows about a name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TrieMatch<'t, H, Z> {
    /// The full name has an entry of its own.
    Host(&'t H),
    /// The name lies in a zone; it has `below` labels to the left of the zone.
    Zone { zone: &'t Z, below: usize },
    /// Neither.
    Nothing,
}

impl<H, Z> Default for HostTrie<H, Z> {
    fn default() -> Self {
        Self {
            nodes: vec![TrieNode::default()],
        }
    }
}

impl<H, Z> Default for TrieNode<H, Z> {
    fn default() -> Self {
        Self {
            children: Vec::new(),
            host: None,
            zone: None,
        }
    }
}

impl<H, Z> TrieNode<H, Z> {
    /// Where the child with this label is, or would be.
    fn search(&self, label: &str) -> Result<usize, usize> {
        self.children
            .binary_search_by(|(known, _)| known.as_ref().cmp(label))
    }
}

impl<H, Z> HostTrie<H, Z> {
    /// Enters a full name; gives back the entry that was there before.
    pub(super) fn insert_host(&mut self, name: &str, entry: H) -> Option<H> {
        let node = self.node(name);
        self.nodes[node].host.replace(entry)
    }

    /// Enters a zone; gives back the entry that was there before.
    pub(super) fn insert_zone(&mut self, name: &str, entry: Z) -> Option<Z> {
        let node = self.node(name);
        self.nodes[node].zone.replace(entry)
    }

    fn node(&mut self, name: &str) -> usize {
        let mut at = 0;
        for label in name.rsplit('.') {
            at = match self.nodes[at].search(label) {
                Ok(place) => self.nodes[at].children[place].1,
                Err(place) => {
                    let next = self.nodes.len();
                    self.nodes.push(TrieNode::default());
                    self.nodes[at].children.insert(place, (label.into(), next));
                    next
                }
            };
        }
        at
    }

    /// Looks up a name given as labels from left to right, in lower case. A full name wins over
    /// a zone, a longer zone over a shorter one.
    pub(super) fn find(&self, labels: &[&str]) -> TrieMatch<'_, H, Z> {
        let mut at = 0;
        let mut found = TrieMatch::Nothing;
        for (left, label) in labels.iter().enumerate().rev() {
            let Ok(place) = self.nodes[at].search(label) else {
                break;
            };
            at = self.nodes[at].children[place].1;
            if let Some(zone) = &self.nodes[at].zone {
                found = TrieMatch::Zone { zone, below: left };
            }
            if left == 0
                && let Some(host) = &self.nodes[at].host
            {
                return TrieMatch::Host(host);
            }
        }
        found
    }

    /// Whether a name in the trie ends with this label.
    pub(super) fn is_last_label(&self, label: &str) -> bool {
        self.nodes[0].search(label).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_zone_and_the_full_name_win() {
        let mut trie: HostTrie<&str, &str> = HostTrie::default();
        trie.insert_zone("example.org", "outer");
        trie.insert_zone("dev.example.org", "inner");
        trie.insert_host("quiet.dev.example.org", "host");
        let find = |name: &str| {
            let labels: Vec<&str> = name.split('.').collect();
            match trie.find(&labels) {
                TrieMatch::Host(h) => (*h, 0),
                TrieMatch::Zone { zone, below } => (*zone, below),
                TrieMatch::Nothing => ("", 0),
            }
        };
        assert_eq!(find("a.b.example.org"), ("outer", 2));
        assert_eq!(find("a.dev.example.org"), ("inner", 1));
        assert_eq!(find("dev.example.org"), ("inner", 0));
        assert_eq!(find("quiet.dev.example.org"), ("host", 0));
        assert_eq!(find("mydev.example.org"), ("outer", 1));
        assert_eq!(find("example.com"), ("", 0));
    }
}
