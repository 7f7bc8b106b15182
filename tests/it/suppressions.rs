//! Suppressions: directives in comments, entries in the configuration, and notices about those that are
//! unused or not understood.

use std::fs;
use std::path::Path;

use crate::common::{AS_OF, run_in, transcript};
use ptlint::facts::Report;
use ptlint::internals::catalogue::Catalogue;
use ptlint::{Options, check_content};
use tempfile::TempDir;

const DEV: &str = "msg.dev.spine2.ncrs.nhs.uk";
const WHY: &str = "ptlint: ignore[dev-host] kept as a record";

fn check_bytes(path: &str, content: &[u8]) -> Report {
    let catalogue = Catalogue::embedded().expect("packs");
    let options = Options::new(["."]).as_of(AS_OF.parse().expect("a day"));
    check_content(&catalogue, &options, path, content)
}

/// DEV is put for `HOST`, the directive for `WHY`.
fn check(path: &str, content: &str) -> Report {
    let content = content.replace("HOST", DEV).replace("WHY", WHY);
    check_bytes(path, content.as_bytes())
}

/// Lines of what is reported, of what is suppressed, and rules with lines of notices.
fn outcome(report: &Report) -> (Vec<u64>, Vec<u64>, Vec<String>) {
    let notice = |n: &ptlint::facts::Notice| format!("{} {}", n.start.line, n.rule);
    (
        report.violations.iter().map(|v| v.start.line).collect(),
        report.suppressed.iter().map(|v| v.start.line).collect(),
        report.notices.iter().map(notice).collect(),
    )
}

#[track_caller]
fn assert_outcome(path: &str, content: &str, open: &[u64], suppressed: &[u64], notices: &[&str]) {
    let got = outcome(&check(path, content));
    let notices: Vec<String> = notices.iter().map(|n| (*n).to_owned()).collect();
    let expected = (open.to_vec(), suppressed.to_vec(), notices);
    assert_eq!(got, expected, "{path}:\n{content}");
}

#[test]
fn a_directive_works_in_the_comments_of_every_format() {
    for (path, content, suppressed) in [
        ("a.yml", "url: https://HOST/x # WHY\n", 1),
        ("a.yml", "a:\n  # WHY\n  url: https://HOST/x\n", 3),
        ("a.yml", "run: |\n  # WHY\n  curl https://HOST/x\n", 3),
        ("a.properties", "# WHY\nurl=https://HOST/x\n", 2),
        ("a.properties", "! WHY\nurl=https://\\\n  HOST/x\n", 3),
        ("A.java", "String a = \"https://HOST/\"; // WHY\n", 1),
        ("A.java", "/* WHY */ String a = \"https://HOST/\";\n", 1),
        (
            "A.java",
            "/**\n * WHY\n */\nString a = \"https://HOST/\";\n",
            4,
        ),
        (
            "a.xml",
            "<a>\n  <!-- WHY -->\n  <b>https://HOST/</b>\n</a>\n",
            3,
        ),
        ("a.xml", "<a>\n<b>https://HOST/</b> <!-- WHY -->\n</a>\n", 2),
        (
            "a.html",
            "<p>x</p>\n<a href='https://HOST/'>x</a><!-- WHY -->\n",
            2,
        ),
        (
            "a.md",
            "# Title\n\n<!-- WHY -->\nSee https://HOST/ here.\n",
            4,
        ),
        (
            "a.md",
            "# Title\n\nSee https://HOST/ here. <!-- WHY -->\n",
            3,
        ),
        (
            "a.sql",
            "insert into a values ('https://HOST/'); -- WHY\n",
            1,
        ),
        ("a.ini", "[a]\n; WHY\nurl = https://HOST/\n", 3),
        (".env", "# WHY\nURL=https://HOST/\n", 2),
        ("Dockerfile", "FROM a\n# WHY\nENV URL=https://HOST/\n", 3),
        ("a.jsonc", "{\n  \"url\": \"https://HOST/\" // WHY\n}\n", 2),
        ("a.tf", "# WHY\nurl = \"https://HOST/\"\n", 2),
        ("a.sh", "curl https://HOST/ # WHY\n", 1),
        ("a.cmd", "rem WHY\ncurl https://HOST/\n", 2),
        (
            "a.reg",
            "Windows Registry Editor Version 5.00\n\n[HKEY_CURRENT_USER\\a]\n; WHY\n\"Url\"=\"https://HOST/\"\n",
            5,
        ),
        (
            "a.php",
            "<!-- WHY -->\n<?php f('https://HOST/') ?>\n<p>x</p>\n",
            2,
        ),
        ("a.unknown", "# WHY\nurl https://HOST/\n", 2),
    ] {
        assert_outcome(path, content, &[], &[suppressed], &[]);
        // Windows line breaks change nothing.
        assert_outcome(
            path,
            &content.replace('\n', "\r\n"),
            &[],
            &[suppressed],
            &[],
        );
    }
}

#[test]
fn a_directive_is_found_in_utf_16() {
    for notes in [true, false] {
        let value = if notes { DEV } else { "example.org" };
        let text = format!(
            "\u{feff}Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\a]\r\n; {WHY}\r\n\"Url\"=\"https://{value}/\"\r\n"
        );
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (open, suppressed, unused) = outcome(&check_bytes("a.reg", &bytes));
        assert!(open.is_empty());
        if notes {
            assert_eq!((suppressed, unused), (vec![5], Vec::new()));
        } else {
            assert_eq!(unused, ["4 unused-suppression"]);
        }
    }
}

#[test]
fn the_scopes_reach_as_far_as_they_say() {
    let ignore = |verb: &str| WHY.replace("ignore[", &format!("{verb}["));
    let two = "a: https://HOST/1\nb: https://HOST/2\n";
    assert_outcome("a.yml", &format!("# WHY\n{two}"), &[3], &[2], &[]);
    let next = ignore("ignore-next-line");
    assert_outcome(
        "a.yml",
        &format!("x: https://HOST/0 # {next}\n{two}"),
        &[1, 3],
        &[2],
        &[],
    );
    let file = ignore("ignore-file");
    assert_outcome("a.yml", &format!("{two}# {file}\n"), &[], &[1, 2], &[]);
    let start = ignore("ignore-start");
    let block =
        format!("x: https://HOST/0\n# {start}\n{two}# ptlint: ignore-end\ny: https://HOST/3\n");
    assert_outcome("a.yml", &block, &[1, 6], &[3, 4], &[]);
    // Two directives above one line.
    let stacked = "# ptlint: ignore[train-host] one\n# WHY\na: [https://HOST/1, https://msg.train.spine2.ncrs.nhs.uk/]\n";
    assert_outcome("a.yml", stacked, &[], &[3, 3], &[]);
}

