//! A page of the run for browsers, in a single file: it needs no script and asks no server for
//! anything, which its content security policy also forbids. The page is in `templates/report/`;
//! whatever a template prints is escaped, by [`Printable`].

mod parts;

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};

use askama::Template;
use askama::filters::{Escaper, Html, Safe};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::{ReportFormat, concise, finding, tree, wording};
use crate::facts::{Paths, Report, RepositoryUsed, RuleDocs, Severity, own_rule};
use crate::text::printable;

/// The row of this format.
pub(super) const FORMAT: ReportFormat = ReportFormat {
    shows_source: true,
    is_about_run: true,
    says_replaced_packs: true,
    ..ReportFormat::new(
        "html",
        "A page for browsers, in a single file",
        |report, frame, out| write(report, frame.docs, frame.rooted, out),
    )
};

const STYLE: &str = include_str!("style.css");

/// Writes the page.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(
    report: &Report,
    docs: &RuleDocs,
    rooted: &Paths,
    out: &mut dyn Write,
) -> io::Result<()> {
    let page = Page {
        report,
        docs,
        rooted,
        digest: STANDARD.encode(Sha256::digest(STYLE)),
        style: Safe(STYLE),
        headline: wording::headline(report),
    };
    page.write_into(out)
}

/// Text as HTML; what would act or hide is shown. `askama.toml` makes it the escaper of every
/// template.
#[derive(Debug, Clone, Copy)]
struct Printable;

impl Escaper for Printable {
    fn write_escaped_str<W: fmt::Write>(&self, dest: W, string: &str) -> fmt::Result {
        Html.write_escaped_str(dest, &printable(string))
    }
}

#[derive(Template)]
#[template(path = "report/page.html")]
struct Page<'r> {
    report: &'r Report,
    docs: &'r RuleDocs,
    rooted: &'r Paths,
    /// Of the style, for the policy.
    digest: String,
    /// The one text that is not escaped: a constant of the program, which no file can change.
    style: Safe<&'static str>,
    headline: String,
}

impl<'r> Page<'r> {
    /// A path as the reader has it.
    fn path(&self, path: &str) -> String {
        self.rooted.show(path)
    }

    /// How the violations divide by severity.
    fn shares(&self) -> Vec<Share> {
        let total = self.report.violations.len();
        let mut shares = Vec::new();
        let mut from = 0;
        for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            let count = self.report.count(severity);
            if count == 0 {
                continue;
            }
            let until = from + count;
            // In thousandths, so that the parts meet.
            let (x, end) = (from * 1000 / total, until * 1000 / total);
            let class = concise::word(severity);
            shares.push(Share {
                class,
                x,
                width: end - x,
                words: match severity {
                    Severity::Info => format!("{count} info"),
                    _ => parts::plural(count, class),
                },
            });
            from = until;
        }
        shares
    }

    /// The repositories with their violations.
    fn repositories(&self) -> Vec<(&'r RepositoryUsed, u64)> {
        let counts = self.report.violations_by_repository();
        let repositories = &self.report.provenance.repositories;
        repositories.iter().zip(counts).collect()
    }

    /// Name and request of what changes with the hosts.
    fn companions(&self) -> BTreeSet<(&'r str, &'r str)> {
        let companions = self
            .report
            .violations
            .iter()
            .flat_map(|v| v.companions.iter());
        companions
            .map(|c| (c.name.as_str(), c.ask.as_str()))
            .collect()
    }

    /// The rules that found something, by id.
    fn rules(&self) -> Vec<RuleItem<'r>> {
        let mut ids: Vec<&str> = finding::all(self.report).iter().map(|f| f.rule()).collect();
        ids.sort_unstable();
        ids.dedup();
        let item = |id: &'r str| {
            let (summary, why, how, url) = match (self.docs.get(id), own_rule(id)) {
                (Some(rule), _) => (
                    rule.summary.as_str(),
                    rule.why.as_str(),
                    rule.how_to_fix.as_str(),
                    rule.url.as_deref(),
                ),
                (None, Some(rule)) => (rule.summary, rule.why, rule.how_to_fix, None),
                (None, None) => return None,
            };
            Some(RuleItem {
                id,
                summary,
                paragraphs: paragraphs(why).chain(paragraphs(how)).collect(),
                url,
            })
        };
        ids.into_iter().filter_map(item).collect()
    }
}

/// The violations of one severity, as a part of a bar of 1000 units.
struct Share {
    class: &'static str,
    x: usize,
    width: usize,
    words: String,
}

/// A rule that found something.
struct RuleItem<'r> {
    id: &'r str,
    summary: &'r str,
    /// Why it matters and what to do.
    paragraphs: Vec<String>,
    url: Option<&'r str>,
}

/// Text of several lines; an empty one parts paragraphs.
fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split("\n\n").filter(|part| !part.trim().is_empty());
    parts.map(|part| part.trim().replace('\n', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Template)]
    #[template(source = "<p title=\"{{ text }}\">{{ text }}</p>", ext = "html")]
    struct Sample<'t> {
        text: &'t str,
    }

    #[test]
    fn what_a_template_prints_is_escaped_and_shown() {
        let text = "<script>alert('\u{202e}\"&##vso[x]')\n</script>";
        let page = Sample { text }.render().expect("a page");
        let (attribute, content) = page
            .strip_prefix("<p title=\"")
            .and_then(|rest| rest.strip_suffix("</p>"))
            .and_then(|rest| rest.split_once("\">"))
            .expect("one element");
        assert_eq!(attribute, content);
        assert!(
            !content.contains(['<', '>', '"', '\'', '\u{202e}', '\n']),
            "{content}"
        );
        assert!(!content.contains("##vso["), "{content}");
        assert!(content.starts_with("&#60;script&#62;alert("), "{content}");
    }
}
