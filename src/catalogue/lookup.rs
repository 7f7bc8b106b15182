//! What is known about any text a person may ask about: a host, a URL, an address, a name.

use std::net::Ipv4Addr;

use super::classify::{Classification, Surroundings};
use super::compile::{Catalogue, zones};
use super::literal::Literal;
use super::merged::Merged;
use super::model::{LookAlike, LookAlikeKind};
use crate::kinds::certificate::CertificateRow;

/// What the catalogue knows about a text.
#[derive(Debug)]
pub enum LookedUp<'c> {
    /// It names an endpoint.
    Host(String, Classification<'c>),
    /// It is a constant, a file name, an authority or an address.
    Literal(&'c Literal),
    /// It resembles something and must be left alone.
    LookAlike(&'c LookAlike, &'c Merged),
    /// It is a certificate authority that several environments share.
    SharedAuthority(&'c CertificateRow, &'c Merged),
    /// It is a name of an environment.
    Environment(&'c str, &'c Merged),
    /// Nothing; with the nearest entry.
    Unknown(Option<String>),
}

impl Catalogue {
    /// Looks a text up.
    #[must_use]
    pub fn lookup(&self, text: &str) -> LookedUp<'_> {
        let text = text.trim();
        if let Some(literal) = self
            .literals()
            .iter()
            .find(|l| l.text.eq_ignore_ascii_case(strip_scheme(text)))
        {
            return LookedUp::Literal(literal);
        }
        if let Some((look_alike, pack)) = self.look_alike(text) {
            return LookedUp::LookAlike(look_alike, pack);
        }
        if let Some(answer) = self
            .packs()
            .iter()
            .find_map(|pack| authority_or_environment(pack, text))
        {
            return answer;
        }
        let host = host_of(text);
        // The path of a URL tells services on one host apart.
        let lower = host.trim_end_matches('.').to_ascii_lowercase();
        let labels: Vec<&str> = lower.split('.').collect();
        let around = Surroundings {
            path: path_of(text, host),
            ..Surroundings::default()
        };
        match self.classify(&labels, around) {
            Classification::Unknown => LookedUp::Unknown(self.nearest(host)),
            known => LookedUp::Host(host.to_ascii_lowercase(), known),
        }
    }

    fn look_alike(&self, text: &str) -> Option<(&LookAlike, &Merged)> {
        let bare = strip_scheme(text);
        self.packs().iter().find_map(|pack| {
            let row = pack.rows.look_alikes.iter().find(|l| match l.kind {
                LookAlikeKind::Text | LookAlikeKind::Address => {
                    l.value.eq_ignore_ascii_case(text) || l.value.eq_ignore_ascii_case(bare)
                }
                LookAlikeKind::Network => in_network(text, &l.value),
                LookAlikeKind::Host | LookAlikeKind::Zone => false,
            })?;
            Some((row, pack))
        })
    }

    /// The entry that differs from a text in the fewest characters.
    fn nearest(&self, text: &str) -> Option<String> {
        let text = text.to_ascii_lowercase();
        self.names()
            .map(|name| (strsim::damerau_levenshtein(&text, &name), name))
            .min()
            .filter(|(distance, _)| *distance <= 2 + text.len() / 5)
            .map(|(_, name)| name)
    }

    /// Every name that the catalogue can spell out.
    fn names(&self) -> impl Iterator<Item = String> {
        self.packs().iter().flat_map(|pack| {
            let rows = &pack.rows;
            let families = rows.families.iter().flat_map(|family| {
                zones(family).into_iter().flat_map(move |(_, zone)| {
                    let labels = family.services.keys().map(move |l| format!("{l}."));
                    let one = family.service.iter().map(|_| String::new());
                    labels
                        .chain(one)
                        .map(move |label| format!("{label}{zone}"))
                        .collect::<Vec<_>>()
                })
            });
            families
                .chain(
                    rows.look_alikes
                        .iter()
                        .map(|l| l.value.to_ascii_lowercase()),
                )
                .chain(
                    rows.rows_of_kinds()
                        .into_iter()
                        .filter(|(_, _, row)| row.is_suggested())
                        .map(|(_, _, row)| row.name().1.to_ascii_lowercase()),
                )
                .chain(rows.rules.keys().cloned())
        })
    }
}

fn authority_or_environment<'c>(pack: &'c Merged, text: &str) -> Option<LookedUp<'c>> {
    let authority = pack
        .rows
        .certificates
        .iter()
        .find(|c| c.name.eq_ignore_ascii_case(text) || c.spellings.iter().any(|s| s == text));
    if let Some(authority) = authority {
        return Some(LookedUp::SharedAuthority(authority, pack));
    }
    let (name, _) = pack.rows.environments.iter().find(|(name, environment)| {
        let mut names = std::iter::once(*name).chain(&environment.aliases);
        names.any(|n| n.eq_ignore_ascii_case(text))
    })?;
    Some(LookedUp::Environment(name, pack))
}

fn strip_scheme(text: &str) -> &str {
    text.split_once("://").map_or(text, |(_, rest)| rest)
}

/// The path of a URL, without its query.
fn path_of<'t>(text: &'t str, host: &str) -> &'t str {
    let behind = text.split_once(host).map_or("", |(_, behind)| behind);
    let path = behind.find('/').map_or("", |at| &behind[at..]);
    path.split(['?', '#']).next().unwrap_or_default()
}

/// The host of a URL, an address with user or port, or a bare name.
#[must_use]
fn host_of(text: &str) -> &str {
    let rest = strip_scheme(text);
    let rest = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let rest = rest.split_once(':').map_or(rest, |(host, _)| host);
    rest.trim_start_matches("*.").trim_end_matches('.')
}

/// Whether an address, or a network of at least its length, lies in `network`.
fn in_network(text: &str, network: &str) -> bool {
    let parse = |text: &str| -> Option<(u32, u32)> {
        let (address, length) = text.split_once('/').unwrap_or((text, "32"));
        let length: u32 = length.parse().ok().filter(|l| *l <= 32)?;
        Some((u32::from(address.parse::<Ipv4Addr>().ok()?), length))
    };
    let (Some((address, own)), Some((base, length))) = (parse(text), parse(network)) else {
        return false;
    };
    let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
    own >= length && address & mask == base & mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_taken_out_of_urls() {
        for (text, host) in [
            ("https://user:pw@a.example.org:443/x?y#z", "a.example.org"),
            ("a.example.org.", "a.example.org"),
            ("*.example.org", "example.org"),
            ("a.example.org:636", "a.example.org"),
        ] {
            assert_eq!(host_of(text), host);
        }
    }

    #[test]
    fn addresses_lie_in_networks() {
        assert!(in_network("10.1.2.3", "10.1.0.0/16"));
        assert!(in_network("10.1.0.0/16", "10.1.0.0/16"));
        assert!(!in_network("10.0.0.0/8", "10.1.0.0/16"));
        assert!(!in_network("10.2.2.3", "10.1.0.0/16"));
        assert!(!in_network("text", "10.1.0.0/16"));
    }
}
