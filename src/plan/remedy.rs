//! What is done about one violation: a text is written, or somebody changes it by hand; and its places.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::{AdvisedEdit, Spot};
use crate::catalogue::Catalogue;
use crate::facts::{Action, Context, Report, View, Violation};
use crate::fix;
use crate::kinds;
use crate::report::concise::with_path;
use crate::run::Options;

/// What is changed by hand in one go.
#[derive(Clone, Copy)]
pub(super) enum ByHandUnit {
    File,
    Name,
}

/// Why a violation cannot be fixed by writing a text.
pub(super) fn by_hand(violation: &Violation) -> Option<(ByHandUnit, String)> {
    let reason = if violation.path.contains("!/") {
        "it is in an archive: change what the archive is made from, and build it again"
    } else if violation.context == Context::FileName {
        "it is the name of a file or folder: rename it, and change what refers to it"
    } else if violation.certificate.is_some() || violation.context == Context::Certificate {
        "it is in a certificate: request a new one and replace it"
    } else if violation.context == Context::Binary {
        "it is in a binary file, such as a key store: create a new one"
    } else if violation.replacement.is_none() {
        let reason = violation.replacement_reason.as_deref();
        let reason = reason.unwrap_or("no replacement is known");
        return Some((ByHandUnit::Name, reason.to_owned()));
    } else {
        return None;
    };
    Some((ByHandUnit::File, reason.to_owned()))
}

/// Makes violations that `ptlint fix` does not write ones that somebody changes by hand.
pub(super) fn leave_what_fixes_leave(
    catalogue: &Catalogue,
    options: &Options,
    root: &Path,
    report: &mut Report,
) {
    type FixedPlace<'f> = (&'f str, u64, &'f str);
    let planned = fix::plan(catalogue, options.judge(), root, report, true);
    let applied = planned.fixes.applied.iter();
    let applied: HashSet<FixedPlace<'_>> = applied
        .map(|fix| (&*fix.path, fix.start.byte, &*fix.rule))
        .collect();
    let refused = planned.fixes.refused.iter();
    let refused: HashMap<FixedPlace<'_>, &str> = refused
        .map(|fix| ((&*fix.path, fix.start.byte, &*fix.rule), &*fix.reason))
        .collect();
    let unread = planned.failures.iter();
    let unread: HashSet<&str> = unread.map(|failure| &*failure.path).collect();
    for violation in &mut report.violations {
        let place = (&*violation.path, violation.start.byte, &*violation.rule);
        let Some(advice) = &violation.replacement else {
            continue;
        };
        if applied.contains(&place) || unread.contains(place.0) || by_hand(violation).is_some() {
            continue;
        }
        let is_encoded = violation.view == View::Base64 || violation.context == Context::Encoded;
        let reason = refused.get(&place).copied().unwrap_or(if is_encoded {
            "it is in encoded text: decode, change and encode it again"
        } else {
            "it takes more than another text"
        });
        let text = with_path(&advice.text, advice.path.as_deref());
        let what = match advice.action {
            Action::Replace => format!("write {text}"),
            Action::Delete => format!("delete the entry, as the same file already has {text}"),
        };
        violation.replacement_reason = Some(format!("{what}; not by a program: {reason}"));
        violation.replacement = None;
    }
}

/// A name as it is usually written: that of a host in lower case, others as found.
pub(super) fn name(violation: &Violation) -> &str {
    let same = violation.matched.eq_ignore_ascii_case(&violation.name);
    if same && !kinds::by_id(violation.reference).is_on_network {
        &violation.matched
    } else {
        &violation.name
    }
}

pub(super) fn edit(violation: &Violation) -> Option<AdvisedEdit> {
    let advice = violation.replacement.as_ref()?;
    by_hand(violation).is_none().then(|| AdvisedEdit {
        action: advice.action,
        text: advice.text.clone(),
        path: advice.path.clone(),
        network: advice.network.clone(),
        safety: advice.safety,
    })
}

/// The places of a violation, and of the equal ones that it is reported for.
pub(super) fn spots(violation: &Violation) -> Vec<Spot> {
    let no_text = matches!(violation.context, Context::FileName | Context::Binary);
    let first = Spot {
        path: violation.path.clone(),
        start: (!no_text).then_some(violation.start),
        key: violation.key.clone(),
    };
    let others = violation.related.iter();
    let others = others.filter(|_| violation.occurrences > 1).map(|r| Spot {
        path: r.path.clone(),
        start: Some(r.start),
        key: None,
    });
    std::iter::once(first).chain(others).collect()
}
