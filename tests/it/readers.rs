//! What must be true of every file, tested on the files of this repository. The same checks run over
//! other people's files with `cargo run --release --example foreign`.

#[path = "../../benches/foreign/checks.rs"]
#[allow(dead_code)]
mod checks;
#[path = "../../benches/foreign/corpus.rs"]
#[allow(dead_code)]
mod corpus;
#[path = "../../benches/foreign/figures.rs"]
#[allow(dead_code)]
mod figures;
#[path = "../../benches/foreign/look.rs"]
mod look;
#[path = "../../benches/foreign/scan.rs"]
mod scan;
#[path = "../../benches/foreign/trees.rs"]
mod trees;

use std::path::Path;

use corpus::{Corpus, Item};
use figures::Figures;
use look::FAULT;

use crate::common::home;

/// Files of this repository in every format. Mail is left out, because its soft line breaks join what the
/// simple scan reads as separate names; so are the expectations of the fixtures.
fn repository() -> Corpus {
    let folders = [
        "docs",
        "fixtures",
        "integrations",
        "rules",
        "tests/data/foreign",
    ];
    let mut corpus = Corpus::of(&folders.map(|folder| home().join(folder)));
    let is_mail = |name: &str| Path::new(name).extension().is_some_and(|e| e == "eml");
    let is_expected = |name: &str| name.contains("/expected") && !name.contains("/tree/");
    corpus
        .items
        .retain(|item| !is_mail(&item.name) && !is_expected(&item.name));
    corpus
}

fn no_faults(figures: &Figures) {
    let faults = figures.samples(FAULT);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_pack_of_the_test_is_sound() {
    let catalogue = checks::hosts();
    let outcome = ptlint::internals::examples::run(&catalogue, &catalogue.packs()[0]);
    assert_eq!((outcome.run, outcome.misses), (2, Vec::new()));
}

#[test]
fn the_files_of_the_repository_are_understood() {
    let corpus = repository();
    assert!(corpus.items.len() > 150, "{} files", corpus.items.len());
    let figures = checks::check("repository", &corpus);
    no_faults(&figures);
    let occurrences = figures.of("occurrences");
    assert!(occurrences >= 30, "{occurrences} hosts");
    for format in ["JSON", "YAML", "Markdown", "XML"] {
        assert!(figures.of(&format!("read {format}")) > 5, "{format}");
    }
}

#[test]
fn every_reader_reads_every_text() {
    let corpus = repository();
    let texts: Vec<&Item> = corpus.items.iter().collect();
    let figures = checks::every_reader(&texts);
    no_faults(&figures);
    assert!(figures.of("texts") > 150, "{} texts", figures.of("texts"));
}
