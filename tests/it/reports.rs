//! What reports say of the run that made them, in every format.

use std::fs;
use std::path::Path;

use crate::common::{finish, folder, ptlint, run_in};
use ptlint::internals::report::FORMATS;

const URL: &str = "url: https://msg.dev.spine2.ncrs.nhs.uk/x\n";

fn written(folder: &Path, format: &str, arguments: &[&str]) -> (String, String) {
    let mut all = vec!["check", ".", "--format", format];
    all.extend(arguments);
    let (_, out, err) = run_in(folder, &all);
    (out, err)
}

#[test]
fn days_are_counted_only_for_readers_of_today() {
    let dir = folder(&[("a.yml", URL)]);
    for format in FORMATS {
        let on = |day: &str| {
            let (out, _) = written(dir.path(), format.name, &["--no-config", "--as-of", day]);
            out.replace(day, "DAY")
        };
        let (one, other) = (on("2026-01-01"), on("2026-01-02"));
        let for_readers = ["human", "html"].contains(&format.name);
        assert_eq!(one.contains("154 days ago"), for_readers, "{}", format.name);
        assert_eq!(one != other, for_readers, "{}", format.name);
    }
}

#[test]
fn a_certificate_has_dates_only() {
    let certificates = crate::common::home().join("tests/data/certificates");
    let (json, _) = written(&certificates, "json", &["--as-of", "2026-01-01"]);
    assert!(!json.contains(" days"), "{json}");
}

#[test]
fn a_repository_that_replaces_the_default_pack_is_told_about() {
    let pack = "pack: {name: nhs-ptl, version: \"1\", title: t}\n";
    let named_alike = [
        ("a.yml", URL),
        ("ptlint.yaml", "packs: [./p]\n"),
        ("p/pack.yaml", pack),
    ];
    let other = pack.replace("nhs-ptl", "other");
    let other = [
        ("a.yml", URL),
        ("ptlint.yaml", "packs: [./p]\n"),
        ("p/pack.yaml", other.as_str()),
    ];
    for files in [&other[..], &named_alike[..]] {
        let dir = folder(files);
        let told = "The default pack nhs-ptl was not used: ptlint.yaml names other packs.";
        for format in FORMATS {
            let (out, err) = written(dir.path(), format.name, &[]);
            let shown = match format.name {
                "human" => out.lines().next() == Some(told),
                "markdown" => out.lines().nth(2) == Some(&format!("**{told}**")),
                "json" | "jsonl" => out
                    .replace([' ', '\n'], "")
                    .contains("\"replaced_packs\":[\"nhs-ptl\"]"),
                "html" | "sarif" | "junit" => out.contains(told),
                _ => err == format!("note: {told}\n"),
            };
            assert!(shown, "{}: {out}{err}", format.name);
        }
        // Whoever names the file chooses.
        let (out, err) = written(dir.path(), "human", &["--config", "ptlint.yaml"]);
        assert!(!out.contains(told) && err.is_empty(), "{out}{err}");
    }
    let dir = folder(&[("a.yml", URL), ("ptlint.yaml", "packs: [nhs-ptl]\n")]);
    let (out, _) = written(dir.path(), "human", &[]);
    assert!(!out.contains("names other packs"), "{out}");
}

#[cfg(unix)]
#[test]
fn no_report_is_written_through_a_link_out_of_the_folder() {
    use std::os::unix::fs::symlink;

    let outside = folder(&[("kept", "keep\n")]);
    let dir = folder(&[("a.yml", URL)]);
    symlink(outside.path().join("kept"), dir.path().join("rep.json")).expect("a link");
    symlink(outside.path().join("new"), dir.path().join("new.json")).expect("a link");
    symlink(outside.path(), dir.path().join("out")).expect("a link");
    symlink("out", dir.path().join("again")).expect("a link");
    for target in [
        "rep.json",
        "./rep.json",
        "new.json",
        "out/kept",
        "out/x",
        "again/kept",
    ] {
        for paths in [".", "a.yml", "-"] {
            let output = format!("json={target}");
            let arguments = ["check", "--no-config", "--output", &output, paths];
            let (code, out, err) = run_in(dir.path(), &arguments);
            assert_eq!(code, 2, "{target}: {out}{err}");
            assert!(err.contains("out of the checked folder"), "{target}: {err}");
        }
        let arguments = ["baseline", "create", "--no-config", "--baseline", target];
        let (code, out, err) = run_in(dir.path(), &arguments);
        assert_eq!(code, 2, "{target}: {out}{err}");
    }
    let names: Vec<_> = fs::read_dir(outside.path()).expect("readable").collect();
    assert_eq!(names.len(), 1);
    assert_eq!(
        fs::read_to_string(outside.path().join("kept")).expect("kept"),
        "keep\n"
    );

    // A link inside, and a path outside that the user names, are meant.
    symlink("inside.json", dir.path().join("link.json")).expect("a link");
    fs::write(dir.path().join("inside.json"), "").expect("a file");
    let elsewhere = format!("json={}", outside.path().join("mine.json").display());
    for output in ["json=link.json", &elsewhere] {
        let arguments = ["check", "--no-config", "--output", output, "."];
        let (code, out, err) = run_in(dir.path(), &arguments);
        assert_eq!(code, 1, "{output}: {out}{err}");
    }
    assert!(outside.path().join("mine.json").exists());
}

