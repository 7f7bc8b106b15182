//! The body of a PEM block, freed of what it is wrapped in: escapes, entities, quotes, comment
//! signs, everything that is not base64.

/// How a body ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// At its end marker: all of it must be base64.
    Marked,
    /// The marker is missing: it ends where the base64 does.
    Missing,
}

/// The base64 of a body.
#[derive(Debug, Default)]
pub(super) struct PemBody {
    /// Its digits, without padding.
    pub base64: Vec<u8>,
    /// For each digit where its spelling ends in the source.
    pub ends: Vec<usize>,
    /// Where the last digit ends, or the padding after it.
    pub end: usize,
}

/// A byte that a spelling stands for.
#[derive(Debug, Clone, Copy)]
struct SpelledByte {
    byte: u8,
    end: usize,
}

/// Reads the body of a block. `prefix` is the text before the begin marker in its line.
pub(super) fn read(source: &[u8], prefix: &[u8], ending: Ending) -> Option<PemBody> {
    let units = plain(source);
    let mut body = PemBody::default();
    // When the body is in a string, so is the marker. So the first quote ends a string, and whatever
    // joins the strings of a program is between it and the next.
    let mut quote = None;
    let mut outside = false;
    let mut padded = false;
    'lines: for (number, line) in units.split(|unit| unit.byte == b'\n').enumerate() {
        let mut line = line;
        if !outside && number > 0 {
            line = without_prefix(line, prefix);
            if body.base64.is_empty() && is_header(line) {
                continue;
            }
        }
        for unit in line {
            match unit.byte {
                byte @ (b'"' | b'\'' | b'`') if quote.is_none_or(|quote| quote == byte) => {
                    quote = Some(byte);
                    outside = !outside;
                }
                _ if outside => {}
                b' ' | b',' => {}
                b'=' if !body.base64.is_empty() => {
                    padded = true;
                    body.end = unit.end;
                }
                byte if is_digit(byte) && !padded => {
                    body.base64.push(byte);
                    body.ends.push(unit.end);
                    body.end = unit.end;
                }
                _ if ending == Ending::Missing => break 'lines,
                _ => return None,
            }
        }
    }
    if ending == Ending::Missing && body.base64.len() % 4 == 1 {
        // Half a byte was left when the text broke off.
        body.base64.pop();
        body.ends.pop();
        body.end = body.ends.last().copied()?;
    }
    (!body.base64.is_empty()).then_some(body)
}

fn is_digit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

/// A line without its indentation and the signs of comments and quotations. Those that are base64
/// digits as well are signs only where the line of the marker begins with them.
fn without_prefix<'a>(line: &'a [SpelledByte], prefix: &[u8]) -> &'a [SpelledByte] {
    let indented = skip(line, |byte| byte == b' ');
    let has_prefix = indented.len() >= prefix.len()
        && indented
            .iter()
            .zip(prefix)
            .all(|(unit, byte)| unit.byte == *byte);
    let rest = if has_prefix {
        indented.get(prefix.len()..).unwrap_or_default()
    } else {
        indented
    };
    skip(rest, |byte| b" >#*;%!|-".contains(&byte))
}

fn skip(line: &[SpelledByte], unwanted: impl Fn(u8) -> bool) -> &[SpelledByte] {
    let first = line.iter().position(|unit| !unwanted(unit.byte));
    line.get(first.unwrap_or(line.len())..).unwrap_or_default()
}

/// `Proc-Type: 4,CLEAR` and the like, which come before the base64.
fn is_header(line: &[SpelledByte]) -> bool {
    let has = |wanted: &[u8]| line.iter().any(|unit| wanted.contains(&unit.byte));
    has(b":") && !has(b"\"'`")
}

/// The body with escapes and entities replaced by what they stand for, every kind of line end as
/// `\n` and every kind of blank as a space.
fn plain(source: &[u8]) -> Vec<SpelledByte> {
    let mut units = Vec::with_capacity(source.len());
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let (byte, length) = match rest {
            [b'\\', ..] => escape(rest),
            [b'&', ..] => entity(rest),
            // How shells of Windows write a line end.
            [b'`', b'n' | b'r', ..] => (Some(b'\n'), 2),
            [b'\r', ..] => (Some(b'\n'), 1),
            [b'\t' | 0x0b | 0x0c, ..] => (Some(b' '), 1),
            // A space that does not break.
            [0xc2, 0xa0, ..] => (Some(b' '), 2),
            [byte, ..] => (Some(*byte), 1),
            [] => (None, 1),
        };
        at += length;
        units.extend(byte.map(|byte| SpelledByte { byte, end: at }));
    }
    units
}

