//! The report formats: snapshots, escaping of hostile names and contents, notices and baselines, limits,
//! and reports in files. `tests/clients/formats.rs` gives them to the programs that read them.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::common::{AS_OF, catalogue, check_text, finish, home, named, ptlint, run_in};
use ptlint::facts::{Confidence, Extent, Failure, Notice, Paths, Report, RuleDocs, Severity};
use ptlint::internals::report::human::Style;
use ptlint::internals::report::{FORMATS, Presentation, ReportFormat};
use ptlint::internals::text::Position;
use tempfile::TempDir;

const DEV: &str = "url: https://msg.dev.spine2.ncrs.nhs.uk/sync-service\n";

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect("a file");
    }
    dir
}

/// A run with something of everything: severities, a suppressed one, an entry to delete, a file
/// name, base64, characters outside the basic plane, a file that is not parsed.
fn sample() -> TempDir {
    folder(&[
        (
            "config/app.yml",
            "# old: ldap.vn03.national.ncrs.nhs.uk\nname: \"😀 é\" # 😀 msg.dev.spine2.ncrs.nhs.uk\nurl_dev: https://msg.dev.spine2.ncrs.nhs.uk/x\nurl_int: https://msg.int.spine2.ncrs.nhs.uk/x\n"
                .as_bytes(),
        ),
        ("ers.properties", b"ers.url=https://api.dev1.ers.ncrs.nhs.uk/ers-api/v1\n"),
        ("msg.dev.spine2.ncrs.nhs.uk.cer", b"nothing\n"),
        ("broken.json", b"{\"a\": \"msg.train.spine2.ncrs.nhs.uk\n"),
        (
            "secret.yml",
            b"data: aHR0cHM6Ly9tc2cuZGV2LnNwaW5lMi5uY3JzLm5ocy51ay94\n",
        ),
    ])
}

/// The report in a format.
fn written(dir: &Path, format: ReportFormat) -> String {
    let arguments = [
        "check",
        "--no-config",
        "--as-of",
        AS_OF,
        "--format",
        format.name,
    ];
    let (code, out, err) = run_in(dir, &arguments);
    assert_eq!((code, err.as_str()), (1, ""), "{}", format.name);
    out
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("JSON")
}

/// Versions and digests change with every pack; they are not what a snapshot is about.
fn steady(text: &str) -> String {
    let digest = regex::Regex::new("[0-9a-f]{64}").expect("a pattern");
    let policy = regex::Regex::new("sha256-[^']*").expect("a pattern");
    let style = regex::Regex::new("(?s)<style>.*</style>").expect("a pattern");
    let text = digest.replace_all(text, "[digest]");
    let text = policy.replace_all(&text, "sha256-[style]");
    style.replace_all(&text, "<style></style>").into_owned()
}

#[test]
fn every_format_of_a_run() {
    let dir = sample();
    for format in FORMATS {
        // These have their own snapshots in `cli.rs`, and the lines are those of JSON.
        if matches!(format.name, "human" | "concise" | "json" | "jsonl") {
            continue;
        }
        let mut text = written(dir.path(), format);
        if format.name == "sarif" {
            // The rules are the documentation of the pack; one shows their shape.
            let mut log = json(&text);
            let rules = &mut log["runs"][0]["tool"]["driver"]["rules"];
            rules.as_array_mut().expect("rules").truncate(1);
            text = serde_json::to_string_pretty(&log).expect("JSON");
        }
        insta::assert_snapshot!(format.name, steady(&text));
    }
}

#[test]
fn the_page_about_formats_lists_them_all_in_order() {
    let page = fs::read_to_string(home().join("docs/formats.md")).expect("the page");
    let table = page
        .split("\n\n")
        .find(|part| part.starts_with("| format | for |"));
    let rows = table.expect("a table").lines().skip(2);
    let listed: Vec<&str> = rows.filter_map(|row| row.split('`').nth(1)).collect();
    assert_eq!(listed, FORMATS.map(|format| format.name));
    for format in FORMATS {
        let (chosen, written) = (
            format!("--format {}", format.name),
            format!("--output {}=", format.name),
        );
        assert!(
            page.contains(&chosen) || page.contains(&written),
            "{} has no example",
            format.name
        );
    }
}

#[test]
fn json_lines_are_the_report_in_parts() {
    let dir = sample();
    let whole = json(&written(dir.path(), named("json")));
    let lines: Vec<serde_json::Value> = written(dir.path(), named("jsonl"))
        .lines()
        .map(json)
        .collect();
    let of = |kind: &str| -> Vec<serde_json::Value> {
        let kept = lines.iter().filter(|line| line["type"] == kind);
        kept.map(|line| {
            let mut line = line.clone();
            line.as_object_mut().expect("an object").remove("type");
            line
        })
        .collect()
    };
    assert_eq!(lines[0]["type"], "run");
    assert_eq!(lines[0]["schema"], whole["schema"]);
    assert_eq!(lines.last().expect("a line")["type"], "coverage");
    assert_eq!(
        of("violation"),
        *whole["violations"].as_array().expect("a list")
    );
    assert_eq!(of("coverage"), [whole["coverage"].clone()]);
    assert!(of("violation").len() >= 5);
}

