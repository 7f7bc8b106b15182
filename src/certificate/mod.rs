//! X.509 certificates: the subject, the issuer and the validity. Finds them in PEM text, in whatever
//! that text is wrapped, and in binary key stores. Nothing here checks a signature: what a file says
//! is what is read.
//!
//! The reader is our own, because three things are needed that readers of the standard do not offer:
//! certificates that real authorities have signed against the standard are read (long serial numbers,
//! times without seconds, text in the wrong encoding); finding out that bytes are not a certificate
//! costs a bounded number of steps, so that every place of a key store can be tried (Java key stores,
//! PKCS#7 and unencrypted PKCS#12 hold certificates unchanged, which saves a parser for each); and the
//! value says how long it is.

use sha1::{Digest, Sha1};
use sha2::Sha256;

use crate::text::hex;

mod binary;
mod body;
mod der;
mod distinguished_name;
mod outline;
pub mod pem;

pub use binary::certificate_at;
pub(crate) use distinguished_name::DistinguishedName;

/// A calendar day: year, month, day.
pub(crate) type Day = (i16, i8, i8);

/// What a certificate says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The holder.
    pub subject: DistinguishedName,
    /// The authority that issued it.
    pub issuer: DistinguishedName,
    /// The first day of its validity, as written (in UTC).
    pub not_before: Day,
    /// The last day of its validity, as written (in UTC).
    pub not_after: Day,
    /// The SHA-1 fingerprint.
    pub sha1: [u8; 20],
    /// The SHA-256 fingerprint.
    pub sha256: [u8; 32],
    /// The serial number in lower-case hexadecimal digits, without leading zero bytes.
    pub serial: String,
}

/// Why bytes are not a certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// A length goes beyond the bytes there are.
    #[error("the data ends before the certificate does")]
    Truncated,
    /// A part of a certificate is missing; something else is in its place.
    #[error("not a certificate: no {0} where one should be")]
    Missing(&'static str),
    /// A date that no calendar has.
    #[error("the certificate has no readable validity")]
    Validity,
    /// More attributes in a name than any real certificate has.
    #[error("a name of the certificate is too long")]
    LongName,
}

/// Reads the certificate at the start of `der`. Bytes after it are ignored.
///
/// # Errors
///
/// When the bytes do not begin with a certificate, or break off inside it.
pub fn decode(der: &[u8]) -> Result<Certificate, DecodeError> {
    let outline = outline::outline(der)?;
    let bytes = der.get(..outline.length).ok_or(DecodeError::Truncated)?;
    Ok(Certificate {
        subject: DistinguishedName::read(outline.subject),
        issuer: DistinguishedName::read(outline.issuer),
        not_before: outline.not_before,
        not_after: outline.not_after,
        sha1: Sha1::digest(bytes).into(),
        sha256: Sha256::digest(bytes).into(),
        serial: serial(outline.serial),
    })
}

/// Says whether a text is a digest of SHA-1 or SHA-256, in hexadecimal digits with or without signs between
/// the pairs.
#[must_use]
pub(crate) fn is_fingerprint(text: &str) -> bool {
    let mut digits = 0;
    text.chars().all(|character| {
        digits += usize::from(character.is_ascii_hexdigit());
        character.is_ascii_hexdigit() || matches!(character, ':' | ' ' | '-')
    }) && matches!(digits, 40 | 64)
}

/// The serial number as other tools show it, without the zero byte that only keeps it positive.
fn serial(bytes: &[u8]) -> String {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    hex(&bytes[zeros.min(bytes.len().saturating_sub(1))..])
}

#[cfg(test)]
mod tests;
