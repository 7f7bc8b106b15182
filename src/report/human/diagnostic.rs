//! A violation as a diagnostic: its excerpt with the place in the file, and the help.

use std::fmt;

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, Severity as Level, SourceCode,
    SourceSpan, SpanContents,
};

use crate::facts::{Action, Confidence, Context, Paths, Severity, View, Violation};
use crate::report::concise::with_path;
use crate::report::wording::{deletion, verb};
use crate::text::{Excerpt, Position, printable};

/// A violation for the renderer.
#[derive(Debug)]
pub(super) struct ViolationDiagnostic<'v> {
    violation: &'v Violation,
    source: ExcerptSource,
    /// The other places that belong to it, in a line each.
    others: Vec<String>,
}

/// An excerpt that knows its place in the file.
#[derive(Debug)]
pub(super) struct ExcerptSource {
    name: String,
    excerpt: Excerpt,
    column: usize,
}

impl ExcerptSource {
    /// An excerpt of the file of this name with the label at a column, from 1.
    pub(super) fn new(name: &str, excerpt: Excerpt, column: u64) -> Self {
        Self {
            name: printable(name),
            excerpt,
            column: usize::try_from(column).unwrap_or(1).saturating_sub(1),
        }
    }
}

/// The level at which a diagnostic is rendered.
pub(super) fn level(severity: Severity) -> Level {
    match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Info => Level::Advice,
    }
}

impl<'v> ViolationDiagnostic<'v> {
    /// Prepares a violation; `shown` puts its path as the user would open it.
    #[must_use]
    pub(super) fn new(violation: &'v Violation, shown: &Paths) -> Self {
        let name = printable(&shown.show(&violation.path));
        // A file name is its own source.
        let excerpt = violation.excerpt.clone().unwrap_or_else(|| {
            let at = name.rfind(&violation.matched).unwrap_or(0);
            Excerpt {
                label: at..name.len().min(at + violation.matched.len()),
                text: name.clone(),
                first_line: 1,
                cut: 0,
            }
        });
        let column = usize::try_from(violation.start.column).unwrap_or(1) - 1;
        Self {
            violation,
            source: ExcerptSource {
                name,
                excerpt,
                column,
            },
            others: others(violation, shown),
        }
    }
}

/// The places that belong to a violation, in a line each.
fn others(violation: &Violation, shown: &Paths) -> Vec<String> {
    let others = violation.chain().iter().map(|other| {
        let Position { line, column, .. } = other.start;
        let place = format!("{}:{line}:{column}", shown.show(&other.path));
        printable(&format!("{place}: {}", other.message))
    });
    others.collect()
}

impl fmt::Display for ViolationDiagnostic<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.violation.dated_message)?;
        if self.violation.occurrences > 1 {
            write!(f, " ({} times in this file)", self.violation.occurrences)?;
        }
        match &self.violation.key {
            Some(key) => write!(f, "\nat {}", printable(key)),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ViolationDiagnostic<'_> {}

impl Diagnostic for ViolationDiagnostic<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.violation.rule))
    }

    fn severity(&self) -> Option<Level> {
        Some(level(self.violation.severity))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(help(self.violation, &self.others)))
    }

    fn url<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let url = self.violation.sources.iter().find_map(|s| s.url.as_ref())?;
        Some(Box::new(url))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let violation = self.violation;
        let mut label = violation.environment.clone();
        if violation.confidence < Confidence::Certain {
            label = format!("{label}, {}", confidence(violation.confidence));
        }
        if violation.context != Context::Value {
            label = format!("{label}, {}", context(violation));
        }
        if let Some(decoded) = &violation.decoded {
            label = format!("{label}: {decoded}");
        } else if violation.view != View::Plain && violation.certificate.is_none() {
            label = format!("{label}: {}", printable(&violation.name));
        }
        Some(Box::new(std::iter::once(
            LabeledSpan::new_primary_with_span(Some(label), self.source.excerpt.label.clone()),
        )))
    }
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Speculative => "speculative",
        Confidence::Possible => "possibly",
        Confidence::Likely => "likely",
        Confidence::Certain => "certainly",
    }
}

fn context(violation: &Violation) -> &'static str {
    match violation.context {
        Context::Value => "in a value",
        Context::Comment => "in a comment",
        Context::Prose => "in prose",
        Context::Identifier => "in an identifier",
        Context::FileName => "in a file name",
        Context::Binary => "in a binary file",
        Context::Key => "as a key",
        Context::Sample => "in a code sample",
        Context::Certificate => "in a certificate",
        Context::Encoded => "encoded",
    }
}

/// What to do: the replacement, its alternatives, what goes with it.
fn help(violation: &Violation, others: &[String]) -> String {
    let network =
        |name: &Option<String>| name.as_ref().map_or(String::new(), |n| format!(" ({n})"));
    let noted = |note: &Option<String>| note.as_ref().map_or(String::new(), |n| format!("; {n}"));
    let mut lines = Vec::new();
    match &violation.replacement {
        Some(advice) if advice.action == Action::Delete => {
            lines.push(deletion(violation, advice));
        }
        Some(advice) => {
            let verb = verb(violation);
            lines.push(format!(
                "{verb} {}{}{}",
                with_path(&advice.text, advice.path.as_deref()),
                network(&advice.network),
                noted(&advice.note)
            ));
            let width = verb.len();
            lines.extend(advice.alternatives.iter().map(|a| {
                format!(
                    "{:width$} {}{}{}",
                    "or",
                    a.text,
                    network(&a.network),
                    noted(&a.note)
                )
            }));
        }
        None => lines.extend(violation.replacement_reason.clone()),
    }
    lines.extend(others.iter().map(|other| format!("see: {other}")));
    lines.extend(violation.notes.iter().map(|n| format!("note: {n}")));
    if !violation.companions.is_empty() {
        let names: Vec<&str> = violation
            .companions
            .iter()
            .map(|c| c.name.as_str())
            .collect();
        lines.push(format!("also change: {}", names.join(", ")));
    }
    if let Some(source) = violation.sources.first() {
        lines.push(format!("source: {}", source.title));
    }
    lines.join("\n")
}

impl SourceCode for ExcerptSource {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let inner = self.excerpt.text.as_str().read_span(span, before, after)?;
        let first = usize::try_from(self.excerpt.first_line).unwrap_or(1);
        let line = inner.line() + first - 1;
        let at_label = before == 0 && after == 0;
        let column = if at_label {
            self.column
        } else {
            inner.column()
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            inner.data(),
            *inner.span(),
            line,
            column,
            inner.line_count(),
        )))
    }
}
