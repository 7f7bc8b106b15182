//! The matrix: every format, every view, every environment. A retired host is found once, at its bytes,
//! with its key path. Its mutations are found too; near misses are not.
//!
//! Preparing the search takes longer than reading a small file, so all files of a test are checked
//! together. Each test says what it samples.

mod cases;
mod fixes;
mod formats;
mod harm;
mod known_use;
mod unknown_use;
mod writings;

use std::collections::{BTreeMap, BTreeSet};

use crate::common::{AS_OF, catalogue, rows};
use formats::{FORMATS, Format};
use ptlint::facts::{Confidence, View, Violation};
use ptlint::{Options, check_contents};
use writings::{MUTATED, Manner, PLAIN, URL, Writing, others, plain};

/// A host of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Host {
    environment: String,
    name: String,
}

impl Host {
    /// Where it is cut in two: in the first label, after it, in the label of the environment,
    /// after that, and before the last label.
    fn cuts(&self) -> [usize; 5] {
        let first = self.name.find('.').expect("labels");
        let zone = self.name.len() - self.family().len();
        let last = self.name.rfind('.').expect("labels");
        [1, first + 1, first + 2, zone, last]
    }

    /// The zone of its family: what follows the label of the environment.
    fn family(&self) -> &str {
        self.name.splitn(3, '.').nth(2).expect("three labels")
    }
}

/// All hosts that must be reported.
fn retired() -> Vec<Host> {
    let hosts: BTreeSet<Host> = rows()
        .into_iter()
        .filter(|row| matches!(row.verdict.as_str(), "flag" | "warn") && row.kind == "host")
        .map(|row| Host {
            environment: row.environment,
            name: row.value,
        })
        .collect();
    hosts.into_iter().collect()
}

/// One host of each environment and family: the first one, which has a hyphen where there is such
/// a name.
fn sample() -> Vec<Host> {
    let mut chosen: BTreeMap<(String, String), Host> = BTreeMap::new();
    for host in retired() {
        let family = (host.environment.clone(), host.family().to_owned());
        chosen.entry(family).or_insert(host);
    }
    let chosen: Vec<Host> = chosen.into_values().collect();
    assert!(chosen.len() >= 6, "{chosen:?}");
    chosen
}

/// Names that must be left alone.
fn near_misses() -> Vec<String> {
    let allowed = rows()
        .into_iter()
        .filter(|row| row.verdict == "allow" && row.kind == "host")
        .map(|row| row.value);
    let made = [
        "traindev.spine2.ncrs.nhs.uk",
        "mydev.spine2.ncrs.nhs.uk",
        "my-dev.spine2.ncrs.nhs.uk",
        "msg.devs.spine2.ncrs.nhs.uk",
        "msg.dev1.spine2.ncrs.nhs.uk",
        "msg.dev.spine2.ncrs.nhs.uk.example.com",
        "msg.dev.spine2.ncrs.nhs.ukx",
        "msg.dev.spine22.ncrs.nhs.uk",
        "msgdev.spine2.ncrs.nhs.uk",
        "ldap.vn01.national.ncrs.nhs.uk",
        "ldap.vn3.national.ncrs.nhs.uk",
        "ldap.tra.national.ncrs.nhs.uk",
        "ldap.tspx.national.ncrs.nhs.uk",
        "api.dev2.ers.ncrs.nhs.uk",
        "api.dev.ers.ncrs.nhs.uk",
        "foo.devspineservices.nhs.uk",
        "a.b.record-locator.devspineservices.nhs.uk",
        "internal-dev-sandbox.api.service.nhs.uk",
        "spine2.ncrs.nhs.uk",
    ];
    let names: BTreeSet<String> = allowed.chain(made.map(str::to_owned)).collect();
    names.into_iter().collect()
}

/// The files of a test and what is expected of each.
#[derive(Default)]
struct Matrix {
    cases: Vec<Case>,
}

