//! Whether a place lies in a comment: a forward scan over the text that knows strings, line
//! comments and block comments of a file kind.

use super::kind::{Before, CommentSyntax};

/// A scan that answers for growing offsets.
#[derive(Debug)]
pub struct Comments<'t> {
    text: &'t [u8],
    syntax: &'static CommentSyntax,
    at: usize,
    state: State,
    line_blank: bool,
    /// Bytes at which something may change.
    notable: [bool; 256],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Code,
    Line,
    Block(&'static str),
    String(u8),
    Tripled(u8),
}

impl<'t> Comments<'t> {
    /// A scan from the beginning of `text`.
    #[must_use]
    pub fn new(text: &'t [u8], syntax: &'static CommentSyntax) -> Self {
        let mut notable = [false; 256];
        let marks = syntax.line.iter().map(|mark| mark.as_bytes());
        let blocks = syntax
            .blocks
            .iter()
            .flat_map(|(a, b)| [a.as_bytes(), b.as_bytes()]);
        for first in marks.chain(blocks).filter_map(|m| m.first()) {
            notable[usize::from(first.to_ascii_lowercase())] = true;
            notable[usize::from(first.to_ascii_uppercase())] = true;
        }
        for byte in syntax.quotes.iter().chain(b"\n\\") {
            notable[usize::from(*byte)] = true;
        }
        Self {
            text,
            syntax,
            at: 0,
            state: State::Code,
            line_blank: true,
            notable,
        }
    }

    /// Whether `offset` lies in a comment. Offsets must not go back.
    pub fn covers(&mut self, offset: usize) -> bool {
        if self.syntax.line.is_empty() && self.syntax.blocks.is_empty() {
            return false;
        }
        let end = offset.min(self.text.len());
        while self.at < end {
            let plain = self.text[self.at..end]
                .iter()
                .position(|b| self.notable[usize::from(*b)])
                .unwrap_or(end - self.at);
            if plain == 0 {
                self.step();
                continue;
            }
            if self.line_blank {
                let run = &self.text[self.at..self.at + plain];
                self.line_blank = run.iter().all(u8::is_ascii_whitespace);
            }
            self.at += plain;
        }
        matches!(self.state, State::Line | State::Block(_))
    }

    fn step(&mut self) {
        let rest = &self.text[self.at..];
        let byte = rest[0];
        let length = match self.state {
            State::Code => self.code(rest),
            State::Block(end) if rest.starts_with(end.as_bytes()) => {
                self.state = State::Code;
                end.len()
            }
            State::String(_) | State::Tripled(_) if byte == b'\\' => 2,
            State::Tripled(quote) if rest.starts_with(&[quote; 3]) => {
                self.state = State::Code;
                3
            }
            State::Line | State::Block(_) | State::Tripled(_) => 1,
            State::String(quote) => {
                if byte == quote {
                    self.state = State::Code;
                }
                1
            }
        };
        if byte == b'\n' {
            self.line_blank = true;
            match self.state {
                State::Line => self.state = State::Code,
                State::String(quote) if quote != b'`' => self.state = State::Code,
                _ => {}
            }
        } else if !byte.is_ascii_whitespace() {
            self.line_blank = false;
        }
        self.at += length;
    }

    fn code(&mut self, rest: &[u8]) -> usize {
        let before = self.at.checked_sub(1).map(|at| self.text[at]);
        let spaced = before.is_none_or(|b| b.is_ascii_whitespace());
        let mut blocks = self.syntax.blocks.iter();
        if let Some((start, end)) = blocks.find(|(s, _)| rest.starts_with(s.as_bytes())) {
            self.state = State::Block(end);
            return start.len();
        }
        let allowed = match self.syntax.before {
            Before::Anything => true,
            Before::Space => spaced,
            Before::LineStart => self.line_blank,
        };
        if allowed {
            for mark in self.syntax.line {
                let head = rest.get(..mark.len());
                if head.is_some_and(|h| h.eq_ignore_ascii_case(mark.as_bytes()))
                    && !(*mark == "//" && is_in_a_url(self.text, self.at))
                {
                    self.state = State::Line;
                    return mark.len();
                }
            }
        }
        if self.syntax.quotes.contains(&rest[0]) && self.opens_a_string() {
            if self.syntax.tripled && rest.starts_with(&[rest[0]; 3]) {
                self.state = State::Tripled(rest[0]);
                return 3;
            }
            self.state = State::String(rest[0]);
        }
        1
    }

