//! Places that are known to use a name as an address. Of every other place it is not known whether the
//! program does what it did after the name is another one, so its replacement needs review.

mod answers;
mod code;
mod naming;
mod servers;
mod words;

use std::ops::Range;

use super::environment_map::parts;
use super::tested::{by_name, is_selecting, without_quote};
use super::written::Written;
use crate::detect::Reference;
use crate::syntax::{DocumentPlace, FormatId, PlaceKind};
use crate::text::{first_bytes, last_bytes};
use answers::has_verdict;
use code::{is_known_in_code, open_bracket};
use naming::{by_naming_member, is_named_value, is_plain, is_setting};
use words::{
    ADDRESS_NAMES, ADDRESS_WORDS, ALLOWING, BEFORE_COMMANDS, COMMANDS, DEFAULT_CALLS, LABELS,
    MATCHING, NAMED_BY, OTHER_WORDS, VERIFIED_NAMES,
};

/// Why a name whose use is not known is not replaced without review.
const UNKNOWN: &str = "ptlint does not know whether its place uses the name as an address";

/// Keys above a value that are looked at.
const KEYS: usize = 4;
/// Bytes around a value that are looked at.
const AROUND: usize = 600;

/// Why it is not known that the place of a name uses it as an address: `text` is that of the file, and `names`
/// are the keys of the place.
pub(super) fn unknown(
    reference: &Reference<'_>,
    (text, span): (&str, &Range<usize>),
    place: &DocumentPlace,
    names: &[String],
) -> Option<&'static str> {
    if place.kind != PlaceKind::Value || !reference.endpoint.kind.is_on_network {
        return None;
    }
    let written = Written::new(text, span, Some(place));
    (!is_known(&written, place, names)).then_some(UNKNOWN)
}

fn is_known(written: &Written<'_>, place: &DocumentPlace, names: &[String]) -> bool {
    let mut url = written.url();
    // The name is the default in `${KEY:-NAME}` or `${KEY:NAME}`, of which the key is not a part.
    let head = &written.read[url.start..written.name.start];
    let of_key = if written.read[..url.start].ends_with("${") {
        head.find(':').map_or(0, |at| at + 1)
    } else {
        0
    };
    url.start += head.rfind(":-").map_or(of_key, |at| at + 2);
    // What is before the name in the text that is read as a whole: the value, or the line of the document.
    let is_mark = |c: char| c.is_whitespace() || matches!(c, ':' | '-' | '=');
    let is_whole = written.read[..url.start].trim_matches(is_mark).is_empty();
    let name = &written.read[url.clone()];
    let is_url = ["://", ":\\/\\/", "%3A%2F%2F", "%3a%2f%2f"]
        .iter()
        .any(|mark| name.contains(mark));
    let (before, after) = if is_whole {
        let (start, end) = (written.value.start + url.start, written.value.end);
        let before = written.text.get(..start);
        let before = before.unwrap_or(&written.text[..written.value.start]);
        (before, &written.text[end..])
    } else {
        (&written.read[..url.start], &written.read[url.end..])
    };
    let (before, after) = (last_bytes(before, AROUND), first_bytes(after, AROUND));
    let quoted = before;
    let before = before.trim_end_matches(['"', '\'', '`', ' ']);
    let following = first_bytes(&written.text[written.value.end..], AROUND);
    // What a command prints is given to the variable around it.
    let is_command = written.read.starts_with(['$', '`']);
    let variable = names.last().filter(|_| is_command);
    if has_verdict(before, after, (following, variable.map(String::as_str)))
        || is_removed(last_bytes(&written.read[..written.name.start], AROUND))
    {
        return false;
    }
    if let Some(key) = key_of_default(before) {
        let of_key = verdict_of(key).or_else(|| by_keys(names, Some(place)));
        return of_key == Some(true);
    }
    if written.is_code && is_whole && written.format != Some(FormatId::Hcl) {
        let before = without_quote(quoted);
        return is_known_in_code(written, before, names, is_url);
    }
    let line = before.rsplit('\n').next().unwrap_or(before);
    if is_command_known(line) || is_option(line) || is_after_option(before) {
        return true;
    }
    let is_shell = written.format == Some(FormatId::Shell);
    if is_shell && !line.ends_with(['=', '(']) && !line.trim().is_empty() {
        return false;
    }
    let directive = names.last().map_or("", String::as_str);
    let first = line.split_whitespace().next().unwrap_or_default();
    if let Some(known) = servers::by_directive([directive, first], line, (written.text, after)) {
        return known;
    }
    // Of a long value with many names, what is around each of them.
    let around = last_bytes(&written.read[..url.start], AROUND).len();
    let around = first_bytes(&written.read[url.start - around..], 2 * AROUND + url.len());
    if !is_whole && !holds_names_only(around) {
        return key_before(line).is_some_and(|key| verdict_of(key) == Some(true));
    }
    by_keys(names, Some(place)).unwrap_or(is_whole && is_url && is_setting(place))
}

