//! What is known of a file format: the columns of the table in [`formats`](super::formats).

use super::code::Language;
use super::formats::FormatId;
use super::tree::{Syntax, Tree};

/// A row of the table of formats.
pub struct FileFormat {
    /// What code compares.
    pub id: FormatId,
    /// What readers of the documentation call it.
    pub name: &'static str,
    /// Extensions of its files in lower case, without the dot. They are words at the fence of a block of
    /// code, too.
    pub extensions: &'static [&'static str],
    /// First parts of file names that mean this format, in lower case. If it has no reader, they do so
    /// only in a name without an extension.
    pub names: &'static [&'static str],
    /// Programs in the first line of a script, without their versions.
    pub shebangs: &'static [&'static str],
    /// Further words at the fence of a block of code.
    pub fences: &'static [&'static str],
    /// How comments and strings are written.
    pub language: &'static Language,
    /// It is source code.
    pub code: bool,
    /// What in it is prose.
    pub prose: Prose,
    /// Where a `ptlint:` comment can be added.
    pub directives: DirectivePlace,
    /// How long lines are cut.
    pub wrap: Wrap,
    /// Reads its keys and values.
    pub reader: Option<&'static dyn Syntax>,
}

/// Which values of a format are prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prose {
    /// None.
    Nothing,
    /// All but blocks of code.
    AllButCode,
    /// The text of elements, but not attributes.
    ElementText,
    /// Cells of a notebook that do not contain code, and what code has printed.
    Notebook,
    /// The whole file.
    Everything,
}

/// Where a `ptlint:` comment can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectivePlace {
    /// At the end of a line, or on a line of its own.
    LineEnd,
    /// On a line of its own.
    OwnLine,
    /// Nowhere: the format has no comments.
    Nowhere,
}

/// How long lines are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrap {
    /// Not at all, unless the text says that it is quoted-printable.
    Unknown,
    /// A line that begins with white space goes on with the line before.
    Folded,
    /// As quoted-printable.
    QuotedPrintable,
}

impl FileFormat {
    /// A format with keys and values that a reader finds.
    pub(super) const fn data(
        name: &'static str,
        extensions: &'static [&'static str],
        language: &'static Language,
        reader: &'static dyn Syntax,
    ) -> Self {
        Self {
            reader: Some(reader),
            ..Self::lexical(name, extensions, language)
        }
    }

    /// A programming language.
    pub(super) const fn code(
        name: &'static str,
        extensions: &'static [&'static str],
        language: &'static Language,
    ) -> Self {
        Self {
            code: true,
            directives: DirectivePlace::LineEnd,
            ..Self::data(name, extensions, language, language)
        }
    }

    /// A format of which only comments and strings are known.
    pub(super) const fn lexical(
        name: &'static str,
        extensions: &'static [&'static str],
        language: &'static Language,
    ) -> Self {
        Self {
            id: FormatId::Unknown,
            name,
            extensions,
            names: &[],
            shebangs: &[],
            fences: &[],
            language,
            code: false,
            prose: Prose::Nothing,
            directives: DirectivePlace::OwnLine,
            wrap: Wrap::Unknown,
            reader: None,
        }
    }

    pub(super) const fn names(mut self, names: &'static [&'static str]) -> Self {
        self.names = names;
        self
    }

    pub(super) const fn shebangs(mut self, programs: &'static [&'static str]) -> Self {
        self.shebangs = programs;
        self
    }

    pub(super) const fn fences(mut self, words: &'static [&'static str]) -> Self {
        self.fences = words;
        self
    }

    pub(super) const fn prose(mut self, prose: Prose) -> Self {
        self.prose = prose;
        self
    }

    pub(super) const fn directives(mut self, place: DirectivePlace) -> Self {
        self.directives = place;
        self
    }

    pub(super) const fn wrap(mut self, wrap: Wrap) -> Self {
        self.wrap = wrap;
        self
    }

    /// The keys, values and comments of a text; without a reader only its comments.
    #[must_use]
    pub fn read(&self, text: &str) -> Tree {
        match self.reader {
            Some(reader) => reader.read(text),
            None => self.language.comments(text),
        }
    }

    /// Says whether the files are written for readers as a whole, with or without samples of code.
    #[must_use]
    pub fn is_documentation(&self) -> bool {
        matches!(self.prose, Prose::AllButCode | Prose::Everything)
    }

    /// Says whether it consists of elements in angle brackets.
    #[must_use]
    pub fn is_markup(&self) -> bool {
        matches!(self.id, FormatId::Xml | FormatId::Html)
    }
}
