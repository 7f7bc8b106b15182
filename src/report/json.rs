//! The public contract: the report as JSON.

use std::io::{self, Write};

use super::ReportFormat;
use super::contract;
use crate::facts::Report;

/// The row of this format.
pub(super) const FORMAT: ReportFormat = ReportFormat {
    is_data: true,
    is_about_run: true,
    says_replaced_packs: true,
    ..ReportFormat::new(
        "json",
        "The public contract `ptlint.report/v1`",
        |report, _, out| write(report, out),
    )
};

/// Writes the report as indented JSON with a final newline.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &contract::JsonReport::from(report))
        .map_err(io::Error::from)?;
    writeln!(out)
}
