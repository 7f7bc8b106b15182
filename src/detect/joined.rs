//! Names that a program joins from strings and variables: `"a." + zone + ".example.org"`.

use super::hole_forms::{bracketed, end_of_name};

/// Operators between two parts, the longer ones first, and whether one does something else where no string is
/// before the variable: `zone || ".example.org"` is a choice.
const JOINS: [(&str, bool); 13] = [
    ("..", false),
    ("||", true),
    ("<>", true),
    ("<<", true),
    ("++", false),
    ("&&", true),
    ("+", false),
    (".", false),
    ("&", false),
    ("~", true),
    ("^", true),
    (",", true),
    ("", true),
];

/// The name before the variable that is joined with the string or the element in which `before` ends. The
/// name after it begins with a dot, or another part gives the dot.
pub(super) fn head(before: &str, has_dot: bool, after: &[u8]) -> Option<String> {
    if let Some(head) = in_block_list(before).filter(|_| has_dot) {
        return Some(head);
    }
    let (before, is_quoted) = match before.strip_suffix(['"', '\'', '`']) {
        Some(inside) => (without_prefix(inside), true),
        None => (before, false),
    };
    let elements = before.trim_end().strip_suffix(',');
    if let Some(elements) = elements.filter(|_| !has_dot && is_join_with_dots(before, after)) {
        let start = operand(elements.trim_end())?.trim_end();
        let name = start.strip_suffix(',')?.trim_end();
        let name = end_of_name(name.trim_end_matches(['"', '\'']));
        return (!name.is_empty()).then(|| format!("{name}."));
    }
    if !is_quoted {
        return None;
    }
    let (mut before, mut join) = operator(before);
    if !has_dot {
        // The dot is a string of its own.
        let dot = without_blanks(before).strip_suffix(['"', '\''])?;
        let dot = dot.strip_suffix('.')?.strip_suffix(['"', '\''])?;
        (before, join) = operator(without_prefix(dot));
    }
    if join.0 == "&&" {
        return None;
    }
    let start = operand(before)?;
    let (start, _) = operator(start);
    let name = start
        .strip_suffix(['"', '\'', '`'])
        .map(end_of_name)
        .unwrap_or_default();
    let is_string_before = name.ends_with(['.', '-']);
    (is_string_before || !join.1).then(|| name.to_owned())
}

/// What is before an operator, and the operator.
fn operator(text: &str) -> (&str, (&'static str, bool)) {
    let text = without_blanks(text);
    let join = JOINS.iter().find(|(join, _)| text.ends_with(join));
    let join = join.copied().unwrap_or(("", true));
    (without_blanks(&text[..text.len() - join.0.len()]), join)
}

/// Blanks, also at the end of a line that goes on.
fn without_blanks(text: &str) -> &str {
    let text = text.trim_end();
    text.strip_suffix(" _")
        .or_else(|| text.strip_suffix('\\'))
        .unwrap_or(text)
        .trim_end()
}

/// A text without what tells the sort of a string before its quote: `f"`, `N'`, `@"`.
fn without_prefix(text: &str) -> &str {
    let is_mark = |c: char| matches!(c, 'f' | 'r' | 'b' | 'u' | 'F' | 'R' | 'L' | 'N' | '@');
    let start = text.trim_end_matches(is_mark);
    let is_word = start.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.'));
    if is_word || text.len() - start.len() > 2 {
        text
    } else {
        start
    }
}

/// What is before the variable, the call or the reference with which a text ends.
fn operand(text: &str) -> Option<&str> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '.' | ':' | '?');
    let mut start = text;
    loop {
        let before = start;
        start = match start.chars().next_back()? {
            ')' => bracketed(start, '(', ')')?.0,
            ']' => bracketed(start, '[', ']')?.0,
            '}' => bracketed(start, '{', '}')?.0,
            c if is_word(c) => start.trim_end_matches(is_word),
            _ if start.ends_with("->") => &start[..start.len() - 2],
            _ => break,
        };
        if start.is_empty() || start.len() == before.len() {
            break;
        }
    }
    let word = &text[start.len()..];
    // The operator of PHP touches what it joins.
    let dots = word.len() - word.trim_start_matches('.').len();
    let is_name = word[dots..].starts_with(|c: char| !c.is_ascii_digit());
    if !is_name || is_keyword(&word[dots..]) {
        return None;
    }
    let start = &text[..start.len() + dots];
    let tags = ["!Ref", "!GetAtt", "!ImportValue", "!Select"];
    let tagged = tags
        .iter()
        .find_map(|tag| start.trim_end().strip_suffix(tag));
    Some(tagged.unwrap_or(start))
}

