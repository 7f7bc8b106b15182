//! The arguments of `ptlint suppress`.

use clap::Args;
use jiff::civil::Date;

use super::{Scan, SeverityName, date};

#[derive(Debug, Args)]
pub(crate) struct Suppress {
    #[command(flatten)]
    pub scan: Scan,

    /// Why the violations stay
    #[arg(long, value_name = "TEXT")]
    pub reason: String,

    /// Only violations of this rule
    #[arg(long, value_name = "RULE")]
    pub rule: Option<String>,

    /// The last day on which the suppression applies
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub until: Option<Date>,

    /// Who is responsible for it
    #[arg(long, value_name = "NAME", value_parser = word)]
    pub owner: Option<String>,

    /// The ticket that tracks it
    #[arg(long, value_name = "ID", value_parser = word)]
    pub ticket: Option<String>,

    /// The lowest severity to suppress [default: warning]
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<SeverityName>,

    /// Print what would be written as a unified diff, without changing files; exit with 1 if
    /// there is something to write
    #[arg(long)]
    pub diff: bool,
}

fn word(text: &str) -> Result<String, String> {
    if text.is_empty() || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err("write it in one word".to_owned());
    }
    Ok(text.to_owned())
}
