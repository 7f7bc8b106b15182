//! What must hold for any file: checked with the pack of common hosts, compared with a scan of its
//! own, and read again as a document.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;

use ptlint::facts::{Context, Report, SkipReason, View, Violation};
use ptlint::internals::catalogue::Catalogue;
use ptlint::internals::detect::{Detector, Scratch};
use ptlint::internals::syntax::{
    Comments, Document, NodeKind, PlaceKind, format_by_name, format_of_file,
};
use ptlint::internals::text::{Decoded, Encoding};
use ptlint::{Options, check_content};
use regex::bytes::Regex;

use super::figures::Figures;
use super::scan::{Occurrence, is_host_byte, is_known, occurrences};
use super::trees;

/// The label of what must not be.
pub const FAULT: &str = "FAULT";
/// What files are checked with.
pub struct Checker<'c> {
    pub catalogue: &'c Catalogue,
    pub options: &'c Options,
    pub detector: &'c Detector<'c>,
}

/// Checks the file called `name`.
pub fn file(checker: &Checker<'_>, name: &str, bytes: &[u8], out: &mut Figures) {
    // A whole run builds its tables again, so the many files without a host get the detector only.
    let detected = checker
        .detector
        .content(&mut || Ok(bytes), name, &mut Scratch::default())
        .expect("bytes in memory");
    let encoding = Encoding::detect(bytes, true);
    let quiet = detected.references.is_empty();
    if quiet && (encoding != Encoding::Utf8 || occurrences(bytes).is_empty()) {
        out.count("files without a host");
        return document_only(name, bytes, encoding, out);
    }
    let report = check_content(checker.catalogue, checker.options, name, bytes);
    for failure in &report.failures {
        out.note(format!("{FAULT} failure"), || format!("{failure:?}"));
    }
    out.count(format!("files with a host, {encoding:?}"));
    let found: Vec<&Violation> = report.violations.iter().chain(&report.suppressed).collect();
    positions(name, bytes, encoding, &found, out);
    let plain: Vec<Occurrence> = match encoding {
        Encoding::Utf8 => occurrences(bytes),
        _ => Vec::new(),
    };
    if encoding == Encoding::Utf8 && !skipped(&report, SkipReason::ReferenceLimit) {
        coverage(name, bytes, &plain, &found, out);
    }
    let Some(decoded) = Decoded::new(bytes, encoding) else {
        return;
    };
    let Some(format) = format_of_file(name, decoded.text()) else {
        return;
    };
    let document = Document::read(decoded.text(), format);
    structure(name, &document, encoding, out);
    let told = skipped(&report, SkipReason::Unparsed);
    if !found.is_empty() && told != document.problem().is_some() {
        out.note(format!("{FAULT} ledger"), || name.to_owned());
    }
    let mut known = HashSet::new();
    for violation in &found {
        if violation.view == View::Plain && violation.context != Context::Binary {
            place(name, &decoded, &document, violation, &mut known, out);
        }
    }
}

/// What holds for the tree of a file without a host.
fn document_only(name: &str, bytes: &[u8], encoding: Encoding, out: &mut Figures) {
    // Rust is the most of all files; those without a host are left to the test of all readers.
    if Path::new(name).extension().is_some_and(|e| e == "rs") {
        return;
    }
    let decoded = Decoded::new(bytes, encoding);
    if let Some(text) = decoded.as_ref().map(Decoded::text)
        && let Some(format) = format_of_file(name, text)
    {
        structure(name, &Document::read(text, format), encoding, out);
    }
}

/// The tree of a file and its comments, and whether the file was understood.
fn structure(name: &str, document: &Document, encoding: Encoding, out: &mut Figures) {
    out.count(format!("read {}", document.format.name));
    for fault in trees::faults(document) {
        out.note(format!("{FAULT} tree"), || format!("{name}: {fault}"));
    }
    if let Some(problem) = document.problem() {
        out.note(format!("unparsed {}", document.format.name), || {
            let at = problem.at.min(document.text.len());
            let line = line_at(document.text.as_bytes(), at);
            format!("{name}:{line}: {}", problem.message)
        });
    }
    if encoding == Encoding::Utf8 {
        comments(name, document, out);
    }
}

fn skipped(report: &Report, reason: SkipReason) -> bool {
    report.coverage.skipped.contains_key(&reason)
}

fn span(violation: &Violation) -> Range<usize> {
    let offset = |byte: u64| usize::try_from(byte).expect("a file that fits into memory");
    offset(violation.start.byte)..offset(violation.end.byte)
}