/// All places of a SARIF log: address, line, columns.
fn places(log: &serde_json::Value) -> Vec<(String, u64, u64, u64)> {
    let results = log["runs"][0]["results"].as_array().expect("results");
    let mut places: Vec<_> = results
        .iter()
        .map(|result| {
            let place = &result["locations"][0]["physicalLocation"];
            let number = |key: &str| place["region"][key].as_u64().unwrap_or(0);
            (
                place["artifactLocation"]["uri"]
                    .as_str()
                    .expect("an address")
                    .to_owned(),
                number("startLine"),
                number("startColumn"),
                number("endColumn"),
            )
        })
        .collect();
    places.sort();
    places
}

#[test]
fn sarif_columns_count_utf_16_and_addresses_are_encoded() {
    let line = "😀é: msg.dev.spine2.ncrs.nhs.uk\n";
    let wide: Vec<u8> = std::iter::once(0xfeff)
        .chain(line.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let dir = folder(&[
        ("a b/ü#%?.yml", line.as_bytes()),
        ("wide.txt", &wide),
        ("dev.spine2.ncrs.nhs.uk/readme", b"nothing"),
    ]);
    let log = json(&written(dir.path(), named("sarif")));
    assert_eq!(log["runs"][0]["columnKind"], "utf16CodeUnits");
    assert_eq!(
        places(&log),
        [
            ("a%20b/%C3%BC%23%25%3F.yml".to_owned(), 1, 6, 32),
            ("dev.spine2.ncrs.nhs.uk".to_owned(), 1, 0, 0),
            ("wide.txt".to_owned(), 1, 6, 32),
        ]
    );
    // The others count characters, and reviewdog bytes of UTF-8.
    let rdjson = json(&written(dir.path(), named("rdjson")));
    let column = |n: usize| &rdjson["diagnostics"][n]["location"]["range"]["start"]["column"];
    assert_eq!((column(0), column(2)), (&9.into(), &9.into()));
    assert!(written(dir.path(), named("checkstyle")).contains("column=\"5\""));
}

#[test]
fn sarif_fixes_only_what_can_be_written_as_it_is() {
    let dir = sample();
    let log = json(&written(dir.path(), named("sarif")));
    let mut fixed = 0;
    for result in log["runs"][0]["results"].as_array().expect("results") {
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"]
            .as_str()
            .expect("an address");
        let Some(fix) = result["fixes"].get(0) else {
            continue;
        };
        fixed += 1;
        let change = &fix["artifactChanges"][0];
        assert_eq!(change["artifactLocation"], place["artifactLocation"]);
        let replacement = &change["replacements"][0];
        assert_eq!(replacement["deletedRegion"], place["region"]);
        let text = replacement["insertedContent"]["text"]
            .as_str()
            .expect("a text");
        assert!(text.contains(".int.") || text.contains(".nis1."), "{text}");
        // e-RS changes its path, deletions and base64 are not replacements, and names of files are not text.
        assert!(
            ![
                "ers.properties",
                "secret.yml",
                "msg.dev.spine2.ncrs.nhs.uk.cer"
            ]
            .contains(&uri)
        );
    }
    assert!(fixed >= 2, "{fixed}");
}

#[test]
fn suppressed_results_say_so_and_the_others_say_that_they_are_not() {
    let dir = sample();
    let report = report_of(dir.path());
    let mut report = report;
    let mut quiet = report.violations.remove(0);
    quiet.suppressed = Some(ptlint::facts::Suppression::new(
        "configuration",
        "a reason".to_owned(),
    ));
    report.suppressed.push(quiet);
    report.failures.push(Failure {
        path: "b c.yml".to_owned(),
        message: "gone".to_owned(),
    });
    let log = json(&text_of(&report, named("sarif")));
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    let (told, silent): (Vec<_>, Vec<_>) = results
        .iter()
        .partition(|r| r["suppressions"].as_array().is_some_and(|s| !s.is_empty()));
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["suppressions"][0]["justification"], "a reason");
    assert!(
        silent
            .iter()
            .all(|r| r["suppressions"] == serde_json::json!([]))
    );
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let failure = &invocation["toolExecutionNotifications"][0];
    assert_eq!(failure["descriptor"]["id"], "not-checked");
    assert_eq!(
        failure["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "b%20c.yml"
    );
    // Nowhere does a failure get lost.
    for format in FORMATS {
        let text = text_of(&report, format);
        assert!(text.contains("gone"), "{}: {text}", format.name);
    }
}

/// A tree with a violation that the baseline knows, one that a directive covers, one that is new,
/// and a notice of each kind.
fn suppressing() -> TempDir {
    let dir = folder(&[("old.yml", DEV.as_bytes())]);
    let arguments = ["baseline", "create", "--no-config", "--as-of", AS_OF];
    let (code, _, err) = run_in(dir.path(), &arguments);
    assert_eq!((code, err.as_str()), (0, ""));
    fs::write(
        dir.path().join("new.yml"),
        "a: https://msg.dev.spine2.ncrs.nhs.uk/ # ptlint: ignore[dev-host] a record\nb: 1\n  # ptlint: ignore[dev-host] gone\nc: 2\né😀: 3 # ptlint: ignore[dev-host]\nd: https://msg.dev.spine2.ncrs.nhs.uk/\n",
    )
    .expect("a file");
    dir
}

fn suppressing_in(format: ReportFormat) -> String {
    let dir = suppressing();
    let arguments = [
        "check",
        "--no-config",
        "--as-of",
        AS_OF,
        "--baseline",
        "ptlint.baseline.jsonl",
        "--format",
        format.name,
    ];
    let (code, out, err) = run_in(dir.path(), &arguments);
    assert_eq!((code, err.as_str()), (1, ""), "{}", format.name);
    out
}

/// Path, line, severity, rule and the text of each notice in a report of a format: its message
/// and its help. None for a format that this cannot read.
fn told(format: ReportFormat, text: &str) -> Option<Vec<[String; 5]>> {
    let of_list = |list: &serde_json::Value, pointers: [&str; 5]| {
        let all = list.as_array().expect("a list").iter();
        all.map(|entry| {
            pointers.map(|pointers| {
                let values = pointers.split(' ').map(|pointer| {
                    let value = entry.pointer(pointer).expect(pointer);
                    value.as_str().map_or(value.to_string(), str::to_owned)
                });
                values.collect::<Vec<_>>().join("; ")
            })
        })
        .collect::<Vec<_>>()
    };
    // The groups are numbered by what they hold; the order in the text is the format's.
    let found = |pattern: &str| {
        let pattern = regex::Regex::new(pattern).expect("a pattern");
        let rows = pattern.captures_iter(text).map(|found| {
            ["path", "line", "severity", "rule", "text"].map(|name| found[name].to_owned())
        });
        rows.collect::<Vec<_>>()
    };
    let contract = [
        "/path",
        "/start/line",
        "/severity",
        "/rule",
        "/message /help",
    ];
    let mut rows = match format.name {
        "human" => found(
            r"(?s)(?<rule>\w+-suppression)\n\n +(?<severity>.) (?<text>[^\n]*)\n +╭─\[(?<path>[^:\n]*):(?<line>\d+):\d+\]",
        ),
        "concise" => found(
            r"(?m)^(?<path>[^:\n]+):(?<line>\d+):\d+ (?<severity>\w+) (?<rule>\S+): (?<text>.*)$",
        ),
        "json" => of_list(&json(text)["notices"], contract),
        "jsonl" => {
            let lines = text.lines().map(json).filter(|l| l["type"] == "notice");
            of_list(&lines.collect(), contract)
        }
        "sarif" => of_list(
            &json(text)["runs"][0]["results"],
            [
                "/locations/0/physicalLocation/artifactLocation/uri",
                "/locations/0/physicalLocation/region/startLine",
                "/level",
                "/ruleId",
                "/message/text",
            ],
        ),
        "junit" => found(
            r"(?m)^(?:.*>)?(?<path>[^:>\n]+):(?<line>\d+):\d+: (?<severity>\w+) (?<rule>\S+): (?<text>.*?)(?:</failure>)?$",
        ),
        "github" => found(
            r"(?m)^::(?<severity>\w+) file=(?<path>[^,]*),line=(?<line>\d+),endLine=\d+,col=\d+,endColumn=\d+,title=(?<rule>[^:,]*)::(?<text>.*)$",
        ),
        "gitlab" => of_list(
            &json(text),
            [
                "/location/path",
                "/location/lines/begin",
                "/severity",
                "/check_name",
                "/description",
            ],
        ),
        "azure" => found(
            r"(?m)^##vso\[task.logissue type=(?<severity>\w+);sourcepath=(?<path>[^;]*);linenumber=(?<line>\d+);columnnumber=\d+;code=(?<rule>[^;]*);\](?<text>.*)$",
        ),
        "teamcity" => found(
            r"(?m)^##teamcity\[inspection typeId='(?<rule>[^']*)' message='(?<text>[^']*)' file='(?<path>[^']*)' line='(?<line>\d+)' SEVERITY='(?<severity>\w+)'\]$",
        ),
        "checkstyle" => {
            let mut rows = found(
                r#"<error (?<path>)line="(?<line>\d+)" column="\d+" severity="(?<severity>\w+)" message="(?<text>[^"]*)" source="ptlint\.(?<rule>[^"]*)"/>"#,
            );
            // All of them are in the only file with violations that are no longer known.
            assert_eq!(text.matches("<file name=\"new.yml\">").count(), 1, "{text}");
            assert_eq!(text.matches("<file ").count(), 1, "{text}");
            for row in &mut rows {
                "new.yml".clone_into(&mut row[0]);
            }
            rows
        }
        "rdjson" => of_list(
            &json(text)["diagnostics"],
            [
                "/location/path",
                "/location/range/start/line",
                "/severity",
                "/code/value",
                "/message",
            ],
        ),
        "csv" => {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let rows = reader.records().map(|row| {
                let row = row.expect("a row");
                let text = format!("{}; {}", &row[11], &row[12]);
                [&row[0], &row[1], &row[3], &row[4], &text].map(str::to_owned)
            });
            rows.collect()
        }
        "markdown" => found(
            r"(?m)^\| <code>(?<path>[^:\n]*):(?<line>\d+):\d+</code> \| (?<severity>\w+) \| (?<rule>\S+) \| (?<text>.* \| .*) \|$",
        ),
        "html" => found(
            r#"(?s)<th scope="row"><code>(?<path>[^<]*)</code><br>(?<line>\d+):\d+<br><span class="badge \w+">(?<severity>\w+)</span><br><a class="soft" href="\#[^"]*">(?<rule>[^<]*)</a></th><td><p>(?<text>[^<]*)</p>"#,
        ),
        _ => return None,
    };
    rows.retain(|row| row[3].ends_with("-suppression"));
    rows.sort_by_key(|row| row[1].parse::<u64>().expect("a line"));
    Some(rows)
}

#[test]
fn every_format_tells_notices_with_their_places_and_help() {
    for format in FORMATS {
        let text = suppressing_in(format);
        for said in [
            "new.yml",
            "this suppression covers no violation of ",
            "this suppression has no effect: it has no reason",
            "move it to the violation that it is meant for",
            "say after the rules why the violation stays",
        ] {
            assert!(text.contains(said), "{}: {text}", format.name);
        }
        let Some(told) = told(format, &text) else {
            continue;
        };
        let places: Vec<_> = told.iter().map(|row| [&row[0], &row[1], &row[3]]).collect();
        assert_eq!(
            places,
            [
                ["new.yml", "3", "unused-suppression"],
                ["new.yml", "5", "invalid-suppression"],
            ],
            "{}: {text}",
            format.name
        );
        let severity = match format.name {
            "human" => "⚠",
            "gitlab" => "major",
            "rdjson" | "teamcity" => "WARNING",
            _ => "warning",
        };
        assert!(told.iter().all(|row| row[2] == severity), "{told:?}");
        for (row, message) in told.iter().zip([
            "this suppression covers no violation of ",
            "this suppression has no effect: it has no reason",
        ]) {
            assert!(row[4].starts_with(message), "{}: {row:?}", format.name);
        }
    }
}

#[test]
fn sarif_says_how_something_is_suppressed_and_what_is_new_since_the_baseline() {
    let log = json(&suppressing_in(named("sarif")));
    let run = &log["runs"][0];
    let rules = &run["tool"]["driver"]["rules"];
    let mut seen = Vec::new();
    for result in run["results"].as_array().expect("results") {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index"));
        let rule = &rules[index.expect("a small number")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(
            rule["help"]["markdown"]
                .as_str()
                .is_some_and(|h| h.len() > 50)
        );
        let place = &result["locations"][0]["physicalLocation"];
        seen.push(format!(
            "{} {} {} {} {}",
            place["artifactLocation"]["uri"]
                .as_str()
                .expect("an address"),
            place["region"]["startLine"],
            place["region"]["startColumn"],
            result["suppressions"][0]["kind"].as_str().unwrap_or("-"),
            result["baselineState"].as_str().expect("a state")
        ));
    }
    seen.sort();
    assert_eq!(
        seen,
        [
            "new.yml 1 12 inSource new",
            "new.yml 3 5 - new",
            "new.yml 5 18 - new",
            "new.yml 6 12 - new",
            "old.yml 1 14 external unchanged",
        ]
    );
    // Without a baseline there is nothing to compare with.
    let dir = suppressing();
    let text = written(dir.path(), named("sarif"));
    assert!(!text.contains("baselineState"), "{text}");
    // What the configuration suppresses stands outside of the source too.
    let mut report = report_of(dir.path());
    report.suppressed[0].suppressed =
        Some(ptlint::facts::Suppression::by_configuration("x".to_owned()));
    assert!(text_of(&report, named("sarif")).contains("\"kind\":\"external\""));
}

#[test]
fn json_lines_tell_the_baseline_and_notices_as_the_report_does() {
    let whole = json(&suppressing_in(named("json")));
    let text = suppressing_in(named("jsonl"));
    let of = |kind: &str| -> Vec<serde_json::Value> {
        let lines = text.lines().map(json).filter(|line| line["type"] == kind);
        lines
            .map(|mut line| {
                line.as_object_mut().expect("an object").remove("type");
                line
            })
            .collect()
    };
    assert_eq!(of("notice"), *whole["notices"].as_array().expect("a list"));
    assert_eq!(
        of("suppressed"),
        *whole["suppressed"].as_array().expect("a list")
    );
    assert_eq!(of("baseline"), [whole["baseline"].clone()]);
}

/// A notice at a line of a file; message and help may have content of files.
fn notice(path: &str, line: u64, text: &str) -> Notice {
    let at = |column| Position {
        line,
        column,
        byte: line * 100 + column,
        utf16: column,
        utf8: column,
    };
    Notice {
        rule: "invalid-suppression".to_owned(),
        severity: Severity::Warning,
        path: path.to_owned(),
        start: at(3),
        end: at(9),
        message: text.to_owned(),
        help: text.to_owned(),
        excerpt: None,
    }
}

#[test]
fn what_a_notice_quotes_from_a_file_stays_text() {
    const HOSTILE: &str = "=1+1\"]]><script>x</script><!--\n::error::y\r\n##vso[task.x]y ##teamcity[z] ##[error]'|] | `**q** %0A\u{202e}\u{1b}[31m";
    let mut report = many(0, |_, _| ());
    for (path, line) in [("a.yml", 1), ("a.yml", 2), ("::error::b.yml", 1)] {
        report.notices.push(notice(path, line, HOSTILE));
    }
    for format in FORMATS {
        let text = text_of(&report, format);
        let name = format.name;
        assert!(
            text.matches("1+1").count() + text.matches("1&#43;1").count() >= 6,
            "{name}"
        );
        let data = matches!(format.name, "json" | "jsonl");
        for c in text.chars() {
            let acts = c.is_control() && c != '\n' || !data && c == '\u{202e}';
            assert!(!acts, "{name}: {c:?}");
        }
        assert!(
            data || !matches!(format.name, "html" | "markdown" | "junit" | "checkstyle")
                || !text.contains("<script"),
            "{name}: {text}"
        );
        for line in text.lines().filter(|_| !data) {
            let commands = line.matches("##vso[").count()
                + line.matches("##teamcity[").count()
                + line.matches("##[").count();
            let meant = match format.name {
                "azure" => line.starts_with("##vso[task.logissue "),
                "teamcity" => line.starts_with("##teamcity["),
                _ => false,
            };
            assert_eq!(commands, usize::from(meant), "{name}: {line}");
            let workflow = line.trim_start().starts_with("::");
            let meant = format.name == "github" && line.starts_with("::warning file=");
            assert_eq!(workflow, meant, "{name}: {line}");
        }
    }
    // Each row is a row, and no cell a formula.
    let table = text_of(&report, named("csv"));
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 3);
    assert!(
        rows.iter()
            .all(|row| row[11].starts_with("'=") && row[12].starts_with("'="))
    );
    // The XML can be read, and says what was written but for what a terminal acts on.
    for format in [named("junit"), named("checkstyle")] {
        let text = text_of(&report, format);
        let mut reader = quick_xml::Reader::from_str(&text);
        while reader.read_event().expect("XML") != quick_xml::events::Event::Eof {}
    }
    assert_eq!(
        text_of(&report, named("markdown"))
            .matches(" | warning | ")
            .count(),
        3
    );
}

#[test]
fn a_notice_keeps_its_fingerprint_when_lines_move_and_differs_from_its_like() {
    let prints = |lines: &[u64]| -> Vec<Vec<String>> {
        let mut report = many(0, |_, _| ());
        for line in lines {
            report.notices.push(notice("a.yml", *line, "same"));
        }
        report.notices.push(notice("b.yml", 1, "same"));
        report.notices.push(notice("b.yml", 1, "other"));
        let gitlab = json(&text_of(&report, named("gitlab")));
        let sarif = json(&text_of(&report, named("sarif")));
        let all = |list: &serde_json::Value, pointer: &str| {
            let prints = list.as_array().expect("a list").iter().map(|entry| {
                let print = entry.pointer(pointer).and_then(|p| p.as_str());
                print.expect("a fingerprint").to_owned()
            });
            prints.collect::<Vec<_>>()
        };
        vec![
            all(&gitlab, "/fingerprint"),
            all(
                &sarif["runs"][0]["results"],
                "/partialFingerprints/ptlint~1v1",
            ),
        ]
    };
    let before = prints(&[1, 5]);
    assert_eq!(before, prints(&[11, 50]));
    assert_eq!(before[0], before[1]);
    let mut distinct = before[0].clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 4);
}

