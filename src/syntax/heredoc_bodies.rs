//! Texts within a script up to a line with their delimiter.

use std::ops::Range;

use super::glyphs::{Glyph, SourceLine, break_length, char_at, glyphs};

/// The beginning of a heredoc: `<<EOF`, `<<-EOF`, `<<'EOF'`.
#[derive(Debug, Clone)]
pub(super) struct Heredoc {
    /// The line that ends it.
    pub delimiter: String,
    /// Tabs at the beginning of its lines do not belong to it.
    pub strips_tabs: bool,
    /// Backslashes are escapes.
    pub has_escapes: bool,
}

/// Finds the bodies of heredocs.
#[derive(Debug, Default)]
pub(super) struct HeredocBodies {
    /// Delimiters that were looked for in vain.
    misses: usize,
}

/// Searches to the end of the text that are made; more would take long in a hostile text.
const MOST_MISSES: usize = 8;

impl HeredocBodies {
    /// The body that begins at `from`, and the start of the line after its delimiter.
    pub(super) fn find(
        &mut self,
        source: &str,
        from: usize,
        heredoc: &Heredoc,
    ) -> Option<(Range<usize>, usize)> {
        if self.misses >= MOST_MISSES {
            return None;
        }
        let mut at = from;
        let mut end = from;
        while at < source.len() {
            let line = SourceLine::starting_at(source, at);
            let text = source.get(at..line.end).unwrap_or_default();
            let text = if heredoc.strips_tabs {
                text.trim_start_matches('\t')
            } else {
                text
            };
            if text == heredoc.delimiter {
                return Some((from..end, line.next));
            }
            end = line.end;
            at = line.next;
        }
        self.misses += 1;
        None
    }
}

impl Heredoc {
    /// What a body says.
    #[must_use]
    pub(super) fn text(&self, source: &str, body: Range<usize>) -> Vec<Glyph> {
        let mut out = Vec::with_capacity(body.len());
        let mut line_start = true;
        let mut skip_to = body.start;
        for glyph in glyphs(source, body.clone()) {
            if glyph.start < skip_to || (self.strips_tabs && line_start && glyph.c == '\t') {
                continue;
            }
            line_start = matches!(glyph.c, '\r' | '\n');
            let next = char_at(source, glyph.end).filter(|_| glyph.end < body.end);
            match next.filter(|_| self.has_escapes && glyph.c == '\\') {
                Some(c @ ('\\' | '$' | '`')) => {
                    let (start, end) = (glyph.start, glyph.end + 1);
                    out.push(Glyph { c, start, end });
                    skip_to = end;
                }
                Some('\r' | '\n') => skip_to = glyph.end + break_length(source, glyph.end),
                _ => out.push(glyph),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::glyphs::text_of;
    use super::*;

    fn heredoc() -> Heredoc {
        Heredoc {
            delimiter: "EOF".to_owned(),
            strips_tabs: true,
            has_escapes: true,
        }
    }

    #[test]
    fn a_body_ends_before_its_delimiter() {
        let source = "\ta.\\\r\n\tb\\$c\\d\n\tEOF\nx";
        let (body, next) = HeredocBodies::default()
            .find(source, 0, &heredoc())
            .expect("closed");
        assert_eq!(&source[body.clone()], "\ta.\\\r\n\tb\\$c\\d");
        assert_eq!(&source[next..], "x");
        assert_eq!(text_of(&heredoc().text(source, body)), "a.\tb$c\\d");
        let empty = HeredocBodies::default().find("EOF", 0, &heredoc());
        assert_eq!(empty, Some((0..0, 3)));
    }

    #[test]
    fn searches_in_vain_are_limited() {
        let mut bodies = HeredocBodies::default();
        for _ in 0..MOST_MISSES {
            assert_eq!(bodies.find("a\n", 0, &heredoc()), None);
        }
        assert_eq!(bodies.find("EOF\n", 0, &heredoc()), None);
    }
}
