//! Fixes in the matrix: a file with a retired host becomes, byte for byte, the same file written
//! with the replacement.

use std::path::Path;

use ptlint::Date;
use ptlint::internals::catalogue::{Catalogue, Classification};
use ptlint::internals::config::Settings;
use ptlint::internals::detect::Detector;
use ptlint::internals::edit::apply;
use ptlint::internals::engine::{Engine, Judge};
use ptlint::internals::fix::FilePlanner;

use super::formats::{FORMATS, Format};
use super::writings::{MUTATED, Manner, PLAIN, Writing, others, plain};
use super::{Host, retired, sample};
use crate::common::{AS_OF, catalogue};

/// What is written instead of a host, where that has as many labels.
fn replacement(catalogue: &Catalogue, host: &Host) -> Option<Host> {
    let Classification::Endpoint(endpoint) = catalogue.classify_host(&host.name) else {
        panic!("{host:?} is in the catalogue");
    };
    let first = endpoint.replacements.first()?;
    let labels = |name: &str| name.split('.').count();
    let same_shape = first.path.is_none() && labels(&first.text) == labels(&host.name);
    same_shape.then(|| Host {
        environment: String::new(),
        name: first.text.clone(),
    })
}

/// The same writings of two hosts. Cuts are next to the label that changes.
fn pairs(format: &Format, old: &Host, new: &Host) -> Vec<(Writing, Writing)> {
    let mut pairs = Vec::new();
    for shape in PLAIN.iter().chain(MUTATED).copied() {
        pairs.extend(
            plain(format, &old.name, shape)
                .into_iter()
                .zip(plain(format, &new.name, shape)),
        );
        for (old_cut, new_cut) in old.cuts().into_iter().zip(new.cuts()) {
            // One cut is inside the label.
            if old_cut == old.cuts()[2] {
                continue;
            }
            let written = |host: &Host, cut: usize| {
                let cuts = &[cut];
                others(format, &host.name, Manner { shape, cuts })
            };
            pairs.extend(written(old, old_cut).into_iter().zip(written(new, new_cut)));
        }
    }
    pairs
}

/// A line of base64 with a word below it that may belong to it is left alone.
const AMBIGUOUS: &str = "the encoded text around it cannot be written again";

#[test]
fn a_fixed_file_is_the_file_written_with_the_replacement() {
    const SHOWN: usize = 40;
    let catalogue = catalogue();
    let detector = Detector::new(&catalogue, ptlint::facts::Confidence::Possible)
        .without_excerpts()
        .with_echoes();
    let settings = Settings::default();
    let as_of: Date = AS_OF.parse().expect("a date");
    let engine = Engine {
        detector: &detector,
        judge: Judge {
            settings: &settings,
            suppressions: true,
            as_of,
        },
    };
    let mut planner = FilePlanner::new(engine, true);
    let (mut cases, mut ambiguous, mut wrong) = (0, 0, Vec::new());
    assert!(retired().len() > sample().len());
    for format in FORMATS {
        for host in sample() {
            let Some(new) = replacement(&catalogue, &host) else {
                continue;
            };
            for (before, after) in pairs(format, &host, &new) {
                cases += 1;
                let plan = planner.plan(Path::new(format.file), format.file, &before.content);
                let got = match &plan.change {
                    Some(change) => apply(&before.content, &change.edits),
                    None => before.content.clone(),
                };
                let reason = plan.refused.first().map(|refused| refused.reason.as_str());
                if reason == Some(AMBIGUOUS) && got == before.content {
                    ambiguous += 1;
                } else if got != after.content {
                    wrong.push(format!(
                        "{} / {} / {}: {:?}\n  got {:?}\n  for {:?}",
                        format.name,
                        before.label,
                        host.name,
                        reason,
                        String::from_utf8_lossy(&got),
                        String::from_utf8_lossy(&after.content),
                    ));
                }
            }
        }
    }
    assert!(cases > 100_000, "{cases}");
    assert!(ambiguous < 50, "{ambiguous}");
    assert!(
        wrong.is_empty(),
        "{} of {cases} are wrong:\n{}",
        wrong.len(),
        wrong
            .iter()
            .take(SHOWN)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("\n"),
    );
}
