//! The files for pipelines: each is checked against the schema of its system (which check-jsonschema
//! contains), its scripts run with the variables of the system, and the docs show it unchanged.
//! `tests/clients/install` installs check-jsonschema; without it these tests fail. The systems themselves,
//! and tasks and actions by others, do not run here.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{AS_OF, finish, home, ptlint, run_in};
use ptlint::internals::report::FORMATS;
use serde_yaml::Value;
use tempfile::TempDir;

const BAD: &str = "url: https://msg.dev.spine2.ncrs.nhs.uk/sync-service\n";
const GOOD: &str = "url: https://msg.int.spine2.ncrs.nhs.uk/sync-service\n";

/// The files, with the schema of each and how it is read.
const FILES: [(&str, &str, &[&str]); 4] = [
    ("action.yml", "vendor.github-actions", &[]),
    (
        "integrations/github/ptlint.yml",
        "vendor.github-workflows",
        &[],
    ),
    (
        "integrations/gitlab/.gitlab-ci.yml",
        "vendor.gitlab-ci",
        &["--data-transform", "gitlab-ci"],
    ),
    (
        "integrations/azure/azure-pipelines.yml",
        "vendor.azure-pipelines",
        &[
            "--data-transform",
            "azure-pipelines",
            "--regex-variant",
            "nonunicode",
        ],
    ),
];

fn text(name: &str) -> String {
    fs::read_to_string(home().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn yaml(name: &str) -> Value {
    serde_yaml::from_str(&text(name)).expect(name)
}

fn string(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

/// What the schema of a system says about a file.
fn validate(path: &Path, schema: &str, options: &[&str]) -> (i32, String) {
    let program = home().join("target/clients/venv/bin/check-jsonschema");
    assert!(
        program.exists(),
        "check-jsonschema is missing: run `python3 tests/clients/install`"
    );
    let mut command = Command::new(program);
    command.args(["--builtin-schema", schema]).args(options);
    let (code, out, err) = finish(command.arg(path));
    (code, format!("{out}{err}"))
}

#[test]
fn the_schemas_of_the_systems_accept_the_files() {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, schema, options) in FILES {
        let (code, said) = validate(&home().join(name), schema, options);
        assert_eq!(code, 0, "{name}: {said}");
        // The schema is one that can refuse.
        let broken = dir.path().join("broken.yml");
        let wrong = text(name)
            .replace("\nruns:", "\nrun:")
            .replace("\njobs:", "\njob:")
            .replace("\n  script:", "\n  scripts:")
            .replace("\nsteps:", "\nstep:");
        fs::write(&broken, wrong).expect("a file");
        let (code, said) = validate(&broken, schema, options);
        assert!(code == 1 && said.contains("broken.yml::"), "{name}: {said}");
    }
}

#[test]
fn the_docs_show_the_files_as_they_are() {
    let docs = text("docs/integrations.md");
    let files = FILES.iter().map(|(name, ..)| *name).skip(1);
    for name in files.chain(["integrations/jenkins/Jenkinsfile"]) {
        let content = text(name);
        let shown = ["yaml", "groovy"]
            .iter()
            .any(|language| docs.contains(&format!("```{language}\n{content}```\n")));
        assert!(shown, "docs/integrations.md does not show {name}");
    }
    let version = env!("CARGO_PKG_VERSION");
    for page in docs.split("ptlint==").skip(1) {
        assert!(page.starts_with(version), "another version than {version}");
    }
    for page in docs.split("ptlint@v").skip(1) {
        assert!(page.starts_with(version), "another version than {version}");
    }
}

#[test]
fn exit_codes_are_the_same_in_every_format() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = |name: &str, content: &str| {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, content).expect("a file");
    };
    file("good/a.yml", GOOD);
    file("bad/a.yml", BAD);
    fs::create_dir(dir.path().join("empty")).expect("a folder");
    let cases: [(&[&str], i32); 7] = [
        (&["good"], 0),
        (&["bad"], 1),
        (&["bad", "--exclude", "*.yml"], 3),
        (&["bad/a.yml", "--exclude", "*.yml"], 0),
        (&["empty"], 3),
        (&["missing"], 2),
        (&["bad", "--nonsense"], 2),
    ];
    for format in FORMATS {
        for (arguments, expected) in cases {
            let mut all = vec!["check", "--as-of", AS_OF, "--format", format.name];
            all.extend(arguments);
            let (code, out, err) = run_in(dir.path(), &all);
            assert_eq!(code, expected, "{all:?}: {out}{err}");
        }
    }
}

