//! What the host names in a text are, each looked up once however often it is written.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher};

use crate::catalogue::{Catalogue, Classification, Endpoint};
use crate::detect::Reference;

/// An environment and a service.
pub(super) type Pair<'c> = (&'c str, &'c str);

/// What a host name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning<'c> {
    /// The name itself, in any case.
    pub id: u64,
    /// What it names, where the catalogue knows it.
    pub pair: Option<Pair<'c>>,
    /// The network on which it resolves.
    pub network: Option<&'c str>,
    /// The name that it becomes, where it is retired.
    pub becomes: Option<u64>,
}

/// What was found out about words, to be found out once for each of them.
pub(super) struct Remembered<V> {
    known: HashMap<String, V>,
}

/// Words that are remembered at a time.
const MOST_WORDS: usize = 4_096;

impl<V> Default for Remembered<V> {
    fn default() -> Self {
        Self {
            known: HashMap::new(),
        }
    }
}

impl<V: Clone> Remembered<V> {
    /// What is known about a word, or what `find_out` says.
    pub(super) fn recall(&mut self, word: &str, find_out: impl FnOnce() -> V) -> V {
        if let Some(known) = self.known.get(word) {
            return known.clone();
        }
        if self.known.len() >= MOST_WORDS {
            self.known.clear();
        }
        let value = find_out();
        self.known.insert(word.to_owned(), value.clone());
        value
    }
}

/// The names that were looked up.
pub(super) struct Names<'c> {
    catalogue: &'c Catalogue,
    known: Remembered<Meaning<'c>>,
}

impl<'c> Names<'c> {
    pub(super) fn new(catalogue: &'c Catalogue) -> Self {
        Self {
            catalogue,
            known: Remembered::default(),
        }
    }

    /// What a host name is.
    pub(super) fn meaning(&mut self, name: &str) -> Meaning<'c> {
        let catalogue = self.catalogue;
        self.known.recall(name, || {
            let mut meaning = Meaning {
                id: name_id(name),
                pair: None,
                network: None,
                becomes: None,
            };
            if let Classification::Endpoint(endpoint) = catalogue.classify_host(name) {
                meaning.pair = Some((endpoint.environment, endpoint.service));
                meaning.network = endpoint.network;
                let is_retired = endpoint.pack.is_retired(endpoint.environment);
                meaning.becomes = new_name(&endpoint).filter(|_| is_retired).map(name_id);
            }
            meaning
        })
    }
}

/// What a reference becomes, to be found again in other names.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewName {
    own: u64,
    new: u64,
}

impl NewName {
    /// None where nothing is written for the reference.
    pub(super) fn from_reference(reference: &Reference<'_>) -> Option<Self> {
        Some(Self {
            own: name_id(&reference.name),
            new: name_id(new_name(&reference.endpoint)?),
        })
    }

    /// Says whether another name is this new name or becomes it.
    pub(super) fn is_also(&self, id: u64, becomes: Option<u64>) -> bool {
        id != self.own && (id == self.new || becomes == Some(self.new))
    }

    /// Says whether an entry of a list has this new name in the end, and not the old one now.
    pub(super) fn is_in_the_end(&self, id: u64, becomes: Option<u64>) -> bool {
        id != self.own && becomes.unwrap_or(id) == self.new
    }
}

fn new_name<'e>(endpoint: &'e Endpoint<'_>) -> Option<&'e str> {
    endpoint.replacements.first().map(|r| r.text.as_str())
}

/// A number for a name in any case.
pub(super) fn name_id(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut lower = [0_u8; 64];
    for piece in name.as_bytes().chunks(lower.len()) {
        let lower = &mut lower[..piece.len()];
        lower.copy_from_slice(piece);
        lower.make_ascii_lowercase();
        hasher.write(lower);
    }
    hasher.finish()
}

/// Runs of characters that may be host names, with their offsets.
pub(super) fn host_like(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + bytes[at..].iter().position(is_host)?;
            let length = bytes[start..].iter().position(|byte| !is_host(byte));
            at = length.map_or(bytes.len(), |length| start + length);
            // As in `${HOST:-api.example.org}`.
            let run = text[start..at].trim_end_matches('.');
            let name = run.trim_start_matches(['-', '_', '.']);
            if name.contains('.') {
                return Some((start + run.len() - name.len(), name));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_like_runs_are_cut_out_of_urls_and_sentences() {
        let found: Vec<_> =
            host_like("see https://a.example.org:443/x, or größe b.example.org.").collect();
        assert_eq!(found, [(12, "a.example.org"), (44, "b.example.org")]);
    }

    #[test]
    fn names_are_the_same_in_any_case() {
        let long = "a".repeat(100);
        assert_eq!(name_id("A.Example.ORG"), name_id("a.example.org"));
        assert_eq!(name_id(&long), name_id(&long.to_uppercase()));
        assert_ne!(name_id("a.example.org"), name_id("b.example.org"));
    }
}
