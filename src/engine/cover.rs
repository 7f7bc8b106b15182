//! Which violations of a file its directives cover, and which directives cover none.

use crate::directive::{Directive, Directives};
use crate::engine::Judge;
use crate::engine::policy::written;
use crate::facts::{INVALID, Notice, Suppression, UNUSED, Violation};

/// Says whether a rule is about directives.
pub(crate) fn is_about_directives(rule: &str) -> bool {
    rule == UNUSED || rule == INVALID
}

/// The directives of a file, at work.
#[derive(Debug)]
pub(super) struct DirectiveCover<'s> {
    directives: Directives,
    near: Near,
    judge: Judge<'s>,
}

/// Which directives may cover a violation. Most reach only over the lines next to them, so that of many directives few
/// are asked about each of many violations.
#[derive(Debug)]
struct Near {
    /// Those that reach over few lines: the first one and the number of the directive, in this order.
    short: Vec<(u64, usize)>,
    /// The numbers of all others.
    long: Vec<usize>,
}

/// Lines over which most directives reach.
const FEW_LINES: u64 = 64;
/// Suppressions that expired are named for each violation.
const MOST_EXPIRED: usize = 8;

impl Near {
    fn new(directives: &[Directive]) -> Self {
        let reaches_far = |number: &usize| {
            let (first, last) = directives[*number].lines;
            last.saturating_sub(first) >= FEW_LINES
        };
        let (long, short): (Vec<usize>, Vec<usize>) = (0..directives.len()).partition(reaches_far);
        let first_lines = short
            .into_iter()
            .map(|number| (directives[number].lines.0, number));
        let mut short: Vec<(u64, usize)> = first_lines.collect();
        short.sort_unstable();
        Self { short, long }
    }

    /// The numbers of the directives that may reach a line of these, in their order.
    fn numbers(&self, first: u64, last: u64) -> Vec<usize> {
        let from = first.saturating_sub(FEW_LINES);
        let from = self.short.partition_point(|(line, _)| *line < from);
        let to = self.short.partition_point(|(line, _)| *line <= last);
        let short = self.short[from..to.max(from)].iter();
        let mut numbers = self.long.clone();
        numbers.extend(short.map(|(_, number)| *number));
        numbers.sort_unstable();
        numbers
    }
}

impl<'s> DirectiveCover<'s> {
    /// The directives of a file. They do nothing when suppressions are off.
    #[must_use]
    pub(super) fn new(directives: Directives, judge: Judge<'s>) -> Self {
        let directives = if judge.suppressions {
            directives
        } else {
            Directives::default()
        };
        let near = Near::new(&directives.covering);
        Self {
            directives,
            near,
            judge,
        }
    }

    /// Suppresses a violation of the file if a directive covers it.
    pub(super) fn judge(&mut self, violation: &mut Violation) {
        let mut expired = 0;
        for number in self.near.numbers(violation.start.line, violation.end.line) {
            let directive = &mut self.directives.covering[number];
            let (first, last) = directive.lines;
            if violation.end.line < first || last < violation.start.line {
                continue;
            }
            let rule = directive.rules.iter_mut();
            let Some((_, used)) = rule.into_iter().find(|(rule, _)| *rule == violation.rule) else {
                continue;
            };
            *used = true;
            if let Some(date) = directive.terms.expired(self.judge.as_of) {
                expired += 1;
                if expired > MOST_EXPIRED {
                    continue;
                }
                violation.notes.push(format!(
                    "the suppression on line {} expired on {}",
                    directive.start.line,
                    written(date)
                ));
            } else if violation.suppressed.is_none() {
                violation.suppressed = Some(suppression(directive, &violation.path));
            }
        }
    }

    /// What is wrong with the directives of the file at `path`, all violations of which were
    /// judged. When not all of them are known, nothing is called unused.
    #[must_use]
    pub(super) fn finish(self, path: &str, complete: bool) -> Vec<Notice> {
        let mut notices = Vec::new();
        if self.directives.malformed.is_empty() && self.directives.covering.is_empty() {
            return notices;
        }
        if let Some(severity) = self.judge.settings.severity_of_notice(INVALID, path) {
            notices.extend(self.directives.malformed.into_iter().map(|wrong| Notice {
                rule: INVALID.to_owned(),
                severity,
                path: path.to_owned(),
                start: wrong.start,
                end: wrong.end,
                message: wrong.message,
                help: wrong.help,
                excerpt: wrong.excerpt,
            }));
        }
        let severity = self.judge.settings.severity_of_notice(UNUSED, path);
        if let Some(severity) = severity.filter(|_| complete) {
            let directives = self.directives.covering.into_iter();
            notices.extend(directives.filter_map(|directive| {
                Some(Notice {
                    rule: UNUSED.to_owned(),
                    severity,
                    path: path.to_owned(),
                    message: unused(&directive)?,
                    help: "delete it, or move it to the violation that it is meant for".to_owned(),
                    start: directive.start,
                    end: directive.end,
                    excerpt: directive.excerpt,
                })
            }));
        }
        notices
    }
}

/// What a directive does not cover, if there is something.
fn unused(directive: &Directive) -> Option<String> {
    if directive.sample {
        return None;
    }
    let rules = directive.rules.iter();
    let unused: Vec<String> = rules
        .filter(|(_, used)| !used)
        .map(|(rule, _)| format!("`{rule}`"))
        .collect();
    (!unused.is_empty()).then(|| {
        let rules = unused.join(" or ");
        format!("this suppression covers no violation of {rules}")
    })
}

fn suppression(directive: &Directive, path: &str) -> Suppression {
    let terms = &directive.terms;
    Suppression {
        by: Suppression::INLINE.to_owned(),
        scope: Some(directive.scope.word().to_owned()),
        reason: directive.reason.clone(),
        path: Some(path.to_owned()),
        line: Some(directive.start.line),
        until: terms.until.map(|date| date.to_string()),
        owner: terms.owner.clone(),
        ticket: terms.ticket.clone(),
    }
}
