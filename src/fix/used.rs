//! Entries that must not be deleted because something in the file needs them: a use of their name or
//! anchor, or a block that would be left empty.

use std::ops::Range;
use std::rc::Rc;

use super::own_names::own_names;
use super::positions::position_use;
use super::strict_yaml;
use crate::syntax::{Document, FormatId};

/// Lines that are looked at for the key around another one.
const MOST_LINES: usize = 50;

/// Why the text at `range` must not be deleted, with its entry at `entry`. `names` are the ranges of the
/// references in the file, which use nothing.
pub(super) fn needed(
    document: &Rc<Document>,
    text: &str,
    range: &Range<usize>,
    entry: &Range<usize>,
    names: &[Range<usize>],
) -> Option<String> {
    let search = UseSearch {
        document,
        text,
        range,
        names,
    };
    let line = |at: usize| 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count();
    for (anchor, what) in anchors(&text[range.clone()]) {
        if let Some(at) = search.alias(anchor) {
            let line = line(at);
            return Some(format!(
                "line {line} uses its {what} `{anchor}`: delete it by hand"
            ));
        }
    }
    if !document.is_prose() || is_in_program(document, entry) {
        for name in own_names(&text[entry.clone()]) {
            if let Some(at) = search.usage(name) {
                let line = line(at);
                return Some(format!("line {line} uses `{name}`: delete it by hand"));
            }
        }
    }
    if let Some((at, what)) = position_use(document, text, range, entry) {
        let line = line(at);
        return Some(format!("line {line} {what}: delete it by hand"));
    }
    if document.format.id == FormatId::Makefile
        && let Some(target) = target_of(&text[range.clone()])
    {
        let line = line(range.start);
        return Some(format!(
            "line {line} sets it for the target `{target}`: delete it by hand"
        ));
    }
    if is_only_statement(document, text, range) {
        return Some("it is the only statement of its block: delete it by hand".to_owned());
    }
    if document.format.id == FormatId::Yaml && strict_yaml::breaks(text, range) {
        return Some("the file would not be YAML without it: delete it by hand".to_owned());
    }
    None
}

/// Says whether an entry is in a program in a page, which the page uses.
fn is_in_program(document: &Rc<Document>, entry: &Range<usize>) -> bool {
    let place = document.place(&(entry.start..entry.start + 1));
    let last = place.levels.last();
    document.format.id == FormatId::Html && last.is_some_and(|level| level.document.is_code())
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// The anchors of YAML in a text.
fn anchors(text: &str) -> impl Iterator<Item = (&str, &'static str)> {
    text.match_indices('&').filter_map(|(at, _)| {
        let is_first = text[..at].ends_with([' ', '\t', '[', '{', ',']) || at == 0;
        let rest = &text[at + 1..];
        let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
        (is_first && end > 0).then_some((&rest[..end], "anchor"))
    })
}

/// The target of a line that sets a variable for it: `dev: HOST := x`.
fn target_of(line: &str) -> Option<&str> {
    let (target, rest) = line.split_once(':')?;
    let is_target = !target.is_empty() && !target.starts_with('\t') && !target.contains(['=', '#']);
    let name = rest.split_once('=')?.0.trim_end_matches([':', '?', '+']);
    let is_variable = !name.trim().is_empty() && name.trim().chars().all(is_name);
    (is_target && is_variable).then(|| target.trim())
}

/// A text in which the uses of what is deleted are looked for.
struct UseSearch<'s> {
    document: &'s Document,
    text: &'s str,
    range: &'s Range<usize>,
    names: &'s [Range<usize>],
}

impl UseSearch<'_> {
    fn alias(&self, anchor: &str) -> Option<usize> {
        let alias = format!("*{anchor}");
        let mut all = self.text.match_indices(&alias).map(|(at, _)| at);
        all.find(|&at| {
            let after = self.text[at + alias.len()..].chars().next();
            !self.range.contains(&at) && !after.is_some_and(is_name)
        })
    }

    /// The first place that uses a name and does not give it to something else.
    fn usage(&self, name: &str) -> Option<usize> {
        let mut all = self.text.match_indices(name).map(|(at, _)| at);
        all.find(|&at| {
            let (before, after) = (&self.text[..at], &self.text[at + name.len()..]);
            let whole = !before.ends_with(is_name) && !after.starts_with(is_name);
            whole
                && !self.range.contains(&at)
                && !self.document.tree.is_comment(at)
                && !self.names.iter().any(|range| range.contains(&at))
                && !is_definition(before, after)
                && !is_part_of_name(before, after)
        })
    }
}

