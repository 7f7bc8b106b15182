//! What a reference is: the kind of thing that it names, its context, and how it is read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a rule looks at.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ReferenceKind {
    /// The host or the address of an endpoint.
    Host,
    /// A host that something composes from parts.
    ComposedHost,
    /// A certificate or the name of its authority.
    Certificate,
    /// A constant or a file name.
    Identifier,
}

/// What the place of a reference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// A value that a program reads.
    Value,
    /// A comment.
    Comment,
    /// Text for readers.
    Prose,
    /// A URL that names a thing and is not called.
    Identifier,
    /// The name of a file or folder.
    FileName,
    /// Bytes that are not text, such as a key store.
    Binary,
    /// The key of a value.
    Key,
    /// A sample of code in text for readers.
    Sample,
    /// A certificate.
    Certificate,
    /// Text that is encoded, e.g. in base64.
    Encoded,
}

/// How a reference is read, the plainest way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum View {
    /// As the bytes of the file are; single characters may be escaped.
    Plain,
    /// As the value of a format, with its folds and continuations read.
    Escaped,
    /// From parts that a program joins: strings, or the members of a list.
    Joined,
    /// Decoded from base64.
    Base64,
}

/// What a certificate says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    /// Whose it is, as a distinguished name.
    pub subject: String,
    /// Who issued it, as a distinguished name.
    pub issuer: String,
    /// First day of its validity, YYYY-MM-DD.
    pub not_before: String,
    /// Last day of its validity, YYYY-MM-DD.
    pub not_after: String,
    /// SHA-256 fingerprint, in hex.
    pub sha256: String,
}
