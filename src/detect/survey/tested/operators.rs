//! Operators and words next to a value that compare it, and commands that search for it.

use std::ops::Range;

use super::call_words::{chain_compares, is_of_lists, is_testing};
use super::{LABEL, TESTED};
use crate::syntax::FormatId;

/// Bytes that are looked at before a value.
const REACH: usize = 600;

/// Words before a value, or after it, that compare it.
const COMPARING: &[&str] = &[
    "-be",
    "-ccontains",
    "-ceq",
    "-cin",
    "-clike",
    "-cmatch",
    "-cne",
    "-contains",
    "-creplace",
    "-eq",
    "-ieq",
    "-in",
    "-ine",
    "-ireplace",
    "-like",
    "-match",
    "-ne",
    "-notcontains",
    "-notin",
    "-notlike",
    "-notmatch",
    "-replace",
    "assert_equal",
    "assert_includes",
    "assert_match",
    "be",
    "cmp",
    "contains",
    "endswith",
    "eq",
    "eql",
    "equal",
    "equals",
    "except",
    "ilike",
    "in",
    "include",
    "intersect",
    "is",
    "isequal",
    "isnot",
    "like",
    "matches",
    "minus",
    "must_equal",
    "must_include",
    "must_match",
    "ne",
    "not",
    "notequals",
    "refute",
    "refute_equal",
    "refute_includes",
    "regexp",
    "rlike",
    "should",
    "shouldbe",
    "shouldcontain",
    "shouldequal",
    "shouldnotbe",
    "shouldnotcontain",
    "startswith",
    "wont_equal",
];

/// Commands that search for a name or compare it.
const COMMANDS: &[&str] = &[
    "[",
    "[[",
    "awk",
    "assert",
    "assert_equal",
    "case",
    "egrep",
    "expr",
    "fgrep",
    "findstr",
    "gawk",
    "grep",
    "pgrep",
    "rg",
    "sed",
    "select-string",
    "test",
    "zgrep",
];

/// Words before the command itself.
const LEADING: &[&str] = &[
    "!", "-", "@", "command", "do", "elif", "else", "env", "exec", "if", "run", "sudo", "then",
    "time", "until", "while",
];

/// Why the value at `value` of a text is not used but tested, by what is next to it.
pub(super) fn around(
    text: &str,
    value: Range<usize>,
    format: Option<FormatId>,
) -> Option<&'static str> {
    let mut from = value.start.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut until = (value.end + REACH).min(text.len());
    while !text.is_char_boundary(until) {
        until -= 1;
    }
    let (head, tail) = (&text[from..value.start], &text[value.end..until]);
    let before = without_quote(head);
    let after = tail.trim_start_matches(['"', '\'', '`']).trim_start();
    if ["==", "!=", "=~", "!~", "<>", "-=", "--", "\\\\"]
        .iter()
        .any(|o| before.ends_with(o))
        || ["==", "!=", "=~", "<>", "-eq ", "-ne "]
            .iter()
            .any(|o| after.starts_with(o))
        || before.ends_with('=') && !is_assigned(before)
    {
        return Some(TESTED);
    }
    let line = &head[head.rfind('\n').map_or(0, |at| at + 1)..];
    if is_label(line, tail, after, format) {
        return Some(LABEL);
    }
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let word = &before[before.trim_end_matches(is_word).len()..];
    let word = word.to_ascii_lowercase();
    let loops = line
        .split(|c: char| !is_word(c))
        .any(|w| w == "for" || w == "foreach");
    if COMPARING.contains(&word.as_str()) && !(word == "in" && loops) {
        return Some(TESTED);
    }
    if matches!(word.as_str(), "case" | "when") {
        return Some(LABEL);
    }
    let next = after
        .split(|c: char| !is_word(c))
        .next()
        .unwrap_or_default();
    if matches!(
        next,
        "in" | "not" | "is" | "LIKE" | "IN" | "-eq" | "-in" | "-notin"
    ) {
        return Some(TESTED);
    }
    let method = after.strip_prefix('.').unwrap_or_default();
    let method = method.split(|c: char| !is_word(c) && c != '?').next();
    if method.is_some_and(|name| is_testing(name) || is_of_lists(name))
        || after.starts_with(['.', '[']) && chain_compares(after)
    {
        return Some(TESTED);
    }
    let conditional = ["ifeq", "ifneq", "#if"];
    if conditional.iter().any(|c| line.trim_start().starts_with(c)) {
        return Some(TESTED);
    }
    searches(head).then_some(TESTED)
}

