//! What can be typed about changes.

use crate::run::Changes;
use clap::Args;

/// Which part of a repository is checked.
#[derive(Debug, Args)]
#[command(next_help_heading = "Changes")]
pub struct ChangesArguments {
    /// Check what is staged and differs from HEAD, as it is staged, not the work tree
    #[arg(long)]
    pub staged: bool,

    /// Report only what is on lines that changed since the merge base of REV and HEAD
    #[arg(long, value_name = "REV", conflicts_with = "staged")]
    pub changed_since: Option<String>,

    /// With --changed-since: report what is decommissioned on every line
    #[arg(long, requires = "changed_since")]
    pub all_decommissioned: bool,
}

impl ChangesArguments {
    /// The part of the repository.
    pub fn part(&self) -> Changes {
        match &self.changed_since {
            Some(revision) => Changes::Since {
                revision: revision.clone(),
                all_decommissioned: self.all_decommissioned,
            },
            None if self.staged => Changes::Staged,
            None => Changes::All,
        }
    }
}
