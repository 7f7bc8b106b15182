//! The questions of `--interactive`, and what was decided for all violations with a name.

use std::io::{self, Write as _, stderr};

use dialoguer::theme::Theme;
use dialoguer::{Input, Select};

use crate::cli::suppress::is_reason;
use crate::edit::{self, DiffReader};
use crate::facts::{Safety, Violation};
use crate::fix::{Choices, Offer};
use crate::input::Roots;
use crate::report::concise;
use crate::text::printable;

/// What somebody says about a violation.
pub(super) enum Answer {
    Choose(Offer),
    /// The same for the violations like this one that are still to come.
    ChooseForAll(Offer),
    /// It stays, for this reason.
    Suppress(String),
    Skip,
    /// The violations like this one that are still to come are skipped too.
    SkipAll,
    SkipFile,
    /// Write what was chosen so far.
    Finish,
    /// Write nothing.
    Abandon,
}

/// Asks one violation after the other, and keeps what was said for all like it.
pub(super) struct Questions<'a> {
    pub theme: &'a dyn Theme,
    pub roots: &'a Roots,
    /// Violations to ask about, in all files.
    pub total: usize,
    /// Violations that were asked about or decided with others.
    pub past: usize,
    pub chosen: usize,
    pub decisions: Vec<JointDecision>,
}

/// What was decided for all violations with a name.
pub(super) struct JointDecision {
    name: String,
    choice: Together,
    /// Those that need review are meant too.
    includes_unsafe: bool,
}

impl Questions<'_> {
    /// Asks about each violation of a file; says how the asking ended, and which ones stay.
    pub(super) fn ask_about_file(
        &mut self,
        choices: &mut Choices<'_>,
    ) -> io::Result<(Answer, Vec<(Violation, String)>)> {
        let mut stay = Vec::new();
        let asked: Vec<(usize, Violation)> = choices
            .violations()
            .map(|(number, violation)| (number, violation.clone()))
            .collect();
        let end = self.past + asked.len();
        for (number, violation) in asked {
            self.past += 1;
            if let Some(decision) = self
                .decisions
                .iter()
                .find(|decision| decision.fits(&violation))
            {
                let (offers, _) = choices.offers(number);
                let done_by = |offer: &Offer| decision.choice.is_done_by(offer);
                if let Some(offer) = offers.into_iter().find(done_by) {
                    choices.choose(offer);
                    self.chosen += 1;
                }
                continue;
            }
            let answer = self.ask(choices, number, &violation)?;
            let is_choice = matches!(
                answer,
                Answer::Choose(_) | Answer::ChooseForAll(_) | Answer::Suppress(_)
            );
            self.chosen += usize::from(is_choice);
            match answer {
                Answer::Choose(offer) => choices.choose(offer),
                Answer::ChooseForAll(offer) => {
                    self.decisions.push(JointDecision {
                        choice: match &offer.text {
                            Some(text) => Together::Write(text.clone()),
                            None => Together::Delete,
                        },
                        includes_unsafe: needs_review(&violation),
                        name: violation.name,
                    });
                    choices.choose(offer);
                }
                Answer::Suppress(reason) => stay.push((violation, reason)),
                Answer::Skip => {}
                Answer::SkipAll => self.decisions.push(JointDecision {
                    name: violation.name,
                    choice: Together::Skip,
                    includes_unsafe: true,
                }),
                ended @ (Answer::SkipFile | Answer::Finish | Answer::Abandon) => {
                    self.past = end;
                    return Ok((ended, stay));
                }
            }
        }
        Ok((Answer::Skip, stay))
    }

    /// Asks about one violation.
    fn ask(
        &self,
        choices: &Choices<'_>,
        number: usize,
        violation: &Violation,
    ) -> io::Result<Answer> {
        let (offers, reasons) = choices.offers(number);
        let mut out = stderr();
        writeln!(out, "\n{}", concise::line(violation, &self.roots.here()))?;
        for reason in &reasons {
            writeln!(out, "  {}", printable(reason))?;
        }
        if needs_review(violation) {
            let reason = violation.replacement.as_ref();
            let reason = reason.and_then(|advice| advice.unsafe_because.as_deref());
            writeln!(
                out,
                "  needs review: {}",
                printable(reason.unwrap_or("it may change more"))
            )?;
        }
        if let Some(offer) = offers.first() {
            show(choices, offer)?;
        }
        let mut items: Vec<(String, Answer)> = Vec::new();
        for offer in &offers {
            items.push((label(offer), Answer::Choose(offer.clone())));
        }
        let skip = items.len() + 2;
        let first = if offers.is_empty() || needs_review(violation) {
            skip
        } else {
            0
        };
        let other = "write another name".to_owned();
        let suppress = "suppress it, with a reason".to_owned();
        items.push((other, Answer::Skip));
        items.push((suppress, Answer::Suppress(String::new())));
        items.push(("skip it".to_owned(), Answer::Skip));
        if self.past < self.total {
            if let Some(offer) = offers.first() {
                let text = format!("{}, and the same for all like this", label(offer));
                items.push((text, Answer::ChooseForAll(offer.clone())));
            }
            items.push(("skip all like this".to_owned(), Answer::SkipAll));
        }
        for (text, answer) in [
            ("skip the rest of the file", Answer::SkipFile),
            ("stop, and write what was chosen", Answer::Finish),
            ("stop, and write nothing", Answer::Abandon),
        ] {
            items.push((text.to_owned(), answer));
        }
        let texts: Vec<&str> = items.iter().map(|(text, _)| text.as_str()).collect();
        let picked = Select::with_theme(self.theme)
            .with_prompt(format!("What to do ({} of {})", self.past, self.total))
            .items(&texts)
            .default(first)
            .interact_opt()
            .map_err(into_io)?
            .unwrap_or(skip);
        if picked == offers.len() {
            let typed = other_name(choices, number, self.theme)?;
            return Ok(typed.map_or(Answer::Skip, Answer::Choose));
        }
        if picked == offers.len() + 1 {
            return Ok(reason(self.theme)?.map_or(Answer::Skip, Answer::Suppress));
        }
        Ok(items.swap_remove(picked).1)
    }
}

