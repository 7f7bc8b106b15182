//! Hosts that a fix would change while a constant, a file name or a certificate of the same environment in
//! the same file stays: a program that then trusts the old authority cannot reach the new host.

use std::collections::HashMap;

use super::{Judged, needs_review};
use crate::facts::{Context, Safety, Violation};
use crate::kinds;

/// Says for such hosts that their replacement needs review.
pub(super) fn review(violations: &mut [Judged<'_>]) {
    let mut staying: HashMap<String, String> = HashMap::new();
    for Judged { violation, .. } in violations.iter() {
        if stays(violation) {
            let reason = || {
                let line = violation.start.line;
                format!("{} on line {line} has to change with it", violation.name)
            };
            staying
                .entry(violation.environment.clone())
                .or_insert_with(reason);
        }
    }
    if staying.is_empty() {
        return;
    }
    for Judged { violation, .. } in violations {
        if kinds::by_id(violation.reference).is_on_network
            && let Some(reason) = staying.get(&violation.environment)
        {
            needs_review(violation, reason, false);
        }
    }
}

/// Says whether a program uses something that no safe fix changes.
fn stays(violation: &Violation) -> bool {
    let is_used = matches!(
        violation.context,
        Context::Value | Context::Key | Context::Certificate
    );
    let advice = violation.replacement.as_ref();
    is_used
        && violation.suppressed.is_none()
        && !kinds::by_id(violation.reference).is_on_network
        && advice.is_none_or(|advice| advice.safety == Safety::Unsafe)
}
