//! The work list of a migration: its content, its formats, and what must never be in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common::{AS_OF, copy_of, finish, fixtures, folder, home, ptlint, run_in, transcript};
use ptlint::internals::plan::FORMATS;
use serde_json::Value;

fn plan(folder: &Path, format: &str) -> String {
    let arguments = ["plan", "--format", format, "--as-of", AS_OF, "--no-config"];
    let (code, out, err) = run_in(folder, &arguments);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    out
}

fn json(folder: &Path) -> Value {
    serde_json::from_str(&plan(folder, "json")).expect("JSON")
}

/// `id → path:line key = file` of all settings.
fn settings(list: &Value) -> Vec<String> {
    let tasks = list["tasks"].as_array().expect("tasks").iter();
    tasks
        .flat_map(|task| {
            let places = task["places"].as_array().expect("places").iter();
            places.map(|place| {
                format!(
                    "{} {}:{} {} {}",
                    task["id"].as_str().expect("an id"),
                    place["path"].as_str().expect("a path"),
                    place["start"]["line"],
                    place["key"].as_str().unwrap_or("-"),
                    place["file"].as_str().unwrap_or("-"),
                )
            })
        })
        .collect()
}

#[test]
fn the_table_fits_its_terminal() {
    // Outside of the repository, whose commit would be in the table.
    let copy = copy_of(&home().join("fixtures"));
    for (fixture, columns) in [("python-mesh", "80"), ("spring-boot", "100")] {
        let path = format!("{fixture}/tree");
        let (code, out, err) = finish(
            ptlint()
                .env("COLUMNS", columns)
                .current_dir(copy.path())
                .args(["plan", &path, "--as-of", AS_OF]),
        );
        assert_eq!((code, err.as_str()), (0, ""));
        let width: usize = columns.parse().expect("a number");
        for line in out.lines() {
            // A path or an address is not broken.
            let fits = line.chars().count() <= width || line.split_whitespace().count() <= 3;
            assert!(fits, "{columns}: {line}");
        }
        insta::assert_snapshot!(format!("table-{fixture}-{columns}"), out);
    }
}

#[test]
fn markdown_is_check_boxes() {
    let copy = copy_of(&home().join("fixtures/identity-agent/tree"));
    let out = plan(copy.path(), "markdown");
    insta::assert_snapshot!(out);
    for fixture in fixtures() {
        let list = json(&fixture);
        let count = |key: &str| list[key].as_array().expect("a list").len();
        let out = plan(&fixture, "markdown");
        let boxes = out.lines().filter(|l| l.starts_with("- [ ] ")).count();
        assert_eq!(boxes, count("tasks") + count("by_hand") + 1, "{fixture:?}");
    }
}

#[test]
fn csv_is_a_row_for_each_task_and_place() {
    let out = plan(&home().join("fixtures/node/tree"), "csv");
    insta::assert_snapshot!(out);
    assert!(out.lines().count() > 20 && !out.contains('\r'));
    for fixture in fixtures() {
        let list = json(&fixture);
        let mut expected: BTreeMap<String, usize> = BTreeMap::new();
        for task in list["tasks"].as_array().expect("tasks") {
            *expected.entry("task".to_owned()).or_default() += 1;
            let places = task["places"].as_array().expect("places").len();
            *expected.entry("setting".to_owned()).or_default() += places;
        }
        let out = plan(&fixture, "csv");
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for row in csv::Reader::from_reader(out.as_bytes()).records() {
            let row = row.expect("a row with all columns");
            assert_eq!(row.len(), 14);
            *found.entry(row[0].to_owned()).or_default() += 1;
        }
        for (kind, count) in expected {
            assert_eq!(found.get(&kind).copied().unwrap_or(0), count, "{kind}");
        }
    }
}

#[test]
fn json_is_the_public_contract() {
    let copy = copy_of(&home().join("fixtures/python-mesh/tree"));
    let out = plan(copy.path(), "json");
    let digest = ptlint::internals::catalogue::Pack::embedded("nhs-ptl")
        .expect("a pack")
        .digest()
        .to_owned();
    insta::assert_snapshot!(out.replace(&digest, "[digest]"));
}

