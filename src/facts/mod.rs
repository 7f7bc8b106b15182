//! What ptlint says, as data: violations and everything in them, notices, what was skipped, and the
//! [`Report`] that holds them all. Every room may name these, and they name only `text`.

mod advice;
mod baseline;
mod coverage;
mod day;
mod docs;
mod fingerprint;
mod fixes;
mod grades;
mod own_rules;
mod paths;
mod place;
mod provenance;
mod report;
mod suppression;
mod terms;
mod verdict;
mod violation;

pub use advice::{Action, Advice, Alternative, Safety};
pub use baseline::{BaselineEntry, BaselineUsed};
pub use coverage::{Coverage, Extent, SkipReason, Skipped};
pub use day::DayOrMonth;
pub(crate) use day::DaySchema;
pub use docs::{EnvironmentDoc, RuleDoc, RuleDocs};
pub(crate) use fingerprint::{fingerprints, without_positions};
pub(crate) use fixes::UNDO_FOLDER;
pub use fixes::{Applied, Fixable, Fixes, Refused};
pub use grades::{Confidence, Evidence, Phase, Severity};
pub use own_rules::{INVALID, NO_EFFECT, OwnRule, RULES, UNUSED, own_rule};
pub use paths::Paths;
pub use place::{CertificateFacts, Context, ReferenceKind, View};
pub use provenance::{Provenance, RepositoryUsed};
pub use report::{ConfigurationUsed, Failure, PackUsed, Report};
pub use suppression::{Notice, Suppression};
pub use terms::Terms;
pub use verdict::Verdict;
pub(crate) use violation::order;
pub use violation::{CompanionNote, Related, SourceUsed, Violation};
