//! What ptlint prints, in a file of the checked folder: it is counted and neither checked nor fixed.

use std::fs;
use std::path::Path;

use ptlint::internals::plan::FORMATS as PLAN_FORMATS;
use ptlint::internals::report::FORMATS;

use crate::common::{AS_OF, fixture, ptlint, run_in};

/// What `ptlint` prints with arguments, with what it says on standard error after it if `is_merged`.
fn printed(folder: &Path, arguments: &[&str], is_merged: bool) -> Vec<u8> {
    let output = ptlint().current_dir(folder).args(arguments).output();
    let output = output.expect("the program starts");
    let mut text = output.stdout;
    if is_merged {
        text.extend(output.stderr);
    }
    assert!(!text.is_empty(), "{arguments:?}");
    text
}

/// How many violations, reports of ptlint and names with a hole there are.
fn counts(folder: &Path) -> (usize, u64, u64) {
    let arguments = ["check", "--no-config", "--as-of", AS_OF, "--format", "json"];
    let (_, out, err) = run_in(folder, &arguments);
    let report: serde_json::Value =
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {err}"));
    let skipped = |reason: &str| {
        report["coverage"]["skipped"][reason]["count"]
            .as_u64()
            .unwrap_or(0)
    };
    let violations = report["violations"].as_array().expect("a list");
    (
        violations.len(),
        skipped("own-report"),
        skipped("name-with-hole"),
    )
}

fn copy_of_fixture() -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    let tree = fixture("docker-compose");
    for name in [
        ".env",
        "Dockerfile",
        "docker-compose.yml",
        "docker-compose.override.yml",
    ] {
        fs::copy(tree.join(name), copy.path().join(name)).expect("copied");
    }
    copy
}

/// The ways in which a shell writes what a program prints to a file.
fn as_shells_write(text: &[u8]) -> Vec<Vec<u8>> {
    let lines = String::from_utf8(text.to_owned())
        .expect("text")
        .replace('\n', "\r\n");
    let wide = lines.encode_utf16().flat_map(u16::to_le_bytes);
    let wide = [0xff, 0xfe].into_iter().chain(wide).collect();
    vec![text.to_owned(), lines.into_bytes(), wide]
}

#[test]
fn everything_that_ptlint_prints_is_known_when_it_is_in_the_folder() {
    let folder = copy_of_fixture();
    let folder = folder.path();
    let before = counts(folder);
    assert!(before.0 > 15, "{before:?}");
    let day = ["--as-of", AS_OF];
    let mut all: Vec<(Vec<&str>, bool)> = Vec::new();
    for format in FORMATS {
        let arguments = [
            "check",
            "--no-config",
            "--as-of",
            AS_OF,
            "--format",
            format.name,
        ];
        all.push((arguments.to_vec(), false));
        if !format.is_data {
            let is_text =
                ["human", "concise", "github", "azure", "teamcity"].contains(&format.name);
            all.push((arguments.to_vec(), is_text));
        }
    }
    for format in PLAN_FORMATS {
        all.push((
            [&["plan", "--format", format.name][..], &day].concat(),
            false,
        ));
    }
    for arguments in [
        &["--color", "always", "check", "--full"][..],
        &["--color", "always", "plan"],
        &["fix", "--diff"],
        &["fix", "--diff", "--unsafe-fixes"],
        &["why", "docker-compose.yml:20"],
        &["why", ".env:4"],
        &["explain", "msg.dev.spine2.ncrs.nhs.uk"],
    ] {
        all.push(([arguments, &day].concat(), false));
    }
    all.push((vec!["rules", "list"], false));
    for rule in ["dev-host", "train-certificate", "dev-identifier"] {
        all.push((vec!["rules", "show", rule], false));
        all.push((vec!["--color", "always", "explain", rule], false));
    }
    let mut recognised = 0;
    for (arguments, is_merged) in &all {
        let text = printed(folder, arguments, *is_merged);
        for (number, text) in as_shells_write(&text).into_iter().enumerate() {
            let file = folder.join(["notes.txt", "out.log", "wide"][number]);
            fs::write(&file, text).expect("written");
        }
        let after = counts(folder);
        assert_eq!((after.0, after.2), (before.0, before.2), "{arguments:?}");
        recognised += after.1;
    }
    assert!(recognised > 100, "{recognised}");
}

#[test]
fn a_fix_leaves_reports_alone() {
    let folder = copy_of_fixture();
    let mut reports = Vec::new();
    for format in FORMATS {
        let arguments = [
            "check",
            "--no-config",
            "--as-of",
            AS_OF,
            "--format",
            format.name,
        ];
        reports.push((
            format!("out-{}", format.name),
            printed(folder.path(), &arguments, false),
        ));
    }
    for (name, arguments) in [
        ("out-plan", &["plan"][..]),
        ("out-patch", &["fix", "--diff"]),
    ] {
        let arguments = [arguments, &["--as-of", AS_OF]].concat();
        reports.push((name.to_owned(), printed(folder.path(), &arguments, false)));
    }
    for (name, text) in &reports {
        fs::write(folder.path().join(name), text).expect("written");
    }
    let arguments = ["fix", "--unsafe-fixes", "--no-config", "--as-of", AS_OF];
    let (_, out, err) = run_in(folder.path(), &arguments);
    assert!(out.contains("fixed in 4 files"), "{out}{err}");
    for (name, text) in &reports {
        let after = fs::read(folder.path().join(name)).expect("there");
        assert!(after == *text, "{name}");
    }
}

#[test]
fn what_only_quotes_a_report_is_checked() {
    let folder = copy_of_fixture();
    let reports = ["human", "concise", "github", "azure", "teamcity"].map(|format| {
        let arguments = ["check", "--no-config", "--as-of", AS_OF, "--format", format];
        String::from_utf8(printed(folder.path(), &arguments, false)).expect("text")
    });
    let why = printed(folder.path(), &["why", ".env:4", "--as-of", AS_OF], false);
    let why = String::from_utf8(why).expect("text");
    let patch = printed(folder.path(), &["fix", "--diff", "--as-of", AS_OF], false);
    let patch = String::from_utf8(patch).expect("text");
    let before = counts(folder.path()).0;
    let own = "URL=https://msg.dev.spine2.ncrs.nhs.uk/\n";
    for text in reports.iter().chain([&why]) {
        let line = text
            .lines()
            .find(|line| line.contains("msg.dev."))
            .expect("a name");
        for quoted in [
            format!("# What CI said\n\n{line}\n"),
            format!("{own}{text}"),
            format!("{text}{own}"),
        ] {
            fs::write(folder.path().join("notes.txt"), &quoted).expect("written");
            let after = counts(folder.path());
            assert!(after.0 > before && after.1 == 0, "{quoted}");
        }
    }
    // The patch of somebody else.
    let other = patch.split_once('\n').expect("lines").1;
    fs::write(folder.path().join("notes.txt"), other).expect("written");
    assert!(counts(folder.path()).0 > before, "{other}");
}