#[test]
fn notices_keep_to_the_limits_of_github() {
    let mut report = many(5, |_, violation| violation.severity = Severity::Info);
    for line in 1..=20_000 {
        report.notices.push(notice("a.yml", line, "wrong"));
    }
    let text = text_of(&report, named("github"));
    assert_eq!(
        text.lines().filter(|l| l.starts_with("::warning ")).count(),
        10
    );
    assert_eq!(
        text.lines().filter(|l| l.starts_with("::notice ")).count(),
        5
    );
    assert!(
        text.contains("for a step; 19990 notices more above"),
        "no count"
    );
    let mut summary = Vec::new();
    ptlint::internals::report::github::summary(&report, &Paths::FromRoot, &mut summary)
        .expect("written");
    assert!(summary.len() <= 1024 * 1024, "{}", summary.len());
    let summary = String::from_utf8(summary).expect("text");
    assert!(summary.contains("notices more, for which there is no room here"));
    assert!(summary.contains("| info |") && summary.contains("## Coverage"));
    // A warning goes before what is info, also where results are left out.
    report
        .notices
        .extend((0..5_000).map(|line| notice("b.yml", line + 1, "wrong")));
    let log = json(&text_of(&report, named("sarif")));
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 25_000);
    assert!(results.iter().all(|r| r["level"] == "warning"));
}

