//! The command line: arguments → command → exit code. Only this room and `report` print.

mod args;
mod baseline;
mod check;
mod completions;
mod configuration;
mod diff;
mod explain;
mod fix;
mod init;
mod interactive;
mod man;
mod output;
mod plan;
mod progress;
mod rules;
mod schema;
mod show_config;
mod streams;
mod suppress;
mod terminal;
mod why;

use std::io;

use clap::Parser as _;

use args::{Arguments, Command};

/// Exit code for wrong usage, configuration or pack.
const USAGE: u8 = 2;

/// The exit code of a program that was ended by Ctrl-C.
const INTERRUPTED: u8 = 130;

/// Runs the program; the number is the exit code.
#[must_use]
pub fn main() -> u8 {
    let arguments = match Arguments::try_parse() {
        Ok(mut arguments) => {
            if let Command::Fix(command) = &mut arguments.command {
                command.imply_fix();
            }
            arguments
        }
        Err(error) => {
            // Help and version are not errors.
            streams::explain_arguments(&error);
            return if error.use_stderr() { USAGE } else { 0 };
        }
    };
    let terminal = terminal::Terminal::new(arguments.color);
    let result = match &arguments.command {
        Command::Check(command) => check::run(command, terminal),
        Command::Fix(command) => fix::run(command, terminal),
        Command::Plan(command) => plan::run(command, terminal),
        Command::Baseline(command) => baseline::run(command),
        Command::Suppress(command) => suppress::run(command),
        Command::Rules(command) => rules::run(command, terminal),
        Command::Explain(command) => explain::run(command, terminal),
        Command::Why(command) => why::run(command),
        Command::Init(command) => init::run(command),
        Command::Schema(command) => schema::run(command),
        Command::Completions(command) => completions::run(command),
        Command::Man(command) => man::run(command),
    };
    match result {
        Ok(code) => code,
        Err(report) => {
            streams::diagnose(&report, terminal.errors());
            let interrupted = report.downcast_ref::<fix::FixError>();
            if interrupted.is_some_and(fix::FixError::is_interruption) {
                INTERRUPTED
            } else {
                USAGE
            }
        }
    }
}

/// Standard output does not take what is written.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("the output cannot be written: {0}")]
#[diagnostic(
    code(output::write),
    help("check the file or pipe that standard output leads to")
)]
struct OutputError(#[from] io::Error);
