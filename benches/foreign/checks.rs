//! Runs over many files: everything that must hold for a file, and how much of a hundred may be
//! understood otherwise than a simpler scan understands it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ptlint::Options;
use ptlint::facts::Confidence;
use ptlint::internals::catalogue::{Catalogue, Pack};
use ptlint::internals::detect::Detector;
use ptlint::internals::syntax::{Document, NodeKind, format_of_file};

use super::corpus::{Corpus, Item};
use super::figures::Figures;
use super::look::{self, FAULT};
use super::trees;

/// The pack of common hosts.
pub fn hosts() -> Catalogue {
    let text = include_str!("pack.yaml").to_owned();
    let pack = Pack::from_texts("foreign", vec![("pack.yaml".to_owned(), text)])
        .unwrap_or_else(|error| panic!("{error:?}"));
    Catalogue::compile(&[pack]).unwrap_or_else(|error| panic!("{error:?}"))
}

/// Looks at every item, in two threads. What panics is a fault of that item.
fn each(items: &[&Item], look: &(dyn Fn(&Item, &[u8], &mut Figures) + Sync)) -> Figures {
    let all = Mutex::new(Figures::default());
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut figures = Figures::default();
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let Some(bytes) = item.bytes() else {
                        figures.count("files unreadable");
                        continue;
                    };
                    let looked = catch_unwind(AssertUnwindSafe(|| {
                        look(item, &bytes, &mut figures);
                    }));
                    if looked.is_err() {
                        figures.note(format!("{FAULT} panic"), || item.name.clone());
                    }
                }
                all.lock().expect("no panic").add(figures);
            });
        }
    });
    all.into_inner().expect("no panic")
}

/// Checks every file of a corpus, and returns what was counted. The lifecycle is judged after everything
/// has closed.
pub fn check(title: &str, corpus: &Corpus) -> Figures {
    let started = Instant::now();
    let catalogue = hosts();
    let mut options = Options::new(["unused"]).as_of("2026-01-01".parse().expect("a date"));
    options.settings.min_confidence = Confidence::Speculative;
    options.excerpts = false;
    let items: Vec<&Item> = corpus.items.iter().collect();
    let detector = Detector::new(&catalogue, Confidence::Speculative).without_excerpts();
    let checker = look::Checker {
        catalogue: &catalogue,
        options: &options,
        detector: &detector,
    };
    let figures = each(&items, &|item, bytes, figures| {
        look::file(&checker, &item.name, bytes, figures);
    });
    figures.print(&format!(
        "{title}: {} files, {} left out, {:?}",
        items.len(),
        corpus.left_out,
        started.elapsed()
    ));
    figures
}

/// Formats whose readers say `Unknown` of what they do not record, with how many of a hundred
/// places: prose in Markdown is known by its name already, calls of functions on a line of their
/// own are between the rules of makefiles.
const UNKNOWN: &[(&str, usize)] = &[("Markdown", 75), ("makefile", 60)];

/// Disagreements about comments by format and by who sees one, with how many of a hundred marks.
/// The head of this file says what they are. Where nothing is listed it is one in a hundred.
const DISAGREEMENTS: &[(&str, &str, usize)] = &[
    ("Python", "only by structure", 25),
    ("Perl", "only by structure", 5),
    ("JavaScript", "only by marks", 8),
    ("environment file", "only by structure", 100),
    ("makefile", "only by structure", 2),
    ("shell script", "only by structure", 2),
];

/// Formats of which at most so many files of a hundred may be not understood to their end.
const UNPARSED: &[(&str, usize)] = &[("YAML", 5), ("TOML", 2), ("JSON", 5), ("XML", 2)];

/// Whether a part is more than `most` of a hundred; a single one never is.
fn too_many(part: usize, whole: usize, most: usize) -> bool {
    part > 1 && part * 100 > whole * most
}