#[test]
fn nothing_staged_is_no_doubt_in_any_format() {
    let mut report = many(0, |_, _| ());
    report.coverage.files = 0;
    let doubtful = |report: &Report| {
        let silent = |format: &ReportFormat| {
            let text = text_of(report, *format);
            !text.contains("so this run proves nothing")
        };
        let kept = FORMATS.into_iter().filter(|format| !silent(format));
        kept.map(|format| format.name).collect::<Vec<_>>()
    };
    let said = doubtful(&report);
    for name in [
        "human", "sarif", "junit", "github", "azure", "teamcity", "markdown", "html",
    ] {
        assert!(said.contains(&name), "{name}: {said:?}");
    }
    report.coverage.extent = Extent::Staged;
    assert_eq!(doubtful(&report), [""; 0]);
    let log = json(&text_of(&report, named("sarif")));
    assert_eq!(
        log["runs"][0]["invocations"][0]["executionSuccessful"],
        true
    );
    assert!(text_of(&report, named("junit")).contains("errors=\"0\""));
}

fn report_of(dir: &Path) -> Report {
    let options = ptlint::Options::new([dir]).as_of(AS_OF.parse().expect("a date"));
    ptlint::check(&options).expect("a report")
}

fn text_of(report: &Report, format: ReportFormat) -> String {
    let docs = RuleDocs::new(&catalogue());
    let frame = Presentation {
        docs: &docs,
        shown: &Paths::FromRoot,
        rooted: &Paths::FromRoot,
        style: Style {
            colour: false,
            links: false,
            width: 100,
            full: None,
        },
    };
    let mut out = Vec::new();
    format.write(report, frame, &mut out).expect("written");
    String::from_utf8(out).expect("text")
}

