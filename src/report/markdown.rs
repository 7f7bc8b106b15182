//! A page in GitHub's Markdown, for merge requests, wikis and tickets.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::finding::{self, Finding};
use super::{ReportFormat, concise, tree, wording};
use crate::facts::{Paths, Report, Violation};
use crate::text::printable;

/// The row of this format.
pub(super) const FORMAT: ReportFormat = ReportFormat {
    is_about_run: true,
    says_replaced_packs: true,
    ..ReportFormat::new(
        "markdown",
        "A page for merge requests, wikis and tickets",
        |report, frame, out| write(report, frame.rooted, None, out),
    )
};

/// Writes the page. With a limit of bytes the most severe violations come first, then the
/// notices, and those that have no room are counted.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(
    report: &Report,
    rooted: &Paths,
    most: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let head = head(report);
    let tail = tail(report, rooted);
    out.write_all(head.as_bytes())?;
    let mut room = most.map(|most| most.saturating_sub(head.len() + tail.len() + 2000));
    let violations: Vec<_> = report.violations.iter().map(Finding::Violation).collect();
    for (title, what, findings) in [
        ("Violations", "violation", violations),
        (
            "Suppressions and patterns without effect",
            "notice",
            finding::notices(report).collect(),
        ),
    ] {
        if !findings.is_empty() {
            writeln!(out, "## {title}\n")?;
            table(what, findings, rooted, &mut room, out)?;
        }
    }
    suppressed(report, rooted, &mut room, out)?;
    out.write_all(tail.as_bytes())
}

fn head(report: &Report) -> String {
    let mut page = "# ptlint\n\n".to_owned();
    if let Some(replaced) = wording::replaced_packs(report) {
        let _ = writeln!(page, "**{}**\n", text(&replaced));
    }
    let _ = writeln!(page, "{}\n", text(&wording::headline(report)));
    if let Some(doubt) = wording::doubt(report) {
        let _ = writeln!(page, "**{}**\n", text(&doubt));
    }
    if report.violations.is_empty() {
        return page;
    }
    page.push_str("| environment | service | count | write instead |\n");
    page.push_str("| --- | --- | ---: | --- |\n");
    for total in wording::totals(report) {
        let instead: Vec<String> = total.instead.iter().map(|t| code(t)).collect();
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} |",
            text(total.environment),
            text(total.service),
            total.count,
            instead.join("<br>")
        );
    }
    page.push('\n');
    page
}

fn table(
    what: &str,
    mut findings: Vec<Finding<'_>>,
    rooted: &Paths,
    room: &mut Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    if room.is_some() {
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    }
    writeln!(out, "| place | severity | rule | what | remedy |")?;
    writeln!(out, "| --- | --- | --- | --- | --- |")?;
    let mut rows = 0;
    for finding in &findings {
        let row = row(*finding, rooted);
        if let Some(left) = room {
            let Some(less) = left.checked_sub(row.len()) else {
                break;
            };
            *left = less;
        }
        out.write_all(row.as_bytes())?;
        rows += 1;
    }
    writeln!(out)?;
    let rest = findings.len() - rows;
    if rest > 0 {
        writeln!(
            out,
            "**{} more, for which there is no room here.**\n",
            wording::plural(rest as u64, what)
        )?;
    }
    Ok(())
}

fn row(finding: Finding<'_>, rooted: &Paths) -> String {
    let place = format!(
        "{}:{}:{}",
        rooted.show(finding.path()),
        finding.start().line,
        finding.start().column
    );
    let what = match finding {
        Finding::Violation(violation) => what(violation),
        Finding::Notice(notice, _) => text(&notice.message),
    };
    format!(
        "| {} | {} | {} | {what} | {} |\n",
        code(&place),
        concise::word(finding.severity()),
        text(finding.rule()),
        text(&finding.parts().1)
    )
}

/// The suppressed violations, with what suppressed them and its terms.
fn suppressed(
    report: &Report,
    rooted: &Paths,
    room: &mut Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    if report.suppressed.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Suppressed\n")?;
    writeln!(
        out,
        "| place | rule | what | by | reason | until | owner | ticket |"
    )?;
    writeln!(out, "| --- | --- | --- | --- | --- | --- | --- | --- |")?;
    let mut rows = 0;
    for violation in &report.suppressed {
        let place = format!("{}:{}", rooted.show(&violation.path), violation.start.line);
        let said = violation.suppressed.as_ref();
        let term = |term: Option<&String>| text(term.map_or("", String::as_str));
        let row = format!(
            "| {} | {} | {} | {} | {} | {} | {} | {} |\n",
            code(&place),
            text(&violation.rule),
            code(&wording::name(violation)),
            term(said.map(|s| &s.by)),
            term(said.map(|s| &s.reason)),
            term(said.and_then(|s| s.until.as_ref())),
            term(said.and_then(|s| s.owner.as_ref())),
            term(said.and_then(|s| s.ticket.as_ref())),
        );
        if let Some(left) = room {
            let Some(less) = left.checked_sub(row.len()) else {
                break;
            };
            *left = less;
        }
        out.write_all(row.as_bytes())?;
        rows += 1;
    }
    writeln!(out)?;
    let rest = report.suppressed.len() - rows;
    if rest > 0 {
        let rest = wording::plural(rest as u64, "violation");
        writeln!(out, "**{rest} more, for which there is no room here.**\n")?;
    }
    Ok(())
}

