//! `JUnit` XML as Jenkins reads it: a test case for each file with violations, so that a server
//! without a view for linters shows which files fail.

use std::io::{self, Write};

use super::xml::Xml;
use super::{Report, Violation, concise, words};
use crate::catalogue::Severity;
use crate::detect::printable;

/// Writes the report as one test suite. Files that could not be checked are errors, what was left
/// out that nobody asked to leave out is skipped, and info is output of a test that passes.
///
/// # Errors
/// What the writer gives.
pub fn write(
    report: &Report,
    rooted: &dyn Fn(&str) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    let files = words::by_path(report);
    let gaps: Vec<_> = report
        .coverage
        .skipped
        .iter()
        .filter(|(reason, _)| reason.is_gap())
        .collect();
    let failing = files.values().filter(|all| fails(all)).count()
        + report
            .notices
            .iter()
            .filter(|n| n.severity > Severity::Info)
            .count();
    let quiet = files.is_empty()
        && report.failures.is_empty()
        && report.notices.is_empty()
        && !report.coverage.is_empty();
    let empty = report.coverage.is_empty() && report.failures.is_empty();
    let errors = report.failures.len() + usize::from(empty);
    let cases = files.len() + report.notices.len() + gaps.len() + errors + usize::from(quiet);

    let mut xml = Xml::new(out)?;
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
    let packs = words::packs(report);
    let checked = report.coverage.files.to_string();
    for (name, value) in [
        ("version", report.version.as_str()),
        ("as-of", &report.as_of),
        ("packs", &packs),
        ("files-checked", &checked),
        ("coverage", &words::skipped(&report.coverage)),
    ] {
        xml.empty("property", &[("name", name), ("value", value)])?;
    }
    xml.end("properties")?;
    for (path, violations) in &files {
        file(&mut xml, &printable(&rooted(path)), violations)?;
    }
    for notice in &report.notices {
        let path = printable(&rooted(&notice.path));
        let name = format!("{path}:{}: {}", notice.start.line, notice.rule);
        let message = words::notice(notice);
        xml.start("testcase", &case(&name))?;
        if notice.severity > Severity::Info {
            xml.empty("failure", &[("type", &notice.rule), ("message", &message)])?;
        } else {
            xml.text("system-out", &[], &message)?;
        }
        xml.end("testcase")?;
    }
    if quiet {
        xml.empty("testcase", &case(&words::headline(report)))?;
    }
    for failure in &report.failures {
        xml.start("testcase", &case(&printable(&rooted(&failure.path))))?;
        let message = format!("not checked: {}", printable(&failure.message));
        xml.empty("error", &[("type", "not-checked"), ("message", &message)])?;
        xml.end("testcase")?;
    }
    if empty {
        xml.start("testcase", &case("files to check"))?;
        let message = words::doubt(report).unwrap_or_default();
        xml.empty(
            "error",
            &[("type", "nothing-checked"), ("message", &message)],
        )?;
        xml.end("testcase")?;
    }
    for (reason, skipped) in gaps {
        let message = format!("{} {}", skipped.count, reason.words());
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

fn fails(violations: &[&Violation]) -> bool {
    violations.iter().any(|v| v.severity > Severity::Info)
}

/// One failure for each file, since most readers show only the first of a test case.
fn file(xml: &mut Xml<'_>, path: &str, violations: &[&Violation]) -> io::Result<()> {
    let lines = |keep: &dyn Fn(Severity) -> bool| {
        let kept = violations.iter().filter(|v| keep(v.severity));
        let lines: Vec<String> = kept
            .map(|v| {
                format!(
                    "{path}:{}:{}: {} {}: {}",
                    v.start.line,
                    v.start.column,
                    concise::word(v.severity),
                    v.rule,
                    words::line(v)
                )
            })
            .collect();
        lines
    };
    xml.start("testcase", &case(path))?;
    let failing = lines(&|severity| severity > Severity::Info);
    let worst = violations
        .iter()
        .filter(|v| v.severity > Severity::Info)
        .max_by_key(|v| v.severity);
    if let Some(worst) = worst {
        let count = words::plural(failing.len() as u64, "violation");
        let message = format!("{count}; line {}: {}", worst.start.line, words::line(worst));
        xml.text(
            "failure",
            &[("type", &worst.rule), ("message", &message)],
            &failing.join("\n"),
        )?;
    }
    let info = lines(&|severity| severity == Severity::Info);
    if !info.is_empty() {
        xml.text("system-out", &[], &info.join("\n"))?;
    }
    xml.end("testcase")
}