/// A report with many violations, each the given one with another place.
fn many(count: usize, change: impl Fn(usize, &mut ptlint::facts::Violation)) -> Report {
    let mut report = check_text(&catalogue(), "a.yml", DEV.as_bytes(), Confidence::Likely);
    let one = report.violations[0].clone();
    report.violations = (0..count)
        .map(|number| {
            let mut violation = one.clone();
            violation.fingerprint = format!("{number:064x}");
            change(number, &mut violation);
            violation
        })
        .collect();
    report
}

#[test]
fn sarif_stays_under_the_limits_and_says_what_it_left_out() {
    let report = many(26_000, |number, violation| {
        violation.path = format!(
            "services/a-folder-{}/config/application-{number}.yml",
            number % 97
        );
        violation.severity = if number % 2 == 0 {
            Severity::Warning
        } else {
            Severity::Error
        };
        violation.fingerprint = ptlint_digest(number);
    });
    let began = Instant::now();
    let text = text_of(&report, named("sarif"));
    assert!(
        began.elapsed() < Duration::from_secs(300),
        "{:?}",
        began.elapsed()
    );
    let log = json(&text);
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 25_000);
    let errors = results.iter().take_while(|r| r["level"] == "error").count();
    assert_eq!(
        errors, 13_000,
        "the severe ones come first, and all of them"
    );
    let notifications = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    let cut = notifications
        .as_array()
        .expect("a list")
        .iter()
        .find(|n| n["descriptor"]["id"] == "cut");
    let message = cut.expect("a notice")["message"]["text"]
        .as_str()
        .expect("a text");
    assert!(
        message.starts_with("1000 of 26000 results are left out"),
        "{message}"
    );
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(text.as_bytes()).expect("packed");
    let size = packed.finish().expect("packed").len();
    assert!(size < 10_000_000, "{size}");
}

