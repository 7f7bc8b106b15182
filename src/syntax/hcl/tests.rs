//! Tests of the HCL reader.

use super::*;
use crate::syntax::testing;

fn values(source: &str) -> Vec<String> {
    testing::written(&Hcl.read(source), source)
}

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    assert_eq!(values(source), expected, "{source}");
    assert_eq!(Hcl.read(source).problem(), None, "{source}");
}

#[test]
fn blocks_have_a_group_for_each_label() {
    let source = "resource \"aws_x\" \"main\" {\n  url = \"a\"\n  tags { b = \"c\" }\n}\nterraform {\n  d = \"e\"\n}\nlocals {}\n";
    check(
        source,
        &[
            "resource.aws_x.main.url=a",
            "resource.aws_x.main.tags.b=c",
            "terraform.d=e",
        ],
    );
    let tree = Hcl.read(source);
    let group = |n: usize| &source[tree.node(n).span.clone()];
    assert!(group(1).starts_with(" \"aws_x\"") && group(1).ends_with("}\n}"));
    assert!(group(2).starts_with(" \"main\""));
    assert!(group(3).starts_with("{\n  url"));
    assert_eq!(tree.node(2).key, Some(10..15));
    assert_eq!(tree.members(0).count(), 3);
}

#[test]
fn values_of_all_kinds() {
    check(
        "a = \"b\"\nc = 8080 # d\ne = var.f[0].g // h\ni = [\"j\", 1, [\"k\"],\n  { l = \"m\" },\n]\nn = { o = \"p\", \"q\" : \"r\"\n  (s.t) = \"u\"\n v = true }\nw = \"\"\n",
        &[
            "a=b",
            "c=8080",
            "e=var.f[0].g",
            "i[0]=j",
            "i[1]=1",
            "i[2][0]=k",
            "i[3].l=m",
            "n.o=p",
            "n.q=r",
            "n.\"s.t\"=u",
            "n.v=true",
            "w=",
        ],
    );
    check(
        "a = lookup(var.x, \"b\", \"https://c\")\nd = e == \"f\" ? \"g\" : (h ? \"i\" : j[\"k\"])\nl = merge({ m = \"n\" }, o)\n",
        &[
            "a[1]=b",
            "a[2]=https://c",
            "d[0]=f",
            "d[1]=g",
            "d[2]=i",
            "d[3]=k",
            "l[0].m=n",
        ],
    );
    check(
        "a = { for k, v in b : k => \"c${v}\" }\nd = [for x in y : \"e\"]\n",
        &["a.k=c${v}", "d[0]=e"],
    );
}

#[test]
fn strings_hold_escapes_and_expressions_with_strings() {
    check(
        "a = \"b\\u002ec\\\"d\"\ne = \"${ f(\"}\", \"${g[\"h\"]}\") }.i\"\nj = \"$${k}\\n\"\nl = \"%{ if m }n%{ endif }\"\no = \"${p(\"\\n\")}\\t\"\n",
        &[
            "a=b.c\"d<b\\u002ec\\\"d>",
            "e=${ f(\"}\", \"${g[\"h\"]}\") }.i",
            "j=${k}\n<$${k}\\n>",
            "l=%{ if m }n%{ endif }",
            "o=${p(\"\\n\")}\t<${p(\"\\n\")}\\t>",
        ],
    );
    let tree = Hcl.read("a = \"\\u002eb\"");
    let mapped = tree.node(1).text.clone().expect("a decoded value");
    assert_eq!(mapped.source(0..1), 5..11);
}

#[test]
fn here_documents() {
    check(
        "a = <<EOT\n  b \"c\n  ${d}\nEOT\ne = <<-X\r\n  f\r\n  X\r\ng = [<<Y\nh\nY\n, \"i\"]\nj = <<Z\nZ\n",
        &["a=  b \"c\n  ${d}", "e=  f", "g[0]=h", "g[1]=i", "j="],
    );
}

#[test]
fn comments() {
    let source = "# a\r\nb = \"#c\" // d\n/* e\n */ f = 1 /* g */\n";
    let tree = Hcl.read(source);
    let comments: Vec<&str> = tree.comments().iter().map(|c| &source[c.clone()]).collect();
    assert_eq!(comments, ["# a", "// d", "/* e\n */", "/* g */"]);
    check(source, &["b=#c", "f=1"]);
}

#[test]
fn a_broken_line_does_not_hide_the_rest() {
    for (source, expected) in [
        ("a = \"b\nc = \"d\"\n", vec!["a=b", "c=d"]),
        ("a = \"${b\nc = \"d\"\n", vec!["a=${b", "c=d"]),
        ("a { b = [ \"c\" }\nd = \"e\"\n", vec!["a.b[0]=c", "d=e"]),
        ("] a = \"b\"\n", vec!["a=b"]),
        ("a = <<EOT\nb\n", vec!["a=b"]),
        ("a \"b\" {\n c = \"d\"", vec!["a.b.c=d"]),
        ("a = 1 /* b", vec!["a=1"]),
    ] {
        assert_eq!(values(source), expected, "{source}");
        assert!(Hcl.read(source).problem().is_some(), "{source}");
    }
}

#[test]
fn long_texts_take_linear_time() {
    testing::linear_time(
        &Hcl,
        &[
            "(",
            "a=[",
            "a{",
            "\"",
            "\"${",
            "a=\"${\n",
            "a=<<E\n",
            "/*",
            "a \"b\" ",
            "a=\"\\",
            "a=\"${\"",
            "[]]",
            "a=f(\"x\",",
        ],
    );
}
