//! Reading a file through a window of bounded size, and describing the place of what is found.

use std::cell::OnceCell;
use std::io::{self, Read};
use std::ops::Range;

use super::prefilter::HitKind;
use super::quiet::QuietNames;
use super::token::Break;
use super::wide::Narrowed;
use super::{
    Context, Detector, Found, MOST_REFERENCES, Raw, Reference, Scratch, Search, Words, excerpt,
    hosts,
};
use crate::catalogue::{IdentifierUris, ReferenceKind};
use crate::syntax::{Comments, FileKind, nearest_key};
use crate::text::{Cursor, Encoding};

/// Bytes of a file that are in memory at once.
const WINDOW: usize = 1024 * 1024;
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
    window.resize(WINDOW, 0);
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
    // Anchors before this offset in the window were dealt with in the window before.
    let mut from = 0;
    loop {
        let whole = fill(reader, window, &mut length)?;
        let text = &window[..length];
        if base == 0 && is_utf32(text) {
            found.unsupported_encoding = true;
        }
        let mut hits = std::mem::take(&mut scratch.hits);
        detector.prefilter.hits(text, &mut scratch.lower, &mut hits);
        let until = if whole { length } else { length - MARGIN };
        if hits.iter().any(|h| (from..until).contains(&h.at)) {
            let mut view = View {
                detector,
                text,
                path,
                whole,
                base,
                encoding: &encoding,
                cursor: &mut cursor,
                done: from,
                comments: None,
                words: Words::default(),
                quiet: &mut scratch.quiet,
            };
            for hit in hits.iter().filter(|h| (from..until).contains(&h.at)) {
                let wide = match hit.kind {
                    HitKind::Plain => false,
                    HitKind::Wide => true,
                    HitKind::Marker(_) => continue,
                };
                let Some(reference) = view.reference(hit.at, wide) else {
                    continue;
                };
                if found.references.len() == MOST_REFERENCES {
                    found.cut_off = true;
                    break;
                }
                found.references.push(reference);
            }
            from = view.done.max(until);
        }
        scratch.hits = hits;
        if whole {
            found.bytes = base + length as u64;
            return Ok(found);
        }
        let drop = until - MARGIN;
        let encoding = *encoding.get_or_init(|| Encoding::detect(text, whole));
        let cursor =
            cursor.get_or_insert_with(|| Cursor::new(encoding, encoding.mark_length(text)));
        let counted = usize::try_from(cursor.byte() - base).unwrap_or(0);
        if counted < drop {
            cursor.advance(&text[counted..drop]);
        }
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

/// A window with the state that carries over from one reference to the next.
struct View<'v, 'c> {
    detector: &'v Detector<'c>,
    text: &'v [u8],
    path: &'v str,
    whole: bool,
    base: u64,
    encoding: &'v OnceCell<Encoding>,
    cursor: &'v mut Option<Cursor>,
    done: usize,
    comments: Option<Comments<'v>>,
    words: Words,
    quiet: &'v mut QuietNames,
}

impl<'c> View<'_, 'c> {
    fn encoding(&self) -> Encoding {
        *self
            .encoding
            .get_or_init(|| Encoding::detect(self.text, self.whole))
    }

    fn reference(&mut self, anchor: usize, wide: bool) -> Option<Reference<'c>> {
        if anchor < self.done {
            return None;
        }
        if wide {
            let encoding = self.encoding();
            let binary = encoding.unit() == 1;
            let narrowed = Narrowed::around(self.text, anchor);
            let mut done = 0;
            let raw = self.detector.raw(
                &narrowed.text,
                narrowed.anchor,
                hosts::Setting {
                    binary: &|| binary,
                    breaks: line_breaks(self.path),
                    breaks_are_sure: &|| surely_broken(self.path, &[]),
                },
                &|span| surroundings(&narrowed.text, span),
                &mut Search {
                    done: &mut done,
                    words: &mut Words::default(),
                    quiet: self.quiet,
                },
            );
            let after = narrowed.bytes(0..done.max(1), self.text, encoding);
            self.done = self.done.max(after.end);
            let raw = raw?;
            let context = self.context(&raw, &narrowed.text, true, binary, 0);
            let span = narrowed.bytes(raw.span.clone(), self.text, encoding);
            return Some(self.describe(raw, span, context));
        }
        let (mut done, text, path) = (self.done, self.text, self.path);
        let (whole, encoding) = (self.whole, self.encoding);
        let binary = || *encoding.get_or_init(|| Encoding::detect(text, whole)) == Encoding::Binary;
        let raw = self.detector.raw(
            text,
            anchor,
            hosts::Setting {
                binary: &binary,
                breaks: line_breaks(path),
                breaks_are_sure: &|| surely_broken(path, text),
            },
            &|span| surroundings(text, span),
            &mut Search {
                done: &mut done,
                words: &mut self.words,
                quiet: self.quiet,
            },
        );
        self.done = self.done.max(done);
        let raw = raw?;
        let span = raw.span.clone();
        let context = self.context(&raw, text, false, binary(), span.start);
        Some(self.describe(raw, span, context))
    }

    fn describe(&mut self, raw: Raw<'c>, span: Range<usize>, context: Context) -> Reference<'c> {
        let mut encoding = self.encoding();
        let cursor = self
            .cursor
            .get_or_insert_with(|| Cursor::new(encoding, encoding.mark_length(self.text)));
        let counted = usize::try_from(cursor.byte() - self.base).unwrap_or(0);
        if counted < span.start {
            cursor.advance(&self.text[counted..span.start]);
        }
        let start = cursor.position();
        let mut after = *cursor;
        after.advance(&self.text[span.clone()]);
        if context == Context::Binary {
            encoding = Encoding::Binary;
        }
        // A stretch of even length, so that the units of UTF-16 stay whole.
        let from = span.start.saturating_sub(EXCERPT) & !1;
        let stretch = &self.text[from..self.text.len().min(span.end + EXCERPT)];
        let matched = encoding.decode(&self.text[span.clone()]);
        Reference {
            matched: matched.into_owned(),
            start,
            end: after.position(),
            excerpt: self.detector.excerpts.then(|| {
                let within = span.start - from..span.end - from;
                excerpt::cut(stretch, within, encoding, start.line)
            }),
            endpoint: raw.endpoint,
            kind: raw.kind,
            name: raw.name,
            context,
        }
    }

    /// `text` is the window, or for UTF-16 the narrowed stretch around the reference.
    fn context(
        &mut self,
        raw: &Raw<'c>,
        text: &[u8],
        wide: bool,
        binary: bool,
        offset: usize,
    ) -> Context {
        if binary {
            return Context::Binary;
        }
        if raw.kind == ReferenceKind::Host
            && is_identifier(&raw.endpoint.pack.rows.identifier_uris, text, &raw.span)
        {
            return Context::Identifier;
        }
        let kind = FileKind::of(self.path);
        if kind.prose {
            return Context::Prose;
        }
        let comment = if wide {
            let line = Encoding::Utf8.line_around(text, raw.span.start);
            let at = raw.span.start - line.start;
            Comments::new(&text[line], kind.comments).covers(at)
        } else {
            let text = self.text;
            self.comments
                .get_or_insert_with(|| Comments::new(text, kind.comments))
                .covers(offset)
        };
        if comment {
            Context::Comment
        } else {
            Context::Value
        }
    }
}

