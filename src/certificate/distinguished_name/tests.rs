//! Tests of reading and writing names.

#![allow(clippy::unwrap_used)]

use super::super::DecodeError;
use super::super::der::read_value;
use super::{DistinguishedName, check, dotted};

const CN: &[u8] = &[0x55, 4, 3];
const O: &[u8] = &[0x55, 4, 10];
const UTF8: u8 = 0x0c;

fn push(name: &mut DistinguishedName, kind: &[u8], tag: u8, body: &[u8], joined: bool) {
    let length = u8::try_from(body.len()).unwrap();
    let whole = [&[tag, length], body].concat();
    name.push(kind, read_value(&whole).unwrap(), joined);
}

fn value(tag: u8, body: &[u8]) -> String {
    let mut name = DistinguishedName::default();
    push(&mut name, CN, tag, body, false);
    name.common_name().unwrap().to_owned()
}

#[test]
fn every_kind_of_string_is_read() {
    for (tag, body, expected) in [
        (UTF8, "Größe".as_bytes(), "Größe"),
        (UTF8, b"Gr\xf6\xdfe", "Größe"),
        (0x13, b"host.example.org", "host.example.org"),
        (0x13, "Größe".as_bytes(), "Größe"),
        (0x16, b"host@example.org", "host@example.org"),
        (0x14, b"Gr\xf6\xdfe", "Größe"),
        (0x1e, b"\0G\0r\0\xf6\0\xdf\0e", "Größe"),
        (0x1e, b"\xd8\x3d\xde\x00", "😀"),
        (0x1c, b"\0\0\0G\0\x01\xf6\0", "G😀"),
        // Half a character, half a pair: bytes, not text.
        (0x1e, b"\0G\0", "#1e03004700"),
        (0x1e, b"\xd8\x3d", "#1e02d83d"),
        (0x1c, b"\0\0G", "#1c03000047"),
        (0x03, b"\0\xff", "#030200ff"),
    ] {
        assert_eq!(value(tag, body), expected, "{tag:#x} {body:?}");
    }
}

#[test]
fn names_are_written_last_level_first() {
    let mut name = DistinguishedName::default();
    push(&mut name, O, UTF8, b"example", false);
    push(&mut name, CN, UTF8, b"a", false);
    push(&mut name, &[0x55, 4, 5], UTF8, b"42", true);
    push(&mut name, CN, UTF8, b"b", false);
    assert_eq!(name.to_string(), "CN=b,CN=a+serialNumber=42,O=example");
    assert_eq!(name.common_name(), Some("b"));
    assert_eq!(
        name.values().collect::<Vec<_>>(),
        ["example", "a", "42", "b"]
    );
    assert_eq!(name.attributes()[0].kind, "O");
    assert_eq!(DistinguishedName::default().to_string(), "");
    assert_eq!(DistinguishedName::default().common_name(), None);
}

#[test]
fn what_would_be_read_otherwise_is_escaped() {
    for (text, expected) in [
        ("a,b+c", r"CN=a\,b\+c"),
        (r#"a"b\c<d>;"#, r#"CN=a\"b\\c\<d\>\;"#),
        (" a b ", r"CN=\ a b\ "),
        ("#a#", r"CN=\#a#"),
        (" ", r"CN=\ "),
        ("a\u{1b}[2J\n\u{85}", r"CN=a\1b[2J\0a\c2\85"),
        ("", "CN="),
    ] {
        let mut name = DistinguishedName::default();
        push(&mut name, CN, UTF8, text.as_bytes(), false);
        assert_eq!(name.to_string(), expected);
    }
    let mut name = DistinguishedName::default();
    push(&mut name, CN, 0x03, &[0, 0xff], false);
    assert_eq!(name.to_string(), "CN=#030200ff");
}

#[test]
fn types_without_a_name_are_numbers() {
    for (bytes, expected) in [
        (&[0x55, 4, 3][..], "2.5.4.3"),
        (
            &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1],
            "1.2.840.113549.1.9.1",
        ),
        (&[0x88, 0x37, 3], "2.999.3"),
        (&[0x09, 0x92, 0x26], "0.9.2342"),
        (&[], ""),
    ] {
        assert_eq!(dotted(bytes), expected);
    }
    assert_eq!(dotted(&[0xff; 12]), format!("oid-{}", "ff".repeat(12)));
}

#[test]
fn names_of_endless_attributes_are_refused() {
    let attribute = [0x31, 9, 0x30, 7, 6, 3, 0x55, 4, 3, 12, 0];
    assert_eq!(check(&attribute.repeat(32)), Ok(()));
    assert_eq!(check(&attribute.repeat(33)), Err(DecodeError::LongName));
    assert_eq!(check(&[0x31, 0].repeat(33)), Err(DecodeError::LongName));
    assert_eq!(
        DistinguishedName::read(&attribute.repeat(3))
            .attributes()
            .len(),
        3
    );
}
