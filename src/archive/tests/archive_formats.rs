//! Zip, gzip and tar, and archives within each other.

use super::*;

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
fn a_zip_with_something_in_front_or_after() {
    let plain = zip(&[entry("a.txt", b"example.org"), entry("b.txt", b"b")]);
    let front = [b"#!/bin/sh\nexec java -jar $0\n", &plain[..]].concat();
    let padded = [&plain[..], &vec![0; 90_000]].concat();
    let signed = [&padded[..], b"\nsignature"].concat();
    let hidden = [b"PK\x03\x04 of another", &plain[..]].concat();
    let both = [("r.jar!/a.txt", "example.org"), ("r.jar!/b.txt", "b")];
    let after = damaged("data after its end");
    let before = damaged("data before its first member");
    assert_eq!(look(&front, "r.jar"), seen(&both, &[]));
    assert_eq!(look(&padded, "r.jar"), seen(&both, &[]));
    assert_eq!(look(&signed, "r.jar"), seen(&both, &[("r.jar", after)]));
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
