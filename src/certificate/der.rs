//! The headers of DER values: a tag and a length. Nothing is copied, and no length is believed
//! that the bytes do not bear out.

use super::DecodeError;

/// Tags of the values a certificate is made of.
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
/// The wrapper of the version, which the first version of certificates does without.
pub(super) const VERSION: u8 = 0xa0;

/// One value.
#[derive(Debug, Clone, Copy)]
pub(super) struct DerValue<'a> {
    pub tag: u8,
    /// Header and content.
    pub whole: &'a [u8],
    /// The content.
    pub body: &'a [u8],
}

/// The value at the start of `bytes`. Lengths longer than need be are accepted, as old encoders
/// wrote them; lengths that only an end mark tells are not.
pub(super) fn read_value(bytes: &[u8]) -> Result<DerValue<'_>, DecodeError> {
    let (&[tag, first], mut rest) = bytes.split_first_chunk().ok_or(DecodeError::Truncated)?;
    // Tags of several bytes occur nowhere in a certificate.
    if tag & 0x1f == 0x1f {
        return Err(DecodeError::Missing("plain tag"));
    }
    let length = if first < 0x80 {
        usize::from(first)
    } else {
        let count = usize::from(first & 0x7f);
        if !(1..=4).contains(&count) {
            return Err(DecodeError::Missing("definite length"));
        }
        let (digits, after) = rest.split_at_checked(count).ok_or(DecodeError::Truncated)?;
        rest = after;
        digits
            .iter()
            .fold(0, |length, digit| (length << 8) | usize::from(*digit))
    };
    let body = rest.get(..length).ok_or(DecodeError::Truncated)?;
    let header = bytes.len() - rest.len();
    let whole = bytes.get(..header + length).ok_or(DecodeError::Truncated)?;
    Ok(DerValue { tag, whole, body })
}

/// The values of a content, one after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct DerReader<'a> {
    rest: &'a [u8],
}

impl<'a> DerReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next value, whatever it is.
    pub(super) fn any(&mut self) -> Result<DerValue<'a>, DecodeError> {
        let next = read_value(self.rest)?;
        self.rest = self.rest.get(next.whole.len()..).unwrap_or_default();
        Ok(next)
    }

    /// The content of the next value, which must have this tag; `what` names it in the error.
    pub(super) fn expect(&mut self, tag: u8, what: &'static str) -> Result<&'a [u8], DecodeError> {
        // The tag first: most of what is tried is not a certificate, and lengths cost more.
        if self.rest.first() != Some(&tag) {
            return Err(DecodeError::Missing(what));
        }
        self.any().map(|element| element.body)
    }

    /// Steps over the next value if it has this tag.
    pub(super) fn skip(&mut self, tag: u8) -> Result<(), DecodeError> {
        if self.rest.first() == Some(&tag) {
            self.any()?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{DecodeError, DerReader, read_value};

    #[test]
    fn a_value_ends_where_its_length_says() {
        for (bytes, whole, body) in [
            (&[4, 2, 7, 8, 9][..], &[4, 2, 7, 8][..], &[7, 8][..]),
            (&[4, 0, 1], &[4, 0], &[]),
            (&[4, 0x81, 1, 7, 9], &[4, 0x81, 1, 7], &[7]),
            (&[4, 0x84, 0, 0, 0, 1, 7], &[4, 0x84, 0, 0, 0, 1, 7], &[7]),
        ] {
            let read = read_value(bytes).unwrap();
            assert_eq!((read.tag, read.whole, read.body), (4, whole, body));
        }
    }

    #[test]
    fn lengths_beyond_the_data_are_refused() {
        for bytes in [
            &[][..],
            &[4],
            &[4, 1],
            &[4, 0x81],
            &[4, 0x82, 1],
            &[4, 0x82, 0xff, 0xff, 1],
            &[4, 0x84, 0xff, 0xff, 0xff, 0xff, 1],
        ] {
            assert_eq!(read_value(bytes).unwrap_err(), DecodeError::Truncated);
        }
        for bytes in [
            &[4, 0x80, 0, 0][..],
            &[4, 0x85, 0, 0, 0, 0, 0],
            &[0x1f, 1, 1],
        ] {
            assert!(matches!(read_value(bytes), Err(DecodeError::Missing(_))));
        }
    }

    #[test]
    fn a_reader_steps_from_value_to_value() {
        let mut reader = DerReader::new(&[2, 1, 5, 4, 1, 6]);
        reader.skip(4).unwrap();
        assert_eq!(reader.expect(2, "number").unwrap(), [5]);
        assert_eq!(
            reader.expect(2, "number").unwrap_err(),
            DecodeError::Missing("number")
        );
        reader.skip(4).unwrap();
        assert!(reader.is_empty());
    }
}
