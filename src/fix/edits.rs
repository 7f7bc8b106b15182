//! The edits that fix one violation: its name written again, or its entry deleted.

use super::respell::WrittenName;
use super::{entry, used};
use crate::catalogue::PathChange;
use crate::edit::Edit;
use crate::engine::Judged;
use crate::syntax::Content;
use crate::text::Encoding;

/// The edits that write a name in a content.
pub(super) fn replace(
    item: &Judged<'_>,
    text: &str,
    bytes: &[u8],
    encoding: Encoding,
) -> Result<Vec<Edit>, String> {
    if text.contains('/') {
        return Err(format!("`{text}` is another interface, not another name"));
    }
    let written = WrittenName {
        bytes,
        encoding,
        name: &item.violation.name,
        letters: &item.spelling.letters,
    };
    let mut edits = written
        .becomes(text)
        .ok_or("the way in which it is written cannot be kept")?;
    if let Some(replacement) = item.replacements.iter().find(|r| r.text == text) {
        let after = item.spelling.letters.last().map_or(bytes.len(), |l| l.end);
        let path = path_edit(bytes, encoding, after, replacement.path_changes);
        if let (None, Some(base)) = (&path, replacement.path) {
            return Err(format!(
                "the path of the URL changes too, to one below {base}, and which one is not known"
            ));
        }
        edits.extend(path);
    }
    Ok(edits)
}

/// The edit of the URL path that begins after a host, or after its port.
fn path_edit(
    bytes: &[u8],
    encoding: Encoding,
    host_end: usize,
    changes: &[PathChange],
) -> Option<Edit> {
    let rest = encoding.decode(bytes.get(host_end..bytes.len().min(host_end + 1024))?);
    let port = rest
        .strip_prefix(':')
        .map_or(0, |r| 1 + r.bytes().take_while(u8::is_ascii_digit).count());
    let start = host_end + port * encoding.unit();
    let mut changes: Vec<&PathChange> = changes.iter().collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.from.len()));
    // A slash as it is, and as JSON and percent encoding may write it.
    for slash in ["/", "\\/", "%2F", "%2f"] {
        for change in &changes {
            let from = change.from.replace('/', slash);
            let Some(after) = rest[port..].strip_prefix(&from) else {
                continue;
            };
            if after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')) {
                continue;
            }
            let old = encoding.encode_ascii(&from);
            return Some(Edit {
                span: start..start + old.len(),
                old,
                new: encoding.encode_ascii(&change.to.replace('/', slash)),
            });
        }
    }
    None
}

/// The edit that deletes the entry of a violation.
pub(super) fn delete(
    content: &Content<'_>,
    items: &[Judged<'_>],
    item: &Judged<'_>,
) -> Result<Edit, String> {
    let unclear = "what belongs to the entry is not clear: delete it by hand";
    let decoded = content.decoded.as_ref().ok_or(unclear)?;
    let entry = decoded.range(item.entry.clone().ok_or(unclear)?);
    let range = entry::deletion(decoded.text(), &entry).ok_or(unclear)?;
    if let Some(document) = &content.document {
        let offset = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
        let bytes = items.iter().map(|item| &item.violation);
        let names: Vec<_> = bytes
            .map(|v| decoded.range(offset(v.start.byte)..offset(v.end.byte)))
            .collect();
        if let Some(reason) = used::needed(document, decoded.text(), &range, &entry, &names) {
            return Err(reason);
        }
    }
    let span = decoded.bytes(range);
    Ok(Edit {
        old: content.bytes[span.clone()].to_vec(),
        span,
        new: Vec::new(),
    })
}