/// Looks like a fingerprint: 64 characters that do not compress.
fn ptlint_digest(number: usize) -> String {
    use sha2::Digest as _;
    let bytes = sha2::Sha256::digest(number.to_le_bytes());
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn too_many_equal_results_of_a_file_become_one() {
    let report = many(26_000, |number, violation| {
        violation.path = format!("{}.yml", number % 20_000);
        violation.start.line = number as u64;
        violation.end.line = number as u64;
    });
    let log = json(&text_of(&report, named("sarif")));
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 20_000);
    assert_eq!(results[0]["occurrenceCount"], 2);
    assert_eq!(
        results[0]["relatedLocations"]
            .as_array()
            .expect("a list")
            .len(),
        1
    );
    let notifications = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(*notifications, serde_json::json!([]));
}

#[test]
fn github_gets_ten_annotations_of_a_level_and_a_summary_of_at_most_a_megabyte() {
    let report = many(30_000, |number, violation| {
        violation.path = format!("config/{number}.yml");
        violation.severity = [Severity::Info, Severity::Warning, Severity::Error][number % 3];
    });
    let text = text_of(&report, named("github"));
    for level in ["::error ", "::warning ", "::notice "] {
        assert_eq!(text.lines().filter(|l| l.starts_with(level)).count(), 10);
    }
    assert!(text.starts_with("::error "));
    assert!(text.contains("29970 violations more above"));
    let mut summary = Vec::new();
    ptlint::internals::report::github::summary(&report, &Paths::FromRoot, &mut summary)
        .expect("written");
    assert!(summary.len() <= 1024 * 1024, "{}", summary.len());
    let summary = String::from_utf8(summary).expect("text");
    assert!(summary.contains("for which there is no room here"));
    assert!(
        summary.contains("## Coverage"),
        "the end is there all the same"
    );
    assert!(!summary.contains("| info |"), "the most severe come first");
}