#[test]
fn every_violation_is_an_edit_or_done_by_hand() {
    for fixture in fixtures() {
        let list = json(&fixture);
        let arguments = ["check", "--format", "json", "--as-of", AS_OF, "--no-config"];
        let (_, out, _) = run_in(&fixture, &arguments);
        let report: Value = serde_json::from_str(&out).expect("JSON");
        let violations = report["violations"].as_array().expect("violations");
        let edits = &list["edits"];
        let number = |key: &str| edits[key].as_u64().expect("a number");
        let all = number("safe") + number("unsafe") + number("by_hand");
        assert_eq!(all, violations.len() as u64, "{fixture:?}");
        let references = list["services"].as_array().expect("a list").iter();
        let counted: u64 = references
            .flat_map(|s| s["references"].as_array().expect("a list"))
            .map(|r| r["count"].as_u64().expect("a number"))
            .sum();
        let occurrences = violations.iter().map(|v| v["occurrences"].as_u64());
        let occurrences: u64 = occurrences.map(|n| n.expect("a number")).sum();
        assert_eq!(counted, occurrences, "{fixture:?}");
        let safe = violations
            .iter()
            .filter(|v| v["replacement"]["safety"] == "safe")
            .count();
        assert!(number("safe") <= safe as u64, "{fixture:?}");
        // Work by hand has a reason, and tasks come after those that they wait for.
        let by_hand = list["by_hand"].as_array().expect("a list");
        assert_eq!(by_hand.is_empty(), number("by_hand") == 0, "{fixture:?}");
        let tasks = list["tasks"].as_array().expect("tasks");
        let ids: Vec<&Value> = tasks.iter().map(|t| &t["id"]).collect();
        for (number, task) in tasks.iter().enumerate() {
            for before in task["after"].as_array().expect("a list") {
                assert!(ids[..number].contains(&before), "{fixture:?}: {task}");
            }
        }
    }
}

#[test]
fn settings_are_found_near_the_hosts_of_their_services() {
    let dir = folder(&[
        (
            "pds.properties",
            "PDSURL=https://msg.dev.spine2.ncrs.nhs.uk/sync-service\nPDSASID=123456789012\npds.partyKey=ABC-0000001\npds.int.asid=000000000001\naside=no\njavax.net.ssl.trustStore=/etc/pds/trust.jks\njavax.net.ssl.keyStore=/etc/pds/client.jks\njavax.net.ssl.keyStorePassword=opensesame\nstore=/etc/pds/second.p12\nca.bundle=/etc/pds/nhs-int-ca-bundle.pem\n",
        ),
        // Without a host of a service nothing is known about what a name means.
        ("other.properties", "PDSASID=123456789012\n"),
        (
            "app.config",
            "<configuration><appSettings><add key=\"spineUrl\" value=\"https://msg.dev.spine2.ncrs.nhs.uk/x\"/><add key=\"consumerASID\" value=\"1\"/></appSettings></configuration>\n",
        ),
        (
            "deploy.yaml",
            "env:\n  - name: SPINE\n    value: https://msg.train.spine2.ncrs.nhs.uk/\n  - name: MY_ASID\n    value: \"1\"\nasid:\n  dev: \"2\"\n  int: \"3\"\nconfig.json: |\n  {\"partyKey\": \"XYZ-1\"}\n",
        ),
        (
            "notes.md",
            "asid: see msg.dev.spine2.ncrs.nhs.uk and the party key\n",
        ),
    ]);
    assert_eq!(
        settings(&json(dir.path())),
        [
            "party-key deploy.yaml:10 \"config.json\" > partyKey -",
            "party-key pds.properties:3 \"pds.partyKey\" -",
            "ca-bundle pds.properties:6 \"javax.net.ssl.trustStore\" /etc/pds/trust.jks",
            "client-certificate pds.properties:7 \"javax.net.ssl.keyStore\" /etc/pds/client.jks",
            "client-certificate pds.properties:8 \"javax.net.ssl.keyStorePassword\" -",
            "client-certificate pds.properties:9 store /etc/pds/second.p12",
            "asid app.config:1 configuration.appSettings.add[consumerASID]@value -",
            "asid deploy.yaml:5 env[MY_ASID].value -",
            "asid deploy.yaml:7 asid.dev -",
            "asid pds.properties:2 PDSASID -",
        ]
    );
}

