//! A notice about a suppression as a diagnostic.

use std::fmt;

use miette::{Diagnostic, LabeledSpan, Severity as Level, SourceCode, SourceSpan};

use super::diagnostic::{ExcerptSource, level};
use crate::facts::{Notice, Paths};
use crate::text::printable;

/// A notice for the renderer.
#[derive(Debug)]
pub(super) struct NoticeDiagnostic<'n> {
    notice: &'n Notice,
    source: Option<ExcerptSource>,
}

impl<'n> NoticeDiagnostic<'n> {
    /// Prepares a notice; `shown` puts its path as the user would open it.
    #[must_use]
    pub(super) fn new(notice: &'n Notice, shown: &Paths) -> Self {
        let excerpt = notice.excerpt.clone();
        Self {
            notice,
            source: excerpt
                .map(|e| ExcerptSource::new(&shown.show(&notice.path), e, notice.start.column)),
        }
    }
}

impl fmt::Display for NoticeDiagnostic<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&printable(&self.notice.message))
    }
}

impl std::error::Error for NoticeDiagnostic<'_> {}

impl Diagnostic for NoticeDiagnostic<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.notice.rule))
    }

    fn severity(&self) -> Option<Level> {
        Some(level(self.notice.severity))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(printable(&self.notice.help)))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = self.notice.excerpt.as_ref()?.label.clone();
        let span: SourceSpan = label.into();
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(
            Some("here".to_owned()),
            span,
        ))))
    }
}
