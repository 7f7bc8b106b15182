//! Hosts that are in no file, one table for each mechanism that composes them.

use ptlint::facts::{Confidence, ReferenceKind, Report, SkipReason};
use ptlint::{Options, check_contents};

use crate::common::{AS_OF, catalogue, folder, run_in};

/// Files, and what is reported in them: place, host, word and replacement.
struct Case {
    files: &'static [(&'static str, &'static str)],
    found: &'static [&'static str],
    /// Names that keep a hole of which nothing is known.
    holes: usize,
}

const fn case(
    files: &'static [(&'static str, &'static str)],
    found: &'static [&'static str],
) -> Case {
    Case {
        files,
        found,
        holes: 0,
    }
}

/// Nothing is found, and so many names are counted.
const fn unknown(files: &'static [(&'static str, &'static str)], holes: usize) -> Case {
    Case {
        files,
        found: &[],
        holes,
    }
}

pub fn report(files: &[(&str, &str)]) -> Report {
    let mut options = Options::new(["unused"]).as_of(AS_OF.parse().expect("a date"));
    options.settings.min_confidence = Confidence::Speculative;
    let contents = files.iter().map(|(path, text)| (*path, text.as_bytes()));
    check_contents(&catalogue(), &options, contents)
}

/// What is composed, in a line each.
pub fn composed(report: &Report) -> Vec<String> {
    let violations = report.violations.iter();
    let composed = violations.filter(|v| v.reference == ReferenceKind::ComposedHost);
    let lines = composed.map(|violation| {
        let becomes = violation.replacement.as_ref().map_or("?", |r| &r.text);
        let overridden = if violation.notes.iter().any(|n| n.contains("overridden")) {
            " (overridden)"
        } else {
            ""
        };
        let start = violation.start;
        format!(
            "{}:{}:{} {} {} → {becomes}{overridden}",
            violation.path, start.line, start.column, violation.name, violation.matched
        )
    });
    lines.collect()
}

