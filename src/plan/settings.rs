//! The settings of a file that hold what belongs to one environment, told by the words of their
//! keys and by the endings of their values.

use std::ops::Range;
use std::rc::Rc;

use super::Setting;
use super::name_words::{cut_into_words, end_of_phrase};
use crate::catalogue::{Companion, Merged};
use crate::syntax::{Document, NodeKind, Step, Tree, format_of_file, key_names, name_beside};
use crate::text::{Cursor, Decoded, Encoding, mask, printable};

/// A companion to look for.
pub(super) struct WantedCompanion<'c> {
    pub pack: &'c Merged,
    pub id: &'c str,
    /// Phrases without spaces, in lower case.
    phrases: Vec<String>,
    endings: Vec<String>,
}

impl<'c> WantedCompanion<'c> {
    pub(super) fn new(pack: &'c Merged, id: &'c str, companion: &Companion) -> Self {
        let lower =
            |texts: &[String]| -> Vec<String> { texts.iter().map(|t| t.to_lowercase()).collect() };
        Self {
            pack,
            id,
            phrases: lower(&companion.settings)
                .iter()
                .map(|phrase| phrase.replace(|c: char| !c.is_alphanumeric(), ""))
                .collect(),
            endings: lower(&companion.values),
        }
    }

    /// Whether there is anything to tell it by.
    pub(super) fn is_findable(&self) -> bool {
        !self.phrases.is_empty() || !self.endings.is_empty()
    }

    fn ends(&self, value: &str) -> bool {
        self.endings.iter().any(|ending| value.ends_with(ending))
    }
}

/// Longer names and paths are text, and no name of a setting or a file.
const LONGEST: usize = 200;
/// Settings listed of a file for one companion.
const MOST: usize = 200;

/// A setting, and the position of its companion in the list.
struct FoundSetting {
    /// Bytes of the decoded text.
    span: Range<usize>,
    wanted: usize,
    file: Option<String>,
}

