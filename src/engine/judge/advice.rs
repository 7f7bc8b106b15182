//! What to write instead, and whether a program may.

use super::used;
use crate::catalogue::Replacement;
use crate::detect::Reference;
use crate::engine::policy;
use crate::facts::{Action, Advice, Alternative, Confidence, Context, Evidence, Safety, View};

/// What to write, or why nothing.
pub(super) fn advice(
    reference: &Reference<'_>,
    ready: &[&Replacement<'_>],
    waiting: &[&Replacement<'_>],
    context: Context,
    path: &str,
    network: Option<&str>,
) -> (Option<Advice>, Option<String>) {
    let endpoint = &reference.endpoint;
    let target = endpoint
        .pack
        .environment(endpoint.environment)
        .and_then(|e| e.replacement.as_deref());
    if context == Context::Identifier {
        let source = target.map_or(String::new(), |t| format!(" from {t}"));
        let reason =
            format!("nobody calls an identifier: fetch the data that has it again{source}");
        return (None, Some(reason));
    }
    let preferred_network = ready.first().and_then(|replacement| replacement.network);
    let counterpart = reference.counterpart.as_ref().filter(|other| {
        let there = other.network.as_deref();
        there.is_none() || there == endpoint.network || there == preferred_network
    });
    // The entry next to it says which replacement is used there.
    let mut ready = ready.to_vec();
    ready.sort_by_key(|r| {
        !counterpart.is_some_and(|other| r.text.eq_ignore_ascii_case(&other.name))
    });
    let Some((first, rest)) = ready.split_first() else {
        let reason = match target {
            _ if !waiting.is_empty() => in_time(waiting[0]),
            Some(target) => {
                format!("no {target} name for it is documented: ask the operator which one to use")
            }
            None => "the pack names no environment to use instead".to_owned(),
        };
        return (None, Some(reason));
    };
    let mut unsafe_because = unsafe_because(reference, first, context, path, network);
    if reference.counterpart.is_some() && context == Context::Value {
        unsafe_because = Some(match counterpart {
            Some(_) => "the replacement is next to it: the entry should be deleted",
            None => "the entry next to it is on another network",
        });
    }
    let advice = Advice {
        action: match counterpart {
            Some(_) => Action::Delete,
            None => Action::Replace,
        },
        text: match counterpart {
            Some(other) => other.name.to_ascii_lowercase(),
            None => first.text.clone(),
        },
        safety: if unsafe_because.is_none() {
            Safety::Safe
        } else {
            Safety::Unsafe
        },
        unsafe_because: unsafe_because.map(str::to_owned),
        network: first.network.map(str::to_owned),
        path: first.path.map(str::to_owned),
        note: first.note.map(str::to_owned),
        evidence: first.evidence,
        source: used(endpoint, first.sources),
        alternatives: rest
            .iter()
            .map(|r| Alternative {
                text: r.text.clone(),
                network: r.network.map(str::to_owned),
                note: r.note.map(str::to_owned),
            })
            .collect(),
    };
    (Some(advice), None)
}

/// When a replacement can be used that cannot be used yet.
pub(super) fn in_time(replacement: &Replacement<'_>) -> String {
    let from = replacement.available_from;
    let from = from.map_or(String::new(), policy::written);
    format!("{} can be used from {from} on, not yet", replacement.text)
}

/// The replacements with that on the chosen network first, if there is one.
pub(super) fn preferred<'r, 'c>(
    replacements: &'r [Replacement<'c>],
    network: Option<&str>,
) -> Vec<&'r Replacement<'c>> {
    let mut ordered: Vec<&Replacement<'c>> = replacements.iter().collect();
    if let Some(network) = network {
        ordered.sort_by_key(|replacement| !is_on(replacement, network));
    }
    ordered
}

fn is_on(replacement: &Replacement<'_>, network: &str) -> bool {
    replacement
        .network
        .is_some_and(|n| n.eq_ignore_ascii_case(network))
}

fn unsafe_because(
    reference: &Reference<'_>,
    replacement: &Replacement<'_>,
    context: Context,
    path: &str,
    network: Option<&str>,
) -> Option<&'static str> {
    if path.contains("!/") {
        return Some("it is in an archive");
    }
    let endpoint = &reference.endpoint;
    match context {
        Context::Value => {}
        Context::Comment => return Some("it is in a comment"),
        Context::Prose | Context::Sample => return Some("it is in text for readers"),
        Context::Identifier => return Some("the URL is an identifier"),
        Context::FileName => return Some("a file has to be renamed"),
        Context::Binary => return Some("the file is binary"),
        Context::Key => {
            return reference.caution.or(Some("other places may use the key"));
        }
        Context::Certificate => return Some("a certificate has to be requested"),
        Context::Encoded => return Some("the text has to be encoded again"),
    }
    match reference.view {
        View::Plain | View::Escaped => {}
        View::Joined => return Some("it is put together from parts"),
        View::Base64 => return Some("the text has to be encoded again"),
    }
    if reference.spelling.letters.len() != reference.name.len() {
        return Some("it is not written character by character");
    }
    if let Some(caution) = reference.caution {
        return Some(caution);
    }
    if let Some(reason) = endpoint.kind.fix.unsafe_because() {
        return Some(reason);
    }
    if endpoint.confidence < Confidence::Certain {
        return Some("the reference is not certain");
    }
    if replacement.evidence == Evidence::Inferred {
        return Some("the replacement follows from the naming pattern only");
    }
    if replacement.path.is_some() || replacement.text.contains('/') {
        return Some("the path of the URL changes too");
    }
    if replacement.network != endpoint.network && !network.is_some_and(|n| is_on(replacement, n)) {
        return Some("it is on another network");
    }
    None
}
