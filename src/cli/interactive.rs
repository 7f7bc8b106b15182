//! `--interactive`: somebody decides about each violation.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _, Write as _, stderr, stdin};
use std::path::{Path, PathBuf};

use crate::catalogue::Catalogue;
use crate::detect::{Detector, MOST_BYTES};
use crate::edit::{self, Change, Edit};
use crate::engine::Engine;
use crate::facts::{Action, Failure, Report, Safety, Terms, Violation};
use crate::fix::{Choices, FilePlanner, FixPlan, Offer};
use crate::input;
use crate::input::{Again, read_again};
use crate::report::concise;
use crate::run::Options;
use crate::suppress::{Adder, NewEntry, Wording};
use crate::text::printable;
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Input, Select};

use super::fix::FixError;
use super::suppress;

/// How to ask, and where answers go that are not for a file.
pub struct Asking<'a> {
    pub colour: bool,
    /// The configuration, when there is one.
    pub configuration: Option<&'a Path>,
}

/// What somebody says about a violation.
enum Answer {
    Take(Offer),
    /// It stays, for this reason.
    Suppress(String),
    Skip,
    SkipFile,
    /// Write what was chosen so far.
    Finish,
    /// Write nothing.
    Abandon,
}

/// Asks about the violations of a report and plans what was chosen; none when nothing will be
/// written.
pub fn plan(
    catalogue: &Catalogue,
    options: &Options,
    roots: &input::Roots,
    report: &Report,
    asking: &Asking<'_>,
) -> miette::Result<Option<FixPlan>> {
    if !stdin().is_terminal() || !stderr().is_terminal() {
        return Err(FixError::NoTerminal.into());
    }
    let theme: &dyn Theme = if asking.colour {
        &ColorfulTheme::default()
    } else {
        &SimpleTheme
    };
    let detector = Detector::new(catalogue, options.settings.min_confidence)
        .without_excerpts()
        .with_echoes();
    let engine = Engine {
        detector: &detector,
        judge: options.judge(),
    };
    let mut planner = FilePlanner::new(engine, true);
    let mut plan = FixPlan::default();
    let mut suppressing = Suppressing::new(catalogue, options, roots, asking.configuration);
    let paths: BTreeSet<&str> = report.violations.iter().map(|v| v.path.as_str()).collect();
    for relative in paths {
        let Some((path, bytes)) = read(&roots.root, relative, &mut plan.failures) else {
            continue;
        };
        let mut choices = planner.choices(&path, relative, bytes);
        let (end, stay) = ask(&mut choices, theme, roots).map_err(super::OutputError)?;
        if matches!(end, Answer::Abandon) {
            return Ok(None);
        }
        let bytes = choices.bytes().to_vec();
        let file = planner.chosen(choices);
        let change = suppressing.add(&path, relative, &bytes, file.change, &stay);
        plan.changes.extend(change);
        plan.fixes.applied.extend(file.applied);
        plan.fixes.refused.extend(file.refused);
        if matches!(end, Answer::Finish) {
            break;
        }
    }
    plan.changes.extend(suppressing.configuration()?);
    Ok(Some(plan))
}

/// What to suppress.
struct Suppressing<'a> {
    options: &'a Options,
    roots: &'a input::Roots,
    detector: Detector<'a>,
    configuration: PathBuf,
    /// The way from the folder of the configuration to the scan root.
    prefix: String,
    entries: Vec<NewEntry>,
}

impl<'a> Suppressing<'a> {
    fn new(
        catalogue: &'a Catalogue,
        options: &'a Options,
        roots: &'a input::Roots,
        configuration: Option<&Path>,
    ) -> Self {
        let (path, prefix) = suppress::configuration_to_change(configuration, roots);
        Self {
            options,
            roots,
            detector: Detector::new(catalogue, options.settings.min_confidence).without_excerpts(),
            prefix,
            configuration: path,
            entries: Vec::new(),
        }
    }

    /// The change of a file with directives for the violations that stay. Where none is possible,
    /// the configuration gets an entry.
    fn add(
        &mut self,
        path: &Path,
        relative: &str,
        bytes: &[u8],
        change: Option<Change>,
        stay: &[(Violation, String)],
    ) -> Option<Change> {
        let mut edits = change.map(|change| change.edits).unwrap_or_default();
        for (violation, reason) in stay {
            let wording = Wording {
                reason: reason.clone(),
                terms: Terms::default(),
            };
            let engine = Engine {
                detector: &self.detector,
                judge: self.options.judge(),
            };
            let edit = Adder::new(engine, &wording).edit_for(violation, bytes);
            let clash = |edit: &Edit| {
                edits.iter().any(|other| {
                    other.span.start <= edit.span.end && edit.span.start <= other.span.end
                })
            };
            match edit {
                Some(edit) if !clash(&edit) => edits.push(edit),
                // The directive for another violation on the line is there already.
                Some(edit) if edits.contains(&edit) => {}
                _ => self
                    .entries
                    .extend(NewEntry::proved(violation, &wording, &self.prefix)),
            }
        }
        edits.sort_by_key(|edit| edit.span.start);
        (!edits.is_empty()).then(|| Change::new(path.to_owned(), relative.to_owned(), bytes, edits))
    }

