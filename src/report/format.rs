//! The formats by name.

use std::io::{self, Write};

use super::human::Style;
use super::{
    azure, checkstyle, concise, csv, github, gitlab, html, human, json, jsonl, junit, markdown,
    rdjson, sarif, teamcity,
};
use crate::facts::{Paths, Report, RuleDocs};

/// How to print the result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// For people at a terminal.
    Human,
    /// A line for each violation.
    Concise,
    /// The public contract.
    Json,
    /// The same a line at a time.
    Jsonl,
    /// SARIF 2.1.0.
    Sarif,
    /// `JUnit` XML.
    Junit,
    /// Workflow commands of GitHub Actions.
    Github,
    /// Code quality of GitLab.
    Gitlab,
    /// Logging commands of Azure Pipelines.
    Azure,
    /// Service messages of `TeamCity`.
    Teamcity,
    /// Checkstyle XML.
    Checkstyle,
    /// The diagnostic format of reviewdog.
    Rdjson,
    /// A table for spreadsheets.
    Csv,
    /// A page for merge requests, wikis and tickets.
    Markdown,
    /// A page for browsers.
    Html,
}

/// What a format may know besides the report.
#[derive(Clone, Copy)]
pub struct Frame<'f> {
    /// The rules and environments of the packs.
    pub docs: &'f RuleDocs,
    /// A path as the user would open it.
    pub shown: &'f Paths,
    /// A path from the root of the repository, for servers that look there.
    pub rooted: &'f Paths,
    /// How to print for people.
    pub style: Style,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 15] = [
        Self::Human,
        Self::Concise,
        Self::Json,
        Self::Jsonl,
        Self::Sarif,
        Self::Junit,
        Self::Github,
        Self::Gitlab,
        Self::Azure,
        Self::Teamcity,
        Self::Checkstyle,
        Self::Rdjson,
        Self::Csv,
        Self::Markdown,
        Self::Html,
    ];

    /// What it is called on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Azure => "azure",
            Self::Teamcity => "teamcity",
            Self::Checkstyle => "checkstyle",
            Self::Rdjson => "rdjson",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// What it is, in a line.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Human => "Each violation with its source, and a summary",
            Self::Concise => "A line for each violation",
            Self::Json => "The public contract `ptlint.report/v1`",
            Self::Jsonl => "The same, a JSON document a line",
            Self::Sarif => "SARIF 2.1.0, for code scanning",
            Self::Junit => "JUnit XML, a test case for each file",
            Self::Github => "Annotations and job summary of GitHub Actions",
            Self::Gitlab => "Code quality report of GitLab",
            Self::Azure => "Logging commands of Azure Pipelines",
            Self::Teamcity => "Service messages of TeamCity",
            Self::Checkstyle => "Checkstyle XML",
            Self::Rdjson => "Diagnostics for reviewdog, with suggestions",
            Self::Csv => "A table for spreadsheets",
            Self::Markdown => "A page for merge requests, wikis and tickets",
            Self::Html => "A page for browsers, in a single file",
        }
    }

    /// The format of this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether it shows the lines around a violation, which have to be kept for it.
    #[must_use]
    pub fn shows_source(self) -> bool {
        matches!(self, Self::Human | Self::Html)
    }

    /// Writes a report.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn write(self, report: &Report, frame: Frame<'_>, out: &mut dyn Write) -> io::Result<()> {
        let Frame { docs, rooted, .. } = frame;
        match self {
            Self::Human => human::write(report, frame.style, frame.shown, out),
            Self::Concise => concise::write(report, frame.shown, out),
            Self::Json => json::write(report, out),
            Self::Jsonl => jsonl::write(report, out),
            Self::Sarif => sarif::write(report, docs, rooted, out),
            Self::Junit => junit::write(report, rooted, out),
            Self::Github => github::write(report, rooted, out),
            Self::Gitlab => gitlab::write(report, docs, rooted, out),
            Self::Azure => azure::write(report, rooted, out),
            Self::Teamcity => teamcity::write(report, docs, rooted, out),
            Self::Checkstyle => checkstyle::write(report, rooted, out),
            Self::Rdjson => rdjson::write(report, docs, rooted, out),
            Self::Csv => csv::write(report, rooted, out),
            Self::Markdown => markdown::write(report, rooted, None, out),
            Self::Html => html::write(report, docs, rooted, out),
        }
    }
}