/// Says whether a name is a key: `name:`, `name =`, `<name>`.
fn is_definition(before: &str, after: &str) -> bool {
    let quote = ['"', '\'', '`'];
    let rest = after
        .trim_start_matches(quote)
        .trim_start_matches([' ', '\t']);
    let gives = rest.starts_with(':') || rest.starts_with('=') && !rest.starts_with("==");
    let line = before.rsplit('\n').next().unwrap_or_default();
    let start = line.trim_end_matches(quote);
    if gives && is_list_of_needs(before) {
        return false;
    }
    let first =
        start.trim_end().is_empty() || start.trim_end().ends_with(['{', ',', '-', '|', '(']);
    let words = start.split_whitespace().next_back();
    let declared = matches!(
        words,
        Some("const" | "let" | "var" | "final" | "export" | "val" | "static" | "local" | "String")
    );
    gives && (first || declared) || before.ends_with('<') || before.ends_with("</")
}

/// Keys below which others are named that something needs.
const NEEDS: [&str; 8] = [
    "after",
    "depends_on",
    "dependson",
    "extends",
    "links",
    "needs",
    "requires",
    "uses",
];

/// Says whether the key at the end of a text is in a map of what something needs, as in `depends_on`.
fn is_list_of_needs(before: &str) -> bool {
    let is_needs = |text: &str| {
        let name = text
            .trim_end()
            .trim_end_matches(['{', ' '])
            .strip_suffix(':');
        let name = name.map(|name| {
            name.rsplit([' ', ',', '{', '"'])
                .find(|word| !word.is_empty())
        });
        let name = name.flatten().unwrap_or_default().to_ascii_lowercase();
        NEEDS.contains(&name.as_str())
    };
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut lines = before.rsplit('\n').take(MOST_LINES);
    let own = lines.next().unwrap_or_default();
    if !own.trim_matches([' ', '\t', '-', '"', '\'']).is_empty() {
        return is_needs(own);
    }
    let mut above = lines.filter(|line| !line.trim().is_empty());
    let parent = above.find(|line| indent(line) < own.len());
    parent.is_some_and(is_needs)
}

/// Says whether a name is a label of a host or a piece of a path.
fn is_part_of_name(before: &str, after: &str) -> bool {
    let is_host = before.ends_with("://");
    if !is_host && (before.ends_with('/') || after.starts_with('/')) {
        return true;
    }
    let is_label = |c: char| is_name(c) || c == '.';
    let rest = &after[..after.find(|c| !is_label(c)).unwrap_or(after.len())];
    let last = rest.rsplit('.').next().unwrap_or_default();
    let head = &before[before.trim_end_matches(is_label).len()..];
    let zones = [
        "com", "example", "internal", "io", "local", "net", "org", "test", "uk",
    ];
    let dots = rest.matches('.').count() + head.matches('.').count();
    dots > 1 && rest.contains('.') && zones.contains(&last)
}

