//! Kinds of reference: one file for each kind, and the list of them.
//!
//! The file of a kind has everything that is special to it: the rows in which a pack lists such
//! things, the texts by which they are found, the words for reports, and what a fix may do. The other
//! rooms ask the [`Kind`], and none of them asks which kind it is.
//!
//! A new kind is a file in this folder, its `mod` line, and its line in `registry!`. It reports under
//! one of the names of [`ReferenceKind`], or under a name that is added there.

pub(crate) mod address;
pub(crate) mod certificate;
pub(crate) mod composed;
pub(crate) mod host;
pub(crate) mod identifier;
mod row;

use jiff::civil::Date;

use crate::facts::{CertificateFacts, ReferenceKind};

pub(crate) use row::{KindRow, PathChange, ReplacementRow, SearchText, TextSide};

/// The kinds. Each line has the section of a pack with the rows of a kind, what the schema says about
/// the section, and the type of its rows. The lines are given to the macro that is named.
macro_rules! registry {
    ($given_to:ident) => {
        $given_to! {
            /// Hosts outside every family.
            endpoints: host::EndpointRow,
            /// Constants, file names and other texts that name an environment.
            identifiers: identifier::IdentifierRow,
            /// Certificate authorities by name and fingerprint.
            certificates: certificate::CertificateRow,
            /// Network addresses.
            addresses: address::AddressRow,
        }
    };
}
pub(crate) use registry;

macro_rules! list_of_kinds {
    ($($(#[$about:meta])* $section:ident: $kind:ident::$row:ident,)*) => {
        /// Every kind, in the order of the registry.
        pub(crate) static KINDS: &[&Kind] = &[$(&$kind::KIND,)* &composed::KIND];
    };
}
registry!(list_of_kinds);

/// The kind of hosts, which the catalogue also finds by the families of their names.
pub(crate) use host::KIND as HOST;

/// The kind of hosts that something composes.
pub(crate) use composed::KIND as COMPOSED;

/// A kind of reference.
#[derive(Debug)]
pub struct Kind {
    /// Its name in rules, reports and baselines. Two kinds may share one.
    pub id: ReferenceKind,
    /// What a rule about it reports, in the plural.
    pub plural: &'static str,
    /// What to do with a replacement, as in `write api.example.org`.
    pub verb: &'static str,
    /// The same for the name of a file.
    pub verb_for_file_names: &'static str,
    /// It is a name or an address on a network: it may be in a URL, capitals do not matter, and the
    /// text and the settings around it say how a program uses it.
    pub is_on_network: bool,
    /// It identifies the issuer of a certificate, which says more about it than the hosts in it.
    pub is_issuer: bool,
    /// What a fix may do.
    pub fix: FixPolicy,
    /// What a message begins with.
    pub subject: fn(&NamedReference<'_>) -> Subject,
}

/// What a fix may do with a reference of a kind, if its place in the file allows it. An entry that has
/// its replacement next to it may be deleted whatever the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixPolicy {
    /// Write the replacement.
    Replace,
    /// Write the replacement if the user accepts unsafe fixes, for this reason.
    ReplaceAfterReview(&'static str),
    /// Write nothing, for this reason.
    Never(&'static str),
}

impl FixPolicy {
    /// Says whether an edit can fix it at all.
    #[must_use]
    pub fn allows_edits(self) -> bool {
        !matches!(self, Self::Never(_))
    }

    /// Why no fix of it is safe, if so.
    #[must_use]
    pub fn unsafe_because(self) -> Option<&'static str> {
        match self {
            Self::Replace => None,
            Self::ReplaceAfterReview(reason) | Self::Never(reason) => Some(reason),
        }
    }
}

/// A reference as far as its message needs it.
#[derive(Debug, Clone, Copy)]
pub struct NamedReference<'r> {
    /// The text in the file, safe to print.
    pub matched: &'r str,
    /// The name of the service.
    pub service: &'r str,
    /// The name of the environment.
    pub environment: &'r str,
    /// The certificate that has the reference in it.
    pub certificate: Option<&'r CertificateFacts>,
    /// The day of the report.
    pub as_of: Date,
    /// Whether days are counted, which only readers of today want.
    pub counts_days: bool,
}

/// What a message begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A phrase that a clause about the environment can follow: `..., which closed in May`.
    Phrase(String),
    /// A phrase that ends with the environment, so that a verb can follow: `... closed in May`.
    EndsWithEnvironment(String),
}

impl Subject {
    /// The text alone.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Phrase(text) | Self::EndsWithEnvironment(text) => text,
        }
    }
}

/// The kind with a name; where two share it, the first of the registry.
#[must_use]
pub(crate) fn by_id(id: ReferenceKind) -> &'static Kind {
    KINDS
        .iter()
        .find(|kind| kind.id == id)
        .copied()
        .unwrap_or(&HOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_a_kind_has_a_kind() {
        let schema = schemars::schema_for!(ReferenceKind);
        let names = schema.as_value()["oneOf"].as_array().expect("variants");
        assert!(names.len() >= 3);
        for name in names {
            let id: ReferenceKind = serde_json::from_value(name["const"].clone()).expect("a name");
            assert_eq!(by_id(id).id, id);
        }
    }

    #[test]
    fn kinds_that_share_a_name_agree_on_what_is_asked_by_name() {
        for kind in KINDS {
            let first = by_id(kind.id);
            assert_eq!(kind.plural, first.plural);
            assert_eq!(kind.verb, first.verb);
            assert_eq!(kind.verb_for_file_names, first.verb_for_file_names);
            assert_eq!(kind.is_on_network, first.is_on_network);
            assert_eq!(kind.fix.allows_edits(), first.fix.allows_edits());
        }
    }
}