fn is_keyword(word: &str) -> bool {
    let words = [
        "return", "in", "is", "and", "or", "not", "if", "else", "then", "case", "when", "echo",
        "print", "export", "set", "const", "let", "var", "like", "contains", "endswith", "matches",
        "include",
    ];
    words.contains(&word.to_ascii_lowercase().as_str())
}

/// Whether the elements of a list are joined with dots: `".".join(...)`, `[...].join('.')`, `!Join ['.', ...]`.
fn is_join_with_dots(before: &str, after: &[u8]) -> bool {
    let after = String::from_utf8_lossy(&after[..after.len().min(40)]);
    let near = |text: &str| {
        let has_dot = text.contains("'.'") || text.contains("\".\"");
        has_dot && text.to_ascii_lowercase().contains("join")
    };
    let line = before.rsplit('\n').next().unwrap_or_default();
    near(line) || near(after.lines().next().unwrap_or_default())
}

/// The name before a reference in a YAML list of which each element has a line of its own.
fn in_block_list(before: &str) -> Option<String> {
    let line = before.strip_suffix(['"', '\'']).unwrap_or(before);
    let lines = line.trim_end_matches(' ').strip_suffix('-')?;
    let mut lines = lines
        .trim_end_matches(' ')
        .strip_suffix('\n')?
        .lines()
        .rev();
    let reference = lines.next()?.trim().strip_prefix("- ")?.trim_start();
    let begins = ["!", "Ref:", "Fn::", "{"];
    if !begins.iter().any(|begin| reference.starts_with(begin)) {
        return None;
    }
    let element = lines.next()?.trim();
    if !element.starts_with('-') {
        return None;
    }
    let name = end_of_name(element.trim_end_matches(['"', '\'']));
    name.ends_with(['.', '-']).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_between_strings_is_a_hole() {
        for text in [
            "x = \"x://a.\" + zone + \"",
            "x = 'a.' + cfg['zone'] + '",
            "x = \"a.\" + f(\"x\") + f\"",
            "\"a.\" . $zone . \"",
            "\"a.\".$this->zone.\"",
            "\"a.\" & zone & _\n  \"",
            "'a.' || zone || '",
            "\"a.\" .. zone .. \"",
            "\"a.\" <> zone <> \"",
            "\"a.\" ++ Zone ++ \"",
            "concat(\"a.\", zone, \"",
            "[\"a.\", {\"Ref\": \"Zone\"}, \"",
            "['a.', !Ref Zone, '",
            "\"a.\"$zone\"",
            "\"a.\"${zone}\"",
            "\"a.\" ZONE \"",
            "  - - 'a.'\n    - !Ref Zone\n    - '",
            "  - - a.\n    - Ref: Zone\n    - ",
        ] {
            assert_eq!(head(text, true, b""), Some("a.".to_owned()), "{text}");
        }
        for (text, after) in [
            ("\".\".join([\"a\", zone, \"", "\"])"),
            ("['a', zone, '", "'].join('.')"),
            ("!Join ['.', [a, !Ref Zone, ", "]]"),
            ("\"a.\" + zone + \".\" + \"", "\""),
        ] {
            let found = head(text, false, after.as_bytes());
            assert_eq!(found, Some("a.".to_owned()), "{text}");
        }
        assert_eq!(head("zone + \"", true, b""), Some(String::new()));
    }

    #[test]
    fn a_string_that_nothing_is_joined_with_has_no_hole() {
        for text in [
            "endsWith(\"",
            "x = \"",
            "return \"",
            "zone || \"",
            "zone ~ '",
            "a && \"",
            "[\"x\", y, \"",
            "['a.', 'b.', '",
            "\"a\" + \"",
            "{\"x\": \"",
            "domains:\n  - x\n  - \"",
            "domains:\n  - a.\n  - b.\n  - ",
        ] {
            assert_eq!(head(text, true, b""), None, "{text}");
            assert_eq!(head(text, false, b""), None, "{text}");
        }
    }
}
