//! What somebody may have meant who wrote a name that is not known.

/// "did you mean", or the list of what is known.
#[must_use]
pub(crate) fn suggestion(given: &str, known: &[&str], what: &str) -> String {
    let best = known
        .iter()
        .map(|k| (strsim::damerau_levenshtein(given, k), *k))
        .min();
    match best {
        Some((distance, name)) if distance <= 1 + name.len() / 4 => {
            format!("did you mean `{name}`?")
        }
        _ => format!("the {what} are {}", quoted_list(known)),
    }
}

/// Names in backticks, with commas between them.
pub(super) fn quoted_list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
    quoted.join(", ")
}
