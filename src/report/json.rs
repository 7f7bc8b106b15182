//! The public contract: the report as JSON.

use std::io::{self, Write};

use super::contract;
use crate::facts::Report;

/// Writes the report as indented JSON with a final newline.
///
/// # Errors
/// What the writer gives.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &contract::Report::from(report))
        .map_err(io::Error::from)?;
    writeln!(out)
}
