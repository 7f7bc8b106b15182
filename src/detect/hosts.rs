//! From a token to an endpoint: where the name in it begins and ends is decided by what the
//! catalogue knows, within the label boundaries of the token.

use std::ops::Range;

use super::quiet::QuietNames;
use super::token::{self, Break, Breaks, HostCharacter, HostToken, PlainRun};
use crate::catalogue::{Catalogue, Classification, Endpoint, Surroundings};

/// A host name that the catalogue knows as an endpoint.
#[derive(Debug)]
pub(super) struct HostMatch<'c> {
    /// Byte range of the name in the text.
    pub span: Range<usize>,
    /// The name in lower case, with its dots plain.
    pub name: String,
    /// The bytes of each of its characters, for a retired one.
    pub letters: Vec<Range<usize>>,
    /// What it is.
    pub endpoint: Endpoint<'c>,
}

impl HostMatch<'_> {
    /// Says whether the catalogue lists the very name. Another one may be the end of a broken name.
    pub(super) fn is_listed(&self, catalogue: &Catalogue) -> bool {
        knows(catalogue, &self.name)
    }
}

/// The text around a token.
#[derive(Clone, Copy)]
pub(super) struct TokenSetting<'s> {
    /// Says whether junk may touch the name on both sides, as in key stores. Asked only when the name
    /// is not understood without.
    pub binary: &'s dyn Fn() -> bool,
    /// The line breaks that may cut a name in two.
    pub breaks: Break,
    /// Says whether such a line break surely is one; asked only when one touches a name.
    pub breaks_are_sure: &'s dyn Fn() -> bool,
}

/// The host at an anchor, if there is one.
#[derive(Debug)]
pub(super) struct HostOutcome<'c> {
    /// The endpoint, if the token holds one; of any environment.
    pub host: Option<HostMatch<'c>>,
    /// Where the token begins.
    pub start: usize,
    /// Anchors before this offset belong to the same token.
    pub end: usize,
    /// The token was met before, as a name of an environment in service.
    pub known_quiet: bool,
    /// The token is a part of a longer run of plain characters, so that nothing else touches it.
    pub is_cut: bool,
}

/// Reads the token around an anchor and classifies it. `around` gives the path after the name and
/// the text before it.
pub(super) fn host_around<'c>(
    catalogue: &'c Catalogue,
    text: &[u8],
    anchor: usize,
    setting: TokenSetting<'_>,
    (quiet, run): (&mut QuietNames, &mut PlainRun),
    around: &dyn Fn(Range<usize>) -> (String, String),
) -> HostOutcome<'c> {
    let read = |join: bool| {
        let breaks = Breaks {
            kind: setting.breaks,
            join,
        };
        let token = token::token_around(text, anchor, breaks);
        let end = token.units.last().map_or(0, |u| u.end).max(anchor + 1);
        (token, end)
    };
    let known = |start: usize, end: usize| HostOutcome {
        host: None,
        start,
        end,
        known_quiet: true,
        is_cut: false,
    };
    let cut = run.cut_token(text, anchor);
    if cut.is_none()
        && setting.breaks == Break::Equals
        && let Some(plain) = token::plain_around(text, anchor)
        && quiet.has(&text[plain.clone()])
    {
        return known(plain.start, plain.end);
    }
    if let Some(span) = &cut
        && has_no_end(catalogue, &text[span.clone()], setting)
    {
        return HostOutcome {
            known_quiet: false,
            is_cut: true,
            ..known(span.start, span.end)
        };
    }
    let (token, end) = match cut {
        Some(span) => (token::plain_token(text, span.clone()), span.end),
        None => read(false),
    };
    let start = token.units.first().map_or(end, |u| u.start);
    let outcome = |host: Option<HostMatch<'c>>, end: usize| HostOutcome {
        host,
        start,
        end,
        known_quiet: false,
        is_cut: false,
    };
    let source = &text[start..end];
    if !token.soft_break && quiet.has(source) {
        return known(start, end);
    }
    let plain = resolve(catalogue, &token, setting, around);
    if !token.soft_break {
        if plain
            .as_ref()
            .is_some_and(|host| !retired(host) && host.is_listed(catalogue))
        {
            quiet.enter(source);
        }
        return outcome(plain, end);
    }
    // The name may go on after the line break.
    let (joined, joined_end) = read(true);
    let joined = resolve(catalogue, &joined, setting, around);
    if (setting.breaks_are_sure)() {
        return outcome(joined, joined_end);
    }
    let host = match (plain, joined) {
        (Some(plain), Some(joined)) => {
            let better = retired(&joined) && (!retired(&plain) || knows(catalogue, &joined.name));
            Some(if better { joined } else { plain })
        }
        (plain, joined) => joined.filter(retired).or(plain),
    };
    let end = host.as_ref().map_or(end, |h| h.span.end.max(end));
    outcome(host, end)
}

