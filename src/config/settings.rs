//! The values in force, and how a configuration file becomes some.

use std::path::{Path, PathBuf};

use super::{ConfigFile, IgnoreRule, NetworkEntry, PlacedGlob, SeverityRule, ignore, placed};
use crate::document::{Fault, Faults, PathStep, YamlDocument};
use crate::facts::{Confidence, Severity};
use crate::text::{GlobFolder, Globs};

/// What to do about a pattern that is refused.
pub(super) const GLOB_HELP: &str =
    "patterns are written as in .gitignore, relative to the folder of the configuration";

/// The values in force: those of the configuration files, with arguments on top.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Only what each of these matches is checked. An empty one matches everything.
    pub include: Vec<Globs>,
    /// These are left out.
    pub exclude: Globs,
    /// Names of embedded packs, or folders; the default packs when empty.
    pub packs: Vec<PackChoice>,
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
    /// The globs of the configuration on top.
    pub globs: Vec<PlacedGlob>,
    /// Files that the repository marks as generated or third-party.
    pub changed_elsewhere: Globs,
    /// Rules that a configuration on top of this one may not weaken.
    pub locked: Vec<String>,
    /// The configuration files: the one on top, then its base.
    pub files: Vec<SettingsFile>,
}

/// A configuration file that settings come from.
#[derive(Debug, Clone)]
pub struct SettingsFile {
    /// The file, relative to the scan root.
    pub path: String,
    /// SHA-256 of its content, in hex.
    pub digest: String,
}

/// How a run came by its configuration, and what it may therefore say about it.
#[derive(Debug, Clone)]
pub struct ConfigurationUse {
    /// Default packs that a configuration found among the checked files leaves out.
    pub replaced_packs: Vec<String>,
    /// The configuration was searched for: another one in a folder below is listed as unused.
    pub lists_unused: bool,
    /// A run that reads everything below the scan root can tell that an entry of `ignore` covers
    /// nothing.
    pub judges_entries: bool,
}

impl Default for ConfigurationUse {
    fn default() -> Self {
        Self {
            replaced_packs: Vec::new(),
            lists_unused: false,
            judges_entries: true,
        }
    }
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
            include: Vec::new(),
            exclude: Globs::default(),
            packs: Vec::new(),
            fail_on: Severity::Warning,
            min_confidence: Confidence::Possible,
            severity: Vec::new(),
            network: NetworkEntry::default(),
            documentation: Globs::default(),
            baseline: None,
            baseline_decommissioned: true,
            ignore: Vec::new(),
            globs: Vec::new(),
            changed_elsewhere: Globs::default(),
            locked: Vec::new(),
            files: Vec::new(),
        }
    }
}

impl Settings {
    /// Whether a path (relative to the scan root) is documentation by configuration.
    #[must_use]
    pub fn is_documentation(&self, path: &str) -> bool {
        self.documentation.matches(path, false)
    }

    /// The path of the configuration file that is used, relative to the scan root.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.files.first().map(|file| file.path.as_str())
    }

    /// Whether a file is left out of the check.
    #[must_use]
    pub fn leaves_out(&self, path: &str) -> bool {
        let left_out = |list: &Globs| !list.is_empty() && !list.matches(path, false);
        self.exclude.matches(path, false) || self.include.iter().any(left_out)
    }

    /// The settings of a configuration file. `globs_of` is its folder seen from the scan root: globs in the
    /// file are relative to it.
    ///
    /// # Errors
    /// All faults of the file, each with its place.
    pub fn from_document(
        document: &YamlDocument,
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
            include: vec![include],
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
            changed_elsewhere: Globs::default(),
            locked: file.locked,
            files: Vec::new(),
        })
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
