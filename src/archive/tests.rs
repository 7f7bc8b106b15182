//! Archives built in memory, sound ones and others, and what is made of them.

#![allow(clippy::unwrap_used)]

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

#[test]
fn kinds_are_told_by_the_first_bytes() {
    let tar = tar(&files(&[("a", b"x")]));
    for (head, expected) in [
        (&zip(&[])[..], Some(ArchiveFormat::Zip)),
        (&zip(&[stored("a", b"x")]), Some(ArchiveFormat::Zip)),
        (&gzip(b"x"), Some(ArchiveFormat::Gzip)),
        (&tar, Some(ArchiveFormat::Tar)),
        (&tar[..HEAD], Some(ArchiveFormat::Tar)),
        (&tar[..HEAD - 1], None),
        (b"\x1f\x8b", None),
        (b"PK\x01\x02", None),
        (b"", None),
    ] {
        assert_eq!(format_from_head(head), expected);
    }
    assert_eq!(
        format_from_name_or_head("x/run.JAR", b"#!/bin/sh"),
        Some(ArchiveFormat::Zip)
    );
    assert_eq!(format_from_name_or_head("x/run.sh", b"#!/bin/sh"), None);
    assert_eq!(format_from_name_or_head("x/run.jar", b""), None);
}

#[test]
fn a_jar_within_a_war() {
    let jar = zip(&[
        stored("x.properties", b"a=example.org"),
        entry("META-INF/MANIFEST.MF", b"Main: x"),
    ]);
    let war = zip(&[
        ZipEntry {
            mode: 0o040_755,
            ..stored("WEB-INF/", b"")
        },
        entry("WEB-INF/lib/b.jar", &jar),
        entry("WEB-INF/web.xml", b"<web/>"),
        ZipEntry {
            mode: 0o120_777,
            ..stored("WEB-INF/link", b"/etc/passwd")
        },
    ]);
    let expected = seen(
        &[
            (
                "lib/a.war!/WEB-INF/lib/b.jar!/x.properties",
                "a=example.org",
            ),
            (
                "lib/a.war!/WEB-INF/lib/b.jar!/META-INF/MANIFEST.MF",
                "Main: x",
            ),
            ("lib/a.war!/WEB-INF/web.xml", "<web/>"),
        ],
        &[],
    );
    assert_eq!(look(&war, "lib/a.war"), expected);
}

#[test]
fn a_zip_with_something_in_front_or_behind() {
    let plain = zip(&[entry("a.txt", b"example.org"), entry("b.txt", b"b")]);
    let front = [b"#!/bin/sh\nexec java -jar $0\n", &plain[..]].concat();
    let padded = [&plain[..], &vec![0; 90_000]].concat();
    let behind = [&padded[..], b"\nsignature"].concat();
    let hidden = [b"PK\x03\x04 of another", &plain[..]].concat();
    let both = [("r.jar!/a.txt", "example.org"), ("r.jar!/b.txt", "b")];
    let after = damaged("data after its end");
    let before = damaged("data before its first member");
    assert_eq!(look(&front, "r.jar"), seen(&both, &[]));
    assert_eq!(look(&padded, "r.jar"), seen(&both, &[]));
    assert_eq!(look(&behind, "r.jar"), seen(&both, &[("r.jar", after)]));
    assert_eq!(look(&hidden, "r.jar"), seen(&both, &[("r.jar", before)]));
    let expected = both.map(|(path, text)| (format!("o.zip!/{path}"), text.to_owned()));
    let result = look(&zip(&[entry("r.jar", &front)]), "o.zip");
    assert_eq!(result.members, expected);
    assert_eq!(result.gaps, []);
}

#[test]
fn gzip_of_one_file_of_several_parts_and_of_nothing() {
    let parts = [gzip(b"one "), gzip(b"two")].concat();
    assert_eq!(
        look(&parts, "l/a.log.gz"),
        seen(&[("l/a.log.gz!/a.log", "one two")], &[])
    );
    assert_eq!(look(&gzip(b""), "a.gz"), seen(&[("a.gz!/a", "")], &[]));
    let mut broken = gzip(b"one two three");
    let crc = broken.len() - 8;
    broken[crc] ^= 1;
    let result = look(&broken, "a.gz");
    assert!(
        result.members[0].1.starts_with("one two three | "),
        "{result:?}"
    );
    assert_eq!(result.gaps.len(), 1);
    assert_eq!(result.gaps[0].0, "a.gz!/a");
}

