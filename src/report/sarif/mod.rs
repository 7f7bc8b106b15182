//! SARIF 2.1.0, for code scanning.
//!
//! Columns count UTF-16 code units, addresses are percent-encoded and relative to the root of the
//! repository, and the whole stays under the limits of GitHub: what does not fit is left out from
//! the least severe end, with a notification that says how much.

mod findings;
mod limit;
mod model;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::ReportFormat;
use super::contract::repositories;
use super::wording;
use crate::facts::{OwnRule, Paths, RULES, Report, RuleDoc, RuleDocs, SkipReason};
use crate::text::{bytes_of_name, printable};
use findings::{Findings, level};
use model::{
    ArtifactLocation, AutomationDetails, Configuration, Descriptor, DescriptorReference, Driver,
    Help, Invocation, Log, MappedTo, Message, Notification, PhysicalLocation, Relationship,
    RuleProperties, RunProperties, SarifLocation, SarifRule, SarifRun, Taxon, TaxonReference,
    Taxonomy, TaxonomyReference, Tool, UriBase, VersionControlDetails,
};

/// The row of this format.
pub(super) const FORMAT: ReportFormat = ReportFormat {
    is_about_run: true,
    says_replaced_packs: true,
    ..ReportFormat::new(
        "sarif",
        "SARIF 2.1.0, for code scanning",
        |report, frame, out| write(report, frame.docs, frame.rooted, out),
    )
};

/// Where the schema is published.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What addresses are relative to.
const ROOT: &str = "SRCROOT";

/// What a notification is about, with the text that describes it.
const NOTIFICATIONS: [(&str, &str); 5] = [
    ("not-checked", "A file could not be checked to its end."),
    ("nothing-checked", "No file was found to check."),
    ("skipped", "Files or folders were left out."),
    (
        "packs-replaced",
        "The checked files replaced a default pack by others.",
    ),
    (
        "cut",
        "Results were left out, since there are more than fit.",
    ),
];

/// Writes the report on one line: it is made for programs, and large.
///
/// # Errors
/// What the writer gives.
pub(crate) fn write(
    report: &Report,
    docs: &RuleDocs,
    rooted: &Paths,
    out: &mut dyn Write,
) -> io::Result<()> {
    let taxonomies = Taxonomies::new(report, docs);
    let findings = Findings {
        docs,
        taxonomies: &taxonomies,
        rooted,
        telling: !report.suppressed.is_empty(),
        comparing: report.baseline.is_some(),
    };
    let kept = limit::keep(report, &findings)?;
    let mut notifications = notifications(report, rooted);
    notifications.extend(kept.notice.map(|text| notification("cut", "warning", text)));
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [SarifRun {
            tool: Tool {
                driver: driver(report, docs, &taxonomies),
            },
            automation_details: AutomationDetails { id: "ptlint/" },
            version_control_provenance: version_control(report, rooted),
            language: "en-GB",
            column_kind: "utf16CodeUnits",
            original_uri_base_ids: BTreeMap::from([(
                ROOT,
                UriBase {
                    description: "The root of the repository.".to_owned().into(),
                },
            )]),
            taxonomies: taxonomies.components,
            invocations: [Invocation {
                execution_successful: report.failures.is_empty() && !report.found_nothing(),
                tool_execution_notifications: notifications,
            }],
            properties: RunProperties {
                as_of: &report.as_of,
                paths: &report.provenance.paths,
                repositories: repositories(
                    &report.provenance.repositories,
                    &report.violations_by_repository(),
                ),
                packs: report.packs.iter().map(Into::into).collect(),
                configurations: report.configurations.iter().map(Into::into).collect(),
                files: report.coverage.files,
                bytes: report.coverage.bytes,
            },
            results: kept.findings,
        }],
    };
    serde_json::to_writer(&mut *out, &log).map_err(io::Error::from)?;
    writeln!(out)
}

/// The repositories with a remote: the standard asks for an address.
fn version_control(report: &Report, rooted: &Paths) -> Vec<VersionControlDetails> {
    let repositories = report.provenance.repositories.iter();
    repositories
        .filter_map(|repository| {
            let uri = match repository.path.as_str() {
                "." => String::new(),
                path => format!("{}/", artifact(&rooted.show(path)).uri),
            };
            Some(VersionControlDetails {
                repository_uri: repository.remote.clone()?,
                revision_id: repository.commit.clone(),
                branch: repository.branch.clone(),
                mapped_to: MappedTo {
                    uri,
                    uri_base_id: ROOT,
                },
            })
        })
        .collect()
}

fn driver(report: &Report, docs: &RuleDocs, taxonomies: &Taxonomies) -> Driver {
    let references = taxonomies.components.iter().enumerate();
    Driver {
        name: "ptlint",
        version: report.version.clone(),
        semantic_version: report.version.clone(),
        short_description: "Finds references to retired test environments."
            .to_owned()
            .into(),
        rules: (docs.rules.iter().map(|r| rule(r, taxonomies)))
            .chain(RULES.iter().map(own_rule))
            .collect(),
        notifications: NOTIFICATIONS
            .iter()
            .map(|(id, text)| Descriptor {
                id,
                short_description: (*text).to_owned().into(),
            })
            .collect(),
        supported_taxonomies: references
            .map(|(index, component)| TaxonomyReference {
                name: component.name.clone(),
                index,
            })
            .collect(),
    }
}

