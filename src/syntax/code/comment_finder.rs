//! The comments of a text whose format has no reader, or that its reader does not understand: the lexer
//! alone, which goes on only as far as it is asked.

use std::ops::Range;

use super::language::Language;
use super::lexer::CodeLexer;

/// Finds comments at growing offsets. The text may be in any encoding in which ASCII is written as itself.
#[derive(Debug)]
pub struct Comments<'t> {
    lexer: CodeLexer<'t>,
}

/// Tokens and comments that are kept before the older ones are dropped.
const MOST_KEPT: usize = 256;

impl<'t> Comments<'t> {
    /// Starts at the beginning of a text.
    #[must_use]
    pub fn new(text: &'t [u8], language: &'static Language) -> Self {
        Self {
            lexer: CodeLexer::new(text, language),
        }
    }

    /// The comment that contains the byte at `offset`, with its marks. Offsets must not go back.
    pub fn comment_around(&mut self, offset: usize) -> Option<Range<usize>> {
        if !self.lexer.language.has_comments() {
            return None;
        }
        let needs_tokens = self.lexer.language.needs_tokens();
        while self.lexer.at <= offset && !self.lexer.is_at_end() {
            if needs_tokens {
                self.lexer.advance();
            } else {
                self.lexer.advance_to_mark();
            }
            if self.lexer.tokens.list.len() > MOST_KEPT
                || self.lexer.tokens.comments.len() > MOST_KEPT
            {
                self.drop_before(offset);
            }
        }
        self.drop_before(offset);
        let first = self.lexer.tokens.comments.first()?;
        first.contains(&offset).then(|| first.clone())
    }

    /// Says whether the byte at `offset` is in a comment. Offsets must not go back.
    pub fn covers(&mut self, offset: usize) -> bool {
        self.comment_around(offset).is_some()
    }

    /// Forgets what is of no use for this offset and those after it: all tokens but the last, which tells
    /// if an operand follows, and comments that end before.
    fn drop_before(&mut self, offset: usize) {
        let tokens = &mut self.lexer.tokens;
        tokens.list.drain(..tokens.list.len().saturating_sub(1));
        tokens.texts.clear();
        tokens.units.clear();
        tokens.problems.clear();
        let ended = tokens.comments.partition_point(|c| c.end <= offset);
        tokens.comments.drain(..ended);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::format_by_name;

    fn in_comment(path: &str, text: &str) -> bool {
        let at = text.find("HOST").expect("marked");
        Comments::new(text.as_bytes(), format_by_name(path).language).covers(at)
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
