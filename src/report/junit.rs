//! `JUnit` XML as Jenkins reads it: a test case for each file with findings, so that a server
//! without a view for linters shows which files fail.

use std::io::{self, Write};

use super::finding::{self, Finding};
use super::xml::XmlWriter;
use super::{ReportFormat, concise, tree, wording};
use crate::facts::{Paths, Report, Severity};
use crate::text::printable;

/// The row of this format.
pub(super) const FORMAT: ReportFormat = ReportFormat {
    is_about_run: true,
    says_replaced_packs: true,
    ..ReportFormat::new(
        "junit",
        "JUnit XML, a test case for each file",
        |report, frame, out| write(report, frame.rooted, out),
    )
};

/// Writes the report as one test suite. Files that could not be checked are errors, what was left
/// out that nobody asked to leave out is skipped, and info is output of a test that passes.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(report: &Report, rooted: &Paths, out: &mut dyn Write) -> io::Result<()> {
    let files = finding::by_path(report);
    let gaps: Vec<_> = report
        .coverage
        .skipped
        .iter()
        .filter(|(reason, _)| reason.is_gap())
        .collect();
    let failing = files.values().filter(|all| fails(all)).count();
    let quiet = files.is_empty() && report.failures.is_empty() && !report.found_nothing();
    let empty = report.found_nothing() && report.failures.is_empty();
    let errors = report.failures.len() + usize::from(empty);
    let cases = files.len() + gaps.len() + errors + usize::from(quiet);

    let mut xml = XmlWriter::new(out)?;
    let counts = [
        ("name", "ptlint"),
        ("tests", &cases.to_string()),
        ("failures", &failing.to_string()),
        ("errors", &errors.to_string()),
    ];
    xml.start("testsuites", &counts)?;
    let mut suite = counts.to_vec();
    let skipped = gaps.len().to_string();
    suite.extend([("skipped", skipped.as_str()), ("time", "0")]);
    xml.start("testsuite", &suite)?;
    xml.start("properties", &[])?;
    if let Some(replaced) = wording::replaced_packs(report) {
        xml.empty(
            "property",
            &[("name", "packs-replaced"), ("value", &replaced)],
        )?;
    }
    let packs = wording::packs(report);
    let checked = report.coverage.files.to_string();
    for (name, value) in [
        ("version", report.version.as_str()),
        ("as-of", &report.as_of),
        ("packs", &packs),
        ("files-checked", &checked),
        ("coverage", &wording::skipped(&report.coverage)),
    ] {
        xml.empty("property", &[("name", name), ("value", value)])?;
    }
    for (name, value) in tree::properties(report) {
        xml.empty("property", &[("name", &name), ("value", &value)])?;
    }
    xml.end("properties")?;
    for (path, findings) in &files {
        file(&mut xml, &printable(&rooted.show(path)), findings)?;
    }
    if quiet {
        xml.empty("testcase", &case(&wording::headline(report)))?;
    }
    for failure in &report.failures {
        xml.start("testcase", &case(&printable(&rooted.show(&failure.path))))?;
        let message = format!("not checked: {}", printable(&failure.message));
        xml.empty("error", &[("type", "not-checked"), ("message", &message)])?;
        xml.end("testcase")?;
    }
    if empty {
        xml.start("testcase", &case("files to check"))?;
        let message = wording::doubt(report).unwrap_or_default();
        xml.empty(
            "error",
            &[("type", "nothing-checked"), ("message", &message)],
        )?;
        xml.end("testcase")?;
    }
    for (reason, skipped) in gaps {
        let message = format!("{} {}", skipped.count, reason.words(skipped.count));
        xml.start("testcase", &case(&message))?;
        xml.empty("skipped", &[("message", &message)])?;
        let paths: Vec<String> = skipped.paths.iter().map(|p| printable(p)).collect();
        xml.text("system-out", &[], &paths.join("\n"))?;
        xml.end("testcase")?;
    }
    xml.end("testsuite")?;
    xml.end("testsuites")?;
    xml.finish()
}

fn case(name: &str) -> [(&str, &str); 3] {
    [("classname", "ptlint"), ("name", name), ("time", "0")]
}

fn fails(findings: &[Finding<'_>]) -> bool {
    findings.iter().any(|f| f.severity() > Severity::Info)
}

/// One failure for each file, since most readers show only the first of a test case.
fn file(xml: &mut XmlWriter<'_>, path: &str, findings: &[Finding<'_>]) -> io::Result<()> {
    let lines = |kept: &[Finding<'_>]| {
        let lines = kept.iter().map(|finding| {
            format!(
                "{path}:{}:{}: {} {}: {}",
                finding.start().line,
                finding.start().column,
                concise::word(finding.severity()),
                finding.rule(),
                finding.line()
            )
        });
        lines.collect::<Vec<String>>().join("\n")
    };
    let (failing, info): (Vec<_>, Vec<_>) = findings
        .iter()
        .copied()
        .partition(|finding| finding.severity() > Severity::Info);
    xml.start("testcase", &case(path))?;
    if let Some(worst) = failing.iter().max_by_key(|f| f.severity()) {
        let count = finding::counted(&failing);
        let message = format!("{count}; line {}: {}", worst.start().line, worst.line());
        xml.text(
            "failure",
            &[("type", worst.rule()), ("message", &message)],
            &lines(&failing),
        )?;
    }
    if !info.is_empty() {
        xml.text("system-out", &[], &lines(&info))?;
    }
    xml.end("testcase")
}
