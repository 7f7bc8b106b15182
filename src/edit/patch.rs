//! The undo patch of a run as text: which bytes of which files it changes, so that they can be put
//! back. One that is read may have been written by anybody.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::change::{Change, Digest, Edit};
use crate::text::hex;

/// What every version of the format begins with.
const FAMILY: &str = "ptlint.undo/";
const SCHEMA: &str = "ptlint.undo/v1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Patch {
    schema: String,
    files: Vec<ChangedFile>,
}

/// Only what tells whether the rest can be understood.
#[derive(Deserialize)]
struct Head {
    schema: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangedFile {
    /// Relative to the scan root, with slashes.
    path: PatchBytes,
    sha256_before: String,
    sha256_after: String,
    /// The file was made for the change, and goes with it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    made: bool,
    edits: Vec<ChangedBytes>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangedBytes {
    /// In the file as it was before.
    start: usize,
    old: PatchBytes,
    new: PatchBytes,
}

/// Bytes, readable where they are text.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum PatchBytes {
    Text(String),
    Other(Encoded),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Encoded {
    base64: String,
}

impl PatchBytes {
    fn new(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.to_owned()),
            Err(_) => Self::Other(Encoded {
                base64: STANDARD.encode(bytes),
            }),
        }
    }

    fn into_bytes(self) -> Result<Vec<u8>, PatchFault> {
        match self {
            Self::Text(text) => Ok(text.into_bytes()),
            Self::Other(encoded) => STANDARD
                .decode(encoded.base64)
                .map_err(|error| PatchFault::Malformed(format!("base64: {error}"))),
        }
    }
}

/// Why a text cannot be used as an undo patch.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PatchFault {
    /// Not of the schema.
    Malformed(String),
    /// Of another version of the schema.
    OtherVersion(String),
    /// Names this path, which does not lead into the scan root.
    Outside(String),
}

/// The patch that reverts changes, each with its file.
///
/// # Errors
/// When a file does not lie in `root`, or its path cannot be written down.
pub(super) fn write<'c>(
    changes: impl Iterator<Item = (&'c Change, &'c Path)>,
    root: &Path,
) -> Result<Vec<u8>, String> {
    let mut files = Vec::new();
    for (change, file) in changes {
        let path = file
            .strip_prefix(root)
            .ok()
            .and_then(slashed)
            .ok_or_else(|| format!("the path of `{}` cannot be kept", change.relative))?;
        files.push(ChangedFile {
            path: PatchBytes::new(&path),
            sha256_before: hex(&change.before),
            sha256_after: hex(&change.after),
            made: change.made,
            edits: change
                .edits
                .iter()
                .map(|edit| ChangedBytes {
                    start: edit.span.start,
                    old: PatchBytes::new(&edit.old),
                    new: PatchBytes::new(&edit.new),
                })
                .collect(),
        });
    }
    let patch = Patch {
        schema: SCHEMA.to_owned(),
        files,
    };
    let mut text = serde_json::to_vec_pretty(&patch).map_err(|error| error.to_string())?;
    text.push(b'\n');
    Ok(text)
}

/// The changes that a patch can revert.
///
/// # Errors
/// When any part of it cannot be used: a patch is good as a whole or not at all.
pub(super) fn read(text: &[u8], root: &Path) -> Result<Vec<Change>, PatchFault> {
    let malformed = |error: serde_json::Error| PatchFault::Malformed(error.to_string());
    let head: Head = serde_json::from_slice(text).map_err(malformed)?;
    if head.schema != SCHEMA {
        return Err(if head.schema.starts_with(FAMILY) {
            PatchFault::OtherVersion(head.schema)
        } else {
            PatchFault::Malformed(format!("its schema is `{}`", head.schema))
        });
    }
    let Patch { files, .. } = serde_json::from_slice(text).map_err(malformed)?;
    let mut seen = HashSet::new();
    let mut changes = Vec::with_capacity(files.len());
    for file in files {
        let path = file.path.into_bytes()?;
        let relative = String::from_utf8_lossy(&path).into_owned();
        let Some(below) = below(&path) else {
            return Err(PatchFault::Outside(relative));
        };
        let path = root.join(below);
        if !seen.insert(path.clone()) {
            return Err(PatchFault::Malformed(format!(
                "`{relative}` is in it twice"
            )));
        }
        changes.push(Change {
            before: digest_of(&file.sha256_before, &relative)?,
            after: digest_of(&file.sha256_after, &relative)?,
            edits: edits(file.edits, &relative)?,
            made: file.made,
            path,
            relative,
        });
    }
    Ok(changes)
}

