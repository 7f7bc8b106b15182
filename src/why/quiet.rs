//! The names on a line that no violation is about: why they are quiet.

use std::ops::Range;

use super::{AskedLine, ExplainedName};
use crate::catalogue::{Classification, Endpoint, Literal, LookedUp, Merged};
use crate::detect::{HoleInName, hole_in_name};
use crate::engine::policy;
use crate::text::printable;

impl AskedLine<'_> {
    /// The names on the line of a text that the check did not find to be violations.
    pub(super) fn quiet(&self, whole: &str, line: Range<usize>, names: &mut Vec<ExplainedName>) {
        let text = &whole[line.clone()];
        let mut taken: Vec<(usize, usize)> = names
            .iter()
            .map(|name| {
                let start = usize::try_from(name.column).unwrap_or(1) - 1;
                (start, start + name.text.chars().count())
            })
            .collect();
        let mut add = |start: usize, token: &str, because: Vec<String>| {
            let column = text[..start].chars().count();
            let end = column + token.chars().count();
            if taken.iter().any(|(a, b)| *a < end && column < *b) {
                return;
            }
            taken.push((column, end));
            names.push(ExplainedName {
                text: printable(token),
                column: column as u64 + 1,
                reported: false,
                because,
            });
        };
        for literal in self.catalogue.literals() {
            for start in places(text, &literal.text) {
                add(
                    start,
                    &text[start..start + literal.text.len()],
                    self.literal(literal),
                );
            }
        }
        for (start, token) in host_like(text) {
            let start_in_text = line.start + start;
            let place = start_in_text..start_in_text + token.len();
            let because = self.with_hole(whole, place).or_else(|| self.host(token));
            if let Some(because) = because {
                add(start, token, because);
            }
        }
        for pack in self.catalogue.packs() {
            for row in &pack.rows.selectors {
                for word in &row.words {
                    for start in places(text, &word.to_ascii_lowercase()) {
                        let reason = format!(
                            "quiet: a word for {}; a word alone is too common to be reported",
                            row.environment
                        );
                        add(start, &text[start..start + word.len()], vec![reason]);
                    }
                }
            }
        }
    }

    fn literal(&self, literal: &Literal) -> Vec<String> {
        let pack = &self.catalogue.packs()[literal.pack];
        if !pack.is_retired(&literal.environment) {
            return vec![format!(
                "quiet: it belongs to {}, which is in service",
                literal.environment
            )];
        }
        let mut because = vec![format!("it belongs to {}", literal.environment)];
        if literal.beside.is_empty() {
            because.push("quiet: it is a part of a longer word".to_owned());
        } else {
            because.push(format!(
                "quiet: the name is common, so it counts only in a file that also holds one of: {}",
                literal.beside.join(", ")
            ));
        }
        because
    }

    /// Why a name that is not whole is quiet.
    fn with_hole(&self, text: &str, token: Range<usize>) -> Option<Vec<String>> {
        let reason = match hole_in_name(self.catalogue, text.as_bytes(), token)? {
            HoleInName::MayBeRetired => {
                let packs = self.catalogue.packs().iter();
                let retired = packs.flat_map(|pack| {
                    let names = pack.rows.environments.keys();
                    names.filter(|name| pack.is_retired(name))
                });
                let retired: Vec<&str> = retired.map(String::as_str).collect();
                format!(
                    "quiet: a part of the name is filled in elsewhere, so it may become one of {}; it is counted \
                     as a name with a variable in it",
                    retired.join(" or ")
                )
            }
            HoleInName::HasDefault => {
                "quiet: a part of the name is filled in elsewhere, and its default is in service"
                    .to_owned()
            }
            HoleInName::InLabel => "quiet: a part of the name is filled in elsewhere".to_owned(),
            HoleInName::Harmless => return None,
        };
        Some(vec![reason])
    }

    fn host(&self, token: &str) -> Option<Vec<String>> {
        match self.catalogue.lookup(token) {
            LookedUp::Host(_, Classification::Endpoint(endpoint)) => Some(self.endpoint(&endpoint)),
            LookedUp::Host(_, Classification::LookAlike(row, _)) | LookedUp::LookAlike(row, _) => {
                Some(vec![format!("quiet: a look-alike: {}", row.reason)])
            }
            LookedUp::SharedAuthority(..) | LookedUp::Environment(..) | LookedUp::Literal(_) => {
                None
            }
            LookedUp::Host(_, Classification::Unknown) | LookedUp::Unknown(None) => self
                .ends_like_a_host(token)
                .then(|| vec!["quiet: not in the catalogue".to_owned()]),
            LookedUp::Unknown(Some(nearest)) => self.ends_like_a_host(token).then(|| {
                vec![format!(
                    "quiet: not in the catalogue; the nearest entry is {nearest}"
                )]
            }),
        }
    }

    fn endpoint(&self, endpoint: &Endpoint<'_>) -> Vec<String> {
        let (environment, pack): (&str, &Merged) = (endpoint.environment, endpoint.pack);
        let service = pack
            .service(endpoint.service)
            .map_or(endpoint.service, |s| s.name.as_str());
        let what = format!("{service} in {environment}");
        if !pack.is_retired(environment) {
            return vec![format!("quiet: {what}, which is in service")];
        }
        let standing = policy::standing(pack, environment, endpoint.service, self.options.as_of);
        if standing.is_none() {
            return vec![
                what,
                format!("quiet: nothing is announced on {}", self.options.as_of),
            ];
        }
        vec![
            what,
            "quiet: it is a part of a longer name, or a limit was reached".to_owned(),
        ]
    }

    fn ends_like_a_host(&self, token: &str) -> bool {
        let last = token.rsplit('.').next().unwrap_or_default();
        self.catalogue.is_last_label(&last.to_ascii_lowercase())
    }
}

/// Where a text in lower case is a whole word.
fn places(text: &str, word: &str) -> Vec<usize> {
    let lower = text.to_ascii_lowercase();
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    lower
        .match_indices(word)
        .filter(|(at, _)| {
            !lower[..*at].ends_with(joins) && !lower[at + word.len()..].starts_with(joins)
        })
        .map(|(at, _)| at)
        .collect()
}

/// Runs of characters that may be a host name or an address.
fn host_like(text: &str) -> Vec<(usize, &str)> {
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_host).map(|offset| at + offset) {
        let end = text[start..]
            .find(|c| !is_host(c))
            .map_or(text.len(), |length| start + length);
        let token = text[start..end].trim_end_matches(['.', '-', '_']);
        if token.contains('.') {
            found.push((start, token));
        }
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_host_like_runs_are_whole() {
        assert_eq!(places("abc ABC abcd _abc", "abc"), [0, 4]);
        assert_eq!(
            host_like("see a.example.org, (10.0.0.1) v1."),
            [(4, "a.example.org"), (20, "10.0.0.1")]
        );
    }
}
