//! Words of languages that are read line by line: how lines go on, how words are divided, and what
//! quotes and escapes say. What differs between shells, Dockerfiles, makefiles and environment files
//! is in the [`Grammar`] of each.

use std::ops::Range;

use super::glyphs::{Glyph, SourceLine, char_at, glyphs, is_blank, skip_blanks};

/// How a language writes words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grammar {
    /// Escapes a character; at the end of a line it continues the line.
    pub escape: char,
    /// What a quote may be. Escapes are read in double quotes only.
    pub quotes: &'static [char],
    /// Escapes outside quotes.
    pub outside: WordEscapes,
    /// Escapes in double quotes.
    pub inside: WordEscapes,
    /// How lines go on.
    pub lines: Continued,
}

/// What may be escaped. The escape sign itself always may; a line break that is escaped is nothing.
#[derive(Debug, Clone, Copy)]
pub(super) enum WordEscapes {
    /// There are none.
    None,
    /// Every character, for itself.
    Every,
    /// These characters, for themselves.
    Signs(&'static str),
    /// These characters, for themselves, and `n`, `r` and `t`.
    Letters(&'static str),
    /// The same, and codes such as `x2e` and `u002e`.
    Codes(&'static str),
}

/// How lines that end with the escape sign go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Continued {
    /// As if there was no line break. A comment after white space ends them.
    Directly,
    /// The same past comments and blank lines. Two escape signs do not continue a line, and blanks may
    /// follow the one that does.
    PastComments,
    /// With one blank instead of the line break and all blanks around it.
    WithBlank,
    /// As if there was no line break and no tab after it.
    WithoutTab,
}

/// A line with those that continue it.
#[derive(Debug)]
pub(super) struct Joined {
    /// Its characters.
    pub text: Vec<Glyph>,
    /// Where it ends.
    pub end: usize,
    /// Where the next one begins.
    pub next: usize,
}

impl Grammar {
    /// Reads a line and those that continue it. Gives the places of the comments between them.
    pub(super) fn join(
        &self,
        source: &str,
        mut line: SourceLine,
        mut comment: impl FnMut(Range<usize>),
    ) -> Joined {
        let mut text: Vec<Glyph> = Vec::new();
        loop {
            let first = text.len();
            let mut end = line.end;
            for glyph in glyphs(source, line.start..line.end) {
                if self.lines == Continued::Directly && is_comment(source, glyph) {
                    end = glyph.start;
                    break;
                }
                text.push(glyph);
            }
            let next = line.next;
            let kept = self.kept(text.get(first..).unwrap_or(&[]));
            let Some(kept) = kept.filter(|_| end == line.end) else {
                return Joined { text, end, next };
            };
            if self.lines == Continued::PastComments {
                text.truncate(first + kept);
                let Some(following) = past_comments(source, next, &mut comment) else {
                    let next = source.len();
                    return Joined { text, end, next };
                };
                line = following;
                continue;
            }
            if next == line.end {
                return Joined { text, end, next };
            }
            text.truncate(first + kept);
            let mut start = next;
            if self.lines == Continued::WithBlank {
                let mut blank = end - self.escape.len_utf8();
                while let Some(last) = text.pop_if(|last| is_blank(last.c)) {
                    blank = last.start;
                }
                start = skip_blanks(source, next);
                text.push(Glyph {
                    c: ' ',
                    start: blank,
                    end: start,
                });
            } else if self.lines == Continued::WithoutTab {
                start += usize::from(char_at(source, next) == Some('\t'));
            }
            line = SourceLine::starting_at(source, start);
        }
    }

    /// How many characters come before the escape sign that continues a line, if one does.
    fn kept(&self, line: &[Glyph]) -> Option<usize> {
        let blanks = line.iter().rev().take_while(|g| is_blank(g.c)).count();
        let length = match self.lines {
            Continued::PastComments => line.len() - blanks,
            _ => line.len(),
        };
        let signs = line.iter().take(length).rev();
        let signs = signs.take_while(|g| g.c == self.escape).count();
        let goes_on = match self.lines {
            Continued::Directly => signs > 0,
            Continued::PastComments => signs == 1,
            Continued::WithBlank | Continued::WithoutTab => signs % 2 == 1,
        };
        goes_on.then(|| length - 1)
    }

    /// The first character outside quotes and escapes that is wanted.
    pub(super) fn position(&self, text: &[Glyph], wanted: impl Fn(char) -> bool) -> Option<usize> {
        let mut quote = None;
        let mut is_escaped = false;
        text.iter().position(|glyph| {
            if std::mem::take(&mut is_escaped) {
                return false;
            }
            is_escaped = glyph.c == self.escape && self.escapes(quote).is_some();
            match quote {
                Some(open) if open == glyph.c => quote = None,
                None if self.quotes.contains(&glyph.c) => quote = Some(glyph.c),
                _ => {}
            }
            quote.is_none() && !is_escaped && wanted(glyph.c)
        })
    }

    /// The words of a text, which white space divides. A quote that is not closed covers the rest.
    pub(super) fn split<'t>(&self, text: &'t [Glyph]) -> Vec<&'t [Glyph]> {
        let mut words = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let end = self.position(rest, char::is_whitespace);
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            if !word.is_empty() {
                words.push(word);
            }
            rest = after.get(1..).unwrap_or(&[]);
        }
        words
    }

    /// What a word says without its quotes and escapes.
    pub(super) fn unquoted(&self, word: &[Glyph]) -> Vec<Glyph> {
        let mut out = Vec::with_capacity(word.len());
        let mut quote = None;
        let mut rest = word;
        while let Some((glyph, after)) = rest.split_first() {
            if quote == Some(glyph.c) {
                quote = None;
            } else if quote.is_none() && self.quotes.contains(&glyph.c) {
                quote = Some(glyph.c);
            } else {
                let escapes = self.escapes(quote).unwrap_or(WordEscapes::None);
                rest = self.push(rest, escapes, &mut out);
                continue;
            }
            rest = after;
        }
        out
    }

    /// Appends what a text says in which these escapes are read. Other ones stay as they are.
    pub(super) fn unescape(&self, text: &[Glyph], escapes: WordEscapes, out: &mut Vec<Glyph>) {
        let mut rest = text;
        while !rest.is_empty() {
            rest = self.push(rest, escapes, out);
        }
    }

    /// The escapes after this quote; nothing when the escape sign is plain text there.
    fn escapes(&self, quote: Option<char>) -> Option<WordEscapes> {
        let escapes = match quote {
            None => self.outside,
            Some('"') => self.inside,
            Some(_) => WordEscapes::None,
        };
        (!matches!(escapes, WordEscapes::None)).then_some(escapes)
    }

    /// Appends the first character of a text, or what its escape says. Returns the rest.
    fn push<'t>(
        &self,
        text: &'t [Glyph],
        escapes: WordEscapes,
        out: &mut Vec<Glyph>,
    ) -> &'t [Glyph] {
        let Some((first, after)) = text.split_first() else {
            return text;
        };
        if first.c == self.escape
            && let Some((c, length)) = self.meaning(after, escapes)
            && let Some(last) = after.get(length - 1)
        {
            let (start, end) = (first.start, last.end);
            out.extend(c.map(|c| Glyph { c, start, end }));
            return after.get(length..).unwrap_or(&[]);
        }
        out.push(*first);
        after
    }

    /// What the characters after an escape sign say, and how many they are.
    fn meaning(&self, after: &[Glyph], escapes: WordEscapes) -> Option<(Option<char>, usize)> {
        let next = after.first()?.c;
        let (signs, has_letters) = match escapes {
            WordEscapes::None => return None,
            WordEscapes::Every => return Some((Some(next), 1)),
            WordEscapes::Signs(signs) => (signs, false),
            WordEscapes::Letters(signs) | WordEscapes::Codes(signs) => (signs, true),
        };
        if matches!(escapes, WordEscapes::Codes(_))
            && let Some((c, length)) = code(after)
        {
            return Some((Some(c), length));
        }
        match next {
            'n' if has_letters => Some((Some('\n'), 1)),
            'r' if has_letters => Some((Some('\r'), 1)),
            't' if has_letters => Some((Some('\t'), 1)),
            '\r' if after.get(1).is_some_and(|g| g.c == '\n') => Some((None, 2)),
            '\r' | '\n' => Some((None, 1)),
            _ => (next == self.escape || signs.contains(next)).then_some((Some(next), 1)),
        }
    }
}

/// The first line from `at` on that is neither blank nor a comment.
fn past_comments(
    source: &str,
    mut at: usize,
    comment: &mut impl FnMut(Range<usize>),
) -> Option<SourceLine> {
    while at < source.len() {
        let line = SourceLine::starting_at(source, at);
        let start = line.text_start(source);
        if start < line.end {
            if char_at(source, start) != Some('#') {
                return Some(line);
            }
            comment(start..line.end);
        }
        at = line.next;
    }
    None
}

fn is_comment(source: &str, glyph: Glyph) -> bool {
    let before = source.as_bytes().get(glyph.start.wrapping_sub(1));
    glyph.c == '#' && before.is_some_and(u8::is_ascii_whitespace)
}

/// The character of `xHH`, `uHHHH` or `UHHHHHHHH`, and the number of characters that say it.
fn code(text: &[Glyph]) -> Option<(char, usize)> {
    let most = match text.first()?.c {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return None,
    };
    let digits = text.iter().skip(1).take(most);
    let digits: String = digits
        .map(|g| g.c)
        .take_while(char::is_ascii_hexdigit)
        .collect();
    let code = u32::from_str_radix(&digits, 16).ok()?;
    Some((char::from_u32(code)?, 1 + digits.len()))
}
