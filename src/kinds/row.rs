//! What the rows of every kind have in common, and what a pack may list to write instead.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Kind;
use crate::facts::{Confidence, DaySchema, Evidence};

/// A row of a pack, which lists one thing of a kind.
pub(crate) trait KindRow {
    /// Its kind.
    fn kind(&self) -> &'static Kind;
    /// The key of the row that has the name, and the name.
    fn name(&self) -> (&'static str, &str);
    /// The environment; none for what several share.
    fn environment(&self) -> Option<&str>;
    /// Id of the service.
    fn service(&self) -> &str;
    /// Words of which the file must have one, in lower case; none are required if it is empty.
    fn beside(&self) -> &[String] {
        &[]
    }
    /// What to write instead.
    fn replacements(&self) -> &[ReplacementRow];
    /// What else is known.
    fn note(&self) -> Option<&str>;
    /// What it rests on.
    fn evidence(&self) -> Evidence;
    /// Ids of the sources.
    fn sources(&self) -> &[String];

    /// The texts by which it is found in files. A host has none: the catalogue finds it label by label.
    fn texts(&self) -> Vec<SearchText>;

    /// Says whether it can be found by its name only, so that the name must be long enough for a search.
    fn is_found_by_name_only(&self) -> bool {
        true
    }

    /// Says whether to suggest its name for a text that differs in a few characters.
    fn is_suggested(&self) -> bool {
        true
    }
}

/// The getters of a row for the keys that every kind has under the same names.
macro_rules! common_getters {
    () => {
        fn service(&self) -> &str {
            &self.service
        }

        fn replacements(&self) -> &[ReplacementRow] {
            &self.replacements
        }

        fn note(&self) -> Option<&str> {
            self.note.as_deref()
        }

        fn evidence(&self) -> Evidence {
            self.evidence
        }

        fn sources(&self) -> &[String] {
            &self.sources
        }
    };
}
pub(super) use common_getters;

/// A text by which a row is found in files.
#[derive(Debug, Clone)]
pub(crate) struct SearchText {
    /// The text in lower case.
    pub text: String,
    /// What it names, in lower case: for a fingerprint the authority, otherwise the text.
    pub name: String,
    /// It is the fingerprint of what it names.
    pub is_fingerprint: bool,
    /// How sure a match is.
    pub confidence: Confidence,
    /// Says whether a byte on one side of the text makes it a part of a longer word, which is not a match.
    pub joins: fn(u8, TextSide) -> bool,
}

/// A side of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextSide {
    /// Before its first byte.
    Before,
    /// After its last byte.
    After,
}

/// Something to write instead.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReplacementRow {
    /// The text to write.
    pub text: String,
    /// The network on which it works.
    #[serde(default)]
    pub network: Option<String>,
    /// The path of the URL changes too: the base path to use.
    #[serde(default)]
    pub path: Option<String>,
    /// Paths whose new form is known.
    #[serde(default)]
    pub path_changes: Vec<PathChange>,
    /// The first day on which it can be used, YYYY-MM-DD; it can already when absent.
    #[serde(default)]
    #[schemars(with = "Option<DaySchema>")]
    pub available_from: Option<Date>,
    /// What to know about it.
    #[serde(default)]
    pub note: Option<String>,
    /// What it rests on.
    pub evidence: Evidence,
    /// Where it comes from.
    pub sources: Vec<String>,
}

/// The beginning of a URL path that changes together with the host.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PathChange {
    /// What the path begins with, in whole segments, e.g. `/api/v1`.
    pub from: String,
    /// What it begins with afterwards.
    pub to: String,
    /// Where it comes from.
    pub sources: Vec<String>,
}
