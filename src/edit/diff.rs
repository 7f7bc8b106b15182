//! A change as a unified diff.

use std::io::{self, Write};

use similar::udiff::UnifiedHunkHeader;
use similar::{Algorithm, ChangeTag, capture_diff_slices, group_diff_ops};

use super::{Change, apply, binary_patch, digest};
use crate::text::{Decoded, Encoding, bytes_of_name};

/// Lines around a change that are shown.
const CONTEXT: usize = 3;

/// Why there is no diff.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DiffError {
    /// The file is not what the change was made for.
    #[error("it changed since it was read")]
    Changed,
    /// The diff cannot be written.
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// Who reads a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DiffReader {
    /// `git apply`, which takes a change of UTF-16 as a binary patch.
    Git,
    /// Somebody who looks at it: UTF-16 is shown as UTF-8, with a line that says so.
    Person,
}

/// Writes a change of a file that holds `bytes` as a unified diff. `name` is the path of the file in it.
///
/// # Errors
/// When `bytes` is not what the change was made for, or the writer gives an error.
pub(crate) fn unified(
    change: &Change,
    bytes: &[u8],
    name: &str,
    reader: DiffReader,
    out: &mut dyn Write,
) -> Result<(), DiffError> {
    if digest(bytes) != change.before {
        return Err(DiffError::Changed);
    }
    let after = apply(bytes, &change.edits);
    let path = quoted(name);
    let (a, b) = match path.strip_prefix('"') {
        Some(rest) => (format!("\"a/{rest}"), format!("\"b/{rest}")),
        None => (format!("a/{path}"), format!("b/{path}")),
    };
    writeln!(out, "diff --git {a} {b}")?;
    let a = if change.made {
        writeln!(out, "new file mode 100644")?;
        "/dev/null"
    } else {
        &a
    };
    let encoding = Encoding::detect(bytes, true);
    if encoding.unit() == 2
        && let Some(decoded) = Decoded::new(bytes, encoding)
        && let Some(decoded_after) = Decoded::new(&after, encoding)
    {
        if reader == DiffReader::Git {
            return Ok(binary_patch::write(bytes, &after, out)?);
        }
        writeln!(out, "# The file is UTF-16; it is shown as UTF-8.")?;
        let (before, after) = (decoded.text().as_bytes(), decoded_after.text().as_bytes());
        return Ok(hunks(a, &b, before, after, out)?);
    }
    Ok(hunks(a, &b, bytes, &after, out)?)
}

/// Writes the two names and what differs below them; nothing when nothing does.
fn hunks(a: &str, b: &str, before: &[u8], after: &[u8], out: &mut dyn Write) -> io::Result<()> {
    let (before, after) = (lines(before), lines(after));
    let changes = capture_diff_slices(Algorithm::Myers, &before, &after);
    if before != after {
        writeln!(out, "--- {a}\n+++ {b}")?;
    }
    for hunk in group_diff_ops(changes, CONTEXT) {
        writeln!(out, "{}", UnifiedHunkHeader::new(&hunk))?;
        for line in hunk.iter().flat_map(|op| op.iter_changes(&before, &after)) {
            out.write_all(match line.tag() {
                ChangeTag::Equal => b" ",
                ChangeTag::Delete => b"-",
                ChangeTag::Insert => b"+",
            })?;
            out.write_all(line.value())?;
            if !line.value().ends_with(b"\n") {
                out.write_all(b"\n\\ No newline at end of file\n")?;
            }
        }
    }
    Ok(())
}

/// Lines with their ends.
fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