#[test]
fn a_reference_over_several_lines_is_suppressed_at_its_first_and_last() {
    let (head, tail) = DEV.split_at(8);
    for (first, last) in [(" // WHY", ""), ("", " // WHY")] {
        let code = format!(
            "class A {{\n  String a = \"https://{head}\" +{first}\n    \"{tail}/\";{last}\n}}\n"
        );
        assert_outcome("A.java", &code, &[], &[2], &[]);
    }
}

#[test]
fn a_directive_in_a_value_is_data() {
    for (path, content) in [
        (
            "a.json",
            "{\"a\": \"# WHY\",\n \"url\": \"https://HOST/\"}\n",
        ),
        ("a.yml", "a: \"# WHY\"\nurl: https://HOST/\n"),
        (
            "A.java",
            "String a = \"// WHY\";\nString b = \"https://HOST/\";\n",
        ),
        ("a.properties", "a=1 # WHY\nurl=https://HOST/\n"),
        ("a.csv", "# WHY\nhttps://HOST/\n"),
    ] {
        assert_outcome(path, content, &[2], &[], &[]);
    }
    // A page that says how directives are written.
    assert_outcome(
        "a.md",
        "Write `<!-- WHY -->` in the line.\n\n```yaml\n# WHY\na: b\n```\n",
        &[],
        &[],
        &[],
    );
    assert_outcome("a.yml", "# Write `WHY` for this.\na: b\n", &[], &[], &[]);
}

#[test]
fn a_suppression_never_hides_another_rule_or_line() {
    let other = "# ptlint: ignore[train-host] another\nurl: https://HOST/\n";
    assert_outcome("a.yml", other, &[2], &[], &["1 unused-suppression"]);
    // Equal identifiers are gathered, but not across what is suppressed.
    let seen = "a: DEV_SPINE_URL # x\n";
    assert_outcome("a.yml", seen, &[], &[], &[]);
    let both = "# ptlint: ignore[dev-host, train-host] both\nurl: https://HOST/\n";
    let report = check("a.yml", both);
    assert_eq!(report.suppressed.len(), 1);
    assert_eq!(
        report.notices[0].message,
        "this suppression covers no violation of `train-host`"
    );
}

#[test]
fn what_is_not_understood_has_no_effect_and_is_said() {
    for (directive, at, message) in [
        (
            "ignore[dev-host]",
            "ptlint: ignore[dev-host]",
            "it has no reason",
        ),
        ("ignore kept", "ignore", "it names no rule"),
        (
            "ignore[dev-hots] kept",
            "dev-hots",
            "there is no rule `dev-hots`",
        ),
        (
            "ignore[dev-host] until=soon kept",
            "until=soon",
            "`soon` is not a day",
        ),
        (
            "ignore[dev-host] expires=2026-01-01 kept",
            "expires=2026-01-01",
            "`expires` is not known here",
        ),
        (
            "disable[dev-host] kept",
            "disable",
            "`disable` is not a directive",
        ),
        (
            "ignore-start[dev-host] kept",
            "ptlint: ignore-start[dev-host] kept",
            "its block has no end",
        ),
        (
            "ignore-end",
            "ptlint: ignore-end",
            "it ends a block that nothing begins",
        ),
    ] {
        let text = format!("url: https://{DEV}/ # ptlint: {directive}\n");
        let report = check("a.yml", &text);
        assert_eq!(report.violations.len(), 1, "{directive}");
        let [notice] = &report.notices[..] else {
            panic!("{directive}: {:?}", report.notices);
        };
        assert_eq!(notice.rule, "invalid-suppression");
        let byte = |p: ptlint::internals::text::Position| usize::try_from(p.byte).expect("small");
        let marked = &text[byte(notice.start)..byte(notice.end)];
        let whole = "ptlint: ignore[dev-host]".trim_start_matches("ptlint: ");
        assert!(marked == at || marked == whole, "{directive}: {marked}");
        assert!(notice.message.ends_with(message), "{}", notice.message);
    }
}

#[test]
fn an_expired_directive_stops_working_and_says_so() {
    for (until, expired) in [("2026-01-01", false), ("2025-12-31", true)] {
        let text = format!(
            "# ptlint: ignore[dev-host] until={until} owner=ops ticket=X-1 kept\nurl: https://HOST/\n"
        );
        let report = check("a.yml", &text);
        assert!(report.notices.is_empty());
        if expired {
            let notes = &report.violations[0].notes;
            let note = "the suppression on line 1 expired on 31 December 2025".to_owned();
            assert!(notes.contains(&note), "{notes:?}");
        } else {
            let by = report.suppressed[0]
                .suppressed
                .clone()
                .expect("what did it");
            assert_eq!(
                (by.by.as_str(), by.line, by.reason.as_str()),
                ("inline", Some(1), "kept")
            );
            assert_eq!(by.scope.as_deref(), Some("line"));
            assert_eq!(by.until.as_deref(), Some(until));
            assert_eq!(by.owner.as_deref(), Some("ops"));
            assert_eq!(by.ticket.as_deref(), Some("X-1"));
        }
    }
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (path, content) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let content = content.replace("HOST", DEV).replace("WHY", WHY);
        fs::write(path, content).expect("written");
    }
    dir
}

fn json(folder: &Path, arguments: &[&str]) -> (i32, serde_json::Value) {
    let mut all = vec!["check", "--format", "json"];
    if !arguments.contains(&"--as-of") {
        all.extend(["--as-of", AS_OF]);
    }
    all.extend(arguments);
    let (code, out, err) = run_in(folder, &all);
    assert_eq!(err, "");
    (code, serde_json::from_str(&out).expect("JSON"))
}

