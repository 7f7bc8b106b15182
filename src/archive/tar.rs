//! Tar files: POSIX and GNU, with their long names.

use super::archive_walk::{ArchiveWalk, OpenArchive};
use super::meter::{Claim, Meter, reason};
use super::{GapReason, member_name};
use std::io::{self, Read};

const BLOCK: usize = 512;
/// Far more than any name takes; a longer one is told as damage.
const LONGEST_EXTRA: u64 = 1 << 20;

/// Reads all members of a tar file, from its start to the end of the stream.
pub(super) fn read(
    walk: &mut ArchiveWalk<'_>,
    stream: &mut dyn Read,
    place: OpenArchive<'_>,
) -> Result<(), GapReason> {
    let mut next = Extra::default();
    let mut lost = false;
    let mut ended = false;
    while let Some(block) = block(stream)? {
        if block.iter().all(|byte| *byte == 0) {
            ended = true;
            continue;
        }
        let Some(header) = TarHeader::parse(&block, lost || ended) else {
            // One report, and then on to the next header that makes sense.
            if !lost {
                let what = if ended {
                    "data after its end"
                } else {
                    "a header is broken"
                };
                walk.gap(place.path, GapReason::Damaged(what.to_owned()));
            }
            lost = true;
            continue;
        };
        (lost, ended) = (false, false);
        walk.budget.member()?;
        let mut size = header.size;
        if matches!(header.flag, b'x' | b'L') {
            let mut body = Read::take(&mut *stream, size.min(LONGEST_EXTRA));
            let mut bytes = Vec::new();
            body.read_to_end(&mut bytes).map_err(|e| reason(&e))?;
            if header.flag == b'L' {
                let end = bytes.iter().position(|byte| *byte == 0);
                bytes.truncate(end.unwrap_or(bytes.len()));
                next.name = Some(bytes);
            } else {
                next.pax(&bytes);
            }
            if size > LONGEST_EXTRA {
                let what = "a name or its kind takes more room than is read".to_owned();
                walk.gap(place.path, GapReason::Damaged(what));
            }
            skip(stream, padded(size).saturating_sub(size.min(LONGEST_EXTRA)))?;
            continue;
        }
        if matches!(header.flag, b'g' | b'K') {
            skip(stream, padded(size))?;
            continue;
        }
        let extra = std::mem::take(&mut next);
        let raw = extra.name.unwrap_or(header.name);
        let folder = header.flag == b'5' || (header.flag == 0 && raw.ends_with(b"/"));
        if folder || matches!(header.flag, b'1'..=b'4' | b'6') {
            // Folders, links and devices have no content whatever size they declare.
            continue;
        }
        size = extra.size.unwrap_or(size);
        let mut body = Read::take(&mut *stream, size);
        let claim = Claim { size, crc: None };
        let meter = Meter::new(&mut body, walk.budget).claimed(claim);
        walk.member(
            &place.member(&member_name::shown(&raw)),
            place.depth,
            Some(size),
            meter,
        );
        let left = body.limit().saturating_add(padded(size) - size);
        walk.budget.check_total()?;
        skip(stream, left)?;
    }
    // Once lost, this has been told.
    if ended || lost {
        Ok(())
    } else {
        Err(GapReason::Damaged(
            "it ends without its end mark".to_owned(),
        ))
    }
}

/// What comes in front of a header and holds for it.
#[derive(Default)]
struct Extra {
    name: Option<Vec<u8>>,
    size: Option<u64>,
}

impl Extra {
    /// Records of the form `length key=value\n`.
    fn pax(&mut self, mut bytes: &[u8]) {
        while let Some(space) = bytes.iter().position(|byte| *byte == b' ') {
            let (number, _) = bytes.split_at(space);
            let Some(length) = decimal(number).and_then(|n| usize::try_from(n).ok()) else {
                return;
            };
            let Some(record) = bytes.get(space + 1..length) else {
                return;
            };
            let record = record.strip_suffix(b"\n").unwrap_or(record);
            if let Some(path) = record.strip_prefix(b"path=") {
                self.name = Some(path.to_vec());
            } else if let Some(size) = record.strip_prefix(b"size=") {
                self.size = decimal(size);
            }
            bytes = bytes.get(length..).unwrap_or_default();
        }
    }
}