/// Says whether a shell takes what follows away from a variable, or replaces it there: `${URL#`, `${URL/`.
fn is_removed(before: &str) -> bool {
    let open = before.rfind("${").map(|at| &before[at + 2..]);
    open.filter(|inside| !inside.contains('}'))
        .is_some_and(|inside| {
            let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            inside
                .trim_start_matches(is_word)
                .starts_with(['#', '%', '/', '^'])
        })
}

/// The variable or key whose default follows: `${KEY:-`, `get("KEY", `.
fn key_of_default(before: &str) -> Option<&str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let ends = [":-", ":=", ":", "-"];
    let in_shell = before
        .rfind("${")
        .filter(|at| !before[*at..].contains('}'))
        .and_then(|at| {
            let inside = &before[at + 2..];
            let word = inside.trim_end_matches(['-', '=', ':']);
            ends.iter().any(|end| inside.ends_with(end)).then_some(word)
        });
    if in_shell.is_some() {
        return in_shell;
    }
    let line = before.rsplit('\n').next().unwrap_or(before);
    if let Some((head, _)) = line.rsplit_once("| default") {
        let head = head.trim_end();
        return Some(&head[head.trim_end_matches(is_word).len()..]);
    }
    let head = before
        .strip_suffix([',', '|', '?'])?
        .trim_end_matches(['|', '?', ' ']);
    let at = open_bracket(head)?;
    let call = head[..at].to_ascii_lowercase();
    if !DEFAULT_CALLS.iter().any(|end| call.ends_with(end)) {
        return None;
    }
    let key = head[at + 1..].trim_matches(['"', '\'', ' ']);
    (!key.is_empty() && key.chars().all(is_word)).then_some(key)
}

/// Says whether a text is an address, or a list of addresses, and not an expression or a command.
fn holds_names_only(text: &str) -> bool {
    let text = text.trim();
    let expression = ["==", "=~", "(`", "{", "~ ", "&&", "||", " if "];
    !expression.iter().any(|mark| {
        text.contains(mark)
            && !text.starts_with("jdbc:")
            && !(*mark == "{" && (text.contains("${") || text.contains("{{")))
    }) && (!text.contains(' ') || text.split([',', ';', ' ', '\n', '|']).all(is_address_like))
}

fn is_address_like(word: &str) -> bool {
    word.is_empty() || word.contains(['.', '/', ':', '=', '*']) || word.starts_with("localhost")
}

/// Whether a key holds an address: none where the key says nothing.
fn verdict_of(key: &str) -> Option<bool> {
    if by_name(key).is_some() {
        return Some(false);
    }
    let lower = key.to_ascii_lowercase();
    let plain: String = lower
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == ':')
        .collect();
    let local = plain.rsplit(':').next().unwrap_or(&plain);
    let is_verified = VERIFIED_NAMES.iter().any(|name| plain.ends_with(name));
    let is_address = ADDRESS_NAMES
        .iter()
        .any(|name| plain == *name || local.ends_with(name));
    if is_address && !is_verified {
        return Some(true);
    }
    let words = parts(key);
    if is_verified
        || words
            .iter()
            .any(|word| OTHER_WORDS.contains(&word.as_str()))
    {
        return Some(false);
    }
    let known = words.iter().any(|word| {
        ADDRESS_WORDS.contains(&word.trim_end_matches(|c: char| c.is_ascii_digit()))
            || ALLOWING.contains(&word.as_str())
            || [
                "url", "uri", "urls", "host", "hosts", "endpoint", "server", "address", "hostname",
            ]
            .iter()
            .any(|end| word.ends_with(end))
    });
    known.then_some(true)
}

