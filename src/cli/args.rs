//! The arguments of the command line.

mod baseline;
mod changes;
mod fixing;
mod suppress;

use std::path::PathBuf;

use crate::plan;
use crate::report::ReportFormat;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::output::{Output, formats, output, plan_formats};

pub(super) use baseline::{BaselineArguments, BaselineCommand, BaselineSubcommands};
pub(super) use changes::ChangesArguments;
pub(super) use fixing::{Fix, Fixing};

pub(super) use suppress::Suppress;

/// Finds references to retired test environments in repositories and says what to write instead.
#[derive(Debug, Parser)]
#[command(
    name = "ptlint",
    version,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// When to use colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = false
    )]
    pub color: Color,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check files and folders for references to retired environments
    #[command(after_help = EXIT_CODES)]
    Check(Box<Check>),
    /// Write the safe replacements, the same as `check --fix`, or undo a run
    #[command(
        mut_arg("paths", |arg| arg.help("Files and folders")),
        mut_args(|arg| {
            let is_for_checks = Fix::ONLY_CHECKS.contains(&arg.get_id().as_str());
            arg.hide(is_for_checks)
        })
    )]
    Fix(Box<Fix>),
    /// List the work of a migration that edits cannot do
    #[command(after_help = PLAN_EXIT_CODES, mut_arg("paths", |arg| arg.help("Files and folders")))]
    Plan(Box<Plan>),
    /// Write and update a file of known violations, which do not fail a check
    #[command(after_help = baseline::EXIT_CODES)]
    Baseline(Box<BaselineSubcommands>),
    /// Suppress violations, with a reason, in comments or in the configuration
    #[command(mut_arg("paths", |arg| arg.help("Files and folders")))]
    Suppress(Box<Suppress>),
    /// List, show and test the rules of the packs
    Rules(Rules),
    /// Explain a rule or a service, or classify a host name, a URL or an identifier
    Explain(Explain),
    /// Explain why a line is reported or not
    Why(Why),
    /// Write a commented configuration file
    Init(Init),
    /// Print the JSON Schema of a report, a plan, the configuration or a pack
    Schema(Schema),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man(Man),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// The same in every format.
const EXIT_CODES: &str = "\
Exit codes:
  0  no violations at or above --fail-on
  1  violations
  2  wrong usage, configuration or pack
  3  the result is incomplete: a file failed, nothing was found to check, or something was
     skipped with --strict";

/// A plan is a document: making one is a success.
const PLAN_EXIT_CODES: &str = "\
Exit codes:
  0  the plan was made, even if there is nothing to do
  2  wrong usage, configuration or pack
  3  the result is incomplete: a file failed, or nothing was found to check";

/// What to read, and how it is judged.
#[derive(Debug, Args)]
// Each is a switch of its own on the command line.
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Scan {
    /// Files and folders; `check -` reads standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,

    /// Check as if today were this day [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub as_of: Option<Date>,

    /// The lowest confidence to report [default: possible]
    #[arg(long, value_name = "CONFIDENCE")]
    pub min_confidence: Option<ConfidenceName>,

    /// Skip paths that match, even if named; written as in .gitignore (may be repeated)
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,

    /// Also read untracked files that git ignores
    #[arg(long)]
    pub no_ignore: bool,

    /// Read hidden files and folders, except `.git` (the default)
    #[arg(long, overrides_with = "no_hidden")]
    pub hidden: bool,

    /// Skip hidden files and folders
    #[arg(long)]
    pub no_hidden: bool,

    /// Read the members of archives: zip, jar, docx, tar, gzip, also inside each other
    #[arg(long)]
    pub archives: bool,

    /// The network on which replacements must work, for all services or for one (may be repeated)
    #[arg(long, value_name = "[SERVICE=]NETWORK")]
    pub network: Vec<String>,

    /// Also use the pack in this folder (may be repeated)
    #[arg(long, value_name = "DIR")]
    pub pack: Vec<PathBuf>,

    /// Use this configuration file
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// Base the configuration on FILE, such as that of an organisation, which may lock rules
    #[arg(long, value_name = "FILE")]
    pub base_config: Option<PathBuf>,

    /// Ignore configuration files
    #[arg(long)]
    pub no_config: bool,

    /// Number of threads [default: as many as the machine has, at most 16]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
}

