//! Names that are given to a variable, a key or an anchor which something else in the file compares, refuses
//! or takes away: another name changes what the program decides there too.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::groups::Groups;
use super::tested::{self, tested};
use super::written::Written;
use crate::syntax::{Document, DocumentPlace, FormatId, PlaceKind};
use crate::text::{first_bytes, last_bytes};

const COMPARED: &str = "its variable or key is compared or matched elsewhere in the file";
const REFUSED: &str = "its variable or key is refused or left out elsewhere in the file";
const EXPECTED: &str = "its variable or key is checked elsewhere in the file";

/// Uses of variables that are looked at.
const MOST_USES: usize = 256;
/// Variables of a file.
const MOST_VARIABLES: usize = 64;
/// Bytes around a use that are looked at.
const AROUND: usize = 256;

/// Says whether this is a reason of a variable.
pub(super) fn is_a_reason(reason: &str) -> bool {
    [COMPARED, REFUSED, EXPECTED].contains(&reason)
}

/// Variables, keys and anchors that are given names, and why a use of them needs review.
#[derive(Default)]
pub(super) struct Variables {
    reasons: BTreeMap<String, Option<&'static str>>,
}

impl Variables {
    /// Remembers what is given the name at `span`.
    pub(super) fn add(&mut self, text: &str, span: &Range<usize>, names: &[String]) {
        for name in given(text, span, names) {
            if self.reasons.len() < MOST_VARIABLES {
                self.reasons.entry(name.to_owned()).or_insert(None);
            }
        }
    }

    /// Looks at the uses of all variables.
    pub(super) fn read_uses(
        &mut self,
        text: &str,
        document: &Rc<Document>,
        groups: &mut Groups<'_>,
    ) {
        if self.reasons.is_empty() {
            return;
        }
        let mut uses = 0;
        for (name, reason) in &mut self.reasons {
            for word in words_equal_to(name, text) {
                uses += 1;
                if uses > MOST_USES {
                    return;
                }
                *reason = reason_of_use(text, &word, document, groups);
                if reason.is_some() {
                    break;
                }
            }
        }
    }

    /// Why a name that is given to a variable needs review.
    pub(super) fn reason(
        &self,
        text: &str,
        span: &Range<usize>,
        names: &[String],
    ) -> Option<&'static str> {
        let mut given = given(text, span, names);
        given.find_map(|name| *self.reasons.get(name)?)
    }
}

/// The variables that are given the name at `span`: its key, or its anchor.
fn given<'n>(
    text: &'n str,
    span: &Range<usize>,
    names: &'n [String],
) -> impl Iterator<Item = &'n str> {
    let key = names.iter().rev().take(2).filter_map(|name| {
        let last = name.rsplit('.').next().unwrap_or(name);
        let is_name = last.bytes().all(is_of_word) && last.len() > 1;
        is_name.then_some(last)
    });
    let before = last_bytes(&text[..span.start], AROUND);
    let before = before.rsplit('\n').next().unwrap_or(before);
    let anchor = before.rsplit_once('&').map(|(_, rest)| rest);
    let anchor = anchor.and_then(|rest| rest.split_whitespace().next());
    let anchor = anchor.filter(|name| !name.is_empty() && name.bytes().all(is_of_word));
    key.chain(anchor)
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The words of a text that are `name`.
fn words_equal_to<'t>(name: &'t str, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, name.as_bytes()).filter_map(move |start| {
        let end = start + name.len();
        let begins = start == 0 || !is_of_word(bytes[start - 1]);
        let ends = bytes.get(end).is_none_or(|next| !is_of_word(*next));
        (begins && ends).then_some(start..end)
    })
}

/// Why a use of a variable needs review.
fn reason_of_use(
    text: &str,
    word: &Range<usize>,
    document: &Rc<Document>,
    groups: &mut Groups<'_>,
) -> Option<&'static str> {
    let place = document.place(word);
    if matches!(place.kind, PlaceKind::Comment | PlaceKind::Key) {
        return None;
    }
    let level = place.levels.last();
    let inner = level.map_or(document, |level| &level.document);
    let span = with_marks(text, word, inner)?;
    let names = place.names();
    let written = match level {
        Some(_) => Written::new(text, &span, Some(&place)),
        None => Written {
            text,
            value: span.clone(),
            read: text.get(span.clone())?,
            name: 0..span.len(),
            format: Some(document.format.id),
            is_code: document.is_code(),
        },
    };
    let around = DocumentPlace {
        levels: Vec::new(),
        kind: place.kind,
    };
    let head = last_bytes(&text[..span.start], AROUND);
    let is_alias = text[span.clone()].starts_with('*') && !inner.is_code();
    let of_alias = || is_alias.then(|| tested::by_key_above(head)).flatten();
    let reason = tested(&written, Some(&around), &names, groups)
        .or_else(|| tested::by_list(head))
        .or_else(of_alias)?;
    Some(match reason {
        tested::REFUSED => REFUSED,
        tested::EXPECTED | tested::PINNED => EXPECTED,
        _ => COMPARED,
    })
}

/// A use of a variable with what marks it as one: `$NAME`, `${NAME}`, `local.name`, `*name`. A word that is
/// not a use has no marks.
fn with_marks(text: &str, word: &Range<usize>, document: &Document) -> Option<Range<usize>> {
    let before = last_bytes(&text[..word.start], AROUND);
    let after = first_bytes(&text[word.end..], AROUND);
    let is_path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | ':');
    let receiver_at = before.trim_end_matches(is_path).len();
    let receiver = before[receiver_at..].trim_end_matches([':', '.']);
    let is_member = before.ends_with(['.', ':']) && !receiver.is_empty();
    let path = if is_member {
        &before[..receiver_at]
    } else {
        before
    };
    let bare = path.trim_end_matches(['$', '{', '*', '%', '(', '@', '!', '&']);
    let marks = &path[bare.len()..];
    let is_marked = marks.contains(['$', '%']) || marks.ends_with('*');
    let root = receiver.split(['.', ':']).next().unwrap_or_default();
    let is_known_root = matches!(
        root,
        "" | "this"
            | "self"
            | "Self"
            | "cls"
            | "static"
            | "local"
            | "var"
            | "env"
            | "vars"
            | "Values"
    ) || root.starts_with(|c: char| c.is_ascii_uppercase());
    let is_name = if document.is_code() && document.format.id != FormatId::Hcl {
        !is_member || is_known_root
    } else {
        is_marked || is_member && matches!(root, "local" | "var" | "env" | "vars" | "" | "Values")
    };
    // A test for being there at all.
    let tail = after.trim_start_matches(['}', ')', '"', '\'', ' ']);
    let is_presence = [
        "== null",
        "!= null",
        "=== null",
        "!== null",
        "== nil",
        "!= nil",
        "is None",
        "is not None",
        "=== undefined",
        "!== undefined",
        "== \"\"",
        "!= \"\"",
    ]
    .iter()
    .any(|test| tail.starts_with(test));
    let option = bare.trim_end_matches(['"', '\'']).trim_end();
    if !is_name || is_presence || option.ends_with(" -n") || option.ends_with(" -z") {
        return None;
    }
    let opening = marks.trim_start_matches(['(', '!', '&']);
    let opening = if marks.starts_with('$') || marks.starts_with('*') {
        marks
    } else {
        opening
    };
    let start =
        word.start - (before.len() - path.len()) - if is_marked { opening.len() } else { 0 };
    let closes = is_marked
        && (marks.contains('{') && after.starts_with('}')
            || marks.contains('(') && after.starts_with(')'));
    Some(start..word.end + usize::from(closes))
}
