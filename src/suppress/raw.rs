//! Literals of languages in which the reader of source code sees code: a comment in one is a part of it.

use crate::syntax::FormatId;

/// Says whether the byte at `at` may be in such a literal.
pub(super) fn is_in_literal(format: FormatId, text: &str, at: usize) -> bool {
    let before = &text[..at];
    match format {
        FormatId::Sql => dollar_quoted(before) || in_copied_data(before),
        FormatId::Groovy => is_open(before, "$/", "/$"),
        FormatId::Haskell => before
            .rfind("|]")
            .map_or(before, |end| &before[end..])
            .lines()
            .any(|line| {
                let name = line
                    .rsplit_once('[')
                    .and_then(|(_, rest)| rest.split_once('|'));
                name.is_some_and(|(name, _)| !name.is_empty() && name.chars().all(is_name))
            }),
        FormatId::Elixir => in_sigil(text, at),
        FormatId::Swift => is_open(before, "#/", "/#"),
        FormatId::Julia => !before.matches('`').count().is_multiple_of(2),
        FormatId::Scala | FormatId::Basic => in_element(before),
        _ => false,
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '.'
}

fn is_open(before: &str, open: &str, close: &str) -> bool {
    let begun = before.rfind(open);
    begun.is_some_and(|begun| !before[begun + open.len()..].contains(close))
}

/// `$$…$$` and `$name$…$name$`.
fn dollar_quoted(before: &str) -> bool {
    let mut open: Option<&str> = None;
    let mut parts = before.split('$').skip(1).peekable();
    while let Some(name) = parts.next() {
        // The last part has no sign after it.
        if parts.peek().is_none() || !name.chars().all(is_name) {
            continue;
        }
        match open {
            None => open = Some(name),
            Some(begun) if begun == name => open = None,
            Some(_) => continue,
        }
        parts.next();
        if parts.peek().is_none() {
            break;
        }
    }
    open.is_some()
}

/// Rows between `COPY … FROM stdin;` and a line with a backslash and a full stop.
fn in_copied_data(before: &str) -> bool {
    let mut inside = false;
    for line in before.lines().map(str::trim) {
        let lower = line.to_ascii_lowercase();
        if lower.ends_with("from stdin;") {
            inside = true;
        } else if line == "\\." {
            inside = false;
        }
    }
    inside
}

/// An element of XML that is a value.
fn in_element(before: &str) -> bool {
    let mut begins = before.match_indices(['=', '(']);
    begins.any(|(at, _)| {
        let Some(rest) = before[at + 1..].trim_start().strip_prefix('<') else {
            return false;
        };
        let length = rest.find(|c: char| !is_name(c) && c != ':');
        let name = &rest[..length.unwrap_or(rest.len())];
        !name.is_empty() && !rest.contains(&format!("</{name}>"))
    })
}

/// `~w(…)` and other sigils.
fn in_sigil(text: &str, at: usize) -> bool {
    let mut from = 0;
    while let Some(found) = text[from..at].find('~') {
        let start = from + found + 1;
        let rest = &text[start..];
        let name = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_alphabetic())
                .len();
        let open = rest[name..].chars().next().unwrap_or(' ');
        let close = match open {
            '(' => ')',
            '[' => ']',
            '{' => '}',
            '<' => '>',
            '|' | '/' => open,
            _ => ' ',
        };
        from = start;
        if name == 0 || close == ' ' {
            continue;
        }
        let content = start + name + 1;
        let end = text[content..].find(close);
        let end = end.map_or(text.len(), |length| content + length);
        if content <= at && at <= end {
            return true;
        }
        if end >= at {
            return false;
        }
        from = end;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_told_from_code() {
        for (format, text, expected) in [
            (FormatId::Sql, "select $$\nX", true),
            (FormatId::Sql, "select $$ a $$;\nX", false),
            (FormatId::Sql, "do $a$ begin $$ $$ \nX", true),
            (FormatId::Sql, "do $a$ begin $$ $$ $a$;\nX", false),
            (FormatId::Sql, "select '$5';\nX", false),
            (FormatId::Groovy, "a = $/\nX", true),
            (FormatId::Groovy, "a = $/ b /$\nX", false),
            (FormatId::Haskell, "a = [r|\nX", true),
            (FormatId::Haskell, "a = [r| b |]\nX", false),
            (FormatId::Haskell, "a = [b | b <- c]\nX", false),
            (FormatId::Elixir, "a = ~w(\nX\n)", true),
            (FormatId::Elixir, "a = ~S|\nX\n|", true),
            (FormatId::Elixir, "a = ~w(b)\nX", false),
            (FormatId::Elixir, "a ~> b\nX", false),
            (FormatId::Swift, "a = #/ b /#\nX", false),
            (FormatId::Julia, "a = `b`\nX", false),
            (FormatId::Scala, "a = <b>c</b>\nX", false),
            (FormatId::Basic, "a = b\nX", false),
            (FormatId::Sql, "COPY a FROM stdin;\nb\n\\.\nX", false),
        ] {
            let at = text.find('X').expect("marked");
            assert_eq!(is_in_literal(format, text, at), expected, "{text}");
        }
    }
}
