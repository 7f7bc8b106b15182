//! Members of a group that say what the others are for: `action: deny`, `operator: NotIn`, `status: 404`, a
//! pin below `tls`.

use super::word_lists::{CHECKING, PINNING, REFUSING, VERDICTS};
use super::{EXPECTED, PINNED, REFUSED, TESTED, words};
use crate::detect::survey::groups::Groups;
use crate::syntax::{Document, DocumentPlace, NodeKind, Step, Tree};

/// A member of a group that says what the others are for.
pub(in crate::detect::survey) struct Telling {
    member: usize,
    /// The only member that it tells something of.
    of: Option<usize>,
    reason: &'static str,
}

/// Members of a group that are looked at.
const MEMBERS: usize = 32;
/// Values below a member that are looked at.
const BELOW: usize = 64;
/// A longer value is not a verdict.
const MOST_BYTES: usize = 80;

/// What the other members of the groups around a value say about it.
pub(super) fn by_members(place: &DocumentPlace, groups: &mut Groups<'_>) -> Option<&'static str> {
    const GROUPS: usize = 8;
    let level = place.levels.last()?;
    let (document, tree) = (&level.document, &level.document.tree);
    let mut child = level.node;
    for (height, number) in tree.groups(level.node).take(GROUPS).enumerate() {
        let own = std::mem::replace(&mut child, number);
        // The root of source code has unrelated statements.
        if number == 0 && (document.is_code() || tree.members(0).take(MEMBERS).count() > 12) {
            continue;
        }
        let group = groups.group(document, number);
        let telling = group.telling.get_or_init(|| telling(document, number));
        let told = telling
            .iter()
            .filter(|one| one.member != own && one.of.is_none_or(|of| of == own))
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
    let mut exchange = (None, None);
    let in_rules = is_in_rules(tree, group);
    for member in tree.members(group).take(MEMBERS) {
        let node = tree.node(member);
        let (Step::Key(name) | Step::Attribute(name)) = &node.step else {
            continue;
        };
        let names = words(name);
        let mut tell = |reason| {
            telling.push(Telling {
                member,
                of: None,
                reason,
            });
        };
        if is_pin(&names) || is_about_trust(&names) && has_pin_below(tree, member) {
            tell(PINNED);
        }
        if node.kind == NodeKind::Mapping {
            match name.as_str() {
                "request" => exchange.0 = Some(member),
                "response" => exchange.1 = Some(member),
                _ => {}
            }
        }
        if node.span.len() > MOST_BYTES {
            continue;
        }
        let value = tree.text(member, &document.text).trim();
        let value = value.to_ascii_lowercase();
        if expects_failure(&names, &value) {
            tell(EXPECTED);
        }
        if node.kind != NodeKind::Scalar {
            continue;
        }
        if compares(&names, &value) {
            tell(TESTED);
        }
        let decides = names.last().is_some_and(|w| VERDICTS.contains(&w.as_str()));
        let single = names.len() == 1;
        let forbids = value == "true" && single && REFUSING.contains(&names[0].as_str())
            || value == "false" && single && names[0] == "enabled" && in_rules;
        let decides = decides
            || matches!(
                names.first().map(String::as_str),
                Some("jump" | "on" | "onmatch")
            );
        let refuses = REFUSING.contains(&value.as_str()) || value == "absent";
        let is_of_class = single && names[0] == "class";
        let refusing_class = is_of_class
            && words(tree.text(member, &document.text))
                .iter()
                .any(|word| REFUSING.contains(&word.as_str()));
        if forbids || decides && refuses || refusing_class {
            tell(REFUSED);
        }
    }
    // A request and the answer to it are recorded, or expected of the program.
    if let (Some(request), Some(response)) = exchange {
        telling.push(Telling {
            member: response,
            of: Some(request),
            reason: EXPECTED,
        });
    }
    telling
}

/// Says whether a group is one of rules.
fn is_in_rules(tree: &Tree, group: usize) -> bool {
    const HEIGHT: usize = 3;
    let mut around = std::iter::once(group)
        .chain(tree.groups(group))
        .take(HEIGHT);
    around.any(|number| {
        let Step::Key(name) = &tree.node(number).step else {
            return false;
        };
        let last = words(name).pop();
        matches!(
            last.as_deref(),
            Some("rule" | "rules" | "policy" | "policies")
        )
    })
}

/// Says whether a key holds what belongs to exactly one name.
fn is_pin(names: &[String]) -> bool {
    let has = |word: &str| names.iter().any(|w| w == word);
    names.iter().any(|w| PINNING.contains(&w.as_str()))
        || has("hash") && ["key", "cert", "certificate", "spki"].into_iter().any(has)
        || has("host") && has("key")
}

fn is_about_trust(names: &[String]) -> bool {
    const TRUST: &[&str] = &[
        "certificate",
        "https",
        "mtls",
        "security",
        "ssl",
        "tls",
        "trust",
        "truststore",
    ];
    names.iter().any(|word| TRUST.contains(&word.as_str()))
}

fn has_pin_below(tree: &Tree, member: usize) -> bool {
    let end = tree.node(member).end.min(member + 1 + BELOW);
    let mut below = tree.nodes()[member..end].iter().skip(1);
    below.any(|node| match &node.step {
        Step::Key(name) | Step::Attribute(name) => is_pin(&words(name)),
        _ => false,
    })
}

/// Says whether a member says how the name next to it is compared, or that it is matched with requests.
fn compares(names: &[String], value: &str) -> bool {
    const OPERATORS: &[&str] = &[
        "!=",
        "!~",
        "<>",
        "=",
        "==",
        "=~",
        "contains",
        "doesnotexist",
        "endswith",
        "eq",
        "equal",
        "equals",
        "exact",
        "exists",
        "glob",
        "in",
        "is",
        "is_not",
        "isnot",
        "like",
        "match",
        "matches",
        "ne",
        "neq",
        "not_equals",
        "not_in",
        "notequals",
        "notin",
        "prefix",
        "regex",
        "regexp",
        "startswith",
        "stringequals",
        "stringlike",
        "suffix",
        "test",
    ];
    const SERVERS: &[&str] = &[
        "grpcroute",
        "httproute",
        "ingress",
        "ingressroute",
        "ingressroutetcp",
        "tlsroute",
        "virtualhost",
    ];
    let [name] = names else {
        return false;
    };
    match name.as_str() {
        "op" | "operator" | "matcher" | "comparator" | "comparison" => OPERATORS.contains(&value),
        "kind" => SERVERS.contains(&value),
        _ => false,
    }
}

/// Says whether a member says that what is next to it is expected to fail: `status: 404`, `expect: down`.
fn expects_failure(names: &[String], value: &str) -> bool {
    const FAILING: &[&str] = &[
        "closed",
        "critical",
        "down",
        "error",
        "fail",
        "failed",
        "failure",
        "refused",
        "timeout",
        "unavailable",
        "unreachable",
    ];
    let has = |words: &[&str]| names.iter().any(|name| words.contains(&name.as_str()));
    let mut said = value.split(|c: char| !c.is_ascii_alphanumeric());
    if has(&["code", "codes", "status", "statuses", "statuscode", "until"])
        && said.clone().any(is_failing_status)
    {
        return true;
    }
    let expects = has(CHECKING);
    let fails = has(&["fail", "fails", "failure", "error", "down"]);
    expects && said.any(|word| FAILING.contains(&word))
        || expects && fails && matches!(value, "true" | "yes")
        || names.join("_") == "failed_when"
}

fn is_failing_status(word: &str) -> bool {
    word.len() == 3 && word.starts_with(['4', '5']) && word.bytes().all(|b| b.is_ascii_digit())
}
