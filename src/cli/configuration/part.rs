//! One configuration file: the one on top, or a base.

use std::path::{Path, PathBuf};

use super::ConfigError;
use crate::config::{self, ConfigFile, Settings, SettingsFile};
use crate::document::{Fault, Faults, PathStep, YamlDocument};
use crate::files;
use crate::input::Roots;
use crate::text::GlobFolder;

/// A configuration file as it is read.
pub(super) struct Part {
    pub path: PathBuf,
    pub document: YamlDocument,
    pub file: ConfigFile,
    pub settings: Settings,
    /// Its globs are seen from the scan root, not from a folder above.
    pub at_root: bool,
}

/// What a configuration file is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Role {
    /// It is used, on a base or without one.
    Own { trusted: bool },
    /// The base that `extends` names.
    NamedBase { trusted: bool },
    /// The base of `--base-config`.
    Base,
}

pub(super) fn read_part(
    path: &Path,
    text: &str,
    roots: &Roots,
    role: Role,
) -> Result<Part, ConfigError> {
    let trusted = match role {
        Role::Own { trusted } | Role::NamedBase { trusted } => trusted,
        Role::Base => true,
    };

    let document = YamlDocument::parse(&shown(path, roots), text).map_err(ConfigError::refused)?;
    let folder = folder_of(path);
    // Globs of a file from elsewhere are meant for the scan root.
    let globs_of = folder.canonicalize().map(|folder| GlobFolder {
        above: roots.prefix_from(&folder),
        // A base is in a folder of its own and is meant for everything.
        below: match role {
            Role::Own { .. } => roots.prefix_to(&folder),
            Role::NamedBase { .. } | Role::Base => String::new(),
        },
        path: Some(folder),
    });
    let globs_of = globs_of.unwrap_or_default();
    let prefix = globs_of.above.clone();
    let mut settings = Settings::from_document(&document, folder, &globs_of, trusted)
        .map_err(ConfigError::refused)?;
    settings.files.push(SettingsFile {
        path: below(path, &prefix, roots),
        digest: config::digest(text),
    });
    let file = document.read().map_err(ConfigError::refused)?;
    Ok(Part {
        path: path.to_owned(),
        document,
        file,
        settings,
        at_root: prefix.is_empty(),
    })
}

pub(super) fn readable(path: &Path) -> Result<String, ConfigError> {
    files::read_text(path, crate::config::MOST_BYTES).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

pub(super) fn refused_at(document: &YamlDocument, keys: &[&str], fault: Fault) -> ConfigError {
    let at: Vec<PathStep> = keys
        .iter()
        .map(|key| PathStep::Key((*key).to_owned()))
        .collect();
    ConfigError::refused(Faults::new(vec![document.fault_at(&at, fault, "not used")]))
}

/// The way from the scan root to a file.
fn below(path: &Path, prefix: &str, roots: &Roots) -> String {
    let canonical = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    if let Ok(inside) = canonical.strip_prefix(&roots.root) {
        return crate::input::report_path(inside);
    }
    if prefix.is_empty() {
        return crate::input::report_path(&canonical);
    }
    let up = "../".repeat(prefix.split('/').filter(|p| !p.is_empty()).count());
    let name = canonical.file_name().unwrap_or_default();
    format!("{up}{}", name.to_string_lossy())
}

fn shown(path: &Path, roots: &Roots) -> String {
    match path.strip_prefix(&roots.root) {
        Ok(inside) => roots.show(&inside.to_string_lossy()),
        Err(_) => path.display().to_string(),
    }
}
