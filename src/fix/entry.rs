//! Deletes an entry of a list or map: with its line where it has lines of its own, otherwise with the
//! comma that would be left.

use std::ops::Range;

/// The bytes of `text` to delete, so that the entry at `entry` goes; none when it is not clear what
/// belongs to it. `entry` goes from its key to its value, without quotes and marks around them.
pub(super) fn deletion(text: &str, entry: &Range<usize>) -> Option<Range<usize>> {
    if entry.is_empty() || !text.is_char_boundary(entry.start) || !text.is_char_boundary(entry.end)
    {
        return None;
    }
    let lines = whole_lines(text, entry);
    let range = match lines {
        Some(lines) => with_comma_before(text, lines),
        None => in_line(text, entry)?,
    };
    is_balanced(text.get(range.clone())?).then_some(range)
}

/// The lines of an entry, when they have nothing else.
fn whole_lines(text: &str, entry: &Range<usize>) -> Option<Range<usize>> {
    let start = text[..entry.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[entry.end..]
        .find('\n')
        .map_or(text.len(), |at| entry.end + at + 1);
    let before = &text[start..entry.start];
    let after = &text[entry.end.min(end)..end];
    let alone = before
        .chars()
        .all(|c| c.is_whitespace() || matches!(c, '-' | '"' | '\'' | '`' | '<' | '|' | '{' | '['));
    alone.then_some(())?;
    is_end(after).then_some(start..end)
}

/// Says whether the rest of a line ends an entry: quotes, marks, a comment, the end of an element.
fn is_end(after: &str) -> bool {
    let rest = after.trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '\'' | '`' | ',' | ';' | '}' | ']' | ')' | '/' | '>' | '|'
            )
    });
    if rest.is_empty() || rest.starts_with('#') || after.contains("//") && !rest.contains(',') {
        return true;
    }
    // `</name>`
    let element = after.trim_start().strip_prefix("</");
    element
        .and_then(|e| e.split_once('>'))
        .is_some_and(|(_, after)| after.trim().is_empty())
}

/// Lines, with the comma of the line above when it would be the last one of its list.
fn with_comma_before(text: &str, lines: Range<usize>) -> Range<usize> {
    let removed = text[lines.clone()].trim_end();
    let closes = text[lines.end..].trim_start().starts_with(['}', ']', ')']);
    let above = text[..lines.start].trim_end();
    if closes && !removed.ends_with(',') && above.ends_with(',') {
        // The line break after the comma stays, the one after the entry is deleted with it.
        let end = lines.start + text[lines.clone()].trim_end_matches(['\n', '\r']).len();
        return above.len() - 1..end;
    }
    lines
}

/// An entry among others in one line, with its quotes and one comma.
fn in_line(text: &str, entry: &Range<usize>) -> Option<Range<usize>> {
    let quote = |c: char| matches!(c, '"' | '\'' | '`');
    let start = text[..entry.start]
        .strip_suffix(quote)
        .map_or(entry.start, str::len);
    // In `E::Dev => x` more than the key belongs to it.
    if text[..start].ends_with(|c: char| c.is_alphanumeric() || "_:.$@&#\\".contains(c)) {
        return None;
    }
    let mut end = entry.end;
    if text[end..].starts_with(quote) {
        end += 1;
    }
    let after = text[end..].trim_start_matches([' ', '\t']);
    if let Some(rest) = after.strip_prefix(',') {
        let next = rest.trim_start_matches([' ', '\t']);
        return Some(start..text.len() - next.len());
    }
    let before = text[..start]
        .trim_end_matches([' ', '\t'])
        .strip_suffix(',')?;
    after
        .starts_with(['}', ']', ')'])
        .then_some(before.len()..end)
}

/// Says whether every bracket of what is deleted is closed in it.
fn is_balanced(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '{' | '[' | '(' => open.push(c),
            '}' | ']' | ')' => {
                let opener = match c {
                    '}' => '{',
                    ']' => '[',
                    _ => '(',
                };
                if open.pop() != Some(opener) {
                    return false;
                }
            }
            _ => {}
        }
    }
    open.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text without the entry between `«` and `»`.
    fn without_entry(marked: &str) -> Option<String> {
        let start = marked.find('«').expect("marked");
        let end = marked.find('»').expect("marked") - '«'.len_utf8();
        let text = marked.replace(['«', '»'], "");
        let range = deletion(&text, &(start..end))?;
        Some(text[..range.start].to_owned() + &text[range.end..])
    }

    #[test]
    fn an_entry_goes_with_its_line() {
        for (before, after) in [
            ("a:\n  «dev: x»\n  int: y\n", "a:\n  int: y\n"),
            (
                "a:\r\n  «dev: x» # old\r\n  int: y\r\n",
                "a:\r\n  int: y\r\n",
            ),
            (
                "a:\n  - «name: dev\n    url: x»\n  - name: int\n",
                "a:\n  - name: int\n",
            ),
            (
                "{\n  \"«dev\": \"x»\",\n  \"int\": \"y\"\n}",
                "{\n  \"int\": \"y\"\n}",
            ),
            (
                "{\n  \"int\": \"y\",\n  \"«dev\": \"x»\"\n}",
                "{\n  \"int\": \"y\"\n}",
            ),
            (
                "[\n  {\"«url\": \"x»\"},\n  {\"url\": \"y\"}\n]",
                "[\n  {\"url\": \"y\"}\n]",
            ),
            (
                "<a>\n  <«dev>x»</dev>\n  <int>y</int>\n</a>",
                "<a>\n  <int>y</int>\n</a>",
            ),
            ("| «dev | x» |\n| int | y |\n", "| int | y |\n"),
            (
                "m = {\n  «dev = \"x»\"\n  int = \"y\"\n}",
                "m = {\n  int = \"y\"\n}",
            ),
        ] {
            assert_eq!(without_entry(before).as_deref(), Some(after), "{before:?}");
        }
    }

    #[test]
    fn an_entry_in_a_line_goes_with_one_comma() {
        for (before, after) in [
            ("a: {«dev: x», int: y}", "a: {int: y}"),
            ("a: {int: y, «dev: x»}", "a: {int: y}"),
            ("{\"«dev\": \"x»\", \"int\": \"y\"}", "{\"int\": \"y\"}"),
            ("['«x»', 'y']", "['y']"),
        ] {
            assert_eq!(without_entry(before).as_deref(), Some(after), "{before:?}");
        }
    }

    #[test]
    fn what_is_not_clear_stays() {
        for text in [
            "E::«Dev => \"x\"»,\nE::Int",
            "a = {«dev: x» int: y}",
            "f(a, {«dev: x\n}», b)",
            "x «» y",
        ] {
            assert_eq!(without_entry(text), None, "{text:?}");
        }
    }
}