/// The bounds that figures exceed.
pub fn exceeded(figures: &Figures) -> Vec<String> {
    let mut over = Vec::new();
    for &(format, most) in UNPARSED {
        let (part, whole) = (
            figures.of(&format!("unparsed {format}")),
            figures.of(&format!("read {format}")),
        );
        if too_many(part, whole, most) {
            over.push(format!("{format}: {part} of {whole} not parsed"));
        }
    }
    for format in figures.names("place ", " Unknown") {
        let listed = UNKNOWN.iter().find(|(name, _)| *name == format);
        let part = figures.of(&format!("place {format} Unknown"));
        let whole = figures.under(&format!("place {format} "));
        if too_many(part, whole, listed.map_or(1, |l| l.1)) {
            over.push(format!("{format}: {part} of {whole} places unknown"));
        }
    }
    for side in ["only by structure", "only by marks"] {
        for format in figures.names("comment ", &format!(" {side}")) {
            let mut listed = DISAGREEMENTS.iter();
            let most = listed.find(|l| (l.0, l.1) == (format.as_str(), side));
            let part = figures.of(&format!("comment {format} {side}"));
            let whole = figures.under(&format!("comment {format} "));
            if too_many(part, whole, most.map_or(1, |l| l.2)) {
                over.push(format!("{format}: {part} of {whole} comments {side}"));
            }
        }
    }
    over
}

/// A name for each reader.
const NAMES: &[&str] = &[
    "a.yml",
    "a.json",
    "a.html",
    "a.xml",
    "a.toml",
    "a.properties",
    "a.env",
    "a.reg",
    "a.ini",
    "a.tf",
    "Dockerfile",
    "Makefile",
    "a.sh",
    "a.md",
    "a.c",
    "a.java",
    "a.kt",
    "a.cs",
    "a.js",
    "a.ts",
    "a.go",
    "a.swift",
    "a.rs",
    "a.groovy",
    "a.php",
    "a.py",
    "a.rb",
    "a.pl",
    "a.ps1",
    "a.ex",
    "a.vb",
    "a.sql",
    "a.lua",
    "a.hs",
    "a.el",
    "a.erl",
    "a.xq",
    "a.coffee",
    "a.scala",
];

/// Gives every text to every reader, whatever it was written for: trees that are not of their text,
/// panics and slow readers are faults.
pub fn every_reader(texts: &[&Item]) -> Figures {
    const MOST_BYTES: usize = 64 * 1024;
    each(texts, &|item, bytes, figures| {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return figures.count("no text");
        };
        if text.len() > MOST_BYTES {
            return figures.count("too long");
        }
        figures.count("texts");
        for name in NAMES {
            let format = format_of_file(name, text).expect("a reader");
            let start = Instant::now();
            let read = catch_unwind(AssertUnwindSafe(|| read_all(text, format)));
            let label = format.name;
            match read {
                Ok(faults) => {
                    for fault in faults {
                        figures.note(format!("{FAULT} {label}"), || {
                            format!("{}: {fault}", item.name)
                        });
                    }
                }
                Err(_) => figures.note(format!("{FAULT} panic {label}"), || item.name.clone()),
            }
            // The longest takes milliseconds: this is quadratic, or worse.
            if start.elapsed() > Duration::from_secs(5) {
                figures.note(format!("{FAULT} slow {label}"), || item.name.clone());
            }
        }
    })
}

/// The faults of a document and of the documents in its first values.
fn read_all(text: &str, format: &'static ptlint::internals::syntax::FileFormat) -> Vec<String> {
    const INNER: usize = 100;
    let document = Document::read(text, format);
    let mut faults = trees::faults(&document);
    let scalars = (0..document.tree.nodes().len())
        .filter(|&node| document.tree.node(node).kind == NodeKind::Scalar);
    for node in scalars.take(INNER) {
        if let Some(inner) = document.inner(node) {
            faults.extend(trees::faults(&inner));
        }
    }
    faults
}