/// A path of a report as git writes it: in quotes when it holds what would end the line or the quotes, or
/// what is not UTF-8.
fn quoted(path: &str) -> String {
    use std::fmt::Write as _;
    let bytes = bytes_of_name(path);
    let plain = |c: char| !c.is_control() && !matches!(c, '"' | '\\');
    if let Ok(text) = std::str::from_utf8(&bytes)
        && text.chars().all(plain)
    {
        return text.to_owned();
    }
    let mut text = String::from("\"");
    for byte in &*bytes {
        match byte {
            b'"' | b'\\' => {
                text.push('\\');
                text.push(char::from(*byte));
            }
            0x20..=0x7e => text.push(char::from(*byte)),
            _ => {
                let _ = write!(text, "\\{byte:03o}");
            }
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::ops::Range;
    use std::process::{Command, Stdio};

    use proptest::prelude::*;

    use super::*;
    use crate::edit::Edit;

    fn diff(before: &str, edits: &[(Range<usize>, &str)]) -> String {
        let edits = edits
            .iter()
            .map(|(span, new)| Edit {
                old: before.as_bytes()[span.clone()].to_vec(),
                span: span.clone(),
                new: new.as_bytes().to_vec(),
            })
            .collect();
        let change = Change::new("f".into(), "f".to_owned(), before.as_bytes(), edits);
        let mut out = Vec::new();
        unified(&change, before.as_bytes(), "f", DiffReader::Git, &mut out)
            .expect("the file is as it was");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn lines_that_change_are_shown_with_lines_around() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let text = diff(before, &[(8..9, "five")]);
        assert_eq!(
            text,
            "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
        );
        let text = diff(before, &[(0..2, ""), (16..17, "x\ny")]);
        assert!(
            text.contains("@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -6,4 +5,5 @@\n"),
            "{text}"
        );
    }

    #[test]
    fn a_missing_line_break_at_the_end_is_told() {
        let text = diff("a\nb", &[(2..3, "c")]);
        let none = "\\ No newline at end of file";
        assert!(
            text.ends_with(&format!("-b\n{none}\n+c\n{none}\n")),
            "{text}"
        );
    }

    #[test]
    fn a_deletion_from_the_middle_of_a_line_takes_the_next_line_with_it() {
        let text = diff("a,\nb\nc\n", &[(1..4, "")]);
        assert!(text.contains("-a,\n-b\n+a\n c\n"), "{text}");
    }

    #[test]
    fn paths_are_quoted_as_git_does() {
        assert_eq!(quoted("a b/ü.yml"), "a b/ü.yml");
        assert_eq!(quoted("a\"\n"), "\"a\\\"\\012\"");
    }

    /// The change of a whole file, with its diff.
    fn whole(before: &[u8], after: &[u8], made: bool) -> Vec<u8> {
        let edit = Edit {
            span: 0..before.len(),
            old: before.to_vec(),
            new: after.to_vec(),
        };
        let mut change = Change::new("f".into(), "f".to_owned(), before, vec![edit]);
        change.made = made;
        let mut out = Vec::new();
        unified(&change, before, "f", DiffReader::Git, &mut out).expect("the file is as it was");
        out
    }

    #[test]
    fn a_file_that_was_empty_or_not_there_has_only_new_lines() {
        assert_eq!(
            String::from_utf8(whole(b"", b"a\nb", true)).expect("text"),
            "diff --git a/f b/f\nnew file mode 100644\n--- /dev/null\n+++ b/f\n\
             @@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n"
        );
        let text = whole(b"", b"a\n", false);
        assert!(
            text.ends_with(b"--- a/f\n+++ b/f\n@@ -0,0 +1 @@\n+a\n"),
            "{text:?}"
        );
    }

    /// Has git apply a diff to a file, or make the file.
    fn applied(before: &[u8], made: bool, diff: &[u8]) -> Vec<u8> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("f");
        if !made {
            fs::write(&file, before).expect("written");
        }
        let mut git = Command::new("git")
            .args(["-c", "core.autocrlf=false", "apply", "--whitespace=nowarn"])
            .current_dir(folder.path())
            .env("GIT_CEILING_DIRECTORIES", folder.path())
            .env("GIT_CONFIG_GLOBAL", folder.path().join("none"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("git");
        git.stdin
            .take()
            .expect("a pipe")
            .write_all(diff)
            .expect("written");
        let done = git.wait_with_output().expect("git");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(
            done.status.success(),
            "{said}\n{}",
            String::from_utf8_lossy(diff)
        );
        fs::read(file).expect("a file")
    }

    /// Few different lines, so that some of both files are equal, with every kind of end.
    fn contents() -> impl Strategy<Value = Vec<u8>> {
        let line = prop::sample::select(vec![
            &b""[..],
            b"a",
            b"b",
            b"c\rd",
            b"\xfe\x80\xff",
            b"\\ No",
            b"-- x",
            b"+",
            b"@@ -1 +1 @@",
        ]);
        let end = prop::sample::select(vec![&b"\n"[..], b"\n", b"\r\n", b"\r"]);
        let lines = prop::collection::vec((line, end), 0..24);
        (lines, any::<bool>()).prop_map(|(lines, ended)| {
            let mut text: Vec<u8> = lines
                .iter()
                .flat_map(|(l, e)| [*l, *e])
                .flatten()
                .copied()
                .collect();
            if !ended {
                text.pop();
            }
            text
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn git_applies_what_is_printed(before in contents(), after in contents(), made: bool) {
            let before = if made { Vec::new() } else { before };
            // git refuses a patch that changes nothing; a new file without content has no hunks.
            prop_assume!(before != after);
            let diff = whole(&before, &after, made);
            prop_assert_eq!(applied(&before, made, &diff), after);
        }
    }

    #[test]
    fn git_applies_changes_of_utf_16() {
        for (before, after) in [("a", "b"), ("one\r\ntwo\r\n", "one\r\n"), ("x", "")] {
            for big in [false, true] {
                let wide = |text: &str| -> Vec<u8> {
                    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
                    let bytes = |unit: u16| {
                        if big {
                            unit.to_be_bytes()
                        } else {
                            unit.to_le_bytes()
                        }
                    };
                    units.flat_map(bytes).collect()
                };
                let (before, after) = (wide(before), wide(after));
                let diff = whole(&before, &after, false);
                assert!(memchr::memmem::find(&diff, b"GIT binary patch").is_some());
                assert_eq!(applied(&before, false, &diff), after);
            }
        }
        // More than a line of each length.
        for length in 1..200_u16 {
            let wide = |start: u16| -> Vec<u8> {
                let units =
                    (0..length).map(|n| start.wrapping_add(n.wrapping_mul(7919)) % 0x8000 + 0x20);
                let bytes = units.flat_map(u16::to_le_bytes);
                [0xff, 0xfe].into_iter().chain(bytes).collect()
            };
            let (before, after) = (wide(1), wide(3));
            if length % 20 == 1 {
                let diff = whole(&before, &after, false);
                assert_eq!(applied(&before, false, &diff), after);
            }
        }
    }

    #[test]
    fn git_applies_the_smallest_files() {
        for (before, after) in [
            (&b""[..], &b"x"[..]),
            (b"", b"\n"),
            (b"x", b""),
            (b"x", b"y"),
            (b"x", b"x\n"),
            (b"x\n", b"x"),
            (b"x\r\n", b"x\n"),
            (b"a\rb", b"a\rc"),
            (b"\xff", b"\xfe"),
        ] {
            let diff = whole(before, after, false);
            assert_eq!(applied(before, false, &diff), after, "{before:?}");
        }
        let diff = whole(b"", b"", true);
        assert_eq!(applied(b"", true, &diff), b"");
    }
}