#[test]
fn the_job_summary_is_appended_to_the_file_of_the_job() {
    let dir = sample();
    let summary = tempfile::NamedTempFile::new().expect("a file");
    fs::write(summary.path(), "# before\n").expect("written");
    for (format, there) in [("github", true), ("concise", false)] {
        let mut command = ptlint();
        command
            .current_dir(dir.path())
            .env("GITHUB_STEP_SUMMARY", summary.path())
            .args(["check", "--no-config", "--as-of", AS_OF, "--format", format]);
        assert_eq!(finish(&mut command).0, 1);
        let text = fs::read_to_string(summary.path()).expect("a summary");
        assert!(text.starts_with("# before\n"));
        assert_eq!(text.contains("## Violations"), there || text.len() > 20);
    }
    let text = fs::read_to_string(summary.path()).expect("a summary");
    assert_eq!(text.matches("## Violations").count(), 1);
}

#[test]
fn one_run_writes_several_reports() {
    let dir = sample();
    let out = tempfile::tempdir().expect("a folder");
    let mut command = ptlint();
    command.current_dir(dir.path()).args([
        "check",
        "--no-config",
        "--as-of",
        AS_OF,
        "--format",
        "concise",
    ]);
    for format in FORMATS {
        let file = out.path().join(format.name);
        command
            .arg("--output")
            .arg(format!("{}={}", format.name, file.display()));
    }
    let (code, shown, err) = finish(&mut command);
    assert_eq!((code, err.as_str()), (1, ""));
    assert_eq!(shown, written(dir.path(), named("concise")));
    for format in FORMATS {
        let text = fs::read_to_string(out.path().join(format.name)).expect("a report");
        assert_eq!(text, written(dir.path(), format), "{}", format.name);
    }
    assert_eq!(
        fs::read_dir(out.path()).expect("a folder").count(),
        FORMATS.len()
    );
}

