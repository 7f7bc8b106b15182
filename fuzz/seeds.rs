//! The inputs that fuzzing begins with: the files of fixtures and test data, the examples in the documentation,
//! and what the program writes for them.

use std::fs;
use std::path::{Path, PathBuf};

use flate2::{Compression, Crc};
use ptlint::internals::baseline::{Baseline, entries};
use ptlint::internals::catalogue::Catalogue;
use ptlint::internals::edit::{Change, Edit, WriteOptions, write};
use ptlint::internals::syntax::{FORMATS, format_of_file};
use ptlint::{Options, check_content};

use super::targets::{SAMPLE, WRITINGS};

/// Longer files are cut: what matters is in the first part of all fixtures.
const MOST_BYTES: usize = 16 * 1024;

/// The inputs of a target. `home` is the folder of the repository.
pub fn seeds(target: &str, home: &Path) -> Vec<Vec<u8>> {
    match target {
        "readers" => read_by_readers(home),
        "views" => written_in_views(),
        "packs" => packs(home),
        "configuration" => configurations(home),
        "baseline" => vec![a_baseline()],
        "undo_patches" => vec![an_undo_patch()],
        "certificates" => contents(&files_of(home, &["tests/data/certificates"])),
        "archives" => archives(),
        _ => named(&samples(home)),
    }
}

/// A file of the repository: its name without folders, and its beginning.
pub type Sample = (String, Vec<u8>);

/// The files of fixtures and test data.
pub fn samples(home: &Path) -> Vec<Sample> {
    let folders = [
        "fixtures",
        "tests/data/foreign",
        "tests/data/certificates",
        "tests/data/cases",
    ];
    files_of(home, &folders)
}

fn files_of(home: &Path, folders: &[&str]) -> Vec<Sample> {
    let mut paths = Vec::new();
    for folder in folders {
        list(&home.join(folder), &mut paths);
    }
    paths.sort();
    let read = |path: PathBuf| {
        let mut bytes = fs::read(&path).expect("readable");
        bytes.truncate(MOST_BYTES);
        let name = path.file_name().expect("a name");
        (name.to_string_lossy().into_owned(), bytes)
    };
    paths.into_iter().map(read).collect()
}

fn list(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        let is_expectation = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("expected"));
        if path.is_dir() {
            list(&path, paths);
        } else if !is_expectation {
            paths.push(path);
        }
    }
}

fn named(samples: &[Sample]) -> Vec<Vec<u8>> {
    let joined = |(name, content): &Sample| [name.as_bytes(), b"\n", content].concat();
    samples.iter().map(joined).collect()
}

fn contents(samples: &[Sample]) -> Vec<Vec<u8>> {
    samples.iter().map(|(_, content)| content.clone()).collect()
}

/// Each text after the number of its own format.
fn read_by_readers(home: &Path) -> Vec<Vec<u8>> {
    let numbered = |(name, content): Sample| {
        let text = std::str::from_utf8(&content).ok()?;
        let format = format_of_file(&name, text)?;
        let number = FORMATS.iter().position(|row| row.id == format.id)?;
        let number = u8::try_from(number).ok()?;
        Some([&[number][..], &content].concat())
    };
    samples(home).into_iter().filter_map(numbered).collect()
}

/// A text for each way of writing, after its number.
fn written_in_views() -> Vec<Vec<u8>> {
    let texts = [
        SAMPLE,
        "https://msg.train.spine2.ncrs.nhs.uk:443/a?b=c#d",
        "{\"a\": \"ldap.vn03.national.ncrs.nhs.uk\"}",
        "NHS TRA Level 1C",
    ];
    let both = (0..WRITINGS).flat_map(|number| texts.map(|text| (number, text)));
    both.map(|(number, text)| [&[number], text.as_bytes()].concat())
        .collect()
}

fn packs(home: &Path) -> Vec<Vec<u8>> {
    let small = fs::read(home.join("benches/foreign/pack.yaml")).expect("a pack");
    let mut all = vec![small];
    all.extend(blocks(home, "docs/packs.md", "yaml"));
    all
}

fn configurations(home: &Path) -> Vec<Vec<u8>> {
    let mut all = blocks(home, "docs/configuration.md", "yaml");
    all.extend(blocks(home, "docs/suppressions.md", "yaml"));
    let samples = samples(home).into_iter();
    let own = samples.filter(|(name, _)| name.ends_with("ptlint.yaml"));
    all.extend(own.map(|(_, content)| content));
    all
}

/// The blocks of a page of the documentation in a language.
fn blocks(home: &Path, page: &str, language: &str) -> Vec<Vec<u8>> {
    let page = fs::read_to_string(home.join(page)).expect("a page");
    let begin = format!("```{language}\n");
    let parts = page.split(begin.as_str()).skip(1);
    parts
        .filter_map(|part| Some(part.split_once("```")?.0.as_bytes().to_vec()))
        .collect()
}