#[test]
fn tar_in_gzip_and_what_is_within() {
    let inner = tar(&files(&[("deep.txt", b"example.org")]));
    let outer = tar(&[
        tar_member("d/", b'5', b""),
        tar_member("d/a.txt", b'0', b"first"),
        tar_member("d/old.log.gz", 0, &gzip(b"log")),
        tar_member("d/link", b'2', b""),
        tar_member("d/t.tgz", b'0', &gzip(&inner)),
        tar_member("d/app.zip", b'0', &zip(&[entry("z.txt", b"z")])),
        tar_member("d/long", b'0', &[b'x'; 1500]),
        tar_member("d/empty", b'0', b""),
        tar_member("d/last.txt", b'7', b"last"),
    ]);
    let long = "x".repeat(1500);
    for (bytes, path) in [(outer.clone(), "a.tar"), (gzip(&outer), "a.tar.gz")] {
        let expected = [
            ("d/a.txt", "first"),
            ("d/old.log.gz!/old.log", "log"),
            ("d/t.tgz!/deep.txt", "example.org"),
            ("d/app.zip!/z.txt", "z"),
            ("d/long", &long),
            ("d/empty", ""),
            ("d/last.txt", "last"),
        ]
        .map(|(name, text)| (format!("{path}!/{name}"), text.to_owned()));
        let result = look(&bytes, path);
        assert_eq!(result.members, expected);
        assert_eq!(result.gaps, []);
    }
}

#[test]
fn a_member_need_not_be_read() {
    let tar = tar(&files(&[
        ("a", &noise(1, 5000)),
        ("b", &noise(2, 700)),
        ("c", b"end"),
    ]));
    for bytes in [
        tar.clone(),
        gzip(&tar),
        zip(&[entry("a", b"1"), entry("b", b"2"), entry("c", b"3")]),
    ] {
        let kind = format_from_head(&bytes).unwrap();
        let mut names = Vec::new();
        visit(
            Cursor::new(&bytes),
            kind,
            "x",
            &Limits::default(),
            &mut |event| match event {
                Event::Member(member) => {
                    member.content.read_exact(&mut [0]).unwrap();
                    names.push(member.path.to_owned());
                }
                Event::Gap(gap) => panic!("{gap:?}"),
            },
        );
        assert_eq!(names, ["x!/a", "x!/b", "x!/c"]);
    }
}

#[test]
fn long_names_in_tar() {
    let long = format!("{}/name.yml", "folder".repeat(30));
    let pax_record = format!("path={long}\n");
    let length = pax_record.len() + 4;
    let pax = format!("{length} {pax_record}");
    let size = format!("20 size=0000000000{}\n", 5);
    assert_eq!(size.len(), 20);
    let members = [
        tar_member("././@LongLink", b'L', format!("{long}\0").as_bytes()),
        tar_member("cut", b'0', b"gnu"),
        tar_member("pax", b'x', pax.as_bytes()),
        tar_member("cut", b'0', b"pax"),
        tar_member("global", b'g', b"20 comment=whatever\n"),
        tar_member("././@LongLink", b'K', b"target\0"),
        header(b"name", b'0', b"00000000000\0", b"ustar\x0000", b"pre/fix"),
        tar_member("size", b'x', size.as_bytes()),
        {
            let mut lies = header(b"five", b'0', b"00000000000\0", b"ustar\x0000", b"");
            lies.extend(b"12345");
            lies.resize(1024, 0);
            lies
        },
        {
            let mut binary = header(
                b"gnu",
                b'0',
                b"\x80\0\0\0\0\0\0\0\0\0\0\x03",
                b"ustar  \0",
                b"no prefix",
            );
            binary.extend(b"abc");
            binary.resize(1024, 0);
            binary
        },
    ];
    let expected = [
        (long.as_str(), "gnu"),
        (&long, "pax"),
        ("pre/fix/name", ""),
        ("five", "12345"),
        ("gnu", "abc"),
    ]
    .map(|(name, text)| (format!("t!/{name}"), text.to_owned()));
    let result = look(&tar(&members), "t");
    assert_eq!(result.members, expected);
    assert_eq!(result.gaps, []);
}

