//! Adds entries to a configuration as text: its comments and their order stay.

use std::fmt::Write as _;
use std::path::Path;

use super::add::Wording;
use crate::config::Settings;
use crate::document::YamlDocument;
use crate::facts::{Context, Violation};
use crate::text::GlobFolder;

/// An entry of `ignore` for one violation, or for several that cannot be told apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct NewEntry {
    fields: Vec<(&'static str, String)>,
}

impl NewEntry {
    /// An entry for each violation that one suppresses, and none for the others. Each is read back, as the program
    /// reads it. `prefix` is the way from the folder of the configuration to the scan root.
    #[must_use]
    pub(crate) fn proved(
        violations: &[Violation],
        wording: &Wording,
        prefix: &str,
    ) -> Vec<Option<Self>> {
        let mut proved: Vec<Option<Self>> = violations.iter().map(|_| None).collect();
        for with_key in [true, false] {
            let open: Vec<usize> = (0..violations.len())
                .filter(|&number| proved[number].is_none())
                .collect();
            for some in open.chunks(MOST_AT_ONCE) {
                let entry = |&number: &usize| {
                    let violation = &violations[number];
                    (violation, Self::new(violation, wording, prefix, with_key))
                };
                let entries = prove(some.iter().map(entry).collect(), wording, prefix);
                for (number, entry) in some.iter().zip(entries) {
                    proved[*number] = entry;
                }
            }
        }
        proved
    }

    fn new(violation: &Violation, wording: &Wording, prefix: &str, with_key: bool) -> Self {
        let prefix = prefix.trim_matches('/');
        let slash = if prefix.is_empty() { "" } else { "/" };
        let path = escaped(&format!("/{prefix}{slash}{}", violation.path));
        let mut fields = vec![
            ("rule", quoted(&violation.rule)),
            ("path", format!("[{}]", quoted(&path))),
        ];
        match &violation.key {
            Some(key) if with_key && violation.context != Context::FileName => {
                fields.push(("key", quoted(key)));
            }
            _ => fields.push(("host", quoted(&violation.name))),
        }
        fields.push(("reason", quoted(&wording.reason)));
        let terms = &wording.terms;
        let until = terms.until.map(|date| date.to_string());
        for (key, value) in [
            ("until", &until),
            ("owner", &terms.owner),
            ("ticket", &terms.ticket),
        ] {
            if let Some(value) = value {
                fields.push((key, quoted(value)));
            }
        }
        Self { fields }
    }

    fn lines(&self, indent: &str) -> Vec<String> {
        let fields = self.fields.iter().enumerate();
        fields
            .map(|(number, (key, value))| {
                let head = if number == 0 { "- " } else { "  " };
                format!("{indent}{head}{key}: {value}")
            })
            .collect()
    }
}

/// Entries that are read back at once.
const MOST_AT_ONCE: usize = 256;

/// Those of the entries that suppress their violations; where they cannot be read together, each is read alone.
fn prove(
    mut entries: Vec<(&Violation, NewEntry)>,
    wording: &Wording,
    prefix: &str,
) -> Vec<Option<NewEntry>> {
    let written: Vec<NewEntry> = entries.iter().map(|(_, entry)| entry.clone()).collect();
    let rules =
        read_back(&written, prefix).filter(|settings| settings.ignore.len() == entries.len());
    match rules {
        Some(settings) => entries
            .into_iter()
            .zip(&settings.ignore)
            .map(|((violation, entry), rule)| {
                (rule.fits(violation) && rule.reason == wording.reason).then_some(entry)
            })
            .collect(),
        None if entries.len() < 2 => vec![None; entries.len()],
        None => {
            let rest = entries.split_off(entries.len() / 2);
            let mut both = prove(entries, wording, prefix);
            both.extend(prove(rest, wording, prefix));
            both
        }
    }
}

/// The settings of a configuration with some entries.
fn read_back(entries: &[NewEntry], prefix: &str) -> Option<Settings> {
    let text = add_to_configuration(None, entries)?;
    let document = YamlDocument::parse("ptlint.yaml", &text).ok()?;
    let globs_of = GlobFolder {
        above: prefix.to_owned(),
        ..GlobFolder::default()
    };
    Settings::from_document(&document, Path::new("."), &globs_of, true).ok()
}

