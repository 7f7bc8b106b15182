//! The markup of a document in its order. What `quick-xml` refuses is read as far as it goes, and
//! reading continues after it.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

/// What a piece of markup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkupKind {
    /// `<a>` or `<a/>`
    Open,
    /// `</a>`
    Close,
    /// Text, references included.
    Text,
    /// `<![CDATA[…]]>`
    Data,
    /// `<!-- … -->`
    Comment,
    /// `<?name …?>`
    Instruction,
    /// `<!DOCTYPE …>`
    Doctype,
    /// Markup that says nothing: the XML declaration, the beginning of something broken.
    Nothing,
}

/// A piece of markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Markup {
    /// What it is.
    pub kind: MarkupKind,
    /// Its bytes with all marks.
    pub span: Range<usize>,
    /// What is wrong with it.
    pub broken: Option<&'static str>,
}

/// The markup of a document.
pub(super) struct MarkupEvents<'s> {
    source: &'s str,
    reader: Reader<&'s [u8]>,
    /// Bytes that may be read once more because of faults.
    budget: usize,
}

impl<'s> MarkupEvents<'s> {
    /// The markup from the first piece on; text before it does not belong to a document.
    pub(super) fn new(source: &'s str) -> Self {
        let begin = memchr::memchr_iter(b'<', source.as_bytes())
            .find(|at| is_markup(source, *at))
            .unwrap_or(source.len());
        Self {
            source,
            reader: reader(source, begin),
            budget: source.len().saturating_mul(8).saturating_add(1 << 16),
        }
    }

    /// Where the next piece begins.
    pub(super) fn offset(&self) -> usize {
        self.source.len() - self.reader.get_ref().len()
    }

    /// Goes on at the byte `at`. Going back is refused when it was done too often.
    pub(super) fn resume(&mut self, at: usize) -> bool {
        let again = self.offset().saturating_sub(at);
        let allowed = again <= self.budget;
        if allowed {
            self.budget -= again;
            self.reader = reader(self.source, at);
        }
        allowed
    }

    fn piece(&self, kind: MarkupKind, start: usize) -> Markup {
        Markup {
            kind,
            span: start..self.offset(),
            broken: None,
        }
    }

    /// What can be taken of a piece that is broken.
    fn recovered(&mut self, start: usize) -> Option<Markup> {
        let rest = self.source.get(start..)?.as_bytes();
        let after = |marks: &[u8]| {
            let mut bytes = rest.iter().skip(1);
            let found = bytes.position(|b| marks.contains(b)).map(|at| at + 1);
            found.map_or(rest.len(), |at| {
                // The next tag is not part of this one.
                at + usize::from(rest.get(at) != Some(&b'<'))
            })
        };
        let (kind, length, broken) = if rest.starts_with(b"<!--") {
            (MarkupKind::Nothing, 4, "a comment is not closed")
        } else if rest.starts_with(b"<![CDATA[") {
            (MarkupKind::Nothing, 9, "a CDATA section is not closed")
        } else if rest.starts_with(b"<?") {
            (
                MarkupKind::Nothing,
                after(b">\n"),
                "an instruction is broken",
            )
        } else if rest.starts_with(b"<!") {
            (MarkupKind::Nothing, after(b">"), "a declaration is broken")
        } else if rest.starts_with(b"</") {
            (MarkupKind::Close, after(b"<>"), "an end tag is not closed")
        } else if rest.starts_with(b"<") {
            (MarkupKind::Open, after(b"<>"), "a tag is not closed")
        } else {
            return None;
        };
        let end = start + length;
        // After an error the place of the reader is unknown.
        let Some(budget) = self.budget.checked_sub(rest.len()) else {
            self.reader = reader(self.source, self.source.len());
            return Some(Markup {
                kind: MarkupKind::Nothing,
                span: start..self.source.len(),
                broken: Some("too much is broken"),
            });
        };
        self.budget = budget;
        self.reader = reader(self.source, end);
        Some(Markup {
            kind,
            span: start..end,
            broken: Some(broken),
        })
    }
}

impl Iterator for MarkupEvents<'_> {
    type Item = Markup;

    fn next(&mut self) -> Option<Markup> {
        let start = self.offset();
        let first = self.source.as_bytes().get(start)?;
        if *first == b'<' && !is_markup(self.source, start) {
            self.reader = reader(self.source, start + 1);
            return Some(Markup {
                kind: MarkupKind::Text,
                span: start..start + 1,
                broken: Some("`<` begins no tag"),
            });
        }
        let Ok(event) = self.reader.read_event() else {
            return self.recovered(start);
        };
        let kind = match event {
            Event::Start(_) | Event::Empty(_) => MarkupKind::Open,
            Event::End(_) => MarkupKind::Close,
            Event::Text(_) | Event::GeneralRef(_) => MarkupKind::Text,
            Event::CData(_) => MarkupKind::Data,
            Event::Comment(_) => MarkupKind::Comment,
            Event::PI(_) => MarkupKind::Instruction,
            Event::DocType(_) => MarkupKind::Doctype,
            Event::Decl(_) => MarkupKind::Nothing,
            Event::Eof => return None,
        };
        Some(self.piece(kind, start))
    }
}

/// A reader from the byte `at` on that is content with what it gets.
fn reader(source: &str, at: usize) -> Reader<&[u8]> {
    const MARK: &str = "\u{feff}";
    let rest = source.get(at..).unwrap_or_default();
    // The reader would leave a byte order mark out without saying so.
    let mut reader = Reader::from_str(rest.trim_start_matches(MARK));
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}

/// Says whether the `<` at `at` begins markup: `a < b` and the addresses of mails do not.
fn is_markup(source: &str, at: usize) -> bool {
    let rest = source.get(at + 1..).unwrap_or_default();
    match rest.as_bytes().first() {
        Some(b'/' | b'!' | b'?') => true,
        Some(b'_' | b':' | b'a'..=b'z' | b'A'..=b'Z' | 128..) => {
            let name = name_length(rest);
            let next = rest.as_bytes().get(name);
            let ends = next.is_none_or(|b| b.is_ascii_whitespace() || b"/<>".contains(b));
            ends && !rest.get(..name).is_some_and(|n| n.ends_with(':'))
        }
        _ => false,
    }
}

/// The length of the name at the beginning of a text.
pub(super) fn name_length(text: &str) -> usize {
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b >= 128 || b"_-.:".contains(&b);
    let found = text.bytes().position(|b| !is_name(b));
    found.unwrap_or(text.len())
}
