//! `${name}`, `${name:-default}`, `$name`: holes as shells write them, and those that learned from shells.

use std::ops::Range;

use super::super::value::{Hole, Otherwise, PartsBuilder, Place, TextPart};

/// How a mechanism writes such holes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DollarStyle {
    /// `$name` without braces is a hole.
    pub bare: bool,
    /// What makes the dollar after it, or one of two, a character like any other.
    pub escape: DollarEscape,
    /// What begins the default in braces.
    pub default: DollarDefault,
}

/// How a dollar is written that begins no hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DollarEscape {
    /// `$$`.
    Twice,
    /// `\$`.
    Backslash,
}

/// What is between a name and what else may fill the hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DollarDefault {
    /// `:-`, `-`, `:=`, `=`, `:+`, `+`, `:?`, `?`, as in shells.
    Operators,
    /// `:`.
    Colon,
}

/// The pieces of a text. `place` gives where bytes of it are written.
pub(crate) fn parts(
    text: &str,
    style: DollarStyle,
    place: &dyn Fn(Range<usize>) -> Place,
) -> Vec<TextPart> {
    let mut reader = DollarReader { text, style, place };
    reader.parts(0..text.len())
}

struct DollarReader<'t> {
    text: &'t str,
    style: DollarStyle,
    place: &'t dyn Fn(Range<usize>) -> Place,
}