#[derive(Debug, Args)]
// Each is a switch of its own on the command line.
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Check {
    #[command(flatten)]
    pub scan: Scan,

    /// How to print the result
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = formats())]
    pub format: ReportFormat,

    /// Also write the result to a file in this format (may be repeated)
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output)]
    pub output: Vec<Output>,

    /// Show every violation with its source, not only the first 50
    #[arg(long)]
    pub full: bool,

    /// The lowest severity that makes the exit code 1 [default: warning]
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<SeverityName>,

    /// Exit with 3 if anything was skipped that was not excluded on purpose
    #[arg(long)]
    pub strict: bool,

    /// Also report suppressed violations
    #[arg(long)]
    pub no_suppressions: bool,

    /// The path of standard input in the report; its extension decides the format
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<String>,

    /// Print the effective configuration and where it comes from, then stop
    #[arg(long)]
    pub show_config: bool,

    #[command(flatten)]
    pub changes: ChangesArguments,

    #[command(flatten)]
    pub baseline: BaselineArguments,

    #[command(flatten)]
    pub fixing: Fixing,
}

#[derive(Debug, Args)]
pub(super) struct Plan {
    #[command(flatten)]
    pub scan: Scan,

    /// How to print the work list
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = plan_formats())]
    pub format: plan::PlanFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SeverityName {
    Info,
    Warning,
    Error,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ConfidenceName {
    Speculative,
    Possible,
    Likely,
    Certain,
}

#[derive(Debug, Args)]
pub(super) struct Rules {
    #[command(subcommand)]
    pub command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// List the packs and their rules
    List {
        /// List the services instead, by the ids that --network and the configuration take
        #[arg(long)]
        services: bool,
        /// Also use the pack in this folder (may be repeated)
        #[arg(long, value_name = "DIR")]
        pack: Vec<PathBuf>,
    },
    /// Show a rule with its examples
    Show {
        /// Id of the rule
        rule: String,
        /// Also use the pack in this folder (may be repeated)
        #[arg(long, value_name = "DIR")]
        pack: Vec<PathBuf>,
    },
    /// Check packs and run the examples of their rules
    Test {
        /// Name of an embedded pack, or a folder; all embedded packs when absent
        pack: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Id of a rule, id or name of a service, a host name, a URL, an address or an identifier
    pub subject: String,

    /// Check as if today were this day [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub as_of: Option<Date>,

    /// Also use the pack in this folder (may be repeated)
    #[arg(long, value_name = "DIR")]
    pub pack: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Why {
    /// The line of a file, e.g. `config/app.yml:12`
    #[arg(value_name = "PATH:LINE", value_parser = place)]
    pub place: FileLine,

    /// Check as if today were this day [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub as_of: Option<Date>,

    /// The lowest confidence to report [default: possible]
    #[arg(long, value_name = "CONFIDENCE")]
    pub min_confidence: Option<ConfidenceName>,

    /// Skip paths that match, written as in .gitignore (may be repeated)
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,

    /// Also use the pack in this folder (may be repeated)
    #[arg(long, value_name = "DIR")]
    pub pack: Vec<PathBuf>,

    /// Use this configuration file
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// Ignore configuration files
    #[arg(long)]
    pub no_config: bool,
}

/// A line of a file.
#[derive(Debug, Clone)]
pub(super) struct FileLine {
    pub path: PathBuf,
    /// From 1.
    pub line: u64,
}

fn place(text: &str) -> Result<FileLine, String> {
    let help = "write the file and the number of the line, e.g. config/app.yml:12";
    // A column after the line, as reports print it, is ignored.
    let (head, last) = text.rsplit_once(':').ok_or(help)?;
    let (path, line) = match head.rsplit_once(':') {
        Some((path, line)) if line.parse::<u64>().is_ok() && last.parse::<u64>().is_ok() => {
            (path, line)
        }
        _ => (head, last),
    };
    match line.parse() {
        Ok(line) if line > 0 && !path.is_empty() => Ok(FileLine {
            path: path.into(),
            line,
        }),
        _ => Err(help.to_owned()),
    }
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder to write `ptlint.yaml` for: it goes to the root of the repository that this is in
    #[arg(default_value = ".")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// What to describe
    #[arg(value_name = "DOCUMENT")]
    pub of: SchemaOf,
}

/// A format with a schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SchemaOf {
    /// The output of `check --format json`
    Report,
    /// The output of `plan --format json`
    Plan,
    /// ptlint.yaml
    Config,
    /// A YAML file of a pack
    Pack,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell that uses them
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// Write this page and one for each command into this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

fn date(text: &str) -> Result<Date, String> {
    let shape = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !shape {
        return Err("write the day as YYYY-MM-DD, e.g. 2025-07-31".to_owned());
    }
    text.parse()
        .map_err(|_| "there is no such day in the calendar".to_owned())
}
