//! The work list of a migration: what edits cannot do. For every service that is referred to, what
//! has to be requested or changed, whom to ask, what waits for what, and the places of the
//! repository that hold it.

mod collect;
pub(crate) mod contract;
mod csv;
mod format;
mod json;
mod markdown;
mod name_words;
mod order;
mod phrases;
mod remedy;
mod settings;
mod table;

use crate::catalogue::Catalogue;
use crate::facts::{
    Action, ConfigurationUsed, Coverage, Failure, PackUsed, Provenance, Report, Safety, SourceUsed,
};
pub use format::FORMATS;
pub(crate) use format::PlanFormat;

use crate::run::{CheckError, Options, check_with};
use crate::text::Position;

/// What has to be done before a repository works without the retired environments.
#[derive(Debug, Clone)]
pub struct WorkList {
    /// Version of ptlint.
    pub version: String,
    /// The day on which the lifecycle was judged, YYYY-MM-DD.
    pub as_of: String,
    /// Which tree was checked.
    pub provenance: Provenance,
    /// The same in words, a line for each repository.
    pub repositories: Vec<String>,
    /// How many violations there are in each repository.
    pub violations_by_repository: Vec<u64>,
    /// The configuration files that were used.
    pub configurations: Vec<ConfigurationUsed>,
    /// The packs that were used.
    pub packs: Vec<PackUsed>,
    /// What is referred to, by environment and service.
    pub services: Vec<PlannedService>,
    /// What has to be requested or changed, each after what it waits for.
    pub tasks: Vec<Task>,
    /// What is not done by writing another name in a text.
    pub by_hand: Vec<ByHand>,
    /// How many violations are of which kind.
    pub edits: EditCounts,
    /// What was checked and what was skipped.
    pub coverage: Coverage,
    /// Files that could not be checked to their end.
    pub failures: Vec<Failure>,
}

/// A service in a retired environment.
#[derive(Debug, Clone)]
pub struct PlannedService {
    /// The retired environment.
    pub environment: String,
    /// The environment to use instead.
    pub target: Option<String>,
    /// The pack that knows the service.
    pub pack: String,
    /// Its id.
    pub service: String,
    /// Its name.
    pub name: String,
    /// Only comments and text for readers name it, so that perhaps nothing depends on it.
    pub only_mentioned: bool,
    /// The names by which it is referred to.
    pub references: Vec<PlannedName>,
    /// Ids of its tasks, in the order of `tasks`.
    pub tasks: Vec<String>,
}

/// A name, and its places.
#[derive(Debug, Clone)]
pub struct PlannedName {
    /// The name; that of a host in lower case.
    pub name: String,
    /// What to write; null where it has to be changed by hand.
    pub edit: Option<AdvisedEdit>,
    /// How often it occurs.
    pub count: u64,
    /// Its places; of equal identifiers in a file the first ones, and a file that is not text once.
    pub places: Vec<Spot>,
}

/// What `ptlint check` advises to write.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AdvisedEdit {
    /// What to do.
    pub action: Action,
    /// The text to write; for a deletion the text that makes the entry superfluous.
    pub text: String,
    /// The new base path, when the path changes too.
    pub path: Option<String>,
    /// The network on which it works.
    pub network: Option<String>,
    /// Says whether a program may write it.
    pub safety: Safety,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Path relative to the scan root, with forward slashes.
    pub path: String,
    /// Where it begins; null for a path itself and in files that are not text.
    pub start: Option<Position>,
    /// Path of keys to it, where the format has one.
    pub key: Option<String>,
}

/// Something to request or to change.
#[derive(Debug, Clone)]
pub struct Task {
    /// The pack that knows it.
    pub pack: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What to do.
    pub ask: String,
    /// Whom to ask, or where it is obtained; null when no source says.
    pub who: Option<Who>,
    /// The services that need it.
    pub services: Vec<Needs>,
    /// All of its services are only mentioned in comments and text for readers.
    pub only_mentioned: bool,
    /// Ids of the tasks of this list that have to be done before it.
    pub after: Vec<String>,
    /// Settings that hold it, in the files that name one of its services. Values are not told,
    /// except paths of files.
    pub places: Vec<Setting>,
    /// Where the fact comes from.
    pub source: Option<SourceUsed>,
}

/// Whom to ask.
#[derive(Debug, Clone)]
pub struct Who {
    /// The people, the form or the tool.
    pub name: String,
    /// Where that comes from.
    pub source: Option<SourceUsed>,
}

/// A service that needs a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needs {
    /// The retired environment.
    pub environment: String,
    /// Id of the service.
    pub service: String,
    /// Its name.
    pub name: String,
}

/// A setting that holds what a task is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Setting {
    /// Path relative to the scan root, with forward slashes.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// Path of keys to it.
    pub key: Option<String>,
    /// The file that it names, where its value is the path of one.
    pub file: Option<String>,
}

/// References that somebody has to change without `ptlint check` saying what to write. What is in
/// one file that is not text, or in the name of one, is one item; otherwise each name is.
#[derive(Debug, Clone)]
pub struct ByHand {
    /// Why it is done by hand.
    pub reason: String,
    /// The names.
    pub names: Vec<Retired>,
    /// Their places.
    pub places: Vec<Spot>,
}

/// A name of a service in a retired environment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Retired {
    /// The environment.
    pub environment: String,
    /// Name of the service.
    pub service_name: String,
    /// Id of the service.
    pub service: String,
    /// The name; that of a host in lower case.
    pub name: String,
}

/// Violations by what can be done about them. Together they are all of `ptlint check`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EditCounts {
    /// With a replacement that a program may write.
    pub safe: u64,
    /// With a replacement that needs review.
    pub not_safe: u64,
    /// Without one, or where no text can be written.
    pub by_hand: u64,
}

impl WorkList {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.services.is_empty()
    }

    /// The exit code of the process: a plan was made, or the run cannot vouch for it.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        if self.failures.is_empty() && !self.coverage.is_empty() {
            0
        } else {
            3
        }
    }

    /// The position in `tasks`, from 1, of a task of a pack.
    #[must_use]
    pub fn number(&self, pack: &str, id: &str) -> Option<usize> {
        let at = self
            .tasks
            .iter()
            .position(|t| t.pack == pack && t.id == id)?;
        Some(at + 1)
    }
}

/// Checks paths and makes the work list of what is found.
///
/// # Errors
/// When a path does not exist.
pub(crate) fn plan(catalogue: &Catalogue, options: &Options) -> Result<WorkList, CheckError> {
    let mut options = options.clone();
    options.excerpts = false;
    let mut report: Report = check_with(catalogue, &options)?;
    let root = crate::input::roots(&options.paths).ok().map(|r| r.root);
    if let Some(root) = &root {
        remedy::leave_what_fixes_leave(catalogue, &options, root, &mut report);
    }
    Ok(collect::work_list(catalogue, report, root.as_deref()))
}
