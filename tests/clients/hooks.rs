//! The hooks in `.pre-commit-hooks.yaml`, run by the real pre-commit with the configuration of the docs.
//! Only the language differs from what users have: it is `system`, with the program on PATH, because
//! otherwise every repository would build the package. `wheel.rs` does that once. `tests/clients/install`
//! installs pre-commit; without it these tests fail.
use std::fs;

use crate::common::{finish, home};
use crate::pre_commit::{BAD, GOOD, Repository, block_of_the_docs};

/// A repository that uses one hook of the manifest, of a repository that offers them.
fn repository(hook: &str) -> Repository {
    let it = Repository::empty();
    let program = env!("CARGO_BIN_EXE_ptlint");
    std::os::unix::fs::symlink(program, it.next_to("bin/ptlint")).expect("a link");

    let hooks = it.next_to("hooks");
    fs::create_dir(&hooks).expect("a folder");
    let manifest = fs::read_to_string(home().join(".pre-commit-hooks.yaml")).expect("manifest");
    let system = manifest.replace("language: python", "language: system");
    assert_eq!(system.matches("language: system").count(), 3);
    fs::write(hooks.join(".pre-commit-hooks.yaml"), system).expect("a file");
    it.git_in(&hooks, &["init", "-q"]);
    it.git_in(&hooks, &["add", "."]);
    it.git_in(&hooks, &["commit", "-qm", "hooks"]);
    it.git_in(&hooks, &["tag", "v0.1.0"]);

    let configuration = block_of_the_docs("# .pre-commit-config.yaml");
    it.configure(
        &configuration
            .replace(
                "https://github.com/your-organisation/ptlint",
                hooks.to_str().expect("a name"),
            )
            .replace("id: ptlint\n", &format!("id: {hook}\n")),
    );
    it
}

