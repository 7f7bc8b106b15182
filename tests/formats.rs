//! The report formats: what each looks like, that hostile names and contents stay text in all of
//! them, their limits, and reports in files. What real readers of the formats say of them is in
//! `clients.rs`.

mod common;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use common::{AS_OF, catalogue, check_text, finish, home, ptlint, run_in};
use ptlint::catalogue::{Confidence, Severity};
use ptlint::report::human::Style;
use ptlint::report::{Failure, Format, Frame, Report, RuleDocs};
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
fn written(dir: &Path, format: Format) -> String {
    let arguments = [
        "check",
        "--no-config",
        "--as-of",
        AS_OF,
        "--format",
        format.name(),
    ];
    let (code, out, err) = run_in(dir, &arguments);
    assert_eq!((code, err.as_str()), (1, ""), "{}", format.name());
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
    for format in Format::ALL {
        // These have their own snapshots in `cli.rs`, and the lines are those of JSON.
        if matches!(
            format,
            Format::Human | Format::Concise | Format::Json | Format::Jsonl
        ) {
            continue;
        }
        let mut text = written(dir.path(), format);
        if format == Format::Sarif {
            // The rules are the documentation of the pack; one shows their shape.
            let mut log = json(&text);
            let rules = &mut log["runs"][0]["tool"]["driver"]["rules"];
            rules.as_array_mut().expect("rules").truncate(1);
            text = serde_json::to_string_pretty(&log).expect("JSON");
        }
        insta::assert_snapshot!(format.name(), steady(&text));
    }
}

#[test]
fn json_lines_are_the_report_in_parts() {
    let dir = sample();
    let whole = json(&written(dir.path(), Format::Json));
    let lines: Vec<serde_json::Value> = written(dir.path(), Format::Jsonl)
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
    let log = json(&written(dir.path(), Format::Sarif));
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
    let rdjson = json(&written(dir.path(), Format::Rdjson));
    let column = |n: usize| &rdjson["diagnostics"][n]["location"]["range"]["start"]["column"];
    assert_eq!((column(0), column(2)), (&9.into(), &9.into()));
    assert!(written(dir.path(), Format::Checkstyle).contains("column=\"5\""));
}

#[test]
fn sarif_fixes_only_what_can_be_written_as_it_is() {
    let dir = sample();
    let log = json(&written(dir.path(), Format::Sarif));
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
        // e-RS changes its path, a deletion and base64 are no replacements, a name is no text.
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
    quiet.suppressed = Some(ptlint::report::Suppression::new(
        "configuration",
        "a reason".to_owned(),
    ));
    report.suppressed.push(quiet);
    report.failures.push(Failure {
        path: "b c.yml".to_owned(),
        message: "gone".to_owned(),
    });
    let log = json(&text_of(&report, Format::Sarif));
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
    for format in Format::ALL {
        let text = text_of(&report, format);
        assert!(text.contains("gone"), "{}: {text}", format.name());
    }
}

fn report_of(dir: &Path) -> Report {
    let options = ptlint::Options::new([dir]).as_of(AS_OF.parse().expect("a date"));
    ptlint::check(&options).expect("a report")
}

fn text_of(report: &Report, format: Format) -> String {
    let docs = RuleDocs::new(&catalogue());
    let same = |path: &str| path.to_owned();
    let frame = Frame {
        docs: &docs,
        shown: &same,
        rooted: &same,
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
fn many(count: usize, change: impl Fn(usize, &mut ptlint::report::Violation)) -> Report {
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
    let text = text_of(&report, Format::Sarif);
    assert!(
        began.elapsed() < Duration::from_secs(60),
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
    let log = json(&text_of(&report, Format::Sarif));
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
    let text = text_of(&report, Format::Github);
    for level in ["::error ", "::warning ", "::notice "] {
        assert_eq!(text.lines().filter(|l| l.starts_with(level)).count(), 10);
    }
    assert!(text.starts_with("::error "));
    assert!(text.contains("29970 violations more above"));
    let mut summary = Vec::new();
    ptlint::report::github::summary(&report, &|path| path.to_owned(), &mut summary)
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
    for format in Format::ALL {
        let file = out.path().join(format.name());
        command
            .arg("--output")
            .arg(format!("{}={}", format.name(), file.display()));
    }
    let (code, shown, err) = finish(&mut command);
    assert_eq!((code, err.as_str()), (1, ""));
    assert_eq!(shown, written(dir.path(), Format::Concise));
    for format in Format::ALL {
        let text = fs::read_to_string(out.path().join(format.name())).expect("a report");
        assert_eq!(text, written(dir.path(), format), "{}", format.name());
    }
    assert_eq!(
        fs::read_dir(out.path()).expect("a folder").count(),
        Format::ALL.len()
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
        for format in [Format::Sarif, Format::Gitlab, Format::Rdjson, Format::Azure] {
            let text = written(&at, format);
            assert!(text.contains("deep/er/a.yml"), "{folder}: {text}");
        }
        assert!(written(&at, Format::Github).contains("file=deep/er/a.yml,"));
    }
}

#[test]
fn the_docs_name_every_format_with_a_line_to_copy() {
    let docs = fs::read_to_string(home().join("docs/formats.md")).expect("docs");
    for format in Format::ALL {
        let name = format.name();
        assert!(docs.contains(&format!("| `{name}` |")), "{name}");
        assert!(
            docs.contains(&format!("--format {name}"))
                || docs.contains(&format!("--output {name}=")),
            "{name}"
        );
    }
    assert_eq!(Format::by_name("json"), Some(Format::Json));
    assert_eq!(Format::by_name("xml"), None);
}
