//! Places that are known to use a name as an address. Of every other place it is not known whether the
//! program does what it did after the name is another one, so its replacement needs review.

mod words;

use std::ops::Range;

use super::environment_map::parts;
use super::written::Written;
use crate::detect::Reference;
use crate::syntax::{DocumentPlace, FormatId, NodeKind, PlaceKind, Step};
use crate::text::{first_bytes, last_bytes};
use words::{
    ADDRESS_NAMES, ADDRESS_WORDS, BEFORE_COMMANDS, CLIENT_CALLS, CLIENTS, COMMANDS,
    CONNECTING_CALLS, CONNECTING_TO_NAMES, DEFAULT_CALLS, DIRECTIVES, LABELS, LIST_CALLS,
    NAMING_KEYS, OTHER_WORDS, PLAIN_NAMES,
};

/// Why a name whose use is not known is not replaced without review.
const UNKNOWN: &str = "ptlint does not know whether its place uses the name as an address";

/// Keys above a value that are looked at.
const KEYS: usize = 4;
/// Bytes around a value that are looked at.
const AROUND: usize = 600;
/// Members next to a value that are looked at.
const MEMBERS: usize = 16;

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
    // The name is the default in `${KEY:-NAME}`, of which the key is not a part.
    let head = &written.read[url.start..written.name.start];
    url.start += head.rfind(":-").map_or(0, |at| at + 2);
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
    let before = before.trim_end_matches(['"', '\'', '`', ' ']);
    if has_verdict(before, after) {
        return false;
    }
    if let Some(key) = key_of_default(before) {
        let of_key = verdict_of(key).or_else(|| by_keys(names, Some(place)));
        return of_key == Some(true);
    }
    if written.is_code && is_whole && written.format != Some(FormatId::Hcl) {
        return is_known_in_code(written, before, names, is_url);
    }
    let line = before.rsplit('\n').next().unwrap_or(before);
    if is_command_known(line) || is_option(line) {
        return true;
    }
    let is_shell = written.format == Some(FormatId::Shell);
    if is_shell && !line.ends_with(['=', '(']) && !line.trim().is_empty() {
        return false;
    }
    let directive = names.last().map_or("", String::as_str);
    let first = line.split_whitespace().next().unwrap_or_default();
    if [directive, first]
        .iter()
        .any(|word| DIRECTIVES.contains(&word.to_ascii_lowercase().as_str()))
    {
        return true;
    }
    if !is_whole && !holds_names_only(written.read) {
        return key_before(line).is_some_and(|key| verdict_of(key) == Some(true));
    }
    by_keys(names, Some(place)).unwrap_or(is_whole && is_url && is_setting(place))
}

/// Says whether a value is the only one of its key, as a setting is.
fn is_setting(place: &DocumentPlace) -> bool {
    place.levels.last().is_some_and(|level| {
        let tree = &level.document.tree;
        let node = tree.node(level.node);
        let is_markup = matches!(level.document.format.id, FormatId::Xml | FormatId::Html);
        matches!(node.step, Step::Key(_)) && node.kind == NodeKind::Scalar && !is_markup
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
    let lower = key.to_ascii_lowercase();
    let plain: String = lower
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == ':')
        .collect();
    let local = plain.rsplit(':').next().unwrap_or(&plain);
    if ADDRESS_NAMES
        .iter()
        .any(|name| plain == *name || local.ends_with(name))
    {
        return Some(true);
    }
    let words = parts(key);
    if words
        .iter()
        .any(|word| OTHER_WORDS.contains(&word.as_str()))
    {
        return Some(false);
    }
    let known = words.iter().any(|word| {
        ADDRESS_WORDS.contains(&word.trim_end_matches(|c: char| c.is_ascii_digit()))
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
    let mut nearest = true;
    for name in names.iter().rev().take(KEYS) {
        if nearest && PLAIN_NAMES.contains(&name.to_ascii_lowercase().as_str()) {
            if let Some(known) = place.and_then(by_naming_member) {
                return Some(known);
            }
            continue;
        }
        nearest = false;
        if let Some(known) = verdict_of(name) {
            return Some(known);
        }
    }
    None
}

/// What the name next to a value says of it: `name: SERVICE_URL` and `value: ...`.
fn by_naming_member(place: &DocumentPlace) -> Option<bool> {
    let level = place.levels.last()?;
    let tree = &level.document.tree;
    let group = tree.node(level.node).parent;
    tree.members(group).take(MEMBERS).find_map(|member| {
        let (Step::Key(name) | Step::Attribute(name)) = &tree.node(member).step else {
            return None;
        };
        if member == level.node || !NAMING_KEYS.iter().any(|key| name.eq_ignore_ascii_case(key)) {
            return None;
        }
        verdict_of(first_bytes(tree.text(member, &level.document.text), AROUND))
    })
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
    let line = line.trim_end_matches(['"', '\'', ' ', '=']);
    let word = line.rsplit(char::is_whitespace).next().unwrap_or(line);
    word.starts_with('-') && word.len() > 3 && verdict_of(word) == Some(true)
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
    let name = program
        .rsplit('/')
        .next()
        .unwrap_or(program)
        .to_ascii_lowercase();
    let connects = COMMANDS.contains(&name.trim_end_matches(".exe"));
    connects
        && (name != "openssl" || command.contains("s_client"))
        && !command.contains("--resolve")
}

/// Says whether a program decides something by whether the name answers. A check that ends the program where
/// it does *not* answer (`|| exit 1`) is the same against another environment; one that ends it where it
/// answers, or chooses, is not.
fn has_verdict(before: &str, after: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before);
    let statement = line.rsplit([';', '(']).next().unwrap_or(line).trim_start();
    let first = statement.split_whitespace().next().unwrap_or_default();
    if matches!(first, "if" | "elif" | "while" | "until" | "unless" | "!") {
        return true;
    }
    let mut lines = after.split('\n');
    let rest = lines.next().unwrap_or_default();
    let next = lines.next().unwrap_or_default();
    let ends = |text: &str| {
        ["exit", "return", "false", "fail", "die", "error", "kill"]
            .iter()
            .any(|word| text.trim_start_matches(['{', '(', ' ']).starts_with(word))
    };
    rest.split("&&").skip(1).any(ends) || rest.contains("; then") || next.contains("$?")
}

fn is_known_in_code(written: &Written<'_>, before: &str, names: &[String], is_url: bool) -> bool {
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
            Some("SET") => key.is_some_and(|key| verdict_of(key) == Some(true)),
            Some("VALUES") => by_keys(names, None) == Some(true),
            _ => false,
        };
    }
    if let Some(key) = key {
        let own = verdict_of(key).or_else(|| names.last().and_then(|name| verdict_of(name)));
        return own.unwrap_or(false)
            || own.is_none()
                && (is_url && !before.ends_with(':') || by_keys(names, None) == Some(true));
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
    is_url && CONNECTING_CALLS.contains(&plain.as_str())
        || CONNECTING_TO_NAMES.contains(&plain.as_str())
        || is_first && sets_address(call)
        || is_first
            && call.chars().next().is_some_and(char::is_uppercase)
            && is_url
            && path.contains("Http")
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
fn open_bracket(text: &str) -> Option<usize> {
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
