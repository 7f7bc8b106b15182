//! Tests of the reader of registry exports.

use super::*;
use crate::syntax::testing::{assert_plain, assert_values, comments, linear_time, values};

const HEAD: &str = "Windows Registry Editor Version 5.00\r\n\r\n";

fn export(text: &str) -> String {
    format!("\u{feff}{HEAD}{text}")
}

#[test]
fn values_stand_under_their_key() {
    assert_plain(
        &Registry,
        &export(
            "[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]\r\n\"Url\"=\"https://a.example.org\"\r\n\
                 @=\"b\"\r\n\"N\"=dword:0000000a ; c\r\n\"D\"=-\r\n\"E\"=\"\"\r\n\
                 [-HKEY_LOCAL_MACHINE\\[Y]]\r\n\"b\" = hex:01,\\\r\n  02\r\n",
        ),
        &[
            (
                "\"HKEY_LOCAL_MACHINE\\SOFTWARE\\X\".Url",
                "https://a.example.org",
            ),
            ("\"HKEY_LOCAL_MACHINE\\SOFTWARE\\X\".\"@\"", "b"),
            ("\"HKEY_LOCAL_MACHINE\\SOFTWARE\\X\".N", "dword:0000000a"),
            ("\"HKEY_LOCAL_MACHINE\\SOFTWARE\\X\".D", "-"),
            ("\"HKEY_LOCAL_MACHINE\\SOFTWARE\\X\".E", ""),
            ("\"HKEY_LOCAL_MACHINE\\[Y]\".b", "hex:01,\\\r\n  02"),
        ],
    );
}

#[test]
fn escapes_are_decoded() {
    assert_values(
        &Registry,
        "[A]\n\"N\\\"1\"=\"C:\\\\a \\\"b\\\" \\c\"",
        &[("A.\"N\\\"1\"", "C:\\a \"b\" \\c", "C:\\\\a \\\"b\\\" \\c")],
    );
}

#[test]
fn binary_texts_are_decoded_with_their_places() {
    let source = "[A]\n\"P\"=hex(2):61,00,2E,\\\n  00,3d,d8,00,de,00,00\n\"Q\"=hex(7):61,00,00,00,62,00,00,00,00,00";
    assert_values(
        &Registry,
        source,
        &[
            ("A.P", "a.😀", "61,00,2E,\\\n  00,3d,d8,00,de,00,00"),
            ("A.Q", "a\nb", "61,00,00,00,62,00,00,00,00,00"),
        ],
    );
    let tree = Registry.read(source);
    let text = tree.node(2).text.clone().expect("decoded");
    assert_eq!(&source[text.source(1..2)], "2E,\\\n  00");
    assert_eq!(&source[text.source(2..6)], "3d,d8,00,de");
}

#[test]
fn old_exports_write_single_bytes() {
    let source = "REGEDIT4\n[A]\n\"P\"=hex(2):61,2e,62,00";
    assert_values(&Registry, source, &[("A.P", "a.b", "61,2e,62,00")]);
}

#[test]
fn a_text_may_have_lines() {
    let source = "[A]\n\"P\"=\"a\nb\"\n\"Q\"=\"c\"";
    assert_plain(&Registry, source, &[("A.P", "a\nb"), ("A.Q", "c")]);
}

#[test]
fn comments_are_found() {
    let source = "; a\n[A]\n  ;b\n\"P\"=\"x;y\" ; c";
    assert_eq!(comments(&Registry, source), ["; a", ";b", "; c"]);
}

#[test]
fn broken_lines_are_said_and_the_next_are_read() {
    for source in [
        "\"P\"=\"x\n\"Q\"=\"y\"",
        "\"P\n\"Q\"=\"y\"",
        "\"P\"\n\"Q\"=\"y\"",
        "[A\n\"Q\"=\"y\"",
        "\"P\"=hex(2):6g,00\n\"Q\"=\"y\"",
        "\"P\"=\"x\"z\n\"Q\"=\"y\"",
        "x\n\"Q\"=\"y\"",
    ] {
        assert!(Registry.read(source).problem().is_some(), "{source}");
        let found = values(&Registry, source);
        let last = found.last().map(|v| (v.0.as_str(), v.1.as_str()));
        assert_eq!(last, Some(("Q", "y")), "{source}");
    }
}

#[test]
fn long_texts_take_linear_time() {
    linear_time(
        &Registry,
        &[
            "[a]\n",
            "\"a\"=\"b\n",
            "\"\n",
            "\"\\",
            "@=hex(2):61,\\\n",
            "61,00,",
            "@=hex:\\\n",
            "\\\n",
        ],
    );
}