fn rule(rule: &RuleDoc, taxonomies: &Taxonomies) -> SarifRule {
    let target = taxonomies.taxon(&rule.pack, &rule.environment);
    SarifRule {
        id: rule.id.clone(),
        short_description: rule.summary.clone().into(),
        full_description: rule.why.replace('\n', " ").into(),
        help_uri: rule.url.clone(),
        help: help(&rule.id, &rule.summary, &rule.why, &rule.how_to_fix),
        default_configuration: Configuration { level: "error" },
        relationships: target
            .map(|target| Relationship {
                target,
                kinds: ["relevant"],
            })
            .into_iter()
            .collect(),
        properties: RuleProperties {
            tags: vec!["compliance".to_owned(), rule.environment.clone()],
        },
    }
}

/// A rule of the program itself.
fn own_rule(rule: &OwnRule) -> SarifRule {
    SarifRule {
        id: rule.id.to_owned(),
        short_description: format!("{}.", rule.summary).into(),
        full_description: rule.why.to_owned().into(),
        help_uri: None,
        help: help(rule.id, rule.summary, rule.why, rule.how_to_fix),
        default_configuration: Configuration {
            level: level(rule.severity),
        },
        relationships: Vec::new(),
        properties: RuleProperties {
            tags: vec!["suppression".to_owned()],
        },
    }
}

fn help(id: &str, summary: &str, why: &str, how_to_fix: &str) -> Help {
    Help {
        text: format!("{why}\n\n{how_to_fix}"),
        markdown: format!(
            "# {id}\n\n{summary}\n\n## Why\n\n{why}\n\n## How to fix\n\n{how_to_fix}\n"
        ),
    }
}

/// The environments of the packs, a taxonomy for each pack.
struct Taxonomies {
    components: Vec<Taxonomy>,
}

impl Taxonomies {
    fn new(report: &Report, docs: &RuleDocs) -> Self {
        let components = report.packs.iter().map(|pack| Taxonomy {
            name: pack.name.clone(),
            version: pack.version.clone(),
            short_description: format!("Environments of {}.", pack.name).into(),
            is_comprehensive: true,
            taxa: docs
                .environments
                .iter()
                .filter(|environment| environment.pack == pack.name)
                .map(|environment| Taxon {
                    id: environment.name.clone(),
                    short_description: match (&environment.until, &environment.replacement) {
                        (Some(until), Some(other)) => {
                            format!("Until {until}; then {other}.").into()
                        }
                        _ => "In service.".to_owned().into(),
                    },
                })
                .collect(),
        });
        Self {
            components: components.collect(),
        }
    }

    fn taxon(&self, pack: &str, environment: &str) -> Option<TaxonReference> {
        let index = self.components.iter().position(|c| c.name == pack)?;
        let taxa = &self.components[index].taxa;
        Some(TaxonReference {
            id: environment.to_owned(),
            index: taxa.iter().position(|t| t.id == environment)?,
            tool_component: TaxonomyReference {
                name: pack.to_owned(),
                index,
            },
        })
    }
}

fn notifications(report: &Report, rooted: &Paths) -> Vec<Notification> {
    let mut all: Vec<Notification> = Vec::new();
    for failure in &report.failures {
        let text = format!("not checked: {}", printable(&failure.message));
        let mut one = notification("not-checked", "error", text);
        one.locations.push(whole_file(&rooted.show(&failure.path)));
        all.push(one);
    }
    if let Some(text) = wording::replaced_packs(report) {
        all.push(notification("packs-replaced", "warning", text));
    }
    if report.found_nothing() {
        let text = wording::doubt(report).unwrap_or_default();
        all.push(notification("nothing-checked", "error", text));
    }
    for (reason, skipped) in &report.coverage.skipped {
        let level = if reason.is_gap() { "warning" } else { "note" };
        let text = format!("{} {}", skipped.count, reason.words(skipped.count));
        // With these the path is followed by what is wrong, so it is not an address.
        let told = matches!(
            reason,
            SkipReason::Unparsed
                | SkipReason::UnreadableMember
                | SkipReason::ArchiveLimit
                | SkipReason::NameWithHole
        );
        if told {
            let paths: Vec<String> = skipped.paths.iter().map(|p| printable(p)).collect();
            let text = format!("{text}: {}", paths.join(", "));
            all.push(notification("skipped", level, text));
        } else {
            let mut one = notification("skipped", level, text);
            let paths = skipped.paths.iter();
            one.locations = paths.map(|path| whole_file(&rooted.show(path))).collect();
            all.push(one);
        }
    }
    all
}

fn notification(id: &'static str, level: &'static str, text: String) -> Notification {
    let index = NOTIFICATIONS.iter().position(|(known, _)| *known == id);
    Notification {
        descriptor: DescriptorReference {
            id,
            index: index.unwrap_or_default(),
        },
        level,
        message: Message { text },
        locations: Vec::new(),
    }
}

fn whole_file(path: &str) -> SarifLocation {
    SarifLocation {
        id: None,
        physical_location: PhysicalLocation {
            artifact_location: artifact(path),
            region: None,
        },
        logical_locations: Vec::new(),
        message: None,
    }
}

/// A path as a relative address: every byte encoded that has a meaning in addresses.
fn artifact(path: &str) -> ArtifactLocation {
    use std::fmt::Write as _;
    let mut uri = String::with_capacity(path.len());
    // Bytes that are not UTF-8 are what they are in the name.
    for byte in bytes_of_name(path).iter().copied() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    ArtifactLocation {
        uri,
        uri_base_id: ROOT,
    }
}