/// A path as a glob that matches only it.
fn escaped(path: &str) -> String {
    let mut glob = String::new();
    for c in path.chars() {
        if matches!(c, '*' | '?' | '[' | ']' | '\\' | '{' | '}') {
            glob.push('\\');
        }
        glob.push(c);
    }
    glob
}

/// A text in double quotes. What is not a letter, a digit or plain ASCII is written as an escape,
/// because YAML does not read every character as it was written.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.contains('-');
    if is_word && text.chars().all(plain) {
        return text.to_owned();
    }
    let mut written = String::from("\"");
    for c in text.chars() {
        let code = u32::from(c);
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            ' '..='~' => written.push(c),
            _ if c.is_alphanumeric() => written.push(c),
            _ if code > 0xffff => {
                let _ = write!(written, "\\U{code:08x}");
            }
            _ => {
                let _ = write!(written, "\\u{code:04x}");
            }
        }
    }
    written.push('"');
    written
}

/// The text of a configuration with more entries; none means that there is no file. None is
/// returned when its `ignore` is written so that nothing can be added after it.
#[must_use]
pub(crate) fn add_to_configuration(text: Option<&str>, entries: &[NewEntry]) -> Option<String> {
    let text = text.unwrap_or_default();
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let is_list = |line: &String| line.starts_with("ignore:");
    let Some(start) = lines.iter().position(is_list) else {
        if lines.last().is_some_and(|line| !line.trim().is_empty()) {
            lines.push(String::new());
        }
        lines.push("ignore:".to_owned());
        lines.extend(entries.iter().flat_map(|entry| entry.lines("  ")));
        return Some(joined(&lines, newline));
    };
    let value = lines[start]["ignore:".len()..].trim();
    let value = value.split(" #").next().unwrap_or_default().trim();
    if value == "[]" {
        let head = lines[start].replacen("[]", "", 1);
        head.trim_end().clone_into(&mut lines[start]);
    } else if !(value.is_empty() || value.starts_with('#')) {
        return None;
    }
    let belongs = |line: &str| line.starts_with([' ', '\t', '-', '#']) || line.trim().is_empty();
    let is_entry = |line: &str| !line.trim().is_empty() && !line.starts_with('#');
    let block = lines[start + 1..].iter().take_while(|line| belongs(line));
    let last = block
        .enumerate()
        .filter(|(_, line)| is_entry(line))
        .map(|(number, _)| start + 1 + number)
        .last();
    let items = lines[start + 1..].iter().map(String::as_str);
    let first = items
        .take_while(|line| belongs(line))
        .find(|line| line.trim_start().starts_with('-'));
    let indent = first.map_or("  ".to_owned(), |line| {
        line[..line.len() - line.trim_start().len()].to_owned()
    });
    let at = last.map_or(start + 1, |last| last + 1);
    let new: Vec<String> = entries.iter().flat_map(|e| e.lines(&indent)).collect();
    lines.splice(at..at, new);
    Some(joined(&lines, newline))
}

fn joined(lines: &[String], newline: &str) -> String {
    let lines = lines.iter();
    lines.map(|line| format!("{line}{newline}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> NewEntry {
        NewEntry {
            fields: vec![("rule", "a-b".to_owned()), ("reason", "\"x\"".to_owned())],
        }
    }

    #[test]
    fn an_entry_is_added_where_the_list_ends() {
        for (before, after) in [
            ("", "ignore:\n  - rule: a-b\n    reason: \"x\"\n"),
            (
                "a: 1\n",
                "a: 1\n\nignore:\n  - rule: a-b\n    reason: \"x\"\n",
            ),
            (
                "# top\nignore: # why\n- rule: b # one\n\n# tail\nz: 1\n",
                "# top\nignore: # why\n- rule: b # one\n- rule: a-b\n  reason: \"x\"\n\n# tail\nz: 1\n",
            ),
            (
                "ignore: []\r\nz: 1\r\n",
                "ignore:\r\n  - rule: a-b\r\n    reason: \"x\"\r\nz: 1\r\n",
            ),
        ] {
            let added = add_to_configuration(Some(before), &[entry()]);
            assert_eq!(added.as_deref(), Some(after), "{before}");
        }
        assert_eq!(
            add_to_configuration(Some("ignore: [{}]\n"), &[entry()]),
            None
        );
    }
}
