//! Reading a file through a window of bounded size.

use std::cell::OnceCell;
use std::io::{self, Read};

use super::anchor::WordsInText;
use super::closed::{closed, has_encrypted_part};
use super::pass::Pass;
use super::prefilter::HitKind;
use super::token::PlainRun;
use super::{Detector, Found, Scratch};
use crate::archive;
use crate::facts::SkipReason;
use crate::syntax::format_by_name;
use crate::text::{Cursor, Encoding};

/// Bytes of a file that are in memory at once.
pub(super) const WINDOW: usize = 1024 * 1024;
/// Bytes kept of the window before, so that no name is cut in two.
const MARGIN: usize = 32 * 1024;

/// Reads a file and finds its references.
pub(super) fn read<'c>(
    detector: &Detector<'c>,
    reader: &mut dyn Read,
    path: &str,
    scratch: &mut Scratch,
) -> io::Result<Found<'c>> {
    let mut window = std::mem::take(&mut scratch.window);
    if window.len() != WINDOW {
        // Memory that the system has zeroed already, of which small files never touch the most.
        window = vec![0; WINDOW];
    }
    let result = windows(detector, reader, path, scratch, &mut window);
    scratch.window = window;
    result
}

fn windows<'c>(
    detector: &Detector<'c>,
    reader: &mut dyn Read,
    path: &str,
    scratch: &mut Scratch,
    window: &mut [u8],
) -> io::Result<Found<'c>> {
    let mut found = Found::default();
    let mut length = 0;
    // Told from the first window, and only when something asks.
    let encoding = OnceCell::new();
    let mut cursor: Option<Cursor> = None;
    let mut base = 0;
    // Anchors before this offset in the window were handled in the window before.
    let mut from = 0;
    loop {
        let whole = fill(reader, window, &mut length)?;
        let text = &window[..length];
        if base == 0 {
            found.unsupported_encoding = is_utf32(text);
            found.lfs_pointer = whole && is_lfs_pointer(text);
            found.closed = closed(text);
            found.archive = archive::format_from_head(text).is_some()
                || archive::is_unread_format(text)
                || archive::is_unread_name(path, text);
        }
        let mut hits = std::mem::take(&mut scratch.hits);
        let has_nul = detector.prefilter.hits(text, &mut hits);
        if hits.iter().any(|hit| hit.kind == HitKind::Encrypted) && has_encrypted_part(text) {
            found.closed.get_or_insert(SkipReason::Encrypted);
        }
        let until = if whole { length } else { length - MARGIN };
        if hits.iter().any(|h| (from..until).contains(&h.at)) {
            let mut pass = Pass {
                detector,
                text,
                format: format_by_name(path),
                whole,
                base,
                encoding: &encoding,
                cursor: &mut cursor,
                done: from,
                comments: None,
                words: WordsInText::default(),
                run: PlainRun::default(),
                quiet: &mut scratch.quiet,
                excerpts: detector.excerpts,
                broken: OnceCell::new(),
            };
            for hit in hits.iter().filter(|h| (from..until).contains(&h.at)) {
                if !pass.enter_hit(*hit, &mut found) {
                    break;
                }
            }
            from = pass.done.max(until);
        }
        scratch.hits = hits;
        if whole {
            // The end of a zip file has some.
            found.archive |= has_nul && archive::end_as_zip(text, base == 0);
            found.bytes = base + length as u64;
            return Ok(found);
        }
        let drop = until - MARGIN;
        let encoding = *encoding.get_or_init(|| Encoding::detect(text, whole));
        let cursor =
            cursor.get_or_insert_with(|| Cursor::new(encoding, encoding.mark_length(text)));
        cursor.go_to(drop, text, base);
        window.copy_within(drop..length, 0);
        length -= drop;
        base += drop as u64;
        from = from.saturating_sub(drop);
    }
}

/// The byte order marks of UTF-32, in which no anchor is found.
fn is_utf32(head: &[u8]) -> bool {
    matches!(head, [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..])
}

/// Says whether a file is a pointer of Git LFS, in today's or its first form.
fn is_lfs_pointer(text: &[u8]) -> bool {
    /// The specification allows no larger ones.
    const MOST: usize = 1024;
    const BEGINNINGS: [&[u8]; 2] = [
        b"version https://git-lfs.github.com/spec/",
        b"version https://hawser.github.com/spec/",
    ];
    text.len() < MOST && BEGINNINGS.iter().any(|head| text.starts_with(head))
}

/// Reads until the window is full or the file ends; says whether it ended.
fn fill(reader: &mut dyn Read, window: &mut [u8], length: &mut usize) -> io::Result<bool> {
    while *length < window.len() {
        match reader.read(&mut window[*length..]) {
            Ok(0) => return Ok(true),
            Ok(read) => *length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}
