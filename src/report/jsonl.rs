//! The public contract a line at a time: what the run was, then each violation, suppressed
//! violation, notice and failure, what was fixed, how the baseline was used, and the coverage at
//! the end, so that a cut file shows.

use std::io::{self, Write};

use serde::Serialize;

use super::ReportFormat;
use super::contract::{
    JsonBaselineUsed, JsonConfigurationUsed, JsonCoverage, JsonFailure, JsonFixes, JsonNotice,
    JsonPackUsed, JsonRepositoryUsed, JsonViolation, SCHEMA, repositories,
};
use crate::facts::Report;

/// The row of this format.
pub(super) const FORMAT: ReportFormat = ReportFormat {
    is_data: true,
    is_about_run: true,
    says_replaced_packs: true,
    ..ReportFormat::new(
        "jsonl",
        "The same, a JSON document a line",
        |report, _, out| write(report, out),
    )
};

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum JsonLine<'r> {
    Run {
        schema: &'r str,
        version: &'r str,
        as_of: &'r str,
        paths: &'r [String],
        repositories: Vec<JsonRepositoryUsed<'r>>,
        packs: Vec<JsonPackUsed<'r>>,
        replaced_packs: &'r [String],
        configurations: Vec<JsonConfigurationUsed<'r>>,
    },
    Violation(JsonViolation<'r>),
    Suppressed(JsonViolation<'r>),
    Notice(JsonNotice<'r>),
    Failure(JsonFailure<'r>),
    Fixes(JsonFixes<'r>),
    Baseline(JsonBaselineUsed<'r>),
    Coverage(JsonCoverage<'r>),
}

/// Writes the report as JSON Lines.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let head = JsonLine::Run {
        schema: SCHEMA,
        version: &report.version,
        as_of: &report.as_of,
        paths: &report.provenance.paths,
        repositories: repositories(
            &report.provenance.repositories,
            &report.violations_by_repository(),
        ),
        packs: report.packs.iter().map(Into::into).collect(),
        replaced_packs: &report.replaced_packs,
        configurations: report.configurations.iter().map(Into::into).collect(),
    };
    let lines = std::iter::once(head)
        .chain(
            report
                .violations
                .iter()
                .map(|fact| JsonLine::Violation(fact.into())),
        )
        .chain(
            report
                .suppressed
                .iter()
                .map(|fact| JsonLine::Suppressed(fact.into())),
        )
        .chain(
            report
                .notices
                .iter()
                .map(|fact| JsonLine::Notice(fact.into())),
        )
        .chain(
            report
                .failures
                .iter()
                .map(|fact| JsonLine::Failure(fact.into())),
        )
        .chain(report.fixes.iter().map(|fact| JsonLine::Fixes(fact.into())))
        .chain(
            report
                .baseline
                .iter()
                .map(|fact| JsonLine::Baseline(fact.into())),
        )
        .chain(std::iter::once(JsonLine::Coverage(
            (&report.coverage).into(),
        )));
    for line in lines {
        serde_json::to_writer(&mut *out, &line).map_err(io::Error::from)?;
        writeln!(out)?;
    }
    Ok(())
}
