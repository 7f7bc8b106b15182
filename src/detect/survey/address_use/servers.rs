//! Directives of servers that pass on to the name after them.

use super::verdict_of;

/// A longer file is not searched for the uses of a variable.
const MOST_BYTES: usize = 1 << 16;

/// Directives of servers that pass on to the name after them.
const DIRECTIVES: &[&str] = &[
    "balancermember",
    "fastcgi_pass",
    "grpc_pass",
    "proxy_pass",
    "proxypass",
    "proxypassmatch",
    "proxypassreverse",
    "proxyremote",
    "scgi_pass",
    "server",
    "uwsgi_pass",
];

/// Whether a directive, by its words, passes on to a name: none where it is not one of these. `line` is what is
/// before the name, and `text` and `after` are the file and what is after the name.
pub(super) fn by_directive(
    words: [&str; 2],
    line: &str,
    (text, after): (&str, &str),
) -> Option<bool> {
    let is = |directives: &[&str]| {
        words
            .iter()
            .any(|word| directives.contains(&word.to_ascii_lowercase().as_str()))
    };
    if is(DIRECTIVES) {
        let rest = after.split(['\n', ';']).next().unwrap_or(after);
        let is_out = rest
            .split_whitespace()
            .any(|word| matches!(word, "disabled" | "down"));
        return Some(!is_out);
    }
    let variable = line
        .split_whitespace()
        .last()
        .filter(|word| word.starts_with('$'));
    let variable = variable.filter(|_| is(&["set"]))?;
    if text.len() > MOST_BYTES {
        return Some(false);
    }
    let uses = text
        .split('\n')
        .map(str::trim_start)
        .filter(|line| uses_variable(line, variable));
    let mut passes = verdict_of(variable) == Some(true);
    for line in uses {
        let directive = line.split_whitespace().next().unwrap_or_default();
        match directive {
            "set" => {}
            _ if directive.ends_with("_pass") => passes = true,
            _ if directive.starts_with("proxy_") => {}
            _ => return Some(false),
        }
    }
    Some(passes)
}

fn uses_variable(line: &str, variable: &str) -> bool {
    line.match_indices(variable).any(|(at, _)| {
        let rest = &line[at + variable.len()..];
        !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
    })
}