#[test]
fn settings_of_other_encodings_have_their_lines() {
    let text = "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Größe]\r\n\"Spine\"=\"msg.dev.spine2.ncrs.nhs.uk\"\r\n\"Asid\"=\"1\"\r\n";
    let dir = folder(&[]);
    let wide: Vec<u8> = format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    fs::write(dir.path().join("a.reg"), wide).expect("written");
    assert_eq!(
        settings(&json(dir.path())),
        ["asid a.reg:5 \"HKEY_LOCAL_MACHINE\\SOFTWARE\\Größe\".Asid -"]
    );
}

#[test]
fn secrets_are_never_printed() {
    let dir = folder(&[
        (
            "mesh.env",
            "MESH_URL=https://msg.dev.spine2.ncrs.nhs.uk/messageexchange\nMESH_MAILBOX=X26OT111\nMESH_PASSWORD=swordfish\nMESH_SHARED_KEY=hunter2.pem\nKEYSTORE_PASSWORD=letmein.p12\nCLIENT_CERT=https://user:tr0ub4dor@store.example/a.pem\nCLIENT_KEY=MIIEvQIBADANBgkqhkiG9w0BAQEF\n",
        ),
        (
            "app.yml",
            "spine: https://svc:correcthorse@msg.dev.spine2.ncrs.nhs.uk/\nasid: \"987654321098\"\nparty-key: QQQ-1234567\n",
        ),
    ]);
    for format in FORMATS.map(|format| format.name) {
        let out = plan(dir.path(), format);
        for secret in [
            "swordfish",
            "hunter2",
            "letmein",
            "tr0ub4dor",
            "MIIEvQ",
            "correcthorse",
            "987654321098",
            "QQQ-1234567",
            "X26OT111",
        ] {
            assert!(!out.contains(secret), "{format}: {secret}\n{out}");
        }
    }
    assert!(settings(&json(dir.path())).len() >= 7);
    for fixture in fixtures() {
        for format in FORMATS.map(|format| format.name) {
            let out = plan(&fixture, format);
            for secret in ["replace-me", "not-a-real", "CHANGE-ME", "000000000000"] {
                assert!(!out.contains(secret), "{fixture:?} {format}: {secret}");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn nothing_that_is_found_gets_out_of_its_place() {
    let text = "\"=cmd()|x\": msg.dev.spine2.ncrs.nhs.uk\n\"`a` <img src=x> asid\": 1\n\"=HYPERLINK(1) asid\": 2\n\"\\e[31m asid\": 3\n";
    let names = [
        "=cmd()|'x'.yml",
        "a`b``c.yml",
        "a|b.yml",
        "<script>alert(1)<!--.yml",
        "[x](javascript:y).yml",
        "\u{1b}[31m\u{202e}x.yml",
        "@here.yml",
        "-1+1.yml",
        "a\nb.yml",
    ];
    let files: Vec<(&str, &str)> = names.iter().map(|name| (*name, text)).collect();
    let dir = folder(&files);
    for format in ["table", "markdown", "csv"] {
        let out = plan(dir.path(), format);
        for bad in ['\u{1b}', '\u{202e}', '\t'] {
            assert!(!out.contains(bad), "{format}: {out:?}");
        }
    }
    // Outside code there is nothing of a file, and in it no markup.
    let markdown = plan(dir.path(), "markdown");
    let outside = without_code(&markdown);
    for bad in ["script", "img", "!--", "javascript:", "cmd()", "alert"] {
        assert!(!outside.contains(bad), "{bad}: {outside}");
        assert!(
            ["img", "!--"].contains(&bad) || markdown.contains(bad),
            "{bad} is lost"
        );
    }
    let bare = markdown.replace("<code>", "").replace("</code>", "");
    for markup in ["<script", "<img", "<!--", "`", "[x]", "@here"] {
        assert!(!bare.contains(markup), "{markup}: {bare}");
    }
    let csv = plan(dir.path(), "csv");
    let mut guarded = 0;
    for row in csv::Reader::from_reader(csv.as_bytes()).records() {
        for cell in &row.expect("a row") {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']),
                "{cell}"
            );
            guarded += usize::from(cell.starts_with('\''));
        }
    }
    assert!(guarded >= 3, "{guarded}");
    let list = json(dir.path());
    assert_eq!(list["coverage"]["files"], names.len());
    assert!(markdown.contains("a\u{240a}b.yml"), "{markdown}");
}

/// A page without what is typed as code.
fn without_code(text: &str) -> String {
    let mut outside = String::new();
    for line in text.lines() {
        let mut rest = line;
        while let Some((before, code)) = rest.split_once("<code>") {
            outside.push_str(before);
            rest = code.split_once("</code>").expect("code ends on its line").1;
        }
        outside.push_str(rest);
        outside.push('\n');
    }
    outside
}

#[test]
fn what_is_in_the_name_of_a_file_is_done_by_hand() {
    let dir = folder(&[("msg.dev.spine2.ncrs.nhs.uk.cer", "no certificate\n")]);
    let list = json(dir.path());
    let by_hand = list["by_hand"].as_array().expect("a list");
    assert_eq!(by_hand.len(), 1);
    assert_eq!(by_hand[0]["places"][0]["start"], Value::Null);
    assert!(
        by_hand[0]["reason"]
            .as_str()
            .expect("text")
            .contains("rename")
    );
    assert_eq!(list["edits"]["by_hand"], 1);
}

#[test]
fn members_of_archives_are_done_by_hand() {
    // `gzip -n` of a line with a host.
    let packed = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 33, 0, 222, 255];
    let line = b"url: msg.dev.spine2.ncrs.nhs.uk.\n";
    assert_eq!(line.len(), 33);
    let mut file = packed.to_vec();
    file.extend_from_slice(line);
    file.extend_from_slice(&crc32(line).to_le_bytes());
    file.extend_from_slice(&33_u32.to_le_bytes());
    let dir = folder(&[]);
    fs::write(dir.path().join("a.yml.gz"), file).expect("written");
    let arguments = ["plan", "--archives", "--format", "json", "--as-of", AS_OF];
    let (code, out, _) = run_in(dir.path(), &arguments);
    let list: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(code, 0, "{out}");
    let item = &list["by_hand"][0];
    assert!(item["reason"].as_str().expect("text").contains("archive"));
    assert_eq!(item["places"][0]["path"], "a.yml.gz!/a.yml");
    // Without the option it is said that it was not opened.
    let out = plan(dir.path(), "table");
    assert!(out.contains("Skipped: 1 archive,"), "{out}");
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| {
        let low = crc & 1;
        (crc >> 1) ^ (0xedb8_8320 * low)
    };
    !bytes
        .iter()
        .fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[test]
fn services_that_are_only_mentioned_are_said_to_be() {
    let dir = folder(&[
        ("a.md", "We used gas.tsp.national.ncrs.nhs.uk once.\n"),
        ("b.yml", "url: https://msg.dev.spine2.ncrs.nhs.uk/\n"),
    ]);
    let list = json(dir.path());
    let mentioned = |key: &str, name: &str| {
        let all = list[key].as_array().expect("a list");
        let found = all.iter().find(|e| e["name"] == name);
        found.expect(name)["only_mentioned"].clone()
    };
    assert_eq!(mentioned("services", "CIS authentication (GAS)"), true);
    assert_eq!(mentioned("services", "Spine messaging"), false);
    assert_eq!(mentioned("tasks", "smartcards"), true);
    assert_eq!(mentioned("tasks", "firewall rules"), false);
}

#[test]
fn a_repository_without_findings_has_nothing_to_do() {
    let dir = folder(&[("a.yml", "url: https://msg.int.spine2.ncrs.nhs.uk\n")]);
    let mut all = String::new();
    for format in ["table", "markdown", "csv"] {
        let arguments = ["plan", "--format", format, "--as-of", AS_OF];
        all.push_str(&transcript(dir.path(), &arguments).replace('\r', ""));
    }
    insta::assert_snapshot!(all);
    let list = json(dir.path());
    assert_eq!(list["tasks"], serde_json::json!([]));
    assert_eq!(list["services"], serde_json::json!([]));
}

#[test]
fn help_says_what_a_plan_is() {
    let (code, out, _) = run_in(&home(), &["plan", "--help"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(out);
}

#[test]
fn a_plan_that_cannot_be_vouched_for_is_not_a_success() {
    let dir = folder(&[]);
    for format in FORMATS.map(|format| format.name) {
        let (code, out, _) = run_in(dir.path(), &["plan", "--format", format]);
        assert_eq!(code, 3, "{format}: {out}");
    }
    let (_, out, _) = run_in(dir.path(), &["plan"]);
    assert!(out.contains("says nothing"), "{out}");
    let (code, _, err) = run_in(dir.path(), &["plan", "-"]);
    assert_eq!(code, 2);
    assert!(err.contains("standard input"), "{err}");
    assert_eq!(run_in(dir.path(), &["plan", "nowhere"]).0, 2);
    assert_eq!(run_in(dir.path(), &["plan", "--fail-on", "info"]).0, 2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_is_said_in_the_plan() {
    let (code, out, _) = run_in(&home(), &["plan", "/proc/self/mem", "--as-of", AS_OF]);
    assert_eq!(code, 3, "{out}");
}

#[test]
fn the_plan_does_not_depend_on_threads_or_working_directory() {
    let root = home();
    let one = |folder: &Path, path: &str, threads: &str| {
        let arguments = [
            "plan",
            path,
            "--format",
            "json",
            "--threads",
            threads,
            "--as-of",
            AS_OF,
            "--no-config",
        ];
        run_in(folder, &arguments).1
    };
    let first = one(&root, "fixtures", "1");
    assert!(first.len() > 1000);
    assert_eq!(first, one(&root, "fixtures", "8"));
    assert_eq!(first, one(&root.join("fixtures"), ".", "2"));
}

#[test]
fn colour_follows_the_flag() {
    let coloured = |color: &str| {
        let arguments = ["plan", "fixtures/node/tree", "--color", color];
        finish(ptlint().args(arguments)).1.contains('\u{1b}')
    };
    assert!(coloured("always"));
    assert!(!coloured("never"));
}

#[test]
fn what_is_excluded_or_suppressed_is_no_work() {
    let dir = folder(&[
        (
            "a.yml",
            "url: https://msg.dev.spine2.ncrs.nhs.uk/\nasid: 1\n",
        ),
        ("b.yml", "url: https://msg.train.spine2.ncrs.nhs.uk/\n"),
        (
            "ptlint.yaml",
            "severity:\n  - {rule: train-host, severity: off, reason: done elsewhere}\n",
        ),
    ]);
    let list = |arguments: &[&str]| -> Value {
        let mut all = vec!["plan", "--format", "json", "--as-of", AS_OF];
        all.extend(arguments);
        serde_json::from_str(&run_in(dir.path(), &all).1).expect("JSON")
    };
    let services = |list: &Value| list["services"].as_array().expect("a list").len();
    assert_eq!(services(&list(&[])), 1);
    assert_eq!(services(&list(&["--exclude", "a.yml"])), 0);
    assert_eq!(services(&list(&["--no-config"])), 2);
}