/// Spans are those bytes that `matched` says, and lines and columns are those of their bytes.
fn positions(
    name: &str,
    bytes: &[u8],
    encoding: Encoding,
    found: &[&Violation],
    out: &mut Figures,
) {
    let mark = encoding.mark_length(bytes);
    let (mut line, mut line_start, mut counted) = (1, mark, mark);
    let mut sorted = found.to_vec();
    sorted.sort_by_key(|v| v.start.byte);
    for violation in sorted {
        out.count(format!("found {:?}", violation.view));
        let mut fault = |what: &str| {
            out.note(format!("{FAULT} position"), || {
                format!("{name}: {what}: {violation:?}")
            });
        };
        let span = span(violation);
        let Some(source) = bytes.get(span.clone()) else {
            fault("outside of the file");
            continue;
        };
        let binary = violation.context == Context::Binary;
        let matched = match encoding {
            _ if binary => Encoding::Binary.decode(source),
            Encoding::Utf8 => String::from_utf8_lossy(source),
            _ => encoding.decode(source),
        };
        if matched != violation.matched {
            fault("another text");
        }
        if encoding == Encoding::Binary {
            if (violation.start.line, violation.start.column) != (1, violation.start.byte + 1) {
                fault("another place");
            }
            continue;
        }
        if encoding.unit() == 2 {
            let before = encoding.decode(&bytes[mark..span.start]).into_owned();
            line = 1 + before.matches('\n').count();
            let column = 1 + before.rsplit('\n').next().map_or(0, |l| l.chars().count());
            if (violation.start.line, violation.start.column) != (line as u64, column as u64) {
                fault("another place");
            }
            continue;
        }
        for (at, byte) in bytes.iter().enumerate().take(span.start).skip(counted) {
            if *byte == b'\n' {
                line += 1;
                line_start = at + 1;
            }
        }
        counted = counted.max(span.start);
        let before = &bytes[line_start..span.start];
        let column = 1 + match encoding {
            Encoding::Utf8 => String::from_utf8_lossy(before).chars().count(),
            _ => before.len(),
        };
        if (violation.start.line, violation.start.column) != (line as u64, column as u64) {
            fault("another place");
        }
    }
}

/// Everything that is written plainly is found, and what is found plainly is written there.
fn coverage(
    name: &str,
    bytes: &[u8],
    plain: &[Occurrence],
    found: &[&Violation],
    out: &mut Figures,
) {
    let mut spans: Vec<Range<usize>> = found.iter().map(|v| span(v)).collect();
    spans.sort_by_key(|s| s.start);
    // Equal identifiers of a file are one violation that counts them.
    let mut grouped: HashMap<&str, u64> = HashMap::new();
    for violation in found {
        *grouped.entry(&violation.name).or_default() += violation.occurrences - 1;
    }
    for occurrence in plain {
        out.count("occurrences");
        let at = &occurrence.span;
        // Violations are in the order of their starts, and spans hardly overlap.
        let before = spans.partition_point(|s| s.start <= at.start);
        let mut near = spans[..before].iter().rev().take(8);
        let covered = near.any(|s| at.end <= s.end);
        if covered {
            continue;
        }
        match grouped.get_mut(occurrence.name.as_str()) {
            Some(more) if *more > 0 => *more -= 1,
            _ => out.note(format!("{FAULT} lost"), || {
                format!("{name}: {}", excerpt(bytes, at))
            }),
        }
    }
    let mut last = None;
    for violation in found.iter().filter(|v| v.view == View::Plain) {
        let at = span(violation);
        if last.replace(at.clone()) == Some(at.clone()) {
            out.note(format!("{FAULT} twice"), || {
                format!("{name}: {}", excerpt(bytes, &at))
            });
        }
        let same = plain.binary_search_by_key(&at.start, |o| o.span.start);
        if same.is_ok_and(|number| plain[number].span == at) {
            continue;
        }
        let kind = unusual(bytes, &at, violation);
        out.note(kind, || format!("{name}: {}", excerpt(bytes, &at)));
    }
}

/// The end of an escape, and of a label that ends with one: `%CF%80.` is a letter outside of ASCII.
static ESCAPE: LazyLock<Regex> = LazyLock::new(|| {
    let escapes = [
        r"\\[a-zA-Z]",
        r"\\u[0-9a-fA-F]{4}",
        r"\\x[0-9a-fA-F]{2}",
        r"%[0-9a-fA-F]{2}\.?",
        r"=[0-9A-F]{2}",
    ];
    Regex::new(&format!("({})$", escapes.join("|"))).expect("a pattern")
});

/// Why a host that was found is not a run of host characters from end to end.
fn unusual(bytes: &[u8], at: &Range<usize>, violation: &Violation) -> String {
    let (before, after) = (&bytes[..at.start], &bytes[at.end..]);
    let fault = || format!("{FAULT} invented");
    if !is_known(&violation.name) {
        return fault();
    }
    if !violation.matched.eq_ignore_ascii_case(&violation.name) {
        return "unusual: escapes within".to_owned();
    }
    let tail = &before[before.len().saturating_sub(8)..];
    if ESCAPE.is_match(tail) {
        return "unusual: an escape before".to_owned();
    }
    match (before.last(), after) {
        (Some(b'_'), _) => "unusual: an underscore before".to_owned(),
        (_, [b'-' | b'_', ..]) => "unusual: a dash after it".to_owned(),
        (_, [b'.', next, ..]) if next.is_ascii_uppercase() => "unusual: a sentence after it".into(),
        (_, [b'.', next, ..]) if is_host_byte(*next) => "unusual: an extension after it".into(),
        _ => fault(),
    }
}

