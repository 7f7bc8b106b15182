//! Hosts that are in no file: texts with holes, filled as the mechanism of each file fills them.
//!
//! A text with a hole that may become the name of a retired host is read by a [mechanism](mechanism::Mechanism), its
//! holes are filled from the definitions in the tree, and what comes out is looked up in the catalogue. What is
//! found is reported where the word is that somebody has to change.

mod blocks;
mod composed;
mod holes;
mod mechanism;
mod node_text;
mod project;
mod resolve;
mod value;

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use composed::ComposedHost;
use mechanism::{MECHANISMS, Mechanism};
pub(crate) use project::Project;
use project::ProjectFile;
use resolve::{FilledText, resolve, spend};
use value::{Place, TextPart};

use crate::catalogue::Catalogue;
use crate::detect::Reference;
use crate::facts::{Context, Related, View};
use crate::text::{Position, cut_excerpt};

/// Bytes that are searched for the names with holes of one file; what is left remains unknown.
const MOST_SEARCHED: usize = 1 << 26;

/// Holes that are listed for one word.
const MOST_RELATED: usize = 32;

/// A name with a hole that the detector met.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NameWithHole {
    /// The path of its file, relative to the scan root.
    pub path: String,
    /// Where the part of the name after the hole begins, in bytes of the file.
    pub byte: u64,
    /// Its line and column.
    pub at: (u64, u64),
}

impl NameWithHole {
    /// The name in the file at a path, where the part after its hole begins at a position.
    pub(crate) fn new(path: &str, position: Position) -> Self {
        Self {
            path: path.to_owned(),
            byte: position.byte,
            at: (position.line, position.column),
        }
    }
}

/// A retired host that something in the tree composes.
#[derive(Debug)]
pub(crate) struct ComposedReference<'c> {
    /// The file with the word that has to change.
    pub path: String,
    /// The word.
    pub reference: Reference<'c>,
    /// The way from the text with the hole to the word.
    pub chain: Vec<Related>,
    /// What overrides the word wherever it could be in force.
    pub overridden: Option<Related>,
}

/// What a search found.
#[derive(Debug, Default)]
pub(crate) struct ComposedHosts<'c> {
    pub references: Vec<ComposedReference<'c>>,
    /// Names of which every hole was filled.
    pub filled: HashSet<NameWithHole>,
    /// The references by file, first byte and environment. One word may be a part of many names; the first one
    /// tells of it.
    known: BTreeMap<(Rc<str>, usize, String), usize>,
}

/// Fills the holes of the names in one file, and adds what is found.
pub(crate) fn search<'c>(
    catalogue: &'c Catalogue,
    project: &Project<'_>,
    names: &[NameWithHole],
    found: &mut ComposedHosts<'c>,
) {
    let mut budget = MOST_SEARCHED;
    for name in names {
        if !spend(&mut budget, project, &name.path) {
            return;
        }
        let Some(file) = project.file(&name.path) else {
            continue;
        };
        let byte = usize::try_from(name.byte).unwrap_or(usize::MAX);
        let at = file.text_offset(byte);
        let mut templates = MECHANISMS.iter();
        let template = templates.find_map(|mechanism| {
            let parts = mechanism.template(&file, at)?;
            Some((*mechanism, parts))
        });
        let Some((mechanism, parts)) = template else {
            continue;
        };
        let resolved = resolve(mechanism, project, &parts, &mut budget);
        let has_hole = parts.iter().any(|part| matches!(part, TextPart::Hole(_)));
        if has_hole
            && resolved.unknown.is_empty()
            && !resolved.is_cut_off
            && !resolved.texts.is_empty()
        {
            found.filled.insert(name.clone());
        }
        for filled in &resolved.texts {
            for host in composed::hosts(catalogue, filled) {
                let key = (
                    Rc::clone(&host.piece.place.path),
                    host.piece.place.span.start + host.word.start,
                    host.endpoint.environment.to_owned(),
                );
                if let Some(&number) = found.known.get(&key) {
                    let reference = &mut found.references[number];
                    if filled.overridden.is_none() {
                        reference.overridden = None;
                    }
                    let more = chain(mechanism, project, &host);
                    add_to_chain(&mut reference.chain, more);
                    continue;
                }
                if let Some(reference) = reference(mechanism, project, filled, host) {
                    found.known.insert(key, found.references.len());
                    found.references.push(reference);
                }
            }
        }
    }
}

fn reference<'c>(
    mechanism: &dyn Mechanism,
    project: &Project<'_>,
    filled: &FilledText,
    host: ComposedHost<'c>,
) -> Option<ComposedReference<'c>> {
    let file = project.file(&host.piece.place.path)?;
    let span = word_in_file(&file, &host)?;
    let (start, end) = file.positions(&span);
    let (bytes, encoding) = file.bytes();
    let range = file.byte_range(&span);
    let place = file.document.as_ref().map(|document| document.place(&span));
    let chain = chain(mechanism, project, &host);
    let mut endpoint = host.endpoint;
    endpoint.kind = &crate::kinds::COMPOSED;
    endpoint.replacements.retain(|_| host.becomes.is_some());
    endpoint.replacements.truncate(1);
    for replacement in &mut endpoint.replacements {
        replacement.text = host.becomes.clone().unwrap_or_default();
        replacement.path = None;
    }
    Some(ComposedReference {
        path: file.path.to_string(),
        chain,
        overridden: filled.overridden.as_ref().and_then(|by| {
            Some(Related {
                path: by.path.to_string(),
                start: project.file(&by.path)?.positions(&by.span).0,
                message: "overrides it".to_owned(),
            })
        }),
        reference: Reference {
            start,
            end,
            key: place.and_then(|place| place.key()),
            view: View::Joined,
            excerpt: Some(cut_excerpt(bytes, &range, encoding, start.line)),
            ..Reference::new(
                (endpoint, host.name),
                file.text.get(span)?.to_owned(),
                Context::Value,
            )
        },
    })
}

/// The holes through which the word comes into the name, the outermost first.
fn chain(
    mechanism: &dyn Mechanism,
    project: &Project<'_>,
    host: &ComposedHost<'_>,
) -> Vec<Related> {
    let way = host.piece.way.iter();
    let chain = way.filter_map(|(name, hole)| {
        Some(Related {
            path: hole.path.to_string(),
            start: project.file(&hole.path)?.positions(&hole.span).0,
            message: format!(
                "`{name}` is a part of {}, filled by {}",
                host.name,
                mechanism.name()
            ),
        })
    });
    chain.collect()
}

/// Adds the holes of another name with the same word, up to a limit.
fn add_to_chain(chain: &mut Vec<Related>, more: Vec<Related>) {
    for related in more {
        let is_same = |other: &Related| other.path == related.path && other.start == related.start;
        if chain.len() < MOST_RELATED && !chain.iter().any(is_same) {
            chain.push(related);
        }
    }
}

/// The bytes of the word in the text of its file.
fn word_in_file(file: &ProjectFile, host: &ComposedHost<'_>) -> Option<Range<usize>> {
    let Place { span, .. } = &host.piece.place;
    let whole = file.text.get(span.clone())?;
    // Where the piece is spelt with escapes, all of it has to change.
    if whole.len() != host.piece.range.len() {
        return Some(span.clone());
    }
    Some(span.start + host.word.start..span.start + host.word.end)
}
