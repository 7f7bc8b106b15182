//! `ptlint.yaml`: where it is found, what it may contain, and the settings that follow from it and the
//! arguments.

mod base;
mod discover;
mod file;
mod ignore;
mod ignore_rule;
mod init;
mod placed;
mod severity;

use std::path::{Path, PathBuf};

pub use base::read_base;
pub use discover::{DiscoverError, Discovered, discover};
pub use file::{ConfigFile, ExtendsEntry, IgnoreEntry, Level, NetworkEntry, SeverityEntry};
pub use ignore_rule::{IgnoreRule, KeyPattern};
pub use init::TEMPLATE;
pub use placed::PlacedGlob;
pub use severity::SeverityRule;

use sha2::{Digest as _, Sha256};

use crate::document::{Document, Fault, Faults, PathStep};
use crate::facts::{Confidence, RULES, Severity};
use crate::text::{GlobFolder, Globs, hex};

/// The names of a configuration file, in the order in which they are looked for.
pub const NAMES: [&str; 4] = ["ptlint.yaml", ".ptlint.yaml", "ptlint.yml", ".ptlint.yml"];

/// What to do about a pattern that is refused.
const GLOB_HELP: &str =
    "patterns are written as in .gitignore, relative to the folder of the configuration";

/// The most bytes of a configuration file; those that people write have a few thousand.
pub const MOST_BYTES: u64 = 1 << 24;

/// SHA-256 of a configuration file, in hex.
#[must_use]
pub fn digest(content: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(content))
}

/// The settings of a run.
#[derive(Debug, Clone)]
// Each says one thing about a run.
#[allow(clippy::struct_excessive_bools)]
pub struct Settings {
    /// Only these are checked, unless empty.
    pub include: Globs,
    /// These are left out.
    pub exclude: Globs,
    /// Names of embedded packs, or folders; the default packs when empty.
    pub packs: Vec<PackChoice>,
    /// Default packs that a configuration found among the checked files leaves out.
    pub replaced_packs: Vec<String>,
    /// The least severity that fails the run.
    pub fail_on: Severity,
    /// The least confidence that is reported.
    pub min_confidence: Confidence,
    /// Severities that differ from the packs'.
    pub severity: Vec<SeverityRule>,
    /// The networks on which replacements must work.
    pub network: NetworkEntry,
    /// Paths that hold documentation.
    pub documentation: Globs,
    /// The file of known violations.
    pub baseline: Option<PathBuf>,
    /// Whether it covers references to environments that are decommissioned.
    pub baseline_decommissioned: bool,
    /// Violations that stay.
    pub ignore: Vec<IgnoreRule>,
    /// Whether suppressions apply.
    pub suppressions: bool,
    /// Whether the run can tell that an entry of `ignore` covers nothing, when it reads everything
    /// below the scan root.
    pub judges_entries: bool,
    /// Whether another configuration in a folder below is listed, which is not used.
    pub lists_unused: bool,
    /// The globs of the file.
    pub globs: Vec<PlacedGlob>,
    /// The file, relative to the scan root.
    pub file: Option<String>,
    /// SHA-256 of the file, in hex.
    pub digest: Option<String>,
    /// Rules that a configuration on top of this one may not weaken.
    pub locked: Vec<String>,
    /// What this one names as its base.
    pub extends: Option<ExtendsEntry>,
    /// Its base.
    pub base: Option<Box<Settings>>,
}

/// A pack that a run uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackChoice {
    /// An embedded pack.
    Embedded(String),
    /// A folder.
    Folder(PathBuf),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            include: Globs::default(),
            exclude: Globs::default(),
            packs: Vec::new(),
            replaced_packs: Vec::new(),
            fail_on: Severity::Warning,
            min_confidence: Confidence::Possible,
            severity: Vec::new(),
            network: NetworkEntry::default(),
            documentation: Globs::default(),
            baseline: None,
            baseline_decommissioned: true,
            ignore: Vec::new(),
            suppressions: true,
            judges_entries: true,
            lists_unused: false,
            globs: Vec::new(),
            file: None,
            digest: None,
            locked: Vec::new(),
            extends: None,
            base: None,
        }
    }
}

impl Settings {
    /// Whether a path (relative to the scan root) is documentation by configuration.
    #[must_use]
    pub fn is_documentation(&self, path: &str) -> bool {
        self.documentation.matches(path, false)
    }