/// The settings of a file for each of the companions.
pub(super) fn places(
    bytes: &[u8],
    path: &str,
    wanted: &[WantedCompanion<'_>],
) -> Vec<(usize, Setting)> {
    let encoding = Encoding::detect(bytes, true);
    let Some(decoded) = Decoded::new(bytes, encoding) else {
        return Vec::new();
    };
    let Some(format) = format_of_file(path, decoded.text()) else {
        return Vec::new();
    };
    let document = Document::read(decoded.text(), format);
    let mut hits = Vec::new();
    look(&document, wanted, &|range| range, &mut hits);
    hits.sort_by_key(|hit| (hit.span.start, hit.wanted));
    let mut counts = vec![0; wanted.len()];
    let mut cursor = Cursor::new(encoding, encoding.mark_length(bytes));
    let mut found: Vec<(usize, Setting)> = Vec::new();
    for hit in hits {
        counts[hit.wanted] += 1;
        if counts[hit.wanted] > MOST {
            continue;
        }
        let at = decoded.bytes(hit.span.clone()).start;
        cursor.go_to(at, bytes, 0);
        found.push((
            hit.wanted,
            Setting {
                path: path.to_owned(),
                start: cursor.position(),
                key: document.place(&hit.span).key(),
                file: hit.file,
            },
        ));
    }
    found
}

/// Looks through a document and those inside it; `outer` makes a span of its text one of the
/// outermost text.
fn look(
    document: &Rc<Document>,
    wanted: &[WantedCompanion<'_>],
    outer: &dyn Fn(Range<usize>) -> Range<usize>,
    hits: &mut Vec<FoundSetting>,
) {
    let tree = &document.tree;
    for (number, node) in tree.nodes().iter().enumerate() {
        if node.kind != NodeKind::Scalar {
            continue;
        }
        if let Some(inner) = document.inner(number) {
            look(
                &inner,
                wanted,
                &|range| outer(inner.range_around(range)),
                hits,
            );
            continue;
        }
        // Text for readers has no settings, except in its samples and its head.
        if document.is_prose() || names_its_group(tree, &document.text, number) {
            continue;
        }
        let value = tree.text(number, &document.text).trim();
        let names = key_names(tree, &document.text, number);
        if let Some((companion, file)) = companion(&names, value, wanted) {
            hits.push(FoundSetting {
                span: outer(node.span.clone()),
                wanted: companion,
                file,
            });
        }
    }
}

/// Whether a scalar is the name of the group around it instead of a setting.
fn names_its_group(tree: &Tree, text: &str, number: usize) -> bool {
    let node = tree.node(number);
    let naming = matches!(&node.step, Step::Key(name) | Step::Attribute(name)
        if ["name", "key", "id"].iter().any(|naming| name.eq_ignore_ascii_case(naming)));
    naming
        && name_beside(tree, text, node.parent)
            .is_some_and(|name| name == tree.text(number, text).trim())
}

/// The companion that a setting with these names holds, and the file that its value names.
fn companion(
    names: &[String],
    value: &str,
    wanted: &[WantedCompanion<'_>],
) -> Option<(usize, Option<String>)> {
    if names.iter().any(|name| name.len() > LONGEST) || wanted.is_empty() {
        return None;
    }
    let own = own_words(names, wanted[0].pack);
    let belongs_elsewhere = |pack: &Merged| {
        let retired = |word: &String| Some(pack.is_retired(pack.environment_by_word(word)?));
        let in_key: Vec<bool> = names
            .iter()
            .flat_map(|name| cut_into_words(name))
            .filter_map(|word| retired(&word))
            .collect();
        // A key that says where it belongs goes before a value that does.
        let known = if in_key.is_empty() && value.len() <= LONGEST {
            cut_into_words(value).iter().filter_map(retired).collect()
        } else {
            in_key
        };
        known.contains(&false) && !known.contains(&true)
    };
    let lower = value.to_lowercase();
    let is_path = is_path(value);
    // Of several the one whose words come last: they say what it is, those before whose.
    let by_key = wanted.iter().enumerate().filter_map(|(number, wanted)| {
        let phrases = wanted.phrases.iter();
        let best = phrases
            .filter_map(|p| Some((end_of_phrase(&own, p)?, p.len())))
            .max()?;
        Some((best, std::cmp::Reverse(number)))
    });
    let number = match by_key.max() {
        Some((_, std::cmp::Reverse(number))) => number,
        None => wanted.iter().position(|w| w.ends(&lower))?,
    };
    if belongs_elsewhere(wanted[number].pack) {
        return None;
    }
    let is_file = is_path
        && !is_secret(&own)
        && (wanted.iter().any(|w| w.ends(&lower)) || FILES.iter().any(|f| lower.ends_with(f)))
        && !value.contains("://");
    Some((number, is_file.then(|| printable(&mask(value)))))
}

/// Names that say nothing about what a value is; the group around it does.
const GENERAL: &[&str] = &[
    "value", "path", "file", "location", "name", "id", "key", "default", "password", "url",
];

/// The words of the innermost name that says what the value is, with those of general names
/// after it.
fn own_words(names: &[String], pack: &Merged) -> Vec<String> {
    let mut own: Vec<String> = Vec::new();
    for name in names.iter().rev() {
        let mut these = cut_into_words(name);
        let general = these.iter().all(|word| {
            GENERAL.contains(&word.as_str()) || pack.environment_by_word(word).is_some()
        });
        these.append(&mut own);
        own = these;
        if !general {
            break;
        }
    }
    own
}

/// Endings of files for certificates and keys.
const FILES: &[&str] = &[
    ".pem",
    ".crt",
    ".cer",
    ".der",
    ".key",
    ".p12",
    ".pfx",
    ".jks",
    ".keystore",
    ".truststore",
];

/// Whether a value can be the path of a file and nothing else.
fn is_path(value: &str) -> bool {
    !value.is_empty()
        && value.len() <= LONGEST
        && !value
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "<>\"'|;=@".contains(c))
}

/// Whether the words of a key say that its value is nobody's business.
fn is_secret(words: &[String]) -> bool {
    const SECRET: [&str; 7] = [
        "pass",
        "pwd",
        "secret",
        "token",
        "credential",
        "passphrase",
        "sharedkey",
    ];
    let joined = words.concat();
    SECRET.iter().any(|secret| joined.contains(secret))
}