/// Whether the keys above a value, the nearest first, say that it is an address.
fn by_keys(names: &[String], place: Option<&DocumentPlace>) -> Option<bool> {
    let of_labels = names
        .iter()
        .rev()
        .take(2)
        .any(|name| LABELS.contains(&name.to_ascii_lowercase().as_str()));
    if of_labels {
        return Some(false);
    }
    let above: Vec<Vec<String>> = names
        .iter()
        .rev()
        .take(KEYS)
        .map(|name| parts(name))
        .collect();
    let has = |words: &[&str]| {
        above
            .iter()
            .flatten()
            .any(|word| words.contains(&word.as_str()))
    };
    // What is done with the names of such a list is said elsewhere.
    if has(MATCHING) && !has(ALLOWING) {
        return Some(false);
    }
    let mut nearest = true;
    for (height, (name, words)) in names.iter().rev().zip(&above).enumerate() {
        let is_named = || height == 0 && place.is_some_and(is_named_value);
        if nearest && (is_plain(name) || is_named()) {
            if let Some(known) = place.and_then(by_naming_member) {
                let selects = above
                    .iter()
                    .flatten()
                    .any(|word| word == "filter" || is_selecting(word));
                return Some(known && !selects);
            }
            continue;
        }
        nearest = false;
        match verdict_of(name) {
            // In a list of what is let through, a name is what is called.
            Some(false) if has(ALLOWING) && !has_other_than_name(words) => {}
            Some(known) => return Some(known),
            None => {}
        }
    }
    None
}

/// Says whether a key has a word that says that its text is not called, other than that it is a name.
fn has_other_than_name(words: &[String]) -> bool {
    let words = words.iter().map(String::as_str);
    let mut other = words.filter(|word| OTHER_WORDS.contains(word));
    other.any(|word| !NAMED_BY.contains(&word))
}

/// The word before the `=` or `:` at the end of a text.
fn key_before(before: &str) -> Option<&str> {
    let before = before.trim_end_matches(['"', '\'', '`', ' ']);
    let head = before.strip_suffix(['=', ':'])?;
    if head.ends_with(['=', '!', '<', '>', '~']) {
        return None;
    }
    let head = head.trim_end_matches([':', ' ', '"', '\'', '?']);
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let key = &head[head.trim_end_matches(is_word).len()..];
    (!key.is_empty()).then_some(key)
}

/// Says whether an option, of any program, says that its value is an address: `--url NAME`.
fn is_option(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '\'', ' ', '=', ',']);
    let word = line.rsplit(char::is_whitespace).next().unwrap_or(line);
    let word = word.trim_start_matches(['[', '"', '\'']);
    word.starts_with('-') && word.len() > 3 && verdict_of(word) == Some(true)
}

/// Says whether a value is on a line of its own after such an option, as in a list of arguments.
fn is_after_option(before: &str) -> bool {
    let mut lines = before.rsplit('\n');
    let is_own = lines
        .next()
        .is_some_and(|own| own.trim_matches([' ', '-', '"', '\'']).is_empty());
    is_own && lines.next().is_some_and(is_option)
}

/// Says whether the command at the end of a line connects to its arguments.
fn is_command_known(line: &str) -> bool {
    let command = line
        .rsplit(['|', ';', '&', '(', '`', '[', '{'])
        .next()
        .unwrap_or(line);
    let command = command.trim_start_matches([' ', '\t', '"', '\'', '-', '@', '$']);
    let mut words = command.split(|c: char| c.is_whitespace() || matches!(c, '"' | ',' | '\''));
    let program = words.find(|word| {
        let is_other = word.is_empty()
            || word.contains('=')
            || word.ends_with(':')
            || BEFORE_COMMANDS.contains(&word.to_ascii_lowercase().as_str());
        !is_other
    });
    let Some(program) = program else {
        return false;
    };
    // A key: `http = NAME`.
    if words
        .find(|word| !word.is_empty())
        .is_some_and(|word| word.starts_with(['=', ':']))
    {
        return false;
    }
    let name = program
        .rsplit('/')
        .next()
        .unwrap_or(program)
        .to_ascii_lowercase();
    let connects = COMMANDS.contains(&name.trim_end_matches(".exe"));
    connects
        && (name != "openssl" || command.contains("s_client"))
        && !["--resolve", "--connect-to"]
            .iter()
            .any(|option| command.contains(option))
}
