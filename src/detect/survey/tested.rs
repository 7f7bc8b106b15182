//! Places that test, refuse, expect or label a name instead of using it. Another name there changes
//! what the program decides, so its replacement is never safe.

use super::environment_map::parts;
use super::groups::Groups;
use super::written::Written;
use crate::syntax::{DocumentPlace, FormatId};

mod call_words;
mod calls;
mod members;
mod operators;
mod word_lists;

pub(super) use members::Telling;
pub(super) use operators::without_quote;
use word_lists::{AVOIDING, CHECKING, DENY_LISTS, REFUSING, SELECTING};

const TESTED: &str =
    "it is compared or matched here: another name changes what the program decides";
pub(super) const REFUSED: &str = "its place refuses, retires or leaves out a name";
pub(super) const EXPECTED: &str = "its place checks or expects this name";
const LABEL: &str = "it labels a case";
pub(super) const PINNED: &str = "a pin, checksum or fingerprint next to it belongs to this name";

/// Says whether this is a reason that a place tests, refuses, expects or labels a name.
pub(super) fn is_a_reason(reason: &str) -> bool {
    [TESTED, REFUSED, EXPECTED, LABEL, PINNED].contains(&reason)
}

/// Why a name is not used at its place. `names` are the keys of the place.
pub(super) fn tested(
    written: &Written<'_>,
    place: Option<&DocumentPlace>,
    names: &[String],
    groups: &mut Groups<'_>,
) -> Option<&'static str> {
    let by_text = || {
        let value = written.value.clone();
        let of_value = operators::around(written.text, value.clone(), written.format)
            .or_else(|| calls::around(written.text, value));
        if of_value.is_some() || written.url().len() == written.read.len() {
            return of_value;
        }
        // A longer text, such as a query or an expression.
        operators::around(written.read, written.url(), written.format)
            .or_else(|| calls::around(written.read, written.url()))
    };
    let mut names = names.iter().rev();
    names
        .find_map(|name| groups.reasons.recall(name, || by_name(name)))
        .or_else(by_text)
        .or_else(|| by_word_before(written))
        .or_else(|| by_words_of_line(written))
        .or_else(|| place.and_then(|place| members::by_members(place, groups)))
}

/// Why a file with this path is a list of names that are refused: by its own name or that of its folder.
pub(super) fn by_path(path: &str) -> Option<&'static str> {
    let mut parts = path.rsplit('/').take(2);
    let is_list = |part: &str| words(part).iter().any(|w| DENY_LISTS.contains(&w.as_str()));
    parts.any(is_list).then_some(REFUSED)
}

/// Why a key says that a name below it is not used.
pub(super) fn by_name(name: &str) -> Option<&'static str> {
    if let Some(reason) = by_operator_key(name) {
        return Some(reason);
    }
    let words = words(name);
    let single = words.len() == 1;
    // `mustNot`, `notHosts`, `not_allowed`; `noCallHosts`, but not `noProxy`
    let not_called =
        |pair: &[String]| pair[0] == "no" && !matches!(pair[1].as_str(), "proxy" | "proxies");
    if words.iter().any(|word| word == "not") || words.windows(2).any(not_called) {
        return Some(REFUSED);
    }
    // The keys of hosts by their names.
    if words
        .windows(2)
        .any(|pair| pair[0] == "known" && pair[1] == "hosts")
    {
        return Some(PINNED);
    }
    let selects = words.last().is_some_and(|word| is_selecting(word));
    let mut words = words.iter().map(String::as_str);
    let reason = words.find_map(|word| match word {
        // A block of text or of settings.
        "block" if single => None,
        _ if REFUSING.contains(&word) || AVOIDING.contains(&word) => Some(REFUSED),
        _ if CHECKING.contains(&word) => Some(EXPECTED),
        "pin" | "pins" | "pinned" | "pinning" => Some(PINNED),
        _ => None,
    });
    reason.or(selects.then_some(TESTED))
}

/// Says whether a word ends keys of which the values below say what is meant: `where`, `match`.
pub(super) fn is_selecting(word: &str) -> bool {
    SELECTING.contains(&word)
}

/// Why a list that is open at the end of a text, such as `BLOCKED = [`, is one of names that are refused.
pub(super) fn by_list(head: &str) -> Option<&'static str> {
    let statement = head.rsplit([';', '\n']).next().unwrap_or(head);
    let open =
        |text: &str| text.matches(['[', '(', '{']).count() > text.matches([']', ')', '}']).count();
    let statement = if open(statement) { statement } else { head };
    let (before, _) = statement.rsplit_once('=')?;
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let before = before.trim_end_matches([':', '+', ' ']);
    let name = &before[before.trim_end_matches(is_word).len()..];
    open(&statement[before.len()..]).then(|| by_name(name))?
}

