//! A page of the run for browsers, in a single file: it needs no script and asks no server for
//! anything, which its content security policy also forbids.

mod parts;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::{finding, words};
use crate::facts::{Paths, Report, RuleDocs, Severity, own_rule};
use parts::{escape, file, link, notices, paragraphs};

const STYLE: &str = include_str!("style.css");

/// Writes the page.
///
/// # Errors
/// What the writer gives.
pub fn write(
    report: &Report,
    docs: &RuleDocs,
    rooted: &Paths,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(head(report).as_bytes())?;
    if !report.violations.is_empty() {
        out.write_all(summary(report).as_bytes())?;
        writeln!(out, "<h2 id=\"violations\">Violations</h2>")?;
        for (path, violations) in words::by_path(report) {
            out.write_all(file(&rooted.show(path), &violations).as_bytes())?;
        }
        out.write_all(companions(report).as_bytes())?;
    }
    if !report.notices.is_empty() {
        out.write_all(notices(&report.notices, rooted).as_bytes())?;
    }
    out.write_all(rules(report, docs).as_bytes())?;
    out.write_all(suppressed(report, rooted).as_bytes())?;
    out.write_all(failures(report, rooted).as_bytes())?;
    out.write_all(coverage(report, rooted).as_bytes())?;
    out.write_all(foot(report).as_bytes())
}

fn head(report: &Report) -> String {
    let digest = STANDARD.encode(Sha256::digest(STYLE));
    let headline = words::headline(report);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    );
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"ptlint {}\">\n<title>ptlint: {}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n",
        escape(&report.version),
        escape(&headline),
    );
    if !report.violations.is_empty() {
        page.push_str("<a class=\"skip\" href=\"#violations\">Skip to the violations</a>\n");
    }
    let _ = write!(
        page,
        "<header>\n<h1>ptlint report</h1>\n<p class=\"verdict\">{}</p>\n",
        escape(&headline)
    );
    if let Some(doubt) = words::doubt(report) {
        let _ = writeln!(page, "<p class=\"doubt\">{}</p>", escape(&doubt));
    }
    page.push_str(&share(report));
    page.push_str("</header>\n<main>\n");
    page
}

/// How the violations divide by severity, as a bar and in words.
fn share(report: &Report) -> String {
    let total = report.violations.len();
    if total == 0 {
        return String::new();
    }
    let mut bar = String::new();
    let mut legend = String::new();
    let mut from = 0;
    for (severity, class, word) in [
        (Severity::Error, "error", "error"),
        (Severity::Warning, "warning", "warning"),
        (Severity::Info, "info", "info"),
    ] {
        let count = report.count(severity);
        if count == 0 {
            continue;
        }
        let until = from + count;
        // In thousandths, so that the parts meet.
        let (x, end) = (from * 1000 / total, until * 1000 / total);
        let _ = write!(
            bar,
            "<rect class=\"{class}\" x=\"{x}\" y=\"0\" width=\"{}\" height=\"10\"/>",
            end - x
        );
        let words = match severity {
            Severity::Info => format!("{count} info"),
            _ => words::plural(count as u64, word),
        };
        let _ = write!(
            legend,
            "<li><span class=\"dot {class}\"></span>{words}</li>"
        );
        from = until;
    }
    format!(
        "<svg class=\"share\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{bar}</svg>\n\
         <ul class=\"legend\">{legend}</ul>\n"
    )
}

