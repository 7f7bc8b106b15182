//! A long key was read and printed again for each reference below it.

use std::fs;

use super::{HOST, grows_like_its_input};
use crate::common::{AS_OF, run_in};

#[test]
fn a_key_that_is_a_line_of_hosts_is_not_read_for_each_of_them() {
    for name in [
        "a.env",
        "a.ini",
        "a.conf",
        "a.properties",
        "a.yml",
        "a.toml",
        "a.mk",
    ] {
        grows_like_its_input(name, 100, |count| format!("{HOST}:").repeat(count));
    }
    let encoded = "aHR0cHM6Ly9tc2cuZGV2LnNwaW5lMi5uY3JzLm5ocy51ay94";
    grows_like_its_input("b.properties", 120, |count| {
        format!("{encoded} ").repeat(count)
    });
}

#[test]
fn long_keys_are_cut_in_reports() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = "k".repeat(20_000);
    let deep = "{\"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\": ".repeat(60);
    let text = format!(
        "[{{\"{key}\": {{\"a\": \"https://{HOST}/x\"}}}}, {deep}\"{HOST}\"{}]",
        "}".repeat(60)
    );
    fs::write(folder.path().join("a.json"), text).expect("written");
    let entry = format!("<a {key}=\"https://{HOST}/x\"><{key}>{HOST}</{key}></a>");
    fs::write(folder.path().join("a.xml"), entry).expect("written");
    fs::write(
        folder.path().join("a.yml"),
        format!("- name: {key}\n  url: {HOST}\n"),
    )
    .expect("written");
    for format in ["concise", "json", "human", "sarif", "html"] {
        let arguments = ["check", "--no-config", "--as-of", AS_OF, "--format", format];
        let (code, out, _) = run_in(folder.path(), &arguments);
        assert_eq!(code, 1, "{format}");
        assert!(out.contains("kkkk…"), "{format}");
        assert!(!out.contains(&"k".repeat(500)), "{format}");
    }
}