/// Why the key above the alias of an anchor, on its line or above its list, is one of names that are refused.
pub(super) fn by_key_above(head: &str) -> Option<&'static str> {
    let mut lines = head.rsplit('\n').map(str::trim);
    let own = lines.next()?;
    let line = if own.contains(':') {
        own
    } else {
        lines.find(|line| !line.starts_with('-'))?
    };
    let key = line.split_once(':')?.0;
    by_name(key.trim_start_matches(['-', ' ']))
}

/// Why a key that is an operator or a keyword of a schema compares what is below it.
fn by_operator_key(name: &str) -> Option<&'static str> {
    const COMPARING: &[&str] = &[
        "!equals",
        "$eq",
        "$in",
        "$ne",
        "$nin",
        "$not",
        "$regex",
        "allowedpattern",
        "allowedvalues",
        "const",
        "enum",
        "eq",
        "equals",
        "fixed",
        "fn::contains",
        "fn::equals",
        "matches",
        "neq",
        "notequals",
        "pattern",
        "pattern-regex",
        "patterns",
        "regex",
        "regexes",
        "regexp",
        "stringequals",
        "stringlike",
        "stringnotequals",
        "stringnotlike",
        "_eq",
        "_in",
        "_neq",
        "_nin",
        "equalto",
        "pattern-not",
    ];
    let lower = name.to_ascii_lowercase();
    COMPARING.contains(&lower.as_str()).then_some(TESTED)
}

/// The words of a name: `deniedHosts`, `DENIED_HOSTS` and `denied-hosts` are `denied`, `hosts`. A long
/// text is not a name and has none.
pub(super) fn words(name: &str) -> Vec<String> {
    const LONGEST: usize = 80;
    if name.len() > LONGEST {
        return Vec::new();
    }
    parts(name)
}

/// In commands and settings, the word before a name may be an option that checks it: `verifyhost NAME`.
fn by_word_before(written: &Written<'_>) -> Option<&'static str> {
    let inside = &written.read[..written.url().start];
    let before = if inside.trim().is_empty() {
        written.line_before()
    } else {
        inside.rsplit('\n').next().unwrap_or(inside)
    };
    let before = before.trim_end_matches(['"', '\'']);
    let word = before.trim_end().rsplit(char::is_whitespace).next()?;
    let word = word.strip_suffix('=').unwrap_or(word);
    let checks = words(word).iter().any(|w| CHECKING.contains(&w.as_str()));
    (checks && !written.is_code).then_some(EXPECTED)
}

/// In scripts and in settings by line, a word such as `deny` on the line says what happens to the name.
fn by_words_of_line(written: &Written<'_>) -> Option<&'static str> {
    let by_line = match written.format {
        None => true,
        Some(id) => id == FormatId::Shell || id.row().reader.is_none() || id == FormatId::Ini,
    };
    if written.is_code {
        return None;
    }
    let drops = [written.read, written.line_after()]
        .iter()
        .any(|text| text.contains(" -j DROP") || text.contains(" -j REJECT"));
    if drops {
        return Some(REFUSED);
    }
    if !by_line {
        return None;
    }
    let before = written.line_before();
    let after = written.line_after();
    let after = after.split(" #").next().unwrap_or(after);
    let mut pieces = before
        .split_whitespace()
        .chain(after.split_whitespace())
        .take(64);
    let refuses = pieces.any(|piece| match piece.trim_matches(['"', '\'', ';', ',']) {
        "-j" | "--jump" | "return" => false,
        "DROP" | "REJECT" => true,
        word if word.contains(['.', '/']) => false,
        word => words(word)
            .iter()
            .any(|w| w != "drop" && w != "old" && w != "closed" && REFUSING.contains(&w.as_str())),
    });
    refuses.then_some(REFUSED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        for name in [
            "deniedHosts",
            "DENIED_HOSTS",
            "denied-hosts",
            "Denied.Hosts",
        ] {
            assert_eq!(words(name), ["denied", "hosts"], "{name}");
        }
        assert_eq!(by_name("oldHosts"), Some(REFUSED));
        assert_eq!(by_name("folder"), None);
        assert_eq!(by_name("threshold"), None);
    }
}
