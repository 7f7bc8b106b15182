//! `ptlint check`.

use std::io::{BufWriter, Write as _};

use crate::facts::{BaselineUsed, RuleDocs};
use crate::input;
use crate::input::Roots;
use crate::report::{Presentation, gaps, human, replaced_packs};
use crate::run::{check_with, compile_packs};

use super::args::Check;
use super::configuration::load;
use super::interactive::Asking;
use super::streams::{errors, output};
use super::terminal::Terminal;
use super::{OutputError, baseline, fix, output, progress};

/// A name for standard input, which is not read.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("--stdin-filename names standard input, but `-` is not among the paths")]
#[diagnostic(
    code("check::no-stdin"),
    help("add `-`, as in `ptlint check - --stdin-filename NAME`")
)]
struct NoStandardInput;

/// Checks and prints; the number is the exit code.
pub(super) fn run(arguments: &Check, terminal: Terminal) -> miette::Result<u8> {
    if arguments.stdin_filename.is_some() && !input::names_stdin(&arguments.scan.paths) {
        return Err(NoStandardInput.into());
    }
    let loaded = load(&arguments.scan, arguments.fail_on)?;
    let catalogue = compile_packs(&loaded.settings)?;
    loaded.check_ids(&catalogue)?;
    if arguments.show_config {
        output()
            .write_all(loaded.show().as_bytes())
            .map_err(OutputError)?;
        return Ok(0);
    }
    let mut options = loaded.options(&arguments.scan);
    options.stdin_filename.clone_from(&arguments.stdin_filename);
    let formats = || {
        let files = arguments.output.iter().map(|output| output.format);
        files.chain([arguments.format])
    };
    options.excerpts = formats().any(|format| format.shows_source);
    let github = std::env::var_os("GITHUB_STEP_SUMMARY").is_some();
    options.provenance =
        formats().any(|format| format.is_about_run || github && format.summary.is_some());
    let roots = input::roots(&options.paths).ok();
    output::prepare(&arguments.output, roots.as_ref(), &mut options.settings)?;
    options.changes = arguments.changes.part();
    options.baseline = baseline::of_check(&arguments.baseline, &options.settings)?;
    options.suppressions = !arguments.no_suppressions;
    fix::check(arguments)?;
    let report = progress::during(&options.progress, || check_with(&catalogue, &options))?;

    let shown = roots.as_ref().map(Roots::here).unwrap_or_default();
    let report = match &roots {
        Some(roots) if arguments.fixing.diff => {
            return fix::diff(arguments, &catalogue, &options, roots, &report);
        }
        Some(roots) if arguments.fixing.fix => {
            fix::write(arguments, &catalogue, &options, roots, report)?
        }
        Some(roots) if arguments.fixing.interactive => {
            let asking = Asking {
                colour: terminal.errors().colour,
                configuration: loaded.path.as_deref(),
            };
            fix::interactive(arguments, &catalogue, &options, roots, report, &asking)?
        }
        Some(roots) if formats().any(|format| format.says_fixes) => {
            fix::counted(arguments, &catalogue, &options, roots, report)
        }
        _ => report,
    };
    let rooted = roots.as_ref().map(Roots::repository_paths);
    let rooted = rooted.unwrap_or_default();
    let mut style = terminal.output();
    if arguments.full {
        style.full = None;
    }
    let docs = RuleDocs::new(&catalogue);
    let frame = Presentation {
        docs: &docs,
        shown: &shown,
        rooted: &rooted,
        style,
    };
    // Files first: the reader of standard output may leave early.
    output::write(&arguments.output, &report, frame)?;
    if let Some(summary) = formats().find_map(|format| format.summary) {
        output::job_summary(summary, &report, frame)?;
    }
    let mut out = BufWriter::new(output());
    arguments
        .format
        .write(&report, frame, &mut out)
        .and_then(|()| out.flush())
        .map_err(OutputError)?;
    if let Some(fixes) = report
        .fixes
        .as_ref()
        .filter(|_| !arguments.format.says_fixes)
    {
        human::fixes(fixes, &shown, &mut errors()).map_err(OutputError)?;
    }
    let replaced = replaced_packs(&report);
    if let Some(note) = replaced.filter(|_| !arguments.format.says_replaced_packs) {
        writeln!(errors(), "note: {note}").map_err(OutputError)?;
    }
    if let Some(gaps) = gaps(&report).filter(|_| !arguments.format.is_about_run) {
        writeln!(errors(), "note: {gaps}").map_err(OutputError)?;
    }
    if !arguments.format.says_baseline {
        for note in report.baseline.iter().flat_map(BaselineUsed::notes) {
            writeln!(errors(), "note: {note}").map_err(OutputError)?;
        }
    }
    let verdict = report.verdict(options.settings.fail_on, arguments.strict);
    Ok(verdict.exit_code())
}
