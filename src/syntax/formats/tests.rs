//! Tests of the table of formats: each row does what it says.

use std::collections::HashMap;

use super::super::code::{BeforeMark, Comments};
use super::super::recognise::{by_fence, format_by_name, format_of_file};
use super::*;

#[track_caller]
fn check_mark(format: &FileFormat, text: &str, expected: bool) {
    let at = text.find("HOST").expect("marked");
    let covers = Comments::new(text.as_bytes(), format.language).covers(at);
    assert_eq!(covers, expected, "{}: {text:?}", format.name);
}

#[test]
fn ids_and_rows_are_in_the_same_order() {
    for (place, format) in FORMATS.iter().enumerate() {
        assert_eq!(format.id as usize, place, "{}", format.name);
        assert_eq!(format.id.row().name, format.name);
    }
}

#[test]
fn a_word_means_one_format() {
    let columns: [fn(&FileFormat) -> Vec<&str>; 4] = [
        |format| vec![format.name],
        |format| format.names.to_vec(),
        |format| format.shebangs.to_vec(),
        |format| [format.extensions, format.fences].concat(),
    ];
    for column in columns {
        let mut known: HashMap<&str, &str> = HashMap::new();
        for format in FORMATS {
            for word in column(format) {
                let other = known.insert(word, format.name);
                assert_eq!(other, None, "{word} means {}, too", format.name);
            }
        }
    }
}

#[test]
fn a_file_has_the_format_that_its_row_says() {
    for format in FORMATS {
        let readable = format.reader.is_some();
        let expected = readable.then_some(format.id);
        let extensions = format.extensions.iter();
        let upper = extensions
            .clone()
            .map(|e| format!("A.{}", e.to_uppercase()));
        let paths = extensions.map(|extension| format!("b/a.{extension}"));
        let names = format.names.iter().map(|name| (*name).to_owned());
        for path in paths.chain(upper).chain(names) {
            assert_eq!(format_by_name(&path).id, format.id, "{path}");
            assert_eq!(format_of_file(&path, "").map(|f| f.id), expected, "{path}");
        }
        for program in format.shebangs {
            for line in [
                format!("#!/usr/bin/env {program}\n"),
                format!("#!/bin/{program}3.1 -x"),
            ] {
                let found = format_of_file("deploy", &line).map(|f| f.id);
                assert_eq!(found, expected, "{line}");
            }
        }
        for word in format.extensions.iter().chain(format.fences) {
            assert_eq!(by_fence(word).map(|f| f.id), expected, "{word}");
        }
    }
}

#[test]
fn comments_are_found_by_the_marks_of_the_row() {
    for format in FORMATS {
        let language = format.language;
        for mark in language.line {
            let (before, anything) = (language.before, BeforeMark::Anything);
            check_mark(format, &format!("1\n  {mark} HOST"), true);
            check_mark(format, &format!("1\n{mark}\nHOST"), false);
            check_mark(
                format,
                &format!("1 {mark} HOST"),
                before != BeforeMark::LineStart,
            );
            check_mark(format, &format!("){mark} HOST"), before == anything);
            for string in language.strings {
                let quote = string.mark;
                check_mark(format, &format!("{quote} {mark} HOST{quote}"), false);
            }
        }
        for block in language.blocks {
            let (open, close) = (block.open, block.close);
            check_mark(format, &format!("1 {open} a\n HOST {close}"), true);
            check_mark(format, &format!("1 {open} a {close} HOST"), false);
        }
    }
}

#[test]
fn the_reader_sees_the_same_line_comments() {
    for format in FORMATS.iter().filter(|format| format.reader.is_some()) {
        for mark in format.language.line {
            let text = format!("\n{mark} HOST\n");
            let at = text.find("HOST").expect("marked");
            assert!(format.read(&text).is_comment(at), "{}: {mark}", format.name);
        }
    }
}
