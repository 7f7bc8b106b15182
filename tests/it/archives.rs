//! `--archives`: the members of archives are checked like files, and archives that cannot be opened are
//! reported.

use std::io::Write as _;
use std::path::Path;

use crate::common::{AS_OF, run_in};
use ptlint::facts::{Report, SkipReason, View};
use ptlint::{Options, check};

const HOST: &str = "spine:\n  url: https://msg.dev.spine2.ncrs.nhs.uk/\n";

/// A zip with stored members.
fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in members {
        let offset = u32::try_from(archive.len()).expect("fits");
        let mut hash = flate2::Crc::new();
        hash.update(content);
        let length = u32::try_from(content.len()).expect("fits").to_le_bytes();
        let mut fields = Vec::new();
        fields.extend_from_slice(&[20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x58]);
        fields.extend_from_slice(&hash.sum().to_le_bytes());
        fields.extend_from_slice(&length);
        fields.extend_from_slice(&length);
        fields.extend_from_slice(&u16::try_from(name.len()).expect("short").to_le_bytes());
        fields.extend_from_slice(&[0, 0]);
        archive.extend_from_slice(b"PK\x03\x04");
        archive.extend_from_slice(&fields);
        archive.extend_from_slice(name.as_bytes());
        archive.extend_from_slice(content);
        directory.extend_from_slice(b"PK\x01\x02\x14\0");
        directory.extend_from_slice(&fields);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let start = u32::try_from(archive.len()).expect("fits");
    let size = u32::try_from(directory.len()).expect("fits");
    let count = u16::try_from(members.len()).expect("few").to_le_bytes();
    archive.extend_from_slice(&directory);
    archive.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    archive.extend_from_slice(&count);
    archive.extend_from_slice(&count);
    archive.extend_from_slice(&size.to_le_bytes());
    archive.extend_from_slice(&start.to_le_bytes());
    archive.extend_from_slice(&[0, 0]);
    archive
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(content).expect("in memory");
    writer.finish().expect("in memory")
}

fn report(folder: &Path, archives: bool) -> Report {
    let mut options = Options::new([folder]).as_of(AS_OF.parse().expect("a date"));
    options.archives = archives;
    check(&options).expect("a report")
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let jar = zip(&[("BOOT-INF/classes/application.yml", HOST.as_bytes())]);
    let war = zip(&[
        ("WEB-INF/lib/app.jar", &jar),
        ("keys/ldap.vn03.national.ncrs.nhs.uk.cer", b"none"),
        (
            "index.html",
            b"<a href='https://msg.int.spine2.ncrs.nhs.uk'>",
        ),
    ]);
    std::fs::write(folder.path().join("portal.war"), war).expect("written");
    let log = gzip(b"connect gas.tsp.national.ncrs.nhs.uk:443\n");
    std::fs::write(folder.path().join("old.log.gz"), log).expect("written");
    std::fs::write(folder.path().join("readme.txt"), "plain").expect("written");
    folder
}

#[test]
fn members_are_checked_as_files_of_their_own() {
    let folder = folder();
    let report = report(folder.path(), true);
    let found: Vec<(&str, &str, Option<&str>)> = report
        .violations
        .iter()
        .map(|v| (v.path.as_str(), v.name.as_str(), v.key.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            ("old.log.gz!/old.log", "gas.tsp.national.ncrs.nhs.uk", None),
            (
                "portal.war!/WEB-INF/lib/app.jar!/BOOT-INF/classes/application.yml",
                "msg.dev.spine2.ncrs.nhs.uk",
                Some("spine.url")
            ),
            (
                "portal.war!/keys/ldap.vn03.national.ncrs.nhs.uk.cer",
                "ldap.vn03.national.ncrs.nhs.uk",
                None
            ),
        ]
    );
    assert_eq!(report.violations[1].start.line, 2);
    assert_eq!(report.coverage.gaps(), 0);
}