fn retired(host: &HostMatch<'_>) -> bool {
    host.endpoint.pack.is_retired(host.endpoint.environment)
}

fn knows(catalogue: &Catalogue, name: &str) -> bool {
    let labels: Vec<&str> = name.split('.').collect();
    catalogue.knows_service_label(&labels)
}

fn resolve<'c>(
    catalogue: &'c Catalogue,
    token: &HostToken,
    setting: TokenSetting<'_>,
    around: &dyn Fn(Range<usize>) -> (String, String),
) -> Option<HostMatch<'c>> {
    let units = right_end(catalogue, trim(&token.units), setting)?;
    // Most names in clean files are read to the end here: environments in service.
    let name = text_of(units);
    let labels: Vec<&str> = name.split('.').collect();
    let first = catalogue.classify(&labels, Surroundings::default());
    if let Classification::Endpoint(endpoint) = &first
        && !endpoint.pack.is_retired(endpoint.environment)
    {
        let span = units.first()?.start..units.last()?.end;
        let Classification::Endpoint(endpoint) = first else {
            return None;
        };
        return Some(HostMatch {
            span,
            name,
            letters: Vec::new(),
            endpoint: *endpoint,
        });
    }
    let whole = units.len();
    let units = left_end(catalogue, units, token.ambiguous_first, setting);
    let name = text_of(units);
    let labels: Vec<&str> = name.split('.').collect();
    let span = units.first()?.start..units.last()?.end;
    let first = if units.len() == whole {
        first
    } else {
        catalogue.classify(&labels, Surroundings::default())
    };
    let Classification::Endpoint(endpoint) = first else {
        return None;
    };
    // Only for a retired endpoint is the line around it read.
    let endpoint = if endpoint.pack.is_retired(endpoint.environment) {
        let (path, before) = around(span.clone());
        let surroundings = Surroundings {
            path: &path,
            before: &before,
            ..Surroundings::default()
        };
        match catalogue.classify(&labels, surroundings) {
            Classification::Endpoint(refined) => refined,
            _ => endpoint,
        }
    } else {
        endpoint
    };
    Some(HostMatch {
        span,
        name,
        letters: units.iter().map(|u| u.start..u.end).collect(),
        endpoint: *endpoint,
    })
}

fn text_of(units: &[HostCharacter]) -> String {
    units.iter().map(|u| char::from(u.byte)).collect()
}

/// Punctuation at the ends belongs to the text around: a trailing dot, a list dash, emphasis.
fn trim(units: &[HostCharacter]) -> &[HostCharacter] {
    let loose = |u: &HostCharacter| matches!(u.byte, b'.' | b'-' | b'_');
    let start = units.iter().take_while(|u| loose(u)).count();
    let end = units.len() - units[start..].iter().rev().take_while(|u| loose(u)).count();
    &units[start..end]
}

/// Extensions that follow a host in a file name. None of them is a top-level domain.
const EXTENSIONS: &[&str] = &[
    "asc",
    "bak",
    "bundle",
    "ca",
    "cer",
    "cert",
    "cfg",
    "chain",
    "cnf",
    "conf",
    "config",
    "crt",
    "csr",
    "csv",
    "der",
    "ext",
    "fullchain",
    "gz",
    "htm",
    "html",
    "ini",
    "jceks",
    "jks",
    "json",
    "key",
    "keystore",
    "log",
    "old",
    "orig",
    "p12",
    "p7b",
    "p7c",
    "p8",
    "pem",
    "pfx",
    "pkcs12",
    "priv",
    "properties",
    "pub",
    "srl",
    "tar",
    "template",
    "tgz",
    "truststore",
    "txt",
    "vhost",
    "xml",
    "yaml",
    "yml",
];

