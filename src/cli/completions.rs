//! `ptlint completions`.

use std::io::Write as _;

use clap::CommandFactory as _;

use super::OutputError;
use super::args::{Arguments, Completions};
use super::streams::output;

/// Prints what a shell reads to complete the command line.
pub(super) fn run(arguments: &Completions) -> miette::Result<u8> {
    let mut command = Arguments::command();
    let name = command.get_name().to_owned();
    // The generator panics when it cannot write, so it gets memory and not a pipe that may be closed.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    output().write_all(&script).map_err(OutputError)?;
    Ok(0)
}
