//! The JSON of a work list: the public contract of `ptlint plan --format json`, in types of its own.
//! What it shares with the report is that of the report's contract.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::contract::{
    JsonAction, JsonConfigurationUsed, JsonCoverage, JsonFailure, JsonPackUsed, JsonPosition,
    JsonRepositoryUsed, JsonSafety, JsonSourceUsed, repositories,
};

/// The name of the contract, which a work list begins with.
pub(crate) const SCHEMA: &str = "ptlint.plan/v1";

/// What has to be done before a repository works without the retired environments.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WorkList")]
pub(crate) struct JsonWorkList<'r> {
    /// Always `ptlint.plan/v1`; fields are only ever added to it.
    pub schema: &'r str,
    /// Version of ptlint.
    pub version: &'r str,
    /// The day on which the lifecycle was judged, YYYY-MM-DD.
    pub as_of: &'r str,
    /// What was checked, relative to the scan root.
    pub paths: &'r [String],
    /// The repositories whose files were checked.
    pub repositories: Vec<JsonRepositoryUsed<'r>>,
    /// The configuration files that were used.
    pub configurations: Vec<JsonConfigurationUsed<'r>>,
    /// The packs that were used.
    pub packs: Vec<JsonPackUsed<'r>>,
    /// What is referred to, by environment and service.
    pub services: Vec<JsonService<'r>>,
    /// What has to be requested or changed, each after what it waits for.
    pub tasks: Vec<JsonTask<'r>>,
    /// What is not done by writing another name in a text.
    pub by_hand: Vec<JsonByHand<'r>>,
    /// How many violations are of which kind.
    pub edits: JsonEdits,
    /// What was checked and what was skipped.
    pub coverage: JsonCoverage<'r>,
    /// Files that could not be checked to their end.
    pub failures: Vec<JsonFailure<'r>>,
}

impl<'r> From<&'r super::WorkList> for JsonWorkList<'r> {
    fn from(fact: &'r super::WorkList) -> Self {
        Self {
            schema: SCHEMA,
            version: &fact.version,
            as_of: &fact.as_of,
            paths: &fact.provenance.paths,
            repositories: repositories(
                &fact.provenance.repositories,
                &fact.violations_by_repository,
            ),
            configurations: fact.configurations.iter().map(Into::into).collect(),
            packs: fact.packs.iter().map(Into::into).collect(),
            services: fact.services.iter().map(Into::into).collect(),
            tasks: fact.tasks.iter().map(Into::into).collect(),
            by_hand: fact.by_hand.iter().map(Into::into).collect(),
            edits: fact.edits.into(),
            coverage: (&fact.coverage).into(),
            failures: fact.failures.iter().map(Into::into).collect(),
        }
    }
}

/// A service in a retired environment.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Service")]
pub(crate) struct JsonService<'r> {
    /// The retired environment.
    pub environment: &'r str,
    /// The environment to use instead.
    pub target: Option<&'r str>,
    /// The pack that knows the service.
    pub pack: &'r str,
    /// Its id.
    pub service: &'r str,
    /// Its name.
    pub name: &'r str,
    /// Only comments and text for readers name it, so that perhaps nothing depends on it.
    pub only_mentioned: bool,
    /// The names by which it is referred to.
    pub references: Vec<JsonNamed<'r>>,
    /// Ids of its tasks, in the order of `tasks`.
    pub tasks: &'r [String],
}

impl<'r> From<&'r super::PlannedService> for JsonService<'r> {
    fn from(fact: &'r super::PlannedService) -> Self {
        Self {
            environment: &fact.environment,
            target: fact.target.as_deref(),
            pack: &fact.pack,
            service: &fact.service,
            name: &fact.name,
            only_mentioned: fact.only_mentioned,
            references: fact.references.iter().map(Into::into).collect(),
            tasks: &fact.tasks,
        }
    }
}

/// A name, and its places.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Named")]
pub(crate) struct JsonNamed<'r> {
    /// The name; that of a host in lower case.
    pub name: &'r str,
    /// What to write; null where it has to be changed by hand.
    pub edit: Option<JsonEdit<'r>>,
    /// How often it occurs.
    pub count: u64,
    /// Its places; of equal identifiers in a file the first ones, and a file that is not text once.
    pub places: Vec<JsonSpot<'r>>,
}

impl<'r> From<&'r super::PlannedName> for JsonNamed<'r> {
    fn from(fact: &'r super::PlannedName) -> Self {
        Self {
            name: &fact.name,
            edit: fact.edit.as_ref().map(Into::into),
            count: fact.count,
            places: fact.places.iter().map(Into::into).collect(),
        }
    }
}

/// What `ptlint check` advises to write.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Edit")]
pub(crate) struct JsonEdit<'r> {
    /// What to do.
    pub action: JsonAction,
    /// The text to write; for a deletion the text that makes the entry superfluous.
    pub text: &'r str,
    /// The new base path, when the path changes too.
    pub path: Option<&'r str>,
    /// The network on which it works.
    pub network: Option<&'r str>,
    /// Says whether a program may write it.
    pub safety: JsonSafety,
}

impl<'r> From<&'r super::AdvisedEdit> for JsonEdit<'r> {
    fn from(fact: &'r super::AdvisedEdit) -> Self {
        Self {
            action: fact.action.into(),
            text: &fact.text,
            path: fact.path.as_deref(),
            network: fact.network.as_deref(),
            safety: fact.safety.into(),
        }
    }
}