    /// The settings that this comes from, each from a file of its own: the base last.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |settings| settings.base.as_deref())
    }

    /// Whether a file is left out of the check.
    #[must_use]
    pub fn leaves_out(&self, path: &str) -> bool {
        self.exclude.matches(path, false)
            || !self.include.is_empty() && !self.include.matches(path, false)
            || self.base.as_ref().is_some_and(|base| base.leaves_out(path))
    }

    /// The settings of a configuration file. `globs_of` is its folder seen from the scan root: globs in the
    /// file are relative to it.
    ///
    /// # Errors
    /// All faults of the file, each with its place.
    pub fn from_document(
        document: &Document,
        folder: &Path,
        globs_of: &GlobFolder,
        trusted: bool,
    ) -> Result<Self, Faults> {
        let file: ConfigFile = document.read()?;
        let mut faults = Vec::new();
        let mut globs = |patterns: &[String], path: Vec<PathStep>| {
            Globs::new(patterns, globs_of).unwrap_or_else(|error| {
                let mut at = path;
                at.push(PathStep::Index(error.index));
                let fault = Fault::new("config::glob", error.to_string()).help(GLOB_HELP);
                faults.push(document.fault_at(&at, fault, "not a pattern"));
                Globs::default()
            })
        };
        let key = |name: &str| vec![PathStep::Key(name.to_owned())];
        let include = globs(&file.include, key("include"));
        let exclude = globs(&file.exclude, key("exclude"));
        let documentation = globs(&file.documentation, key("documentation"));
        let severity = file
            .severity
            .iter()
            .enumerate()
            .map(|(index, entry)| SeverityRule {
                rule: entry.rule.clone(),
                service: entry.service.clone(),
                environment: entry.environment.clone(),
                path: (!entry.path.is_empty()).then(|| {
                    let mut at = key("severity");
                    at.extend([PathStep::Index(index), PathStep::Key("path".to_owned())]);
                    globs(&entry.path, at)
                }),
                severity: entry.severity,
                reason: entry.reason.clone(),
            })
            .collect();
        let ignore = ignore::rules(document, &file.ignore, globs_of, &mut faults);
        let mut packs = Vec::new();
        for (index, pack) in file.packs.iter().enumerate() {
            match choose(pack, folder, trusted) {
                Ok(choice) => packs.push(choice),
                Err(fault) => {
                    let at = [PathStep::Key("packs".to_owned()), PathStep::Index(index)];
                    faults.push(document.fault_at(&at, fault, "not used"));
                }
            }
        }
        let baseline = file.baseline.as_deref().map(|name| folder.join(name));
        if let Some(path) = baseline
            .as_deref()
            .filter(|path| !trusted && !is_inside(path, folder))
        {
            let fault = Fault::new(
                "config::baseline-outside",
                format!("the baseline `{}` is outside the folder of this configuration", path.display()),
            )
            .help("a configuration from the scanned files can only name a baseline in its own folder; pass --baseline or --config");
            faults.push(document.fault_at(&key("baseline"), fault, "not used"));
        }
        if !faults.is_empty() {
            return Err(Faults::new(faults));
        }
        let placed = placed::globs(document, &file, &include, &exclude, &ignore);
        let defaults = Self::default();
        Ok(Self {
            include,
            exclude,
            packs,
            fail_on: file.fail_on.unwrap_or(defaults.fail_on),
            min_confidence: file.min_confidence.unwrap_or(defaults.min_confidence),
            severity,
            network: file.network,
            documentation,
            baseline,
            baseline_decommissioned: file
                .baseline_decommissioned
                .unwrap_or(defaults.baseline_decommissioned),
            ignore,
            globs: placed,
            judges_entries: globs_of.above.is_empty(),
            locked: file.locked,
            extends: file.extends,
            ..defaults
        })
    }

    /// Faults of ids that no pack of the run has.
    #[must_use]
    pub fn unknown_ids(
        &self,
        document: &Document,
        catalogue: &crate::catalogue::Catalogue,
    ) -> Vec<Fault> {
        let rules: Vec<&str> = catalogue.rules().map(|(id, _, _)| id).collect();
        let services: Vec<&str> = catalogue
            .packs()
            .iter()
            .flat_map(|p| p.rows.services.keys().map(String::as_str))
            .collect();
        let environments: Vec<&str> = catalogue
            .packs()
            .iter()
            .flat_map(|p| p.rows.environments.keys().map(String::as_str))
            .collect();
        let mut faults = self.unknown_networks(document, catalogue, &services);
        let own = RULES.iter().map(|rule| rule.id);
        let with_own: Vec<&str> = rules.iter().copied().chain(own).collect();
        let severity = self.severity.iter().enumerate().map(|(index, entry)| {
            let ids = (&entry.rule, &entry.service, &entry.environment);
            ("severity", index, &with_own, ids)
        });
        let ignore = self.ignore.iter().enumerate().map(|(index, entry)| {
            let ids = (&entry.rule, &entry.service, &entry.environment);
            ("ignore", index, &rules, ids)
        });
        for (index, rule) in self.locked.iter().enumerate() {
            if !rules.contains(&rule.as_str()) {
                let fault = Fault::new("config::unknown-id", format!("there is no rule `{rule}`"))
                    .help(crate::document::suggestion(rule, &rules, "rules"));
                let at = [PathStep::Key("locked".to_owned()), PathStep::Index(index)];
                faults.push(document.fault_at(&at, fault, "in no pack of this run"));
            }
        }
        for (list, index, rules, (rule, service, environment)) in severity.chain(ignore) {
            for (field, value, known) in [
                ("rule", rule, rules),
                ("service", service, &services),
                ("environment", environment, &environments),
            ] {
                if let Some(value) = value.as_deref().filter(|v| !known.contains(v)) {
                    let fault = Fault::new(
                        "config::unknown-id",
                        format!("there is no {field} `{value}`"),
                    )
                    .help(crate::document::suggestion(
                        value,
                        known,
                        &format!("{field}s"),
                    ));
                    let at = [
                        PathStep::Key(list.to_owned()),
                        PathStep::Index(index),
                        PathStep::Key(field.to_owned()),
                    ];
                    faults.push(document.fault_at(&at, fault, "in no pack of this run"));
                }
            }
        }
        faults
    }
}

