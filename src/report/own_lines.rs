//! Knowing the reports of ptlint that are lines of text: each line has to be one that ptlint writes, so that a
//! file with a line of a report and anything else is still checked.

use crate::facts::own_rule;

/// The line before each file of a patch: `git apply` and `patch` pass over it.
pub(crate) const PATCH_HEAD: &str = "# A change that ptlint makes:";

/// A kind of text that ptlint prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineReport {
    /// The report for the terminal.
    Human,
    /// A line for each finding, or a command for each in the language of a build server.
    Findings,
    /// What `why` says.
    Why,
    /// What `explain` and `rules show` say of a rule.
    Rule,
    /// What `explain` says of a name or a service.
    Entry,
}

impl LineReport {
    /// What a text may be, by its first lines.
    pub(super) fn by_beginning(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let first = lines.by_ref().find(|line| !line.trim().is_empty())?;
        let rest: Vec<&str> = lines.take(3).collect();
        let next = rest.first().copied().unwrap_or_default();
        if is_finding(first) {
            return Some(Self::Findings);
        }
        if is_rule_line(first) && rest.get(1).is_some_and(|line| line.starts_with("  "))
            || first.starts_with("The default pack")
        {
            return Some(Self::Human);
        }
        if is_line_of_file(first) && (next.starts_with("  | ") || next == "  has no such line") {
            return Some(Self::Why);
        }
        let is_reported = |line: &&str| line.starts_with("Reports ") && line.ends_with('.');
        if first.contains(" (pack ") && first.ends_with(')') && rest.last().is_some_and(is_reported)
        {
            return Some(Self::Rule);
        }
        let is_entry = next.starts_with("  environment  ") || next.starts_with("  service id  ");
        is_entry.then_some(Self::Entry)
    }

    /// Says whether a text has no other lines than those of such a report.
    pub(super) fn is_all_of(self, text: &str) -> bool {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        match self {
            Self::Findings => lines.all(|line| is_finding(line) || is_about_run(line)),
            Self::Human => {
                let is_own = |line: &str| {
                    line.starts_with("  ")
                        || begins_with_number(line.trim_start())
                        || is_rule_line(line)
                        || is_finding(line)
                        || is_about_run(line)
                };
                let is_summed_up = text
                    .lines()
                    .any(|line| line.starts_with("Checked ") && line.contains(" against "));
                is_summed_up && lines.all(is_own)
            }
            Self::Why => {
                let is_name = |line: &str| {
                    let end = line.rsplit_once(" (column ").map(|(_, end)| end);
                    end.is_some_and(|end| {
                        begins_with_number(end)
                            && (end.ends_with("): reported") || end.ends_with("): quiet"))
                    })
                };
                lines.skip(1).all(|line| {
                    line.starts_with("  ")
                        || is_name(line)
                        || line == "Nothing on it looks like a name of the catalogue."
                })
            }
            Self::Rule => lines.skip(2).all(|line| {
                let titles = ["Why", "How to fix", "Examples"];
                let begins = ["  ", "Reports ", "A preview: "];
                titles.contains(&line) || begins.iter().any(|begin| line.starts_with(begin))
            }),
            Self::Entry => lines.skip(1).all(|line| line.starts_with("  ")),
        }
    }
}

/// The plan for the terminal or in Markdown, and a patch, which their heads tell.
pub(super) fn is_plan_or_patch(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.is_empty());
    let (first, next) = (
        lines.next().unwrap_or_default(),
        lines.next().unwrap_or_default(),
    );
    let is_basis = next.contains(" checked against ") && next.contains(", as of ");
    let title = first.trim_start_matches("# ");
    let is_plan = title.starts_with("Work list: ") && is_basis;
    is_plan || first == PATCH_HEAD && next.starts_with("diff -")
}

/// A text without what colours it and makes links of it.
pub(super) fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        plain.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        rest = match escape.chars().next() {
            Some('[') => {
                let is_last = |c: char| ('@'..='~').contains(&c);
                let end = escape[1..].find(is_last).map(|end| end + 2);
                &escape[end.unwrap_or(escape.len())..]
            }
            Some(']') => {
                let ends = escape.find("\u{1b}\\").map(|end| end + 2);
                let end = ends.or_else(|| escape.find('\u{7}').map(|end| end + 1));
                &escape[end.unwrap_or(escape.len())..]
            }
            Some(c) => &escape[c.len_utf8()..],
            None => "",
        };
    }
    plain.push_str(rest);
    plain
}

/// A violation or a notice in one line, plain or for a build server.
fn is_finding(line: &str) -> bool {
    is_concise(line.strip_prefix("- ").unwrap_or(line)) || is_command(line)
}

/// `path:line:column severity rule name: message`.
fn is_concise(line: &str) -> bool {
    let severities = [" error ", " warning ", " info "];
    severities.iter().any(|severity| {
        line.split_once(severity).is_some_and(|(place, rest)| {
            let rule = rest.split([' ', ':']).next().unwrap_or_default();
            is_place(place) && is_rule(rule) && rest[rule.len()..].contains(": ")
        })
    })
}

