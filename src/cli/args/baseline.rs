//! The arguments about baselines.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Scan;

pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  update: there are new violations that were not accepted
  2  wrong usage, configuration, pack or baseline
  3  the result is incomplete: a file failed, or nothing was found to check";

/// Which baseline a check uses.
#[derive(Debug, Args)]
#[command(next_help_heading = "Baseline")]
pub(crate) struct BaselineArguments {
    /// The file of known violations, which do not fail the run
    #[arg(long, value_name = "FILE", conflicts_with = "no_baseline")]
    pub baseline: Option<PathBuf>,

    /// Use no baseline, even if the configuration names one
    #[arg(long)]
    pub no_baseline: bool,
}

#[derive(Debug, Args)]
pub(crate) struct BaselineSubcommands {
    #[command(subcommand)]
    pub command: BaselineCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BaselineCommand {
    /// Write a baseline of all violations; an existing one is not overwritten
    Create(OnBaseline),
    /// Remove fixed violations from the baseline and list new ones, or add them with --accept-new
    Update {
        #[command(flatten)]
        on: OnBaseline,

        /// Add the new violations
        #[arg(long)]
        accept_new: bool,
    },
    /// Summarise the baseline and what is out of date in it
    Show(OnBaseline),
    /// Remove fixed violations from the baseline
    Prune(OnBaseline),
}

impl BaselineCommand {
    /// The baseline and what to check.
    pub(crate) fn on(&self) -> &OnBaseline {
        match self {
            Self::Create(on) | Self::Show(on) | Self::Prune(on) | Self::Update { on, .. } => on,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct OnBaseline {
    /// The file of known violations [default: that of the configuration, or else
    /// ptlint.baseline.jsonl at the root of the repository]
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    #[command(flatten)]
    pub scan: Scan,
}
