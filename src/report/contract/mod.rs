//! The JSON of a report: the public contract of `json` and `jsonl`, in types of its own. The facts may
//! change as the program needs; this shape only grows. Each type is made of a fact, and in the schema it
//! has the name of that fact.

mod advice;
mod coverage;
mod fixes;
mod place;
mod provenance;
mod suppression;
mod violation;

use schemars::JsonSchema;
use serde::Serialize;

use crate::facts;

pub(crate) use advice::{JsonAction, JsonAdvice, JsonSafety};
pub(crate) use coverage::JsonCoverage;
pub(crate) use fixes::JsonFixes;
pub(crate) use place::{JsonContext, JsonPosition, JsonView};
pub(crate) use provenance::{JsonRepositoryUsed, repositories};
pub(crate) use suppression::{JsonBaselineUsed, JsonNotice, JsonSuppression};
pub(crate) use violation::{JsonSourceUsed, JsonViolation};

/// The name of the contract, which a report begins with.
pub(crate) const SCHEMA: &str = "ptlint.report/v1";

/// The result of a check.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Report")]
pub(crate) struct JsonReport<'r> {
    /// Always `ptlint.report/v1`; fields are only ever added to it.
    pub schema: &'r str,
    /// Version of ptlint.
    pub version: &'r str,
    /// The day on which the lifecycle was judged, YYYY-MM-DD.
    pub as_of: &'r str,
    /// What the run was asked to check, relative to the scan root; `.` is the root itself, and `-` is
    /// standard input.
    pub paths: &'r [String],
    /// The repositories that were read, by path.
    pub repositories: Vec<JsonRepositoryUsed<'r>>,
    /// The packs that were used.
    pub packs: Vec<JsonPackUsed<'r>>,
    /// Default packs that a configuration among the checked files replaced by others.
    pub replaced_packs: &'r [String],
    /// The configuration files that applied, each before its base.
    pub configurations: Vec<JsonConfigurationUsed<'r>>,
    /// Violations, by path, byte and rule.
    pub violations: Vec<JsonViolation<'r>>,
    /// Violations that were suppressed, with what did it.
    pub suppressed: Vec<JsonViolation<'r>>,
    /// What is wrong with suppressions, by path and byte.
    pub notices: Vec<JsonNotice<'r>>,
    /// What was checked and what was skipped.
    pub coverage: JsonCoverage<'r>,
    /// Files that could not be checked to their end.
    pub failures: Vec<JsonFailure<'r>>,
    /// What was fixed before this check; null when nothing was asked for.
    pub fixes: Option<JsonFixes<'r>>,
    /// How the baseline was used; null when there was none.
    pub baseline: Option<JsonBaselineUsed<'r>>,
}

impl<'r> From<&'r facts::Report> for JsonReport<'r> {
    fn from(fact: &'r facts::Report) -> Self {
        Self {
            schema: SCHEMA,
            version: &fact.version,
            as_of: &fact.as_of,
            paths: &fact.provenance.paths,
            repositories: repositories(
                &fact.provenance.repositories,
                &fact.violations_by_repository(),
            ),
            packs: fact.packs.iter().map(Into::into).collect(),
            replaced_packs: &fact.replaced_packs,
            configurations: fact.configurations.iter().map(Into::into).collect(),
            violations: fact.violations.iter().map(Into::into).collect(),
            suppressed: fact.suppressed.iter().map(Into::into).collect(),
            notices: fact.notices.iter().map(Into::into).collect(),
            coverage: (&fact.coverage).into(),
            failures: fact.failures.iter().map(Into::into).collect(),
            fixes: fact.fixes.as_ref().map(Into::into),
            baseline: fact.baseline.as_ref().map(Into::into),
        }
    }
}

/// A pack of a run.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PackUsed")]
pub(crate) struct JsonPackUsed<'r> {
    /// Its name.
    pub name: &'r str,
    /// Its version.
    pub version: &'r str,
    /// SHA-256 of its files, in hex.
    pub digest: &'r str,
}

impl<'r> From<&'r facts::PackUsed> for JsonPackUsed<'r> {
    fn from(fact: &'r facts::PackUsed) -> Self {
        Self {
            name: &fact.name,
            version: &fact.version,
            digest: &fact.digest,
        }
    }
}

/// A configuration file of a run.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ConfigurationUsed")]
pub(crate) struct JsonConfigurationUsed<'r> {
    /// Path relative to the scan root, with forward slashes.
    pub path: &'r str,
    /// SHA-256 of the file, in hex.
    pub digest: &'r str,
}

impl<'r> From<&'r facts::ConfigurationUsed> for JsonConfigurationUsed<'r> {
    fn from(fact: &'r facts::ConfigurationUsed) -> Self {
        Self {
            path: &fact.path,
            digest: &fact.digest,
        }
    }
}

/// A file that could not be checked to its end.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Failure")]
pub(crate) struct JsonFailure<'r> {
    /// Path relative to the scan root, or the argument.
    pub path: &'r str,
    /// What happened.
    pub message: &'r str,
}

impl<'r> From<&'r facts::Failure> for JsonFailure<'r> {
    fn from(fact: &'r facts::Failure) -> Self {
        Self {
            path: &fact.path,
            message: &fact.message,
        }
    }
}