fn lists(report: &serde_json::Value) -> (usize, usize, usize) {
    let count = |name: &str| report[name].as_array().expect("a list").len();
    (count("violations"), count("suppressed"), count("notices"))
}

const JSON: (&str, &str) = ("a/b.json", "{\"svc\": [{\"url\": \"https://HOST/\"}]}\n");

#[test]
fn an_entry_of_the_configuration_suppresses_what_fits_all_its_conditions() {
    for (entry, suppressed) in [
        ("rule: dev-host", true),
        ("rule: train-host", false),
        ("path: [a/]", true),
        ("path: [b/]", false),
        ("key: \"svc[*].url\"", true),
        ("key: \"svc[0].*\"", true),
        ("key: svc.url", false),
        ("host: msg.dev.spine2.ncrs.nhs.uk", true),
        ("host: \"*.spine2.ncrs.nhs.uk\"", true),
        ("host: spine2.ncrs.nhs.uk", false),
        ("service: spine-messaging", true),
        ("environment: DEV", true),
        ("environment: TRAIN", false),
        ("rule: dev-host, path: [b/]", false),
    ] {
        let configuration = format!("ignore:\n  - {{{entry}, reason: kept}}\n");
        let dir = folder(&[("ptlint.yaml", &configuration), JSON]);
        let (code, report) = json(dir.path(), &[]);
        let expected = if suppressed { (0, 1, 0) } else { (1, 0, 1) };
        assert_eq!(lists(&report), expected, "{entry}: {report:#}");
        assert_eq!(code, i32::from(!suppressed), "{entry}");
        let (code, report) = json(dir.path(), &["--no-suppressions"]);
        assert_eq!((code, lists(&report)), (1, (1, 0, 0)), "{entry}");
        // Of a part of the files it cannot be told what is unused.
        let (_, report) = json(dir.path(), &["a/b.json"]);
        assert_eq!(lists(&report).2, 0, "{entry}");
        let (_, report) = json(dir.path(), &["--exclude", "x"]);
        assert_eq!(lists(&report).2, 0, "{entry}");
    }
}

#[test]
fn an_expired_entry_stops_working_and_says_so() {
    let configuration = "ignore:\n  - rule: dev-host\n    reason: kept\n    until: 2025-12-31\n";
    let dir = folder(&[("ptlint.yaml", configuration), JSON]);
    let (_, report) = json(dir.path(), &[]);
    assert_eq!(lists(&report), (1, 0, 0));
    assert_eq!(
        report["violations"][0]["notes"][0],
        "the suppression on line 2 of the configuration expired on 31 December 2025"
    );
    let (code, report) = json(dir.path(), &["--as-of", "2025-12-31", "--fail-on", "info"]);
    assert_eq!((code, lists(&report)), (0, (0, 1, 0)));
    let by = &report["suppressed"][0]["suppressed"];
    assert_eq!(
        (&by["by"], &by["path"], &by["line"]),
        (&"configuration".into(), &"ptlint.yaml".into(), &2.into())
    );
}

#[test]
fn suppressions_that_are_wrong_are_shown_with_their_place() {
    let dir = folder(&[
        (
            "ptlint.yaml",
            "fail-on: error\nignore:\n  # Gone.\n  - rule: dev-host\n    path: [old/]\n    reason: kept\n",
        ),
        (
            "a.yml",
            "a: b # WHY\nc: d # ptlint: ignore[dev-hots] kept\n",
        ),
    ]);
    insta::assert_snapshot!(transcript(dir.path(), &["check", "--as-of", AS_OF]));
    insta::assert_snapshot!(transcript(
        dir.path(),
        &["check", "--as-of", AS_OF, "--format", "concise"]
    ));
    let dir = folder(&[(
        "ptlint.yaml",
        "ignore:\n  - {reason: ' '}\n  - {rule: dev-hots, reason: x}\n  - {rule: dev-host, reason: x, until: soon}\n  - {host: x}\n",
    )]);
    insta::assert_snapshot!(transcript(dir.path(), &["check", "--as-of", AS_OF]));
    let dir = folder(&[("ptlint.yaml", "ignore:\n  - {reason: ' ', until: soon}\n")]);
    insta::assert_snapshot!(transcript(dir.path(), &["check", "--as-of", AS_OF]));
}

#[test]
fn notices_follow_the_severities_of_the_configuration() {
    for (level, code, count) in [
        ("off", 0, 0),
        ("info", 0, 1),
        ("warning", 1, 1),
        ("error", 1, 1),
    ] {
        let configuration =
            format!("severity:\n  - {{rule: unused-suppression, severity: {level}}}\n");
        let dir = folder(&[("ptlint.yaml", &configuration), ("a.yml", "a: b # WHY\n")]);
        let (got, report) = json(dir.path(), &[]);
        assert_eq!((got, lists(&report).2), (code, count), "{level}");
    }
}

#[test]
fn the_fixer_leaves_alone_what_is_suppressed() {
    let text = "a: https://HOST/sync-service # WHY\nb: https://HOST/sync-service\n";
    let dir = folder(&[("a.yml", text)]);
    run_in(dir.path(), &["fix", "--unsafe-fixes", "--as-of", AS_OF]);
    let after = fs::read_to_string(dir.path().join("a.yml")).expect("read");
    let lines: Vec<&str> = after.lines().collect();
    assert!(lines[0].contains(DEV), "{after}");
    assert!(!lines[1].contains(DEV), "{after}");
}

#[test]
fn why_names_the_directive_and_the_entry_that_decided() {
    let dir = folder(&[
        (
            "ptlint.yaml",
            "ignore:\n  - {path: [b.yml], reason: a record}\n",
        ),
        ("a.yml", "# WHY\na: https://HOST/\n"),
        ("b.yml", "a: https://HOST/\n"),
    ]);
    let why = |place: &str| run_in(dir.path(), &["why", place, "--as-of", AS_OF]).1;
    let inline = why("a.yml:2");
    assert!(
        inline.contains("suppressed by the directive on line 1: kept as a record"),
        "{inline}"
    );
    let entry = why("b.yml:1");
    assert!(
        entry.contains("suppressed by the configuration, line 2: a record"),
        "{entry}"
    );
}

