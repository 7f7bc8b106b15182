//! Tests of reading one certificate.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::{Certificate, DecodeError, decode, hex, serial};

const CA: &[u8] = include_bytes!("../../tests/data/certificates/ca.der");
const RSA: &[u8] = include_bytes!("../../tests/data/certificates/rsa.der");
const EC: &[u8] = include_bytes!("../../tests/data/certificates/ec.der");
const V1: &[u8] = include_bytes!("../../tests/data/certificates/v1.der");
const BMP: &[u8] = include_bytes!("../../tests/data/certificates/bmp.der");
const T61: &[u8] = include_bytes!("../../tests/data/certificates/t61.der");
const FAR: &[u8] = include_bytes!("../../tests/data/certificates/far.der");
const ALL: [&[u8]; 7] = [CA, RSA, EC, V1, BMP, T61, FAR];

#[test]
fn certificates_are_read() {
    let host = "CN=host.dev.example.org,OU=Devices,O=example";
    let authority = "CN=EXAMPLE DEV Level 1C,OU=CA,O=example";
    let ec = "emailAddress=ops@example.org,serialNumber=42+CN=host.dev.example.org,\
                  O=Größe\\, Söhne \\+ Co.,DC=example,DC=org,C=GB";
    for (der, subject, common_name, not_after) in [
        (CA, authority, "EXAMPLE DEV Level 1C", (2034, 1, 12)),
        (RSA, host, "host.dev.example.org", (2034, 1, 12)),
        (EC, ec, "host.dev.example.org", (2034, 1, 12)),
        (
            V1,
            "CN=old.dev.example.org,OU=Devices,O=example",
            "old.dev.example.org",
            (2034, 1, 12),
        ),
        (
            BMP,
            "CN=bmp.dev.example.org,O=Größe",
            "bmp.dev.example.org",
            (2034, 1, 12),
        ),
        (
            T61,
            "CN=t61.dev.example.org,O=Größe",
            "t61.dev.example.org",
            (2034, 1, 12),
        ),
        (
            FAR,
            "CN=far.dev.example.org,O=example",
            "far.dev.example.org",
            (2055, 1, 1),
        ),
    ] {
        let read = decode(der).unwrap();
        assert_eq!(read.subject.to_string(), subject);
        assert_eq!(read.subject.common_name(), Some(common_name));
        assert_eq!(read.issuer.to_string(), authority);
        assert_eq!(read.not_before, (2024, 1, 15));
        assert_eq!(read.not_after, not_after);
    }
}

#[test]
fn fingerprint_and_serial_number_are_those_other_tools_show() {
    let read = decode(RSA).unwrap();
    assert_eq!(hex(&read.sha1), "fa4907ca9152248630729c9c89f52604ebc47e10");
    assert_eq!(
        hex(&read.sha256),
        "b0dcc8acaeef374132fc5129bd9d49c41b26bbd65227fb14f85ea0f09977a1b5"
    );
    assert_eq!(read.serial, "469faf9bf5308d116eae79e0c0943dc2be63d84c");
}

#[test]
fn serial_numbers_lose_only_padding() {
    for (bytes, expected) in [
        (&[0, 0xa1, 2][..], "a102"),
        (&[0xff, 1], "ff01"),
        (&[0, 0, 0], "00"),
        (&[0x0a], "0a"),
        (&[], ""),
    ] {
        assert_eq!(serial(bytes), expected);
    }
}

#[test]
fn what_follows_a_certificate_is_not_read() {
    let longer = [RSA, b"more"].concat();
    assert_eq!(decode(&longer), decode(RSA));
}

