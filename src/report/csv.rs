//! A table for spreadsheets.

use std::io::{self, Write};

use ::csv::{QuoteStyle, Writer, WriterBuilder};

use super::{ReportFormat, cell, concise, finding, wording};
use crate::facts::{Paths, Report, Suppression, Violation};

/// The row of this format.
pub(super) const FORMAT: ReportFormat =
    ReportFormat::new("csv", "A table for spreadsheets", |report, frame, out| {
        write(report, frame.rooted, out)
    });

/// The columns. New ones are only ever added at the end.
pub(super) const COLUMNS: [&str; 19] = [
    "path",
    "line",
    "column",
    "severity",
    "rule",
    "environment",
    "service",
    "phase",
    "confidence",
    "name",
    "key",
    "message",
    "remedy",
    "source",
    "fingerprint",
    "suppressed",
    "until",
    "owner",
    "ticket",
];

/// Writes a row for each violation, suppressed ones too, for each notice, and for each file that
/// could not be checked, whose rule is `not-checked`.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(report: &Report, rooted: &Paths, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = CsvRows::new(out);
    rows.write(COLUMNS)?;
    for violation in report.violations.iter().chain(&report.suppressed) {
        rows.write(row(violation, rooted))?;
    }
    for notice in finding::notices(report) {
        let mut row: [String; COLUMNS.len()] = Default::default();
        row[0] = rooted.show(notice.path());
        row[1] = notice.start().line.to_string();
        row[2] = notice.start().column.to_string();
        concise::word(notice.severity()).clone_into(&mut row[3]);
        notice.rule().clone_into(&mut row[4]);
        let (message, help) = notice.parts();
        row[11] = message;
        row[12] = help;
        row[14] = notice.fingerprint();
        rows.write(row)?;
    }
    for failure in &report.failures {
        let mut row: [String; COLUMNS.len()] = Default::default();
        row[0] = rooted.show(&failure.path);
        "error".clone_into(&mut row[3]);
        "not-checked".clone_into(&mut row[4]);
        row[11].clone_from(&failure.message);
        rows.write(row)?;
    }
    rows.finish()
}

/// Rows for spreadsheets, whose cells are never formulas.
pub(crate) struct CsvRows<'w> {
    writer: Writer<&'w mut dyn Write>,
}

impl<'w> CsvRows<'w> {
    /// A table without rows.
    pub(crate) fn new(out: &'w mut dyn Write) -> Self {
        // Quoted throughout: a spreadsheet that splits at semicolons must not find a cell of its own
        // in the middle of ours.
        let writer = WriterBuilder::new()
            .quote_style(QuoteStyle::Always)
            .from_writer(out);
        Self { writer }
    }

    /// Writes a row.
    pub(crate) fn write<const N: usize>(&mut self, cells: [impl AsRef<str>; N]) -> io::Result<()> {
        let cells = cells.map(|text| cell(text.as_ref()));
        self.writer.write_record(cells).map_err(io::Error::other)
    }

    /// Writes what is left.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn row(violation: &Violation, rooted: &Paths) -> [String; COLUMNS.len()] {
    let word = |value: serde_json::Result<serde_json::Value>| {
        let value = value.unwrap_or_default();
        value.as_str().unwrap_or_default().to_owned()
    };
    let source = violation.sources.first();
    let term = |term: fn(&Suppression) -> Option<&String>| {
        let term = violation.suppressed.as_ref().and_then(term);
        term.cloned().unwrap_or_default()
    };
    [
        rooted.show(&violation.path),
        violation.start.line.to_string(),
        violation.start.column.to_string(),
        concise::word(violation.severity).to_owned(),
        violation.rule.clone(),
        violation.environment.clone(),
        violation.service.clone(),
        word(serde_json::to_value(violation.phase)),
        word(serde_json::to_value(violation.confidence)),
        wording::name(violation),
        violation.key.clone().unwrap_or_default(),
        violation.message.clone(),
        wording::remedy(violation).unwrap_or_default(),
        source.map(|s| s.title.clone()).unwrap_or_default(),
        violation.fingerprint.clone(),
        violation
            .suppressed
            .as_ref()
            .map(|s| format!("{}: {}", s.by, s.reason))
            .unwrap_or_default(),
        term(|s| s.until.as_ref()),
        term(|s| s.owner.as_ref()),
        term(|s| s.ticket.as_ref()),
    ]
}
