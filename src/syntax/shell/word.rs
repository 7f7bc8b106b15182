//! The words of a shell: pieces with and without quotes, and what is in braces and brackets
//! within them.

use super::super::glyphs::{Glyph, break_length, char_at, glyphs, starts_at};
use super::super::word_grammar::{Continued, Grammar, WordEscapes};

/// How a shell writes words, besides expansions.
const GRAMMAR: Grammar = Grammar {
    escape: '\\',
    quotes: &['"', '\''],
    outside: WordEscapes::Every,
    inside: WordEscapes::Signs("\"$`"),
    lines: Continued::Directly,
};

/// A word with what its quotes and escapes say.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Its characters.
    pub glyphs: Vec<Glyph>,
    /// Its first byte, quotes included.
    pub start: usize,
    /// The byte after it, quotes included.
    pub end: usize,
    /// Where its value is when it is empty.
    pub empty_at: usize,
    /// It has quotes or escapes.
    pub is_quoted: bool,
}

/// Reads words.
#[derive(Debug)]
pub(super) struct WordReader<'s> {
    source: &'s str,
    /// Where the next word begins.
    pub at: usize,
    /// The first opening mark that is never closed.
    pub unclosed: Option<usize>,
    /// Marks that are known not to be closed; they are not looked for again.
    hopeless: String,
}

impl<'s> WordReader<'s> {
    /// Reads from the byte `at` on.
    #[must_use]
    pub(super) fn new(source: &'s str, at: usize) -> Self {
        Self {
            source,
            at,
            unclosed: None,
            hopeless: String::new(),
        }
    }

    /// The next word; none at white space, at an operator and at the end.
    pub(super) fn next_word(&mut self) -> Option<Word> {
        let start = self.at;
        let mut word = Word {
            glyphs: Vec::new(),
            start,
            end: start,
            empty_at: start,
            is_quoted: false,
        };
        while let Some(c) = char_at(self.source, self.at) {
            let next = self.at + c.len_utf8();
            match c {
                ';' | '&' | '|' | '<' | '>' | '(' | ')' => break,
                _ if c.is_ascii_whitespace() => break,
                '\\' => self.escape(&mut word),
                '\'' | '"' => {
                    self.end_variable(&mut word, next);
                    self.quoted(&mut word, c);
                    self.end_variable(&mut word, self.at);
                }
                '$' if starts_at(self.source, next, "'") => self.ansi(&mut word),
                '$' if starts_at(self.source, next, "\"") => self.at = next,
                '$' if starts_at(self.source, next, "(") || starts_at(self.source, next, "{") => {
                    let end = self.balanced(next).unwrap_or(next);
                    self.plain(&mut word, end);
                }
                '`' => {
                    let end = self.balanced(self.at).unwrap_or(next);
                    self.plain(&mut word, end);
                }
                _ => self.plain(&mut word, next),
            }
        }
        word.end = self.at;
        if !word.is_quoted {
            word.empty_at = self.at;
        }
        (self.at > start).then_some(word)
    }

    /// The byte after what begins with the mark at `open`, and ends with the mark for it.
    pub(super) fn balanced(&mut self, open: usize) -> Option<usize> {
        let first = char_at(self.source, open)?;
        if self.hopeless.contains(first) {
            return None;
        }
        let mut marks = vec![first];
        let mut skipped = false;
        // Double quotes among the marks.
        let mut quotes = usize::from(first == '"');
        let mut before = ' ';
        for glyph in glyphs(self.source, open + 1..self.source.len()) {
            let innermost = marks.last().copied()?;
            let c = glyph.c;
            let dollar = std::mem::replace(&mut before, c) == '$';
            if std::mem::take(&mut skipped) {
                before = ' ';
                continue;
            }
            let ends = match innermost {
                '(' => ')',
                '{' => '}',
                quote => quote,
            };
            if c == ends {
                marks.pop();
                quotes -= usize::from(c == '"');
                if marks.is_empty() {
                    return Some(glyph.end);
                }
                continue;
            }
            let opens = match (innermost, c) {
                ('\'' | '`', '\\') => {
                    skipped = innermost == '`';
                    false
                }
                ('\'' | '`', _) => false,
                (_, '\\') => {
                    skipped = true;
                    false
                }
                (_, '`') | ('(' | '{', '"') | ('(', '(' | '\'') => true,
                (_, '(' | '{') => dollar,
                // In braces within quotes it is an apostrophe.
                ('{', '\'') => quotes == 0,
                _ => false,
            };
            if opens {
                marks.push(c);
                quotes += usize::from(c == '"');
            }
        }
        self.fails(first, open);
        None
    }

    fn fails(&mut self, mark: char, at: usize) {
        self.hopeless.push(mark);
        self.unclosed.get_or_insert(at);
    }

