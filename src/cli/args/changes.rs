//! The arguments about changes.

use crate::run::Changes;
use clap::Args;

/// Which part of a repository is checked.
#[derive(Debug, Args)]
#[command(next_help_heading = "Changes")]
pub(crate) struct ChangesArguments {
    /// Check the staged content of files that differ from HEAD, instead of the work tree
    #[arg(long)]
    pub staged: bool,

    /// Report only lines that changed since the merge base of REV and HEAD
    #[arg(long, value_name = "REV", conflicts_with = "staged")]
    pub changed_since: Option<String>,

    /// With --changed-since: report decommissioned environments on unchanged lines, too
    #[arg(long, requires = "changed_since")]
    pub all_decommissioned: bool,
}

impl ChangesArguments {
    /// The part of the repository.
    pub(crate) fn part(&self) -> Changes {
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