struct Case {
    format: &'static Format,
    /// What was written.
    name: String,
    writing: Writing,
    /// What has to be found, if anything.
    expected: Option<Host>,
}

impl Matrix {
    fn add(&mut self, format: &'static Format, name: &str, writing: Writing, host: Option<&Host>) {
        self.cases.push(Case {
            format,
            name: name.to_owned(),
            writing,
            expected: host.cloned(),
        });
    }

    /// Checks the files and tells of all that was not as expected.
    fn check(self, least_cases: usize) {
        const SHOWN: usize = 60;
        assert!(self.cases.len() >= least_cases, "{}", self.cases.len());
        let mut options = Options::new(["unused"]).as_of(AS_OF.parse().expect("a date"));
        options.settings.min_confidence = Confidence::Possible;
        let paths: Vec<String> = self
            .cases
            .iter()
            .enumerate()
            .map(|(number, case)| format!("{number}/{}", case.format.file))
            .collect();
        let contents = self.cases.iter().map(|case| &case.writing.content[..]);
        let contents = paths.iter().map(String::as_str).zip(contents);
        let report = check_contents(&catalogue(), &options, contents);
        assert!(report.failures.is_empty(), "{:?}", report.failures);
        let files = u64::try_from(self.cases.len()).expect("fits");
        assert_eq!(
            report.coverage.files, files,
            "{:?}",
            report.coverage.skipped
        );

        let mut found: BTreeMap<usize, Vec<&Violation>> = BTreeMap::new();
        for violation in &report.violations {
            let (number, _) = violation.path.split_once('/').expect("a case");
            let number = number.parse().expect("a number");
            found.entry(number).or_default().push(violation);
        }
        let mut wrong: Vec<String> = Vec::new();
        for (number, case) in self.cases.iter().enumerate() {
            let found = found.remove(&number).unwrap_or_default();
            if let Some(fault) = case.fault(&found) {
                let Case {
                    format,
                    name,
                    writing,
                    ..
                } = case;
                wrong.push(format!(
                    "{} / {} / {name}: {fault}\n  in {:?}",
                    format.name,
                    writing.label,
                    String::from_utf8_lossy(&writing.content),
                ));
            }
        }
        let all = self.cases.len();
        let more = wrong.len().saturating_sub(SHOWN);
        assert!(
            wrong.is_empty(),
            "{} of {all} are wrong:\n{}\n... and {more} more",
            wrong.len(),
            wrong
                .iter()
                .take(SHOWN)
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join("\n"),
        );
    }
}

impl Case {
    /// What is not as expected.
    fn fault(&self, found: &[&Violation]) -> Option<String> {
        let Some(host) = &self.expected else {
            let names: Vec<_> = found
                .iter()
                .map(|v| (&v.name, &v.matched, v.view))
                .collect();
            return (!found.is_empty()).then(|| format!("expected nothing, got {names:?}"));
        };
        let writing = &self.writing;
        let [violation] = found else {
            let names: Vec<_> = found
                .iter()
                .map(|v| (&v.name, &v.matched, v.view))
                .collect();
            return Some(format!("expected one violation, got {names:?}"));
        };
        let at = |byte: u64| usize::try_from(byte).expect("fits");
        let span = at(violation.start.byte)..at(violation.end.byte);
        let mut faults = Vec::new();
        let mut compare = |what: &str, expected: String, got: String| {
            if expected != got {
                faults.push(format!("{what} expected {expected}, got {got}"));
            }
        };
        let source = |span: &std::ops::Range<usize>| {
            let bytes = writing.content.get(span.clone()).unwrap_or_default();
            String::from_utf8_lossy(bytes).replace('\0', "")
        };
        compare("span", format!("{:?}", writing.span), format!("{span:?}"));
        compare("source", source(&writing.span), violation.matched.clone());
        compare("name", host.name.clone(), violation.name.clone());
        compare(
            "environment",
            host.environment.clone(),
            violation.environment.clone(),
        );
        compare(
            "key",
            writing.key.clone(),
            violation.key.clone().unwrap_or_default(),
        );
        compare(
            "context",
            format!("{:?}", writing.context),
            format!("{:?}", violation.context),
        );
        compare(
            "view",
            format!("{:?}", writing.view),
            format!("{:?}", violation.view),
        );
        (!faults.is_empty()).then(|| faults.join("; "))
    }
}

