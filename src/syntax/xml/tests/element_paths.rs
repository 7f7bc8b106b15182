//! The paths of elements, attributes and the keys of property lists.

use super::*;

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
