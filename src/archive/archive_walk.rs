//! The way through an archive and the archives within it.

use super::meter::{Budget, Counted, Meter, reason};
use super::{
    ArchiveFormat, ArchiveMember, Event, Gap, GapReason, format_from_name_or_head, gzip, tar, zip,
};
use std::cell::Cell;
use std::io::{BufReader, Cursor, Read, Seek};

/// Reading one archive within another takes stack, so the depth ends somewhere whatever is set.
const DEEPEST: usize = 32;

/// A reader that can be read anywhere.
pub(super) trait SeekableReader: Read + Seek {}
impl<R: Read + Seek> SeekableReader for R {}

/// What an archive is read from.
pub(super) enum ArchiveInput<'a> {
    /// The outermost archive, or one in memory.
    Anywhere(&'a mut dyn SeekableReader),
    /// An archive that is being decompressed.
    Stream(&'a mut dyn Read),
}

/// An archive that is open.
#[derive(Clone, Copy)]
pub(super) struct OpenArchive<'a> {
    /// Its path.
    pub(super) path: &'a str,
    /// Which one it is, counted from the outermost, which is the first.
    pub(super) depth: usize,
}

impl OpenArchive<'_> {
    /// The path of a member by its name, which has been made fit.
    pub(super) fn member(&self, name: &str) -> String {
        format!("{}!/{name}", self.path)
    }
}

/// One reading of an outermost archive.
pub(super) struct ArchiveWalk<'a> {
    /// What may still be read.
    pub(super) budget: &'a Budget<'a>,
    visitor: &'a mut dyn FnMut(Event<'_>),
}

impl<'a> ArchiveWalk<'a> {
    pub(super) fn new(budget: &'a Budget<'a>, visitor: &'a mut dyn FnMut(Event<'_>)) -> Self {
        Self { budget, visitor }
    }

    /// Reads the archive that was asked for.
    pub(super) fn outermost(
        &mut self,
        format: ArchiveFormat,
        reader: &mut dyn SeekableReader,
        path: &str,
    ) {
        let outcome = match reader.rewind() {
            Ok(()) => self.archive(
                format,
                ArchiveInput::Anywhere(reader),
                OpenArchive { path, depth: 1 },
            ),
            Err(error) => Err(reason(&error)),
        };
        if let Err(reason) = outcome {
            self.gap(path, reason);
        }
    }

    /// Tells of something that was not read.
    pub(super) fn gap(&mut self, path: &str, reason: GapReason) {
        (self.visitor)(Event::Gap(Gap {
            path: path.to_owned(),
            reason,
        }));
    }

    /// Gives a member to the visitor, or opens it when it is an archive. Tells all of its gaps.
    pub(super) fn member(
        &mut self,
        path: &str,
        depth: usize,
        size: Option<u64>,
        mut meter: Meter<'_>,
    ) {
        let limits = self.budget.limits;
        let head = meter.peek();
        let least = size.unwrap_or(0).max(head.len() as u64);
        let outcome = match format_from_name_or_head(path, head) {
            Some(_) if depth >= limits.depth.min(DEEPEST) => Err(GapReason::Depth),
            Some(ArchiveFormat::Zip) if least > limits.nested_bytes => Err(GapReason::MemberSize),
            Some(format) => {
                if format == ArchiveFormat::Zip {
                    meter.set_limit(limits.nested_bytes);
                }
                let depth = depth + 1;
                self.archive(
                    format,
                    ArchiveInput::Stream(&mut meter),
                    OpenArchive { path, depth },
                )
            }
            None if least > limits.member_bytes => Err(GapReason::MemberSize),
            None => {
                meter.set_limit(limits.member_bytes);
                (self.visitor)(Event::Member(ArchiveMember {
                    path,
                    content: &mut meter,
                }));
                Ok(())
            }
        };
        // The meter knows first: what is above it may only see that there is no more.
        if let Some(reason) = meter.fault().or(outcome.err()) {
            self.gap(path, reason);
        }
    }

    /// Reads an archive. An error is what kept the rest of it from being read.
    fn archive(
        &mut self,
        format: ArchiveFormat,
        source: ArchiveInput<'_>,
        place: OpenArchive<'_>,
    ) -> Result<(), GapReason> {
        match (format, source) {
            (ArchiveFormat::Zip, ArchiveInput::Anywhere(reader)) => zip::read(self, reader, place),
            (ArchiveFormat::Zip, ArchiveInput::Stream(reader)) => {
                let mut bytes = Vec::new();
                reader.read_to_end(&mut bytes).map_err(|e| reason(&e))?;
                zip::read(self, &mut Cursor::new(bytes), place)
            }
            (ArchiveFormat::Gzip, ArchiveInput::Anywhere(reader)) => {
                gzip::read(self, reader, place)
            }
            (ArchiveFormat::Gzip, ArchiveInput::Stream(reader)) => gzip::read(self, reader, place),
            (ArchiveFormat::Tar, ArchiveInput::Stream(reader)) => tar::read(self, reader, place),
            (ArchiveFormat::Tar, ArchiveInput::Anywhere(reader)) => {
                // Nothing beneath this one counts what is read, as nothing is decompressed.
                let mut buffered = BufReader::new(reader);
                let mut meter = Meter::new(&mut buffered, self.budget).charged();
                tar::read(self, &mut meter, place)
            }
        }
    }
}

/// A buffer of a size that suits what is read through it.
///
/// It counts what is taken from the buffer, which is less than what was read into it.
pub(super) fn buffered<R: Read>(
    reader: R,
    size: u64,
    eaten: &Cell<u64>,
) -> Counted<'_, BufReader<R>> {
    const LARGEST: u64 = 32 << 10;
    let capacity = usize::try_from(size.clamp(64, LARGEST)).unwrap_or(64);
    Counted::new(BufReader::with_capacity(capacity, reader), eaten)
}
