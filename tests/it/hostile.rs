//! A tree with names and contents that try to break out of each format: all of them escape it.
use std::collections::BTreeSet;
use std::fs;

use crate::common::{AS_OF, named, run_in};
use ptlint::internals::report::{FORMATS, ReportFormat};
use quick_xml::events::Event;
use tempfile::TempDir;

/// Names of files; each file holds one reference in a value with a key that is hostile too.
const NAMES: [&str; 18] = [
    "::error file=x::owned.yml",
    "::stop-commands::x.yml",
    " ::warning::x.yml",
    "##vso[task.setvariable variable=x]y.yml",
    "##[error]x.yml",
    "##teamcity[buildStop comment='x'].yml",
    "]]>.yml",
    "a|n'|]b.yml",
    "<script>alert(1)<script>.yml",
    "\" onload=\"x' a=&amp;.yml",
    "=cmd|' !A0;=1+1.yml",
    "+1-1@SUM(A1).yml",
    "a|b|c `x` **y** [z](javascript:q).yml",
    "line\nbreak\r::error::x.yml",
    "bell\u{7}\u{1b}[31m\u{1b}]0;x\u{7}.yml",
    "bidi\u{202e}gnp\u{2066}.yml",
    "high\u{9b}31m\u{fffe}\u{200b}.yml",
    "%25%0A,:;%AZP25.yml",
];

/// What is around the reference in each file.
const CONTENT: &str = "\"]]><script>alert(1)</script>|`'=1+1\": \"https://msg.dev.spine2.ncrs.nhs.uk/##vso[task.x]y##teamcity[z] ::error::x \u{202e}\u{1b}[31m\"\n";

fn tree() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for name in NAMES {
        fs::write(dir.path().join(name), CONTENT).expect("a file");
    }
    dir
}