#[test]
fn a_broken_tar_is_read_on_from_the_next_header() {
    let mut bytes = tar(&files(&[("a", b"one"), ("b", b"two"), ("c", b"three")]));
    bytes[1024 + 5] ^= 1;
    let expected = seen(
        &[("t!/a", "one"), ("t!/c", "three")],
        &[("t", damaged("a header is broken"))],
    );
    assert_eq!(look(&bytes, "t"), expected);

    let sound = tar(&files(&[("a", b"one")]));
    let unmarked = &sound[..1024];
    let expected = seen(
        &[("t!/a", "one")],
        &[("t", damaged("it ends without its end mark"))],
    );
    assert_eq!(look(unmarked, "t"), expected);
    let two = [&sound[..], &tar(&files(&[("b", b"two")]))].concat();
    assert_eq!(
        look(&two, "t"),
        seen(&[("t!/a", "one"), ("t!/b", "two")], &[])
    );
    let junk = [&sound[..], &[b'x'; 700]].concat();
    let gaps = look(&junk, "t").gaps;
    assert_eq!(gaps[0], ("t".to_owned(), damaged("data after its end")));
}

#[test]
fn a_bomb_is_refused_quickly() {
    let zeros = vec![0; 50 << 20];
    let inner = tar(&[
        tar_member("big", b'0', &zeros[..20 << 20]),
        tar_member("after", b'0', b"x"),
    ]);
    for (bytes, path, at) in [
        (
            zip(&[entry("big", &zeros), entry("after", b"x")]),
            "b.zip",
            "b.zip!/big",
        ),
        (gzip(&zeros), "b.gz", "b.gz!/b"),
        (gzip(&inner), "b.tgz", "b.tgz!/big"),
    ] {
        let built = Instant::now();
        let kind = format_from_head(&bytes).unwrap();
        let mut read = 0;
        let mut gaps = Vec::new();
        let mut after = 0;
        visit(
            Cursor::new(&bytes),
            kind,
            path,
            &Limits::default(),
            &mut |event| match event {
                Event::Member(member) => {
                    after += u8::from(member.path.ends_with("after"));
                    let mut content = Vec::new();
                    let _ = member.content.read_to_end(&mut content);
                    read += content.len();
                }
                Event::Gap(gap) => gaps.push((gap.path, gap.reason)),
            },
        );
        assert_eq!(gaps[0], (at.to_owned(), GapReason::Ratio));
        assert!(read < 3 << 20, "{read} bytes of {path}");
        assert!(built.elapsed() < Duration::from_secs(2));
        // In a zip the next member can still be reached; in the stream nothing can.
        assert_eq!(after, u8::from(path == "b.zip"));
        assert_eq!(gaps.len(), if path == "b.tgz" { 2 } else { 1 });
    }
}

#[test]
fn the_total_is_one_for_all_archives_within() {
    let limits = Limits {
        total_bytes: 30_000,
        ..Limits::default()
    };
    let text = noise(3, 8_000);
    let jar = zip(&[entry("x", &text), entry("y", &text)]);
    let war = zip(&[entry("1.jar", &jar), entry("2.jar", &jar)]);
    let result = look_with(&war, "w", &limits);
    let gaps: Vec<_> = result
        .gaps
        .iter()
        .map(|(path, reason)| (path.as_str(), reason))
        .collect();
    assert_eq!(result.members.len(), 2);
    assert!(
        result.members[1]
            .1
            .ends_with(" | the archive gave as many bytes as it may")
    );
    assert_eq!(
        gaps,
        [
            ("w!/1.jar!/y", &GapReason::TotalSize),
            ("w", &GapReason::TotalSize)
        ]
    );
    let exact = Limits {
        total_bytes: 8_000,
        ..Limits::default()
    };
    assert_eq!(look_with(&zip(&[entry("x", &text)]), "w", &exact).gaps, []);
    let result = look_with(&tar(&files(&[("x", &text), ("y", b"")])), "t", &exact);
    assert!(
        result
            .gaps
            .contains(&("t".to_owned(), GapReason::TotalSize)),
        "{:?}",
        result.gaps
    );
}