/// Ways of writing the letters of a name.
const LETTERS: [fn(&str) -> String; 3] = [str::to_ascii_uppercase, mixed_case, str::to_owned];

fn is_mixed(name: &str) -> bool {
    name != name.to_ascii_uppercase() && name != name.to_ascii_lowercase()
}

/// Upper-case letters at every other place.
fn mixed_case(host: &str) -> String {
    let letter = |(at, c): (usize, char)| {
        if at % 2 == 1 {
            c.to_ascii_uppercase()
        } else {
            c
        }
    };
    host.chars().enumerate().map(letter).collect()
}

#[test]
fn every_retired_host_is_found_in_every_format_and_view() {
    let mut matrix = Matrix::default();
    for format in FORMATS {
        for host in &retired() {
            for &shape in PLAIN {
                for writing in plain(format, &host.name, shape) {
                    matrix.add(format, &host.name, writing, Some(host));
                }
            }
            // The other views hold a URL here, cut in each way.
            let manner = Manner {
                shape: URL,
                cuts: &host.cuts(),
            };
            for writing in others(format, &host.name, manner) {
                matrix.add(format, &host.name, writing, Some(host));
            }
        }
    }
    matrix.check(40_000);
}

#[test]
fn bare_hosts_and_ports_are_found_in_every_view() {
    let mut matrix = Matrix::default();
    for format in FORMATS {
        // One host of each environment and family.
        for host in &sample() {
            for &shape in PLAIN {
                let manner = Manner {
                    shape,
                    cuts: &host.cuts(),
                };
                for writing in others(format, &host.name, manner) {
                    matrix.add(format, &host.name, writing, Some(host));
                }
            }
        }
    }
    matrix.check(15_000);
}

#[test]
fn mutations_are_found_under_the_same_key() {
    let mut matrix = Matrix::default();
    for format in FORMATS {
        // One host of each environment and family.
        for host in &sample() {
            for letters in LETTERS {
                let name = letters(&host.name);
                let shapes = if name == host.name { MUTATED } else { &[URL] };
                for &shape in shapes {
                    for writing in plain(format, &name, shape) {
                        matrix.add(format, &name, writing, Some(host));
                    }
                    // The name is cut after its first label only.
                    let manner = Manner {
                        shape,
                        cuts: &host.cuts()[1..2],
                    };
                    for writing in others(format, &name, manner) {
                        // A mixture of letters is not searched for in base64: every mixture would
                        // be an anchor of its own.
                        if !is_mixed(&name) || writing.view != View::Base64 {
                            matrix.add(format, &name, writing, Some(host));
                        }
                    }
                }
            }
        }
    }
    matrix.check(30_000);
}

#[test]
fn near_misses_are_quiet_in_every_format_and_view() {
    let mut matrix = Matrix::default();
    for (turn, format) in FORMATS.iter().enumerate() {
        for (number, name) in near_misses().iter().enumerate() {
            // The shapes take turns in plain views.
            let shape = PLAIN[(turn + number) % PLAIN.len()];
            for writing in plain(format, name, shape) {
                matrix.add(format, name, writing, None);
            }
            // A part of some of the names is a retired host, if they are cut in the middle.
            let manner = Manner {
                shape: URL,
                cuts: &[name.find('.').expect("labels") + 1],
            };
            for writing in others(format, name, manner) {
                matrix.add(format, name, writing, None);
            }
        }
    }
    matrix.check(70_000);
}