fn written(format: ReportFormat) -> String {
    let dir = tree();
    let (code, out, err) = run_in(
        dir.path(),
        &[
            "check",
            "--no-config",
            "--full",
            "--as-of",
            AS_OF,
            "--format",
            format.name,
        ],
    );
    assert_eq!((code, err.as_str()), (1, ""), "{}", format.name);
    out
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn nothing_that_a_terminal_acts_on_is_in_any_format() {
    for format in FORMATS {
        let text = written(format);
        // The contract gives names as they are; JSON escapes what a terminal acts on.
        let data = format.is_data;
        for c in text.chars() {
            let acts = c.is_control() && c != '\n'
                || !data && ('\u{202a}'..='\u{202e}').contains(&c)
                || !data && ('\u{2066}'..='\u{2069}').contains(&c);
            let c1 = data && ('\u{80}'..='\u{9f}').contains(&c);
            assert!(!acts || c1, "{}: {c:?}", format.name);
        }
    }
}

#[test]
fn no_line_is_a_command_that_the_format_does_not_mean() {
    for format in FORMATS {
        let text = written(format);
        let mut count = 0;
        for line in text.lines() {
            let commands = line.to_lowercase().matches("##vso[").count()
                + line.to_lowercase().matches("##teamcity[").count()
                + line.matches("##[").count();
            let workflow = line.trim_start().starts_with("::");
            match format.name {
                // Data is not printed to a log.
                _ if format.is_data => {}
                "azure" => {
                    assert!(!workflow, "{line}");
                    assert_eq!(
                        commands,
                        usize::from(line.starts_with("##vso[task.logissue ")),
                        "{line}"
                    );
                    count += commands;
                }
                "teamcity" => {
                    assert!(line.starts_with("##teamcity["), "{line}");
                    assert_eq!(commands, 1, "{line}");
                    count += usize::from(line.starts_with("##teamcity[inspection "));
                }
                "github" => {
                    assert_eq!(commands, 0, "{line}");
                    let meant = line.starts_with("::error file=");
                    assert_eq!(workflow, meant, "{line}");
                    count += usize::from(meant);
                }
                _ => {
                    assert_eq!(commands, 0, "{}: {line}", format.name);
                    assert!(!workflow, "{}: {line}", format.name);
                }
            }
        }
        match format.name {
            "azure" | "teamcity" => assert_eq!(count, NAMES.len()),
            "github" => assert_eq!(count, 10),
            _ => {}
        }
    }
}

#[test]
fn workflow_commands_give_the_name_back() {
    let text = written(named("github"));
    let command = regex::Regex::new(
        r"^::error file=([^:,]*),line=1,endLine=1,col=\d+,endColumn=\d+,title=([^:,]*)::([^\r\n]*)$",
    )
    .expect("a pattern");
    let mut files = BTreeSet::new();
    for line in text.lines().filter(|l| l.starts_with("::")) {
        let found = command.captures(line).unwrap_or_else(|| panic!("{line}"));
        let file = found[1]
            .replace("%2C", ",")
            .replace("%3A", ":")
            .replace("%0D", "\r")
            .replace("%0A", "\n")
            .replace("%25", "%");
        files.insert(file);
    }
    // The first ten by path, less those in which something is shown as a symbol.
    for name in [
        NAMES[0], NAMES[1], NAMES[2], NAMES[8], NAMES[9], NAMES[11], NAMES[17],
    ] {
        assert!(files.contains(name), "{name} in {files:?}");
    }
    assert_eq!(files.len(), 10);
}

/// The attributes of a service message, unescaped, as `TeamCity` documents it.
fn message(line: &str) -> Vec<(String, String)> {
    let body = line
        .strip_prefix("##teamcity[")
        .and_then(|l| l.strip_suffix(']'))
        .expect("a message");
    let (_, mut rest) = body.split_once(' ').expect("a name");
    let mut attributes = Vec::new();
    loop {
        let (key, value) = rest.trim_start().split_once("='").expect("an attribute");
        let mut text = String::new();
        let mut units = Vec::new();
        let mut chars = value.char_indices();
        let end = loop {
            let (at, c) = chars.next().expect("an end");
            match c {
                '\'' => break at,
                '[' | ']' | '\n' => panic!("bare {c:?} in {line}"),
                '|' => match chars.next().expect("an escape").1 {
                    'n' => text.push('\n'),
                    'r' => text.push('\r'),
                    '0' => {
                        let digits: String = chars.by_ref().take(5).map(|(_, c)| c).collect();
                        let unit = u16::from_str_radix(&digits[1..], 16).expect("hex");
                        units.push(unit);
                        if let Ok(whole) = String::from_utf16(&units) {
                            text.push_str(&whole);
                            units.clear();
                        }
                    }
                    c @ ('\'' | '|' | '[' | ']') => text.push(c),
                    c => panic!("|{c} in {line}"),
                },
                c => text.push(c),
            }
        };
        attributes.push((key.to_owned(), text));
        rest = &value[end + 1..];
        if rest.is_empty() {
            return attributes;
        }
    }
}

#[test]
fn service_messages_give_the_name_back() {
    let text = written(named("teamcity"));
    let mut files = BTreeSet::new();
    for line in text.lines() {
        for (key, value) in message(line) {
            if key == "file" {
                files.insert(value);
            }
        }
    }
    assert_eq!(files.len(), NAMES.len());
    for name in [
        "a|n'|]b.yml",
        "\" onload=\"x' a=&amp;.yml",
        "%25%0A,:;%AZP25.yml",
    ] {
        assert!(files.contains(name), "{name} in {files:?}");
    }
}

#[test]
fn xml_has_only_the_elements_that_it_should() {
    for (format, allowed) in [
        (
            named("junit"),
            &[
                "testsuites",
                "testsuite",
                "properties",
                "property",
                "testcase",
                "failure",
                "system-out",
            ][..],
        ),
        (named("checkstyle"), &["checkstyle", "file", "error"]),
    ] {
        let text = written(format);
        let mut reader = quick_xml::Reader::from_str(&text);
        reader.config_mut().check_end_names = true;
        let mut files = 0;
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Eof => break,
                Event::Start(element) | Event::Empty(element) => {
                    let name = element.name().as_ref().to_owned();
                    assert!(allowed.contains(&name.as_str()), "{name}");
                    files += usize::from(name == "testcase" || name == "file");
                    for attribute in element.attributes() {
                        let attribute = attribute.expect("an attribute");
                        attribute
                            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                            .expect("a value");
                    }
                }
                Event::CData(_) | Event::PI(_) | Event::DocType(_) => panic!("{text}"),
                _ => {}
            }
        }
        assert_eq!(files, NAMES.len());
        let bad = |c: char| c < ' ' && c != '\n' || matches!(c, '\u{fffe}' | '\u{ffff}');
        assert!(!text.contains(bad));
    }
}