impl Settings {
    fn unknown_networks(
        &self,
        document: &Document,
        catalogue: &crate::catalogue::Catalogue,
        services: &[&str],
    ) -> Vec<Fault> {
        let networks = catalogue.networks();
        let mut unknown = Vec::new();
        let mut check = |what: &str, value: &str, known: &[&str], at: &[&str], is_known: bool| {
            if !is_known {
                let fault = Fault::new(
                    "config::unknown-id",
                    format!("there is no {what} `{value}`"),
                )
                .help(crate::document::suggestion(
                    value,
                    known,
                    &format!("{what}s"),
                ));
                let mut path = vec![PathStep::Key("network".to_owned())];
                path.extend(at.iter().map(|step| PathStep::Key((*step).to_owned())));
                unknown.push(document.fault_at(&path, fault, "in no pack of this run"));
            }
        };
        let is_network = |name: &str| networks.iter().any(|n| n.eq_ignore_ascii_case(name));
        if let Some(network) = &self.network.default {
            check(
                "network",
                network,
                &networks,
                &["default"],
                is_network(network),
            );
        }
        for (service, network) in &self.network.services {
            let at = ["services", service.as_str()];
            check(
                "service",
                service,
                services,
                &at,
                services.contains(&service.as_str()),
            );
            check("network", network, &networks, &at, is_network(network));
        }
        unknown
    }
}

/// Whether a file that need not exist lies in a folder, also when links are followed.
fn is_inside(path: &Path, folder: &Path) -> bool {
    let real = path
        .canonicalize()
        .or_else(|_| match (path.parent(), path.file_name()) {
            (Some(parent), Some(name)) => parent.canonicalize().map(|parent| parent.join(name)),
            _ => path.canonicalize(),
        });
    matches!((real, folder.canonicalize()), (Ok(real), Ok(folder)) if real.starts_with(&folder))
}

/// A name is an embedded pack; what has a slash or a dot at the beginning is a folder, which a
/// configuration that came with the scanned files may not take from outside its own folder.
fn choose(pack: &str, folder: &Path, trusted: bool) -> Result<PackChoice, Fault> {
    if !pack.contains(['/', '\\']) && !pack.starts_with('.') {
        let names: Vec<&str> = crate::catalogue::Pack::embedded_names().collect();
        return if names.contains(&pack) {
            Ok(PackChoice::Embedded(pack.to_owned()))
        } else {
            Err(Fault::new(
                "config::unknown-pack",
                format!("there is no pack called `{pack}`"),
            )
            .help(format!(
                "{} A folder is written with a slash, as in `./{pack}`.",
                crate::document::suggestion(pack, &names, "packs")
            )))
        };
    }
    let path = folder.join(pack);
    let inside = || {
        Some(
            path.canonicalize()
                .ok()?
                .starts_with(folder.canonicalize().ok()?),
        )
    };
    if !trusted && path.exists() && inside() != Some(true) {
        return Err(Fault::new(
            "config::pack-outside",
            format!("the pack folder `{pack}` is outside the folder of this configuration"),
        )
        .help("a configuration from the scanned files can only use packs in its own folder; pass --pack or --config"));
    }
    Ok(PackChoice::Folder(path))
}
