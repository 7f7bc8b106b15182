//! Names with a part that is filled in elsewhere: a hole such as `${ENV}`, or a piece of another string.

use std::ops::Range;

/// Bytes in which the beginning of a hole is looked for.
const LONGEST_HOLE: usize = 100;
/// Bytes of a name before a hole.
const LONGEST_HEAD: usize = 200;
/// Blanks around the operator between two strings.
const MOST_BLANKS: usize = 16;
/// Operators that join two strings, the longer ones first.
const JOINS: [&[u8]; 6] = [b"..", b"||", b"+", b".", b"&", b"~"];

/// A name whose hole is filled with the default that is written in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filled {
    /// The name in lower case.
    pub name: String,
    /// The bytes from its beginning, over the hole, to its end.
    pub span: Range<usize>,
}

/// The name that ends with `rest`, which begins with a dot, when a hole with a default is before it:
/// `ldap.${ZONE:-dev}` and then `.example.org`.
pub(super) fn filled(text: &[u8], rest: Range<usize>) -> Option<Filled> {
    let rest_text = std::str::from_utf8(&text[rest.clone()]).ok()?;
    let hole = hole_before(text, rest.start).filter(|_| rest_text.starts_with('.'))?;
    let inner = text[hole.clone()].strip_prefix(b"${")?.strip_suffix(b"}")?;
    let inner = std::str::from_utf8(inner).ok()?;
    let (name, default) = inner.split_once(':').or_else(|| inner.split_once('-'))?;
    let default = default.trim_start_matches(['-', '=']);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if name.is_empty() || default.is_empty() || !inner.replace([':', '='], "-").chars().all(is_name)
    {
        return None;
    }
    let head = text[..hole.start].iter().rev().take(LONGEST_HEAD);
    let head = head.take_while(|byte| is_label(**byte) || **byte == b'.');
    let start = hole.start - head.count();
    let head = std::str::from_utf8(&text[start..hole.start]).ok()?;
    let trimmed = head.trim_start_matches(['.', '-', '_']);
    let rest_text = rest_text.trim_end_matches(['.', '-', '_']);
    Some(Filled {
        name: format!("{trimmed}{default}{rest_text}").to_ascii_lowercase(),
        span: hole.start - trimmed.len()..rest.start + rest_text.len(),
    })
}

/// What is before and after a hole without a default with which a name begins or goes on: of
/// `ldap.${ZONE}.example.org` these are `ldap.` and `.example.org`.
pub(super) fn around(text: &[u8], rest: Range<usize>) -> Option<(&str, &str)> {
    let hole = hole_before(text, rest.start).filter(|_| text[rest.start..].starts_with(b"."))?;
    let after = std::str::from_utf8(&text[rest]).ok()?;
    let inner = text[hole.clone()].strip_prefix(b"${").unwrap_or_default();
    if memchr::memchr2(b':', b'-', inner).is_some() {
        return None;
    }
    let head = text[..hole.start].iter().rev().take(LONGEST_HEAD);
    let head = head.take_while(|byte| is_label(**byte) || **byte == b'.');
    let head = std::str::from_utf8(&text[hole.start - head.count()..hole.start]).ok()?;
    let trim = |c: char| matches!(c, '.' | '-' | '_');
    Some((head.trim_start_matches(trim), after.trim_end_matches(trim)))
}

/// Says whether the label that begins at `start` begins earlier: in a hole or another string.
pub(super) fn begins_earlier(text: &[u8], start: usize) -> bool {
    hole_before(text, start).is_some()
        || joined_before(&text[..start])
            .is_some_and(|before| before.last().is_some_and(|b| is_label(*b)))
}

/// Says whether the name that ends at `end` has more labels: in a hole or another string.
pub(super) fn goes_on(text: &[u8], end: usize) -> bool {
    let rest = &text[end..text.len().min(end + LONGEST_HOLE)];
    if let Some(after) = rest.strip_prefix(b".") {
        return begins_with_hole(after) || joined_after(after).is_some();
    }
    let next = joined_after(rest).and_then(|next| next.strip_prefix(b"."));
    next.is_some_and(|label| label.first().is_some_and(|byte| is_label(*byte)))
}