/// What a run of backslashes and the byte after it stand for, and how long they are. Text put into
/// text has several backslashes where one is meant.
fn escape(text: &[u8]) -> (Option<u8>, usize) {
    let run = text.iter().take_while(|byte| **byte == b'\\').count();
    let rest = text.get(run..).unwrap_or_default();
    match rest {
        [b'n' | b'r', ..] => (Some(b'\n'), run + 1),
        [b't', ..] => (Some(b' '), run + 1),
        [b'u', a, b, c, d, ..] => numeric(&[*a, *b, *c, *d], 16, run, 5),
        [b'x', a, b, ..] => numeric(&[*a, *b], 16, run, 3),
        [a @ b'0'..=b'3', b, c, ..] => numeric(&[*a, *b, *c], 8, run, 3),
        // `\/`, `\"`, `\=`, and a backslash that joins lines: the byte stands for itself.
        _ => (None, run),
    }
}

fn numeric(digits: &[u8], radix: u32, run: usize, length: usize) -> (Option<u8>, usize) {
    match value(digits, radix) {
        Some(value) => (Some(value), run + length),
        None => (None, run),
    }
}

/// What an XML entity stands for, and how long it is. In text put into text its ampersand is an
/// entity again.
fn entity(text: &[u8]) -> (Option<u8>, usize) {
    let mut rest = text.get(1..).unwrap_or_default();
    // The run is short in real text; a limit keeps a long one from being read again and again.
    for _ in 0..4 {
        rest = rest.strip_prefix(b"amp;").unwrap_or(rest);
    }
    let literal = (Some(b'&'), 1);
    let window = rest.get(..rest.len().min(10)).unwrap_or_default();
    let Some(end) = window.iter().position(|byte| *byte == b';') else {
        return literal;
    };
    let name = window.get(..end).unwrap_or_default();
    let byte = match name {
        [b'#', b'x' | b'X', digits @ ..] => value(digits, 16),
        [b'#', digits @ ..] => value(digits, 10),
        b"quot" => Some(b'"'),
        b"apos" => Some(b'\''),
        b"gt" => Some(b'>'),
        b"nbsp" | b"Tab" => Some(b' '),
        b"NewLine" => Some(b'\n'),
        _ => None,
    };
    match byte {
        Some(byte) => (Some(byte), text.len() - rest.len() + end + 1),
        None => literal,
    }
}