/// Says whether a block of a program would be left without a statement.
fn is_only_statement(document: &Document, text: &str, range: &Range<usize>) -> bool {
    let has_blocks = document.is_code()
        || matches!(
            document.format.id,
            FormatId::Shell | FormatId::Makefile | FormatId::Dockerfile
        );
    let before = text[..range.start].lines().rev().map(str::trim);
    let after = text[range.end..].lines().map(str::trim);
    let is_statement = |line: &&str| !line.is_empty() && !line.starts_with('#');
    let before = before.take(50).find(is_statement).unwrap_or_default();
    let after = after.take(50).find(is_statement).unwrap_or_default();
    let word = |line: &str| {
        let words = line.split(|c: char| !c.is_alphanumeric());
        words
            .map(str::to_owned)
            .find(|w| !w.is_empty())
            .unwrap_or_default()
    };
    let last = before.rsplit([' ', ';', '\t']).next().unwrap_or_default();
    let condition = word(before);
    let is_condition = document.format.id == FormatId::Makefile
        && matches!(
            condition.as_str(),
            "ifdef" | "ifndef" | "ifeq" | "ifneq" | "else"
        );
    let opens =
        matches!(last, "then" | "do" | "else" | "{" | "(") || before.ends_with(':') || is_condition;
    let closes = after.starts_with(['}', ')'])
        || after.starts_with(";;")
        || after.is_empty()
        || matches!(
            word(after).as_str(),
            "else"
                | "elif"
                | "elsif"
                | "fi"
                | "done"
                | "esac"
                | "end"
                | "endif"
                | "except"
                | "finally"
        );
    let label =
        document.format.id == FormatId::Shell && before.ends_with(')') && after.starts_with(";;");
    has_blocks && (opens && closes || label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::format_of_file;

    /// Why the entry between `«` and `»`, which is whole lines, must not be deleted.
    fn reason(path: &str, marked: &str) -> Option<String> {
        let start = marked.find('«').expect("marked");
        let end = marked.find('»').expect("marked") - '«'.len_utf8();
        let text = marked.replace(['«', '»'], "");
        let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let until = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        let format = format_of_file(path, &text).expect("a known format");
        let document = Document::read(&text, format);
        needed(&document, &text, &(from..until), &(start..end), &[])
    }

    #[test]
    fn what_is_used_elsewhere_stays() {
        for (path, text, line) in [
            (
                "a.yaml",
                "«dev: &d {url: x}»\nint: {url: y}\nactive: *d\n",
                3,
            ),
            ("a.yaml", "e:\n  «dev: x»\n  int: y\nactive: dev\n", 4),
            (
                "a.yaml",
                "jobs:\n  «dev:\n    url: x»\n  int:\n    needs: [dev]\n",
                5,
            ),
            (
                "a.yaml",
                "- «name: dev\n  url: x»\n- name: int\n  after: dev\n",
                4,
            ),
            (
                "a.tf",
                "locals {\n  «dev = \"x\"»\n  int = \"y\"\n}\noutput \"u\" {\n  value = local.dev\n}\n",
                6,
            ),
            (
                "a.js",
                "const e = {\n  «dev: 'x',»\n  int: 'y',\n};\ncall(e.dev);\n",
                5,
            ),
            (
                "a.py",
                "E = {\n  \"«DEV\": \"x»\",\n  \"INT\": \"y\",\n}\ncall(E[\"DEV\"])\n",
                5,
            ),
            (
                "pom.xml",
                "<p>\n<«dev.host>x»</dev.host>\n<int.host>y</int.host>\n<u>${dev.host}</u>\n</p>\n",
                4,
            ),
            (
                "compose.yaml",
                "services:\n  «dev:\n    image: x»\n  int:\n    image: y\n  z:\n    depends_on:\n      dev:\n        condition: a\n",
                8,
            ),
            (
                "nginx.conf",
                "«upstream dev {\n  server x;\n}»\nserver { location / { proxy_pass https://dev; } }\n",
                4,
            ),
            (
                "a.yml",
                "stages:\n- «stage: dev\n  h: x»\n- stage: int\n- stage: z\n  dependsOn: dev\n",
                6,
            ),
            (
                "a.vue",
                "<script>\nconst h = {\n  «dev: 'x',»\n  int: 'y',\n};\n</script>\n<template><a :href=\"h.dev\"/></template>\n",
                7,
            ),
            ("a.sh", "«DEV=x»\nINT=y\ncurl $DEV\n", 3),
            (
                "a.properties",
                "«dev.host=x»\nint.host=y\nhost=${dev.host}\n",
                3,
            ),
        ] {
            let got = reason(path, text).unwrap_or_default();
            assert!(
                got.starts_with(&format!("line {line} uses ")),
                "{text:?}: {got}"
            );
        }
    }

    #[test]
    fn what_is_not_used_goes() {
        for (path, text) in [
            ("a.yaml", "e:\n  «dev: x»\n  int: y\n"),
            ("a.yaml", "a:\n  «dev: x»\n  int: y\nb:\n  dev: z\n"),
            (
                "a.yaml",
                "e:\n  «dev: x»\n  int: y\n# dev\nhost: a.dev.example.org\n",
            ),
            ("a.json", "{\n  \"«dev\": \"x»\",\n  \"int\": \"y\"\n}"),
            ("a.xml", "<a>\n  <«dev>x»</dev>\n  <int>y</int>\n</a>"),
            ("a.js", "const e = {\n  «dev: 'x',»\n  int: 'y',\n};\n"),
        ] {
            assert_eq!(reason(path, text), None, "{text:?}");
        }
    }

    #[test]
    fn a_variable_of_a_target_stays() {
        let got = reason("Makefile", "«dev: H := x»\nint: H := y\n").unwrap_or_default();
        assert!(got.contains("line 1 sets it for the target `dev`"), "{got}");
    }

    #[test]
    fn no_block_is_left_empty() {
        for (path, text) in [
            ("a.sh", "if $x; then\n  «URL=x»\nelse\n  URL=y\nfi\n"),
            ("a.sh", "case $x in\n  a)\n  «URL=x»\n  ;;\nesac\n"),
            ("Makefile", "ifdef X\n«H=x»\nelse\nH=y\nendif\n"),
            ("Makefile", "ifeq ($(X),1)\nH=y\nelse\n«H=x»\nendif\n"),
            ("a.py", "if x:\n    «url = 'x'»\nelse:\n    url = 'y'\n"),
            (
                "a.js",
                "if (x) {\n  «url = 'x';»\n} else {\n  url = 'y';\n}\n",
            ),
        ] {
            let got = reason(path, text).unwrap_or_default();
            assert!(got.contains("only statement"), "{text:?}: {got}");
        }
    }
}
