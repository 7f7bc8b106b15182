//! Calls and lists around a value that test for it: `host.equals("name")`, `["name"].includes(host)`,
//! `host in ("name", "other")`.

use std::ops::Range;

use crate::text::{first_bytes, last_bytes};

use super::{CHECKING, EXPECTED, REFUSED, REFUSING, TESTED, words};

/// Bytes that are looked at on each side.
const REACH: usize = 4_000;
/// Bytes next to a bracket that are looked at.
const LINE: usize = 1_024;
/// Brackets around a value that are looked at.
const BRACKETS: usize = 4;

/// Functions, in lower case and without `_`, that test what they are given.
const TESTING: &[&str] = &[
    "anyof",
    "arraycontaining",
    "arraydiff",
    "be",
    "calledoncewith",
    "calledwith",
    "compare",
    "compareto",
    "comparetoignorecase",
    "compile",
    "contain",
    "contains",
    "containsexactly",
    "containskey",
    "containsstring",
    "containsvalue",
    "csvsource",
    "cutprefix",
    "delete",
    "deletemany",
    "deleteone",
    "diff",
    "difference",
    "discard",
    "disj",
    "dissoc",
    "dnsdomainis",
    "endswith",
    "eq",
    "eqcs",
    "eql",
    "eqls",
    "equal",
    "equalfold",
    "equals",
    "equalsany",
    "equalsignorecase",
    "equalsignorecaseany",
    "equalto",
    "except",
    "exceptwith",
    "exists",
    "filter",
    "findstring",
    "fullmatch",
    "grepl",
    "gsub",
    "has",
    "hasitem",
    "hasitems",
    "haskey",
    "hasprefix",
    "hassuffix",
    "haverequested",
    "inarray",
    "include",
    "includes",
    "index",
    "indexof",
    "inlinedata",
    "is",
    "isequal",
    "isequalto",
    "isin",
    "ismatch",
    "isnot",
    "isnotequal",
    "isnotequalto",
    "isset",
    "lastindexof",
    "like",
    "localecompare",
    "match",
    "matchedby",
    "matches",
    "matchstring",
    "minus",
    "mustcompile",
    "ne",
    "neq",
    "notcontain",
    "notcontains",
    "notequal",
    "nullif",
    "objectcontaining",
    "oneof",
    "parametrize",
    "patsubst",
    "raises",
    "receivedwith",
    "refute",
    "regex",
    "regexmatch",
    "regexp",
    "reject",
    "remove",
    "removeall",
    "removeitem",
    "replace",
    "replaceall",
    "replaceallin",
    "replacefirst",
    "search",
    "setdiff",
    "setsubtract",
    "shexpmatch",
    "shouldbe",
    "shouldequal",
    "startswith",
    "startswithany",
    "startwith",
    "strcasecmp",
    "strcmp",
    "strcontains",
    "strendswith",
    "stricmp",
    "stringcontaining",
    "stripos",
    "strncasecmp",
    "strncmp",
    "strpos",
    "strrchr",
    "strstartswith",
    "strstr",
    "sub",
    "subst",
    "symmetricdifference",
    "test",
    "testcase",
    "tobe",
    "tocontain",
    "tocontainequal",
    "toequal",
    "tohavebeencalledoncewith",
    "tohavebeencalledwith",
    "tohavebeenlastcalledwith",
    "tohavebeennthcalledwith",
    "tohaveproperty",
    "tohavetext",
    "tohaveurl",
    "toinclude",
    "tomatch",
    "tostrictequal",
    "trimprefix",
    "trimsuffix",
    "unset",
    "valuesource",
    "verify",
    "when",
    "withargs",
    "without",
];

/// Methods that test whether a list has something.
const OF_LISTS: &[&str] = &[
    ".Any",
    ".Contains",
    ".any",
    ".contains",
    ".every",
    ".has",
    ".include",
    ".indexOf",
    ".matches",
    ".some",
];

/// Why the value at `value` of a text is not used but tested, by the brackets around it.
pub(super) fn around(text: &str, value: Range<usize>) -> Option<&'static str> {
    let bytes = text.as_bytes();
    let least = value.start.saturating_sub(REACH);
    let (mut at, mut end, mut depth, mut brackets) = (value.start, value.end, 0_usize, 0);
    while brackets < BRACKETS {
        let before = &bytes[least..at];
        let Some(mark) = before.iter().rposition(|byte| is_mark(*byte)) else {
            break;
        };
        at = least + mark;
        match bytes[at] {
            b')' | b']' | b'}' => depth += 1,
            b'(' | b'[' | b'{' if depth > 0 => depth -= 1,
            b'(' | b'[' | b'{' => {
                brackets += 1;
                let before = last_bytes(&text[..at], LINE).trim_end();
                if let Some(reason) = opener(before, bytes[at], &text[at + 1..]) {
                    return Some(reason);
                }
                end = closer(bytes, end);
                let after = first_bytes(text.get(end..).unwrap_or_default(), LINE).trim_start();
                if OF_LISTS.iter().any(|method| after.starts_with(method)) {
                    return Some(TESTED);
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

/// Says whether a byte begins or ends something, so that what is between two of them is not looked at.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'[' | b']' | b'{' | b'}' | b';')
}

/// Why what an opening bracket begins is tested.
fn opener(before: &str, bracket: u8, inside: &str) -> Option<&'static str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '?' | '!');
    let name = &before[before.trim_end_matches(is_word).len()..];
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
    if is_testing(name) {
        return Some(TESTED);
    }
    words(name).iter().find_map(|word| match word.as_str() {
        word if CHECKING.contains(&word) => Some(EXPECTED),
        word if REFUSING.contains(&word) => Some(REFUSED),
        "equal" | "equals" | "match" | "matches" | "matcher" | "compare" => Some(TESTED),
        _ => None,
    })
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

/// Says whether a function tests what it is given.
pub(super) fn is_testing(name: &str) -> bool {
    let plain = name.to_ascii_lowercase().replace(['_', '?', '!'], "");
    TESTING.contains(&plain.as_str())
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
