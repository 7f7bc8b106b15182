//! From an anchor to the retired thing that the text around it names, if there is one.

use std::collections::HashMap;
use std::ops::Range;

use super::quiet::QuietNames;
use super::token::PlainRun;
use super::{Detector, HoleInName, hole_in_name, hosts, literals};
use crate::catalogue::Endpoint;
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
    /// Set when an anchor belongs to a name with a hole.
    pub hole: &'s mut bool,
    pub words: &'s mut WordsInText,
    pub quiet: &'s mut QuietNames,
    pub run: &'s mut PlainRun,
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
        let known = (&mut *search.quiet, &mut *search.run);
        let outcome = hosts::host_around(self.catalogue, text, anchor, setting, known, around);
        let is_retired =
            |host: &hosts::HostMatch<'_>| host.endpoint.pack.is_retired(host.endpoint.environment);
        if !outcome.host.as_ref().is_some_and(is_retired)
            && let Some(filled) = self.filled(text, &outcome)
        {
            *search.done = outcome.end;
            return Some(filled);
        }
        let token = outcome.start..outcome.end;
        let hole = (!outcome.is_cut).then(|| hole_in_name(self.catalogue, text, token));
        if hole.flatten() == Some(HoleInName::MayBeRetired) {
            // What looks like its first label may be the name of a variable.
            *search.hole = true;
            *search.done = outcome.end;
            return None;
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
            *search.open = outcome.is_cut || !is_plain_word(text, anchor);
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
}

/// Bytes of the longest word that is looked at.
const LONGEST_WORD: usize = 200;

/// Says whether the byte at `anchor` is in a word that is written plainly, with neither an escape nor
/// a quote, a tag or a line break next to it: then it is what it looks like, and no part of a name
/// that goes on elsewhere.
fn is_plain_word(text: &[u8], anchor: usize) -> bool {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let before = text[..anchor].iter().rev().take(LONGEST_WORD);
    let start = anchor - before.take_while(|byte| is_word(byte)).count();
    let blanks = text[..start].iter().rev().take(LONGEST_WORD);
    let blanks = blanks
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    let begins = match text[..start - blanks] {
        // The word may continue the line before.
        [.., b'\n' | b'\r'] | [] => false,
        [.., byte] => blanks > 0 || matches!(byte, b'(' | b'[' | b',' | b':'),
    };
    if !begins {
        return false;
    }
    let after = text[anchor..].iter().take(LONGEST_WORD);
    let end = anchor + after.take_while(|byte| is_word(byte)).count();
    text.get(end).is_some_and(|byte| {
        matches!(
            byte,
            b' ' | b'\t' | b'(' | b')' | b']' | b'}' | b',' | b':' | b';'
        )
    })
}

#[cfg(test)]
mod tests {
    use super::is_plain_word;

    #[test]
    fn a_word_between_blanks_and_brackets_is_whole() {
        for (text, is_whole) in [
            ("pub const BIODEVNO: u32", true),
            ("call(IsDEVPresent);", true),
            ("a = [x, myDEVno]", true),
            ("\"Hatch\" + \"DEVCerts\"", false),
            ("\\u0048atchDEVCerts ", false),
            ("&#101;DEVCerts ", false),
            ("=\nDEVCerts ", false),
            ("cn: Hatch\n DEVCerts ", false),
            ("'Hatch\\\n    DEVCerts ", false),
            (" HatchDEV=\nCerts", false),
            (" <b>Hatch</b>DEVCerts ", false),
            (" HatchDEV${X} ", false),
            ("DEVCerts", false),
        ] {
            let anchor = text.find("DEV").expect("the anchor");
            assert_eq!(is_plain_word(text.as_bytes(), anchor), is_whole, "{text}");
        }
    }
}
