//! Reports read by programs for their formats: the official schema and validator of SARIF, the
//! schemas of Jenkins, `reviewdog`'s format checker, a Markdown parser, Chromium.
//! `tests/clients/install` installs them; without them these tests fail.
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{AS_OF, finish, home, ptlint};
use ptlint::internals::report::FORMATS;

/// Names made to break out of formats; `hostile.rs` has more of them.
const HOSTILE: [&str; 6] = [
    "::error::]]> ##vso[x]y.yml",
    "<img src=x onerror=alert(1)><script>.yml",
    "a|b`c` **d** [e](f) ![g](h)\n# i.yml",
    "=1+1,\u{202e}\u{1b}[31m\u{fffe}.yml",
    "ü%20 #?&amp;😀.yml",
    "--><![CDATA[x.yml",
];

/// Writes a report in each format into a folder.
fn reports(from: &Path, into: &Path, more: &[&str]) {
    fs::create_dir_all(into).expect("a folder");
    let mut command = ptlint();
    command
        .current_dir(from)
        .args(["check", ".", "--no-config", "--no-ignore", "--as-of", AS_OF])
        .args(more);
    for format in FORMATS {
        let file = into.join(format.name);
        command
            .arg("--output")
            .arg(format!("{}={}", format.name, file.display()));
    }
    let (code, _, err) = finish(&mut command);
    assert!(code == 0 || code == 1, "{code}: {err}");
}

/// A tree with something in a baseline, something that a directive covers, and notices of each
/// kind, two of them equal and one about a hostile rule.
fn suppressed(folder: &Path) {
    fs::create_dir(folder).expect("a folder");
    let old = "url: https://msg.dev.spine2.ncrs.nhs.uk\n";
    fs::write(folder.join("old.yml"), old).expect("a file");
    let mut command = ptlint();
    command
        .current_dir(folder)
        .args(["baseline", "create", "--no-config", "--as-of", AS_OF]);
    assert_eq!(finish(&mut command).0, 0);
    let new = "a: https://msg.dev.spine2.ncrs.nhs.uk # ptlint: ignore[dev-host] a record\n\
               b: 1 # ptlint: ignore[dev-host] gone\n\
               c: 1 # ptlint: ignore[dev-host] gone\n\
               d: 1 # ptlint: ignore[<script>|`]]>&**x**] a reason\n\
               e: https://msg.dev.spine2.ncrs.nhs.uk # ptlint: ignore[dev-host]\n";
    fs::write(folder.join("new <b>.yml"), new).expect("a file");
}

#[test]
fn real_readers_accept_every_report() {
    let clients = home().join("target/clients");
    assert!(
        clients.join("installed").exists(),
        "the readers of the formats are missing: run `python3 tests/clients/install`"
    );
    let trees = tempfile::tempdir().expect("a folder");
    let hostile = trees.path().join("hostile");
    fs::create_dir(&hostile).expect("a folder");
    for name in HOSTILE {
        let text = "# 😀 msg.train.spine2.ncrs.nhs.uk\n'<b>|]]>': \"https://msg.dev.spine2.ncrs.nhs.uk/</pre><script>x</script>\"\n";
        fs::write(hostile.join(name), text).expect("a file");
    }
    fs::write(
        hostile.join("broken.json"),
        "{\"a\": msg.dev.spine2.ncrs.nhs.uk",
    )
    .expect("a file");
    std::os::unix::fs::symlink("nowhere", hostile.join("<lost> link")).expect("a link");
    let clean = trees.path().join("clean");
    fs::create_dir(&clean).expect("a folder");
    fs::write(
        clean.join("a.yml"),
        "url: https://msg.int.spine2.ncrs.nhs.uk\n",
    )
    .expect("a file");

    let suppressing = trees.path().join("suppressing");
    suppressed(&suppressing);

    let out = tempfile::tempdir().expect("a folder");
    reports(&home().join("fixtures"), &out.path().join("fixtures"), &[]);
    reports(&hostile, &out.path().join("hostile"), &[]);
    reports(&clean, &out.path().join("clean"), &[]);
    let known = ["--baseline", "ptlint.baseline.jsonl"];
    reports(&suppressing, &out.path().join("suppressing"), &known);
    let output = Command::new(clients.join("venv/bin/python"))
        .arg(home().join("tests/clients/formats.py"))
        .arg(out.path())
        .arg(&clients)
        .output()
        .expect("Python starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(said.trim(), "28 reports read");
}
