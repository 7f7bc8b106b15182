//! `ptlint check`.

use std::io::{BufWriter, Write as _, stdout};

use ptlint::report::{concise, human, json};
use ptlint::{check_with, compile_packs, input};

use super::OutputError;
use super::args::{Check, Format};
use super::configuration::load;
use super::fix;
use super::progress;
use super::terminal::Terminal;

/// Checks and prints; the number is the exit code.
pub fn run(arguments: &Check, terminal: Terminal) -> miette::Result<u8> {
    let loaded = load(&arguments.scan, arguments.fail_on)?;
    let catalogue = compile_packs(&loaded.settings)?;
    loaded.check_ids(&catalogue)?;
    if arguments.show_config {
        stdout()
            .write_all(loaded.show().as_bytes())
            .map_err(OutputError)?;
        return Ok(0);
    }
    let mut options = loaded.options(&arguments.scan);
    options.stdin_filename.clone_from(&arguments.stdin_filename);
    options.settings.suppressions = !arguments.no_suppressions;
    options.excerpts = arguments.format == Format::Human;
    fix::check(arguments)?;
    let report = progress::during(&options.progress, || check_with(&catalogue, &options))?;

    let roots = input::roots(&options.paths).ok();
    let shown = |path: &str| match &roots {
        Some(roots) => roots.show(path),
        None => path.to_owned(),
    };
    let report = match &roots {
        Some(roots) if arguments.fixing.diff => {
            return fix::diff(arguments, &catalogue, &options, roots, &report);
        }
        Some(roots) if arguments.fixing.fix => {
            fix::write(arguments, &catalogue, &options, roots, report)?
        }
        _ => report,
    };
    let mut out = BufWriter::new(stdout().lock());
    match arguments.format {
        Format::Human => {
            let mut style = terminal.output();
            if arguments.full {
                style.full = None;
            }
            human::write(&report, style, &shown, &mut out)
        }
        Format::Concise => concise::write(&report, &shown, &mut out),
        Format::Json => json::write(&report, &mut out),
    }
    .and_then(|()| out.flush())
    .map_err(OutputError)?;
    let verdict = report.verdict(options.settings.fail_on, arguments.strict);
    Ok(verdict.exit_code())
}