#[test]
fn a_report_in_the_tree_is_not_checked_by_the_next_run() {
    let dir = folder(&[("a.yml", DEV.as_bytes())]);
    let arguments = [
        "check",
        "--as-of",
        AS_OF,
        "--format",
        "json",
        "--output",
        "sarif=[out] !#.sarif",
    ];
    for _ in 0..2 {
        let (code, out, err) = run_in(dir.path(), &arguments);
        assert_eq!((code, err.as_str()), (1, ""));
        let report = json(&out);
        assert_eq!(report["violations"].as_array().expect("a list").len(), 1);
        assert_eq!(report["coverage"]["files"], 1);
    }
}

#[test]
fn what_cannot_be_written_is_an_error_that_names_the_file() {
    let dir = folder(&[("a.txt", b"nothing\n"), ("file/x", b"x")]);
    let run = |arguments: &[&str]| {
        let mut all = vec!["check", "--as-of", AS_OF];
        all.extend(arguments);
        let (code, out, err) = run_in(dir.path(), &all);
        (code, out.is_empty(), err)
    };
    for (value, said) in [
        ("json=nowhere/report.json", "nowhere/report.json"),
        ("json=file", "file"),
        ("json=a.txt/report", "a.txt/report"),
        ("xml=a", "there is no format `xml`"),
        ("json", "write FORMAT=FILE"),
        ("json=", "write FORMAT=FILE"),
    ] {
        let (code, silent, err) = run(&["--output", value]);
        assert_eq!((code, silent), (2, true), "{value}: {err}");
        assert!(err.contains(said), "{value}: {err}");
    }
    let (code, _, err) = run(&["--output", "json=x", "--output", "csv=./x"]);
    assert_eq!(code, 2);
    assert!(err.contains("two reports"), "{err}");
    assert!(!dir.path().join("x").exists());
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_mode_and_a_link_stays_one() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let dir = folder(&[("a.yml", DEV.as_bytes()), ("out/real.json", b"old")]);
    let real = dir.path().join("out/real.json");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("a mode");
    symlink(&real, dir.path().join("link.json")).expect("a link");
    let (code, _, err) = run_in(
        dir.path(),
        &[
            "check",
            "--as-of",
            AS_OF,
            "--output",
            "json=link.json",
            "--output",
            "csv=/dev/null",
            "--output",
            "html=/dev/null",
            "--output",
            "sarif=new.sarif",
        ],
    );
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(
        fs::symlink_metadata(dir.path().join("link.json"))
            .expect("a link")
            .is_symlink()
    );
    json(&fs::read_to_string(&real).expect("a report"));
    let mode = |path: PathBuf| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode(real), 0o640);
    // A new one is readable to whoever new files are readable to.
    fs::write(dir.path().join("other"), "").expect("a file");
    assert_eq!(
        mode(dir.path().join("new.sarif")),
        mode(dir.path().join("other"))
    );
}

#[test]
fn servers_get_paths_from_the_root_of_the_repository() {
    let dir = folder(&[
        ("deep/er/a.yml", DEV.as_bytes()),
        (".git/HEAD", b"ref: refs/heads/main\n"),
    ]);
    let init = std::process::Command::new("git")
        .current_dir(dir.path())
        .args(["init", "-q"])
        .status();
    assert!(init.expect("git").success());
    for folder in ["deep/er", "deep", "."] {
        let at = dir.path().join(folder);
        for format in [
            named("sarif"),
            named("gitlab"),
            named("rdjson"),
            named("azure"),
        ] {
            let text = written(&at, format);
            assert!(text.contains("deep/er/a.yml"), "{folder}: {text}");
        }
        assert!(written(&at, named("github")).contains("file=deep/er/a.yml,"));
    }
    // Nor does it matter from where and under which name.
    let expected = [("deep/er/a.yml".to_owned(), 1, 14, 40)];
    let deep = dir.path().join("deep");
    let absolute = deep.join("er/a.yml");
    for (from, name) in [
        (dir.path(), "./deep"),
        (&deep, "../deep/er/"),
        (&deep, "./er/a.yml"),
        (Path::new("/"), absolute.to_str().expect("a name")),
    ] {
        let arguments = ["check", name, "--format", "sarif", "--as-of", AS_OF];
        let (_, out, err) = run_in(from, &arguments);
        assert_eq!(places(&json(&out)), expected, "{name}: {err}");
    }
}

#[test]
fn the_docs_name_every_format_with_a_line_to_copy() {
    let docs = fs::read_to_string(home().join("docs/formats.md")).expect("docs");
    for format in FORMATS {
        let name = format.name;
        assert!(docs.contains(&format!("| `{name}` |")), "{name}");
        assert!(
            docs.contains(&format!("--format {name}"))
                || docs.contains(&format!("--output {name}=")),
            "{name}"
        );
    }
    assert_eq!(named("json").name, "json");
    assert!(ReportFormat::by_name("xml").is_none());
}