fn check(cases: &[Case]) {
    let mut wrong = Vec::new();
    for case in cases {
        let report = report(case.files);
        let found = composed(&report);
        let holes = report.coverage.skipped.get(&SkipReason::NameWithHole);
        let holes = holes.map_or(0, |holes| holes.count);
        if found != case.found || holes != case.holes as u64 {
            wrong.push(format!("{:#?}\n{found:#?} holes {holes}", case.files));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

const MSG: &str = "msg.train.spine2.ncrs.nhs.uk";

#[test]
fn environment_files_fill_their_own_holes() {
    check(&[
        case(
            &[(
                ".env",
                "E=train\nURL=https://msg.${E}.spine2.ncrs.nhs.uk/sync\n",
            )],
            &[".env:1:3 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(
            &[(
                ".env",
                "E=int\nURL=https://msg.${E}.spine2.ncrs.nhs.uk/sync\n",
            )],
            &[],
        ),
        case(
            &[(
                ".env",
                "export E=\"train\"\nURL=\"https://msg.$E.spine2.ncrs.nhs.uk\"\n",
            )],
            &[".env:1:11 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        // Single quotes and a backslash keep a dollar as it is.
        unknown(
            &[(
                ".env",
                "E=train\nURL='https://msg.${E}.spine2.ncrs.nhs.uk'\n",
            )],
            1,
        ),
        unknown(
            &[(
                ".env",
                "E=train\nURL=\"https://msg.\\${E}.spine2.ncrs.nhs.uk\"\n",
            )],
            1,
        ),
        // Another folder, an example, another name.
        unknown(
            &[
                ("a/.env", "URL=https://msg.${E}.spine2.ncrs.nhs.uk\n"),
                ("b/.env", "E=train\n"),
                ("a/.env.example", "E=train\n"),
                ("a/.env.local", "EE=train\n"),
            ],
            1,
        ),
        // The later assignment wins.
        case(
            &[(
                ".env",
                "E=train\nE=int\nURL=https://msg.${E}.spine2.ncrs.nhs.uk\n",
            )],
            &[],
        ),
        // A file of all environments overrides another one.
        case(
            &[
                (".env", "E=train\nURL=https://msg.${E}.spine2.ncrs.nhs.uk\n"),
                (".env.local", "E=int\n"),
            ],
            &[".env:1:3 msg.train.spine2.ncrs.nhs.uk train → int (overridden)"],
        ),
        // Two environments, one of which overrides.
        case(
            &[
                (".env", "E=train\nURL=https://msg.${E}.spine2.ncrs.nhs.uk\n"),
                (".env.a", "E=int\n"),
                (".env.b", "OTHER=1\n"),
            ],
            &[".env:1:3 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(
            &[
                (".env", "E=train\nURL=https://msg.${E}.spine2.ncrs.nhs.uk\n"),
                (".env.a", "E=int\n"),
                (".env.b", "E=dep\n"),
            ],
            &[".env:1:3 msg.train.spine2.ncrs.nhs.uk train → int (overridden)"],
        ),
        // A default that is used, and one that is not.
        case(
            &[(
                ".env",
                "A=${B:-train}\nURL=https://msg.${A}.spine2.ncrs.nhs.uk\n",
            )],
            &[".env:1:8 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(
            &[(
                ".env",
                "B=int\nA=${B:-train}\nURL=https://msg.${A}.spine2.ncrs.nhs.uk\n",
            )],
            &[".env:2:8 msg.train.spine2.ncrs.nhs.uk train → int (overridden)"],
        ),
        // A circle ends, and a long chain is followed.
        unknown(
            &[(
                ".env",
                "A=${B}\nB=${A}\nURL=https://msg.${A}.spine2.ncrs.nhs.uk\n",
            )],
            1,
        ),
        case(
            &[(
                ".env",
                "A=train\nB=$A\nC=$B\nD=$C\nE=$D\nF=$E\nG=$F\nH=$G\nI=$H\nURL=https://msg.${I}.spine2.ncrs.nhs.uk\n",
            )],
            &[".env:1:3 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        // What touches a label is a part of it.
        case(
            &[(".env", "E=dev\nURL=https://msg.my${E}.spine2.ncrs.nhs.uk\n")],
            &[],
        ),
        // A longer part of the name.
        case(
            &[(
                ".env",
                "HOST=msg.train\nURL=https://${HOST}.spine2.ncrs.nhs.uk\n",
            )],
            &[".env:1:10 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(
            &[(
                ".env",
                "ZONE=vn03.national.ncrs.nhs.uk\nURL=ldaps://ldap.${ZONE}\n",
            )],
            &[],
        ),
    ]);
}

#[test]
fn compose_files_take_values_from_environment_files_beside_them() {
    const URL: &str = "services:\n  app:\n    environment:\n      URL: https://msg.${E}.spine2.ncrs.nhs.uk/sync\n";
    const LIST: &str = "services:\n  app:\n    environment:\n      - URL=https://msg.${E}.spine2.ncrs.nhs.uk/sync\n";
    const DEFAULT: &str =
        "services:\n  app:\n    environment:\n      H: msg.${E-${D:-train}}.spine2.ncrs.nhs.uk\n";
    const ESCAPED: &str = "services:\n  app:\n    environment:\n      URL: https://msg.$${E}.spine2.ncrs.nhs.uk/sync\n";
    check(&[
        case(
            &[("docker-compose.yml", URL), (".env", "E=train\n")],
            &[".env:1:3 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(
            &[("a/compose.yaml", LIST), ("a/.env", "X=1\nE='train'\n")],
            &["a/.env:2:4 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(&[("docker-compose.yml", URL), (".env", "E=int\n")], &[]),
        unknown(&[("docker-compose.yml", ESCAPED), (".env", "E=train\n")], 1),
        unknown(
            &[
                ("a/docker-compose.yml", URL),
                (".env", "E=train\n"),
                ("b/.env", "E=train\n"),
            ],
            1,
        ),
        unknown(
            &[("docker-compose.yml", URL), (".env.example", "E=train\n")],
            1,
        ),
        unknown(&[("docker-compose.yml", URL)], 1),
        case(
            &[("docker-compose.yml", DEFAULT), (".env", "D=int\n")],
            &["docker-compose.yml:4:23 msg.train.spine2.ncrs.nhs.uk train → int (overridden)"],
        ),
        // Two definitions, two findings.
        case(
            &[
                ("docker-compose.yml", URL),
                (".env.one", "E=train\n"),
                (".env.two", "E=dev\n"),
                (".env.three", "E=int\n"),
            ],
            &[
                ".env.one:1:3 msg.train.spine2.ncrs.nhs.uk train → int",
                ".env.two:1:3 msg.dev.spine2.ncrs.nhs.uk dev → int",
            ],
        ),
    ]);
}

#[test]
fn shells_use_the_assignments_before_a_place() {
    check(&[
        case(
            &[(
                "a.sh",
                "E=train\ncurl \"https://msg.${E}.spine2.ncrs.nhs.uk/sync\"\n",
            )],
            &["a.sh:1:3 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(
            &[(
                "a.sh",
                "E=int\ncurl \"https://msg.${E}.spine2.ncrs.nhs.uk/sync\"\n",
            )],
            &[],
        ),
        case(
            &[("a.sh", "E=\"train\"\nHOST=\"msg.$E.spine2.ncrs.nhs.uk\"\n")],
            &["a.sh:1:4 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        unknown(
            &[("a.sh", "E=train\nHOST='msg.${E}.spine2.ncrs.nhs.uk'\n")],
            1,
        ),
        unknown(
            &[("a.sh", "E=train\nHOST=\"msg.\\${E}.spine2.ncrs.nhs.uk\"\n")],
            1,
        ),
        unknown(&[("a.sh", "HOST=\"msg.$1.spine2.ncrs.nhs.uk\"\n")], 1),
        unknown(
            &[
                ("a.sh", "HOST=\"msg.${E}.spine2.ncrs.nhs.uk\"\n"),
                ("b.sh", "E=train\n"),
            ],
            1,
        ),
        // An assignment after the use is not in force there.
        unknown(
            &[("a.sh", "HOST=\"msg.${E}.spine2.ncrs.nhs.uk\"\nE=train\n")],
            1,
        ),
        case(
            &[(
                "a.sh",
                "E=train\nE=int\nHOST=\"msg.${E}.spine2.ncrs.nhs.uk\"\n",
            )],
            &["a.sh:1:3 msg.train.spine2.ncrs.nhs.uk train → int (overridden)"],
        ),
        case(
            &[(
                "a.sh",
                "E=train\nif [ \"$1\" ]; then\n  E=int\nfi\nHOST=\"msg.${E}.spine2.ncrs.nhs.uk\"\n",
            )],
            &["a.sh:1:3 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(
            &[(
                "a.sh",
                "case \"$1\" in\n  a) E=dev ;;\n  b) E=train ;;\n  *) E=int ;;\nesac\ncurl https://msg.$E.spine2.ncrs.nhs.uk\n",
            )],
            &[
                "a.sh:2:8 msg.dev.spine2.ncrs.nhs.uk dev → int",
                "a.sh:3:8 msg.train.spine2.ncrs.nhs.uk train → int",
            ],
        ),
        case(
            &[
                (
                    "bin/a.sh",
                    "#!/bin/sh\n. ./common.sh\ncurl https://msg.$E.spine2.ncrs.nhs.uk\n",
                ),
                ("bin/common.sh", "E=train\n"),
            ],
            &["bin/common.sh:1:3 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(
            &[(
                "a.sh",
                ": \"${E:=train}\"\nHOST=\"msg.${E:-train}.spine2.ncrs.nhs.uk\"\n",
            )],
            &[],
        ),
    ]);
}

#[test]
fn spring_fills_placeholders_from_its_properties() {
    check(&[
        case(
            &[(
                "application.yml",
                "spine:\n  env: train\n  url: https://msg.${spine.env}.spine2.ncrs.nhs.uk/sync\n",
            )],
            &["application.yml:2:8 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(
            &[(
                "application.yml",
                "spine:\n  env: int\n  url: https://msg.${spine.env}.spine2.ncrs.nhs.uk/sync\n",
            )],
            &[],
        ),
        case(
            &[
                (
                    "src/main/resources/application.properties",
                    "spine.url=https://msg.${spine.env-name}.spine2.ncrs.nhs.uk\n",
                ),
                (
                    "src/main/resources/application-uat.yaml",
                    "spine:\n  envName: train\n",
                ),
            ],
            &[
                "src/main/resources/application-uat.yaml:2:12 msg.train.spine2.ncrs.nhs.uk train → int",
            ],
        ),
        unknown(
            &[
                (
                    "a/application.properties",
                    "spine.url=https://msg.${spine.env}.spine2.ncrs.nhs.uk\n",
                ),
                ("b/application.properties", "spine.env=train\n"),
                ("a/other.properties", "spine.env=train\n"),
            ],
            1,
        ),
        // Overridden by each profile, and by one of two.
        case(
            &[
                (
                    "application.properties",
                    "e=train\nurl=https://msg.${e}.spine2.ncrs.nhs.uk\n",
                ),
                ("application-a.properties", "e=int\n"),
                ("application-b.yml", "e: dep\n"),
            ],
            &["application.properties:1:3 msg.train.spine2.ncrs.nhs.uk train → int (overridden)"],
        ),
        case(
            &[
                (
                    "application.properties",
                    "e=train\nurl=https://msg.${e}.spine2.ncrs.nhs.uk\n",
                ),
                ("application-a.properties", "e=int\n"),
                ("application-b.yml", "f: dep\n"),
            ],
            &["application.properties:1:3 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        // Documents of one file.
        case(
            &[(
                "application.yml",
                "url: https://msg.${e}.spine2.ncrs.nhs.uk\ne: int\n---\nspring.config.activate.on-profile: old\ne: train\n",
            )],
            &["application.yml:5:4 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        // A default that a definition overrides.
        case(
            &[(
                "application.yml",
                "a: int\nb: ${a:train}\nurl: https://msg.${b}.spine2.ncrs.nhs.uk\n",
            )],
            &["application.yml:2:8 msg.train.spine2.ncrs.nhs.uk train → int (overridden)"],
        ),
    ]);
}

#[test]
fn terraform_fills_names_of_its_module() {
    check(&[
        case(
            &[(
                "main.tf",
                "variable \"e\" {\n  default = \"train\"\n}\nlocals {\n  url = \"https://msg.${var.e}.spine2.ncrs.nhs.uk\"\n}\n",
            )],
            &["main.tf:2:14 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(
            &[(
                "main.tf",
                "variable \"e\" {\n  default = \"int\"\n}\nlocals {\n  url = \"https://msg.${var.e}.spine2.ncrs.nhs.uk\"\n}\n",
            )],
            &[],
        ),
        case(
            &[
                ("m/variables.tf", "variable \"e\" {}\n"),
                (
                    "m/main.tf",
                    "locals {\n  zone = \"${var.e}\"\n  url = \"https://msg.${local.zone}.spine2.ncrs.nhs.uk\"\n}\n",
                ),
                ("m/old.tfvars", "e = \"train\"\n"),
                ("m/new.tfvars", "e = \"int\"\n"),
            ],
            &["m/old.tfvars:1:6 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        unknown(
            &[
                (
                    "m/main.tf",
                    "locals {\n  url = \"https://msg.${var.e}.spine2.ncrs.nhs.uk\"\n}\n",
                ),
                ("n/main.tf", "variable \"e\" {\n  default = \"train\"\n}\n"),
            ],
            1,
        ),
        unknown(
            &[(
                "main.tf",
                "variable \"e\" {\n  default = \"train\"\n}\nlocals {\n  url = \"https://msg.$${var.e}.spine2.ncrs.nhs.uk\"\n}\n",
            )],
            1,
        ),
        case(
            &[
                (
                    "main.tf",
                    "variable \"e\" {\n  default = \"train\"\n}\nlocals {\n  url = \"https://msg.${var.e}.spine2.ncrs.nhs.uk\"\n}\n",
                ),
                ("terraform.tfvars", "e = \"int\"\n"),
            ],
            &["main.tf:2:14 msg.train.spine2.ncrs.nhs.uk train → int (overridden)"],
        ),
    ]);
}

#[test]
fn programs_join_format_and_choose_texts() {
    for (path, text, at) in [
        (
            "a.py",
            "E = \"train\"\nURL = f\"https://msg.{E}.spine2.ncrs.nhs.uk/sync\"\n",
            "1:6",
        ),
        (
            "a.py",
            "E = 'train'\nURL = \"https://msg.\" + E + \".spine2.ncrs.nhs.uk\"\n",
            "1:6",
        ),
        (
            "a.py",
            "E = 'train'\nURL = \"https://msg.%s.spine2.ncrs.nhs.uk\" % E\n",
            "1:6",
        ),
        (
            "a.py",
            "E = 'train'\nURL = \"https://msg.{}.spine2.ncrs.nhs.uk\".format(E)\n",
            "1:6",
        ),
        (
            "a.py",
            "import os\nE = os.environ.get(\"SPINE\", \"train\")\nURL = f\"https://msg.{E}.spine2.ncrs.nhs.uk\"\n",
            "2:30",
        ),
        (
            "a.py",
            "class A:\n    e = 'train'\n    def url(self):\n        return f\"https://msg.{self.e}.spine2.ncrs.nhs.uk\"\n",
            "2:10",
        ),
        (
            "a.js",
            "const e = 'train';\nconst url = `https://msg.${e}.spine2.ncrs.nhs.uk/sync`;\n",
            "1:12",
        ),
        (
            "a.ts",
            "const e: string = process.env.E || 'train';\nconst url = 'https://msg.' + e + '.spine2.ncrs.nhs.uk';\n",
            "1:37",
        ),
        (
            "a.js",
            "const c = { e: 'train' };\nconst url = `https://msg.${c.e}.spine2.ncrs.nhs.uk/sync`;\n",
            "1:17",
        ),
        (
            "A.java",
            "class A {\n  static final String E = \"train\";\n  String url = \"https://msg.\" + E + \".spine2.ncrs.nhs.uk\";\n}\n",
            "2:28",
        ),
        (
            "A.java",
            "class A {\n  static final String E = \"train\";\n  String url = String.format(\"https://msg.%s.spine2.ncrs.nhs.uk\", E);\n}\n",
            "2:28",
        ),
        (
            "a.kt",
            "val e = \"train\"\nval url = \"https://msg.${e}.spine2.ncrs.nhs.uk\"\n",
            "1:10",
        ),
        (
            "A.cs",
            "class A {\n  const string E = \"train\";\n  string Url = $\"https://msg.{E}.spine2.ncrs.nhs.uk\";\n}\n",
            "2:21",
        ),
        (
            "a.go",
            "package a\nconst e = \"train\"\nvar url = fmt.Sprintf(\"https://msg.%s.spine2.ncrs.nhs.uk\", e)\n",
            "2:12",
        ),
        (
            "a.php",
            "<?php\n$e = 'train';\n$url = \"https://msg.{$e}.spine2.ncrs.nhs.uk\";\n",
            "2:7",
        ),
        (
            "a.php",
            "<?php\n$e = 'train';\n$url = 'https://msg.' . $e . '.spine2.ncrs.nhs.uk';\n",
            "2:7",
        ),
        (
            "a.rb",
            "e = 'train'\nurl = \"https://msg.#{e}.spine2.ncrs.nhs.uk\"\n",
            "1:6",
        ),
    ] {
        let found = composed(&report(&[(path, text)]));
        assert_eq!(found, [format!("{path}:{at} {MSG} train → int")], "{text}");
        let twin = text.replace("train", "int");
        let report = report(&[(path, &twin)]);
        assert_eq!(composed(&report), [""; 0], "{twin}");
        let skipped = report.coverage.skipped.get(&SkipReason::NameWithHole);
        assert!(skipped.is_none(), "{twin}");
    }
}

#[test]
fn programs_keep_scopes_apart() {
    check(&[
        // Another function, another file, a plain literal, a parameter.
        unknown(
            &[(
                "a.py",
                "def a():\n    e = 'train'\ndef b(e):\n    return f\"https://msg.{e}.spine2.ncrs.nhs.uk\"\n",
            )],
            1,
        ),
        unknown(
            &[(
                "a.js",
                "function a() { const e = 'train'; }\nfunction b(e) { return `https://msg.${e}.spine2.ncrs.nhs.uk`; }\n",
            )],
            1,
        ),
        unknown(
            &[
                ("a.py", "U = f\"https://msg.{E}.spine2.ncrs.nhs.uk\"\n"),
                ("b.py", "E = 'train'\n"),
            ],
            1,
        ),
        unknown(
            &[(
                "a.py",
                "E = 'train'\nU = \"https://msg.{E}.spine2.ncrs.nhs.uk\"\n",
            )],
            1,
        ),
        unknown(
            &[(
                "a.py",
                "E = 'train'\nU = f\"https://msg.{{E}}.spine2.ncrs.nhs.uk\"\n",
            )],
            1,
        ),
        unknown(
            &[(
                "a.js",
                "const e = 'train';\nconst u = 'https://msg.${e}.spine2.ncrs.nhs.uk';\n",
            )],
            1,
        ),
        unknown(
            &[(
                "a.js",
                "const e = 'train';\nconst u = `https://msg.\\${e}.spine2.ncrs.nhs.uk`;\n",
            )],
            1,
        ),
        unknown(
            &[(
                "a.js",
                "const u = `https://msg.${e.f(1)[2]}.spine2.ncrs.nhs.uk`;\n",
            )],
            1,
        ),
        // A parameter hides what is outside.
        unknown(
            &[(
                "a.py",
                "e = 'train'\ndef b(e):\n    return f\"https://msg.{e}.spine2.ncrs.nhs.uk\"\n",
            )],
            1,
        ),
        unknown(
            &[(
                "a.js",
                "const e = 'train';\nfunction b(e) { return `https://msg.${e}.spine2.ncrs.nhs.uk`; }\n",
            )],
            1,
        ),
        // A name that is bound nearer hides one that is further away.
        case(
            &[(
                "a.js",
                "const e = 'train';\nfunction b() {\n  const e = 'int';\n  return `https://msg.${e}.spine2.ncrs.nhs.uk`;\n}\n",
            )],
            &[],
        ),
        unknown(
            &[(
                "a.js",
                "const e = 'train';\nconst b = e => `https://msg.${e}.spine2.ncrs.nhs.uk`;\n",
            )],
            1,
        ),
        unknown(
            &[(
                "a.py",
                "e = 'train'\nb = lambda e: f\"https://msg.{e}.spine2.ncrs.nhs.uk\"\n",
            )],
            1,
        ),
        unknown(
            &[(
                "a.js",
                "function b(e) {\n  if (x) { const e = 'train'; }\n  return `https://msg.${e}.spine2.ncrs.nhs.uk`;\n}\n",
            )],
            1,
        ),
        // A statement after the text, a comment, and a condition of the whole.
        case(
            &[(
                "a.py",
                "e = 'train'\nu = f'msg.{e}.spine2.ncrs.nhs.uk'\nif u:\n    e = 'int'\n",
            )],
            &["a.py:1:6 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(
            &[(
                "a.kt",
                "val e = \"train\" // (\nval u = \"https://msg.${e}.spine2.ncrs.nhs.uk\" // ?\n",
            )],
            &["a.kt:1:10 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(
            &[(
                "a.rb",
                "e = 'train' if x\nu = \"https://msg.#{e}.spine2.ncrs.nhs.uk\"\n",
            )],
            &["a.rb:1:6 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(
            &[(
                "a.py",
                "e = 'train' if x else 'int'\nu = f'msg.{e}.spine2.ncrs.nhs.uk'\n",
            )],
            &["a.py:1:6 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        // A condition on the name does not bind it, and branches are seen from outside.
        case(
            &[(
                "a.js",
                "const e = 'train';\nif (e !== 'x') {\n  u = `https://msg.${e}.spine2.ncrs.nhs.uk`;\n}\n",
            )],
            &["a.js:1:12 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        case(
            &[(
                "a.js",
                "let e;\nif (x) {\n  e = 'dev';\n} else {\n  e = 'int';\n}\nu = `https://msg.${e}.spine2.ncrs.nhs.uk`;\n",
            )],
            &["a.js:3:8 msg.dev.spine2.ncrs.nhs.uk dev → int"],
        ),
        case(
            &[(
                "a.py",
                "def u(x):\n    if x:\n        e = 'dev'\n    else:\n        e = 'int'\n    return f\"https://msg.{e}.spine2.ncrs.nhs.uk\"\n",
            )],
            &["a.py:3:14 msg.dev.spine2.ncrs.nhs.uk dev → int"],
        ),
        // The default of a parameter.
        case(
            &[(
                "a.py",
                "e = 'int'\ndef u(e='train'):\n    return f\"https://msg.{e}.spine2.ncrs.nhs.uk\"\n",
            )],
            &["a.py:2:10 msg.train.spine2.ncrs.nhs.uk train → int"],
        ),
        // Each of two values.
        case(
            &[(
                "a.js",
                "const e = live ? 'dev' : 'train';\nconst u = `https://msg.${e}.spine2.ncrs.nhs.uk`;\n",
            )],
            &[
                "a.js:1:19 msg.dev.spine2.ncrs.nhs.uk dev → int",
                "a.js:1:27 msg.train.spine2.ncrs.nhs.uk train → int",
            ],
        ),
    ]);
}

#[test]
fn the_chain_says_who_fills_which_hole() {
    let report = report(&[
        (
            "docker-compose.yml",
            "services:\n  a:\n    environment:\n      U: https://msg.${E}.spine2.ncrs.nhs.uk\n",
        ),
        (".env", "D=train\nE=$D\n"),
    ]);
    let violation = &report.violations[0];
    let chain = violation.related.iter().map(|related| {
        let start = related.start;
        format!(
            "{}:{}:{} {}",
            related.path, start.line, start.column, related.message
        )
    });
    assert_eq!(
        chain.collect::<Vec<_>>(),
        [
            "docker-compose.yml:4:22 `E` is a part of msg.train.spine2.ncrs.nhs.uk, filled by Docker Compose",
            ".env:2:3 `D` is a part of msg.train.spine2.ncrs.nhs.uk, filled by Docker Compose",
        ]
    );
}

#[test]
fn a_word_in_two_names_is_one_violation_with_both() {
    let report = report(&[(
        ".env",
        "E=train\nA=https://msg.${E}.spine2.ncrs.nhs.uk\nB=https://proxy.${E}.spine2.ncrs.nhs.uk\n",
    )]);
    assert_eq!(composed(&report).len(), 1);
    let lines: Vec<u64> = report.violations[0]
        .related
        .iter()
        .map(|r| r.start.line)
        .collect();
    assert_eq!(lines, [2, 3]);
}

#[test]
fn any_encoding_and_line_break_is_read() {
    for text in [
        "# ünï — ☂\r\nE=train # é\r\nÜ=ß${E}ß\r\nURL=https://msg.${E}.spine2.ncrs.nhs.uk/ä\r\n",
        "E=train\nURL=ä${Ü}https://msg.${E}.spine2.ncrs.nhs.uk/ä${ä}\n",
    ] {
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut with_mark = vec![0xff, 0xfe];
        with_mark.extend(wide);
        let mut options = Options::new(["unused"]).as_of(AS_OF.parse().expect("a date"));
        options.settings.min_confidence = Confidence::Speculative;
        for content in [text.as_bytes(), &with_mark] {
            let report = check_contents(&catalogue(), &options, [(".env", content)]);
            let found = composed(&report);
            let line = 1 + usize::from(text.starts_with('#'));
            assert_eq!(
                found,
                [format!(".env:{line}:3 {MSG} train → int")],
                "{text}"
            );
        }
    }
}

#[test]
fn directives_cover_what_is_composed() {
    const URL: &str = "URL=https://msg.${E}.spine2.ncrs.nhs.uk/sync\n";
    for (directive, suppressed, notices) in [
        (
            "# ptlint: ignore[composed-train-host] kept for the archive\n",
            1,
            0,
        ),
        (
            "# ptlint: ignore[composed-dev-host] kept for the archive\n",
            0,
            1,
        ),
        (
            "# ptlint: ignore[train-host, composed-train-host] kept for the archive\n",
            1,
            1,
        ),
        ("", 0, 0),
    ] {
        let text = format!("{directive}E=train\n{URL}");
        let report = report(&[(".env", &text)]);
        assert_eq!(report.suppressed.len(), suppressed, "{text}");
        assert_eq!(composed(&report).len(), 1 - suppressed, "{text}");
        assert_eq!(
            report.notices.len(),
            notices,
            "{text}: {:#?}",
            report.notices
        );
    }
}

#[test]
fn a_check_of_a_folder_shows_the_chain() {
    let folder = folder(&[
        (
            "a/docker-compose.yml",
            "services:\n  a:\n    environment:\n      U: https://msg.${E}.spine2.ncrs.nhs.uk\n",
        ),
        ("a/.env", "E=train\n"),
        ("b/.env", "E=dev\n"),
    ]);
    let arguments = ["check", "--as-of", AS_OF];
    let (code, out, _) = run_in(folder.path(), &arguments);
    assert_eq!(code, 0, "{out}");
    let text = out.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "a/.env:1:3",
        "help: write int (HSCN) see: a/docker-compose.yml:4:22: `E` is a part of msg.train.spine2.ncrs.nhs.uk, \
         filled by Docker Compose",
        "1 violation in 1 of 3 files (1 info)",
    ] {
        assert!(text.contains(part), "{part}: {out}");
    }
    assert!(!out.contains("with a variable"), "{out}");
}