#[test]
fn members_and_their_sizes_are_limited() {
    let limits = Limits {
        members: 3,
        member_bytes: 600,
        ..Limits::default()
    };
    let (fits, over) = (noise(4, 600), noise(4, 601));
    let members = [("a", &fits[..]), ("b", &over), ("c", b"c"), ("d", b"d")];
    let zipped = zip(&members.map(|(name, data)| entry(name, data)));
    let tarred = tar(&files(&members));
    for bytes in [&zipped, &tarred, &gzip(&tarred)] {
        let result = look_with(bytes, "x", &limits);
        let names: Vec<_> = result
            .members
            .iter()
            .map(|(path, _)| path.as_str())
            .collect();
        assert_eq!(names, ["x!/a", "x!/c"]);
        assert_eq!(result.members[0].1, String::from_utf8_lossy(&fits));
        assert_eq!(
            result.gaps,
            [
                ("x!/b".to_owned(), GapReason::MemberSize),
                ("x".to_owned(), GapReason::Members)
            ]
        );
    }
    let result = look_with(&gzip(&over), "x.gz", &limits);
    assert!(
        result.members[0]
            .1
            .ends_with("| it is larger than a member may be")
    );
    assert_eq!(result.gaps, [("x.gz!/x".to_owned(), GapReason::MemberSize)]);
    assert_eq!(look_with(&gzip(&fits), "x.gz", &limits).gaps, []);
    let nested = Limits {
        nested_bytes: 300,
        ..Limits::default()
    };
    let result = look_with(
        &zip(&[entry("n.zip", &zipped), entry("c", b"c")]),
        "x",
        &nested,
    );
    assert_eq!(
        result,
        seen(&[("x!/c", "c")], &[("x!/n.zip", GapReason::MemberSize)])
    );
    let result = look_with(&zip(&[entry("n.zip.gz", &gzip(&zipped))]), "x", &nested);
    assert_eq!(
        result,
        seen(&[], &[("x!/n.zip.gz!/n.zip", GapReason::MemberSize)])
    );
}

