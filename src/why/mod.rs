//! Why a line of a file is reported or quiet: each name on it, what it is, and what decided.

mod quiet;

use std::ops::Range;
use std::path::Path;

use crate::catalogue::Catalogue;
use crate::facts::{
    Action, Advice, Confidence, Context, Paths, Report, Severity, SkipReason, Suppression, View,
    Violation,
};
use crate::files;
use crate::input;
use crate::run::{CheckError, Options, check_with};
use crate::text::{Position, mask, printable};

/// What is known about a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Explanation {
    /// Its path as the user would open it.
    pub path: String,
    /// Number of the line, from 1.
    pub line: u64,
    /// The line, safe to print; none when the file ends before it.
    pub text: Option<String>,
    /// Why the file is not checked at all.
    pub left_out: Option<String>,
    /// What the run says about the whole file.
    pub remarks: Vec<String>,
    /// The names on the line.
    pub names: Vec<ExplainedName>,
}

/// A name on a line, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExplainedName {
    /// The source text.
    pub text: String,
    /// Column from 1.
    pub column: u64,
    /// Whether a check reports it.
    pub reported: bool,
    /// The reasons, in the order in which they decide.
    pub because: Vec<String>,
}

/// Explains a line of a file.
///
/// # Errors
/// When the file does not exist.
pub(crate) fn explain(
    catalogue: &Catalogue,
    options: &Options,
    path: &Path,
    line: u64,
) -> Result<Explanation, CheckError> {
    let missing = |source| CheckError::NoSuchPath {
        path: path.to_path_buf(),
        source,
    };
    let bytes = files::read(path, u64::MAX).map_err(missing)?;
    let place = input::place(path).map_err(missing)?;
    let roots = input::roots(&[path.to_path_buf()])
        .map_err(|(path, source)| CheckError::NoSuchPath { path, source })?;
    let relative = input::report_path(place.strip_prefix(&roots.root).unwrap_or(&place));
    let shown = roots.here();
    let left_out = if options.settings.leaves_out(&relative) {
        Some("`include` or `exclude` of the configuration, or --exclude, leaves it out".to_owned())
    } else if options.respect_ignore && input::ignores(&place) {
        Some(
            "git ignores it and does not track it; naming it, or --no-ignore, checks it".to_owned(),
        )
    } else {
        None
    };
    // Everything is looked for, so that it can be said why it is not reported.
    let mut all = options.clone();
    all.paths = vec![path.to_path_buf()];
    all.settings.exclude = crate::text::Globs::default();
    all.settings.include.clear();
    all.settings.min_confidence = Confidence::Speculative;
    let report = check_with(catalogue, &all)?;
    let decoded = decoded(&bytes).unwrap_or_default();
    let place = line_in(&decoded, line);
    let asked = AskedLine {
        catalogue,
        options,
        line,
    };
    let mut names = asked.found(&report);
    if let Some(place) = &place {
        asked.quiet(&decoded, place.clone(), &mut names);
    }
    names.sort_by_key(|name| name.column);
    let text = place.map(|place| &decoded[place]);
    Ok(Explanation {
        path: shown.show(&relative),
        line,
        text: text.map(|text| printable(&mask(text))),
        left_out,
        remarks: remarks(&report, &shown),
        names,
    })
}

fn decoded(bytes: &[u8]) -> Option<String> {
    let encoding = crate::text::Encoding::detect(bytes, true);
    let decoded = crate::text::Decoded::new(bytes, encoding)?;
    Some(decoded.text().to_owned())
}

/// Where a line is in a text.
fn line_in(text: &str, line: u64) -> Option<Range<usize>> {
    let number = usize::try_from(line).ok()?.checked_sub(1)?;
    let line = text.split('\n').nth(number)?;
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    Some(start..start + line.len())
}

fn remarks(report: &Report, shown: &Paths) -> Vec<String> {
    let skipped = report.coverage.skipped.iter();
    let skips = skipped
        .filter(|(reason, _)| **reason != SkipReason::Archive)
        .map(|(reason, skipped)| {
            let paths = skipped.paths.iter().map(|path| shown.show(path));
            let paths: Vec<String> = paths.collect();
            format!("{}: {}", reason.words(skipped.count), paths.join(", "))
        });
    let failures = report.failures.iter().map(|f| f.message.clone());
    skips.chain(failures).collect()
}

struct AskedLine<'a> {
    catalogue: &'a Catalogue,
    options: &'a Options,
    line: u64,
}

