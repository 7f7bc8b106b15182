//! What an entry of a file is called, so that uses of it can be looked for.

/// Keys whose values name the entry that has them.
const NAMING: [&str; 6] = ["name", "id", "key", "stage", "job", "alias"];
/// Names that say nothing about an entry.
const GENERAL: [&str; 9] = [
    "name", "id", "key", "url", "uri", "host", "server", "stage", "job",
];

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// What an entry calls itself: its key, the name of its block, and its `name`, `id` or `key`.
pub(super) fn own_names(entry: &str) -> Vec<&str> {
    let quote = ['"', '\'', '`'];
    let trimmed = entry.trim_start_matches(quote);
    let end = trimmed.find(|c: char| !is_name(c)).unwrap_or(trimmed.len());
    let after = trimmed[end..].trim_start_matches(quote).trim_start();
    let mut names = Vec::new();
    let gives = after.starts_with([':', '=', '(', '{', '>']) && !after.starts_with("://");
    // Kotlin writes `"dev" to x`.
    if gives || after.starts_with("to ") {
        names.push(&trimmed[..end]);
    }
    // A key may have dots, as in `dev.host`.
    let dotted = trimmed.find(|c: char| !is_name(c) && c != '.');
    let dotted = &trimmed[..dotted.unwrap_or(trimmed.len())];
    let after = trimmed[dotted.len()..].trim_start_matches(quote);
    if dotted.contains('.') && after.trim_start().starts_with([':', '=', '>']) {
        names.push(dotted);
    }
    for line in entry.split(['\n', ',']) {
        let line = line.trim_start_matches([' ', '\t', '-', '{', '"', '\'']);
        for naming in NAMING {
            let Some(rest) = line.strip_prefix(naming) else {
                continue;
            };
            let rest = rest.trim_start_matches(quote).trim_start();
            let Some(value) = rest.strip_prefix([':', '=']) else {
                continue;
            };
            let value = value.trim().trim_matches(quote);
            if !value.is_empty() && value.chars().all(is_name) {
                names.push(value);
            }
        }
    }
    names.extend(name_of_block(entry));
    names.extend(NAMING.iter().filter_map(|naming| element(entry, naming)));
    names.extend(NAMING.iter().filter_map(|naming| attribute(entry, naming)));
    names.retain(|name| name.len() > 1 && !GENERAL.contains(name));
    names
}

/// The name of a block: `upstream dev {`, `variable "dev" {`.
fn name_of_block(entry: &str) -> Option<&str> {
    let first = entry.lines().next()?;
    let (head, _) = first.split_once('{')?;
    let mut words = head.split_whitespace().rev();
    let name = words.next()?.trim_matches(['"', '\'']);
    let is_block = words.next()?.chars().all(|c| is_name(c) || c == '"');
    (is_block && !name.is_empty() && name.chars().all(is_name)).then_some(name)
}

/// The text of an element: `<id>dev</id>`.
fn element<'e>(entry: &'e str, element: &str) -> Option<&'e str> {
    let mut parts = entry.match_indices(element).filter_map(|(at, _)| {
        let rest = entry[at + element.len()..].strip_prefix('>')?;
        let (value, after) = rest.split_once("</")?;
        let value = value.trim();
        let is_whole = entry[..at].ends_with('<') && after.starts_with(element);
        (is_whole && !value.is_empty() && value.chars().all(is_name)).then_some(value)
    });
    parts.next()
}

/// The value of an attribute of the first element: `id="dev"`.
fn attribute<'e>(entry: &'e str, attribute: &str) -> Option<&'e str> {
    let (tag, _) = entry.split_once('>')?;
    let mut parts = tag.match_indices(attribute).filter_map(|(at, _)| {
        let rest = tag[at + attribute.len()..].strip_prefix("=\"")?;
        let (value, _) = rest.split_once('"')?;
        let is_whole = tag[..at].ends_with(char::is_whitespace);
        (is_whole && !value.is_empty() && value.chars().all(is_name)).then_some(value)
    });
    parts.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_has_a_key_and_names() {
        for (entry, names) in [
            ("dev: x", &["dev"][..]),
            ("dev.host=x", &["dev.host"]),
            ("dev.host>x", &["dev.host"]),
            ("upstream dev {\n  server x;\n}", &["dev"]),
            ("stage: dev\n  variables: x", &["dev"]),
            ("profile><id>dev</id><h>x</h>", &["profile", "dev"]),
            ("bean id=\"dev\"><h>x</h>", &["dev"]),
            ("dev\" to \"x", &["dev"]),
            ("https://x", &[]),
        ] {
            assert_eq!(own_names(entry), names, "{entry}");
        }
    }
}
