//! Runs of text, character references and entities.

use super::*;

#[test]
fn escaped_markup_in_channels_is_decoded_exactly() {
    let source = "<channel version=\"3\"><sourceConnector><properties><template>&lt;url&gt;https://a&#46;example&#x2E;org/?a=1&amp;b=2&lt;/url&gt;</template></properties></sourceConnector></channel>";
    let written = "&lt;url&gt;https://a&#46;example&#x2E;org/?a=1&amp;b=2&lt;/url&gt;";
    let text = "<url>https://a.example.org/?a=1&b=2</url>";
    assert_values(
        source,
        &[
            ("channel@version", "3", "3"),
            ("channel.sourceConnector.properties.template", text, written),
        ],
    );
    let tree = Xml.read(source);
    let mapped = tree.nodes().iter().find_map(|node| node.text.clone());
    let mapped = mapped.unwrap_or_default();
    let host = text.find("a.").expect("a host");
    let place = mapped.source(host..host + "a.example.org".len());
    assert_eq!(&source[place], "a&#46;example&#x2E;org");
    assert_fine(source);
}

#[test]
fn text_around_comments_and_sections_is_one_value() {
    assert_values(
        "<a> x<!-- c -->.example<![CDATA[.org/?a&amp;<b>]]>&amp;c </a>",
        &[(
            "a",
            "x.example.org/?a&amp;<b>&c",
            "x<!-- c -->.example<![CDATA[.org/?a&amp;<b>]]>&amp;c",
        )],
    );
    assert_plain("<a> <![CDATA[ x & y ]]> </a>", &[("a", "x & y")]);
    assert_plain("<a> <!-- c --> x <!-- d --></a>", &[("a", "x")]);
    assert_plain("<a>x<b>y</b>z</a>", &[("a", "x"), ("a.b", "y"), ("a", "z")]);
    assert_plain("<a>&#32; <![CDATA[]]></a>", &[]);
    let source = "<a>x<!-- c --><!--d--></a>";
    let tree = Xml.read(source);
    let comments: Vec<_> = tree.comments().iter().map(|c| &source[c.clone()]).collect();
    assert_eq!(comments, ["<!-- c -->", "<!--d-->"]);
}

#[test]
fn a_part_of_joined_text_has_its_own_bytes() {
    let source = "<a>m x<!-- c -->.org n</a>";
    let tree = Xml.read(source);
    let text = tree.node(2).text.clone().unwrap_or_default();
    assert_eq!(text.text(), "m x.org n");
    assert_eq!(&source[text.source(2..7)], "x<!-- c -->.org");
    assert_eq!(&source[text.source(3..7)], ".org");
}

#[test]
fn references_are_decoded() {
    assert_values(
        r#"<a u="x&#46;y&amp;&quot;&lt;&gt;&apos;&#x2e;">&#128512;&#x1F600;</a>"#,
        &[
            (
                "a@u",
                "x.y&\"<>'.",
                "x&#46;y&amp;&quot;&lt;&gt;&apos;&#x2e;",
            ),
            ("a", "😀😀", "&#128512;&#x1F600;"),
        ],
    );
}

#[test]
fn other_ampersands_keep_their_characters() {
    let source = "<a u='?a=1&b=2&c;'>x & y &nosuch; &#xD800; &#0; &; && &a b; &period;</a>";
    assert_plain(
        source,
        &[
            ("a@u", "?a=1&b=2&c;"),
            ("a", "x & y &nosuch; &#xD800; &#0; &; && &a b; &period;"),
        ],
    );
    assert_fine(source);
}

#[test]
fn entities_of_the_document_are_values_and_references_to_them_are_reported() {
    let head = r#"<!DOCTYPE a SYSTEM "https://s.example.org/dtd" [
  <!-- none -->
  <!ENTITY host "a&#46;example.org">
  <!ENTITY far SYSTEM "https://b.example.org/x">
  <!ENTITY % par "p">
  <!ELEMENT a (#PCDATA)>
  <!ATTLIST a u CDATA "d>">
  <!ENTITY end ']>'>
]>"#;
    let declared = [
        (
            "DOCTYPE.SYSTEM",
            "https://s.example.org/dtd",
            "https://s.example.org/dtd",
        ),
        ("DOCTYPE.host", "a.example.org", "a&#46;example.org"),
        (
            "DOCTYPE.far",
            "https://b.example.org/x",
            "https://b.example.org/x",
        ),
        ("DOCTYPE.par", "p", "p"),
        ("DOCTYPE.a", "d>", "d>"),
        ("DOCTYPE.end", "]>", "]>"),
    ];
    let source = format!("{head}<a>&#120; &par; &none;</a>");
    let text = ("a", "x &par; &none;", "&#120; &par; &none;");
    assert_values(&source, &[&declared[..], &[text]].concat());
    assert_fine(&source);
    let tree = Xml.read(&source);
    let comments: Vec<_> = tree.comments().iter().map(|c| &source[c.clone()]).collect();
    assert_eq!(comments, ["<!-- none -->"]);

    // A value before the name of its entity has no key.
    check("<!DOCTYPE a [<!ENTITY 'b' c>]><a/>");

    for (body, path, text) in [
        ("<a u='&host;/b'/>", "a@u", "&host;/b"),
        ("<a>&far;</a>", "a", "&far;"),
    ] {
        let source = format!("{head}{body}");
        assert_values(&source, &[&declared[..], &[(path, text, text)]].concat());
        let problem = Xml.read(&source).problem().cloned().expect("a problem");
        assert_eq!(problem.at, source.rfind('&').expect("a reference"));
        assert_eq!(
            problem.message,
            "entities of the document were left as written"
        );
    }
}
