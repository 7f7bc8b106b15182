//! The short cuts change nothing: statements that are left out, and steps over bytes that begin nothing.

use super::*;

/// The tree of a text without the short cuts.
fn slowly(language: &'static Language, source: &str) -> Tree {
    structure::tree(source, language, lexer::tokens_slowly(source, language))
}

#[track_caller]
fn check_short_cuts(language: &'static Language, source: &str) {
    let quick = language.read(source);
    let slow = slowly(language, source);
    assert_eq!(format!("{quick:#?}"), format!("{slow:#?}"), "{source:?}");
}

#[test]
fn statements_that_are_left_out_change_nothing() {
    // A sign of its own on a line still joins the strings around it.
    let haskell = language("hs");
    check_short_cuts(haskell, "a = \"b\"\n++\n\"c\"\n");
    for language in any_text::languages() {
        for (at, _) in any_text::CODE.char_indices() {
            check_short_cuts(language, &any_text::CODE[..at]);
            check_short_cuts(language, &any_text::CODE[at..]);
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(1500))]
    #[test]
    fn statements_that_are_left_out_change_nothing_in_any_text(
        source in any_text::texts("a|b|a = b;|a.b(c)\n|c();|\n|\n|d: e\n|if (f) { g; }\n|for (;;) {|}|}|;|{|(|)|[|]|,|=|+|++|:|to |=>|<|>|.|case |default|'h'|\"i\"|\"i\"\n|j = \"k\"\n|f(\"l\");|m {\n|\"\"\"n\"\"\"|Map|of|-Uri|1|//o\n|#p\n|/*q*/|<<EOT\nr\nEOT\n|/|select |where |as |in |rem s\n|t?|ä|r\"|b'|u|$|@|\\|_|%w[v]|`", 50)
    ) {
        for language in any_text::languages() {
            check_short_cuts(language, &source);
        }
    }
}

#[test]
fn most_of_a_source_text_is_left_out() {
    let source = "class A {\n  void f() {\n    a = b;\n    if (c) { d(e, f); }\n    g();\n    h(\"i\");\n    j();\n    k = l;\n  }\n}\n";
    let language = language("java");
    let mut tokens = lexer::tokens(source, language);
    inert::leave_out(source, language, &mut tokens);
    let said: Vec<&str> = tokens.list.iter().map(|t| &source[t.range()]).collect();
    assert_eq!(
        said.join(" "),
        "class A { void f ( ) {  ; h ( \"i\" ) ;  ; } }"
    );
}
