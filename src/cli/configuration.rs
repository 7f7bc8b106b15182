//! From arguments and configuration file to settings.

mod error;
mod ids;
mod part;

use std::path::PathBuf;

use crate::catalogue::Pack;
use crate::config::{self, ConfigurationUse, DiscoverError, ExtendsEntry, PackChoice, Settings};
use crate::document::{Fault, YamlDocument};
use crate::facts::{Confidence, Severity};
use crate::input::{Roots, names_stdin, repository_root, roots};
use crate::run::Options;
use crate::text::{GlobFolder, Globs};

use super::args::{ConfidenceName, Scan, SeverityName};
pub(super) use error::ConfigError;
use part::{Role, folder_of, read_part, readable, refused_at};

/// The settings of a run, and where they come from.
#[derive(Debug)]
pub(super) struct Loaded {
    /// The effective settings.
    pub settings: Settings,
    /// How the run came by its configuration.
    pub configuration: ConfigurationUse,
    /// The base that the file names.
    pub extends: Option<ExtendsEntry>,
    /// The file, when there is one.
    pub path: Option<PathBuf>,
    /// What the file and its base say, each by itself.
    parts: Vec<(YamlDocument, Settings)>,
    /// The networks of the arguments, as they were typed.
    networks: Vec<String>,
}

/// Reads the configuration and puts the arguments on top of it.
pub(super) fn load(arguments: &Scan, fail_on: Option<SeverityName>) -> Result<Loaded, ConfigError> {
    let roots = configuration_root(&arguments.paths);
    let mut loaded = read(arguments, &roots)?;
    let settings = &mut loaded.settings;
    let exclude = Globs::new(
        &arguments.exclude,
        &GlobFolder {
            path: Some(roots.root.clone()),
            ..GlobFolder::default()
        },
    )
    .map_err(ConfigError::Exclude)?;
    settings.exclude = std::mem::take(&mut settings.exclude).or(exclude);
    // Less is read or reported than the entries are for.
    loaded.configuration.judges_entries &=
        arguments.exclude.is_empty() && arguments.min_confidence.is_none();
    if let Some(severity) = fail_on {
        settings.fail_on = match severity {
            SeverityName::Info => Severity::Info,
            SeverityName::Warning => Severity::Warning,
            SeverityName::Error => Severity::Error,
        };
    }
    if let Some(confidence) = arguments.min_confidence {
        settings.min_confidence = match confidence {
            ConfidenceName::Speculative => Confidence::Speculative,
            ConfidenceName::Possible => Confidence::Possible,
            ConfidenceName::Likely => Confidence::Likely,
            ConfidenceName::Certain => Confidence::Certain,
        };
    }
    if let Some(repository) = &roots.repository {
        let folder = GlobFolder {
            above: roots.prefix_from(repository),
            ..GlobFolder::default()
        };
        settings.changed_elsewhere = config::changed_elsewhere(repository, &folder);
    }
    add_packs(settings, &arguments.pack);
    loaded.networks.clone_from(&arguments.network);
    loaded.choose_networks();
    Ok(loaded)
}

/// Adds folders to the packs; the default packs stay.
pub(super) fn add_packs(settings: &mut Settings, folders: &[PathBuf]) {
    if folders.is_empty() {
        return;
    }
    if settings.packs.is_empty() {
        settings.packs = default_names().map(PackChoice::Embedded).collect();
    }
    settings
        .packs
        .extend(folders.iter().cloned().map(PackChoice::Folder));
}

pub(super) fn default_names() -> impl Iterator<Item = String> {
    let packs = Pack::defaults().unwrap_or_default();
    packs.into_iter().map(|p| p.name().to_owned())
}

impl Loaded {
    /// What to check, and how.
    pub(super) fn options(&self, arguments: &Scan) -> Options {
        let mut options = Options::new(arguments.paths.clone());
        options.settings = self.settings.clone();
        options.configuration = self.configuration.clone();
        options.provenance = false;
        options.respect_ignore = !arguments.no_ignore;
        options.hidden = arguments.hidden || !arguments.no_hidden;
        options.archives = arguments.archives;
        options.threads = arguments.threads.map(usize::from);
        if let Some(date) = arguments.as_of {
            options.as_of = date;
        }
        options
    }

