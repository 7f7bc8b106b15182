//! HTML and broken markup.

use super::*;

#[test]
fn html_needs_no_end_tags() {
    let source =
        "<!doctype html><html><head><meta charset=utf-8><link href='https://a.example.org/s'>
<SCRIPT>if (a < b && c) { x = '<b>'; }</script></head><body><p>one<br>two<p>three &period; 1 < 2
<ul><li>x<li><a href=y>z</a></ul><input disabled value=\"v\"><img src=i></BODY></html>";
    assert_values(
        source,
        &[
            ("html.head.meta@charset", "utf-8", "utf-8"),
            (
                "html.head.link@href",
                "https://a.example.org/s",
                "https://a.example.org/s",
            ),
            (
                "html.head.SCRIPT",
                "if (a < b && c) { x = '<b>'; }",
                "if (a < b && c) { x = '<b>'; }",
            ),
            ("html.body.p[0]", "one", "one"),
            ("html.body.p[0]", "two", "two"),
            ("html.body.p[1]", "three . 1 < 2", "three &period; 1 < 2"),
            ("html.body.p[1].ul.li[0]", "x", "x"),
            ("html.body.p[1].ul.li[1].a@href", "y", "y"),
            ("html.body.p[1].ul.li[1].a", "z", "z"),
            ("html.body.p[1].input@value", "v", "v"),
            ("html.body.p[1].img@src", "i", "i"),
        ],
    );
    assert_fine(source);
}

#[test]
fn later_elements_keep_their_path_after_a_fault() {
    // Source, and the path of the value `z` in it.
    let table = [
        ("<a><b><c>1</b><d>z</d></a>", "a.d"),
        ("<a><b></c></b><d>z</d></a>", "a.d"),
        ("<a></x></y><d>z</d></a>", "a.d"),
        ("<a><d>z", "a.d"),
        ("<a><d u='z", "a.d@u"),
        ("<a><d u=\"z\"", "a.d@u"),
        ("<a><b u=\"1>\n<d u=\"z\"/></a>", "a.b.d@u"),
        ("<a><b u=\"1/>\n<d u=\"z\"/></a>", "a.d@u"),
        ("<a><b u='1/><d u=\"z\"/></a>", "a.d@u"),
        ("<a><b <d u=\"z\"/></a>", "a.b.d@u"),
        ("<a><b \"q\" =1 u=\"z\"/></a>", "a.b@u"),
        ("<a>1 < 2<d>z</d></a>", "a.d"),
        ("<a>1 <2> <d>z</d></a>", "a.d"),
        ("<a><!-- b <d>z</d></a>", "a.d"),
        ("<a><![CDATA[ b <d>z</d></a>", "a.d"),
        ("<a><![if x]><d>z</d><![endif]></a>", "a.d"),
        ("<a><!x><d>z</d></a>", "a.d"),
        ("<a><? x\n<d>z</d></a>", "a.d"),
        ("<!DOCTYPE><a><d>z</d></a>", "a.d"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>\n<a><d>z</d></a>", "a.d"),
        ("<a></b <d>z</d></a>", "a.d"),
        ("<img><a><d>z</d></a>", "img.a.d"),
        ("<a><b></b\"><d>z</d></a>", "a.d"),
        ("<a></><d>z</d></a>", "a.d"),
    ];
    for (source, path) in table {
        check(source);
        assert_broken(source);
        let found = values(source);
        let value = found.iter().find(|(_, text, _)| text == "z");
        let found_path = value.map_or("none", |(path, ..)| path.as_str());
        assert_eq!(found_path, path, "{source}\n{found:?}");
    }
}

#[test]
fn marks_in_attribute_values_are_tolerated() {
    let source = "<a u=\"1 < 2 > 3\" v='<b>\n</b>' w=\"it's\"/>";
    assert_plain(
        source,
        &[("a@u", "1 < 2 > 3"), ("a@v", "<b>\n</b>"), ("a@w", "it's")],
    );
    assert_fine(source);
}

#[test]
fn text_before_the_first_tag_is_left_out() {
    let source = "MIME-Version: 1.0\nFrom: A <a@example.org>, <https://b.example.org>\nX: 1 < 2\n\n<?xml version='1.0'?>\n<a>x</a>\n--end--";
    assert_plain(source, &[("a", "x"), ("", "--end--")]);
    assert_fine(source);
    assert_broken("");
    assert_broken("no tag < here");
}

#[test]
fn long_texts_take_linear_time() {
    let units = [
        "<a>",
        "</a>",
        "<",
        "<a ",
        "<a \"",
        "<a '\"",
        "<!--",
        "<![CDATA[",
        "<!DOCTYPE [",
        "<?",
        "<?x\n",
        "&",
        "&amp;",
        "&a",
        "<a u=\"",
        "<a b='x>\n",
        "]]>",
        "<!",
        "</",
        "<script>",
        "<p>",
        "</p>",
        "a<b>",
        "<!-- -->x",
        "<key>",
        "<dict><key>a",
        "<a u=\"x>\n<b>\"",
        "\u{feff}",
        " <a b c='d'>",
    ];
    for unit in units {
        for begin in ["", "<html>", "<dict>", "<a><b>", "<!DOCTYPE a [", "<a u=\""] {
            let source = format!("{begin}{}", unit.repeat(20_000));
            let clock = std::time::Instant::now();
            let _ = Xml.read(&source);
            assert!(clock.elapsed().as_secs() < 60, "{begin:?} {unit:?}");
        }
    }
}