#[test]
fn archives_nested_too_deep_are_told() {
    let mut bytes = zip(&[entry("x.txt", b"deepest")]);
    for level in 1..=3 {
        bytes = zip(&[
            entry(&format!("{level}.jar"), &bytes),
            entry("near.txt", b"near"),
        ]);
    }
    let expected = seen(
        &[
            ("4!/3.jar!/2.jar!/near.txt", "near"),
            ("4!/3.jar!/near.txt", "near"),
            ("4!/near.txt", "near"),
        ],
        &[("4!/3.jar!/2.jar!/1.jar", GapReason::Depth)],
    );
    assert_eq!(look(&bytes, "4"), expected);
    let deeper = Limits {
        depth: 4,
        ..Limits::default()
    };
    let result = look_with(&bytes, "4", &deeper);
    assert_eq!(result.gaps, []);
    assert_eq!(result.members[0].1, "deepest");

    let mut bytes = b"core".to_vec();
    for _ in 0..200 {
        bytes = gzip(&bytes);
    }
    let endless = Limits {
        depth: usize::MAX,
        ratio: u64::MAX,
        ..Limits::default()
    };
    let result = look_with(&bytes, "g", &endless);
    assert_eq!(result.gaps.len(), 1, "{:?}", result.gaps);
    assert_eq!(result.gaps[0].1, GapReason::Depth);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_read() {
    let good = || entry("good.txt", b"good");
    let lies = |change: fn(&mut ZipEntry)| {
        let mut entry = entry("bad.txt", b"some text in it");
        change(&mut entry);
        entry
    };
    let sizes = |size: u32| damaged(&format!("15 bytes where {size} were declared"));
    for (bad, text, reason) in [
        (lies(|e| e.flags = 1), None, GapReason::Encrypted),
        (lies(|e| e.flags = 1 | 1 << 6), None, GapReason::Encrypted),
        (lies(|e| e.method = 99), None, GapReason::Encrypted),
        (
            lies(|e| e.method = 93),
            None,
            GapReason::UnsupportedMethod(93),
        ),
        (
            lies(|e| e.method = 9),
            None,
            GapReason::UnsupportedMethod(9),
        ),
        (lies(|e| e.size = 14), Some("some text in it"), sizes(14)),
        (lies(|e| e.size = 99), Some("some text in it"), sizes(99)),
        (lies(|e| e.size = 0), Some("some text in it"), sizes(0)),
        (lies(|e| e.size = 1 << 30), None, GapReason::MemberSize),
        (
            lies(|e| e.crc ^= 1),
            Some("some text in it"),
            damaged("the checksum is another"),
        ),
        (
            lies(|e| e.packed_size = Some(1 << 20)),
            None,
            damaged("it ends after the archive"),
        ),
        (
            lies(|e| e.packed_size = Some(4)),
            Some("so"),
            damaged("incomplete deflate stream"),
        ),
        (
            lies(|e| e.place = Some(4_000)),
            None,
            damaged("failed to fill whole buffer"),
        ),
    ] {
        let result = look(&zip(&[good(), bad, good()]), "z");
        assert_eq!(result.gaps, [("z!/bad.txt".to_owned(), reason.clone())]);
        assert_eq!(result.members.len(), 2 + usize::from(text.is_some()));
        assert_eq!(result.members.last().unwrap().1, "good");
        if let Some(text) = text {
            // What could be unpacked is given, whatever is wrong with it.
            let got = &result.members[1].1;
            assert!(
                got.starts_with(text) && got.ends_with(&reason.to_string()),
                "{got}"
            );
        }
    }
    let result = look(&zip(&[lies(|e| e.packed = vec![0xff; 40]), good()]), "z");
    assert!(matches!(result.gaps[0].1, GapReason::Damaged(_)));
    assert_eq!(result.members[1].1, "good");
}

#[test]
fn members_that_share_bytes_are_read_once() {
    let first = entry("a", &noise(5, 3000));
    let same = ZipEntry {
        place: Some(0),
        ..first.clone()
    };
    // The body of one reaches over all of the others.
    let over = ZipEntry {
        packed: vec![],
        packed_size: Some(2000),
        place: Some(0),
        ..first.clone()
    };
    let result = look(&zip(&[first, same, over, entry("b", b"b")]), "z");
    let shared = damaged("it shares bytes with another member");
    assert_eq!(result.members.len(), 2);
    assert_eq!(
        result.gaps,
        [
            ("z!/a".to_owned(), shared.clone()),
            ("z!/a".to_owned(), shared)
        ]
    );
}

#[test]
fn names_in_reports_stay_within_the_archive() {
    let names = [
        "../../etc/hosts",
        "/abs",
        "C:\\win\\x",
        "a.jar!/b",
        "same",
        "same",
        "dir/",
    ];
    let members = names.map(|name| entry(name, b"text"));
    let expected = [
        "etc/hosts",
        "abs",
        "C:/win/x",
        "a.jar%21/b",
        "same",
        "same",
        "dir",
    ];
    let result = look(&zip(&members), "z");
    let paths: Vec<_> = result
        .members
        .iter()
        .map(|(path, _)| path.clone())
        .collect();
    assert_eq!(paths, expected.map(|name| format!("z!/{name}")));
    let result = look(&tar(&files(&[("../up", b"u"), ("/abs", b"a")])), "t");
    let paths: Vec<_> = result
        .members
        .iter()
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(paths, ["t!/up", "t!/abs"]);
}

#[test]
fn a_directory_that_lists_less_than_it_declares_is_told() {
    let mut bytes = zip(&[entry("a", b"a"), entry("b", b"b")]);
    let end = bytes.len() - 22;
    bytes[end + 8] = 3;
    bytes[end + 10] = 3;
    let result = look(&bytes, "z");
    assert_eq!(result.members.len(), 2);
    let told = damaged("its directory lists 2 members where 3 were declared");
    assert_eq!(result.gaps, [("z".to_owned(), told)]);
}

/// Something of every kind.
fn rich() -> Vec<u8> {
    let jar = zip(&[entry("x.properties", &noise(6, 300)), stored("y", b"why")]);
    let mut members = files(&[
        ("a.txt", b"text"),
        ("in.jar", &jar),
        ("l.gz", &gzip(b"log")),
    ]);
    members.push(tar_member("p", b'x', b"14 path=longer\n"));
    members.extend(files(&[("p", b"pax")]));
    zip(&[
        entry("lib/in.jar", &jar),
        stored("t.tar", &tar(&members)),
        entry("t.tgz", &gzip(&tar(&members))),
        entry("z.txt", b"end"),
    ])
}

#[test]
fn what_is_cut_short_is_always_told() {
    let whole = rich();
    assert_eq!(look(&whole, "r").gaps, []);
    let tarred = tar(&files(&[("a", &noise(7, 900)), ("b", &whole)]));
    for bytes in [&whole, &tarred, &gzip(&tarred)] {
        let kind = format_from_head(bytes).unwrap();
        // The end mark of a tar is two blocks, and the first is enough.
        let enough = if kind == ArchiveFormat::Tar {
            bytes.len() - 1024
        } else {
            bytes.len()
        };
        for length in (0..enough).step_by(50).chain([enough - 1]) {
            let mut gaps = 0;
            visit(
                Cursor::new(&bytes[..length]),
                kind,
                "r",
                &Limits::default(),
                &mut |event| match event {
                    Event::Member(member) => {
                        let _ = member.content.read_to_end(&mut Vec::new());
                    }
                    Event::Gap(_) => gaps += 1,
                },
            );
            assert!(gaps > 0, "{kind:?} cut at {length}");
        }
    }
}

#[test]
fn hostile_bytes_are_survived() {
    let whole = rich();
    let limits = Limits {
        total_bytes: 1 << 20,
        members: 500,
        ..Limits::default()
    };
    let run = |bytes: &[u8]| {
        for kind in [ArchiveFormat::Zip, ArchiveFormat::Gzip, ArchiveFormat::Tar] {
            let mut events = 0;
            let mut read = 0;
            visit(Cursor::new(bytes), kind, "h", &limits, &mut |event| {
                events += 1;
                match event {
                    Event::Member(member) => {
                        assert!(member.path.starts_with("h!/"));
                        let mut content = Vec::new();
                        let _ = member.content.read_to_end(&mut content);
                        read += content.len();
                    }
                    Event::Gap(gap) => assert!(gap.path.starts_with('h')),
                }
            });
            assert!(read <= 1 << 20);
            assert!(events < 1_100);
        }
    };
    let heads: [&[u8]; 5] = [
        b"",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x1f\x8b\x08\0",
        b"PK\x06\x06",
    ];
    for seed in 0..300 {
        let head = heads[usize::try_from(seed).unwrap() % heads.len()];
        run(&[head, &noise(seed, 600)].concat());
    }
    // Changes in the directory and at the end are the ones that matter to a zip.
    for seed in 0..1_500 {
        let mut bytes = whole.clone();
        let random = noise(seed + 1_000, 12);
        let span = if seed % 2 == 0 { bytes.len() } else { 330 };
        let from = bytes.len() - span;
        for change in random.chunks(3) {
            let at = from + (usize::from(change[0]) << 8 | usize::from(change[1])) % span;
            bytes[at] = if change[2] % 3 == 0 { 0xff } else { change[2] };
        }
        run(&bytes);
    }
    // Whatever is in the last record, offsets and lengths at their largest included.
    for at in whole.len() - 22..whole.len() {
        for value in [0, 1, 0x7f, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] = value;
            run(&bytes);
        }
    }
}

