//! The arguments for fixing, and for undoing fixes.

use std::path::PathBuf;

use clap::Args;

use super::Check;

/// What to do about violations with a replacement.
#[derive(Debug, Args)]
#[command(next_help_heading = "Fixes")]
// Each is a switch of its own on the command line.
#[allow(clippy::struct_excessive_bools)]
pub(crate) struct Fixing {
    /// Write the safe replacements, then check again
    #[arg(long)]
    pub fix: bool,

    /// With --fix, --diff and --interactive: include replacements that need review
    #[arg(long)]
    pub unsafe_fixes: bool,

    /// Print what --fix would change as a unified diff, without changing files; exit with 1 if
    /// there is something to change
    #[arg(long, conflicts_with_all = ["fix", "interactive"])]
    pub diff: bool,

    /// Ask what to do about each violation
    #[arg(long)]
    pub interactive: bool,

    /// Keep a copy of each changed file, with SUFFIX added to its name
    #[arg(long, value_name = "SUFFIX")]
    pub backup: Option<String>,

    /// Where to write the undo patch [default: the next number in .ptlint/undo]
    #[arg(long, value_name = "FILE")]
    pub undo_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Fix {
    #[command(flatten)]
    pub check: Check,

    /// Undo the last run, or the one that wrote this undo patch
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        conflicts_with_all = ["unsafe_fixes", "diff", "interactive"]
    )]
    // No option, an option without a value, or with one.
    #[allow(clippy::option_option)]
    pub undo: Option<Option<PathBuf>>,
}

impl Fix {
    /// Arguments that say nothing to a run that fixes: they are refused or implied, and help leaves
    /// them out.
    pub(crate) const ONLY_CHECKS: [&str; 5] = [
        "all_decommissioned",
        "changed_since",
        "fix",
        "staged",
        "stdin_filename",
    ];

    /// Fixes are written unless they are only asked about or compared.
    pub(crate) fn imply_fix(&mut self) {
        let fixing = &mut self.check.fixing;
        fixing.fix = !fixing.diff && !fixing.interactive;
    }
}
