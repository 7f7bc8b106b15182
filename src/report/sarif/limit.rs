//! What GitHub takes: so many results, so many bytes once compressed.

use std::collections::HashMap;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::findings::Findings;
use super::model::Finding;
use crate::catalogue::Severity;
use crate::report::{Report, Violation, words};

/// Results of a run.
const RESULTS: usize = 25_000;
/// Notices about suppressions among them.
const NOTICES: usize = 1_000;
/// Compressed bytes of a file, less a tenth for all that is not results.
const BYTES: u64 = 9_000_000;

/// The results that fit, and what to say about the others.
pub(super) struct Kept {
    pub findings: Vec<Finding>,
    pub notice: Option<String>,
}

/// Makes results, the most severe first, as long as they fit.
///
/// # Errors
/// None in fact: they are only measured.
pub(super) fn keep(report: &Report, findings: &Findings<'_>) -> io::Result<Kept> {
    let mut all = words::by_severity(report);
    all.extend(&report.suppressed);
    let total = all.len();
    let groups = groups(&all);
    let mut kept = Vec::with_capacity(groups.len().min(RESULTS));
    kept.extend(
        report
            .notices
            .iter()
            .take(NOTICES)
            .map(|n| findings.notice(n)),
    );
    let mut measure = Measure::new();
    let mut spoken_for = 0;
    let mut least = Severity::Error;
    for group in &groups {
        let Some((first, others)) = group.split_first() else {
            continue;
        };
        let finding = findings.finding(first, others);
        if kept.len() == RESULTS || !measure.fits(&finding)? {
            break;
        }
        least = first.severity;
        spoken_for += group.len();
        kept.push(finding);
    }
    let missing = total - spoken_for;
    let notice = (missing > 0).then(|| {
        format!(
            "{missing} of {total} results are left out, the least severe ones: no more than {RESULTS} results and 10 MB of compressed text are taken. The last one kept is of severity {}.",
            crate::report::concise::word(least)
        )
    });
    Ok(Kept {
        findings: kept,
        notice,
    })
}

/// Each violation for itself; where that is too many, those of the same name in the same file
/// together.
fn groups<'v>(all: &[&'v Violation]) -> Vec<Vec<&'v Violation>> {
    if all.len() <= RESULTS {
        return all.iter().map(|violation| vec![*violation]).collect();
    }
    let mut groups: Vec<Vec<&Violation>> = Vec::new();
    let mut known = HashMap::new();
    for violation in all {
        let same = (
            &violation.path,
            &violation.rule,
            &violation.name,
            violation.severity,
            violation.suppressed.is_some(),
        );
        let at = *known.entry(same).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[at].push(violation);
    }
    groups
}

/// Counts compressed bytes.
struct Measure {
    encoder: GzEncoder<Count>,
}

#[derive(Default)]
struct Count(u64);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Measure {
    fn new() -> Self {
        Self {
            encoder: GzEncoder::new(Count::default(), Compression::fast()),
        }
    }

    fn fits(&mut self, finding: &Finding) -> io::Result<bool> {
        serde_json::to_writer(&mut self.encoder, finding).map_err(io::Error::from)?;
        Ok(self.encoder.get_ref().0 <= BYTES)
    }
}