/// A checkout with the program on PATH and a folder for what the system keeps.
struct Machine {
    folder: TempDir,
}

impl Machine {
    fn new(content: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["bin", "kept", "work/with space"] {
            fs::create_dir_all(folder.path().join(name)).expect("a folder");
        }
        std::os::unix::fs::symlink(
            env!("CARGO_BIN_EXE_ptlint"),
            folder.path().join("bin/ptlint"),
        )
        .expect("a link");
        let it = Self { folder };
        fs::write(it.work("a.yml"), GOOD).expect("a file");
        fs::write(it.work("with space/b.yml"), content).expect("a file");
        it
    }

    fn work(&self, name: &str) -> PathBuf {
        self.folder.path().join("work").join(name)
    }

    fn kept(&self, name: &str) -> PathBuf {
        self.folder.path().join("kept").join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.kept(name)).unwrap_or_default()
    }

    /// Runs a script: with `sh -e`, as all these systems do or may do.
    fn run(&self, script: &str, variables: &[(&str, &str)]) -> (i32, String) {
        let path = std::env::var("PATH").expect("PATH");
        let bin = self.folder.path().join("bin");
        let mut command = Command::new("sh");
        command
            .args(["-e", "-c", script])
            .current_dir(self.work(""))
            .env("PATH", format!("{}:{path}", bin.display()))
            .env("RUNNER_TEMP", self.folder.path().join("kept"))
            .env("GITHUB_OUTPUT", self.kept("output"))
            .env("GITHUB_STEP_SUMMARY", self.kept("summary.md"))
            .env("BUILD_ARTIFACTSTAGINGDIRECTORY", self.kept(""))
            .envs(variables.iter().copied());
        let (code, out, err) = finish(&mut command);
        (code, format!("{out}{err}"))
    }
}

/// The script of a step of the action.
fn step(name: &str) -> String {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_sequence().expect("steps");
    let step = steps.iter().find(|step| step["name"] == name);
    string(&step.expect(name)["run"])
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok()
}

/// Runs the step that checks: what was said, and the exit code in its outputs.
fn check_step(machine: &Machine, paths: &str, args: &str) -> (String, String) {
    let _ = fs::remove_file(machine.kept("output"));
    let variables = [
        ("PTLINT_PROGRAM", "ptlint"),
        ("PTLINT_PATHS", paths),
        ("PTLINT_ARGS", args),
    ];
    let (code, said) = machine.run(&step("Check"), &variables);
    // The result is for the last step: the report is uploaded before.
    assert_eq!(code, 0, "{said}");
    let output = machine.read("output");
    let code = output.lines().find_map(|l| l.strip_prefix("exit-code="));
    let code = code.expect("the exit code").to_owned();
    (said, code)
}

#[test]
fn the_action_checks_and_keeps_the_exit_code() {
    let machine = Machine::new(BAD);
    let (said, code) = check_step(&machine, ".", "--as-of 2026-01-01");
    assert_eq!(code, "1", "{said}");
    assert!(
        said.contains("::error file=with space/b.yml,line=1"),
        "{said}"
    );
    assert!(machine.read("summary.md").contains("b.yml"), "no summary");
    assert!(machine.read("output").contains("ptlint.sarif\n"));
    let sarif = machine.read("ptlint.sarif");
    assert!(
        is_json(&sarif) && sarif.contains("with%20space/b.yml"),
        "{sarif}"
    );

    let (said, code) = check_step(&machine, "a.yml\n\nwith space\n", "");
    assert_eq!(code, "1", "{said}");
    let (said, code) = check_step(&machine, "a.yml", "");
    assert_eq!(code, "0", "{said}");
    // After a wrong option there is no report to upload, not even that of an earlier run.
    let (said, code) = check_step(&machine, "a.yml", "--nonsense");
    assert_eq!(code, "2", "{said}");
    assert!(!machine.read("output").contains("sarif="));
}

