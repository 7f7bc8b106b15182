//! Tests of the reader of INI and other configuration files.

use super::*;
use crate::syntax::testing::{assert_plain, assert_values, comments, linear_time, values};

#[test]
fn sections_group_their_keys() {
    assert_plain(
        &Ini,
        "top = 1\r\n[a]\r\nurl = https://a.example.org\r\n[b]\r\nurl: x\r\n[remote \"origin\"]\r\n\turl = y\r\n",
        &[
            ("top", "1"),
            ("a.url", "https://a.example.org"),
            ("b.url", "x"),
            ("remote.origin.url", "y"),
        ],
    );
}

#[test]
fn values_are_read_without_quotes_and_comments() {
    for (source, expected) in [
        ("a = \"b # c\" # d", ("a", "b # c")),
        ("a = 'b' ; c", ("a", "b")),
        ("a = b;c", ("a", "b;c")),
        (
            "a = https://a.example.org/#b",
            ("a", "https://a.example.org/#b"),
        ),
        ("a = \"\"", ("a", "")),
        ("a =", ("a", "")),
        ("a = \"b\" \"c\"", ("a", "\"b\" \"c\"")),
        ("a = it's", ("a", "it's")),
        ("a b = c", ("\"a b\"", "c")),
        ("a = {\"b\": 1}", ("a", "{\"b\": 1}")),
        ("a = { b", ("a", "{ b")),
        ("\"a\": \"b\",", ("a", "b")),
    ] {
        assert_plain(&Ini, source, &[expected]);
    }
    assert_values(
        &Ini,
        "a = \"b \\\"c\\\\\"",
        &[("a", "b \"c\\", "b \\\"c\\\\")],
    );
}

#[test]
fn words_follow_their_first_one() {
    assert_plain(
        &Ini,
        "server a.example.org:443;\nURI ldap://a.example.org ldap://b.example.org\n\
             BASE dc=example,dc=org\na.example.org\nhttps://a.example.org/ b\nset $a \"b # c\";\n",
        &[
            ("server", "a.example.org:443"),
            ("URI", "ldap://a.example.org ldap://b.example.org"),
            ("BASE", "dc=example,dc=org"),
            ("[0]", "a.example.org"),
            ("[1]", "https://a.example.org/ b"),
            ("set", "$a \"b # c\""),
        ],
    );
}

#[test]
fn blocks_are_groups() {
    assert_plain(
        &Ini,
        "http {\n  upstream x { server a.example.org:443; server b; }\n  server\n  {\n    \
             location ~ ^/\\d{2} {\n      proxy_pass https://$host/${a}; # c\n    }\n  };\n}\n\
             input { beats { port => 5044 } }\ndb = {\n  url: x\n}\nuser y\n",
        &[
            ("http.\"upstream x\".server[0]", "a.example.org:443"),
            ("http.\"upstream x\".server[1]", "b"),
            (
                "http.server.\"location ~ ^/\\d{2}\".proxy_pass",
                "https://$host/${a}",
            ),
            ("input.beats.port", "5044"),
            ("db.url", "x"),
            ("user", "y"),
        ],
    );
    assert_plain(
        &Ini,
        "<VirtualHost *:443>\n  ServerName a.example.org\n</VirtualHost>\nListen 443\n",
        &[
            ("\"VirtualHost *:443\".ServerName", "a.example.org"),
            ("Listen", "443"),
        ],
    );
}

#[test]
fn backslashes_continue_lines() {
    assert_values(
        &Ini,
        "[Service]\nExecStart=/bin/x \\\n  --url=https://a.example.org\nA=b.\\\r\nc\n",
        &[
            (
                "Service.ExecStart",
                "/bin/x --url=https://a.example.org",
                "/bin/x \\\n  --url=https://a.example.org",
            ),
            ("Service.A", "b.c", "b.\\\r\nc"),
        ],
    );
    let expected = [("dir", "C:\\a\\"), ("url", "b")];
    assert_plain(&Ini, "dir=C:\\a\\\nurl=b\n", &expected);
    assert_values(
        &Ini,
        "url = https://a.\\\nexample.org/b?c=d\n",
        &[(
            "url",
            "https://a.example.org/b?c=d",
            "https://a.\\\nexample.org/b?c=d",
        )],
    );
}

#[test]
fn indented_lines_continue_a_key() {
    assert_values(
        &Ini,
        "urls =\n    https://a.example.org/?b=c\n    # d\n    b.example.org:443  # e\nx = y\n  z\nk = 1\n\tl = 2",
        &[
            (
                "urls",
                "https://a.example.org/?b=c\nb.example.org:443",
                "https://a.example.org/?b=c\n    # d\n    b.example.org:443",
            ),
            ("x", "y\nz", "y\n  z"),
            ("k", "1", "1"),
            ("l", "2", "2"),
        ],
    );
}

#[test]
fn comments_are_found() {
    let source = "# a\n ; b\nc = d ; e\nf#g\n[h] # i\nj {\n  k l; # m\n}\nn\t;o";
    let expected = ["# a", "; b", "; e", "# i", "# m", ";o"];
    assert_eq!(comments(&Ini, source), expected);
}

#[test]
fn broken_texts_are_said_and_read_on() {
    for source in ["}\na = b", "[x\na = b", "y {\n[z]\na = b", "</x>\na = b"] {
        assert!(Ini.read(source).problem().is_some(), "{source}");
        let found = values(&Ini, source);
        let last = found.last().expect("a value");
        assert!(
            last.0.ends_with('a') && last.1 == "b",
            "{source}: {found:?}"
        );
    }
    assert!(Ini.read("a {").problem().is_some());
}

#[test]
fn long_texts_take_linear_time() {
    linear_time(
        &Ini,
        &[
            "a {\n",
            "a { ",
            "}",
            "[a]\n",
            "[a",
            "a =\n ",
            "a='",
            "a \"b ",
            "b;",
            "<a>\n",
            "a\\\n",
            "\\\n",
            "a = {",
            "a:",
            "a :1",
            " a\n",
            "\n",
            " ",
            "a=b\n #\n",
            "a = { { ",
            "a= \\",
            ";",
        ],
    );
    for head in ["a {", "a = \n", "a b.", "a\n"] {
        let text = format!("{head}{}", "b; ".repeat(100_000));
        assert!(Ini.read(&text).nodes().len() <= 200_000);
    }
}

#[test]
fn a_path_of_one_slash_ends_no_element() {
    let text =
        "<Location />\n  ProxyPass http://a/\n</Location>\n<Location /b/>\nX y\n</location>\n";
    let tree = Ini.read(text);
    assert_eq!(tree.problem(), None);
    let empty = Ini.read("<a b/>\n<c />\nx = y\n");
    assert_eq!(empty.problem(), None);
}