/// A value, its length as short as it can be.
fn value(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let length = u16::try_from(body.len()).unwrap();
    let [high, low] = length.to_be_bytes();
    let header = match length {
        0..0x80 => vec![tag, low],
        0x80..0x100 => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    [header, body].concat()
}

/// A certificate with these values, as some encoder may have written them.
fn written(serial: &[u8], times: [(u8, &str); 2], name: &[u8], extensions: &[u8]) -> Vec<u8> {
    let times = times.map(|(tag, text)| value(tag, &[text.as_bytes()]));
    let algorithm = value(0x30, &[&value(6, &[&[0x2a, 3]])]);
    let content = value(
        0x30,
        &[
            &value(0xa0, &[&value(2, &[&[2]])]),
            &value(2, &[serial]),
            &algorithm,
            name,
            &value(0x30, &[&times[0], &times[1]]),
            name,
            &value(0x30, &[&algorithm, &value(3, &[&[0, 1]])]),
            extensions,
        ],
    );
    value(0x30, &[&content, &algorithm, &value(3, &[&[0, 1, 2]])])
}

fn common_name(tag: u8, text: &[u8]) -> Vec<u8> {
    let attribute = value(0x30, &[&value(6, &[&[0x55, 4, 3]]), &value(tag, &[text])]);
    value(0x30, &[&value(0x31, &[&attribute])])
}

const GOOD: [(u8, &str); 2] = [(0x17, "240115000000Z"), (0x17, "340112235959Z")];

#[test]
fn certificates_against_the_standard_are_read() {
    let name = common_name(0x13, b"EXAMPLE DEV Level 1C");
    let long_serial = [0x7f; 30];
    let short = [(0x17, "2401150000Z"), (0x17, "340112235959+0000")];
    let fraction = [(0x18, "20240115000000.5Z"), (0x18, "20340112235959Z")];
    for (der, serial) in [
        (written(&[5], GOOD, &name, &[]), "05".to_owned()),
        (written(&long_serial, GOOD, &name, &[]), hex(&long_serial)),
        (written(&[5], short, &name, &[]), "05".to_owned()),
        (written(&[5], fraction, &name, &[]), "05".to_owned()),
        (written(&[], GOOD, &name, &[]), String::new()),
        // Extensions of another type, and in a wrong wrapper.
        (
            written(&[5], GOOD, &name, &[0xa3, 3, 4, 1, 9]),
            "05".to_owned(),
        ),
        (written(&[5], GOOD, &name, &[4, 1, 9]), "05".to_owned()),
    ] {
        let read = decode(&der).unwrap();
        assert_eq!(read.issuer.to_string(), "CN=EXAMPLE DEV Level 1C");
        assert_eq!(read.subject, read.issuer);
        assert_eq!(read.not_before, (2024, 1, 15));
        assert_eq!(read.not_after, (2034, 1, 12));
        assert_eq!(read.serial, serial);
    }
    let negative = decode(&written(&[0xff, 1], GOOD, &name, &[])).unwrap();
    assert_eq!(negative.serial, "ff01");
    // The tag says ASCII, the bytes do not.
    let name = common_name(0x13, b"Gr\xf6\xdfe");
    let read = decode(&written(&[5], GOOD, &name, &[])).unwrap();
    assert_eq!(read.issuer.common_name(), Some("Größe"));
    // No name at all.
    let read = decode(&written(&[5], GOOD, &[0x30, 0], &[])).unwrap();
    assert_eq!(read.issuer.to_string(), "");
}

#[test]
fn other_data_is_refused() {
    let name = common_name(0x13, b"a");
    let never = [(0x17, "241315000000Z"), (0x17, "340112235959Z")];
    for (data, expected) in [
        (vec![], DecodeError::Truncated),
        (RSA[..RSA.len() - 1].to_vec(), DecodeError::Truncated),
        (vec![0x31, 0], DecodeError::Missing("certificate")),
        (vec![0x30, 0], DecodeError::Missing("certificate content")),
        (written(&[5], never, &name, &[]), DecodeError::Validity),
        (
            written(&[5], GOOD, &[0x30, 2, 4, 0], &[]),
            DecodeError::Missing("name"),
        ),
    ] {
        assert_eq!(decode(&data), Err(expected), "{}", hex(&data));
    }
}

#[test]
fn every_truncation_is_refused() {
    for der in ALL {
        for end in 0..der.len() {
            assert!(decode(&der[..end]).is_err());
        }
    }
}

fn check(data: &[u8]) -> Result<(), TestCaseError> {
    let read: Result<Certificate, _> = decode(data);
    if let Ok(read) = read {
        // Must be printable whatever it holds.
        let text = format!("{} {}", read.subject, read.issuer);
        prop_assert!(!text.contains(char::is_control));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn random_bytes_are_survived(data in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&data)?;
        check(&value(0x30, &[&data]))?;
    }

    #[test]
    fn changed_certificates_are_survived(
        which in 0..ALL.len(),
        // Most of what matters is at the front.
        changes in prop::collection::vec((0..400_usize, any::<u8>()), 1..4),
    ) {
        let mut data = ALL[which].to_vec();
        for (at, byte) in changes {
            data[at] = byte;
        }
        check(&data)?;
    }
}
