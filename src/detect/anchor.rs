//! From an anchor to the retired thing that the text around it names, if there is one.

use std::collections::HashMap;
use std::ops::Range;

use super::quiet::QuietNames;
use super::{Detector, holes, hosts, literals};
use crate::catalogue::{Classification, Endpoint, Surroundings};
use crate::facts::Confidence;

/// A reference before its context is known.
pub(super) struct Raw<'c> {
    pub endpoint: Endpoint<'c>,
    pub name: String,
    pub span: Range<usize>,
    /// The bytes of each character of the name.
    pub letters: Vec<Range<usize>>,
}

/// What a search through a text carries from one anchor to the next.
pub(super) struct SearchState<'s> {
    /// Anchors before this offset belong to something that was read.
    pub done: &'s mut usize,
    /// Set when an anchor belongs to nothing that is listed.
    pub open: &'s mut bool,
    pub words: &'s mut WordsInText,
    pub quiet: &'s mut QuietNames,
}

/// Remembers whether a text has words, each looked up once.
#[derive(Debug, Default)]
pub(super) struct WordsInText {
    lower: Option<Vec<u8>>,
    known: HashMap<String, bool>,
}

impl WordsInText {
    /// Says whether the text has one of the words (in lower case), or none is required. The text
    /// must be the same in every call.
    fn any(&mut self, text: &[u8], words: &[String]) -> bool {
        words.is_empty()
            || words.iter().any(|word| {
                if let Some(known) = self.known.get(word) {
                    *known
                } else {
                    let lower = self.lower.get_or_insert_with(|| text.to_ascii_lowercase());
                    let found = memchr::memmem::find(lower, word.as_bytes()).is_some();
                    self.known.insert(word.clone(), found);
                    found
                }
            })
    }
}

impl<'c> Detector<'c> {
    /// The retired thing at an anchor, if there is one.
    pub(super) fn raw(
        &self,
        text: &[u8],
        anchor: usize,
        setting: hosts::TokenSetting<'_>,
        around: &dyn Fn(Range<usize>) -> (String, String),
        search: &mut SearchState<'_>,
    ) -> Option<Raw<'c>> {
        let outcome =
            hosts::host_around(self.catalogue, text, anchor, setting, search.quiet, around);
        let is_retired =
            |host: &hosts::HostMatch<'_>| host.endpoint.pack.is_retired(host.endpoint.environment);
        if !outcome.host.as_ref().is_some_and(is_retired)
            && let Some(filled) = self.filled(text, &outcome)
        {
            *search.done = outcome.end;
            return Some(filled);
        }
        if outcome.known_quiet {
            *search.done = outcome.end;
            return None;
        }
        if let Some(host) = outcome.host {
            *search.done = outcome.end;
            let is_retired = is_retired(&host);
            *search.open = !is_retired && !host.is_listed(self.catalogue);
            let is_part = is_retired && self.is_part(text, &host);
            let mut endpoint = host.endpoint;
            if is_part {
                endpoint.confidence = endpoint.confidence.min(Confidence::Possible);
            }
            if is_retired && endpoint.confidence >= self.least {
                return Some(Raw {
                    endpoint,
                    name: host.name,
                    span: host.span,
                    letters: host.letters,
                });
            }
            return None;
        }
        let Some(found) =
            self.literals
                .literal_around(self.catalogue, text, anchor, setting.binary)
        else {
            // The token was read as a host and is none; other anchors in it change nothing.
            *search.done = anchor + 1;
            *search.open = true;
            return None;
        };
        *search.done = found.end;
        if !search.words.any(text, &found.literal.beside) {
            return None;
        }
        Some(Raw {
            endpoint: literals::endpoint(self.catalogue, found.literal),
            name: found.literal.name.clone(),
            span: found.start..found.end,
            letters: (found.start..found.end).map(|at| at..at + 1).collect(),
        })
    }

    /// The retired host that a name is with the default of the hole in it. What the hole becomes is not
    /// known, so it is only possible.
    fn filled(&self, text: &[u8], outcome: &hosts::HostOutcome<'_>) -> Option<Raw<'c>> {
        let before = text.get(outcome.start.checked_sub(1)?);
        if before != Some(&b'}') || self.least > Confidence::Possible {
            return None;
        }
        let end = outcome
            .host
            .as_ref()
            .map_or(outcome.end, |host| host.span.end);
        let filled = holes::filled(text, outcome.start..end)?;
        let labels: Vec<&str> = filled.name.split('.').collect();
        match self.catalogue.classify(&labels, Surroundings::default()) {
            Classification::Endpoint(endpoint)
                if endpoint.pack.is_retired(endpoint.environment)
                    && endpoint.confidence >= self.least =>
            {
                let mut endpoint = *endpoint;
                endpoint.confidence = endpoint.confidence.min(Confidence::Possible);
                Some(Raw {
                    endpoint,
                    name: filled.name,
                    span: filled.span,
                    letters: Vec::new(),
                })
            }
            _ => None,
        }
    }

    /// Says whether a name is a part of another one that may be of any environment: the label of the
    /// environment begins in a hole or in another string, or there are more labels after the last one.
    fn is_part(&self, text: &[u8], host: &hosts::HostMatch<'_>) -> bool {
        if holes::goes_on(text, host.span.end) {
            return true;
        }
        if host.endpoint.family.is_none() || !holes::begins_earlier(text, host.span.start) {
            return false;
        }
        let mut labels: Vec<&str> = host.name.split('.').collect();
        labels[0] = "-";
        !matches!(
            self.catalogue.classify(&labels, Surroundings::default()),
            Classification::Endpoint(other) if other.environment == host.endpoint.environment
        )
    }
}