#[test]
fn staged_files_are_checked_whatever_their_kind() {
    let it = repository("ptlint");
    it.stage("good.yml", GOOD);
    let (code, said) = it.run(&[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Passed"), "{said}");

    it.stage("config/bad.yml", BAD);
    let utf16: Vec<u8> = "\u{feff}\"Host\"=\"msg.train.spine2.ncrs.nhs.uk\"\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    it.stage("export.reg", utf16);
    let (code, said) = it.run(&[]);
    assert_eq!(code, 1, "{said}");
    for expected in [
        "exit code: 1",
        "config/bad.yml:1:14",
        "export.reg:1:",
        "write msg.int.spine2.ncrs.nhs.uk",
        "2 violations in 2 of 3 files",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }

    // The hook of git stops the commit.
    assert_eq!(finish(it.pre_commit().arg("install")).0, 0);
    let (code, _, err) = finish(it.command("git").args(["commit", "-qm", "bad"]));
    assert_eq!(code, 1, "{err}");
    assert!(err.contains("config/bad.yml:1:14"), "{err}");
    it.git(&["rm", "-qf", "config/bad.yml", "export.reg"]);
    it.git(&["commit", "-qm", "good"]);
}

#[test]
fn excluded_files_pass_also_when_they_are_all_that_is_staged() {
    for hook in ["ptlint", "ptlint-fix"] {
        let it = repository(hook);
        it.stage("ptlint.yaml", "exclude:\n  - vendor/\n");
        it.git(&["commit", "-qm", "configuration"]);
        it.stage("vendor/library/bad.yml", BAD);
        let (code, said) = it.run(&["--verbose"]);
        assert_eq!(code, 0, "{said}");
        assert!(
            said.contains("Nothing to check: every file that was named is excluded."),
            "{said}"
        );
        it.stage("bad.yml", BAD);
        let (code, said) = it.run(&[]);
        assert_eq!(code, 1, "{said}");
        assert!(!said.contains("vendor/library"), "{said}");
        assert!(said.contains("skipped: 1 excluded"), "{said}");
        let left = fs::read_to_string(it.path("vendor/library/bad.yml"));
        assert_eq!(left.expect("a file"), BAD);
    }
}

#[test]
fn every_part_of_a_long_list_has_the_same_root() {
    let it = repository("ptlint");
    it.stage("ptlint.yaml", "exclude:\n  - deep/**/left-out.yml\n");
    // pre-commit hands over at most 128 KiB of names at once.
    let folder = format!("deep/{}", "folder-with-a-long-name/".repeat(8));
    for number in 0..900 {
        let content = if number % 300 == 0 { BAD } else { GOOD };
        it.write(&format!("{folder}{number:04}.yml"), content);
    }
    it.write(&format!("{folder}left-out.yml"), BAD);
    it.git(&["add", "."]);
    let (code, said) = it.run(&[]);
    assert_eq!(code, 1, "{said}");
    let runs = said.matches("\nChecked ").count();
    assert!(runs >= 2, "{runs} runs: {said}");
    for number in [0, 300, 600] {
        // A title of its own, with the path from the root of the repository.
        let place = format!("[{folder}{number:04}.yml:1:14]");
        let count = said.matches(&place).count();
        assert_eq!(count, 1, "{place}: {said}");
    }
    assert!(!said.contains("left-out.yml"), "{said}");
    assert!(said.contains("1 excluded"), "{said}");
}

#[test]
fn what_is_staged_counts_and_not_what_is_only_in_the_work_tree() {
    let it = repository("ptlint");
    it.stage("a.yml", BAD);
    it.write("a.yml", GOOD);
    let (code, said) = it.run(&[]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("a.yml:1:14"), "{said}");
    assert_eq!(fs::read_to_string(it.path("a.yml")).expect("a file"), GOOD);

    it.stage("a.yml", GOOD);
    it.write("a.yml", BAD);
    let (code, said) = it.run(&[]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(fs::read_to_string(it.path("a.yml")).expect("a file"), BAD);
}

#[test]
fn renamed_and_deleted_files() {
    let it = repository("ptlint");
    it.stage("old.yml", BAD);
    it.stage("gone.yml", BAD);
    it.git(&["commit", "-qm", "files"]);
    it.git(&["rm", "-q", "gone.yml"]);
    let (code, said) = it.run(&[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("no files to check"), "{said}");
    it.git(&["mv", "old.yml", "new.yml"]);
    let (code, said) = it.run(&[]);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("new.yml:1:14") && !said.contains("old.yml"),
        "{said}"
    );
    // A file that goes away between `git add` and the commit is still in the index.
    fs::remove_file(it.path("new.yml")).expect("a file");
    let (code, said) = it.run(&[]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("new.yml:1:14"), "{said}");
}

#[test]
fn names_with_spaces_and_any_letters() {
    let it = repository("ptlint");
    let names = [
        "two words/a b.yml",
        "größe/😀 é.yml",
        "--fix.yml",
        "it's \"quoted\" $HOME.yml",
    ];
    for name in names {
        it.stage(name, BAD);
    }
    let (code, said) = it.run(&[]);
    assert_eq!(code, 1, "{said}");
    for name in names {
        assert!(said.contains(&format!("{name}:1:14")), "{name}: {said}");
        assert_eq!(fs::read_to_string(it.path(name)).expect("a file"), BAD);
    }
}

#[test]
fn the_hook_for_the_repository_checks_what_is_not_staged_too() {
    let it = repository("ptlint-repo");
    it.stage("old.yml", BAD);
    it.git(&["commit", "-qm", "before the hook"]);
    it.stage("new.yml", GOOD);
    let (code, said) = it.run(&[]);
    assert_eq!(code, 1, "{said}");
    assert_eq!(said.matches("old.yml:1:14").count(), 1, "{said}");
    it.stage("old.yml", GOOD);
    let (code, said) = it.run(&[]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn the_fixing_hook_leaves_changes_to_be_staged_and_its_patch_out() {
    let it = repository("ptlint-fix");
    it.stage("a b.yml", BAD);
    it.stage("other.yml", GOOD);
    let (code, said) = it.run(&[]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("files were modified by this hook"), "{said}");
    assert!(said.contains("1 fixed in 1 file"), "{said}");
    assert_eq!(
        fs::read_to_string(it.path("a b.yml")).expect("a file"),
        GOOD
    );
    assert!(it.path(".ptlint/undo/0001.json").exists());
    it.git(&["add", "--all"]);
    let staged = it.git(&["diff", "--cached", "--name-only"]);
    assert_eq!(staged, "a b.yml\nother.yml\n");
    let (code, said) = it.run(&[]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn the_hooks_start_the_program_of_the_package() {
    let manifest = fs::read_to_string(home().join(".pre-commit-hooks.yaml")).expect("manifest");
    let hooks: Vec<std::collections::BTreeMap<String, serde_yaml::Value>> =
        serde_yaml::from_str(&manifest).expect("hooks");
    assert_eq!(hooks.len(), 3);
    for hook in hooks {
        let text = |key: &str| hook[key].as_str().expect("text").to_owned();
        assert!(text("entry").starts_with("ptlint "), "{hook:?}");
        assert_eq!(text("language"), "python");
        assert_eq!(hook["require_serial"].as_bool(), Some(true));
    }
}