#[test]
fn the_result_of_the_action_fails_the_job_when_it_should() {
    let machine = Machine::new(GOOD);
    for (code, fail, expected) in [
        ("0", "true", 0),
        ("1", "true", 1),
        ("1", "false", 0),
        ("2", "false", 2),
        ("3", "false", 3),
        ("", "false", 3),
    ] {
        let variables = [("PTLINT_CODE", code), ("PTLINT_FAIL", fail)];
        let (got, _) = machine.run(&step("Result"), &variables);
        assert_eq!(got, expected, "{code} {fail}");
    }
}

#[test]
fn inputs_of_the_action_cannot_become_commands() {
    let action = yaml("action.yml");
    for step in action["runs"]["steps"].as_sequence().expect("steps") {
        if let Some(run) = step["run"].as_str() {
            assert!(!run.contains("${{"), "an expression in a script: {run}");
        }
    }
    let machine = Machine::new(GOOD);
    for hostile in [
        "$(touch hit)",
        "`touch hit`",
        "; touch hit",
        "END\ntouch hit",
        "\" && touch hit",
    ] {
        check_step(&machine, hostile, "");
        check_step(&machine, "a.yml", hostile);
        assert!(!machine.work("hit").exists(), "{hostile}");
    }
    // A path is not an option.
    let (said, code) = check_step(&machine, "--help", "");
    assert_eq!(code, "2", "{said}");
}

