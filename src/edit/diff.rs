//! A change as a unified diff. The edits are known, so nothing has to be compared.

use std::io::{self, Write};
use std::ops::Range;

use super::{Change, Edit, apply, digest};
use crate::text::{Decoded, Encoding};

/// Lines around a change that are shown.
const CONTEXT: usize = 3;

/// Why there is no diff.
#[derive(Debug, thiserror::Error)]
pub enum DiffError {
    /// The file is not what the change was made for.
    #[error("it changed since it was read")]
    Changed,
    /// The diff cannot be written.
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// Writes a change of a file that holds `bytes`, in the form that `git apply` and `patch` take.
///
/// UTF-16 is shown as UTF-8, with a line that says so: a patch of it cannot be applied.
///
/// # Errors
/// When `bytes` is not what the change was made for, or the writer gives an error.
pub fn unified(change: &Change, bytes: &[u8], out: &mut dyn Write) -> Result<(), DiffError> {
    if digest(bytes) != change.before {
        return Err(DiffError::Changed);
    }
    let encoding = Encoding::detect(bytes, true);
    let path = quoted(&change.relative);
    let (a, b) = match path.strip_prefix('"') {
        Some(rest) => (format!("\"a/{rest}"), format!("\"b/{rest}")),
        None => (format!("a/{path}"), format!("b/{path}")),
    };
    writeln!(out, "diff --git {a} {b}")?;
    if encoding.unit() == 2
        && let Some(decoded) = Decoded::new(bytes, encoding)
    {
        writeln!(out, "# The file is UTF-16; it is shown as UTF-8.")?;
        let edits: Vec<Edit> = change
            .edits
            .iter()
            .map(|edit| Edit {
                span: decoded.range(edit.span.clone()),
                old: encoding.decode(&edit.old).into_owned().into_bytes(),
                new: encoding.decode(&edit.new).into_owned().into_bytes(),
            })
            .collect();
        writeln!(out, "--- {a}\n+++ {b}")?;
        return Ok(hunks(decoded.text().as_bytes(), &edits, out)?);
    }
    writeln!(out, "--- {a}\n+++ {b}")?;
    Ok(hunks(bytes, &change.edits, out)?)
}

/// Lines that change together.
struct Hunk {
    /// The lines, from 0, that the edits touch.
    lines: Vec<(Range<usize>, Range<usize>)>,
}

fn hunks(bytes: &[u8], edits: &[Edit], out: &mut dyn Write) -> io::Result<()> {
    // The start of each line, and the end of the last one.
    let mut starts: Vec<usize> = vec![0];
    starts.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1));
    if starts.last() != Some(&bytes.len()) {
        starts.push(bytes.len());
    }
    let count = starts.len() - 1;
    let line_of = |at: usize| starts.partition_point(|start| *start <= at).max(1) - 1;
    // Blocks of lines with the edits in them.
    let mut blocks: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (number, edit) in edits.iter().enumerate() {
        let first = line_of(edit.span.start).min(count.saturating_sub(1));
        let begins_line = starts[first] == edit.span.start;
        let mut end = line_of(edit.span.end);
        if !(begins_line
            && starts[end.min(count)] == edit.span.end
            && edit.span.end > edit.span.start)
        {
            end += 1;
        }
        let end = end.clamp(first + 1, count.max(first + 1));
        match blocks.last_mut() {
            Some((lines, edits)) if first < lines.end => {
                lines.end = lines.end.max(end);
                edits.end = number + 1;
            }
            _ => blocks.push((first..end, number..number + 1)),
        }
    }
    let mut hunks: Vec<Hunk> = Vec::new();
    for block in blocks {
        match hunks.last_mut() {
            Some(hunk)
                if hunk
                    .lines
                    .last()
                    .is_some_and(|(l, _)| block.0.start <= l.end + 2 * CONTEXT) =>
            {
                hunk.lines.push(block);
            }
            _ => hunks.push(Hunk { lines: vec![block] }),
        }
    }
    let text = |lines: Range<usize>| &bytes[starts[lines.start]..starts[lines.end.min(count)]];
    let mut shift = 0_isize;
    for hunk in hunks {
        let first = hunk.lines[0].0.start.saturating_sub(CONTEXT);
        let last = hunk.lines.last().map_or(0, |(lines, _)| lines.end);
        let end = (last + CONTEXT).min(count);
        let mut body = Vec::new();
        let mut at = first;
        let mut new_lines = 0;
        for (lines, in_block) in &hunk.lines {
            new_lines += print(&mut body, b' ', text(at..lines.start));
            print(&mut body, b'-', text(lines.clone()));
            let origin = starts[lines.start];
            let inside: Vec<Edit> = edits[in_block.clone()]
                .iter()
                .map(|edit| Edit {
                    span: edit.span.start - origin..edit.span.end - origin,
                    ..edit.clone()
                })
                .collect();
            new_lines += print(&mut body, b'+', &apply(text(lines.clone()), &inside));
            at = lines.end;
        }
        new_lines += print(&mut body, b' ', text(at..end));
        let old_lines = end - first;
        let begin = |first: usize, lines: usize| if lines == 0 { first } else { first + 1 };
        writeln!(
            out,
            "@@ -{},{old_lines} +{},{new_lines} @@",
            begin(first, old_lines),
            begin(first.saturating_add_signed(shift), new_lines),
        )?;
        out.write_all(&body)?;
        shift += new_lines.cast_signed() - old_lines.cast_signed();
    }
    Ok(())
}

/// Adds lines behind a sign and gives their number.
fn print(body: &mut Vec<u8>, sign: u8, text: &[u8]) -> usize {
    let mut count = 0;
    for line in text.split_inclusive(|b| *b == b'\n') {
        body.push(sign);
        body.extend_from_slice(line);
        if !line.ends_with(b"\n") {
            body.extend_from_slice(b"\n\\ No newline at end of file\n");
        }
        count += 1;
    }
    count
}

/// A path as git writes it: in quotes when it holds what would end the line or the quotes.
fn quoted(path: &str) -> String {
    use std::fmt::Write as _;
    if !path
        .chars()
        .any(|c| c.is_control() || matches!(c, '"' | '\\'))
    {
        return path.to_owned();
    }
    let mut text = String::from("\"");
    for byte in path.bytes() {
        match byte {
            b'"' | b'\\' => {
                text.push('\\');
                text.push(char::from(byte));
            }
            0x20..=0x7e => text.push(char::from(byte)),
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
    use super::*;

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
        unified(&change, before.as_bytes(), &mut out).expect("the file is as it was");
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
}
