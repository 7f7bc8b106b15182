//! A configuration that others are based on, such as that of an organisation. The one on top may
//! narrow what is checked and suppress with reasons; it does not weaken what is locked.

use std::path::{Path, PathBuf};

use super::{ConfigFile, ExtendsEntry, NAMES, Settings};
use crate::document::{Fault, Faults, PathStep, YamlDocument};
use crate::files;

/// The file that `extends` names, and its text. `folder` is that of the configuration on top; one
/// that came with the scanned files is not trusted and may not leave `root`.
///
/// # Errors
/// What is wrong with the entry, with the key of the entry that is wrong.
pub(crate) fn read_base(
    entry: &ExtendsEntry,
    folder: &Path,
    root: &Path,
    trusted: bool,
) -> Result<(PathBuf, String), Box<(&'static str, Fault)>> {
    let named = folder.join(&entry.path);
    let file = if named.is_dir() {
        let there = NAMES.iter().map(|name| named.join(name));
        there.into_iter().find(|path| path.is_file())
    } else {
        Some(named)
    };
    let unreadable = |why: &str| {
        let fault = Fault::new(
            "config::extends",
            format!("`{}` cannot be read: {why}", entry.path),
        )
        .help("name a configuration file, or a folder that holds one");
        Box::new(("path", fault))
    };
    let file = file.ok_or_else(|| unreadable("it holds no configuration"))?;
    let real = file
        .canonicalize()
        .map_err(|error| unreadable(&error.to_string()))?;
    let inside = root.canonicalize().is_ok_and(|root| real.starts_with(root));
    if !trusted && !inside {
        let fault = Fault::new(
            "config::extends-outside",
            format!("`{}` lies outside of the scanned files", entry.path),
        )
        .help("a configuration from the scanned files cannot read anything outside them; pass --base-config");
        return Err(Box::new(("path", fault)));
    }
    let bytes =
        files::read(&real, super::MOST_BYTES).map_err(|error| unreadable(&error.to_string()))?;
    let digest = super::digest(&bytes);
    if !entry.sha256.eq_ignore_ascii_case(&digest) {
        let fault = Fault::new(
            "config::extends-digest",
            format!(
                "`{}` is not the file whose SHA-256 is given here",
                entry.path
            ),
        )
        .help(format!(
            "look at what changed in it; if that is right, write `sha256: {digest}`"
        ));
        return Err(Box::new(("sha256", fault)));
    }
    let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8"))?;
    Ok((file, text))
}

impl Settings {
    /// These settings, read from `document` and `file`, combined with those of their base.
    ///
    /// # Errors
    /// Everything that would weaken what is locked, each with its place.
    pub fn based_on(
        self,
        base: Self,
        document: &YamlDocument,
        file: &ConfigFile,
    ) -> Result<Self, Faults> {
        let faults = weakened(&base, document, file);
        if !faults.is_empty() {
            return Err(Faults::new(faults));
        }
        let mut packs = base.packs.clone();
        packs.extend(
            self.packs
                .iter()
                .filter(|p| !base.packs.contains(p))
                .cloned(),
        );
        let mut ignore = self.ignore;
        ignore.extend(base.ignore.iter().cloned().map(|mut entry| {
            entry.of_base = true;
            entry
        }));
        let mut network = base.network.clone();
        network.default = self.network.default.or(network.default);
        network.services.extend(self.network.services);
        let mut severity = base.severity.clone();
        severity.extend(self.severity);
        let mut include = self.include;
        include.extend(base.include);
        let mut files = self.files;
        files.extend(base.files);
        Ok(Self {
            include,
            exclude: self.exclude.or(base.exclude.clone()),
            packs,
            fail_on: file.fail_on.unwrap_or(base.fail_on),
            min_confidence: file.min_confidence.unwrap_or(base.min_confidence),
            severity,
            network,
            documentation: self.documentation.or(base.documentation.clone()),
            baseline: self.baseline.or_else(|| base.baseline.clone()),
            baseline_decommissioned: file
                .baseline_decommissioned
                .unwrap_or(base.baseline_decommissioned),
            ignore,
            locked: base.locked.clone(),
            globs: self.globs,
            changed_elsewhere: self.changed_elsewhere,
            files,
        })
    }
}

/// What in a configuration weakens its base.
fn weakened(base: &Settings, document: &YamlDocument, file: &ConfigFile) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut add = |at: &[PathStep], message: String, help: &str| {
        let fault = Fault::new("config::locked", message).help(help.to_owned());
        faults.push(document.fault_at(at, fault, "the base does not allow this"));
    };
    let key = |name: &str| PathStep::Key(name.to_owned());
    let locks = |rule: Option<&str>| {
        base.locked
            .iter()
            .any(|locked| rule.is_none_or(|rule| rule == locked))
    };
    for (index, entry) in file.severity.iter().enumerate() {
        let severity = entry.severity.severity();
        let weaker = severity.is_none_or(|severity| severity < base.fail_on);
        let narrow = is_narrow(&entry.path) && entry.reason.is_some();
        if weaker && !narrow && locks(entry.rule.as_deref()) {
            let what = entry.rule.as_deref().unwrap_or("every rule");
            add(
                &[key("severity"), PathStep::Index(index), key("severity")],
                format!("{what} is locked, so it cannot be switched off or made to pass"),
                "name the paths that it does not matter for, and give a `reason`",
            );
        }
    }
    for (index, entry) in file.ignore.iter().enumerate() {
        let narrow = is_narrow(&entry.path) || entry.key.is_some() || entry.host.is_some();
        if !narrow && locks(entry.rule.as_deref()) {
            let what = entry.rule.as_deref().unwrap_or("every rule");
            add(
                &[key("ignore"), PathStep::Index(index)],
                format!("{what} is locked, so it cannot be suppressed everywhere"),
                "name the paths, the key or the host",
            );
        }
    }
    if base.locked.is_empty() {
        return faults;
    }
    if file.fail_on.is_some_and(|severity| severity > base.fail_on) {
        add(
            &[key("fail-on")],
            "rules are locked, so no more may pass than in the base".to_owned(),
            "delete the line, or give a lower severity",
        );
    }
    if file
        .min_confidence
        .is_some_and(|least| least > base.min_confidence)
    {
        add(
            &[key("min-confidence")],
            "rules are locked, so no less may be reported than in the base".to_owned(),
            "delete the line, or give a lower confidence",
        );
    }
    if file.baseline_decommissioned == Some(true) && !base.baseline_decommissioned {
        add(
            &[key("baseline-decommissioned")],
            "rules are locked, so the baseline may cover no more than in the base".to_owned(),
            "delete the line",
        );
    }
    faults
}

/// Whether globs leave anything out.
fn is_narrow(patterns: &[String]) -> bool {
    let all = |pattern: &String| pattern.trim_matches(['/', '*']).is_empty();
    !patterns.is_empty() && !patterns.iter().any(all)
}