#[test]
fn the_own_rules_are_listed_and_explained() {
    let dir = folder(&[]);
    let list = run_in(dir.path(), &["rules", "list"]).1;
    for rule in ["unused-suppression", "invalid-suppression"] {
        assert!(list.contains(rule), "{list}");
        let (code, text, _) = run_in(dir.path(), &["explain", rule]);
        assert_eq!(code, 0);
        assert!(
            text.starts_with(&format!("{rule} (ptlint itself)")),
            "{text}"
        );
        assert_eq!(run_in(dir.path(), &["rules", "show", rule]).1, text);
    }
}

fn suppress(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut all = vec!["suppress", "--as-of", AS_OF];
    all.extend(arguments);
    let (code, out, err) = run_in(folder, &all);
    assert_eq!(err, "");
    (code, out)
}

fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).expect("read")
}

#[test]
fn suppress_writes_a_directive_as_the_format_has_comments() {
    let directive = "ptlint: ignore[dev-host] until=2026-12-31 owner=ops kept";
    for (path, before, after) in [
        (
            "a.yml",
            "a:\n  url: https://HOST/x\n",
            "a:\n  url: https://HOST/x # WHY\n",
        ),
        (
            "a.yml",
            "url: https://HOST/x # old\n",
            "url: https://HOST/x # old # WHY\n",
        ),
        (
            "a.yml",
            "a: [https://HOST/x, https://HOST/y]\r\n",
            "a: [https://HOST/x, https://HOST/y] # WHY\r\n",
        ),
        (
            "a.properties",
            "a=1\nurl=https://HOST/x\n",
            "a=1\n# WHY\nurl=https://HOST/x\n",
        ),
        (
            "A.java",
            "class A {\n  String a = \"https://HOST/\";\n}\n",
            "class A {\n  String a = \"https://HOST/\"; // WHY\n}\n",
        ),
        (
            "a.xml",
            "<?xml version='1.0'?>\r\n<a>\r\n  <b u='https://HOST/'/>\r\n</a>\r\n",
            "<?xml version='1.0'?>\r\n<a>\r\n  <!-- WHY -->\r\n  <b u='https://HOST/'/>\r\n</a>\r\n",
        ),
        (
            "a.sql",
            "insert into a values ('https://HOST/');\n",
            "insert into a values ('https://HOST/'); -- WHY\n",
        ),
        (
            "a.ini",
            "; x\n[a]\nurl = https://HOST/\n",
            "; x\n[a]\n; WHY\nurl = https://HOST/\n",
        ),
        (".env", "URL=https://HOST/\n", "# WHY\nURL=https://HOST/\n"),
        (
            "Dockerfile",
            "FROM a\nENV URL=https://HOST/\n",
            "FROM a\n# WHY\nENV URL=https://HOST/\n",
        ),
        (
            "a.jsonc",
            "{\n  \"url\": \"https://HOST/\"\n}",
            "{\n  \"url\": \"https://HOST/\" // WHY\n}",
        ),
        // The first line tells the language, and so how comments are written.
        (
            "deploy",
            "#!/usr/bin/env node\nf('https://HOST/');\n",
            "#!/usr/bin/env node\nf('https://HOST/'); // WHY\n",
        ),
        (
            "a.md",
            "# A\n\nSee https://HOST/ now.\n",
            "# A\n\n<!-- WHY -->\nSee https://HOST/ now.\n",
        ),
    ] {
        let dir = folder(&[(path, before)]);
        let terms = [
            "--until",
            "2026-12-31",
            "--owner",
            "ops",
            "--reason",
            "kept",
        ];
        let (code, out) = suppress(dir.path(), &terms);
        assert_eq!(code, 0, "{path}: {out}");
        let put = |text: &str| text.replace("HOST", DEV).replace("WHY", directive);
        assert_eq!(read(&dir, path), put(after), "{path}");
        let (code, report) = json(dir.path(), &[]);
        assert_eq!(code, 0, "{path}");
        assert!(lists(&report).0 == 0 && lists(&report).2 == 0, "{path}");
        // A second run has nothing to do.
        suppress(dir.path(), &terms);
        assert_eq!(read(&dir, path), put(after), "{path}");
        assert_eq!(run_in(dir.path(), &["fix", "--undo"]).0, 0);
        assert_eq!(read(&dir, path), put(before), "{path}");
    }
}

#[test]
fn suppress_keeps_the_encoding() {
    let text = format!(
        "\u{feff}Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\a]\r\n\"Url\"=\"https://{DEV}/\"\r\n"
    );
    let wide = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let dir = folder(&[]);
    fs::write(dir.path().join("a.reg"), wide(&text)).expect("written");
    assert_eq!(suppress(dir.path(), &["--reason", "behält"]).0, 0);
    let expected = text.replace("\"Url\"", "; ptlint: ignore[dev-host] behält\r\n\"Url\"");
    assert_eq!(
        fs::read(dir.path().join("a.reg")).expect("read"),
        wide(&expected)
    );
}

#[test]
fn where_no_comment_can_stand_the_configuration_takes_an_entry() {
    for (path, content) in [
        JSON,
        ("a.css", "a { b: url('https://HOST/'); }\n"),
        ("a.md", "one\ntwo https://HOST/ three\n"),
        ("a.csv", "name,url\nx,https://HOST/\n"),
        ("a.sh", "curl \\\n  https://HOST/ \\\n  -v\n"),
        ("a.py", "a = '''\nhttps://HOST/\n'''\n"),
        ("a.md", "| a | b |\n| - | - |\n| x | https://HOST/ |\n"),
        ("[odd] *.json", "{\"url\": \"https://HOST/\"}\n"),
        ("msg.dev.spine2.ncrs.nhs.uk.txt", "x\n"),
    ] {
        let dir = folder(&[(path, content)]);
        let arguments = ["--reason", "it's \"kept\": x", "--fail-on", "info"];
        let (code, out) = suppress(dir.path(), &arguments);
        assert_eq!(code, 0, "{path}: {out}");
        assert_eq!(read(&dir, path), content.replace("HOST", DEV), "{path}");
        let (_, report) = json(dir.path(), &[]);
        assert_eq!(
            lists(&report),
            (0, 1, 0),
            "{path}: {}",
            read(&dir, "ptlint.yaml")
        );
        let reason = &report["suppressed"][0]["suppressed"]["reason"];
        assert_eq!(reason, "it's \"kept\": x");
        let before = read(&dir, "ptlint.yaml");
        suppress(dir.path(), &arguments);
        assert_eq!(read(&dir, "ptlint.yaml"), before);
        assert_eq!(run_in(dir.path(), &["fix", "--undo"]).0, 0);
        assert!(!dir.path().join("ptlint.yaml").exists(), "{path}");
    }
}