fn is_label(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

fn begins_with_hole(text: &[u8]) -> bool {
    match text {
        [b'$', b'{' | b'(', ..] | [b'{' | b'#', b'{', ..] | [b'%', b's' | b'(', ..] => true,
        [b'$' | b'{', letter, ..] => letter.is_ascii_alphabetic(),
        _ => false,
    }
}

/// The hole that ends at `end`.
fn hole_before(text: &[u8], end: usize) -> Option<Range<usize>> {
    let from = end.saturating_sub(LONGEST_HOLE);
    let before = text[from..end].strip_suffix(b"}")?;
    let open = memchr::memrchr(b'{', before)?;
    let inner = &before[open + 1..];
    let inner = inner.strip_suffix(b"}").unwrap_or(inner);
    let ends = |byte: &u8| matches!(byte, b'\n' | b'"' | b';' | b'}');
    if inner.is_empty() || inner.iter().any(ends) {
        return None;
    }
    let start = match &before[..open] {
        [.., b'$' | b'#' | b'{'] => open - 1,
        _ => open,
    };
    Some(from + start..end)
}

/// What is in the string before, if that is joined with the string in which `text` ends.
fn joined_before(text: &[u8]) -> Option<&[u8]> {
    let text = without_quote_at_end(text)?;
    let text = without_blanks_at_end(text);
    let text = JOINS.iter().find_map(|join| text.strip_suffix(*join))?;
    without_quote_at_end(without_blanks_at_end(text))
}

/// What is in the string after, if it is joined with the string that ends where `text` begins.
fn joined_after(text: &[u8]) -> Option<&[u8]> {
    let text = without_quote_at_start(text)?;
    let text = without_blanks_at_start(text);
    let text = JOINS.iter().find_map(|join| text.strip_prefix(*join))?;
    without_quote_at_start(without_blanks_at_start(text))
}

fn without_quote_at_end(text: &[u8]) -> Option<&[u8]> {
    text.strip_suffix(b"\"").or_else(|| text.strip_suffix(b"'"))
}

fn without_quote_at_start(text: &[u8]) -> Option<&[u8]> {
    text.strip_prefix(b"\"").or_else(|| text.strip_prefix(b"'"))
}

fn without_blanks_at_end(text: &[u8]) -> &[u8] {
    let blanks = text.iter().rev().take(MOST_BLANKS);
    &text[..text.len() - blanks.take_while(|b| b.is_ascii_whitespace()).count()]
}

fn without_blanks_at_start(text: &[u8]) -> &[u8] {
    let blanks = text.iter().take(MOST_BLANKS);
    &text[blanks.take_while(|b| b.is_ascii_whitespace()).count()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_with_their_defaults() {
        for (text, expected) in [
            ("a.${ZONE:-dev}.beta.org", Some("a.dev.beta.org")),
            ("x://a.${ZONE-Dev}.beta.org.", Some("a.dev.beta.org")),
            ("a-${my.zone:dev}.beta.org", Some("a-dev.beta.org")),
            ("${ZONE:=dev}.beta.org", Some("dev.beta.org")),
            ("a.${ZONE}.beta.org", None),
            ("a.${ZONE:?no zone}.beta.org", None),
            ("a.{ZONE:-dev}.beta.org", None),
            ("a.${ZONE:-$OTHER}.beta.org", None),
        ] {
            let at = text.find(".beta").expect("the rest");
            let found = filled(text.as_bytes(), at..text.len());
            assert_eq!(found.as_ref().map(|f| f.name.as_str()), expected, "{text}");
            if let Some(found) = found {
                assert!(text[found.span].starts_with(&text[text.find(['a', '$']).expect("a")..at]));
            }
        }
    }

    #[test]
    fn holes_without_a_default_have_a_name_around_them() {
        for (text, expected) in [
            ("x://a.${ZONE}.beta.org.", Some(("a.", ".beta.org"))),
            ("a.{{ zone }}.beta.org", Some(("a.", ".beta.org"))),
            ("{zone}.beta.org", Some(("", ".beta.org"))),
            ("a.${ZONE:-dev}.beta.org", None),
            ("a.${ZONE:?none}.beta.org", None),
            ("a.beta.org", None),
        ] {
            let at = text.find(".beta").expect("the rest");
            assert_eq!(around(text.as_bytes(), at..text.len()), expected, "{text}");
        }
    }

    #[test]
    fn labels_that_begin_or_end_elsewhere_are_told() {
        for (text, earlier, on) in [
            ("${OWNER}NAME", true, false),
            ("{{ owner }}NAME", true, false),
            ("{owner}NAME", true, false),
            ("\"my\" + \"NAME\"", true, false),
            ("'my'.'NAME'", true, false),
            ("\"https://\" + \"NAME\"", false, false),
            ("{NAME", false, false),
            ("NAME.${ZONE}", false, true),
            ("NAME.%s", false, true),
            ("NAME. $5", false, false),
            ("\"NAME\" + \".stub\"", false, true),
            ("\"NAME.\" + zone", false, false),
            ("\"NAME.\" + \"stub\"", false, true),
            ("\"NAME\" + \"/path\"", false, false),
            ("\"NAME\", \".stub\"", false, false),
            ("NAME${PATH}", false, false),
        ] {
            let at = text.find("NAME").expect("the name");
            assert_eq!(begins_earlier(text.as_bytes(), at), earlier, "{text}");
            assert_eq!(goes_on(text.as_bytes(), at + 4), on, "{text}");
        }
    }
}
