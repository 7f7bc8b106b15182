//! `ptlint man`.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::CommandFactory as _;

use super::OutputError;
use super::args::{Arguments, Man};
use super::streams::output;

/// Why the manual was not written.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("the manual cannot be written into {}", .folder.display())]
#[diagnostic(
    code(man::write),
    help("name a folder that you may write to; it is made if it does not exist")
)]
pub(super) struct ManError {
    folder: PathBuf,
    source: io::Error,
}

/// Prints the page of the program, or writes it and those of all commands.
pub(super) fn run(arguments: &Man) -> miette::Result<u8> {
    let command = Arguments::command();
    match &arguments.out {
        Some(folder) => write(command, folder).map_err(|source| ManError {
            folder: folder.clone(),
            source,
        })?,
        None => print(command).map_err(OutputError)?,
    }
    Ok(0)
}

fn print(mut command: clap::Command) -> io::Result<()> {
    command.build();
    let mut text = Vec::new();
    page(command).render(&mut text)?;
    output().write_all(&text)
}

fn write(mut command: clap::Command, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    // Names commands by the way to them, e.g. `ptlint-rules-list`.
    command.build();
    let mut open = vec![command];
    while let Some(command) = open.pop() {
        open.extend(command.get_subcommands().cloned());
        page(command).generate_to(folder)?;
    }
    Ok(())
}

fn page(command: clap::Command) -> clap_mangen::Man {
    clap_mangen::Man::new(command)
        .source(concat!("ptlint ", env!("CARGO_PKG_VERSION")))
        .manual("ptlint manual")
}
