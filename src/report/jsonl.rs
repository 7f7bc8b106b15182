//! The public contract a line at a time: what the run was, then each violation, suppressed
//! violation, notice and failure, what was fixed, how the baseline was used, and the coverage at
//! the end, so that a cut file shows.

use std::io::{self, Write};

use serde::Serialize;

use crate::facts::{
    BaselineUsed, ConfigurationUsed, Coverage, Failure, Fixes, Notice, PackUsed, Report, Violation,
};

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Line<'r> {
    Run {
        schema: &'r str,
        version: &'r str,
        as_of: &'r str,
        packs: &'r [PackUsed],
        configurations: &'r [ConfigurationUsed],
    },
    Violation(&'r Violation),
    Suppressed(&'r Violation),
    Notice(&'r Notice),
    Failure(&'r Failure),
    Fixes(&'r Fixes),
    Baseline(&'r BaselineUsed),
    Coverage(&'r Coverage),
}

/// Writes the report as JSON Lines.
///
/// # Errors
/// What the writer gives.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let head = Line::Run {
        schema: &report.schema,
        version: &report.version,
        as_of: &report.as_of,
        packs: &report.packs,
        configurations: &report.configurations,
    };
    let lines = std::iter::once(head)
        .chain(report.violations.iter().map(Line::Violation))
        .chain(report.suppressed.iter().map(Line::Suppressed))
        .chain(report.notices.iter().map(Line::Notice))
        .chain(report.failures.iter().map(Line::Failure))
        .chain(report.fixes.iter().map(Line::Fixes))
        .chain(report.baseline.iter().map(Line::Baseline))
        .chain(std::iter::once(Line::Coverage(&report.coverage)));
    for line in lines {
        serde_json::to_writer(&mut *out, &line).map_err(io::Error::from)?;
        writeln!(out)?;
    }
    Ok(())
}