#[test]
fn the_action_installs_nothing_where_the_program_is() {
    let machine = Machine::new(GOOD);
    let (code, said) = machine.run(&step("Install ptlint"), &[("PTLINT_VERSION", "")]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(machine.read("output"), "program=ptlint\n");
}

#[test]
fn the_action_installs_a_version_or_itself_where_it_is_not() {
    let machine = Machine::new(GOOD);
    // Stands for Python and pip, and notes what it is asked for.
    let fake = "#!/bin/sh\nmkdir -p \"$3/bin\"\nprintf '#!/bin/sh\\necho \"$@\" >> \"$RUNNER_TEMP/asked\"\\n' > \"$3/bin/pip\"\nchmod +x \"$3/bin/pip\"\n";
    let bin = machine.folder.path().join("bin");
    fs::write(bin.join("python3"), fake).expect("a file");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(bin.join("python3"), mode).expect("permissions");
    let (code, said) = machine.run(&step("Install ptlint"), &[("PTLINT_VERSION", "9.9.9")]);
    assert_eq!(code, 0, "{said}");
    fs::remove_file(bin.join("ptlint")).expect("a link");
    let variables = [("PTLINT_VERSION", ""), ("PTLINT_SOURCE", "/the action")];
    // Without a ptlint of this machine.
    let path = format!("{}:/usr/bin:/bin", bin.display());
    let variables = [variables[0], variables[1], ("PATH", path.as_str())];
    let (code, said) = machine.run(&step("Install ptlint"), &variables);
    assert_eq!(code, 0, "{said}");
    assert_eq!(
        machine.read("asked"),
        "install --quiet ptlint==9.9.9\ninstall --quiet /the action\n"
    );
    let program = format!("program={}/ptlint\n", machine.kept("ptlint/bin").display());
    assert_eq!(machine.read("output"), program.repeat(2));
}

#[test]
fn the_gitlab_job_runs() {
    let job = &yaml("integrations/gitlab/.gitlab-ci.yml")["ptlint"];
    let mut lines = Vec::new();
    for part in ["before_script", "script"] {
        lines.extend(job[part].as_sequence().expect(part).iter().map(string));
    }
    let script = lines.join("\n");
    for (content, expected) in [(GOOD, 0), (BAD, 1)] {
        let machine = Machine::new(content);
        let (code, said) = machine.run(&script, &[]);
        assert_eq!(code, expected, "{said}");
        let reports = &job["artifacts"]["reports"];
        let quality = machine.work(&string(&reports["codequality"]));
        let found: Vec<serde_json::Value> =
            serde_json::from_slice(&fs::read(quality).expect("a report")).expect("JSON");
        assert_eq!(found.len(), usize::try_from(expected).expect("a count"));
        let junit = fs::read_to_string(machine.work(&string(&reports["junit"])));
        assert!(junit.expect("a report").contains("<testsuites"));
    }
}

#[test]
fn the_azure_steps_run() {
    let pipeline = yaml("integrations/azure/azure-pipelines.yml");
    let steps = pipeline["steps"].as_sequence().expect("steps");
    let scripts: Vec<String> = steps
        .iter()
        .filter_map(|step| step["script"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(scripts.len(), 2);
    for (content, expected) in [(GOOD, 0), (BAD, 1)] {
        let machine = Machine::new(content);
        let (code, said) = machine.run(&scripts[0], &[]);
        assert_eq!(code, 0, "{said}");
        let (code, said) = machine.run(&scripts[1], &[]);
        assert_eq!(code, expected, "{said}");
        assert_eq!(
            said.contains("##vso[task.logissue type=error"),
            expected == 1,
            "{said}"
        );
        assert!(is_json(&machine.read("ptlint.sarif")));
        assert!(machine.read("ptlint.xml").contains("<testsuites"));
    }
    // What is published is what is written.
    for name in ["ptlint.xml", "ptlint.sarif"] {
        let published = format!("$(Build.ArtifactStagingDirectory)/{name}\n");
        assert!(text("integrations/azure/azure-pipelines.yml").contains(&published));
    }
}

#[test]
fn the_jenkins_step_runs() {
    let file = text("integrations/jenkins/Jenkinsfile");
    assert_eq!(file.matches('{').count(), file.matches('}').count());
    let script = file.split("'''").nth(1).expect("a script");
    for (content, expected) in [(GOOD, 0), (BAD, 1)] {
        let machine = Machine::new(content);
        let (code, said) = machine.run(script, &[]);
        assert_eq!(code, expected, "{said}");
        for name in ["ptlint.xml", "ptlint-checkstyle.xml"] {
            assert!(machine.work(name).exists(), "{name}");
            assert!(file.contains(&format!("'{name}'")), "{name}");
        }
        // A second build in the same folder does not read the reports of the first.
        let (code, said) = machine.run(script, &[]);
        assert_eq!(code, expected, "{said}");
        assert!(said.contains("Checked 2 files"), "{said}");
    }
}

#[test]
fn the_block_for_anything_else_runs() {
    let docs = text("docs/integrations.md");
    let blocks: Vec<&str> = docs.split("```sh\n").skip(1).collect();
    assert_eq!(blocks.len(), 1);
    let script = blocks[0].split("```").next().expect("a block");
    let machine = Machine::new(BAD);
    let (code, said) = machine.run(script, &[]);
    assert_eq!(code, 1, "{said}");
    assert!(machine.work("ptlint.sarif").exists() && machine.work("ptlint.xml").exists());
}

#[test]
fn the_version_of_the_program_is_that_of_the_files() {
    let (_, out, _) = finish(ptlint().arg("--version"));
    let version = out.trim().strip_prefix("ptlint ").expect("a version");
    for name in [
        "integrations/gitlab/.gitlab-ci.yml",
        "integrations/jenkins/Jenkinsfile",
    ] {
        assert!(
            text(name).contains(&format!("ptlint=={version}\n")),
            "{name}"
        );
    }
    assert!(text("integrations/github/ptlint.yml").contains(&format!("ptlint@v{version}\n")));
}