/// The line breaks with which a format cuts long words.
fn line_breaks(path: &str) -> Break {
    if has_extension(path, &["ldif", "ldf", "ics", "vcf"]) {
        Break::Fold
    } else {
        Break::Equals
    }
}

/// Whether a file has such line breaks for certain: a name in it is what it is without them.
fn surely_broken(path: &str, text: &[u8]) -> bool {
    line_breaks(path) == Break::Fold
        || has_extension(path, &["eml", "mht", "mhtml"])
        || memchr::memmem::find(&text.to_ascii_lowercase(), b"quoted-printable").is_some()
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, e)| extensions.iter().any(|x| e.eq_ignore_ascii_case(x)))
}

/// The path behind a host name and the text before it on its line.
fn surroundings(text: &[u8], span: Range<usize>) -> (String, String) {
    (path_after(text, span.end), before(text, span.start))
}

/// Bytes on each side of a reference from which its excerpt is cut.
const EXCERPT: usize = 4096;
/// Bytes of a line looked at before a name.
const BEFORE: usize = 400;

fn before(text: &[u8], start: usize) -> String {
    let from = start.saturating_sub(BEFORE);
    let stretch = &text[from..start];
    let line = memchr::memrchr(b'\n', stretch).map_or(0, |at| at + 1);
    String::from_utf8_lossy(&stretch[line..]).into_owned()
}

/// The path of a URL whose host ends at `end`, without its query. Escaped slashes are read.
fn path_after(text: &[u8], end: usize) -> String {
    let rest = &text[end..text.len().min(end + BEFORE)];
    let rest = String::from_utf8_lossy(rest).replace("\\/", "/");
    let rest = rest
        .replace("%2F", "/")
        .replace("%2f", "/")
        .replace("%3A", ":");
    let rest = rest.strip_prefix(':').map_or(rest.as_str(), |port| {
        port.trim_start_matches(|c: char| c.is_ascii_digit())
    });
    if !rest.starts_with('/') {
        return String::new();
    }
    let end = rest
        .find(|c: char| c.is_whitespace() || c.is_control() || "\"'`<>?#,;)]}|\\".contains(c))
        .unwrap_or(rest.len());
    rest[..end].to_owned()
}

/// Whether the URL around a host is a name and not an address.
fn is_identifier(uris: &IdentifierUris, text: &[u8], span: &Range<usize>) -> bool {
    let path = path_after(text, span.end);
    let by_path = path
        .split('/')
        .any(|segment| uris.path_segments.iter().any(|s| s == segment));
    by_path
        || nearest_key(&before(text, span.start)).is_some_and(|key| {
            let last = key.rsplit('.').next().unwrap_or(key);
            uris.keys.iter().any(|k| k.eq_ignore_ascii_case(last))
        })
}
