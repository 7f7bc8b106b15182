//! Files that other people wrote and in folders, or in the packages that this was built from.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

/// A file by the name that the checks see, and where it is.
pub struct Item {
    /// The path below its folder, with forward slashes; `.gz` is taken off, as its content is.
    pub name: String,
    place: PathBuf,
}

/// Files that are read, and what was left out.
#[derive(Default)]
pub struct Corpus {
    pub items: Vec<Item>,
    pub left_out: usize,
}

/// Larger files are data, and there are enough smaller ones of their kind.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

impl Item {
    /// The content, if it can be read and is not too long.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let file = fs::File::open(&self.place).ok()?;
        if self.place.extension() == Some(OsStr::new("gz")) {
            let unpacked = MultiGzDecoder::new(file).take(MOST_BYTES + 1);
            { unpacked }.read_to_end(&mut bytes).ok()?;
        } else {
            { file }.read_to_end(&mut bytes).ok()?;
        }
        (bytes.len() as u64 <= MOST_BYTES).then_some(bytes)
    }
}

impl Corpus {
    /// All files below folders, small media and long files left out.
    pub fn of(folders: &[PathBuf]) -> Self {
        let mut corpus = Self::default();
        for folder in folders {
            add(&mut corpus, folder, folder);
        }
        let all = corpus.items.len();
        corpus.items.retain(|item| !is_media(&item.place));
        corpus.left_out += all - corpus.items.len();
        corpus
    }
}

/// The sources of the packages that `Cargo.lock` names: only those, so that every machine reads
/// the same files.
pub fn registry() -> Corpus {
    let cargo = std::env::var_os("CARGO_HOME").map_or_else(
        || std::env::home_dir().expect("a home folder").join(".cargo"),
        PathBuf::from,
    );
    let sources = cargo.join("registry/src");
    let packages = locked();
    let mut corpus = Corpus::default();
    let mut folders = 0;
    let indices = fs::read_dir(&sources)
        .unwrap_or_else(|error| panic!("{}: {error}", sources.display()))
        .map(|entry| entry.expect("readable").path());
    for index in indices.collect::<BTreeSet<_>>() {
        for package in &packages {
            let folder = index.join(package);
            if folder.is_dir() {
                folders += 1;
                add(&mut corpus, &index, &folder);
            }
        }
    }
    // Packages for other systems are not unpacked, but the others are: this was built from them.
    assert!(
        folders * 2 > packages.len(),
        "{folders} of {} packages are in {}",
        packages.len(),
        sources.display()
    );
    corpus
}

/// `name-version` of all packages of `Cargo.lock`.
fn locked() -> BTreeSet<String> {
    let text =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).expect("Cargo.lock");
    let value = |line: &str, key: &str| {
        let quoted = line.strip_prefix(key)?.strip_prefix(" = \"")?;
        Some(quoted.strip_suffix('"')?.to_owned())
    };
    let lines: Vec<&str> = text.lines().collect();
    lines
        .windows(2)
        .filter_map(|pair| {
            let (name, version) = (value(pair[0], "name")?, value(pair[1], "version")?);
            Some(format!("{name}-{version}"))
        })
        .collect()
}

/// Pictures, fonts, programs and compiled translations, which are not text.
fn is_media(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    matches!(
        extension,
        "png" | "gif" | "jpg" | "ttf" | "otf" | "woff" | "woff2" | "pfb" | "mo" | "pyc" | "jar"
    )
}

/// All regular files below `folder`, named from `base`.
fn add(corpus: &mut Corpus, base: &Path, folder: &Path) {
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let Ok(entry) = entry else {
            corpus.left_out += 1;
            continue;
        };
        if !entry.file_type().is_file() {
            continue;
        }
        let size = entry.metadata().map_or(0, |m| m.len());
        let name = entry.path().strip_prefix(base).ok().and_then(Path::to_str);
        match name {
            Some(name) if size <= MOST_BYTES => corpus.items.push(Item {
                name: name
                    .strip_suffix(".gz")
                    .unwrap_or(name)
                    .replace(std::path::MAIN_SEPARATOR, "/"),
                place: entry.path().to_owned(),
            }),
            _ => corpus.left_out += 1,
        }
    }
}
