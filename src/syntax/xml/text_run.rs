//! Runs of text: what is between two tags, put together from the pieces that comments, CDATA sections
//! and references leave.

use std::ops::Range;

use super::entities::Entities;
use crate::text::Mapped;

/// Pieces of text that follow each other without a tag between.
#[derive(Debug, Default)]
pub(super) struct TextRun {
    pieces: Vec<TextPiece>,
}

#[derive(Debug)]
struct TextPiece {
    span: Range<usize>,
    /// An `&` stands for itself.
    plain: bool,
}

/// The text of a run without blanks around it.
#[derive(Debug)]
pub(super) struct RunText {
    /// Its bytes, from the first character to the last one.
    pub span: Range<usize>,
    /// What they say, when it differs from them.
    pub text: Option<Mapped>,
}

impl RunText {
    /// What the value says.
    pub(super) fn text<'v>(&'v self, source: &'v str) -> &'v str {
        match &self.text {
            Some(mapped) => mapped.text(),
            None => source.get(self.span.clone()).unwrap_or_default(),
        }
    }
}

impl TextRun {
    /// Adds text with references.
    pub(super) fn push(&mut self, span: Range<usize>) {
        // A reference is an event of its own, and its text is read together with that around it.
        match self.pieces.last_mut() {
            Some(last) if !last.plain && last.span.end == span.start => last.span.end = span.end,
            _ => self.pieces.push(TextPiece { span, plain: false }),
        }
    }

    /// Adds text without references.
    pub(super) fn push_plain(&mut self, span: Range<usize>) {
        self.pieces.push(TextPiece { span, plain: true });
    }

    /// Ends the run and gives its value, unless it is blank.
    pub(super) fn finish(&mut self, source: &str, entities: &mut Entities) -> Option<RunText> {
        let pieces = std::mem::take(&mut self.pieces);
        let text = |piece: &TextPiece| source.get(piece.span.clone()).unwrap_or_default();
        let is_blank = |piece: &TextPiece| text(piece).trim().is_empty();
        let first = pieces.iter().position(|piece| !is_blank(piece))?;
        let last = pieces.iter().rposition(|piece| !is_blank(piece))?;
        let pieces = pieces.get(first..=last)?;
        if let [piece] = pieces
            && (piece.plain || !text(piece).contains('&'))
        {
            let written = text(piece);
            let start = piece.span.start + written.len() - written.trim_start().len();
            return Some(RunText {
                span: start..start + written.trim().len(),
                text: None,
            });
        }
        joined(source, pieces, entities)
    }
}

fn joined(source: &str, pieces: &[TextPiece], entities: &mut Entities) -> Option<RunText> {
    let mut mapped = Mapped::new();
    let mut span: Option<Range<usize>> = None;
    // Blanks belong to the text only when something follows them.
    let mut blanks: Vec<(char, Range<usize>)> = Vec::new();
    let mut give = |character: char, place: Range<usize>| {
        if character.is_whitespace() {
            if span.is_some() {
                blanks.push((character, place));
            }
            return;
        }
        for (blank, place) in blanks.drain(..) {
            mapped.push(blank, place);
        }
        let start = span.as_ref().map_or(place.start, |span| span.start);
        span = Some(start..place.end);
        mapped.push(character, place);
    };
    for piece in pieces {
        if piece.plain {
            let text = source.get(piece.span.clone()).unwrap_or_default();
            for (offset, character) in text.char_indices() {
                let start = piece.span.start + offset;
                give(character, start..start + character.len_utf8());
            }
        } else {
            entities.decode(source, piece.span.clone(), &mut give);
        }
    }
    let span = span?;
    let is_plain = source.get(span.clone()) == Some(mapped.text());
    Some(RunText {
        span,
        text: (!is_plain).then_some(mapped),
    })
}
