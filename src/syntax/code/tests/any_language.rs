//! What is the same in all languages.

use super::*;

#[test]
fn comments_nest_where_the_language_nests_and_strings_hold_none() {
    let source = "/* a /* b */ c */ x = \"// d\"; // e\n";
    assert_eq!(comments("kt", source), ["/* a /* b */ c */", "// e"]);
    assert_eq!(comments("java", source), ["/* a /* b */", "// e"]);
    assert_eq!(comments("js", "a = 'b//c' // d\r\n"), ["// d"]);
}

#[test]
fn strings_that_name_nothing_that_is_recorded_are_values() {
    check(
        "py",
        "x = {'a.example.org': 80, 'b': f(c), 'd': [], 'e'}\n",
        &["x.\"a.example.org\"=80", "x.b=f(c)", "x.d=[]", "x[3]=e"],
    );
    check("js", "m.set('a.example.org', b)", &["set[0]=a.example.org"]);
}

#[test]
fn broken_text_gives_what_is_understood() {
    for (extension, source, expected) in [
        (
            "js",
            "a = { b: 'c', d: [ 'e' }\nf = 'g'\n",
            vec!["a.b=c", "a.d[0]=e", "f=g"],
        ),
        ("js", ") a = 'b'", vec!["a=b"]),
        ("java", "a = \"b\nc = \"d\";", vec!["c=d"]),
        ("js", "a = `b\nc = 'd'", vec!["c=d"]),
        ("java", "a = \"b\"; /* c", vec!["a=b"]),
        ("rb", "a = <<~EOT\nb = 'c'\n", vec!["b=c"]),
    ] {
        assert_eq!(values(extension, source), expected, "{source}");
        assert!(read(extension, source).problem().is_some(), "{source}");
    }
}

#[track_caller]
fn check_spans(language: &'static Language, source: &str) {
    testing::check(&language.read(source), source);
}

#[test]
fn long_hostile_texts_take_linear_time() {
    for part in [
        "(", "[{", "\"", "'", "\\'", "`${", "r#\"", "<<A\n", "/ ", "x<", "/*", "{-", "a.",
        "f(\"a\",", "\"a\"+", "R\"x(", "--[[", "%w[", "qw(", "(\"a\"", "x='a", "$(\"", "a?:\n",
    ] {
        let source = part.repeat(20_000 / part.len());
        for language in any_text::languages() {
            let begin = std::time::Instant::now();
            check_spans(language, &source);
            let taken = begin.elapsed();
            assert!(taken.as_secs() < 60, "{part}: {taken:?}");
        }
    }
}

#[test]
fn a_heredoc_used_as_a_key_has_no_bytes_before_its_value() {
    let source = "put(<<<EOT=>y\nk\nEOT\n);";
    let tree = language("php").read(source);
    crate::syntax::testing::check(&tree, source);
    assert!(
        tree.nodes()
            .iter()
            .any(|node| &source[node.span.clone()] == "y")
    );
}
