//! What is done about one violation: a text is written, or somebody changes it by hand; and its places.

use super::{AdvisedEdit, Spot};
use crate::facts::{Context, View, Violation};
use crate::kinds;

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
    } else if violation.view == View::Base64 || violation.context == Context::Encoded {
        "it is in encoded text: decode, change and encode it again"
    } else if violation.replacement.is_none() {
        let reason = violation.replacement_reason.as_deref();
        let reason = reason.unwrap_or("no replacement is known");
        return Some((ByHandUnit::Name, reason.to_owned()));
    } else {
        return None;
    };
    Some((ByHandUnit::File, reason.to_owned()))
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
