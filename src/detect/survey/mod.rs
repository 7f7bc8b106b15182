//! The second look at a file that has a hit: the place of each reference in the structure of the
//! file, and references that are not written plainly.
//!
//! The first look has read the bytes of every file and found what is plain text there. Nothing
//! that it found is lost here: what is not understood stays as it is.

mod address_use;
mod base64;
mod candidates;
mod caution;
mod certificates;
mod environment_map;
mod groups;
mod indirect;
mod merge;
mod names;
mod paragraphs;
mod placing;
mod rows;
mod tested;
mod twice;
mod views;
mod written;

use std::ops::Range;
use std::rc::Rc;

use super::reference::Searched;
use super::{Detector, Found, Reference, Scratch, Spelling};
use crate::catalogue::Marker;
use crate::directive;
use crate::syntax::{Document, format_of_file};
use crate::text::{Decoded, Encoding, cut_excerpt};

use candidates::{Candidate, Candidates};
use caution::Cautions;
pub(crate) use caution::concerns_every_use;
pub(crate) use environment_map::{Contradiction, Counterpart};
use groups::Groups;
use merge::merge;
use placing::{place_all, place_decoded};

/// Files up to this size are looked at again as a whole.
pub(crate) const MOST_BYTES: u64 = 8 * 1024 * 1024;
/// Encoded texts in encoded texts.
const DEEPEST: usize = 3;

/// Reads a whole file again.
pub(super) fn survey<'c>(
    detector: &Detector<'c>,
    bytes: &[u8],
    path: &str,
    depth: usize,
    scratch: &mut Scratch,
    found: &mut Found<'c>,
) {
    let encoding = Encoding::detect(bytes, true);
    let Some(decoded) = Decoded::new(bytes, encoding) else {
        certificates::in_binary(bytes, &mut found.references);
        return;
    };
    let document = format_of_file(path, decoded.text()).map(|f| Document::read(decoded.text(), f));
    if let Some(problem) = document.as_ref().and_then(|d| d.problem()) {
        let line = 1 + memchr::memchr_iter(
            b'\n',
            &decoded.text().as_bytes()[..problem.at.min(decoded.text().len())],
        )
        .count();
        found.unparsed = Some(format!("line {line}: {}", problem.message));
    }
    if depth == 0 && found.addressed {
        let rules: Vec<&str> = detector.catalogue.rules().map(|(id, _, _)| id).collect();
        let source = directive::DirectiveFile {
            bytes,
            path,
            encoding,
            decoded: &decoded,
            document: document.as_ref(),
        };
        found.directives = directive::find(&source, &rules, &|span, line| {
            let cut = || cut_excerpt(bytes, span, encoding, line);
            detector.excerpts.then(cut)
        });
    }
    let mut survey = Survey {
        detector,
        bytes,
        decoded: &decoded,
        document: document.as_ref(),
        depth,
        scratch,
        candidates: Candidates::default(),
    };
    survey.collect(found);
    let candidates = survey.candidates;
    found.cut_off |= candidates.is_cut_off();
    let searched = Searched {
        bytes,
        base: 0,
        encoding,
        // Encoded text is shown in the lines of the file.
        excerpts: detector.excerpts && depth == 0,
    };
    merge(&searched, candidates.into_sorted(), found);
    if let Some(document) = &document {
        if depth > 0 {
            place_decoded(detector, &decoded, document, found);
            return;
        }
        place_all(detector, (bytes, path), &decoded, document, found);
        return;
    }
    if depth > 0 {
        return;
    }
    let mut groups = Groups::new(detector.catalogue);
    let mut cautions = Cautions::new(decoded.text());
    let by_path = tested::by_path(path);
    for reference in &mut found.references {
        let span = text_span(&decoded, reference);
        let caution = cautions.caution(&span, None, &[], &mut groups, reference);
        let unclear = Some("the format of the file is not known");
        reference.caution = caution.or(by_path).or(unclear);
    }
}

struct Survey<'s, 'c> {
    detector: &'s Detector<'c>,
    bytes: &'s [u8],
    decoded: &'s Decoded<'s>,
    document: Option<&'s Rc<Document>>,
    depth: usize,
    scratch: &'s mut Scratch,
    candidates: Candidates<'c>,
}

impl Survey<'_, '_> {
    fn collect(&mut self, found: &Found<'_>) {
        let mut done = 0;
        for &(byte, kind) in &found.markers {
            let at = self.decoded.range(byte..byte + 1).start;
            if at < done {
                continue;
            }
            if self.candidates.is_full() {
                self.candidates.cut_off();
                break;
            }
            match kind {
                Marker::Certificate => done = self.certificate(at),
                Marker::Base64 if self.depth < DEEPEST => done = self.base64(at, done),
                Marker::Base64 => {}
            }
        }
        let Some(document) = self.document else {
            return;
        };
        let mut hits: Vec<usize> = found
            .references
            .iter()
            .map(|r| r.bytes().start)
            .chain(found.open.iter().copied())
            .map(|byte| self.decoded.range(byte..byte + 1).start)
            .collect();
        hits.sort_unstable();
        hits.dedup();
        self.views(&Rc::clone(document), &hits, &|range| range);
    }
}

/// The range of a reference in the decoded text.
fn text_span(decoded: &Decoded<'_>, reference: &Reference<'_>) -> Range<usize> {
    decoded.range(reference.bytes())
}