impl DollarReader<'_> {
    fn parts(&mut self, range: Range<usize>) -> Vec<TextPart> {
        let mut builder = PartsBuilder::default();
        let bytes = self.text.as_bytes();
        let (mut at, mut plain) = (range.start, range.start);
        while at < range.end {
            let escape = match self.style.escape {
                DollarEscape::Twice => bytes[at..range.end].starts_with(b"$$"),
                DollarEscape::Backslash => bytes[at..range.end].starts_with(b"\\$"),
            };
            if escape {
                self.push(&mut builder, plain..at);
                // The dollar itself, without what escapes it.
                plain = at + 1;
                at += 2;
                continue;
            }
            let hole = (bytes[at] == b'$' && self.is_plain(at))
                .then(|| self.hole(at..range.end))
                .flatten();
            match hole {
                Some((end, hole)) => {
                    self.push(&mut builder, plain..at);
                    builder.hole(hole);
                    (at, plain) = (end, end);
                }
                None => at += 1,
            }
        }
        self.push(&mut builder, plain..range.end);
        builder.finish()
    }

    /// Says whether a dollar is written as it reads: the reader of the format has undone an escape of any other.
    fn is_plain(&self, at: usize) -> bool {
        (self.place)(at..at + 1).span.len() <= 1
    }

    fn push(&self, builder: &mut PartsBuilder, range: Range<usize>) {
        if let Some(text) = self.text.get(range.clone())
            && !text.is_empty()
        {
            builder.text(text, (self.place)(range));
        }
    }

    /// The hole at the dollar with which a range begins, and where it ends.
    fn hole(&mut self, range: Range<usize>) -> Option<(usize, Hole)> {
        let start = range.start;
        let rest = self.text.get(start + 1..range.end)?;
        if !rest.starts_with('{') {
            let length = match rest.as_bytes().first()? {
                // An argument, or what a command prints: nothing has such a name.
                b'0'..=b'9' | b'(' | b'@' | b'*' => 1,
                _ => rest.bytes().take_while(|byte| is_of_name(*byte)).count(),
            };
            let end = start + 1 + length;
            return (self.style.bare && length > 0).then(|| {
                let name = rest[..length].to_owned();
                (end, self.new_hole(name, Otherwise::Nothing, start..end))
            });
        }
        let inside = start + 2;
        let end = closing_brace(&self.text[..range.end], inside)?;
        let text = &self.text[inside..end];
        let is_of_this_name = |c: char| match self.style.default {
            DollarDefault::Operators => c.is_ascii_alphanumeric() || c == '_',
            DollarDefault::Colon => !matches!(c, ':' | '$' | '{' | '}') && !c.is_whitespace(),
        };
        let length = text
            .find(|c: char| !is_of_this_name(c))
            .unwrap_or(text.len());
        let (name, rest) = (text[..length].to_owned(), &text[length..]);
        if name.is_empty() {
            return None;
        }
        let operators: &[&str] = match self.style.default {
            DollarDefault::Operators => &[":-", ":=", ":+", ":?", "-", "=", "+", "?"],
            DollarDefault::Colon => &[":"],
        };
        let operator = operators
            .iter()
            .find(|operator| rest.starts_with(*operator));
        let otherwise = match operator {
            None if rest.is_empty() => Otherwise::Nothing,
            // What else can be done with a value is not followed: nothing has such a name.
            None => {
                let name = text.to_owned();
                let hole = self.new_hole(name, Otherwise::Nothing, start..end + 1);
                return Some((end + 1, hole));
            }
            Some(operator) => {
                let from = inside + length + operator.len();
                let word = self.parts(from..end);
                match operator.trim_start_matches(':') {
                    "+" => Otherwise::Instead(word),
                    "?" => Otherwise::Nothing,
                    _ => Otherwise::Default(word),
                }
            }
        };
        Some((end + 1, self.new_hole(name, otherwise, start..end + 1)))
    }

    fn new_hole(&self, name: String, otherwise: Otherwise, range: Range<usize>) -> Hole {
        Hole {
            name,
            otherwise,
            place: (self.place)(range),
        }
    }
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Where the brace closes that is open at `from`.
fn closing_brace(text: &str, from: usize) -> Option<usize> {
    let mut depth = 1;
    for (at, byte) in text.bytes().enumerate().skip(from) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHELL: DollarStyle = DollarStyle {
        bare: true,
        escape: DollarEscape::Backslash,
        default: DollarDefault::Operators,
    };

    fn shown(text: &str, style: DollarStyle) -> String {
        let place = |span| Place {
            path: "f".into(),
            span,
        };
        shown_parts(&parts(text, style, &place))
    }

    fn shown_parts(parts: &[TextPart]) -> String {
        let shown = parts.iter().map(|part| match part {
            TextPart::Text(text) => text.text.clone(),
            TextPart::Hole(hole) => match &hole.otherwise {
                Otherwise::Nothing => format!("<{}>", hole.name),
                Otherwise::Default(word) => format!("<{}|{}>", hole.name, shown_parts(word)),
                Otherwise::Instead(word) => format!("<{}+{}>", hole.name, shown_parts(word)),
            },
        });
        shown.collect()
    }

    #[test]
    fn holes_of_shells_are_read() {
        for (text, parts) in [
            ("a.$B.c", "a.<B>.c"),
            ("a.${B}c", "a.<B>c"),
            ("a${B:-x}", "a<B|x>"),
            ("a${B-x.$C}", "a<B|x.<C>>"),
            ("a${B:-${C:-d}}e", "a<B|<C|d>>e"),
            ("a${B:+x}", "a<B+x>"),
            ("a${B:?no}", "a<B>"),
            ("a\\${B}", "a${B}"),
            ("a$1", "a<1>"),
            ("a${B%x}", "a<B%x>"),
            ("a${B", "a${B"),
            ("a$", "a$"),
            ("ä${B}ö", "ä<B>ö"),
        ] {
            assert_eq!(shown(text, SHELL), parts, "{text}");
        }
    }

    #[test]
    fn other_styles_differ() {
        let twice = DollarStyle {
            bare: false,
            escape: DollarEscape::Twice,
            ..SHELL
        };
        assert_eq!(shown("$$A ${B} $C", twice), "$A <B> $C");
        let colon = DollarStyle {
            default: DollarDefault::Colon,
            ..twice
        };
        assert_eq!(shown("${a.b-c:x:y}", colon), "<a.b-c|x:y>");
        assert_eq!(shown("${a:${b:c}}", colon), "<a|<b|c>>");
    }
}