/// What becomes of violations that are decided together.
enum Together {
    Write(String),
    Delete,
    Skip,
}

impl Together {
    /// Says whether an offer does this.
    fn is_done_by(&self, offer: &Offer) -> bool {
        match (self, &offer.text) {
            (Self::Write(wanted), Some(text)) => wanted == text,
            (Self::Delete, None) => true,
            _ => false,
        }
    }
}

impl JointDecision {
    /// Says whether a violation is one of those that were decided together.
    fn fits(&self, violation: &Violation) -> bool {
        self.name == violation.name && (self.includes_unsafe || !needs_review(violation))
    }
}

/// Asks for a name until it can be written; none when nothing is typed.
fn other_name(
    choices: &Choices<'_>,
    number: usize,
    theme: &dyn Theme,
) -> io::Result<Option<Offer>> {
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
        if is_reason(reason) {
            return Ok(Some(reason.to_owned()));
        }
        writeln!(stderr(), "  the reason is empty")?;
    }
}

/// Prints what an offer changes.
fn show(choices: &Choices<'_>, offer: &Offer) -> io::Result<()> {
    let mut diff = Vec::new();
    let change = choices.change(offer);
    if edit::unified(
        &change,
        choices.bytes(),
        &change.relative,
        DiffReader::Person,
        &mut diff,
    )
    .is_err()
    {
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

/// Says whether what is proposed for a violation has to be reviewed.
fn needs_review(violation: &Violation) -> bool {
    let advice = violation.replacement.as_ref();
    advice.is_none_or(|advice| advice.safety == Safety::Unsafe)
}

fn into_io(error: dialoguer::Error) -> io::Error {
    let dialoguer::Error::IO(error) = error;
    error
}
