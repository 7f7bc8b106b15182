//! What a directive says: `ignore[rule, rule] key=value reason`.

use std::ops::Range;

use jiff::civil::Date;

use super::DirectiveScope;
use crate::document::suggestion;
use crate::facts::Terms;
use crate::text::printable;

/// A directive as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ParsedDirective {
    /// It suppresses.
    Ignore {
        scope: DirectiveScope,
        rules: Vec<String>,
        reason: String,
        terms: Terms,
    },
    /// It ends a block; of these rules, or the last one.
    End(Vec<String>),
}

/// Why a directive is none, and where in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotADirective {
    pub message: String,
    pub help: String,
    pub at: Range<usize>,
}

/// How a directive is written.
pub(super) const SHAPE: &str = "write `ptlint: ignore[RULE] REASON`";

fn wrong(message: impl Into<String>, help: impl Into<String>, at: Range<usize>) -> NotADirective {
    NotADirective {
        message: message.into(),
        help: help.into(),
        at,
    }
}

/// Reads the text after the word. `known` are the rules that there are.
pub(super) fn parse(text: &str, known: &[&str]) -> Result<ParsedDirective, NotADirective> {
    const VERBS: [&str; 5] = [
        "ignore",
        "ignore-next-line",
        "ignore-start",
        "ignore-end",
        "ignore-file",
    ];
    let from = text.len() - text.trim_start().len();
    let rest = &text[from..];
    let length = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .unwrap_or(rest.len());
    let verb = &rest[..length];
    let scope = match verb {
        "ignore" => DirectiveScope::Line,
        "ignore-next-line" => DirectiveScope::NextLine,
        "ignore-start" | "ignore-end" => DirectiveScope::Block,
        "ignore-file" => DirectiveScope::File,
        _ => {
            let message = format!("`{}` is not a directive", printable(verb));
            let help = suggestion(verb, &VERBS, "directives");
            return Err(wrong(message, help, from..from + length));
        }
    };
    let behind = from + length;
    let (rules, behind) = if text[behind..].starts_with('[') {
        let Some(end) = text[behind..].find(']').map(|at| behind + at) else {
            return Err(wrong(
                "the bracket of its rules is not closed",
                SHAPE,
                behind..text.len(),
            ));
        };
        (rules(text, behind + 1..end, known)?, end + 1)
    } else {
        (Vec::new(), behind)
    };
    if verb == "ignore-end" {
        return Ok(ParsedDirective::End(rules));
    }
    if rules.is_empty() {
        return Err(wrong("it names no rule", SHAPE, from..behind));
    }
    let (terms, reason) = terms(text, behind)?;
    if !reason.chars().any(char::is_alphanumeric) {
        let help = "say after the rules why the violation stays";
        return Err(wrong("it has no reason", help, from..text.trim_end().len()));
    }
    Ok(ParsedDirective::Ignore {
        scope,
        rules,
        reason,
        terms,
    })
}

fn rules(text: &str, span: Range<usize>, known: &[&str]) -> Result<Vec<String>, NotADirective> {
    let mut rules: Vec<String> = Vec::new();
    let mut at = span.start;
    for part in text[span.clone()].split(',') {
        let rule = part.trim();
        let start = at + (part.len() - part.trim_start().len());
        let place = start..start + rule.len();
        at += part.len() + 1;
        if rule.is_empty() {
            return Err(wrong("it names no rule", SHAPE, span));
        }
        if !known.contains(&rule) {
            let message = format!("there is no rule `{}`", printable(rule));
            return Err(wrong(message, suggestion(rule, known, "rules"), place));
        }
        if !rules.iter().any(|r| r == rule) {
            rules.push(rule.to_owned());
        }
    }
    Ok(rules)
}

/// The words after the rules. What is not a term belongs to the reason; before the reason nothing
/// that looks like a term may be anything else.
fn terms(text: &str, from: usize) -> Result<(Terms, String), NotADirective> {
    let mut terms = Terms::default();
    let mut reason: Vec<&str> = Vec::new();
    for word in text[from..].split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let place = start..start + word.len();
        let Some((key, value)) = word.split_once('=') else {
            // Dashes and colons that set the reason off.
            if !reason.is_empty() || word.chars().any(char::is_alphanumeric) {
                reason.push(word);
            }
            continue;
        };
        match key {
            "until" => match value.parse::<Date>() {
                Ok(date) if value.len() == 10 => terms.until = Some(date),
                _ => {
                    let message = format!("`{}` is not a day", printable(value));
                    let help = "write the last day on which it holds, as in until=2030-03-31";
                    return Err(wrong(message, help, place));
                }
            },
            "owner" | "ticket" if value.is_empty() => {
                let message = format!("`{key}` is empty");
                return Err(wrong(message, format!("write {key}=NAME"), place));
            }
            "owner" => terms.owner = Some(value.to_owned()),
            "ticket" => terms.ticket = Some(value.to_owned()),
            _ if reason.is_empty() && key.chars().all(|c| c.is_ascii_alphabetic()) => {
                let message = format!("`{}` is not known here", printable(key));
                let help = suggestion(key, &["until", "owner", "ticket"], "words with a value");
                return Err(wrong(message, help, place));
            }
            _ => reason.push(word),
        }
    }
    Ok((terms, reason.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 2] = ["old-host", "old-key"];

    #[test]
    fn rules_terms_and_reason_are_read() {
        let read = parse(
            " ignore[old-host, old-key] until=2030-03-31 owner=ops - kept, a=b ticket=X-1",
            &KNOWN,
        );
        assert_eq!(
            read,
            Ok(ParsedDirective::Ignore {
                scope: DirectiveScope::Line,
                rules: vec!["old-host".to_owned(), "old-key".to_owned()],
                reason: "kept, a=b".to_owned(),
                terms: Terms {
                    until: Some(jiff::civil::date(2030, 3, 31)),
                    owner: Some("ops".to_owned()),
                    ticket: Some("X-1".to_owned()),
                },
            })
        );
        assert_eq!(
            parse("ignore-end", &KNOWN),
            Ok(ParsedDirective::End(Vec::new()))
        );
    }

    #[test]
    fn what_is_wrong_is_pointed_at() {
        for (text, message, at) in [
            (
                "disable[old-host] x",
                "`disable` is not a directive",
                "disable",
            ),
            ("ignore some reason", "it names no rule", "ignore"),
            ("ignore[] x", "it names no rule", ""),
            (
                "ignore[old-hosts] x",
                "there is no rule `old-hosts`",
                "old-hosts",
            ),
            (
                "ignore[old-host x",
                "the bracket of its rules is not closed",
                "[old-host x",
            ),
            (
                "ignore[old-host] --",
                "it has no reason",
                "ignore[old-host] --",
            ),
            (
                "ignore[old-host] until=31.3.2026 x",
                "`31.3.2026` is not a day",
                "until=31.3.2026",
            ),
            (
                "ignore[old-host] untill=2026-01-01 x",
                "`untill` is not known here",
                "untill=2026-01-01",
            ),
            ("ignore[old-host] owner= x", "`owner` is empty", "owner="),
        ] {
            let wrong = parse(text, &KNOWN).expect_err(text);
            assert_eq!(wrong.message, message, "{text}");
            assert_eq!(&text[wrong.at], at, "{text}");
        }
    }
}
