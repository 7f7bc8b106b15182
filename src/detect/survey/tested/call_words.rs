//! Names of calls that test what they are given, look it up, or answer in its place.

use super::words;

/// Functions, in lower case and without `_`, that test what they are given.
const TESTING: &[&str] = &[
    "anyof",
    "arraycontaining",
    "arraydiff",
    "be",
    "calledoncewith",
    "calledwith",
    "compare",
    "compareto",
    "comparetoignorecase",
    "compile",
    "contain",
    "contains",
    "containsexactly",
    "containskey",
    "containsstring",
    "containsvalue",
    "csvsource",
    "cutprefix",
    "delete",
    "deletemany",
    "deleteone",
    "diff",
    "difference",
    "discard",
    "disj",
    "dissoc",
    "dnsdomainis",
    "endswith",
    "eq",
    "eqcs",
    "eql",
    "eqls",
    "equal",
    "equalfold",
    "equals",
    "equalsany",
    "equalsignorecase",
    "equalsignorecaseany",
    "equalto",
    "except",
    "exceptwith",
    "exists",
    "filter",
    "findstring",
    "fullmatch",
    "grepl",
    "gsub",
    "has",
    "hasitem",
    "hasitems",
    "haskey",
    "hasprefix",
    "hassuffix",
    "haverequested",
    "inarray",
    "include",
    "includes",
    "index",
    "indexof",
    "inlinedata",
    "is",
    "isequal",
    "isequalto",
    "isin",
    "ismatch",
    "isnot",
    "isnotequal",
    "isnotequalto",
    "isset",
    "lastindexof",
    "like",
    "localecompare",
    "match",
    "matchedby",
    "matches",
    "matchstring",
    "minus",
    "mustcompile",
    "ne",
    "neq",
    "notcontain",
    "notcontains",
    "notequal",
    "nullif",
    "objectcontaining",
    "oneof",
    "parametrize",
    "patsubst",
    "raises",
    "receivedwith",
    "refute",
    "regex",
    "regexmatch",
    "regexp",
    "reject",
    "remove",
    "removeall",
    "removeitem",
    "replace",
    "replaceall",
    "replaceallin",
    "replaceone",
    "replacefirst",
    "search",
    "setdiff",
    "setsubtract",
    "shexpmatch",
    "shouldbe",
    "shouldequal",
    "startswith",
    "startswithany",
    "startwith",
    "strcasecmp",
    "strcmp",
    "strcontains",
    "strendswith",
    "stricmp",
    "stringcontaining",
    "stripos",
    "strncasecmp",
    "strncmp",
    "strpos",
    "strrchr",
    "strstartswith",
    "strstr",
    "sub",
    "subst",
    "symmetricdifference",
    "test",
    "testcase",
    "tobe",
    "tocontain",
    "tocontainequal",
    "toequal",
    "tohavebeencalledoncewith",
    "tohavebeencalledwith",
    "tohavebeenlastcalledwith",
    "tohavebeennthcalledwith",
    "tohaveproperty",
    "tohavetext",
    "tohaveurl",
    "toinclude",
    "tomatch",
    "tostrictequal",
    "trimprefix",
    "trimsuffix",
    "unset",
    "updatemany",
    "updateone",
    "valuesource",
    "verify",
    "when",
    "withargs",
    "without",
];

/// Methods that test whether a list has something.
const OF_LISTS: &[&str] = &[
    "Any", "Contains", "any", "contains", "every", "has", "include", "includes", "indexOf",
    "matches", "none", "some",
];

/// Says whether a function tests what it is given.
pub(super) fn is_testing(name: &str) -> bool {
    let plain = name.to_ascii_lowercase().replace(['_', '?', '!'], "");
    TESTING.contains(&plain.as_str())
}

/// Words of calls that answer instead of what is called.
const STANDING_IN: &[&str] = &[
    "coevery", "every", "fake", "faked", "fakes", "given", "mock", "mocked", "mocks", "nock",
    "stub", "stubbed", "stubs", "whenever",
];

/// Says whether a call is one of what answers in place of the service: `mock.get(`, `stubFor(`. `path` is its name with
/// what it is called on.
pub(super) fn stands_in(path: &str) -> bool {
    words(path)
        .iter()
        .any(|word| STANDING_IN.contains(&word.as_str()))
}

/// Says whether a call looks for what it is given: `where(`, `find_by(`, `deleteByHost(`, `getOrCreate(`.
pub(super) fn looks_up(path: &str) -> bool {
    let name = path.rsplit(['.', ':', '>']).next().unwrap_or(path);
    let words = words(name);
    let has = |word: &str| words.iter().any(|w| w == word);
    let first = words.first().map_or("", String::as_str);
    let by = words.iter().skip(1).any(|word| word == "by") && !has("name");
    let creates = ["create", "new", "make", "insert", "initialize"]
        .into_iter()
        .any(has);
    matches!(first, "find" | "where" | "exclude" | "filter")
        || by
        || has("or") && creates
        || name == "get" && path.ends_with(".objects.get")
}

/// Says whether a list has something by what follows it: `.some(`.
pub(super) fn is_of_lists(method: &str) -> bool {
    OF_LISTS.contains(&method)
}

/// Says whether what follows a value compares it, or what its members give: `.getHost().equals(`,
/// `.status === `.
pub(super) fn chain_compares(after: &str) -> bool {
    const COMPARING: &[&str] = &["==", "!=", "=~", "<>", "-eq ", "-ne "];
    const MEMBERS: usize = 4;
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '?' | '!');
    let mut rest = after.trim_start();
    for _ in 0..MEMBERS {
        if COMPARING.iter().any(|operator| rest.starts_with(operator)) {
            return true;
        }
        rest = rest.trim_start_matches([')', '?', '!']);
        if let Some((_, next)) = rest
            .strip_prefix('[')
            .and_then(|index| index.split_once(']'))
        {
            rest = next.trim_start();
            continue;
        }
        let Some(member) = rest.strip_prefix('.') else {
            break;
        };
        let end = member.len() - member.trim_start_matches(is_word).len();
        let (name, next) = member.split_at(end);
        let words = words(name);
        let compares = words.iter().any(|word| {
            matches!(
                word.as_str(),
                "eq" | "equal" | "equals" | "equalsignorecase" | "compare"
            )
        });
        let looks_up = matches!(name, "count" | "find" | "findIndex");
        if compares || looks_up && next.starts_with('(') && !next.starts_with("()") {
            return true;
        }
        rest = next.strip_prefix("()").unwrap_or(next).trim_start();
    }
    COMPARING.iter().any(|operator| rest.starts_with(operator))
}
