//! Broken and hostile archives: all that was not read is a gap.

use super::*;

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
