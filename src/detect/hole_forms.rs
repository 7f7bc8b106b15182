//! The ways in which files write a hole before the end of a name: `${ENV}`, `%s`, `@env@`, `<%= env %>`, or a
//! variable that a program joins with strings.

use std::borrow::Cow;
use std::ops::Range;

use super::joined;
use crate::text::Encoding;

/// Bytes before the end of a name in which a hole is looked for.
const WINDOW: usize = 300;
/// Bytes of a name after its hole; that of a host is shorter, also where its characters are escaped.
const LONGEST_REST: usize = 2048;
/// Letters that end a placeholder of a format string.
const VERBS: [char; 4] = ['s', 'v', 'd', 'q'];

/// A name with a hole in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NameAroundHole {
    /// What is before the hole.
    pub head: String,
    /// What is after it.
    pub rest: String,
    /// What a shell fills in when there is nothing else.
    pub default: Option<String>,
}

/// The name that ends with the token, if there is a hole before the token or in its first label.
pub(super) fn around(text: &[u8], token: Range<usize>) -> Option<NameAroundHole> {
    if token.len() > LONGEST_REST {
        return None;
    }
    let rest = std::str::from_utf8(&text[token.clone()]).ok()?;
    let last = token.start.checked_sub(1).map(|before| text[before]);
    if !rest.starts_with(['.', '\\']) && !last.is_some_and(may_end_a_hole) && !rest.contains("__") {
        return None;
    }
    let rest = rest.replace('\\', "");
    let rest = rest.trim_end_matches(['.', '-', '_']);
    if let Some((head, after)) = between_underscores(rest) {
        return Some(NameAroundHole {
            head: head.to_owned(),
            rest: after.to_owned(),
            default: None,
        });
    }
    let from = token.start.saturating_sub(WINDOW);
    let before = plainly(&text[from..token.start]);
    let (first, others) = rest.split_once('.')?;
    let (before_hole, rest) = if rest.starts_with('.') {
        (before_hole(&before), rest.to_owned())
    } else if let Some(start) = before_hole_with_label(&before, first) {
        (Some(start), format!(".{others}"))
    } else {
        (before_hole(&before), rest.to_owned())
    };
    if let Some(start) = before_hole {
        return Some(NameAroundHole {
            head: end_of_name(start).to_owned(),
            default: default_in(before[start.len()..].trim_start()),
            rest,
        });
    }
    let head = joined::head(&before, rest.starts_with('.'), &text[token.end..])?;
    Some(NameAroundHole {
        head,
        rest: format!(".{}", rest.trim_start_matches('.')),
        default: None,
    })
}

/// Whether a byte can be the last one before a name that begins with a part of a hole or after one.
fn may_end_a_hole(byte: u8) -> bool {
    matches!(
        byte,
        b'}' | b')' | b']' | b'>' | b'$' | b'%' | b'@' | b'#' | b'!' | b':' | b'"' | b'\'' | b' '
    )
}

/// A text with the quotes and brackets that formats escape written plainly.
fn plainly(bytes: &[u8]) -> Cow<'_, str> {
    let text = Encoding::Utf8.decode(bytes);
    if memchr::memchr2(b'&', b'\\', bytes).is_none() {
        return text;
    }
    let plain = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
        ("\\u003c", "<"),
        ("\\u003e", ">"),
        ("\\u0026", "&"),
        ("\\\"", "\""),
        ("\\'", "'"),
    ];
    let text = text.into_owned();
    Cow::Owned(
        plain
            .iter()
            .fold(text, |text, (escape, plain)| text.replace(escape, plain)),
    )
}

/// `head.__ZONE__.rest`, of which every character may be one of a name.
fn between_underscores(token: &str) -> Option<(&str, &str)> {
    let start = token.find("__")?;
    let length = token[start + 2..].find("__")?;
    let end = start + 2 + length + 2;
    let (head, rest) = (&token[..start], &token[end..]);
    let is_label = (head.is_empty() || head.ends_with('.')) && rest.starts_with('.');
    (length > 0 && is_label).then_some((head, rest))
}

/// What is before the hole with which a text ends.
fn before_hole(text: &str) -> Option<&str> {
    let sigils = ['$', '#', '%', '@', '\\'];
    match text.chars().next_back()? {
        '}' => {
            let (start, _) = bracketed(text, '{', '}')?;
            Some(start.trim_end_matches(sigils))
        }
        ')' => {
            let (start, _) = bracketed(text, '(', ')')?;
            let before = start.trim_end_matches(sigils);
            (before.len() < start.len()).then_some(before)
        }
        ']' => {
            let (start, inner) = bracketed(text, '[', ']')?;
            let is_template = inner.starts_with(['%', '[']);
            let is_label = is_placeholder(inner) && start.ends_with(['.', '-']);
            (is_template || is_label).then_some(start)
        }
        '>' => {
            let (start, inner) = text.strip_suffix('>')?.rsplit_once('<')?;
            let is_template = inner.starts_with(['%', '?']);
            let is_tag = !inner.is_empty() && !inner.starts_with(['/', '!', ' ', '=']);
            let is_label = is_tag && !inner.contains(['\n', '>']) && start.ends_with(['.', '-']);
            (is_template || is_label).then_some(start)
        }
        '#' if text.ends_with("}#") => before_hole(text.strip_suffix('#')?),
        mark @ ('%' | '@' | '#' | '!') => between_marks(text, mark),
        verb if VERBS.contains(&verb) || verb == '@' => before_format_verb(text),
        _ => None,
    }
    .or_else(|| before_format_verb(text))
}