impl AskedLine<'_> {
    /// What the check found on the line, reported or not.
    fn found(&self, report: &Report) -> Vec<ExplainedName> {
        let all = report.violations.iter().chain(&report.suppressed);
        let all_again = all.clone();
        all.filter(|v| v.context != Context::FileName)
            .filter(|v| {
                v.start.line <= self.line && self.line <= v.end.line
                    || v.related
                        .iter()
                        .any(|r| r.start.line == self.line && v.occurrences > 1)
            })
            .map(|violation| self.violation(violation))
            .chain(all_again.flat_map(|violation| self.elsewhere(violation)))
            .collect()
    }

    /// Places on the line that belong to a violation on another one.
    fn elsewhere(&self, violation: &Violation) -> Vec<ExplainedName> {
        let is_own = violation.start.line <= self.line && self.line <= violation.end.line;
        if is_own {
            return Vec::new();
        }
        let here = violation.chain().iter();
        let here = here.filter(|r| r.path == violation.path && r.start.line == self.line);
        let names = here.map(|related| ExplainedName {
            text: printable(&violation.name),
            column: related.start.column,
            reported: false,
            because: vec![
                printable(&related.message),
                format!(
                    "quiet here: reported on line {}, as {}",
                    violation.start.line, violation.rule
                ),
            ],
        });
        names.collect()
    }

    fn violation(&self, violation: &Violation) -> ExplainedName {
        let mut because = vec![format!(
            "{}: {}",
            violation.rule,
            printable(&violation.dated_message)
        )];
        if let Some(key) = &violation.key {
            because.push(format!("its key is {}", printable(key)));
        }
        because.extend(read_as(violation));
        because.push(format!(
            "{} that it is meant; {}",
            word(violation.confidence),
            self.weight(violation)
        ));
        because.extend(violation.replacement.as_ref().map(instead));
        because.extend(violation.chain().iter().map(|related| {
            let Position { line, column, .. } = related.start;
            printable(&format!(
                "{}:{line}:{column}: {}",
                related.path, related.message
            ))
        }));
        because.extend(violation.notes.iter().map(|note| printable(note)));
        let least = self.options.settings.min_confidence;
        let mut reported = true;
        if violation.confidence < least {
            reported = false;
            because.push(format!(
                "quiet: its confidence is {}, and {} is the least that is reported",
                word(violation.confidence),
                word(least)
            ));
        }
        if let Some(suppression) = &violation.suppressed {
            reported = false;
            because.push(format!(
                "quiet: suppressed by the {}: {}",
                suppressor(suppression),
                printable(&suppression.reason)
            ));
        }
        ExplainedName {
            text: printable(&violation.matched),
            column: violation.start.column,
            reported,
            because,
        }
    }

    /// How the severity came about.
    fn weight(&self, violation: &Violation) -> String {
        let severity = format!("{:?}", violation.severity).to_lowercase();
        let capped = match violation.context {
            Context::Comment => " (in a comment at most a warning)",
            Context::Prose | Context::Sample => " (in text for readers at most a warning)",
            Context::Identifier => " (an identifier is not called)",
            _ if violation.confidence <= Confidence::Possible => {
                " (what may be meant otherwise fails nobody's run)"
            }
            _ => "",
        };
        let fails = if violation.severity >= self.options.settings.fail_on {
            "fails the run"
        } else {
            "does not fail the run"
        };
        let configured = self.options.settings.severity.iter().any(|entry| {
            entry.rule.as_deref().is_none_or(|r| r == violation.rule)
                && entry
                    .service
                    .as_deref()
                    .is_none_or(|s| s == violation.service)
                && entry
                    .environment
                    .as_deref()
                    .is_none_or(|e| e == violation.environment)
                && entry
                    .path
                    .as_ref()
                    .is_none_or(|p| p.matches(&violation.path, false))
        });
        if configured {
            return format!("the configuration makes it {severity}, which {fails}");
        }
        if violation.severity < Severity::Error && capped.is_empty() {
            return format!("{severity}, by its phase; {fails}");
        }
        format!("{severity}{capped}; {fails}")
    }
}

/// What suppressed it, and where that is.
fn suppressor(suppression: &Suppression) -> String {
    let mut text = match (suppression.line, suppression.by.as_str()) {
        (Some(line), "inline") => format!("directive on line {line}"),
        (Some(line), by) => format!("{by}, line {line}"),
        (None, by) => by.to_owned(),
    };
    for (head, tail) in [
        (" until ", &suppression.until),
        (" of ", &suppression.owner),
        (" for ", &suppression.ticket),
    ] {
        if let Some(tail) = tail {
            text.push_str(head);
            text.push_str(&printable(tail));
        }
    }
    text
}

/// The way in which a reference is read, where it is not plain.
fn read_as(violation: &Violation) -> Option<String> {
    let way = match violation.view {
        View::Plain => return None,
        View::Escaped => "through the escapes and continuations of the format",
        View::Joined => "from parts that a program joins",
        View::Base64 => "decoded from base64",
    };
    let text = violation.decoded.as_deref().unwrap_or(&violation.name);
    Some(format!("it is read {way}: {}", printable(text)))
}

fn instead(advice: &Advice) -> String {
    match advice.action {
        Action::Delete => format!("delete the entry: {} already exists", advice.text),
        Action::Replace => format!("write {} instead", advice.text),
    }
}

fn word(confidence: Confidence) -> String {
    format!("{confidence:?}").to_lowercase()
}