    /// The variable at the end of a piece of a word ends there, although what is next, at `next`, could be a
    /// part of its name: `$A"b"` is `${A}b`.
    fn end_variable(&self, word: &mut Word, next: usize) {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if !char_at(self.source, next).is_some_and(is_name) {
            return;
        }
        let name = word
            .glyphs
            .iter()
            .rev()
            .take_while(|glyph| is_name(glyph.c));
        let first = word.glyphs.len() - name.count();
        let Some(last) = word.glyphs.get(first..).and_then(<[Glyph]>::last) else {
            return;
        };
        let mark = |c: char, at: usize| Glyph {
            c,
            start: at,
            end: at,
        };
        let closing = mark('}', last.end);
        if first > 0 && word.glyphs[first - 1].c == '$' {
            let opening = mark('{', word.glyphs[first - 1].end);
            word.glyphs.insert(first, opening);
            word.glyphs.push(closing);
        }
    }

    fn plain(&mut self, word: &mut Word, end: usize) {
        word.glyphs.extend(glyphs(self.source, self.at..end));
        self.at = end;
    }

    /// A backslash outside quotes.
    fn escape(&mut self, word: &mut Word) {
        let start = self.at;
        let next = start + 1;
        let line_break = break_length(self.source, next);
        match char_at(self.source, next) {
            _ if line_break > 0 => self.at = next + line_break,
            Some(c) => {
                let end = next + c.len_utf8();
                word.glyphs.push(Glyph { c, start, end });
                word.is_quoted = true;
                self.at = end;
            }
            None => self.plain(word, next),
        }
    }

    /// A piece in single or double quotes.
    fn quoted(&mut self, word: &mut Word, quote: char) {
        let inner = self.at + 1;
        let end = if quote == '"' {
            self.balanced(self.at)
        } else if self.hopeless.contains('\'') {
            None
        } else {
            let rest = self.source.get(inner..).unwrap_or_default();
            let close = rest.find('\'').map(|length| inner + length + 1);
            if close.is_none() {
                self.fails(quote, self.at);
            }
            close
        };
        let Some(end) = end else {
            self.plain(word, inner);
            return;
        };
        word.is_quoted = true;
        word.empty_at = inner;
        if quote == '"' {
            let raw: Vec<Glyph> = glyphs(self.source, inner..end - 1).collect();
            GRAMMAR.unescape(&raw, GRAMMAR.inside, &mut word.glyphs);
        } else {
            word.glyphs.extend(glyphs(self.source, inner..end - 1));
        }
        self.at = end;
    }

    /// A piece in `$'…'`.
    fn ansi(&mut self, word: &mut Word) {
        let inner = self.at + 2;
        let mut escaped = false;
        let mut rest = glyphs(self.source, inner..self.source.len());
        let close = rest.find(|glyph| {
            let ends = glyph.c == '\'' && !escaped;
            escaped = glyph.c == '\\' && !escaped;
            ends || self.hopeless.contains('$')
        });
        let close = close.filter(|_| !self.hopeless.contains('$'));
        let Some(close) = close else {
            if !self.hopeless.contains('$') {
                self.fails('$', self.at);
            }
            self.plain(word, inner);
            return;
        };
        word.is_quoted = true;
        word.empty_at = inner;
        let raw: Vec<Glyph> = glyphs(self.source, inner..close.start).collect();
        GRAMMAR.unescape(&raw, WordEscapes::Codes("'\""), &mut word.glyphs);
        self.at = close.end;
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::glyphs::{span_of, text_of};
    use super::*;

    #[test]
    fn words_say_what_their_quotes_mean() {
        for (source, text, span) in [
            ("a.b c", "a.b", "a.b"),
            ("'a b'", "a b", "a b"),
            ("\"a \\\"b\\$ \\d\"", "a \"b$ \\d", "a \\\"b\\$ \\d"),
            ("a\"b\"'c'd", "abcd", "a\"b\"'c'd"),
            ("a\\ b\\\n.c", "a b.c", "a\\ b\\\n.c"),
            ("\"a\\\r\nb\"", "ab", "a\\\r\nb"),
            ("$'a\\n\\x2e\\u002eb\\''", "a\n..b'", "a\\n\\x2e\\u002eb\\'"),
            ("$\"a\"", "a", "a"),
            ("${A:-\"b c\"}/d e", "${A:-\"b c\"}/d", "${A:-\"b c\"}/d"),
            ("\"${A:-it's}\"b", "${A:-it's}b", "${A:-it's}\"b"),
            (
                "$(a \"$(b ')')\" `c`)d e",
                "$(a \"$(b ')')\" `c`)d",
                "$(a \"$(b ')')\" `c`)d",
            ),
            ("\"$(a \"b c\")\" d", "$(a \"b c\")", "$(a \"b c\")"),
            ("$((1 << 2))", "$((1 << 2))", "$((1 << 2))"),
            ("`a b`c", "`a b`c", "`a b`c"),
            ("a;b", "a", "a"),
            ("it's", "it's", "it's"),
            ("$A\"b\"c", "${A}bc", "$A\"b\"c"),
            ("\"$A\"b", "${A}b", "$A\"b"),
            ("\"$A\"/b\"c\"", "$A/bc", "$A\"/b\"c"),
            ("\"a b", "\"a", "\"a"),
            ("$(a b", "$", "$"),
        ] {
            let word = WordReader::new(source, 0).next_word().expect("a word");
            assert_eq!(text_of(&word.glyphs), text, "{source}");
            assert_eq!(&source[span_of(&word.glyphs, 0)], span, "{source}");
        }
    }
}
