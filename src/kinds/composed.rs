//! Hosts that are in no file: something composes them from parts. No pack lists them; the rows of hosts say what
//! they are.

use super::host::service_in_environment;
use super::{FixPolicy, Kind};
use crate::facts::ReferenceKind;

/// The kind.
pub(crate) static KIND: Kind = Kind {
    id: ReferenceKind::ComposedHost,
    plural: "composed hosts",
    verb: "write",
    verb_for_file_names: "rename to",
    is_on_network: true,
    is_issuer: false,
    fix: FixPolicy::Never("other things may use the word, too"),
    subject: service_in_environment,
};