    /// Puts the networks of the arguments on top of those of the file. One for all services holds
    /// for those of the file, too.
    fn choose_networks(&mut self) {
        let network = &mut self.settings.network;
        for typed in &self.networks {
            if !typed.contains('=') {
                network.default = Some(typed.clone());
                network.services.clear();
            }
        }
        for typed in &self.networks {
            if let Some((service, name)) = typed.split_once('=') {
                network.services.insert(service.to_owned(), name.to_owned());
            }
        }
    }
}

fn read(arguments: &Scan, roots: &Roots) -> Result<Loaded, ConfigError> {
    let mut loaded = Loaded {
        settings: Settings::default(),
        configuration: ConfigurationUse::default(),
        extends: None,
        path: None,
        parts: Vec::new(),
        networks: Vec::new(),
    };
    let mut base = match &arguments.base_config {
        Some(path) => Some(read_part(path, &readable(path)?, roots, Role::Base)?),
        None => None,
    };
    let own = if arguments.no_config {
        None
    } else if let Some(path) = &arguments.config {
        Some((path.clone(), readable(path)?, true))
    } else {
        let found = config::discover(&roots.root, roots.repository.as_deref());
        let found = found.map_err(|error| match error {
            DiscoverError::Unreadable(path, source) => ConfigError::Unreadable { path, source },
            DiscoverError::Several(first, second) => ConfigError::Several(first, second),
        })?;
        loaded.configuration.lists_unused = true;
        found.map(|found| (found.path, found.text, false))
    };
    let Some((path, text, trusted)) = own else {
        if let Some(base) = base {
            loaded.settings = base.settings.clone();
            // A base is for many repositories: what covers nothing here is for another one.
            loaded.configuration.judges_entries = false;
            loaded.path = Some(base.path);
            loaded.parts.push((base.document, base.settings));
        }
        return Ok(loaded);
    };
    let own = read_part(&path, &text, roots, Role::Own { trusted })?;
    // What the operator names goes before the base that the file names.
    if let (None, Some(entry)) = (&base, &own.file.extends) {
        let root = roots.repository.as_deref().unwrap_or(&roots.root);
        let (path, text) =
            config::read_base(entry, folder_of(&path), root, trusted).map_err(|wrong| {
                let (key, fault) = *wrong;
                refused_at(&own.document, &["extends", key], fault)
            })?;
        let named = read_part(&path, &text, roots, Role::NamedBase { trusted })?;
        if named.file.extends.is_some() {
            let fault = Fault::new("config::extends", "a base cannot have a base")
                .help("name the last one of the chain");
            return Err(refused_at(&named.document, &["extends"], fault));
        }
        base = Some(named);
    }
    loaded.path = Some(path);
    let chooses_packs = !trusted && !own.settings.packs.is_empty();
    loaded.settings = match base {
        Some(base) => {
            let combined =
                own.settings
                    .clone()
                    .based_on(base.settings.clone(), &own.document, &own.file);
            loaded.parts.push((base.document, base.settings));
            combined.map_err(ConfigError::refused)?
        }
        None => own.settings.clone(),
    };
    loaded.parts.push((own.document, own.settings));
    loaded.configuration.judges_entries = own.at_root;
    loaded.extends = own.file.extends;
    if chooses_packs {
        let used = &loaded.settings.packs;
        let is_left_out = |name: &String| !used.contains(&PackChoice::Embedded(name.clone()));
        loaded.configuration.replaced_packs = default_names().filter(is_left_out).collect();
    }
    Ok(loaded)
}

/// The scan root for standard input is the working directory. A path that does not exist is
/// reported by the check itself.
fn configuration_root(paths: &[PathBuf]) -> Roots {
    let here = || roots(&[PathBuf::from(".")]).ok();
    let found = if names_stdin(paths) {
        here()
    } else {
        roots(paths).ok().or_else(here)
    };
    found.unwrap_or_else(|| {
        let root = PathBuf::from(".");
        Roots::new(root.clone(), repository_root(&root))
    })
}
