//! A violation or a notice as a result of SARIF.

use std::collections::BTreeMap;

use super::model::{
    ArtifactChange, FindingProperties, LogicalLocation, PhysicalLocation, Region, SarifFix,
    SarifLocation, SarifReplacement, SarifResult, SarifSuppression, SuppressionProperties,
};
use super::{Taxonomies, artifact};
use crate::facts::{self, Context, Notice, Paths, RULES, RuleDocs, Safety, Severity, Violation};
use crate::report::finding::Finding as Reported;
use crate::report::wording;
use crate::text::{Position, printable};

/// Related places that GitHub shows for a result.
const RELATED: usize = 100;

/// What all results of a run share.
pub(super) struct Findings<'r> {
    pub docs: &'r RuleDocs,
    pub taxonomies: &'r Taxonomies,
    pub rooted: &'r Paths,
    /// Something is suppressed, so each result says whether it is.
    pub telling: bool,
    /// The run has a baseline, so each result says whether it is new.
    pub comparing: bool,
}

impl Findings<'_> {
    /// The result for violations that are equal but for their place; mostly there is one.
    pub(super) fn finding(&self, violation: &Violation, others: &[&Violation]) -> SarifResult {
        let path = self.rooted.show(&violation.path);
        let rule = self.docs.rules.iter().position(|r| r.id == violation.rule);
        let taxon = rule.and_then(|index| {
            let pack = &self.docs.rules[index].pack;
            self.taxonomies.taxon(pack, &violation.environment)
        });
        let logical = violation.key.iter().map(|key| LogicalLocation {
            fully_qualified_name: printable(key),
            kind: "member",
        });
        let occurrences = violation.occurrences + others.iter().map(|o| o.occurrences).sum::<u64>();
        SarifResult {
            rule_id: violation.rule.clone(),
            rule_index: rule,
            level: level(violation.severity),
            message: wording::line(violation).into(),
            locations: [SarifLocation {
                id: None,
                physical_location: PhysicalLocation {
                    artifact_location: artifact(&path),
                    region: Some(region(violation)),
                },
                logical_locations: logical.collect(),
                message: None,
            }],
            related_locations: self.related(violation, others),
            partial_fingerprints: BTreeMap::from([("ptlint/v1", violation.fingerprint.clone())]),
            occurrence_count: (occurrences > 1).then_some(occurrences),
            taxa: taxon.into_iter().collect(),
            fixes: fix(violation, &path).into_iter().collect(),
            suppressions: self.suppressions(violation),
            baseline_state: self.comparing.then(|| {
                let by = violation.suppressed.as_ref().map(|s| s.by.as_str());
                if by == Some(facts::Suppression::BASELINE) {
                    "unchanged"
                } else {
                    "new"
                }
            }),
            properties: Some(FindingProperties {
                confidence: violation.confidence,
            }),
        }
    }

    /// The result for a notice, the number of equal ones before it given.
    pub(super) fn notice(&self, notice: &Notice, number: u64) -> SarifResult {
        let reported = Reported::Notice(notice, number);
        let own = RULES.iter().position(|rule| rule.id == notice.rule);
        SarifResult {
            rule_id: notice.rule.clone(),
            // Those of the program come after those of the packs.
            rule_index: own.map(|index| self.docs.rules.len() + index),
            level: level(notice.severity),
            message: reported.line().into(),
            locations: [SarifLocation {
                id: None,
                physical_location: PhysicalLocation {
                    artifact_location: artifact(&self.rooted.show(&notice.path)),
                    region: Some(lines(notice.start, notice.end)),
                },
                logical_locations: Vec::new(),
                message: None,
            }],
            related_locations: Vec::new(),
            partial_fingerprints: BTreeMap::from([("ptlint/v1", reported.fingerprint())]),
            occurrence_count: None,
            taxa: Vec::new(),
            fixes: Vec::new(),
            suppressions: self.telling.then(Vec::new),
            baseline_state: self.comparing.then_some("new"),
            properties: None,
        }
    }

    fn related(&self, violation: &Violation, others: &[&Violation]) -> Vec<SarifLocation> {
        let known = violation.related.iter().map(|related| {
            let region = Region {
                start_line: related.start.line.max(1),
                start_column: Some(related.start.utf16.max(1)),
                ..Region::default()
            };
            (related.path.as_str(), region, related.message.clone())
        });
        let same = others.iter().map(|other| {
            let message = wording::name(other);
            (other.path.as_str(), region(other), message)
        });
        let places = known.chain(same).take(RELATED).enumerate();
        places
            .map(|(number, (path, region, message))| SarifLocation {
                id: Some(number + 1),
                physical_location: PhysicalLocation {
                    artifact_location: artifact(&self.rooted.show(path)),
                    region: Some(region),
                },
                logical_locations: Vec::new(),
                message: Some(printable(&message).into()),
            })
            .collect()
    }

    fn suppressions(&self, violation: &Violation) -> Option<Vec<SarifSuppression>> {
        if !self.telling {
            return None;
        }
        let suppressions = violation
            .suppressed
            .iter()
            .map(|suppression| SarifSuppression {
                // Everything but a comment in the file itself is outside of it.
                kind: if suppression.by == facts::Suppression::INLINE {
                    "inSource"
                } else {
                    "external"
                },
                status: "accepted",
                justification: printable(&suppression.reason),
                properties: terms(suppression),
            });
        Some(suppressions.collect())
    }
}

/// Until when it is suppressed, and whose it is, if anybody has said so.
fn terms(suppression: &facts::Suppression) -> Option<SuppressionProperties> {
    let term = |term: &Option<String>| term.as_deref().map(printable);
    let properties = SuppressionProperties {
        until: term(&suppression.until),
        owner: term(&suppression.owner),
        ticket: term(&suppression.ticket),
    };
    let SuppressionProperties {
        until,
        owner,
        ticket,
    } = &properties;
    let any = until.is_some() || owner.is_some() || ticket.is_some();
    any.then_some(properties)
}

pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// Where a violation is: bytes in a binary file, nothing but the file for its name.
fn region(violation: &Violation) -> Region {
    let (start, end) = (violation.start, violation.end);
    match violation.context {
        Context::FileName => Region {
            start_line: 1,
            ..Region::default()
        },
        Context::Binary => Region {
            start_line: 1,
            byte_offset: Some(start.byte),
            byte_length: Some(end.byte.saturating_sub(start.byte)),
            ..Region::default()
        },
        _ => lines(start, end),
    }
}

fn lines(start: Position, end: Position) -> Region {
    Region {
        start_line: start.line,
        start_column: Some(start.utf16),
        end_line: (end.line != start.line).then_some(end.line),
        end_column: Some(end.utf16),
        ..Region::default()
    }
}

fn fix(violation: &Violation, path: &str) -> Option<SarifFix> {
    let text = wording::substitute(violation)?;
    let advice = violation.replacement.as_ref()?;
    let description = match (advice.safety, &advice.unsafe_because) {
        (Safety::Safe, _) => format!("Write {text}."),
        (Safety::Unsafe, Some(why)) => format!("Write {text}. Look at it first: {why}."),
        (Safety::Unsafe, None) => format!("Write {text}. Look at it first."),
    };
    Some(SarifFix {
        description: printable(&description).into(),
        artifact_changes: [ArtifactChange {
            artifact_location: artifact(path),
            replacements: [SarifReplacement {
                deleted_region: region(violation),
                inserted_content: text.to_owned().into(),
            }],
        }],
    })
}