/// A place in a file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Spot")]
pub(crate) struct JsonSpot<'r> {
    /// Path relative to the scan root, with forward slashes.
    pub path: &'r str,
    /// Where it begins; null for a path itself and in files that are not text.
    pub start: Option<JsonPosition>,
    /// Path of keys to it, where the format has one.
    pub key: Option<&'r str>,
}

impl<'r> From<&'r super::Spot> for JsonSpot<'r> {
    fn from(fact: &'r super::Spot) -> Self {
        Self {
            path: &fact.path,
            start: fact.start.map(Into::into),
            key: fact.key.as_deref(),
        }
    }
}

/// Something to request or to change.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Task")]
pub(crate) struct JsonTask<'r> {
    /// The pack that knows it.
    pub pack: &'r str,
    /// Its id.
    pub id: &'r str,
    /// Its name.
    pub name: &'r str,
    /// What to do.
    pub ask: &'r str,
    /// Whom to ask, or where it is obtained; null when no source says.
    pub who: Option<JsonWho<'r>>,
    /// The services that need it.
    pub services: Vec<JsonNeeds<'r>>,
    /// All of its services are only mentioned in comments and text for readers.
    pub only_mentioned: bool,
    /// Ids of the tasks of this list that have to be done before it.
    pub after: &'r [String],
    /// Settings that hold it, in the files that name one of its services. Values are not told,
    /// except paths of files.
    pub places: Vec<JsonSetting<'r>>,
    /// Where the fact comes from.
    pub source: Option<JsonSourceUsed<'r>>,
}

impl<'r> From<&'r super::Task> for JsonTask<'r> {
    fn from(fact: &'r super::Task) -> Self {
        Self {
            pack: &fact.pack,
            id: &fact.id,
            name: &fact.name,
            ask: &fact.ask,
            who: fact.who.as_ref().map(Into::into),
            services: fact.services.iter().map(Into::into).collect(),
            only_mentioned: fact.only_mentioned,
            after: &fact.after,
            places: fact.places.iter().map(Into::into).collect(),
            source: fact.source.as_ref().map(Into::into),
        }
    }
}

/// Whom to ask.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Who")]
pub(crate) struct JsonWho<'r> {
    /// The people, the form or the tool.
    pub name: &'r str,
    /// Where that comes from.
    pub source: Option<JsonSourceUsed<'r>>,
}

impl<'r> From<&'r super::Who> for JsonWho<'r> {
    fn from(fact: &'r super::Who) -> Self {
        Self {
            name: &fact.name,
            source: fact.source.as_ref().map(Into::into),
        }
    }
}

/// A service that needs a task.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Needs")]
pub(crate) struct JsonNeeds<'r> {
    /// The retired environment.
    pub environment: &'r str,
    /// Id of the service.
    pub service: &'r str,
    /// Its name.
    pub name: &'r str,
}

impl<'r> From<&'r super::Needs> for JsonNeeds<'r> {
    fn from(fact: &'r super::Needs) -> Self {
        Self {
            environment: &fact.environment,
            service: &fact.service,
            name: &fact.name,
        }
    }
}

/// A setting that holds what a task is about.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Setting")]
pub(crate) struct JsonSetting<'r> {
    /// Path relative to the scan root, with forward slashes.
    pub path: &'r str,
    /// Where it begins.
    pub start: JsonPosition,
    /// Path of keys to it.
    pub key: Option<&'r str>,
    /// The file that it names, where its value is the path of one.
    pub file: Option<&'r str>,
}

impl<'r> From<&'r super::Setting> for JsonSetting<'r> {
    fn from(fact: &'r super::Setting) -> Self {
        Self {
            path: &fact.path,
            start: fact.start.into(),
            key: fact.key.as_deref(),
            file: fact.file.as_deref(),
        }
    }
}

/// References that somebody has to change without `ptlint check` saying what to write. What is in
/// one file that is not text, or in the name of one, is one item; otherwise each name is.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ByHand")]
pub(crate) struct JsonByHand<'r> {
    /// Why it is done by hand.
    pub reason: &'r str,
    /// The names.
    pub names: Vec<JsonRetired<'r>>,
    /// Their places.
    pub places: Vec<JsonSpot<'r>>,
}

impl<'r> From<&'r super::ByHand> for JsonByHand<'r> {
    fn from(fact: &'r super::ByHand) -> Self {
        Self {
            reason: &fact.reason,
            names: fact.names.iter().map(Into::into).collect(),
            places: fact.places.iter().map(Into::into).collect(),
        }
    }
}

/// A name of a service in a retired environment.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Retired")]
pub(crate) struct JsonRetired<'r> {
    /// The environment.
    pub environment: &'r str,
    /// Name of the service.
    pub service_name: &'r str,
    /// Id of the service.
    pub service: &'r str,
    /// The name; that of a host in lower case.
    pub name: &'r str,
}

impl<'r> From<&'r super::Retired> for JsonRetired<'r> {
    fn from(fact: &'r super::Retired) -> Self {
        Self {
            environment: &fact.environment,
            service_name: &fact.service_name,
            service: &fact.service,
            name: &fact.name,
        }
    }
}

/// Violations by what can be done about them. Together they are all of `ptlint check`.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[schemars(rename = "Edits")]
pub(crate) struct JsonEdits {
    /// With a replacement that a program may write.
    pub safe: u64,
    /// With a replacement that needs review.
    #[serde(rename = "unsafe")]
    pub not_safe: u64,
    /// Without one, or where no text can be written.
    pub by_hand: u64,
}

impl From<super::EditCounts> for JsonEdits {
    fn from(fact: super::EditCounts) -> Self {
        Self {
            safe: fact.safe,
            not_safe: fact.not_safe,
            by_hand: fact.by_hand,
        }
    }
}
