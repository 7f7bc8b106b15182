//! The shape of what a pack says: everything but the rows of kinds, which are in [`kinds`](crate::kinds).
//! Keys are kebab-case and unknown ones are faults.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::facts::{Confidence, DayOrMonth, DaySchema, Evidence, Phase, ReferenceKind, Severity};
use crate::kinds::{HOST, Kind, PathChange, ReplacementRow};

/// Name and version of a pack.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PackHeader {
    /// The id, e.g. the name of the folder.
    pub name: String,
    /// Version of the data.
    pub version: String,
    /// One line for lists.
    pub title: String,
    /// Used only when the configuration or `--pack` names it.
    #[serde(default)]
    pub opt_in: bool,
}

/// An environment and its lifecycle.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Environment {
    /// Other names in use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The environment to use instead.
    #[serde(default)]
    pub replacement: Option<String>,
    /// Dated states; an environment without them is in service.
    #[serde(default)]
    pub lifecycle: Vec<LifecycleEntry>,
    /// Why it is the one to use, in a sentence without a full stop.
    #[serde(default)]
    pub note: Option<String>,
    /// Who answers questions about it.
    #[serde(default)]
    pub contact: Option<Contact>,
    /// Where the facts come from.
    pub sources: Vec<String>,
}

/// The state of an environment from a date on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LifecycleEntry {
    /// announced, minimal-support or decommissioned.
    pub phase: Phase,
    /// First day of the phase, YYYY-MM-DD.
    #[schemars(with = "DaySchema")]
    pub from: Date,
    /// Severity of a violation in this phase.
    pub severity: Severity,
    /// Where the date comes from.
    pub source: String,
    /// What the phase means.
    #[serde(default)]
    pub note: Option<String>,
}

/// Services and environments for which a phase has another severity.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Exemption {
    /// The phase it holds in; every phase when absent.
    #[serde(default)]
    pub phase: Option<Phase>,
    /// The environments it holds for.
    pub environments: Vec<String>,
    /// The services it holds for.
    pub services: Vec<String>,
    /// The severity instead of the phase's.
    pub severity: Severity,
    /// Why, in a sentence that goes into the message.
    pub note: String,
    /// The retirement does not name these services at all, so its dates are not claimed.
    #[serde(default)]
    pub outside_notice: bool,
    /// Where the exemption comes from.
    pub source: String,
}

/// Where a fact comes from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Source {
    /// Page, or repository and path.
    pub title: String,
    /// Address, when it has one.
    #[serde(default)]
    pub url: Option<String>,
    /// Revision read.
    #[serde(default)]
    pub commit: Option<String>,
    /// What it says.
    #[serde(default)]
    pub note: Option<String>,
}

/// A service reached through endpoints.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Service {
    /// Its name in reports.
    pub name: String,
    /// Ids of what must change with a host of this service.
    #[serde(default)]
    pub companions: Vec<String>,
    /// The network whose replacement is preferred; otherwise that of the host found.
    #[serde(default)]
    pub prefer: Option<String>,
    /// Replacements besides those that the families give.
    #[serde(default)]
    pub alternatives: Vec<ReplacementRow>,
    /// A sentence for the help of every replacement.
    #[serde(default)]
    pub note: Option<String>,
}

/// What must change together with a host.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Companion {
    /// Its name in reports.
    pub name: String,
    /// What to do about it.
    pub ask: String,
    /// Whom to ask, or where it is obtained; absent when no source says.
    #[serde(default)]
    pub who: Option<Contact>,
    /// Ids of the companions that must be done first.
    #[serde(default)]
    pub after: Vec<String>,
    /// What settings that hold it are called: words of key names. `client cert` stands for
    /// `client-cert`, `CLIENT_CERT`, `clientCert` and `clientcert`.
    #[serde(default)]
    pub settings: Vec<String>,
    /// How values that hold it end, e.g. the extension of a file.
    #[serde(default)]
    pub values: Vec<String>,
    /// Where the fact comes from.
    pub source: String,
}

/// Whom to ask for something, or where it is obtained.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Contact {
    /// The people, the form or the tool.
    pub name: String,
    /// Where that comes from.
    pub source: String,
}

/// A grammar of host names in which one label tells the environment.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Family {
    /// Name of the family.
    pub id: String,
    /// The shape, with the holes `{service}` and `{environment}`.
    pub host: String,
    /// The network on which the names resolve.
    pub network: String,
    /// The text that stands for each environment; an empty text means that the hole is absent.
    pub environments: BTreeMap<String, FamilyEnvironment>,
    /// Services by label; for a shape without `{service}`, see `service`.
    #[serde(default)]
    pub services: BTreeMap<String, FamilyService>,
    /// The one service of a shape without `{service}`.
    #[serde(default)]
    pub service: Option<FamilyService>,
    /// What a service label means that is not listed.
    #[serde(default)]
    pub unknown_service: UnknownService,
    /// The service that unlisted labels and the bare zone are counted under.
    #[serde(default)]
    pub default_service: Option<String>,
    /// Finer services on one label, told apart by the text around the host.
    #[serde(default)]
    pub refinements: Vec<Refinement>,
    /// Where the grammar comes from.
    pub sources: Vec<String>,
}

