//! Calls and lists around a value that test for it: `host.equals("name")`, `["name"].includes(host)`,
//! `host in ("name", "other")`.

use std::ops::Range;

use crate::text::{first_bytes, last_bytes};

use super::call_words::{chain_compares, is_of_lists, is_testing, looks_up, stands_in};
use super::{CHECKING, EXPECTED, LABEL, REFUSED, REFUSING, TESTED, words};

/// Bytes that are looked at on each side.
const REACH: usize = 4_000;
/// Bytes next to a bracket that are looked at.
const LINE: usize = 1_024;
/// Brackets around a value that are looked at.
const BRACKETS: usize = 4;

/// Why the value at `value` of a text is not used but tested, by the brackets around it.
pub(super) fn around(text: &str, value: Range<usize>) -> Option<&'static str> {
    let bytes = text.as_bytes();
    let least = value.start.saturating_sub(REACH);
    let (mut at, mut end, mut depth, mut brackets) = (value.start, value.end, 0_usize, 0);
    while at > least && brackets < BRACKETS {
        at -= 1;
        match bytes[at] {
            b')' | b']' | b'}' => depth += 1,
            b'(' | b'[' | b'{' if depth > 0 => depth -= 1,
            b'(' | b'[' | b'{' => {
                brackets += 1;
                let before = last_bytes(&text[..at], LINE).trim_end();
                if let Some(reason) = opener(before, bytes[at], &text[at + 1..]) {
                    return Some(reason);
                }
                let inside = end;
                end = closer(bytes, end);
                let after = first_bytes(text.get(end..).unwrap_or_default(), LINE);
                if let Some(reason) = around_call(before, bytes[at], after) {
                    return Some(reason);
                }
                let is_argument = brackets == 1 && is_whole(text, at, &value, inside);
                if is_argument && is_pattern(before, bytes[at], after) {
                    return Some(LABEL);
                }
                // A block is not a part of what is around it.
                let block = before.ends_with([')', '>']) || before.ends_with("else");
                if bytes[at] == b'{' && block {
                    return None;
                }
            }
            b';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Why what an opening bracket begins is tested.
fn opener(before: &str, bracket: u8, inside: &str) -> Option<&'static str> {
    // `Throws<Error>(`
    let before = match before
        .strip_suffix('>')
        .and_then(|rest| rest.rsplit_once('<'))
    {
        Some((generic, kind)) if !kind.contains(['\n', ';', '=']) => generic,
        _ => before,
    };
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '?' | '!');
    let name = &before[before.trim_end_matches(is_word).len()..];
    let path = path_of_call(before);
    let lower = name.to_ascii_lowercase();
    let is_loop = {
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.trim_start().starts_with("for")
    };
    if lower == "in" && !is_loop {
        return Some(TESTED);
    }
    let removes = ["!Equals", "-=", "--", "\\\\"];
    if removes.iter().any(|operator| before.ends_with(operator)) {
        return Some(TESTED);
    }
    if bracket == b'{' {
        return match name {
            "assertFailsWith" | "assertThrows" | "coEvery" | "every" | "expect" => Some(EXPECTED),
            "when" if !inside_has_arms(inside) => Some(TESTED),
            _ => None,
        };
    }
    if bracket != b'(' {
        return None;
    }
    if let Some(reason) = of_statement(before) {
        return Some(reason);
    }
    if before.ends_with('$')
        && (["filter", "findstring", "subst"]
            .iter()
            .any(|f| inside.starts_with(f)))
    {
        return Some(TESTED);
    }
    if is_testing(name) || looks_up(path) {
        return Some(TESTED);
    }
    if stands_in(path) {
        return Some(EXPECTED);
    }
    if words(path).iter().any(|w| CHECKING.contains(&w.as_str())) {
        return Some(EXPECTED);
    }
    words(name).iter().find_map(|word| match word.as_str() {
        word if REFUSING.contains(&word) => Some(REFUSED),
        "equal" | "equals" | "match" | "matches" | "matcher" | "compare" => Some(TESTED),
        _ => None,
    })
}

/// What a call is called on, and its name: `client.get`.
fn path_of_call(before: &str) -> &str {
    const LONGEST: usize = 80;
    let is_path =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '?' | '!' | '.' | ':' | '$');
    let path = &before[before.trim_end_matches(is_path).len()..];
    last_bytes(path, LONGEST)
}

/// Why what a call gives, or a list, is tested: `url == new URL(...)`, `[...].includes(host)`.
fn around_call(before: &str, bracket: u8, after: &str) -> Option<&'static str> {
    let after = after.trim_start();
    let method = after.strip_prefix(['.']).unwrap_or_default();
    let method = method.split(|c: char| !c.is_ascii_alphanumeric()).next();
    if method.is_some_and(is_of_lists) {
        return Some(TESTED);
    }
    if bracket != b'(' {
        return None;
    }
    let path = path_of_call(before);
    let head = before.strip_suffix(path).unwrap_or(before).trim_end();
    let head = ["new", "await"].iter().fold(head, |head, word| {
        head.strip_suffix(word).unwrap_or(head).trim_end()
    });
    let compared = ["==", "!=", "=~", "<>"]
        .iter()
        .any(|operator| head.ends_with(operator));
    (compared || chain_compares(after)).then_some(TESTED)
}

/// Says whether a value is all that is between a bracket at `open` and its other end, or a comma.
fn is_whole(text: &str, open: usize, value: &Range<usize>, end: usize) -> bool {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
    let before = text[open + 1..value.start].trim_matches(is_mark);
    let after = text.get(end..).unwrap_or_default();
    let after = after.trim_start_matches(is_mark);
    (before.is_empty() || before.ends_with(',')) && after.starts_with([',', ')'])
}

/// Says whether a bracket belongs to a pattern and not to a call: `host("name") -> ...`.
fn is_pattern(before: &str, bracket: u8, after: &str) -> bool {
    let arrow = after.trim_start();
    bracket == b'('
        && !path_of_call(before).is_empty()
        && after.starts_with([' ', '\n'])
        && (arrow.starts_with("-> ") || arrow.starts_with("->\n") || arrow.starts_with("=> "))
}

/// Says whether a text after `when {` has arms, as in Kotlin, and is not a condition.
fn inside_has_arms(inside: &str) -> bool {
    first_bytes(inside, LINE).contains("->")
}

/// Why the statement before a bracket has no use for a name: `refute f(`, or `INSERT INTO retired (`.
fn of_statement(before: &str) -> Option<&'static str> {
    let statement = before.rsplit([';', '\n', '{']).next().unwrap_or(before);
    let mut pieces = statement.split_whitespace();
    let first = pieces.next()?;
    if matches!(first, "refute" | "assert") {
        return Some(EXPECTED);
    }
    let inserts = first.eq_ignore_ascii_case("insert");
    let table = pieces.nth(1).filter(|_| inserts)?;
    let refuses = words(table)
        .iter()
        .any(|word| REFUSING.contains(&word.as_str()));
    refuses.then_some(REFUSED)
}

/// Where the bracket is closed that is open at `from`.
fn closer(bytes: &[u8], from: usize) -> usize {
    let most = (from + REACH).min(bytes.len());
    let mut depth = 0_usize;
    for (at, byte) in bytes.iter().enumerate().take(most).skip(from) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth > 0 => depth -= 1,
            b')' | b']' | b'}' => return at + 1,
            _ => {}
        }
    }
    bytes.len()
}
