//! From arguments and configuration file to settings.

use std::io;
use std::path::{Path, PathBuf};

use crate::catalogue::{Catalogue, Pack};
use crate::config::{self, ConfigFile, DiscoverError, PackChoice, Settings};
use crate::document::{Document, Fault, Faults, PathStep, suggestion};
use crate::facts::{Confidence, Severity};
use crate::files;
use crate::input::{Roots, repository_root, roots};
use crate::run::Options;
use crate::text::{GlobError, GlobFolder, Globs};
use miette::Diagnostic;

use super::args::{ConfidenceName, Scan, SeverityName};

/// Why there are no settings.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration {} cannot be read", .path.display())]
    #[diagnostic(code(config::unreadable), help("check --config, or run without it"))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There are two.
    #[error("{} and {} are both configurations", .0.display(), .1.display())]
    #[diagnostic(code(config::several), help("keep one of them; nothing was checked"))]
    Several(PathBuf, PathBuf),
    /// The file holds faults.
    #[error("the configuration is refused: {faults}")]
    #[diagnostic(
        code(config::refused),
        help("fix it, or run with --no-config; nothing was checked")
    )]
    Refused {
        /// All of them.
        faults: Faults,
        /// The same, for the renderer.
        #[related]
        related: Vec<Fault>,
    },
    /// An argument is not a glob.
    #[error("--exclude: {0}")]
    #[diagnostic(
        code(config::glob),
        help("patterns are written as in .gitignore, relative to the scan root")
    )]
    Exclude(GlobError),
    /// An argument names a network or a service that no pack has.
    #[error("--network: there is no {what} `{name}`")]
    #[diagnostic(code(config::unknown_id), help("{help}"))]
    Network {
        /// `network` or `service`.
        what: &'static str,
        /// What was typed.
        name: String,
        /// What there is.
        help: String,
    },
}

impl ConfigError {
    fn refused(faults: Faults) -> Self {
        Self::Refused {
            related: faults.clone().into_vec(),
            faults,
        }
    }
}

/// The settings of a run, and where they come from.
#[derive(Debug)]
pub struct Loaded {
    /// The effective settings.
    pub settings: Settings,
    /// The file, when there is one.
    pub path: Option<PathBuf>,
    /// What the file and its base say, each by itself.
    parts: Vec<(Document, Settings)>,
    /// The networks of the arguments, as they were typed.
    networks: Vec<String>,
}

/// Reads the configuration and puts the arguments on top of it.
pub fn load(arguments: &Scan, fail_on: Option<SeverityName>) -> Result<Loaded, ConfigError> {
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
    settings.judges_entries &= arguments.exclude.is_empty() && arguments.min_confidence.is_none();
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
    add_packs(settings, &arguments.pack);
    loaded.networks.clone_from(&arguments.network);
    loaded.choose_networks();
    Ok(loaded)
}

/// Adds folders to the packs; the default packs stay.
pub fn add_packs(settings: &mut Settings, folders: &[PathBuf]) {
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
    pub fn options(&self, arguments: &Scan) -> Options {
        let mut options = Options::new(arguments.paths.clone());
        options.settings = self.settings.clone();
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

    /// Checks the networks of the arguments, which a fault in the file would not show.
    fn check_networks(&self, catalogue: &Catalogue) -> Result<(), ConfigError> {
        let unknown = |what, name: &str, known: &[&str]| ConfigError::Network {
            what,
            name: name.to_owned(),
            help: suggestion(name, known, &format!("{what}s")),
        };
        let networks = catalogue.networks();
        let services: Vec<&str> = catalogue
            .packs()
            .iter()
            .flat_map(|pack| pack.rows.services.keys().map(String::as_str))
            .collect();
        for typed in &self.networks {
            let (service, network) = match typed.split_once('=') {
                Some((service, network)) => (Some(service), network),
                None => (None, typed.as_str()),
            };
            if let Some(service) = service.filter(|s| !services.contains(s)) {
                return Err(unknown("service", service, &services));
            }
            if !networks.iter().any(|n| n.eq_ignore_ascii_case(network)) {
                return Err(unknown("network", network, &networks));
            }
        }
        Ok(())
    }

    /// Checks what can only be checked with the packs: the ids in the file and in the arguments.
    pub fn check_ids(&self, catalogue: &Catalogue) -> Result<(), ConfigError> {
        self.check_networks(catalogue)?;
        let parts = self.parts.iter();
        let faults: Vec<Fault> = parts
            .flat_map(|(document, settings)| settings.unknown_ids(document, catalogue))
            .collect();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(ConfigError::refused(Faults::new(faults)))
        }
    }
}

