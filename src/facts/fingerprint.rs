//! What tells a violation from all others, and stays the same while its file changes around it.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::Violation;
use crate::text::hex;

/// The fingerprints of violations in their order, with `prefix` before their paths.
pub(crate) fn fingerprints<'v>(
    violations: impl IntoIterator<Item = &'v Violation>,
    prefix: &str,
) -> Vec<String> {
    let mut seen: HashMap<(&str, &str, String, &str), u64> = HashMap::new();
    let fingerprint = |violation: &'v Violation| {
        let identity = (
            violation.rule.as_str(),
            violation.path.as_str(),
            without_positions(violation.key.as_deref().unwrap_or_default()),
            violation.name.as_str(),
        );
        let path = format!("{prefix}{}", violation.path);
        let mut hash = Sha256::new();
        for part in ["ptlint/v1", identity.0, &path, &identity.2, identity.3] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let number = seen.entry(identity).or_default();
        hash.update(number.to_le_bytes());
        *number += 1;
        hex(&hash.finalize())
    };
    violations.into_iter().map(fingerprint).collect()
}

/// A path of keys without the positions in lists: what is put into a list above an item changes its
/// position as a new line above changes the line.
pub(crate) fn without_positions(key: &str) -> String {
    let mut names = String::with_capacity(key.len());
    let mut rest = key;
    while let Some((before, after)) = rest.split_once('[') {
        names.push_str(before);
        rest = match after.split_once(']') {
            Some((number, after)) if number.bytes().all(|b| b.is_ascii_digit()) => after,
            _ => {
                names.push('[');
                after
            }
        };
    }
    names.push_str(rest);
    names
}
