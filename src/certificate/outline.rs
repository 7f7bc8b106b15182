//! Follows the headers of a certificate to the few values wanted and ignores everything else. Finding
//! out that bytes are not a certificate costs a bounded number of steps, so that every place of a file
//! can be tried.

use super::der::{
    BIT_STRING, DerReader, GENERALIZED_TIME, INTEGER, SEQUENCE, UTC_TIME, VERSION, read_value,
};
use super::distinguished_name;
use super::{Day, DecodeError};

/// The wanted values of a certificate. They can be read: that was checked.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    /// How many bytes the certificate has.
    pub length: usize,
    /// The content of the serial number.
    pub serial: &'a [u8],
    /// The content of the issuer.
    pub issuer: &'a [u8],
    /// The first day of the validity.
    pub not_before: Day,
    /// The last day of the validity.
    pub not_after: Day,
    /// The content of the subject.
    pub subject: &'a [u8],
}

/// Follows the headers of the certificate at the start of `bytes`.
pub(super) fn outline(bytes: &[u8]) -> Result<Outline<'_>, DecodeError> {
    let whole = read_value(bytes)?;
    if whole.tag != SEQUENCE {
        return Err(DecodeError::Missing("certificate"));
    }
    let mut outer = DerReader::new(whole.body);
    let mut inner = DerReader::new(outer.expect(SEQUENCE, "certificate content")?);
    inner.skip(VERSION)?;
    let serial = inner.expect(INTEGER, "serial number")?;
    inner.expect(SEQUENCE, "signature algorithm")?;
    let issuer = inner.expect(SEQUENCE, "issuer")?;
    let mut validity = DerReader::new(inner.expect(SEQUENCE, "validity")?);
    let subject = inner.expect(SEQUENCE, "subject")?;
    inner.expect(SEQUENCE, "public key")?;
    // Signing requests and revocation lists begin alike; only a certificate has all of this.
    outer.expect(SEQUENCE, "signature algorithm")?;
    outer.expect(BIT_STRING, "signature")?;
    let not_before = time(&mut validity)?;
    let not_after = time(&mut validity)?;
    distinguished_name::check(issuer)?;
    distinguished_name::check(subject)?;
    Ok(Outline {
        length: whole.whole.len(),
        serial,
        issuer,
        not_before,
        not_after,
        subject,
    })
}

fn time(reader: &mut DerReader) -> Result<Day, DecodeError> {
    let time = reader.any()?;
    day(time.tag, time.body).ok_or(DecodeError::Validity)
}

/// The day of a time, as it is written. Seconds may be missing, and there may be a zone instead of
/// `Z`.
fn day(tag: u8, body: &[u8]) -> Option<Day> {
    // No time is longer; without a limit a hostile one would be read again and again.
    if body.len() > 40 {
        return None;
    }
    let digits = body.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, zone) = body.split_at_checked(digits)?;
    if !matches!(zone.first(), None | Some(b'Z' | b'+' | b'-' | b'.' | b',')) {
        return None;
    }
    let (year, rest) = match (tag, digits.len()) {
        // Fourteen digits have a whole year, whatever the tag says.
        (GENERALIZED_TIME, 8..) | (UTC_TIME, 14) => {
            let (year, rest) = digits.split_at_checked(4)?;
            (number(year), rest)
        }
        (UTC_TIME, 6..=12) => {
            let (year, rest) = digits.split_at_checked(2)?;
            let year = number(year);
            (if year < 50 { 2000 + year } else { 1900 + year }, rest)
        }
        _ => return None,
    };
    let month = number(rest.get(..2)?);
    let day = number(rest.get(2..4)?);
    let days = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=days).contains(&day) {
        return None;
    }
    Some((year, i8::try_from(month).ok()?, i8::try_from(day).ok()?))
}

/// Up to four decimal digits.
fn number(digits: &[u8]) -> i16 {
    digits
        .iter()
        .fold(0, |value, digit| value * 10 + i16::from(digit - b'0'))
}

#[cfg(test)]
mod tests {
    use super::{GENERALIZED_TIME, UTC_TIME, day};

    #[test]
    fn days_are_read_from_every_spelling_of_a_time() {
        for (tag, text, expected) in [
            (UTC_TIME, "240115000000Z", Some((2024, 1, 15))),
            (UTC_TIME, "491231235959Z", Some((2049, 12, 31))),
            (UTC_TIME, "500101000000Z", Some((1950, 1, 1))),
            (UTC_TIME, "2401150000Z", Some((2024, 1, 15))),
            (UTC_TIME, "240115000000+0100", Some((2024, 1, 15))),
            (UTC_TIME, "20240115000000Z", Some((2024, 1, 15))),
            (GENERALIZED_TIME, "20550101000000Z", Some((2055, 1, 1))),
            (GENERALIZED_TIME, "20240115000000.123Z", Some((2024, 1, 15))),
            (GENERALIZED_TIME, "99991231235959Z", Some((9999, 12, 31))),
            (GENERALIZED_TIME, "20240229", Some((2024, 2, 29))),
            (GENERALIZED_TIME, "20000229000000", Some((2000, 2, 29))),
            (GENERALIZED_TIME, "21000229000000Z", None),
            (GENERALIZED_TIME, "20230229000000Z", None),
            (GENERALIZED_TIME, "20241301000000Z", None),
            (GENERALIZED_TIME, "20240100000000Z", None),
            (GENERALIZED_TIME, "20240431000000Z", None),
            (GENERALIZED_TIME, "2024", None),
            (UTC_TIME, "", None),
            (UTC_TIME, "24x115000000Z", None),
            (UTC_TIME, "240115000000x", None),
            (0x04, "20240115000000Z", None),
        ] {
            assert_eq!(day(tag, text.as_bytes()), expected, "{text}");
        }
        assert_eq!(day(GENERALIZED_TIME, &[b'1'; 41]), None);
    }
}
