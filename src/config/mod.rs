//! `ptlint.yaml`: where it is found, what it may contain, and the settings that follow from it and the
//! arguments.

mod attributes;
mod base;
mod discover;
mod file;
mod ignore;
mod ignore_rule;
mod init;
mod placed;
mod settings;
mod severity;
mod unknown_ids;

pub(crate) use attributes::changed_elsewhere;
pub(crate) use base::read_base;
pub(crate) use discover::{DiscoverError, discover, has_usual_name};
pub(crate) use file::{ConfigFile, ExtendsEntry, IgnoreEntry, Level, NetworkEntry, SeverityEntry};
pub(crate) use ignore_rule::{IgnoreRule, KeyPattern};
pub(crate) use init::TEMPLATE;
pub(crate) use placed::PlacedGlob;
pub use settings::Settings;
pub(crate) use settings::{ConfigurationUse, PackChoice, SettingsFile};
pub(crate) use severity::SeverityRule;

use sha2::{Digest as _, Sha256};

use crate::text::hex;

/// The names of a configuration file, in the order in which they are looked for.
pub(crate) const NAMES: [&str; 4] = ["ptlint.yaml", ".ptlint.yaml", "ptlint.yml", ".ptlint.yml"];

/// The most bytes of a configuration file; those that people write have a few thousand.
pub(crate) const MOST_BYTES: u64 = 1 << 24;

/// SHA-256 of a configuration file, in hex.
#[must_use]
pub fn digest(content: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(content))
}
