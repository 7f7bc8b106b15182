//! Reading ends at the limits, and costs little before.

use super::*;

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