fn edits(listed: Vec<ChangedBytes>, relative: &str) -> Result<Vec<Edit>, PatchFault> {
    let mut edits = Vec::with_capacity(listed.len());
    let mut at = 0;
    for bytes in listed {
        let old = bytes.old.into_bytes()?;
        let new = bytes.new.into_bytes()?;
        // No file is longer than this, and sums of lengths do not overflow below it.
        let end = bytes.start.checked_add(old.len());
        let end = end.filter(|end| bytes.start >= at && *end <= isize::MAX.cast_unsigned());
        let Some(end) = end else {
            let problem = format!("the edits of `{relative}` are not one after the other");
            return Err(PatchFault::Malformed(problem));
        };
        edits.push(Edit {
            span: bytes.start..end,
            old,
            new,
        });
        at = end;
    }
    Ok(edits)
}

fn digest_of(text: &str, relative: &str) -> Result<Digest, PatchFault> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let bytes: Option<Vec<u8>> = text
        .as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect();
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| PatchFault::Malformed(format!("`{text}` is not a SHA-256 of `{relative}`")))
}

/// A path below the scan root with slashes, as bytes where the system has names that are not text.
fn slashed(relative: &Path) -> Option<Vec<u8>> {
    let mut path = Vec::new();
    for component in relative.components() {
        let Component::Normal(name) = component else {
            return None;
        };
        if !path.is_empty() {
            path.push(b'/');
        }
        path.extend_from_slice(name_bytes(name)?);
    }
    Some(path)
}

/// The path of a patch, when every part of it is the name of a folder or a file.
fn below(path: &[u8]) -> Option<PathBuf> {
    let mut below = PathBuf::new();
    for part in path.split(|byte| *byte == b'/') {
        let name = name_of(part)?;
        // After a colon Windows has drives and other streams of a file.
        if part.contains(&0) || cfg!(windows) && part.contains(&b':') {
            return None;
        }
        let mut components = Path::new(name).components();
        match (components.next(), components.next()) {
            (Some(Component::Normal(only)), None) if only == name => below.push(name),
            _ => return None,
        }
    }
    Some(below)
}

#[cfg(unix)]
// Elsewhere not every name is text.
#[allow(clippy::unnecessary_wraps)]
fn name_bytes(name: &OsStr) -> Option<&[u8]> {
    use std::os::unix::ffi::OsStrExt as _;
    Some(name.as_bytes())
}

#[cfg(unix)]
// Elsewhere not every name is text.
#[allow(clippy::unnecessary_wraps)]
fn name_of(bytes: &[u8]) -> Option<&OsStr> {
    use std::os::unix::ffi::OsStrExt as _;
    Some(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn name_bytes(name: &OsStr) -> Option<&[u8]> {
    name.to_str().map(str::as_bytes)
}

#[cfg(not(unix))]
fn name_of(bytes: &[u8]) -> Option<&OsStr> {
    std::str::from_utf8(bytes).ok().map(OsStr::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_down() {
        let good: [&[u8]; 3] = [b"a", b"a/b.txt", b".ptlint/..c"];
        for path in good {
            let below = below(path).expect("a path");
            assert_eq!(slashed(&below).as_deref(), Some(path));
        }
        let bad: [&[u8]; 12] = [
            b"", b".", b"..", b"/a", b"a/", b"a//b", b"a/./b", b"a/../b", b"../a", b"a/..", b"//a",
            b"a\0b",
        ];
        for path in bad {
            assert_eq!(below(path), None, "{path:?}");
        }
        assert_eq!(below(b"C:\\a").is_some(), cfg!(unix));
        assert_eq!(slashed(Path::new("/a")), None);
        assert_eq!(slashed(Path::new("a/../b")), None);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_are_kept() {
        let path: &[u8] = b"caf\xe9/\xff";
        let below = below(path).expect("a path");
        assert_eq!(slashed(&below).as_deref(), Some(path));
        let change = Change::new(
            Path::new("/r").join(&below),
            "?".to_owned(),
            b"",
            Vec::new(),
        );
        let text = write(
            [(&change, change.path.as_path())].into_iter(),
            Path::new("/r"),
        );
        let read = read(&text.expect("text"), Path::new("/r")).expect("a patch");
        assert_eq!(read[0].path, change.path);
    }

    #[test]
    fn digests_are_64_digits() {
        let digest = [0xa7; 32];
        let text = hex(&digest);
        assert_eq!(digest_of(&text, ""), Ok(digest));
        for text in [
            "",
            "a7",
            &text[1..],
            &text.to_uppercase(),
            &format!("{text}a7"),
        ] {
            assert!(digest_of(text, "").is_err(), "{text}");
        }
    }
}