    /// A quote in the middle of a word is an apostrophe, unless the word is what languages put
    /// before a string: `b"`, `rb'`.
    fn opens_a_string(&self) -> bool {
        const LONGEST: usize = 2;
        let before = &self.text[..self.at];
        let word = before
            .iter()
            .rev()
            .take(LONGEST + 1)
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        let prefix = &before[before.len() - word..];
        word == 0
            || self.syntax.before == Before::Anything
                && word <= LONGEST
                && prefix.iter().all(|b| b"rbfu8RBFULN".contains(b))
    }
}

/// Whether the two slashes at `at` belong to a URL. Source code has one in text between tags, where
/// nothing else tells that it is no comment; a label, or a key of JSON5, may have a comment behind its
/// colon, but hardly one that begins with a letter and no space.
pub(super) fn is_in_a_url(text: &[u8], at: usize) -> bool {
    let Some(before) = text[..at].strip_suffix(b":") else {
        return false;
    };
    let letters = before.iter().rev().take_while(|b| b.is_ascii_alphabetic());
    let scheme = &before[before.len() - letters.count()..];
    let follows = text.get(at + 2).copied().unwrap_or_default();
    scheme.len() >= 2
        && !scheme.eq_ignore_ascii_case(b"default")
        && (follows.is_ascii_alphanumeric() || b"$%{[<".contains(&follows))
}

#[cfg(test)]
mod tests {
    use super::super::FileKind;
    use super::*;

    fn in_comment(path: &str, text: &str) -> bool {
        let at = text.find("HOST").expect("marked");
        Comments::new(text.as_bytes(), FileKind::of(path).comments).covers(at)
    }

    #[test]
    fn comments_are_told_from_values() {
        for (path, text) in [
            ("a.yml", "a: 1 # HOST"),
            ("a.yml", "#HOST"),
            ("A.java", "x(); // HOST"),
            ("A.java", "/* a\n * HOST */"),
            ("a.xml", "<a/><!-- \n HOST -->"),
            ("a.properties", "  !HOST"),
            ("templates/a.yaml", "{{- /* HOST */ -}}"),
            ("a.xquery", "(: HOST :)"),
            ("a.sql", "select 1 -- it's HOST"),
            ("a.reg", "; HOST"),
            ("a.cmd", "REM HOST"),
            ("a.tf", "a = \"b\" # HOST"),
            ("a.unknown", "# HOST"),
            ("a.rs", "f(b\"\\x1b$B\", \"\"); // HOST"),
            ("Cargo.toml.orig", "a = \"b\"  # HOST"),
            ("env.ts", "f(); // HOST"),
            ("a.tsx", "<p>https://x</p>; // HOST"),
            ("a.tsx", "<p>https://x {/* HOST */}</p>"),
            ("a.ts", "switch (a) { default://HOST"),
            ("a.ts", "a = { b: // HOST"),
            ("a.php", "<!-- HOST -->"),
        ] {
            assert!(in_comment(path, text), "{path}: {text}");
        }
        for (path, text) in [
            ("a.yml", "a: b#HOST"),
            ("a.yml", "a: 'x # HOST'"),
            ("a.yml", "note: don't # x\nb: HOST"),
            ("A.java", "u = \"https://HOST\";"),
            ("a.jsx", "<p>See https://HOST</p>"),
            ("a.php", "<p>Don't see https://HOST</p>"),
            ("A.java", "/* a */ HOST"),
            ("a.js", "u = `https://${x}\n//HOST`"),
            ("a.json", "{\"a\": \"https://HOST\"}"),
            ("a.xml", "<a href='https://HOST'/>"),
            ("a.properties", "a=b # HOST"),
            ("a.unknown", "url HOST"),
            ("Jenkinsfile", "sh \"\"\"\n  curl https://HOST\n\"\"\""),
            ("a.py", "x = '''\n# HOST'''"),
            ("a.rs", "fn f<'a>(x: &'a str) { \"https://HOST\" }"),
            ("a.rs", "f(b\"x//y\", \"HOST\")"),
            ("a.py", "f(r'(#|$)', 'HOST')"),
            ("a.pl", "# don't\nHOST"),
        ] {
            assert!(!in_comment(path, text), "{path}: {text}");
        }
    }
}
