//! The table of formats: a row for each, which the file of the format has as `FORMAT`. The command
//! line, its help and the tests follow the table.

use std::io::{self, Write};

use super::human::Style;
use super::{
    azure, checkstyle, concise, csv, github, gitlab, html, human, json, jsonl, junit, markdown,
    rdjson, sarif, teamcity,
};
use crate::facts::{Paths, Report, RuleDocs};

/// All formats, in the order in which the help lists them.
pub const FORMATS: [ReportFormat; 15] = [
    human::FORMAT,
    concise::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    sarif::FORMAT,
    junit::FORMAT,
    github::FORMAT,
    gitlab::FORMAT,
    azure::FORMAT,
    teamcity::FORMAT,
    checkstyle::FORMAT,
    rdjson::FORMAT,
    csv::FORMAT,
    markdown::FORMAT,
    html::FORMAT,
];

/// How to print the result of a check.
#[derive(Debug, Clone, Copy)]
// Each says one thing about the format.
#[allow(clippy::struct_excessive_bools)]
pub struct ReportFormat {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    /// It shows the lines around a violation, which have to be kept for it.
    pub shows_source: bool,
    /// It is data for programs, which gives names and contents unchanged.
    pub is_data: bool,
    /// It says what was fixed. Otherwise standard error says so.
    pub says_fixes: bool,
    /// It says which default packs were replaced. Otherwise standard error says so.
    pub says_replaced_packs: bool,
    /// It is about the run and not only about findings: it names the repositories that were read, which git has to
    /// be asked about, and what was not read. Otherwise standard error says what leaves a gap.
    pub is_about_run: bool,
    /// It says how the baseline was used. Otherwise standard error says so.
    pub says_baseline: bool,
    /// Prints a report.
    pub print: Print,
    /// Prints what is added to the summary of the job.
    pub summary: Option<Print>,
}

/// Prints a report in a format.
pub(crate) type Print = fn(&Report, Presentation<'_>, &mut dyn Write) -> io::Result<()>;

/// What a format may know besides the report.
#[derive(Clone, Copy)]
pub struct Presentation<'f> {
    /// The rules and environments of the packs.
    pub docs: &'f RuleDocs,
    /// Paths as the user would open them.
    pub shown: &'f Paths,
    /// Paths from the root of the repository, for servers that look there.
    pub rooted: &'f Paths,
    /// How to print in a terminal.
    pub style: Style,
}

impl ReportFormat {
    /// A format without anything special.
    pub(super) const fn new(name: &'static str, about: &'static str, print: Print) -> Self {
        Self {
            name,
            about,
            shows_source: false,
            is_data: false,
            says_fixes: false,
            says_replaced_packs: false,
            is_about_run: false,
            says_baseline: true,
            print,
            summary: None,
        }
    }

    /// The format of this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        FORMATS.into_iter().find(|format| format.name == name)
    }

    /// Writes a report.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn write(
        self,
        report: &Report,
        frame: Presentation<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        (self.print)(report, frame, out)
    }
}
