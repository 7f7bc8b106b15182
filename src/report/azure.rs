//! Logging commands of Azure Pipelines: errors and warnings on the page of the run.

use std::io::{self, Write};

use super::{Report, concise, words};
use crate::catalogue::Severity;
use crate::detect::printable;

/// Writes a command for each violation, and a plain line for info, which has none.
///
/// # Errors
/// What the writer gives.
pub fn write(
    report: &Report,
    rooted: &dyn Fn(&str) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    for violation in words::by_severity(report) {
        if violation.severity == Severity::Info {
            writeln!(out, "{}", concise::line(violation, rooted))?;
            continue;
        }
        writeln!(
            out,
            "##vso[task.logissue type={};sourcepath={};linenumber={};columnnumber={};code={};]{}",
            concise::word(violation.severity),
            property(&printable(&rooted(&violation.path))),
            violation.start.line,
            violation.start.column,
            property(&violation.rule),
            data(&words::line(violation))
        )?;
    }
    for notice in &report.notices {
        if notice.severity == Severity::Info {
            writeln!(out, "{}", concise::notice_line(notice, rooted))?;
            continue;
        }
        writeln!(
            out,
            "##vso[task.logissue type={};sourcepath={};linenumber={};columnnumber={};code={};]{}",
            concise::word(notice.severity),
            property(&printable(&rooted(&notice.path))),
            notice.start.line,
            notice.start.column,
            property(&notice.rule),
            data(&words::notice(notice))
        )?;
    }
    for failure in &report.failures {
        writeln!(
            out,
            "##vso[task.logissue type=error;sourcepath={};code=not-checked;]not checked: {}",
            property(&printable(&rooted(&failure.path))),
            data(&printable(&failure.message))
        )?;
    }
    writeln!(out, "{}", words::headline(report))?;
    if let Some(doubt) = words::doubt(report) {
        writeln!(out, "##vso[task.logissue type=error;]{}", data(&doubt))?;
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%AZP25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(']', "%5D").replace(';', "%3B")
}