#[test]
fn undoing_leaves_a_configuration_that_somebody_has_changed_since() {
    let dir = folder(&[("a.csv", "name,url\nx,https://HOST/\n")]);
    assert_eq!(suppress(dir.path(), &["--reason", "kept"]).0, 0);
    let changed = format!("{}# ours\n", read(&dir, "ptlint.yaml"));
    fs::write(dir.path().join("ptlint.yaml"), &changed).expect("written");
    let (code, out, _) = run_in(dir.path(), &["fix", "--undo"]);
    assert_ne!(code, 0, "{out}");
    assert_eq!(read(&dir, "ptlint.yaml"), changed);
    // One that is gone already is as before.
    fs::remove_file(dir.path().join("ptlint.yaml")).expect("removed");
    let (code, out, _) = run_in(dir.path(), &["fix", "--undo"]);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn the_configuration_keeps_what_stands_in_it() {
    let before = "# ours\nfail-on: warning # yes\nignore: # see\n- rule: dev-host\n  path: [x/]\n  reason: y\n\n# end\ninclude: []\n";
    let dir = folder(&[
        ("ptlint.yaml", before),
        JSON,
        ("x/a.yml", "a: https://HOST/\n"),
    ]);
    assert_eq!(suppress(dir.path(), &["--reason", "kept"]).0, 0);
    let added =
        "- rule: dev-host\n  path: [\"/a/b.json\"]\n  key: \"svc[0].url\"\n  reason: \"kept\"\n";
    let expected = before.replace("  reason: y\n", &format!("  reason: y\n{added}"));
    assert_eq!(read(&dir, "ptlint.yaml"), expected);
    // Where nothing can be added, nothing is written at all.
    let flow = "ignore: [{rule: dev-host, path: [x/], reason: y}]\n";
    let dir = folder(&[("ptlint.yaml", flow), JSON, ("b.yml", "a: https://HOST/\n")]);
    let (code, _, err) = run_in(dir.path(), &["suppress", "--as-of", AS_OF, "--reason", "x"]);
    assert_eq!(code, 2);
    assert!(err.contains("no entry can be added to `ignore`"), "{err}");
    assert_eq!(read(&dir, "b.yml"), format!("a: https://{DEV}/\n"));
}

#[test]
fn suppress_takes_only_what_is_asked_for() {
    let both = "a: https://HOST/\nb: https://msg.train.spine2.ncrs.nhs.uk/\n";
    let dir = folder(&[("a.yml", both)]);
    let (code, out) = suppress(
        dir.path(),
        &["--rule", "train-host", "--reason", "x", "--diff"],
    );
    assert_eq!(code, 1);
    assert!(
        out.contains("+b: https://msg.train.spine2.ncrs.nhs.uk/ # ptlint: ignore[train-host] x\n"),
        "{out}"
    );
    assert_eq!(read(&dir, "a.yml"), both.replace("HOST", DEV));
    assert_eq!(
        suppress(dir.path(), &["--rule", "train-host", "--reason", "x"]).0,
        0
    );
    let (_, report) = json(dir.path(), &[]);
    assert_eq!(lists(&report), (1, 1, 0));
    for arguments in [
        &["--reason", " "][..],
        &["--reason", "x", "--rule", "dev-hots"],
        &["--reason", "x", "-"],
    ] {
        let mut all = vec!["suppress"];
        all.extend(arguments);
        assert_eq!(run_in(dir.path(), &all).0, 2, "{arguments:?}");
    }
}

#[test]
fn a_configuration_that_is_missing_or_empty_is_shown_as_a_patch() {
    let entry = "  - rule: dev-host\n    path: [\"/a.json\"]\n    key: \"a\"\n    reason: \"r\"\n";
    for (configuration, head) in [
        (None, "new file mode 100644\n--- /dev/null\n"),
        (Some(""), "--- a/ptlint.yaml\n"),
    ] {
        let dir = folder(&[("a.json", "{\"a\":\"https://HOST/x\"}\n")]);
        if let Some(text) = configuration {
            fs::write(dir.path().join("ptlint.yaml"), text).expect("written");
        }
        let (code, diff) = suppress(dir.path(), &["--reason", "r", "--diff"]);
        assert_eq!(code, 1);
        let head = format!(
            "# A change that ptlint makes:\ndiff --git a/ptlint.yaml b/ptlint.yaml\n{head}+++ b/ptlint.yaml\n@@"
        );
        assert!(diff.starts_with(&head), "{diff}");
        fs::write(dir.path().join("patch"), diff).expect("written");
        let status = std::process::Command::new("git")
            .args(["apply", "patch"])
            .current_dir(dir.path())
            .env("GIT_CEILING_DIRECTORIES", dir.path())
            .status()
            .expect("git starts");
        assert!(status.success());
        assert!(read(&dir, "ptlint.yaml").ends_with(entry));
    }
}

#[test]
fn suppress_changes_no_program() {
    for (path, before, after) in [
        (
            "a.jsx",
            "f(\n  <div>\n    <a href=\"https://HOST/1\">x</a>\n    text https://HOST/2\n  </div>\n);\n",
            "f(\n  <div>\n    {/* WHY */}\n    <a href=\"https://HOST/1\">x</a>\n    {/* WHY */}\n    text https://HOST/2\n  </div>\n);\n",
        ),
        (
            "a.tsx",
            "f(<p>\n  {[\n    'https://HOST/3',\n  ]}\n  <i a='1'\n    b='https://HOST/4'\n  />\n</p>);\n",
            "f(<p>\n  {[\n    'https://HOST/3', // WHY\n  ]}\n  <i a='1'\n    b='https://HOST/4' // WHY\n  />\n</p>);\n",
        ),
        (
            "a.vue",
            "<template>\n  <a>x</a>\n</template>\n<script setup>\nconst a = \"https://HOST/2\";\n</script>\n<style>\na { background: url(https://HOST/3.png); }\n</style>\n",
            "<template>\n  <a>x</a>\n</template>\n<script setup>\n/* WHY */\nconst a = \"https://HOST/2\";\n</script>\n<style>\n/* WHY */\na { background: url(https://HOST/3.png); }\n</style>\n",
        ),
        (
            "a.svg",
            "<svg>\n<style>\na{b:url(https://HOST/1)}\n</style></svg>\n",
            "<svg>\n<style>\n/* WHY */\na{b:url(https://HOST/1)}\n</style></svg>\n",
        ),
        (
            "a.mdx",
            "# T\n\nPara https://HOST/1\n",
            "# T\n\n{/* WHY */}\nPara https://HOST/1\n",
        ),
        (
            "a.go",
            "package a\n\n//go:generate curl https://HOST/1\n",
            "package a\n\n// WHY\n//go:generate curl https://HOST/1\n",
        ),
        (
            "a.sql",
            "select 1;\n\\connect https://HOST/2\n",
            "select 1;\n-- WHY\n\\connect https://HOST/2\n",
        ),
        (
            "a.rb",
            "a = b / c\nd = /x/ # y\ne = %w[f]\ng = 'https://HOST/1'\n",
            "a = b / c\nd = /x/ # y\ne = %w[f]\ng = 'https://HOST/1' # WHY\n",
        ),
        ("b.rb", "z = /HOST\n b/x\n", "# WHY\nz = /HOST\n b/x\n"),
        (
            "a.m",
            "#import <a.h>\nvoid f() { g(@\"https://HOST/1\"); }\n",
            "#import <a.h>\nvoid f() { g(@\"https://HOST/1\"); } // WHY\n",
        ),
        (
            "a.php",
            "<?php\nf('https://HOST/1');\n",
            "<?php\nf('https://HOST/1'); // WHY\n",
        ),
        (
            "a.html",
            "<div>\n<script type=\"application/javascript\">\nf('https://HOST/1');\n</script>\n<a href=\"https://HOST/2\">x</a>\n</div>\n",
            "<div>\n<script type=\"application/javascript\">\n/* WHY */\nf('https://HOST/1');\n</script>\n<!-- WHY -->\n<a href=\"https://HOST/2\">x</a>\n</div>\n",
        ),
        (
            "a.vue",
            "<script lang=\"ts\">\nf('https://HOST/1');\n</script>\n<style lang=\"scss\">\na { b: url(https://HOST/2); }\n</style>\n",
            "<script lang=\"ts\">\n/* WHY */\nf('https://HOST/1');\n</script>\n<style lang=\"scss\">\n/* WHY */\na { b: url(https://HOST/2); }\n</style>\n",
        ),
        (
            "a.yml",
            "a: https://HOST/1\n{{- if .b }}\nb: {{ .b }}\n{{- end }}\n",
            "a: https://HOST/1 # WHY\n{{- if .b }}\nb: {{ .b }}\n{{- end }}\n",
        ),
        (
            "Makefile",
            "a:\n\tcurl https://HOST/1\n",
            "a:\n# WHY\n\tcurl https://HOST/1\n",
        ),
    ] {
        let dir = folder(&[(path, before)]);
        let (code, out) = suppress(dir.path(), &["--reason", "kept as a record"]);
        assert_eq!(code, 0, "{path}: {out}");
        let after = after.replace("HOST", DEV).replace("WHY", WHY);
        assert_eq!(read(&dir, path), after, "{path}");
        assert_eq!(lists(&json(dir.path(), &[]).1).0, 0, "{path}");
    }
}

#[test]
fn a_reason_that_would_end_the_program_is_not_written_in_it() {
    for (path, content, reason) in [
        ("a.php", "<?php\nf('https://HOST/');\n", "see ?> x"),
        ("a.c", "f(\"https://HOST/\");\ng();\n", "see C:\\"),
        ("A.java", "f(\"https://HOST/\");\n", "see \\u000a x"),
        (
            "a.html",
            "<body>\n<script>\nf('https://HOST/');\n</script>\n</body>\n",
            "see </script> x",
        ),
        ("a.yml.j2", "a: https://HOST/\n", "see {{ x }}"),
    ] {
        let dir = folder(&[(path, content)]);
        assert_eq!(suppress(dir.path(), &["--reason", reason]).0, 0, "{path}");
        assert_eq!(read(&dir, path), content.replace("HOST", DEV), "{path}");
        assert_eq!(lists(&json(dir.path(), &[]).1).0, 0, "{path}");
    }
}

#[test]
fn where_a_comment_would_be_data_the_configuration_takes_an_entry() {
    for (path, content) in [
        (
            "a.py",
            "\"\"\"Usage: tool\n\n  --url=URL  [default: https://HOST/sync]\n\"\"\"\n",
        ),
        ("a.jl", "\"\"\"\nhttps://HOST/1\n\"\"\"\nf() = 1\n"),
        ("a.pl", "=pod\n\nhttps://HOST/1\n\n=cut\n"),
        ("a.ps1", "<#\n.LINK\nhttps://HOST/2\n#>\n"),
        ("a.jsx", "f(<p>\n  one\n  https://HOST/1\n</p>);\n"),
        (
            "a.mdx",
            "import X from 'y'\n\nexport const u = \"https://HOST/3\"\n",
        ),
        ("a.mdx", "export const a = `\n\nhttps://HOST/1\n`\n"),
        (
            "a.html",
            "<body>\n<textarea>\nhttps://HOST/1\n</textarea>\n</body>\n",
        ),
        (
            "a.html",
            "<body>\n<pre>\nx\nhttps://HOST/1\n</pre>\n</body>\n",
        ),
        (
            "a.html",
            "<body>\n<script type='application/json'>\n{\"a\": \"https://HOST/6\"}\n</script>\n</body>\n",
        ),
        (
            "a.html",
            "<body>\n<script>\nconst a = `\nhttps://HOST/8\n`;\n</script>\n</body>\n",
        ),
        (
            "a.html",
            "<body>\n<a\n  href='https://HOST/7'>x</a>\n</body>\n",
        ),
        (
            "a.vue",
            "<template lang=\"pug\">\na(href='https://HOST/1')\n</template>\n",
        ),
        (
            "a.html.erb",
            "<p>\n<%\n  url = 'https://HOST/1'\n%>\n</p>\n",
        ),
        (
            "a.xml",
            "<a xml:space='preserve'>\n<b>\nhttps://HOST/1</b>\n</a>\n",
        ),
        ("a.php", "<p>\nhttps://HOST/1\n</p>\n<?php f(); ?>\n"),
        ("a.php", "<?php\nf();\n__halt_compiler();\nhttps://HOST/2\n"),
        ("a.pl", "f();\n__DATA__\nhttps://HOST/1\n"),
        ("a.rb", "a = %w[\n  https://HOST/1\n  b\n]\n"),
        ("a.rb", "f()\n__END__\nhttps://HOST/1\n"),
        ("a.ex", "a = ~w(\nhttps://HOST/2\n)\n"),
        ("a.ex", "a = ~S|\nhttps://HOST/2\n|\n"),
        ("a.sql", "select $$\nhttps://HOST/1\n$$;\n"),
        ("a.groovy", "a = $/\nhttps://HOST/1\n/$\n"),
        ("a.hs", "a = [r|\nhttps://HOST/1\n|]\n"),
        ("a.swift", "let a = #\"\"\"\nhttps://HOST/1\n\"\"\"#\n"),
        ("a.cpp", "auto a = R\"x(\nhttps://HOST/1\n)x\";\n"),
        ("a.lua", "a = [[\nhttps://HOST/1\n]]\n"),
        ("a.tf", "a = <<EOT\nhttps://HOST/1\nEOT\n"),
        (
            "a.ipynb",
            "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"a = 'https://HOST/1'\\n\"]}]}\n",
        ),
        // Literals over several lines.
        ("a.rb", "z = /\n https://HOST\n/\n"),
        ("a.rb", "f /\n https://HOST\n/x, 1\n"),
        ("a.rb", "z = %r{\n https://HOST/\n}\n"),
        ("a.rb", "z = %(\n https://HOST/\n)\n"),
        ("a.rb", "z = %x|\n curl https://HOST/\n|\n"),
        ("a.rb", "z = \"#{<<~EOT}\"\n  https://HOST/\nEOT\n"),
        ("a.rb", "z = <<~eot\n  https://HOST/\neot\n"),
        ("a.pl", "f() if /\n https://HOST\n/x;\n"),
        ("a.pl", "my $a = qx(\n curl https://HOST/\n);\n"),
        ("a.pl", "$a =~ m(\n https://HOST/\n)x;\n"),
        ("a.pl", "format STDOUT =\nhttps://HOST/\n.\nf();\n"),
        ("a.groovy", "a = /\nhttps:\\/\\/HOST\n/\n"),
        ("a.swift", "let a = #/\nhttps://HOST\n/#\n"),
        ("a.jl", "a = `\ncurl https://HOST/\n`\n"),
        ("a.scala", "val a = <a>\nhttps://HOST/\n</a>\n"),
        ("a.vb", "Dim a = <a>\nhttps://HOST/\n</a>\n"),
        ("a.xq", "let $a := <a>\nhttps://HOST/\n</a> return $a\n"),
        ("a.sql", "COPY a (b) FROM stdin;\nhttps://HOST/\n\\.\n"),
        ("a.ps1", "cmd --% /c echo https://HOST/\n"),
        // Pages whose text outside of tags is output.
        ("a.php", "<p>https://HOST/</p>\n"),
        ("a.phtml", "<p>\n  https://HOST/\n</p>\n"),
        ("a.blade.php", "<p>{{ \"https://HOST/\" }}</p>\n"),
        (
            "a.blade.php",
            "<?php f(); ?>\n<p>{{ \"https://HOST/\" }}</p>\n",
        ),
        ("a.erb", "<p>\nhttps://HOST/\n</p>\n"),
        (
            "a.html.erb",
            "<div>\n<a href='https://HOST/'>x</a>\n</div>\n",
        ),
        (
            "a.ejs",
            "<?xml version='1.0'?>\n<a>\n<b c='https://HOST/'/>\n</a>\n",
        ),
        ("a.jsp", "<div>\n<a href='https://HOST/'>x</a>\n</div>\n"),
        ("a.cshtml", "<div>\n<a href='https://HOST/'>x</a>\n</div>\n"),
        (
            "a.html.twig",
            "<div>\n<a href='https://HOST/'>x</a>\n</div>\n",
        ),
        (
            "a.mustache",
            "<div>\n<a href='https://HOST/'>x</a>\n</div>\n",
        ),
        ("a.hbs", "<div>\n<a href='https://HOST/'>x</a>\n</div>\n"),
        (
            "a.html.jinja",
            "<div>\n<a href='https://HOST/'>x</a>\n</div>\n",
        ),
        (
            "a.html.tmpl",
            "<div>\n<a href='https://HOST/'>x</a>\n</div>\n",
        ),
        ("a.sql.erb", "<%\n  url = 'https://HOST/'\n%>\n"),
        ("a.js.erb", "<%\n  url = 'https://HOST/'\n%>\n"),
        ("a.html", "<body>\n{{\n  'https://HOST/'\n}}\n</body>\n"),
        ("a.yml.j2", "{%- set u = 'https://HOST/' -%}\nb: 2\n"),
        ("a.yml", "a: https://HOST/\n{{- include \"b\" . }}\n"),
        // Scripts and styles of other languages.
        (
            "a.html",
            "<body>\n<script type='importmap'>\n{\"a\": \"https://HOST/\"}\n</script>\n</body>\n",
        ),
        (
            "a.html",
            "<body>\n<script type='text/template'>\n<a href='https://HOST/'>x</a>\n</script>\n</body>\n",
        ),
        (
            "a.html",
            "<body>\n<script type='text/markdown'>\nhttps://HOST/\n</script>\n</body>\n",
        ),
        (
            "a.html",
            "<body>\n<script type='text/python'>\na = 'https://HOST/'\n</script>\n</body>\n",
        ),
        (
            "a.html",
            "<body>\n<script type='application/ld+json'>\n{\"a\": \"https://HOST/\"}\n</script>\n</body>\n",
        ),
        (
            "a.html",
            "<body>\n<script type='text/x-handlebars'>\n<a href='https://HOST/'>x</a>\n</script>\n</body>\n",
        ),
        (
            "a.html",
            "<body>\n<script language='VBScript'>\na = \"https://HOST/\"\n</script>\n</body>\n",
        ),
        (
            "a.html",
            "<body>\n<style type='text/stylus'>\na\n  b url(https://HOST/)\n</style>\n</body>\n",
        ),
        (
            "a.svg",
            "<svg>\n<style type='text/x'>\na https://HOST/\n</style></svg>\n",
        ),
        ("a.vue", "<i18n>\n{\n\"a\": \"https://HOST/\"\n}\n</i18n>\n"),
        ("a.vue", "<docs>\n\n<b>https://HOST/</b>\n</docs>\n"),
        (
            "a.vue",
            "<script lang=\"coffee\">\na = 'https://HOST/'\n</script>\n",
        ),
        (
            "a.vue",
            "<template lang=\"haml\">\n<a href='https://HOST/'/>\n</template>\n",
        ),
        (
            "a.vue",
            "<style lang=\"sass\">\na\n  b: url(https://HOST/)\n</style>\n",
        ),
        // Text of elements.
        ("a.xml", "<h>\n  https://HOST/\n</h>\n"),
        (
            "a.xml",
            "<a>\n<pattern>\n  x\n  https://HOST/\n</pattern>\n</a>\n",
        ),
        (
            "pom.xml",
            "<a>\n<argLine>-x\n  https://HOST/</argLine>\n</a>\n",
        ),
        (
            "a.xsl",
            "<a>\n<xsl:text>\nhttps://HOST/\n</xsl:text>\n</a>\n",
        ),
        ("a.xml", "<a>\n<b>\n<![CDATA[https://HOST/]]>\n</b>\n</a>\n"),
        ("a.html", "<body>\n<p>\nx\nhttps://HOST/\n</p>\n</body>\n"),
        // Extensions of several languages.
        ("a.m", "x = 'https://HOST/';\n"),
        ("a.m", "% a\nfunction x()\nx = 'https://HOST/';\nend\n"),
        ("a.pl", "a(X) :- b(X, 'https://HOST/').\n"),
        (
            "a.cls",
            "public class A {\n  String a = 'https://HOST/';\n}\n",
        ),
        ("a.cl", "kernel void a() {\n  f(\"https://HOST/\");\n}\n"),
        ("a.ts", "<!DOCTYPE TS>\n<TS>\n<a>https://HOST/</a>\n</TS>\n"),
        ("Makefile", "define X\nhttps://HOST/2\nendef\n"),
        ("Dockerfile", "# escape=\\\n# syntax=HOST/x:1\nFROM a\n"),
    ] {
        let dir = folder(&[(path, content)]);
        let (code, out) = suppress(dir.path(), &["--reason", "kept", "--fail-on", "info"]);
        assert_eq!(code, 0, "{path}: {out}");
        assert_eq!(read(&dir, path), content.replace("HOST", DEV), "{path}");
        let (_, report) = json(dir.path(), &[]);
        assert_eq!((lists(&report).0, lists(&report).2), (0, 0), "{path}");
    }
}

#[test]
fn keys_of_any_characters_are_written_so_that_they_are_read_back() {
    for key in [
        "\u{85}",
        "e\u{301}",
        "\u{301}",
        "\u{378}",
        "\u{feff}",
        "\u{2028}",
        "\u{10ffff}",
        "\u{e0001}",
        "\u{202e}x",
        "*",
        "a: b # c",
        "\\\\",
        "\u{7f}",
        "ä日本",
        "\\n",
        "\\\"",
    ] {
        let content = format!("{{\"{key}\": [\"https://HOST/\"]}}\n");
        let dir = folder(&[
            ("a.json", &content),
            ("b.json", "{\"b\": \"https://HOST/\"}\n"),
        ]);
        let (code, out) = suppress(dir.path(), &["--reason", "kept"]);
        assert_eq!(code, 0, "{key:?}: {out}");
        let (code, report) = json(dir.path(), &[]);
        let written = read(&dir, "ptlint.yaml");
        assert_eq!((code, lists(&report)), (0, (0, 2, 0)), "{key:?}: {written}");
    }
}

#[test]
fn suppress_and_undo_leave_other_folders_alone() {
    let dir = folder(&[
        ("a/b.json", "{\"b\": \"https://HOST/\"}\n"),
        ("c/d.json", "{\"d\": \"https://HOST/\"}\n"),
    ]);
    for part in ["a", "c"] {
        assert_eq!(suppress(dir.path(), &[part, "--reason", "kept"]).0, 0);
    }
    let kept = read(&dir, "c/ptlint.yaml");
    assert_eq!(run_in(&dir.path().join("a"), &["fix", "--undo"]).0, 0);
    assert!(!dir.path().join("a/ptlint.yaml").exists());
    assert_eq!(read(&dir, "c/ptlint.yaml"), kept);
}

#[test]
fn what_is_suppressed_is_counted_with_its_terms_in_every_report() {
    let terms = "until=2027-01-01 owner=ops ticket=X-1";
    let line = format!("# ptlint: ignore[dev-host] {terms} kept\na: https://{DEV}/\n");
    let dir = folder(&[("a.yml", &line)]);
    let report = |format: &str| {
        let arguments = ["check", "--as-of", AS_OF, "--format", format];
        run_in(dir.path(), &arguments).1
    };
    for format in ["html", "markdown"] {
        let page = report(format);
        assert!(!page.contains("No violations"), "{page}");
        let headline = "The only violation in 1 file is suppressed, as of";
        assert!(page.contains(headline), "{page}");
    }
    for format in ["html", "markdown", "csv", "sarif"] {
        let page = report(format);
        for term in ["2027-01-01", "ops", "X-1"] {
            assert!(page.contains(term), "{format}: {term}\n{page}");
        }
    }
    let sarif: serde_json::Value = serde_json::from_str(&report("sarif")).expect("JSON");
    let properties = &sarif["runs"][0]["results"][0]["suppressions"][0]["properties"];
    let expected = serde_json::json!({"until": "2027-01-01", "owner": "ops", "ticket": "X-1"});
    assert_eq!(properties, &expected);
}