/// The place of a violation holds it.
fn place(
    name: &str,
    decoded: &Decoded<'_>,
    document: &Rc<Document>,
    violation: &Violation,
    known: &mut HashSet<*const Document>,
    out: &mut Figures,
) {
    let at = decoded.range(span(violation));
    let place = document.place(&at);
    let format = document.format.name;
    out.note(format!("place {format} {:?}", place.kind), || {
        format!("{name}: {}", excerpt(decoded.text().as_bytes(), &at))
    });
    for (index, level) in place.levels.iter().enumerate() {
        let node = level.document.tree.node(level.node);
        // In a sample a key is a sample as well.
        let may_be_key = matches!(place.kind, PlaceKind::Key | PlaceKind::Sample)
            && index + 1 == place.levels.len();
        let holds = |span: &Range<usize>| span.start <= at.start && at.end <= span.end;
        let inside = match &node.key {
            Some(key) if may_be_key && holds(&place.outermost(index, key.clone())) => key.clone(),
            _ => node.span.clone(),
        };
        let outer = place.outermost(index, inside);
        if outer.start > at.start || outer.end < at.end {
            out.note(format!("{FAULT} level"), || {
                format!("{name}: {outer:?} for {at:?}, level {index}")
            });
        }
        // Documents in documents are kept by the outer one, so their places stay theirs.
        if index == 0 || !known.insert(Rc::as_ptr(&level.document)) {
            continue;
        }
        for fault in trees::faults(&level.document) {
            out.note(format!("{FAULT} inner tree"), || format!("{name}: {fault}"));
        }
    }
    if let (PlaceKind::Value, Some(level)) = (place.kind, place.levels.last()) {
        let text = level.document.tree.text(level.node, &level.document.text);
        let matched = &violation.matched;
        if !text.contains(matched.as_str()) && matched.eq_ignore_ascii_case(&violation.name) {
            out.note(format!("{FAULT} value"), || {
                format!("{name}: {matched} is not in {text:?}")
            });
        }
    }
}

/// Whether the marks of comments and the structure agree: within every comment of the tree, and
/// at the beginning of every key and value.
fn comments(name: &str, document: &Document, out: &mut Figures) {
    let (text, tree) = (document.text.as_str(), &document.tree);
    let end = tree.problem().map_or(text.len(), |p| p.at);
    let mut marks: Vec<(usize, bool)> = Vec::new();
    for comment in tree.comments() {
        let length = text[comment.clone()].trim_end().len();
        marks.push((comment.start + (length / 2).max(1), true));
    }
    for node in tree.nodes().iter().skip(1) {
        let value = node.kind == NodeKind::Scalar && !node.span.is_empty();
        let places = [
            node.key.as_ref().filter(|k| !k.is_empty()).map(|k| k.start),
            value.then_some(node.span.start),
        ];
        for at in places.into_iter().flatten() {
            if !tree.is_comment(at) {
                marks.push((at, false));
            }
        }
    }
    marks.sort_unstable();
    let mut lexical = Comments::new(text.as_bytes(), format_by_name(name).language);
    for (at, structural) in marks.into_iter().take_while(|(at, _)| *at < end) {
        let format = document.format.name;
        match (structural, lexical.covers(at)) {
            (true, true) => out.count(format!("comment {format} both")),
            (false, false) => out.count(format!("comment {format} neither")),
            (true, false) => out.note(format!("comment {format} only by structure"), || {
                format!("{name}: {}", excerpt(text.as_bytes(), &(at..at)))
            }),
            (false, true) => out.note(format!("comment {format} only by marks"), || {
                format!("{name}: {}", excerpt(text.as_bytes(), &(at..at)))
            }),
        }
    }
}

/// The line that holds a byte, from 1.
fn line_at(text: &[u8], at: usize) -> usize {
    1 + memchr::memchr_iter(b'\n', &text[..at]).count()
}

/// The text around a span, with the span in brackets.
fn excerpt(text: &[u8], at: &Range<usize>) -> String {
    let start = at.start.min(text.len());
    let end = at.end.min(text.len());
    let line = line_at(text, start);
    let show = |range: Range<usize>| {
        String::from_utf8_lossy(&text[range])
            .escape_debug()
            .to_string()
    };
    format!(
        "line {line}: {}⟦{}⟧{}",
        show(start.saturating_sub(60)..start),
        show(start..end),
        show(end..text.len().min(end + 40))
    )
}