fn what(violation: &Violation) -> String {
    let key = match &violation.key {
        Some(key) => format!(" at {}", code(key)),
        None => String::new(),
    };
    let count = match violation.occurrences {
        1 => String::new(),
        n => format!(" ({n} times in this file)"),
    };
    format!(
        "{}{key}: {}{count}",
        code(&wording::name(violation)),
        text(&violation.message)
    )
}

fn tail(report: &Report, rooted: &Paths) -> String {
    let mut page = String::new();
    let companions: BTreeMap<&str, &str> = report
        .violations
        .iter()
        .flat_map(|v| v.companions.iter())
        .map(|c| (c.name.as_str(), c.ask.as_str()))
        .collect();
    if !companions.is_empty() {
        page.push_str("## What changes with the hosts\n\n");
        for (name, ask) in companions {
            let _ = writeln!(page, "* {}: {}", text(name), text(ask));
        }
        page.push('\n');
    }
    if !report.failures.is_empty() {
        page.push_str("## Not checked\n\n");
        for failure in &report.failures {
            let path = code(&rooted.show(&failure.path));
            let _ = writeln!(page, "* {path}: {}", text(&failure.message));
        }
        page.push('\n');
    }
    page.push_str("## Coverage\n\n");
    let _ = writeln!(page, "{}", text(&wording::checked(report)));
    page.push_str(&repositories(report));
    if !report.suppressed.is_empty() {
        let count = wording::plural(report.suppressed.len() as u64, "violation");
        let _ = writeln!(page, "\nSuppressed: {count}.");
    }
    page
}

/// The repositories with what is checked out in them, what was checked, and the digests of what configures it.
fn repositories(report: &Report) -> String {
    let provenance = &report.provenance;
    let mut page = String::new();
    if !provenance.repositories.is_empty() {
        page.push_str(
            "\n| repository | remote | branch | commit | changes | files | violations |\n",
        );
        page.push_str("| --- | --- | --- | --- | --- | ---: | ---: |\n");
    }
    let counts = report.violations_by_repository();
    for (repository, count) in provenance.repositories.iter().zip(counts) {
        let part = |part: Option<&String>| part.map_or_else(String::new, |part| code(part));
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} | {} | {count} |",
            code(&repository.path),
            part(repository.remote.as_ref()),
            part(repository.branch.as_ref()),
            part(repository.commit.as_ref()),
            tree::dirty(repository),
            repository
                .files
                .map_or_else(String::new, |files| files.to_string()),
        );
    }
    let paths: Vec<String> = provenance.paths.iter().map(|path| code(path)).collect();
    if !paths.is_empty() {
        let _ = writeln!(page, "\nPaths: {}.", paths.join(", "));
    }
    for used in &report.configurations {
        let (path, digest) = (code(&used.path), code(&used.digest));
        let _ = writeln!(page, "\nConfiguration: {path}, SHA-256 {digest}.");
    }
    page
}

/// Text in which nothing is Markdown: what could be is written as a character reference, which
/// holds in tables too, where a backslash does not always. It stays on its line, and what would act or
/// hide is shown.
pub(crate) fn text(plain: &str) -> String {
    escaped(&printable(&plain.replace(['\n', '\r'], " ")))
}

/// The same in the type of code, where servers look for no names of people or tickets; line breaks are
/// shown too.
pub(crate) fn code(plain: &str) -> String {
    format!("<code>{}</code>", escaped(&printable(plain)))
}

fn escaped(plain: &str) -> String {
    let mut safe = String::with_capacity(plain.len());
    let mut before = ' ';
    let mut rest = plain.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        match c {
            '\t' => safe.push(' '),
            // Within a word it is only itself.
            '_' if before.is_alphanumeric() && next.is_alphanumeric() => safe.push(c),
            '_' | '\\' | '`' | '*' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '+' | '!' | '|'
            | '~' | '&' | '@' | '$' | '^' | '"' => {
                let _ = write!(safe, "&#{};", u32::from(c));
            }
            _ => safe.push(c),
        }
        before = c;
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text_and_code_cannot_be_left() {
        for (given, expected) in [
            ("a_b _c_", "a_b &#95;c&#95;"),
            ("<b>*a*[x](y)", "&#60;b&#62;&#42;a&#42;&#91;x&#93;(y)"),
            ("a|b`c", "a&#124;b&#96;c"),
            ("@all #1 a\tb", "&#64;all &#35;1 a b"),
        ] {
            assert_eq!(text(given), expected);
            assert_eq!(code(given), format!("<code>{expected}</code>"));
        }
        assert_eq!(text("a\nb"), "a b");
        assert_eq!(code("a\nb"), "<code>a\u{240a}b</code>");
        assert_eq!(code("</code>"), "<code>&#60;/code&#62;</code>");
    }
}
