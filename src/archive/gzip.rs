//! Gzip files: one file, which is often a tar.

use super::archive_walk::{ArchiveWalk, OpenArchive, buffered};
use super::meter::Meter;
use super::{ArchiveFormat, GapReason, format_from_head, member_name, tar};
use flate2::bufread::MultiGzDecoder;
use std::cell::Cell;
use std::io::Read;

/// Reads a gzip file, and through it when it holds a tar.
pub(super) fn read(
    walk: &mut ArchiveWalk<'_>,
    reader: &mut dyn Read,
    place: OpenArchive<'_>,
) -> Result<(), GapReason> {
    let eaten = Cell::new(0);
    // A gzip file may be several, one after the other, that make up one file.
    let mut decoder = MultiGzDecoder::new(buffered(reader, u64::MAX, &eaten));
    let mut meter = Meter::new(&mut decoder, walk.budget)
        .charged()
        .against(&eaten);
    if format_from_head(meter.peek()) == Some(ArchiveFormat::Tar) {
        let outcome = tar::read(walk, &mut meter, place);
        return meter.fault().map_or(outcome, Err);
    }
    walk.budget.member()?;
    let path = place.member(&member_name::unpacked(place.path));
    walk.member(&path, place.depth, None, meter);
    Ok(())
}