/// Cuts off the text after the last label of a host.
fn right_end<'u>(
    catalogue: &Catalogue,
    units: &'u [HostCharacter],
    setting: TokenSetting<'_>,
) -> Option<&'u [HostCharacter]> {
    let mut units = units;
    let mut extensions = false;
    // Three labels after a host are more than any file name has.
    for _ in 0..=3 {
        let dot = units.iter().rposition(|u| u.byte == b'.')?;
        let last = &units[dot + 1..];
        let label = text_of(last);
        if catalogue.is_last_label(&label) {
            return Some(units);
        }
        if let Some(cut) = inner_end(catalogue, &label, setting) {
            return Some(&units[..dot + 1 + cut]);
        }
        let is_extension = EXTENSIONS.contains(&label.as_str());
        let goes_on = is_extension || extensions || is_sentence(units, dot) || (setting.binary)();
        if !goes_on {
            return None;
        }
        extensions |= is_extension;
        units = &units[..dot];
    }
    None
}

/// Says whether a host cannot end with the plain bytes of a token: the same as [`right_end`], from the last few
/// labels.
fn has_no_end(catalogue: &Catalogue, bytes: &[u8], setting: TokenSetting<'_>) -> bool {
    /// More than the labels that may follow a host.
    const LABELS: usize = 6;
    let is_loose = |byte: &u8| matches!(byte, b'.' | b'-' | b'_');
    let end = bytes.iter().rposition(|byte| !is_loose(byte)).unwrap_or(0);
    let mut dots = memchr::memrchr_iter(b'.', &bytes[..end]).peekable();
    if dots.peek().is_none() {
        return true;
    }
    let start = dots.nth(LABELS - 1).map_or(0, |dot| dot + 1);
    let token = token::plain_token(bytes, start..bytes.len().min(end + 1));
    right_end(catalogue, &token.units, setting).is_none()
}

/// Where the last label ends inside `label`: before a dash or underscore, in binary text anywhere.
fn inner_end(catalogue: &Catalogue, label: &str, setting: TokenSetting<'_>) -> Option<usize> {
    if let Some(cut) = label.find(['-', '_'])
        && catalogue.is_last_label(&label[..cut])
    {
        return Some(cut);
    }
    if !(setting.binary)() {
        return None;
    }
    (1..label.len())
        .rev()
        .find(|&end| catalogue.is_last_label(&label[..end]))
}

/// Says whether the dot at `dot` ends a sentence whose space was forgotten: `...org.The next one`.
/// Units are in lower case, so the place decides: the dot was written plainly.
fn is_sentence(units: &[HostCharacter], dot: usize) -> bool {
    units[dot].end - units[dot].start == 1
        && units.get(dot + 1).is_some_and(|u| u.capital)
        && units.get(dot + 2).is_some_and(|u| !u.capital)
        && !units[..dot].iter().any(|u| u.capital)
}

/// Cuts off the text before the first label of a host.
fn left_end<'u>(
    catalogue: &Catalogue,
    units: &'u [HostCharacter],
    ambiguous_first: bool,
    setting: TokenSetting<'_>,
) -> &'u [HostCharacter] {
    let knows = |units: &[HostCharacter]| knows(catalogue, &text_of(units));
    if knows(units) {
        return units;
    }
    if ambiguous_first && units.len() > 1 && knows(&units[1..]) {
        return &units[1..];
    }
    let dot = units.iter().position(|u| u.byte == b'.').unwrap_or(0);
    if let Some(underscore) = units[..dot].iter().rposition(|u| u.byte == b'_')
        && knows(&units[underscore + 1..])
    {
        return &units[underscore + 1..];
    }
    if (setting.binary)()
        && let Some(start) = (1..dot).find(|&start| knows(&units[start..]))
    {
        return &units[start..];
    }
    units
}