#[test]
fn archives_that_are_not_opened_are_in_the_ledger() {
    let folder = folder();
    let report = report(folder.path(), false);
    let skipped = &report.coverage.skipped[&SkipReason::Archive];
    assert_eq!(skipped.paths, ["old.log.gz", "portal.war"]);
    let (code, out, _) = run_in(folder.path(), &["check", "--strict", "--fail-on", "error"]);
    assert_eq!(code, 3, "{out}");
    assert!(out.contains("--archives"), "{out}");
}

#[test]
fn damaged_and_hostile_archives_are_said_and_end_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = zip(&[("a.yml", HOST.as_bytes()), ("b.yml", HOST.as_bytes())]);
    std::fs::write(folder.path().join("cut.zip"), &whole[..whole.len() - 30]).expect("written");
    let bomb = gzip(&vec![0; 20 << 20]);
    std::fs::write(folder.path().join("bomb.gz"), bomb).expect("written");
    std::fs::write(folder.path().join("c.yml"), HOST).expect("written");
    let report = report(folder.path(), true);
    assert!(report.violations.iter().any(|v| v.path == "c.yml"));
    let skipped = &report.coverage.skipped;
    let bomb = &skipped[&SkipReason::ArchiveLimit].paths[0];
    assert!(bomb.starts_with("bomb.gz"), "{bomb}");
    let cut = &skipped[&SkipReason::UnreadableMember].paths[0];
    assert!(cut.starts_with("cut.zip"), "{cut}");
    // What cannot be opened is still read as bytes, and listed once.
    assert!(report.violations.iter().any(|v| v.path == "cut.zip"));
    assert!(!skipped.contains_key(&SkipReason::Archive));
    assert_eq!(report.coverage.gaps(), 2);
}

#[test]
fn names_over_several_runs_of_office_documents_are_found() {
    let word = "<?xml version=\"1.0\"?>\n<w:document xmlns:w=\"w\"><w:body>\
        <w:p><w:r><w:t xml:space=\"preserve\">Connect to </w:t></w:r>\
        <w:r><w:rPr><w:b/></w:rPr><w:t>msg.dev.spine2</w:t></w:r><w:proofErr w:type=\"spellEnd\"/>\
        <w:r><w:t>.ncrs.nhs.uk</w:t></w:r><w:r><w:t xml:space=\"preserve\"> first.</w:t></w:r></w:p>\
        <w:p><w:r><w:t>msg.train.spine2.ncrs.nhs.uk</w:t></w:r><w:r><w:tab/><w:t>x</w:t></w:r></w:p>\
        <w:p><w:r><w:t>msg.int.spine2</w:t></w:r><w:r><w:t>.ncrs.nhs.uk</w:t></w:r></w:p>\
        <w:p><w:r><w:t>msg.dev.spine2</w:t></w:r><w:r><w:br/><w:t>.ncrs.nhs.uk</w:t></w:r></w:p>\
        </w:body></w:document>";
    let strings = "<sst><si><r><t>https://gas.tsp</t></r><r><rPr/><t>.national.ncrs.nhs.uk/</t></r></si>\
        <si><t>msg.dev.spine2</t></si><si><t>.ncrs.nhs.uk</t></si></sst>";
    let text = "<office:text><text:p>ldap.<text:span>vn03.national</text:span>.ncrs.nhs.uk\
        <text:s/>x</text:p></office:text>";
    let folder = tempfile::tempdir().expect("a folder");
    for (file, member, content) in [
        ("guide.docx", "word/document.xml", word),
        ("hosts.xlsx", "xl/sharedStrings.xml", strings),
        ("guide.odt", "content.xml", text),
    ] {
        let archive = zip(&[(member, content.as_bytes())]);
        std::fs::write(folder.path().join(file), archive).expect("written");
    }
    let report = report(folder.path(), true);
    let found: Vec<(&str, &str, View)> = report
        .violations
        .iter()
        .map(|v| (v.path.as_str(), v.name.as_str(), v.view))
        .collect();
    let (docx, odt, xlsx) = (
        "guide.docx!/word/document.xml",
        "guide.odt!/content.xml",
        "hosts.xlsx!/xl/sharedStrings.xml",
    );
    assert_eq!(
        found,
        [
            (docx, "msg.dev.spine2.ncrs.nhs.uk", View::Joined),
            (docx, "msg.train.spine2.ncrs.nhs.uk", View::Plain),
            (odt, "ldap.vn03.national.ncrs.nhs.uk", View::Joined),
            (xlsx, "gas.tsp.national.ncrs.nhs.uk", View::Joined),
        ]
    );
    let first = &report.violations[0];
    assert_eq!(
        first.matched,
        "msg.dev.spine2</w:t></w:r><w:proofErr w:type=\"spellEnd\"/><w:r><w:t>.ncrs.nhs.uk"
    );
}

