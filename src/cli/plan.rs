//! `ptlint plan`.

use std::io::{BufWriter, Write as _};

use crate::input;
use crate::input::Roots;
use crate::plan::plan;
use crate::run::compile_packs;

use super::args::Plan;
use super::configuration::load;
use super::streams::output;
use super::terminal::Terminal;
use super::{OutputError, progress};

/// The work list is made of files, which are read twice.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("a plan cannot be made of standard input")]
#[diagnostic(code("plan::standard-input"), help("name files or folders"))]
struct PlanOfStandardInput;

/// Makes a plan and prints it; the number is the exit code.
pub(super) fn run(arguments: &Plan, terminal: Terminal) -> miette::Result<u8> {
    if input::names_stdin(&arguments.scan.paths) {
        return Err(PlanOfStandardInput.into());
    }
    let loaded = load(&arguments.scan, None)?;
    let catalogue = compile_packs(&loaded.settings)?;
    loaded.check_ids(&catalogue)?;
    let mut options = loaded.options(&arguments.scan);
    options.provenance = true;
    let list = progress::during(&options.progress, || plan(&catalogue, &options))?;

    let roots = input::roots(&options.paths).ok();
    let shown = roots.as_ref().map(Roots::here).unwrap_or_default();
    let mut out = BufWriter::new(output());
    (arguments.format.print)(&list, terminal.output(), &shown, &mut out)
        .and_then(|()| out.flush())
        .map_err(OutputError)?;
    Ok(list.exit_code())
}
