//! Lists whose entries are used by their position, so that none of them can be deleted.

use std::ops::Range;

use super::brackets::opening;
use crate::syntax::Document;

/// The most characters of a list before one of its entries.
const LONGEST_LIST: usize = 20_000;
/// Methods and functions that give an entry of a list by its position.
const METHODS: [&str; 9] = [
    ".at(",
    ".get(",
    ".first",
    ".last",
    ".shift(",
    ".pop(",
    ".elementAt(",
    ".nth(",
    ".ElementAt(",
];

/// Where a list is used by position, and what is done there, when the text at `range` is an entry of
/// that list with its entry at `entry`.
pub(super) fn position_use(
    document: &Document,
    text: &str,
    range: &Range<usize>,
    entry: &Range<usize>,
) -> Option<(usize, String)> {
    if document.is_prose() || has_key(text, entry) {
        return None;
    }
    let open = opening(text, range.start, LONGEST_LIST)?;
    let start = text[..open].rfind(['\n', ';']).map_or(0, |at| at + 1);
    let head = text.get(start..open)?;
    if text[open..].starts_with('(') && !makes_list(head) {
        return None;
    }
    let left = assigned(head)?;
    if is_several_names(left) {
        let at = start + (head.len() - head.trim_start().len());
        return Some((at, "gives a name to each position of the list".to_owned()));
    }
    let name = last_name(left)?;
    let used = uses(text, name).find(|at| *at < start || *at > open)?;
    Some((used, format!("uses `{name}` by position")))
}

