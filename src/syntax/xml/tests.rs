//! Tests of the XML reader.

use super::super::tree::Step;
use super::*;
use crate::syntax::testing;

/// Key path, text and written text of each value.
fn values(source: &str) -> Vec<(String, String, String)> {
    testing::values(&Xml, source)
}

/// Asserts values: key path, text, written text.
#[track_caller]
fn assert_values(source: &str, expected: &[(&str, &str, &str)]) {
    let found = values(source);
    let found: Vec<_> = found
        .iter()
        .map(|(path, text, written)| (path.as_str(), text.as_str(), written.as_str()))
        .collect();
    assert_eq!(found, expected, "{source}");
    check(source);
}

/// Asserts values that are written as they read.
#[track_caller]
fn assert_plain(source: &str, expected: &[(&str, &str)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(path, text)| (*path, *text, *text))
        .collect();
    assert_values(source, &expected);
    let tree = Xml.read(source);
    assert!(tree.nodes().iter().all(|n| n.text.is_none()), "{source}");
}

#[track_caller]
fn assert_fine(source: &str) {
    assert_eq!(Xml.read(source).problem(), None, "{source}");
}

#[track_caller]
fn assert_broken(source: &str) {
    assert!(Xml.read(source).problem().is_some(), "{source}");
}

/// Checks what applies to every text.
fn check(source: &str) {
    testing::check(&Xml.read(source), source);
}

#[test]
fn application_settings_are_named_by_their_key() {
    let source = r#"<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <connectionStrings>
    <add name="db" connectionString="Server=db.example.org;Database=a" />
  </connectionStrings>
  <appSettings>
    <add key="url" value="x"/>
    <add key='other' value=''></add>
  </appSettings>
</configuration>
"#;
    assert_plain(
        source,
        &[
            ("configuration.connectionStrings.add[db]@name", "db"),
            (
                "configuration.connectionStrings.add[db]@connectionString",
                "Server=db.example.org;Database=a",
            ),
            ("configuration.appSettings.add[url]@key", "url"),
            ("configuration.appSettings.add[url]@value", "x"),
            ("configuration.appSettings.add[other]@key", "other"),
            ("configuration.appSettings.add[other]@value", ""),
        ],
    );
    assert_fine(source);
}

#[test]
fn beans_have_properties() {
    let source = r#"<beans><bean id="source">
        <property name="url" value="https://a.example.org/"/>
        <property name="user"><value> b.example.org </value></property>
        </bean></beans>"#;
    let found = values(source);
    let paths: Vec<_> = found.iter().map(|(path, ..)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "beans.bean[source]@id",
            "beans.bean[source].property[url]@name",
            "beans.bean[source].property[url]@value",
            "beans.bean[source].property[user]@name",
            "beans.bean[source].property[user].value",
        ]
    );
    assert_eq!(found[4].2, "b.example.org");
    assert_fine(source);
}

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
fn services_and_envelopes_keep_their_prefixes() {
    assert_plain(
        r#"<wsdl:service name="S"><wsdl:port><soap:address location="https://a.example.org/s"/></wsdl:port></wsdl:service>"#,
        &[
            ("wsdl:service[S]@name", "S"),
            (
                "wsdl:service[S].wsdl:port.soap:address@location",
                "https://a.example.org/s",
            ),
        ],
    );
    assert_plain(
        "<soap:Envelope><soap:Header>\n<wsa:To>\n  https://a.example.org\n</wsa:To></soap:Header></soap:Envelope>",
        &[("soap:Envelope.soap:Header.wsa:To", "https://a.example.org")],
    );
}

#[test]
fn property_lists_name_values_by_their_keys() {
    let source = r#"<!DOCTYPE plist PUBLIC "-//A//DTD PLIST 1.0//EN" "http://a.example.org/p.dtd">
<plist version="1.0"><dict>
    <key>url</key> <string>https://b.example.org</string>
    <key>a&amp;b</key><dict><key>on</key><true/><key>hosts</key><array><string>x</string><string>y</string></array></dict>
    <key>lost</key>
</dict></plist>"#;
    assert_plain(
        source,
        &[
            ("DOCTYPE.PUBLIC", "-//A//DTD PLIST 1.0//EN"),
            ("DOCTYPE.SYSTEM", "http://a.example.org/p.dtd"),
            ("plist@version", "1.0"),
            ("plist.dict.url", "https://b.example.org"),
            ("plist.dict.\"a&b\".hosts.string[0]", "x"),
            ("plist.dict.\"a&b\".hosts.string[1]", "y"),
            ("plist.dict.key", "lost"),
        ],
    );
    assert_fine(source);
    let tree = Xml.read(source);
    let key = source.find("url").expect("the key");
    let node = tree.key_at(&(key..key + 3)).expect("its element");
    assert_eq!(tree.node(node).step, Step::Key("url".to_owned()));
}

#[test]
fn keys_of_property_lists_that_are_odd_are_kept() {
    assert_plain(
        "<dict><key>a</key><key>b</key>t<string>c</string><key>d<i>e</i></key><key x='1'>f</key></dict>",
        &[
            ("dict.key[0]", "a"),
            ("dict.key[1]", "b"),
            ("dict", "t"),
            ("dict.string", "c"),
            ("dict.key[2]", "d"),
            ("dict.key[2].i", "e"),
            ("dict.key[3]@x", "1"),
            ("dict.key[3]", "f"),
        ],
    );
    assert_plain(
        "<a><key>b</key><c>d</c></a>",
        &[("a.key", "b"), ("a.c", "d")],
    );
}

#[test]
fn names_of_elements_and_attributes_have_their_bytes() {
    let source = "\u{feff}<ä:b x = \"1\"\n y='2'>t</ä:b>";
    let tree = Xml.read(source);
    let keys: Vec<_> = tree
        .nodes()
        .iter()
        .filter_map(|node| node.key.clone())
        .map(|key| &source[key])
        .collect();
    assert_eq!(keys, ["ä:b", "x", "y"]);
    assert_eq!(
        &source[tree.node(1).span.clone()],
        " x = \"1\"\n y='2'>t</ä:b>"
    );
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

#[test]
fn instructions_are_values() {
    let source = "<?xml version=\"1.0\"?><?xml-stylesheet type=\"text/xsl\" href=\"https://a.example.org/s\"?><a><?php echo 'x'; ?><?b?></a>";
    assert_plain(
        source,
        &[
            ("xml-stylesheet@type", "text/xsl"),
            ("xml-stylesheet@href", "https://a.example.org/s"),
            ("a.php", "echo 'x';"),
            ("a.b", ""),
        ],
    );
    assert_fine(source);
}

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
            assert!(clock.elapsed().as_secs() < 5, "{begin:?} {unit:?}");
        }
    }
}
