//! Names of subjects and issuers: attributes such as the organization and the common name, kept
//! in the order of the certificate and written as RFC 4514 has it, the last one first.

use std::fmt::{self, Write};

use super::DecodeError;
use super::der::{DerReader, DerValue, OBJECT_IDENTIFIER, SEQUENCE, SET};
use crate::text::hex;

/// No certificate in use comes near. The limit bounds what a hostile one can cost.
const MOST_ATTRIBUTES: usize = 32;

/// The attributes that have a short name.
const KINDS: &[(&str, &str)] = &[
    ("2.5.4.3", "CN"),
    ("2.5.4.4", "SN"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "STREET"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.12", "title"),
    ("2.5.4.15", "businessCategory"),
    ("2.5.4.17", "postalCode"),
    ("2.5.4.42", "GN"),
    ("2.5.4.43", "initials"),
    ("2.5.4.46", "dnQualifier"),
    ("2.5.4.97", "organizationIdentifier"),
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("1.2.840.113549.1.9.1", "emailAddress"),
];

/// One attribute of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameAttribute {
    /// Its short name, such as `CN`, or its number where it has none.
    pub kind: String,
    /// Its text; for a value that is not text, `#` and its encoding in hexadecimal digits.
    pub value: String,
    /// The value is bytes and not text.
    opaque: bool,
    /// It belongs to the same level as the one before.
    joined: bool,
}

/// The name of a subject or an issuer. Written out, it is the text that RFC 4514 makes of it:
/// `CN=host.example.org,OU=Devices,O=example`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DistinguishedName {
    attributes: Vec<NameAttribute>,
}

impl DistinguishedName {
    /// Adds an attribute. `joined` when it is on the level of the one before.
    pub(super) fn push(&mut self, kind: &[u8], value: DerValue, joined: bool) {
        let number = dotted(kind);
        let known = KINDS.iter().find(|(known, _)| *known == number);
        let text = text(value.tag, value.body);
        self.attributes.push(NameAttribute {
            kind: known.map_or(number, |(_, short)| (*short).to_owned()),
            opaque: text.is_none(),
            value: text.unwrap_or_else(|| format!("#{}", hex(value.whole))),
            joined,
        });
    }

    /// Reads the content of a name that [`check`] found good.
    pub(super) fn read(body: &[u8]) -> Self {
        let mut name = Self::default();
        // A failure cannot happen after the check; what was read until then would stay.
        let _ = walk(body, |kind, value, joined| name.push(kind, value, joined));
        name
    }
}

/// What tests ask of a name.
#[cfg(test)]
impl DistinguishedName {
    /// The attributes in the order of the certificate, the widest first.
    pub(in crate::certificate) fn attributes(&self) -> &[NameAttribute] {
        &self.attributes
    }

    /// The common name; the last of several, which is the most particular.
    pub(in crate::certificate) fn common_name(&self) -> Option<&str> {
        let named = self.attributes.iter().rev();
        named
            .filter(|attribute| attribute.kind == "CN")
            .map(|attribute| attribute.value.as_str())
            .next()
    }

    /// The values of all attributes in the order of the certificate.
    pub(in crate::certificate) fn values(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(|a| a.value.as_str())
    }
}

/// Checks that the content of a name can be read.
pub(super) fn check(body: &[u8]) -> Result<(), DecodeError> {
    walk(body, |_, _, _| ())
}

fn walk(body: &[u8], mut each: impl FnMut(&[u8], DerValue, bool)) -> Result<(), DecodeError> {
    let mut levels = DerReader::new(body);
    // Empty levels count as well: they too cost a step.
    let mut left = MOST_ATTRIBUTES;
    let mut count = || {
        left = left.checked_sub(1).ok_or(DecodeError::LongName)?;
        Ok(())
    };
    while !levels.is_empty() {
        let mut level = DerReader::new(levels.expect(SET, "name")?);
        if level.is_empty() {
            count()?;
        }
        let mut joined = false;
        while !level.is_empty() {
            count()?;
            let mut attribute = DerReader::new(level.expect(SEQUENCE, "name attribute")?);
            let kind = attribute.expect(OBJECT_IDENTIFIER, "attribute type")?;
            each(kind, attribute.any()?, joined);
            joined = true;
        }
    }
    Ok(())
}

/// The text of a string value. Bytes that are not text of their kind are read as Latin-1, as the
/// programs that wrote them meant it.
fn text(tag: u8, body: &[u8]) -> Option<String> {
    let latin = || body.iter().map(|byte| char::from(*byte)).collect();
    match tag {
        // UTF8, Numeric, Printable, IA5, Visible, General
        0x0c | 0x12 | 0x13 | 0x16 | 0x1a | 0x1b => {
            Some(std::str::from_utf8(body).map_or_else(|_| latin(), ToOwned::to_owned))
        }
        // T61
        0x14 => Some(latin()),
        // Universal
        0x1c => {
            let (points, []) = body.as_chunks::<4>() else {
                return None;
            };
            let points = points.iter().map(|four| u32::from_be_bytes(*four));
            points.map(char::from_u32).collect()
        }
        // BMP
        0x1e => {
            let (units, []) = body.as_chunks::<2>() else {
                return None;
            };
            let units = units.iter().map(|two| u16::from_be_bytes(*two));
            char::decode_utf16(units).collect::<Result<_, _>>().ok()
        }
        _ => None,
    }
}

/// The number of an attribute type: `2.5.4.3`.
fn dotted(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut arc: u64 = 0;
    for byte in bytes {
        // Longer numbers exist in no registry; as bytes they stay distinct.
        if arc > u64::MAX >> 7 {
            return format!("oid-{}", hex(bytes));
        }
        arc = (arc << 7) | u64::from(byte & 0x7f);
        if byte & 0x80 != 0 {
            continue;
        }
        // The first two numbers share a byte.
        let written = if text.is_empty() {
            let first = (arc / 40).min(2);
            write!(text, "{first}.{}", arc - first * 40)
        } else {
            write!(text, ".{arc}")
        };
        // Writing to a string cannot fail.
        debug_assert!(written.is_ok());
        arc = 0;
    }
    text
}

impl fmt::Display for DistinguishedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut end = self.attributes.len();
        while end > 0 {
            // A level goes back to the attribute that begins it.
            let level = self.attributes.get(..end).unwrap_or_default();
            let start = level.iter().rposition(|a| !a.joined).unwrap_or(0);
            if end < self.attributes.len() {
                f.write_char(',')?;
            }
            for attribute in level.get(start..).unwrap_or_default() {
                if attribute.joined {
                    f.write_char('+')?;
                }
                write!(f, "{attribute}")?;
            }
            end = start;
        }
        Ok(())
    }
}

impl fmt::Display for NameAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=", self.kind)?;
        if self.opaque {
            return f.write_str(&self.value);
        }
        let last = self.value.len().saturating_sub(1);
        for (at, character) in self.value.char_indices() {
            match character {
                '"' | '+' | ',' | ';' | '<' | '>' | '\\' => write!(f, "\\{character}")?,
                ' ' | '#' if at == 0 => write!(f, "\\{character}")?,
                ' ' if at == last => f.write_str("\\ ")?,
                // A name is printed to terminals: control characters must not reach them.
                _ if character.is_control() => {
                    for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                        write!(f, "\\{byte:02x}")?;
                    }
                }
                _ => f.write_char(character)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