/// The character of a number; for all that no body may hold the same byte.
fn value(digits: &[u8], radix: u32) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    // `from_str_radix` would take a sign.
    if !digits.starts_with(|first: char| first.is_digit(radix)) {
        return None;
    }
    Some(match u32::from_str_radix(digits, radix).ok()? {
        9 | 32 | 0xa0 => b' ',
        10 | 13 => b'\n',
        other => u8::try_from(other).unwrap_or(u8::MAX),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Ending, read};

    /// The digits of a body, when it is one.
    fn marked(text: &str) -> Option<String> {
        let body = read(text.as_bytes(), b"", Ending::Marked)?;
        assert_eq!(body.base64.len(), body.ends.len());
        Some(String::from_utf8(body.base64).unwrap())
    }

    #[test]
    fn wrapping_is_taken_off() {
        for text in [
            "\nAB+/\nCD==\n",
            "\r\nAB+/\r\nCD==\r\n",
            "\rAB+/\rCD==\r",
            "\n\t  AB+/\n\t  CD==\n",
            r"\nAB+/\nCD==\n",
            r"\r\nAB+/\r\nCD==\r\n",
            r"\\nAB+/\\nCD==\\n",
            r"\nAB+\/\nCD\=\=\n",
            r"\nAB\u002B\u002f\u000aCD\u003d\u003D\n",
            r"\x0aAB+/\012CD==\015",
            " AB+/ CD== ",
            "AB+/CD==",
            "\u{a0}AB+/\u{a0}CD==",
            "&#10;AB+/&#xA;CD==&#13;&#xd;",
            "&amp;#10;AB&#x2B;&#47;&amp;amp;#xa;CD&#61;=&NewLine;",
            "\n> AB+/\n>> CD==\n",
            "\n# AB+/\n# CD==\n",
            "\n * AB+/\n * CD==\n",
            "\n  - AB+/\n  - CD==\n",
            "`nAB+/`r`nCD==`n",
            "\\\nAB+/\\\nCD==\\\n",
            "\nAB+/,\nCD==\n",
            "\nProc-Type: 4,CLEAR\nOriginator: x\n\nAB+/\nCD==\n",
            r"\nProc-Type: 4,CLEAR\n\nAB+/\nCD==\n",
            // Strings of programs.
            "\" +\n  \"AB+/\" +\n  \"CD==\" +\n  \"",
            "\\n\" +\n  \"AB+/\\n\" +\n  \"CD==\\n\" +\n  \"",
            "\\n\"\n  + \"AB+/\\n\"\n  + \"CD==\\n\"\n  + \"",
            "\\n' .\n  'AB+/\\n' .\n  'CD==\\n' .\n  '",
            "\\n\" \\\n\"AB+/\\n\" \\\n\"CD==\\n\" \\\n\"",
            "\", \"AB+/\", \"CD==\", \"",
            r#"\",\"AB+/\",\"CD==\",\""#,
            "&quot;, &quot;AB+/&quot;, &quot;CD==&quot;, &quot;",
            "\");\nout.println(\"AB+/\");\nout.println(\"CD==\");\nout.println(\"",
            "\" & vbCrLf & _\n \"AB+/\" & vbCrLf & _\n \"CD==\" & vbCrLf & _\n \"",
            "\" // it's one\n \"AB+/\" # two\n \"CD==\" \"",
            "\"$'\\n'\"AB+/\"$'\\n'\"CD==\"$'\\n'\"",
        ] {
            assert_eq!(marked(text).as_deref(), Some("AB+/CD"), "{text}");
        }
    }

    #[test]
    fn digits_at_the_edge_of_a_string_are_no_joiners() {
        assert_eq!(
            marked("\" +\n\"AB/+\" +\n\"+/CD\" +\n\"").unwrap(),
            "AB/++/CD"
        );
        assert_eq!(marked("\n//AB\n+/CD\n").unwrap(), "//AB+/CD");
    }

    #[test]
    fn the_sign_of_the_marker_is_taken_off_each_line() {
        for (prefix, text) in [
            ("//", "\n// //AB\n    //+/CD\n//\n"),
            ("///", "\n/// //AB\n/// +/CD\n"),
            ("+", "\n+//AB\n++/CD\n"),
            ("+#", "\n+# //AB\n+#+/CD\n"),
            ("> >", "\n> > //AB\n> > +/CD\n"),
            ("--", "\n-- //AB\n-- +/CD\n"),
        ] {
            let body = read(text.as_bytes(), prefix.as_bytes(), Ending::Marked).unwrap();
            assert_eq!(body.base64, b"//AB+/CD", "{text}");
        }
    }

    #[test]
    fn other_text_is_no_body() {
        for text in [
            "",
            "\n\n",
            "\"",
            "==",
            "\nAB$D\n",
            "\nABöD\n",
            "\nAB==CD\n",
            "\nABCD\nkey: value\n",
            "AB&lt;CD",
            "AB&#300;CD",
            "AB&#+43;CD",
            r"AB\u00e9CD",
            "AB&#xfffffffffff;",
            "AB(CD",
        ] {
            assert_eq!(marked(text), None, "{text}");
        }
    }

    #[test]
    fn without_an_end_marker_a_body_ends_where_its_digits_do() {
        for (text, digits, end) in [
            ("\nABCD\n$x", "ABCD", 5),
            ("\nABCD\nE", "ABCD", 5),
            (r"\nAB\/D\n", "AB/D", 7),
            ("\nABC=\nkey", "ABC", 5),
        ] {
            let body = read(text.as_bytes(), b"", Ending::Missing).unwrap();
            assert_eq!(body.base64, digits.as_bytes(), "{text}");
            assert_eq!(body.end, end, "{text}");
        }
    }
}
