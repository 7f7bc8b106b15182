//! Checkstyle XML, which many servers and editors read.

use std::io::{self, Write};

use super::xml::Xml;
use super::{Report, concise, words};
use crate::detect::printable;

/// The version of Checkstyle whose format this is; readers want one.
const VERSION: &str = "8.0";

/// Writes the report. A file that could not be checked is an error in it.
///
/// # Errors
/// What the writer gives.
pub fn write(
    report: &Report,
    rooted: &dyn Fn(&str) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut xml = Xml::new(out)?;
    xml.start("checkstyle", &[("version", VERSION)])?;
    for (path, violations) in words::by_path(report) {
        xml.start("file", &[("name", &printable(&rooted(path)))])?;
        for violation in violations {
            xml.empty(
                "error",
                &[
                    ("line", &violation.start.line.to_string()),
                    ("column", &violation.start.column.to_string()),
                    ("severity", concise::word(violation.severity)),
                    ("message", &words::line(violation)),
                    ("source", &format!("ptlint.{}", violation.rule)),
                ],
            )?;
        }
        xml.end("file")?;
    }
    for notice in &report.notices {
        xml.start("file", &[("name", &printable(&rooted(&notice.path)))])?;
        xml.empty(
            "error",
            &[
                ("line", &notice.start.line.to_string()),
                ("column", &notice.start.column.to_string()),
                ("severity", concise::word(notice.severity)),
                ("message", &words::notice(notice)),
                ("source", &format!("ptlint.{}", notice.rule)),
            ],
        )?;
        xml.end("file")?;
    }
    for failure in &report.failures {
        xml.start("file", &[("name", &printable(&rooted(&failure.path)))])?;
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
