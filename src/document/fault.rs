//! A fault in a document: a code, a message, a labelled span and a help line.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

/// One thing that is wrong with a pack or a configuration.
#[derive(Debug, Clone)]
pub struct Fault {
    code: &'static str,
    message: String,
    help: Option<String>,
    place: Option<FaultPlace>,
}

#[derive(Debug, Clone)]
struct FaultPlace {
    source: Arc<NamedSource<String>>,
    span: Range<usize>,
    label: String,
}

impl Fault {
    /// A fault without a place; [`Fault::labelled`] gives it one.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
            place: None,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Puts the fault at a byte range of a source.
    #[must_use]
    pub fn labelled(
        mut self,
        source: &Arc<NamedSource<String>>,
        span: Range<usize>,
        label: &str,
    ) -> Self {
        self.place = Some(FaultPlace {
            source: Arc::clone(source),
            span,
            label: label.to_owned(),
        });
        self
    }

    /// The code, e.g. `pack::unknown-source`.
    #[must_use]
    pub fn code_text(&self) -> &'static str {
        self.code
    }

    /// The message without code and help.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The help line.
    #[must_use]
    pub fn help_text(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// The byte range in the source.
    #[must_use]
    pub fn span(&self) -> Option<Range<usize>> {
        self.place.as_ref().map(|p| p.span.clone())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl Diagnostic for Fault {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help
            .as_deref()
            .map(|h| Box::new(h) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.place.as_ref().map(|p| &*p.source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let place = self.place.as_ref()?;
        Some(Box::new(std::iter::once(
            LabeledSpan::new_primary_with_span(Some(place.label.clone()), place.span.clone()),
        )))
    }
}

/// All faults of a document or a pack; never empty.
#[derive(Debug, Clone)]
pub struct Faults {
    faults: Vec<Fault>,
}

impl Faults {
    /// Wraps a list that holds at least one fault.
    #[must_use]
    pub fn new(faults: Vec<Fault>) -> Self {
        debug_assert!(!faults.is_empty());
        Self { faults }
    }

    /// The faults in document order.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter()
    }

    /// The faults themselves.
    #[must_use]
    pub fn into_vec(self) -> Vec<Fault> {
        self.faults
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self::new(vec![fault])
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.faults.as_slice() {
            [_] => write!(f, "1 fault, shown below"),
            many => write!(f, "{} faults, all listed below", many.len()),
        }
    }
}

impl std::error::Error for Faults {}
