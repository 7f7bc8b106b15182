//! Places in source code that are known to use a name as an address.

use super::naming::is_plain;
use super::words::{
    ADDRESS_WORDS, CLIENT_CALLS, CLIENTS, CONNECTING_CALLS, CONNECTING_TO_NAMES, GIVING_CALLS,
    LIST_CALLS,
};
use super::{by_keys, key_before, verdict_of};
use crate::detect::survey::environment_map::parts;
use crate::detect::survey::tested::by_name;
use crate::detect::survey::written::Written;
use crate::syntax::FormatId;

pub(super) fn is_known_in_code(
    written: &Written<'_>,
    before: &str,
    names: &[String],
    is_url: bool,
) -> bool {
    let before = without_giver(before);
    if is_type(before) {
        return false;
    }
    let key = key_before(before);
    if written.format == Some(FormatId::Sql) {
        let upper = before.to_ascii_uppercase();
        let words = upper.split(|c: char| !c.is_ascii_alphabetic());
        let last = words.rev().find(|word| {
            [
                "ON", "WHERE", "HAVING", "WHEN", "AND", "OR", "SET", "VALUES", "MERGE", "USING",
            ]
            .contains(word)
        });
        return match last {
            Some("SET") if updates_refused(before) => false,
            Some("SET") => {
                key.is_some_and(|key| verdict_of(key) == Some(true) || is_url && is_plain(key))
            }
            Some("VALUES") => by_keys(names, None) == Some(true),
            _ => false,
        };
    }
    if let Some(key) = key {
        let own = verdict_of(key).or_else(|| names.last().and_then(|name| verdict_of(name)));
        return own.unwrap_or(false)
            || own.is_none()
                && match by_keys(names, None) {
                    Some(known) => known,
                    None => is_url && (!before.ends_with(':') || is_object_of_settings(before)),
                };
    }
    if is_url && (before.ends_with("return") || before.ends_with("=>")) {
        return true;
    }
    let Some(open) = open_bracket(before) else {
        let direct =
            before.ends_with(['=', ':']) && !before.ends_with("==") && !before.ends_with("!=");
        return direct && (is_url || by_keys(names, None) == Some(true));
    };
    let head = before[..open].trim_end();
    let is_path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':' | '$' | '!');
    let path = head[head.trim_end_matches(is_path).len()..].trim_end_matches('!');
    let call = path.rsplit(['.', ':']).next().unwrap_or(path);
    let plain = call.to_ascii_lowercase().replace(['_', '$'], "");
    let is_list = before[open..].starts_with(['[', '{']) || LIST_CALLS.contains(&plain.as_str());
    if is_list {
        let statement = head
            .strip_suffix(path)
            .filter(|_| before[open..].starts_with('('))
            .unwrap_or(head);
        let statement = statement.trim_end();
        let is_typed = statement.ends_with("string")
            || statement.ends_with("String[]")
            || statement.ends_with("[]");
        let direct = statement.ends_with(['=', ':', '>']) || is_typed || statement.ends_with(" in");
        return direct && !statement.ends_with("==") && by_keys(names, None) == Some(true)
            || statement.ends_with(" in") && statement.contains("for ");
    }
    if !before[open..].starts_with('(') {
        return false;
    }
    if CLIENT_CALLS.contains(&plain.as_str()) {
        let receiver = path.strip_suffix(call).unwrap_or_default();
        return is_url
            && parts(receiver)
                .iter()
                .any(|word| CLIENTS.contains(&word.as_str()));
    }
    let is_first = before[open..].len() == 1;
    let is_client = parts(call).last().is_some_and(|word| word == "client");
    is_url && (CONNECTING_CALLS.contains(&plain.as_str()) || is_client && is_first)
        || is_url && plain == "define"
        || CONNECTING_TO_NAMES.contains(&plain.as_str())
        || is_first && sets_address(call)
        || is_first
            && call.chars().next().is_some_and(char::is_uppercase)
            && is_url
            && path.contains("Http")
}

