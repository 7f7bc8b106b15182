//! Zip files, read by their central directory as every unpacker does.

use super::archive_walk::{ArchiveWalk, OpenArchive, SeekableReader, buffered};
use super::meter::{Claim, Meter};
use super::{GapReason, member_name};
use flate2::bufread::DeflateDecoder;
use rawzip::{
    CompressionMethod, MAX_CENTRAL_DIRECTORY_RECORD_SIZE, RangeReader, ReaderAt, ZipArchive,
    ZipFileHeaderRecord, ZipLocator,
};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, SeekFrom};

/// Reads all members of a zip file.
pub(super) fn read(
    walk: &mut ArchiveWalk<'_>,
    reader: &mut dyn SeekableReader,
    place: OpenArchive<'_>,
) -> Result<(), GapReason> {
    let length = reader.seek(SeekFrom::End(0)).map_err(|e| damaged(&e))?;
    let mut buffer = vec![0; MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
    let archive = ZipLocator::new()
        .locate_in_reader(Positioned(RefCell::new(reader)), &mut buffer, length)
        .map_err(|(_, error)| damaged(&error))?;
    let mut ranges = Ranges {
        length,
        taken: BTreeMap::new(),
    };
    let mut seen = 0;
    let mut first = u64::MAX;
    let mut entries = archive.entries(&mut buffer);
    while let Some(entry) = entries.next_entry().map_err(|e| damaged(&e))? {
        seen += 1;
        first = first.min(entry.local_header_offset());
        walk.budget.member()?;
        // Links are not followed, and a folder has nothing to read.
        if entry.mode().is_symlink() || (entry.is_dir() && entry.uncompressed_size_hint() == 0) {
            continue;
        }
        let path = place.member(&member_name::shown(entry.file_path().as_bytes()));
        if let Err(reason) = member(walk, &archive, &entry, &path, place.depth, &mut ranges) {
            walk.gap(&path, reason);
        }
    }
    // The number wraps around in the older format, so more members than it says are allowed.
    let promised = archive.entries_hint();
    if seen < promised {
        return Err(GapReason::Damaged(format!(
            "its directory lists {seen} members where {promised} were declared"
        )));
    }
    outside(&archive, first, length)
}

/// Tells whether there is more in the file than the archive that was found.
///
/// Of a zip file that was cut short, a zip file within it may be left as the last one, and be
/// taken for the whole.
fn outside(archive: &ZipArchive<Positioned<'_>>, first: u64, length: u64) -> Result<(), GapReason> {
    let file = archive.get_ref();
    let mut mark = [0; 4];
    let begins = file.read_at(&mut mark, 0).map_err(|e| damaged(&e))?;
    // A program in front is how self-extracting archives are made. Members in front are not.
    if first != 0 && mark.get(..begins) == Some(b"PK\x03\x04") {
        return Err(GapReason::Damaged(
            "data before its first member".to_owned(),
        ));
    }
    let end = archive.end_offset().min(length);
    let mut after = BufReader::new(RangeReader::new(file, end..length));
    loop {
        let bytes = after.fill_buf().map_err(|e| damaged(&e))?;
        if bytes.is_empty() {
            return Ok(());
        }
        if bytes.iter().any(|byte| *byte != 0) {
            return Err(GapReason::Damaged("data after its end".to_owned()));
        }
        let count = bytes.len();
        after.consume(count);
    }
}

fn member(
    walk: &mut ArchiveWalk<'_>,
    archive: &ZipArchive<Positioned<'_>>,
    entry: &ZipFileHeaderRecord<'_>,
    path: &str,
    depth: usize,
    ranges: &mut Ranges,
) -> Result<(), GapReason> {
    let flags = entry.flags();
    let method = entry.compression_method();
    if flags.is_encrypted() || flags.is_masked() || method == CompressionMethod::AES {
        return Err(GapReason::Encrypted);
    }
    if method != CompressionMethod::STORE && method != CompressionMethod::DEFLATE {
        return Err(GapReason::UnsupportedMethod(method.as_u16()));
    }
    let limits = walk.budget.limits;
    let size = entry.uncompressed_size_hint();
    if size > limits.member_bytes.max(limits.nested_bytes) {
        return Err(GapReason::MemberSize);
    }
    let found = archive
        .get_entry(entry.wayfinder())
        .map_err(|e| damaged(&e))?;
    let range = found.compressed_data_range();
    ranges.reserve(range)?;

    let eaten = Cell::new(0);
    let budget = walk.budget;
    let claim = Claim {
        size,
        crc: Some(entry.crc32()),
    };
    let mut packed = buffered(found.reader(), range.1.saturating_sub(range.0), &eaten);
    let mut inflated;
    let inner: &mut dyn io::Read = if method == CompressionMethod::STORE {
        &mut packed
    } else {
        inflated = DeflateDecoder::new(packed);
        &mut inflated
    };
    let meter = Meter::new(inner, budget)
        .charged()
        .against(&eaten)
        .claimed(claim);
    walk.member(path, depth, Some(size), meter);
    Ok(())
}

/// Which bytes of the file have been used.
///
/// A small file could else hold the same bytes under countless names, each larger than the last.
struct Ranges {
    length: u64,
    taken: BTreeMap<u64, u64>,
}

impl Ranges {
    fn reserve(&mut self, (start, end): (u64, u64)) -> Result<(), GapReason> {
        if end > self.length {
            return Err(GapReason::Damaged("it ends after the archive".to_owned()));
        }
        if start >= end {
            return Ok(());
        }
        // Those before it do not overlap one another, so that the last of them reaches furthest.
        let before = self.taken.range(..end).next_back();
        if before.is_some_and(|(_, taken)| *taken > start) {
            return Err(GapReason::Damaged(
                "it shares bytes with another member".to_owned(),
            ));
        }
        self.taken.insert(start, end);
        Ok(())
    }
}

/// Reads at any place of a reader that has only one position.
struct Positioned<'a>(RefCell<&'a mut dyn SeekableReader>);

impl ReaderAt for Positioned<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut reader = self.0.try_borrow_mut().map_err(io::Error::other)?;
        reader.seek(SeekFrom::Start(offset))?;
        loop {
            match reader.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                outcome => return outcome,
            }
        }
    }
}

fn damaged(error: &dyn std::error::Error) -> GapReason {
    GapReason::Damaged(error.to_string())
}