#[test]
fn members_are_not_loaded() {
    // More than all the memory that the reading may take, yet read by a few bytes at a time.
    let text = noise(8, 3 << 20);
    let bytes = gzip(&tar(&files(&[("a", &text), ("b", &text)])));
    let mut source = Watched {
        inner: Cursor::new(bytes),
        furthest: std::rc::Rc::default(),
    };
    let furthest = source.furthest.clone();
    source.inner.set_position(7);
    let mut checked = 0;
    visit(
        &mut source,
        ArchiveFormat::Gzip,
        "x",
        &Limits::default(),
        &mut |event| match event {
            Event::Member(member) if member.path == "x!/a" => {
                for part in 1..=4_u64 {
                    member.content.read_exact(&mut vec![0; 256 << 10]).unwrap();
                    // What was taken from the file keeps step with what was asked for.
                    assert!(furthest.get() < (part * (256 << 10)) + (200 << 10));
                    checked += 1;
                }
            }
            Event::Member(_) => {}
            Event::Gap(gap) => panic!("{gap:?}"),
        },
    );
    assert_eq!(checked, 4);
}

struct Watched {
    inner: Cursor<Vec<u8>>,
    furthest: std::rc::Rc<std::cell::Cell<u64>>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.furthest
            .set(self.furthest.get().max(self.inner.position()));
        Ok(count)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.inner.seek(to)
    }
}
