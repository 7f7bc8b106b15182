//! The order of violations, and one violation for equal ones.

use std::collections::HashMap;

use crate::facts::{Context, Related, Violation, fingerprints, order};

/// Puts violations into their total order, gathers equal identifiers of a file into one, and gives
/// each its fingerprint.
#[must_use]
pub(crate) fn order_and_group(mut violations: Vec<Violation>) -> Vec<Violation> {
    violations.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut grouped: Vec<Violation> = Vec::with_capacity(violations.len());
    let mut groups: HashMap<(String, String, String, bool), usize> = HashMap::new();
    for violation in violations {
        if !matches!(violation.context, Context::Identifier | Context::FileName) {
            grouped.push(violation);
            continue;
        }
        let group = (
            violation.path.clone(),
            violation.rule.clone(),
            violation.name.clone(),
            // A suppressed violation never counts for one that is not.
            violation.suppressed.is_some(),
        );
        match groups.get(&group) {
            None => {
                groups.insert(group, grouped.len());
                grouped.push(violation);
            }
            // Every file below a folder reports the folder's name: once is enough.
            Some(_) if violation.context == Context::FileName => {}
            Some(&first) => {
                let first = &mut grouped[first];
                first.occurrences += 1;
                if first.related.len() < RELATED {
                    first.related.push(Related {
                        path: violation.path,
                        start: violation.start,
                        message: "the same identifier again".to_owned(),
                    });
                }
            }
        }
    }
    let all = fingerprints(&grouped, "");
    for (violation, fingerprint) in grouped.iter_mut().zip(all) {
        violation.fingerprint = fingerprint;
    }
    grouped
}

/// Places listed of a group; the count has them all.
const RELATED: usize = 20;