impl Family {
    /// The kind of reference that its names are.
    #[must_use]
    pub(crate) fn kind() -> &'static Kind {
        &HOST
    }
}

/// The spelling of an environment in a family.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FamilyEnvironment {
    /// The texts that stand for it, first the usual one.
    pub labels: Vec<String>,
    /// What the spelling rests on.
    pub evidence: Evidence,
    /// Confidence of every host in it, when lower than the evidence gives.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// Where the spelling comes from.
    pub sources: Vec<String>,
}

/// What to make of a service label that a family does not list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownService {
    /// A likely reference: the environment label decides.
    #[default]
    Likely,
    /// Not a host of this family.
    Ignore,
}

/// A service label of a family.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FamilyService {
    /// Id of the service.
    pub service: String,
    /// The environments in which this exact name is known; in the others it is inferred.
    #[serde(default)]
    pub known_in: BTreeMap<String, KnownIn>,
    /// What to write instead, when the family's own answer is wrong.
    #[serde(default)]
    pub replacements: Vec<ReplacementRow>,
    /// The label to use in the replacement, when it is another one.
    #[serde(default)]
    pub becomes: Option<String>,
    /// Paths that change together with the host.
    #[serde(default)]
    pub path_changes: Vec<PathChange>,
}

/// Proof that an exact name is used in an environment.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct KnownIn {
    /// What it rests on.
    pub evidence: Evidence,
    /// Where it comes from.
    pub sources: Vec<String>,
    /// From when on this endpoint is itself retired, YYYY-MM-DD, or YYYY-MM when only the month is known.
    #[serde(default)]
    pub retired: Option<DayOrMonth>,
    /// The first day on which it can be used, YYYY-MM-DD; it can already when absent.
    #[serde(default)]
    #[schemars(with = "Option<DaySchema>")]
    pub available_from: Option<Date>,
    /// What else is known.
    #[serde(default)]
    pub note: Option<String>,
}

/// A finer service on the host of a label.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Refinement {
    /// The label it looks at.
    pub label: String,
    /// The service it is then.
    pub service: String,
    /// The environments it holds in; all when empty.
    #[serde(default)]
    pub environments: Vec<String>,
    /// URL paths that tell it, as prefixes.
    #[serde(default)]
    pub paths: Vec<String>,
    /// Words in the key or before the host on its line that tell it, in lower case.
    #[serde(default)]
    pub beside: Vec<String>,
    /// Words that contain those and mean something else.
    #[serde(default)]
    pub unless_beside: Vec<String>,
    /// Words of which one anywhere in the file tells it, in lower case.
    #[serde(default)]
    pub in_file: Vec<String>,
    /// The label to use in the replacement, when it is another one.
    pub becomes: Option<String>,
    /// How sure the service is, when the words may mean another one.
    pub confidence: Option<Confidence>,
    /// Where it comes from.
    pub sources: Vec<String>,
}

/// A name, or a whole zone of names, that must be left alone.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LookAlike {
    /// A host name, a text, an address or a range of them, as it is written.
    pub value: String,
    /// What the value is.
    pub kind: LookAlikeKind,
    /// Why it is not a violation.
    pub reason: String,
    /// What it rests on.
    pub evidence: Evidence,
    /// Where it comes from.
    pub sources: Vec<String>,
}

/// What kind of value a look-alike is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LookAlikeKind {
    /// One host name.
    Host,
    /// A zone: the name itself and everything below it.
    Zone,
    /// Any other text.
    Text,
    /// An address.
    Address,
    /// A range of addresses, as network and prefix length.
    Network,
}

/// Words by which configuration selects an environment.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SelectorRow {
    /// The words.
    pub words: Vec<String>,
    /// The environment they select.
    pub environment: String,
    /// Words of which one must be near, in lower case.
    pub beside: Vec<String>,
    /// What else is known.
    #[serde(default)]
    pub note: Option<String>,
    /// What it rests on.
    pub evidence: Evidence,
    /// Where it comes from.
    pub sources: Vec<String>,
}

/// URLs that name a thing and are not called.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct IdentifierUris {
    /// A URL is an identifier when one of its path segments is one of these.
    pub path_segments: Vec<String>,
    /// A URL is an identifier when it is the value of one of these keys.
    pub keys: Vec<String>,
}

/// A class of violation.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    /// The environment whose references it reports.
    pub environment: String,
    /// The kind of reference it reports.
    pub reference: ReferenceKind,
    /// One line.
    pub summary: String,
    /// Why it matters.
    pub why: String,
    /// What to do about a violation.
    pub how_to_fix: String,
    /// It is new and fails nobody's run yet: a violation is at most info, unless a configuration
    /// gives it a severity.
    #[serde(default)]
    pub preview: bool,
    /// Texts with their expected matches; at least one with a match and one without.
    #[serde(default)]
    pub examples: Vec<Example>,
}

/// A text and what the rule must make of it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Example {
    /// The content of a file.
    pub text: String,
    /// The name of the file.
    #[serde(default)]
    pub file: Option<String>,
    /// The source texts that this rule must match, in order.
    pub matches: Vec<String>,
    /// The text with every match replaced.
    #[serde(default)]
    pub fixed: Option<String>,
    /// Why the example is there.
    #[serde(default)]
    pub note: Option<String>,
}