/// A command to GitHub Actions, Azure Pipelines or `TeamCity`.
fn is_command(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("::") {
        let level = rest.split(' ').next().unwrap_or_default();
        let title = rest.split_once("title=").map_or("", |(_, title)| title);
        let rule = title.split([':', '%']).next().unwrap_or_default();
        let is_own = is_rule(rule) || matches!(rule, "not checked" | "incomplete");
        return matches!(level, "error" | "warning" | "notice") && is_own;
    }
    if let Some(rest) = line.strip_prefix("##vso[task.logissue type=") {
        let rule = rest.split_once(";code=").map_or("", |(_, rule)| rule);
        let rule = rule.split_once(";]").map_or("", |(rule, _)| rule);
        let severities = ["error;sourcepath=", "warning;sourcepath="];
        let is_located = severities.iter().any(|begin| rest.starts_with(begin));
        return is_located && is_rule(rule) || rest.starts_with("error;]");
    }
    let Some(rest) = line
        .strip_prefix("##teamcity[")
        .filter(|rest| rest.ends_with(']'))
    else {
        return false;
    };
    let begins = ["inspectionType id='", "inspection typeId='"];
    let typed = begins.iter().find_map(|begin| rest.strip_prefix(begin));
    if let Some(rule) = typed {
        return is_rule(rule.split('\'').next().unwrap_or_default());
    }
    let is_message = rest.starts_with("message text='")
        && ["ERROR", "NORMAL"]
            .iter()
            .any(|s| rest.ends_with(&format!(" status='{s}']")));
    is_message || rest.ends_with(" identity='ptlint-incomplete']")
}

/// Says whether a line sums up a run, or says what was not read or fixed in it.
fn is_about_run(line: &str) -> bool {
    let begins = [
        "Checked ",
        "GitHub shows ",
        "In the baseline: ",
        "No violations in ",
        "No new violations in ",
        "None can be fixed ",
        "Not listed: ",
        "Nothing was fixed",
        "Nothing would be fixed",
        "Repository",
        "Suppressed",
        "Undo with `ptlint fix",
        "incomplete: ",
        "not checked: ",
        "not read: ",
        "The default pack",
    ];
    let parts = [
        " more, a line each (",
        " is not fixed: ",
        ": not checked: ",
        " in the baseline but not covered: ",
        " of the baseline is stale: ",
        " of the baseline are stale: ",
        " can be fixed with `ptlint fix",
        " unused or not understood.",
        " of the configuration without effect.",
    ];
    let is_sum = begins_with_number(line)
        && (line.contains(" violation") && line.contains(", as of ")
            || line.contains(" fixed in ")
            || line.ends_with(" more are not fixed"));
    let titles = ["What changes with the hosts:", "Sources:"];
    let is_change = line.rsplit_once(": ").is_some_and(|(_, changes)| {
        begins_with_number(changes) && changes.ends_with(')') && changes.contains(" (")
    });
    is_sum
        || is_change
        || titles.contains(&line)
        || begins.iter().any(|begin| line.starts_with(begin))
        || parts.iter().any(|part| line.contains(part))
}

fn begins_with_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// `path:line:column`.
fn is_place(text: &str) -> bool {
    let column = text.rsplit_once(':');
    column.is_some_and(|(before, column)| is_number(column) && is_line_of_file(before))
}

/// `path:line`.
fn is_line_of_file(text: &str) -> bool {
    let line = text.rsplit_once(':');
    line.is_some_and(|(path, line)| is_number(line) && !path.is_empty() && !path.contains(": "))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An id of a rule, which has more than one word.
fn is_rule(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    own_rule(text).is_some()
        || text.contains('-') && !text.starts_with('-') && text.chars().all(is_part)
}

/// The line with which a diagnostic begins: the rule, perhaps with a link.
fn is_rule_line(line: &str) -> bool {
    is_rule(line.split(" (").next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_report(text: &str) -> bool {
        LineReport::by_beginning(text).is_some_and(|report| report.is_all_of(text))
    }

    #[test]
    fn a_line_of_a_report_among_others_is_no_report() {
        let concise = "a.env:4:12 error old-host a.example.org (HOST): A in OLD, which was decommissioned → b";
        let github =
            "::error file=a.env,line=4,title=old-host%3A a.example.org::a.example.org: text";
        let azure = "##vso[task.logissue type=error;sourcepath=a.env;linenumber=4;columnnumber=1;code=old-host;]a";
        let teamcity = "##teamcity[inspection typeId='old-host' message='a' file='a.env' line='4' SEVERITY='ERROR']";
        for line in [concise, github, azure, teamcity] {
            assert!(is_report(&format!("{line}\n{line}\n")), "{line}");
            for other in [
                "HOST=a.example.org",
                "See above.",
                "a.env:4:12: error: a.example.org",
            ] {
                assert!(!is_report(&format!("{line}\n{other}\n")), "{line}\n{other}");
                assert!(!is_report(&format!("{other}\n{line}\n")), "{line}\n{other}");
            }
        }
        assert!(!is_report("old-host\n\n  a.example.org\n"));
        assert!(!is_report("HOST=a.example.org\n  environment\n"));
        assert!(!is_report(
            "- name: a\n  environment  OLD\nhost: a.example.org\n"
        ));
    }

    #[test]
    fn escapes_are_left_out() {
        let text = "\u{1b}[31;1mold-host\u{1b}[0m \u{1b}]8;;https://a.example\u{1b}\\link\u{1b}]8;;\u{1b}\\";
        assert_eq!(without_escapes(text), "old-host link");
    }
}
