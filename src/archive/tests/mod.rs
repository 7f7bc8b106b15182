//! Archives built in memory, sound ones and others, and what is read from them.

#![allow(clippy::unwrap_used)]

mod archive_formats;
mod damage;
mod limits;

use super::*;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

/// A member of a zip file, with all that it may lie about.
#[derive(Clone)]
struct ZipEntry {
    name: Vec<u8>,
    packed: Vec<u8>,
    size: u32,
    crc: u32,
    method: u16,
    flags: u16,
    mode: u32,
    /// Where the directory says that it is, when not where it was put.
    place: Option<u32>,
    packed_size: Option<u32>,
}

fn entry(name: &str, data: &[u8]) -> ZipEntry {
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(data).unwrap();
    ZipEntry {
        packed: deflate.finish().unwrap(),
        method: 8,
        ..stored(name, data)
    }
}

fn stored(name: &str, data: &[u8]) -> ZipEntry {
    let mut crc = flate2::Crc::new();
    crc.update(data);
    ZipEntry {
        name: name.as_bytes().to_vec(),
        packed: data.to_vec(),
        size: u32::try_from(data.len()).unwrap(),
        crc: crc.sum(),
        method: 0,
        flags: 0,
        mode: 0o100_644,
        place: None,
        packed_size: None,
    }
}

fn zip(entries: &[ZipEntry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    let u16s = |out: &mut Vec<u8>, values: &[u16]| {
        for value in values {
            out.extend(value.to_le_bytes());
        }
    };
    for entry in entries {
        let place = entry.place.unwrap_or(u32::try_from(bytes.len()).unwrap());
        let name_length = u16::try_from(entry.name.len()).unwrap();
        let packed_size = u32::try_from(entry.packed.len()).unwrap();
        let packed_size = entry.packed_size.unwrap_or(packed_size);
        let mut common = Vec::new();
        u16s(&mut common, &[20, entry.flags, entry.method, 0, 0]);
        for value in [entry.crc, packed_size, entry.size] {
            common.extend(value.to_le_bytes());
        }
        u16s(&mut common, &[name_length, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(&entry.name);
        bytes.extend(&entry.packed);
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(&common);
        u16s(&mut directory, &[0, 0, 0]);
        directory.extend((entry.mode << 16).to_le_bytes());
        directory.extend(place.to_le_bytes());
        directory.extend(&entry.name);
    }
    let start = u32::try_from(bytes.len()).unwrap();
    let count = u16::try_from(entries.len()).unwrap();
    let size = u32::try_from(directory.len()).unwrap();
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06");
    u16s(&mut bytes, &[0, 0, count, count]);
    bytes.extend(size.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    u16s(&mut bytes, &[0]);
    bytes
}

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn header(name: &[u8], flag: u8, size: &[u8], magic: &[u8], prefix: &[u8]) -> Vec<u8> {
    let mut block = vec![0; 512];
    let mut put = |at: usize, text: &[u8]| block[at..at + text.len()].copy_from_slice(text);
    put(0, name);
    put(100, b"0000644\0");
    put(124, size);
    put(148, b"        ");
    put(156, &[flag]);
    put(257, magic);
    put(345, prefix);
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

fn tar_member(name: &str, flag: u8, data: &[u8]) -> Vec<u8> {
    let size = format!("{:011o}\0", data.len());
    let mut bytes = header(name.as_bytes(), flag, size.as_bytes(), b"ustar\x0000", b"");
    bytes.extend(data);
    bytes.resize(bytes.len().next_multiple_of(512), 0);
    bytes
}

fn tar(members: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = members.concat();
    bytes.resize(bytes.len() + 1024, 0);
    bytes
}

fn files(members: &[(&str, &[u8])]) -> Vec<Vec<u8>> {
    members
        .iter()
        .map(|(name, data)| tar_member(name, b'0', data))
        .collect()
}

#[derive(Debug, Default, PartialEq)]
struct Seen {
    /// Path and text; a failure of reading is put after the text.
    members: Vec<(String, String)>,
    gaps: Vec<(String, GapReason)>,
}

fn look_with(bytes: &[u8], path: &str, limits: &Limits) -> Seen {
    let kind = format_from_name_or_head(path, bytes).expect("an archive");
    let mut seen = Seen::default();
    visit(
        Cursor::new(bytes),
        kind,
        path,
        limits,
        &mut |event| match event {
            Event::Member(member) => {
                let mut content = Vec::new();
                let failed = member.content.read_to_end(&mut content).err();
                let mut text = String::from_utf8_lossy(&content).into_owned();
                if let Some(error) = failed {
                    text.push_str(" | ");
                    text.push_str(&error.to_string());
                }
                seen.members.push((member.path.to_owned(), text));
            }
            Event::Gap(gap) => seen.gaps.push((gap.path, gap.reason)),
        },
    );
    seen
}

fn look(bytes: &[u8], path: &str) -> Seen {
    look_with(bytes, path, &Limits::default())
}

fn seen(members: &[(&str, &str)], gaps: &[(&str, GapReason)]) -> Seen {
    Seen {
        members: members
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect(),
        gaps: gaps
            .iter()
            .map(|(path, reason)| ((*path).to_owned(), reason.clone()))
            .collect(),
    }
}

fn damaged(text: &str) -> GapReason {
    GapReason::Damaged(text.to_owned())
}

/// Bytes that look random and are the same each time.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    })
    .take(length)
    .collect()
}