struct TarHeader {
    flag: u8,
    size: u64,
    name: Vec<u8>,
}

impl TarHeader {
    /// Reads a header, which is one when its sum is right. In a `doubtful` place it has to bear the
    /// mark too.
    fn parse(block: &[u8; BLOCK], doubtful: bool) -> Option<Self> {
        let marked = block.get(257..262)? == b"ustar";
        if (doubtful && !marked) || !sum_is_right(block) {
            return None;
        }
        let mut name = text(block.get(..100)?).to_vec();
        // GNU has a blank after the mark, and other things where POSIX has the prefix.
        if marked && block.get(262) == Some(&0) {
            let prefix = text(block.get(345..500)?);
            if !prefix.is_empty() {
                name = [prefix, b"/", &name].concat();
            }
        }
        Some(Self {
            flag: *block.get(156)?,
            size: number(block.get(124..136)?)?,
            name,
        })
    }
}

/// Some old programs added up signed bytes, and no one can tell which.
fn sum_is_right(block: &[u8; BLOCK]) -> bool {
    let Some(stored) = block.get(148..156).and_then(number) else {
        return false;
    };
    let (mut unsigned, mut signed) = (0_u64, 0_i64);
    for (at, byte) in block.iter().enumerate() {
        // The sum itself is counted as blanks.
        let byte = if (148..156).contains(&at) {
            b' '
        } else {
            *byte
        };
        unsigned += u64::from(byte);
        signed += i64::from(byte.cast_signed());
    }
    stored == unsigned || i64::try_from(stored) == Ok(signed)
}

/// A number in octal digits, or in binary when the first bit is set.
fn number(field: &[u8]) -> Option<u64> {
    let (first, rest) = field.split_first()?;
    if first & 0x80 != 0 {
        return rest.iter().try_fold(u64::from(first & 0x7f), |sum, byte| {
            Some(sum.checked_mul(256)? + u64::from(*byte))
        });
    }
    let digits = text(field).trim_ascii();
    digits.iter().try_fold(0_u64, |sum, byte| {
        let digit = char::from(*byte).to_digit(8)?;
        sum.checked_mul(8)?.checked_add(u64::from(digit))
    })
}

fn decimal(digits: &[u8]) -> Option<u64> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// What comes before the first zero byte.
fn text(field: &[u8]) -> &[u8] {
    field.split(|byte| *byte == 0).next().unwrap_or_default()
}

fn padded(size: u64) -> u64 {
    size.checked_next_multiple_of(BLOCK as u64).unwrap_or(size)
}

/// The next block, or none at the end of the stream.
fn block(stream: &mut dyn Read) -> Result<Option<[u8; BLOCK]>, GapReason> {
    let mut bytes = Vec::with_capacity(BLOCK);
    Read::take(stream, BLOCK as u64)
        .read_to_end(&mut bytes)
        .map_err(|error| reason(&error))?;
    if bytes.is_empty() {
        return Ok(None);
    }
    match <[u8; BLOCK]>::try_from(bytes) {
        Ok(block) => Ok(Some(block)),
        // Some writers leave out the filling of the last block.
        Err(bytes) if bytes.iter().all(|byte| *byte == 0) => Ok(Some([0; BLOCK])),
        Err(_) => Err(GapReason::Damaged("it ends within a header".to_owned())),
    }
}

fn skip(stream: &mut dyn Read, count: u64) -> Result<(), GapReason> {
    io::copy(&mut Read::take(stream, count), &mut io::sink())
        .map(drop)
        .map_err(|error| reason(&error))
}