#[test]
fn a_zip_file_after_a_program_is_listed_and_read() {
    let content = b"u: https://msg.dev.spine2.ncrs.nhs.uk\n";
    let plain = zip(&[("x.yml", content)]);
    for (name, front) in [
        ("b.zip", &b"#!/bin/bash\nexec java -jar \"$0\"\n"[..]),
        ("b.jar", b"#!/bin/sh\n"),
        ("sfx.exe", b"MZ\x90\0program"),
        ("sfx", b"\x7fELF\x02program"),
    ] {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join(name), [front, &plain].concat()).expect("a file");
        let closed = report(dir.path(), false);
        let listed = closed.coverage.skipped.get(&SkipReason::Archive);
        assert_eq!(listed.map(|s| s.count), Some(1), "{name}");
        let opened = report(dir.path(), true);
        let paths: Vec<_> = opened.violations.iter().map(|v| v.path.clone()).collect();
        assert_eq!(paths, [format!("{name}!/x.yml")]);
    }
    // A program is not one, and neither is a text that names the mark.
    for text in [
        &b"#!/bin/sh\necho PK\x05\x06 and some more text here\n"[..],
        b"MZ\x90\0",
    ] {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("x"), text).expect("a file");
        for archives in [false, true] {
            assert!(report(dir.path(), archives).coverage.skipped.is_empty());
        }
    }
}

#[test]
fn archives_that_are_never_opened_have_a_reason_of_their_own() {
    let marks: [&[u8]; 5] = [
        b"BZh91AY&SY",
        b"\xfd7zXZ\0",
        b"\x28\xb5\x2f\xfd",
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a\x07",
    ];
    for mark in marks {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("a.x"), mark).expect("a file");
        for archives in [false, true] {
            let report = report(dir.path(), archives);
            let reasons: Vec<_> = report.coverage.skipped.keys().copied().collect();
            assert_eq!(
                reasons,
                [SkipReason::ArchiveOfOtherKind],
                "{mark:?} {archives}"
            );
        }
    }
}

/// What the ledger has, by reason.
fn ledger(report: &Report) -> Vec<(SkipReason, Vec<String>)> {
    let skipped = report.coverage.skipped.iter();
    skipped
        .map(|(reason, skipped)| (*reason, skipped.paths.clone()))
        .collect()
}

#[test]
fn a_zip_after_anything_is_opened_or_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let archive = zip(&[("a.yml", HOST.as_bytes())]);
    let mut commented = archive.clone();
    let last = commented.len() - 2;
    commented[last] = 5;
    commented.extend_from_slice(b"hello");
    let long = vec![b'x'; 3 << 20];
    for (name, before, archive) in [
        ("script.bin", &b"#!/bin/sh\nexit\n"[..], &archive),
        ("text.dat", b"HELLO WORLD\n", &archive),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0", &commented),
        ("large.dat", &long, &archive),
    ] {
        std::fs::write(folder.path().join(name), [before, archive].concat()).expect("written");
    }
    // Only the letters of an end record.
    std::fs::write(folder.path().join("notes.txt"), "it ends with PK\x05\x06").expect("written");
    std::fs::write(
        folder.path().join("more.txt"),
        [b"PK\x05\x06".as_slice(), &[0; 40]].concat(),
    )
    .expect("written");
    let names = ["large.dat", "picture.png", "script.bin", "text.dat"];
    let closed = report(folder.path(), false);
    let listed = &closed.coverage.skipped[&SkipReason::Archive].paths;
    assert!(
        names
            .iter()
            .all(|name| listed.iter().any(|path| path == name)),
        "{listed:?}"
    );
    assert!(!listed.contains(&"notes.txt".to_owned()), "{listed:?}");
    let open = report(folder.path(), true);
    let found: Vec<&str> = open.violations.iter().map(|v| v.path.as_str()).collect();
    assert_eq!(found, names.map(|name| format!("{name}!/a.yml")));
}