/// What is before a value and its opening quote.
pub(in crate::detect::survey) fn without_quote(head: &str) -> &str {
    let bare = head.trim_end_matches(['"', '\'', '`']);
    if bare.len() == head.len() {
        return head.trim_end();
    }
    // The mark of a raw or other string.
    let marked = bare.strip_suffix(['r', 'R', 'b', 'B', 'u', 'U', 'f', 'F', 'L', 'N', '@', '$']);
    match marked {
        Some(rest) if !rest.ends_with(|c: char| c.is_alphanumeric() || c == '_') => rest.trim_end(),
        _ => bare.trim_end(),
    }
}

/// Says whether the single `=` at the end of `before` gives a value, and does not compare.
fn is_assigned(before: &str) -> bool {
    let rest = &before[..before.len() - 1];
    if rest.ends_with(['+', ':', '?', '<', '>', '|', '~', '^', '*', '$']) {
        return true;
    }
    let line = &rest[rest.rfind('\n').map_or(0, |at| at + 1)..];
    let start = line.trim_start().to_ascii_lowercase();
    let condition = [
        "if ", "elif ", "elseif ", "elsif ", "else if ", "while ", "until ", "unless ", "[ ",
        "[[ ", "test ", "and ", "or ", "where ", "having ", "when ",
    ];
    // `if (url = ...) {` compares in some languages, `{ url = ...` and `f(url=...)` in none.
    let compares = rest.ends_with(' ') && !start.contains(['{', ';']);
    if compares && condition.iter().any(|c| start.starts_with(c)) && !start.contains(" then ") {
        return false;
    }
    if line.contains("[[ ") && !line.contains("]]") || line.contains(" [ ") && !line.contains(" ] ")
    {
        return false;
    }
    let statement = rest.rsplit(';').next().unwrap_or(rest).to_ascii_lowercase();
    let mut words = statement.split(|c: char| !c.is_alphanumeric() && c != '_');
    !words.any(|w| matches!(w, "where" | "having"))
}

/// Says whether a value is the label of a case: `name)` in a shell, `"name" =>` elsewhere.
fn is_label(line: &str, tail: &str, after: &str, format: Option<FormatId>) -> bool {
    if after.starts_with("=>") || after.starts_with("->") {
        return true;
    }
    let shell = format.is_none_or(|id| id == FormatId::Shell || id == FormatId::Makefile);
    if !shell || line.contains(['(', '$', '`']) {
        return false;
    }
    let rest = tail.lines().next().unwrap_or_default();
    let rest = rest.trim_start_matches(|c: char| !c.is_whitespace() && c != ')' && c != '|');
    let Some((alternatives, _)) = rest.split_once(')') else {
        return false;
    };
    let begins = line.trim_start();
    let first = begins.split_whitespace().count() <= 1 || begins.contains('|');
    first
        && !alternatives.contains('(')
        && (alternatives.trim().is_empty() || alternatives.trim_start().starts_with('|'))
}

/// Says whether the command that a text ends in searches for what is next.
fn searches(head: &str) -> bool {
    let joined = head.replace("\\\r\n", " ").replace("\\\n", " ");
    let line = joined.rsplit('\n').next().unwrap_or_default();
    let command = line
        .rsplit([';', '|', '&', '`', '('])
        .next()
        .unwrap_or_default();
    let mut words = command.split_whitespace().map(|word| {
        let word = word.trim_start_matches(['-', '@', '"', '\'']);
        word.rsplit('/').next().unwrap_or(word).to_ascii_lowercase()
    });
    let name = words.find(|word| {
        !word.is_empty() && !LEADING.contains(&word.trim_end_matches(':')) && !word.contains('=')
    });
    name.is_some_and(|name| COMMANDS.contains(&name.as_str()))
}