#[test]
fn csv_has_no_formulas() {
    let text = written(named("csv"));
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let mut rows = 0;
    for row in reader.records() {
        let row = row.expect("a row");
        assert_eq!(row.len(), 19);
        for cell in &row {
            assert!(
                !cell.trim_start().starts_with(['=', '+', '-', '@']),
                "{cell}"
            );
        }
        assert!(row[0].contains(".yml"), "{row:?}");
        rows += 1;
    }
    assert_eq!(rows, NAMES.len());
    assert!(text.contains("\"'=cmd|' !A0;=1+1.yml\""));
}

#[test]
fn markdown_has_its_rows_and_no_markup_of_others() {
    let text = written(named("markdown"));
    let rows: Vec<&str> = text.lines().filter(|l| l.starts_with("| <code>")).collect();
    assert_eq!(rows.len(), NAMES.len());
    for row in rows {
        assert_eq!(row.matches('|').count(), 6, "{row}");
        let bare = row.replace("<code>", "").replace("</code>", "");
        for markup in ["<", ">", "`", "*", "[", "]", "![", "\\"] {
            assert!(!bare.contains(markup), "{markup} in {row}");
        }
    }
    assert!(text.contains("<code>&#60;script&#62;alert(1)&#60;script&#62;.yml:1:"));
}

#[test]
fn html_has_only_the_tags_that_it_should() {
    let text = written(named("html"));
    let tag = regex::Regex::new(r"<(/?)([a-zA-Z!][a-zA-Z0-9]*)([^>]*)>").expect("a pattern");
    let body = text.split("</style>").nth(1).expect("a body");
    let mut open: Vec<String> = vec!["html".to_owned(), "head".to_owned()];
    let mut rows = 0;
    for found in tag.captures_iter(body) {
        let name = found[2].to_owned();
        let known = [
            "head", "html", "body", "header", "main", "footer", "h1", "h2", "h3", "p", "a", "svg",
            "rect", "ul", "li", "span", "div", "table", "caption", "colgroup", "col", "thead",
            "tbody", "tr", "th", "td", "code", "pre", "mark", "br", "dl", "dt", "dd",
        ];
        assert!(known.contains(&name.as_str()), "{}", &found[0]);
        assert!(!found[3].contains(" on"), "{}", &found[0]);
        rows += usize::from(&found[0] == "<h3>");
        if matches!(name.as_str(), "br" | "col" | "rect") {
            continue;
        }
        if &found[1] == "/" {
            assert_eq!(open.pop(), Some(name), "{}", &found[0]);
        } else {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<String>::new());
    assert_eq!(rows, NAMES.len());
    for reference in regex::Regex::new("(?:href|src)=\"([^\"]*)\"")
        .expect("a pattern")
        .captures_iter(body)
    {
        let to = &reference[1];
        assert!(to.starts_with('#') || to.starts_with("https://"), "{to}");
    }
    assert!(text.contains("default-src 'none'; style-src 'sha256-"));
    assert!(!body.contains("style=") && !body.contains("src="));
}

#[test]
fn json_formats_parse_and_give_the_names_back() {
    let names: BTreeSet<String> = NAMES.iter().map(|n| (*n).to_owned()).collect();
    let paths = |values: Vec<&serde_json::Value>| -> BTreeSet<String> {
        values
            .iter()
            .map(|v| v.as_str().expect("a path").to_owned())
            .collect()
    };
    let report = json(&written(named("json")));
    let violations = report["violations"].as_array().expect("a list");
    assert_eq!(
        paths(violations.iter().map(|v| &v["path"]).collect()),
        names
    );
    let issues = json(&written(named("gitlab")));
    let issues = issues.as_array().expect("a list");
    assert_eq!(
        paths(issues.iter().map(|v| &v["location"]["path"]).collect()),
        names
    );
    let prints: BTreeSet<&str> = issues
        .iter()
        .map(|v| v["fingerprint"].as_str().expect("a text"))
        .collect();
    assert_eq!(prints.len(), NAMES.len());
    let rdjson = json(&written(named("rdjson")));
    let all = rdjson["diagnostics"].as_array().expect("a list");
    assert_eq!(
        paths(all.iter().map(|v| &v["location"]["path"]).collect()),
        names
    );
    let sarif = json(&written(named("sarif")));
    for result in sarif["runs"][0]["results"].as_array().expect("a list") {
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            .as_str()
            .expect("a text");
        assert!(
            uri.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b)),
            "{uri}"
        );
    }
}
