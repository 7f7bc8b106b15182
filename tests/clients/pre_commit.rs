//! A repository with pre-commit, which `tests/clients/install` installs.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::common::{finish, home};

pub const BAD: &str = "url: https://msg.dev.spine2.ncrs.nhs.uk/sync-service\n";
pub const GOOD: &str = "url: https://msg.int.spine2.ncrs.nhs.uk/sync-service\n";

/// A work tree, and next to it pre-commit's cache and a folder that is first on PATH. All are deleted with
/// the value.
pub struct Repository {
    folder: TempDir,
}

impl Repository {
    /// One without files.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let it = Self { folder };
        for name in ["bin", "cache", "work"] {
            fs::create_dir(it.next_to(name)).expect("a folder");
        }
        it.git(&["init", "-q"]);
        it
    }

    /// Commits a configuration of pre-commit.
    pub fn configure(&self, configuration: &str) {
        self.stage(".pre-commit-config.yaml", configuration);
        self.git(&["commit", "-qm", "start"]);
    }

    /// A place next to the work tree.
    pub fn next_to(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.next_to("work").join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, content).expect("a file");
    }

    pub fn stage(&self, name: &str, content: impl AsRef<[u8]>) {
        self.write(name, content);
        self.git(&["add", "--", name]);
    }

    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        let path = std::env::var("PATH").expect("PATH");
        command
            .current_dir(self.path(""))
            .env("PATH", format!("{}:{path}", self.next_to("bin").display()))
            .env("PRE_COMMIT_HOME", self.next_to("cache"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env_remove("CI")
            .env_remove("COLUMNS");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "ptlint");
            command.env(format!("GIT_{role}_EMAIL"), "tests@example.org");
        }
        command
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        self.git_in(&self.path(""), arguments)
    }

    pub fn git_in(&self, folder: &Path, arguments: &[&str]) -> String {
        let (code, out, err) = finish(self.command("git").current_dir(folder).args(arguments));
        assert_eq!(code, 0, "git {arguments:?}: {err}");
        out
    }

    /// Starts a command of pre-commit.
    pub fn pre_commit(&self) -> Command {
        let program = home().join("target/clients/venv/bin/pre-commit");
        assert!(
            program.exists(),
            "pre-commit is missing: run `python3 tests/clients/install`"
        );
        self.command(program)
    }

    /// Runs the hooks: exit code and what is shown.
    pub fn run(&self, arguments: &[&str]) -> (i32, String) {
        let mut command = self.pre_commit();
        said(command.args(["run", "--color", "never"]).args(arguments))
    }
}

/// Exit code and what a command shows.
pub fn said(command: &mut Command) -> (i32, String) {
    let (code, out, err) = finish(command);
    assert!(!out.contains('\u{1b}'), "colour codes: {out}");
    (code, format!("{out}{err}"))
}

/// The block of the docs that begins with such a comment.
pub fn block_of_the_docs(first: &str) -> String {
    let docs = fs::read_to_string(home().join("docs/integrations.md")).expect("docs");
    let start = format!("yaml\n{first}\n");
    let block = docs
        .split("```")
        .find_map(|block| block.strip_prefix(start.as_str()));
    block.expect("a block of pre-commit").to_owned()
}