#[cfg(unix)]
#[test]
fn no_baseline_is_written_through_a_link_out_of_the_folder() {
    let header = "{\"schema\":\"ptlint.baseline/v1\"}\n";
    let outside = folder(&[("b.jsonl", header)]);
    let dir = folder(&[("a.yml", URL)]);
    let link = dir.path().join("ptlint.baseline.jsonl");
    std::os::unix::fs::symlink(outside.path().join("b.jsonl"), link).expect("a link");
    {
        let arguments = ["baseline", "update", "--accept-new", "--no-config"];
        let (code, out, err) = run_in(dir.path(), &arguments);
        assert_eq!(code, 2, "{out}{err}");
        assert!(err.contains("out of the checked folder"), "{err}");
    }
    let text = fs::read_to_string(outside.path().join("b.jsonl")).expect("kept");
    assert_eq!(text, header);
}

#[cfg(unix)]
#[test]
fn a_pipe_that_nothing_reads_is_refused() {
    let dir = folder(&[("a.yml", URL)]);
    let pipe = dir.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo starts").success());
    let arguments = ["check", "--no-config", "--output", "json=pipe", "."];
    let (code, out, err) = run_in(dir.path(), &arguments);
    assert_eq!(code, 2, "{out}{err}");
    assert!(err.contains("a pipe that nothing reads"), "{err}");
    // One that is read is written to.
    let reader = std::thread::spawn(move || fs::read_to_string(pipe));
    std::thread::sleep(std::time::Duration::from_millis(300));
    let (code, out, err) = finish(ptlint().current_dir(dir.path()).args(arguments));
    assert_eq!(code, 1, "{out}{err}");
    let text = reader.join().expect("ends").expect("text");
    assert!(text.contains("ptlint.report/v1"), "{text}");
}

#[test]
fn a_dash_is_not_a_file() {
    let dir = folder(&[("a.yml", URL)]);
    let (code, _, err) = run_in(dir.path(), &["check", "--output", "json=-", "."]);
    assert_eq!(code, 2);
    assert!(err.contains("--format json"), "{err}");
    assert!(!dir.path().join("-").exists());
}

#[test]
fn reports_in_the_folder_are_counted_and_not_checked() {
    let dir = folder(&[("a.yml", URL), ("b.yml", URL)]);
    let texts = FORMATS.map(|format| written(dir.path(), format.name, &["--no-config"]).0);
    for (format, text) in FORMATS.iter().zip(&texts) {
        let name = format!("report-{}.out", format.name);
        fs::write(dir.path().join(name), text).expect("a report");
    }
    let (json, _) = written(dir.path(), "json", &["--no-config"]);
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let paths = &report["coverage"]["skipped"]["own-report"]["paths"];
    let mut expected = FORMATS.map(|format| format!("report-{}.out", format.name));
    expected.sort();
    assert_eq!(*paths, serde_json::json!(expected));
    // What only looks like one is checked.
    for text in [
        format!("{{\"schema\": \"other\", \"u\": \"{URL}\"}}"),
        format!("# ptlint\n\n{URL}"),
        format!("<!doctype html>\n<p>{URL}"),
    ] {
        let dir = folder(&[("x", text.as_str())]);
        let (json, _) = written(dir.path(), "json", &["--no-config"]);
        let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(report["coverage"]["files"], 1, "{text}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_stay_different() {
    use std::os::unix::ffi::OsStrExt as _;
    let dir = folder(&[]);
    for name in [b"b\xff.yml", b"b\xfe.yml"] {
        let path = dir.path().join(std::ffi::OsStr::from_bytes(name));
        fs::write(path, URL).expect("a file");
    }
    let (out, _) = written(dir.path(), "concise", &["--no-config"]);
    let paths = out.lines().filter(|line| line.contains(" error "));
    let paths: Vec<_> = paths.filter_map(|line| line.split(':').next()).collect();
    assert_eq!(paths, ["b\\xfe.yml", "b\\xff.yml"]);
}