fn a_baseline() -> Vec<u8> {
    let catalogue = Catalogue::embedded().expect("the embedded packs are sound");
    let options = Options::new(["unused"]);
    let content = SAMPLE.repeat(3);
    let report = check_content(&catalogue, &options, "a.yaml", content.as_bytes());
    let all = entries(&report, "services/").into_iter();
    let baseline = Baseline::new(all.map(|(entry, _)| entry).collect());
    baseline.to_text().into_bytes()
}

/// The patch that a fix of two files leaves.
fn an_undo_patch() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let start = SAMPLE.find(".dev.").expect("a host") + 1;
    let change = |name: &str| {
        let path = folder.path().join(name);
        fs::write(&path, SAMPLE).expect("a file");
        let edit = Edit {
            span: start..start + 3,
            old: b"dev".to_vec(),
            new: b"int".to_vec(),
        };
        Change::new(path, name.to_owned(), SAMPLE.as_bytes(), vec![edit])
    };
    let options = WriteOptions {
        root: folder.path().to_path_buf(),
        backup: None,
        undo_file: None,
        stop: None,
    };
    let written = write(&[change("a.yaml"), change("b.yaml")], &options);
    fs::read(written.undo.expect("a patch")).expect("the patch")
}

/// A zip, a tar and a tar in gzip, each with a member that contains a host.
fn archives() -> Vec<Vec<u8>> {
    let tar = tar("a.yaml", SAMPLE.as_bytes());
    let gzip = |content: &[u8]| {
        let mut reader = flate2::bufread::GzEncoder::new(content, Compression::default());
        let mut written = Vec::new();
        std::io::Read::read_to_end(&mut reader, &mut written).expect("in memory");
        written
    };
    let zip_in_zip = zip("b.zip", &zip("a.yaml", SAMPLE.as_bytes()));
    vec![
        zip("a.yaml", SAMPLE.as_bytes()),
        gzip(&tar),
        gzip(SAMPLE.as_bytes()),
        zip_in_zip,
        tar,
    ]
}

/// A tar with one member.
fn tar(name: &str, content: &[u8]) -> Vec<u8> {
    let mut head = [0; 512];
    let mut put = |at: usize, text: &[u8]| head[at..at + text.len()].copy_from_slice(text);
    put(0, name.as_bytes());
    put(100, b"0000644\0");
    put(124, format!("{:011o}\0", content.len()).as_bytes());
    put(136, b"00000000000\0");
    put(148, b"        ");
    put(156, b"0");
    put(257, b"ustar\x0000");
    let sum: u32 = head.iter().copied().map(u32::from).sum();
    head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    let padding = content.len().next_multiple_of(512) - content.len();
    [&head[..], content, &vec![0; padding], &[0; 1024]].concat()
}

/// A zip with one stored member.
fn zip(name: &str, content: &[u8]) -> Vec<u8> {
    let mut checksum = Crc::new();
    checksum.update(content);
    let length = u32::try_from(content.len()).expect("short").to_le_bytes();
    let name_length = u16::try_from(name.len()).expect("short").to_le_bytes();
    let fields = [
        &[20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x58][..],
        &checksum.sum().to_le_bytes(),
        &length,
        &length,
        &name_length,
        &[0, 0],
    ]
    .concat();
    let member = [b"PK\x03\x04", &fields[..], name.as_bytes(), content].concat();
    let entry = [b"PK\x01\x02\x14\0", &fields[..], &[0; 14], name.as_bytes()].concat();
    let size = |bytes: &[u8]| u32::try_from(bytes.len()).expect("short").to_le_bytes();
    let end = [
        b"PK\x05\x06\0\0\0\0\x01\0\x01\0",
        &size(&entry)[..],
        &size(&member),
        &[0, 0],
    ]
    .concat();
    [member, entry, end].concat()
}

/// The tokens of a dictionary of libFuzzer, which has one in quotes on each line.
pub fn tokens(dictionary: &str) -> Vec<Vec<u8>> {
    let quoted = |line: &str| {
        let line = line.trim();
        let token = line.strip_prefix('"')?.strip_suffix('"')?;
        Some(unescaped(token.as_bytes()))
    };
    dictionary.lines().filter_map(quoted).collect()
}

fn unescaped(token: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = token;
    while let Some((&byte, after)) = rest.split_first() {
        let hex = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
        let (byte, length) = match after {
            [b'x', high, low, ..] if byte == b'\\' => (hex(&[*high, *low]).expect("two digits"), 3),
            [escaped, ..] if byte == b'\\' => (*escaped, 1),
            _ => (byte, 0),
        };
        bytes.push(byte);
        rest = &after[length..];
    }
    bytes
}