    /// The change of the configuration, if it gets entries.
    fn configuration(self) -> miette::Result<Option<Change>> {
        if self.entries.is_empty() {
            return Ok(None);
        }
        let (path, prefix) = (self.configuration, &self.prefix);
        let (change, _) = suppress::configure(&self.entries, path, prefix, self.roots)?;
        suppress::make(std::slice::from_ref(&change))?;
        Ok(Some(change))
    }
}

/// A file of the report as it is now. Folders and members of archives are none.
fn read(root: &Path, relative: &str, failures: &mut Vec<Failure>) -> Option<(PathBuf, Vec<u8>)> {
    match read_again(root, relative, MOST_BYTES) {
        Again::File(path, bytes) => Some((path, bytes)),
        Again::NoFile | Again::TooLarge => None,
        Again::Failed(failure) => {
            failures.push(failure);
            None
        }
    }
}

/// Asks about each violation of a file; says how the asking ended, and which ones stay.
fn ask(
    choices: &mut Choices<'_>,
    theme: &dyn Theme,
    roots: &input::Roots,
) -> io::Result<(Answer, Vec<(Violation, String)>)> {
    let mut stay = Vec::new();
    let numbers: Vec<usize> = choices.violations().map(|(number, _)| number).collect();
    for number in numbers {
        match about(choices, number, theme, roots)? {
            Answer::Take(offer) => choices.choose(offer),
            Answer::Suppress(reason) => {
                let violation = choices.violations().find(|(n, _)| *n == number);
                stay.extend(violation.map(|(_, violation)| (violation.clone(), reason)));
            }
            Answer::Skip => {}
            end @ (Answer::SkipFile | Answer::Finish | Answer::Abandon) => return Ok((end, stay)),
        }
    }
    Ok((Answer::Skip, stay))
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
    writeln!(out, "\n{}", concise::line(violation, &roots.here()))?;
    for reason in &reasons {
        writeln!(out, "  {}", printable(reason))?;
    }
    if let Some(reason) = unsafe_because(violation) {
        writeln!(out, "  have a look: {}", printable(reason))?;
    }
    if let Some(offer) = offers.first() {
        show(choices, offer)?;
    }
    let mut items: Vec<String> = offers.iter().map(label).collect();
    let rest = [
        "write another name",
        "suppress it, with a reason",
        "skip it",
        "skip the rest of the file",
        "stop, and write what was chosen",
        "stop, and write nothing",
    ];
    items.extend(rest.map(str::to_owned));
    let none = offers.len() + 2;
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
        1 => match reason(theme)? {
            Some(reason) => Answer::Suppress(reason),
            None => Answer::Skip,
        },
        2 => Answer::Skip,
        3 => Answer::SkipFile,
        4 => Answer::Finish,
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
            Err(reason) => writeln!(stderr(), "  {}", printable(&reason))?,
        }
    }
}

/// Asks why a violation stays; none when nothing is typed.
fn reason(theme: &dyn Theme) -> io::Result<Option<String>> {
    loop {
        let reason: String = Input::with_theme(theme)
            .with_prompt("Why it stays (empty to skip)")
            .allow_empty(true)
            .interact_text()
            .map_err(into_io)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Ok(None);
        }
        if reason.contains(char::is_alphanumeric) && !reason.contains(char::is_control) {
            return Ok(Some(reason.to_owned()));
        }
        writeln!(stderr(), "  the reason says nothing")?;
    }
}

/// Prints what an offer changes.
fn show(choices: &Choices<'_>, offer: &Offer) -> io::Result<()> {
    let mut diff = Vec::new();
    let change = choices.change(offer);
    if edit::unified(&change, choices.bytes(), &mut diff).is_err() {
        return Ok(());
    }
    let mut out = stderr();
    // The path is in the line above.
    for line in diff
        .split(|b| *b == b'\n')
        .skip_while(|l| !l.starts_with(b"@@"))
    {
        let line = String::from_utf8_lossy(line);
        let line = printable(line.trim_end_matches('\r'));
        if !line.is_empty() {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

fn label(offer: &Offer) -> String {
    let note = match offer.note.as_str() {
        "" => String::new(),
        note => format!(" ({})", printable(note)),
    };
    match &offer.text {
        Some(text) => format!("write {}{note}", printable(text)),
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