/// What is before a value without what gives it on: `KEY || `, `env("KEY").unwrap_or(`, `format(`.
fn without_giver(before: &str) -> &str {
    let is_operand = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(
                c,
                '_' | '.' | ':' | '$' | '[' | ']' | '"' | '\'' | '?' | '!'
            )
    };
    // A call is a part of the operand, and a bracket that is open is not.
    let operand = |head: &str| {
        let mut start = head.trim_end().len();
        while let Some(last) = head[..start].chars().next_back() {
            if last == ')' {
                let Some(open) = open_bracket(&head[..start - 1]) else {
                    break;
                };
                start = open;
            } else if is_operand(last) {
                start -= last.len_utf8();
            } else {
                break;
            }
        }
        head[..start].trim_end().len()
    };
    for operator in ["||", "??", "?:", " or"] {
        if let Some(head) = before.strip_suffix(operator)
            && head.ends_with(|c: char| c.is_whitespace() || c == ')' || is_operand(c))
        {
            return &before[..operand(head)];
        }
    }
    let open = before.rfind('(').unwrap_or(0);
    let is_argument = before[open..]
        .chars()
        .all(|c| matches!(c, '(' | ')' | '|' | '_' | ' ' | '-' | '=' | '>' | '{'));
    let head = &before[..open];
    let call = head.rsplit(['.', ':']).next().unwrap_or(head);
    let plain = call.to_ascii_lowercase().replace('_', "");
    if is_argument && GIVING_CALLS.contains(&plain.as_str()) {
        return &before[..operand(head)];
    }
    before
}

/// Says whether a statement of SQL changes a table of names that are refused.
fn updates_refused(before: &str) -> bool {
    let upper = before.to_ascii_uppercase();
    let table = upper.rfind("UPDATE ").and_then(|at| before.get(at + 7..));
    let table = table.and_then(|rest| rest.split_whitespace().next());
    table.is_some_and(|table| by_name(table).is_some())
}

/// Says whether what is before a value declares a type, of which the value is a literal.
fn is_type(before: &str) -> bool {
    const DEPTH: usize = 3;
    let mut head = before;
    for _ in 0..=DEPTH {
        let statement = head.rsplit([';', '\n']).next().unwrap_or(head);
        let mut words = statement.split_whitespace();
        let first = words.find(|word| !matches!(*word, "export" | "declare"));
        if first == Some("interface") || first == Some("type") && statement.contains('=') {
            return true;
        }
        let Some(open) = open_bracket(head).filter(|open| head[*open..].starts_with('{')) else {
            return false;
        };
        head = &head[..open];
    }
    false
}

/// Says whether the value of the key at the end of a text is in an object that holds settings by name, such as
/// `const urls = { live: ...`, and not an argument of a call or a row.
fn is_object_of_settings(before: &str) -> bool {
    const DEPTH: usize = 4;
    let mut head = before;
    for _ in 0..DEPTH {
        let Some(open) = open_bracket(head).filter(|open| head[*open..].starts_with('{')) else {
            return false;
        };
        head = head[..open].trim_end();
        if head.ends_with("==") || head.ends_with("!=") {
            return false;
        }
        if head.ends_with('=') || head.ends_with("export default") || head.ends_with("return") {
            return true;
        }
        if !head.ends_with(':') {
            return false;
        }
    }
    false
}

/// Says whether a call is given an address by its name: `baseUrl(`, `setHost(`.
fn sets_address(call: &str) -> bool {
    let words = parts(call);
    let is_setter = matches!(
        words.first().map(String::as_str),
        Some("set" | "with" | "new" | "base")
    );
    let is_word = words.len() == 1 && ADDRESS_WORDS.contains(&words[0].as_str());
    (is_setter || is_word) && verdict_of(call) == Some(true)
}

/// Where the bracket is that is open at the end of a text.
pub(super) fn open_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().rev() {
        match byte {
            b')' | b']' | b'}' => depth += 1,
            b'(' | b'[' | b'{' if depth > 0 => depth -= 1,
            b'(' | b'[' | b'{' => return Some(at),
            b';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}