fn summary(report: &Report) -> String {
    let mut rows = String::new();
    for total in words::totals(report) {
        let instead: Vec<String> = total
            .instead
            .iter()
            .map(|t| format!("<code>{}</code>", escape(t)))
            .collect();
        let _ = writeln!(
            rows,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"number\">{}</td><td>{}</td></tr>",
            escape(total.environment),
            escape(total.service),
            total.count,
            instead.join("<br>")
        );
    }
    format!(
        "<h2>Summary</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Summary\"><table>\n\
         <caption>References by environment and service, and what takes their place</caption>\n\
         <thead><tr><th scope=\"col\">Environment</th><th scope=\"col\">Service</th>\
         <th scope=\"col\" class=\"number\">Count</th><th scope=\"col\">Write instead</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}

fn companions(report: &Report) -> String {
    let companions: BTreeSet<(&str, &str)> = report
        .violations
        .iter()
        .flat_map(|v| &v.companions)
        .map(|c| (c.name.as_str(), c.ask.as_str()))
        .collect();
    if companions.is_empty() {
        return String::new();
    }
    let items: String = companions
        .into_iter()
        .map(|(name, ask)| format!("<dt>{}</dt><dd>{}</dd>\n", escape(name), escape(ask)))
        .collect();
    format!("<h2>What changes with the hosts</h2>\n<dl>\n{items}</dl>\n")
}

fn rules(report: &Report, docs: &RuleDocs) -> String {
    let findings = finding::all(report);
    let used: BTreeSet<&str> = findings.iter().map(|finding| finding.rule()).collect();
    let mut items = String::new();
    for id in used {
        let (summary, why, how, url) = match (docs.get(id), own_rule(id)) {
            (Some(rule), _) => (
                rule.summary.as_str(),
                rule.why.as_str(),
                rule.how_to_fix.as_str(),
                rule.url.as_deref(),
            ),
            (None, Some(rule)) => (rule.summary, rule.why, rule.how_to_fix, None),
            (None, None) => continue,
        };
        let _ = writeln!(
            items,
            "<dt id=\"rule-{0}\"><code>{0}</code> {1}</dt><dd>{2}{3}{4}</dd>",
            escape(id),
            escape(summary),
            paragraphs(why),
            paragraphs(how),
            url.map(|url| format!("<p>{}</p>", link("The notice", url)))
                .unwrap_or_default()
        );
    }
    if items.is_empty() {
        return String::new();
    }
    format!("<h2>Rules</h2>\n<dl>\n{items}</dl>\n")
}

fn suppressed(report: &Report, rooted: &Paths) -> String {
    if report.suppressed.is_empty() {
        return String::new();
    }
    let rows = report.suppressed.iter().map(|violation| {
        let suppression = violation.suppressed.as_ref();
        format!(
            "<tr><td><code>{}:{}</code></td><td><code>{}</code></td><td>{}</td><td>{}</td></tr>\n",
            escape(&rooted.show(&violation.path)),
            violation.start.line,
            escape(&words::name(violation)),
            escape(suppression.map_or("", |s| &s.by)),
            escape(suppression.map_or("", |s| &s.reason))
        )
    });
    table(
        "Suppressed",
        "Violations that somebody decided to live with",
        &["Place", "Reference", "By", "Reason"],
        &rows.collect::<String>(),
    )
}

fn failures(report: &Report, rooted: &Paths) -> String {
    if report.failures.is_empty() {
        return String::new();
    }
    let rows = report.failures.iter().map(|failure| {
        format!(
            "<tr><td><code>{}</code></td><td>{}</td></tr>\n",
            escape(&rooted.show(&failure.path)),
            escape(&failure.message)
        )
    });
    table(
        "Not checked",
        "Files that could not be checked to their end",
        &["File", "What happened"],
        &rows.collect::<String>(),
    )
}

fn coverage(report: &Report, rooted: &Paths) -> String {
    let coverage = &report.coverage;
    let sentence = format!("<p>{}</p>\n", escape(&words::checked(report)));
    if coverage.skipped.is_empty() {
        return format!("<h2>Coverage</h2>\n{sentence}");
    }
    let rows = coverage.skipped.iter().map(|(reason, skipped)| {
        let paths: Vec<String> = skipped
            .paths
            .iter()
            .map(|path| format!("<code>{}</code>", escape(&rooted.show(path))))
            .collect();
        let more = skipped.count.saturating_sub(skipped.paths.len() as u64);
        let more = if more == 0 {
            String::new()
        } else {
            format!("<br>and {more} more")
        };
        format!(
            "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td>{}</td><td>{}{more}</td></tr>\n",
            escape(reason.words(skipped.count)),
            skipped.count,
            if reason.is_gap() { "yes" } else { "no" },
            paths.join("<br>")
        )
    });
    let rows: String = rows.collect();
    let table = table(
        "Coverage",
        "What was not read as it is, and whether that leaves a gap that nobody asked for",
        &["What", "Count", "Gap", "Where"],
        &rows,
    );
    table.replacen("</h2>\n", &format!("</h2>\n{sentence}"), 1)
}

fn table(title: &str, caption: &str, columns: &[&str], rows: &str) -> String {
    let columns = columns.iter().map(|column| {
        let class = if *column == "Count" {
            " class=\"number\""
        } else {
            ""
        };
        format!("<th scope=\"col\"{class}>{column}</th>")
    });
    format!(
        "<h2>{title}</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table>\n<caption>{caption}</caption>\n\
         <thead><tr>{}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n",
        columns.collect::<String>()
    )
}

fn foot(report: &Report) -> String {
    let packs = report.packs.iter().map(|pack| {
        format!(
            "<br>{} {}, SHA-256 <code>{}</code>",
            escape(&pack.name),
            escape(&pack.version),
            escape(&pack.digest)
        )
    });
    let configurations = report.configurations.iter().map(|used| {
        format!(
            "<br>{}, SHA-256 <code>{}</code>",
            escape(&used.path),
            escape(&used.digest)
        )
    });
    format!(
        "</main>\n<footer>ptlint {}, judged as of {}{}</footer>\n</body>\n</html>\n",
        escape(&report.version),
        escape(&report.as_of),
        packs.chain(configurations).collect::<String>()
    )
}
