//! Names that a fix would change while something in the same file that belongs to them stays: a constant, a
//! file name or a certificate of the same environment, without which a program cannot trust the new host, or
//! the same name in a place that needs review, such as a comparison.

use std::collections::HashMap;

use super::{Judged, needs_review, same_value};
use crate::detect::concerns_every_use;
use crate::facts::{Context, Safety, Violation};
use crate::kinds;

/// Says for such names that their replacement needs review.
pub(super) fn review(violations: &mut [Judged<'_>]) {
    review_uses_of_one_name(violations);
    review_hosts_of_staying_things(violations);
}

/// Keeps a file from being half changed: where one use of a name needs review because of its place, every
/// use does.
fn review_uses_of_one_name(violations: &mut [Judged<'_>]) {
    let mut held_back: HashMap<String, u64> = HashMap::new();
    for Judged { violation, .. } in violations.iter() {
        if is_held_back_by_its_place(violation) {
            let line = violation.start.line;
            held_back.entry(violation.name.clone()).or_insert(line);
        }
    }
    if held_back.is_empty() {
        return;
    }
    for Judged { violation, .. } in violations {
        if let Some(line) = held_back.get(&violation.name) {
            let reason = format!("line {line} uses the same name and needs review");
            needs_review(violation, &reason, false);
        }
    }
}

/// Says whether a program uses a name at a place for which no fix of it is safe.
fn is_held_back_by_its_place(violation: &Violation) -> bool {
    let is_used = matches!(violation.context, Context::Value | Context::Key);
    let advice = violation.replacement.as_ref();
    let reason = advice.and_then(|advice| advice.unsafe_because.as_deref());
    is_used
        && violation.suppressed.is_none()
        && (violation.context == Context::Key
            || reason.is_some_and(|why| concerns_every_use(why) || same_value::is_a_reason(why)))
}

fn review_hosts_of_staying_things(violations: &mut [Judged<'_>]) {
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