/// What is before a hole whose last part looks like the first label of the name that goes on after it:
/// `$zone`, `%1`, `%1$s`.
fn before_hole_with_label<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let is_verb = label.chars().all(|c| VERBS.contains(&c)) && label.len() == 1;
    if is_verb && text.ends_with('%') {
        return text.strip_suffix('%');
    }
    if is_verb && text.ends_with(['$', ']', '>', '}']) {
        let opened = match text.chars().next_back()? {
            '$' => text
                .strip_suffix('$')?
                .trim_end_matches(|c: char| c.is_ascii_digit()),
            ']' => bracketed(text, '[', ']')?.0,
            '>' => text.rsplit_once('<')?.0,
            _ => bracketed(text, '{', '}')?.0,
        };
        if let Some(start) = opened.strip_suffix('%') {
            return Some(start);
        }
    }
    let is_number = !label.is_empty() && label.chars().all(|c| c.is_ascii_digit());
    if is_number && text.ends_with('%') {
        return text.strip_suffix('%');
    }
    let is_variable = label.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let text = text.strip_suffix("env:").unwrap_or(text);
    let start = text.trim_end_matches('$');
    (is_variable && start.len() < text.len()).then_some(start)
}

/// What is before the bracket that opens the one with which a text ends, and what is between them. They are on one
/// line.
pub(super) fn bracketed(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().rev() {
        if c == close {
            depth += 1;
        } else if c == open {
            depth -= 1;
            if depth == 0 {
                return Some((&text[..at], &text[at + 1..text.len() - 1]));
            }
        } else if c == '\n' {
            return None;
        }
    }
    None
}

fn is_placeholder(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && text.chars().all(is_part)
}

/// What is before `%ZONE%`, `@zone@`, `#ZONE#` or `!ZONE!`, with one mark or more on both sides.
fn between_marks(text: &str, mark: char) -> Option<&str> {
    let text = text.trim_end_matches(mark);
    let (start, inner) = text.rsplit_once(mark)?;
    is_placeholder(inner).then(|| start.trim_end_matches(mark))
}

/// What is before `%s`, `%-5s`, `%(zone)s` or `%@`.
fn before_format_verb(text: &str) -> Option<&str> {
    let opened = text
        .strip_suffix(VERBS)
        .or_else(|| text.strip_suffix('@'))?;
    let opened = match opened.chars().next_back()? {
        ')' => bracketed(opened, '(', ')')?.0,
        '>' => opened.rsplit_once('<')?.0,
        _ => opened.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '$')),
    };
    opened.strip_suffix('%')
}

/// What a shell writes for a hole without a value: `dev` in `${ZONE:-dev}`.
fn default_in(hole: &str) -> Option<String> {
    let inner = hole.strip_prefix("${")?.strip_suffix('}')?;
    let (name, default) = inner.split_once(':').or_else(|| inner.split_once('-'))?;
    let default = default.trim_start_matches(['-', '=']);
    (is_placeholder(name) && is_placeholder(default)).then(|| default.to_owned())
}

/// The part of a name with which a text ends.
pub(super) fn end_of_name(text: &str) -> &str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let start = text.trim_end_matches(is_part).len();
    text[start..].trim_start_matches(['.', '-', '_'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(String, String)> {
        let end = text.find(".beta.org").expect("the rest");
        let is_label = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let start = if text[..end].ends_with("%s") {
            end
        } else {
            text[..end].trim_end_matches(is_label).len()
        };
        let found = around(text.as_bytes(), start..end + ".beta.org".len())?;
        Some((found.head, found.rest))
    }

    #[test]
    fn holes_of_all_kinds_are_read() {
        for text in [
            "x://a.${ZONE}.beta.org",
            "a.${{ matrix.zone-x }}.beta.org",
            "a.{{ zone | default \"x\" }}.beta.org",
            "a.{}.beta.org",
            "a.#{zone}.beta.org",
            "a.#{ZONE}#.beta.org",
            "a.$(ZONE).beta.org",
            "a.\\(zone).beta.org",
            "a.[% zone %].beta.org",
            "a.[zone].beta.org",
            "a.<%= zone %>.beta.org",
            "a.&lt;%= zone %&gt;.beta.org",
            "a.<zone>.beta.org",
            "a.%ZONE%.beta.org",
            "a.@zone@.beta.org",
            "a.!ZONE!.beta.org",
            "a.#ZONE#.beta.org",
            "a.%s.beta.org",
            "a.$zone.beta.org",
            "a.$env:ZONE.beta.org",
            "a.%1$s.beta.org",
            "a.%[1]s.beta.org",
            "a.%<zone>s.beta.org",
            "a.%1.beta.org",
        ] {
            let name = Some(("a.".to_owned(), ".beta.org".to_owned()));
            assert_eq!(found(text), name, "{text}");
        }
        let text = "a.__ZONE__.beta.org";
        let found = around(text.as_bytes(), 0..text.len()).expect("a hole");
        assert_eq!((&*found.head, &*found.rest), ("a.", ".beta.org"));
    }

    #[test]
    fn other_text_before_a_name_is_no_hole() {
        for text in [
            "a.beta.org",
            "f(x).beta.org",
            "<b>.beta.org",
            "a.</b>.beta.org",
            "x[1].beta.org",
            "50%.beta.org",
            "me@.beta.org",
            "*.beta.org",
            " .beta.org",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn defaults_are_told() {
        for (hole, default) in [
            ("${ZONE:-dev}", Some("dev")),
            ("${ZONE-dev}", Some("dev")),
            ("${ZONE:?none given}", None),
            ("${ZONE}", None),
            ("${{ a.b-c }}", None),
        ] {
            assert_eq!(default_in(hole).as_deref(), default, "{hole}");
        }
    }
}
