//! The standard reader: certificates as the standard wants them, by the maintained library.

use x509_cert::der::{Decode, Encode};
use x509_cert::time::Time;

use super::der::element;
use super::name::Name;
use super::{Day, Parts, serial};

/// Reads a certificate that is all of `bytes`; nothing when it does not keep to the standard.
pub fn read(bytes: &[u8]) -> Option<Parts> {
    let certificate = x509_cert::Certificate::from_der(bytes).ok()?;
    let content = certificate.tbs_certificate();
    let validity = content.validity();
    Some(Parts {
        subject: name(content.subject())?,
        issuer: name(content.issuer())?,
        not_before: day(&validity.not_before)?,
        not_after: day(&validity.not_after)?,
        serial: serial(content.serial_number().as_bytes()),
    })
}

fn name(name: &x509_cert::name::Name) -> Option<Name> {
    let mut read = Name::default();
    for group in name.iter_rdn() {
        for (index, attribute) in group.iter().enumerate() {
            let value = attribute.value.to_der().ok()?;
            read.push(attribute.oid.as_bytes(), element(&value).ok()?, index > 0);
        }
    }
    Some(read)
}

fn day(time: &Time) -> Option<Day> {
    let date = time.to_date_time();
    Some((
        i16::try_from(date.year()).ok()?,
        i8::try_from(date.month()).ok()?,
        i8::try_from(date.day()).ok()?,
    ))
}
