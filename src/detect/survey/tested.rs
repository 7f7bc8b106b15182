//! Places that test, refuse, expect or label a name instead of using it. Another name there changes
//! what the program decides, so its replacement is never safe.

use super::environment_map::parts;
use super::groups::Groups;
use super::written::Written;
use crate::syntax::{Document, DocumentPlace, FormatId, NodeKind, Step};

mod calls;
mod operators;
mod word_lists;

use word_lists::{CHECKING, DENY_LISTS, PINNING, REFUSING, VERDICTS};

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
        .or_else(|| place.and_then(|place| by_members(place, groups)))
}

/// Why a file with this path is a list of names that are refused: by its own name or that of its folder.
pub(super) fn by_path(path: &str) -> Option<&'static str> {
    let mut parts = path.rsplit('/').take(2);
    let is_list = |part: &str| words(part).iter().any(|w| DENY_LISTS.contains(&w.as_str()));
    parts.any(is_list).then_some(REFUSED)
}

fn by_name(name: &str) -> Option<&'static str> {
    if let Some(reason) = by_operator_key(name) {
        return Some(reason);
    }
    let words = words(name);
    let single = words.len() == 1;
    // `mustNot`, `notHosts`, `not_allowed`
    if words.iter().any(|word| word == "not") {
        return Some(REFUSED);
    }
    let mut words = words.iter().map(String::as_str);
    words.find_map(|word| match word {
        // A block of text or of settings.
        "block" if single => None,
        _ if REFUSING.contains(&word) => Some(REFUSED),
        _ if CHECKING.contains(&word) => Some(EXPECTED),
        "pin" | "pins" | "pinned" | "pinning" => Some(PINNED),
        _ => None,
    })
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
        "fn::contains",
        "fn::equals",
        "matches",
        "neq",
        "notequals",
        "pattern",
        "pattern-regex",
        "regex",
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

/// A member of a group that says what the others are for.
pub(super) struct Telling {
    member: usize,
    reason: &'static str,
}

/// Members of a group that are looked at.
const MEMBERS: usize = 32;

/// What the other members of the groups around a value say about it.
fn by_members(place: &DocumentPlace, groups: &mut Groups<'_>) -> Option<&'static str> {
    const GROUPS: usize = 8;
    let level = place.levels.last()?;
    let (document, tree) = (&level.document, &level.document.tree);
    for (height, number) in tree.groups(level.node).take(GROUPS).enumerate() {
        // The root of source code has unrelated statements.
        if number == 0 && (document.is_code() || tree.members(0).take(MEMBERS).count() > 12) {
            continue;
        }
        let group = groups.group(document, number);
        let telling = group.telling.get_or_init(|| telling(document, number));
        let told = telling
            .iter()
            .filter(|one| one.member != level.node)
            .find(|one| height < 2 || one.reason != PINNED);
        if let Some(told) = told {
            return Some(told.reason);
        }
    }
    None
}

/// The members of a group that say what the others are for.
fn telling(document: &Document, group: usize) -> Vec<Telling> {
    let tree = &document.tree;
    let mut telling = Vec::new();
    for member in tree.members(group).take(MEMBERS) {
        let node = tree.node(member);
        let (Step::Key(name) | Step::Attribute(name)) = &node.step else {
            continue;
        };
        let names = words(name);
        if names.iter().any(|w| PINNING.contains(&w.as_str())) {
            let reason = PINNED;
            telling.push(Telling { member, reason });
        }
        if node.kind != NodeKind::Scalar || node.span.len() > 40 {
            continue;
        }
        let decides = names.last().is_some_and(|w| VERDICTS.contains(&w.as_str()));
        let verdict = tree.text(member, &document.text).trim();
        let verdict = verdict.to_ascii_lowercase();
        let forbids =
            verdict == "true" && names.len() == 1 && REFUSING.contains(&names[0].as_str());
        let decides = decides
            || matches!(
                names.first().map(String::as_str),
                Some("jump" | "on" | "onmatch")
            );
        let refuses = REFUSING.contains(&verdict.as_str()) || verdict == "absent";
        if forbids || decides && refuses {
            let reason = REFUSED;
            telling.push(Telling { member, reason });
        }
    }
    telling
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
