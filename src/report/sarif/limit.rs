//! What GitHub takes: so many results, so many bytes once compressed.

use std::collections::HashMap;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::findings::Findings;
use super::model::SarifResult;
use crate::facts::{Notice, Report, Severity, Violation};
use crate::report::finding::{self, Finding as Reported};

/// Results of a run.
const RESULTS: usize = 25_000;
/// Compressed bytes of a file, less a tenth for all that is not results.
const BYTES: u64 = 9_000_000;

/// The results that fit, and what to say about the others.
pub(super) struct Kept {
    pub findings: Vec<SarifResult>,
    pub notice: Option<String>,
}

/// Makes results, the most severe first, as long as they fit.
///
/// # Errors
/// None in fact: they are only measured.
pub(super) fn keep(report: &Report, findings: &Findings<'_>) -> io::Result<Kept> {
    let mut all = finding::by_severity(report);
    all.extend(report.suppressed.iter().map(Reported::Violation));
    let total = all.len();
    let groups = groups(&all);
    let mut kept = Vec::with_capacity(groups.len().min(RESULTS));
    let mut measure = Measure::new();
    let mut spoken_for = 0;
    let mut least = Severity::Error;
    for group in &groups {
        let (finding, severity, count) = match group {
            ResultGroup::Violations(first, others) => (
                findings.finding(first, others),
                first.severity,
                1 + others.len(),
            ),
            ResultGroup::Notice(notice, number) => {
                (findings.notice(notice, *number), notice.severity, 1)
            }
        };
        if kept.len() == RESULTS || !measure.fits(&finding)? {
            break;
        }
        least = severity;
        spoken_for += count;
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

/// What becomes one result.
enum ResultGroup<'r> {
    /// A violation, and those that are equal but for their place.
    Violations(&'r Violation, Vec<&'r Violation>),
    /// A notice, with the number of equal ones before it.
    Notice(&'r Notice, u64),
}

/// Each finding for itself; where that is too many, violations of the same name in the same file
/// together.
fn groups<'r>(all: &[Reported<'r>]) -> Vec<ResultGroup<'r>> {
    let each = all.len() <= RESULTS;
    let mut groups: Vec<ResultGroup<'r>> = Vec::new();
    let mut known = HashMap::new();
    for reported in all {
        let violation = match *reported {
            Reported::Violation(violation) => violation,
            Reported::Notice(notice, number) => {
                groups.push(ResultGroup::Notice(notice, number));
                continue;
            }
        };
        if each {
            groups.push(ResultGroup::Violations(violation, Vec::new()));
            continue;
        }
        let same = (
            &violation.path,
            &violation.rule,
            &violation.name,
            violation.severity,
            violation.suppressed.as_ref().map(|s| &s.by),
        );
        let at = *known.entry(same).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(ResultGroup::Violations(_, others)) => others.push(violation),
            _ => groups.push(ResultGroup::Violations(violation, Vec::new())),
        }
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

    fn fits(&mut self, finding: &SarifResult) -> io::Result<bool> {
        serde_json::to_writer(&mut self.encoder, finding).map_err(io::Error::from)?;
        Ok(self.encoder.get_ref().0 <= BYTES)
    }
}
