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
    judge: Judge<'s>,
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
        Self { directives, judge }
    }

    /// Suppresses a violation of the file if a directive covers it.
    pub(super) fn judge(&mut self, violation: &mut Violation) {
        for directive in &mut self.directives.covering {
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
