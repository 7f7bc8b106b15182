//! `--interactive`: somebody decides about each violation.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, IsTerminal as _, Write as _, stderr, stdin};
use std::path::Path;

use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Input, Select};
use ptlint::catalogue::Catalogue;
use ptlint::detect::{self, Detector, MOST_BYTES};
use ptlint::fix::{self, Choices, FilePlanner, FixPlan, Offer};
use ptlint::report::{Action, Failure, Report, Safety, Violation, concise};
use ptlint::{Options, input};

use super::fix::FixError;

/// What somebody says about a violation.
enum Answer {
    Take(Offer),
    Skip,
    SkipFile,
    /// Write what was chosen so far.
    Finish,
    /// Write nothing.
    Abandon,
}

/// Asks about the violations of a report and plans what was chosen; none when nothing is to be
/// written.
pub fn plan(
    catalogue: &Catalogue,
    options: &Options,
    roots: &input::Roots,
    report: &Report,
    colour: bool,
) -> miette::Result<Option<FixPlan>> {
    if !stdin().is_terminal() || !stderr().is_terminal() {
        return Err(FixError::NoTerminal.into());
    }
    let theme: &dyn Theme = if colour {
        &ColorfulTheme::default()
    } else {
        &SimpleTheme
    };
    let detector = Detector::new(catalogue, options.settings.min_confidence)
        .without_excerpts()
        .with_echoes();
    let mut planner = FilePlanner::new(&detector, &options.settings, options.as_of, true);
    let mut plan = FixPlan::default();
    let paths: BTreeSet<&str> = report.violations.iter().map(|v| v.path.as_str()).collect();
    for relative in paths {
        let Some(bytes) = read(&roots.root, relative, &mut plan.failures) else {
            continue;
        };
        let (path, bytes) = bytes;
        let mut choices = planner.choices(&path, relative, bytes);
        let end = ask(&mut choices, theme, roots).map_err(super::OutputError)?;
        if matches!(end, Answer::Abandon) {
            return Ok(None);
        }
        let file = planner.chosen(choices);
        plan.changes.extend(file.change);
        plan.fixes.applied.extend(file.applied);
        plan.fixes.refused.extend(file.refused);
        if matches!(end, Answer::Finish) {
            break;
        }
    }
    Ok(Some(plan))
}

/// A file of the report as it is now. Folders and members of archives are none.
fn read(
    root: &Path,
    relative: &str,
    failures: &mut Vec<Failure>,
) -> Option<(std::path::PathBuf, Vec<u8>)> {
    let path = root.join(relative).canonicalize().ok()?;
    let metadata = fs::metadata(&path).ok()?;
    if !metadata.is_file() || metadata.len() > MOST_BYTES {
        return None;
    }
    match fs::read(&path) {
        Ok(bytes) => Some((path, bytes)),
        Err(error) => {
            failures.push(Failure {
                path: relative.to_owned(),
                message: error.to_string(),
            });
            None
        }
    }
}

/// Asks about each violation of a file; says how the asking ended.
fn ask(choices: &mut Choices<'_>, theme: &dyn Theme, roots: &input::Roots) -> io::Result<Answer> {
    let numbers: Vec<usize> = choices.violations().map(|(number, _)| number).collect();
    for number in numbers {
        match about(choices, number, theme, roots)? {
            Answer::Take(offer) => choices.choose(offer),
            Answer::Skip => {}
            Answer::SkipFile => return Ok(Answer::SkipFile),
            end @ (Answer::Finish | Answer::Abandon) => return Ok(end),
        }
    }
    Ok(Answer::Skip)
}

fn about(
    choices: &Choices<'_>,
    number: usize,
    theme: &dyn Theme,
    roots: &input::Roots,
) -> io::Result<Answer> {
    let Some((_, violation)) = choices.violations().find(|(n, _)| *n == number) else {
        return Ok(Answer::Skip);
    };
    let (offers, reasons) = choices.offers(number);
    let mut out = stderr();
    writeln!(
        out,
        "\n{}",
        concise::line(violation, &|path| roots.show(path))
    )?;
    for reason in &reasons {
        writeln!(out, "  {}", detect::printable(reason))?;
    }
    if let Some(reason) = unsafe_because(violation) {
        writeln!(out, "  have a look: {}", detect::printable(reason))?;
    }
    if let Some(offer) = offers.first() {
        show(choices, offer)?;
    }
    let mut items: Vec<String> = offers.iter().map(label).collect();
    let rest = [
        "write another name",
        "skip it",
        "skip the rest of the file",
        "stop, and write what was chosen",
        "stop, and write nothing",
    ];
    items.extend(rest.map(str::to_owned));
    let none = offers.len() + 1;
    let picked = Select::with_theme(theme)
        .with_prompt("What to do")
        .items(&items)
        .default(if offers.is_empty() { none } else { 0 })
        .interact_opt()
        .map_err(into_io)?
        .unwrap_or(none);
    if let Some(offer) = offers.get(picked) {
        return Ok(Answer::Take(offer.clone()));
    }
    Ok(match picked - offers.len() {
        0 => match other(choices, number, theme)? {
            Some(offer) => Answer::Take(offer),
            None => Answer::Skip,
        },
        1 => Answer::Skip,
        2 => Answer::SkipFile,
        3 => Answer::Finish,
        _ => Answer::Abandon,
    })
}

/// Asks for a name until it can be written; none when nothing is typed.
fn other(choices: &Choices<'_>, number: usize, theme: &dyn Theme) -> io::Result<Option<Offer>> {
    loop {
        let name: String = Input::with_theme(theme)
            .with_prompt("Host name (empty to skip)")
            .allow_empty(true)
            .interact_text()
            .map_err(into_io)?;
        let name = name.trim();
        if name.is_empty() {
            return Ok(None);
        }
        match choices.other(number, name) {
            Ok(offer) => {
                show(choices, &offer)?;
                return Ok(Some(offer));
            }
            Err(reason) => writeln!(stderr(), "  {}", detect::printable(&reason))?,
        }
    }
}

/// Prints what an offer changes.
fn show(choices: &Choices<'_>, offer: &Offer) -> io::Result<()> {
    let mut diff = Vec::new();
    let change = choices.change(offer);
    if fix::unified(&change, choices.bytes(), &mut diff).is_err() {
        return Ok(());
    }
    let mut out = stderr();
    // The path is in the line above.
    for line in diff
        .split(|b| *b == b'\n')
        .skip_while(|l| !l.starts_with(b"@@"))
    {
        let line = String::from_utf8_lossy(line);
        let line = detect::printable(line.trim_end_matches('\r'));
        if !line.is_empty() {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

fn label(offer: &Offer) -> String {
    let note = match offer.note.as_str() {
        "" => String::new(),
        note => format!(" ({})", detect::printable(note)),
    };
    match &offer.text {
        Some(text) => format!("write {}{note}", detect::printable(text)),
        None => format!("delete the entry{note}"),
    }
}

fn unsafe_because(violation: &Violation) -> Option<&str> {
    let advice = violation.replacement.as_ref()?;
    let is_open = advice.safety == Safety::Unsafe && advice.action == Action::Replace;
    is_open
        .then_some(advice.unsafe_because.as_deref())
        .flatten()
}

fn into_io(error: dialoguer::Error) -> io::Error {
    let dialoguer::Error::IO(error) = error;
    error
}