fn read(arguments: &Scan, roots: &Roots) -> Result<Loaded, ConfigError> {
    let mut loaded = Loaded {
        settings: Settings::default(),
        path: None,
        parts: Vec::new(),
        networks: Vec::new(),
    };
    let mut lists_unused = false;
    let mut base = match &arguments.base_config {
        Some(path) => Some(part(path, &readable(path)?, roots, Role::Base)?),
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
        lists_unused = true;
        found.map(|found| (found.path, found.text, false))
    };
    let Some((path, text, trusted)) = own else {
        if let Some(base) = base {
            loaded.settings = base.settings.clone();
            loaded.path = Some(base.path);
            loaded.parts.push((base.document, base.settings));
        }
        loaded.settings.lists_unused = lists_unused;
        return Ok(loaded);
    };
    let own = part(&path, &text, roots, Role::Own { trusted })?;
    // What the operator names goes before the base that the file names.
    if let (None, Some(entry)) = (&base, &own.settings.extends) {
        let root = roots.repository.as_deref().unwrap_or(&roots.root);
        let (path, text) =
            config::read_base(entry, folder_of(&path), root, trusted).map_err(|wrong| {
                let (key, fault) = *wrong;
                refused_at(&own.document, &["extends", key], fault)
            })?;
        let named = part(&path, &text, roots, Role::NamedBase { trusted })?;
        if named.settings.extends.is_some() {
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
            let combined = own
                .settings
                .clone()
                .on(base.settings.clone(), &own.document, &own.file);
            loaded.parts.push((base.document, base.settings));
            combined.map_err(ConfigError::refused)?
        }
        None => own.settings.clone(),
    };
    loaded.parts.push((own.document, own.settings));
    loaded.settings.lists_unused = lists_unused;
    if chooses_packs {
        let used = &loaded.settings.packs;
        let is_left_out = |name: &String| !used.contains(&PackChoice::Embedded(name.clone()));
        loaded.settings.replaced_packs = default_names().filter(is_left_out).collect();
    }
    Ok(loaded)
}

/// A configuration file as it is read.
struct Part {
    path: PathBuf,
    document: Document,
    file: ConfigFile,
    settings: Settings,
}

/// What a configuration file is for.
#[derive(Debug, Clone, Copy)]
enum Role {
    /// It is used, on a base or without one.
    Own { trusted: bool },
    /// The base that `extends` names.
    NamedBase { trusted: bool },
    /// The base of `--base-config`.
    Base,
}

fn part(path: &Path, text: &str, roots: &Roots, role: Role) -> Result<Part, ConfigError> {
    let trusted = match role {
        Role::Own { trusted } | Role::NamedBase { trusted } => trusted,
        Role::Base => true,
    };

    let document = Document::parse(&shown(path, roots), text).map_err(ConfigError::refused)?;
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
    settings.file = Some(below(path, &prefix, roots));
    settings.digest = Some(crate::config::digest(text));
    let file = document.read().map_err(ConfigError::refused)?;
    Ok(Part {
        path: path.to_owned(),
        document,
        file,
        settings,
    })
}

fn readable(path: &Path) -> Result<String, ConfigError> {
    files::read_text(path, crate::config::MOST_BYTES).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

fn refused_at(document: &Document, keys: &[&str], fault: Fault) -> ConfigError {
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

/// The scan root for standard input is the working directory. A path that does not exist is
/// reported by the check itself.
fn configuration_root(paths: &[PathBuf]) -> Roots {
    let stdin = paths.iter().any(|p| p.as_os_str() == "-");
    let here = || roots(&[PathBuf::from(".")]).ok();
    let found = if stdin {
        here()
    } else {
        roots(paths).ok().or_else(here)
    };
    found.unwrap_or_else(|| {
        let root = PathBuf::from(".");
        Roots::at(root.clone(), repository_root(&root))
    })
}