#[test]
fn what_is_encrypted_or_compressed_is_a_gap_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut locked = zip(&[("a.yml", HOST.as_bytes())]);
    let entry = memchr::memmem::find(&locked, b"PK\x01\x02").expect("a directory");
    locked[entry + 8] = 1;
    let store = b"\x30\x82\x01\x00\x02\x01\x03\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x06";
    let all: [(&str, &[u8]); 6] = [
        (
            "a.pdf",
            b"%PDF-1.7\n1 0 obj <</Filter/FlateDecode>> stream\n",
        ),
        ("b.p12", store),
        ("c.zip", &locked),
        ("d.bz2", b"BZh91AY&SY"),
        ("e.xz", b"\xfd7zXZ\0"),
        ("f.yml", b"$ANSIBLE_VAULT;1.1;AES256\n3132\n"),
    ];
    for (name, content) in all {
        std::fs::write(folder.path().join(name), content).expect("written");
    }
    let expected = |archives| {
        let mut expected = vec![
            (SkipReason::Archive, vec!["c.zip".to_owned()]),
            (
                SkipReason::ArchiveOfOtherKind,
                vec!["d.bz2".to_owned(), "e.xz".to_owned()],
            ),
        ];
        if archives {
            expected.remove(0);
            let place = "c.zip!/a.yml (it is encrypted)".to_owned();
            expected.push((SkipReason::UnreadableMember, vec![place]));
        }
        expected.push((
            SkipReason::Encrypted,
            vec!["b.p12".to_owned(), "f.yml".to_owned()],
        ));
        expected.push((SkipReason::PdfStreams, vec!["a.pdf".to_owned()]));
        expected
    };
    for archives in [false, true] {
        assert_eq!(ledger(&report(folder.path(), archives)), expected(archives));
        for format in ptlint::internals::report::FORMATS {
            let mut arguments = vec!["check", "--strict", "--format", format.name];
            arguments.extend(archives.then_some("--archives"));
            let (code, out, err) = run_in(folder.path(), &arguments);
            assert_eq!(code, 3, "{}: {out}{err}", format.name);
            // Formats of findings only leave it to standard error.
            let said = if format.is_about_run { &out } else { &err };
            assert!(said.contains("ncrypted"), "{}: {out}{err}", format.name);
            assert!(
                said.contains("PDF") || said.contains("pdf-"),
                "{}: {out}{err}",
                format.name
            );
        }
    }
}

#[test]
fn packed_and_encrypted_files_that_are_not_read_are_counted() {
    for (name, content, reason) in [
        ("a.lz4", &b"\x04\x22\x4d\x18\x64\x40"[..], "archive"),
        ("a.Z", b"\x1f\x9d\x90\x01\x02", "archive"),
        ("a.js.br", b"\x8b\xff\x80\x03", "archive"),
        (
            "a.bundle",
            b"# v2 git bundle\n0123 refs/heads/main\n",
            "archive",
        ),
        ("a.parquet", b"PAR1\x15\x04\x15\0", "archive"),
        ("a.cab", b"MSCF\0\0\0\0abc", "archive"),
        ("a.rpm", b"\xed\xab\xee\xdb\x03\0", "archive"),
        ("a.deb", b"!<arch>\ndebian-binary   0", "archive"),
        (
            "k.pem",
            b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIF\n",
            "encrypted",
        ),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(name), content).expect("a file");
        let arguments = ["check", "--as-of", AS_OF, "--no-config", "--strict", "."];
        let (code, out, err) = run_in(folder.path(), &arguments);
        assert_eq!(code, 3, "{name}: {out}{err}");
        assert!(out.contains(reason), "{name}: {out}{err}");
    }
}