/// Says whether an entry has a key of its own.
fn has_key(text: &str, entry: &Range<usize>) -> bool {
    let quote = ['"', '\'', '`'];
    let entry = text.get(entry.clone()).unwrap_or_default();
    let entry = entry.trim_start_matches(quote);
    let end = entry.find(|c: char| !is_word(c) && !matches!(c, '-' | '.'));
    let after = &entry[end.unwrap_or(entry.len())..];
    let after = after.trim_start_matches(quote).trim_start();
    after.starts_with([':', '=']) && !after.starts_with("://")
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Says whether a bracket after `head` holds a list, not the arguments of another call.
fn makes_list(head: &str) -> bool {
    let functions = [
        "List.of", "asList", "listOf", "arrayOf", "array", "Array", "tuple", "list", "List", "Seq",
    ];
    let head = head.trim_end();
    !head.ends_with(is_word) || functions.iter().any(|function| head.ends_with(function))
}

/// What a value is given to: the text before the last `=`, or the key before a colon.
fn assigned(head: &str) -> Option<&str> {
    let at = head.rfind(['=', ':'])?;
    let left = head[..at].trim_end_matches([':', '+', '?']);
    if head[at..].starts_with(':') {
        let start = left.rfind(['{', ',', '(']).map_or(0, |at| at + 1);
        return Some(left[start..].trim());
    }
    (!left.ends_with(['=', '!', '<', '>'])).then(|| left.trim())
}

/// Says whether a list is taken apart: `a, b = …`, `const [a, b] = …`.
fn is_several_names(left: &str) -> bool {
    let keywords = ["const", "let", "var", "val", "auto", "my", "local"];
    let names = keywords
        .iter()
        .find_map(|keyword| left.strip_prefix(keyword))
        .unwrap_or(left)
        .trim_start();
    let is_open = names.starts_with(['[', '(']) || names.contains(',');
    is_open && !names.contains(['<', '='])
}

/// The name that a declaration gives: the last one before its type.
fn last_name(left: &str) -> Option<&str> {
    let name = left.split(':').next()?.trim_end();
    let name = name.strip_suffix("[]").unwrap_or(name).trim_end();
    let name = name.trim_end_matches(['"', '\'']);
    let start = name.rfind(|c: char| !is_word(c)).map_or(0, |at| {
        at + name[at..].chars().next().map_or(1, char::len_utf8)
    });
    // Go declares the type after the name.
    let name = match left.strip_prefix("var ") {
        Some(rest) if !rest.contains(':') => rest.split_whitespace().next()?,
        _ => &name[start..],
    };
    (!name.is_empty()).then_some(name)
}

/// The places that use positions of the list with a name.
fn uses<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(name).filter_map(move |(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        if before.ends_with(is_word) || after.starts_with(is_word) {
            return None;
        }
        let index = after.trim_start_matches(['"', '\'', '?', '.']);
        let subscript = index.strip_prefix('[').is_some_and(|rest| {
            let first = rest.trim_start().chars().next();
            first.is_some_and(|c| is_word(c) || matches!(c, '-' | '$' | ':'))
        });
        let dotted = after.strip_prefix('.');
        let numbered = dotted.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let method = METHODS.iter().any(|method| {
            let rest = after.strip_prefix(method);
            rest.is_some_and(|rest| {
                !method.ends_with('(')
                    || rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | ')'))
            })
        });
        let line = &before[before.rfind(['\n', ';']).map_or(0, |at| at + 1)..];
        let several = (line.trim_end().strip_suffix('='))
            .is_some_and(|left| is_several_names(left.trim_end_matches(':').trim()))
            && !after.starts_with(['(', '.']);
        let element = line.contains("element(");
        (subscript || numbered || method || several || element).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::format_of_file;

    /// What uses the list of the entry between `«` and `»` by position.
    fn used(path: &str, marked: &str) -> Option<String> {
        let start = marked.find('«').expect("marked");
        let end = marked.find('»').expect("marked") - '«'.len_utf8();
        let text = marked.replace(['«', '»'], "");
        let format = format_of_file(path, &text).expect("a known format");
        let document = Document::read(&text, format);
        position_use(&document, &text, &(start..end), &(start..end)).map(|(_, what)| what)
    }

    #[test]
    fn lists_that_are_used_by_position_are_known() {
        let apart = "gives a name to each position of the list";
        let indexed = "uses `h` by position";
        for (path, text, expected) in [
            ("a.py", "a, b = [«\"x\"», \"y\"]\n", apart),
            ("a.py", "(a, b) = («\"x\"», \"y\")\n", apart),
            ("a.ts", "const [a,b]=[«\"x\"»,\"y\"];\n", apart),
            ("a.py", "h = [«\"x\"», \"y\"]; z = h[1]\n", indexed),
            (
                "a.py",
                "h = [\n  «\"x\"»,\n  \"y\",\n]\na, b = h\n",
                indexed,
            ),
            (
                "a.py",
                "h: list[str] = [«\"x\"», \"y\"]\nz = h[-1]\n",
                indexed,
            ),
            ("a.js", "const h = [«'x'», 'y'];\nf(h.at(1));\n", indexed),
            ("a.js", "let c = {h: [«'x'», 'y']};\nf(c.h[1]);\n", indexed),
            (
                "a.java",
                "String[] h = {«\"x\"», \"y\"};\nf(h[1]);\n",
                indexed,
            ),
            (
                "a.go",
                "var h = []string{«\"x\"», \"y\"}\nf(h[1])\n",
                indexed,
            ),
            ("a.go", "h := []string{«\"x\"», \"y\"}\nf(h[1])\n", indexed),
            (
                "a.tf",
                "locals {\n  h = [«\"x\"», \"y\"]\n  z = local.h[0]\n}\n",
                indexed,
            ),
            (
                "a.tf",
                "locals {\n  h = [«\"x\"», \"y\"]\n  z = element(local.h, 0)\n}\n",
                indexed,
            ),
            ("a.sh", "h=(«x» y)\ncurl ${h[1]}\n", indexed),
        ] {
            assert_eq!(used(path, text).as_deref(), Some(expected), "{text}");
        }
        for (path, text) in [
            ("a.py", "h = [«\"x\"», \"y\"]\nfor z in h:\n    f(z)\n"),
            ("a.js", "const h = [«'x'», 'y'];\nh.forEach(f);\n"),
            (
                "a.py",
                "h = {«\"dev\": \"x\"», \"int\": \"y\"}\nf(h[\"int\"])\n",
            ),
            ("a.json", "{\"h\": [«\"x\"», \"y\"]}"),
        ] {
            assert_eq!(used(path, text), None, "{text}");
        }
    }
}
