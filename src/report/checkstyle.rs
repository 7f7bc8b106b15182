//! Checkstyle XML, which many servers and editors read.

use std::io::{self, Write};

use super::xml::XmlWriter;
use super::{ReportFormat, concise, finding};
use crate::facts::{Paths, Report};
use crate::text::printable;

/// The row of this format.
pub(super) const FORMAT: ReportFormat =
    ReportFormat::new("checkstyle", "Checkstyle XML", |report, frame, out| {
        write(report, frame.rooted, out)
    });

/// The version of Checkstyle whose format this is; readers want one.
const VERSION: &str = "8.0";

/// Writes the report. A file that could not be checked is an error in it.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(report: &Report, rooted: &Paths, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = XmlWriter::new(out)?;
    xml.start("checkstyle", &[("version", VERSION)])?;
    for (path, findings) in finding::by_path(report) {
        xml.start("file", &[("name", &printable(&rooted.show(path)))])?;
        for finding in findings {
            xml.empty(
                "error",
                &[
                    ("line", &finding.start().line.to_string()),
                    ("column", &finding.start().column.to_string()),
                    ("severity", concise::word(finding.severity())),
                    ("message", &finding.line()),
                    ("source", &format!("ptlint.{}", finding.rule())),
                ],
            )?;
        }
        xml.end("file")?;
    }
    for failure in &report.failures {
        xml.start("file", &[("name", &printable(&rooted.show(&failure.path)))])?;
        xml.empty(
            "error",
            &[
                ("line", "1"),
                ("severity", "error"),
                (
                    "message",
                    &format!("not checked: {}", printable(&failure.message)),
                ),
                ("source", "ptlint.not-checked"),
            ],
        )?;
        xml.end("file")?;
    }
    xml.end("checkstyle")?;
    xml.finish()
}
