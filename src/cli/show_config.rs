//! `check --show-config`: the effective configuration as a file.

use crate::config::{ConfigFile, IgnoreEntry, PackChoice, SeverityEntry};
use crate::text::Globs;

use super::configuration::{Loaded, default_names};

impl Loaded {
    /// The settings as a configuration file.
    pub(super) fn show(&self) -> String {
        let settings = &self.settings;
        let file = ConfigFile {
            extends: self.extends.clone(),
            locked: settings.locked.clone(),
            include: settings
                .include
                .first()
                .map(Globs::patterns)
                .unwrap_or_default(),
            exclude: settings.exclude.patterns(),
            packs: settings
                .packs
                .iter()
                .map(|p| match p {
                    PackChoice::Embedded(name) => name.clone(),
                    PackChoice::Folder(folder) => folder.display().to_string(),
                })
                .collect(),
            fail_on: Some(settings.fail_on),
            min_confidence: Some(settings.min_confidence),
            severity: settings
                .severity
                .iter()
                .map(|s| SeverityEntry {
                    rule: s.rule.clone(),
                    service: s.service.clone(),
                    environment: s.environment.clone(),
                    path: s.path.as_ref().map(Globs::patterns).unwrap_or_default(),
                    severity: s.severity,
                    reason: s.reason.clone(),
                })
                .collect(),
            ignore: settings
                .ignore
                .iter()
                .map(|entry| IgnoreEntry {
                    rule: entry.rule.clone(),
                    path: entry.path.as_ref().map(Globs::patterns).unwrap_or_default(),
                    key: entry.key.as_ref().map(|key| key.as_str().to_owned()),
                    host: entry.host.clone(),
                    service: entry.service.clone(),
                    environment: entry.environment.clone(),
                    reason: entry.reason.clone(),
                    until: entry.terms.until.map(|date| date.to_string()),
                    owner: entry.terms.owner.clone(),
                    ticket: entry.terms.ticket.clone(),
                })
                .collect(),
            network: settings.network.clone(),
            documentation: settings.documentation.patterns(),
            baseline: settings.baseline.as_ref().map(|p| p.display().to_string()),
            baseline_decommissioned: (!settings.baseline_decommissioned).then_some(false),
        };
        let origin = self.path.as_ref().map_or_else(
            || "# no configuration file\n".to_owned(),
            |p| format!("# from {}\n", p.display()),
        );
        let mut file = file;
        if file.packs.is_empty() {
            file.packs = default_names().collect();
        }
        let yaml = serde_yaml::to_string(&file).unwrap_or_default();
        let lines = yaml.lines().filter(|line| !line.ends_with(": null"));
        lines.fold(origin, |text, line| format!("{text}{line}\n"))
    }
}
